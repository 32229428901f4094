//! Every check in each verdict it can come to; the snapshots are what the admin reads.

use std::collections::BTreeSet;
use std::fmt::Write;

use pipelink_plan::check::{Check, CheckId, Verdict};

use super::cases::cases;
use super::world::World;
use crate::checks::render;

/// The checks of this path, each with the verdicts that it can come to.
pub(super) fn possible() -> Vec<(CheckId, &'static [Verdict])> {
    use Verdict::{Failure, NotKnown, Passed, Warning};
    vec![
        (
            CheckId::ClickPipesRegion,
            &[Failure, Warning, NotKnown, Passed],
        ),
        (CheckId::Partition, &[Failure, Passed]),
        (CheckId::SecurityGroupPath, &[Failure, NotKnown, Passed]),
        (CheckId::Names, &[Failure, NotKnown, Passed]),
        (CheckId::ExistingEndpoint, &[Warning, NotKnown, Passed]),
        (CheckId::ServiceAwake, &[Failure, Warning, NotKnown, Passed]),
        (CheckId::CustomDnsPreview, &[Failure, Warning, Passed]),
        (CheckId::SourceNames, &[Failure, Warning, NotKnown, Passed]),
        (CheckId::AdvertisedListeners, &[Warning]),
        (CheckId::RdsProxy, &[Failure, Warning, NotKnown, Passed]),
        (CheckId::MskState, &[Failure, Warning, NotKnown, Passed]),
        (CheckId::MskAuthentication, &[Failure, NotKnown, Passed]),
        (
            CheckId::LoadBalancerState,
            &[Failure, Warning, NotKnown, Passed],
        ),
        (CheckId::LoadBalancerScheme, &[Failure, NotKnown, Passed]),
        (
            CheckId::LoadBalancerZones,
            &[Failure, Warning, NotKnown, Passed],
        ),
        (CheckId::ListenerPort, &[Failure, NotKnown, Passed]),
        (CheckId::TargetHealth, &[Failure, Warning, NotKnown, Passed]),
        (
            CheckId::TargetAddress,
            &[Failure, Warning, NotKnown, Passed],
        ),
        (CheckId::CrossZone, &[Warning, NotKnown, Passed]),
        (CheckId::ClientIpPreservation, &[Warning, NotKnown, Passed]),
        (CheckId::InboundRules, &[Failure, NotKnown, Passed]),
        (CheckId::IdleTimeout, &[Failure, NotKnown, Passed]),
        (CheckId::MultiRegionRight, &[Failure, NotKnown, Passed]),
        (CheckId::SkipNameResolve, &[Warning, NotKnown, Passed]),
        (
            CheckId::PrivateDnsName,
            &[Failure, Warning, NotKnown, Passed],
        ),
        (CheckId::ServiceState, &[Failure, Warning, NotKnown, Passed]),
    ]
}

