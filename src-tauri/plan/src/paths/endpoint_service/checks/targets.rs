//! The check on the addresses of targets: whether they are, and stay, those of the source.

use std::net::{IpAddr, Ipv4Addr};

use super::{Subject, advice, check_again, finding, first_lines, passed, unread, worst};
use crate::check::{Check, CheckId, Verdict};
use crate::facts::load_balancing::LoadBalancer;
use crate::paths::endpoint_service::source::{Host, Kind, Source, words};
use crate::paths::endpoint_service::way::{End, Way};
use crate::problem::{Problem, Remedy};

/// A verdict with its headline, and the read that did not answer.
pub(super) type Judged<'p> = (Verdict, (String, Option<&'p Problem>));

/// Whether a target has, or will have, the address that the source has now.
pub(super) fn address(subject: &Subject<'_>) -> Check {
    let id = CheckId::TargetAddress;
    let source = match subject.source(id) {
        Ok(source) => source,
        Err(check) => return *check,
    };
    let there = match subject.load_balancers(id) {
        Ok(there) => there,
        Err(check) => return *check,
    };
    let mut evidence: Vec<String> = source.hosts.iter().map(resolution).collect();
    let judged: Vec<Judged<'_>> = if there.is_empty() {
        source.hosts.iter().map(|it| new(source, it)).collect()
    } else {
        let ways = match subject.ways(id) {
            Ok(ways) => ways,
            Err(check) => return *check,
        };
        evidence.extend(ways.iter().filter_map(|(lb, _, way)| targets(lb, way)));
        ways.iter()
            .map(|(lb, host, way)| standing(source, lb, host, way))
            .collect()
    };
    let evidence = first_lines(evidence);
    let Some((verdict, (headline, problem))) = worst(judged) else {
        return finding(
            id,
            Verdict::NotKnown,
            "The source has no host.",
            evidence,
            Some(advice("Correct what was entered for the source.")),
        );
    };
    match verdict {
        Verdict::Passed => passed(id, headline, evidence),
        Verdict::NotKnown => {
            let mut check = unread(id, headline, problem);
            check.evidence.extend(evidence);
            if problem.is_none() {
                check.remedy = Some(check_again(
                    "Compare the source's address with the targets yourself, then check again.",
                ));
            }
            check
        }
        Verdict::Warning => finding(
            id,
            verdict,
            headline,
            evidence,
            Some(after_failover(subject, source)),
        ),
        Verdict::Failure => finding(
            id,
            verdict,
            headline,
            evidence,
            Some(check_again(if source.kind == Kind::Brokers {
                "Look in the MSK console which address the broker has, then check again: one of the two answers may be old."
            } else if there.is_empty() {
                "Enter the address that the name has now, then check again."
            } else {
                "Register the source's address of now with the target group and take the old one out, then check again, or \
                 have a load balancer made."
            })),
        ),
    }
}

fn resolution(host: &Host) -> String {
    let at = host.at();
    match &host.resolves_to {
        None if host.names.is_empty() => format!("{at} is an address."),
        None => format!("{at} was not looked up."),
        Some(Err(problem)) => format!("{at}: {}", problem.headline()),
        Some(Ok(addresses)) if addresses.is_empty() => {
            format!("{at} does not resolve from this computer.")
        }
        Some(Ok(addresses)) => format!("{at} resolves to {}.", words(addresses)),
    }
}

fn targets(load_balancer: &LoadBalancer, way: &Way<'_>) -> Option<String> {
    let listener = way.listener?;
    if way.groups.iter().any(|it| it.targets.known().is_none()) {
        return Some(format!(
            "Targets behind {} {}: not read",
            load_balancer.name, listener.port
        ));
    }
    let mut targets: Vec<&str> = way
        .groups
        .iter()
        .flat_map(|it| it.targets.known().into_iter().flatten())
        .map(|it| it.id.as_str())
        .collect();
    targets.sort_unstable();
    Some(format!(
        "Targets behind {} {}: {}",
        load_balancer.name,
        listener.port,
        if targets.is_empty() {
            "none".to_owned()
        } else {
            targets.join(", ")
        }
    ))
}

/// A target that is made gets the address that was entered, or the one the name has now.
fn new<'p>(source: &Source<'_>, host: &'p Host) -> Judged<'p> {
    let label = host.label();
    if host.addresses.is_empty() {
        return (
            Verdict::NotKnown,
            (
                format!("The address of {label} is not known."),
                problem(host),
            ),
        );
    }
    told_by_name(source, host)
}

