//! RAM's resource shares.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Region;

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct ResourceShare {
    pub(crate) arn: String,
    pub(crate) name: String,
    pub(crate) allow_external_principals: bool,
    pub(crate) status: ShareStatus,
    #[serde(default)]
    pub(crate) due: Option<Timestamp>,
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
    #[serde(default)]
    pub(crate) tags: BTreeMap<String, String>,
    pub(crate) associations: Vec<Association>,
    /// The reverse private endpoint that used it up. A share serves one endpoint, once.
    #[serde(default)]
    pub(crate) used_by: Option<Uuid>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub(crate) enum ShareStatus {
    Pending,
    Active,
    Failed,
    Deleting,
    Deleted,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Association {
    pub(crate) kind: AssociationKind,
    /// A resource's ARN, or a principal's account ID.
    pub(crate) entity: String,
    pub(crate) status: AssociationStatus,
    #[serde(default)]
    pub(crate) due: Option<Timestamp>,
    #[serde(default)]
    pub(crate) message: Option<String>,
    #[serde(default)]
    pub(crate) external: bool,
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub(crate) enum AssociationKind {
    Principal,
    Resource,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub(crate) enum AssociationStatus {
    Associating,
    Associated,
    Failed,
    Disassociating,
    Disassociated,
}

impl Association {
    /// Whether it holds, or is on its way to.
    pub(crate) fn live(&self) -> bool {
        matches!(
            self.status,
            AssociationStatus::Associating | AssociationStatus::Associated
        )
    }
}

impl ResourceShare {
    /// Whether it exists for those who share: neither deleted nor being deleted.
    pub(crate) fn live(&self) -> bool {
        matches!(self.status, ShareStatus::Pending | ShareStatus::Active)
    }

    pub(crate) fn association(&self, kind: AssociationKind, entity: &str) -> Option<&Association> {
        self.associations
            .iter()
            .find(|association| association.kind == kind && association.entity == entity)
    }
}

impl Region {
    pub(crate) fn share(&self, arn: &str) -> Option<&ResourceShare> {
        self.resource_shares.iter().find(|share| share.arn == arn)
    }

    pub(crate) fn share_mut(&mut self, arn: &str) -> Option<&mut ResourceShare> {
        self.resource_shares
            .iter_mut()
            .find(|share| share.arn == arn)
    }
}
