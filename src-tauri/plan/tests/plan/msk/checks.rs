//! Every check of this path in each verdict it can come to; the snapshots are what the admin reads.

use std::collections::BTreeSet;
use std::fmt::Write;

use pipelink_plan::check::{Check, CheckId, Verdict};

use super::cases::cases;
use super::facts::MskWorld;
use crate::checks::render;

pub(super) const EVERY_CHECK: [CheckId; 15] = [
    CheckId::ClickPipesRegion,
    CheckId::Partition,
    CheckId::ExistingEndpoint,
    CheckId::ServiceAwake,
    CheckId::MskType,
    CheckId::MskState,
    CheckId::MskVersion,
    CheckId::MskInstance,
    CheckId::MskAuthentication,
    CheckId::MskAcls,
    CheckId::MskUnauthenticated,
    CheckId::MskConnectionFree,
    CheckId::MskPorts,
    CheckId::MskZones,
    CheckId::MskPolicy,
];

#[test]
fn a_healthy_world_passes_every_check() {
    for world in [MskWorld::healthy(), MskWorld::healthy().scram()] {
        let checks = world.look();
        let mut ids: Vec<CheckId> = checks.iter().map(|it| it.id).collect();
        ids.sort_unstable();
        assert_eq!(ids, EVERY_CHECK);
        let surprises: Vec<&Check> = checks
            .iter()
            .filter(|it| it.verdict != Verdict::Passed)
            .collect();
        assert!(surprises.is_empty(), "{surprises:#?}");
    }
}

#[test]
fn failures_come_first_then_warnings_then_not_known() {
    let mut world = MskWorld::healthy();
    world.provisioned().unauthenticated = true;
    world.brokers_rule().to_port = Some(14001);
    world.msk.policy = crate::facts::denied("kafka:GetClusterPolicy");
    let verdicts: Vec<Verdict> = world.look().iter().map(|it| it.verdict).collect();
    assert_eq!(
        verdicts[..4],
        [
            Verdict::Failure,
            Verdict::Warning,
            Verdict::NotKnown,
            Verdict::Passed
        ]
    );
}

#[test]
fn every_check_in_each_verdict() {
    let mut told: BTreeSet<(CheckId, Verdict)> = BTreeSet::new();
    for id in EVERY_CHECK {
        let mut text = String::new();
        for case in cases().into_iter().filter(|case| case.id == id) {
            let checks = case.world.look();
            let check = checks.iter().find(|it| it.id == id).unwrap();
            assert_eq!(check.verdict, case.verdict, "{}: {check:#?}", case.what);
            assert_eq!(
                check.remedy.is_none(),
                check.verdict == Verdict::Passed,
                "{}",
                case.what
            );
            told.insert((id, check.verdict));
            writeln!(text, "# {}\n{}", case.what, render(check)).unwrap();
        }
        insta::assert_snapshot!(format!("msk_check_{id:?}"), text);
    }
    let missing: Vec<(CheckId, Verdict)> = possible()
        .into_iter()
        .filter(|it| !told.contains(it))
        .collect();
    assert!(missing.is_empty(), "no case for {missing:?}");
}

/// Which verdicts each check can come to.
fn possible() -> Vec<(CheckId, Verdict)> {
    use Verdict::{Failure, NotKnown, Passed, Warning};
    EVERY_CHECK
        .into_iter()
        .flat_map(|id| {
            let verdicts: &[Verdict] = match id {
                CheckId::Partition => &[Failure, Passed],
                CheckId::ExistingEndpoint
                | CheckId::ServiceAwake
                | CheckId::MskConnectionFree
                | CheckId::MskPolicy => &[Failure, Warning, NotKnown, Passed],
                CheckId::MskPorts => &[Warning, NotKnown, Passed],
                CheckId::MskZones => &[NotKnown, Passed],
                _ => &[Failure, NotKnown, Passed],
            };
            verdicts.iter().map(move |verdict| (id, *verdict))
        })
        .collect()
}
