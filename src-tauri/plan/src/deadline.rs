//! When ClickHouse deletes an endpoint by itself.
//!
//! The API gives no times and does not document when the grace period starts; Pipelink assumes that it
//! starts on entering the state (docs/ASSUMPTIONS.md) and shows an interval, never a made-up instant.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The interval in which an endpoint will be deleted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct DeletionWindow {
    /// Not before this; not known where the endpoint was never seen in another status.
    pub earliest: Option<Timestamp>,
    /// Not after this.
    pub latest: Timestamp,
    /// The grace period of its status, in hours; 0 for Expired.
    pub grace_hours: u16,
}
