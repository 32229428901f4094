//! Checks on the listeners of load balancers that are there: port, protocol, and the idle timeout.

use super::load_balancers::load_balancers;
use super::{Subject, advice, check_again, finding, passed, unread, worst};
use crate::check::{Check, CheckId, Verdict};
use crate::facts::load_balancing::{Listener, LoadBalancer};
use crate::paths::endpoint_service::source::Host;
use crate::paths::endpoint_service::way::{End, Way};
use crate::problem::Problem;

/// The idle timeout of a TCP listener that nobody changed, in seconds (`ELBv2`, attribute `tcp.idle_timeout.seconds`).
const OWN_IDLE_TIMEOUT: u32 = 350;

pub(super) fn port(subject: &Subject<'_>) -> Option<Check> {
    let id = CheckId::ListenerPort;
    load_balancers!(subject, id);
    let ways = match subject.ways(id) {
        Ok(ways) => ways,
        Err(check) => return Some(*check),
    };
    let evidence: Vec<String> = ways
        .iter()
        .map(|(lb, host, way)| line(lb, host, way))
        .collect();
    let judged = ways
        .iter()
        .map(|(lb, host, way)| judge(lb, host, way))
        .collect();
    Some(match worst(judged)? {
        (Verdict::Passed, _) => passed(
            id,
            "The load balancer listens at the source's port and forwards to the same one.",
            evidence,
        ),
        (Verdict::NotKnown, (headline, problem)) => {
            let mut check = unread(id, headline, problem);
            check.evidence.extend(evidence);
            check
        }
        (verdict, (headline, _)) => finding(
            id,
            verdict,
            headline,
            evidence,
            Some(check_again(
                "Add a listener of protocol TCP at the source's port that forwards to the same port of the source, then \
                 check again, or have a load balancer made.",
            )),
        ),
    })
}

fn line(load_balancer: &LoadBalancer, host: &Host, way: &Way<'_>) -> String {
    let name = &load_balancer.name;
    let Some(listener) = way.listener else {
        return match way.end {
            End::NoListener => format!("Load balancer {name} listens at {}.", ports(load_balancer)),
            _ => format!("Load balancer {name}: its listeners were not read."),
        };
    };
    let to = match &way.end {
        End::There => host.at(),
        End::Elsewhere(others) => others.join(", "),
        End::Nowhere => "nothing".to_owned(),
        End::Unaddressed(kind) => format!("targets of type {kind}"),
        End::OtherProtocol(_) | End::NoListener | End::NoAddress | End::Unread(_) => {
            "targets that were not compared".to_owned()
        }
    };
    format!(
        "Load balancer {name}: {} {} forwards to {to}.",
        listener.protocol, listener.port
    )
}

fn ports(load_balancer: &LoadBalancer) -> String {
    let mut ports: Vec<String> = load_balancer
        .listeners
        .known()
        .into_iter()
        .flatten()
        .map(|it| format!("{} {}", it.protocol, it.port))
        .collect();
    ports.sort_unstable();
    if ports.is_empty() {
        "no port".to_owned()
    } else {
        ports.join(", ")
    }
}

/// Of the targets only the port counts here; whose address they have is a check of its own.
fn judge<'p>(
    load_balancer: &LoadBalancer,
    host: &Host,
    way: &Way<'p>,
) -> (Verdict, (String, Option<&'p Problem>)) {
    let name = &load_balancer.name;
    let port = host.port;
    match &way.end {
        End::NoListener => (
            Verdict::Failure,
            (
                format!("Load balancer {name} does not listen at TCP {port}."),
                None,
            ),
        ),
        End::OtherProtocol(protocol) => (
            Verdict::Failure,
            (
                format!(
                    "Load balancer {name} listens at port {port} with protocol {protocol}, not TCP."
                ),
                None,
            ),
        ),
        End::Elsewhere(others) if !others.iter().any(|it| it.ends_with(&format!(":{port}"))) => (
            Verdict::Failure,
            (
                format!(
                    "Load balancer {name} forwards TCP {port} to another port: {}.",
                    others.join(", ")
                ),
                None,
            ),
        ),
        End::Unread(problem) => (
            Verdict::NotKnown,
            (
                "Where the load balancer forwards to could not be read.".to_owned(),
                *problem,
            ),
        ),
        End::There | End::Elsewhere(_) | End::Unaddressed(_) | End::Nowhere | End::NoAddress => {
            (Verdict::Passed, (String::new(), None))
        }
    }
}

/// Only where another region connects: AWS refuses that for a listener whose idle timeout was changed.
pub(super) fn idle_timeout(subject: &Subject<'_>) -> Option<Check> {
    let id = CheckId::IdleTimeout;
    let region = subject.other_region.as_ref()?;
    let there = load_balancers!(subject, id);
    let mut evidence = Vec::new();
    let mut own: Vec<(&LoadBalancer, &Listener)> = Vec::new();
    for load_balancer in there {
        let Some(listeners) = load_balancer.listeners.known() else {
            return Some(unread(
                id,
                "The idle timeouts could not be read.",
                load_balancer.listeners.problem(),
            ));
        };
        own.extend(listeners.iter().map(|listener| (*load_balancer, listener)));
    }
    own.sort_by_key(|(load_balancer, listener)| {
        (&load_balancer.name, listener.port, &listener.arn)
    });
    for (load_balancer, listener) in &own {
        let timeout = match listener.idle_timeout.known() {
            Some(Some(seconds)) => format!("{seconds} seconds"),
            Some(None) => "AWS's own".to_owned(),
            None => "not read".to_owned(),
        };
        evidence.push(format!(
            "Load balancer {}, {} {}: {timeout}",
            load_balancer.name, listener.protocol, listener.port
        ));
    }
    let changed = |it: &Listener| matches!(it.idle_timeout.known(), Some(Some(seconds)) if *seconds != OWN_IDLE_TIMEOUT);
    if let Some((load_balancer, listener)) = own.iter().find(|(_, it)| changed(it)) {
        return Some(finding(
            id,
            Verdict::Failure,
            format!(
                "The idle timeout of load balancer {} at port {} was changed: {region} cannot connect.",
                load_balancer.name, listener.port
            ),
            evidence,
            Some(check_again(format!(
                "Set the listener's idle timeout back to {OWN_IDLE_TIMEOUT} seconds, then check again, or have a load \
                 balancer made.",
            ))),
        ));
    }
    if let Some((_, listener)) = own.iter().find(|(_, it)| it.idle_timeout.known().is_none()) {
        return Some(unread(
            id,
            "Not every idle timeout could be read.",
            listener.idle_timeout.problem(),
        ));
    }
    Some(if own.is_empty() {
        finding(
            id,
            Verdict::NotKnown,
            "The load balancer has no listener.",
            evidence,
            Some(advice("Add a listener, or have a load balancer made.")),
        )
    } else {
        passed(id, "The idle timeouts are AWS's own.", evidence)
    })
}
