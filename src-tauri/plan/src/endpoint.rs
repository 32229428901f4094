//! A reverse private endpoint's kind and status, and whose turn it is.

use serde::{Deserialize, Serialize};

/// How an endpoint reaches its source.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(tag = "kind", content = "name", rename_all = "camelCase")]
pub enum EndpointKind {
    /// `VPC_RESOURCE`.
    VpcResource,
    /// `MSK_MULTI_VPC`.
    MskMultiVpc,
    /// `VPC_ENDPOINT_SERVICE`.
    VpcEndpointService,
    /// Another cloud, or a kind newer than this program; shown, not managed.
    Other(String),
}

impl EndpointKind {
    /// Reads the API's word.
    pub fn from_wire(word: &str) -> Self {
        match word {
            "VPC_RESOURCE" => Self::VpcResource,
            "MSK_MULTI_VPC" => Self::MskMultiVpc,
            "VPC_ENDPOINT_SERVICE" => Self::VpcEndpointService,
            other => Self::Other(other.to_owned()),
        }
    }
}

/// An endpoint's status in ClickHouse's words.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(tag = "status", content = "name", rename_all = "camelCase")]
pub enum EndpointStatus {
    /// Being made.
    Provisioning,
    /// Works.
    Ready,
    /// The connection waits to be accepted on the AWS side. Deleted after one day.
    PendingAcceptance,
    /// The connection was rejected on the AWS side. Deleted after one day.
    Rejected,
    /// Could not be made. Deleted after seven days.
    Failed,
    /// Is removed at once.
    Expired,
    /// Being deleted.
    Deleting,
    /// ClickHouse does not know.
    Unknown,
    /// A word newer than this program.
    Other(String),
}

impl EndpointStatus {
    /// Reads the API's word.
    pub fn from_wire(word: &str) -> Self {
        match word {
            "Provisioning" => Self::Provisioning,
            "Ready" => Self::Ready,
            "PendingAcceptance" => Self::PendingAcceptance,
            "Rejected" => Self::Rejected,
            "Failed" => Self::Failed,
            "Expired" => Self::Expired,
            "Deleting" => Self::Deleting,
            "Unknown" => Self::Unknown,
            other => Self::Other(other.to_owned()),
        }
    }

    /// The API's word.
    pub fn as_wire(&self) -> &str {
        match self {
            Self::Provisioning => "Provisioning",
            Self::Ready => "Ready",
            Self::PendingAcceptance => "PendingAcceptance",
            Self::Rejected => "Rejected",
            Self::Failed => "Failed",
            Self::Expired => "Expired",
            Self::Deleting => "Deleting",
            Self::Unknown => "Unknown",
            Self::Other(word) => word,
        }
    }

    /// Whether an endpoint works, or may come to: one that ended holds nothing, and nothing stops working with it.
    pub fn may_work(&self) -> bool {
        match self {
            Self::Ready
            | Self::Provisioning
            | Self::PendingAcceptance
            | Self::Unknown
            | Self::Other(_) => true,
            Self::Rejected | Self::Failed | Self::Expired | Self::Deleting => false,
        }
    }

    /// Who has to do something next.
    pub fn turn(&self) -> Turn {
        match self {
            Self::Ready => Turn::Nobody,
            Self::Provisioning | Self::Deleting | Self::Expired => Turn::ClickHouse,
            Self::PendingAcceptance | Self::Rejected | Self::Failed => Turn::You,
            Self::Unknown | Self::Other(_) => Turn::NotKnown,
        }
    }
}

/// Who can be waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub enum Turn {
    /// Nothing is outstanding.
    Nobody,
    /// The admin.
    You,
    /// AWS.
    Aws,
    /// ClickHouse.
    ClickHouse,
    /// Cannot be told.
    NotKnown,
}
