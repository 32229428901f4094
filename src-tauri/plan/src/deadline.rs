//! When ClickHouse deletes an endpoint by itself.
//!
//! The API gives no times and does not document when the grace period starts; Pipelink assumes that it
//! starts on entering the state (docs/ASSUMPTIONS.md) and shows an interval, never a made-up instant.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::endpoint::EndpointStatus;

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

/// The grace period of a status in hours; `None` where ClickHouse does not delete by itself.
/// Source: ClickHouse documentation, "AWS PrivateLink for ClickPipes", automatic cleanup.
pub fn grace_hours(status: &EndpointStatus) -> Option<u16> {
    match status {
        EndpointStatus::Failed => Some(7 * 24),
        EndpointStatus::PendingAcceptance | EndpointStatus::Rejected => Some(24),
        EndpointStatus::Expired => Some(0),
        EndpointStatus::Provisioning
        | EndpointStatus::Ready
        | EndpointStatus::Deleting
        | EndpointStatus::Unknown
        | EndpointStatus::Other(_) => None,
    }
}

/// When ClickHouse will delete an endpoint, as far as it can be told.
///
/// `since`: first seen in this status. `last_seen_in_another`: last seen in another one, before that.
/// `connection_created`: when AWS made the endpoint's connection, where AWS says so; used where the endpoint
/// was never seen in another status, since it cannot have entered its status before it existed.
pub fn window(
    status: &EndpointStatus,
    since: Timestamp,
    last_seen_in_another: Option<Timestamp>,
    connection_created: Option<Timestamp>,
) -> Option<DeletionWindow> {
    let grace_hours = grace_hours(status)?;
    let grace = SignedDuration::from_hours(i64::from(grace_hours));
    let end = |start: Timestamp| start.checked_add(grace).unwrap_or(Timestamp::MAX);
    let latest = end(since);
    Some(DeletionWindow {
        // Clocks may differ: an earliest after the latest would say nothing.
        earliest: last_seen_in_another
            .or(connection_created)
            .map(|start| end(start).min(latest)),
        latest,
        grace_hours,
    })
}
