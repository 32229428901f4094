//! The five verbs of a run for [`Action::CreateReversePrivateEndpoint`]: perform, find, progress, remove,
//! removed.
//!
//! The call that creates an endpoint takes no idempotency token, so that the run's ID in the description is
//! the only way to find an endpoint again after a lost answer. Every other action is the AWS adapter's.

use clickhouse_cloud_api::models;
use pipelink_plan::endpoint::{EndpointStatus, Turn};
use pipelink_plan::facts::clickhouse::ReversePrivateEndpoint;
use pipelink_plan::problem::{Party, Problem};
use pipelink_plan::run::{Progress, RunId};
use pipelink_plan::step::{Action, Input, OutputName, Outputs};
use serde_json::Value;

use crate::cloud::ClickHouse;
use crate::rows;

/// The API's limit for a description, in characters.
const LONGEST_DESCRIPTION: usize = 255;
const MARK_BEGINS: &str = "[pipelink:";
const MARK_ENDS: char = ']';

/// The run that a description names, if one does.
pub fn run_in(description: &str) -> Option<RunId> {
    let (_, rest) = description.rsplit_once(MARK_BEGINS)?;
    let (id, _) = rest.split_once(MARK_ENDS)?;
    (!id.is_empty()).then(|| RunId(id.to_owned()))
}

impl ClickHouse {
    /// Creates the endpoint, with the run's ID in its description. Outputs: the endpoint's ID.
    ///
    /// Must not be called again after a problem that leaves the outcome open: look with [`Self::find`].
    pub async fn perform(&self, action: &Action, run: &RunId) -> Result<Outputs, Problem> {
        let wanted = Wanted::of(action)?;
        let request = models::CreateReversePrivateEndpoint {
            description: described(wanted.description, run),
            r#type: models::CreateReversePrivateEndpointType::VPC_RESOURCE,
            vpc_resource_configuration_id: Some(literal(wanted.configuration)?.to_owned()),
            vpc_resource_share_arn: Some(literal(wanted.share)?.to_owned()),
            ..Default::default()
        };
        let made = self
            .create_endpoint(wanted.organization_id, wanted.service_id, &request)
            .await?;
        Ok(Outputs::default().with(OutputName::EndpointId, made.id))
    }

    /// Looks for the endpoint that the run made. `None` only if every row was looked at and none is it.
    pub async fn find(&self, action: &Action, run: &RunId) -> Result<Option<Outputs>, Problem> {
        let wanted = Wanted::of(action)?;
        let list = self
            .raw_endpoints(wanted.organization_id, wanted.service_id)
            .await?;
        let mut found = Vec::new();
        for row in &list {
            if !marked(row, run) {
                continue;
            }
            // A row that is ours and cannot be read must not look like no row: it would be made twice.
            let endpoint =
                rows::endpoint(wanted.service_id, row).map_err(|why| Problem::Malformed {
                    party: Party::ClickHouse,
                    operation: "ListReversePrivateEndpoints".to_owned(),
                    message: why,
                })?;
            if wanted.may_be(&endpoint) {
                found.push(endpoint);
            }
        }
        // One that is on its way out is the answer only if there is no other.
        found.sort_by_key(|endpoint| endpoint.status == EndpointStatus::Deleting);
        Ok(found
            .into_iter()
            .next()
            .map(|endpoint| Outputs::default().with(OutputName::EndpointId, endpoint.id)))
    }

    /// Whether the endpoint is usable: Ready, and its DNS names reported, which may come a little later.
    pub async fn progress(&self, action: &Action, outputs: &Outputs) -> Result<Progress, Problem> {
        let wanted = Wanted::of(action)?;
        match self.look(&wanted, outputs).await {
            Ok(Some(endpoint)) => Ok(progress_of(endpoint)),
            Ok(None) => Ok(Progress::Missing),
            Err(problem) => Err(problem),
        }
    }

    /// Asks for the endpoint to be deleted. No error if it is gone or on its way out.
    pub async fn remove(&self, action: &Action, outputs: &Outputs) -> Result<(), Problem> {
        let wanted = Wanted::of(action)?;
        let deleted = self
            .delete_endpoint(wanted.organization_id, wanted.service_id, made(outputs)?)
            .await;
        match deleted {
            // What a second delete answers while the first is under way is not documented.
            Err(problem @ (Problem::Conflict { .. } | Problem::Refused { .. })) => {
                match self.look(&wanted, outputs).await {
                    Ok(Some(endpoint)) if endpoint.status == EndpointStatus::Deleting => Ok(()),
                    Ok(None) => Ok(()),
                    _ => Err(problem),
                }
            }
            other => other,
        }
    }

