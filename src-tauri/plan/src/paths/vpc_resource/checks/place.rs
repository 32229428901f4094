//! Checks on the place: region, VPC.

use std::net::Ipv4Addr;

use super::subnets::label;
use super::together::together;
use super::{Site, Subject, advice, check_again, finding, passed, unread};
use crate::check::{Check, CheckId, Verdict};
use crate::paths::reach::destination::{Destination, Kind};
use crate::problem::{Problem, Remedy};
use crate::readings::shell;

pub(super) fn same_vpc(subject: &Subject<'_>) -> Check {
    let id = CheckId::SameVpc;
    let targets = match subject.targets(id) {
        Ok(targets) => targets,
        Err(check) => return *check,
    };
    let site = match subject.site(id) {
        Ok(site) => site,
        Err(check) => return *check,
    };
    let vpc = &subject.vpc.vpc_id;
    let mut evidence = Vec::new();
    if let Some(database) = &subject.database {
        let Some(database_vpc) = database.vpc_id() else {
            return unread(
                id,
                "The database's VPC is not known.",
                database.unread_because,
            );
        };
        evidence.push(format!("Database {} is in {database_vpc}.", database.name));
        if database_vpc != vpc {
            evidence.push(format!("The gateway goes into {vpc}."));
            return finding(
                id,
                Verdict::Failure,
                format!("The database is in {database_vpc}, the gateway would be in {vpc}."),
                evidence,
                Some(elsewhere(&site)),
            );
        }
    }
    evidence.push(match site.gateway {
        Some(gateway) => format!("Gateway {} is in {}.", gateway.id, gateway.vpc_id),
        None => format!("The gateway goes into {vpc}."),
    });
    if site.gateway.is_some_and(|it| it.vpc_id != *vpc) {
        return finding(
            id,
            Verdict::Failure,
            format!("The gateway is not in {vpc}."),
            evidence,
            Some(elsewhere(&site)),
        );
    }
    let strangers = strangers(subject, &site);
    if !strangers.is_empty() {
        return finding(
            id,
            Verdict::Failure,
            format!("Not in {vpc}: {}.", strangers.join(", ")),
            evidence,
            Some(elsewhere(&site)),
        );
    }
    let problem = subject
        .vpc
        .subnets
        .problem()
        .or(subject.vpc.security_groups.problem());
    if problem.is_some() {
        let headline =
            format!("Whether all subnets and security groups are in {vpc} is not known.");
        return unread(id, headline, problem);
    }
    let each = targets.each.iter();
    let each = each.map(|it| of_target(subject, it, evidence.clone()));
    together(each.collect()).unwrap_or_else(|| subject.no_source(id))
}

/// The gateway's side is in one VPC; what there is to say of what it has to reach.
fn of_target(
    subject: &Subject<'_>,
    destination: &Destination<'_>,
    mut evidence: Vec<String>,
) -> Check {
    let id = CheckId::SameVpc;
    let vpc = &subject.vpc.vpc_id;
    match destination.kind {
        Kind::Cluster if destination.subnet_ids.is_empty() => {
            evidence.push(format!("None of the cluster's subnets is in {vpc}."));
            finding(
                id,
                Verdict::Failure,
                format!("The cluster is not in {vpc}."),
                evidence,
                Some(advice(
                    "Choose subnets and security groups of the cluster's VPC.",
                )),
            )
        }
        Kind::Cluster => {
            let subnets: Vec<&str> = destination.subnet_ids.iter().copied().collect();
            evidence.push(format!("The cluster is in {}.", subnets.join(", ")));
            passed(
                id,
                "The cluster, subnets and security groups are in one VPC.",
                evidence,
            )
        }
        Kind::Database => passed(
            id,
            "The database, subnets and security groups are in one VPC.",
            evidence,
        ),
        Kind::DomainName => {
            evidence.push("Where the name leads is looked at by itself.".to_owned());
            passed(
                id,
                format!("The subnets and security groups are in {vpc}."),
                evidence,
            )
        }
        Kind::IpAddress => address(subject, destination, evidence),
    }
}

