//! Who has connected to an endpoint service: no connection is accepted before it is proven whose it is.
//!
//! The owner alone proves little: every customer's endpoint of `ClickPipes` belongs to the same account. It takes the
//! endpoint's ID, as `ClickHouse` itself reports it for this very service.

use serde::{Deserialize, Serialize};

use crate::CLICKPIPES_ACCOUNT;
use crate::facts::clickhouse::ReversePrivateEndpoint;
use crate::facts::load_balancing::{EndpointConnection, EndpointService};
use crate::observed::Observed;

/// One connection with the answer to "whose is it".
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct ConnectionRow {
    /// The connection.
    pub connection: EndpointConnection,
    /// Whose it is.
    pub identity: ConnectionIdentity,
    /// Whether it waits to be accepted, and is proven to be ours. Anything else that waits may only be rejected.
    pub may_accept: bool,
    /// Whether there is still something to reject.
    pub may_reject: bool,
    /// Why, in one sentence.
    pub why: String,
}

/// Whose a connection is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(
    tag = "identity",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum ConnectionIdentity {
    /// Of an endpoint that `ClickHouse` reports to us, for this service, under the same ID.
    Ours {
        /// The reverse private endpoint's UUID.
        endpoint_id: String,
        /// Its description.
        description: String,
    },
    /// Of `ClickPipes`' account, but of no endpoint that `ClickHouse` reports to us: it can be another customer's.
    ClickPipesButUnknown,
    /// Of another account, or AWS does not say of which.
    Foreign,
}

/// The connections of a service, those that wait to be accepted first; empty where they were not read. `endpoints` are
/// those of the `ClickHouse` service, or of all services of the key.
pub fn connections(
    service: &EndpointService,
    endpoints: &Observed<Vec<ReversePrivateEndpoint>>,
) -> Vec<ConnectionRow> {
    let mut rows: Vec<ConnectionRow> = service
        .connections
        .known()
        .into_iter()
        .flatten()
        .map(|connection| row(service, connection, endpoints))
        .collect();
    rows.sort_by_key(|row| {
        (
            !waits(&row.connection),
            row.connection.vpc_endpoint_id.clone(),
        )
    });
    rows
}

fn waits(connection: &EndpointConnection) -> bool {
    connection.is("pendingAcceptance")
}

fn row(
    service: &EndpointService,
    connection: &EndpointConnection,
    endpoints: &Observed<Vec<ReversePrivateEndpoint>>,
) -> ConnectionRow {
    let (identity, why) = identify(service, connection, endpoints);
    ConnectionRow {
        connection: connection.clone(),
        may_accept: waits(connection) && matches!(identity, ConnectionIdentity::Ours { .. }),
        may_reject: may_reject(connection),
        identity,
        why,
    }
}

/// Unless AWS says that it is over, or on its way out: in a state that is not known nobody is kept from cutting it off.
fn may_reject(connection: &EndpointConnection) -> bool {
    let over = ["rejected", "deleting", "deleted", "expired", "failed"];
    !over.iter().any(|state| connection.is(state))
}

fn identify(
    service: &EndpointService,
    connection: &EndpointConnection,
    endpoints: &Observed<Vec<ReversePrivateEndpoint>>,
) -> (ConnectionIdentity, String) {
    let id = &connection.vpc_endpoint_id;
    match connection.owner.as_deref() {
        Some(CLICKPIPES_ACCOUNT) => {}
        Some(owner) => {
            return (
                ConnectionIdentity::Foreign,
                format!("It belongs to account {owner}, not to ClickPipes' account."),
            );
        }
        None => {
            return (
                ConnectionIdentity::Foreign,
                "AWS does not say which account it belongs to.".to_owned(),
            );
        }
    }
    let Some(known) = endpoints.known() else {
        let why = endpoints
            .problem()
            .map_or_else(String::new, |it| format!(" {}", it.headline()));
        return (
            ConnectionIdentity::ClickPipesButUnknown,
            format!(
                "It belongs to ClickPipes' account, but which endpoints are yours could not be read.{why}"
            ),
        );
    };
    let mut same: Vec<&ReversePrivateEndpoint> = known
        .iter()
        .filter(|it| it.endpoint_id.as_deref() == Some(id))
        .collect();
    same.sort_by_key(|it| &it.id);
    let Some(endpoint) = same.first() else {
        return (
            ConnectionIdentity::ClickPipesButUnknown,
            format!(
                "It belongs to ClickPipes' account, but ClickHouse reports no endpoint of yours with the ID {id}: it can be \
                 another customer's."
            ),
        );
    };
    let to = endpoint.endpoint_service_name.as_deref();
    if to != Some(service.service_name.as_str()) {
        return (
            ConnectionIdentity::ClickPipesButUnknown,
            format!(
                "ClickHouse reports the ID {id} for an endpoint to {}, not to this service.",
                to.unwrap_or("something else")
            ),
        );
    }
    (
        ConnectionIdentity::Ours {
            endpoint_id: endpoint.id.clone(),
            description: endpoint.description.clone(),
        },
        format!(
            "Owner and ID are those of your endpoint {} ({}).",
            endpoint.description, endpoint.id
        ),
    )
}
