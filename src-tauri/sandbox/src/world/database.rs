//! Databases that can be reached over PrivateLink.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Region;

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct DbSubnetGroup {
    pub(crate) name: String,
    pub(crate) vpc_id: String,
    pub(crate) subnet_ids: Vec<String>,
}

/// An Aurora cluster (its instances are in `db_instances`) or a Multi-AZ DB cluster.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct DbCluster {
    pub(crate) id: String,
    pub(crate) resource_id: String,
    pub(crate) engine: String,
    pub(crate) engine_version: String,
    pub(crate) status: String,
    pub(crate) port: u16,
    pub(crate) host_suffix: String,
    pub(crate) database: String,
    pub(crate) subnet_group: String,
    pub(crate) security_group_ids: Vec<String>,
    /// Set for Multi-AZ DB clusters only, as RDS does.
    #[serde(default)]
    pub(crate) publicly_accessible: Option<bool>,
    #[serde(default)]
    pub(crate) instance_class: Option<String>,
    /// None: the one of the engine.
    #[serde(default)]
    pub(crate) parameter_group: Option<String>,
    pub(crate) created_at: Timestamp,
}

/// A parameter group that was made: for instances, or, where it says so, for clusters. Each engine has one of its own
/// besides, which sets nothing.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct DbParameterGroup {
    pub(crate) name: String,
    /// Such as `mysql8.0`.
    pub(crate) family: String,
    #[serde(default)]
    pub(crate) of_clusters: bool,
    /// What it sets.
    pub(crate) parameters: BTreeMap<String, String>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct DbInstance {
    pub(crate) id: String,
    pub(crate) resource_id: String,
    #[serde(default)]
    pub(crate) cluster_id: Option<String>,
    #[serde(default)]
    pub(crate) writer: bool,
    pub(crate) engine: String,
    pub(crate) engine_version: String,
    pub(crate) instance_class: String,
    pub(crate) status: String,
    pub(crate) port: u16,
    pub(crate) host_suffix: String,
    pub(crate) database: String,
    pub(crate) subnet_group: String,
    pub(crate) zone_id: String,
    pub(crate) security_group_ids: Vec<String>,
    pub(crate) publicly_accessible: bool,
    /// None: the one of the engine.
    #[serde(default)]
    pub(crate) parameter_group: Option<String>,
    pub(crate) created_at: Timestamp,
}

impl DbCluster {
    pub(crate) fn arn(&self, region: &str, account: &str) -> String {
        format!("arn:aws:rds:{region}:{account}:cluster:{}", self.id)
    }

    pub(crate) fn parameter_group(&self) -> String {
        let of_engine = || engines_own(&self.engine, &self.engine_version);
        self.parameter_group.clone().unwrap_or_else(of_engine)
    }
}

impl DbInstance {
    pub(crate) fn arn(&self, region: &str, account: &str) -> String {
        format!("arn:aws:rds:{region}:{account}:db:{}", self.id)
    }

    pub(crate) fn parameter_group(&self) -> String {
        let of_engine = || engines_own(&self.engine, &self.engine_version);
        self.parameter_group.clone().unwrap_or_else(of_engine)
    }
}

/// The name of the parameter group that an engine has of its own: MySQL's families are named after two numbers of the
/// version, PostgreSQL's after one.
fn engines_own(engine: &str, version: &str) -> String {
    let numbers = if engine.ends_with("mysql") { 2 } else { 1 };
    let family: Vec<&str> = version.split('.').take(numbers).collect();
    format!("default.{engine}{}", family.join("."))
}

impl Region {
    pub(crate) fn subnet_group(&self, name: &str) -> Option<&DbSubnetGroup> {
        self.db_subnet_groups
            .iter()
            .find(|group| group.name == name)
    }

    /// The instances of a cluster, the writer first.
    pub(crate) fn members<'a>(&'a self, cluster_id: &'a str) -> Vec<&'a DbInstance> {
        let mut members: Vec<_> = self
            .db_instances
            .iter()
            .filter(|instance| instance.cluster_id.as_deref() == Some(cluster_id))
            .collect();
        members.sort_by_key(|instance| !instance.writer);
        members
    }
}
