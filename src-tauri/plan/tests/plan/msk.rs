//! MSK multi-VPC: plans, the page, the checks in each verdict, and the cluster policy.

mod cases;
mod checks;
pub(crate) mod facts;
mod holder;
mod page;
mod planning;
mod policy;
