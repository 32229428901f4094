//! The five verbs of what is RAM's: a share, and the wait until its principal accepts it.

use pipelink_plan::problem::Problem;
use pipelink_plan::run::{Progress, RunId};
use pipelink_plan::step::{OutputName, Outputs};

use super::Made;
use crate::session::Aws;

pub(super) enum Work<'a> {
    Share {
        name: &'a str,
        resource_arn: &'a str,
        principal: &'a str,
    },
    Acceptance {
        share_arn: &'a str,
        principal: &'a str,
    },
}

impl Work<'_> {
    pub(super) async fn perform(
        &self,
        aws: &Aws,
        run: &RunId,
        token: &str,
    ) -> Result<Outputs, Problem> {
        match self {
            Self::Share {
                name,
                resource_arn,
                principal,
            } => {
                aws.create_share(name, resource_arn, principal, run, token)
                    .await
            }
            Self::Acceptance { .. } => Ok(Outputs::default()),
        }
    }

    pub(super) async fn find(&self, aws: &Aws, run: &RunId) -> Result<Option<Outputs>, Problem> {
        match self {
            Self::Share { name, .. } => aws.find_share(name, run).await,
            Self::Acceptance { .. } => Ok(Some(Outputs::default())),
        }
    }

    pub(super) async fn progress(&self, aws: &Aws, made: Made<'_>) -> Result<Progress, Problem> {
        match self {
            Self::Share { .. } => aws.share_progress(made.one(OutputName::ShareArn)?).await,
            Self::Acceptance {
                share_arn,
                principal,
            } => aws.acceptance_progress(share_arn, principal).await,
        }
    }

    pub(super) async fn remove(&self, aws: &Aws, made: Made<'_>) -> Result<(), Problem> {
        match self {
            Self::Share { .. } => aws.delete_share(made.one(OutputName::ShareArn)?).await,
            Self::Acceptance { .. } => Ok(()),
        }
    }

    pub(super) async fn removed(&self, aws: &Aws, made: Made<'_>) -> Result<bool, Problem> {
        match self {
            Self::Share { .. } => aws.share_removed(made.one(OutputName::ShareArn)?).await,
            Self::Acceptance { .. } => Ok(true),
        }
    }
}
