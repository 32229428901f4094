//! VPC resource: a VPC Lattice resource gateway and configuration, shared through RAM.
//!
//! Same region only. The preferred path for Postgres CDC from RDS (ClickHouse documentation).

mod acl_path;
pub mod checks;
pub mod choices;
mod existing;
mod facts;
mod fit;
mod group_change;
mod lead;
pub mod network;
mod planning;
mod reuse;
mod serverless;
mod source;
mod steps;
mod targets;
mod typed;
mod wanted;

pub use existing::existing_endpoint;
pub use facts::Facts;
pub use group_change::change_gateway_groups;
pub use planning::{field_errors, plan};
pub use source::{names_to_look_up, source_ref};
