//! A problem in words: what happened, why, what to do. Every page and the command line say the same.

use super::{Party, Problem, Remedy, RemedyButton};
use crate::readings::shell;

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
            Self::QuotaExceeded { operation, .. } => {
                format!("AWS refused {operation}: a quota of the account is used up.")
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

    /// Why it happened, or what it means, as one or two sentences.
    pub fn why(&self) -> String {
        match self {
            Self::NotAsked { reason } => reason.clone(),
            Self::ProfileMissing { .. } => {
                "It was renamed or removed, or the files are in another place now.".to_owned()
            }
            Self::ProfileUnsupported { .. } => {
                "Without support for it, AWS would refuse every call in a way that is hard to read, so \
                 Pipelink does not try."
                    .to_owned()
            }
            Self::CredentialsUnavailable { .. } => {
                "What the profile names as its source (keys, sign-in, role or command) gave nothing that can be \
                 used."
                    .to_owned()
            }
            Self::SignInMissing { .. } => {
                "Its credentials come from a sign-in in the browser, and there is none on this computer yet."
                    .to_owned()
            }
            Self::CredentialsExpired { .. } => {
                "The time of the session is over. Nothing of your work is lost.".to_owned()
            }
            Self::AccessDenied { .. } => {
                "No policy of your identity allows it, or a permissions boundary or a policy of the organization \
                 forbids it."
                    .to_owned()
            }
            Self::Throttled {
                party: Party::ClickHouse,
                ..
            } => "The Cloud API takes ten requests in ten seconds from one key.".to_owned(),
            Self::Throttled { .. } => {
                "Too many calls came in a short time, and the usual retries did not help.".to_owned()
            }
            Self::QuotaExceeded { .. } => {
                "The account already has as many of these as its quota allows in this region.".to_owned()
            }
            Self::Unreachable { party, .. } => format!(
                "The network, a proxy or {} did not let an answer through in time.",
                party.name()
            ),
            Self::NotConnected { party, .. } => format!(
                "The network, a proxy or a firewall let no connection to {} through. The call was not sent, so \
                 nothing has happened.",
                party.name()
            ),
            Self::ServerError { party, .. } => {
                format!("The fault is on the side of {}, not yours.", party.name())
            }
            Self::Malformed { .. } => {
                "Something between here and there changed the answer, or its form is newer than this version of \
                 Pipelink."
                    .to_owned()
            }
            Self::Refused { .. } => {
                "A value of the request breaks a rule of the other side. The raw answer says which.".to_owned()
            }
            Self::CheckStandsAgainst { .. } => {
                "Every check is repeated just before the start, and this one does not let the run begin. Nothing has \
                 been created."
                    .to_owned()
            }
            Self::Conflict { .. } => {
                "A name is in use, something still depends on it, or another change is under way. The raw answer \
                 says which."
                    .to_owned()
            }
            Self::NotFound { .. } => {
                "It was removed, or it belongs to another account or region.".to_owned()
            }
            Self::KeyRejected => {
                "The key ID or secret is wrong, or the key has expired, was revoked, or does not allow this \
                 computer's address."
                    .to_owned()
            }
            Self::KeyForbidden { .. } => {
                "Reverse private endpoints need the permission control-plane:service:manage-clickpipes, for \
                 reading too."
                    .to_owned()
            }
            Self::KeyMissing => {
                "Without a key Pipelink cannot see or create anything in ClickHouse.".to_owned()
            }
            Self::ServiceIdle { .. } => {
                "ClickHouse answers questions about ClickPipes only while the service runs.".to_owned()
            }
            Self::OutcomeUnknown { .. } => {
                "The answer was lost. Pipelink looked for the result and found nothing it could be sure of, and does \
                 not send the call again unasked: that could create the thing twice."
                    .to_owned()
            }
            Self::EndedIn { reason: None, .. } => "No reason was given.".to_owned(),
            Self::EndedIn { .. } => "The raw answer gives the reason.".to_owned(),
            Self::StillWaiting { .. } => {
                "It did not become usable in the time that is usually enough.".to_owned()
            }
            Self::Cancelled => "The step under way was finished first.".to_owned(),
            Self::Interrupted => {
                "The window was closed, the computer went down or the process was ended. The journal knows how far the \
                 run came."
                    .to_owned()
            }
            Self::WrongAccount { .. } => {
                "Going on would create or remove things in an account that the run does not belong to."
                    .to_owned()
            }
            Self::JournalUnwritable { .. } => {
                "Pipelink writes down each step before it is done and does nothing that it cannot write down."
                    .to_owned()
            }
            Self::JournalDamaged { .. } => {
                "The file was changed from outside or the disk has a fault. It was left as it is.".to_owned()
            }
            Self::JournalNewer { found, known, .. } => format!(
                "The file has format {found}, this version knows formats up to {known}. The file was left as it is."
            ),
            Self::HeldElsewhere => {
                "Only one process at a time may carry out a run, so that nothing is done twice.".to_owned()
            }
            Self::KeyringUnavailable { .. } => {
                "The ClickHouse key is kept in the keyring of the operating system and never in a file.".to_owned()
            }
            Self::Internal { .. } => "This is a fault in Pipelink.".to_owned(),
        }
    }

    /// What to do about it.
    pub fn remedy(&self) -> Remedy {
        match self {
            Self::NotAsked { .. } => retry("Complete what it needs, then check again."),
            Self::ProfileMissing { .. } => button(
                "Choose another account, or restore the profile.",
                RemedyButton::ChooseAccount,
            ),
            Self::ProfileUnsupported { .. } => button(
                "Choose a profile with access keys, IAM Identity Center, or a role without an MFA code.",
                RemedyButton::ChooseAccount,
            ),
            Self::CredentialsUnavailable { profile, .. } => command(
                "Try the profile in a terminal. When it answers there, try again here.",
                format!(
                    "aws sts get-caller-identity --profile {}",
                    shell::quote(profile)
                ),
            ),
            Self::SignInMissing { profile } => command(
                "Sign in with this command in a terminal, then list the profiles again.",
                format!("aws sso login --profile {}", shell::quote(profile)),
            ),
            Self::CredentialsExpired { profile } => command(
                "Renew the credentials, for IAM Identity Center with this command, then try again.",
                format!("aws sso login --profile {}", shell::quote(profile)),
            ),
            Self::AccessDenied { action, .. } => retry(format!(
                "Ask an administrator of the account to allow {action} for your identity, then try again."
            )),
            Self::Throttled { .. } => retry("Wait a minute, then try again."),
            Self::QuotaExceeded { .. } => retry(
                "Remove what is not needed any more or ask AWS for a higher quota under Service Quotas, then try again.",
            ),
            Self::Unreachable { .. } | Self::NotConnected { .. } => {
                retry("Check the connection and proxy settings of this computer, then try again.")
            }
            Self::ServerError { .. } | Self::Malformed { .. } => {
                retry("Wait a few minutes, then try again.")
            }
            Self::Refused { .. } => retry("Change what the raw answer names, then try again."),
            Self::CheckStandsAgainst { .. } => retry(
                "Go back to the checks: they look again at what has changed, and say what to do.",
            ),
            Self::Conflict { .. } => {
                retry("Choose another name or wait until the other change is done, then try again.")
            }
            Self::NotFound { .. } => retry("Check the account and region, then look again."),
            Self::KeyRejected => button(
                "Enter a valid key ID and secret under Settings.",
                RemedyButton::OpenSettings,
            ),
            Self::KeyForbidden { .. } => button(
                "Give the key a role with that permission in the ClickHouse console, or enter another key under \
                 Settings.",
                RemedyButton::OpenSettings,
            ),
            Self::KeyMissing => button(
                "Enter an API key under Settings, or go on without one and paste the values into ClickHouse yourself.",
                RemedyButton::OpenSettings,
            ),
            Self::ServiceIdle { .. } => button(
                "Wake the service, then try again. Waking it costs money for as long as it runs. A stopped service you \
                 start in the ClickHouse console.",
                RemedyButton::WakeService,
            ),
            Self::OutcomeUnknown { .. } => button(
                "Look in the console whether it was created, then continue or undo the run.",
                RemedyButton::OpenRuns,
            ),
            Self::EndedIn { .. } => button(
                "Undo the run, which removes what it made, then set the connection up again.",
                RemedyButton::OpenRuns,
            ),
            Self::StillWaiting { .. } => button(
                "Continue the run to wait longer, or undo it.",
                RemedyButton::OpenRuns,
            ),
            Self::Cancelled | Self::Interrupted => button(
                "Continue the run, undo it, or leave it as it is.",
                RemedyButton::OpenRuns,
            ),
            Self::WrongAccount { expected, .. } => button(
                format!("Choose account {expected}, then open the run again."),
                RemedyButton::ChooseAccount,
            ),
            Self::JournalUnwritable { .. } => retry(
                "Make room on the disk and make sure that the file may be written, then try again.",
            ),
            Self::JournalDamaged { .. } => text(
                "Move the file to another place or restore it from a backup, then start Pipelink again. What runs made \
                 stays in AWS and carries the tag pipelink:run.",
            ),
            Self::JournalNewer { .. } => text("Install the newer version of Pipelink again."),
            Self::HeldElsewhere => retry("Go on in the other window, or close it and try again."),
            Self::KeyringUnavailable { .. } => button(
                "Start or unlock the keyring and try again, or keep the key in memory until Pipelink is closed.",
                RemedyButton::OpenSettings,
            ),
            Self::Internal { .. } => {
                retry("Try again. If it stays, report it with the raw answer below.")
            }
        }
    }

    /// The raw answer, for the folded part of a message.
    pub fn raw(&self) -> Option<&str> {
        match self {
            Self::CredentialsUnavailable { message, .. }
            | Self::AccessDenied { message, .. }
            | Self::QuotaExceeded { message, .. }
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

fn text(text: impl Into<String>) -> Remedy {
    Remedy {
        text: text.into(),
        command: None,
        button: None,
    }
}

fn button(what: impl Into<String>, button: RemedyButton) -> Remedy {
    Remedy {
        button: Some(button),
        ..text(what)
    }
}

fn retry(what: impl Into<String>) -> Remedy {
    button(what, RemedyButton::Retry)
}

fn command(what: &str, command: String) -> Remedy {
    Remedy {
        command: Some(command),
        ..retry(what)
    }
}
