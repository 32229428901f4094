//! What stops working, or stands in the way, when a run's things are deleted.
//!
//! Each thing is matched by its ID as the APIs tell it; where only a host hints at it, that is marked as inferred.

use super::Breakage;
use crate::CLICKPIPES_ACCOUNT;
use crate::endpoint::EndpointStatus;
use crate::facts::RegionFacts;
use crate::facts::clickhouse::{ClickPipe, ReversePrivateEndpoint};
use crate::facts::lattice::{EndpointAssociation, ResourceConfiguration};
use crate::observed::Observed;
use crate::pipe_use::{self, PipeUse};
use crate::problem::Problem;
use crate::step::{Action, OutputName, Outputs, SourceRef, Step};

/// What was read for it.
pub(super) struct Seen<'a> {
    pub(super) region: &'a RegionFacts,
    pub(super) associations: &'a Observed<Vec<EndpointAssociation>>,
    pub(super) endpoints: &'a Observed<Vec<ReversePrivateEndpoint>>,
    pub(super) pipes: &'a Observed<Vec<ClickPipe>>,
}

/// What breaks, most certain first, and the reads that failed and that might have shown more.
pub(super) fn breaks(
    source: &SourceRef,
    there: &[(&Step, &Outputs)],
    seen: &Seen<'_>,
) -> (Vec<Breakage>, Vec<Problem>) {
    let mut found = Found {
        gone: Gone::of(there),
        source,
        seen,
        breaks: Vec::new(),
        unread: Vec::new(),
    };
    for (step, _) in there {
        found.behind(&step.action);
    }
    if found.gone.carries_endpoints {
        found.endpoints();
        found.pipes();
    }
    found.breaks.sort_by_key(|it| it.inferred);
    (found.breaks, found.unread)
}

/// What will be gone, by ID.
#[derive(Default)]
struct Gone<'a> {
    gateway: Option<&'a str>,
    configuration: Option<&'a str>,
    /// Unique in the account and region: it tells the configuration where its ID got lost.
    configuration_name: Option<&'a str>,
    share: Option<&'a str>,
    endpoint: Option<&'a str>,
    vpc_endpoint: Option<&'a str>,
    dns_names: &'a [String],
    /// Whether endpoints can depend on any of it.
    carries_endpoints: bool,
}

impl<'a> Gone<'a> {
    fn of(there: &[(&'a Step, &'a Outputs)]) -> Self {
        let mut gone = Self::default();
        for (step, outputs) in there {
            match &step.action {
                Action::CreateResourceGateway { .. } => {
                    gone.gateway = outputs.one(OutputName::GatewayId);
                    continue;
                }
                Action::CreateResourceConfiguration { name, .. } => {
                    gone.configuration = outputs.one(OutputName::ConfigurationId);
                    gone.configuration_name = Some(name);
                }
                Action::CreateResourceShare { .. } => {
                    gone.share = outputs.one(OutputName::ShareArn);
                }
                Action::CreateReversePrivateEndpoint { .. } => {
                    gone.endpoint = outputs.one(OutputName::EndpointId);
                    gone.vpc_endpoint = outputs.one(OutputName::VpcEndpointId);
                    gone.dns_names = outputs
                        .0
                        .get(&OutputName::DnsNames)
                        .map(Vec::as_slice)
                        .unwrap_or_default();
                }
                Action::AwaitShareAcceptance { .. }
                | Action::UpdateGatewaySecurityGroups { .. } => continue,
                _ => unimplemented!("NOT WRITTEN YET"),
            }
            gone.carries_endpoints = true;
        }
        gone
    }
}

struct Found<'a> {
    gone: Gone<'a>,
    source: &'a SourceRef,
    seen: &'a Seen<'a>,
    breaks: Vec<Breakage>,
    unread: Vec<Problem>,
}

impl<'a> Found<'a> {
    /// What else in AWS stands on a step's thing.
    fn behind(&mut self, action: &Action) {
        match action {
            Action::CreateResourceGateway { .. } => {
                if let Some(gateway) = self.gone.gateway {
                    self.other_configurations(gateway);
                }
            }
            Action::CreateResourceConfiguration { .. } => {
                if self.gone.configuration.is_some() {
                    self.attached();
                }
            }
            Action::UpdateGatewaySecurityGroups {
                gateway_id,
                security_group_ids,
                previous_security_group_ids,
            } => self.groups_back(gateway_id, security_group_ids, previous_security_group_ids),
            Action::CreateResourceShare { .. }
            | Action::CreateReversePrivateEndpoint { .. }
            | Action::AwaitShareAcceptance { .. } => {}
            _ => unimplemented!("NOT WRITTEN YET"),
        }
    }

