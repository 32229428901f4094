//! What domain names resolve to from this computer, which is neither public DNS nor a VPC's own resolver: evidence,
//! and no proof.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use crate::observed::Observed;

/// One name that was looked up.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Lookup {
    /// In lower case, without a dot at its end.
    pub name: String,
    /// Its addresses; empty where the name does not exist.
    #[cfg_attr(feature = "specta", specta(type = Observed<Vec<String>>))]
    pub addresses: Observed<Vec<IpAddr>>,
}

/// What a name resolves to, where it was looked up.
pub(super) fn of<'a>(lookups: &'a [Lookup], name: &str) -> Option<&'a Observed<Vec<IpAddr>>> {
    let found = lookups.iter().find(|it| it.name == name);
    found.map(|it| &it.addresses)
}
