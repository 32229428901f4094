//! The far end of the way: what security groups, network ACLs and zones need to know of a source.
//!
//! A database's subnets and groups are known from RDS. An address is in the subnet that holds it, and has the
//! groups of the network interface that bears it. Where a domain name leads is not known here: AWS looks it up
//! anew for each connection.

use std::collections::BTreeSet;

use ipnet::Ipv4Net;

use crate::facts::network::{NetworkInterface, Subnet};
use crate::facts::{RegionFacts, VpcFacts};
use crate::source::Database;
use crate::step::{Definition, PortRange};

/// What the gateway has to reach.
#[derive(Debug, Clone)]
pub(in crate::paths) struct Destination<'a> {
    /// How a sentence calls it: "the database", or the name or address itself.
    pub(in crate::paths) words: String,
    /// What kind of source it is.
    pub(in crate::paths) kind: Kind,
    /// The ports to reach; empty where not known.
    pub(in crate::paths) ports: Vec<PortRange>,
    /// Where its addresses are; empty where not known.
    pub(in crate::paths) places: Vec<Place<'a>>,
    /// Its security groups; `None` where it cannot be told which it has.
    pub(in crate::paths) group_ids: Option<BTreeSet<&'a str>>,
    /// The subnets in which it is.
    pub(in crate::paths) subnet_ids: BTreeSet<&'a str>,
    /// The zones, by name, that it runs in now; empty where not known.
    pub(in crate::paths) zones: BTreeSet<&'a str>,
}

/// What kind of source a destination is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::paths) enum Kind {
    Database,
    Cluster,
    DomainName,
    IpAddress,
}

/// Addresses of one end of the way: a subnet, or one address in it.
#[derive(Debug, Clone, Copy)]
pub(in crate::paths) struct Place<'a> {
    /// The subnet, where it was read.
    pub(in crate::paths) subnet: Option<&'a Subnet>,
    /// Which of its addresses; `None` where the subnet has no IPv4 block.
    pub(in crate::paths) net: Option<Ipv4Net>,
}

impl<'a> Place<'a> {
    pub(in crate::paths) fn of_subnet(subnet: &'a Subnet) -> Self {
        Self {
            subnet: Some(subnet),
            net: subnet.cidr,
        }
    }

    /// The subnet's ID, or the address.
    pub(in crate::paths) fn label(&self) -> String {
        match (self.subnet, self.net) {
            (_, Some(net)) if net.prefix_len() == 32 => net.addr().to_string(),
            (Some(subnet), _) => subnet.id.clone(),
            (None, Some(net)) => net.to_string(),
            (None, None) => String::new(),
        }
    }
}

impl<'a> Destination<'a> {
    /// A source as it was chosen; `None` where a database was not read.
    pub(in crate::paths) fn of(
        region: &'a RegionFacts,
        vpc: &'a VpcFacts,
        wanted: &Definition,
    ) -> Option<Self> {
        match wanted {
            Definition::Database { arn } => {
                Some(Self::of_database(vpc, &Database::find(region, arn)?))
            }
            Definition::DomainName { name, ports } => Some(Self::of_name(name, ports)),
            Definition::IpAddress { address, ports } => {
                let address = Ipv4Net::from(*address);
                Some(Self::of_address(vpc, address, ports))
            }
        }
    }

    fn of_database(vpc: &'a VpcFacts, database: &Database<'a>) -> Self {
        let subnet_ids = database.subnet_ids();
        Self {
            words: "the database".to_owned(),
            kind: Kind::Database,
            ports: database
                .port
                .map(|port| PortRange {
                    first: port,
                    last: port,
                })
                .into_iter()
                .collect(),
            places: places(vpc, |it| subnet_ids.contains(it)),
            group_ids: Some(database.group_ids.clone()),
            zones: database.zones(),
            subnet_ids,
        }
    }

