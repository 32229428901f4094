//! VPC endpoint services and the connections that endpoints of other accounts make to them. Who may connect
//! is decided here, for whoever asks: [`World::request_endpoint_connection`].

use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::aging::takes;
use super::endpoint_service_zone::ServiceName;
use super::{Region, World, ids};

/// How the name of every endpoint service begins; its region and its ID follow.
const NAME_PREFIX: &str = "com.amazonaws.vpce.";

/// The principal that stands for every account.
const EVERYBODY: &str = "*";

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct EndpointService {
    /// `vpce-svc-` and 17 digits.
    pub(crate) id: String,
    pub(crate) state: ServiceState,
    #[serde(default)]
    pub(crate) due: Option<Timestamp>,
    pub(crate) acceptance_required: bool,
    pub(crate) load_balancer_arns: Vec<String>,
    /// Regions beside its own in which endpoints may be.
    #[serde(default)]
    pub(crate) other_regions: Vec<String>,
    #[serde(default)]
    pub(crate) private_name: Option<ServiceName>,
    #[serde(default)]
    pub(crate) principals: Vec<Principal>,
    #[serde(default)]
    pub(crate) connections: Vec<EndpointConnection>,
    #[serde(default)]
    pub(crate) tags: BTreeMap<String, String>,
}

/// EC2's words. Failed is a service that never came up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum ServiceState {
    Pending,
    Available,
    Deleting,
    Failed,
}

/// Somebody who may connect.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Principal {
    /// An ARN of IAM, or `*`.
    pub(crate) arn: String,
    /// `vpce-svc-perm-` and 17 digits.
    pub(crate) permission_id: String,
    #[serde(default)]
    pub(crate) tags: BTreeMap<String, String>,
}

/// An endpoint's connection, as the service's owner sees it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct EndpointConnection {
    /// `vpce-con-` and 17 digits.
    pub(crate) id: String,
    /// `vpce-` and 17 digits.
    pub(crate) endpoint_id: String,
    /// The account that the endpoint is of.
    pub(crate) owner: String,
    /// The region that the endpoint is in.
    pub(crate) region: String,
    pub(crate) state: ConnectionState,
    #[serde(default)]
    pub(crate) due: Option<Timestamp>,
    pub(crate) created_at: Timestamp,
}

/// The states as on the wire: in lower camel case, where EC2's model has them with a capital
/// (awslabs/aws-sdk-rust issue 619).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum ConnectionState {
    PendingAcceptance,
    Pending,
    Available,
    Rejected,
    Failed,
}

/// Why an endpoint is not connected to a service.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NoConnection {
    #[error("the endpoint service {name} does not exist")]
    NoService { name: String },
    #[error("the endpoint service {name} is not available")]
    NotAvailable { name: String },
    #[error("the endpoint service does not allow account {owner}")]
    NotAllowed { owner: String },
    #[error("the endpoint service does not support endpoints in {region}")]
    OtherRegion { region: String },
}

/// Why the owner of a service cannot decide about a connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Undecided {
    NoConnection,
    State(ConnectionState),
}

/// The region and the ID in the name of a service.
pub(crate) fn parts_of_name(name: &str) -> Option<(&str, &str)> {
    name.strip_prefix(NAME_PREFIX)?.split_once('.')
}

impl EndpointService {
    pub(crate) fn name(&self, region: &str) -> String {
        format!("{NAME_PREFIX}{region}.{}", self.id)
    }

    pub(crate) fn connection(&self, endpoint_id: &str) -> Option<&EndpointConnection> {
        let mut all = self.connections.iter();
        all.find(|it| it.endpoint_id == endpoint_id)
    }

    fn allows(&self, owner: &str) -> bool {
        let account = format!("arn:aws:iam::{owner}:root");
        let mut principals = self.principals.iter();
        principals.any(|it| it.arn == account || it.arn == EVERYBODY)
    }

    /// The owner accepts a connection that waits for it.
    pub(crate) fn accept(&mut self, endpoint_id: &str, at: Timestamp) -> Result<(), Undecided> {
        let connection = self.connection_mut(endpoint_id)?;
        match connection.state {
            ConnectionState::PendingAcceptance => {
                connection.state = ConnectionState::Pending;
                connection.due = Some(at + takes::ENDPOINT_CONNECTION);
                Ok(())
            }
            other => Err(Undecided::State(other)),
        }
    }

