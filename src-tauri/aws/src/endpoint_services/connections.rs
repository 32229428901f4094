//! Connections to an endpoint service: listed, accepted after a look at whose they are, rejected, watched.
//!
//! Whoever is among the principals can ask for a connection, and AWS accepts whatever ID it is told. So nothing is
//! accepted here but the one endpoint that was expected, and only while it belongs to the account that was expected.

use pipelink_plan::endpoint::Turn;
use pipelink_plan::facts::load_balancing::EndpointConnection;
use pipelink_plan::problem::{Party, Problem};
use pipelink_plan::run::Progress;
use pipelink_plan::step::{OutputName, Outputs};

use super::reading::{CONNECTIONS, connection};
use super::{PAGE, SERVICE};
use crate::ec2::filter;
use crate::lattice::{unless_gone, waiting};
use crate::session::Aws;

const ACCEPT: &str = "AcceptVpcEndpointConnections";
const REJECT: &str = "RejectVpcEndpointConnections";

/// A connection of one endpoint, and whose it has to be.
#[derive(Clone, Copy)]
pub(crate) struct ExpectedConnection<'a> {
    pub(crate) service_id: &'a str,
    pub(crate) vpc_endpoint_id: &'a str,
    pub(crate) owner: &'a str,
}

/// Where a connection stands.
enum Standing {
    AwaitsAcceptance,
    Connecting,
    Connected,
    Over,
    Other,
}

fn standing(connection: &EndpointConnection) -> Standing {
    let is = |state| connection.is(state);
    if is("pendingAcceptance") {
        Standing::AwaitsAcceptance
    } else if is("pending") {
        Standing::Connecting
    } else if is("available") {
        Standing::Connected
    } else if ["deleting", "deleted", "rejected", "failed", "expired"]
        .into_iter()
        .any(is)
    {
        Standing::Over
    } else {
        Standing::Other
    }
}

impl Aws {
    /// The connections to one service, by its ID.
    pub async fn endpoint_connections(
        &self,
        service_id: &str,
    ) -> Result<Vec<EndpointConnection>, Problem> {
        self.connections(Some(service_id)).await
    }

    /// Accepts the connection of one endpoint if it belongs to an account (twelve digits); `Refused` if it is
    /// another's, with whose it is, `NotFound` if the service has no such connection, `EndedIn` if it is over. One
    /// that is accepted already is fine.
    pub async fn accept_connection(
        &self,
        service_id: &str,
        vpc_endpoint_id: &str,
        owner: &str,
    ) -> Result<(), Problem> {
        let expected = ExpectedConnection {
            service_id,
            vpc_endpoint_id,
            owner,
        };
        self.accept(expected).await.map(|_| ())
    }

    /// Rejects the connection of one endpoint, whoever's it is; one that is over already is fine.
    pub async fn reject_connection(
        &self,
        service_id: &str,
        vpc_endpoint_id: &str,
    ) -> Result<(), Problem> {
        let answer = self
            .session
            .ec2
            .reject_vpc_endpoint_connections()
            .service_id(service_id)
            .vpc_endpoint_ids(vpc_endpoint_id)
            .send()
            .await
            .map_err(self.problem(SERVICE, REJECT))?;
        let Err(refused) = self.all_successful(REJECT, answer.unsuccessful) else {
            return Ok(());
        };
        let there = self.connection_of(service_id, vpc_endpoint_id).await?;
        match there.as_ref().map(standing) {
            None | Some(Standing::Over) => Ok(()),
            Some(_) => Err(refused),
        }
    }

    /// As [`Self::accept_connection`]; the output is the endpoint's ID.
    pub(crate) async fn accept(
        &self,
        expected: ExpectedConnection<'_>,
    ) -> Result<Outputs, Problem> {
        let there = self.expected(expected).await?;
        let there = there.ok_or_else(|| Problem::NotFound {
            party: Party::Aws,
            operation: ACCEPT.to_owned(),
            message: format!(
                "{} has no connection of {}",
                expected.service_id, expected.vpc_endpoint_id
            ),
        })?;
        match standing(&there) {
            Standing::AwaitsAcceptance => {}
            Standing::Connecting | Standing::Connected => return Ok(outputs(&there)),
            Standing::Over | Standing::Other => {
                return Err(Problem::EndedIn {
                    resource: there.vpc_endpoint_id,
                    state: there.state,
                    reason: None,
                });
            }
        }
        let answer = self
            .session
            .ec2
            .accept_vpc_endpoint_connections()
            .service_id(expected.service_id)
            .vpc_endpoint_ids(expected.vpc_endpoint_id)
            .send()
            .await
            .map_err(self.problem(SERVICE, ACCEPT))?;
        let Err(refused) = self.all_successful(ACCEPT, answer.unsuccessful) else {
            return Ok(outputs(&there));
        };
        // Somebody else may have accepted it since it was looked at.
        let now = self.expected(expected).await?;
        match now.as_ref().map(standing) {
            Some(Standing::Connecting | Standing::Connected) => Ok(outputs(&there)),
            _ => Err(refused),
        }
    }

