//! Everything that can go wrong between Pipelink, AWS and ClickHouse, as one closed vocabulary.
//!
//! Both adapters speak it, the journal stores it and the page shows it: what happened, why, what to do.
//! Nobody matches text; `detail` and `message` are the raw answers, for the folded part of a message.

mod words;

use serde::{Deserialize, Serialize};

/// Who answered, or did not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub enum Party {
    /// An AWS service.
    Aws,
    /// The ClickHouse Cloud API.
    ClickHouse,
    /// This computer: its files, keyring, network.
    Computer,
}

/// A typed failure. `operation` is the API's own name of the call, such as `CreateResourceGateway`;
/// `message` is the raw answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(
    tag = "code",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum Problem {
    /// The read was not made, because something it needs is not there yet.
    #[error("not looked at: {reason}")]
    NotAsked {
        /// What is missing.
        reason: String,
    },
    /// The profile is not in the AWS files any more.
    #[error("there is no AWS profile named {profile}")]
    ProfileMissing {
        /// The name looked for.
        profile: String,
    },
    /// The profile is of a kind that Pipelink does not use yet.
    #[error("profile {profile} uses {kind}, which is not supported yet")]
    ProfileUnsupported {
        /// The profile's name.
        profile: String,
        /// The setting that makes it so, such as `mfa_serial`.
        kind: String,
    },
    /// The profile gave no usable credentials.
    #[error("profile {profile} gave no credentials")]
    CredentialsUnavailable {
        /// The profile's name.
        profile: String,
        /// The provider's own words.
        message: String,
    },
    /// Nobody has signed in to IAM Identity Center for the profile on this computer yet.
    #[error("there is no sign-in for profile {profile} yet")]
    SignInMissing {
        /// The profile's name.
        profile: String,
    },
    /// The credentials' time is over.
    #[error("the credentials of {profile} have expired")]
    CredentialsExpired {
        /// The profile's name.
        profile: String,
    },
    /// AWS refused the call for want of a right.
    #[error("no right to {action}")]
    AccessDenied {
        /// The IAM action, such as `vpc-lattice:CreateResourceGateway`.
        action: String,
        /// The raw answer.
        message: String,
    },
    /// Still throttled after the SDK's own retries, or the Cloud API's request budget is used up.
    #[error("{operation} was throttled")]
    Throttled {
        /// Who throttled.
        party: Party,
        /// The call.
        operation: String,
    },
    /// A quota of the account is used up.
    #[error("{operation} was refused: a quota is used up")]
    QuotaExceeded {
        /// The call.
        operation: String,
        /// Which quota, where the answer says so in fields of its own.
        quota: Option<QuotaCode>,
        /// The raw answer.
        message: String,
    },
    /// RAM does not let the account share with an account outside of its organization.
    #[error("{operation} was refused: sharing is not permitted")]
    SharingRefused {
        /// The call.
        operation: String,
        /// The raw answer.
        message: String,
    },
    /// No connection, or no answer in time, before anything can have happened (reads), or with no telling (writes).
    #[error("{operation}: no answer")]
    Unreachable {
        /// Who did not answer.
        party: Party,
        /// The call.
        operation: String,
        /// The connector's words.
        message: String,
    },
    /// No connection came about, so that the call was surely not sent.
    #[error("{operation}: no connection")]
    NotConnected {
        /// Who was not reached.
        party: Party,
        /// The call.
        operation: String,
        /// The connector's words.
        message: String,
    },
    /// The other side had an internal error.
    #[error("{operation}: internal error of the other side")]
    ServerError {
        /// Whose error.
        party: Party,
        /// The call.
        operation: String,
        /// The raw answer.
        message: String,
    },
    /// The answer could not be understood.
    #[error("{operation}: the answer could not be read")]
    Malformed {
        /// Whose answer.
        party: Party,
        /// The call.
        operation: String,
        /// What was wrong with it.
        message: String,
    },
    /// The request was refused as invalid.
    #[error("{operation} was refused: {message}")]
    Refused {
        /// Who refused.
        party: Party,
        /// The call.
        operation: String,
        /// The raw answer.
        message: String,
    },
    /// The request collides with what is there: a name in use, a dependant, a change in progress.
    #[error("{operation} was refused: {message}")]
    Conflict {
        /// The call.
        operation: String,
        /// The raw answer.
        message: String,
    },
    /// The thing asked for is not there.
    #[error("{operation}: not found")]
    NotFound {
        /// Who says so.
        party: Party,
        /// The call.
        operation: String,
        /// The raw answer.
        message: String,
    },
    /// ClickHouse does not know the key, or the key has expired or been revoked.
    #[error("ClickHouse does not accept the API key")]
    KeyRejected,
    /// The key is good but lacks a permission.
    #[error("the ClickHouse API key has no right to {operation}")]
    KeyForbidden {
        /// The call.
        operation: String,
        /// The raw answer.
        message: String,
    },
    /// No ClickHouse API key is set for this account.
    #[error("no ClickHouse API key is set")]
    KeyMissing,
    /// The ClickHouse service is idle or stopped; it is never woken unasked, since that costs money.
    #[error("the ClickHouse service is idle")]
    ServiceIdle {
        /// The service's ID.
        service_id: String,
        /// The raw answer.
        message: String,
    },
    /// A write was sent and no answer came; looking for its result did not settle it.
    #[error("{operation} was sent, and it is not known whether it took effect")]
    OutcomeUnknown {
        /// The call.
        operation: String,
    },
    /// What was made came into a failed state.
    #[error("{resource} came into state {state}")]
    EndedIn {
        /// The resource's ID.
        resource: String,
        /// The state's name on the wire.
        state: String,
        /// The reason given, where one was.
        reason: Option<String>,
    },
    /// What was made did not become usable within the time allowed.
    #[error("{resource} is still {state}")]
    StillWaiting {
        /// The resource's ID.
        resource: String,
        /// The state last seen.
        state: String,
    },
    /// A check that had passed, or been accepted, stands against the run when it is repeated at the start.
    #[error("{headline}")]
    CheckStandsAgainst {
        /// The check's finding in one sentence.
        headline: String,
    },
    /// The admin asked to stop between two steps.
    #[error("stopped as asked")]
    Cancelled,
    /// The app ended while the step was under way.
    #[error("the app ended while this step was under way")]
    Interrupted,
    /// The account in use now is not the one the run was made in.
    #[error("this run belongs to account {expected}, the credentials are for {found}")]
    WrongAccount {
        /// The run's account ID.
        expected: String,
        /// The account ID of the credentials.
        found: String,
    },
    /// The journal cannot be written.
    #[error("the journal at {path} cannot be written")]
    JournalUnwritable {
        /// The file.
        path: String,
        /// The system's words (such as: disk full).
        message: String,
    },
    /// The journal file is damaged.
    #[error("the journal at {path} is damaged")]
    JournalDamaged {
        /// The file, left as it is.
        path: String,
        /// What is wrong with it.
        message: String,
    },
    /// The journal was written by a newer version.
    #[error("the journal at {path} was written by a newer version of Pipelink")]
    JournalNewer {
        /// The file, left as it is.
        path: String,
        /// The version found in the file.
        found: u32,
        /// The newest version this program knows.
        known: u32,
    },
    /// Another process of Pipelink has this run in its hands.
    #[error("another Pipelink process is working on this run")]
    HeldElsewhere,
    /// No keyring of the operating system answers.
    #[error("no keyring answers on this computer")]
    KeyringUnavailable {
        /// The keyring's words.
        message: String,
    },
    /// Something on this computer failed that should not.
    #[error("{message}")]
    Internal {
        /// What failed.
        message: String,
    },
}