    /// The owner rejects a connection: one that waits, or one that works.
    pub(crate) fn reject(&mut self, endpoint_id: &str) -> Result<(), Undecided> {
        let connection = self.connection_mut(endpoint_id)?;
        match connection.state {
            ConnectionState::PendingAcceptance
            | ConnectionState::Pending
            | ConnectionState::Available => {
                connection.state = ConnectionState::Rejected;
                connection.due = None;
                Ok(())
            }
            other => Err(Undecided::State(other)),
        }
    }

    fn connection_mut(&mut self, endpoint_id: &str) -> Result<&mut EndpointConnection, Undecided> {
        let mut all = self.connections.iter_mut();
        all.find(|it| it.endpoint_id == endpoint_id)
            .ok_or(Undecided::NoConnection)
    }

    /// Whether an endpoint is attached, or waits to be: the service cannot be deleted then.
    pub(crate) fn in_use(&self) -> bool {
        self.connections.iter().any(|it| {
            matches!(
                it.state,
                ConnectionState::PendingAcceptance
                    | ConnectionState::Pending
                    | ConnectionState::Available
            )
        })
    }
}

impl Region {
    pub(crate) fn endpoint_service(&self, id: &str) -> Option<&EndpointService> {
        self.endpoint_services.iter().find(|it| it.id == id)
    }

    pub(crate) fn endpoint_service_mut(&mut self, id: &str) -> Option<&mut EndpointService> {
        self.endpoint_services.iter_mut().find(|it| it.id == id)
    }
}

impl World {
    /// An account makes an interface endpoint in a region, to the service of this name. Gives the endpoint's
    /// ID: its connection waits for the service's owner, or is on its way to be available.
    pub(crate) fn request_endpoint_connection(
        &mut self,
        service_name: &str,
        owner: &str,
        region: &str,
        at: Timestamp,
    ) -> Result<String, NoConnection> {
        let no_service = || NoConnection::NoService {
            name: service_name.to_owned(),
        };
        let (home, id) = parts_of_name(service_name).ok_or_else(no_service)?;
        let service = self
            .regions
            .get_mut(home)
            .and_then(|it| it.endpoint_service_mut(id))
            .ok_or_else(no_service)?;
        // AWS tells those who are not allowed nothing more.
        if !service.allows(owner) {
            return Err(NoConnection::NotAllowed {
                owner: owner.to_owned(),
            });
        }
        if service.state != ServiceState::Available {
            return Err(NoConnection::NotAvailable {
                name: service_name.to_owned(),
            });
        }
        if region != home && !service.other_regions.iter().any(|it| it == region) {
            return Err(NoConnection::OtherRegion {
                region: region.to_owned(),
            });
        }
        let (state, due) = if service.acceptance_required {
            (ConnectionState::PendingAcceptance, None)
        } else {
            let due = at + takes::ENDPOINT_CONNECTION;
            (ConnectionState::Pending, Some(due))
        };
        let endpoint_id = ids::hex17("vpce");
        service.connections.push(EndpointConnection {
            id: ids::hex17("vpce-con"),
            endpoint_id: endpoint_id.clone(),
            owner: owner.to_owned(),
            region: region.to_owned(),
            state,
            due,
            created_at: at,
        });
        Ok(endpoint_id)
    }

    /// The states of all connections, by the endpoints that they are of.
    pub(crate) fn endpoint_connection_states(&self) -> HashMap<&str, ConnectionState> {
        let services = self.regions.values().flat_map(|it| &it.endpoint_services);
        let connections = services.flat_map(|it| &it.connections);
        connections
            .map(|it| (it.endpoint_id.as_str(), it.state))
            .collect()
    }

    /// The account that made an endpoint deletes it.
    pub(crate) fn remove_endpoint_connection(&mut self, endpoint_id: &str) {
        let regions = self.regions.values_mut();
        for service in regions.flat_map(|it| &mut it.endpoint_services) {
            service
                .connections
                .retain(|it| it.endpoint_id != endpoint_id);
        }
    }
}
