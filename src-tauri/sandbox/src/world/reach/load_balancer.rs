//! The way through an endpoint service: its load balancers, the listener of the port, and the targets that are
//! well.

use std::collections::BTreeSet;
use std::net::Ipv4Addr;

use super::{Arrival, way};
use crate::world::endpoint_service::{ConnectionState, ServiceState, parts_of_name};
use crate::world::load_balancing::{LoadBalancer, LoadBalancerState};
use crate::world::load_balancing_health::Health;
use crate::world::{Region, World};

/// Where a pipe's connection comes from, in ClickHouse's own VPC: the address that a load balancer's groups are
/// asked about where they hold for traffic of `PrivateLink`. Nobody outside knows it.
const PIPE: Ipv4Addr = Ipv4Addr::new(172, 23, 40, 11);

pub(super) fn through(
    world: &World,
    vpc_endpoint: &str,
    service_name: &str,
    port: u16,
) -> Result<Arrival, String> {
    let elsewhere = || format!("{service_name} is not in this account");
    let (region_name, id) = parts_of_name(service_name).ok_or_else(elsewhere)?;
    let region = world.regions.get(region_name).ok_or_else(elsewhere)?;
    let service = region.endpoint_service(id).ok_or_else(elsewhere)?;
    if service.state != ServiceState::Available {
        return Err(format!("{service_name} is not available"));
    }
    let connection = service.connection(vpc_endpoint);
    if connection.is_none_or(|it| it.state != ConnectionState::Available) {
        return Err(format!("{vpc_endpoint} is not connected to {service_name}"));
    }
    let mut arrival = Arrival {
        vpc_id: String::new(),
        addresses: Vec::new(),
        hindrances: BTreeSet::new(),
    };
    for arn in &service.load_balancer_arns {
        let Some(balancer) = region.load_balancer(arn) else {
            arrival.hindrances.insert(format!("{arn} is gone"));
            continue;
        };
        arrival.vpc_id.clone_from(&balancer.vpc_id);
        match targets(world, region, balancer, port) {
            Ok(addresses) => arrival.addresses.extend(addresses),
            Err(hindrances) => arrival.hindrances.extend(hindrances),
        }
    }
    Ok(arrival)
}

/// Where a load balancer sends what comes to a port, or what keeps it from sending.
fn targets(
    world: &World,
    region: &Region,
    balancer: &LoadBalancer,
    port: u16,
) -> Result<BTreeSet<Ipv4Addr>, BTreeSet<String>> {
    let name = &balancer.name;
    let only = |hindrance| Err(BTreeSet::from([hindrance]));
    if balancer.state != LoadBalancerState::Active {
        return only(format!("load balancer {name} is not active"));
    }
    let groups = &balancer.security_group_ids;
    // On unless it was switched off.
    let enforces = !groups.is_empty() && balancer.enforces_on_private_link != Some(false);
    if enforces && !way::lets_in(region, groups, PIPE, &[], port) {
        return only(format!(
            "the security groups of load balancer {name} let nothing of PrivateLink in to {port}"
        ));
    }
    let mut listeners = region.listeners_of(&balancer.arn);
    let listener = listeners.find(|it| it.port == port && it.protocol == "TCP");
    let group = listener.and_then(|it| region.target_group(&it.target_group_arn));
    let Some(group) = group else {
        return only(format!("load balancer {name} does not listen on {port}"));
    };
    let (mut reached, mut hindrances) = (BTreeSet::new(), BTreeSet::new());
    let now = world.now();
    for target in group.targets_at(now) {
        let at = format!("{}:{}", target.address, target.port);
        match world.health(region, group, target, now) {
            Health::Healthy => {
                let found = world.hindrances(region, balancer, target.address, target.port);
                if found.is_empty() {
                    reached.insert(target.address);
                }
                hindrances.extend(found);
            }
            health => {
                hindrances.insert(format!("target {at} is {health:?}"));
                hindrances.extend(world.hindrances(region, balancer, target.address, target.port));
            }
        }
    }
    // Those that are not well get nothing while one is.
    if !reached.is_empty() {
        return Ok(reached);
    }
    hindrances.insert(format!("target group {} has no healthy target", group.name));
    Err(hindrances)
}
