//! How to reach a running sandbox: what its one line of output says, and the file beside a kept world
//! by which a second process finds the first.

use std::net::SocketAddr;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::cloud::BASE_PATH;
use crate::world::World;
use crate::world::store::{self, Durability};

/// Addresses and keys of a running sandbox. The keys open this sandbox and nothing else.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Connection {
    /// Endpoint of every AWS service: `http://127.0.0.1:PORT`.
    pub aws_endpoint_url: String,
    /// Base of the ClickHouse Cloud API; ends in `/v1`.
    pub clickhouse_url: String,
    /// A DNS server on loopback (UDP) that knows the public names of the world, and no others.
    pub dns: SocketAddr,
    /// The home region of the account.
    pub region: String,
    /// Access key ID of the account.
    pub access_key_id: String,
    /// Its secret. The sandbox does not verify signatures.
    pub secret_access_key: String,
    /// Key ID for the Cloud API.
    pub clickhouse_key_id: String,
    /// Its secret.
    pub clickhouse_key_secret: String,
    /// ID of the ClickHouse organization.
    pub organization_id: String,
}

impl std::fmt::Debug for Connection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Connection")
            .field("aws_endpoint_url", &self.aws_endpoint_url)
            .field("clickhouse_url", &self.clickhouse_url)
            .field("dns", &self.dns)
            .field("region", &self.region)
            .field("access_key_id", &self.access_key_id)
            .field("clickhouse_key_id", &self.clickhouse_key_id)
            .field("organization_id", &self.organization_id)
            .finish_non_exhaustive()
    }
}

impl Connection {
    pub(crate) fn new(address: SocketAddr, dns: SocketAddr, world: &World) -> Self {
        Self {
            aws_endpoint_url: format!("http://{address}"),
            clickhouse_url: format!("http://{address}{BASE_PATH}"),
            dns,
            region: world.home_region.clone(),
            access_key_id: world.keys.access_key_id.clone(),
            secret_access_key: world.keys.secret_access_key.clone(),
            clickhouse_key_id: world.keys.clickhouse_key_id.clone(),
            clickhouse_key_secret: world.keys.clickhouse_key_secret.clone(),
            organization_id: world.organization.id.to_string(),
        }
    }
}

/// The sandbox that some process runs on this world, if one does.
pub fn running(world: &Path) -> Option<Connection> {
    if !store::is_held(world) {
        return None;
    }
    let bytes = std::fs::read(connection_file(world)).ok()?;
    serde_json::from_slice(&bytes).ok()
}

/// Tells other processes; only this user may read it.
pub(crate) fn publish(world: &Path, connection: &Connection) -> std::io::Result<()> {
    let bytes = serde_json::to_vec(connection)?;
    store::replace(&connection_file(world), &bytes, Durability::Lazy)
}

/// Takes it back. A file left by a kill is taken for nothing, because its lock is free.
pub(crate) fn withdraw(world: &Path) {
    if let Err(error) = std::fs::remove_file(connection_file(world))
        && error.kind() != std::io::ErrorKind::NotFound
    {
        tracing::warn!(%error, "removing the connection file");
    }
}

fn connection_file(world: &Path) -> std::path::PathBuf {
    store::beside(world, "connection.json")
}
