//! A small, healthy world to start from; each test spoils the one thing it is about.

mod clickhouse;
mod databases;
mod hosts;
mod lattice;
mod network;

use std::collections::BTreeMap;

use jiff::civil::date;
use pipelink_plan::check::{CheckId, Verdict};
use pipelink_plan::facts::clickhouse::{ReversePrivateEndpoint, Service};
use pipelink_plan::facts::database::{DbCluster, DbInstance};
use pipelink_plan::facts::lattice::ResourceGateway;
use pipelink_plan::facts::msk::{MskCluster, MskFacts, Provisioned};
use pipelink_plan::facts::network::{SecurityGroup, Subnet, Vpc};
use pipelink_plan::facts::{ClickHouseFacts, Identity, RegionFacts, VpcFacts};
use pipelink_plan::observed::Observed;
use pipelink_plan::paths::lookup::Lookup;
use pipelink_plan::paths::vpc_resource::Facts;
use pipelink_plan::paths::vpc_resource::choices::{Choices, Extent, ServiceChoice, SourceChoice};
use pipelink_plan::problem::Problem;
use pipelink_plan::step::{DnsResolution, Engine, MultiVpcSchemes, OutputName, Outputs, StepId};

pub(crate) use clickhouse::{clickhouse, endpoint};
pub(crate) use databases::{cluster_arn, instance};
pub(crate) use hosts::{EVENTS, hosts, looked_up};
pub(crate) use lattice::{configuration, gateway, quota, share, to_name};
pub(crate) use network::{acl, entry, group, ipv4, rule, subnet, vpc};

use databases::{clusters, instances};

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

/// A gateway that is there already, and a configuration of the orders database on it.
pub(crate) const STANDING_GATEWAY: &str = "rgw-0c0000000000000001";
pub(crate) const STANDING_CONFIGURATION: &str = "rcfg-0c0000000000000001";

pub(crate) const ORGANIZATION: &str = "5d9a4f3e-7c2b-4e1a-9f0d-6b8c7a5e4d31";
pub(crate) const SERVICE: &str = "0f8e7d6c-5b4a-4392-8170-6f5e4d3c2b1a";

/// Everything a check looks at.
#[derive(Debug, Clone)]
pub(crate) struct World {
    pub(crate) region: RegionFacts,
    pub(crate) vpc: VpcFacts,
    pub(crate) clickhouse: Option<ClickHouseFacts>,
    pub(crate) msk: Option<MskFacts>,
    pub(crate) lookups: Vec<Lookup>,
    pub(crate) choices: Choices,
}

impl World {
    /// Where every check passes that can be answered.
    pub(crate) fn healthy() -> Self {
        Self {
            region: region(),
            vpc: vpc(),
            clickhouse: Some(clickhouse()),
            msk: None,
            lookups: Vec::new(),
            choices: choices(),
        }
    }

