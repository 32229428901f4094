//! The engine on its real adapters, against the sandbox at the wire.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::large_futures,
    clippy::print_stdout,
    clippy::similar_names,
    missing_docs,
    reason = "a test fails by panicking, and waits in the system's time"
)]

mod actor;
mod dns;
mod fault_matrix;
mod faults;
#[cfg(unix)]
mod full_disk;
#[cfg(unix)]
mod journal;
mod kill;
mod lost_answers;
mod merge;
mod old_journals;
mod paths;
mod policy_suffices;
mod refused_after_loss;
mod refused_merge;
mod soak;
mod stage;
mod undo;
mod undo_of_reuse;
mod undo_without_rights;
mod watching;
mod whole_run;
