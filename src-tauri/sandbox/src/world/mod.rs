//! The simulated world as data: one AWS account, one ClickHouse organization, their keys and their
//! clock. `aging` moves its state machines on, `store` keeps it in a file, `scenario` makes a new one.

pub(crate) mod access;
pub(crate) mod aging;
mod arrivals;
pub(crate) mod clock;
mod crowd;
pub(crate) mod database;
pub(crate) mod dns;
pub(crate) mod endpoint_names;
pub(crate) mod endpoint_service;
pub(crate) mod endpoint_service_zone;
pub(crate) mod failover;
pub(crate) mod fates;
pub(crate) mod host;
pub(crate) mod ids;
mod kept;
pub(crate) mod lattice;
pub(crate) mod load_balancing;
pub(crate) mod load_balancing_health;
pub(crate) mod msk;
mod names;
pub(crate) mod network;
pub(crate) mod organization;
pub(crate) mod reach;
pub(crate) mod scenario;
pub(crate) mod share;
pub(crate) mod space;
pub(crate) mod store;
pub(crate) mod thing;

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::exercises::Begun;

use access::{Role, Session};
use clock::Clock;
use database::{DbCluster, DbInstance, DbParameterGroup, DbSubnetGroup};
use dns::Dns;
use endpoint_service::EndpointService;
use fates::Fates;
use host::Host;
use lattice::{EndpointAssociation, ResourceConfiguration, ResourceGateway};
use load_balancing::{Listener, LoadBalancer, TargetGroup};
use msk::{MskCluster, MskConfiguration};
use network::{CidrReservation, NetworkAcl, NetworkInterface, SecurityGroup, Subnet, Vpc, Zone};
use organization::{GraceStart, Organization};
use share::ResourceShare;

/// Everything the sandbox knows.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct World {
    /// The format of the file.
    pub(crate) version: u32,
    /// The scenario it began as.
    pub(crate) scenario: String,
    pub(crate) clock: Clock,
    pub(crate) keys: Keys,
    pub(crate) account: Account,
    /// Roles that the account's admin may assume.
    #[serde(default)]
    pub(crate) roles: Vec<Role>,
    /// Temporary keys that STS gave out.
    #[serde(default)]
    pub(crate) sessions: Vec<Session>,
    /// The region that `Connection` names.
    pub(crate) home_region: String,
    #[serde(default)]
    pub(crate) limits: Limits,
    #[serde(default)]
    pub(crate) dns: Dns,
    /// Whether the account's people have the right to `vpce:AllowMultiRegion`, which no other right includes.
    #[serde(default = "has_right")]
    pub(crate) allow_multi_region: bool,
    #[serde(default)]
    pub(crate) grace_starts: GraceStart,
    /// Regions enabled for the account, by name.
    pub(crate) regions: BTreeMap<String, Region>,
    pub(crate) organization: Organization,
    /// What faults have decided about things on their way.
    #[serde(default)]
    pub(crate) fates: Fates,
    /// The exercises that were begun, by their ID.
    #[serde(default)]
    pub(crate) exercises: BTreeMap<String, Begun>,
}

fn has_right() -> bool {
    true
}

/// The version of the world file that this code writes.
pub(crate) const VERSION: u32 = 1;

/// Made anew for each world.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Keys {
    pub(crate) access_key_id: String,
    pub(crate) secret_access_key: String,
    pub(crate) clickhouse_key_id: String,
    pub(crate) clickhouse_key_secret: String,
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Keys")
            .field("access_key_id", &self.access_key_id)
            .field("clickhouse_key_id", &self.clickhouse_key_id)
            .finish_non_exhaustive()
    }
}

/// Whom STS says the caller is.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Account {
    pub(crate) id: String,
    pub(crate) user_id: String,
    pub(crate) user_arn: String,
}

/// Service quotas, so that a scenario can make them tight.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Limits {
    pub(crate) gateways_per_vpc: usize,
    pub(crate) configurations_per_region: usize,
    pub(crate) children_per_group: usize,
    pub(crate) shares_per_region: usize,
    pub(crate) load_balancers_per_region: usize,
    pub(crate) target_groups_per_region: usize,
    pub(crate) listeners_per_load_balancer: usize,
    pub(crate) targets_per_group: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            gateways_per_vpc: 500,
            configurations_per_region: 2000,
            children_per_group: 60,
            shares_per_region: 25_000,
            load_balancers_per_region: 50,
            target_groups_per_region: 3000,
            listeners_per_load_balancer: 50,
            targets_per_group: 500,
        }
    }
}

/// One region of the account.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Region {
    pub(crate) zones: Vec<Zone>,
    pub(crate) vpcs: Vec<Vpc>,
    pub(crate) subnets: Vec<Subnet>,
    pub(crate) security_groups: Vec<SecurityGroup>,
    pub(crate) network_acls: Vec<NetworkAcl>,
    pub(crate) network_interfaces: Vec<NetworkInterface>,
    pub(crate) cidr_reservations: Vec<CidrReservation>,
    pub(crate) db_subnet_groups: Vec<DbSubnetGroup>,
    pub(crate) db_parameter_groups: Vec<DbParameterGroup>,
    pub(crate) db_clusters: Vec<DbCluster>,
    pub(crate) db_instances: Vec<DbInstance>,
    pub(crate) msk_clusters: Vec<MskCluster>,
    pub(crate) msk_configurations: Vec<MskConfiguration>,
    pub(crate) resource_gateways: Vec<ResourceGateway>,
    pub(crate) resource_configurations: Vec<ResourceConfiguration>,
    pub(crate) endpoint_associations: Vec<EndpointAssociation>,
    pub(crate) resource_shares: Vec<ResourceShare>,
    pub(crate) hosts: Vec<Host>,
    pub(crate) load_balancers: Vec<LoadBalancer>,
    pub(crate) listeners: Vec<Listener>,
    pub(crate) target_groups: Vec<TargetGroup>,
    pub(crate) endpoint_services: Vec<EndpointService>,
    /// Idempotency tokens seen, by `operation token`.
    pub(crate) tokens: BTreeMap<String, TokenUse>,
}

/// What an idempotency token was used for.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct TokenUse {
    pub(crate) input: Value,
    pub(crate) output: Value,
    pub(crate) at: Timestamp,
}

impl World {
    /// The sandbox's time.
    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }
}
