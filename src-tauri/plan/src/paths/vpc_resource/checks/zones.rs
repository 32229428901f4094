//! The check on zones: the gateway's subnets are spread, near the source, and where ClickPipes are.

use std::collections::{BTreeMap, BTreeSet};

use super::{Subject, advice, finding, passed, unread};
use crate::check::{Check, CheckId, Verdict};
use crate::paths::reach::destination::{Kind, capital};
use crate::paths::vpc_resource::existing;
use crate::paths::vpc_resource::reuse::gateway_of;
use crate::paths::vpc_resource::targets::Targets;

pub(super) fn zones(subject: &Subject<'_>) -> Check {
    let id = CheckId::ZoneSpread;
    let (site, subnets) = match subject.subnets(id) {
        Ok(found) => found,
        Err(check) => return *check,
    };
    let mut by_zone: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for subnet in &subnets {
        by_zone
            .entry(&subnet.availability_zone_id)
            .or_default()
            .push(&subnet.id);
    }
    let source = Source::of(subject);
    let working = working_zones(subject);
    let mut evidence: Vec<String> = by_zone
        .iter()
        .map(|(zone, ids)| format!("{zone}: {}", ids.join(", ")))
        .collect();
    evidence.extend(source.evidence());
    if !working.is_empty() {
        let zones: Vec<&str> = working.iter().copied().collect();
        evidence.push(format!(
            "Endpoints of this service work through gateways in {}.",
            zones.join(", ")
        ));
    }
    let warn = |headline: String, choose: &str| {
        let remedy = match site.gateway {
            Some(_) => format!("Make a new gateway. {choose}"),
            None => choose.to_owned(),
        };
        finding(
            id,
            Verdict::Warning,
            headline,
            evidence.clone(),
            Some(advice(remedy)),
        )
    };
    if !working.is_empty() && !by_zone.keys().any(|zone| working.contains(zone)) {
        return warn(
            "No subnet is in a zone in which ClickPipes are known to be.".to_owned(),
            "Add a subnet in one of the zones through which endpoints of this service work.",
        );
    }
    if let Some((zone, _)) = by_zone.iter().find(|(_, ids)| ids.len() > 1) {
        return warn(
            format!("More than one subnet is in zone {zone}."),
            "Choose one subnet per zone: the subnets cannot be changed later.",
        );
    }
    let among_them = subnets
        .iter()
        .any(|it| source.zones.contains(&it.availability_zone.as_str()));
    if !source.zones.is_empty() && !among_them {
        return warn(
            format!("No subnet is in a zone of {}.", source.words),
            "Add a subnet in the source's zone. Otherwise all traffic crosses zones.",
        );
    }
    if by_zone.len() == 1 {
        return warn(
            "All subnets are in one zone.".to_owned(),
            "Choose subnets in more zones: the subnets cannot be changed later.",
        );
    }
    let count = by_zone.len();
    if among_them {
        return passed(
            id,
            format!(
                "The subnets are in {count} zones, a zone of {} among them.",
                source.words
            ),
            evidence,
        );
    }
    if source.has_one {
        return unread(
            id,
            format!(
                "Whether a subnet is in the zone of {} is not known.",
                source.words
            ),
            subject
                .region
                .instances
                .problem()
                .or(subject.region.clusters.problem()),
        );
    }
    passed(id, format!("The subnets are in {count} zones."), evidence)
}

/// The source, as far as zones go.
struct Source<'a> {
    words: &'a str,
    /// By name, as in this account.
    zones: Vec<&'a str>,
    several: bool,
    /// Whether AWS knows a zone of it: it does of a database, and of an address in the VPC.
    has_one: bool,
}

impl<'a> Source<'a> {
    fn of(subject: &'a Subject<'_>) -> Self {
        let words = subject.words();
        let targets = subject.targets.as_ref();
        let known = |it: &Targets<'_>| {
            it.each
                .iter()
                .any(|it| matches!(it.kind, Kind::Database | Kind::Cluster))
        };
        Self {
            words,
            several: targets.is_some_and(|it| it.each.len() > 1),
            zones: targets
                .map(|it| it.zones().into_iter().collect())
                .unwrap_or_default(),
            has_one: targets.is_none_or(known),
        }
    }

    fn evidence(&self) -> Option<String> {
        if !self.zones.is_empty() {
            return Some(format!(
                "{} {} in {}, by its name in this account.",
                capital(self.words),
                if self.several { "are" } else { "is" },
                self.zones.join(", ")
            ));
        }
        self.has_one
            .then(|| format!("The zone of {} is not known.", self.words))
    }
}

/// The zones, by ID, of the gateways through which endpoints of this service work: one of each gateway's zones at
/// least is ClickPipes' own. Only gateways of this VPC count, whose subnets were read.
fn working_zones<'a>(subject: &Subject<'a>) -> BTreeSet<&'a str> {
    let Some(clickhouse) = subject.clickhouse else {
        return BTreeSet::new();
    };
    let subnet_ids: BTreeSet<&str> = existing::ready(clickhouse)
        .filter_map(|endpoint| {
            let configuration = existing::configuration_of(subject.region, endpoint)?;
            gateway_of(subject.region, configuration)
        })
        .flat_map(|gateway| gateway.subnet_ids.iter().map(String::as_str))
        .collect();
    subject
        .vpc
        .subnets
        .known()
        .into_iter()
        .flatten()
        .filter(|subnet| subnet_ids.contains(subnet.id.as_str()))
        .map(|subnet| subnet.availability_zone_id.as_str())
        .collect()
}
