//! A small, healthy world to start from; each test spoils the one thing it is about.

use std::collections::BTreeMap;

use jiff::civil::date;
use pipelink_plan::endpoint::{EndpointKind, EndpointStatus};
use pipelink_plan::facts::clickhouse::{ReversePrivateEndpoint, Service};
use pipelink_plan::facts::database::{DbCluster, DbInstance, MskCluster};
use pipelink_plan::facts::lattice::{ResourceConfiguration, ResourceGateway};
use pipelink_plan::facts::network::{
    CidrReservation, NetworkInterface, RulePeer, SecurityGroup, SecurityGroupRule, Subnet, Vpc,
};
use pipelink_plan::facts::{ClickHouseFacts, Identity, RegionFacts, VpcFacts};
use pipelink_plan::observed::Observed;
use pipelink_plan::paths::vpc_resource::choices::{Choices, ServiceChoice};
use pipelink_plan::problem::Problem;
use pipelink_plan::step::{OutputName, Outputs, StepId};

pub(crate) const ACCOUNT: &str = "111122223333";
pub(crate) const REGION: &str = "us-east-1";
pub(crate) const VPC: &str = "vpc-0d1a2b3c4d5e6f701";
pub(crate) const OTHER_VPC: &str = "vpc-0d1a2b3c4d5e6f702";

pub(crate) const ORDERS: &str = "arn:aws:rds:us-east-1:111122223333:cluster:orders-postgres";
pub(crate) const BILLING: &str = "arn:aws:rds:us-east-1:111122223333:db:billing-mysql";

/// Zones 1, 2 and 4, each with room.
pub(crate) const SUBNET_A: &str = "subnet-0a0000000000000a1";
pub(crate) const SUBNET_B: &str = "subnet-0a0000000000000b2";
pub(crate) const SUBNET_C: &str = "subnet-0a0000000000000c4";
/// Zone 1, /27.
pub(crate) const SUBNET_SMALL: &str = "subnet-0a0000000000000e1";
/// Zone 2, with an address in use in every /28.
pub(crate) const SUBNET_FULL: &str = "subnet-0a0000000000000f2";
/// Zone 4, of another account.
pub(crate) const SUBNET_SHARED: &str = "subnet-0a0000000000000d4";

/// Let through by the database's group.
pub(crate) const GROUP_GATEWAY: &str = "sg-0b000000000000001";
/// The database's.
pub(crate) const GROUP_DATABASE: &str = "sg-0b000000000000002";
/// Not let through.
pub(crate) const GROUP_WEB: &str = "sg-0b000000000000003";
/// The VPC's default group.
pub(crate) const GROUP_DEFAULT: &str = "sg-0b000000000000004";

pub(crate) const ORGANIZATION: &str = "5d9a4f3e-7c2b-4e1a-9f0d-6b8c7a5e4d31";
pub(crate) const SERVICE: &str = "0f8e7d6c-5b4a-4392-8170-6f5e4d3c2b1a";

/// Everything a check looks at.
#[derive(Debug, Clone)]
pub(crate) struct World {
    pub(crate) region: RegionFacts,
    pub(crate) vpc: VpcFacts,
    pub(crate) clickhouse: Option<ClickHouseFacts>,
    pub(crate) choices: Choices,
}

impl World {
    /// Where every check passes.
    pub(crate) fn healthy() -> Self {
        Self {
            region: region(),
            vpc: vpc(),
            clickhouse: Some(clickhouse()),
            choices: choices(),
        }
    }

    pub(crate) fn by_hand(mut self) -> Self {
        self.clickhouse = None;
        self.choices.service = ServiceChoice::Hand {
            region: REGION.to_owned(),
            created_on: date(2026, 2, 3),
        };
        self
    }

    pub(crate) fn cluster(&mut self) -> &mut DbCluster {
        find(&mut self.region.clusters, |it| it.arn == ORDERS)
    }

    pub(crate) fn instance(&mut self, name: &str) -> &mut DbInstance {
        find(&mut self.region.instances, |it| it.identifier == name)
    }

    pub(crate) fn subnet(&mut self, id: &str) -> &mut Subnet {
        find(&mut self.vpc.subnets, |it| it.id == id)
    }

    pub(crate) fn group(&mut self, id: &str) -> &mut SecurityGroup {
        find(&mut self.vpc.security_groups, |it| it.id == id)
    }

