//! The endpoint board: rows as the journal remembers them, so that the page paints before the network answers.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::deadline::DeletionWindow;
use crate::endpoint::Turn;
use crate::facts::clickhouse::{ClickPipe, ReversePrivateEndpoint, Service};
use crate::problem::Problem;
use crate::run::RunId;

/// The board of one account.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Board {
    /// Now, by the account's clock.
    pub now: Timestamp,
    /// How many seconds of the account's clock pass in one second; 1 for a real account.
    pub clock_speed: f64,
    /// Endpoints, as last seen.
    pub rows: Vec<BoardRow>,
    /// Services that could not be read this time; their rows keep what was last seen.
    pub unread: Vec<UnreadService>,
    /// Shares made without a ClickHouse key that wait for acceptance.
    pub shares: Vec<WatchedShare>,
    /// The whole board could not be read (no key, no network), and why.
    pub problem: Option<Problem>,
    /// When the last sweep ended.
    pub swept_at: Option<Timestamp>,
}

/// A sweep of that age, in seconds of the computer's own time, still says what is there now. An open account is
/// swept every half a minute, and longer where there are many services.
const FRESH_SECONDS: f64 = 300.0;

impl Board {
    /// Why the board cannot be taken for what is there now; `None` where it can, as far as its rows and its
    /// other problems say.
    pub fn stale(&self) -> Option<Problem> {
        let reason = match self.swept_at {
            None => "ClickHouse's endpoints have not been read yet".to_owned(),
            Some(swept_at) => {
                let age = self.now.duration_since(swept_at);
                // A clock that stands still, or runs slowly, is not given less than a real one.
                if age.as_secs_f64() <= FRESH_SECONDS * self.clock_speed.max(1.0) {
                    return None;
                }
                format!("ClickHouse's endpoints were last read at {swept_at:.0}")
            }
        };
        Some(Problem::NotAsked { reason })
    }
}

/// One endpoint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct BoardRow {
    /// As last seen.
    pub endpoint: ReversePrivateEndpoint,
    /// Its service.
    pub service: Service,
    /// Whose turn it is.
    pub turn: Turn,
    /// When ClickHouse will delete it, where it will.
    pub deletion: Option<DeletionWindow>,
    /// Pipes that name it or connect to one of its names; `None` if the pipes could not be read.
    pub pipes: Option<Vec<ClickPipe>>,
    /// First seen in this status.
    pub since: Timestamp,
    /// Last seen at all.
    pub seen_at: Timestamp,
    /// The run that made it, if one did.
    pub run: Option<RunId>,
    /// The port that goes with its names, where the run that made it knows.
    pub port: Option<u16>,
}

/// A service whose endpoints could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct UnreadService {
    /// Which.
    pub service: Service,
    /// Why.
    pub problem: Problem,
}

/// A share that a run made for an endpoint created by hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct WatchedShare {
    /// The run that made it.
    pub run: RunId,
    /// The source's name.
    pub source: String,
    /// The share's ARN.
    pub share_arn: String,
    /// The configuration's ID, to paste.
    pub configuration_id: String,
    /// The state of the principal's association, in AWS's words, if it could be read.
    pub principal_status: Option<String>,
    /// When the share was made.
    pub made_at: Timestamp,
}
