//! Whether what comes through a resource configuration arrives at its source: the sandbox's own reading of
//! names, security groups and access lists. AWS makes a configuration, and ClickHouse an endpoint, whether
//! or not anything arrives; only a connection shows it, and here this does.

use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr};

use serde::Serialize;

use super::lattice::{IN_VPC, ResourceConfiguration, ResourceGateway};
use super::network::{NetworkAcl, NetworkInterface, Rule};
use super::{Region, World};

/// Ports that answers come back to, by their ends and middle.
const EPHEMERAL: [u16; 3] = [1024, 32_768, 65_535];

/// What stands in the way; nothing means that a connection comes about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Reach {
    pub(crate) reaches: bool,
    /// Where the gateway connects to.
    pub(crate) addresses: Vec<Ipv4Addr>,
    pub(crate) hindrances: BTreeSet<String>,
}

/// Where a configuration leads to, or None when there is no such configuration or it has no gateway.
pub(crate) fn reach(world: &World, configuration_id: &str) -> Option<Reach> {
    let mut regions = world.regions.values();
    let (region, configuration) = regions.find_map(|region| {
        let configuration = region.configuration(configuration_id)?;
        Some((region, configuration))
    })?;
    let path = Path {
        region,
        gateway: region.gateway_of(configuration)?,
    };
    let mut hindrances = BTreeSet::new();
    let (addresses, ports) = match target(world, &path, configuration) {
        Ok(target) => target,
        Err(hindrance) => {
            hindrances.insert(hindrance);
            (Vec::new(), Vec::new())
        }
    };
    for address in &addresses {
        for port in &ports {
            hindrances.extend(path.hindrances(*address, *port));
        }
    }
    Some(Reach {
        reaches: hindrances.is_empty(),
        addresses,
        hindrances,
    })
}

type Target = (Vec<Ipv4Addr>, Vec<u16>);

/// The addresses and ports that a configuration leads to; of a range of ports its ends.
fn target(
    world: &World,
    path: &Path<'_>,
    configuration: &ResourceConfiguration,
) -> Result<Target, String> {
    let definition = configuration.definition.clone().unwrap_or_default();
    let ends = configuration
        .port_ranges
        .iter()
        .flat_map(|range| range.split('-'));
    let ports = ends.filter_map(|port| port.parse().ok()).collect();
    if let Some(address) = definition["ipResource"]["ipAddress"].as_str() {
        let address = address
            .parse()
            .map_err(|_| format!("{address} is no IPv4 address"))?;
        return Ok((vec![address], ports));
    }
    if let Some(name) = definition["dnsResource"]["domainName"].as_str() {
        return Ok((path.resolve(world, name)?, ports));
    }
    let arn = definition["arnResource"]["arn"]
        .as_str()
        .unwrap_or_default();
    let (host, port) = database(path.region, arn)?;
    // Databases by ARN need no private zone: RDS publishes their names to everybody.
    let found = world.dns.public(&host).map(|name| &name.addresses);
    let addresses = v4(found.into_iter().flatten());
    if addresses.is_empty() {
        return Err(format!("{host} does not resolve"));
    }
    Ok((addresses, vec![port]))
}

/// Host and port of an available database, by its ARN.
fn database(region: &Region, arn: &str) -> Result<(String, u16), String> {
    let id = arn.rsplit(':').next().unwrap_or_default();
    let (host, port, status) = if arn.contains(":cluster:") {
        let found = region.db_clusters.iter().find(|it| it.id == id);
        found.map(|it| (format!("{id}.{}", it.host_suffix), it.port, &it.status))
    } else {
        let found = region.db_instances.iter().find(|it| it.id == id);
        found.map(|it| (format!("{id}.{}", it.host_suffix), it.port, &it.status))
    }
    .ok_or_else(|| format!("{id} does not exist"))?;
    if status == "available" {
        Ok((host, port))
    } else {
        Err(format!("{id} is {status}"))
    }
}

