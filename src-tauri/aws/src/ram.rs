//! RAM: the resource shares that carry a configuration to ClickPipes' account.
//!
//! Three quirks of the service are handled here: pages may be empty while a token is set, deleted shares
//! stay listed as DELETED for a while, and names are not unique, so that a share is known by its ARN or by
//! the run's tag.

mod associations;

use aws_sdk_ram::types::{
    ResourceOwner, ResourceShare as WireShare, ResourceShareAssociationStatus, ResourceShareStatus,
    Tag, TagFilter,
};
use pipelink_plan::RUN_TAG;
use pipelink_plan::endpoint::Turn;
use pipelink_plan::facts::lattice::{AssociationKind, ResourceShare, ShareAssociation};
use pipelink_plan::problem::Problem;
use pipelink_plan::run::{Progress, RunId};
use pipelink_plan::step::{OutputName, Outputs};

use crate::problems::missing;
use crate::removals;
use crate::session::Aws;
use associations::Of;

const SERVICE: &str = "ram";
const SHARES: &str = "GetResourceShares";

impl Aws {
    /// The account's own shares that are not deleted, with both ends of each.
    pub(crate) async fn shares(&self) -> Result<Vec<ResourceShare>, Problem> {
        let (shares, principals, resources) = tokio::try_join!(
            Box::pin(self.wire_shares(&[], None)),
            Box::pin(self.associations(Of::Account, AssociationKind::Principal)),
            Box::pin(self.associations(Of::Account, AssociationKind::Resource)),
        )?;
        let ends: Vec<_> = principals.into_iter().chain(resources).collect();
        shares
            .into_iter()
            .filter(|share| share.status != Some(ResourceShareStatus::Deleted))
            .map(|share| {
                let arn = share
                    .resource_share_arn
                    .ok_or_else(|| missing(SHARES, "resourceShareArn"))?;
                Ok(ResourceShare {
                    associations: ends
                        .iter()
                        .filter(|end| end.share_arn == arn)
                        .map(|end| end.association.clone())
                        .collect(),
                    name: share.name.unwrap_or_default(),
                    status: share
                        .status
                        .ok_or_else(|| missing(SHARES, "status"))?
                        .as_str()
                        .to_owned(),
                    arn,
                })
            })
            .collect()
    }

    pub(crate) async fn create_share(
        &self,
        name: &str,
        resource_arn: &str,
        principal: &str,
        run: &RunId,
        token: &str,
    ) -> Result<Outputs, Problem> {
        const CALL: &str = "CreateResourceShare";
        // The SDK fills in no token for RAM, unlike for VPC Lattice. ClickPipes' account is outside of the
        // organization, so external principals must be allowed.
        let made = self
            .session
            .ram
            .create_resource_share()
            .name(name)
            .resource_arns(resource_arn)
            .principals(principal)
            .allow_external_principals(true)
            .client_token(token)
            .tags(Tag::builder().key(RUN_TAG).value(&run.0).build())
            .send()
            .await
            .map_err(self.problem(SERVICE, CALL))?;
        let arn = made
            .resource_share
            .and_then(|share| share.resource_share_arn)
            .ok_or_else(|| missing(CALL, "resourceShareArn"))?;
        Ok(Outputs::default().with(OutputName::ShareArn, arn))
    }

    /// The share of that name which carries the run's ID.
    pub(crate) async fn find_share(
        &self,
        name: &str,
        run: &RunId,
    ) -> Result<Option<Outputs>, Problem> {
        let found = self.wire_shares(&[], Some(run)).await?;
        Ok(found
            .into_iter()
            .filter(|share| share.status != Some(ResourceShareStatus::Deleted))
            .filter(|share| share.name.as_deref() == Some(name))
            .find_map(|share| share.resource_share_arn)
            .map(|arn| Outputs::default().with(OutputName::ShareArn, arn)))
    }

    /// Usable once the share is ACTIVE and its resource ASSOCIATED. The principal is not waited for: one of
    /// a foreign account stays ASSOCIATING until it accepts.
    pub(crate) async fn share_progress(&self, arn: &str) -> Result<Progress, Problem> {
        let Some(share) = self.wire_share(arn).await? else {
            return Ok(Progress::Missing);
        };
        let seen = status_word(&share);
        match share.status {
            Some(ResourceShareStatus::Active) => {}
            Some(ResourceShareStatus::Pending) => return Ok(waiting(seen, Turn::Aws)),
            Some(
                ResourceShareStatus::Failed
                | ResourceShareStatus::Deleting
                | ResourceShareStatus::Deleted,
            ) => {
                return Ok(Progress::Ended {
                    seen,
                    reason: share.status_message,
                });
            }
            _ => return Ok(waiting(seen, Turn::NotKnown)),
        }
        let (resources, principals) = tokio::try_join!(
            Box::pin(self.associations(Of::Share(arn), AssociationKind::Resource)),
            Box::pin(self.associations(Of::Share(arn), AssociationKind::Principal)),
        )?;
        if let Some(broken) = principals
            .iter()
            .chain(&resources)
            .map(|end| &end.association)
            .find(|end| is_over(&end.status))
        {
            return Ok(ended(broken));
        }
        Ok(match resources.first() {
            Some(end)
                if is(
                    &end.association,
                    &ResourceShareAssociationStatus::Associated,
                ) =>
            {
                Progress::Usable {
                    outputs: Outputs::default(),
                }
            }
            Some(end) => waiting(end.association.status.clone(), Turn::Aws),
            // Not listed yet, right after the creation.
            None => waiting(
                ResourceShareAssociationStatus::Associating
                    .as_str()
                    .to_owned(),
                Turn::Aws,
            ),
        })
    }