    pub(crate) fn service(&mut self) -> &mut Service {
        let clickhouse = self.clickhouse.as_mut().unwrap();
        find(&mut clickhouse.services, |it| it.id == SERVICE)
    }

    pub(crate) fn add_endpoint(&mut self, endpoint: ReversePrivateEndpoint) {
        all(&mut self.clickhouse.as_mut().unwrap().endpoints).push(endpoint);
    }
}

pub(crate) fn all<T>(observed: &mut Observed<Vec<T>>) -> &mut Vec<T> {
    match observed {
        Observed::Known { value } => value,
        Observed::Unknown { problem } => panic!("not known: {problem}"),
    }
}

fn find<T>(observed: &mut Observed<Vec<T>>, is: impl Fn(&T) -> bool) -> &mut T {
    all(observed).iter_mut().find(|it| is(it)).unwrap()
}

pub(crate) fn known<T>(value: T) -> Observed<T> {
    Observed::Known { value }
}

pub(crate) fn denied<T>(action: &str) -> Observed<T> {
    Observed::Unknown {
        problem: Problem::AccessDenied {
            action: action.to_owned(),
            message: format!("User is not authorized to perform {action}"),
        },
    }
}

pub(crate) fn region() -> RegionFacts {
    RegionFacts {
        identity: Identity {
            account_id: ACCOUNT.to_owned(),
            arn: format!("arn:aws:sts::{ACCOUNT}:assumed-role/NetworkAdmin/alex"),
            partition: "aws".to_owned(),
            region: REGION.to_owned(),
            endpoint_override: None,
        },
        clusters: known(vec![
            DbCluster {
                arn: ORDERS.to_owned(),
                identifier: "orders-postgres".to_owned(),
                engine: "aurora-postgresql".to_owned(),
                engine_version: Some("16.4".to_owned()),
                status: "available".to_owned(),
                endpoint: Some(
                    "orders-postgres.cluster-c9example.us-east-1.rds.amazonaws.com".to_owned(),
                ),
                port: Some(5432),
                publicly_accessible: None,
                members: vec![
                    "orders-postgres-1".to_owned(),
                    "orders-postgres-2".to_owned(),
                ],
                security_group_ids: vec![GROUP_DATABASE.to_owned()],
            },
            DbCluster {
                arn: cluster_arn("marketing-postgres"),
                identifier: "marketing-postgres".to_owned(),
                engine: "postgres".to_owned(),
                engine_version: None,
                status: "available".to_owned(),
                endpoint: None,
                port: Some(5432),
                publicly_accessible: Some(true),
                members: Vec::new(),
                security_group_ids: Vec::new(),
            },
            DbCluster {
                arn: cluster_arn("documents"),
                identifier: "documents".to_owned(),
                engine: "docdb".to_owned(),
                engine_version: None,
                status: "available".to_owned(),
                endpoint: None,
                port: Some(27017),
                publicly_accessible: None,
                members: Vec::new(),
                security_group_ids: Vec::new(),
            },
        ]),
        instances: known(vec![
            DbInstance {
                cluster: Some("orders-postgres".to_owned()),
                availability_zone: Some("us-east-1a".to_owned()),
                ..instance("orders-postgres-1", "aurora-postgresql", 5432)
            },
            DbInstance {
                cluster: Some("orders-postgres".to_owned()),
                availability_zone: Some("us-east-1b".to_owned()),
                ..instance("orders-postgres-2", "aurora-postgresql", 5432)
            },
            DbInstance {
                endpoint: Some("billing-mysql.c9example.us-east-1.rds.amazonaws.com".to_owned()),
                ..instance("billing-mysql", "mysql", 3306)
            },
        ]),
        msk_clusters: known(vec![MskCluster {
            arn: format!("arn:aws:kafka:{REGION}:{ACCOUNT}:cluster/clicks/1f-2"),
            name: "clicks".to_owned(),
            kind: "PROVISIONED".to_owned(),
            state: "ACTIVE".to_owned(),
        }]),
        vpcs: known(vec![Vpc {
            id: VPC.to_owned(),
            name: Some("production".to_owned()),
            cidr: Some("10.20.0.0/16".parse().unwrap()),
            is_default: false,
        }]),
        gateways: known(Vec::new()),
        configurations: known(Vec::new()),
        shares: known(Vec::new()),
    }
}

