//! The paths: each folder turns facts and choices into checks and a plan.

pub mod choices;
mod clickhouse;
pub mod endpoint_service;
mod findings;
pub mod lookup;
pub mod msk_multi_vpc;
mod own_names;
mod partition;
mod reach;
pub mod vpc_resource;
mod why;