    /// Usable once the principal has accepted. Until then the admin has to paste the values into
    /// ClickHouse; AWS does not tell whether that has been done.
    pub(crate) async fn acceptance_progress(
        &self,
        arn: &str,
        principal: &str,
    ) -> Result<Progress, Problem> {
        let ends = match self
            .associations(Of::Share(arn), AssociationKind::Principal)
            .await
        {
            Ok(ends) => ends,
            Err(Problem::NotFound { .. }) => return Ok(Progress::Missing),
            Err(problem) => return Err(problem),
        };
        let Some(end) = ends
            .into_iter()
            .map(|end| end.association)
            .find(|end| end.entity == principal)
        else {
            return Ok(Progress::Missing);
        };
        Ok(if is(&end, &ResourceShareAssociationStatus::Associated) {
            Progress::Usable {
                outputs: Outputs::default(),
            }
        } else if is(&end, &ResourceShareAssociationStatus::Associating) {
            waiting(end.status, Turn::You)
        } else if is_over(&end.status) {
            ended(&end)
        } else {
            waiting(end.status, Turn::NotKnown)
        })
    }

    pub(crate) async fn delete_share(&self, arn: &str) -> Result<(), Problem> {
        const CALL: &str = "DeleteResourceShare";
        let answer = self
            .session
            .ram
            .delete_resource_share()
            .resource_share_arn(arn)
            .send()
            .await
            .map_err(self.problem(SERVICE, CALL));
        match answer {
            Ok(done) if done.return_value != Some(false) => Ok(()),
            Ok(_) => Err(Problem::Conflict {
                operation: CALL.to_owned(),
                message: "returnValue false".to_owned(),
            }),
            Err(Problem::NotFound { .. }) => Ok(()),
            Err(
                refused @ (Problem::Conflict { .. }
                | Problem::Refused { .. }
                | Problem::AccessDenied { .. }),
            ) => {
                let seen = self.wire_share(arn).await;
                removals::settled(
                    refused,
                    seen.map(|share| share.is_some_and(|it| is_going(&it))),
                )
            }
            Err(problem) => Err(problem),
        }
    }

    pub(crate) async fn share_removed(&self, arn: &str) -> Result<bool, Problem> {
        Ok(match self.wire_share(arn).await? {
            None => true,
            Some(share) => share.status == Some(ResourceShareStatus::Deleted),
        })
    }

    async fn wire_share(&self, arn: &str) -> Result<Option<WireShare>, Problem> {
        match self.wire_shares(&[arn.to_owned()], None).await {
            Ok(found) => Ok(found
                .into_iter()
                .find(|share| share.resource_share_arn.as_deref() == Some(arn))),
            Err(Problem::NotFound { .. }) => Ok(None),
            Err(problem) => Err(problem),
        }
    }

    /// The account's own shares: all, those of these ARNs, or those with a run's tag.
    async fn wire_shares(
        &self,
        arns: &[String],
        run: Option<&RunId>,
    ) -> Result<Vec<WireShare>, Problem> {
        let tag = run.map(|run| {
            TagFilter::builder()
                .tag_key(RUN_TAG)
                .tag_values(&run.0)
                .build()
        });
        let mut pages = self
            .session
            .ram
            .get_resource_shares()
            .resource_owner(ResourceOwner::SelfValue)
            .set_resource_share_arns((!arns.is_empty()).then(|| arns.to_vec()))
            .set_tag_filters(tag.map(|tag| vec![tag]))
            .into_paginator()
            .send();
        let mut found = Vec::new();
        while let Some(page) = pages.next().await {
            let page = page.map_err(self.problem(SERVICE, SHARES))?;
            found.extend(page.resource_shares.unwrap_or_default());
        }
        Ok(found)
    }
}

fn is(end: &ShareAssociation, status: &ResourceShareAssociationStatus) -> bool {
    end.status == status.as_str()
}

/// Whether a share that is still listed is deleted or on its way out.
fn is_going(share: &WireShare) -> bool {
    matches!(
        share.status,
        Some(ResourceShareStatus::Deleting | ResourceShareStatus::Deleted)
    )
}

/// States from which an association does not come back by itself.
fn is_over(status: &str) -> bool {
    matches!(
        ResourceShareAssociationStatus::from(status),
        ResourceShareAssociationStatus::Failed
            | ResourceShareAssociationStatus::Disassociating
            | ResourceShareAssociationStatus::Disassociated
            | ResourceShareAssociationStatus::Suspended
            | ResourceShareAssociationStatus::Suspending
    )
}

fn ended(end: &ShareAssociation) -> Progress {
    Progress::Ended {
        seen: end.status.clone(),
        reason: end.message.clone(),
    }
}

fn waiting(seen: String, turn: Turn) -> Progress {
    Progress::Waiting { seen, turn }
}

fn status_word(share: &WireShare) -> String {
    share
        .status
        .as_ref()
        .map_or("UNKNOWN", ResourceShareStatus::as_str)
        .to_owned()
}