pub(crate) fn cluster_arn(name: &str) -> String {
    format!("arn:aws:rds:{REGION}:{ACCOUNT}:cluster:{name}")
}

pub(crate) fn instance(name: &str, engine: &str, port: u16) -> DbInstance {
    DbInstance {
        arn: format!("arn:aws:rds:{REGION}:{ACCOUNT}:db:{name}"),
        identifier: name.to_owned(),
        cluster: None,
        engine: engine.to_owned(),
        engine_version: None,
        status: "available".to_owned(),
        publicly_accessible: Some(false),
        endpoint: None,
        port: Some(port),
        vpc_id: Some(VPC.to_owned()),
        subnet_ids: vec![SUBNET_A.to_owned(), SUBNET_B.to_owned()],
        availability_zone: Some("us-east-1a".to_owned()),
        security_group_ids: vec![GROUP_DATABASE.to_owned()],
    }
}

pub(crate) fn gateway(id: &str, name: &str) -> ResourceGateway {
    ResourceGateway {
        id: id.to_owned(),
        arn: format!("arn:aws:vpc-lattice:{REGION}:{ACCOUNT}:resourcegateway/{id}"),
        name: name.to_owned(),
        status: "ACTIVE".to_owned(),
        vpc_id: VPC.to_owned(),
        subnet_ids: vec![SUBNET_A.to_owned()],
        security_group_ids: vec![GROUP_GATEWAY.to_owned()],
    }
}

pub(crate) fn configuration(id: &str, name: &str, target_arn: &str) -> ResourceConfiguration {
    ResourceConfiguration {
        id: id.to_owned(),
        arn: format!("arn:aws:vpc-lattice:{REGION}:{ACCOUNT}:resourceconfiguration/{id}"),
        name: name.to_owned(),
        status: "ACTIVE".to_owned(),
        failure_reason: None,
        gateway_id: Some("rgw-0c0000000000000001".to_owned()),
        target_arn: Some(target_arn.to_owned()),
    }
}

pub(crate) fn vpc() -> VpcFacts {
    let busy = |id: &str, subnet: &str, addresses: &[&str]| NetworkInterface {
        id: id.to_owned(),
        subnet_id: subnet.to_owned(),
        addresses: addresses.iter().map(|it| it.parse().unwrap()).collect(),
        prefixes: Vec::new(),
    };
    let full: Vec<String> = (0..16)
        .map(|block| format!("10.20.5.{}", block * 16 + 7))
        .collect();
    let full: Vec<&str> = full.iter().map(String::as_str).collect();
    VpcFacts {
        vpc_id: VPC.to_owned(),
        subnets: known(vec![
            subnet(SUBNET_A, "private-a", "10.20.1.0/24", "a", 1, 249),
            subnet(SUBNET_B, "private-b", "10.20.2.0/24", "b", 2, 250),
            subnet(SUBNET_C, "private-c", "10.20.3.0/26", "c", 4, 59),
            subnet(SUBNET_SMALL, "small-a", "10.20.4.0/27", "a", 1, 27),
            subnet(SUBNET_FULL, "crowded-b", "10.20.5.0/24", "b", 2, 235),
            Subnet {
                owner_id: "444455556666".to_owned(),
                ..subnet(SUBNET_SHARED, "shared-c", "10.20.6.0/24", "c", 4, 251)
            },
        ]),
        security_groups: known(vec![
            group(
                GROUP_GATEWAY,
                "clickpipes-gateway",
                vec![rule(
                    "sgr-01",
                    true,
                    "tcp",
                    5432,
                    RulePeer::Group(GROUP_DATABASE.to_owned()),
                )],
            ),
            group(
                GROUP_DATABASE,
                "orders-postgres",
                vec![
                    rule(
                        "sgr-02",
                        false,
                        "tcp",
                        5432,
                        RulePeer::Group(GROUP_GATEWAY.to_owned()),
                    ),
                    rule("sgr-03", false, "tcp", 22, ipv4("10.20.0.0/16")),
                    rule("sgr-04", true, "-1", -1, ipv4("0.0.0.0/0")),
                ],
            ),
            group(
                GROUP_WEB,
                "web",
                vec![
                    rule("sgr-05", false, "tcp", 443, ipv4("0.0.0.0/0")),
                    rule("sgr-06", true, "tcp", 443, ipv4("0.0.0.0/0")),
                ],
            ),
            group(
                GROUP_DEFAULT,
                "default",
                vec![
                    rule(
                        "sgr-07",
                        false,
                        "-1",
                        -1,
                        RulePeer::Group(GROUP_DEFAULT.to_owned()),
                    ),
                    rule("sgr-08", true, "-1", -1, ipv4("0.0.0.0/0")),
                ],
            ),
        ]),
        network_interfaces: known(vec![
            busy("eni-01", SUBNET_A, &["10.20.1.40", "10.20.1.41"]),
            busy("eni-02", SUBNET_B, &["10.20.2.77"]),
            busy("eni-03", SUBNET_FULL, &full),
        ]),
        reservations: known(Vec::<CidrReservation>::new()),
    }
}

