//! The way through a resource configuration: from its gateway's addresses to what it is defined as.

use std::collections::BTreeSet;
use std::net::Ipv4Addr;

use super::way::Sender;
use super::{Arrival, Reach, v4};
use crate::world::lattice::{
    ConfigurationKind, IN_VPC, ResourceConfiguration, ResourceGateway, Status,
};
use crate::world::{Region, World};

/// Where a configuration leads to, or None when there is no such configuration or it has no gateway. Whether
/// anything answers there is not asked.
pub(crate) fn reach(world: &World, configuration_id: &str) -> Option<Reach> {
    let (region, configuration) = find(world, configuration_id)?;
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

/// From a VPC endpoint through the configuration that it is attached to, or whose group it is attached to.
pub(super) fn through(
    world: &World,
    vpc_endpoint: &str,
    configuration_id: &str,
    port: u16,
) -> Result<Arrival, String> {
    let gone = || format!("{configuration_id} is gone");
    let (region, configuration) = find(world, configuration_id).ok_or_else(gone)?;
    let gateway = region.gateway_of(configuration).ok_or_else(gone)?;
    let group = configuration.group_id.as_ref();
    let attached = region.endpoint_associations.iter().any(|it| {
        it.vpc_endpoint_id == vpc_endpoint
            && (it.configuration_id == configuration.id || Some(&it.configuration_id) == group)
    });
    if !attached {
        return Err(format!(
            "{vpc_endpoint} is not attached to {configuration_id}"
        ));
    }
    for (id, status) in [
        (&configuration.id, configuration.status),
        (&gateway.id, gateway.status),
    ] {
        if !matches!(status, Status::Active | Status::UpdateInProgress) {
            return Err(format!("{id} is not active"));
        }
    }
    let (addresses, ports) = target(world, region, gateway, configuration)?;
    let let_through = match &configuration.port_ranges[..] {
        [] => ports.contains(&port),
        ranges => ranges.iter().any(|range| is_within(range, port)),
    };
    if !let_through {
        return Err(format!("{configuration_id} lets nothing through to {port}"));
    }
    let sender = sender(region, gateway);
    let mut hindrances = BTreeSet::new();
    for address in &addresses {
        hindrances.extend(sender.hindrances(region, *address, port));
        if !world.answers(region, *address, port) {
            hindrances.insert(format!("nothing answers at {address}:{port}"));
        }
    }
    Ok(Arrival {
        vpc_id: gateway.vpc_id.clone(),
        addresses,
        hindrances,
    })
}

fn find<'a>(world: &'a World, id: &str) -> Option<(&'a Region, &'a ResourceConfiguration)> {
    let mut regions = world.regions.values();
    regions.find_map(|region| Some((region, region.configuration(id)?)))
}

/// `5432` or `5432-5440`.
fn is_within(range: &str, port: u16) -> bool {
    let (from, to) = range.split_once('-').unwrap_or((range, range));
    match (from.parse::<u16>(), to.parse::<u16>()) {
        (Ok(from), Ok(to)) => (from..=to).contains(&port),
        _ => false,
    }
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
    if configuration.kind == ConfigurationKind::Group {
        let id = &configuration.id;
        return Err(format!(
            "{id} is a group, which leads nowhere but by its children"
        ));
    }
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
        world.name_within(&gateway.vpc_id, name)
    } else {
        world.public_name(name)
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
