//! Accounts as the admin picks them: a local AWS profile, or the sandbox.

use serde::{Deserialize, Serialize};

use crate::problem::Problem;

/// One entry of the account picker.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum AccountRef {
    /// The simulated account: always there.
    Sandbox,
    /// A profile of the local AWS files.
    Profile {
        /// Its name.
        name: String,
        /// The region to work in.
        region: String,
    },
}

/// A profile of the local AWS files, as listed. Holds no secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Profile {
    /// Its name.
    pub name: String,
    /// How it gets its credentials.
    pub kind: ProfileKind,
    /// Its own region setting.
    pub region: Option<String>,
    /// An account ID that the file itself names (`sso_account_id`, or inside `role_arn`).
    pub account_id: Option<String>,
    /// The role it assumes or is given, where the file names one.
    pub role: Option<String>,
    /// Why it cannot be used, with its remedy shown; `None` if it can be tried.
    pub problem: Option<Problem>,
}

/// How a profile gets its credentials.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub enum ProfileKind {
    /// Access keys in the file.
    Keys,
    /// IAM Identity Center with an `sso_session`.
    Sso,
    /// IAM Identity Center without one: its token is not refreshed.
    SsoLegacy,
    /// A role, from another profile or a credential source.
    Role,
    /// A role that asks for an MFA code.
    RoleMfa,
    /// An outside command.
    Process,
    /// A web identity token file.
    WebIdentity,
    /// `aws login`.
    Login,
    /// No credentials at all.
    Nothing,
}
