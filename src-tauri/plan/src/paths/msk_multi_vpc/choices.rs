//! What the admin picks on this path.

use serde::{Deserialize, Serialize};

use crate::paths::choices::ServiceChoice;
use crate::step::MskAuthentication;

/// The admin's picks, complete.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "MskChoices", rename_all = "camelCase")]
pub struct Choices {
    /// The cluster's ARN.
    pub cluster_arn: String,
    /// How ClickPipes prove who they are.
    pub authentication: MskAuthentication,
    /// Which ClickHouse service, and who creates the endpoint there.
    pub service: ServiceChoice,
    /// The endpoint's description in ClickHouse, at most 200 characters: the run's ID is added to it.
    pub description: String,
}
