//! Resource configurations of type ARN: listed in full, made, found again, watched, detached and removed.

use std::time::Duration;

use aws_sdk_vpclattice::types::{
    ArnResource, ResourceConfigurationDefinition, ResourceConfigurationStatus,
    ResourceConfigurationSummary, ResourceConfigurationType,
};
use pipelink_plan::endpoint::Turn;
use pipelink_plan::facts::lattice::ResourceConfiguration;
use pipelink_plan::problem::Problem;
use pipelink_plan::run::{Progress, RunId};
use pipelink_plan::step::{OutputName, Outputs};
use pipelink_plan::{CLICKPIPES_ACCOUNT, RUN_TAG};

use super::{SERVICE, waiting};
use crate::concurrent;
use crate::problems::missing;
use crate::session::Aws;

const LIST: &str = "ListResourceConfigurations";
const GET: &str = "GetResourceConfiguration";
const DELETING: &str = "DELETE_IN_PROGRESS";
const DELETE_FAILED: &str = "DELETE_FAILED";
/// How long and how often to look whether the endpoints let go of a configuration.
const DETACH_LIMIT: Duration = Duration::from_mins(1);
const DETACH_LOOK: Duration = Duration::from_millis(500);

/// What a configuration is made with.
pub(crate) struct NewConfiguration<'a> {
    pub(crate) name: &'a str,
    pub(crate) gateway_id: &'a str,
    pub(crate) database_arn: &'a str,
}

impl Aws {
    /// All configurations, each read in full: the list says neither what a configuration names nor why it
    /// failed.
    pub(crate) async fn configurations(&self) -> Result<Vec<ResourceConfiguration>, Problem> {
        let summaries = self.configuration_summaries().await?;
        let mut arns = Vec::with_capacity(summaries.len());
        for summary in summaries {
            arns.push(summary.arn.ok_or_else(|| missing(LIST, "arn"))?);
        }
        let read = concurrent::for_each(arns, |arn| {
            let aws = self.clone();
            async move {
                // By ARN, since the ID alone does not reach one that another account shares.
                match aws.configuration(&arn).await {
                    Ok(configuration) => Ok(Some(configuration)),
                    // It went away in between.
                    Err(Problem::NotFound { .. }) => Ok(None),
                    Err(problem) => Err(problem),
                }
            }
        })
        .await?;
        Ok(read.into_iter().flatten().collect())
    }

    pub(crate) async fn create_configuration(
        &self,
        new: &NewConfiguration<'_>,
        run: &RunId,
        token: &str,
    ) -> Result<Outputs, Problem> {
        const CALL: &str = "CreateResourceConfiguration";
        // Type ARN takes no ports and no protocol: AWS has them from the database.
        let made = self
            .session
            .lattice
            .create_resource_configuration()
            .name(new.name)
            .r#type(ResourceConfigurationType::Arn)
            .resource_gateway_identifier(new.gateway_id)
            .resource_configuration_definition(ResourceConfigurationDefinition::ArnResource(
                ArnResource::builder().arn(new.database_arn).build(),
            ))
            .client_token(token)
            .tags(RUN_TAG, &run.0)
            .send()
            .await
            .map_err(self.problem(SERVICE, CALL))?;
        Ok(configuration_outputs(
            made.id.ok_or_else(|| missing(CALL, "id"))?,
            made.arn.ok_or_else(|| missing(CALL, "arn"))?,
        ))
    }

    /// The configuration of that name, if it carries the run's ID.
    pub(crate) async fn find_configuration(
        &self,
        name: &str,
        run: &RunId,
    ) -> Result<Option<Outputs>, Problem> {
        let summaries = self.configuration_summaries().await?;
        for summary in summaries {
            let (Some(id), Some(arn)) = (summary.id, summary.arn) else {
                continue;
            };
            if summary.name.as_deref() == Some(name) && self.is_of_run(&arn, run).await? {
                return Ok(Some(configuration_outputs(id, arn)));
            }
        }
        Ok(None)
    }

    pub(crate) async fn configuration_progress(&self, id: &str) -> Result<Progress, Problem> {
        let found = match self.configuration(id).await {
            Ok(found) => found,
            Err(Problem::NotFound { .. }) => return Ok(Progress::Missing),
            Err(problem) => return Err(problem),
        };
        let seen = found.status;
        Ok(match ResourceConfigurationStatus::from(seen.as_str()) {
            ResourceConfigurationStatus::Active => Progress::Usable {
                outputs: configuration_outputs(found.id, found.arn),
            },
            ResourceConfigurationStatus::CreateInProgress
            | ResourceConfigurationStatus::UpdateInProgress => waiting(seen, Turn::Aws),
            ResourceConfigurationStatus::CreateFailed
            | ResourceConfigurationStatus::UpdateFailed
            | ResourceConfigurationStatus::DeleteFailed
            | ResourceConfigurationStatus::DeleteInProgress => Progress::Ended {
                seen,
                reason: found.failure_reason,
            },
            _ => waiting(seen, Turn::NotKnown),
        })
    }