impl Problem {
    /// Whether a write that came to this problem may have taken effect all the same.
    pub fn leaves_outcome_open(&self) -> bool {
        matches!(
            self,
            Self::Unreachable { .. }
                | Self::ServerError { .. }
                | Self::Malformed { .. }
                | Self::OutcomeUnknown { .. }
        )
    }
}

/// A quota as Service Quotas knows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct QuotaCode {
    /// `vpc-lattice`, ...
    pub service_code: String,
    /// `L-...`.
    pub quota_code: String,
}

/// What the admin can do about a problem, in one line, and the button that does it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Remedy {
    /// What to do, as one or two sentences.
    pub text: String,
    /// A command to run in a terminal, where that is the way.
    pub command: Option<String>,
    /// What Pipelink itself can do about it.
    pub button: Option<RemedyButton>,
}

/// A thing that Pipelink can do about a problem or check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub enum RemedyButton {
    /// Read again.
    Retry,
    /// Go to the account picker.
    ChooseAccount,
    /// Go to the settings of the ClickHouse key.
    OpenSettings,
    /// Wake the idle service, which costs money.
    WakeService,
    /// Open the runs page.
    OpenRuns,
    /// Let the run turn cross-zone load balancing on: a load balancer change of the choices.
    EnableCrossZone,
    /// Let the run switch off inbound rules on `PrivateLink` traffic: a load balancer change of the choices.
    StopEnforcingInboundRules,
}
