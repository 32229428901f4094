//! The review: for each step what will exist, the exact call, the right it needs, undo and cost.

use serde::{Deserialize, Serialize};

use crate::step::StepId;

/// One step as the review shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct ReviewStep {
    /// Which step.
    pub id: StepId,
    /// A verb phrase, such as "Create the resource gateway".
    pub title: String,
    /// What exists afterwards.
    pub result: String,
    /// The call, such as `vpc-lattice:CreateResourceGateway`.
    pub call: String,
    /// The request's body as JSON, pretty-printed; outputs of earlier steps as `<gateway: GatewayId>`.
    pub request: String,
    /// The same call for the AWS CLI (or curl, for ClickHouse), safely quoted.
    pub cli: String,
    /// The rights it needs: IAM actions, or the ClickHouse permission.
    pub rights: Vec<String>,
    /// What is waited for afterwards.
    pub waits_for: String,
    /// The usual time, in seconds: from, to.
    pub usual_seconds: (u32, u32),
    /// How it is undone; `None` where there is nothing to undo.
    pub undo: Option<String>,
    /// Whether AWS bills it by the hour while it exists; no price is written into the code.
    pub billed_hourly: bool,
}
