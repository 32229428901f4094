//! What deleting a run's things takes: in which order, and what would break.

use serde::{Deserialize, Serialize};

use crate::problem::Problem;
use crate::step::StepId;

/// What is shown before anything that a run made is deleted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Removal {
    /// What is deleted, in order.
    pub items: Vec<RemovalItem>,
    /// What stops working then, most certain first.
    pub breaks: Vec<Breakage>,
    /// What could not be read: something that it would have shown may break as well.
    pub unread: Vec<Problem>,
}

/// One thing that is deleted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct RemovalItem {
    /// The step that made it.
    pub step: StepId,
    /// What it is, such as "Resource gateway".
    pub what: String,
    /// Its ID or ARN; `None` where the run does not know it (its answer got lost) and looks for it first.
    pub id: Option<String>,
    /// The call that deletes it, such as `vpc-lattice:DeleteResourceGateway`.
    pub call: String,
}

/// One thing that stops working.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Breakage {
    /// What it is, such as "ClickPipe".
    pub what: String,
    /// Its name or ID.
    pub name: String,
    /// Why, in one sentence.
    pub because: String,
    /// Whether that is inferred (a pipe matched by its host) and not said by an API.
    pub inferred: bool,
}
