//! Why it happened, or what it means.

use super::SHARING;
use crate::endpoint::EndpointStatus;
use crate::problem::{Party, Problem};

impl Problem {
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
            Self::AccessDenied { action, .. } if action == SHARING => {
                "No policy of your identity allows it, or a service control policy of the organization keeps shares \
                 inside of it: ClickPipes' account is outside."
                    .to_owned()
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
            Self::SharingRefused { .. } => {
                "ClickPipes' account is not in your organization. A service control policy, or a condition on \
                 ram:RequestedAllowsExternalPrincipals or ram:Principal in a policy of your identity, can keep shares \
                 inside of the organization."
                    .to_owned()
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
            Self::EndedIn {
                reason: None,
                state,
                ..
            } if EndpointStatus::from_wire(state) == EndpointStatus::Failed => {
                "ClickHouse gives no reason. Usual ones are a subnet without a free block of sixteen addresses, a share \
                 that an endpoint has used before, a region that does not fit, and no capacity on ClickHouse's side."
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
}
