//! Plans of the endpoint service path, for sources, load balancers and services of the default scenario.

use pipelink_engine::Session;
use pipelink_plan::paths::choices::{Choices, ServiceChoice};
use pipelink_plan::paths::endpoint_service::choices::{
    Acceptance, Choices as OfPath, Extent, LoadBalancerChange, SourceChoice,
};
use pipelink_plan::run::RunId;
use pipelink_plan::step::{Action, Engine, Input, MskAuthentication, Outputs};

use super::msk::cluster_arn;
use super::vpc_resource::NODES;
use super::{Shape, database_arn, region};
use crate::stage::look::load_balancing_page;

/// The VPC of all of them.
pub(crate) const VPC: &str = "vpc-0e79ac9aca8d7f7d3";
/// A load balancer before `crm-postgres` that enforces inbound rules on `PrivateLink` traffic.
const CRM_BALANCER: &str = "arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/net/crm-postgres/06deafa64cbdff4e";
/// A service before `reports-host` to which another account may connect.
const REPORTS_SERVICE: &str = "vpce-svc-0fc9b2f14c374eb45";
/// A service before `crm-postgres` to which everybody may connect, and that accepts by itself.
const PARTNER_SERVICE: &str = "vpce-svc-0482d5fb645f24a26";
/// A service before `billing-mysql` to which `ClickPipes` may connect.
pub(crate) const READY_SERVICE: &str = "vpce-svc-067154570d6ca8c45";
/// A group with every port open outwards, and none inwards.
const OUTWARDS_ONLY: &str = "sg-05a32a34d6db06e24";
/// The private DNS name of the service that is made with one.
pub(crate) const PRIVATE_NAME: &str = "crm.data.example.com";

const KAFKA: [(&str, &str); 3] = [
    ("kafka-1.clickstream.example.com", "10.20.1.55"),
    ("kafka-2.clickstream.example.com", "10.20.2.73"),
    ("kafka-3.clickstream.example.com", "10.20.3.142"),
];

pub(super) async fn choices(session: &Session, shape: Shape, service: ServiceChoice) -> Choices {
    let source = source(session, shape).await;
    Choices::EndpointService(OfPath {
        extent: extent(session, shape, &source).await,
        source,
        service,
        private_dns_name: match shape {
            Shape::ServiceGuarded => PRIVATE_NAME.to_owned(),
            _ => String::new(),
        },
        custom_dns_enabled: matches!(
            shape,
            Shape::Brokers
                | Shape::Kafka
                | Shape::Registry
                | Shape::BrokersAbroad
                | Shape::NodesByService
        ),
        acceptance: match shape {
            Shape::ServiceGuarded => Acceptance::ByHand,
            _ => Acceptance::ByRun,
        },
        description: "of the test".to_owned(),
    })
}

async fn source(session: &Session, shape: Shape) -> SourceChoice {
    let database = async |name| SourceChoice::Database {
        arn: database_arn(&region(session).await, name),
    };
    match shape {
        Shape::OnService => SourceChoice::Address {
            address: "10.20.2.90".to_owned(),
            port: "5432".to_owned(),
            engine: Engine::Postgres,
            vpc_id: VPC.to_owned(),
        },
        Shape::OnReadyService => database("billing-mysql").await,
        Shape::Brokers => SourceChoice::MskBrokers {
            cluster_arn: cluster_arn("sessions"),
            authentication: MskAuthentication::SaslIam,
        },
        Shape::BrokersAbroad => SourceChoice::MskBrokers {
            cluster_arn: cluster_arn("events"),
            authentication: MskAuthentication::SaslScram,
        },
        Shape::NodesByService => nodes(),
        Shape::Kafka => hosts(&KAFKA, false),
        Shape::Registry => hosts(&KAFKA[..1], true),
        _ => database("crm-postgres").await,
    }
}

fn hosts(brokers: &[(&str, &str)], registry: bool) -> SourceChoice {
    let lines = |line: fn(&(&str, &str)) -> String| {
        let lines: Vec<String> = brokers.iter().map(line).collect();
        lines.join("\n")
    };
    let registry = |text: &str| if registry { text } else { "" }.to_owned();
    SourceChoice::Hosts {
        hosts: lines(|(name, _)| format!("{name}:9092")),
        addresses: lines(|(_, address)| (*address).to_owned()),
        engine: Engine::Kafka,
        registry: registry("registry.clickstream.example.com:8081"),
        registry_address: registry("10.20.2.92"),
        vpc_id: VPC.to_owned(),
    }
}

/// The nodes of the scenario's replica set, each with its private address.
fn nodes() -> SourceChoice {
    SourceChoice::Hosts {
        hosts: NODES.map(|name| format!("{name}:27017")).join("\n"),
        addresses: ["10.20.1.54", "10.20.2.72", "10.20.3.141"].join("\n"),
        engine: Engine::MongoDb,
        registry: String::new(),
        registry_address: String::new(),
        vpc_id: VPC.to_owned(),
    }
}

async fn extent(session: &Session, shape: Shape, source: &SourceChoice) -> Extent {
    let on_service = |service_id: &str| Extent::OnService {
        service_id: service_id.to_owned(),
        changes: Vec::new(),
    };
    match shape {
        Shape::OnBalancer => Extent::OnLoadBalancer {
            load_balancer_arn: CRM_BALANCER.to_owned(),
            name: "of-the-test".to_owned(),
            changes: vec![
                LoadBalancerChange::EnableCrossZone,
                LoadBalancerChange::StopEnforcingInboundRules,
            ],
        },
        Shape::OnService => on_service(REPORTS_SERVICE),
        Shape::OnServiceAbroad => on_service(PARTNER_SERVICE),
        Shape::OnReadyService => on_service(READY_SERVICE),
        _ => {
            let page = load_balancing_page(session, source).await;
            assert_eq!(page.wrong, [], "{shape:?}");
            Extent::Everything {
                subnet_ids: page.default_subnet_ids,
                security_group_ids: match shape {
                    Shape::ServiceGuarded => vec![OUTWARDS_ONLY.to_owned()],
                    _ => Vec::new(),
                },
                name: page.name,
            }
        }
    }
}

/// The load balancer that is there sends to its own zone only, as AWS makes it.
pub(super) async fn turn_cross_zone_off(session: &Session) {
    let action = Action::EnableCrossZone {
        load_balancer: Input::literal(CRM_BALANCER),
    };
    let (nobody, nothing) = (RunId("nobody".to_owned()), Outputs::default());
    let removed = session.aws.remove(&action, &nobody, &nothing).await;
    removed.unwrap();
}
