//! VPC Lattice resource gateways and configurations, and the RAM shares that carry them.

use serde::{Deserialize, Serialize};

use crate::step::{Definition, DnsResolution};

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
    /// Where it looks up names; `None` where AWS does not say.
    pub dns_resolution: Option<DnsResolution>,
    /// Whether an AWS service made it and looks after it.
    pub service_managed: bool,
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
    /// What it leads to; `None` for a group, a child, a block of addresses, or an IPv6 address.
    pub definition: Option<Definition>,
}

/// An endpoint that uses a resource configuration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct EndpointAssociation {
    /// `rea-...`.
    pub id: String,
    /// `vpce-...`, in its owner's account.
    pub vpc_endpoint_id: Option<String>,
    /// The account that owns the endpoint; ClickPipes' own is [`crate::CLICKPIPES_ACCOUNT`].
    pub vpc_endpoint_owner: Option<String>,
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
    /// Whether the entity is outside of the account's organization; `None` where AWS does not say.
    pub external: Option<bool>,
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
