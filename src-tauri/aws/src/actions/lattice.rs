//! The five verbs of what is VPC Lattice's: gateways, configurations of every kind, and a change of a gateway's security groups.

use pipelink_plan::problem::Problem;
use pipelink_plan::run::{Progress, RunId};
use pipelink_plan::step::{OutputName, Outputs};

use super::Made;
use crate::lattice::{GroupChange, NewConfiguration, NewGateway};
use crate::session::Aws;

pub(super) enum Work<'a> {
    Gateway(NewGateway<'a>),
    Configuration(NewConfiguration<'a>),
    Groups(GroupChange<'a>),
}

impl Work<'_> {
    pub(super) async fn perform(
        &self,
        aws: &Aws,
        run: &RunId,
        token: &str,
    ) -> Result<Outputs, Problem> {
        match self {
            Self::Gateway(new) => aws.create_gateway(new, run, token).await,
            Self::Configuration(new) => aws.create_configuration(new, run, token).await,
            Self::Groups(change) => aws.change_groups(change).await,
        }
    }

    pub(super) async fn find(&self, aws: &Aws, run: &RunId) -> Result<Option<Outputs>, Problem> {
        match self {
            Self::Gateway(new) => aws.find_gateway(new.name, run).await,
            Self::Configuration(new) => aws.find_configuration(new.name, run).await,
            Self::Groups(change) => aws.find_group_change(change).await,
        }
    }

    pub(super) async fn progress(&self, aws: &Aws, made: Made<'_>) -> Result<Progress, Problem> {
        match self {
            Self::Gateway(_) => aws.gateway_progress(made.one(OutputName::GatewayId)?).await,
            Self::Configuration(_) => {
                let id = made.one(OutputName::ConfigurationId)?;
                aws.configuration_progress(id).await
            }
            Self::Groups(change) => aws.group_change_progress(change).await,
        }
    }

    pub(super) async fn remove(&self, aws: &Aws, made: Made<'_>) -> Result<(), Problem> {
        match self {
            Self::Gateway(_) => aws.delete_gateway(made.one(OutputName::GatewayId)?).await,
            Self::Configuration(_) => {
                let id = made.one(OutputName::ConfigurationId)?;
                let arn = made.one(OutputName::ConfigurationArn)?;
                aws.delete_configuration(id, arn).await
            }
            Self::Groups(change) => aws.restore_groups(change).await,
        }
    }

    pub(super) async fn removed(&self, aws: &Aws, made: Made<'_>) -> Result<bool, Problem> {
        match self {
            Self::Gateway(_) => aws.gateway_removed(made.one(OutputName::GatewayId)?).await,
            Self::Configuration(_) => {
                let id = made.one(OutputName::ConfigurationId)?;
                aws.configuration_removed(id).await
            }
            Self::Groups(change) => aws.groups_restored(change).await,
        }
    }
}
