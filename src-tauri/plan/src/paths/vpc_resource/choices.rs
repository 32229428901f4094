//! What the admin picks on this path.

use serde::{Deserialize, Serialize};

pub use crate::paths::choices::ServiceChoice;
use crate::step::{DnsResolution, Engine};

/// The admin's picks, complete. All strings are validated by [`crate::names`] before a plan is made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "VpcResourceChoices", rename_all = "camelCase")]
pub struct Choices {
    /// What is to be reached.
    pub source: SourceChoice,
    /// Which ClickHouse service, and who creates the endpoint there.
    pub service: ServiceChoice,
    /// What is made, and what of that is there already.
    pub extent: Extent,
    /// The share's name. A share serves one endpoint only, so there is always a new one.
    pub share_name: String,
    /// Whether ClickHouse's support has enabled custom private DNS (a preview) for the service: names of the source's
    /// own then resolve to the endpoint. Brokers and nodes that call each other by name do not work without it.
    pub custom_dns_enabled: bool,
    /// The endpoint's description in ClickHouse, at most 200 characters: the run's ID is added to it.
    pub description: String,
}

/// What is to be reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(
    rename = "VpcResourceSourceChoice",
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum SourceChoice {
    /// An RDS or Aurora cluster or instance out of the list.
    Database {
        /// Its ARN.
        arn: String,
    },
    /// A domain name.
    DomainName {
        /// As typed; at most 255 characters.
        name: String,
        /// As typed: ports and ranges of ports, such as `5432` or `9092-9094, 9096`. The first one is the
        /// connection string's.
        ports: String,
        /// Where the gateway looks the name up.
        resolution: DnsResolution,
        /// What speaks at the port.
        engine: Engine,
        /// The VPC from which it is reached.
        vpc_id: String,
    },
    /// A private IPv4 address.
    IpAddress {
        /// As typed.
        address: String,
        /// As for a domain name.
        ports: String,
        /// What speaks at the port.
        engine: Engine,
        /// The VPC from which it is reached.
        vpc_id: String,
    },
    /// Several hosts over one endpoint: the nodes of a `MongoDB` replica set, or the brokers of a Kafka cluster with
    /// its schema registry. A GROUP resource configuration with a CHILD for each.
    Hosts {
        /// As typed: one host and port a line, such as `node-1.example.com:27017`.
        hosts: String,
        /// A Kafka schema registry, as typed: host and port. Empty: none.
        registry: String,
        /// Where the gateway looks the names up.
        resolution: DnsResolution,
        /// Kafka or `MongoDB`.
        engine: Engine,
        /// The VPC from which they are reached.
        vpc_id: String,
    },
    /// An MSK Serverless cluster out of the list: its bootstrap host, looked up within the VPC.
    MskServerless {
        /// Its ARN.
        cluster_arn: String,
    },
}

/// What is made, and what of that is there already.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(
    rename = "VpcResourceExtent",
    tag = "extent",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum Extent {
    /// A gateway and a configuration are made.
    Everything {
        /// Where the gateway goes.
        subnet_ids: Vec<String>,
        /// What guards the gateway.
        security_group_ids: Vec<String>,
        /// The gateway's name.
        gateway_name: String,
        /// The configuration's name.
        configuration_name: String,
    },
    /// The gateway is there; a configuration is made.
    OnGateway {
        /// `rgw-...`.
        gateway_id: String,
        /// The configuration's name.
        configuration_name: String,
    },
    /// Gateway and configuration are there; only the share, and the endpoint, are made.
    OnConfiguration {
        /// `rcfg-...`.
        configuration_id: String,
    },
}

impl SourceChoice {
    /// The MSK cluster, if the source is one.
    pub fn cluster_arn(&self) -> Option<&str> {
        match self {
            Self::MskServerless { cluster_arn } => Some(cluster_arn),
            Self::Database { .. }
            | Self::DomainName { .. }
            | Self::IpAddress { .. }
            | Self::Hosts { .. } => None,
        }
    }
}