    /// Whether the endpoint is gone.
    pub async fn removed(&self, action: &Action, outputs: &Outputs) -> Result<bool, Problem> {
        let found = self.look(&Wanted::of(action)?, outputs).await?;
        Ok(found.is_none())
    }

    async fn look(
        &self,
        wanted: &Wanted<'_>,
        outputs: &Outputs,
    ) -> Result<Option<ReversePrivateEndpoint>, Problem> {
        self.endpoint(wanted.organization_id, wanted.service_id, made(outputs)?)
            .await
    }
}

/// The members of the one action that is carried out here.
struct Wanted<'a> {
    organization_id: &'a str,
    service_id: &'a str,
    description: &'a str,
    configuration: &'a Input,
    share: &'a Input,
}

impl<'a> Wanted<'a> {
    fn of(action: &'a Action) -> Result<Self, Problem> {
        match action {
            Action::CreateReversePrivateEndpoint {
                organization_id,
                service_id,
                description,
                configuration,
                share,
            } => Ok(Self {
                organization_id,
                service_id,
                description,
                configuration,
                share,
            }),
            Action::CreateResourceGateway { .. }
            | Action::CreateResourceConfiguration { .. }
            | Action::CreateResourceShare { .. }
            | Action::UpdateGatewaySecurityGroups { .. }
            | Action::AwaitShareAcceptance { .. } => Err(Problem::Internal {
                message: format!("{} is not an action of ClickHouse", action.operation()),
            }),
        }
    }

    /// Whether an endpoint that names the run can be this step's, should a run ever make several.
    fn may_be(&self, endpoint: &ReversePrivateEndpoint) -> bool {
        let same = |wanted: &Input, found: &Option<String>| match (wanted.value(), found) {
            (Some(wanted), Some(found)) => wanted == found,
            _ => true,
        };
        same(self.configuration, &endpoint.resource_configuration_id)
            && same(self.share, &endpoint.resource_share_arn)
    }
}

/// What a look at the endpoint shows.
fn progress_of(endpoint: ReversePrivateEndpoint) -> Progress {
    let seen = endpoint.status.as_wire().to_owned();
    match endpoint.status {
        EndpointStatus::Ready if !endpoint.dns_names.is_empty() => {
            let mut outputs = Outputs::default().with(OutputName::EndpointId, endpoint.id);
            if let Some(id) = endpoint.endpoint_id {
                outputs = outputs.with(OutputName::VpcEndpointId, id);
            }
            outputs.0.insert(OutputName::DnsNames, endpoint.dns_names);
            Progress::Usable { outputs }
        }
        EndpointStatus::Ready => Progress::Waiting {
            seen,
            turn: Turn::ClickHouse,
        },
        EndpointStatus::Failed
        | EndpointStatus::Rejected
        | EndpointStatus::Expired
        | EndpointStatus::Deleting => Progress::Ended { seen, reason: None },
        EndpointStatus::Provisioning
        | EndpointStatus::PendingAcceptance
        | EndpointStatus::Unknown
        | EndpointStatus::Other(_) => Progress::Waiting {
            seen,
            turn: endpoint.status.turn(),
        },
    }
}

fn mark(run: &RunId) -> String {
    format!("{MARK_BEGINS}{run}{MARK_ENDS}")
}

/// The description with the run's mark at its end; where both do not fit, the text gives way. The limit is
/// counted in UTF-16 units, the strictest reading of "255 characters".
fn described(text: &str, run: &RunId) -> String {
    let mark = mark(run);
    let text = text.trim();
    if text.contains(&mark) && text.encode_utf16().count() <= LONGEST_DESCRIPTION {
        return text.to_owned();
    }
    let mut room = LONGEST_DESCRIPTION.saturating_sub(mark.len() + 1);
    let kept: String = text
        .chars()
        .take_while(|c| match room.checked_sub(c.len_utf16()) {
            Some(left) => {
                room = left;
                true
            }
            None => false,
        })
        .collect();
    format!("{} {mark}", kept.trim_end())
        .trim_start()
        .to_owned()
}

/// Whether a row names the run, read from the row itself so that an otherwise odd one is seen too.
fn marked(row: &Value, run: &RunId) -> bool {
    row.get("description")
        .and_then(Value::as_str)
        .is_some_and(|description| description.contains(&mark(run)))
}

