//! What is in a share and for whom; and, the other way round, which shares a resource is in.

use aws_sdk_ram::types::{
    ResourceShareAssociation, ResourceShareAssociationStatus, ResourceShareAssociationType,
    ResourceShareStatus,
};
use pipelink_plan::facts::lattice::{AssociationKind, ShareAssociation};
use pipelink_plan::problem::Problem;

use super::{SERVICE, is_going};
use crate::problems::missing;
use crate::session::Aws;

const ASSOCIATIONS: &str = "GetResourceShareAssociations";

/// Whose associations.
#[derive(Clone, Copy)]
pub(super) enum Of<'a> {
    /// Those of all shares that the account owns.
    Account,
    /// Those of one share, by its ARN.
    Share(&'a str),
    /// Those of one resource, by its ARN: of [`AssociationKind::Resource`] only.
    Resource(&'a str),
}

/// An association, and the share it belongs to.
pub(super) struct ShareEnd {
    pub(super) share_arn: String,
    pub(super) association: ShareAssociation,
}

impl Aws {
    /// The ARNs of the account's live shares that a resource is in, by the resource's ARN. Whom they are for, and
    /// whether somebody has accepted, does not matter: each may have an endpoint behind it.
    pub(crate) async fn live_shares_of(&self, resource_arn: &str) -> Result<Vec<String>, Problem> {
        let found = self
            .associations(Of::Resource(resource_arn), AssociationKind::Resource)
            .await;
        let ends = match found {
            Err(Problem::NotFound { .. }) => return Ok(Vec::new()),
            found => found?,
        };
        let arns: Vec<String> = ends
            .into_iter()
            .filter(|end| holds(&end.association))
            .map(|end| end.share_arn)
            .collect();
        if arns.is_empty() {
            return Ok(arns);
        }
        // What was in a deleted share may be listed for a while as if it still were.
        let shares = match self.wire_shares(&arns, None).await {
            Err(Problem::NotFound { .. }) => return Ok(Vec::new()),
            shares => shares?,
        };
        Ok(shares
            .into_iter()
            .filter(|share| !is_going(share) && share.status != Some(ResourceShareStatus::Failed))
            .filter_map(|share| share.resource_share_arn)
            .collect())
    }

    /// One kind of association.
    pub(super) async fn associations(
        &self,
        of: Of<'_>,
        kind: AssociationKind,
    ) -> Result<Vec<ShareEnd>, Problem> {
        let mut call = self
            .session
            .ram
            .get_resource_share_associations()
            .association_type(match kind {
                AssociationKind::Principal => ResourceShareAssociationType::Principal,
                AssociationKind::Resource => ResourceShareAssociationType::Resource,
            });
        call = match of {
            Of::Account => call,
            Of::Share(arn) => call.resource_share_arns(arn),
            Of::Resource(arn) => call.resource_arn(arn),
        };
        let mut pages = call.into_paginator().send();
        let mut found = Vec::new();
        while let Some(page) = pages.next().await {
            let page = page.map_err(self.problem(SERVICE, ASSOCIATIONS))?;
            for wire in page.resource_share_associations.unwrap_or_default() {
                found.push(share_end(wire, kind)?);
            }
        }
        Ok(found)
    }
}

fn share_end(wire: ResourceShareAssociation, kind: AssociationKind) -> Result<ShareEnd, Problem> {
    Ok(ShareEnd {
        share_arn: wire
            .resource_share_arn
            .ok_or_else(|| missing(ASSOCIATIONS, "resourceShareArn"))?,
        association: ShareAssociation {
            kind,
            entity: wire
                .associated_entity
                .ok_or_else(|| missing(ASSOCIATIONS, "associatedEntity"))?,
            status: wire
                .status
                .ok_or_else(|| missing(ASSOCIATIONS, "status"))?
                .as_str()
                .to_owned(),
            message: wire.status_message,
            external: wire.external,
        },
    })
}

/// Whether a resource is in its share, or on its way in. A suspended one comes back.
fn holds(end: &ShareAssociation) -> bool {
    !matches!(
        ResourceShareAssociationStatus::from(end.status.as_str()),
        ResourceShareAssociationStatus::Failed
            | ResourceShareAssociationStatus::Disassociating
            | ResourceShareAssociationStatus::Disassociated
    )
}