    /// Deletes a configuration, after detaching the one endpoint of ClickPipes that may still use it.
    ///
    /// `Conflict` names the endpoints in the way where others use it too.
    pub(crate) async fn delete_configuration(&self, id: &str) -> Result<(), Problem> {
        self.detach(id).await?;
        let answer = self
            .session
            .lattice
            .delete_resource_configuration()
            .resource_configuration_identifier(id)
            .send()
            .await
            .map_err(self.problem(SERVICE, "DeleteResourceConfiguration"));
        match answer {
            Ok(_) | Err(Problem::NotFound { .. }) => Ok(()),
            Err(conflict @ Problem::Conflict { .. }) => match self.configuration(id).await {
                Err(Problem::NotFound { .. }) => Ok(()),
                Ok(found) if found.status == DELETING => Ok(()),
                Ok(_) => Err(conflict),
                Err(problem) => Err(problem),
            },
            Err(problem) => Err(problem),
        }
    }

    /// Takes away the endpoint that still hangs on a configuration and waits a while until it is gone:
    /// before that, AWS refuses to delete the configuration.
    ///
    /// A run makes one endpoint of ClickPipes for its configuration. Anything else that hangs on it is a
    /// consumer that somebody else connected, and stays connected.
    async fn detach(&self, id: &str) -> Result<(), Problem> {
        let mut asked = false;
        let begun = tokio::time::Instant::now();
        loop {
            let attached = match self.attachments(id).await {
                Ok(attached) => attached,
                // Without the right to look, nothing is detached, and AWS refuses to delete what is in use.
                Err(Problem::NotFound { .. } | Problem::AccessDenied { .. }) => return Ok(()),
                Err(problem) => return Err(problem),
            };
            let ours = match attached.as_slice() {
                [] => return Ok(()),
                [one] if one.owner.as_deref() == Some(CLICKPIPES_ACCOUNT) => one,
                in_the_way => return Err(in_use(id, in_the_way)),
            };
            // What does not let go in time shows as the conflict of the deletion that follows.
            if begun.elapsed() > DETACH_LIMIT {
                return Ok(());
            }
            if !asked {
                self.delete_attachment(&ours.id).await?;
                asked = true;
            }
            tokio::time::sleep(DETACH_LOOK).await;
        }
    }

    async fn attachments(&self, configuration_id: &str) -> Result<Vec<Attachment>, Problem> {
        const CALL: &str = "ListResourceEndpointAssociations";
        let found = self
            .session
            .lattice
            .list_resource_endpoint_associations()
            .resource_configuration_identifier(configuration_id)
            .into_paginator()
            .items()
            .send()
            .try_collect()
            .await
            .map_err(self.problem(SERVICE, CALL))?;
        found
            .into_iter()
            .map(|item| {
                Ok(Attachment {
                    id: item.id.ok_or_else(|| missing(CALL, "id"))?,
                    endpoint_id: item.vpc_endpoint_id,
                    owner: item.vpc_endpoint_owner,
                })
            })
            .collect()
    }

    async fn delete_attachment(&self, association_id: &str) -> Result<(), Problem> {
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

    pub(crate) async fn configuration_removed(&self, id: &str) -> Result<bool, Problem> {
        match self.configuration(id).await {
            Err(Problem::NotFound { .. }) => Ok(true),
            Ok(found) if found.status == DELETE_FAILED => Err(Problem::EndedIn {
                resource: id.to_owned(),
                state: found.status,
                reason: found.failure_reason,
            }),
            Ok(_) => Ok(false),
            Err(problem) => Err(problem),
        }
    }

    async fn configuration_summaries(&self) -> Result<Vec<ResourceConfigurationSummary>, Problem> {
        self.session
            .lattice
            .list_resource_configurations()
            .into_paginator()
            .items()
            .send()
            .try_collect()
            .await
            .map_err(self.problem(SERVICE, LIST))
    }

    async fn configuration(&self, id_or_arn: &str) -> Result<ResourceConfiguration, Problem> {
        let wire = self
            .session
            .lattice
            .get_resource_configuration()
            .resource_configuration_identifier(id_or_arn)
            .send()
            .await
            .map_err(self.problem(SERVICE, GET))?;
        Ok(ResourceConfiguration {
            id: wire.id.ok_or_else(|| missing(GET, "id"))?,
            arn: wire.arn.ok_or_else(|| missing(GET, "arn"))?,
            name: wire.name.ok_or_else(|| missing(GET, "name"))?,
            status: wire
                .status
                .ok_or_else(|| missing(GET, "status"))?
                .as_str()
                .to_owned(),
            failure_reason: wire.failure_reason,
            gateway_id: wire.resource_gateway_id,
            target_arn: match wire.resource_configuration_definition {
                Some(ResourceConfigurationDefinition::ArnResource(resource)) => resource.arn,
                _ => None,
            },
        })
    }
}

/// A VPC endpoint that uses a configuration.
struct Attachment {
    id: String,
    endpoint_id: Option<String>,
    /// The account of the endpoint.
    owner: Option<String>,
}

fn in_use(configuration_id: &str, attached: &[Attachment]) -> Problem {
    let endpoints: Vec<String> = attached
        .iter()
        .map(|one| {
            let endpoint = one.endpoint_id.as_ref().unwrap_or(&one.id);
            let owner = one.owner.as_deref().unwrap_or("not known");
            format!("{endpoint} (account {owner})")
        })
        .collect();
    Problem::Conflict {
        operation: "DeleteResourceConfiguration".to_owned(),
        message: format!("{configuration_id} is used by {}", endpoints.join(", ")),
    }
}

fn configuration_outputs(id: String, arn: String) -> Outputs {
    Outputs::default()
        .with(OutputName::ConfigurationId, id)
        .with(OutputName::ConfigurationArn, arn)
}