/// A target that is there has the address that somebody registered once.
fn standing<'p>(
    source: &Source<'_>,
    load_balancer: &LoadBalancer,
    host: &'p Host,
    way: &Way<'p>,
) -> Judged<'p> {
    let name = &load_balancer.name;
    let label = host.label();
    let others = way.others(host);
    match &way.end {
        End::There if !others.is_empty() => (
            Verdict::Warning,
            (
                format!(
                    "Load balancer {name} leads to {}, and to others too: {}.",
                    host.addresses_in_words(),
                    others.join(", ")
                ),
                None,
            ),
        ),
        End::There => told_by_name(source, host),
        End::Elsewhere(others) => (
            Verdict::Failure,
            (
                format!(
                    "Load balancer {name} leads to {}, and {label} has the address {}.",
                    others.join(", "),
                    host.addresses_in_words()
                ),
                None,
            ),
        ),
        End::Nowhere => (
            Verdict::Failure,
            (
                format!("Load balancer {name} has no target at port {}.", host.port),
                None,
            ),
        ),
        End::Unaddressed(kind) => (
            Verdict::NotKnown,
            (
                format!(
                    "Load balancer {name} leads to targets of type {kind}, whose addresses are not compared with {label}."
                ),
                None,
            ),
        ),
        End::NoListener | End::OtherProtocol(_) => (
            Verdict::NotKnown,
            (
                format!(
                    "Load balancer {name} leads to nothing over TCP {}.",
                    host.port
                ),
                None,
            ),
        ),
        End::NoAddress => (
            Verdict::NotKnown,
            (
                format!("The address of {label} is not known."),
                problem(host),
            ),
        ),
        End::Unread(problem) => (
            Verdict::NotKnown,
            (
                format!("Where load balancer {name} leads to could not be read."),
                *problem,
            ),
        ),
    }
}

/// The target has the host's address, as far as the name tells: one that does not resolve from here tells nothing.
fn told_by_name<'p>(source: &Source<'_>, host: &'p Host) -> Judged<'p> {
    let label = host.label();
    let addresses = host.addresses_in_words();
    match compare(host, &host.addresses) {
        Same::No(now) => (
            Verdict::Failure,
            (
                format!("{label} resolves to {now}, not to {addresses}."),
                None,
            ),
        ),
        Same::NotKnown if !host.names.is_empty() && source.kind != Kind::Brokers => (
            Verdict::NotKnown,
            (
                format!("Whether {addresses} is still the address of {label} is not known."),
                problem(host),
            ),
        ),
        Same::Yes | Same::NotKnown => good(source, host),
    }
}

/// The address is right: a database's moves on some day all the same.
fn good<'p>(source: &Source<'_>, host: &Host) -> Judged<'p> {
    let addresses = host.addresses_in_words();
    match source.kind {
        Kind::Database => (
            Verdict::Warning,
            (
                format!(
                    "{addresses} is the database's address now: a failover or maintenance changes it, and the target stays."
                ),
                None,
            ),
        ),
        Kind::Address => (
            Verdict::Passed,
            (format!("The target is {addresses} itself."), None),
        ),
        Kind::Hosts => (
            Verdict::Passed,
            (
                "The targets are the hosts' addresses of now.".to_owned(),
                None,
            ),
        ),
        Kind::Brokers => (
            Verdict::Passed,
            (
                "The targets are the addresses that MSK lists for its brokers.".to_owned(),
                None,
            ),
        ),
    }
}

fn problem(host: &Host) -> Option<&Problem> {
    match &host.resolves_to {
        Some(Err(problem)) => Some(problem),
        Some(Ok(_)) | None => None,
    }
}

enum Same {
    Yes,
    /// The name has these addresses instead.
    No(String),
    NotKnown,
}

fn compare(host: &Host, addresses: &[Ipv4Addr]) -> Same {
    match &host.resolves_to {
        Some(Ok(now)) if !now.is_empty() => {
            let same = addresses
                .iter()
                .all(|address| now.contains(&IpAddr::V4(*address)));
            if same {
                Same::Yes
            } else {
                Same::No(words(now))
            }
        }
        Some(_) | None => Same::NotKnown,
    }
}

fn after_failover(subject: &Subject<'_>, source: &Source<'_>) -> Remedy {
    if source.kind != Kind::Database {
        return advice(
            "Take the targets that are not the source out of the target group, unless they are.",
        );
    }
    let same_region = if subject.other_region.is_none() {
        " In the region of ClickPipes a VPC resource follows the database by itself: prefer it."
    } else {
        ""
    };
    advice(format!(
        "After each failover register the new address with the target group and take the old one out: by hand, or by a \
         function that runs on RDS events.{same_region}"
    ))
}
