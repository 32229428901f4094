//! The ClickHouse key of each account: in the OS keyring, or in memory when the admin chose so.
//!
//! Keys are kept under the AWS account's ID, so that two profiles of one account share one.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use pipelink_clickhouse::keyring::KeyStore;
use pipelink_clickhouse::{ApiKey, ClickHouse};
use pipelink_plan::facts::clickhouse::Organization;
use pipelink_plan::problem::Problem;

use crate::app::App;
use crate::commands::accounts::{AccountView, KeyState};
use crate::commands::settings::{KeepKey, TypedKey};

/// Where keys are looked for.
pub(crate) struct Keys {
    keyring: KeyStore,
    memory: Mutex<HashMap<String, ApiKey>>,
}

impl Keys {
    pub(crate) fn system() -> Self {
        Self {
            keyring: KeyStore::system(),
            memory: Mutex::default(),
        }
    }

    /// The key of an AWS account, and where it was found. A keyring that does not answer is a state of its
    /// own: the rest of the app works without it.
    pub(crate) async fn find(&self, account_id: &str) -> (Option<ApiKey>, KeyState) {
        if let Some(key) = self.memory().get(account_id).cloned() {
            let state = KeyState::Memory {
                key_id: key.id().to_owned(),
            };
            return (Some(key), state);
        }
        let (keyring, account) = (self.keyring, account_id.to_owned());
        let load = off_the_loop(move || keyring.load(&account));
        // A locked keyring waits for the admin, whom a prompt behind the window may not reach.
        let loaded = tokio::time::timeout(UNLOCKED_WITHIN, load).await;
        match loaded.unwrap_or_else(|_| Err(locked())) {
            Ok(Some(key)) => {
                let state = KeyState::Keyring {
                    key_id: key.id().to_owned(),
                };
                (Some(key), state)
            }
            Ok(None) => (None, KeyState::Missing),
            Err(Problem::KeyringUnavailable { message }) => {
                (None, KeyState::KeyringUnavailable { message })
            }
            Err(other) => (
                None,
                KeyState::KeyringUnavailable {
                    message: other.to_string(),
                },
            ),
        }
    }

    async fn keep(&self, account_id: &str, key: ApiKey, keep: KeepKey) -> Result<(), Problem> {
        match keep {
            KeepKey::Keyring => {
                let (keyring, account) = (self.keyring, account_id.to_owned());
                off_the_loop(move || keyring.save(&account, &key)).await?;
                self.memory().remove(account_id);
            }
            KeepKey::Memory => {
                self.memory().insert(account_id.to_owned(), key);
            }
        }
        Ok(())
    }

    async fn forget(&self, account_id: &str, state: &KeyState) -> Result<(), Problem> {
        self.memory().remove(account_id);
        let (keyring, account) = (self.keyring, account_id.to_owned());
        let forgotten = off_the_loop(move || keyring.forget(&account)).await;
        match (forgotten, state) {
            // The key was in memory because no keyring answers: there is nothing else to remove it from.
            (Err(Problem::KeyringUnavailable { .. }), KeyState::Memory { .. }) => Ok(()),
            (forgotten, _) => forgotten,
        }
    }

    fn memory(&self) -> std::sync::MutexGuard<'_, HashMap<String, ApiKey>> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// How long opening an account waits for a keyring.
const UNLOCKED_WITHIN: Duration = Duration::from_secs(20);

fn locked() -> Problem {
    Problem::KeyringUnavailable {
        message: "the keyring was not unlocked in time".to_owned(),
    }
}

/// A keyring blocks, and may wait for the admin to unlock it.
async fn off_the_loop<T: Send + 'static>(
    call: impl FnOnce() -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    tokio::task::spawn_blocking(call).await.unwrap_or_else(|e| {
        Err(Problem::Internal {
            message: e.to_string(),
        })
    })
}

impl From<TypedKey> for ApiKey {
    fn from(typed: TypedKey) -> Self {
        ApiKey::new(
            typed.id.trim().to_owned(),
            typed.secret.trim().to_owned().into(),
        )
    }
}

impl App {
    pub(crate) async fn test_key(&self, typed: Option<TypedKey>) -> Result<Organization, Problem> {
        let open = self.open().await?;
        let organizations = match typed {
            Some(typed) => {
                ClickHouse::new(&open.clickhouse_url, typed.into())?
                    .organizations()
                    .await?
            }
            None => open.clickhouse()?.organizations().await?,
        };
        organizations.into_iter().next().ok_or(Problem::KeyRejected)
    }

    pub(crate) async fn save_key(
        &self,
        typed: TypedKey,
        keep: KeepKey,
    ) -> Result<AccountView, Problem> {
        let open = self.open().await?;
        self.keys
            .keep(&open.view.identity.account_id, typed.into(), keep)
            .await?;
        self.reopen(&open).await
    }

    pub(crate) async fn forget_key(&self) -> Result<AccountView, Problem> {
        let open = self.open().await?;
        self.keys
            .forget(&open.view.identity.account_id, &open.view.key)
            .await?;
        self.reopen(&open).await
    }
}
