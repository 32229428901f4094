//! The one idea of Pipelink: a plan is data.
//!
//! `facts + choices -> checks + plan`. The facts are what was observed in AWS and ClickHouse, the choices
//! are what the admin picked; a check is a verdict with its evidence and a remedy; a plan is an ordered
//! list of steps. Everything else that is shown or done (review, run, undo, AWS CLI, topology picture) is a
//! *reading* of that one plan.
//!
//! Planning is pure and deterministic: no clock, no I/O, no async runtime, no SDK. A test at the workspace
//! root holds this crate's dependency tree to that.

pub mod account;
pub mod advice;
pub mod board;
pub mod check;
pub mod deadline;
pub mod endpoint;
pub mod facts;
pub mod free_blocks;
pub mod names;
pub mod network_acl;
pub mod observed;
pub mod paths;
pub mod pipe_use;
pub mod problem;
pub mod readings;
pub mod region;
pub mod run;
mod source;
pub mod step;

/// The AWS account from which ClickPipes connects, in partition `aws`.
/// Source: ClickHouse documentation, "AWS PrivateLink for ClickPipes".
pub const CLICKPIPES_ACCOUNT: &str = "072088201116";

/// The tag that marks what a run made: its value is the run's ID.
pub const RUN_TAG: &str = "pipelink:run";
