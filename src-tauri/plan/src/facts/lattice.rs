//! VPC Lattice resource gateways and configurations, and the RAM shares that carry them.

use serde::{Deserialize, Serialize};

/// A resource gateway.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct ResourceGateway {
    /// `rgw-...`.
    pub id: String,
    /// Its ARN.
    pub arn: String,
    /// Its name, unique in the account and region.
    pub name: String,
    /// `ACTIVE`, `CREATE_IN_PROGRESS`, ...
    pub status: String,
    /// Its VPC.
    pub vpc_id: String,
    /// Its subnets.
    pub subnet_ids: Vec<String>,
    /// Its security groups.
    pub security_group_ids: Vec<String>,
}

/// A resource configuration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct ResourceConfiguration {
    /// `rcfg-...`.
    pub id: String,
    /// Its ARN.
    pub arn: String,
    /// Its name, unique in the account and region.
    pub name: String,
    /// `ACTIVE`, `CREATE_IN_PROGRESS`, ...
    pub status: String,
    /// Why it failed, where AWS says so.
    pub failure_reason: Option<String>,
    /// Its gateway; none for a child.
    pub gateway_id: Option<String>,
    /// The database it names, for type ARN.
    pub target_arn: Option<String>,
}

/// A resource share that the account owns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct ResourceShare {
    /// Its ARN: names are not unique.
    pub arn: String,
    /// Its name.
    pub name: String,
    /// `PENDING`, `ACTIVE`, `FAILED`, ...
    pub status: String,
    /// What is shared and with whom.
    pub associations: Vec<ShareAssociation>,
}

/// One end of a share.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct ShareAssociation {
    /// Principal or resource.
    pub kind: AssociationKind,
    /// An account ID, or the resource's ARN.
    pub entity: String,
    /// `ASSOCIATING`, `ASSOCIATED`, `FAILED`, ... A principal of a foreign account stays ASSOCIATING until it accepts.
    pub status: String,
    /// What AWS says about it.
    pub message: Option<String>,
}

/// Which end of a share an association is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub enum AssociationKind {
    /// With whom is shared.
    Principal,
    /// What is shared.
    Resource,
}
