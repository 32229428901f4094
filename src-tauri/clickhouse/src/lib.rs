//! The ClickHouse Cloud API within its request budget, and its key in the OS keyring.
//!
//! [`ClickHouse`] speaks the vocabulary of `pipelink_plan` and nothing else: facts come out, actions go in,
//! and every failure is a [`pipelink_plan::problem::Problem`]. It decides nothing and remembers nothing;
//! when to ask, and what to do after an unknown answer, is the engine's.
//!
//! | file | owns |
//! |---|---|
//! | `cloud.rs` | the calls: which path, which body, which facts |
//! | `steps.rs` | the five verbs of a run for a reverse private endpoint |
//! | `rows.rs` | one JSON row to one fact |
//! | `wire.rs` | one request and its answer, within the budget |
//! | `budget.rs` | ten requests in ten seconds, in fair turns |
//! | `failure.rs` | statuses and transport errors to problems |
//! | `key.rs`, `keyring.rs` | the API key, and where it is kept |

mod budget;
mod cloud;
mod failure;
mod key;
pub mod keyring;
mod rows;
mod steps;
mod wire;

pub use budget::Budget;
pub use cloud::ClickHouse;
pub use key::ApiKey;
pub use rows::{OddRow, Rows};
pub use steps::run_in;

/// The address of ClickHouse Cloud's API. Source: its `OpenAPI` document, `servers`.
pub const CLOUD: &str = "https://api.clickhouse.cloud/v1";
