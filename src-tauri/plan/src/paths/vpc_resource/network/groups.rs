//! The security groups of the network page: whether the gateway could reach the source with each of them.

use std::cmp::Reverse;

use super::SecurityGroupRow;
use crate::facts::lattice::ResourceGateway;
use crate::facts::{RegionFacts, VpcFacts};
use crate::paths::reach::port_path::PortPath;
use crate::paths::vpc_resource::targets::Targets;
use crate::step::SourceRef;

/// Every security group of a gateway's VPC, judged for that gateway and the source of a run; empty where the
/// source was not read.
pub fn groups_of_gateway(
    region: &RegionFacts,
    vpc: &VpcFacts,
    source: &SourceRef,
    gateway: &ResourceGateway,
) -> Vec<SecurityGroupRow> {
    Targets::of_plan(region, vpc, source)
        .map(|targets| rows(vpc, &targets, &gateway.subnet_ids))
        .unwrap_or_default()
}

/// Every security group of the VPC, those that fit best first, for a gateway in these subnets.
pub(super) fn rows(
    vpc: &VpcFacts,
    targets: &Targets<'_>,
    gateway_subnet_ids: &[String],
) -> Vec<SecurityGroupRow> {
    let mut rows: Vec<(bool, bool, SecurityGroupRow)> = vpc
        .security_groups
        .known()
        .into_iter()
        .flatten()
        .filter_map(|group| {
            let ids = [group.id.as_str()];
            let look = |it| PortPath::look(vpc, it, &ids, gateway_subnet_ids);
            let paths: Vec<PortPath<'_>> = targets.each.iter().map(look).collect();
            let mut group = group.clone();
            group.rules.sort_by(|a, b| a.id.cmp(&b.id));
            let worst = paths.iter().min_by_key(|it| it.verdict())?;
            let mut deciding_rules = Vec::new();
            for rule in paths.iter().flat_map(PortPath::deciding_rules) {
                if !deciding_rules.contains(&rule) {
                    deciding_rules.push(rule);
                }
            }
            let row = SecurityGroupRow {
                group,
                verdict: worst.verdict(),
                reason: worst.reason(),
                deciding_rules,
            };
            Some((
                paths.iter().all(PortPath::by_group),
                paths.iter().all(PortPath::leaves_gateway),
                row,
            ))
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
