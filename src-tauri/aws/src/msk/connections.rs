//! Connections of clients in other VPCs to a cluster: listed, watched, rejected. There is no accepting.

use pipelink_plan::endpoint::Turn;
use pipelink_plan::facts::msk::ClientVpcConnection;
use pipelink_plan::problem::{Party, Problem};
use pipelink_plan::run::Progress;
use pipelink_plan::step::{MskAuthentication, OutputName, Outputs};

use super::cluster::timestamp;
use super::{PAGE, SERVICE};
use crate::lattice::waiting;
use crate::problems::missing;
use crate::session::Aws;

impl Aws {
    /// The connections of a cluster, whoever made them.
    ///
    /// # Errors
    /// As every read of AWS.
    pub async fn client_connections(
        &self,
        cluster_arn: &str,
    ) -> Result<Vec<ClientVpcConnection>, Problem> {
        const CALL: &str = "ListClientVpcConnections";
        let listed = self
            .session
            .kafka
            .list_client_vpc_connections()
            .cluster_arn(cluster_arn)
            .into_paginator()
            .page_size(PAGE)
            .items()
            .send()
            .try_collect()
            .await
            .map_err(self.problem(SERVICE, CALL))?;
        listed
            .into_iter()
            .map(|wire| {
                Ok(ClientVpcConnection {
                    arn: wire
                        .vpc_connection_arn
                        .ok_or_else(|| missing(CALL, "vpcConnectionArn"))?,
                    authentication: wire.authentication,
                    state: wire.state.map(|it| it.as_str().to_owned()),
                    owner: wire.owner,
                    created_at: wire.creation_time.and_then(timestamp),
                })
            })
            .collect()
    }

    /// Rejects a connection: its client is cut off. One that is rejected already is fine.
    ///
    /// # Errors
    /// As every write of AWS; `NotFound` where the cluster has none of that ARN, `Refused` where it is in another
    /// state than AVAILABLE.
    pub async fn reject_client_connection(
        &self,
        cluster_arn: &str,
        connection_arn: &str,
    ) -> Result<(), Problem> {
        const CALL: &str = "RejectClientVpcConnection";
        tracing::info!(cluster_arn, connection_arn, "rejecting a connection");
        let answer = self
            .session
            .kafka
            .reject_client_vpc_connection()
            .cluster_arn(cluster_arn)
            .vpc_connection_arn(connection_arn)
            .send()
            .await
            .map_err(self.problem(SERVICE, CALL));
        match answer {
            Ok(_) => Ok(()),
            // One answer for all that is wrong; also where the SDK asks again after a lost answer.
            Err(refused @ Problem::Refused { .. }) => {
                let all = self.client_connections(cluster_arn).await?;
                let there = all.into_iter().find(|it| it.arn == connection_arn);
                match there.map(|it| it.state.unwrap_or_default()) {
                    Some(state) if ["REJECTING", "REJECTED"].contains(&state.as_str()) => Ok(()),
                    Some(_) => Err(refused),
                    None => Err(Problem::NotFound {
                        party: Party::Aws,
                        operation: CALL.to_owned(),
                        message: format!("{cluster_arn} has no connection {connection_arn}"),
                    }),
                }
            }
            Err(problem) => Err(problem),
        }
    }

    /// Usable once the owner has a connection with that authentication. One that ended is told, and another one is
    /// waited for.
    pub(crate) async fn client_connection_progress(
        &self,
        cluster_arn: &str,
        authentication: MskAuthentication,
        owner: &str,
    ) -> Result<Progress, Problem> {
        let mut connections = self.client_connections(cluster_arn).await?;
        connections.retain(|it| {
            it.owner.as_deref() == Some(owner)
                && it
                    .authentication
                    .as_deref()
                    .is_some_and(|word| is(word, authentication))
        });
        let state = |it: &ClientVpcConnection| it.state.clone().unwrap_or_default();
        if let Some(usable) = connections.iter().find(|it| state(it) == "AVAILABLE") {
            return Ok(Progress::Usable {
                outputs: Outputs::default().with(OutputName::ConnectionArn, &usable.arn),
            });
        }
        if connections.iter().any(|it| state(it) == "CREATING") {
            return Ok(waiting("CREATING".to_owned(), Turn::Aws));
        }
        Ok(match connections.first() {
            Some(ended) => waiting(state(ended), Turn::You),
            None => waiting("no connection yet".to_owned(), Turn::You),
        })
    }
}

/// AWS's word is a free string: `SASL_IAM` and `SASL/IAM` are one.
fn is(word: &str, authentication: MskAuthentication) -> bool {
    word.replace(['/', '-'], "_")
        .eq_ignore_ascii_case(authentication.as_wire())
}
