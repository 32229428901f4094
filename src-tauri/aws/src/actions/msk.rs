//! The five verbs of what is MSK's: multi-VPC connectivity, the cluster's policy, a connection, the brokers' names.

use pipelink_plan::problem::Problem;
use pipelink_plan::run::{Progress, RunId};
use pipelink_plan::step::{MskAuthentication, OutputName, Outputs};

use super::Made;
use crate::msk::SchemeChange;
use crate::session::Aws;

pub(super) enum Work<'a> {
    Connectivity(SchemeChange<'a>),
    Policy {
        cluster_arn: &'a str,
        principal: &'a str,
    },
    /// The wait for a connection of an account.
    Connection {
        cluster_arn: &'a str,
        authentication: MskAuthentication,
        owner: &'a str,
    },
    /// The wait for the addresses for multi-VPC connectivity.
    Bootstrap {
        cluster_arn: &'a str,
        authentication: MskAuthentication,
    },
}

impl Work<'_> {
    pub(super) async fn perform(&self, aws: &Aws, run: &RunId) -> Result<Outputs, Problem> {
        match self {
            Self::Connectivity(change) => aws.add_schemes(change).await,
            Self::Policy {
                cluster_arn,
                principal,
            } => aws.allow_in_policy(cluster_arn, principal, run).await,
            Self::Connection { .. } | Self::Bootstrap { .. } => Ok(Outputs::default()),
        }
    }

    pub(super) async fn find(&self, aws: &Aws, run: &RunId) -> Result<Option<Outputs>, Problem> {
        match self {
            Self::Connectivity(change) => aws.find_schemes(change).await,
            Self::Policy { cluster_arn, .. } => aws.find_in_policy(cluster_arn, run).await,
            Self::Connection { .. } | Self::Bootstrap { .. } => Ok(Some(Outputs::default())),
        }
    }

    pub(super) async fn progress(&self, aws: &Aws, made: Made<'_>) -> Result<Progress, Problem> {
        match self {
            Self::Connectivity(change) => aws.schemes_progress(change, made.outputs).await,
            Self::Policy {
                cluster_arn,
                principal,
            } => aws.policy_progress(cluster_arn, principal).await,
            Self::Connection {
                cluster_arn,
                authentication,
                owner,
            } => {
                aws.client_connection_progress(cluster_arn, *authentication, owner)
                    .await
            }
            Self::Bootstrap {
                cluster_arn,
                authentication,
            } => aws.bootstrap_progress(cluster_arn, *authentication).await,
        }
    }

    pub(super) async fn remove(&self, aws: &Aws, made: Made<'_>) -> Result<(), Problem> {
        match self {
            Self::Connectivity(change) => aws.take_schemes_back(change).await,
            Self::Policy { cluster_arn, .. } => {
                let sid = made.one(OutputName::PolicySid)?;
                aws.take_out_of_policy(cluster_arn, sid).await
            }
            Self::Connection { .. } | Self::Bootstrap { .. } => Ok(()),
        }
    }

    pub(super) async fn removed(&self, aws: &Aws, made: Made<'_>) -> Result<bool, Problem> {
        match self {
            Self::Connectivity(change) => aws.schemes_taken_back(change, made.outputs).await,
            Self::Policy { cluster_arn, .. } => {
                let sid = made.one(OutputName::PolicySid)?;
                Ok(!aws.policy_holds(cluster_arn, sid).await?)
            }
            Self::Connection { .. } | Self::Bootstrap { .. } => Ok(true),
        }
    }
}
