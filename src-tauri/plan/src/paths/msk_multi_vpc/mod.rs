//! MSK multi-VPC: connectivity that the cluster itself offers to other VPCs, and a cluster policy that lets
//! ClickPipes' account use it.
//!
//! Same region only; provisioned clusters only. The recommended path for MSK (ClickHouse documentation).

pub mod checks;
pub mod choices;
mod cluster;
mod connections;
mod existing;
pub mod page;
mod planning;
pub mod policy;

pub(crate) use cluster::CONNECTIVITY;
pub use cluster::UsualTime;
pub(crate) use cluster::{Kind, Version, is_too_small, kind, version};
pub use connections::{MskConnectionRow, rows as connection_rows};
pub(crate) use connections::{Standing, is_word, standing};
pub use existing::{existing_endpoint, is_found_elsewhere, is_held_elsewhere};
pub use planning::{field_errors, plan};

/// The port of the first broker over multi-VPC connectivity; each further broker has the next one. Seen in bootstrap
/// strings of AWS's Developer Guide and in examples of ClickHouse's Terraform provider, and not among the brokers'
/// own ports (9096, 9098).
pub const FIRST_PORT: u16 = 14001;
