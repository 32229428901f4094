//! The least-privilege IAM policy of a plan: what it takes to discover, to apply and to undo it.

use serde::{Deserialize, Serialize};

/// The policy to ask for, whole and in parts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Policy {
    /// The whole policy document, pretty-printed JSON.
    pub document: String,
    /// What each part of it is for, in the order of the document's statements.
    pub parts: Vec<PolicyPart>,
}

/// One statement of the policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct PolicyPart {
    /// The statement's Sid.
    pub sid: String,
    /// When it is needed.
    pub purpose: Purpose,
    /// What it is for, in one sentence.
    pub why: String,
    /// Its IAM actions.
    pub actions: Vec<String>,
    /// Whether the job can be done without it.
    pub optional: bool,
}

/// When a right is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub enum Purpose {
    /// Before: to read what the checks look at.
    Discover,
    /// To carry the plan out.
    Apply,
    /// To undo it.
    Undo,
}
