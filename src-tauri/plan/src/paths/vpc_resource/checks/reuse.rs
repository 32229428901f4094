//! The check on what is built upon: it is there, belongs to the account, works, and fits the source.

use super::{Subject, advice, check_again, finding, passed, unread};
use crate::check::{Check, CheckId, Verdict};
use crate::facts::RegionFacts;
use crate::paths::vpc_resource::choices::{Extent, SourceChoice};
use crate::paths::vpc_resource::fit::{self, Finding, Wish, worst};
use crate::paths::vpc_resource::planning::resolution;
use crate::paths::vpc_resource::reuse::Reuse;
use crate::paths::vpc_resource::wanted::Wanted;
use crate::problem::Problem;
use crate::step::DnsResolution;

pub(super) fn fits(subject: &Subject<'_>) -> Check {
    let id = CheckId::ReuseFits;
    let reuse = match &subject.reuse {
        Ok(Reuse::Nothing) => return new_gateway(subject),
        Ok(reuse) => reuse,
        Err(_) => {
            let (what, id_chosen) = chosen(&subject.choices.extent);
            let problem = unread_list(subject.region, &subject.choices.extent);
            if problem.is_some() {
                return unread(id, format!("The {what} could not be read."), problem);
            }
            return finding(
                id,
                Verdict::Failure,
                format!(
                    "The {what} is not there, not your account's own, or managed by an AWS service."
                ),
                vec![id_chosen.to_owned()],
                Some(advice(OTHER)),
            );
        }
    };
    let wanted = match subject.wanted(id) {
        Ok(wanted) => wanted,
        Err(check) => return *check,
    };
    let findings = findings(subject, reuse, wanted);
    let mut evidence: Vec<String> = findings.iter().map(|it| it.reason.clone()).collect();
    evidence.extend(new_group(subject));
    match worst(&findings) {
        Some(it) if it.verdict != Verdict::Passed => finding(
            id,
            it.verdict,
            it.reason.clone(),
            evidence,
            Some(match it.verdict {
                Verdict::NotKnown => check_again("Check again later, or make a new gateway."),
                _ => advice(OTHER),
            }),
        ),
        _ => passed(
            id,
            match reuse {
                Reuse::Configuration(configuration, _) => {
                    format!("Configuration {} fits the source.", configuration.id)
                }
                Reuse::Gateway(_) | Reuse::Nothing => "The gateway fits the source.".to_owned(),
            },
            evidence,
        ),
    }
}

const OTHER: &str = "Choose another one from the list, or make a new gateway.";

fn findings(subject: &Subject<'_>, reuse: &Reuse<'_>, wanted: &Wanted) -> Vec<Finding> {
    let wish = Wish {
        wanted,
        resolution: resolution(&subject.choices.source),
        vpc_id: &subject.vpc.vpc_id,
    };
    match reuse {
        Reuse::Nothing => Vec::new(),
        Reuse::Gateway(gateway) => fit::gateway(subject.region, gateway, wish),
        Reuse::Configuration(configuration, gateway) => {
            fit::configuration(subject.region, configuration, *gateway, wish)
        }
    }
}

/// What was chosen to be built upon, with its ID.
fn chosen(extent: &Extent) -> (&'static str, &str) {
    match extent {
        Extent::Everything { gateway_name, .. } => ("gateway", gateway_name),
        Extent::OnGateway { gateway_id, .. } => ("gateway", gateway_id),
        Extent::OnConfiguration { configuration_id } => ("configuration", configuration_id),
    }
}

/// Why the list that should hold what is built upon was not read.
fn unread_list<'a>(region: &'a RegionFacts, extent: &Extent) -> Option<&'a Problem> {
    match extent {
        Extent::Everything { .. } => None,
        Extent::OnGateway { .. } => region.gateways.problem(),
        Extent::OnConfiguration { .. } => region.configurations.problem(),
    }
}

/// Nothing is built upon: what there is to know is what the new gateway gets for good.
fn new_gateway(subject: &Subject<'_>) -> Check {
    let source = &subject.choices.source;
    let (headline, reason) = match (source, resolution(source)) {
        (SourceChoice::Database { .. }, _) => (
            "The new gateway looks up names in public DNS.",
            "A database by ARN needs that.",
        ),
        (SourceChoice::IpAddress { .. }, _) => (
            "The new gateway looks up names in public DNS.",
            "An address needs no look-up; a database by ARN can be set up on the same gateway later.",
        ),
        (SourceChoice::DomainName { .. }, DnsResolution::Public) => (
            "The new gateway looks up names in public DNS.",
            "As chosen for the domain name; a database by ARN can be set up on the same gateway later.",
        ),
        (SourceChoice::DomainName { .. }, DnsResolution::InVpc) => (
            "The new gateway looks up names in the VPC.",
            "As chosen for the domain name; a database by ARN needs another gateway.",
        ),
        (SourceChoice::Hosts { .. }, DnsResolution::Public) => (
            "The new gateway looks up names in public DNS.",
            "As chosen for the hosts; a database by ARN can be set up on the same gateway later.",
        ),
        (SourceChoice::Hosts { .. }, DnsResolution::InVpc) => (
            "The new gateway looks up names in the VPC.",
            "As chosen for the hosts; a database by ARN needs another gateway.",
        ),
        (SourceChoice::MskServerless { .. }, _) => (
            "The new gateway looks up names in the VPC.",
            "The cluster's names exist there only; a database by ARN needs another gateway.",
        ),
    };
    let mut evidence = vec![
        reason.to_owned(),
        "This is fixed when the gateway is made.".to_owned(),
    ];
    evidence.extend(new_group(subject));
    passed(CheckId::ReuseFits, headline, evidence)
}

/// Several hosts get a group, which is always a new one: what the children of a group lead to is not read.
fn new_group(subject: &Subject<'_>) -> Option<String> {
    let group = subject.wanted.as_ref().is_ok_and(Wanted::is_group);
    group.then(|| {
        "The hosts get a group of resource configurations of their own: one that is there already is not built upon."
            .to_owned()
    })
}