fn literal(input: &Input) -> Result<&str, Problem> {
    input.value().ok_or_else(|| Problem::Internal {
        message: "an input of the step is not resolved".to_owned(),
    })
}

fn made(outputs: &Outputs) -> Result<&str, Problem> {
    outputs
        .one(OutputName::EndpointId)
        .ok_or_else(|| Problem::Internal {
            message: "the step has no endpoint ID".to_owned(),
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use pipelink_plan::endpoint::EndpointKind;
    use serde_json::json;

    fn run() -> RunId {
        RunId("01990a2b-3c4d-7e5f-8a6b-7c8d9e0f1a2b".to_owned())
    }

    fn endpoint(status: &str, dns_names: &[&str]) -> ReversePrivateEndpoint {
        ReversePrivateEndpoint {
            id: "e".to_owned(),
            service_id: "s".to_owned(),
            description: String::new(),
            kind: EndpointKind::VpcResource,
            status: EndpointStatus::from_wire(status),
            endpoint_id: Some("vpce-1".to_owned()),
            dns_names: dns_names.iter().map(|name| (*name).to_owned()).collect(),
            private_dns_names: Vec::new(),
            resource_configuration_id: Some("rcfg-1".to_owned()),
            resource_share_arn: None,
            endpoint_service_name: None,
            msk_cluster_arn: None,
        }
    }

    #[test]
    fn a_description_ends_with_the_run_and_keeps_the_limit() {
        let run = run();
        assert_eq!(
            described("orders-postgres", &run),
            format!("orders-postgres [pipelink:{run}]")
        );
        assert_eq!(described("  ", &run), format!("[pipelink:{run}]"));
        for long in ["x".repeat(1000), "é".repeat(255), "🚀".repeat(200)] {
            let description = described(&long, &run);
            let length = description.encode_utf16().count();
            assert!((254..=255).contains(&length), "{length}");
            assert!(description.ends_with(&format!(" [pipelink:{run}]")));
            assert_eq!(run_in(&description), Some(run.clone()));
        }
        let already = described("orders-postgres", &run);
        assert_eq!(described(&already, &run), already);
    }

    #[test]
    fn the_run_is_read_back_from_a_description() {
        assert_eq!(run_in("a [pipelink:r-1]"), Some(RunId("r-1".to_owned())));
        assert_eq!(
            run_in("[pipelink:fake] a [pipelink:r-1]"),
            Some(RunId("r-1".to_owned()))
        );
        for none in ["", "a", "[pipelink:", "[pipelink:]", "pipelink:r-1]"] {
            assert_eq!(run_in(none), None, "{none}");
        }
    }

    #[test]
    fn ready_with_names_is_usable_and_without_is_clickhouses_turn() {
        let Progress::Usable { outputs } = progress_of(endpoint("Ready", &["a", "b"])) else {
            unreachable!("Ready with names is usable");
        };
        assert_eq!(outputs.one(OutputName::EndpointId), Some("e"));
        assert_eq!(outputs.one(OutputName::VpcEndpointId), Some("vpce-1"));
        assert_eq!(outputs.0[&OutputName::DnsNames], ["a", "b"]);
        assert_eq!(
            progress_of(endpoint("Ready", &[])),
            Progress::Waiting {
                seen: "Ready".to_owned(),
                turn: Turn::ClickHouse
            }
        );
    }

    #[test]
    fn every_other_status_waits_for_somebody_or_ends() {
        for (status, turn) in [
            ("Provisioning", Turn::ClickHouse),
            ("PendingAcceptance", Turn::You),
            ("Unknown", Turn::NotKnown),
            ("Hibernating", Turn::NotKnown),
        ] {
            let seen = status.to_owned();
            assert_eq!(
                progress_of(endpoint(status, &["a"])),
                Progress::Waiting { seen, turn }
            );
        }
        for status in ["Failed", "Rejected", "Expired", "Deleting"] {
            let seen = status.to_owned();
            assert_eq!(
                progress_of(endpoint(status, &["a"])),
                Progress::Ended { seen, reason: None }
            );
        }
    }

    #[test]
    fn only_rows_that_name_the_run_are_its_own() {
        let run = run();
        let text = described("orders", &run);
        assert!(marked(&json!({"description": text}), &run));
        assert!(marked(&json!({"description": text, "id": 7}), &run));
        for other in [
            json!({"description": "orders"}),
            json!({"description": format!("orders [pipelink:{run}")}),
            json!({"description": null}),
            json!({}),
            json!("text"),
        ] {
            assert!(!marked(&other, &run), "{other}");
        }
    }
}
