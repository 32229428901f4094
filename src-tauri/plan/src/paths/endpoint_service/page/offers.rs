//! What is there already and can be built upon: load balancers of the source's VPC, and endpoint services on them.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::{EndpointServiceOffer, LoadBalancerOffer, connection_rows};
use crate::check::Verdict;
use crate::facts::load_balancing::{EndpointService, LoadBalancer};
use crate::paths::endpoint_service::facts::Facts;
use crate::paths::endpoint_service::layout::Group;
use crate::paths::endpoint_service::source::Source;
use crate::paths::endpoint_service::standing::{is_clickpipes, load_balancers_of};
use crate::paths::endpoint_service::way::{End, Way};

/// What stands for or against building upon something.
type Finding = (Verdict, String);

/// The load balancers of the source's VPC.
pub(super) fn load_balancers(
    facts: &Facts<'_>,
    source: &Source<'_>,
    groups: &[Group<'_>],
) -> Vec<LoadBalancerOffer> {
    let mut offers: Vec<LoadBalancerOffer> = facts
        .load_balancing
        .load_balancers
        .known()
        .into_iter()
        .flatten()
        .filter(|it| it.vpc_id == source.described.vpc_id)
        .map(|load_balancer| {
            let (verdict, reason) = judge(facts, load_balancer, groups);
            LoadBalancerOffer {
                zone_ids: zone_ids(facts, load_balancer),
                leads_there: leads_there(facts, load_balancer, groups),
                load_balancer: load_balancer.clone(),
                verdict,
                reason,
            }
        })
        .collect();
    offers.sort_by_key(|offer| {
        (
            !offer.leads_there,
            Reverse(offer.verdict),
            offer.load_balancer.name.clone(),
        )
    });
    offers
}

/// The endpoint services with a load balancer in the source's VPC.
pub(super) fn services(
    facts: &Facts<'_>,
    source: &Source<'_>,
    groups: &[Group<'_>],
) -> Vec<EndpointServiceOffer> {
    let mut offers: Vec<EndpointServiceOffer> = facts
        .load_balancing
        .endpoint_services
        .known()
        .into_iter()
        .flatten()
        .filter_map(|service| {
            let there = load_balancers_of(facts, service);
            let here = there.iter().any(|it| it.vpc_id == source.described.vpc_id);
            here.then(|| offer(facts, service, &there, groups))
        })
        .collect();
    offers.sort_by_key(|offer| {
        (
            !offer.leads_there,
            Reverse(offer.verdict),
            offer.service.id.clone(),
        )
    });
    offers
}

fn offer(
    facts: &Facts<'_>,
    service: &EndpointService,
    there: &[&LoadBalancer],
    groups: &[Group<'_>],
) -> EndpointServiceOffer {
    let behind = there
        .iter()
        .map(|it| judge(facts, it, groups))
        .min_by_key(|(verdict, _)| *verdict);
    let findings: Vec<Finding> = state(service)
        .into_iter()
        .chain(behind)
        .chain(openness(service))
        .collect();
    let (verdict, reason) = sum(findings);
    EndpointServiceOffer {
        lets_clickpipes: service
            .principals
            .known()
            .map(|it| it.iter().any(|it| it == "*" || is_clickpipes(it))),
        connections: connection_rows(facts, service),
        other_regions: service
            .supported_regions
            .iter()
            .map(|it| it.region.clone())
            .filter(|it| *it != facts.region.identity.region)
            .collect(),
        leads_there: there.iter().any(|it| leads_there(facts, it, groups)),
        service: service.clone(),
        verdict,
        reason,
    }
}

fn state(service: &EndpointService) -> Option<Finding> {
    if service.state.eq_ignore_ascii_case("available") {
        return None;
    }
    let verdict = if service.state.eq_ignore_ascii_case("pending") {
        Verdict::Warning
    } else {
        Verdict::Failure
    };
    Some((verdict, format!("Its state is {}.", service.state)))
}

fn openness(service: &EndpointService) -> Vec<Finding> {
    let mut findings = Vec::new();
    match service.principals.known() {
        None => findings.push((
            Verdict::NotKnown,
            "Who may connect to it could not be read.".to_owned(),
        )),
        Some(principals) if principals.iter().any(|it| it == "*") => {
            findings.push((Verdict::Warning, "It is open to everybody.".to_owned()));
        }
        Some(principals) if principals.iter().any(|it| is_clickpipes(it)) => findings.push((
            Verdict::Passed,
            "It leads to the source, and ClickPipes' account may connect.".to_owned(),
        )),
        Some(_) => findings.push((
            Verdict::Passed,
            "It leads to the source; the run lets ClickPipes' account connect.".to_owned(),
        )),
    }
    if !service.acceptance_required {
        findings.push((
            Verdict::Warning,
            "It accepts connections by itself.".to_owned(),
        ));
    }
    findings
}

/// The worst of the findings, the first of them; a service's own good word comes last, after its load balancer's.
fn sum(findings: Vec<Finding>) -> Finding {
    let last_good = findings
        .iter()
        .rev()
        .find(|(verdict, _)| *verdict == Verdict::Passed)
        .cloned();
    let worst = findings.into_iter().min_by_key(|(verdict, _)| *verdict);
    match worst {
        Some((Verdict::Passed, _)) | None => {
            last_good.unwrap_or((Verdict::Passed, "It leads to the source.".to_owned()))
        }
        Some(worst) => worst,
    }
}

/// Whether a service can be made on a load balancer, and whether it leads to the source.
fn judge(facts: &Facts<'_>, load_balancer: &LoadBalancer, groups: &[Group<'_>]) -> Finding {
    let [group] = groups else {
        return (
            Verdict::Failure,
            format!(
                "Several hosts have the same port: {} load balancers are needed.",
                groups.len()
            ),
        );
    };
    let mut findings = Vec::new();
    if load_balancer.scheme != "internal" {
        findings.push((
            Verdict::Failure,
            format!("It is {}: an internal one is needed.", load_balancer.scheme),
        ));
    }
    match load_balancer.state.as_str() {
        "active" => {}
        "provisioning" | "active_impaired" => {
            findings.push((
                Verdict::Warning,
                format!("Its state is {}.", load_balancer.state),
            ));
        }
        other => findings.push((Verdict::Failure, format!("Its state is {other}."))),
    }
    findings.extend(
        group
            .hosts
            .iter()
            .map(|(_, host)| way_in_words(facts, load_balancer, host)),
    );
    if load_balancer.enforces_inbound_rules == Some(true)
        && !load_balancer.security_group_ids.is_empty()
    {
        findings.push((
            Verdict::Warning,
            "It enforces inbound rules on PrivateLink traffic: the run can switch that off."
                .to_owned(),
        ));
    }
    if load_balancer.cross_zone.known() == Some(&false) {
        findings.push((
            Verdict::Warning,
            "It does not cross zones: the run can turn that on.".to_owned(),
        ));
    }
    sum(findings)
}

fn way_in_words(
    facts: &Facts<'_>,
    load_balancer: &LoadBalancer,
    host: &crate::paths::endpoint_service::source::Host,
) -> Finding {
    let port = host.port;
    let label = host.label();
    let way = Way::look(facts, load_balancer, host);
    match way.end {
        End::There if !way.others(host).is_empty() => (
            Verdict::Warning,
            format!(
                "It leads to {label} at TCP {port}, and to others too: {}.",
                way.others(host).join(", ")
            ),
        ),
        End::There => (
            Verdict::Passed,
            format!("It leads to {label} at TCP {port}."),
        ),
        End::Elsewhere(others) => (
            Verdict::Failure,
            format!(
                "It leads to {} at TCP {port}, not to {label}.",
                others.join(", ")
            ),
        ),
        End::Nowhere => (Verdict::Failure, format!("It has no target at TCP {port}.")),
        End::NoListener => (
            Verdict::Failure,
            format!("It does not listen at TCP {port}."),
        ),
        End::OtherProtocol(protocol) => (
            Verdict::Failure,
            format!("It listens at port {port} with protocol {protocol}, not TCP."),
        ),
        End::Unaddressed(kind) => (
            Verdict::NotKnown,
            format!(
                "It leads to targets of type {kind} at TCP {port}, whose addresses are not compared."
            ),
        ),
        End::NoAddress => (
            Verdict::NotKnown,
            format!("The address of {label} is not known, so that its targets are not compared."),
        ),
        End::Unread(_) => (
            Verdict::NotKnown,
            format!("Where it leads to at TCP {port} could not be read."),
        ),
    }
}

fn leads_there(facts: &Facts<'_>, load_balancer: &LoadBalancer, groups: &[Group<'_>]) -> bool {
    groups.iter().any(|group| {
        group
            .hosts
            .iter()
            .all(|(_, host)| Way::look(facts, load_balancer, host).end == End::There)
    })
}

fn zone_ids(facts: &Facts<'_>, load_balancer: &LoadBalancer) -> Vec<String> {
    let subnets = facts
        .vpc
        .and_then(|it| it.subnets.known())
        .into_iter()
        .flatten();
    let zones: BTreeSet<&str> = subnets
        .filter(|subnet| {
            load_balancer
                .zones
                .iter()
                .any(|it| it.subnet_id == subnet.id)
        })
        .map(|it| it.availability_zone_id.as_str())
        .collect();
    zones.into_iter().map(str::to_owned).collect()
}
