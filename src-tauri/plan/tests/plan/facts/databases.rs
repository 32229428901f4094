//! Databases: an Aurora cluster with two members, an instance, and what is not offered.

use pipelink_plan::facts::database::{DbCluster, DbInstance};
use pipelink_plan::observed::Observed;

use super::{ACCOUNT, GROUP_DATABASE, ORDERS, REGION, SUBNET_A, SUBNET_B, VPC, known};

pub(super) fn clusters() -> Observed<Vec<DbCluster>> {
    known(vec![
        DbCluster {
            arn: ORDERS.to_owned(),
            identifier: "orders-postgres".to_owned(),
            engine: "aurora-postgresql".to_owned(),
            engine_version: Some("16.4".to_owned()),
            status: "available".to_owned(),
            endpoint: Some(
                "orders-postgres.cluster-c9example.us-east-1.rds.amazonaws.com".to_owned(),
            ),
            port: Some(5432),
            publicly_accessible: None,
            members: vec![
                "orders-postgres-1".to_owned(),
                "orders-postgres-2".to_owned(),
            ],
            security_group_ids: vec![GROUP_DATABASE.to_owned()],
        },
        DbCluster {
            arn: cluster_arn("marketing-postgres"),
            identifier: "marketing-postgres".to_owned(),
            engine: "postgres".to_owned(),
            engine_version: None,
            status: "available".to_owned(),
            endpoint: None,
            port: Some(5432),
            publicly_accessible: Some(true),
            members: Vec::new(),
            security_group_ids: Vec::new(),
        },
        DbCluster {
            arn: cluster_arn("documents"),
            identifier: "documents".to_owned(),
            engine: "docdb".to_owned(),
            engine_version: None,
            status: "available".to_owned(),
            endpoint: None,
            port: Some(27017),
            publicly_accessible: None,
            members: Vec::new(),
            security_group_ids: Vec::new(),
        },
    ])
}

pub(super) fn instances() -> Observed<Vec<DbInstance>> {
    known(vec![
        DbInstance {
            cluster: Some("orders-postgres".to_owned()),
            availability_zone: Some("us-east-1a".to_owned()),
            ..instance("orders-postgres-1", "aurora-postgresql", 5432)
        },
        DbInstance {
            cluster: Some("orders-postgres".to_owned()),
            availability_zone: Some("us-east-1b".to_owned()),
            ..instance("orders-postgres-2", "aurora-postgresql", 5432)
        },
        DbInstance {
            endpoint: Some("billing-mysql.c9example.us-east-1.rds.amazonaws.com".to_owned()),
            ..instance("billing-mysql", "mysql", 3306)
        },
    ])
}

pub(crate) fn cluster_arn(name: &str) -> String {
    format!("arn:aws:rds:{REGION}:{ACCOUNT}:cluster:{name}")
}

pub(crate) fn instance(name: &str, engine: &str, port: u16) -> DbInstance {
    DbInstance {
        arn: format!("arn:aws:rds:{REGION}:{ACCOUNT}:db:{name}"),
        identifier: name.to_owned(),
        cluster: None,
        engine: engine.to_owned(),
        engine_version: None,
        status: "available".to_owned(),
        publicly_accessible: Some(false),
        endpoint: None,
        port: Some(port),
        vpc_id: Some(VPC.to_owned()),
        subnet_ids: vec![SUBNET_A.to_owned(), SUBNET_B.to_owned()],
        availability_zone: Some("us-east-1a".to_owned()),
        security_group_ids: vec![GROUP_DATABASE.to_owned()],
    }
}