    /// Found where it has been accepted.
    pub(crate) async fn find_accepted(
        &self,
        expected: ExpectedConnection<'_>,
    ) -> Result<Option<Outputs>, Problem> {
        let there = unless_gone(self.expected(expected).await)?.flatten();
        Ok(there
            .filter(|it| matches!(standing(it), Standing::Connecting | Standing::Connected))
            .map(|it| outputs(&it)))
    }

    /// Usable once it is available. `acceptance` is whose turn it is while it waits to be accepted.
    pub(crate) async fn connection_progress(
        &self,
        expected: ExpectedConnection<'_>,
        acceptance: Turn,
    ) -> Result<Progress, Problem> {
        let Some(there) = unless_gone(self.expected(expected).await)?.flatten() else {
            return Ok(Progress::Missing);
        };
        Ok(progress(&there, acceptance))
    }

    /// Usable once a connection of the owner is available, whichever endpoint it is: without `ClickHouse`'s word its ID
    /// is not known. One that was known before says nothing, for it is of an earlier set-up that works. Until then the
    /// newest is told of: an older one may be somebody else's that nobody ever accepts, and so may a newer one, which
    /// must not hide one that works.
    pub(crate) async fn owners_connection_progress(
        &self,
        service_id: &str,
        owner: &str,
        known: &[String],
    ) -> Result<Progress, Problem> {
        let Some(all) = unless_gone(self.connections(Some(service_id)).await)? else {
            return Ok(Progress::Missing);
        };
        let best = all
            .iter()
            .filter(|it| it.owner.as_deref() == Some(owner) && !known.contains(&it.vpc_endpoint_id))
            // An earlier try; the next one is still to come.
            .filter(|it| !matches!(standing(it), Standing::Over))
            .max_by_key(|it| (matches!(standing(it), Standing::Connected), it.created_at));
        Ok(match best {
            Some(connection) => progress(connection, Turn::You),
            None => waiting(format!("no connection of account {owner}"), Turn::You),
        })
    }

    /// The connection of the expected endpoint; `Refused` where it is not the expected owner's.
    async fn expected(
        &self,
        expected: ExpectedConnection<'_>,
    ) -> Result<Option<EndpointConnection>, Problem> {
        let there = self
            .connection_of(expected.service_id, expected.vpc_endpoint_id)
            .await?;
        match there {
            Some(it) if it.owner.as_deref() != Some(expected.owner) => Err(Problem::Refused {
                party: Party::Aws,
                operation: ACCEPT.to_owned(),
                message: format!(
                    "{} belongs to account {}, not to {}: it is not accepted",
                    it.vpc_endpoint_id,
                    it.owner.as_deref().unwrap_or("not known"),
                    expected.owner
                ),
            }),
            there => Ok(there),
        }
    }

    async fn connection_of(
        &self,
        service_id: &str,
        vpc_endpoint_id: &str,
    ) -> Result<Option<EndpointConnection>, Problem> {
        let all = self.connections(Some(service_id)).await?;
        // There is no filter by endpoint.
        Ok(all
            .into_iter()
            .find(|it| it.vpc_endpoint_id == vpc_endpoint_id))
    }

    /// The connections to a service, or to all services of the account.
    pub(super) async fn connections(
        &self,
        service_id: Option<&str>,
    ) -> Result<Vec<EndpointConnection>, Problem> {
        let of_service = service_id.map(|id| vec![filter("service-id", [id.to_owned()])]);
        self.session
            .ec2
            .describe_vpc_endpoint_connections()
            .set_filters(of_service)
            .into_paginator()
            .page_size(PAGE)
            .items()
            .send()
            .try_collect()
            .await
            .map_err(self.problem(SERVICE, CONNECTIONS))?
            .into_iter()
            .map(connection)
            .collect()
    }
}

fn progress(connection: &EndpointConnection, acceptance: Turn) -> Progress {
    let seen = connection.state.clone();
    match standing(connection) {
        Standing::AwaitsAcceptance => waiting(seen, acceptance),
        Standing::Connecting => waiting(seen, Turn::Aws),
        Standing::Connected => Progress::Usable {
            outputs: outputs(connection),
        },
        // AWS gives no reason.
        Standing::Over => Progress::Ended { seen, reason: None },
        Standing::Other => waiting(seen, Turn::NotKnown),
    }
}

fn outputs(connection: &EndpointConnection) -> Outputs {
    Outputs::default().with(OutputName::VpcEndpointId, &connection.vpc_endpoint_id)
}
