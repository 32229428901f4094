//! The check on network ACLs: the way there and the way back, at the gateway's subnets and at the source's.

use std::collections::BTreeSet;

use super::subnets::label;
use super::{Site, Subject, check_again, finding, passed, unread};
use crate::check::{Check, CheckId, Verdict};
use crate::facts::network::Subnet;
use crate::network_acl::EPHEMERAL;
use crate::paths::vpc_resource::acl_path::{State, Way, closed, ways_from};
use crate::problem::Remedy;

pub(super) fn network_acls(subject: &Subject<'_>) -> Check {
    let id = CheckId::NetworkAcls;
    let targets = match subject.targets(id) {
        Ok(targets) => targets,
        Err(check) => return *check,
    };
    let (site, subnets) = match subject.subnets(id) {
        Ok(found) => found,
        Err(check) => return *check,
    };
    let Some(acls) = subject.vpc.network_acls.known() else {
        return unread(
            id,
            "The network ACLs could not be read.",
            subject.vpc.network_acls.problem(),
        );
    };
    let Some(traffic) = targets.traffic() else {
        return finding(
            id,
            Verdict::NotKnown,
            "The database's port is not known.",
            Vec::new(),
            Some(check_again(
                "Wait until AWS tells the database's port, then check again.",
            )),
        );
    };
    let ways: Vec<Vec<Way<'_>>> = targets
        .each
        .iter()
        .map(|destination| {
            let each = subnets.iter();
            each.flat_map(|from| ways_from(acls, from, destination))
                .collect()
        })
        .collect();
    judge(&site, &subnets, &ways, &traffic)
}

/// The ways to each of what has to be reached: none may be closed altogether.
fn judge(site: &Site<'_>, subnets: &[&Subnet], each: &[Vec<Way<'_>>], traffic: &str) -> Check {
    let id = CheckId::NetworkAcls;
    let ways: Vec<&Way<'_>> = each.iter().flatten().collect();
    let evidence: Vec<String> = ways
        .iter()
        .flat_map(|way| way.evidence.clone())
        .collect::<BTreeSet<String>>()
        .into_iter()
        .collect();
    let cut_off: Vec<String> = subnets
        .iter()
        .filter(|from| {
            each.iter()
                .any(|ways| closed(ways.iter().filter(|way| way.from.id == from.id)))
        })
        .map(|from| label(from))
        .collect();
    if !cut_off.is_empty() {
        return finding(
            id,
            Verdict::Failure,
            format!(
                "The network ACLs stop {traffic}, there or back, from {}.",
                cut_off.join(", ")
            ),
            evidence,
            Some(open_up(site, traffic)),
        );
    }
    if let Some(stopped) = ways.iter().find_map(|way| way.stopped.as_ref()) {
        // Where the other end is not known, a part that is stopped need not be on the way.
        let known = ways.iter().all(|way| !way.blind);
        if known {
            return finding(
                id,
                Verdict::Warning,
                format!("The network ACLs stop a part of the traffic: {stopped}."),
                evidence,
                Some(open_up(site, traffic)),
            );
        }
    }
    if let Some(missing) = ways.iter().find_map(|way| way.missing.as_ref()) {
        return finding(
            id,
            Verdict::NotKnown,
            format!("Whether the network ACLs let {traffic} through is not known: {missing}."),
            evidence,
            Some(check_again(
                "Look at the network ACLs of the subnets on the way, then check again.",
            )),
        );
    }
    let mut evidence = evidence;
    if ways.iter().any(|way| way.state == State::Within) {
        evidence.push("Within one subnet network ACLs do not apply.".to_owned());
    }
    passed(
        id,
        format!("The network ACLs let {traffic} through, and the answers back."),
        evidence,
    )
}

fn open_up(site: &Site<'_>, traffic: &str) -> Remedy {
    let otherwise = match site.gateway {
        Some(_) => "make a new gateway in other subnets",
        None => "choose other subnets",
    };
    check_again(format!(
        "Allow {traffic} from the gateway's subnets to the source, and TCP {EPHEMERAL} back, in the network ACLs named, \
         or {otherwise}. Then check again."
    ))
}