fn v4<'a>(addresses: impl Iterator<Item = &'a IpAddr>) -> Vec<Ipv4Addr> {
    addresses
        .filter_map(|address| match address {
            IpAddr::V4(address) => Some(*address),
            IpAddr::V6(_) => None,
        })
        .collect()
}

/// The way from a gateway into its VPC.
struct Path<'a> {
    region: &'a Region,
    gateway: &'a ResourceGateway,
}

impl Path<'_> {
    fn resolve(&self, world: &World, name: &str) -> Result<Vec<Ipv4Addr>, String> {
        let found = if self.gateway.dns_resolution == IN_VPC {
            world.dns.within(&self.gateway.vpc_id, name)
        } else {
            world.dns.public(name)
        };
        let addresses = v4(found.iter().flat_map(|it| &it.addresses));
        if addresses.is_empty() {
            return Err(format!(
                "{name} does not resolve where {} looks",
                self.gateway.id
            ));
        }
        Ok(addresses)
    }

    /// What keeps a connection to one address and port from coming about.
    fn hindrances(&self, address: Ipv4Addr, port: u16) -> Vec<String> {
        let mut found = Vec::new();
        let holder = self.holder(address);
        let holders_groups = holder.map_or(&[][..], |it| &it.group_ids);
        let out = self.rules(&self.gateway.security_group_ids, true);
        if !out
            .iter()
            .any(|rule| allows(rule, address, holders_groups, port))
        {
            found.push(format!(
                "the gateway's security groups allow nothing out to {address}:{port}"
            ));
        }
        for subnet in &self.gateway.subnet_ids {
            for own in self.sources(subnet) {
                if let Some(holder) = holder {
                    let inbound = self.rules(&holder.group_ids, false);
                    let groups = &self.gateway.security_group_ids;
                    if !inbound.iter().any(|rule| allows(rule, own, groups, port)) {
                        let id = &holder.id;
                        found.push(format!(
                            "the security groups of {id} let nothing in to {port}"
                        ));
                    }
                }
                found.extend(self.access_lists(subnet, own, holder, address, port));
            }
        }
        found
    }

    /// Access lists keep no state: each way, at each end, has to be allowed.
    fn access_lists(
        &self,
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
                let acl = self.access_list(at?)?;
                let passes = ports.iter().all(|port| passes(acl, egress, peer, *port));
                (!passes)
                    .then(|| format!("{} lets nothing {way} {}", acl.id, at.unwrap_or_default()))
            })
            .collect()
    }

    /// Who in the gateway's VPC has the address; an address outside of it is somebody else's network.
    fn holder(&self, address: Ipv4Addr) -> Option<&NetworkInterface> {
        let in_vpc = |id: &str| {
            let subnet = self.region.subnet(id);
            subnet.is_some_and(|it| it.vpc_id == self.gateway.vpc_id)
        };
        let mut all = self.region.network_interfaces.iter();
        all.find(|it| it.addresses.contains(&address) && in_vpc(&it.subnet_id))
    }

    /// Addresses that the gateway connects from in a subnet.
    fn sources(&self, subnet: &str) -> Vec<Ipv4Addr> {
        let all = self.region.network_interfaces.iter();
        all.filter(|it| it.gateway_id.as_deref() == Some(&self.gateway.id))
            .filter(|it| it.subnet_id == subnet)
            .flat_map(|it| it.addresses.iter().copied())
            .collect()
    }

    fn rules(&self, groups: &[String], egress: bool) -> Vec<&Rule> {
        let groups = groups
            .iter()
            .filter_map(|id| self.region.security_group(id));
        groups
            .flat_map(|it| &it.rules)
            .filter(|it| it.egress == egress)
            .collect()
    }

    fn access_list(&self, subnet: &str) -> Option<&NetworkAcl> {
        let mut lists = self.region.network_acls.iter();
        lists.find(|it| it.subnet_ids.iter().any(|id| id == subnet))
    }
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
