//! The ClickHouse side: one service that runs, and endpoints of it.

use pipelink_plan::endpoint::{EndpointKind, EndpointStatus};
use pipelink_plan::facts::ClickHouseFacts;
use pipelink_plan::facts::clickhouse::{ReversePrivateEndpoint, Service};

use super::{ORGANIZATION, REGION, SERVICE, known};

pub(crate) fn clickhouse() -> ClickHouseFacts {
    ClickHouseFacts {
        services: known(vec![Service {
            id: SERVICE.to_owned(),
            organization_id: ORGANIZATION.to_owned(),
            name: "analytics".to_owned(),
            provider: "aws".to_owned(),
            region: REGION.to_owned(),
            state: "running".to_owned(),
            created_at: Some("2026-02-03T09:30:00Z".parse().unwrap()),
        }]),
        endpoints: known(Vec::new()),
        odd_endpoints: 0,
        elsewhere: Vec::new(),
    }
}

pub(crate) fn endpoint(id: &str, configuration_id: &str) -> ReversePrivateEndpoint {
    ReversePrivateEndpoint {
        id: id.to_owned(),
        service_id: SERVICE.to_owned(),
        description: "orders".to_owned(),
        kind: EndpointKind::VpcResource,
        status: EndpointStatus::Ready,
        endpoint_id: Some("vpce-0e0000000000000001".to_owned()),
        dns_names: vec![
            "vpce-0e0000000000000001.rcfg-0c0000000000000001.4232ccc.vpc-lattice-rsc.us-east-1.on.aws"
                .to_owned(),
        ],
        private_dns_names: Vec::new(),
        resource_configuration_id: Some(configuration_id.to_owned()),
        resource_share_arn: None,
        endpoint_service_name: None,
        msk_cluster_arn: None,
        msk_authentication: None,
        custom_private_dns_names: Vec::new(),
    }
}
