//! Which endpoint services are read because the ClickHouse service has an endpoint to them.

use pipelink_plan::endpoint::EndpointStatus;
use pipelink_plan::facts::ClickHouseFacts;
use pipelink_plan::paths::endpoint_service::connected_services;

use super::world::*;
use crate::facts::*;

#[test]
fn the_services_of_the_region_that_ready_endpoints_lead_to_are_read_once_each() {
    let to = |id: &str, region: &str| {
        endpoint_to(
            id,
            &format!("com.amazonaws.vpce.{region}.vpce-svc-0{region}"),
        )
    };
    let mut waiting = to("e-5", REGION);
    waiting.status = EndpointStatus::PendingAcceptance;
    waiting.endpoint_service_name = Some(SERVICE_NAME.to_owned());
    let endpoints = vec![
        to("e-1", REGION),
        to("e-2", "eu-west-1"),
        to("e-3", REGION),
        // Of AWS itself, by a name that holds no ID.
        endpoint_to("e-4", "com.amazonaws.us-east-1.s3"),
        waiting,
        endpoint("e-6", "rcfg-0c0000000000000001"),
    ];
    let facts = |endpoints| ClickHouseFacts {
        endpoints,
        ..clickhouse()
    };
    assert_eq!(
        connected_services(&facts(known(endpoints)), REGION),
        ["vpce-svc-0us-east-1"]
    );
    assert!(connected_services(&facts(denied("ListReversePrivateEndpoints")), REGION).is_empty());
}
