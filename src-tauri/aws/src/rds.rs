//! RDS: clusters and instances, as far as reaching them goes.
//!
//! The same API lists Neptune and `DocumentDB` as well; they are kept, under their engine's name, for the
//! plan to say that they are not offered.

mod parameters;

use aws_sdk_rds::types::VpcSecurityGroupMembership;
use aws_sdk_rds::types::{DbCluster as WireCluster, DbInstance as WireInstance};
use pipelink_plan::facts::database::{DbCluster, DbInstance};
use pipelink_plan::problem::Problem;

use crate::problems::missing;
use crate::session::Aws;

const CLUSTERS: &str = "DescribeDBClusters";
const INSTANCES: &str = "DescribeDBInstances";

impl Aws {
    pub(crate) async fn db_clusters(&self) -> Result<Vec<DbCluster>, Problem> {
        self.session
            .rds
            .describe_db_clusters()
            .into_paginator()
            .items()
            .send()
            .try_collect()
            .await
            .map_err(self.problem("rds", CLUSTERS))?
            .into_iter()
            .map(cluster)
            .collect()
    }

    pub(crate) async fn db_instances(&self) -> Result<Vec<DbInstance>, Problem> {
        self.session
            .rds
            .describe_db_instances()
            .into_paginator()
            .items()
            .send()
            .try_collect()
            .await
            .map_err(self.problem("rds", INSTANCES))?
            .into_iter()
            .map(instance)
            .collect()
    }
}

fn cluster(wire: WireCluster) -> Result<DbCluster, Problem> {
    Ok(DbCluster {
        arn: wire
            .db_cluster_arn
            .ok_or_else(|| missing(CLUSTERS, "DBClusterArn"))?,
        identifier: wire
            .db_cluster_identifier
            .ok_or_else(|| missing(CLUSTERS, "DBClusterIdentifier"))?,
        engine: wire.engine.ok_or_else(|| missing(CLUSTERS, "Engine"))?,
        engine_version: wire.engine_version,
        status: wire.status.ok_or_else(|| missing(CLUSTERS, "Status"))?,
        endpoint: wire.endpoint,
        port: port(wire.port),
        publicly_accessible: wire.publicly_accessible,
        members: wire
            .db_cluster_members
            .unwrap_or_default()
            .into_iter()
            .filter_map(|member| member.db_instance_identifier)
            .collect(),
        security_group_ids: groups(wire.vpc_security_groups),
    })
}

fn instance(wire: WireInstance) -> Result<DbInstance, Problem> {
    let (host, port_open) = wire.endpoint.map_or((None, None), |endpoint| {
        (endpoint.address, port(endpoint.port))
    });
    let (vpc_id, subnets) = wire.db_subnet_group.map_or((None, Vec::new()), |group| {
        (group.vpc_id, group.subnets.unwrap_or_default())
    });
    Ok(DbInstance {
        arn: wire
            .db_instance_arn
            .ok_or_else(|| missing(INSTANCES, "DBInstanceArn"))?,
        identifier: wire
            .db_instance_identifier
            .ok_or_else(|| missing(INSTANCES, "DBInstanceIdentifier"))?,
        cluster: wire.db_cluster_identifier,
        engine: wire.engine.ok_or_else(|| missing(INSTANCES, "Engine"))?,
        engine_version: wire.engine_version,
        status: wire
            .db_instance_status
            .ok_or_else(|| missing(INSTANCES, "DBInstanceStatus"))?,
        publicly_accessible: wire.publicly_accessible,
        endpoint: host,
        port: port_open,
        vpc_id,
        subnet_ids: subnets
            .into_iter()
            .filter_map(|subnet| subnet.subnet_identifier)
            .collect(),
        availability_zone: wire.availability_zone,
        security_group_ids: groups(wire.vpc_security_groups),
    })
}

fn groups(wire: Option<Vec<VpcSecurityGroupMembership>>) -> Vec<String> {
    wire.unwrap_or_default()
        .into_iter()
        .filter_map(|membership| membership.vpc_security_group_id)
        .collect()
}

/// RDS reports port 0 while there is none yet.
fn port(wire: Option<i32>) -> Option<u16> {
    u16::try_from(wire?).ok().filter(|port| *port != 0)
}
