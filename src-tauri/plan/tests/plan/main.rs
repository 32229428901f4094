//! The planner from outside: facts in, checks, plans and their readings out.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on should say where"
)]
#![allow(
    clippy::wildcard_imports,
    clippy::assigning_clones,
    reason = "the facts read as a table: names in a row, one value set a line"
)]

mod advice;
mod board;
mod checks;
mod deadline;
mod determinism;
mod endpoint_service;
mod facts;
mod free_blocks;
mod hosts;
mod msk;
mod names;
mod network_acl;
mod network_page;
mod planning;
mod port_path;
mod problems;
mod readings;
mod region;
mod reuse;
mod several_hosts;
mod shell;
