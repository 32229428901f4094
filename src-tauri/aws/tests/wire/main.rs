//! The adapter against the sandbox, through the real SDK and the real wire, on loopback only.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may panic"
)]

mod actions;
mod detaching;
mod discovery;
mod endpoint_service;
mod environment;
mod faults;
mod figures;
mod gateway_groups;
mod groups;
mod msk;
mod nested;
mod network_acls;
mod parameters;
mod profiles;
mod read_faults;
mod renewal;
mod roles;
mod scoped_rights;
mod sources;
mod support;
mod wire;
