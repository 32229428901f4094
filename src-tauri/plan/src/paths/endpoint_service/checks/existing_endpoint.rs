//! The check on an endpoint that is there already: none of the service's leads to the source yet.

use super::{Subject, advice, check_again, finding, first_lines, passed, unread};
use crate::check::{Check, CheckId, Verdict};
use crate::facts::clickhouse::ReversePrivateEndpoint;
use crate::paths::choices::ServiceChoice;
use crate::paths::clickhouse::{BY_HAND, odd};
use crate::paths::endpoint_service::existing::{self, Reach, reach, ready, service_of};
use crate::problem::{Problem, Remedy, RemedyButton};

const NOT_READ: &str = "The service's endpoints could not be read.";

pub(super) fn existing_endpoint(subject: &Subject<'_>) -> Check {
    let id = CheckId::ExistingEndpoint;
    if let ServiceChoice::Hand { .. } = subject.choices.service {
        return finding(
            id,
            Verdict::NotKnown,
            "Whether the service has an endpoint for this source cannot be seen without a ClickHouse API key.",
            vec![BY_HAND.to_owned()],
            Some(Remedy {
                button: Some(RemedyButton::OpenSettings),
                ..advice(
                    "Look under reverse private endpoints in the ClickHouse console, or enter an API key under Settings.",
                )
            }),
        );
    }
    let Some(clickhouse) = subject.facts.clickhouse else {
        return unread(id, NOT_READ, Some(&Problem::KeyMissing));
    };
    if let Some(problem) = clickhouse.endpoints.problem() {
        return unread(id, NOT_READ, Some(problem));
    }
    if let Err(check) = subject.source(id) {
        return *check;
    }
    if let Some(endpoint) = existing::existing_endpoint(subject.facts, &subject.choices.source) {
        return there(subject, endpoint);
    }
    let groups = subject.groups();
    let mut untold: Vec<String> = Vec::new();
    let mut elsewhere = 0;
    let mut endpoints: Vec<&ReversePrivateEndpoint> = ready(subject.facts).collect();
    endpoints.sort_by_key(|it| &it.id);
    for endpoint in endpoints {
        let reason = match service_of(subject.facts, endpoint) {
            None => "its service is not among those of this account and region that were read",
            Some(service) => match reach(subject.facts, service, &groups) {
                Reach::Untold => "where its load balancer leads to could not be told",
                Reach::There | Reach::Elsewhere => {
                    elsewhere += 1;
                    continue;
                }
            },
        };
        untold.push(format!(
            "Endpoint {} ({}): {reason}.",
            endpoint.description, endpoint.id
        ));
    }
    let odd = odd(clickhouse);
    if untold.is_empty() && odd.is_none() {
        return passed(
            id,
            "No endpoint of this service leads to the source yet.",
            vec![match elsewhere {
                0 => "The service has no Ready endpoint of type VPC endpoint service.".to_owned(),
                1 => "The service has 1 Ready endpoint of type VPC endpoint service, which leads elsewhere."
                    .to_owned(),
                more => format!(
                    "The service has {more} Ready endpoints of type VPC endpoint service, which lead elsewhere."
                ),
            }],
        );
    }
    let lists = subject.facts.load_balancing;
    let problem = [
        lists.endpoint_services.problem(),
        lists.load_balancers.problem(),
        lists.target_groups.problem(),
    ]
    .into_iter()
    .flatten()
    .next();
    let mut evidence: Vec<String> = problem.map(Problem::headline).into_iter().collect();
    evidence.extend(first_lines(untold));
    evidence.extend(odd);
    finding(
        id,
        Verdict::NotKnown,
        "Whether an endpoint of this service leads to the source already is not known.",
        evidence,
        Some(problem.map_or_else(
            || {
                check_again(
                    "Look at the service's reverse private endpoints in the ClickHouse console: if one leads to the \
                     source, use it.",
                )
            },
            Problem::remedy,
        )),
    )
}

fn there(subject: &Subject<'_>, endpoint: &ReversePrivateEndpoint) -> Check {
    let mut evidence = vec![format!(
        "Endpoint {} ({}).",
        endpoint.description, endpoint.id
    )];
    evidence.extend(
        endpoint
            .dns_names
            .iter()
            .map(|name| format!("DNS name {name}")),
    );
    let headline = if subject.groups().len() > 1 {
        "A Ready endpoint of this service already leads to one of the hosts."
    } else {
        "A Ready endpoint of this service already leads to the source."
    };
    finding(
        CheckId::ExistingEndpoint,
        Verdict::Warning,
        headline,
        evidence,
        Some(advice(
            "Use its DNS name for the ClickPipe. Go on only if you want a second endpoint.",
        )),
    )
}
