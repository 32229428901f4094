//! The ClickHouse organization: services, their ClickPipes and reverse private endpoints.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::aging::takes;

/// The AWS account that ClickPipes uses.
pub(crate) const CLICKPIPES_ACCOUNT: &str = "072088201116";

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Organization {
    pub(crate) id: Uuid,
    pub(crate) name: String,
    pub(crate) created_at: Timestamp,
    pub(crate) services: Vec<Service>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Service {
    pub(crate) id: Uuid,
    pub(crate) name: String,
    /// `aws`, `gcp` or `azure`.
    pub(crate) provider: String,
    pub(crate) region: String,
    pub(crate) state: ServiceState,
    #[serde(default)]
    pub(crate) due: Option<Timestamp>,
    pub(crate) created_at: Timestamp,
    /// Whether support has switched on the private preview of custom private DNS names.
    #[serde(default)]
    pub(crate) custom_private_dns: bool,
    /// As on the wire.
    #[serde(default)]
    pub(crate) clickpipes: Vec<Value>,
    #[serde(default)]
    pub(crate) endpoints: Vec<ReversePrivateEndpoint>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ServiceState {
    Running,
    Idle,
    Stopped,
    Starting,
    Stopping,
    Awaking,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct ReversePrivateEndpoint {
    pub(crate) id: Uuid,
    pub(crate) description: String,
    pub(crate) kind: EndpointKind,
    pub(crate) status: EndpointStatus,
    /// Why it failed. ClickHouse's API does not tell; the world's dump does.
    #[serde(default)]
    pub(crate) reason: Option<String>,
    pub(crate) created_at: Timestamp,
    /// When it entered its status.
    pub(crate) entered_at: Timestamp,
    /// When its present status ends by itself, but for the grace period.
    #[serde(default)]
    pub(crate) due: Option<Timestamp>,
    /// When a Ready endpoint's DNS names appear: Ready can briefly have none.
    #[serde(default)]
    pub(crate) names_due: Option<Timestamp>,
    /// What ClickPipes has in AWS for it: a VPC endpoint's ID, or the ARN of an MSK VPC connection.
    #[serde(default)]
    pub(crate) endpoint_id: Option<String>,
    /// What its connection in AWS was last seen as, where AWS tells its owner.
    #[serde(default)]
    pub(crate) aws_side: Option<AwsSide>,
    #[serde(default)]
    pub(crate) dns_names: Vec<String>,
    #[serde(default)]
    pub(crate) private_dns_names: Vec<String>,
    #[serde(default)]
    pub(crate) custom_private_dns: Vec<CustomPrivateDns>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum EndpointKind {
    VpcResource {
        configuration_id: String,
        share_arn: String,
    },
    VpcEndpointService {
        service_name: String,
    },
    MskMultiVpc {
        cluster_arn: String,
        authentication: String,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum EndpointStatus {
    Unknown,
    Provisioning,
    Deleting,
    Ready,
    Failed,
    PendingAcceptance,
    Rejected,
    Expired,
}

/// How an endpoint's connection stands in AWS, whatever service it is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum AwsSide {
    AwaitsAcceptance,
    Connecting,
    Connected,
    Rejected,
    Broken,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CustomPrivateDns {
    pub(crate) private_dns_name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) target_id: Option<String>,
}

/// Where the grace period starts; ClickHouse does not document it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum GraceStart {
    /// On entering the state.
    #[default]
    Entry,
    /// On the endpoint's creation.
    Creation,
}

impl EndpointStatus {
    /// How long ClickHouse leaves an endpoint in this state before it deletes it.
    pub(crate) fn grace(self) -> Option<SignedDuration> {
        match self {
            Self::Failed => Some(SignedDuration::from_hours(7 * 24)),
            Self::PendingAcceptance | Self::Rejected => Some(SignedDuration::from_hours(24)),
            Self::Expired => Some(SignedDuration::ZERO),
            Self::Unknown | Self::Provisioning | Self::Deleting | Self::Ready => None,
        }
    }
}

impl ReversePrivateEndpoint {
    pub(crate) fn enter(&mut self, status: EndpointStatus, at: Timestamp, due: Option<Timestamp>) {
        self.status = status;
        self.entered_at = at;
        self.due = due;
    }

    /// Ready; its names follow.
    pub(crate) fn become_ready(&mut self, at: Timestamp) {
        self.names_due = Some(at + takes::DNS_NAMES);
        self.enter(EndpointStatus::Ready, at, None);
    }

    /// Failed; only the world's dump tells the reason.
    pub(crate) fn fail(&mut self, reason: String, at: Timestamp) {
        self.reason = Some(reason);
        self.forget_names();
        self.enter(EndpointStatus::Failed, at, None);
    }

    /// It reaches nothing any more.
    pub(crate) fn forget_names(&mut self) {
        self.names_due = None;
        self.dns_names.clear();
        self.private_dns_names.clear();
    }

    /// When ClickHouse deletes it by itself.
    pub(crate) fn deletion(&self, starts: GraceStart) -> Option<Timestamp> {
        let from = match starts {
            GraceStart::Entry => self.entered_at,
            GraceStart::Creation => self.created_at,
        };
        // Never before it entered the state: a long provisioning does not make it vanish in passing.
        Some((from + self.status.grace()?).max(self.entered_at))
    }
}

impl Organization {
    pub(crate) fn service(&self, id: &str) -> Option<&Service> {
        let id: Uuid = id.parse().ok()?;
        self.services.iter().find(|service| service.id == id)
    }

    pub(crate) fn service_mut(&mut self, id: &str) -> Option<&mut Service> {
        let id: Uuid = id.parse().ok()?;
        self.services.iter_mut().find(|service| service.id == id)
    }

    pub(crate) fn endpoint(&self, id: Uuid) -> Option<&ReversePrivateEndpoint> {
        self.services
            .iter()
            .flat_map(|service| &service.endpoints)
            .find(|endpoint| endpoint.id == id)
    }

    pub(crate) fn endpoint_mut(&mut self, id: Uuid) -> Option<&mut ReversePrivateEndpoint> {
        self.services
            .iter_mut()
            .flat_map(|service| &mut service.endpoints)
            .find(|endpoint| endpoint.id == id)
    }
}
