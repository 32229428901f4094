//! A run: a plan being carried out, as the journal holds it and the page shows it. Data only; the engine moves it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::account::AccountRef;
use crate::check::CheckId;
use crate::endpoint::Turn;
use crate::facts::Identity;
use crate::problem::Problem;
use crate::step::{Outputs, Plan, StepId};

/// A run's ID, a UUID version 7 in lower case. It goes into a tag, name or description of all that the run makes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(transparent)]
pub struct RunId(pub String);

impl std::fmt::Display for RunId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// Where a run stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(
    tag = "state",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum RunState {
    /// A process carries it out now.
    Running,
    /// It stands still until the admin continues, undoes or leaves it.
    Stopped {
        /// Why.
        problem: Problem,
    },
    /// Every step is done.
    Done,
    /// What it made is being removed.
    Undoing,
    /// Removing stands still.
    UndoStopped {
        /// Why.
        problem: Problem,
    },
    /// What it made is removed.
    Undone,
    /// The admin chose to leave what it made in place.
    Left,
}

/// Where one step of a run stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(
    tag = "state",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum StepState {
    /// Not begun.
    Pending,
    /// The intent is in the journal; whether the call took effect is not known yet.
    Sent,
    /// Made; waiting until it is usable.
    Waiting {
        /// The state last seen, in the API's words.
        seen: String,
        /// Whose turn it is.
        turn: Turn,
    },
    /// Made and usable.
    Done,
    /// Refused, or came into a failed state.
    Failed {
        /// Why.
        problem: Problem,
    },
    /// Sent without an answer, and looking for its result did not settle it.
    NotKnown {
        /// What is known.
        problem: Problem,
    },
    /// Being removed.
    Undoing,
    /// Removed, or never made.
    Undone,
    /// Left in place by the undo, which was not asked to take it back as well.
    Kept,
}

/// One run, whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Run {
    /// Its ID.
    pub id: RunId,
    /// The account as picked.
    pub account: AccountRef,
    /// The account as it identified itself when the run began.
    pub identity: Identity,
    /// What is carried out.
    pub plan: Plan,
    /// Warnings and unanswered checks that the admin ticked.
    pub accepted: Vec<CheckId>,
    /// Where it stands.
    pub state: RunState,
    /// When it began.
    pub began_at: Timestamp,
    /// When it came to Done, Undone or Left.
    pub ended_at: Option<Timestamp>,
    /// Whether it stops after the step under way.
    pub cancelling: bool,
    /// The steps that its undo was asked to take back as well, of those that stay unless they are asked for.
    pub undo_also: Vec<StepId>,
    /// Its steps, in the plan's order.
    pub steps: Vec<RunStep>,
    /// What was done, oldest first.
    pub log: Vec<LogLine>,
}

/// One step of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct RunStep {
    /// Which step of the plan.
    pub id: StepId,
    /// Where it stands.
    pub state: StepState,
    /// When its intent was written.
    pub began_at: Option<Timestamp>,
    /// When it came to its end.
    pub ended_at: Option<Timestamp>,
    /// Whether it was found by the run's ID instead of made by an answered call.
    pub adopted: bool,
    /// Whether the wait for it may be stopped in the middle, as its action says.
    pub may_be_left: bool,
    /// What it made.
    pub outputs: Outputs,
}

/// One line of a run's log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct LogLine {
    /// When, by the account's clock.
    pub at: Timestamp,
    /// Which step, if one.
    pub step: Option<StepId>,
    /// What happened, such as `CreateResourceGateway answered: rgw-...`.
    pub text: String,
}

/// What a look at a thing under way shows: the answer of an adapter to "is it usable yet".
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Progress {
    /// Not yet.
    Waiting {
        /// The state, in the API's words.
        seen: String,
        /// Whose turn it is.
        turn: Turn,
    },
    /// It is usable; these outputs are added to those of the step.
    Usable {
        /// New outputs.
        outputs: Outputs,
    },
    /// It came into a state from which it does not get usable.
    Ended {
        /// The state, in the API's words.
        seen: String,
        /// The reason given, where one was.
        reason: Option<String>,
    },
    /// It is not there (not yet, right after creation, or not any more).
    Missing,
}
