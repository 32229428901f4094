//! A problem in words: what happened, why, what to do. Every page and the command line say the same.

mod headline;
mod remedy;
mod why;

use super::{Party, Problem};

/// The IAM action that carries a configuration out of the account.
const SHARING: &str = "ram:CreateResourceShare";

impl Party {
    /// Its name within a sentence.
    pub fn name(self) -> &'static str {
        match self {
            Self::Aws => "AWS",
            Self::ClickHouse => "ClickHouse",
            Self::Computer => "this computer",
        }
    }
}

impl Problem {
    /// The raw answer, for the folded part of a message.
    pub fn raw(&self) -> Option<&str> {
        match self {
            Self::CredentialsUnavailable { message, .. }
            | Self::AccessDenied { message, .. }
            | Self::QuotaExceeded { message, .. }
            | Self::SharingRefused { message, .. }
            | Self::Unreachable { message, .. }
            | Self::NotConnected { message, .. }
            | Self::ServerError { message, .. }
            | Self::Malformed { message, .. }
            | Self::Refused { message, .. }
            | Self::Conflict { message, .. }
            | Self::NotFound { message, .. }
            | Self::KeyForbidden { message, .. }
            | Self::ServiceIdle { message, .. }
            | Self::JournalUnwritable { message, .. }
            | Self::JournalDamaged { message, .. }
            | Self::KeyringUnavailable { message }
            | Self::Internal { message } => Some(message),
            Self::EndedIn { reason, .. } => reason.as_deref(),
            Self::NotAsked { .. }
            | Self::CheckStandsAgainst { .. }
            | Self::ProfileMissing { .. }
            | Self::ProfileUnsupported { .. }
            | Self::CredentialsExpired { .. }
            | Self::SignInMissing { .. }
            | Self::Throttled { .. }
            | Self::KeyRejected
            | Self::KeyMissing
            | Self::OutcomeUnknown { .. }
            | Self::StillWaiting { .. }
            | Self::Cancelled
            | Self::Interrupted
            | Self::WrongAccount { .. }
            | Self::JournalNewer { .. }
            | Self::HeldElsewhere => None,
        }
    }
}

/// The party's name at the start of a sentence.
fn subject(party: Party) -> &'static str {
    match party {
        Party::Computer => "This computer",
        Party::Aws | Party::ClickHouse => party.name(),
    }
}
