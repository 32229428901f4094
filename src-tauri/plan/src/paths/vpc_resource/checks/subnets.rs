//! Checks on the gateway's subnets: whose they are, and whether there is room.

use super::{Subject, advice, finding, passed, unread};
use crate::check::{Check, CheckId, Verdict};
use crate::facts::network::Subnet;
use crate::free_blocks;
use crate::paths::vpc_resource::network::{
    BLOCKS_OF_NEW_GATEWAY, BLOCKS_OF_STANDING_GATEWAY, SMALLEST_RECOMMENDED, judge_blocks,
};

pub(super) fn owner(subject: &Subject<'_>) -> Check {
    let id = CheckId::SubnetOwner;
    let (site, subnets) = match subject.subnets(id) {
        Ok(found) => found,
        Err(check) => return *check,
    };
    let account = &subject.region.identity.account_id;
    let evidence = subnets
        .iter()
        .map(|it| format!("{} belongs to account {}.", label(it), it.owner_id))
        .collect();
    if let Some(gateway) = site.gateway {
        return passed(
            id,
            format!("Gateway {} is in its subnets already.", gateway.id),
            evidence,
        );
    }
    let shared = labels(subnets.iter().filter(|it| it.owner_id != *account));
    if shared.is_empty() {
        passed(id, "The subnets belong to your account.", evidence)
    } else {
        finding(
            id,
            Verdict::Failure,
            format!("Shared by another account: {shared}."),
            evidence,
            Some(advice(
                "Choose subnets of your own account, or let the account that owns the VPC set up the connection.",
            )),
        )
    }
}

pub(super) fn free_blocks(subject: &Subject<'_>) -> Check {
    let id = CheckId::FreeBlocks;
    let (site, subnets) = match subject.subnets(id) {
        Ok(found) => found,
        Err(check) => return *check,
    };
    let needed = match site.gateway {
        Some(_) => BLOCKS_OF_STANDING_GATEWAY,
        None => BLOCKS_OF_NEW_GATEWAY,
    };
    let other_subnets = match site.gateway {
        Some(_) => "Make a new gateway in other subnets, or free 16 addresses in a row.",
        None => "Choose other subnets, or create a subnet of /26 or larger for the gateway.",
    };
    let judged: Vec<(&Subnet, Verdict, String)> = subnets
        .into_iter()
        .map(|subnet| {
            let blocks =
                free_blocks::of_subnet(subnet, subject.vpc, &subject.region.identity.account_id);
            let (verdict, reason) = judge_blocks(&blocks, needed);
            (subnet, verdict, reason)
        })
        .collect();
    let evidence = judged
        .iter()
        .map(|(subnet, _, reason)| format!("{}: {reason}", label(subnet)))
        .collect();
    let of = |wanted: Verdict| {
        labels(
            judged
                .iter()
                .filter(|(_, verdict, _)| *verdict == wanted)
                .map(|(subnet, ..)| subnet),
        )
    };
    match judged.iter().map(|(_, verdict, _)| *verdict).min() {
        Some(Verdict::Failure) => finding(
            id,
            Verdict::Failure,
            format!(
                "Too few free blocks of 16 addresses: {}.",
                of(Verdict::Failure)
            ),
            evidence,
            Some(advice(other_subnets)),
        ),
        Some(Verdict::NotKnown) => {
            let problem = subject
                .vpc
                .network_interfaces
                .problem()
                .or(subject.vpc.reservations.problem());
            let mut check = unread(
                id,
                format!(
                    "Whether there is room for the endpoint is not known: {}.",
                    of(Verdict::NotKnown)
                ),
                problem,
            );
            check.evidence = evidence;
            if problem.is_none() {
                check.remedy = Some(advice(match site.gateway {
                    Some(_) => {
                        "Make a new gateway in subnets with at least two free /28 blocks, if there are any."
                    }
                    None => "Choose subnets with at least two free /28 blocks, if there are any.",
                }));
            }
            check
        }
        _ => passed(
            id,
            match site.gateway {
                Some(_) => "Each of the gateway's subnets has room for the endpoint.",
                None => "Each subnet has room for the gateway and the endpoint.",
            },
            evidence,
        ),
    }
}

pub(super) fn size(subject: &Subject<'_>) -> Check {
    let id = CheckId::SubnetSize;
    let (site, subnets) = match subject.subnets(id) {
        Ok(found) => found,
        Err(check) => return *check,
    };
    let evidence = subnets
        .iter()
        .map(|it| match it.cidr {
            Some(cidr) => format!("{} has {cidr}.", label(it)),
            None => format!("{} has no IPv4 addresses.", label(it)),
        })
        .collect();
    let small = labels(subnets.iter().filter(|it| {
        it.cidr
            .is_none_or(|cidr| cidr.prefix_len() > SMALLEST_RECOMMENDED)
    }));
    if small.is_empty() {
        passed(id, "Each subnet is /26 or larger.", evidence)
    } else {
        finding(
            id,
            Verdict::Warning,
            format!("Smaller than /26: {small}."),
            evidence,
            Some(advice(match site.gateway {
                Some(_) => "Make a new gateway in subnets of /26 or larger.",
                None => "Choose subnets of /26 or larger.",
            })),
        )
    }
}

/// A subnet's ID with its name.
pub(in super::super) fn label(subnet: &Subnet) -> String {
    match &subnet.name {
        Some(name) => format!("{} ({name})", subnet.id),
        None => subnet.id.clone(),
    }
}

fn labels<'a>(subnets: impl IntoIterator<Item = &'a &'a Subnet>) -> String {
    subnets
        .into_iter()
        .map(|it| label(it))
        .collect::<Vec<_>>()
        .join(", ")
}
