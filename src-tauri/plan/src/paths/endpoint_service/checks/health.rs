//! Checks on targets that are there already: whether they are healthy, and whose address they see.

use super::load_balancers::load_balancers;
use super::targets::Judged;
use super::{Subject, advice, check_again, finding, first_lines, passed, unread, worst};
use crate::check::{Check, CheckId, Verdict};
use crate::facts::load_balancing::{TargetGroup, TargetHealth};
use crate::paths::endpoint_service::way::{End, Way};
use crate::problem::Problem;

/// Whether the targets that are there answer their health checks.
pub(super) fn health(subject: &Subject<'_>) -> Option<Check> {
    let id = CheckId::TargetHealth;
    load_balancers!(subject, id);
    let ways = match subject.ways(id) {
        Ok(ways) => ways,
        Err(check) => return Some(*check),
    };
    let mut evidence = Vec::new();
    let mut judged: Vec<Judged<'_>> = Vec::new();
    for (load_balancer, host, way) in &ways {
        if let Err(problem) = targets_were_read(way) {
            judged.push((
                Verdict::NotKnown,
                (
                    "The health of the targets could not be read.".to_owned(),
                    problem,
                ),
            ));
            continue;
        }
        let mut targets = way.targets(host);
        targets.sort_by_key(|it| (&it.id, it.port));
        if targets.is_empty() {
            judged.push((
                Verdict::Failure,
                (
                    format!(
                        "Load balancer {} has no target at port {}.",
                        load_balancer.name, host.port
                    ),
                    None,
                ),
            ));
        }
        for target in targets {
            evidence.push(target_line(target));
            judged.push(of_target(target));
        }
    }
    let evidence = first_lines(evidence);
    let (verdict, (headline, problem)) = worst(judged)?;
    Some(match verdict {
        Verdict::Passed => passed(id, "The targets are healthy.", evidence),
        Verdict::NotKnown => {
            let mut check = unread(id, headline, problem);
            check.evidence.extend(evidence);
            check
        }
        verdict => finding(
            id,
            verdict,
            headline,
            evidence,
            Some(check_again(
                "Look whether the source runs and lets the load balancer's addresses in at the port, then check again.",
            )),
        ),
    })
}

fn targets_were_read<'p>(way: &Way<'p>) -> Result<(), Option<&'p Problem>> {
    if let End::Unread(problem) = way.end {
        return Err(problem);
    }
    match way.groups.iter().find(|it| it.targets.known().is_none()) {
        Some(group) => Err(group.targets.problem()),
        None => Ok(()),
    }
}

fn target_line(target: &TargetHealth) -> String {
    let port = target.port.map_or_else(String::new, |it| format!(":{it}"));
    let reason = target
        .reason
        .as_ref()
        .map_or_else(String::new, |it| format!(" ({it})"));
    format!("Target {}{port}: {}{reason}", target.id, target.state)
}

fn of_target<'p>(target: &TargetHealth) -> Judged<'p> {
    let because = target
        .reason
        .as_ref()
        .map_or_else(String::new, |it| format!(", says AWS: {it}"));
    let id = &target.id;
    let (verdict, headline) = match target.state.as_str() {
        "healthy" => (Verdict::Passed, String::new()),
        "initial" => (
            Verdict::Warning,
            format!("Target {id} is being registered{because}."),
        ),
        "unhealthy" | "unused" | "draining" | "unhealthy.draining" => {
            let state = target.state.replace('.', " and ");
            (
                Verdict::Failure,
                format!("Target {id} is {state}{because}."),
            )
        }
        "unavailable" => (
            Verdict::NotKnown,
            format!("AWS does not tell the health of target {id}{because}."),
        ),
        other => (
            Verdict::NotKnown,
            format!("Target {id} is in state {other}, which this version does not know."),
        ),
    };
    (verdict, (headline, None))
}

/// Whether targets are told the client's address: over `PrivateLink` they never are.
pub(super) fn client_ip(subject: &Subject<'_>) -> Option<Check> {
    let id = CheckId::ClientIpPreservation;
    load_balancers!(subject, id);
    let ways = match subject.ways(id) {
        Ok(ways) => ways,
        Err(check) => return Some(*check),
    };
    let mut groups: Vec<&TargetGroup> = ways
        .iter()
        .flat_map(|(.., way)| way.groups.clone())
        .collect();
    groups.sort_by_key(|it| &it.arn);
    groups.dedup_by_key(|it| &it.arn);
    if groups.is_empty() {
        // That there is nothing behind the listener is what the other checks say.
        return None;
    }
    let evidence: Vec<String> = groups
        .iter()
        .map(|it| {
            let how = match it.preserves_client_ip.known() {
                Some(Some(true)) => "on",
                Some(Some(false)) => "off",
                Some(None) => "AWS does not say",
                None => "not read",
            };
            format!("Target group {}: {how}", it.name)
        })
        .collect();
    if let Some(on) = groups
        .iter()
        .find(|it| it.preserves_client_ip.known() == Some(&Some(true)))
    {
        return Some(finding(
            id,
            Verdict::Warning,
            format!("Target group {} preserves client addresses.", on.name),
            evidence,
            Some(advice(
                "Traffic over PrivateLink still comes from the load balancer's own addresses: let those in at the source. \
                 Turn it off if nobody else needs it, for targets outside the VPC do not answer with it.",
            )),
        ));
    }
    if let Some(unknown) = groups
        .iter()
        .find(|it| it.preserves_client_ip.known().is_none_or(Option::is_none))
    {
        let mut check = unread(
            id,
            "Whether client addresses are preserved is not known.",
            unknown.preserves_client_ip.problem(),
        );
        check.evidence.extend(evidence);
        return Some(check);
    }
    Some(passed(id, "Client addresses are not preserved.", evidence))
}
