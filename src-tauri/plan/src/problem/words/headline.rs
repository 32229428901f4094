//! What happened, in one sentence.

use super::subject;
use crate::problem::Problem;

impl Problem {
    /// What happened, as one sentence.
    pub fn headline(&self) -> String {
        match self {
            Self::NotAsked { .. } => "This was not looked at yet.".to_owned(),
            Self::ProfileMissing { profile } => {
                format!("The AWS files hold no profile named {profile}.")
            }
            Self::ProfileUnsupported { profile, kind } => {
                format!("Profile {profile} uses {kind}, which Pipelink does not support yet.")
            }
            Self::CredentialsUnavailable { profile, .. } => {
                format!("Profile {profile} gave no credentials.")
            }
            Self::SignInMissing { profile } => {
                format!("Profile {profile} is not signed in to IAM Identity Center.")
            }
            Self::CredentialsExpired { profile } => {
                format!("The credentials of {profile} have expired.")
            }
            Self::AccessDenied { action, .. } => format!("You have no right to {action}."),
            Self::Throttled { party, operation } => {
                format!("{} asked to slow down at {operation}.", subject(*party))
            }
            Self::QuotaExceeded {
                operation,
                quota: Some(quota),
                ..
            } => format!(
                "AWS refused {operation}: quota {} of {} is used up.",
                quota.quota_code, quota.service_code
            ),
            Self::QuotaExceeded { operation, .. } => {
                format!("{operation} was refused: a quota of the account is used up.")
            }
            Self::SharingRefused { .. } => {
                "AWS does not let this account share outside of its organization.".to_owned()
            }
            Self::Unreachable {
                party, operation, ..
            } => format!("No answer came from {} to {operation}.", party.name()),
            Self::NotConnected {
                party, operation, ..
            } => format!("No connection to {} for {operation}.", party.name()),
            Self::ServerError {
                party, operation, ..
            } => format!("{} had an internal error at {operation}.", subject(*party)),
            Self::Malformed {
                party, operation, ..
            } => format!(
                "The answer of {} to {operation} could not be read.",
                party.name()
            ),
            Self::Refused {
                party, operation, ..
            } => format!("{} refused {operation} as invalid.", subject(*party)),
            Self::CheckStandsAgainst { headline } => headline.clone(),
            Self::Conflict { operation, .. } => {
                format!("{operation} was refused: it collides with something that exists already.")
            }
            Self::NotFound {
                party, operation, ..
            } => format!(
                "{} did not find what {operation} asked for.",
                subject(*party)
            ),
            Self::KeyRejected => "ClickHouse does not accept the API key.".to_owned(),
            Self::KeyForbidden { operation, .. } => {
                format!("The ClickHouse API key has no right to {operation}.")
            }
            Self::KeyMissing => "No ClickHouse API key is set for this account.".to_owned(),
            Self::ServiceIdle { .. } => "The ClickHouse service is idle or stopped.".to_owned(),
            Self::OutcomeUnknown { operation } => {
                format!("{operation} was sent, and it is not known whether it took effect.")
            }
            Self::EndedIn {
                resource, state, ..
            } => format!("{resource} ended in state {state}."),
            Self::StillWaiting { resource, state } => {
                format!("{resource} is still in state {state}.")
            }
            Self::Cancelled => "The run stopped as you asked.".to_owned(),
            Self::Interrupted => "Pipelink ended while this step was under way.".to_owned(),
            Self::WrongAccount { expected, found } => format!(
                "This run belongs to account {expected}, the credentials in use are for {found}."
            ),
            Self::JournalUnwritable { path, .. } => {
                format!("The journal at {path} cannot be written.")
            }
            Self::JournalDamaged { path, .. } => format!("The journal at {path} is damaged."),
            Self::JournalNewer { path, .. } => {
                format!("The journal at {path} was written by a newer version of Pipelink.")
            }
            Self::HeldElsewhere => "Another Pipelink process is working on this run.".to_owned(),
            Self::KeyringUnavailable { .. } => "No keyring answers on this computer.".to_owned(),
            Self::Internal { .. } => "Something failed inside Pipelink.".to_owned(),
        }
    }
}
