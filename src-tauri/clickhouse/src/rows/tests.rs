//! Full, empty, newer and hostile rows.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::*;
use serde_json::json;

const ID: &str = "0f3a9d3e-6f8a-4c8e-9a51-0d2f4b6c8e10";
const SERVICE: &str = "11111111-2222-4333-8444-555555555555";

fn one_endpoint(row: &Value) -> ReversePrivateEndpoint {
    endpoint(SERVICE, row).unwrap()
}

#[test]
fn a_full_endpoint_is_read_member_by_member() {
    let read = one_endpoint(&json!({
        "id": ID,
        "serviceId": SERVICE,
        "description": "orders-postgres",
        "type": "VPC_RESOURCE",
        "status": "Ready",
        "endpointId": "vpce-0a1b2c3d4e5f60718",
        "dnsNames": ["vpce-1.rcfg-1.4232ccc.vpc-lattice-rsc.us-east-1.on.aws"],
        "privateDnsNames": ["orders.example"],
        "dnsTargets": [{"id": "rcfg-1", "kind": "RESOURCE_CONFIGURATION", "internalDnsName": "x"}],
        "vpcResourceConfigurationId": "rcfg-0123456789abcdef0",
        "vpcResourceShareArn": "arn:aws:ram:us-east-1:111122223333:resource-share/s",
        "mskClusterArn": null,
        "mskAuthentication": null,
        "vpcEndpointServiceName": null
    }));
    assert_eq!(
        read,
        ReversePrivateEndpoint {
            id: ID.to_owned(),
            service_id: SERVICE.to_owned(),
            description: "orders-postgres".to_owned(),
            kind: EndpointKind::VpcResource,
            status: EndpointStatus::Ready,
            endpoint_id: Some("vpce-0a1b2c3d4e5f60718".to_owned()),
            dns_names: vec!["vpce-1.rcfg-1.4232ccc.vpc-lattice-rsc.us-east-1.on.aws".to_owned()],
            private_dns_names: vec!["orders.example".to_owned()],
            resource_configuration_id: Some("rcfg-0123456789abcdef0".to_owned()),
            resource_share_arn: Some(
                "arn:aws:ram:us-east-1:111122223333:resource-share/s".to_owned()
            ),
            endpoint_service_name: None,
            msk_cluster_arn: None,
            msk_authentication: None,
            custom_private_dns_names: Vec::new(),
        }
    );
}

#[test]
fn an_endpoint_needs_nothing_but_its_id() {
    for row in [
        json!({"id": ID}),
        json!({
            "id": ID, "serviceId": null, "description": null, "type": null, "status": null,
            "endpointId": null, "dnsNames": null, "privateDnsNames": null
        }),
        json!({"id": ID, "endpointId": "", "dnsNames": [], "dnsTargets": "not a list"}),
    ] {
        let read = one_endpoint(&row);
        assert_eq!(read.service_id, SERVICE);
        assert_eq!(read.status, EndpointStatus::Unknown);
        assert_eq!(read.kind, EndpointKind::Other("not stated".to_owned()));
        assert_eq!(read.endpoint_id, None);
        assert!(read.dns_names.is_empty() && read.private_dns_names.is_empty());
    }
}

#[test]
fn words_newer_than_this_program_are_kept() {
    let read = one_endpoint(&json!({
        "id": ID, "type": "AZURE_PRIVATE_LINK", "status": "Hibernating"
    }));
    assert_eq!(
        read.kind,
        EndpointKind::Other("AZURE_PRIVATE_LINK".to_owned())
    );
    assert_eq!(read.status, EndpointStatus::Other("Hibernating".to_owned()));
}

#[test]
fn every_known_status_and_kind_survives() {
    for word in [
        "Unknown",
        "Provisioning",
        "Deleting",
        "Ready",
        "Failed",
        "PendingAcceptance",
        "Rejected",
        "Expired",
    ] {
        let read = one_endpoint(&json!({"id": ID, "status": word}));
        assert_eq!(read.status.as_wire(), word);
        assert!(!matches!(read.status, EndpointStatus::Other(_)), "{word}");
    }
    for word in [
        "VPC_RESOURCE",
        "MSK_MULTI_VPC",
        "VPC_ENDPOINT_SERVICE",
        "GCP_PSC_SERVICE_ATTACHMENT",
    ] {
        let read = one_endpoint(&json!({"id": ID, "type": word}));
        assert_eq!(read.kind, EndpointKind::from_wire(word));
    }
}

