//! Actions: what each one means in AWS, from making through finding again and watching to removing.
//!
//! Owns the dispatch over the plan's closed enum, exhaustively, so that a new action does not compile
//! before AWS has its answer to it. The calls themselves are in the services' files.

use pipelink_plan::problem::Problem;
use pipelink_plan::run::{Progress, RunId};
use pipelink_plan::step::{Action, Input, OutputName, Outputs};

use crate::lattice::{NewConfiguration, NewGateway};
use crate::session::Aws;

impl Aws {
    /// Carries out an action whose inputs are all literals, and answers what it made.
    ///
    /// What is made carries the run's ID in the tag [`pipelink_plan::RUN_TAG`]. The same token again, within
    /// the time AWS remembers it, answers the same thing and makes no second one. Waiting actions make
    /// nothing. Whether what was made can be used yet, [`Aws::progress`] tells.
    pub async fn perform(
        &self,
        action: &Action,
        run: &RunId,
        token: &str,
    ) -> Result<Outputs, Problem> {
        let operation = action.operation();
        tracing::info!(operation, %run, "calling");
        let answer = match action {
            Action::CreateResourceGateway {
                name,
                vpc_id,
                subnet_ids,
                security_group_ids,
            } => {
                let new = NewGateway {
                    name,
                    vpc_id,
                    subnet_ids,
                    security_group_ids,
                };
                self.create_gateway(&new, run, token).await
            }
            Action::CreateResourceConfiguration {
                name,
                gateway,
                database_arn,
            } => {
                let new = NewConfiguration {
                    name,
                    gateway_id: literal(gateway)?,
                    database_arn,
                };
                self.create_configuration(&new, run, token).await
            }
            Action::CreateResourceShare {
                name,
                resource,
                principal,
            } => {
                self.create_share(name, literal(resource)?, principal, run, token)
                    .await
            }
            Action::AwaitShareAcceptance { .. } => Ok(Outputs::default()),
            Action::CreateReversePrivateEndpoint { .. } => Err(not_awss(action)),
        };
        match &answer {
            Ok(outputs) => tracing::info!(operation, %run, ?outputs, "answered"),
            Err(problem) => tracing::warn!(operation, %run, %problem, "not answered with success"),
        }
        answer
    }

    /// Looks for what an action of this run made, after its answer was lost: by the run's ID in the tag.
    ///
    /// `None` right after the call may only mean that AWS does not list it yet. Waiting actions make
    /// nothing, so there is nothing to miss: they answer empty outputs.
    pub async fn find(&self, action: &Action, run: &RunId) -> Result<Option<Outputs>, Problem> {
        match action {
            Action::CreateResourceGateway { name, .. } => self.find_gateway(name, run).await,
            Action::CreateResourceConfiguration { name, .. } => {
                self.find_configuration(name, run).await
            }
            Action::CreateResourceShare { name, .. } => self.find_share(name, run).await,
            Action::AwaitShareAcceptance { .. } => Ok(Some(Outputs::default())),
            Action::CreateReversePrivateEndpoint { .. } => Err(not_awss(action)),
        }
    }

    /// One look at whether what an action made can be used yet.
    pub async fn progress(&self, action: &Action, outputs: &Outputs) -> Result<Progress, Problem> {
        match action {
            Action::CreateResourceGateway { .. } => {
                let id = output(action, outputs, OutputName::GatewayId)?;
                self.gateway_progress(id).await
            }
            Action::CreateResourceConfiguration { .. } => {
                let id = output(action, outputs, OutputName::ConfigurationId)?;
                self.configuration_progress(id).await
            }
            Action::CreateResourceShare { .. } => {
                let arn = output(action, outputs, OutputName::ShareArn)?;
                self.share_progress(arn).await
            }
            Action::AwaitShareAcceptance {
                share, principal, ..
            } => self.acceptance_progress(literal(share)?, principal).await,
            Action::CreateReversePrivateEndpoint { .. } => Err(not_awss(action)),
        }
    }

    /// Asks AWS to remove what an action made. `Ok` means that it is on its way out or gone already;
    /// [`Aws::removed`] tells when it is gone. A dependant that is still there is a `Conflict`.
    pub async fn remove(&self, action: &Action, outputs: &Outputs) -> Result<(), Problem> {
        match action {
            Action::CreateResourceGateway { .. } => {
                let id = output(action, outputs, OutputName::GatewayId)?;
                tracing::info!(id, "removing the resource gateway");
                self.delete_gateway(id).await
            }
            Action::CreateResourceConfiguration { .. } => {
                let id = output(action, outputs, OutputName::ConfigurationId)?;
                tracing::info!(id, "removing the resource configuration");
                self.delete_configuration(id).await
            }
            Action::CreateResourceShare { .. } => {
                let arn = output(action, outputs, OutputName::ShareArn)?;
                tracing::info!(arn, "removing the resource share");
                self.delete_share(arn).await
            }
            Action::AwaitShareAcceptance { .. } => Ok(()),
            Action::CreateReversePrivateEndpoint { .. } => Err(not_awss(action)),
        }
    }

    /// Whether what an action made is really gone. `EndedIn` where AWS could not delete it.
    pub async fn removed(&self, action: &Action, outputs: &Outputs) -> Result<bool, Problem> {
        match action {
            Action::CreateResourceGateway { .. } => {
                let id = output(action, outputs, OutputName::GatewayId)?;
                self.gateway_removed(id).await
            }
            Action::CreateResourceConfiguration { .. } => {
                let id = output(action, outputs, OutputName::ConfigurationId)?;
                self.configuration_removed(id).await
            }
            Action::CreateResourceShare { .. } => {
                let arn = output(action, outputs, OutputName::ShareArn)?;
                self.share_removed(arn).await
            }
            Action::AwaitShareAcceptance { .. } => Ok(true),
            Action::CreateReversePrivateEndpoint { .. } => Err(not_awss(action)),
        }
    }
}

fn literal(input: &Input) -> Result<&str, Problem> {
    input.value().ok_or_else(|| Problem::Internal {
        message: "an action was handed over before its inputs were known".to_owned(),
    })
}

fn output<'a>(action: &Action, outputs: &'a Outputs, name: OutputName) -> Result<&'a str, Problem> {
    outputs.one(name).ok_or_else(|| Problem::Internal {
        message: format!("{} has no {name:?} among its outputs", action.operation()),
    })
}

fn not_awss(action: &Action) -> Problem {
    Problem::Internal {
        message: format!("{} is not a call of AWS", action.operation()),
    }
}
