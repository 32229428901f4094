//! The security groups of the network page: whether the gateway could reach the source with each of them.

use std::cmp::Reverse;

use super::SecurityGroupRow;
use crate::facts::lattice::ResourceGateway;
use crate::facts::{RegionFacts, VpcFacts};
use crate::paths::reach::destination::Destination;
use crate::paths::reach::port_path::PortPath;
use crate::step::SourceRef;

/// Every security group of a gateway's VPC, judged for that gateway and the source of a run; empty where the
/// source was not read.
pub fn groups_of_gateway(
    region: &RegionFacts,
    vpc: &VpcFacts,
    source: &SourceRef,
    gateway: &ResourceGateway,
) -> Vec<SecurityGroupRow> {
    Destination::of_plan(region, vpc, source)
        .map(|destination| rows(vpc, &destination, &gateway.subnet_ids))
        .unwrap_or_default()
}

/// Every security group of the VPC, those that fit best first, for a gateway in these subnets.
pub(super) fn rows(
    vpc: &VpcFacts,
    destination: &Destination<'_>,
    gateway_subnet_ids: &[String],
) -> Vec<SecurityGroupRow> {
    let mut rows: Vec<(bool, bool, SecurityGroupRow)> = vpc
        .security_groups
        .known()
        .into_iter()
        .flatten()
        .map(|group| {
            let path = PortPath::look(vpc, destination, &[group.id.as_str()], gateway_subnet_ids);
            let mut group = group.clone();
            group.rules.sort_by(|a, b| a.id.cmp(&b.id));
            let row = SecurityGroupRow {
                group,
                verdict: path.verdict(),
                reason: path.reason(),
                deciding_rules: path.deciding_rules(),
            };
            (path.by_group(), path.leaves_gateway(), row)
        })
        .collect();
    // A group that the source's group names was most likely made for this, the one with the fewest rules
    // opens the least, and the VPC's default group is what everything falls into that names none.
    rows.sort_by_key(|(by_group, leaves_gateway, row)| {
        (
            Reverse(row.verdict),
            !by_group,
            !leaves_gateway,
            row.group.name == "default",
            row.group.rules.len(),
            row.group.id.clone(),
        )
    });
    rows.into_iter().map(|(_, _, row)| row).collect()
}
