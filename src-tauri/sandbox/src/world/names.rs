//! What a name stands for in this world: the records of `dns`, and the names that MSK publishes for its
//! brokers, which are where the brokers are.

use std::borrow::Cow;
use std::net::IpAddr;

use super::dns::Entry;
use super::msk::{Broker, ClusterKind, MskCluster};
use super::{Region, World};

impl World {
    /// What everybody sees. MSK publishes the brokers of provisioned clusters to everybody, with the
    /// addresses that they have in their VPC.
    pub(crate) fn public_name(&self, name: &str) -> Option<Cow<'_, Entry>> {
        if let Some(found) = self.dns.public(name) {
            return Some(Cow::Borrowed(found));
        }
        let host = name.strip_suffix('.').unwrap_or(name);
        self.regions.iter().find_map(|(region_name, region)| {
            let clusters = region.msk_clusters.iter();
            let mut provisioned = clusters.filter(|it| it.kind == ClusterKind::Provisioned);
            provisioned.find_map(|cluster| {
                let brokers = region.brokers(cluster);
                let mut named = brokers.iter();
                let broker = named.find(|it| {
                    let own = cluster.broker_host(region_name, it.id);
                    own.eq_ignore_ascii_case(host)
                })?;
                Some(Cow::Owned(entry(host, std::slice::from_ref(broker))))
            })
        })
    }

    /// What a resolver in the VPC sees: its private names first, then what everybody sees.
    pub(crate) fn name_within(&self, vpc_id: &str, name: &str) -> Option<Cow<'_, Entry>> {
        if let Some(found) = self.dns.private(vpc_id, name) {
            return Some(Cow::Borrowed(found));
        }
        let host = name.strip_suffix('.').unwrap_or(name);
        let serverless = self.regions.iter().find_map(|(region_name, region)| {
            let mut clusters = region.msk_clusters.iter();
            let cluster = clusters.find(|it| {
                it.kind == ClusterKind::Serverless
                    && it.in_vpc(region, vpc_id)
                    && it.serverless_host(region_name).eq_ignore_ascii_case(host)
            })?;
            Some(Cow::Owned(entry(host, &region.brokers(cluster))))
        });
        serverless.or_else(|| self.public_name(name))
    }
}

impl MskCluster {
    /// The name of a broker for clients in its VPC.
    pub(crate) fn broker_host(&self, region: &str, id: u32) -> String {
        format!("b-{id}.{}", self.host_suffix(region))
    }

    /// The one bootstrap name of a serverless cluster, which only its VPC sees.
    pub(crate) fn serverless_host(&self, region: &str) -> String {
        format!("boot-{}", self.host_suffix(region))
    }

    fn in_vpc(&self, region: &Region, vpc_id: &str) -> bool {
        let mut subnets = self.subnet_ids.iter().filter_map(|id| region.subnet(id));
        subnets.any(|it| it.vpc_id == vpc_id)
    }
}

fn entry(name: &str, brokers: &[Broker]) -> Entry {
    Entry {
        name: name.to_ascii_lowercase(),
        addresses: brokers.iter().map(|it| IpAddr::V4(it.address)).collect(),
        txt: Vec::new(),
    }
}
