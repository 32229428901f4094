//! Databases as RDS describes them.

use serde::{Deserialize, Serialize};

/// An RDS Multi-AZ or Aurora DB cluster (`DescribeDBClusters`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct DbCluster {
    /// `arn:aws:rds:<region>:<account>:cluster:<name>`.
    pub arn: String,
    /// The cluster's name.
    pub identifier: String,
    /// `aurora-postgresql`, `postgres`, `mysql`, ...
    pub engine: String,
    /// The engine's version.
    pub engine_version: Option<String>,
    /// `available`, `creating`, ...
    pub status: String,
    /// The writer's host name.
    pub endpoint: Option<String>,
    /// The port.
    pub port: Option<u16>,
    /// Only set by AWS for Multi-AZ DB clusters; for Aurora look at every member.
    pub publicly_accessible: Option<bool>,
    /// Identifiers of the member instances.
    pub members: Vec<String>,
    /// IDs of its VPC security groups.
    pub security_group_ids: Vec<String>,
}

/// An RDS or Aurora DB instance (`DescribeDBInstances`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct DbInstance {
    /// `arn:aws:rds:<region>:<account>:db:<name>`.
    pub arn: String,
    /// The instance's name.
    pub identifier: String,
    /// The cluster it is a member of.
    pub cluster: Option<String>,
    /// `postgres`, `mysql`, `aurora-postgresql`, ...
    pub engine: String,
    /// The engine's version.
    pub engine_version: Option<String>,
    /// `available`, `creating`, ...
    pub status: String,
    /// Whether it has a public address.
    pub publicly_accessible: Option<bool>,
    /// Its host name, once there is one.
    pub endpoint: Option<String>,
    /// Its port, once there is one.
    pub port: Option<u16>,
    /// The VPC of its subnet group.
    pub vpc_id: Option<String>,
    /// The subnets of its subnet group.
    pub subnet_ids: Vec<String>,
    /// The zone it runs in, by name.
    pub availability_zone: Option<String>,
    /// IDs of its VPC security groups.
    pub security_group_ids: Vec<String>,
}
