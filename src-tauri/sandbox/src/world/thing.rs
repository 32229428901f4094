//! What of the world is on its way from one state to the next by itself, and when it arrives.

use std::collections::HashMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::World;
use super::share::AssociationKind;

/// Something that has states which end by themselves.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Thing {
    Gateway {
        region: String,
        id: String,
    },
    Configuration {
        region: String,
        id: String,
    },
    Share {
        region: String,
        arn: String,
    },
    Association {
        region: String,
        arn: String,
        kind: AssociationKind,
        entity: String,
    },
    LoadBalancer {
        region: String,
        arn: String,
    },
    EndpointService {
        region: String,
        id: String,
    },
    /// The verification of an endpoint service's private DNS name.
    ServiceName {
        region: String,
        id: String,
    },
    EndpointConnection {
        region: String,
        service: String,
        endpoint: String,
    },
    MskCluster {
        region: String,
        arn: String,
    },
    MskConnection {
        region: String,
        cluster_arn: String,
        arn: String,
    },
    Service {
        id: Uuid,
    },
    Endpoint {
        id: Uuid,
    },
}

impl World {
    /// What is in a state that ends at a known time, with that time.
    pub(crate) fn underway(&self) -> Vec<(Thing, Timestamp)> {
        let mut found = Vec::new();
        let mut note = |due: Option<Timestamp>, thing: &dyn Fn() -> Thing| {
            if let Some(at) = due {
                found.push((thing(), at));
            }
        };
        for (name, region) in &self.regions {
            let region_name = || name.clone();
            for it in &region.resource_gateways {
                note(it.due, &|| Thing::Gateway {
                    region: region_name(),
                    id: it.id.clone(),
                });
            }
            for it in &region.resource_configurations {
                note(it.due, &|| Thing::Configuration {
                    region: region_name(),
                    id: it.id.clone(),
                });
            }
            for share in &region.resource_shares {
                note(share.due, &|| Thing::Share {
                    region: region_name(),
                    arn: share.arn.clone(),
                });
                for it in &share.associations {
                    note(it.due, &|| Thing::Association {
                        region: region_name(),
                        arn: share.arn.clone(),
                        kind: it.kind,
                        entity: it.entity.clone(),
                    });
                }
            }
        }
        for (name, region) in &self.regions {
            for it in &region.load_balancers {
                note(it.due, &|| Thing::LoadBalancer {
                    region: name.clone(),
                    arn: it.arn.clone(),
                });
            }
            for service in &region.endpoint_services {
                let id = || service.id.clone();
                note(service.due, &|| Thing::EndpointService {
                    region: name.clone(),
                    id: id(),
                });
                let name_due = service.private_name.as_ref().and_then(|it| it.due);
                note(name_due, &|| Thing::ServiceName {
                    region: name.clone(),
                    id: id(),
                });
                for it in &service.connections {
                    note(it.due, &|| Thing::EndpointConnection {
                        region: name.clone(),
                        service: id(),
                        endpoint: it.endpoint_id.clone(),
                    });
                }
            }
        }
        for (name, region) in &self.regions {
            for cluster in &region.msk_clusters {
                let arn = || cluster.arn(name, &self.account.id);
                note(cluster.due, &|| Thing::MskCluster {
                    region: name.clone(),
                    arn: arn(),
                });
                for it in &cluster.connections {
                    note(it.due, &|| Thing::MskConnection {
                        region: name.clone(),
                        cluster_arn: arn(),
                        arn: it.arn.clone(),
                    });
                }
            }
        }
        for service in &self.organization.services {
            note(service.due, &|| Thing::Service { id: service.id });
            for endpoint in &service.endpoints {
                note(endpoint.due, &|| Thing::Endpoint { id: endpoint.id });
            }
        }
        found
    }

    /// What is on its way here and was not, or not until then, in an earlier world.
    pub(crate) fn set_going_since(&self, earlier: &Self) -> Vec<(Thing, Timestamp)> {
        let before: HashMap<Thing, Timestamp> = earlier.underway().into_iter().collect();
        let mut going = self.underway();
        going.retain(|(thing, due)| before.get(thing) != Some(due));
        going
    }

    /// When a thing's state ends; None where there is no such thing.
    pub(crate) fn due_mut(&mut self, thing: &Thing) -> Option<&mut Option<Timestamp>> {
        match thing {
            Thing::Gateway { region, id } => {
                let gateways = &mut self.regions.get_mut(region)?.resource_gateways;
                gateways
                    .iter_mut()
                    .find(|it| it.id == *id)
                    .map(|it| &mut it.due)
            }
            Thing::Configuration { region, id } => {
                let configurations = &mut self.regions.get_mut(region)?.resource_configurations;
                configurations
                    .iter_mut()
                    .find(|it| it.id == *id)
                    .map(|it| &mut it.due)
            }
            Thing::Share { region, arn } => {
                let share = self.regions.get_mut(region)?.share_mut(arn)?;
                Some(&mut share.due)
            }
            Thing::Association {
                region,
                arn,
                kind,
                entity,
            } => {
                let share = self.regions.get_mut(region)?.share_mut(arn)?;
                share
                    .associations
                    .iter_mut()
                    .find(|it| it.kind == *kind && it.entity == *entity)
                    .map(|it| &mut it.due)
            }
            Thing::LoadBalancer { region, arn } => {
                let balancer = self.regions.get_mut(region)?.load_balancer_mut(arn)?;
                Some(&mut balancer.due)
            }
            Thing::EndpointService { region, id } => {
                let service = self.regions.get_mut(region)?.endpoint_service_mut(id)?;
                Some(&mut service.due)
            }
            Thing::ServiceName { region, id } => {
                let service = self.regions.get_mut(region)?.endpoint_service_mut(id)?;
                service.private_name.as_mut().map(|it| &mut it.due)
            }
            Thing::EndpointConnection {
                region,
                service,
                endpoint,
            } => {
                let service = self
                    .regions
                    .get_mut(region)?
                    .endpoint_service_mut(service)?;
                let mut connections = service.connections.iter_mut();
                connections
                    .find(|it| it.endpoint_id == *endpoint)
                    .map(|it| &mut it.due)
            }
            Thing::MskCluster { region, arn } => {
                let cluster = self.regions.get_mut(region)?.msk_cluster_mut(arn)?;
                Some(&mut cluster.due)
            }
            Thing::MskConnection { arn, .. } => self.msk_connection_mut(arn).map(|it| &mut it.due),
            Thing::Service { id } => {
                let mut services = self.organization.services.iter_mut();
                services.find(|it| it.id == *id).map(|it| &mut it.due)
            }
            Thing::Endpoint { id } => self.organization.endpoint_mut(*id).map(|it| &mut it.due),
        }
    }
}
