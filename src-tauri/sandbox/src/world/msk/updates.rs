//! Changes of a cluster's connectivity: slow, one at a time, and whole: what is sent replaces what was.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{ClusterState, ConnectionState, MskCluster, Scheme, new_version};

/// How long things take, in sandbox time.
pub(crate) mod takes {
    use jiff::SignedDuration;

    /// A change of connectivity: this, and more for each broker. AWS says nothing; users tell of hours.
    pub(crate) const UPDATE: SignedDuration = SignedDuration::from_mins(25);
    pub(crate) const UPDATE_OF_BROKER: SignedDuration = SignedDuration::from_mins(15);
    /// How long an operation is `PENDING` before it is `UPDATE_IN_PROGRESS`.
    pub(crate) const PENDING: SignedDuration = SignedDuration::from_mins(1);
    pub(crate) const CONNECTION: SignedDuration = SignedDuration::from_secs(60);
    pub(crate) const CONNECTION_REJECT: SignedDuration = SignedDuration::from_secs(30);
    pub(crate) const CONNECTION_DELETE: SignedDuration = SignedDuration::from_secs(30);
    pub(crate) const DEACTIVATION: SignedDuration = SignedDuration::from_secs(60);
    /// Upkeep that nobody asked for: a broker rebooted, replaced, patched.
    pub(crate) const UPKEEP: SignedDuration = SignedDuration::from_mins(20);
}

/// A change of connectivity, as it is listed.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct ClusterOperation {
    pub(crate) arn: String,
    pub(crate) started_at: Timestamp,
    #[serde(default)]
    pub(crate) ended_at: Option<Timestamp>,
    /// Why it failed.
    #[serde(default)]
    pub(crate) failure: Option<String>,
    /// The multi-VPC authentication before.
    pub(crate) source: Vec<Scheme>,
    /// The multi-VPC authentication afterwards.
    pub(crate) target: Vec<Scheme>,
}

impl ClusterOperation {
    /// AWS's free text. PENDING is from memory, the others are known from clients.
    pub(crate) fn state(&self, now: Timestamp) -> &'static str {
        match (&self.ended_at, &self.failure) {
            (None, _) if now < self.started_at + takes::PENDING => "PENDING",
            (None, _) => "UPDATE_IN_PROGRESS",
            (Some(_), None) => "UPDATE_COMPLETE",
            (Some(_), Some(_)) => "UPDATE_FAILED",
        }
    }
}

impl MskCluster {
    /// The operation that is under way.
    pub(crate) fn active_operation(&self) -> Option<&ClusterOperation> {
        self.operations.iter().find(|it| it.ended_at.is_none())
    }

    /// Begins to set the multi-VPC authentication.
    pub(crate) fn begin_update(&mut self, arn: String, target: Vec<Scheme>, at: Timestamp) {
        let brokers = i32::try_from(self.brokers).unwrap_or(i32::MAX);
        self.state = ClusterState::Updating;
        self.due = Some(at + takes::UPDATE + takes::UPDATE_OF_BROKER * brokers);
        self.operations.push(ClusterOperation {
            arn,
            started_at: at,
            ended_at: None,
            failure: None,
            source: self.vpc_authentication.clone(),
            target,
        });
    }

    /// The cluster's state in progress ends; a change that failed leaves things as they were.
    pub(crate) fn arrives(&mut self, at: Timestamp, failed: Option<String>) {
        self.due = None;
        if !matches!(
            self.state,
            ClusterState::Updating
                | ClusterState::Healing
                | ClusterState::Maintenance
                | ClusterState::RebootingBroker
        ) {
            return;
        }
        self.state = ClusterState::Active;
        let Some(operation) = self.operations.iter_mut().find(|it| it.ended_at.is_none()) else {
            return;
        };
        operation.ended_at = Some(at);
        operation.failure = failed;
        if operation.failure.is_some() {
            return;
        }
        self.vpc_authentication.clone_from(&operation.target);
        self.current_version = new_version();
        // Connections of an authentication that was turned off are cut off for good: turning it on again
        // brings none of them back ("Update the authorization schemes on a cluster", MSK developer guide).
        let on = &self.vpc_authentication;
        for connection in &mut self.connections {
            if connection.state.live() && !on.contains(&connection.authentication) {
                connection.state = ConnectionState::Deactivating;
                connection.due = Some(at + takes::DEACTIVATION);
            }
        }
    }
}
