//! Load balancers, endpoint services, endpoints and an MSK cluster in good order.

use pipelink_plan::CLICKPIPES_ACCOUNT;
use pipelink_plan::endpoint::EndpointKind;
use pipelink_plan::facts::clickhouse::ReversePrivateEndpoint;
use pipelink_plan::facts::load_balancing::{
    EndpointConnection, EndpointService, Listener, LoadBalancer, LoadBalancerZone, SupportedRegion,
    TargetGroup, TargetHealth,
};
use pipelink_plan::facts::msk::{BootstrapBrokers, BrokerNode, MskCluster, MskFacts, Provisioned};
use pipelink_plan::paths::endpoint_service::Lookup;
use pipelink_plan::step::MultiVpcSchemes;

use super::{CLUSTER, OURS, SERVICE_ID, SERVICE_NAME};
use crate::facts::*;

pub(in crate::endpoint_service) fn load_balancer_arn(name: &str) -> String {
    format!("arn:aws:elasticloadbalancing:{REGION}:{ACCOUNT}:loadbalancer/net/{name}/0a1b2c3d")
}

pub(in crate::endpoint_service) fn target_group_arn(name: &str) -> String {
    format!("arn:aws:elasticloadbalancing:{REGION}:{ACCOUNT}:targetgroup/{name}/0a1b2c3d")
}

pub(in crate::endpoint_service) fn resolves(name: &str, addresses: &[&str]) -> Lookup {
    Lookup {
        name: name.to_owned(),
        addresses: known(addresses.iter().map(|it| it.parse().unwrap()).collect()),
    }
}

/// Internal, active, in two zones, without security groups but one that the database lets in.
pub(in crate::endpoint_service) fn load_balancer(name: &str, port: u16) -> LoadBalancer {
    LoadBalancer {
        arn: load_balancer_arn(name),
        name: name.to_owned(),
        scheme: "internal".to_owned(),
        state: "active".to_owned(),
        vpc_id: VPC.to_owned(),
        zones: [("us-east-1a", SUBNET_A), ("us-east-1b", SUBNET_B)]
            .map(|(zone, subnet)| LoadBalancerZone {
                zone: zone.to_owned(),
                subnet_id: subnet.to_owned(),
            })
            .to_vec(),
        security_group_ids: vec![GROUP_GATEWAY.to_owned()],
        enforces_inbound_rules: Some(false),
        address_type: Some("ipv4".to_owned()),
        cross_zone: known(true),
        listeners: known(vec![listener(name, port)]),
    }
}

pub(in crate::endpoint_service) fn listener(group: &str, port: u16) -> Listener {
    Listener {
        arn: format!("arn:aws:elasticloadbalancing:{REGION}:{ACCOUNT}:listener/net/{group}/{port}"),
        protocol: "TCP".to_owned(),
        port,
        target_group_arns: vec![target_group_arn(group)],
        idle_timeout: known(Some(350)),
    }
}

pub(in crate::endpoint_service) fn target_group(
    name: &str,
    port: u16,
    addresses: &[&str],
) -> TargetGroup {
    TargetGroup {
        arn: target_group_arn(name),
        name: name.to_owned(),
        protocol: "TCP".to_owned(),
        port: Some(port),
        target_type: "ip".to_owned(),
        vpc_id: Some(VPC.to_owned()),
        load_balancer_arns: vec![load_balancer_arn(name)],
        preserves_client_ip: known(Some(false)),
        targets: known(addresses.iter().map(|it| target(it, port)).collect()),
    }
}

pub(in crate::endpoint_service) fn target(id: &str, port: u16) -> TargetHealth {
    TargetHealth {
        id: id.to_owned(),
        port: Some(port),
        state: "healthy".to_owned(),
        reason: None,
    }
}

pub(in crate::endpoint_service) fn endpoint_service(load_balancer: &str) -> EndpointService {
    EndpointService {
        id: SERVICE_ID.to_owned(),
        service_name: SERVICE_NAME.to_owned(),
        name: Some("orders".to_owned()),
        state: "Available".to_owned(),
        acceptance_required: true,
        load_balancer_arns: vec![load_balancer_arn(load_balancer)],
        zones: vec!["us-east-1a".to_owned(), "us-east-1b".to_owned()],
        zone_ids: Vec::new(),
        supported_regions: vec![supported(REGION, "Available")],
        private_dns: None,
        principals: known(vec![format!("arn:aws:iam::{CLICKPIPES_ACCOUNT}:root")]),
        connections: known(Vec::new()),
    }
}

pub(in crate::endpoint_service) fn supported(region: &str, state: &str) -> SupportedRegion {
    SupportedRegion {
        region: region.to_owned(),
        state: Some(state.to_owned()),
    }
}

/// A Ready endpoint to the service.
pub(in crate::endpoint_service) fn endpoint_to(
    id: &str,
    service_name: &str,
) -> ReversePrivateEndpoint {
    ReversePrivateEndpoint {
        kind: EndpointKind::VpcEndpointService,
        resource_configuration_id: None,
        endpoint_service_name: Some(service_name.to_owned()),
        endpoint_id: Some(OURS.to_owned()),
        dns_names: vec![format!(
            "{OURS}-1abc.vpce-svc-0f.us-east-1.vpce.amazonaws.com"
        )],
        ..endpoint(id, "")
    }
}

pub(in crate::endpoint_service) fn connection(
    id: &str,
    owner: Option<&str>,
    state: &str,
) -> EndpointConnection {
    EndpointConnection {
        service_id: SERVICE_ID.to_owned(),
        vpc_endpoint_id: id.to_owned(),
        owner: owner.map(str::to_owned),
        region: Some(REGION.to_owned()),
        state: state.to_owned(),
        created_at: None,
    }
}

pub(in crate::endpoint_service) fn broker_name(number: usize) -> String {
    format!("b-{number}.clicks.x1y2z3.c3.kafka.us-east-1.amazonaws.com")
}

pub(super) fn msk() -> MskFacts {
    MskFacts {
        cluster: known(MskCluster {
            arn: CLUSTER.to_owned(),
            name: "clicks".to_owned(),
            kind: "PROVISIONED".to_owned(),
            state: "ACTIVE".to_owned(),
            current_version: Some("K1".to_owned()),
            provisioned: Some(Provisioned {
                kafka_version: Some("3.8.x".to_owned()),
                instance_type: "express.m7g.large".to_owned(),
                brokers: 3,
                subnet_ids: vec![SUBNET_A.to_owned()],
                zone_ids: Vec::new(),
                security_group_ids: vec![GROUP_DATABASE.to_owned()],
                schemes: MultiVpcSchemes {
                    iam: true,
                    ..MultiVpcSchemes::default()
                },
                unauthenticated: false,
                multi_vpc: MultiVpcSchemes::default(),
                client_encryption: Some("TLS".to_owned()),
                configuration: None,
            }),
            serverless: None,
        }),
        policy: known(None),
        bootstrap: known(BootstrapBrokers::default()),
        connections: known(Vec::new()),
        operations: known(Vec::new()),
        configuration: known(None),
        nodes: known((1..=3).map(node).collect()),
        vpc_id: Some(VPC.to_owned()),
    }
}

fn node(number: usize) -> BrokerNode {
    BrokerNode {
        id: u32::try_from(number).unwrap(),
        endpoints: vec![broker_name(number)],
        address: Some(format!("10.20.{number}.91").parse().unwrap()),
        subnet_id: None,
    }
}
