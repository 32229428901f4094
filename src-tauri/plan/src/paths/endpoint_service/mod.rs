//! VPC endpoint service: a Network Load Balancer in front of the source, and an endpoint service on it that
//! ClickPipes' account may connect to.
//!
//! The only path that crosses regions, and the one for brokers and hosts on premises (ClickHouse documentation).

pub mod checks;
pub mod choices;
mod connections;
mod dry_run;
mod existing;
mod facts;
mod layout;
pub mod page;
mod planning;
mod source;
mod standing;
mod steps;
mod typed;
mod way;

pub use connections::{ConnectionIdentity, ConnectionRow, connections};
pub use dry_run::{DryRun, dry_run};
pub use existing::{connected_services, existing_endpoint};
pub use facts::{Facts, Lookup, names_to_look_up, vpc_id};
pub use planning::{field_errors, plan};
pub(crate) use source::broker_port;
