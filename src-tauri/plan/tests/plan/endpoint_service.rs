//! Endpoint services: checks, plans, the network page, and who may be let in.

mod cases;
mod checks;
mod connections;
mod existing;
mod names;
mod page;
mod planning;
mod properties;
mod refused;
mod registry;
mod world;
