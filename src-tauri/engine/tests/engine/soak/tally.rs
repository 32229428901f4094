//! What really happened to the runs of a test: schedules to which nothing happens prove nothing.

use std::sync::atomic::{AtomicU64, Ordering};

/// How often each thing happened, over all schedules of a test.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    strikes: AtomicU64,
    kills: AtomicU64,
    jumps: AtomicU64,
    acts: AtomicU64,
}

impl Tally {
    /// Faults struck that many calls.
    pub(crate) fn struck(&self, calls: u64) {
        self.strikes.fetch_add(calls, Ordering::Relaxed);
    }

    /// A process ended while it drove the run.
    pub(crate) fn killed(&self) {
        self.kills.fetch_add(1, Ordering::Relaxed);
    }

    /// The clock was moved on while the run was driven.
    pub(crate) fn jumped(&self) {
        self.jumps.fetch_add(1, Ordering::Relaxed);
    }

    /// Another operator did something while the run was driven.
    pub(crate) fn acted(&self) {
        self.acts.fetch_add(1, Ordering::Relaxed);
    }

    /// Whether each of them happened.
    pub(crate) fn has_all(&self) -> bool {
        let all = [&self.strikes, &self.kills, &self.jumps, &self.acts];
        all.iter().all(|count| count.load(Ordering::Relaxed) > 0)
    }
}
