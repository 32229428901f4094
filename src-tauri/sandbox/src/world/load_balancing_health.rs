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
