//! VPC endpoint service: a Network Load Balancer in front of the source, and an endpoint service on it that
//! ClickPipes' account may connect to.
//!
//! The only path that crosses regions, and the one for brokers and hosts on premises (ClickHouse documentation).

pub mod choices;
