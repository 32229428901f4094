//! Resource configurations: listed in full, made, found again, watched and removed.

use aws_sdk_vpclattice::operation::list_resource_configurations::paginator::ListResourceConfigurationsPaginatorItems;
use aws_sdk_vpclattice::types::{
    ProtocolType, ResourceConfigurationStatus, ResourceConfigurationType,
};
use pipelink_plan::RUN_TAG;
use pipelink_plan::endpoint::Turn;
use pipelink_plan::facts::lattice::ResourceConfiguration;
use pipelink_plan::problem::Problem;
use pipelink_plan::run::{Progress, RunId};
use pipelink_plan::step::{Definition, OutputName, Outputs, PortRange};

use super::definitions::{WireDefinition, definition};
use super::{PAGE, SERVICE, complete, unless_gone, waiting};
use crate::concurrent::Calls;
use crate::problems::missing;
use crate::removals;
use crate::session::Aws;

const LIST: &str = "ListResourceConfigurations";
const GET: &str = "GetResourceConfiguration";
const DELETING: &str = "DELETE_IN_PROGRESS";
const DELETE_FAILED: &str = "DELETE_FAILED";

/// What a configuration is made with.
pub(crate) struct NewConfiguration<'a> {
    pub(crate) name: &'a str,
    pub(crate) kind: NewKind<'a>,
}

/// What kind of configuration is made, and what it hangs on.
pub(crate) enum NewKind<'a> {
    /// One that leads to one thing.
    Alone {
        gateway_id: &'a str,
        definition: &'a Definition,
    },
    /// A group, to be shared; what is in it leads somewhere.
    Group {
        gateway_id: &'a str,
        ports: &'a [PortRange],
    },
    /// One of a group, whose gateway it inherits.
    Child {
        group_id: &'a str,
        definition: &'a Definition,
    },
}

impl Aws {
    /// All configurations, each read in full: the list says neither what a configuration leads to nor why it
    /// failed.
    pub(crate) async fn configurations(&self) -> Result<Vec<ResourceConfiguration>, Problem> {
        let mut summaries = self.list_configurations().send();
        let mut reads = Calls::new();
        while let Some(summary) = summaries.next().await {
            let summary = summary.map_err(self.problem(SERVICE, LIST))?;
            let arn = summary.arn.ok_or_else(|| missing(LIST, "arn"))?;
            let aws = self.clone();
            reads.begin(async move {
                // By ARN, since the ID alone does not reach one that another account shares.
                Ok(unless_gone(aws.configuration(&arn).await)?.ok_or(arn))
            });
        }
        let again = |arn: String| async move { self.configuration(&arn).await };
        complete(reads.answers().await?, self.configuration_arns(), again).await
    }

    async fn configuration_arns(&self) -> Result<Vec<String>, Problem> {
        let summaries = self.list_configurations().send().try_collect().await;
        summaries
            .map_err(self.problem(SERVICE, LIST))?
            .into_iter()
            .map(|summary| summary.arn.ok_or_else(|| missing(LIST, "arn")))
            .collect()
    }

    pub(crate) async fn create_configuration(
        &self,
        new: &NewConfiguration<'_>,
        run: &RunId,
        token: &str,
    ) -> Result<Outputs, Problem> {
        const CALL: &str = "CreateResourceConfiguration";
        let call = self.session.lattice.create_resource_configuration();
        let call = match new.kind {
            NewKind::Alone {
                gateway_id,
                definition,
            } => {
                let wire = WireDefinition::of(definition);
                call.r#type(wire.kind)
                    .resource_gateway_identifier(gateway_id)
                    .resource_configuration_definition(wire.resource)
                    .set_port_ranges(wire.ports)
                    .set_protocol(wire.protocol)
            }
            NewKind::Group { gateway_id, ports } => call
                .r#type(ResourceConfigurationType::Group)
                .resource_gateway_identifier(gateway_id)
                .set_port_ranges(Some(ports.iter().map(ToString::to_string).collect()))
                .protocol(ProtocolType::Tcp),
            NewKind::Child {
                group_id,
                definition,
            } => {
                let wire = WireDefinition::of(definition);
                call.r#type(ResourceConfigurationType::Child)
                    .resource_configuration_group_identifier(group_id)
                    .resource_configuration_definition(wire.resource)
                    .set_port_ranges(wire.ports)
                    .set_protocol(wire.protocol)
            }
        };
        let made = call
            .name(new.name)
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
        let mut summaries = self.list_configurations().send();
        while let Some(summary) = summaries.next().await {
            let summary = summary.map_err(self.problem(SERVICE, LIST))?;
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
        let Some(found) = unless_gone(self.configuration(id).await)? else {
            return Ok(Progress::Missing);
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
    /// `Conflict` names the shares or the endpoints in the way where others use it too.
    pub(crate) async fn delete_configuration(&self, id: &str, arn: &str) -> Result<(), Problem> {
        self.detach(id, arn).await?;
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
            Err(refused @ (Problem::Conflict { .. } | Problem::AccessDenied { .. })) => {
                let seen = unless_gone(self.configuration(id).await);
                removals::settled(
                    refused,
                    seen.map(|it| it.is_some_and(|found| found.status == DELETING)),
                )
            }
            Err(problem) => Err(problem),
        }
    }

    pub(crate) async fn configuration_removed(&self, id: &str) -> Result<bool, Problem> {
        match unless_gone(self.configuration(id).await)? {
            None => Ok(true),
            Some(found) if found.status == DELETE_FAILED => Err(Problem::EndedIn {
                resource: id.to_owned(),
                state: found.status,
                reason: found.failure_reason,
            }),
            Some(_) => Ok(false),
        }
    }

    fn list_configurations(&self) -> ListResourceConfigurationsPaginatorItems {
        self.session
            .lattice
            .list_resource_configurations()
            .into_paginator()
            .page_size(PAGE)
            .items()
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
            definition: definition(&wire)?,
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
        })
    }
}

fn configuration_outputs(id: String, arn: String) -> Outputs {
    Outputs::default()
        .with(OutputName::ConfigurationId, id)
        .with(OutputName::ConfigurationArn, arn)
}
