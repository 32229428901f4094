//! Contiguous free /28 blocks of a subnet: each gateway and each endpoint takes one per subnet.

use serde::{Deserialize, Serialize};

/// How many free /28 blocks a subnet has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(
    tag = "state",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum FreeBlocks {
    /// So many aligned /28 blocks hold no address in use, reserved or delegated.
    Counted {
        /// How many.
        count: u32,
    },
    /// No aligned block is free, but sixteen addresses in a row are: whether AWS can use them is not documented.
    Unaligned,
    /// Cannot be told (shared subnet, refused read, no IPv4).
    NotKnown {
        /// Why.
        reason: String,
    },
}
