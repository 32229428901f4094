//! Checks on the ClickHouse side: the region of ClickPipes, and a service that is awake.

use super::choices::ServiceChoice;
use super::findings::{advice, check_again, finding, passed, unread};
use crate::check::{Check, CheckId, Verdict};
use crate::facts::ClickHouseFacts;
use crate::facts::clickhouse::Service;
use crate::observed::Observed;
use crate::problem::{Problem, Remedy, RemedyButton};
use crate::region::{self, ClickPipesRegion, clickpipes_region};

/// The chosen service, or the check that says why it cannot be looked at.
fn service<'a>(
    clickhouse: Option<&'a ClickHouseFacts>,
    id: CheckId,
    service_id: &str,
) -> Result<&'a Service, Box<Check>> {
    let services = match clickhouse {
        Some(clickhouse) => match &clickhouse.services {
            Observed::Known { value } => Ok(value),
            Observed::Unknown { problem } => Err(problem),
        },
        None => Err(&Problem::KeyMissing),
    };
    let services = services
        .map_err(|problem| Box::new(unread(id, "The service could not be read.", Some(problem))))?;
    let found = services.iter().find(|service| service.id == service_id);
    found.ok_or_else(|| {
        Box::new(finding(
            id,
            Verdict::NotKnown,
            "The service is not among those of the key's organization.",
            vec![format!("Service {service_id}")],
            Some(check_again(
                "Choose another service, or check again if it was created just now.",
            )),
        ))
    })
}

/// Where the service's `ClickPipes` run, and what that was told from; or the check that says why it is not known.
pub(super) fn clickpipes(
    clickhouse: Option<&ClickHouseFacts>,
    choice: &ServiceChoice,
) -> Result<(ClickPipesRegion, Vec<String>), Box<Check>> {
    let id = CheckId::ClickPipesRegion;
    Ok(match choice {
        ServiceChoice::Key { service_id, .. } => {
            let service = service(clickhouse, id, service_id)?;
            let created_on = service.created_at.map(region::created_on);
            let created = created_on.map_or_else(
                || "its day of creation is not known".to_owned(),
                |day| format!("created on {day}"),
            );
            (
                clickpipes_region(&service.provider, &service.region, created_on),
                vec![format!(
                    "Service {} on {} in {}, {created}.",
                    service.name, service.provider, service.region
                )],
            )
        }
        ServiceChoice::Hand { region, created_on } => (
            clickpipes_region("aws", region, Some(*created_on)),
            vec![format!("Service in {region}, created on {created_on}.")],
        ),
    })
}

