//! ClickHouse Cloud's objects, as far as PrivateLink concerns them.
//!
//! The API marks every answer field optional; what is not there is `None`, and an unknown status keeps its
//! name, so that it can be shown.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::endpoint::{EndpointKind, EndpointStatus};

/// An organization.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Organization {
    /// UUID.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// A ClickHouse service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Service {
    /// UUID.
    pub id: String,
    /// The organization's ID.
    pub organization_id: String,
    /// Its name.
    pub name: String,
    /// `aws`, `gcp`, `azure`, or a newer word.
    pub provider: String,
    /// The provider's region.
    pub region: String,
    /// `running`, `idle`, `stopped`, ...
    pub state: String,
    /// Decides, with the region, where its ClickPipes run.
    pub created_at: Option<Timestamp>,
}

/// A reverse private endpoint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct ReversePrivateEndpoint {
    /// UUID.
    pub id: String,
    /// The service it belongs to.
    pub service_id: String,
    /// At most 255 characters; holds the run's ID where a run made it.
    pub description: String,
    /// Which of the paths.
    pub kind: EndpointKind,
    /// As ClickHouse says it.
    pub status: EndpointStatus,
    /// `vpce-...`.
    pub endpoint_id: Option<String>,
    /// Names that ClickPipes can use.
    pub dns_names: Vec<String>,
    /// Names that the provider's side supplies.
    pub private_dns_names: Vec<String>,
    /// For VPC resource: `rcfg-...`.
    pub resource_configuration_id: Option<String>,
    /// For VPC resource: the share's ARN.
    pub resource_share_arn: Option<String>,
    /// For a VPC endpoint service: its name.
    pub endpoint_service_name: Option<String>,
    /// For MSK: the cluster's ARN.
    pub msk_cluster_arn: Option<String>,
    /// `SASL_IAM` or `SASL_SCRAM`, for an MSK cluster.
    pub msk_authentication: Option<String>,
    /// Names of the customer's own that resolve to it (`customPrivateDnsMappings`): a preview. A `*.` covers one
    /// label.
    #[serde(default)]
    pub custom_private_dns_names: Vec<String>,
}

/// A ClickPipe, as far as it tells which endpoint it uses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct ClickPipe {
    /// UUID.
    pub id: String,
    /// Its name.
    pub name: String,
    /// `Running`, `Failed`, ...
    pub state: String,
    /// Endpoints it names itself (Kafka).
    pub endpoint_ids: Vec<String>,
    /// Hosts it connects to (Postgres, MySQL): an endpoint is inferred from them.
    pub hosts: Vec<String>,
}
