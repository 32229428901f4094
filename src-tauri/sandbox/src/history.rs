//! The latest changes that somebody made, for lists that answer as if the latest of them had not reached
//! them yet. What changes by itself in time is no such change. In memory only: a new process knows none.

use std::collections::VecDeque;

use crate::state::Call;
use crate::wire::answer::Answer;
use crate::world::World;

/// How many changes are kept: each costs two copies of the world.
const KEPT: usize = 8;

/// The worlds around one change.
#[derive(Debug)]
struct Change {
    before: World,
    after: World,
}

/// The latest changes, the newest last.
#[derive(Debug, Default)]
pub(crate) struct History {
    changes: VecDeque<Change>,
}

impl History {
    pub(crate) fn note(&mut self, before: World, after: World) {
        if self.changes.len() == KEPT {
            self.changes.pop_front();
        }
        self.changes.push_back(Change { before, after });
    }

    /// What the call was answered before the latest change that changed its answer; None where no kept one
    /// did.
    pub(crate) fn stale(&self, call: &Call) -> Option<Answer> {
        self.changes.iter().rev().find_map(|change| {
            let mut before = change.before.clone();
            let mut after = change.after.clone();
            if call.outcome(&mut before) == call.outcome(&mut after) {
                return None;
            }
            Some(call.answered(&mut before))
        })
    }
}