    /// What is known by name only.
    pub(in crate::paths) fn of_name(name: &str, ports: &[PortRange]) -> Self {
        Self {
            words: name.to_owned(),
            kind: Kind::DomainName,
            ports: ports.to_vec(),
            places: Vec::new(),
            group_ids: None,
            subnet_ids: BTreeSet::new(),
            zones: BTreeSet::new(),
        }
    }

    /// An MSK cluster in these subnets.
    pub(in crate::paths) fn of_cluster(
        vpc: &'a VpcFacts,
        ports: Vec<PortRange>,
        mut subnet_ids: BTreeSet<&'a str>,
        group_ids: BTreeSet<&'a str>,
    ) -> Self {
        let places = places(vpc, |it| subnet_ids.contains(it));
        // Of its subnets, those that are in this VPC.
        subnet_ids.retain(|id| {
            places
                .iter()
                .any(|it| it.subnet.is_some_and(|it| it.id == *id))
        });
        Self {
            words: "the cluster".to_owned(),
            kind: Kind::Cluster,
            ports,
            zones: places
                .iter()
                .filter_map(|it| Some(it.subnet?.availability_zone.as_str()))
                .collect(),
            subnet_ids,
            places,
            group_ids: Some(group_ids),
        }
    }

    fn of_address(vpc: &'a VpcFacts, address: Ipv4Net, ports: &[PortRange]) -> Self {
        let subnet = holding(vpc, address);
        Self {
            words: address.addr().to_string(),
            kind: Kind::IpAddress,
            ports: ports.to_vec(),
            places: vec![Place {
                subnet,
                net: Some(address),
            }],
            group_ids: bearer(vpc, address)
                .filter(|it| !it.security_group_ids.is_empty())
                .map(|it| it.security_group_ids.iter().map(String::as_str).collect()),
            subnet_ids: subnet.iter().map(|it| it.id.as_str()).collect(),
            zones: subnet
                .iter()
                .map(|it| it.availability_zone.as_str())
                .collect(),
        }
    }

    /// The ports as a sentence has them, such as "TCP 5432"; `None` where not known.
    pub(in crate::paths) fn traffic(&self) -> Option<String> {
        if self.ports.is_empty() {
            return None;
        }
        let ports: Vec<String> = self.ports.iter().map(ToString::to_string).collect();
        Some(format!("TCP {}", ports.join(", ")))
    }
}

/// The subnets of a VPC that are wanted, as places, by ID.
pub(in crate::paths) fn places(vpc: &VpcFacts, wanted: impl Fn(&str) -> bool) -> Vec<Place<'_>> {
    let mut found: Vec<&Subnet> = vpc
        .subnets
        .known()
        .into_iter()
        .flatten()
        .filter(|it| wanted(&it.id))
        .collect();
    found.sort_by_key(|it| &it.id);
    found.into_iter().map(Place::of_subnet).collect()
}

/// The subnet that holds an address.
pub(in crate::paths) fn holding(vpc: &VpcFacts, address: Ipv4Net) -> Option<&Subnet> {
    let mut subnets = vpc.subnets.known().into_iter().flatten();
    subnets.find(|it| it.cidr.is_some_and(|cidr| cidr.contains(&address)))
}

/// The network interface that bears an address; the lowest ID first, for an answer that depends on nothing else.
pub(in crate::paths) fn bearer(vpc: &VpcFacts, address: Ipv4Net) -> Option<&NetworkInterface> {
    vpc.network_interfaces
        .known()
        .into_iter()
        .flatten()
        .filter(|it| {
            it.addresses.contains(&address.addr())
                || it.prefixes.iter().any(|prefix| prefix.contains(&address))
        })
        .min_by_key(|it| &it.id)
}

/// A source's words at the start of a sentence: a name stays as it is.
pub(in crate::paths) fn capital(words: &str) -> String {
    match words.strip_prefix("the ") {
        Some(rest) => format!("The {rest}"),
        None => words.to_owned(),
    }
}