/// Whether the service's `ClickPipes` run in the region of the resources: for the paths that cross no region. `what`
/// is there, such as "database".
pub(super) fn same_region(
    clickhouse: Option<&ClickHouseFacts>,
    choice: &ServiceChoice,
    own_region: &str,
    what: &str,
) -> Check {
    let id = CheckId::ClickPipesRegion;
    let (clickpipes, mut evidence) = match clickpipes(clickhouse, choice) {
        Ok(known) => known,
        Err(check) => return *check,
    };
    evidence.push(format!("{} in {own_region}.", capital(what)));
    match clickpipes {
        ClickPipesRegion::Region { region, why } => {
            evidence.push(why);
            if region == own_region {
                passed(
                    id,
                    format!("The service's ClickPipes run in {region}, as the {what} does."),
                    evidence,
                )
            } else {
                elsewhere(
                    format!(
                        "The service's ClickPipes run in {region}, the {what} in {own_region}."
                    ),
                    evidence,
                )
            }
        }
        ClickPipesRegion::NotOnAws { provider } => finding(
            id,
            Verdict::Failure,
            format!("The service runs on {provider}: AWS PrivateLink does not apply to it."),
            evidence,
            Some(advice(
                "Choose a service on AWS, or use the IP allow list or an SSH tunnel instead.",
            )),
        ),
        ClickPipesRegion::DependsOnDate {
            since,
            from_then_on,
            before,
        } => {
            evidence.push(format!(
                "ClickPipes run in {from_then_on} for services created on {since} or later, and in {before} for older \
                 ones."
            ));
            if [from_then_on.as_str(), before.as_str()].contains(&own_region) {
                finding(
                    id,
                    Verdict::NotKnown,
                    format!(
                        "The service's ClickPipes run in {from_then_on} or {before}, depending on its day of creation."
                    ),
                    evidence,
                    Some(advice(
                        "Look up in ClickHouse when the service was created.",
                    )),
                )
            } else {
                elsewhere(
                    format!(
                        "The service's ClickPipes run in {from_then_on} or {before}, the {what} in {own_region}."
                    ),
                    evidence,
                )
            }
        }
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

fn elsewhere(headline: String, evidence: Vec<String>) -> Check {
    finding(
        CheckId::ClickPipesRegion,
        Verdict::Failure,
        headline,
        evidence,
        Some(advice(
            "Choose a service whose ClickPipes run in the region of your resources. Across regions only a VPC endpoint service \
             works.",
        )),
    )
}

/// What was looked at where the admin creates the endpoint: nothing, and why.
pub(super) const BY_HAND: &str = "The endpoint is created by hand: ClickHouse was not asked.";

/// What is said of endpoints that ClickHouse named and that could not be read, if there are any.
pub(super) fn odd(clickhouse: &ClickHouseFacts) -> Option<String> {
    match clickhouse.odd_endpoints {
        0 => None,
        1 => Some("ClickHouse's answer about 1 endpoint could not be read.".to_owned()),
        more => Some(format!(
            "ClickHouse's answer about {more} endpoints could not be read."
        )),
    }
}

/// Whether the service runs: the Cloud API creates no endpoint for one that is idle or stopped.
pub(super) fn awake(clickhouse: Option<&ClickHouseFacts>, choice: &ServiceChoice) -> Check {
    let id = CheckId::ServiceAwake;
    let ServiceChoice::Key { service_id, .. } = choice else {
        return finding(
            id,
            Verdict::NotKnown,
            "Whether the service is awake cannot be seen without a ClickHouse API key.",
            vec![BY_HAND.to_owned()],
            Some(advice(
                "Make sure in the ClickHouse console that the service runs before you create the endpoint.",
            )),
        );
    };
    let service = match service(clickhouse, id, service_id) {
        Ok(service) => service,
        Err(check) => return *check,
    };
    let name = &service.name;
    let evidence = vec![format!("State of service {name}: {}", service.state)];
    match service.state.as_str() {
        "running" => passed(id, format!("Service {name} runs."), evidence),
        "idle" => finding(
            id,
            Verdict::Warning,
            format!("Service {name} is idle."),
            evidence,
            Some(Remedy {
                button: Some(RemedyButton::WakeService),
                ..advice(
                    "Wake the service before the run. Waking it costs money for as long as it runs.",
                )
            }),
        ),
        "starting" | "awaking" | "provisioning" | "partially_running" | "degraded" => finding(
            id,
            Verdict::Warning,
            match service.state.as_str() {
                "awaking" => format!("Service {name} is waking up."),
                "provisioning" => format!("Service {name} is being provisioned."),
                state => format!("Service {name} is {}.", state.replace('_', " ")),
            },
            evidence,
            Some(check_again(
                "Wait until the service runs, then check again.",
            )),
        ),
        "stopping" | "stopped" => finding(
            id,
            Verdict::Failure,
            format!("Service {name} is {}.", service.state),
            evidence,
            Some(check_again(
                "Start the service in the ClickHouse console, then check again. Running it costs money.",
            )),
        ),
        "terminating" | "terminated" | "softdeleting" | "softdeleted" | "failed" => finding(
            id,
            Verdict::Failure,
            format!(
                "Service {name} cannot be used: its state is {}.",
                service.state
            ),
            evidence,
            Some(advice("Choose another service.")),
        ),
        other => finding(
            id,
            Verdict::NotKnown,
            format!("Service {name} is in state {other}, which this version does not know."),
            evidence,
            Some(check_again(
                "Look at the service in the ClickHouse console, then check again.",
            )),
        ),
    }
}
