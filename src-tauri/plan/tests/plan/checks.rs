//! Every check in each verdict it can come to; the snapshots are what the admin reads.

mod cases;

use std::collections::BTreeSet;
use std::fmt::Write;

use jiff::civil::date;
use pipelink_plan::check::{Check, CheckId, Verdict};
use pipelink_plan::paths::vpc_resource::checks::check;
use pipelink_plan::paths::vpc_resource::choices::ServiceChoice;

use crate::facts::{World, denied};
use cases::cases;

const EVERY_CHECK: [CheckId; 20] = [
    CheckId::ClickPipesRegion,
    CheckId::Partition,
    CheckId::NotPublic,
    CheckId::DatabaseAvailable,
    CheckId::SameVpc,
    CheckId::SubnetOwner,
    CheckId::FreeBlocks,
    CheckId::SubnetSize,
    CheckId::ZoneSpread,
    CheckId::SecurityGroupPath,
    CheckId::Names,
    CheckId::ExistingEndpoint,
    CheckId::ServiceAwake,
    CheckId::NetworkAcls,
    CheckId::LatticeInRegion,
    CheckId::ReuseFits,
    CheckId::NameResolves,
    CheckId::Quotas,
    CheckId::ExternalSharing,
    CheckId::ShareOnce,
];

fn look(world: &World) -> Vec<Check> {
    check(
        &world.region,
        &world.vpc,
        world.clickhouse.as_ref(),
        world.lookup.as_ref(),
        &world.choices,
    )
}

fn render(check: &Check) -> String {
    let mut text = format!("{:?}: {}\n", check.verdict, check.headline);
    for line in &check.evidence {
        writeln!(text, "  - {line}").unwrap();
    }
    writeln!(text, "  why: {}", check.why).unwrap();
    if let Some(remedy) = &check.remedy {
        writeln!(text, "  do: {}", remedy.text).unwrap();
        if let Some(command) = &remedy.command {
            writeln!(text, "  $ {command}").unwrap();
        }
        if let Some(button) = &remedy.button {
            writeln!(text, "  [{button:?}]").unwrap();
        }
    }
    text
}

fn passes(world: &World) {
    let checks = look(world);
    let mut ids: Vec<CheckId> = checks.iter().map(|it| it.id).collect();
    ids.sort_unstable();
    assert_eq!(ids, EVERY_CHECK);
    let surprises: Vec<&Check> = checks
        .iter()
        .filter(|it| it.verdict != World::healthy_verdict(it.id))
        .collect();
    assert!(surprises.is_empty(), "{surprises:#?}");
}

#[test]
fn a_healthy_world_passes_every_check_that_can_be_answered() {
    passes(&World::healthy());
}

#[test]
fn so_it_does_on_a_gateway_and_on_a_configuration() {
    passes(&World::healthy().on_gateway());
    passes(&World::healthy().on_configuration());
}

#[test]
fn failures_come_first_then_warnings_then_not_known() {
    let mut world = World::healthy();
    world.service().state = "idle".to_owned();
    world.vpc.security_groups = denied("ec2:DescribeSecurityGroups");
    world.instance("orders-postgres-2").publicly_accessible = Some(true);
    let verdicts: Vec<Verdict> = look(&world).iter().map(|it| it.verdict).collect();
    let mut sorted = verdicts.clone();
    sorted.sort_unstable();
    assert_eq!(verdicts, sorted);
    assert_eq!(verdicts[0], Verdict::Failure);
    assert!(verdicts.contains(&Verdict::Warning) && verdicts.contains(&Verdict::NotKnown));
}

#[test]
fn every_check_in_each_verdict() {
    let mut told: BTreeSet<(CheckId, Verdict)> = BTreeSet::new();
    for id in EVERY_CHECK {
        let mut text = String::new();
        for case in cases().into_iter().filter(|case| case.id == id) {
            let checks = look(&case.world);
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
        insta::assert_snapshot!(format!("check_{id:?}"), text);
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
                CheckId::LatticeInRegion | CheckId::ExternalSharing => &[NotKnown, Passed],
                CheckId::DatabaseAvailable
                | CheckId::ServiceAwake
                | CheckId::SameVpc
                | CheckId::NetworkAcls
                | CheckId::ReuseFits
                | CheckId::Quotas => &[Failure, Warning, NotKnown, Passed],
                CheckId::SubnetSize
                | CheckId::ZoneSpread
                | CheckId::ExistingEndpoint
                | CheckId::NameResolves
                | CheckId::ShareOnce => &[Warning, NotKnown, Passed],
                _ => &[Failure, NotKnown, Passed],
            };
            verdicts.iter().map(move |verdict| (id, *verdict))
        })
        .collect()
}

#[test]
fn a_service_is_judged_by_the_day_it_was_created_on() {
    let mut world = World::healthy().by_hand();
    world.region.identity.region = "eu-west-1".to_owned();
    for (day, verdict) in [
        (date(2026, 1, 19), Verdict::Failure),
        (date(2026, 1, 20), Verdict::Passed),
    ] {
        world.choices.service = ServiceChoice::Hand {
            region: "eu-west-1".to_owned(),
            created_on: day,
        };
        let checks = look(&world);
        let check = checks
            .iter()
            .find(|it| it.id == CheckId::ClickPipesRegion)
            .unwrap();
        assert_eq!(check.verdict, verdict, "{day}");
    }
}
