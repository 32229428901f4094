//! Settings: the ClickHouse key and the theme.

use pipelink_plan::facts::clickhouse::Organization;
use pipelink_plan::problem::Problem;
use serde::{Deserialize, Serialize};

use super::AppState;
use super::accounts::{AccountView, KeyState};

/// What the settings page shows.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct SettingsPage {
    /// Where the account's key is; none while no account is open.
    pub key: Option<KeyState>,
    /// The chosen theme.
    pub theme: Theme,
    /// The program's version.
    pub version: String,
    /// Where the journals are.
    pub data_folder: String,
    /// Where the logs are.
    pub log_folder: String,
}

/// Light or dark.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum Theme {
    /// As the system says.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// A key as typed: goes from the page to Rust, never back.
#[derive(Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct TypedKey {
    /// The key's ID.
    pub id: String,
    /// The key's secret.
    pub secret: String,
}

/// Where a typed key is to be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum KeepKey {
    /// In the operating system's keyring.
    Keyring,
    /// In memory until the app ends.
    Memory,
}

/// What the settings page shows.
#[tauri::command]
#[specta::specta]
pub async fn settings(app: AppState<'_>) -> Result<SettingsPage, Problem> {
    Ok(app.settings_page().await)
}

/// Asks ClickHouse which organization a typed key, or without one the saved key, belongs to.
#[tauri::command]
#[specta::specta]
pub async fn test_key(app: AppState<'_>, key: Option<TypedKey>) -> Result<Organization, Problem> {
    app.test_key(key).await
}

/// Keeps a key for the account in use.
#[tauri::command]
#[specta::specta]
pub async fn save_key(
    app: AppState<'_>,
    key: TypedKey,
    keep: KeepKey,
) -> Result<AccountView, Problem> {
    app.save_key(key, keep).await
}

/// Removes the account's key from the keyring and from memory.
#[tauri::command]
#[specta::specta]
pub async fn forget_key(app: AppState<'_>) -> Result<AccountView, Problem> {
    app.forget_key().await
}

/// Keeps the chosen theme.
#[tauri::command]
#[specta::specta]
pub async fn set_theme(app: AppState<'_>, theme: Theme) -> Result<(), Problem> {
    app.set_theme(theme)
}
