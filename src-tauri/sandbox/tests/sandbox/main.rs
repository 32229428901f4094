//! The sandbox, tested from outside: over raw HTTP, and by clients that this project did not write.
//! One binary, because linking one is faster than linking seven.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod account;
mod clickpipes;
mod clickpipes_groups;
mod clickpipes_msk;
mod clickpipes_services;
mod cloud_api;
mod common;
mod endpoint_service_connections;
mod endpoint_service_names;
mod endpoint_services;
mod exercises;
mod fates;
mod faults;
mod kafka;
mod lattice;
mod load_balancing;
mod load_balancing_refusals;
mod load_balancing_targets;
mod names;
mod operator;
mod panel;
mod program;
mod ram;
mod reach;
mod stale;
mod through;
mod wire;
mod worlds;
