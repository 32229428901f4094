//! The list of sources, each with its reason; and the recommendation, from a few answers.

mod recommendation;

use std::fmt::Write;

use pipelink_plan::advice::{
    Answers, Fit, RunsOn, Source, SourceKind, answers_of, recommend, sources,
};
use pipelink_plan::facts::database::DbInstance;
use pipelink_plan::facts::msk::{MskCluster, Provisioned};
use pipelink_plan::step::MultiVpcSchemes;

use crate::facts::*;
use crate::msk::facts::{CLICKS, MskWorld};

fn render(sources: &[Source]) -> String {
    sources.iter().fold(String::new(), |mut text, it| {
        let mark = if it.eligible { "+" } else { "-" };
        writeln!(
            text,
            "{mark} {} ({}, {}, {:?}, port {:?}, {:?} of {:?})\n    {}",
            it.name, it.what, it.status, it.engine, it.port, it.path, it.paths, it.reason
        )
        .unwrap();
        text
    })
}

#[test]
fn clusters_come_first_and_hold_their_members() {
    let mut world = World::healthy();
    all(&mut world.region.instances).extend([
        DbInstance {
            status: "creating".to_owned(),
            vpc_id: None,
            port: None,
            ..instance("young-postgres", "postgres", 5432)
        },
        DbInstance {
            publicly_accessible: None,
            ..instance("reports-mariadb", "mariadb", 3306)
        },
        DbInstance {
            publicly_accessible: Some(true),
            ..instance("shop-mysql", "mysql", 3306)
        },
        instance("legacy", "oracle-ee", 1521),
    ]);
    insta::assert_snapshot!("sources", render(&sources(&world.region)));
}

#[test]
fn refused_reads_make_no_empty_promises() {
    let mut world = World::healthy();
    world.region.instances = denied("rds:DescribeDBInstances");
    let without_instances = render(&sources(&world.region));
    let mut world = World::healthy();
    world.region.clusters = denied("rds:DescribeDBClusters");
    let without_clusters = render(&sources(&world.region));
    insta::assert_snapshot!(
        "sources_refused",
        format!("# instances refused\n{without_instances}\n# clusters refused\n{without_clusters}")
    );
}

#[test]
fn another_partition_has_no_eligible_source() {
    let mut world = World::healthy();
    world.region.identity.partition = "aws-us-gov".to_owned();
    assert!(sources(&world.region).iter().all(|it| !it.eligible));
}

fn brokers(cluster: &mut MskCluster) -> &mut Provisioned {
    cluster.provisioned.as_mut().unwrap()
}

/// MSK clusters of every kind and with every flaw that a list shows.
fn msk_clusters() -> Vec<MskCluster> {
    let cluster = |name: &str, change: fn(&mut MskCluster)| {
        let mut healthy = MskWorld::healthy();
        let mut cluster = healthy.cluster().clone();
        cluster.arn = CLICKS.replace("clicks", name);
        cluster.name = name.to_owned();
        change(&mut cluster);
        cluster
    };
    vec![
        cluster("clicks", |_| {}),
        cluster("express", |it| {
            brokers(it).instance_type = "express.m7g.large".to_owned();
        }),
        cluster("no-scheme", |it| {
            brokers(it).schemes = MultiVpcSchemes::default();
        }),
        cluster("odd", |it| it.kind = "ELASTIC".to_owned()),
        cluster("old", |it| {
            brokers(it).kafka_version = Some("2.6.2".to_owned());
        }),
        cluster("open", |it| brokers(it).unauthenticated = true),
        cluster("open-and-small", |it| {
            brokers(it).unauthenticated = true;
            brokers(it).instance_type = "kafka.t3.small".to_owned();
        }),
        cluster("serverless", |it| {
            it.kind = "SERVERLESS".to_owned();
            it.provisioned = None;
        }),
        cluster("small", |it| {
            brokers(it).instance_type = "kafka.t3.small".to_owned();
        }),
        cluster("updating", |it| it.state = "UPDATING".to_owned()),
    ]
}

#[test]
fn msk_clusters_are_offered_with_the_path_that_fits_them() {
    let mut world = World::healthy();
    world.region.clusters = known(Vec::new());
    world.region.instances = known(Vec::new());
    world.region.msk_clusters = known(msk_clusters());
    insta::assert_snapshot!("sources_msk", render(&sources(&world.region)));
}

#[test]
fn a_path_of_the_list_never_fits_not_at_all() {
    let mut world = World::healthy();
    world.region.msk_clusters = known(msk_clusters());
    for source in sources(&world.region) {
        let answers = answers_of(&world.region, &source.arn);
        let fits = recommend(&answers).fits;
        assert_eq!(source.path, source.paths.first().copied());
        for path in &source.paths {
            let fit = fits.iter().find(|it| it.path == *path).unwrap();
            assert_ne!(fit.fit, Fit::No, "{} {path:?}", source.name);
        }
    }
}

#[test]
fn a_source_of_the_list_answers_for_itself() {
    let mut world = World::healthy();
    world.region.msk_clusters = known(msk_clusters());
    let of = |arn: &str| {
        let answers = answers_of(&world.region, arn);
        assert_eq!(
            (answers.clickpipes_region_same, answers.private_name),
            (None, None)
        );
        (answers.source, answers.runs_on)
    };
    let msk = |name: &str| of(&CLICKS.replace("clicks", name));
    assert_eq!(of(ORDERS), (Some(SourceKind::Postgres), Some(RunsOn::Rds)));
    assert_eq!(of(BILLING), (Some(SourceKind::Mysql), Some(RunsOn::Rds)));
    assert_eq!(of(&cluster_arn("documents")), (None, Some(RunsOn::Rds)));
    assert_eq!(
        msk("clicks"),
        (Some(SourceKind::Kafka), Some(RunsOn::MskProvisioned))
    );
    assert_eq!(
        msk("express"),
        (Some(SourceKind::Kafka), Some(RunsOn::MskExpress))
    );
    assert_eq!(
        msk("serverless"),
        (Some(SourceKind::Kafka), Some(RunsOn::MskServerless))
    );
    assert_eq!(msk("odd"), (Some(SourceKind::Kafka), None));
    assert_eq!(
        answers_of(&world.region, &cluster_arn("gone")),
        Answers::default()
    );
}
