//! What answers to a connection in this world: databases, brokers of MSK, and hosts that no AWS service runs,
//! such as a self-managed Kafka or a server on the premises.

use std::net::{IpAddr, Ipv4Addr};

use serde::{Deserialize, Serialize};

use super::{Region, World};

/// The ports that brokers of MSK listen on within their VPC, whatever the authentication.
const MSK_PORTS: std::ops::RangeInclusive<u16> = 9092..=9098;

/// A host that no AWS service runs. One in a VPC has a network interface with its address, and one outside
/// of every VPC has none.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Host {
    pub(crate) name: String,
    pub(crate) address: Ipv4Addr,
    /// Where it takes connections.
    pub(crate) ports: Vec<u16>,
}

impl World {
    /// Whether something takes TCP connections at an address and port in a region. What lies on the way there
    /// is `reach::way`'s to say.
    pub(crate) fn answers(&self, region: &Region, address: Ipv4Addr, port: u16) -> bool {
        let mut hosts = region.hosts.iter();
        hosts.any(|it| it.address == address && it.ports.contains(&port))
            || self.database_answers(region, address, port)
            || broker_answers(region, address, port)
    }

    fn database_answers(&self, region: &Region, address: Ipv4Addr, port: u16) -> bool {
        let instances = region.db_instances.iter();
        let mut available = instances.filter(|it| it.status == "available" && it.port == port);
        // A cluster is where its instances are.
        available.any(|it| {
            let host = format!("{}.{}", it.id, it.host_suffix);
            let found = self.dns.public(&host);
            found.is_some_and(|it| it.addresses.contains(&IpAddr::V4(address)))
        })
    }
}

fn broker_answers(region: &Region, address: Ipv4Addr, port: u16) -> bool {
    let mut brokers = region.msk_clusters.iter().flat_map(|it| region.brokers(it));
    MSK_PORTS.contains(&port) && brokers.any(|it| it.address == address)
}
