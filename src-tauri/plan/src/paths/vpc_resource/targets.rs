//! The far end of the way: everything that the gateway has to reach for a source, which may be several hosts.

use std::collections::BTreeSet;

use super::facts::Facts;
use super::serverless::ServerlessCluster;
use super::wanted::{Wanted, all_ports};
use crate::facts::{RegionFacts, VpcFacts};
use crate::names::Field;
use crate::names::load_balancing::host_ports;
use crate::paths::reach::destination::Destination;
use crate::step::{Definition, PortRange, SourceRef, Target};

/// What the gateway has to reach: each of it, or the source cannot be used.
#[derive(Debug, Clone)]
pub(super) struct Targets<'a> {
    /// How a sentence calls all of it.
    pub(super) words: String,
    /// At least one. Hosts of which only names are known are one together: nothing tells them apart.
    pub(super) each: Vec<Destination<'a>>,
}

impl<'a> Targets<'a> {
    /// A source as it was chosen; `None` where a database was not read. `cluster` is the one chosen, if one is.
    pub(super) fn of(
        region: &'a RegionFacts,
        vpc: &'a VpcFacts,
        wanted: &Wanted,
        cluster: Option<ServerlessCluster<'a>>,
    ) -> Option<Self> {
        if let Some(cluster) = cluster {
            let of_cluster = of_cluster(vpc, cluster, wanted.all_ports());
            return Some(Self::one(of_cluster));
        }
        if let Some(definition) = wanted.single() {
            return Destination::of(region, vpc, definition).map(Self::one);
        }
        let by_name = named(wanted);
        let addresses = wanted
            .definitions
            .iter()
            .filter(|it| matches!(it, Definition::IpAddress { .. }))
            .filter_map(|it| Destination::of(region, vpc, it));
        Some(Self {
            words: format!("the {} hosts", wanted.definitions.len()),
            each: by_name.into_iter().chain(addresses).collect(),
        })
    }

    /// The source of a plan that was made before, with the ports that its source names.
    pub(super) fn of_plan(
        region: &'a RegionFacts,
        vpc: &'a VpcFacts,
        source: &SourceRef,
    ) -> Option<Self> {
        let ports = vec![PortRange {
            first: source.port,
            last: source.port,
        }];
        let wanted = match &source.target {
            Target::Database { arn } => Wanted::one(Definition::Database { arn: arn.clone() }),
            Target::DomainName { name } => Wanted::one(Definition::DomainName {
                name: name.clone(),
                ports,
            }),
            Target::IpAddress { address } => Wanted::one(Definition::IpAddress {
                address: *address,
                ports,
            }),
            Target::Hosts { hosts } => {
                let hosts = hosts.join("\n");
                let hosts = host_ports(Field::Source, &hosts, None, usize::MAX).ok()?;
                Wanted::of_hosts(hosts, None)
            }
            Target::MskCluster { arn } => {
                let cluster = ServerlessCluster::find(Facts::from(region), arn)?;
                return Some(Self::one(of_cluster(vpc, cluster, ports)));
            }
        };
        Self::of(region, vpc, &wanted, None)
    }

    fn one(destination: Destination<'a>) -> Self {
        Self {
            words: destination.words.clone(),
            each: vec![destination],
        }
    }

    /// The subnets in which it is, as far as known.
    pub(super) fn subnet_ids(&self) -> BTreeSet<&'a str> {
        let each = self.each.iter();
        each.flat_map(|it| it.subnet_ids.iter().copied()).collect()
    }

    /// The zones, by name, that it runs in now, as far as known.
    pub(super) fn zones(&self) -> BTreeSet<&'a str> {
        let each = self.each.iter();
        each.flat_map(|it| it.zones.iter().copied()).collect()
    }

    /// The ports as a sentence has them; `None` where one is not known.
    pub(super) fn traffic(&self) -> Option<String> {
        let mut ports: Vec<PortRange> = Vec::new();
        for destination in &self.each {
            destination.traffic()?;
            for range in &destination.ports {
                if !ports.contains(range) {
                    ports.push(*range);
                }
            }
        }
        let ports: Vec<String> = ports.iter().map(ToString::to_string).collect();
        Some(format!("TCP {}", ports.join(", ")))
    }
}

/// The hosts of which only names are known, together.
fn named<'a>(wanted: &Wanted) -> Option<Destination<'a>> {
    let is_name = |it: &&Definition| matches!(it, Definition::DomainName { .. });
    let ports = all_ports(wanted.definitions.iter().filter(is_name));
    let names: Vec<&str> = wanted.names().collect();
    match names.as_slice() {
        [] => None,
        [name] => Some(Destination::of_name(name, &ports)),
        more => Some(Destination::of_name(
            &format!("each of the {} named hosts", more.len()),
            &ports,
        )),
    }
}

fn of_cluster<'a>(
    vpc: &'a VpcFacts,
    cluster: ServerlessCluster<'a>,
    ports: Vec<PortRange>,
) -> Destination<'a> {
    let subnet_ids: BTreeSet<&str> = cluster.subnet_ids().collect();
    let here = cluster
        .serverless
        .vpcs
        .iter()
        .filter(|it| holds_one_of(vpc, &it.subnet_ids));
    let group_ids = here
        .flat_map(|it| it.security_group_ids.iter().map(String::as_str))
        .collect();
    Destination::of_cluster(vpc, ports, subnet_ids, group_ids)
}

/// Whether a VPC holds one of these subnets, as far as it was read.
fn holds_one_of(vpc: &VpcFacts, subnet_ids: &[String]) -> bool {
    let subnets = vpc.subnets.known();
    subnets.is_none_or(|all| all.iter().any(|it| subnet_ids.contains(&it.id)))
}
