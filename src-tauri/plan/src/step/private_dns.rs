//! Names of the admin's own that resolve to an endpoint in ClickPipes' VPC.

use serde::{Deserialize, Serialize};

use super::Input;

/// One name (`customPrivateDnsMappings`): a preview that ClickHouse's support enables per service, for VPC
/// resources and endpoint services.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct PrivateDnsMapping {
    /// The name; a wildcard `*.` covers one label.
    pub name: String,
    /// The CHILD resource configuration that the name leads to; `None` for the whole endpoint.
    pub target: Option<Input>,
}
