//! First start and account picker; and the words for a problem that some value carries inside.

use pipelink_plan::account::{AccountRef, Profile};
use pipelink_plan::facts::Identity;
use pipelink_plan::facts::clickhouse::Organization;
use pipelink_plan::problem::{Problem, Remedy};
use serde::Serialize;

use super::AppState;

/// What the account picker shows.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct AccountPicker {
    /// Local AWS profiles, by name.
    pub profiles: Vec<Profile>,
    /// Why the AWS files could not be read, if so.
    pub problem: Option<Problem>,
    /// The account in use.
    pub current: Option<AccountView>,
    /// The account that was in use when the app last ended.
    pub last: Option<AccountRef>,
}

/// The account in use: on screen wherever something is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct AccountView {
    /// As picked.
    pub account: AccountRef,
    /// As it identified itself.
    pub identity: Identity,
    /// Where its ClickHouse key is.
    pub key: KeyState,
    /// The organization the key belongs to, once asked.
    pub organization: Option<Organization>,
}

/// Where an account's ClickHouse key is. The secret itself never reaches the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(
    tag = "state",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum KeyState {
    /// None is set.
    Missing,
    /// The sandbox brings its own.
    Sandbox,
    /// In the operating system's keyring.
    Keyring {
        /// The key's ID.
        key_id: String,
    },
    /// In memory until the app ends.
    Memory {
        /// The key's ID.
        key_id: String,
    },
    /// A keyring entry may exist, but the keyring does not answer.
    KeyringUnavailable {
        /// The keyring's words.
        message: String,
    },
}

/// A problem in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct Explanation {
    /// What happened, in one sentence.
    pub headline: String,
    /// Why.
    pub why: String,
    /// What to do.
    pub remedy: Remedy,
    /// The raw answer, for the folded part.
    pub raw: Option<String>,
}

/// Lists the local profiles and the account in use.
#[tauri::command]
#[specta::specta]
pub async fn account_picker(app: AppState<'_>) -> Result<AccountPicker, Problem> {
    Ok(app.account_picker().await)
}

/// Lists the regions that an account can work in, sorted.
#[tauri::command]
#[specta::specta]
pub async fn account_regions(
    app: AppState<'_>,
    account: AccountRef,
) -> Result<Vec<String>, Problem> {
    app.regions(&account).await
}

/// Opens an account: asks AWS who it is, and makes it the one in use.
#[tauri::command]
#[specta::specta]
pub async fn select_account(
    app: AppState<'_>,
    account: AccountRef,
) -> Result<AccountView, Problem> {
    app.select(account).await
}

/// Puts a problem into words.
#[tauri::command]
#[specta::specta]
pub async fn explain(problem: Problem) -> Result<Explanation, Problem> {
    Ok(Explanation {
        headline: problem.headline(),
        why: problem.why(),
        remedy: problem.remedy(),
        raw: problem.raw().map(str::to_owned),
    })
}