    /// A gateway cannot be deleted while a configuration is on it (`ConflictException`).
    fn other_configurations(&mut self, gateway: &str) {
        let own = self.gone.configuration_name;
        for other in self.configurations_on(gateway) {
            if own == Some(other.name.as_str()) {
                continue;
            }
            self.add(
                "Resource configuration",
                name_and_id(&other.name, &other.id),
                format!(
                    "It leads through gateway {gateway}, which AWS does not delete while a configuration is on it: the \
                     removal would stop there."
                ),
                false,
            );
        }
    }

    /// The VPC endpoints on the run's configuration, but for the one that goes with the run's own endpoint.
    fn attached(&mut self) {
        let attached: Vec<&EndpointAssociation> = self
            .read(self.seen.associations)
            .iter()
            .filter(|it| {
                it.vpc_endpoint_id.is_none()
                    || it.vpc_endpoint_id.as_deref() != self.gone.vpc_endpoint
            })
            .collect();
        let alone = attached.len() == 1;
        for association in attached {
            let owner = association.vpc_endpoint_owner.as_deref();
            let is_clickpipes = owner == Some(CLICKPIPES_ACCOUNT);
            if is_clickpipes && self.is_told_by_clickhouse(association) {
                continue;
            }
            let whose = match owner {
                Some(_) if is_clickpipes => "ClickPipes reach".to_owned(),
                Some(account) => format!("Account {account} reaches"),
                None => "An account that AWS does not name reaches".to_owned(),
            };
            let because = if is_clickpipes && alone {
                format!("{whose} {} through it.", self.source.name)
            } else {
                format!(
                    "{whose} {} through it. Pipelink detaches no endpoint but one of ClickPipes, so the removal would \
                     stop there.",
                    self.source.name
                )
            };
            let name = association
                .vpc_endpoint_id
                .as_ref()
                .unwrap_or(&association.id);
            self.add("VPC endpoint", name.clone(), because, false);
        }
    }

    /// The reverse private endpoints say what hangs on a ClickPipes' VPC endpoint; it needs no second line.
    fn is_told_by_clickhouse(&self, association: &EndpointAssociation) -> bool {
        let endpoints = self.seen.endpoints.known();
        endpoints.into_iter().flatten().any(|endpoint| {
            endpoint.endpoint_id.is_some() && endpoint.endpoint_id == association.vpc_endpoint_id
        })
    }

    /// Giving a gateway its previous groups back is no deletion, and may break what came to need the new ones.
    fn groups_back(&mut self, gateway: &str, new: &[String], previous: &[String]) {
        let gateways = self.read(&self.seen.region.gateways);
        let now = gateways.iter().find(|it| it.id == gateway);
        if let Some(now) = now
            && !same(&now.security_group_ids, new)
            && !same(&now.security_group_ids, previous)
        {
            self.add(
                "Resource gateway",
                name_and_id(&now.name, &now.id),
                format!(
                    "Its security groups are {} now, which this run did not set: the removal would stop and leave them \
                     as they are.",
                    now.security_group_ids.join(", ")
                ),
                false,
            );
        }
        for configuration in self.configurations_on(gateway) {
            self.add(
                "Resource configuration",
                name_and_id(&configuration.name, &configuration.id),
                "Its traffic goes through the previous security groups again, which may not let it through."
                    .to_owned(),
                true,
            );
        }
    }

