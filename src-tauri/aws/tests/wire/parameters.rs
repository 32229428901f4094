//! Whether MySQL looks up the names of those who connect: out of the parameter groups of an instance, or of a
//! cluster and its writer.

use std::path::Path;

use pipelink_plan::problem::Problem;
use serde_json::{Value, json};

use crate::support::{DATABASE, World};

/// Of the default scenario, whose parameter group says 0.
const BILLING: &str = "arn:aws:rds:us-east-1:111122223333:db:billing-mysql";
const CRM: &str = "arn:aws:rds:us-east-1:111122223333:db:crm-postgres";

/// A world in which the orders cluster is MySQL, with these values in the parameter groups of the cluster, of its
/// writer and of its reader; `None` sets nothing.
async fn orders_in_mysql(
    file: &Path,
    of_cluster: Option<&str>,
    of_writer: Option<&str>,
    of_reader: Option<&str>,
) -> World {
    let change = |world: &mut Value| {
        let region = &mut world["regions"]["us-east-1"];
        let group = |name: &str, of_clusters: bool, value: Option<&str>| {
            let parameters = value.map_or(json!({}), |it| json!({ "skip_name_resolve": it }));
            json!({
                "name": name, "family": "aurora-mysql8.0", "of_clusters": of_clusters,
                "parameters": parameters,
            })
        };
        let groups = region["db_parameter_groups"].as_array_mut().unwrap();
        groups.push(group("cluster", true, of_cluster));
        groups.push(group("writer", false, of_writer));
        groups.push(group("reader", false, of_reader));
        let as_mysql = |it: &mut Value, group: &str| {
            it["engine"] = json!("aurora-mysql");
            it["engine_version"] = json!("8.0.mysql_aurora.3.08.0");
            it["parameter_group"] = json!(group);
        };
        for it in region["db_clusters"].as_array_mut().unwrap() {
            if it["id"] == "orders-postgres" {
                as_mysql(it, "cluster");
            }
        }
        for it in region["db_instances"].as_array_mut().unwrap() {
            if it["cluster_id"] == "orders-postgres" {
                let writes = it["writer"] == true;
                as_mysql(it, if writes { "writer" } else { "reader" });
            }
        }
    };
    World::kept(file).await.changed(file, change).await
}

#[tokio::test]
async fn an_instance_has_it_of_its_group() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("world");
    let world = World::kept(&file).await;
    let found = world.aws.skip_name_resolve(BILLING).await.unwrap();
    assert_eq!(found.as_deref(), Some("0"));
    // Of another engine there is no such parameter.
    assert_eq!(world.aws.skip_name_resolve(CRM).await.unwrap(), None);
    let world = world
        .changed(&file, |world| {
            let groups = &mut world["regions"]["us-east-1"]["db_parameter_groups"];
            groups[0]["parameters"] = json!({});
        })
        .await;
    // The group leaves it to the engine, which RDS tells no value of.
    assert_eq!(world.aws.skip_name_resolve(BILLING).await.unwrap(), None);
}

#[tokio::test]
async fn a_cluster_has_it_of_its_writers_group_or_of_its_own() {
    for (of_cluster, of_writer, wanted) in [
        (None, None, None),
        (Some("0"), None, Some("0")),
        (None, Some("1"), Some("1")),
        (Some("0"), Some("1"), Some("1")),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("world");
        let world = orders_in_mysql(&file, of_cluster, of_writer, Some("reader")).await;
        let found = world.aws.skip_name_resolve(DATABASE).await.unwrap();
        assert_eq!(found.as_deref(), wanted, "{of_cluster:?} {of_writer:?}");
    }
}

#[tokio::test]
async fn what_cannot_be_read_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("world");
    let world = orders_in_mysql(&file, Some("0"), Some("0"), None).await;
    let calls = [
        (BILLING, "DescribeDBInstances"),
        (BILLING, "DescribeDBParameters"),
        (DATABASE, "DescribeDBClusters"),
        (DATABASE, "DescribeDBInstances"),
        (DATABASE, "DescribeDBParameters"),
        (DATABASE, "DescribeDBClusterParameters"),
    ];
    let once = [("deny", "accessDenied"), ("malformed", "malformed")];
    let cases = calls.iter().flat_map(|it| once.map(|fault| (*it, fault)));
    // What the SDK tries again takes its time.
    let again = [("throttle", "throttled"), ("lost_answer", "unreachable")];
    let cases = cases.chain(again.map(|fault| (calls[1], fault)));
    for ((database, operation), (kind, wanted)) in cases {
        world.fault("rds", operation, kind, 0).await;
        let answer = world.aws.skip_name_resolve(database).await;
        world.clear_faults().await;
        let Err(problem) = answer else {
            panic!("{operation} {kind}: {answer:?}")
        };
        if let Problem::AccessDenied { action, .. } = &problem {
            assert_eq!(*action, format!("rds:{operation}"));
        }
        let told = serde_json::to_value(&problem).unwrap();
        assert_eq!(told["code"], wanted, "{operation} {kind}");
    }
    for gone in [format!("{BILLING}-2"), format!("{DATABASE}-2")] {
        match world.aws.skip_name_resolve(&gone).await {
            Err(Problem::NotFound { .. }) => {}
            other => panic!("{other:?}"),
        }
    }
}
