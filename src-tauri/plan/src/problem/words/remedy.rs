//! What to do about it, and the button or the command that does it.

use super::SHARING;
use crate::CLICKPIPES_ACCOUNT;
use crate::problem::{Problem, Remedy, RemedyButton};
use crate::readings::shell;

impl Problem {
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
            Self::AccessDenied { action, .. } if action == SHARING => retry(format!(
                "Ask an administrator of the account or of its organization to allow {action} with account \
                 {CLICKPIPES_ACCOUNT} for your identity, then try again."
            )),
            Self::AccessDenied { action, .. } => retry(format!(
                "Ask an administrator of the account to allow {action} for your identity, then try again."
            )),
            Self::Throttled { .. } => retry("Wait a minute, then try again."),
            Self::QuotaExceeded {
                quota: Some(quota), ..
            } => command(
                "Remove what is not needed any more or ask AWS for a higher quota under Service Quotas, then try again. \
                 This command shows how high it is.",
                format!(
                    "aws service-quotas get-service-quota --service-code {} --quota-code {}",
                    shell::quote(&quota.service_code),
                    shell::quote(&quota.quota_code)
                ),
            ),
            Self::SharingRefused { .. } => retry(format!(
                "Ask the administrators of your AWS organization to let this account create resource shares with external \
                 account {CLICKPIPES_ACCOUNT}, then try again."
            )),
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