pub(crate) fn subnet(
    id: &str,
    name: &str,
    cidr: &str,
    zone: &str,
    zone_id: u8,
    free: u32,
) -> Subnet {
    Subnet {
        id: id.to_owned(),
        name: Some(name.to_owned()),
        vpc_id: VPC.to_owned(),
        cidr: Some(cidr.parse().unwrap()),
        availability_zone: format!("us-east-1{zone}"),
        availability_zone_id: format!("use1-az{zone_id}"),
        available_addresses: free,
        owner_id: ACCOUNT.to_owned(),
        state: "available".to_owned(),
    }
}

pub(crate) fn group(id: &str, name: &str, rules: Vec<SecurityGroupRule>) -> SecurityGroup {
    SecurityGroup {
        id: id.to_owned(),
        name: name.to_owned(),
        description: format!("{name} of production"),
        vpc_id: VPC.to_owned(),
        rules,
    }
}

pub(crate) fn rule(
    id: &str,
    egress: bool,
    protocol: &str,
    port: i32,
    peer: RulePeer,
) -> SecurityGroupRule {
    SecurityGroupRule {
        id: id.to_owned(),
        egress,
        protocol: protocol.to_owned(),
        from_port: Some(port),
        to_port: Some(port),
        peer,
    }
}

pub(crate) fn ipv4(net: &str) -> RulePeer {
    RulePeer::Ipv4(net.parse().unwrap())
}

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
    }
}

pub(crate) fn choices() -> Choices {
    Choices {
        source_arn: ORDERS.to_owned(),
        service: ServiceChoice::Key {
            organization_id: ORGANIZATION.to_owned(),
            service_id: SERVICE.to_owned(),
        },
        subnet_ids: vec![
            SUBNET_A.to_owned(),
            SUBNET_B.to_owned(),
            SUBNET_C.to_owned(),
        ],
        security_group_ids: vec![GROUP_GATEWAY.to_owned()],
        gateway_name: "orders-postgres-clickpipes".to_owned(),
        configuration_name: "orders-postgres-clickpipes".to_owned(),
        share_name: "orders-postgres-clickpipes".to_owned(),
        description: "orders-postgres".to_owned(),
    }
}

/// What the steps of a finished run made.
pub(crate) fn made() -> BTreeMap<StepId, Outputs> {
    let arn = format!(
        "arn:aws:vpc-lattice:{REGION}:{ACCOUNT}:resourceconfiguration/rcfg-0c0000000000000009"
    );
    BTreeMap::from([
        (
            StepId::from("gateway"),
            Outputs::default().with(OutputName::GatewayId, "rgw-0c0000000000000009"),
        ),
        (
            StepId::from("configuration"),
            Outputs::default()
                .with(OutputName::ConfigurationId, "rcfg-0c0000000000000009")
                .with(OutputName::ConfigurationArn, arn),
        ),
        (
            StepId::from("share"),
            Outputs::default().with(
                OutputName::ShareArn,
                format!("arn:aws:ram:{REGION}:{ACCOUNT}:resource-share/7d0f"),
            ),
        ),
        (
            StepId::from("endpoint"),
            Outputs::default()
                .with(OutputName::EndpointId, "3b9c7f10-52de-4d0f-8a11-0e6f9d2c4b58")
                .with(OutputName::VpcEndpointId, "vpce-0e0000000000000009")
                .with(
                    OutputName::DnsNames,
                    "vpce-0e0000000000000009.rcfg-0c0000000000000009.4232ccc.vpc-lattice-rsc.us-east-1.on.aws",
                ),
        ),
    ])
}
