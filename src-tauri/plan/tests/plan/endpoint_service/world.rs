//! A healthy world for this path: a database with a new load balancer, and others made from it.

mod things;

use pipelink_plan::check::{Check, CheckId, Verdict};
use pipelink_plan::facts::clickhouse::{ReversePrivateEndpoint, Service};
use pipelink_plan::facts::load_balancing::{
    EndpointService, Listener, LoadBalancer, LoadBalancingFacts, TargetGroup, TargetHealth,
};
use pipelink_plan::facts::msk::MskFacts;
use pipelink_plan::facts::{ClickHouseFacts, RegionFacts, VpcFacts};
use pipelink_plan::observed::Observed;
use pipelink_plan::paths::choices::ServiceChoice;
use pipelink_plan::paths::endpoint_service::checks::check;
use pipelink_plan::paths::endpoint_service::choices::{
    Acceptance, Choices, Extent, LoadBalancerChange, SourceChoice,
};
use pipelink_plan::paths::endpoint_service::{Facts, Lookup, plan};
use pipelink_plan::step::{Engine, MskAuthentication, Plan};

use crate::facts::*;

pub(super) use things::*;

pub(super) const WRITER: &str = "orders-postgres.cluster-c9example.us-east-1.rds.amazonaws.com";
pub(super) const BILLING_HOST: &str = "billing-mysql.c9example.us-east-1.rds.amazonaws.com";
pub(super) const CLUSTER: &str =
    "arn:aws:kafka:us-east-1:111122223333:cluster/clicks/7c1b7d0e-5a7f-4c3e-9b51-2f6f7c2f9a10-2";
pub(super) const SERVICE_ID: &str = "vpce-svc-0f00000000000001a";
pub(super) const SERVICE_NAME: &str = "com.amazonaws.vpce.us-east-1.vpce-svc-0f00000000000001a";
pub(super) const OURS: &str = "vpce-0e00000000000001a";

/// Everything that is looked at.
#[derive(Debug, Clone)]
pub(super) struct World {
    pub(super) region: RegionFacts,
    pub(super) vpc: Option<VpcFacts>,
    pub(super) load_balancing: LoadBalancingFacts,
    pub(super) clickhouse: Option<ClickHouseFacts>,
    pub(super) msk: Option<MskFacts>,
    pub(super) lookups: Vec<Lookup>,
    pub(super) skip_name_resolve: Option<Observed<Option<String>>>,
    pub(super) multi_region: Option<Observed<bool>>,
    pub(super) choices: Choices,
}

impl World {
    /// The orders database behind a new load balancer, whose group the database lets in.
    pub(super) fn healthy() -> Self {
        Self {
            region: region(),
            vpc: Some(vpc()),
            load_balancing: LoadBalancingFacts {
                load_balancers: known(Vec::new()),
                target_groups: known(Vec::new()),
                endpoint_services: known(Vec::new()),
            },
            clickhouse: Some(clickhouse()),
            msk: None,
            lookups: vec![
                resolves(WRITER, &["10.20.1.40"]),
                resolves(BILLING_HOST, &["10.20.1.41"]),
            ],
            skip_name_resolve: None,
            multi_region: None,
            choices: Choices {
                source: SourceChoice::Database {
                    arn: ORDERS.to_owned(),
                },
                service: ServiceChoice::Key {
                    organization_id: ORGANIZATION.to_owned(),
                    service_id: SERVICE.to_owned(),
                },
                extent: Extent::Everything {
                    subnet_ids: vec![SUBNET_A.to_owned(), SUBNET_B.to_owned()],
                    security_group_ids: vec![GROUP_GATEWAY.to_owned()],
                    name: "orders-postgres-clickpipes".to_owned(),
                },
                private_dns_name: String::new(),
                custom_dns_enabled: false,
                acceptance: Acceptance::ByRun,
                description: "orders-postgres".to_owned(),
            },
        }
    }

    /// What a check says of the worlds that are healthy.
    pub(super) fn healthy_verdict(id: CheckId) -> Verdict {
        match id {
            // A database's address moves, and what brokers advertise is never seen.
            CheckId::TargetAddress | CheckId::AdvertisedListeners => Verdict::Warning,
            _ => Verdict::Passed,
        }
    }

    /// The same database behind a load balancer that is there, in good order.
    pub(super) fn on_load_balancer(mut self) -> Self {
        all(&mut self.load_balancing.load_balancers).push(load_balancer("orders", 5432));
        all(&mut self.load_balancing.target_groups).push(target_group(
            "orders",
            5432,
            &["10.20.1.40"],
        ));
        self.choices.extent = Extent::OnLoadBalancer {
            load_balancer_arn: load_balancer_arn("orders"),
            name: "orders-postgres-clickpipes".to_owned(),
            changes: Vec::new(),
        };
        self
    }

    /// With an endpoint service on that load balancer.
    pub(super) fn on_service(self) -> Self {
        let mut world = self.on_load_balancer();
        all(&mut world.load_balancing.endpoint_services).push(endpoint_service("orders"));
        world.choices.extent = Extent::OnService {
            service_id: SERVICE_ID.to_owned(),
            changes: Vec::new(),
        };
        world
    }

