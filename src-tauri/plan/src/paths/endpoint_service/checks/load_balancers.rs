//! Checks on load balancers that are there already: their state, their scheme, and whether they cross zones.

use super::{Subject, advice, check_again, finding, passed, unread};
use crate::check::{Check, CheckId, Verdict};
use crate::facts::load_balancing::LoadBalancer;
use crate::paths::endpoint_service::choices::LoadBalancerChange;
use crate::problem::{Remedy, RemedyButton};

/// The load balancers, or what is to be said instead: `None` where none is there.
macro_rules! load_balancers {
    ($subject:expr, $id:expr) => {
        match $subject.load_balancers($id) {
            Ok([]) => return None,
            Ok(load_balancers) => load_balancers,
            Err(check) => return Some(*check),
        }
    };
}
pub(super) use load_balancers;

pub(super) fn state(subject: &Subject<'_>) -> Option<Check> {
    let id = CheckId::LoadBalancerState;
    let there = load_balancers!(subject, id);
    let evidence = there
        .iter()
        .map(|it| format!("Load balancer {} is {}.", it.name, it.state))
        .collect();
    let verdict = |it: &LoadBalancer| match it.state.as_str() {
        "active" => Verdict::Passed,
        "provisioning" | "active_impaired" => Verdict::Warning,
        "failed" => Verdict::Failure,
        _ => Verdict::NotKnown,
    };
    let one = there.iter().min_by_key(|it| verdict(it))?;
    let name = &one.name;
    Some(match verdict(one) {
        Verdict::Passed => passed(id, "The load balancer is active.", evidence),
        Verdict::Warning if one.state == "provisioning" => finding(
            id,
            Verdict::Warning,
            format!("Load balancer {name} is being set up."),
            evidence,
            Some(check_again(
                "Wait until it is active, which takes a few minutes, then check again.",
            )),
        ),
        Verdict::Warning => finding(
            id,
            Verdict::Warning,
            format!("Load balancer {name} lacks what it needs to scale."),
            evidence,
            Some(check_again(
                "Free addresses in its subnets, then check again: it forwards traffic, but AWS could not give it what it \
                 needs to grow.",
            )),
        ),
        Verdict::Failure => finding(
            id,
            Verdict::Failure,
            format!("Load balancer {name} could not be set up."),
            evidence,
            Some(advice("Choose another load balancer, or have one made.")),
        ),
        Verdict::NotKnown => finding(
            id,
            Verdict::NotKnown,
            format!(
                "Load balancer {name} is in state {}, which this version does not know.",
                one.state
            ),
            evidence,
            Some(check_again(
                "Look at it in the AWS console, then check again.",
            )),
        ),
    })
}

pub(super) fn scheme(subject: &Subject<'_>) -> Option<Check> {
    let id = CheckId::LoadBalancerScheme;
    let there = load_balancers!(subject, id);
    let evidence = there
        .iter()
        .map(|it| format!("Load balancer {} is {}.", it.name, it.scheme))
        .collect();
    Some(match there.iter().find(|it| it.scheme != "internal") {
        None => passed(id, "The load balancer is internal.", evidence),
        Some(open) => finding(
            id,
            Verdict::Failure,
            format!("Load balancer {} is {}.", open.name, open.scheme),
            evidence,
            Some(advice(
                "Choose an internal load balancer, or have one made: the scheme cannot be changed.",
            )),
        ),
    })
}

pub(super) fn cross_zone(subject: &Subject<'_>) -> Option<Check> {
    let id = CheckId::CrossZone;
    let there = load_balancers!(subject, id);
    let evidence: Vec<String> = there
        .iter()
        .map(|it| {
            let how = match it.cross_zone.known() {
                Some(true) => "on",
                Some(false) => "off",
                None => "not read",
            };
            format!("Load balancer {}: {how}", it.name)
        })
        .collect();
    if subject.changes(LoadBalancerChange::EnableCrossZone) {
        return Some(passed(
            id,
            "The run turns cross-zone load balancing on.",
            evidence,
        ));
    }
    if let Some(off) = there
        .iter()
        .find(|it| it.cross_zone.known() == Some(&false))
    {
        return Some(finding(
            id,
            Verdict::Warning,
            format!("Load balancer {} does not cross zones.", off.name),
            evidence,
            Some(Remedy {
                button: Some(RemedyButton::EnableCrossZone),
                ..advice(
                    "Let the run turn cross-zone load balancing on. AWS may charge for traffic between zones.",
                )
            }),
        ));
    }
    if let Some(unknown) = there.iter().find(|it| it.cross_zone.known().is_none()) {
        return Some(unread(
            id,
            "Whether the load balancer crosses zones could not be read.",
            unknown.cross_zone.problem(),
        ));
    }
    Some(passed(id, "The load balancer crosses zones.", evidence))
}
