//! Whether what comes through to a source arrives at it: the sandbox's own reading of names, listeners,
//! targets, security groups and access lists. AWS makes what is asked for, and ClickHouse an endpoint, whether
//! or not anything arrives; only a connection shows it, and here this does. One file for each way.

mod brokers;
mod endpoint;
mod load_balancer;
mod resource;
pub(crate) mod way;

use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr};

use serde::Serialize;

pub(crate) use endpoint::through;
pub(crate) use resource::reach;

/// What stands in the way; nothing means that a connection comes about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Reach {
    pub(crate) reaches: bool,
    /// Where the connection ends.
    pub(crate) addresses: Vec<Ipv4Addr>,
    pub(crate) hindrances: BTreeSet<String>,
}

impl Reach {
    fn new(addresses: Vec<Ipv4Addr>, hindrances: BTreeSet<String>) -> Self {
        Self {
            reaches: hindrances.is_empty(),
            addresses,
            hindrances,
        }
    }
}

/// Where one way through an endpoint ends.
struct Arrival {
    /// The VPC whose names the source's owner uses.
    vpc_id: String,
    addresses: Vec<Ipv4Addr>,
    hindrances: BTreeSet<String>,
}

fn v4<'a>(addresses: impl Iterator<Item = &'a IpAddr>) -> Vec<Ipv4Addr> {
    addresses
        .filter_map(|address| match address {
            IpAddr::V4(address) => Some(*address),
            IpAddr::V6(_) => None,
        })
        .collect()
}
