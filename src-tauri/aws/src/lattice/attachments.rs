//! The endpoints that use a resource configuration: who they are, and how the one of ClickPipes is detached.

use std::time::Duration;

use pipelink_plan::CLICKPIPES_ACCOUNT;
use pipelink_plan::facts::lattice::EndpointAssociation;
use pipelink_plan::problem::Problem;

use super::{PAGE, SERVICE};
use crate::problems::missing;
use crate::session::Aws;

/// How long and how often to look whether the endpoints let go of a configuration.
const DETACH_LIMIT: Duration = Duration::from_mins(1);
const DETACH_LOOK: Duration = Duration::from_millis(500);

impl Aws {
    /// The endpoints that use a configuration, of whatever account, by the configuration's ID or ARN.
    pub async fn endpoint_associations(
        &self,
        configuration_id: &str,
    ) -> Result<Vec<EndpointAssociation>, Problem> {
        const CALL: &str = "ListResourceEndpointAssociations";
        let found = self
            .session
            .lattice
            .list_resource_endpoint_associations()
            .resource_configuration_identifier(configuration_id)
            .into_paginator()
            .page_size(PAGE)
            .items()
            .send()
            .try_collect()
            .await
            .map_err(self.problem(SERVICE, CALL))?;
        found
            .into_iter()
            .map(|item| {
                Ok(EndpointAssociation {
                    id: item.id.ok_or_else(|| missing(CALL, "id"))?,
                    vpc_endpoint_id: item.vpc_endpoint_id,
                    vpc_endpoint_owner: item.vpc_endpoint_owner,
                })
            })
            .collect()
    }

    /// Takes away the endpoint that still hangs on a configuration and waits a while until it is gone:
    /// before that, AWS refuses to delete the configuration.
    ///
    /// A run makes one endpoint of ClickPipes for its configuration, through a share that is deleted before the
    /// configuration is. As long as it is in another share, the endpoint may be that one's: nothing is detached
    /// then. Anything else that hangs on it is a consumer that somebody else connected, and stays connected.
    pub(super) async fn detach(&self, id: &str, arn: &str) -> Result<(), Problem> {
        match self.live_shares_of(arn).await {
            Ok(shares) if shares.is_empty() => {}
            Ok(shares) => return Err(in_use(id, &shares)),
            // Without the right to look, nothing is detached, and AWS refuses to delete what is in use.
            Err(Problem::AccessDenied { .. }) => return Ok(()),
            Err(problem) => return Err(problem),
        }
        let mut asked = false;
        let begun = tokio::time::Instant::now();
        loop {
            let attached = match self.endpoint_associations(id).await {
                Ok(attached) => attached,
                // As above.
                Err(Problem::NotFound { .. } | Problem::AccessDenied { .. }) => return Ok(()),
                Err(problem) => return Err(problem),
            };
            let ours = match attached.as_slice() {
                [] => return Ok(()),
                [one] if one.vpc_endpoint_owner.as_deref() == Some(CLICKPIPES_ACCOUNT) => one,
                in_the_way => return Err(in_use(id, &named(in_the_way))),
            };
            // What does not let go in time shows as the conflict of the deletion that follows.
            if begun.elapsed() > DETACH_LIMIT {
                return Ok(());
            }
            if !asked {
                self.delete_endpoint_association(&ours.id).await?;
                asked = true;
            }
            tokio::time::sleep(DETACH_LOOK).await;
        }
    }

    async fn delete_endpoint_association(&self, association_id: &str) -> Result<(), Problem> {
        let answer = self
            .session
            .lattice
            .delete_resource_endpoint_association()
            .resource_endpoint_association_identifier(association_id)
            .send()
            .await
            .map_err(self.problem(SERVICE, "DeleteResourceEndpointAssociation"));
        match answer {
            // A conflict here is a deletion that is under way already.
            Ok(_) | Err(Problem::NotFound { .. } | Problem::Conflict { .. }) => Ok(()),
            Err(problem) => Err(problem),
        }
    }
}

fn named(attached: &[EndpointAssociation]) -> Vec<String> {
    let name = |one: &EndpointAssociation| {
        let endpoint = one.vpc_endpoint_id.as_ref().unwrap_or(&one.id);
        let owner = one.vpc_endpoint_owner.as_deref().unwrap_or("not known");
        format!("{endpoint} (account {owner})")
    };
    attached.iter().map(name).collect()
}

fn in_use(configuration_id: &str, users: &[String]) -> Problem {
    Problem::Conflict {
        operation: "DeleteResourceConfiguration".to_owned(),
        message: format!("{configuration_id} is used by {}", users.join(", ")),
    }
}