#[test]
fn odd_rows_never_cost_the_others() {
    let list = [
        json!({"id": ID, "status": "Ready"}),
        json!(null),
        json!("text"),
        json!([1, 2]),
        json!({"status": "Ready"}),
        json!({"id": "../../organizations", "status": "Ready"}),
        json!({"id": 7}),
        json!({"id": ID, "status": {"code": 1}}),
        json!({"id": ID, "dnsNames": "one"}),
        json!({"id": SERVICE, "status": "Failed"}),
    ];
    let read = Rows::read(&list, |row| endpoint(SERVICE, row));
    let ids: Vec<_> = read.rows.iter().map(|row| row.id.as_str()).collect();
    assert_eq!(ids, [ID, SERVICE]);
    assert_eq!(read.odd.len(), 8);
    assert!(read.odd[0].why.starts_with("row 2 (without ID): "));
    assert!(read.odd[4].why.contains("../../organizations"));
}

#[test]
fn a_reason_is_bounded_and_printable() {
    let list = [json!({"id": format!("\u{1b}[2J{}", "x".repeat(100_000))})];
    let read = Rows::read(&list, organization);
    assert!(read.rows.is_empty());
    assert!(read.odd[0].why.chars().count() <= 1000);
    assert!(!read.odd[0].why.chars().any(char::is_control));
}

#[test]
fn a_service_is_read_whatever_else_it_holds() {
    let read = service(
        "org",
        &json!({
            "id": ID, "name": "orders", "provider": "aws", "region": "eu-south-9",
            "state": "napping", "createdAt": "2026-01-20T10:00:00Z",
            "numReplicas": "three", "tags": {"not": "a list"}
        }),
    )
    .unwrap();
    assert_eq!(
        (read.name.as_str(), read.organization_id.as_str()),
        ("orders", "org")
    );
    assert_eq!(
        (read.region.as_str(), read.state.as_str()),
        ("eu-south-9", "napping")
    );
    assert_eq!(read.created_at, "2026-01-20T10:00:00Z".parse().ok());
}

#[test]
fn a_service_without_a_date_has_none_and_without_a_region_is_odd() {
    for date in [json!(null), json!("yesterday"), json!(1_700_000_000)] {
        let row = json!({"id": ID, "provider": "gcp", "region": "r", "createdAt": date});
        let read = service("org", &row).unwrap();
        assert_eq!(read.created_at, None);
        assert_eq!((read.name.as_str(), read.state.as_str()), (ID, "unknown"));
    }
    for row in [
        json!({"id": ID, "provider": "aws"}),
        json!({"id": ID, "region": "us-east-1"}),
        json!({"provider": "aws", "region": "us-east-1"}),
    ] {
        assert!(service("org", &row).is_err(), "{row}");
    }
}

#[test]
fn a_pipe_tells_its_endpoints_or_hosts() {
    let read = |source: Value| {
        let read = pipe(&json!({"id": ID, "name": "p", "state": "Running", "source": source}));
        let read = read.unwrap();
        (read.endpoint_ids, read.hosts)
    };
    let none: Vec<String> = Vec::new();
    assert_eq!(
        read(json!({"kafka": {"brokers": "b:1", "reversePrivateEndpointIds": [ID]}})),
        (vec![ID.to_owned()], none.clone())
    );
    assert_eq!(
        read(json!({"postgres": {"host": " db.example ", "port": "5432"}})),
        (none.clone(), vec!["db.example".to_owned()])
    );
    assert_eq!(
        read(json!({"mysql": {"host": "my.example"}, "postgres": null})),
        (none.clone(), vec!["my.example".to_owned()])
    );
    for nothing in [
        json!({"mongodb": {"uri": "mongodb://***@h/db"}}),
        json!({"kafka": {"reversePrivateEndpointIds": null}}),
        json!({"postgres": {"host": ""}}),
        json!({"newer": {"host": "h"}}),
        json!(null),
    ] {
        assert_eq!(read(nothing), (none.clone(), none.clone()));
    }
    assert!(pipe(&json!({"id": ID, "source": {"postgres": {"host": 5}}})).is_err());
}