    fn configurations_on(&mut self, gateway: &str) -> Vec<&'a ResourceConfiguration> {
        self.read(&self.seen.region.configurations)
            .iter()
            .filter(|it| it.gateway_id.as_deref() == Some(gateway))
            .filter(|it| it.status != "DELETE_IN_PROGRESS")
            .collect()
    }

    /// Reverse private endpoints that ClickHouse knows, but for the run's own.
    fn endpoints(&mut self) {
        let used: Vec<&ReversePrivateEndpoint> = self
            .read(self.seen.endpoints)
            .iter()
            .filter(|it| self.depends(it) && self.gone.endpoint != Some(it.id.as_str()))
            .filter(|it| may_work(&it.status))
            .collect();
        for endpoint in used {
            let by = if self.uses_configuration(endpoint) {
                "configuration"
            } else {
                "share"
            };
            self.add(
                "Reverse private endpoint",
                name_and_id(&endpoint.description, &endpoint.id),
                format!("It reaches {} through the run's {by}.", self.source.name),
                false,
            );
        }
    }

    /// Pipes that go through any endpoint that is deleted or broken.
    fn pipes(&mut self) {
        let pipes = self.read(self.seen.pipes);
        let affected: Vec<&ReversePrivateEndpoint> = self
            .seen
            .endpoints
            .known()
            .into_iter()
            .flatten()
            .filter(|it| self.depends(it))
            .collect();
        if affected.is_empty() && self.gone.endpoint.is_none() {
            return;
        }
        for pipe in pipes {
            if let Some((because, inferred)) = self.breaks_pipe(pipe, &affected) {
                self.add("ClickPipe", pipe.name.clone(), because, inferred);
            }
        }
    }

    fn breaks_pipe(
        &self,
        pipe: &ClickPipe,
        affected: &[&ReversePrivateEndpoint],
    ) -> Option<(String, bool)> {
        let uses: Vec<PipeUse> = affected
            .iter()
            .filter_map(|endpoint| pipe_use::pipe_use(pipe, endpoint))
            .collect();
        let names_own = pipe
            .endpoint_ids
            .iter()
            .any(|id| self.gone.endpoint == Some(id.as_str()));
        if names_own || uses.contains(&PipeUse::Named) {
            return Some(("It names the endpoint.".to_owned(), false));
        }
        if !uses.is_empty() || pipe_use::connects_to(pipe, self.gone.dns_names) {
            return Some((
                "It connects to one of the endpoint's DNS names.".to_owned(),
                true,
            ));
        }
        // The source's own name leads to an endpoint only where custom private DNS says so.
        pipe_use::connects_to(
            pipe,
            [&self.source.name].into_iter().chain(&self.source.tls_host),
        )
        .then(|| {
            (
                format!(
                    "It connects to {}, the source's own name, which may lead to the endpoint.",
                    self.source.tls_host.as_ref().unwrap_or(&self.source.name)
                ),
                true,
            )
        })
    }

    fn depends(&self, endpoint: &ReversePrivateEndpoint) -> bool {
        self.gone.endpoint == Some(endpoint.id.as_str())
            || self.uses_configuration(endpoint)
            || (self.gone.share.is_some()
                && endpoint.resource_share_arn.as_deref() == self.gone.share)
    }

    fn uses_configuration(&self, endpoint: &ReversePrivateEndpoint) -> bool {
        self.gone.configuration.is_some()
            && endpoint.resource_configuration_id.as_deref() == self.gone.configuration
    }

    /// What was read, or nothing, with the reason kept once.
    fn read<T>(&mut self, observed: &'a Observed<Vec<T>>) -> &'a [T] {
        match observed {
            Observed::Known { value } => value,
            Observed::Unknown { problem } => {
                if !self.unread.contains(problem) {
                    self.unread.push(problem.clone());
                }
                &[]
            }
        }
    }

    fn add(&mut self, what: &str, name: String, because: String, inferred: bool) {
        self.breaks.push(Breakage {
            what: what.to_owned(),
            name,
            because,
            inferred,
        });
    }
}

/// Whether an endpoint works, or may come to: of those that ended, nothing stops working.
fn may_work(status: &EndpointStatus) -> bool {
    match status {
        EndpointStatus::Ready
        | EndpointStatus::Provisioning
        | EndpointStatus::PendingAcceptance
        | EndpointStatus::Unknown
        | EndpointStatus::Other(_) => true,
        EndpointStatus::Rejected
        | EndpointStatus::Failed
        | EndpointStatus::Expired
        | EndpointStatus::Deleting => false,
    }
}

/// The order of security groups means nothing.
fn same(a: &[String], b: &[String]) -> bool {
    let sorted = |ids: &[String]| {
        let mut ids = ids.to_vec();
        ids.sort_unstable();
        ids.dedup();
        ids
    };
    sorted(a) == sorted(b)
}

fn name_and_id(name: &str, id: &str) -> String {
    if name.trim().is_empty() {
        id.to_owned()
    } else {
        format!("{name} ({id})")
    }
}
