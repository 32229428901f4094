//! The check on inbound rules: whether a load balancer's security groups stop what comes over `PrivateLink`.
//!
//! The addresses from which `ClickPipes`' endpoints connect are not known. So only two things are certain: the rules
//! are not enforced, or they let everybody in at the port.

use super::load_balancers::load_balancers;
use super::{Subject, advice, finding, passed, unread};
use crate::check::{Check, CheckId, Verdict};
use crate::facts::load_balancing::LoadBalancer;
use crate::paths::endpoint_service::choices::{Extent, LoadBalancerChange};
use crate::paths::reach::security_gate::{Gate, Opening};
use crate::problem::{Remedy, RemedyButton};
use crate::readings::shell;
use crate::step::PortRange;

pub(super) fn inbound_rules(subject: &Subject<'_>) -> Option<Check> {
    let id = CheckId::InboundRules;
    if let Extent::Everything {
        security_group_ids, ..
    } = &subject.choices.extent
    {
        return Some(if security_group_ids.is_empty() {
            passed(
                id,
                "The load balancer gets no security groups, so that there are no inbound rules.",
                vec!["Nothing is chosen that would guard it.".to_owned()],
            )
        } else {
            passed(
                id,
                "The run makes AWS leave the inbound rules out for traffic over PrivateLink.",
                vec![format!(
                    "Security groups: {}",
                    security_group_ids.join(", ")
                )],
            )
        });
    }
    let there = load_balancers!(subject, id);
    if subject.changes(LoadBalancerChange::StopEnforcingInboundRules) {
        return Some(passed(
            id,
            "The run makes AWS leave the inbound rules out for traffic over PrivateLink.",
            there.iter().map(|it| state(it)).collect(),
        ));
    }
    there
        .iter()
        .map(|it| of_one(subject, it))
        .min_by_key(|it| it.verdict)
}

fn state(load_balancer: &LoadBalancer) -> String {
    let name = &load_balancer.name;
    match load_balancer.enforces_inbound_rules {
        _ if load_balancer.security_group_ids.is_empty() => {
            format!("Load balancer {name} has no security groups.")
        }
        Some(true) => {
            format!("Load balancer {name} enforces inbound rules on PrivateLink traffic.")
        }
        Some(false) => {
            format!("Load balancer {name} does not enforce inbound rules on PrivateLink traffic.")
        }
        None => format!(
            "AWS does not say whether load balancer {name} enforces inbound rules on PrivateLink traffic."
        ),
    }
}

fn of_one(subject: &Subject<'_>, load_balancer: &LoadBalancer) -> Check {
    let id = CheckId::InboundRules;
    let mut evidence = vec![state(load_balancer)];
    if load_balancer.security_group_ids.is_empty() {
        return passed(
            id,
            "The load balancer has no security groups, so that there are no inbound rules.",
            evidence,
        );
    }
    if load_balancer.enforces_inbound_rules == Some(false) {
        return passed(
            id,
            "Inbound rules are left out for traffic over PrivateLink.",
            evidence,
        );
    }
    let source = match subject.source(id) {
        Ok(source) => source,
        Err(check) => return *check,
    };
    let Some(groups) = subject.facts.vpc.and_then(|it| it.security_groups.known()) else {
        let problem = subject
            .facts
            .vpc
            .and_then(|it| it.security_groups.problem());
        let mut check = unread(
            id,
            "Whether the inbound rules let ClickPipes in could not be read.",
            problem,
        );
        check.evidence.append(&mut evidence);
        check.remedy = Some(stop(load_balancer));
        return check;
    };
    let ports: Vec<PortRange> = source
        .hosts
        .iter()
        .map(|host| PortRange {
            first: host.port,
            last: host.port,
        })
        .collect();
    let ids = &load_balancer.security_group_ids;
    let own: Vec<_> = groups.iter().filter(|it| ids.contains(&it.id)).collect();
    let passage = Gate {
        unread: ids
            .iter()
            .map(String::as_str)
            .filter(|id| !own.iter().any(|it| it.id == *id))
            .collect(),
        groups: own,
        egress: false,
        ports: ports.clone(),
        // Nothing of the other account's can be compared.
        peer_groups: None,
        peers: Vec::new(),
    }
    .look();
    evidence.extend(passage.evidence);
    match passage.opening {
        Opening::Open => passed(
            id,
            "The inbound rules are enforced, and let everybody in at the port.",
            evidence,
        ),
        Opening::Closed if load_balancer.enforces_inbound_rules == Some(true) => finding(
            id,
            Verdict::Failure,
            format!(
                "The inbound rules of load balancer {} stop ClickPipes.",
                load_balancer.name
            ),
            evidence,
            Some(open(subject, load_balancer, &ports)),
        ),
        Opening::Closed | Opening::ClosedTo(_) | Opening::NotKnown(_) => finding(
            id,
            Verdict::NotKnown,
            format!(
                "Whether the inbound rules of load balancer {} let ClickPipes in cannot be told.",
                load_balancer.name
            ),
            evidence,
            Some(open(subject, load_balancer, &ports)),
        ),
    }
}

fn stop(load_balancer: &LoadBalancer) -> Remedy {
    Remedy {
        button: Some(RemedyButton::StopEnforcingInboundRules),
        ..advice(format!(
            "Let the run switch the enforcement off for {}: from which addresses ClickPipes connect is not documented. \
             Who may connect is decided by the service's principals and by acceptance.",
            load_balancer.name
        ))
    }
}

/// The switch, or the one rule that surely does it.
fn open(subject: &Subject<'_>, load_balancer: &LoadBalancer, ports: &[PortRange]) -> Remedy {
    let Remedy { text, button, .. } = stop(load_balancer);
    let group = load_balancer.security_group_ids.first();
    let commands: Vec<String> = group
        .into_iter()
        .flat_map(|group| {
            ports.iter().map(move |port| {
                format!(
                    "aws ec2 authorize-security-group-ingress --group-id {} --protocol tcp --port {port} \
                     --cidr 0.0.0.0/0 --region {}",
                    shell::quote(group),
                    shell::quote(&subject.facts.region.identity.region)
                )
            })
        })
        .collect();
    Remedy {
        text: format!(
            "{text} Or add the rule that lets everybody in at the port; the load balancer itself stays internal."
        ),
        command: (!commands.is_empty()).then(|| commands.join("\n")),
        button,
    }
}
