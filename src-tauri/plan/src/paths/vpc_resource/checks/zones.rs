//! The check on zones: the gateway's subnets are spread, near the source, and where ClickPipes are.

use std::collections::BTreeMap;

use super::{Subject, advice, finding, passed, unread};
use crate::check::{Check, CheckId, Verdict};

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
    let mut evidence: Vec<String> = by_zone
        .iter()
        .map(|(zone, ids)| format!("{zone}: {}", ids.join(", ")))
        .collect();
    let database_zones: Vec<&str> = subject
        .database
        .as_ref()
        .map(|it| it.zones().into_iter().collect())
        .unwrap_or_default();
    evidence.push(if database_zones.is_empty() {
        "The database's zone is not known.".to_owned()
    } else {
        format!(
            "The database runs in {}, by its name in this account.",
            database_zones.join(", ")
        )
    });
    let warn = |headline: String, remedy: &str| {
        finding(
            id,
            Verdict::Warning,
            headline,
            evidence.clone(),
            Some(advice(remedy)),
        )
    };
    if let Some((zone, _)) = by_zone.iter().find(|(_, ids)| ids.len() > 1) {
        return warn(
            format!("More than one subnet is in zone {zone}."),
            "Choose one subnet per zone: the subnets cannot be changed later.",
        );
    }
    let among_them = subnets
        .iter()
        .any(|it| database_zones.contains(&it.availability_zone.as_str()));
    if !database_zones.is_empty() && !among_them {
        return warn(
            "No subnet is in a zone of the database.".to_owned(),
            "Add a subnet in the database's zone. Otherwise all traffic crosses zones.",
        );
    }
    if by_zone.len() == 1 {
        return warn(
            "All subnets are in one zone.".to_owned(),
            "Choose subnets in more zones: the subnets cannot be changed later.",
        );
    }
    if database_zones.is_empty() {
        return unread(
            id,
            "Whether a subnet is in the database's zone is not known.",
            subject
                .region
                .instances
                .problem()
                .or(subject.region.clusters.problem()),
        );
    }
    passed(
        id,
        format!(
            "The subnets are in {} zones, a zone of the database among them.",
            by_zone.len()
        ),
        evidence,
    )
}
