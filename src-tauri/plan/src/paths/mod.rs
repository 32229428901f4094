//! The paths: each folder turns facts and choices into checks and a plan.

pub mod vpc_resource;
