//! VPC resource: a VPC Lattice resource gateway and configuration, shared through RAM.
//!
//! Same region only. The preferred path for Postgres CDC from RDS (ClickHouse documentation).

mod acl_path;
pub mod checks;
pub mod choices;
mod existing;
mod fit;
mod group_change;
pub mod network;
mod planning;
mod reuse;
mod wanted;

pub use existing::existing_endpoint;
pub use group_change::change_gateway_groups;
pub use planning::{field_errors, plan};
pub use wanted::source_ref;
