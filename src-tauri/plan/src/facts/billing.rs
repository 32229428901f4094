//! What AWS bills, at the price that the Price List API tells. No price is written into the code.

use serde::{Deserialize, Serialize};

use crate::step::OutputName;

/// A price of AWS for one kind of thing that a plan makes, in one region, on demand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Price {
    /// What it is the price of: the thing that has this ID.
    pub of: OutputName,
    /// US dollars for one unit, as AWS writes it, such as `0.0200000000`.
    pub usd: String,
    /// `Hrs`, `GB`, ...
    pub unit: String,
    /// In AWS's words.
    pub description: String,
    /// Since when it holds, as AWS writes it.
    pub effective_from: Option<String>,
}
