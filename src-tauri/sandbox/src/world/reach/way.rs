//! The way through a VPC: whether a TCP connection from one of its addresses to another comes about, by
//! security groups and access lists. Who opens the connection, and where to, is the caller's to know.

use std::net::Ipv4Addr;

use crate::world::Region;
use crate::world::network::{NetworkAcl, NetworkInterface, Rule};

/// Ports that answers come back to, by their ends and middle.
const EPHEMERAL: [u16; 3] = [1024, 32_768, 65_535];

/// Something that opens connections in a VPC: a resource gateway, a load balancer.
#[derive(Debug, Clone)]
pub(crate) struct Sender<'a> {
    /// What a hindrance calls it.
    pub(crate) who: &'static str,
    pub(crate) vpc_id: &'a str,
    /// Its security groups; where it has none, nothing of its own keeps it back.
    pub(crate) group_ids: &'a [String],
    /// The subnets and addresses that it connects from.
    pub(crate) from: Vec<(&'a str, Ipv4Addr)>,
}

impl Sender<'_> {
    /// What keeps a connection to one address and port from coming about.
    pub(crate) fn hindrances(&self, region: &Region, address: Ipv4Addr, port: u16) -> Vec<String> {
        let mut found = Vec::new();
        let holder = holder(region, self.vpc_id, address);
        let holders_groups = holder.map_or(&[][..], |it| &it.group_ids);
        if !self.group_ids.is_empty()
            && !rules(region, self.group_ids, true)
                .iter()
                .any(|rule| allows(rule, address, holders_groups, port))
        {
            let who = self.who;
            found.push(format!(
                "{who}'s security groups allow nothing out to {address}:{port}"
            ));
        }
        for (subnet, own) in &self.from {
            if let Some(holder) = holder
                && !lets_in(region, &holder.group_ids, *own, self.group_ids, port)
            {
                let id = &holder.id;
                found.push(format!(
                    "the security groups of {id} let nothing in to {port}"
                ));
            }
            found.extend(access_lists(region, subnet, *own, holder, address, port));
        }
        found
    }
}

/// Whether security groups let TCP in to a port, from an address that is in the peer's groups.
pub(crate) fn lets_in(
    region: &Region,
    groups: &[String],
    from: Ipv4Addr,
    peers_groups: &[String],
    port: u16,
) -> bool {
    rules(region, groups, false)
        .iter()
        .any(|rule| allows(rule, from, peers_groups, port))
}

/// Who in a VPC has an address; an address outside of it is somebody else's network.
pub(crate) fn holder<'a>(
    region: &'a Region,
    vpc_id: &str,
    address: Ipv4Addr,
) -> Option<&'a NetworkInterface> {
    let in_vpc = |id: &str| region.subnet(id).is_some_and(|it| it.vpc_id == vpc_id);
    let mut all = region.network_interfaces.iter();
    all.find(|it| it.addresses.contains(&address) && in_vpc(&it.subnet_id))
}

/// Access lists keep no state: each way, at each end, has to be allowed.
fn access_lists(
    region: &Region,
    subnet: &str,
    own: Ipv4Addr,
    holder: Option<&NetworkInterface>,
    address: Ipv4Addr,
    port: u16,
) -> Vec<String> {
    // Within a subnet no access list is asked.
    if holder.is_some_and(|it| it.subnet_id == subnet) {
        return Vec::new();
    }
    let there = holder.map(|it| it.subnet_id.as_str());
    let there_and_back = [
        (Some(subnet), true, address, &[port][..], "out of"),
        (there, false, own, &[port][..], "into"),
        (there, true, own, &EPHEMERAL[..], "back out of"),
        (Some(subnet), false, address, &EPHEMERAL[..], "back into"),
    ];
    there_and_back
        .into_iter()
        .filter_map(|(at, egress, peer, ports, way)| {
            let at = at?;
            let mut lists = region.network_acls.iter();
            let acl = lists.find(|it| it.subnet_ids.iter().any(|id| id == at))?;
            let passes = ports.iter().all(|port| passes(acl, egress, peer, *port));
            (!passes).then(|| format!("{} lets nothing {way} {at}", acl.id))
        })
        .collect()
}

fn rules<'a>(region: &'a Region, groups: &[String], egress: bool) -> Vec<&'a Rule> {
    let groups = groups.iter().filter_map(|id| region.security_group(id));
    groups
        .flat_map(|it| &it.rules)
        .filter(|it| it.egress == egress)
        .collect()
}

/// Whether a rule allows TCP with a peer that has the address and is in the groups.
fn allows(rule: &Rule, address: Ipv4Addr, groups: &[String], port: u16) -> bool {
    let peer = match rule.peer.parse::<ipnet::Ipv4Net>() {
        Ok(block) => block.contains(&address),
        Err(_) => groups.contains(&rule.peer),
    };
    let protocol = ["-1", "tcp", "6"].contains(&rule.protocol.as_str());
    peer && protocol
        && rule
            .ports
            .is_none_or(|(from, to)| (from..=to).contains(&port))
}

/// The lowest rule that fits decides.
fn passes(acl: &NetworkAcl, egress: bool, peer: Ipv4Addr, port: u16) -> bool {
    let fitting = acl.entries.iter().filter(|it| {
        it.egress == egress
            && ["-1", "6"].contains(&it.protocol.as_str())
            && it.cidr.contains(&peer)
            && it
                .ports
                .is_none_or(|(from, to)| (from..=to).contains(&port))
    });
    fitting
        .min_by_key(|it| it.number)
        .is_some_and(|it| it.allow)
}
