//! Readings of a plan: each turns the same steps into something to show or to do, and none re-derives them.

pub mod billed;
mod chain;
pub mod connect;
pub mod policy;
mod registry;
pub mod removal;
pub mod review;
pub mod rights;
pub mod shell;
pub mod topology;
pub mod used;
mod words;
