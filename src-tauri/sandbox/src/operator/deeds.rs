//! What another operator does, once it is chosen.

use serde_json::Value;
use uuid::Uuid;

use super::msk::MskDeed;
use super::private_link::PrivateLinkDeed;
use super::{Refused, call, cloud_call};
use crate::clickpipes;
use crate::cloud;
use crate::world::organization::ServiceState;
use crate::world::{World, space};

/// Whose addresses fill a subnet, as its interfaces say.
const OTHER_TEAM: &str = "fixed addresses of another team";

/// Something to do.
#[derive(Debug, Clone)]
pub(super) enum Deed {
    /// An operation of an AWS service in a region.
    Aws {
        region: String,
        operation: (&'static str, &'static str),
        input: Value,
    },
    /// An operation of the Cloud API.
    Cloud {
        operation: cloud::Operation,
        ids: Vec<Uuid>,
        body: Value,
    },
    /// Accepts the connection of an endpoint.
    Accept { endpoint: Uuid },
    /// Puts a database, and the instances of a cluster, into a state. The sandbox has no such operation.
    Database {
        region: String,
        id: String,
        status: &'static str,
    },
    /// Takes an address in each free /28 block of a subnet.
    TakeBlocks { region: String, subnet: String },
    /// Gives those addresses back.
    GiveBlocksBack { region: String, subnet: String },
    /// Something done to an MSK cluster.
    Msk(MskDeed),
    /// Something done around an endpoint service.
    PrivateLink(PrivateLinkDeed),
    /// Leaves a service unused until it falls idle.
    FallIdle { service: Uuid },
    /// Switches the preview of custom private DNS names on or off for a service.
    CustomPrivateDns { service: Uuid, enabled: bool },
}

impl Deed {
    pub(super) fn perform(self, world: &mut World) -> Result<(), Refused> {
        match self {
            Self::Aws {
                region,
                operation,
                input,
            } => {
                call(world, &region, operation, input)?;
            }
            Self::Cloud {
                operation,
                ids,
                body,
            } => {
                cloud_call(world, operation, &ids, &body)?;
            }
            Self::Accept { endpoint } => {
                let now = world.now();
                clickpipes::accepted(world, endpoint, now);
            }
            Self::Database { region, id, status } => set_database(world, &region, &id, status),
            Self::TakeBlocks { region, subnet } => {
                if let Some(region) = world.regions.get_mut(&region) {
                    space::take_blocks(region, &subnet, OTHER_TEAM);
                }
            }
            Self::GiveBlocksBack { region, subnet } => {
                if let Some(region) = world.regions.get_mut(&region) {
                    region
                        .network_interfaces
                        .retain(|it| it.subnet_id != subnet || it.description != OTHER_TEAM);
                }
            }
            Self::Msk(deed) => deed.perform(world)?,
            Self::CustomPrivateDns { service, enabled } => {
                if let Some(service) = world.organization.service_mut(&service.to_string()) {
                    service.custom_private_dns = enabled;
                }
            }
            Self::PrivateLink(deed) => deed.perform(world)?,
            Self::FallIdle { service } => {
                if let Some(service) = world.organization.service_mut(&service.to_string()) {
                    service.state = ServiceState::Idle;
                }
            }
        }
        Ok(())
    }
}

fn set_database(world: &mut World, region: &str, id: &str, status: &str) {
    let Some(region) = world.regions.get_mut(region) else {
        return;
    };
    for cluster in region.db_clusters.iter_mut().filter(|it| it.id == id) {
        status.clone_into(&mut cluster.status);
    }
    let of_it = |instance: &&mut crate::world::database::DbInstance| {
        instance.id == id || instance.cluster_id.as_deref() == Some(id)
    };
    for instance in region.db_instances.iter_mut().filter(of_it) {
        status.clone_into(&mut instance.status);
    }
}

/// Whether another team's addresses are in a subnet.
pub(super) fn is_taken(region: &crate::world::Region, subnet: &str) -> bool {
    region
        .network_interfaces
        .iter()
        .any(|it| it.subnet_id == subnet && it.description == OTHER_TEAM)
}
