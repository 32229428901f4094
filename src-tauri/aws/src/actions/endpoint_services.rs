//! The five verbs of what belongs to a VPC endpoint service: itself, who may connect and from where, its private DNS
//! name, and the connections to it.

use pipelink_plan::endpoint::Turn;
use pipelink_plan::problem::Problem;
use pipelink_plan::run::{Progress, RunId};
use pipelink_plan::step::{OutputName, Outputs};

use super::Made;
use crate::endpoint_services::{ExpectedConnection, NewService};
use crate::session::Aws;

pub(super) enum Work<'a> {
    Service(NewService<'a>),
    Principal {
        service_id: &'a str,
        account_id: &'a str,
    },
    Region {
        service_id: &'a str,
        region: &'a str,
    },
    /// The verification of the private DNS name of a service, by its ID.
    Verification(&'a str),
    Accept(ExpectedConnection<'a>),
    /// The wait until the admin accepts a connection.
    Acceptance(ExpectedConnection<'a>),
    /// The wait for any connection of an account but those that were known before.
    OwnersConnection {
        service_id: &'a str,
        owner: &'a str,
        known: &'a [String],
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
            Self::Service(new) => aws.create_service(new, run, token).await,
            Self::Principal {
                service_id,
                account_id,
            } => aws.allow_account(service_id, account_id).await,
            Self::Region { service_id, region } => aws.add_region(service_id, region).await,
            Self::Verification(service_id) => aws.verify_private_dns(service_id).await,
            Self::Accept(expected) => aws.accept(*expected).await,
            Self::Acceptance(_) | Self::OwnersConnection { .. } => Ok(Outputs::default()),
        }
    }

    pub(super) async fn find(&self, aws: &Aws, run: &RunId) -> Result<Option<Outputs>, Problem> {
        match self {
            Self::Service(new) => aws.find_service(new.name, run).await,
            Self::Principal {
                service_id,
                account_id,
            } => aws.find_allowed(service_id, account_id).await,
            Self::Region { service_id, region } => aws.find_region(service_id, region).await,
            Self::Verification(service_id) => aws.find_verified(service_id).await,
            Self::Accept(expected) => aws.find_accepted(*expected).await,
            Self::Acceptance(_) | Self::OwnersConnection { .. } => Ok(Some(Outputs::default())),
        }
    }

    pub(super) async fn progress(&self, aws: &Aws, made: Made<'_>) -> Result<Progress, Problem> {
        match self {
            Self::Service(new) => {
                let id = made.one(OutputName::EndpointServiceId)?;
                aws.service_progress(id, new).await
            }
            Self::Principal {
                service_id,
                account_id,
            } => aws.allowed_progress(service_id, account_id).await,
            Self::Region { service_id, region } => aws.region_progress(service_id, region).await,
            Self::Verification(service_id) => aws.verification_progress(service_id).await,
            // Accepted: what is left to do is AWS's.
            Self::Accept(expected) => aws.connection_progress(*expected, Turn::Aws).await,
            Self::Acceptance(expected) => aws.connection_progress(*expected, Turn::You).await,
            Self::OwnersConnection {
                service_id,
                owner,
                known,
            } => {
                aws.owners_connection_progress(service_id, owner, known)
                    .await
            }
        }
    }

    pub(super) async fn remove(
        &self,
        aws: &Aws,
        run: &RunId,
        made: Made<'_>,
    ) -> Result<(), Problem> {
        match self {
            Self::Service(_) => {
                let id = made.one(OutputName::EndpointServiceId)?;
                aws.delete_service(id, run).await
            }
            Self::Principal {
                service_id,
                account_id,
            } => aws.disallow_account(service_id, account_id).await,
            Self::Region { service_id, region } => aws.remove_region(service_id, region).await,
            // The name stays verified as long as its service, and a connection goes with its endpoint.
            Self::Verification(_)
            | Self::Accept(_)
            | Self::Acceptance(_)
            | Self::OwnersConnection { .. } => Ok(()),
        }
    }

    pub(super) async fn removed(&self, aws: &Aws, made: Made<'_>) -> Result<bool, Problem> {
        match self {
            Self::Service(_) => {
                let id = made.one(OutputName::EndpointServiceId)?;
                aws.service_removed(id).await
            }
            Self::Principal {
                service_id,
                account_id,
            } => aws.is_disallowed(service_id, account_id).await,
            Self::Region { service_id, region } => aws.region_removed(service_id, region).await,
            Self::Verification(_)
            | Self::Accept(_)
            | Self::Acceptance(_)
            | Self::OwnersConnection { .. } => Ok(true),
        }
    }
}
