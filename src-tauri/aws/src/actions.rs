//! Actions: what each one means in AWS, from making through finding again and watching to removing.
//!
//! Owns the dispatch over the plan's closed enum, exhaustively, so that a new action does not compile
//! before AWS has its answer to it. The calls themselves are in the services' files.

use pipelink_plan::problem::Problem;
use pipelink_plan::run::{Progress, RunId};
use pipelink_plan::step::{Action, Input, OutputName, Outputs};

use crate::lattice::{GroupChange, NewConfiguration, NewGateway};
use crate::session::Aws;

impl Aws {
    /// Carries out an action whose inputs are all literals, and answers what it made.
    ///
    /// What is made carries the run's ID in the tag [`pipelink_plan::RUN_TAG`]. The same token again, within
    /// the time AWS remembers it, answers the same thing and makes no second one. Waiting actions make
    /// nothing. A changed gateway is not made, so that it gets no tag; sending its change again is safe without
    /// a token, and where somebody else has changed the same in the meantime it is a `Conflict`. Where it is as
    /// wanted already, nothing is sent, and the answer has no outputs: it is not the caller's to take back.
    /// Whether what was made can be used yet, [`Aws::progress`] tells.
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
                dns_resolution,
            } => {
                let new = NewGateway {
                    name,
                    vpc_id,
                    subnet_ids,
                    security_group_ids,
                    dns_resolution: *dns_resolution,
                };
                self.create_gateway(&new, run, token).await
            }
            Action::CreateResourceConfiguration {
                name,
                gateway,
                definition,
            } => {
                let new = NewConfiguration {
                    name,
                    gateway_id: literal(gateway)?,
                    definition,
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
            Action::UpdateGatewaySecurityGroups {
                gateway_id,
                security_group_ids,
                previous_security_group_ids,
            } => {
                let (to, from) = (security_group_ids, previous_security_group_ids);
                let change = GroupChange::new(gateway_id, from, to);
                self.change_groups(&change).await
            }
            Action::CreateReversePrivateEndpoint { .. } => Err(not_awss(action)),
        };
        match &answer {
            Ok(outputs) => tracing::info!(operation, %run, ?outputs, "answered"),
            Err(problem) => tracing::warn!(operation, %run, %problem, "not answered with success"),
        }
        answer
    }

    /// Looks for what an action of this run made, after its answer was lost: by the run's ID in the tag, or, for
    /// a changed gateway, by what it was to be changed to.
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
            Action::UpdateGatewaySecurityGroups {
                gateway_id,
                security_group_ids,
                previous_security_group_ids,
            } => {
                let (to, from) = (security_group_ids, previous_security_group_ids);
                let change = GroupChange::new(gateway_id, from, to);
                self.find_group_change(&change).await
            }
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
            Action::UpdateGatewaySecurityGroups {
                gateway_id,
                security_group_ids,
                previous_security_group_ids,
            } => {
                let (to, from) = (security_group_ids, previous_security_group_ids);
                let change = GroupChange::new(gateway_id, from, to);
                self.group_change_progress(&change).await
            }
            Action::CreateReversePrivateEndpoint { .. } => Err(not_awss(action)),
        }
    }

    /// Asks AWS to remove what an action made, or to change back what it changed. `Ok` means that it is on its
    /// way or done already; [`Aws::removed`] tells when it is done. A dependant that is still there is a
    /// `Conflict`, and so is a change that somebody else has made on top: it is never overwritten. What is gone
    /// already may be an `AccessDenied` (docs/ASSUMPTIONS.md), and what there is nothing to change back in is
    /// `NotFound`: only time tells it from what is not shown.
    pub async fn remove(&self, action: &Action, outputs: &Outputs) -> Result<(), Problem> {
        match action {
            Action::CreateResourceGateway { .. } => {
                let id = output(action, outputs, OutputName::GatewayId)?;
                tracing::info!(id, "removing the resource gateway");
                self.delete_gateway(id).await
            }
            Action::CreateResourceConfiguration { .. } => {
                let id = output(action, outputs, OutputName::ConfigurationId)?;
                let arn = output(action, outputs, OutputName::ConfigurationArn)?;
                tracing::info!(id, "removing the resource configuration");
                self.delete_configuration(id, arn).await
            }
            Action::CreateResourceShare { .. } => {
                let arn = output(action, outputs, OutputName::ShareArn)?;
                tracing::info!(arn, "removing the resource share");
                self.delete_share(arn).await
            }
            Action::AwaitShareAcceptance { .. } => Ok(()),
            Action::UpdateGatewaySecurityGroups {
                gateway_id,
                security_group_ids,
                previous_security_group_ids,
            } => {
                let (to, from) = (security_group_ids, previous_security_group_ids);
                let change = GroupChange::new(gateway_id, from, to);
                tracing::info!(
                    gateway_id,
                    "giving the resource gateway its security groups back"
                );
                self.restore_groups(&change).await
            }
            Action::CreateReversePrivateEndpoint { .. } => Err(not_awss(action)),
        }
    }

    /// Whether what an action made is really gone, or what it changed is as it was. `EndedIn` where AWS could
    /// not do it.
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
            Action::UpdateGatewaySecurityGroups {
                gateway_id,
                security_group_ids,
                previous_security_group_ids,
            } => {
                let (to, from) = (security_group_ids, previous_security_group_ids);
                let change = GroupChange::new(gateway_id, from, to);
                self.groups_restored(&change).await
            }
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
