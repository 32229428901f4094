//! The check on endpoints: the service has none to this cluster with this authentication, in whatever state.

use super::{Subject, advice, check_again, finding, passed, unread, word};
use crate::check::{Check, CheckId, Verdict};
use crate::endpoint::EndpointStatus;
use crate::facts::ClickHouseFacts;
use crate::facts::clickhouse::ReversePrivateEndpoint;
use crate::paths::choices::ServiceChoice;
use crate::paths::clickhouse::{BY_HAND, odd};
use crate::paths::msk_multi_vpc::existing::{has, to_cluster};
use crate::problem::{Problem, Remedy, RemedyButton};

pub(super) fn existing(
    subject: &Subject<'_>,
    clickhouse: Option<&ClickHouseFacts>,
    service: &ServiceChoice,
) -> Check {
    let id = CheckId::ExistingEndpoint;
    if let ServiceChoice::Hand { .. } = service {
        return finding(
            id,
            Verdict::NotKnown,
            "Whether the service has an endpoint to this cluster cannot be seen without a ClickHouse API key.",
            vec![BY_HAND.to_owned()],
            Some(Remedy {
                button: Some(RemedyButton::OpenSettings),
                ..advice(
                    "Look under reverse private endpoints in the ClickHouse console, or enter an API key under Settings.",
                )
            }),
        );
    }
    let Some(clickhouse) = clickhouse else {
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
    let wanted = word(subject.authentication);
    let mut there: Vec<&ReversePrivateEndpoint> =
        to_cluster(endpoints, subject.cluster_arn).collect();
    there.sort_by_key(|it| &it.id);
    let alike = there.iter().filter(|it| has(it, subject.authentication));
    if let Some(endpoint) = alike.min_by_key(|it| rank(&it.status)) {
        return found(endpoint, wanted);
    }
    let mut evidence: Vec<String> = there
        .iter()
        .map(|it| {
            let how = it
                .msk_authentication
                .as_deref()
                .unwrap_or("its authentication is not known");
            format!(
                "Endpoint {} ({}) to this cluster: {how}",
                it.description, it.id
            )
        })
        .collect();
    let odd = odd(clickhouse);
    let untold = odd.is_some() || there.iter().any(|it| it.msk_authentication.is_none());
    evidence.extend(odd);
    if untold {
        return finding(
            id,
            Verdict::NotKnown,
            format!(
                "Whether an endpoint of this service reaches the cluster with {wanted} already is not known."
            ),
            evidence,
            Some(check_again(
                "Look at the service's reverse private endpoints in the ClickHouse console: if one leads to the \
                 cluster, use it.",
            )),
        );
    }
    if evidence.is_empty() {
        evidence.push("The service has no endpoint to this cluster.".to_owned());
    }
    passed(
        id,
        format!("No endpoint of this service reaches the cluster with {wanted} yet."),
        evidence,
    )
}

/// The endpoint that says the most: one that works, or may come to work, before one that does not.
fn rank(status: &EndpointStatus) -> u8 {
    match status {
        EndpointStatus::Ready => 0,
        EndpointStatus::Provisioning | EndpointStatus::PendingAcceptance => 1,
        EndpointStatus::Unknown | EndpointStatus::Other(_) => 2,
        EndpointStatus::Failed
        | EndpointStatus::Rejected
        | EndpointStatus::Expired
        | EndpointStatus::Deleting => 3,
    }
}

fn found(endpoint: &ReversePrivateEndpoint, wanted: &str) -> Check {
    let id = CheckId::ExistingEndpoint;
    let state = endpoint.status.as_wire();
    let evidence = vec![format!(
        "Endpoint {} ({}) is {state}.",
        endpoint.description, endpoint.id
    )];
    match rank(&endpoint.status) {
        0 => finding(
            id,
            Verdict::Failure,
            format!("A Ready endpoint of this service already reaches the cluster with {wanted}."),
            evidence,
            Some(advice(
                "Use it for the ClickPipe. A second one with the same authentication is not possible.",
            )),
        ),
        1 => finding(
            id,
            Verdict::Failure,
            format!("An endpoint of this service to the cluster with {wanted} is being made."),
            evidence,
            Some(check_again(
                "Wait until it is Ready and use it, or check again if it comes to nothing.",
            )),
        ),
        2 => finding(
            id,
            Verdict::NotKnown,
            format!(
                "An endpoint of this service leads to the cluster with {wanted}, in a state that tells nothing."
            ),
            evidence,
            Some(check_again(
                "Look at it in the ClickHouse console, then check again.",
            )),
        ),
        _ => finding(
            id,
            Verdict::Warning,
            format!(
                "An endpoint of this service to the cluster with {wanted} does not work and is still there."
            ),
            evidence,
            Some(check_again(
                "Delete it, or wait until ClickHouse has removed it, then check again: until then a new one may fail.",
            )),
        ),
    }
}
