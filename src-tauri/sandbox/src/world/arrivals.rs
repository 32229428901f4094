//! What becomes of load balancers, endpoint services, their names and their connections when the state that
//! they are in ends; `aging` says when.

use super::World;
use super::endpoint_service::{ConnectionState, ServiceState};
use super::endpoint_service_zone::NameState;
use super::load_balancing::LoadBalancerState;

pub(super) fn load_balancer(world: &mut World, region: &str, arn: &str, failed: bool) {
    let balancer = world
        .regions
        .get_mut(region)
        .and_then(|it| it.load_balancer_mut(arn));
    if let Some(balancer) = balancer {
        balancer.due = None;
        balancer.state = if failed {
            LoadBalancerState::Failed
        } else {
            LoadBalancerState::Active
        };
    }
}

pub(super) fn endpoint_service(world: &mut World, region: &str, id: &str, failed: bool) {
    let Some(region) = world.regions.get_mut(region) else {
        return;
    };
    let Some(service) = region.endpoint_service_mut(id) else {
        return;
    };
    service.due = None;
    match service.state {
        ServiceState::Pending if failed => service.state = ServiceState::Failed,
        ServiceState::Pending => service.state = ServiceState::Available,
        ServiceState::Deleting => region.endpoint_services.retain(|it| it.id != id),
        ServiceState::Available | ServiceState::Failed => {}
    }
}

pub(super) fn service_name(world: &mut World, region: &str, id: &str, failed: bool) {
    let World { dns, regions, .. } = world;
    let service = regions
        .get_mut(region)
        .and_then(|it| it.endpoint_service_mut(id));
    if let Some(name) = service.and_then(|it| it.private_name.as_mut()) {
        name.looked_up(dns);
        if failed {
            name.state = NameState::Failed;
        }
    }
}

pub(super) fn endpoint_connection(
    world: &mut World,
    region: &str,
    service: &str,
    id: &str,
    failed: bool,
) {
    let service = world
        .regions
        .get_mut(region)
        .and_then(|it| it.endpoint_service_mut(service));
    let mut connections = service.into_iter().flat_map(|it| &mut it.connections);
    if let Some(connection) = connections.find(|it| it.endpoint_id == id) {
        connection.due = None;
        if connection.state == ConnectionState::Pending {
            connection.state = if failed {
                ConnectionState::Failed
            } else {
                ConnectionState::Available
            };
        }
    }
}
