//! The whole crate against the sandbox, over the real wire: what a run and a sweep ask of it, and each fault
//! that the sandbox can make.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

mod facts;
mod limit;
mod read_faults;
mod verbs;
mod world;
