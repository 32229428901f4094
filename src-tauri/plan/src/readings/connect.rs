//! The connect page: how to reach the source through the endpoint, and what stays behind in AWS.

use serde::{Deserialize, Serialize};

/// What the admin takes away from a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct ConnectSheet {
    /// The endpoint's names, as ClickHouse gives them; empty until it is Ready or where it is made by hand.
    pub dns_names: Vec<String>,
    /// The source's port.
    pub port: u16,
    /// A connection string for the source, with placeholders for user, password and database.
    pub connection_string: Option<String>,
    /// The name the server's certificate is made out to: the TLS host of the pipe.
    pub tls_host: Option<String>,
    /// Without a key: what to paste into ClickHouse.
    pub paste: Option<PasteValues>,
    /// What to do in ClickHouse next, in order.
    pub next: Vec<String>,
    /// What the run made in AWS.
    pub stays: Vec<Stays>,
}

/// The values that ClickHouse asks for when a reverse private endpoint is created by hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct PasteValues {
    /// `rcfg-...`, once made.
    pub configuration_id: Option<String>,
    /// The share's ARN, once made.
    pub share_arn: Option<String>,
}

/// One thing a run made that stays in AWS.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Stays {
    /// What it is, such as "Resource gateway".
    pub what: String,
    /// Its ID or ARN.
    pub id: String,
    /// Whether AWS bills it by the hour.
    pub billed_hourly: bool,
}
