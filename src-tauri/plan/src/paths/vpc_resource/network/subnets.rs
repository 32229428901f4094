//! The subnets of the network page: how much room each has, and which are ticked at first.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::{BLOCKS_OF_NEW_GATEWAY, SubnetRow};
use crate::check::Verdict;
use crate::facts::network::Subnet;
use crate::facts::{RegionFacts, VpcFacts};
use crate::free_blocks::{self, FreeBlocks};
use crate::paths::vpc_resource::acl_path::{cut_off, stops_a_part};
use crate::paths::vpc_resource::targets::Targets;

/// Every subnet of the VPC, those that fit best first.
pub(super) fn rows(region: &RegionFacts, vpc: &VpcFacts, targets: &Targets<'_>) -> Vec<SubnetRow> {
    let subnets: Vec<&Subnet> = vpc.subnets.known().into_iter().flatten().collect();
    let zones = source_zones(&subnets, targets);
    let own = targets.subnet_ids();
    let mut rows: Vec<SubnetRow> = subnets
        .into_iter()
        .map(|subnet| {
            let free_blocks = free_blocks::of_subnet(subnet, vpc, &region.identity.account_id);
            let (verdict, reason) =
                match judge_subnet(subnet, &free_blocks, &region.identity.account_id) {
                    (Verdict::Failure, reason) => (Verdict::Failure, reason),
                    judged => cut_off(vpc, subnet, targets)
                        .map_or(judged, |reason| (Verdict::Failure, reason)),
                };
            SubnetRow {
                source_zone: zones.contains(subnet.availability_zone_id.as_str()),
                subnet: subnet.clone(),
                free_blocks,
                verdict,
                reason,
            }
        })
        .collect();
    rows.sort_by_cached_key(|row| {
        (
            Reverse(row.verdict),
            !row.source_zone,
            // The source's own subnets before emptier ones: a gateway in a public subnet works, but
            // nobody would look for it there.
            !own.contains(row.subnet.id.as_str()),
            // Where the source is cannot always be known: it may be behind what is stopped.
            stops_a_part(vpc, &row.subnet, targets),
            Reverse(count(&row.free_blocks)),
            row.subnet.id.clone(),
        )
    });
    rows
}

/// The zones, by ID, of the source's subnets and of a database's instances.
fn source_zones<'a>(subnets: &[&'a Subnet], targets: &Targets<'_>) -> BTreeSet<&'a str> {
    let (own, zones) = (targets.subnet_ids(), targets.zones());
    subnets
        .iter()
        .filter(|subnet| {
            own.contains(subnet.id.as_str()) || zones.contains(subnet.availability_zone.as_str())
        })
        .map(|subnet| subnet.availability_zone_id.as_str())
        .collect()
}

fn judge_subnet(subnet: &Subnet, free_blocks: &FreeBlocks, account_id: &str) -> (Verdict, String) {
    if subnet.owner_id != account_id {
        return (
            Verdict::Failure,
            format!(
                "Shared by account {}: a resource gateway cannot be created in a shared subnet.",
                subnet.owner_id
            ),
        );
    }
    if subnet.cidr.is_none() {
        return (
            Verdict::Failure,
            "IPv6 only: the gateway needs IPv4 addresses.".to_owned(),
        );
    }
    if subnet.state != "available" {
        return (
            Verdict::Failure,
            format!("Its state is {}: wait until it is available.", subnet.state),
        );
    }
    judge_blocks(free_blocks, BLOCKS_OF_NEW_GATEWAY)
}

/// Whether free blocks are enough for one endpoint, and for the gateway where it is new, with the reason.
pub(in super::super) fn judge_blocks(free_blocks: &FreeBlocks, needed: u32) -> (Verdict, String) {
    let new = needed >= BLOCKS_OF_NEW_GATEWAY;
    match free_blocks {
        FreeBlocks::Counted { count } if *count >= needed => (
            Verdict::Passed,
            format!(
                "{count} free /28 {}: room for {}.",
                if *count == 1 { "block" } else { "blocks" },
                if new {
                    "the gateway and the endpoint"
                } else {
                    "the endpoint"
                }
            ),
        ),
        FreeBlocks::Counted { count: 1 } => (
            Verdict::Failure,
            "1 free /28 block: the gateway takes it, and none is left for the endpoint.".to_owned(),
        ),
        FreeBlocks::Counted { .. } => (
            Verdict::Failure,
            if new {
                "No free /28 block: neither the gateway nor the endpoint has room."
            } else {
                "No free /28 block: the endpoint has no room."
            }
            .to_owned(),
        ),
        FreeBlocks::Unaligned => (
            Verdict::NotKnown,
            "Sixteen addresses in a row are free, but no aligned /28 block: AWS does not say whether it can use them."
                .to_owned(),
        ),
        FreeBlocks::NotKnown { reason } => (Verdict::NotKnown, reason.clone()),
    }
}

fn count(free_blocks: &FreeBlocks) -> u32 {
    match free_blocks {
        FreeBlocks::Counted { count } => *count,
        FreeBlocks::Unaligned | FreeBlocks::NotKnown { .. } => 0,
    }
}

/// One subnet per zone, the best of each: those that fit, and only if none does, those that may.
pub(super) fn defaults(rows: &[SubnetRow]) -> Vec<String> {
    [Verdict::Passed, Verdict::NotKnown]
        .into_iter()
        .map(|verdict| {
            let mut zones = BTreeSet::new();
            rows.iter()
                .filter(|row| row.verdict == verdict)
                .filter(|row| zones.insert(row.subnet.availability_zone_id.as_str()))
                .map(|row| row.subnet.id.clone())
                .collect::<Vec<String>>()
        })
        .find(|ids| !ids.is_empty())
        .unwrap_or_default()
}
