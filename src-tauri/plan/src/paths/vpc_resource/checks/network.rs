//! Checks on where the gateway goes: subnets, zones, security groups.

use std::collections::BTreeMap;

use super::{Subject, advice, check_again, finding, passed, unread};
use crate::check::{Check, CheckId, Verdict};
use crate::facts::network::Subnet;
use crate::free_blocks;
use crate::names::SECURITY_GROUPS_MAX;
use crate::paths::vpc_resource::network::{SMALLEST_RECOMMENDED, judge_blocks};
use crate::paths::vpc_resource::port_path::PortPath;
use crate::problem::Remedy;
use crate::readings::shell;

pub(super) fn owner(subject: &Subject<'_>) -> Check {
    let id = CheckId::SubnetOwner;
    let subnets = match subject.subnets(id) {
        Ok(subnets) => subnets,
        Err(check) => return *check,
    };
    let account = &subject.region.identity.account_id;
    let evidence = subnets
        .iter()
        .map(|it| format!("{} belongs to account {}.", label(it), it.owner_id))
        .collect();
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
    let subnets = match subject.subnets(id) {
        Ok(subnets) => subnets,
        Err(check) => return *check,
    };
    let judged: Vec<(&Subnet, Verdict, String)> = subnets
        .into_iter()
        .map(|subnet| {
            let blocks =
                free_blocks::of_subnet(subnet, subject.vpc, &subject.region.identity.account_id);
            let (verdict, reason) = judge_blocks(&blocks);
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
            Some(advice(
                "Choose other subnets, or create a subnet of /26 or larger for the gateway.",
            )),
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
                check.remedy = Some(advice(
                    "Choose subnets with at least two free /28 blocks, if there are any.",
                ));
            }
            check
        }
        _ => passed(
            id,
            "Each subnet has room for the gateway and the endpoint.",
            evidence,
        ),
    }
}

pub(super) fn size(subject: &Subject<'_>) -> Check {
    let id = CheckId::SubnetSize;
    let subnets = match subject.subnets(id) {
        Ok(subnets) => subnets,
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
            Some(advice("Choose subnets of /26 or larger.")),
        )
    }
}

pub(super) fn zones(subject: &Subject<'_>) -> Check {
    let id = CheckId::ZoneSpread;
    let subnets = match subject.subnets(id) {
        Ok(subnets) => subnets,
        Err(check) => return *check,
    };
    let mut by_zone: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for subnet in &subnets {
        by_zone
            .entry(&subnet.availability_zone_id)
            .or_default()
            .push(&subnet.id);
    }
    let mut evidence: Vec<String> = by_zone
        .iter()
        .map(|(zone, ids)| format!("{zone}: {}", ids.join(", ")))
        .collect();
    let database_zones: Vec<&str> = subject
        .database
        .as_ref()
        .map(|it| it.zones().into_iter().collect())
        .unwrap_or_default();
    evidence.push(if database_zones.is_empty() {
        "The database's zone is not known.".to_owned()
    } else {
        format!(
            "The database runs in {}, by its name in this account.",
            database_zones.join(", ")
        )
    });
    let warn = |headline: String, remedy: &str| {
        finding(
            id,
            Verdict::Warning,
            headline,
            evidence.clone(),
            Some(advice(remedy)),
        )
    };
    if let Some((zone, _)) = by_zone.iter().find(|(_, ids)| ids.len() > 1) {
        return warn(
            format!("More than one subnet is in zone {zone}."),
            "Choose one subnet per zone: the subnets cannot be changed later.",
        );
    }
    let among_them = subnets
        .iter()
        .any(|it| database_zones.contains(&it.availability_zone.as_str()));
    if !database_zones.is_empty() && !among_them {
        return warn(
            "No subnet is in a zone of the database.".to_owned(),
            "Add a subnet in the database's zone. Otherwise all traffic crosses zones.",
        );
    }
    if by_zone.len() == 1 {
        return warn(
            "All subnets are in one zone.".to_owned(),
            "Choose subnets in more zones: the subnets cannot be changed later.",
        );
    }
    if database_zones.is_empty() {
        return unread(
            id,
            "Whether a subnet is in the database's zone is not known.",
            subject
                .region
                .instances
                .problem()
                .or(subject.region.clusters.problem()),
        );
    }
    passed(
        id,
        format!(
            "The subnets are in {} zones, a zone of the database among them.",
            by_zone.len()
        ),
        evidence,
    )
}

pub(super) fn port_path(subject: &Subject<'_>) -> Check {
    let id = CheckId::SecurityGroupPath;
    let database = match subject.database(id) {
        Ok(database) => database,
        Err(check) => return *check,
    };
    let groups: Vec<&str> = subject
        .choices
        .security_group_ids
        .iter()
        .map(String::as_str)
        .collect();
    if groups.is_empty() || groups.len() > SECURITY_GROUPS_MAX {
        return finding(
            id,
            Verdict::Failure,
            if groups.is_empty() {
                "No security group is chosen.".to_owned()
            } else {
                format!("{} security groups are chosen.", groups.len())
            },
            Vec::new(),
            Some(advice("Choose one to five security groups.")),
        );
    }
    let path = PortPath::look(subject.vpc, database, &groups, &subject.choices.subnet_ids);
    match path.verdict() {
        Verdict::Passed => passed(id, path.reason(), path.evidence()),
        Verdict::Failure => finding(
            id,
            Verdict::Failure,
            path.reason(),
            path.evidence(),
            Some(open_the_way(subject, &path)),
        ),
        _ => {
            let mut check = unread(id, path.reason(), subject.vpc.security_groups.problem());
            if database.port.is_none() {
                check.remedy = Some(check_again(
                    "Wait until AWS tells the database's port, then check again.",
                ));
            } else if subject.vpc.security_groups.known().is_some() {
                check.evidence = path.evidence();
                check.remedy = Some(check_again(
                    "Add a rule that names the other end's security group, or compare the addresses yourself.",
                ));
            }
            check
        }
    }
}

/// The smallest rule that lets the traffic through; the first gate first.
fn open_the_way(subject: &Subject<'_>, path: &PortPath) -> Remedy {
    let Some((gateway, database, port)) = path.ends() else {
        return advice("Choose other security groups.");
    };
    let (operation, at, peer, text) = if path.stops_at_gateway() {
        (
            "authorize-security-group-egress",
            gateway,
            database,
            format!(
                "Choose another security group, or let {gateway} out to {database} on TCP {port}, then check again."
            ),
        )
    } else {
        (
            "authorize-security-group-ingress",
            database,
            gateway,
            format!(
                "Choose another security group, or let {gateway} in to {database} on TCP {port}, then check again."
            ),
        )
    };
    let permission = format!(
        "IpProtocol=tcp,FromPort={port},ToPort={port},UserIdGroupPairs=[{{GroupId={peer}}}]"
    );
    Remedy {
        command: Some(format!(
            "aws ec2 {operation} --group-id {} --ip-permissions {} --region {}",
            shell::quote(at),
            shell::quote(&permission),
            shell::quote(&subject.region.identity.region)
        )),
        ..check_again(text)
    }
}

/// A subnet's ID with its name.
fn label(subnet: &Subnet) -> String {
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