/// VPC Lattice's model takes only addresses in the VPC, its documentation any private one.
fn address(
    subject: &Subject<'_>,
    destination: &Destination<'_>,
    mut evidence: Vec<String>,
) -> Check {
    let id = CheckId::SameVpc;
    let vpc = &subject.vpc.vpc_id;
    let words = &destination.words;
    let place = destination.places.first();
    if let Some(subnet) = place.and_then(|it| it.subnet) {
        evidence.push(format!("{words} is in {}.", label(subnet)));
        return passed(
            id,
            format!("{words}, the subnets and the security groups are in one VPC."),
            evidence,
        );
    }
    evidence.push(format!("No subnet of {vpc} holds {words}."));
    if place
        .and_then(|it| it.net)
        .is_some_and(|net| in_vpc(subject, net.addr()))
    {
        return finding(
            id,
            Verdict::Failure,
            format!("{words} is in {vpc}, but in none of its subnets: nothing can have it."),
            evidence,
            Some(advice("Correct the address, or choose its VPC.")),
        );
    }
    finding(
        id,
        Verdict::Warning,
        format!("{words} is not in {vpc}, as far as its blocks of addresses are known."),
        evidence,
        Some(advice(
            "Choose the VPC in which the address is. AWS's documentation takes any private address, its service model \
             only those in the VPC: AWS may refuse this one.",
        )),
    )
}

fn elsewhere(site: &Site<'_>) -> Remedy {
    advice(match site.gateway {
        Some(_) => "Choose a gateway of the source's VPC, or make one of its own.",
        None => "Choose subnets and security groups of the source's VPC.",
    })
}

/// Subnets and groups of the gateway that are not in the VPC, as far as it could be read.
fn strangers(subject: &Subject<'_>, site: &Site<'_>) -> Vec<String> {
    let vpc = subject.vpc;
    let subnets = vpc.subnets.known().map(|all| {
        let there = all.iter().filter(|it| it.vpc_id == vpc.vpc_id);
        missing(site.subnet_ids, there.map(|it| it.id.as_str()))
    });
    let groups = vpc.security_groups.known().map(|all| {
        let there = all.iter().filter(|it| it.vpc_id == vpc.vpc_id);
        missing(site.security_group_ids, there.map(|it| it.id.as_str()))
    });
    subnets.into_iter().chain(groups).flatten().collect()
}

fn missing<'a>(wanted: &[String], there: impl Iterator<Item = &'a str>) -> Vec<String> {
    let there: Vec<&str> = there.collect();
    let mut missing: Vec<String> = wanted
        .iter()
        .filter(|id| !there.contains(&id.as_str()))
        .cloned()
        .collect();
    missing.sort_unstable();
    missing
}

/// Whether an address is in the VPC: in its primary block, or in one of its subnets.
pub(super) fn in_vpc(subject: &Subject<'_>, address: Ipv4Addr) -> bool {
    let primary = subject
        .region
        .vpcs
        .known()
        .into_iter()
        .flatten()
        .filter(|it| it.id == subject.vpc.vpc_id)
        .filter_map(|it| it.cidr);
    let subnets = subject.vpc.subnets.known().into_iter().flatten();
    primary
        .chain(subnets.filter_map(|it| it.cidr))
        .any(|cidr| cidr.contains(&address))
}

pub(super) fn lattice(subject: &Subject<'_>) -> Check {
    let id = CheckId::LatticeInRegion;
    let region = &subject.region.identity.region;
    let reads = [
        (
            "ListResourceGateways",
            answer(subject.region.gateways.problem()),
        ),
        (
            "ListResourceConfigurations",
            answer(subject.region.configurations.problem()),
        ),
    ];
    let evidence = reads
        .iter()
        .map(|(call, answer)| match answer {
            Answer::Given => format!("{call} answered in {region}."),
            Answer::Refused(problem) => {
                format!(
                    "{call} was refused, which is an answer. {}",
                    problem.headline()
                )
            }
            Answer::Missing(problem) => problem.headline(),
        })
        .collect();
    if reads
        .iter()
        .any(|(_, answer)| !matches!(answer, Answer::Missing(_)))
    {
        return passed(id, format!("VPC Lattice answers in {region}."), evidence);
    }
    finding(
        id,
        Verdict::NotKnown,
        format!("Whether {region} has VPC Lattice is not known."),
        evidence,
        Some(Remedy {
            command: Some(format!(
                "aws vpc-lattice list-resource-gateways --region {}",
                shell::quote(region)
            )),
            ..check_again("Ask VPC Lattice yourself, then check again.")
        }),
    )
}

/// What a read tells about the service being there.
enum Answer<'a> {
    Given,
    /// The service answered, if only to refuse.
    Refused(&'a Problem),
    Missing(&'a Problem),
}

fn answer(problem: Option<&Problem>) -> Answer<'_> {
    match problem {
        None => Answer::Given,
        Some(problem @ (Problem::AccessDenied { .. } | Problem::Throttled { .. })) => {
            Answer::Refused(problem)
        }
        Some(problem) => Answer::Missing(problem),
    }
}
