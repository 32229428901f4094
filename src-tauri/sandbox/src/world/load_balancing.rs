//! Load balancers, their listeners and target groups. Whether a target is healthy is
//! `load_balancing_health`'s to say.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Region;
use super::endpoint_service::EndpointService;
use super::network::NetworkInterface;

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct LoadBalancer {
    pub(crate) arn: String,
    pub(crate) name: String,
    pub(crate) kind: LoadBalancerKind,
    /// `internal` or `internet-facing`.
    pub(crate) scheme: String,
    pub(crate) vpc_id: String,
    pub(crate) subnet_ids: Vec<String>,
    /// None for a network load balancer that was made without: it never gets any.
    #[serde(default)]
    pub(crate) security_group_ids: Vec<String>,
    /// Whether its groups' inbound rules hold for traffic of `PrivateLink` too. Only said of network load
    /// balancers with groups.
    #[serde(default)]
    pub(crate) enforces_on_private_link: Option<bool>,
    pub(crate) state: LoadBalancerState,
    #[serde(default)]
    pub(crate) due: Option<Timestamp>,
    pub(crate) created_at: Timestamp,
    /// Attributes that were set; the others have their defaults.
    #[serde(default)]
    pub(crate) attributes: BTreeMap<String, String>,
    #[serde(default)]
    pub(crate) tags: BTreeMap<String, String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum LoadBalancerKind {
    Network,
    Application,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum LoadBalancerState {
    Provisioning,
    Active,
    Failed,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Listener {
    pub(crate) arn: String,
    pub(crate) load_balancer_arn: String,
    pub(crate) protocol: String,
    pub(crate) port: u16,
    pub(crate) target_group_arn: String,
    #[serde(default)]
    pub(crate) attributes: BTreeMap<String, String>,
    #[serde(default)]
    pub(crate) tags: BTreeMap<String, String>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct TargetGroup {
    pub(crate) arn: String,
    pub(crate) name: String,
    pub(crate) protocol: String,
    pub(crate) port: u16,
    /// `ip`: the sandbox has no instances, and no load balancer that is a target of another.
    pub(crate) target_type: String,
    pub(crate) vpc_id: String,
    #[serde(default)]
    pub(crate) health_check: HealthCheck,
    #[serde(default)]
    pub(crate) targets: Vec<Target>,
    /// Since when a listener has it; its targets are not looked after before.
    #[serde(default)]
    pub(crate) in_use_since: Option<Timestamp>,
    #[serde(default)]
    pub(crate) attributes: BTreeMap<String, String>,
    #[serde(default)]
    pub(crate) tags: BTreeMap<String, String>,
}

/// How targets are looked after: a connection to a port.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct HealthCheck {
    pub(crate) protocol: String,
    /// A number, or `traffic-port`.
    pub(crate) port: String,
    pub(crate) interval_seconds: u32,
    pub(crate) timeout_seconds: u32,
    pub(crate) healthy_count: u32,
    pub(crate) unhealthy_count: u32,
}

impl Default for HealthCheck {
    fn default() -> Self {
        Self {
            protocol: "TCP".to_owned(),
            port: TRAFFIC_PORT.to_owned(),
            interval_seconds: 30,
            timeout_seconds: 10,
            healthy_count: 5,
            unhealthy_count: 2,
        }
    }
}

/// The health check goes where the traffic goes.
pub(crate) const TRAFFIC_PORT: &str = "traffic-port";

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Target {
    pub(crate) address: Ipv4Addr,
    pub(crate) port: u16,
    /// `all` for an address outside of the VPC.
    #[serde(default)]
    pub(crate) zone: Option<String>,
    pub(crate) registered_at: Timestamp,
    /// When it is gone: it was taken out, and serves the connections that it has.
    #[serde(default)]
    pub(crate) drains_until: Option<Timestamp>,
}

/// The end of an ARN, after its kind: `net/NAME/ID`.
fn path(arn: &str) -> &str {
    arn.split_once('/').map_or("", |(_, path)| path)
}

impl LoadBalancer {
    /// What the interfaces say that it takes: the only trace of whose they are.
    pub(crate) fn interface_description(&self) -> String {
        format!("ELB {}", path(&self.arn))
    }

    pub(crate) fn dns_name(&self, region: &str) -> String {
        let id = self.arn.rsplit('/').next().unwrap_or_default();
        let name = &self.name;
        match (self.kind, self.scheme.as_str()) {
            (LoadBalancerKind::Network, _) => format!("{name}-{id}.elb.{region}.amazonaws.com"),
            (LoadBalancerKind::Application, "internal") => {
                format!("internal-{name}-{id}.{region}.elb.amazonaws.com")
            }
            (LoadBalancerKind::Application, _) => {
                format!("{name}-{id}.{region}.elb.amazonaws.com")
            }
        }
    }
}

impl TargetGroup {
    /// The group without the targets that have drained.
    pub(crate) fn targets_at(&self, now: Timestamp) -> impl Iterator<Item = &Target> {
        let gone = move |it: &Target| it.drains_until.is_some_and(|at| at <= now);
        self.targets.iter().filter(move |it| !gone(it))
    }
}

impl Region {
    pub(crate) fn load_balancer(&self, arn: &str) -> Option<&LoadBalancer> {
        self.load_balancers.iter().find(|it| it.arn == arn)
    }

    pub(crate) fn load_balancer_mut(&mut self, arn: &str) -> Option<&mut LoadBalancer> {
        self.load_balancers.iter_mut().find(|it| it.arn == arn)
    }

    pub(crate) fn listener(&self, arn: &str) -> Option<&Listener> {
        self.listeners.iter().find(|it| it.arn == arn)
    }

    pub(crate) fn listeners_of<'a>(&'a self, arn: &'a str) -> impl Iterator<Item = &'a Listener> {
        let all = self.listeners.iter();
        all.filter(move |it| it.load_balancer_arn == arn)
    }

    pub(crate) fn target_group(&self, arn: &str) -> Option<&TargetGroup> {
        self.target_groups.iter().find(|it| it.arn == arn)
    }

    pub(crate) fn target_group_mut(&mut self, arn: &str) -> Option<&mut TargetGroup> {
        self.target_groups.iter_mut().find(|it| it.arn == arn)
    }

    /// The load balancers that send to a target group, without repeats.
    pub(crate) fn load_balancers_of(&self, target_group_arn: &str) -> Vec<&LoadBalancer> {
        let sends = |it: &&LoadBalancer| {
            let mut listeners = self.listeners_of(&it.arn);
            listeners.any(|listener| listener.target_group_arn == target_group_arn)
        };
        self.load_balancers.iter().filter(sends).collect()
    }

    /// The endpoint services behind which a load balancer stands.
    pub(crate) fn services_of<'a>(
        &'a self,
        arn: &'a str,
    ) -> impl Iterator<Item = &'a EndpointService> {
        let services = self.endpoint_services.iter();
        services.filter(move |it| it.load_balancer_arns.iter().any(|own| own == arn))
    }

    /// The interfaces of a load balancer, one in each of its subnets.
    pub(crate) fn interfaces_of<'a>(
        &'a self,
        balancer: &LoadBalancer,
    ) -> impl Iterator<Item = &'a NetworkInterface> + use<'a> {
        let description = balancer.interface_description();
        let all = self.network_interfaces.iter();
        all.filter(move |it| it.description == description)
    }

    /// Notes which target groups are in use, once a listener was made or is gone.
    pub(crate) fn mark_groups_in_use(&mut self, at: Timestamp) {
        for group in &mut self.target_groups {
            let mut listeners = self.listeners.iter();
            let used = listeners.any(|it| it.target_group_arn == group.arn);
            group.in_use_since = match (used, group.in_use_since) {
                (true, None) => Some(at),
                (true, since) => since,
                (false, _) => None,
            };
        }
    }
}
