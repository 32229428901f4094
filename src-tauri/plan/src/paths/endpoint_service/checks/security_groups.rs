//! The check on security groups: the load balancer reaches the source's ports.

use super::{Subject, advice, check_again, finding, passed, unread};
use crate::check::{Check, CheckId, Verdict};
use crate::facts::VpcFacts;
use crate::paths::endpoint_service::choices::Extent;
use crate::paths::endpoint_service::page::destinations;
use crate::paths::reach::port_path::PortPath;
use crate::problem::Remedy;
use crate::readings::shell;

/// Where a load balancer is, or goes.
struct Site<'a> {
    subnet_ids: Vec<String>,
    group_ids: Vec<&'a str>,
}

pub(super) fn port_path(subject: &Subject<'_>) -> Check {
    let id = CheckId::SecurityGroupPath;
    let source = match subject.source(id) {
        Ok(source) => source,
        Err(check) => return *check,
    };
    let sites = match sites(subject, id) {
        Ok(sites) => sites,
        Err(check) => return *check,
    };
    let Some(vpc) = subject.facts.vpc else {
        return unread(id, "The VPC could not be read.", None);
    };
    let destinations = destinations(subject.facts, vpc, source);
    if destinations.is_empty() {
        return finding(
            id,
            Verdict::NotKnown,
            "The source's address is not known, so that its security groups cannot be looked at.",
            Vec::new(),
            Some(check_again("Make the address known, then check again.")),
        );
    }
    let mut worst: Option<(PortPath<'_>, &Site<'_>)> = None;
    for (destination, site) in destinations
        .iter()
        .flat_map(|it| sites.iter().map(move |site| (it, site)))
    {
        let path = if site.group_ids.is_empty() {
            PortPath::from_subnets(vpc, destination, &site.subnet_ids)
        } else {
            PortPath::look(vpc, destination, &site.group_ids, &site.subnet_ids)
        };
        if worst
            .as_ref()
            .is_none_or(|(other, _)| path.verdict() < other.verdict())
        {
            worst = Some((path, site));
        }
    }
    let Some((path, site)) = worst else {
        return unread(id, "The load balancer's place is not known.", None);
    };
    match path.verdict() {
        Verdict::Passed => passed(id, path.reason(), path.evidence()),
        Verdict::Failure => finding(
            id,
            Verdict::Failure,
            path.reason(),
            path.evidence(),
            Some(open_the_way(subject, vpc, site, &path)),
        ),
        Verdict::Warning | Verdict::NotKnown => {
            let mut check = unread(id, path.reason(), vpc.security_groups.problem());
            if vpc.security_groups.known().is_some() {
                check.evidence = path.evidence();
                check.remedy = Some(check_again(
                    "Make sure that whatever guards the source lets the load balancer's subnets in at the port.",
                ));
            }
            check
        }
    }
}

/// Every load balancer's subnets and groups.
fn sites<'s>(subject: &'s Subject<'_>, id: CheckId) -> Result<Vec<Site<'s>>, Box<Check>> {
    if let Extent::Everything {
        subnet_ids,
        security_group_ids,
        ..
    } = &subject.choices.extent
    {
        return Ok(vec![Site {
            subnet_ids: subnet_ids.clone(),
            group_ids: security_group_ids.iter().map(String::as_str).collect(),
        }]);
    }
    let there = subject.load_balancers(id)?;
    Ok(there
        .iter()
        .map(|it| Site {
            subnet_ids: it.zones.iter().map(|zone| zone.subnet_id.clone()).collect(),
            group_ids: it.security_group_ids.iter().map(String::as_str).collect(),
        })
        .collect())
}

/// The smallest rule that lets the traffic through; the load balancer's own gate first.
fn open_the_way(
    subject: &Subject<'_>,
    vpc: &VpcFacts,
    site: &Site<'_>,
    path: &PortPath<'_>,
) -> Remedy {
    let region = shell::quote(&subject.facts.region.identity.region);
    let ports = || {
        path.ports()
            .iter()
            .map(|it| format!("IpProtocol=tcp,FromPort={},ToPort={}", it.first, it.last))
    };
    let commands = |operation: &str, group: &str, peers: &[String]| {
        // One command a rule: AWS refuses a call whole if one of its rules is there already.
        let commands: Vec<String> = ports()
            .flat_map(|port| peers.iter().map(move |peer| format!("{port},{peer}")))
            .map(|permission| {
                format!(
                    "aws ec2 {operation} --group-id {} --ip-permissions {} --region {region}",
                    shell::quote(group),
                    shell::quote(&permission)
                )
            })
            .collect();
        Some(commands.join("\n"))
    };
    let by_group = |id: &str| format!("UserIdGroupPairs=[{{GroupId={id}}}]");
    if path.stops_at_gateway() {
        let (Some(own), Some(theirs)) = (path.gateway_group(), path.destination_group()) else {
            return advice(
                "Choose other security groups, or let the load balancer's ones out to the source.",
            );
        };
        return Remedy {
            command: commands("authorize-security-group-egress", own, &[by_group(theirs)]),
            ..check_again(format!(
                "Let {own} out to {theirs} at the port, then check again, or choose other security groups."
            ))
        };
    }
    let Some(theirs) = path.destination_group() else {
        return advice(
            "Give the source a security group that lets the load balancer's subnets in.",
        );
    };
    if let Some(own) = path.gateway_group() {
        return Remedy {
            command: commands("authorize-security-group-ingress", theirs, &[by_group(own)]),
            ..check_again(format!(
                "Let {own} in to {theirs} at the port, then check again."
            ))
        };
    }
    let blocks: Vec<String> = vpc
        .subnets
        .known()
        .into_iter()
        .flatten()
        .filter(|it| site.subnet_ids.contains(&it.id))
        .filter_map(|it| it.cidr)
        .map(|cidr| format!("IpRanges=[{{CidrIp={cidr}}}]"))
        .collect();
    Remedy {
        command: commands("authorize-security-group-ingress", theirs, &blocks)
            .filter(|_| !blocks.is_empty()),
        ..check_again(format!(
            "Let the load balancer's subnets in to {theirs} at the port, then check again: traffic over PrivateLink comes \
             from the load balancer's own addresses."
        ))
    }
}
