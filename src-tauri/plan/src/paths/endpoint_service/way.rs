//! The way through a load balancer that is there: from its listener at a host's port to the targets behind it, and
//! whether these are the host.

use std::net::IpAddr;

use super::facts::Facts;
use super::source::Host;
use crate::facts::load_balancing::{Listener, LoadBalancer, TargetGroup, TargetHealth};
use crate::problem::Problem;

/// The way to one host.
#[derive(Debug, Clone)]
pub(super) struct Way<'a> {
    /// The listener at the host's port.
    pub(super) listener: Option<&'a Listener>,
    /// The groups that it forwards to, by ARN, as far as they were read.
    pub(super) groups: Vec<&'a TargetGroup>,
    /// Where it ends.
    pub(super) end: End<'a>,
}

/// Where a way ends.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum End<'a> {
    /// At the host, and perhaps at others too.
    There,
    /// At these other targets.
    Elsewhere(Vec<String>),
    /// At targets that are instances, or at other load balancers: their addresses are not told.
    Unaddressed(&'a str),
    /// There are no targets.
    Nowhere,
    /// There is no listener at the port.
    NoListener,
    /// A listener is at the port, and passes on something else than a TCP connection as it comes.
    OtherProtocol(&'a str),
    /// The host's own address is not known, so that nothing can be compared.
    NoAddress,
    /// Something was not read.
    Unread(Option<&'a Problem>),
}

impl<'a> Way<'a> {
    /// The way to a host through one load balancer.
    pub(super) fn look(facts: &Facts<'a>, load_balancer: &'a LoadBalancer, host: &Host) -> Self {
        let without = |end| Self {
            listener: None,
            groups: Vec::new(),
            end,
        };
        let Some(listeners) = load_balancer.listeners.known() else {
            return without(End::Unread(load_balancer.listeners.problem()));
        };
        let mut at_port: Vec<&Listener> =
            listeners.iter().filter(|it| it.port == host.port).collect();
        // TCP and UDP can share a port.
        at_port.sort_by_key(|it| (!passes_tcp(it), &it.arn));
        let Some(listener) = at_port.first().copied() else {
            return without(End::NoListener);
        };
        if !passes_tcp(listener) {
            return Self {
                listener: Some(listener),
                groups: Vec::new(),
                end: End::OtherProtocol(&listener.protocol),
            };
        }
        let groups = groups_of(facts, listener);
        Self {
            listener: Some(listener),
            end: end(facts, listener, &groups, host),
            groups,
        }
    }

    /// Its targets that are something else, each with its port, in order.
    pub(super) fn others(&self, host: &Host) -> Vec<String> {
        let mut others: Vec<String> = targets(&self.groups)
            .filter(|(group, it)| !is_host(group, it, host))
            .map(|(group, it)| with_port(group, it))
            .collect();
        others.sort_unstable();
        others
    }

    /// Its targets that are the host; all of them where none can be told to be.
    pub(super) fn targets(&self, host: &Host) -> Vec<&'a TargetHealth> {
        let all: Vec<&TargetHealth> = targets(&self.groups).map(|(_, it)| it).collect();
        let own: Vec<&TargetHealth> = targets(&self.groups)
            .filter(|(group, it)| is_host(group, it, host))
            .map(|(_, it)| it)
            .collect();
        if own.is_empty() { all } else { own }
    }
}

/// A TLS listener ends the encryption and speaks something else to the target.
fn passes_tcp(listener: &Listener) -> bool {
    matches!(listener.protocol.as_str(), "TCP" | "TCP_UDP")
}

/// The groups of a listener that were read, by ARN.
fn groups_of<'a>(facts: &Facts<'a>, listener: &Listener) -> Vec<&'a TargetGroup> {
    let mut groups: Vec<&TargetGroup> = facts
        .load_balancing
        .target_groups
        .known()
        .into_iter()
        .flatten()
        .filter(|it| listener.target_group_arns.contains(&it.arn))
        .collect();
    groups.sort_by_key(|it| &it.arn);
    groups
}

fn targets<'a>(
    groups: &[&'a TargetGroup],
) -> impl Iterator<Item = (&'a TargetGroup, &'a TargetHealth)> {
    groups.iter().flat_map(|group| {
        group
            .targets
            .known()
            .into_iter()
            .flatten()
            .map(|target| (*group, target))
    })
}

fn is_host(group: &TargetGroup, target: &TargetHealth, host: &Host) -> bool {
    let Some(IpAddr::V4(address)) = target.address() else {
        return false;
    };
    target.port.or(group.port) == Some(host.port) && host.addresses.contains(&address)
}

fn with_port(group: &TargetGroup, target: &TargetHealth) -> String {
    match target.port.or(group.port) {
        Some(port) => format!("{}:{port}", target.id),
        None => target.id.clone(),
    }
}

fn end<'a>(
    facts: &Facts<'a>,
    listener: &Listener,
    groups: &[&'a TargetGroup],
    host: &Host,
) -> End<'a> {
    if targets(groups).any(|(group, target)| is_host(group, target, host)) {
        return End::There;
    }
    if groups.len() < listener.target_group_arns.len() {
        return End::Unread(facts.load_balancing.target_groups.problem());
    }
    if let Some(group) = groups.iter().find(|it| it.targets.known().is_none()) {
        return End::Unread(group.targets.problem());
    }
    if let Some(group) = groups.iter().find(|it| it.target_type != "ip") {
        return End::Unaddressed(&group.target_type);
    }
    let mut others: Vec<String> = targets(groups)
        .map(|(group, target)| with_port(group, target))
        .collect();
    others.sort_unstable();
    if others.is_empty() {
        End::Nowhere
    } else if host.addresses.is_empty() {
        End::NoAddress
    } else {
        End::Elsewhere(others)
    }
}
