//! VPC resource: a VPC Lattice resource gateway and configuration, shared through RAM.
//!
//! Same region only. The preferred path for Postgres CDC from RDS (ClickHouse documentation).

pub mod checks;
pub mod choices;
mod existing;
pub mod network;
mod planning;
mod port_path;
mod security_gate;

pub use existing::existing_endpoint;
pub use planning::{field_errors, plan, source_ref};
