//! What AWS bills the account for what a step makes: by which measure. At which price, only the Price List API
//! tells ([`crate::facts::billing`]).

use serde::{Deserialize, Serialize};

use crate::step::Action;

/// The measure by which AWS bills something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub enum Billed {
    /// For each hour in which it exists, used or not. Nothing that a VPC resource plan makes is, as far as
    /// AWS's documentation tells.
    ByTheHour,
    /// For each GB of data that goes through it.
    ByData,
}

/// How AWS bills the account for what the action makes; `None` where it bills nothing for it, and where the
/// action makes nothing.
///
/// The owner of a resource pays for the data that the gateway in front of it processes, and the owner of the
/// endpoint, which is `ClickHouse`, for the endpoint's hours: "Access VPC resources", AWS `PrivateLink` Guide;
/// docs/ASSUMPTIONS.md.
pub(super) fn billed(action: &Action) -> Option<Billed> {
    match action {
        Action::CreateResourceGateway { .. } => Some(Billed::ByData),
        Action::CreateResourceConfiguration { .. }
        | Action::CreateResourceShare { .. }
        | Action::CreateReversePrivateEndpoint { .. }
        | Action::AwaitShareAcceptance { .. }
        | Action::UpdateGatewaySecurityGroups { .. } => None,
        _ => unimplemented!("NOT WRITTEN YET"),
    }
}
