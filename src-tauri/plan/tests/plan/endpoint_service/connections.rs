//! Who may be accepted: only a connection whose owner and ID are those of an endpoint that ClickHouse reports.

use pipelink_plan::CLICKPIPES_ACCOUNT;
use pipelink_plan::facts::clickhouse::ReversePrivateEndpoint;
use pipelink_plan::facts::load_balancing::EndpointService;
use pipelink_plan::observed::Observed;
use pipelink_plan::paths::endpoint_service::{ConnectionIdentity, connections};

use super::world::*;
use crate::facts::*;

const CLICKPIPES: Option<&str> = Some(CLICKPIPES_ACCOUNT);
const THEIRS: &str = "vpce-0e00000000000009z";

fn service() -> EndpointService {
    EndpointService {
        connections: known(vec![
            connection(THEIRS, Some("444455556666"), "pendingAcceptance"),
            connection("vpce-0e00000000000008z", None, "pendingAcceptance"),
            connection("vpce-0e00000000000007z", CLICKPIPES, "PendingAcceptance"),
            connection("vpce-0e00000000000006z", CLICKPIPES, "available"),
            connection(OURS, CLICKPIPES, "PendingAcceptance"),
        ]),
        ..endpoint_service("orders")
    }
}

fn render(endpoints: &Observed<Vec<ReversePrivateEndpoint>>) -> String {
    connections(&service(), endpoints)
        .iter()
        .map(|row| {
            format!(
                "{} {} accept {}: {:?} {}",
                row.connection.vpc_endpoint_id,
                row.connection.state,
                row.may_accept,
                row.identity,
                row.why
            )
        })
        .collect::<Vec<String>>()
        .join("\n")
}

#[test]
fn only_what_clickhouse_reports_for_the_service_may_be_accepted() {
    let endpoints = known(vec![endpoint_to("e-1", SERVICE_NAME)]);
    insta::assert_snapshot!("connections", render(&endpoints));
    let rows = connections(&service(), &endpoints);
    let accepted: Vec<&str> = rows
        .iter()
        .filter(|it| it.may_accept)
        .map(|it| it.connection.vpc_endpoint_id.as_str())
        .collect();
    assert_eq!(accepted, [OURS]);
}

/// Each part of the proof by itself is not enough.
#[test]
fn nothing_may_be_accepted_on_half_a_proof() {
    let mut stolen = endpoint_to("e-1", SERVICE_NAME);
    stolen.endpoint_id = Some(THEIRS.to_owned());
    let other_service = endpoint_to("e-1", "com.amazonaws.vpce.us-east-1.vpce-svc-0f9");
    let mut without_service = endpoint_to("e-1", SERVICE_NAME);
    without_service.endpoint_service_name = None;
    let mut without_id = endpoint_to("e-1", SERVICE_NAME);
    without_id.endpoint_id = None;
    for endpoints in [
        known(vec![stolen]),
        known(vec![other_service]),
        known(vec![without_service]),
        known(vec![without_id]),
        known(Vec::new()),
        denied("clickPipeReversePrivateEndpointGetList"),
    ] {
        let rows = connections(&service(), &endpoints);
        assert_eq!(rows.len(), 5);
        for row in rows {
            assert!(!row.may_accept, "{row:?}");
            assert!(
                !matches!(row.identity, ConnectionIdentity::Ours { .. }),
                "{row:?}"
            );
        }
    }
    insta::assert_snapshot!(
        "connections_unread",
        render(&denied("clickPipeReversePrivateEndpointGetList"))
    );
}

#[test]
fn what_is_connected_already_is_ours_but_not_accepted_again() {
    let mut service = service();
    for connection in all(&mut service.connections) {
        "available".clone_into(&mut connection.state);
    }
    let endpoints = known(vec![endpoint_to("e-1", SERVICE_NAME)]);
    let rows = connections(&service, &endpoints);
    assert!(rows.iter().all(|it| !it.may_accept));
    assert!(
        rows.iter()
            .any(|it| matches!(it.identity, ConnectionIdentity::Ours { .. }))
    );
}

#[test]
fn what_is_over_cannot_be_rejected_and_anything_else_can() {
    let may_reject = |state: &str| {
        let service = EndpointService {
            connections: known(vec![connection(OURS, CLICKPIPES, state)]),
            ..endpoint_service("orders")
        };
        connections(&service, &known(Vec::new()))[0].may_reject
    };
    for state in [
        "pendingAcceptance",
        "Pending",
        "available",
        "partial",
        "pondering",
    ] {
        assert!(may_reject(state), "{state}");
    }
    for state in ["Rejected", "deleting", "deleted", "expired", "failed"] {
        assert!(!may_reject(state), "{state}");
    }
}
