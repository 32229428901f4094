//! What the admin picks on this path.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The admin's picks, complete. All strings are validated by [`crate::names`] before a plan is made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Choices {
    /// The RDS or Aurora cluster or instance.
    pub source_arn: String,
    /// Which ClickHouse service, and who creates the endpoint there.
    pub service: ServiceChoice,
    /// Where the gateway goes.
    pub subnet_ids: Vec<String>,
    /// What guards the gateway.
    pub security_group_ids: Vec<String>,
    /// The gateway's name.
    pub gateway_name: String,
    /// The configuration's name.
    pub configuration_name: String,
    /// The share's name.
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
