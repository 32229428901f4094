//! What the admin picks on this path.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::step::{DnsResolution, Engine};

/// The admin's picks, complete. All strings are validated by [`crate::names`] before a plan is made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Choices {
    /// What is to be reached.
    pub source: SourceChoice,
    /// Which ClickHouse service, and who creates the endpoint there.
    pub service: ServiceChoice,
    /// What is made, and what of that is there already.
    pub extent: Extent,
    /// The share's name. A share serves one endpoint only, so there is always a new one.
    pub share_name: String,
    /// The endpoint's description in ClickHouse, at most 200 characters: the run's ID is added to it.
    pub description: String,
}

/// Which ClickHouse service, and who creates the endpoint there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(tag = "by", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum ServiceChoice {
    /// With an API key: Pipelink creates it.
    Key {
        /// UUID.
        organization_id: String,
        /// UUID.
        service_id: String,
    },
    /// Without one: the admin pastes the values into ClickHouse.
    Hand {
        /// The service's AWS region.
        region: String,
        /// The day the service was created.
        #[cfg_attr(feature = "specta", specta(type = String))]
        created_on: Date,
    },
}

/// What is to be reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(
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
}

/// What is made, and what of that is there already.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(
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