    /// Brokers that were typed, in the VPC, each line a host and port.
    pub(super) fn of_hosts(mut self, hosts: &[&str], registry: &str) -> Self {
        self.choices.source = SourceChoice::Hosts {
            hosts: hosts.join("\n"),
            addresses: String::new(),
            engine: Engine::Kafka,
            registry: registry.to_owned(),
            registry_address: String::new(),
            vpc_id: VPC.to_owned(),
        };
        for (number, host) in hosts.iter().copied().chain([registry]).enumerate() {
            let name = host.split(':').next().unwrap();
            self.lookups
                .push(resolves(name, &[&format!("10.20.1.{}", 50 + number)]));
        }
        self
    }

    /// Three brokers of an MSK cluster.
    pub(super) fn of_brokers(mut self) -> Self {
        self.msk = Some(msk());
        for number in 1..=3 {
            self.lookups.push(resolves(
                &broker_name(number),
                &[&format!("10.20.{number}.91")],
            ));
        }
        self.choices.source = SourceChoice::MskBrokers {
            cluster_arn: CLUSTER.to_owned(),
            authentication: MskAuthentication::SaslIam,
        };
        self
    }

    /// One address, and what speaks there.
    pub(super) fn of_address(mut self, address: &str, port: &str, engine: Engine) -> Self {
        self.choices.source = SourceChoice::Address {
            address: address.to_owned(),
            port: port.to_owned(),
            engine,
            vpc_id: VPC.to_owned(),
        };
        self
    }

    /// A service whose ClickPipes run in another region.
    pub(super) fn for_elsewhere(mut self) -> Self {
        "eu-central-1".clone_into(&mut self.service().region);
        self
    }

    pub(super) fn by_hand(mut self) -> Self {
        self.clickhouse = None;
        self.choices.service = ServiceChoice::Hand {
            region: REGION.to_owned(),
            created_on: jiff::civil::date(2026, 2, 3),
        };
        self
    }

    pub(super) fn without_groups(mut self) -> Self {
        if let Extent::Everything {
            security_group_ids, ..
        } = &mut self.choices.extent
        {
            security_group_ids.clear();
        }
        self
    }

    pub(super) fn changing(mut self, change: LoadBalancerChange) -> Self {
        match &mut self.choices.extent {
            Extent::OnLoadBalancer { changes, .. } | Extent::OnService { changes, .. } => {
                changes.push(change);
            }
            Extent::Everything { .. } => panic!("nothing is there"),
        }
        self
    }

    pub(super) fn facts(&self) -> Facts<'_> {
        Facts {
            region: &self.region,
            vpc: self.vpc.as_ref(),
            load_balancing: &self.load_balancing,
            clickhouse: self.clickhouse.as_ref(),
            msk: self.msk.as_ref(),
            lookups: &self.lookups,
            skip_name_resolve: self.skip_name_resolve.as_ref(),
            multi_region: self.multi_region.as_ref(),
        }
    }

    pub(super) fn plan(&self) -> Plan {
        plan(&self.facts(), &self.choices).unwrap()
    }

    pub(super) fn checks(&self) -> Vec<Check> {
        check(&self.facts(), &self.choices)
    }

    pub(super) fn load_balancer(&mut self) -> &mut LoadBalancer {
        &mut all(&mut self.load_balancing.load_balancers)[0]
    }

    pub(super) fn listener(&mut self) -> &mut Listener {
        &mut all(&mut self.load_balancer().listeners)[0]
    }

    pub(super) fn target_group(&mut self) -> &mut TargetGroup {
        &mut all(&mut self.load_balancing.target_groups)[0]
    }

    pub(super) fn target(&mut self) -> &mut TargetHealth {
        &mut all(&mut self.target_group().targets)[0]
    }

    pub(super) fn endpoint_service(&mut self) -> &mut EndpointService {
        &mut all(&mut self.load_balancing.endpoint_services)[0]
    }

    pub(super) fn service(&mut self) -> &mut Service {
        &mut all(&mut self.clickhouse.as_mut().unwrap().services)[0]
    }

    pub(super) fn vpc(&mut self) -> &mut VpcFacts {
        self.vpc.as_mut().unwrap()
    }

    pub(super) fn msk(&mut self) -> &mut MskFacts {
        self.msk.as_mut().unwrap()
    }

    pub(super) fn name(&mut self) -> &mut String {
        match &mut self.choices.extent {
            Extent::Everything { name, .. } | Extent::OnLoadBalancer { name, .. } => name,
            Extent::OnService { .. } => panic!("no name"),
        }
    }

    /// What the hosts' addresses are typed as.
    pub(super) fn addresses(&mut self) -> &mut String {
        match &mut self.choices.source {
            SourceChoice::Hosts { addresses, .. } => addresses,
            other => panic!("no addresses in {other:?}"),
        }
    }

    pub(super) fn add_endpoint(&mut self, endpoint: ReversePrivateEndpoint) {
        all(&mut self.clickhouse.as_mut().unwrap().endpoints).push(endpoint);
    }

    /// The names resolve to something else, or their look-up fails.
    pub(super) fn look_up(&mut self, name: &str, addresses: Observed<Vec<std::net::IpAddr>>) {
        self.lookups.retain(|it| it.name != name);
        self.lookups.push(Lookup {
            name: name.to_owned(),
            addresses,
        });
    }
}