    /// What a source is looked up in.
    pub(crate) fn facts(&self) -> Facts<'_> {
        Facts {
            region: &self.region,
            msk: self.msk.as_ref(),
        }
    }

    /// What a check says of it.
    pub(crate) fn healthy_verdict(id: CheckId) -> Verdict {
        match id {
            // Known only once the account has shared with one outside of its organization.
            CheckId::ExternalSharing => Verdict::NotKnown,
            _ => Verdict::Passed,
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

    /// With a gateway that is there already, as good as a new one, and built upon.
    pub(crate) fn on_gateway(mut self) -> Self {
        all(&mut self.region.gateways).push(ResourceGateway {
            subnet_ids: vec![SUBNET_A.to_owned(), SUBNET_B.to_owned()],
            ..gateway(STANDING_GATEWAY, "standing")
        });
        self.choices.extent = Extent::OnGateway {
            gateway_id: STANDING_GATEWAY.to_owned(),
            configuration_name: "orders-postgres-clickpipes".to_owned(),
        };
        self
    }

    /// With that gateway and a configuration of the orders database on it, both built upon.
    pub(crate) fn on_configuration(self) -> Self {
        let mut world = self.on_gateway();
        all(&mut world.region.configurations).push(configuration(
            STANDING_CONFIGURATION,
            "standing",
            ORDERS,
        ));
        world.choices.extent = Extent::OnConfiguration {
            configuration_id: STANDING_CONFIGURATION.to_owned(),
        };
        world
    }

    /// With a domain name that resolves to these addresses.
    pub(crate) fn of_name(mut self, resolution: DnsResolution, addresses: &[&str]) -> Self {
        self.choices.source = domain_name("db.example.com", "5432", resolution);
        self.lookups = vec![looked_up("db.example.com", addresses)];
        self
    }

    pub(crate) fn subnet_ids(&mut self) -> &mut Vec<String> {
        match &mut self.choices.extent {
            Extent::Everything { subnet_ids, .. } => subnet_ids,
            other => panic!("no new gateway in {other:?}"),
        }
    }

    pub(crate) fn security_group_ids(&mut self) -> &mut Vec<String> {
        match &mut self.choices.extent {
            Extent::Everything {
                security_group_ids, ..
            } => security_group_ids,
            other => panic!("no new gateway in {other:?}"),
        }
    }

    /// The names of a new gateway and configuration.
    pub(crate) fn names(&mut self) -> (&mut String, &mut String) {
        match &mut self.choices.extent {
            Extent::Everything {
                gateway_name,
                configuration_name,
                ..
            } => (gateway_name, configuration_name),
            other => panic!("no new gateway in {other:?}"),
        }
    }

    pub(crate) fn gateway(&mut self) -> &mut ResourceGateway {
        find(&mut self.region.gateways, |it| it.id == STANDING_GATEWAY)
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
        clusters: clusters(),
        instances: instances(),
        msk_clusters: known(vec![MskCluster {
            arn: format!("arn:aws:kafka:{REGION}:{ACCOUNT}:cluster/clicks/1f-2"),
            name: "clicks".to_owned(),
            kind: "PROVISIONED".to_owned(),
            state: "ACTIVE".to_owned(),
            current_version: Some("K3AEGXETSR30VB".to_owned()),
            provisioned: Some(provisioned()),
            serverless: None,
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
        quotas: known(vec![
            quota(
                "vpc-lattice",
                "L-0DCA4434",
                "Resource gateways per VPC",
                500.0,
            ),
            quota(
                "vpc-lattice",
                "L-5FF8F9B9",
                "Resource configurations per AWS Region",
                2000.0,
            ),
            quota("ram", "L-595828F9", "Number of resource shares", 25000.0),
        ]),
    }
}

fn provisioned() -> Provisioned {
    Provisioned {
        kafka_version: Some("2.8.1".to_owned()),
        instance_type: "kafka.m5.large".to_owned(),
        brokers: 3,
        subnet_ids: vec![SUBNET_A.to_owned(), SUBNET_B.to_owned()],
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
    }
}

pub(crate) fn choices() -> Choices {
    Choices {
        source: database(ORDERS),
        service: ServiceChoice::Key {
            organization_id: ORGANIZATION.to_owned(),
            service_id: SERVICE.to_owned(),
        },
        extent: Extent::Everything {
            subnet_ids: vec![
                SUBNET_A.to_owned(),
                SUBNET_B.to_owned(),
                SUBNET_C.to_owned(),
            ],
            security_group_ids: vec![GROUP_GATEWAY.to_owned()],
            gateway_name: "orders-postgres-clickpipes".to_owned(),
            configuration_name: "orders-postgres-clickpipes".to_owned(),
        },
        share_name: "orders-postgres-clickpipes".to_owned(),
        custom_dns_enabled: false,
        description: "orders-postgres".to_owned(),
    }
}

/// A database as the source.
pub(crate) fn database(arn: &str) -> SourceChoice {
    SourceChoice::Database {
        arn: arn.to_owned(),
    }
}

/// A domain name as the source.
pub(crate) fn domain_name(name: &str, ports: &str, resolution: DnsResolution) -> SourceChoice {
    SourceChoice::DomainName {
        name: name.to_owned(),
        ports: ports.to_owned(),
        resolution,
        engine: Engine::Other,
        vpc_id: VPC.to_owned(),
    }
}

/// An address as the source.
pub(crate) fn ip_address(address: &str, ports: &str) -> SourceChoice {
    SourceChoice::IpAddress {
        address: address.to_owned(),
        ports: ports.to_owned(),
        engine: Engine::Postgres,
        vpc_id: VPC.to_owned(),
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
