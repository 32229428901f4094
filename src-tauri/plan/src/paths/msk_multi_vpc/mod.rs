//! MSK multi-VPC: connectivity that the cluster itself offers to other VPCs, and a cluster policy that lets
//! ClickPipes' account use it.
//!
//! Same region only; provisioned clusters only. The recommended path for MSK (ClickHouse documentation).

pub mod choices;
pub mod policy;
