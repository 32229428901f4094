//! The check on an endpoint that is there already: none of the service's reaches the source yet.

use super::{Subject, advice, check_again, finding, first_lines, passed, unread};
use crate::check::{Check, CheckId, Verdict};
use crate::endpoint::{EndpointKind, EndpointStatus};
use crate::facts::ClickHouseFacts;
use crate::paths::clickhouse::{BY_HAND, odd};
use crate::paths::vpc_resource::choices::ServiceChoice;
use crate::paths::vpc_resource::existing;
use crate::paths::vpc_resource::fit::target;
use crate::paths::vpc_resource::lead::Lead;
use crate::problem::{Problem, Remedy, RemedyButton};

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
    let Some(clickhouse) = subject.clickhouse else {
        return unread(
            id,
            "The service's endpoints could not be read.",
            Some(&Problem::KeyMissing),
        );
    };
    let Some(endpoints) = clickhouse.endpoints.known() else {
        return unread(
            id,
            "The service's endpoints could not be read.",
            clickhouse.endpoints.problem(),
        );
    };
    let wanted = match subject.wanted(id) {
        Ok(wanted) => wanted,
        Err(check) => return *check,
    };
    let words = subject.words();
    let source = &subject.choices.source;
    if let Some(endpoint) = existing::existing_endpoint(subject.facts, clickhouse, source) {
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
        if let Some(there) = existing::configuration_of(subject.region, endpoint)
            .and_then(|it| it.definition.as_ref())
            && wanted.lead(Some(there)) == Lead::Elsewhere
        {
            evidence.push(format!(
                "It leads to {}, which after a failover need not be the writer.",
                target(there)
            ));
        }
        return finding(
            id,
            Verdict::Warning,
            format!("A Ready endpoint of this service already reaches {words}."),
            evidence,
            Some(advice(
                "Use its DNS name for the ClickPipe. Go on only if you want a second endpoint.",
            )),
        );
    }
    if let Some(check) = cannot_be_told(subject, clickhouse, words) {
        return check;
    }
    let others = endpoints
        .iter()
        .filter(|it| {
            it.status == EndpointStatus::Ready && it.kind == EndpointKind::VpcEndpointService
        })
        .count();
    let mut evidence = vec![match existing::ready(clickhouse).count() {
        0 => "The service has no Ready endpoint of type VPC resource.".to_owned(),
        1 => "The service has 1 Ready endpoint of type VPC resource, which leads elsewhere."
            .to_owned(),
        more => format!(
            "The service has {more} Ready endpoints of type VPC resource, which lead elsewhere."
        ),
    }];
    if others > 0 {
        evidence.push(format!(
            "It has {others} of type VPC endpoint service: what is behind a load balancer is not looked at."
        ));
    }
    passed(
        id,
        format!("No endpoint of this service reaches {words} yet."),
        evidence,
    )
}

/// The check that says of which endpoints it cannot be told whether they reach the source, if there are any.
fn cannot_be_told(
    subject: &Subject<'_>,
    clickhouse: &ClickHouseFacts,
    words: &str,
) -> Option<Check> {
    let untold = existing::untold(subject.facts, clickhouse, &subject.choices.source);
    let odd = odd(clickhouse);
    if untold.is_empty() && odd.is_none() {
        return None;
    }
    let problem = untold.iter().find_map(|it| it.problem);
    let mut evidence: Vec<String> = problem.map(Problem::headline).into_iter().collect();
    let lines = untold.iter().map(|it| {
        let endpoint = it.endpoint;
        format!(
            "Endpoint {} ({}): {}",
            endpoint.description, endpoint.id, it.reason
        )
    });
    evidence.extend(first_lines(lines.collect()));
    evidence.extend(odd);
    Some(finding(
        CheckId::ExistingEndpoint,
        Verdict::NotKnown,
        format!("Whether an endpoint of this service reaches {words} already is not known."),
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
    ))
}
