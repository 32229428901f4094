//! VPC resource: a VPC Lattice resource gateway and configuration, shared through RAM.
//!
//! Same region only. The preferred path for Postgres CDC from RDS (ClickHouse documentation).

pub mod choices;
pub mod network;