#[test]
fn every_check_in_each_verdict() {
    let mut told: BTreeSet<(CheckId, Verdict)> = BTreeSet::new();
    for (id, verdicts) in possible() {
        let mut text = String::new();
        for case in cases().into_iter().filter(|case| case.id == id) {
            let checks = case.world.checks();
            let check = checks
                .iter()
                .find(|it| it.id == id)
                .unwrap_or_else(|| panic!("{id:?} is not made: {}", case.what));
            assert_eq!(check.verdict, case.verdict, "{}: {check:#?}", case.what);
            assert!(
                verdicts.contains(&check.verdict),
                "{id:?} {:?}",
                check.verdict
            );
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
        .flat_map(|(id, verdicts)| verdicts.iter().map(move |verdict| (id, *verdict)))
        .filter(|it| !told.contains(it))
        .collect();
    assert!(missing.is_empty(), "no case for {missing:?}");
}

/// No case comes to a check or a verdict that the table does not have.
#[test]
fn no_check_is_forgotten() {
    let table = possible();
    for case in cases() {
        for check in case.world.checks() {
            let row = table.iter().find(|(id, _)| *id == check.id);
            let (_, verdicts) = row.unwrap_or_else(|| panic!("{:?}: {}", check.id, case.what));
            assert!(
                verdicts.contains(&check.verdict),
                "{:?} {:?}: {}",
                check.id,
                check.verdict,
                case.what
            );
        }
    }
}

#[test]
fn a_healthy_world_passes_every_check_but_the_standing_warnings() {
    for (what, world) in [
        ("new", World::healthy()),
        ("on a load balancer", World::healthy().on_load_balancer()),
        ("on a service", World::healthy().on_service()),
    ] {
        let surprises: Vec<Check> = world
            .checks()
            .into_iter()
            .filter(|it| it.verdict != World::healthy_verdict(it.id))
            .collect();
        assert!(surprises.is_empty(), "{what}: {surprises:#?}");
    }
}

#[test]
fn what_there_is_nothing_to_look_at_for_is_left_out() {
    let ids = |world: &World| -> Vec<CheckId> {
        let mut ids: Vec<CheckId> = world.checks().iter().map(|it| it.id).collect();
        ids.sort_unstable();
        ids
    };
    let mut new = ids(&World::healthy());
    assert_eq!(
        new,
        [
            CheckId::ClickPipesRegion,
            CheckId::Partition,
            CheckId::SecurityGroupPath,
            CheckId::Names,
            CheckId::ExistingEndpoint,
            CheckId::ServiceAwake,
            CheckId::LoadBalancerZones,
            CheckId::TargetAddress,
            CheckId::InboundRules,
        ]
    );
    new.extend([
        CheckId::LoadBalancerState,
        CheckId::LoadBalancerScheme,
        CheckId::ListenerPort,
        CheckId::TargetHealth,
        CheckId::CrossZone,
        CheckId::ClientIpPreservation,
    ]);
    new.sort_unstable();
    assert_eq!(ids(&World::healthy().on_load_balancer()), new);
    new.push(CheckId::ServiceState);
    assert_eq!(ids(&World::healthy().on_service()), new);
    let elsewhere = ids(&World::healthy().on_load_balancer().for_elsewhere());
    for id in [CheckId::IdleTimeout, CheckId::MultiRegionRight] {
        assert!(elsewhere.contains(&id), "{id:?}");
    }
}

#[test]
fn failures_come_first_then_warnings_then_not_known() {
    let mut world = World::healthy().on_service().for_elsewhere();
    world.listener().port = 6432;
    world.load_balancer().cross_zone = crate::facts::known(false);
    let verdicts: Vec<Verdict> = world.checks().iter().map(|it| it.verdict).collect();
    let mut sorted = verdicts.clone();
    sorted.sort_unstable();
    assert_eq!(verdicts, sorted);
    assert_eq!(verdicts.first(), Some(&Verdict::Failure));
    assert!(verdicts.contains(&Verdict::Warning) && verdicts.contains(&Verdict::NotKnown));
}

/// Whatever keeps the source from being read, nothing passes that looks at it.
#[test]
fn nothing_passes_of_a_source_that_is_not_known() {
    let mut gone = World::healthy().on_service();
    gone.region.clusters = crate::facts::denied("rds:DescribeDBClusters");
    let mut brokers = World::healthy().of_brokers();
    brokers.msk().nodes = crate::facts::denied("kafka:ListNodes");
    let typed = World::healthy().of_hosts(&["not a host"], "");
    for world in [gone, brokers, typed] {
        for check in world.checks() {
            let looks_at_source = matches!(
                check.id,
                CheckId::SecurityGroupPath
                    | CheckId::ExistingEndpoint
                    | CheckId::TargetAddress
                    | CheckId::ListenerPort
                    | CheckId::TargetHealth
            );
            if looks_at_source {
                assert_eq!(check.verdict, Verdict::NotKnown, "{check:#?}");
            }
        }
    }
}
