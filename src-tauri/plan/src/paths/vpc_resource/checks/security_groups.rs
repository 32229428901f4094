//! The check on security groups: the gateway reaches the source's ports.

use ipnet::Ipv4Net;

use super::together::together;
use super::{Site, Subject, advice, check_again, finding, passed, unread};
use crate::check::{Check, CheckId, Verdict};
use crate::names::SECURITY_GROUPS_MAX;
use crate::paths::reach::destination::{Destination, Kind};
use crate::paths::reach::port_path::PortPath;
use crate::problem::Remedy;
use crate::readings::shell;

pub(super) fn port_path(subject: &Subject<'_>) -> Check {
    let id = CheckId::SecurityGroupPath;
    let targets = match subject.targets(id) {
        Ok(targets) => targets,
        Err(check) => return *check,
    };
    let site = match subject.site(id) {
        Ok(site) => site,
        Err(check) => return *check,
    };
    let groups: Vec<&str> = site.security_group_ids.iter().map(String::as_str).collect();
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
    let each = targets.each.iter();
    let each = each.map(|it| to_target(subject, it, &groups, &site));
    together(each.collect()).unwrap_or_else(|| subject.no_source(id))
}

fn to_target(
    subject: &Subject<'_>,
    destination: &Destination<'_>,
    groups: &[&str],
    site: &Site<'_>,
) -> Check {
    let id = CheckId::SecurityGroupPath;
    let path = PortPath::look(subject.vpc, destination, groups, site.subnet_ids);
    match path.verdict() {
        Verdict::Passed => passed(id, path.reason(), path.evidence()),
        Verdict::Failure => finding(
            id,
            Verdict::Failure,
            path.reason(),
            path.evidence(),
            Some(open_the_way(subject, destination, &path)),
        ),
        _ => {
            let mut check = unread(id, path.reason(), subject.vpc.security_groups.problem());
            if destination.ports.is_empty() {
                check.remedy = Some(check_again(
                    "Wait until AWS tells the database's port, then check again.",
                ));
            } else if subject.vpc.security_groups.known().is_some() {
                check.evidence = path.evidence();
                check.remedy = Some(check_again(if destination.group_ids.is_some() {
                    "Add a rule that names the other end's security group, or compare the addresses yourself."
                } else {
                    "Make sure that whatever guards the source lets the gateway's subnets in."
                }));
            }
            check
        }
    }
}

/// The smallest rule that lets the traffic through; the first gate first.
fn open_the_way(
    subject: &Subject<'_>,
    destination: &Destination<'_>,
    path: &PortPath<'_>,
) -> Remedy {
    let (Some(gateway), Some(traffic)) = (path.gateway_group(), destination.traffic()) else {
        return advice("Choose other security groups.");
    };
    let (operation, at, peer, text) = if path.stops_at_gateway() {
        let (peer, whom) = match (path.destination_group(), one_address(destination)) {
            (Some(group), _) => (by_group(group), group.to_owned()),
            (None, Some(net)) => (
                format!("IpRanges=[{{CidrIp={net}}}]"),
                net.addr().to_string(),
            ),
            (None, None) => {
                return advice(format!(
                    "Choose another security group, or let {gateway} out on {traffic} to where {} leads.",
                    destination.words
                ));
            }
        };
        (
            "authorize-security-group-egress",
            gateway,
            peer,
            format!(
                "Choose another security group, or let {gateway} out to {whom} on {traffic}, then check again."
            ),
        )
    } else {
        let Some(group) = path.destination_group() else {
            return advice("Choose other security groups.");
        };
        (
            "authorize-security-group-ingress",
            group,
            by_group(gateway),
            format!(
                "Choose another security group, or let {gateway} in to {group} on {traffic}, then check again."
            ),
        )
    };
    // One command a range: AWS refuses a call whole if one of its rules is there already.
    let commands: Vec<String> = path
        .ports()
        .iter()
        .map(|range| {
            let permission = format!(
                "IpProtocol=tcp,FromPort={},ToPort={},{peer}",
                range.first, range.last
            );
            format!(
                "aws ec2 {operation} --group-id {} --ip-permissions {} --region {}",
                shell::quote(at),
                shell::quote(&permission),
                shell::quote(&subject.region.identity.region)
            )
        })
        .collect();
    Remedy {
        command: Some(commands.join("\n")),
        ..check_again(text)
    }
}

fn by_group(id: &str) -> String {
    format!("UserIdGroupPairs=[{{GroupId={id}}}]")
}

/// The address, where the source is one.
fn one_address(destination: &Destination<'_>) -> Option<Ipv4Net> {
    match destination.kind {
        Kind::IpAddress => destination.places.first()?.net,
        Kind::Database | Kind::Cluster | Kind::DomainName => None,
    }
}
