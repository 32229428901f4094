//! The subnets of the network page: whether a load balancer fits, and which are ticked at first.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::LoadBalancerSubnetRow;
use crate::check::Verdict;
use crate::facts::VpcFacts;
use crate::facts::network::Subnet;
use crate::paths::endpoint_service::checks::other_region::LEFT_OUT;
use crate::paths::endpoint_service::source::Source;
use crate::paths::reach::destination::Destination;

/// The fewest free addresses of a subnet in which AWS chooses a load balancer's address (Network Load Balancer User
/// Guide, "Availability Zones").
const FREE_ADDRESSES: u32 = 8;

/// Every subnet of the VPC, those that fit best first.
pub(super) fn rows(
    vpc: &VpcFacts,
    account_id: &str,
    source: &Source<'_>,
    destinations: &[Destination<'_>],
) -> Vec<LoadBalancerSubnetRow> {
    let own: BTreeSet<&str> = destinations
        .iter()
        .flat_map(|it| it.subnet_ids.iter().copied())
        .collect();
    let zones: BTreeSet<&str> = destinations
        .iter()
        .flat_map(|it| it.zones.iter().copied())
        .collect();
    let mut rows: Vec<LoadBalancerSubnetRow> = vpc
        .subnets
        .known()
        .into_iter()
        .flatten()
        .map(|subnet| {
            let (verdict, reason) = judge(subnet, source.hosts.len());
            LoadBalancerSubnetRow {
                subnet: subnet.clone(),
                source_zone: zones.contains(subnet.availability_zone.as_str())
                    || own.contains(subnet.id.as_str()),
                verdict,
                reason,
            }
        })
        .collect();
    rows.sort_by_cached_key(|row| {
        (
            Reverse(row.verdict),
            !row.source_zone,
            // The source's own subnets before emptier ones: a public subnet works, but nobody would look there.
            !own.contains(row.subnet.id.as_str()),
            row.subnet.owner_id != account_id,
            Reverse(row.subnet.available_addresses),
            row.subnet.id.clone(),
        )
    });
    rows
}

fn judge(subnet: &Subnet, load_balancers: usize) -> (Verdict, String) {
    let free = subnet.available_addresses;
    if subnet.cidr.is_none() {
        return (
            Verdict::Failure,
            "IPv6 only: the load balancer needs an IPv4 address.".to_owned(),
        );
    }
    if subnet.state != "available" {
        return (
            Verdict::Failure,
            format!("Its state is {}: wait until it is available.", subnet.state),
        );
    }
    // One address each, and AWS wants to find so many free before each.
    let more = u32::try_from(load_balancers.saturating_sub(1)).unwrap_or(u32::MAX);
    let needed = FREE_ADDRESSES.saturating_add(more);
    if free < needed {
        return (
            Verdict::Failure,
            format!("{free} free addresses: AWS asks for {needed}."),
        );
    }
    if LEFT_OUT.contains(&subnet.availability_zone_id.as_str()) {
        return (
            Verdict::Warning,
            "Other regions cannot reach a load balancer in this zone.".to_owned(),
        );
    }
    (
        Verdict::Passed,
        format!("{free} free addresses, of which a load balancer takes one."),
    )
}

/// One subnet per zone, the best of each.
pub(super) fn defaults(rows: &[LoadBalancerSubnetRow]) -> Vec<String> {
    let mut zones = BTreeSet::new();
    rows.iter()
        .filter(|row| row.verdict == Verdict::Passed)
        .filter(|row| zones.insert(row.subnet.availability_zone_id.as_str()))
        .map(|row| row.subnet.id.clone())
        .collect()
}
