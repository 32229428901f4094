//! The API key in the keyring of the operating system: Keychain, Credential Manager or Secret Service.
//!
//! Nothing is ever written anywhere else. Where no keyring answers, the problem says so and the caller may
//! keep the key in memory; that choice is the admin's. The keyring crate looks for a keyring once: after
//! one was started or unlocked too late, Pipelink has to be started again.
//!
//! Every call here blocks, and may wait for the admin to unlock the keyring: call it from
//! `tokio::task::spawn_blocking`, never directly from an async function.

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use pipelink_plan::problem::Problem;
use secrecy::{ExposeSecret, SecretString};

use crate::key::ApiKey;

/// The name under which the keyring shows the entries.
const SERVICE: &str = "Pipelink";
/// Between ID and secret, as in HTTP Basic authentication, whose user name cannot hold it either.
const SEPARATOR: char = ':';
/// Opening the keyring needs nobody's answer, so that one which takes this long does not answer at all: a
/// session bus can be there and say nothing.
const LONGEST_OPENING: Duration = Duration::from_secs(10);

/// The keyring of the operating system. An entry is found by an account name of the caller's choice.
#[derive(Debug, Clone, Copy)]
pub struct KeyStore {
    service: &'static str,
}

impl KeyStore {
    /// The keyring of the user's session.
    pub fn system() -> Self {
        Self { service: SERVICE }
    }

    /// Saves a key, in place of one that is there.
    ///
    /// # Errors
    /// [`Problem::KeyringUnavailable`] if no keyring answers or it stays locked.
    pub fn save(&self, account: &str, key: &ApiKey) -> Result<(), Problem> {
        if key.is_blank() || key.id().contains(SEPARATOR) {
            return Err(Problem::KeyMissing);
        }
        let both = SecretString::from(format!("{}{SEPARATOR}{}", key.id(), key.secret()));
        self.entry(account)?
            .set_password(both.expose_secret())
            .map_err(|error| problem(&error))
    }

    /// The key saved for an account; `None` if there is none.
    ///
    /// # Errors
    /// [`Problem::KeyringUnavailable`] if no keyring answers or it stays locked; [`Problem::Internal`] if
    /// the entry was not written by [`KeyStore::save`].
    pub fn load(&self, account: &str) -> Result<Option<ApiKey>, Problem> {
        let both = match self.entry(account)?.get_password() {
            Ok(both) => SecretString::from(both),
            Err(keyring::Error::NoEntry) => return Ok(None),
            Err(error) => return Err(problem(&error)),
        };
        match both.expose_secret().split_once(SEPARATOR) {
            Some((id, secret)) => {
                let key = ApiKey::new(id.to_owned(), SecretString::from(secret));
                Ok(Some(key))
            }
            None => Err(unreadable()),
        }
    }

    /// Removes the key of an account. One that is not there is no error.
    ///
    /// # Errors
    /// [`Problem::KeyringUnavailable`] if no keyring answers or it stays locked.
    pub fn forget(&self, account: &str) -> Result<(), Problem> {
        match self.entry(account)?.delete_credential() {
            Ok(()) | Err(keyring::Error::NoEntry) => Ok(()),
            Err(error) => Err(problem(&error)),
        }
    }

    fn entry(&self, account: &str) -> Result<keyring::Entry, Problem> {
        open()?;
        keyring::Entry::new(self.service, account).map_err(|error| problem(&error))
    }
}

/// Opens the keyring, which the keyring crate does once in a process, on a thread that may be left behind.
fn open() -> Result<(), Problem> {
    let (opened, answer) = mpsc::sync_channel(1);
    thread::spawn(move || opened.send(keyring::Entry::store_status()));
    match answer.recv_timeout(LONGEST_OPENING) {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => Err(Problem::KeyringUnavailable {
            message: error.to_string(),
        }),
        Err(_) => Err(Problem::KeyringUnavailable {
            message: "the keyring does not answer".to_owned(),
        }),
    }
}

/// The crate's errors may carry the secret's bytes in their `Debug`; only chosen texts leave this function.
fn problem(error: &keyring::Error) -> Problem {
    match error {
        keyring::Error::PlatformFailure(_) | keyring::Error::NoStorageAccess(_) => {
            Problem::KeyringUnavailable {
                message: error.to_string(),
            }
        }
        keyring::Error::BadEncoding(_) | keyring::Error::BadDataFormat(..) => unreadable(),
        keyring::Error::Ambiguous(_) => Problem::Internal {
            message: "the keyring has several entries for this account".to_owned(),
        },
        other => Problem::Internal {
            message: other.to_string(),
        },
    }
}

fn unreadable() -> Problem {
    Problem::Internal {
        message: "the keyring's entry for this account is not a ClickHouse API key".to_owned(),
    }
}
