//! Plans of the VPC resource path.

use pipelink_engine::Session;
use pipelink_plan::paths::choices::{Choices, ServiceChoice};
use pipelink_plan::paths::vpc_resource::choices::{Choices as OfPath, Extent, SourceChoice};
use pipelink_plan::paths::vpc_resource::{change_gateway_groups, plan};
use pipelink_plan::step::{Action, DnsResolution, Engine, Plan};

use super::msk::cluster_arn;
use super::{Shape, database_arn, region};
use crate::stage::Stage;
use crate::stage::look::network_page;

/// The default scenario's gateway that looks names up in public DNS, and the configuration behind it.
pub(crate) const GATEWAY: &str = "rgw-071d6d2fbb25f2237";
pub(crate) const CONFIGURATION: &str = "rcfg-0d02e8c4441233466";
/// The database that the configuration leads to.
const ITS_DATABASE: &str = "inventory-postgres";
/// A security group of the gateway's VPC that the gateway does not have.
const OTHER_GROUP: &str = "sg-0d5ebdf2daa7e461e";
/// The nodes of the scenario's replica set.
pub(crate) const NODES: [&str; 3] = [
    "mongo-0.catalog.example.com",
    "mongo-1.catalog.example.com",
    "mongo-2.catalog.example.com",
];

impl Stage {
    /// A plan that builds upon a configuration which another run made for `orders-postgres`.
    pub(crate) async fn plan_upon(&self, configuration_id: &str) -> Plan {
        let facts = region(&self.session_without_key().await).await;
        let everything = self.plan_of(Shape::Everything, true).await;
        let choices = OfPath {
            source: SourceChoice::Database {
                arn: database_arn(&facts, &everything.source.name),
            },
            service: self.key_choice().await,
            extent: Extent::OnConfiguration {
                configuration_id: configuration_id.to_owned(),
            },
            share_name: "of-another".to_owned(),
            custom_dns_enabled: false,
            description: "of another".to_owned(),
        };
        plan(&facts, &choices).unwrap()
    }

    /// The gateway that is there gets one other group.
    pub(super) async fn plan_of_groups(&self, session: &Session, service: ServiceChoice) -> Plan {
        let everything = self.plan_for(service).await;
        let facts = region(session).await;
        let gateways = facts.gateways.known().unwrap();
        let gateway = gateways.iter().find(|each| each.id == GATEWAY).unwrap();
        let groups = [OTHER_GROUP.to_owned()];
        change_gateway_groups(&facts.identity, gateway, &everything.source, &groups).unwrap()
    }

    pub(super) async fn lattice_choices(
        &self,
        session: &Session,
        shape: Shape,
        service: ServiceChoice,
    ) -> Choices {
        let everything = self.plan_for(service.clone()).await;
        let vpc_id = everything.source.vpc_id.clone();
        let (source, extent) = match shape {
            Shape::OnGateway => (
                SourceChoice::Database {
                    arn: database_arn(&region(session).await, &everything.source.name),
                },
                Extent::OnGateway {
                    gateway_id: GATEWAY.to_owned(),
                    configuration_name: "of-the-test".to_owned(),
                },
            ),
            Shape::OnConfiguration => (
                SourceChoice::Database {
                    arn: database_arn(&region(session).await, ITS_DATABASE),
                },
                Extent::OnConfiguration {
                    configuration_id: CONFIGURATION.to_owned(),
                },
            ),
            Shape::Domain | Shape::Address => (host(shape, vpc_id), all_of_it(&everything)),
            Shape::Nodes | Shape::Serverless => {
                let source = own_names(shape, vpc_id);
                let page = network_page(session, &source).await;
                let extent = Extent::Everything {
                    subnet_ids: page.default_subnet_ids,
                    security_group_ids: page.default_security_group_ids,
                    gateway_name: page.names.gateway,
                    configuration_name: page.names.configuration,
                };
                (source, extent)
            }
            other => panic!("{other:?} is planned otherwise"),
        };
        Choices::VpcResource(OfPath {
            source,
            service,
            extent,
            share_name: "of-the-test".to_owned(),
            custom_dns_enabled: matches!(shape, Shape::Nodes | Shape::Serverless),
            description: "of the test".to_owned(),
        })
    }
}

/// One host of the scenario's own.
fn host(shape: Shape, vpc_id: String) -> SourceChoice {
    let (ports, engine) = ("5432".to_owned(), Engine::Postgres);
    match shape {
        Shape::Domain => SourceChoice::DomainName {
            name: "orders.internal.example".to_owned(),
            ports,
            resolution: DnsResolution::InVpc,
            engine,
            vpc_id,
        },
        _ => SourceChoice::IpAddress {
            address: "10.20.1.52".to_owned(),
            ports,
            engine,
            vpc_id,
        },
    }
}

/// What is reached under its own names.
fn own_names(shape: Shape, vpc_id: String) -> SourceChoice {
    match shape {
        Shape::Nodes => SourceChoice::Hosts {
            hosts: NODES.map(|node| format!("{node}:27017")).join("\n"),
            registry: String::new(),
            resolution: DnsResolution::InVpc,
            engine: Engine::MongoDb,
            vpc_id,
        },
        _ => SourceChoice::MskServerless {
            cluster_arn: cluster_arn("audit"),
        },
    }
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
