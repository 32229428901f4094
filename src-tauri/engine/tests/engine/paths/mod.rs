//! What is particular to the other paths: whole runs of every shape, a cluster policy with a second writer,
//! acceptance, connectivity that stays.

mod acceptance;
mod kept;
mod policy;
mod private_name;
mod whole;
