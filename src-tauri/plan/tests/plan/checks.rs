//! Every check in each verdict it can come to; the snapshots are what the admin reads.

mod cases;

use std::collections::BTreeSet;
use std::fmt::Write;

use jiff::civil::date;
use pipelink_plan::check::{Check, CheckId, Verdict};
use pipelink_plan::paths::vpc_resource::checks::check;
use pipelink_plan::paths::vpc_resource::choices::{ServiceChoice, SourceChoice};
use pipelink_plan::step::{DnsResolution, Engine};

use crate::facts::{World, denied};
use cases::cases;

/// The checks that are made for a database.
const OF_DATABASE: [CheckId; 20] = [
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

/// Those that other sources have besides.
const OF_OTHERS: [CheckId; 5] = [
    CheckId::CustomDnsPreview,
    CheckId::SourceNames,
    CheckId::AdvertisedListeners,
    CheckId::RdsProxy,
    CheckId::MskState,
];

fn every_check() -> impl Iterator<Item = CheckId> {
    OF_DATABASE.into_iter().chain(OF_OTHERS)
}

fn look(world: &World) -> Vec<Check> {
    check(
        world.facts(),
        &world.vpc,
        world.clickhouse.as_ref(),
        &world.lookups,
        &world.choices,
    )
}

pub(crate) fn render(check: &Check) -> String {
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
    assert_eq!(ids, OF_DATABASE);
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

/// What is said of a source that the database's checks do not say, and what is not.
#[test]
fn each_source_has_the_checks_that_apply_to_it() {
    let difference = |world: &World| {
        let ids: BTreeSet<CheckId> = look(world).into_iter().map(|it| it.id).collect();
        let of_database = BTreeSet::from(OF_DATABASE);
        let more: Vec<CheckId> = ids.difference(&of_database).copied().collect();
        let less: Vec<CheckId> = of_database.difference(&ids).copied().collect();
        (more, less)
    };
    let name = |engine, custom_dns_enabled| {
        let mut world = World::healthy().of_name(DnsResolution::Public, &[]);
        world.choices.custom_dns_enabled = custom_dns_enabled;
        if let SourceChoice::DomainName {
            engine: of_name, ..
        } = &mut world.choices.source
        {
            *of_name = engine;
        }
        world
    };
    let none = Vec::new;
    assert_eq!(
        difference(&name(Engine::Postgres, false)),
        (vec![CheckId::RdsProxy], none())
    );
    assert_eq!(
        difference(&name(Engine::Kafka, true)),
        (
            vec![
                CheckId::CustomDnsPreview,
                CheckId::SourceNames,
                CheckId::AdvertisedListeners,
                CheckId::RdsProxy
            ],
            none()
        )
    );
    assert_eq!(
        difference(&World::healthy().of_nodes()),
        (
            vec![CheckId::CustomDnsPreview, CheckId::SourceNames],
            none()
        )
    );
    assert_eq!(
        difference(&World::healthy().of_brokers("b-1.example.com", "")).0,
        [
            CheckId::CustomDnsPreview,
            CheckId::SourceNames,
            CheckId::AdvertisedListeners
        ]
    );
    assert_eq!(
        difference(&World::healthy().of_serverless()),
        (
            vec![
                CheckId::CustomDnsPreview,
                CheckId::SourceNames,
                CheckId::MskState
            ],
            vec![CheckId::DatabaseAvailable]
        )
    );
}

/// Whatever keeps a source from being read, no check of it passes that looks at the source.
#[test]
fn nothing_passes_of_a_source_that_is_not_known() {
    let worlds = [
        World::healthy().of_brokers("*.example.com", ""),
        {
            let mut world = World::healthy().of_serverless();
            world.change_cluster(|it| {
                it.serverless.as_mut().unwrap().bootstrap = denied("kafka:GetBootstrapBrokers");
            });
            world
        },
        {
            let mut world = World::healthy().of_serverless();
            world.msk = None;
            world.region.msk_clusters = denied("kafka:ListClustersV2");
            world
        },
    ];
    for world in worlds {
        for check in look(&world) {
            let looks_at_source = matches!(
                check.id,
                CheckId::NotPublic
                    | CheckId::SameVpc
                    | CheckId::SecurityGroupPath
                    | CheckId::ExistingEndpoint
                    | CheckId::NetworkAcls
                    | CheckId::NameResolves
                    | CheckId::CustomDnsPreview
                    | CheckId::SourceNames
            );
            if looks_at_source {
                assert_eq!(check.verdict, Verdict::NotKnown, "{check:#?}");
            }
        }
    }
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
    for id in every_check() {
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
    every_check()
        .flat_map(|id| {
            let verdicts: &[Verdict] = match id {
                CheckId::Partition => &[Failure, Passed],
                CheckId::AdvertisedListeners => &[Warning],
                CheckId::LatticeInRegion | CheckId::ExternalSharing => &[NotKnown, Passed],
                CheckId::DatabaseAvailable
                | CheckId::ServiceAwake
                | CheckId::SameVpc
                | CheckId::NetworkAcls
                | CheckId::ReuseFits
                | CheckId::Quotas
                | CheckId::CustomDnsPreview
                | CheckId::SourceNames
                | CheckId::RdsProxy => &[Failure, Warning, NotKnown, Passed],
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
