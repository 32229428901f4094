//! Whether a target is healthy: what AWS says of it, by what answers in this world and what lies on the way.

use std::collections::BTreeSet;
use std::net::Ipv4Addr;

use jiff::Timestamp;

use super::aging::takes;
use super::load_balancing::{LoadBalancer, LoadBalancerState, TRAFFIC_PORT, Target, TargetGroup};
use super::reach::way::Sender;
use super::{Region, World};

/// The attribute by which a load balancer sends to all its zones from each of them.
pub(crate) const CROSS_ZONE: &str = "load_balancing.cross_zone.enabled";

/// The zone of a target that is in none of the region.
pub(crate) const ALL_ZONES: &str = "all";

/// AWS's words for a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Health {
    Initial(Initial),
    Healthy,
    Unhealthy,
    Unused(Unused),
    Draining,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Initial {
    /// The load balancer is not ready for it.
    Registration,
    HealthChecks,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unused {
    /// The group is on no listener.
    Group,
    /// The load balancer is not in the target's zone and does not send across zones.
    Zone,
}

impl World {
    /// How a target of a group fares.
    pub(crate) fn health(
        &self,
        region: &Region,
        group: &TargetGroup,
        target: &Target,
        now: Timestamp,
    ) -> Health {
        if target.drains_until.is_some() {
            return Health::Draining;
        }
        let balancers = region.load_balancers_of(&group.arn);
        let Some(since) = group.in_use_since else {
            return Health::Unused(Unused::Group);
        };
        let mut sends = balancers.iter();
        if !sends.any(|it| sends_to_zone(region, it, target)) {
            return Health::Unused(Unused::Zone);
        }
        let ready = |it: &&&LoadBalancer| it.state == LoadBalancerState::Active;
        let Some(balancer) = balancers.iter().find(ready) else {
            return Health::Initial(Initial::Registration);
        };
        if since.max(target.registered_at) + takes::TARGET_CHECKS > now {
            return Health::Initial(Initial::HealthChecks);
        }
        let port = match group.health_check.port.as_str() {
            TRAFFIC_PORT => target.port,
            other => other.parse().unwrap_or(target.port),
        };
        if self
            .hindrances(region, balancer, target.address, port)
            .is_empty()
        {
            Health::Healthy
        } else {
            Health::Unhealthy
        }
    }

    /// What keeps a load balancer from connecting to an address and port.
    pub(crate) fn hindrances(
        &self,
        region: &Region,
        balancer: &LoadBalancer,
        address: Ipv4Addr,
        port: u16,
    ) -> BTreeSet<String> {
        let interfaces = region.interfaces_of(balancer);
        let from = interfaces.flat_map(|it| {
            let subnet = it.subnet_id.as_str();
            it.addresses.iter().map(move |own| (subnet, *own))
        });
        let sender = Sender {
            who: "the load balancer",
            vpc_id: &balancer.vpc_id,
            group_ids: &balancer.security_group_ids,
            from: from.collect(),
        };
        let mut found: BTreeSet<_> = sender
            .hindrances(region, address, port)
            .into_iter()
            .collect();
        if !self.answers(region, address, port) {
            found.insert(format!("nothing answers at {address}:{port}"));
        }
        found
    }
}

fn sends_to_zone(region: &Region, balancer: &LoadBalancer, target: &Target) -> bool {
    let across = balancer.attributes.get(CROSS_ZONE);
    if across.is_some_and(|it| it == "true") {
        return true;
    }
    let mut zones = balancer.subnet_ids.iter().filter_map(|id| {
        let zone = region.zone(&region.subnet(id)?.zone_id)?;
        Some(zone.name.as_str())
    });
    match target.zone.as_deref() {
        None | Some(ALL_ZONES) => true,
        Some(own) => zones.any(|it| it == own),
    }
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        reason = "tests"
    )]

    use std::collections::BTreeMap;

    use super::*;
    use crate::world::endpoint_service::ConnectionState;
    use crate::world::load_balancing::LoadBalancerKind;
    use crate::world::organization::{EndpointKind, EndpointStatus};
    use crate::world::scenario::new_world;

    #[test]
    fn the_default_scenario_stands_on_what_is_there() {
        let world = new_world("default", 1.0).unwrap().unwrap();
        for (name, region) in &world.regions {
            for balancer in &region.load_balancers {
                for id in &balancer.subnet_ids {
                    let subnet = region.subnet(id).expect(&balancer.name);
                    assert_eq!(subnet.vpc_id, balancer.vpc_id, "{}", balancer.name);
                    let mut own = region.interfaces_of(balancer);
                    assert!(
                        own.any(|it| it.subnet_id == *id),
                        "{} in {id}",
                        balancer.name
                    );
                }
                let groups = !balancer.security_group_ids.is_empty();
                let network = balancer.kind == LoadBalancerKind::Network;
                assert_eq!(
                    balancer.enforces_on_private_link.is_some(),
                    groups && network,
                    "{}",
                    balancer.name
                );
            }
            for listener in &region.listeners {
                assert!(region.load_balancer(&listener.load_balancer_arn).is_some());
                let group = region.target_group(&listener.target_group_arn);
                assert!(group.expect(&listener.arn).in_use_since.is_some());
            }
            for service in &region.endpoint_services {
                for arn in &service.load_balancer_arns {
                    assert!(region.load_balancer(arn).is_some(), "{name} {arn}");
                    assert_eq!(region.services_of(arn).count(), 1, "{arn}");
                }
            }
        }
        let service = world.regions["us-east-1"]
            .endpoint_services
            .iter()
            .find(|it| it.private_name.is_some());
        let mut name = service.unwrap().private_name.clone().unwrap();
        let verified = name.state;
        name.looked_up(&world.dns);
        assert_eq!(name.state, verified, "its record is in the public DNS");
        let connections = world.endpoint_connection_states();
        for endpoint in world
            .organization
            .services
            .iter()
            .flat_map(|it| &it.endpoints)
        {
            let EndpointKind::VpcEndpointService { .. } = endpoint.kind else {
                continue;
            };
            let state = endpoint
                .endpoint_id
                .as_deref()
                .and_then(|id| connections.get(id).copied());
            let expected = match endpoint.status {
                EndpointStatus::Ready => Some(ConnectionState::Available),
                EndpointStatus::PendingAcceptance => Some(ConnectionState::PendingAcceptance),
                _ => None,
            };
            assert_eq!(state, expected, "{}", endpoint.description);
        }
    }

    #[test]
    fn the_targets_of_the_default_scenario_fare_as_they_are_for() {
        let world = new_world("default", 1.0).unwrap().unwrap();
        let mut found = BTreeMap::new();
        for region in world.regions.values() {
            for group in &region.target_groups {
                for target in &group.targets {
                    let health = world.health(region, group, target, world.now());
                    found.insert((group.name.as_str(), target.address.to_string()), health);
                }
            }
        }
        let unhealthy: Vec<_> = found
            .iter()
            .filter(|(_, health)| **health != Health::Healthy)
            .collect();
        let inventory = ("inventory-postgres", "10.20.1.11".to_owned());
        assert_eq!(unhealthy, [(&inventory, &Health::Unhealthy)]);
        assert!(found.len() > 10, "{found:?}");
    }
}
