//! Network interfaces, as far as they take addresses.

use std::net::Ipv4Addr;

use aws_sdk_ec2::types::NetworkInterface as WireInterface;
use ipnet::Ipv4Net;
use pipelink_plan::facts::network::NetworkInterface;
use pipelink_plan::problem::Problem;

use super::{SERVICE, in_vpc, parsed};
use crate::problems::missing;
use crate::session::Aws;

const INTERFACES: &str = "DescribeNetworkInterfaces";

impl Aws {
    pub(crate) async fn network_interfaces(
        &self,
        vpc_id: &str,
    ) -> Result<Vec<NetworkInterface>, Problem> {
        self.session
            .ec2
            .describe_network_interfaces()
            .filters(in_vpc(vpc_id))
            .into_paginator()
            .items()
            .send()
            .try_collect()
            .await
            .map_err(self.problem(SERVICE, INTERFACES))?
            .into_iter()
            .map(interface)
            .collect()
    }
}

fn interface(wire: WireInterface) -> Result<NetworkInterface, Problem> {
    let addresses = wire
        .private_ip_addresses
        .unwrap_or_default()
        .into_iter()
        .filter_map(|address| address.private_ip_address)
        .map(|address| parsed(INTERFACES, Some(&address), "privateIpAddress"))
        .collect::<Result<Vec<Ipv4Addr>, Problem>>()?;
    let prefixes = wire
        .ipv4_prefixes
        .unwrap_or_default()
        .into_iter()
        .filter_map(|prefix| prefix.ipv4_prefix)
        .map(|prefix| parsed(INTERFACES, Some(&prefix), "ipv4Prefix"))
        .collect::<Result<Vec<Ipv4Net>, Problem>>()?;
    Ok(NetworkInterface {
        id: wire
            .network_interface_id
            .ok_or_else(|| missing(INTERFACES, "networkInterfaceId"))?,
        subnet_id: wire
            .subnet_id
            .ok_or_else(|| missing(INTERFACES, "subnetId"))?,
        addresses,
        prefixes,
        security_group_ids: wire
            .groups
            .unwrap_or_default()
            .into_iter()
            .filter_map(|group| group.group_id)
            .collect(),
    })
}
