//! Connections of other VPCs to a cluster: whose they are, and which of them stand in the way.
//!
//! AWS's states are those of `ListClientVpcConnections`; words are compared without regard to case and separators,
//! since the authentication is a free text in the model.

use serde::{Deserialize, Serialize};

use crate::CLICKPIPES_ACCOUNT;
use crate::facts::msk::ClientVpcConnection;
use crate::step::MskAuthentication;

/// A connection from another VPC.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct MskConnectionRow {
    /// The connection; its age goes by its time of creation.
    pub connection: ClientVpcConnection,
    /// Whether it is of `ClickPipes`' account.
    pub clickpipes: bool,
    /// Whether there is still something to reject.
    pub may_reject: bool,
}

/// The connections, those of `ClickPipes` first, then by ARN.
pub fn rows(connections: &[ClientVpcConnection]) -> Vec<MskConnectionRow> {
    let mut rows: Vec<MskConnectionRow> = connections
        .iter()
        .map(|connection| MskConnectionRow {
            clickpipes: is_clickpipes(connection),
            may_reject: may_reject(connection),
            connection: connection.clone(),
        })
        .collect();
    rows.sort_by(|it, other| {
        (!it.clickpipes, &it.connection.arn).cmp(&(!other.clickpipes, &other.connection.arn))
    });
    rows
}

/// What the state of a connection comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    /// It works or may come to: `AVAILABLE`, `CREATING`, and whatever AWS says beside these words, or does not say.
    Live,
    /// Its authentication was turned off; it is still there: `INACTIVE`.
    Inactive,
    /// Its authentication is being turned off: `DEACTIVATING`.
    Deactivating,
    /// It is on its way out, or came to nothing: `REJECTED`, `REJECTING`, `DELETING`, `FAILED`.
    Over,
}

pub(crate) fn standing(connection: &ClientVpcConnection) -> Standing {
    match connection.state.as_deref().map(normal).as_deref() {
        Some("inactive") => Standing::Inactive,
        Some("deactivating") => Standing::Deactivating,
        Some("rejected" | "rejecting" | "deleting" | "failed") => Standing::Over,
        _ => Standing::Live,
    }
}

/// Unless AWS says that it is over, or on its way out: in a state that is not known nobody is kept from cutting it off.
pub(super) fn may_reject(connection: &ClientVpcConnection) -> bool {
    match standing(connection) {
        Standing::Live | Standing::Inactive => true,
        Standing::Deactivating | Standing::Over => false,
    }
}

/// What a connection means for one more of `ClickPipes` with an authentication.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Hold {
    /// Nothing: another owner's, or for another authentication.
    None,
    /// It is on its way out, or came to nothing, and is still listed.
    Fading,
    /// AWS does not say whose it is, or for which authentication.
    Unknown,
    /// It takes the place.
    Held,
}

pub(super) fn hold(connection: &ClientVpcConnection, authentication: MskAuthentication) -> Hold {
    let other_owner = connection
        .owner
        .as_deref()
        .is_some_and(|owner| owner != CLICKPIPES_ACCOUNT);
    let other_authentication = connection
        .authentication
        .as_deref()
        .is_some_and(|it| !is_word(it, authentication.as_wire()));
    if other_owner || other_authentication {
        return Hold::None;
    }
    match standing(connection) {
        Standing::Over => Hold::Fading,
        _ if connection.owner.is_none() || connection.authentication.is_none() => Hold::Unknown,
        _ => Hold::Held,
    }
}

/// Whether it is of `ClickPipes`' account.
pub(super) fn is_clickpipes(connection: &ClientVpcConnection) -> bool {
    connection.owner.as_deref() == Some(CLICKPIPES_ACCOUNT)
}

/// Whether it is the same word, in whatever letters.
pub(crate) fn is_word(it: &str, word: &str) -> bool {
    normal(it) == normal(word)
}

/// Letters and digits only, in lower case.
fn normal(word: &str) -> String {
    word.chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|letter| letter.to_ascii_lowercase())
        .collect()
}
