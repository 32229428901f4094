//! What must hold whatever happened: at most one of each thing of a run, and nothing that belongs to nobody.

use std::collections::{BTreeMap, BTreeSet};

use pipelink_plan::problem::Problem;
use pipelink_plan::run::{Run, RunId, RunState, StepState};
use serde_json::Value;

use super::Stage;
use super::hands::BY_HAND;

/// The kinds of things that a run makes, by their name in the world.
const KINDS: [&str; 4] = [
    "resource_gateways",
    "resource_configurations",
    "resource_shares",
    "service ",
];

impl Stage {
    /// Everything in the world that a run could have made, by ID; without when it was changed last.
    pub(crate) async fn things(&self) -> BTreeMap<String, Value> {
        let resources = self.resources().await;
        let of_a_run = |name: &str| KINDS.iter().any(|kind| name.contains(kind));
        resources
            .into_iter()
            .filter(|(name, _)| of_a_run(name))
            .flat_map(|(_, all)| all.as_array().unwrap().clone())
            .map(|mut thing| {
                thing.as_object_mut().unwrap().remove("updated_at");
                let id = thing.get("id").or_else(|| thing.get("arn")).unwrap();
                (id.as_str().unwrap().to_owned(), thing)
            })
            .collect()
    }

    /// At most one of each kind carries the run's ID, and what is neither in `known` nor the run's is nobody's.
    pub(crate) async fn disorder(&self, run: &RunId, known: &BTreeSet<String>) -> Option<String> {
        let things = self.things().await;
        let (own, others): (Vec<_>, Vec<_>) = things
            .into_iter()
            .partition(|(_, thing)| thing.to_string().contains(&run.0));
        let mut seen = BTreeSet::new();
        if let Some((id, _)) = own.iter().find(|(id, _)| !seen.insert(kind(id))) {
            return Some(format!("made more than one {}: {own:?}", kind(id)));
        }
        others
            .into_iter()
            .filter(|(_, thing)| thing["description"] != BY_HAND)
            .find(|(id, _)| !known.contains(id))
            .map(|(id, thing)| format!("{id} is nobody's: {thing}"))
    }
}

/// What an ID names.
fn kind(id: &str) -> &'static str {
    let kinds = [
        ("rgw-", "gateway"),
        ("rcfg-", "configuration"),
        ("arn:", "share"),
    ];
    let named = kinds.into_iter().find(|(begins, _)| id.starts_with(begins));
    named.map_or("endpoint", |(_, kind)| kind)
}

/// What is wrong with a run as the journal tells it, if anything.
pub(crate) fn illegal(run: &Run) -> Option<String> {
    let states: Vec<&StepState> = run.steps.iter().map(|step| &step.state).collect();
    let is_done = |state: &&StepState| **state == StepState::Done;
    let is_undone = |state: &&StepState| **state == StepState::Undone;
    let begun = |state: &&StepState| **state != StepState::Pending;
    let wrong = match &run.state {
        RunState::Done if !states.iter().all(is_done) => Some("done, but not every step is"),
        RunState::Undone if !states.iter().all(is_undone) => Some("undone, but not every step is"),
        RunState::Running | RunState::Stopped { .. } => {
            let first_open = states.iter().position(|state| !is_done(state));
            let after = states.iter().skip(first_open.unwrap_or(states.len()) + 1);
            let undone = states.iter().any(is_undone);
            if undone {
                Some("not undone, but a step is")
            } else if after.clone().any(begun) {
                Some("a step was begun before the one before it was done")
            } else {
                None
            }
        }
        RunState::Undoing | RunState::UndoStopped { .. } => {
            let first_undone = states.iter().position(is_undone);
            let after = states.iter().skip(first_undone.unwrap_or(states.len()));
            if after.clone().all(is_undone) {
                None
            } else {
                Some("a step was undone before the one after it")
            }
        }
        RunState::Done | RunState::Undone | RunState::Left => None,
    };
    wrong.map(str::to_owned)
}

/// The problem that a run stands still with.
pub(crate) fn stopped_by(run: &Run) -> Option<&Problem> {
    match &run.state {
        RunState::Stopped { problem } | RunState::UndoStopped { problem } => Some(problem),
        RunState::Running
        | RunState::Done
        | RunState::Undoing
        | RunState::Undone
        | RunState::Left => None,
    }
}

/// Whether a problem tells the admin what happened on the other side, and not that Pipelink itself went wrong.
pub(crate) fn is_told(problem: &Problem) -> bool {
    !matches!(
        problem,
        Problem::Internal { .. }
            | Problem::JournalDamaged { .. }
            | Problem::JournalNewer { .. }
            | Problem::JournalUnwritable { .. }
            | Problem::HeldElsewhere
            | Problem::WrongAccount { .. }
            | Problem::NotAsked { .. }
    )
}
