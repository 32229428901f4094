//! The way through a resource configuration: from its gateway's addresses to what it is defined as.

use std::collections::BTreeSet;
use std::net::Ipv4Addr;

use super::way::Sender;
use super::{Reach, v4};
use crate::world::lattice::{IN_VPC, ResourceConfiguration, ResourceGateway};
use crate::world::{Region, World};

/// Where a configuration leads to, or None when there is no such configuration or it has no gateway.
pub(crate) fn reach(world: &World, configuration_id: &str) -> Option<Reach> {
    let mut regions = world.regions.values();
    let (region, configuration) = regions.find_map(|region| {
        let configuration = region.configuration(configuration_id)?;
        Some((region, configuration))
    })?;
    let gateway = region.gateway_of(configuration)?;
    let mut hindrances = BTreeSet::new();
    let (addresses, ports) = match target(world, region, gateway, configuration) {
        Ok(target) => target,
        Err(hindrance) => {
            hindrances.insert(hindrance);
            (Vec::new(), Vec::new())
        }
    };
    let sender = sender(region, gateway);
    for address in &addresses {
        for port in &ports {
            hindrances.extend(sender.hindrances(region, *address, *port));
        }
    }
    Some(Reach::new(addresses, hindrances))
}

fn sender<'a>(region: &'a Region, gateway: &'a ResourceGateway) -> Sender<'a> {
    let own = region
        .network_interfaces
        .iter()
        .filter(|it| it.gateway_id.as_deref() == Some(&gateway.id));
    let from = own.flat_map(|it| {
        let subnet = it.subnet_id.as_str();
        it.addresses.iter().map(move |address| (subnet, *address))
    });
    Sender {
        who: "the gateway",
        vpc_id: &gateway.vpc_id,
        group_ids: &gateway.security_group_ids,
        from: from.collect(),
    }
}

type Target = (Vec<Ipv4Addr>, Vec<u16>);

/// The addresses and ports that a configuration leads to; of a range of ports its ends.
fn target(
    world: &World,
    region: &Region,
    gateway: &ResourceGateway,
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
        return Ok((resolve(world, gateway, name)?, ports));
    }
    let arn = definition["arnResource"]["arn"]
        .as_str()
        .unwrap_or_default();
    let (host, port) = database(region, arn)?;
    // Databases by ARN need no private zone: RDS publishes their names to everybody.
    let found = world.dns.public(&host).map(|name| &name.addresses);
    let addresses = v4(found.into_iter().flatten());
    if addresses.is_empty() {
        return Err(format!("{host} does not resolve"));
    }
    Ok((addresses, vec![port]))
}

fn resolve(world: &World, gateway: &ResourceGateway, name: &str) -> Result<Vec<Ipv4Addr>, String> {
    let found = if gateway.dns_resolution == IN_VPC {
        world.dns.within(&gateway.vpc_id, name)
    } else {
        world.dns.public(name)
    };
    let addresses = v4(found.iter().flat_map(|it| &it.addresses));
    if addresses.is_empty() {
        let id = &gateway.id;
        return Err(format!("{name} does not resolve where {id} looks"));
    }
    Ok(addresses)
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
