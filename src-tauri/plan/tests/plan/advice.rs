//! The list of sources, each with its reason.

use std::fmt::Write;

use pipelink_plan::advice::{Source, sources};
use pipelink_plan::facts::database::DbInstance;

use crate::facts::*;

fn render(sources: &[Source]) -> String {
    sources.iter().fold(String::new(), |mut text, it| {
        let mark = if it.eligible { "+" } else { "-" };
        writeln!(
            text,
            "{mark} {} ({}, {}, {:?}, port {:?}, {:?})\n    {}",
            it.name, it.what, it.status, it.engine, it.port, it.path, it.reason
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
