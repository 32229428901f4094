//! Reads and writes in one AWS account and region, through AWS's own SDK.
//!
//! This crate owns the AWS side of the wire: the local profiles and their credentials, one file for each
//! AWS service, and the one place where the SDK's errors become a [`pipelink_plan::problem::Problem`]. It
//! speaks the plan's words only: facts go out, actions come in. It decides nothing (the plan's checks do),
//! keeps nothing (the engine's journal does) and retries nothing around the SDK's own three attempts.
//!
//! Credentials come from an explicit profile and go to AWS in an explicit region. The SDK's default chain
//! is never used, since it would let the environment win over the profile that was picked.

mod actions;
mod allowance;
mod concurrent;
mod credentials;
mod discover;
mod ec2;
mod endpoint_services;
mod endpoints;
mod lattice;
mod load_balancing;
mod msk;
mod pricing;
mod problems;
pub mod profile;
mod quotas;
mod ram;
mod rds;
mod removals;
mod session;
mod sso;
mod sts;

pub use load_balancing::Look;
pub use profile::AwsFiles;
pub use session::Aws;
