//! Who may call: the account's own key, and the temporary keys of roles that were assumed.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::World;

/// A role of the account that its admin may assume.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Role {
    pub(crate) name: String,
    /// `AROA...`
    pub(crate) id: String,
    /// What a caller has to know, where the role asks for it.
    #[serde(default)]
    pub(crate) external_id: Option<String>,
    /// The device that has to be used, where the role asks for one.
    #[serde(default)]
    pub(crate) mfa: Option<Mfa>,
}

/// A multi-factor device. A real one shows another code every thirty seconds; this one always the same.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Mfa {
    pub(crate) serial: String,
    pub(crate) code: String,
}

/// The temporary keys of an assumed role.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Session {
    /// `ASIA...`
    pub(crate) access_key_id: String,
    pub(crate) secret_access_key: String,
    pub(crate) token: String,
    pub(crate) role: String,
    pub(crate) name: String,
    pub(crate) expires_at: Timestamp,
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session")
            .field("access_key_id", &self.access_key_id)
            .field("role", &self.role)
            .field("name", &self.name)
            .field("expires_at", &self.expires_at)
            .finish_non_exhaustive()
    }
}

/// How the account stands to a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    Good,
    Expired,
    Unknown,
}

impl World {
    /// Whether a key, with the session token sent along, may call now.
    pub(crate) fn standing(&self, access_key_id: &str, token: Option<&str>) -> Standing {
        if access_key_id == self.keys.access_key_id {
            return Standing::Good;
        }
        match self.session(access_key_id) {
            Some(session) if token != Some(&session.token) => Standing::Unknown,
            Some(session) if session.expires_at <= self.now() => Standing::Expired,
            Some(_) => Standing::Good,
            None => Standing::Unknown,
        }
    }

    pub(crate) fn session(&self, access_key_id: &str) -> Option<&Session> {
        self.sessions
            .iter()
            .find(|session| session.access_key_id == access_key_id)
    }
}
