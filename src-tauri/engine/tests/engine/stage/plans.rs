//! Plans of every shape, made by the plan's own functions from what the real adapters read of the default scenario.

mod endpoint_service;
mod msk;
mod vpc_resource;

use pipelink_engine::Session;
use pipelink_plan::facts::RegionFacts;
use pipelink_plan::paths::choices::ServiceChoice;
use pipelink_plan::step::{Plan, StepId};
use tokio::sync::OnceCell;

use super::Stage;
use super::look::Looked;
use super::shape::ABROAD;

pub(crate) use super::shape::Shape;
pub(crate) use endpoint_service::READY_SERVICE;
pub(crate) use msk::cluster_arn;
pub(crate) use vpc_resource::{CONFIGURATION, GATEWAY};

/// The plans of this process, by shape, without and with a key: every new world of a scenario is like the
/// others, so that one look at one of them serves all.
static PLANS: [[OnceCell<Plan>; 2]; Shape::ALL.len()] =
    [const { [const { OnceCell::const_new() }; 2] }; Shape::ALL.len()];

impl Stage {
    /// A plan of that shape; without a key it ends with waiting for what the admin does in ClickHouse.
    pub(crate) async fn plan_of(&self, shape: Shape, with_key: bool) -> Plan {
        let place = Shape::ALL.iter().position(|each| *each == shape).unwrap();
        PLANS[place][usize::from(with_key)]
            .get_or_init(|| Box::pin(self.plan_anew(shape, with_key)))
            .await
            .clone()
    }

    /// The same, read and made now.
    pub(crate) async fn plan_anew(&self, shape: Shape, with_key: bool) -> Plan {
        let service = match (with_key, shape.clickhouse_service()) {
            (true, name) => self.key_choice_of(name).await,
            (false, ABROAD) => ServiceChoice::Hand {
                region: "us-west-2".to_owned(),
                created_on: "2025-03-01".parse().unwrap(),
            },
            (false, _) => self.hand_choice(),
        };
        let session = self.session().await;
        match shape {
            Shape::Everything => self.plan_for(service).await,
            Shape::Groups => self.plan_of_groups(&session, service).await,
            Shape::Domain
            | Shape::Address
            | Shape::OnGateway
            | Shape::OnConfiguration
            | Shape::Nodes
            | Shape::Serverless => {
                let choices = self.lattice_choices(&session, shape, service).await;
                Looked::at(&session, choices).await.plan()
            }
            Shape::MskIam | Shape::MskScram | Shape::MskPolicy | Shape::MskConnectivity => {
                Looked::at(&session, msk::choices(shape, service))
                    .await
                    .plan()
            }
            Shape::Service
            | Shape::ServiceGuarded
            | Shape::ServiceAbroad
            | Shape::OnBalancer
            | Shape::OnService
            | Shape::OnServiceAbroad
            | Shape::OnReadyService
            | Shape::Brokers
            | Shape::Kafka
            | Shape::Registry
            | Shape::BrokersAbroad
            | Shape::NodesByService => {
                let choices = endpoint_service::choices(&session, shape, service).await;
                Looked::at(&session, choices).await.plan()
            }
        }
    }

    /// With a key, for the service `orders-analytics`.
    pub(crate) async fn key_choice(&self) -> ServiceChoice {
        self.key_choice_of("orders-analytics").await
    }

    /// With a key, for the service of that name.
    pub(crate) async fn key_choice_of(&self, service: &str) -> ServiceChoice {
        ServiceChoice::Key {
            organization_id: self.connection.organization_id.clone(),
            service_id: self.service(service).await,
        }
    }

    /// Without one, for a service like it.
    pub(crate) fn hand_choice(&self) -> ServiceChoice {
        ServiceChoice::Hand {
            region: self.connection.region.clone(),
            created_on: "2025-02-11".parse().unwrap(),
        }
    }

    /// A stage on which a plan of that shape has something to do.
    pub(crate) async fn set_for(shape: Shape, speed: f64) -> Self {
        let stage = Self::set_at(speed).await;
        if shape == Shape::OnBalancer {
            endpoint_service::turn_cross_zone_off(&stage.session().await).await;
        }
        if shape == Shape::BrokersAbroad {
            // Its brokers are reached under their own names.
            stage.switch_custom_dns_on(shape.clickhouse_service()).await;
        }
        stage
    }
}

/// The steps of a plan with these names, numbered or not, and no others. None named are all.
pub(crate) fn only(plan: &Plan, names: &[&str]) -> Plan {
    let named = |id: &StepId| names.is_empty() || names.contains(&id.0.as_str());
    let mut plan = plan.clone();
    plan.steps.retain(|step| named(&step.id));
    assert!(plan.steps.len() >= names.len(), "{names:?} in {plan:#?}");
    plan
}

/// The ARN of the cluster or instance of that name.
pub(crate) fn database_arn(facts: &RegionFacts, name: &str) -> String {
    let clusters = facts.clusters.known().unwrap().iter();
    let instances = facts.instances.known().unwrap().iter();
    clusters
        .map(|each| (&each.identifier, &each.arn))
        .chain(instances.map(|each| (&each.identifier, &each.arn)))
        .find_map(|(found, arn)| (found == name).then(|| arn.clone()))
        .unwrap_or_else(|| panic!("no database {name}"))
}

/// What the region holds, read now.
pub(crate) async fn region(session: &Session) -> RegionFacts {
    session.aws.discover_region(session.identity.clone()).await
}
