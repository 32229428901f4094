//! The way over MSK's multi-VPC connectivity: each broker has a name and a port of its own there.

use std::collections::BTreeSet;

use super::{Arrival, way};
use crate::world::World;
use crate::world::msk::{ConnectionState, Scheme};

pub(super) fn through(
    world: &World,
    connection_arn: &str,
    cluster_arn: &str,
    authentication: &str,
    host: &str,
    port: u16,
) -> Result<Arrival, String> {
    let gone = || format!("{cluster_arn} is gone");
    let region_name = cluster_arn.split(':').nth(3).unwrap_or_default();
    let region = world.regions.get(region_name).ok_or_else(gone)?;
    let cluster = region.msk_cluster(cluster_arn).ok_or_else(gone)?;
    if world.msk_connection_state(connection_arn) != Some(ConnectionState::Available) {
        return Err(format!("{connection_arn} is not available"));
    }
    let scheme = Scheme::of_word(authentication).ok_or_else(gone)?;
    let named = cluster.connection_brokers(region_name, scheme);
    let index = named
        .iter()
        .position(|it| it.0.eq_ignore_ascii_case(host))
        .ok_or_else(|| format!("{host} does not resolve to the endpoint"))?;
    if named[index].1 != u32::from(port) {
        return Err(format!("{host} does not listen on {port}"));
    }
    let brokers = region.brokers(cluster);
    let broker = brokers
        .get(index)
        .ok_or_else(|| format!("the broker behind {host} is not there"))?;
    let mut hindrances = BTreeSet::new();
    // MSK's own load balancer stands in the subnets of the brokers.
    if !way::lets_in(
        region,
        &cluster.security_group_ids,
        broker.address,
        &[],
        port,
    ) {
        hindrances.insert(format!(
            "the security groups of {} let nothing in to {port}",
            cluster.name
        ));
    }
    let subnet = region.subnet(&broker.subnet_id);
    Ok(Arrival {
        vpc_id: subnet.map(|it| it.vpc_id.clone()).unwrap_or_default(),
        addresses: vec![broker.address],
        hindrances,
    })
}
