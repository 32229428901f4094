//! What Elastic Load Balancing and EC2 say stands on the run's load balancers and endpoint services.

use super::{Found, name_and_id};
use crate::facts::load_balancing::{EndpointConnection, EndpointService, LoadBalancingFacts};
use crate::problem::Problem;
use crate::step::{Input, OutputName, Outputs};

/// In which nothing is connected any more.
const ENDED: [&str; 5] = ["deleting", "deleted", "rejected", "failed", "expired"];

impl<'a> Found<'a> {
    /// AWS deletes no target group that a load balancer sends to (`ResourceInUse`).
    pub(super) fn other_load_balancers(&mut self, outputs: &Outputs) {
        let Some(facts) = self.load_balancing() else {
            return;
        };
        let Some(own) = outputs.one(OutputName::TargetGroupArn) else {
            return;
        };
        let groups = self.read(&facts.target_groups);
        for group in groups.iter().filter(|it| it.arn == own) {
            for other in &group.load_balancer_arns {
                if self.gone.load_balancers.contains(&other.as_str()) {
                    continue;
                }
                self.add(
                    "Network Load Balancer",
                    other.clone(),
                    format!(
                        "It sends traffic to target group {}, which AWS does not delete then: the removal would stop there.",
                        group.name
                    ),
                    false,
                );
            }
        }
    }

    /// AWS deletes no load balancer that an endpoint service is on (`ResourceInUse`).
    pub(super) fn other_services(&mut self, outputs: &Outputs) {
        let Some(own) = outputs.one(OutputName::LoadBalancerArn) else {
            return;
        };
        for service in self.services_on(own) {
            self.add(
                "VPC endpoint service",
                called(service),
                format!(
                    "It is on load balancer {own}, which AWS does not delete then: the removal would stop there."
                ),
                false,
            );
        }
    }

    /// A load balancer that was there before gets a setting back.
    pub(super) fn settings_back(&mut self, load_balancer: &Input, because: &str) {
        if let Input::Literal { value: arn } = load_balancer {
            for service in self.services_on(arn) {
                self.add(
                    "VPC endpoint service",
                    called(service),
                    because.to_owned(),
                    true,
                );
            }
        }
    }

    /// AWS deletes no service to which an endpoint is connected (`ExistingVpcEndpointConnections`).
    pub(super) fn connected(&mut self, outputs: &Outputs) {
        let Some(own) = outputs.one(OutputName::EndpointServiceId) else {
            return;
        };
        for connection in self.live_connections_of(own) {
            let because = format!(
                "{} is connected with it to endpoint service {own}, which AWS does not delete then: the removal would \
                 stop there.",
                whose(connection)
            );
            self.add(
                "VPC endpoint",
                connection.vpc_endpoint_id.clone(),
                because,
                false,
            );
        }
    }

    /// Whether AWS keeps the connections of a principal that is taken off is not documented.
    pub(super) fn principal_off(&mut self, service: &Input, principal: &str) {
        if let Input::Literal { value: id } = service {
            for connection in self.live_connections_of(id) {
                if connection.owner.as_deref() == Some(principal) {
                    self.add(
                        "VPC endpoint",
                        connection.vpc_endpoint_id.clone(),
                        format!(
                            "It is of account {principal}, which {id} does not let in any more."
                        ),
                        true,
                    );
                }
            }
        }
    }

    pub(super) fn region_off(&mut self, service: &Input, region: &str) {
        if let Input::Literal { value: id } = service {
            for connection in self.live_connections_of(id) {
                if connection.region.as_deref() == Some(region) {
                    self.add(
                        "VPC endpoint",
                        connection.vpc_endpoint_id.clone(),
                        format!(
                            "{} connects from {region}, which {id} does not support any more.",
                            whose(connection)
                        ),
                        true,
                    );
                }
            }
        }
    }

    fn services_on(&mut self, load_balancer: &str) -> Vec<&'a EndpointService> {
        let Some(facts) = self.load_balancing() else {
            return Vec::new();
        };
        self.read(&facts.endpoint_services)
            .iter()
            .filter(|it| it.load_balancer_arns.iter().any(|arn| arn == load_balancer))
            .filter(|it| !self.gone.services.iter().any(|own| own.id == it.id))
            .filter(|it| !matches!(it.state.as_str(), "Deleting" | "Deleted"))
            .collect()
    }

    /// But for those that go with the run's own endpoints.
    fn live_connections_of(&mut self, service: &str) -> Vec<&'a EndpointConnection> {
        let Some(facts) = self.load_balancing() else {
            return Vec::new();
        };
        let services = self.read(&facts.endpoint_services);
        let Some(service) = services.iter().find(|it| it.id == service) else {
            return Vec::new();
        };
        self.read(&service.connections)
            .iter()
            .filter(|it| !ENDED.iter().any(|ended| it.is(ended)))
            .filter(|it| {
                let own = &self.gone.vpc_endpoints;
                !own.contains(&it.vpc_endpoint_id.as_str())
            })
            .collect()
    }

    fn load_balancing(&mut self) -> Option<&'a LoadBalancingFacts> {
        if self.around.load_balancing.is_none() {
            self.not_read(Problem::NotAsked {
                reason: "the load balancers and endpoint services were not read".to_owned(),
            });
        }
        self.around.load_balancing
    }
}

fn called(service: &EndpointService) -> String {
    name_and_id(service.name.as_deref().unwrap_or_default(), &service.id)
}

fn whose(connection: &EndpointConnection) -> String {
    match &connection.owner {
        Some(owner) => format!("Account {owner}"),
        None => "An account that AWS does not name".to_owned(),
    }
}
