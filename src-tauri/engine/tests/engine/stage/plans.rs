//! Plans of every shape that the path has: what is reached, and what of the way to it is there already.

use pipelink_plan::facts::RegionFacts;
use pipelink_plan::paths::vpc_resource::choices::{Choices, Extent, ServiceChoice, SourceChoice};
use pipelink_plan::paths::vpc_resource::{change_gateway_groups, plan};
use pipelink_plan::step::{Action, DnsResolution, Engine, Plan};
use tokio::sync::OnceCell;

use super::Stage;

/// The default scenario's gateway that looks names up in public DNS, and the configuration behind it.
pub(crate) const GATEWAY: &str = "rgw-071d6d2fbb25f2237";
pub(crate) const CONFIGURATION: &str = "rcfg-0d02e8c4441233466";
/// The database that the configuration leads to.
const ITS_DATABASE: &str = "inventory-postgres";
/// A security group of the gateway's VPC that the gateway does not have.
const OTHER_GROUP: &str = "sg-0d5ebdf2daa7e461e";

/// What a plan makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Gateway, configuration and share for a database.
    Everything,
    /// The same for a domain name that is looked up in the VPC.
    Domain,
    /// The same for a private address.
    Address,
    /// Configuration and share, on a gateway that is there.
    OnGateway,
    /// A share, on a configuration that is there.
    OnConfiguration,
    /// Nothing: a gateway that is there gets other security groups.
    Groups,
}

impl Shape {
    pub(crate) const ALL: [Self; 6] = [
        Self::Everything,
        Self::Domain,
        Self::Address,
        Self::OnGateway,
        Self::OnConfiguration,
        Self::Groups,
    ];
}

/// The plans of this process, by shape, without and with a key: every new world of a scenario is like the
/// others, so that one look at one of them serves all.
static PLANS: [[OnceCell<Plan>; 2]; Shape::ALL.len()] =
    [const { [const { OnceCell::const_new() }; 2] }; Shape::ALL.len()];

impl Stage {
    /// A plan of that shape; without a key it ends with waiting for the share to be accepted.
    pub(crate) async fn plan_of(&self, shape: Shape, with_key: bool) -> Plan {
        let place = Shape::ALL.iter().position(|each| *each == shape).unwrap();
        PLANS[place][usize::from(with_key)]
            .get_or_init(|| self.plan_anew(shape, with_key))
            .await
            .clone()
    }

    async fn plan_anew(&self, shape: Shape, with_key: bool) -> Plan {
        let service = if with_key {
            self.key_choice().await
        } else {
            self.hand_choice()
        };
        let everything = self.plan_for(service.clone()).await;
        if shape == Shape::Everything {
            return everything;
        }
        let session = self.session_without_key().await;
        let facts = session.aws.discover_region(session.identity.clone()).await;
        if shape == Shape::Groups {
            return plan_of_groups(&facts, &everything);
        }
        let (source, extent) = source_and_extent(shape, &facts, &everything);
        let choices = Choices {
            source,
            service,
            extent,
            share_name: "of-the-test".to_owned(),
            description: "of the test".to_owned(),
        };
        plan(&facts, &choices).unwrap()
    }

    /// A plan that builds upon a configuration which another run made for `orders-postgres`.
    pub(crate) async fn plan_upon(&self, configuration_id: &str) -> Plan {
        let session = self.session_without_key().await;
        let facts = session.aws.discover_region(session.identity.clone()).await;
        let everything = self.plan_of(Shape::Everything, true).await;
        let choices = Choices {
            source: database(&facts, &everything.source.name),
            service: self.key_choice().await,
            extent: Extent::OnConfiguration {
                configuration_id: configuration_id.to_owned(),
            },
            share_name: "of-another".to_owned(),
            description: "of another".to_owned(),
        };
        plan(&facts, &choices).unwrap()
    }
}

/// The gateway that is there gets one other group.
fn plan_of_groups(facts: &RegionFacts, everything: &Plan) -> Plan {
    let gateways = facts.gateways.known().unwrap();
    let gateway = gateways.iter().find(|each| each.id == GATEWAY).unwrap();
    let groups = [OTHER_GROUP.to_owned()];
    change_gateway_groups(&facts.identity, gateway, &everything.source, &groups).unwrap()
}

fn source_and_extent(
    shape: Shape,
    facts: &RegionFacts,
    everything: &Plan,
) -> (SourceChoice, Extent) {
    let configuration_name = "of-the-test".to_owned();
    let vpc_id = everything.source.vpc_id.clone();
    let (ports, engine) = ("5432".to_owned(), Engine::Postgres);
    match shape {
        Shape::Everything | Shape::Groups => unreachable!("they are planned otherwise"),
        Shape::OnGateway => (
            database(facts, &everything.source.name),
            Extent::OnGateway {
                gateway_id: GATEWAY.to_owned(),
                configuration_name,
            },
        ),
        Shape::OnConfiguration => (
            database(facts, ITS_DATABASE),
            Extent::OnConfiguration {
                configuration_id: CONFIGURATION.to_owned(),
            },
        ),
        Shape::Domain => {
            let source = SourceChoice::DomainName {
                name: "orders.internal.example".to_owned(),
                ports,
                resolution: DnsResolution::InVpc,
                engine,
                vpc_id,
            };
            (source, all_of_it(everything))
        }
        Shape::Address => {
            let source = SourceChoice::IpAddress {
                address: "10.20.1.52".to_owned(),
                ports,
                engine,
                vpc_id,
            };
            (source, all_of_it(everything))
        }
    }
}

/// The cluster or instance of that name.
fn database(facts: &RegionFacts, name: &str) -> SourceChoice {
    let clusters = facts.clusters.known().unwrap().iter();
    let instances = facts.instances.known().unwrap().iter();
    let arn = clusters
        .map(|each| (&each.identifier, &each.arn))
        .chain(instances.map(|each| (&each.identifier, &each.arn)))
        .find_map(|(found, arn)| (found == name).then(|| arn.clone()))
        .unwrap();
    SourceChoice::Database { arn }
}

/// A gateway like that of the plan for everything, under another name.
fn all_of_it(everything: &Plan) -> Extent {
    let Action::CreateResourceGateway {
        subnet_ids,
        security_group_ids,
        ..
    } = &everything.steps[0].action
    else {
        panic!("{everything:#?}")
    };
    Extent::Everything {
        subnet_ids: subnet_ids.clone(),
        security_group_ids: security_group_ids.clone(),
        gateway_name: "of-the-test".to_owned(),
        configuration_name: "of-the-test".to_owned(),
    }
}

impl Stage {
    /// With a key, for the service `orders-analytics`.
    pub(crate) async fn key_choice(&self) -> ServiceChoice {
        ServiceChoice::Key {
            organization_id: self.connection.organization_id.clone(),
            service_id: self.service("orders-analytics").await,
        }
    }

    /// Without one, for a service like it.
    pub(crate) fn hand_choice(&self) -> ServiceChoice {
        ServiceChoice::Hand {
            region: self.connection.region.clone(),
            created_on: "2025-02-11".parse().unwrap(),
        }
    }
}
