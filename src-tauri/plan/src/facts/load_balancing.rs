//! Network Load Balancers as `ELBv2` describes them, and VPC endpoint services as EC2 does.

use std::net::IpAddr;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::observed::Observed;

/// What the region holds of load balancers and endpoint services.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct LoadBalancingFacts {
    /// Load balancers of type network.
    pub load_balancers: Observed<Vec<LoadBalancer>>,
    /// Target groups with their targets.
    pub target_groups: Observed<Vec<TargetGroup>>,
    /// Endpoint services of the account, with their principals and connections.
    pub endpoint_services: Observed<Vec<EndpointService>>,
}

/// A Network Load Balancer (`DescribeLoadBalancers`, with its attributes and listeners).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct LoadBalancer {
    /// Its ARN.
    pub arn: String,
    /// Its name.
    pub name: String,
    /// `internal` or `internet-facing`.
    pub scheme: String,
    /// `active`, `provisioning`, `active_impaired`, `failed`.
    pub state: String,
    /// Its VPC.
    pub vpc_id: String,
    /// Its zones, by name, each with its subnet.
    pub zones: Vec<LoadBalancerZone>,
    /// Its security groups; none where it was made without.
    pub security_group_ids: Vec<String>,
    /// Whether the groups' inbound rules count for `PrivateLink` traffic; `None` where it has no groups, or AWS
    /// does not say.
    pub enforces_inbound_rules: Option<bool>,
    /// `ipv4` or `dualstack`.
    pub address_type: Option<String>,
    /// Whether it sends traffic to targets in other zones than the one it came in.
    pub cross_zone: Observed<bool>,
    /// Its listeners.
    pub listeners: Observed<Vec<Listener>>,
}

/// A zone of a load balancer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct LoadBalancerZone {
    /// The zone's name, such as `us-east-1a`.
    pub zone: String,
    /// Its subnet there.
    pub subnet_id: String,
}

/// A listener (`DescribeListeners`, with its attributes).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Listener {
    /// Its ARN.
    pub arn: String,
    /// `TCP`, `TLS`, `UDP`, ...
    pub protocol: String,
    /// Its port.
    pub port: u16,
    /// The target groups it forwards to.
    pub target_group_arns: Vec<String>,
    /// After so many seconds of silence a connection is dropped; AWS's default is 350.
    pub idle_timeout: Observed<Option<u32>>,
}

/// A target group (`DescribeTargetGroups`, with its attributes and health).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct TargetGroup {
    /// Its ARN.
    pub arn: String,
    /// Its name.
    pub name: String,
    /// `TCP`, ...
    pub protocol: String,
    /// The port that new targets get.
    pub port: Option<u16>,
    /// `ip`, `instance`, `alb`.
    pub target_type: String,
    /// Its VPC.
    pub vpc_id: Option<String>,
    /// The load balancers that send to it.
    pub load_balancer_arns: Vec<String>,
    /// Whether targets see the client's address instead of the load balancer's.
    pub preserves_client_ip: Observed<Option<bool>>,
    /// Its targets.
    pub targets: Observed<Vec<TargetHealth>>,
}

/// A target with its health (`DescribeTargetHealth`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct TargetHealth {
    /// An address, or an instance's ID.
    pub id: String,
    /// Its port.
    pub port: Option<u16>,
    /// `healthy`, `unhealthy`, `initial`, `unused`, `draining`, ...
    pub state: String,
    /// Why, in AWS's words.
    pub reason: Option<String>,
}

impl TargetHealth {
    /// Its address, if it is one.
    pub fn address(&self) -> Option<IpAddr> {
        self.id.parse().ok()
    }
}

/// A VPC endpoint service (`DescribeVpcEndpointServiceConfigurations`).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct EndpointService {
    /// `vpce-svc-...`.
    pub id: String,
    /// `com.amazonaws.vpce.<region>.vpce-svc-...`.
    pub service_name: String,
    /// The value of its tag `Name`.
    pub name: Option<String>,
    /// `Pending`, `Available`, `Deleting`, `Deleted`, `Failed`.
    pub state: String,
    /// Whether each connection has to be accepted.
    pub acceptance_required: bool,
    /// ARNs of its Network Load Balancers; none where it has a Gateway Load Balancer.
    pub load_balancer_arns: Vec<String>,
    /// Names of its zones.
    pub zones: Vec<String>,
    /// IDs of its zones, such as `use1-az1`, where AWS tells them.
    pub zone_ids: Vec<String>,
    /// Regions from which endpoints may connect, each with its state; its own may be among them.
    pub supported_regions: Vec<SupportedRegion>,
    /// Its private DNS name.
    pub private_dns: Option<ServicePrivateDns>,
    /// ARNs that may connect, `*` for everybody.
    pub principals: Observed<Vec<String>>,
    /// Connections to it.
    pub connections: Observed<Vec<EndpointConnection>>,
}

/// A region from which endpoints may connect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct SupportedRegion {
    /// Its name.
    pub region: String,
    /// `Available`, `Pending`, `Closed`, ...
    pub state: Option<String>,
}

/// The private DNS name of an endpoint service, and what proves that its domain is the account's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct ServicePrivateDns {
    /// The name itself.
    pub private_dns_name: String,
    /// `pendingVerification`, `verified`, `failed`.
    pub state: Option<String>,
    /// The first label of the TXT record's name, before the domain.
    pub txt_name: Option<String>,
    /// The TXT record's value.
    pub txt_value: Option<String>,
}

impl ServicePrivateDns {
    /// Whether AWS has verified the domain, so that the name resolves to the service's endpoints.
    pub fn is_verified(&self) -> bool {
        let state = self.state.as_deref();
        state.is_some_and(|it| it.eq_ignore_ascii_case("verified"))
    }
}

/// A connection to an endpoint service (`DescribeVpcEndpointConnections`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct EndpointConnection {
    /// The service.
    pub service_id: String,
    /// `vpce-...`.
    pub vpc_endpoint_id: String,
    /// The account that made the endpoint.
    pub owner: Option<String>,
    /// The endpoint's region.
    pub region: Option<String>,
    /// `pendingAcceptance`, `available`, `rejected`, ...: compare it without regard to case, the model and the wire
    /// differ (awslabs/aws-sdk-rust#619).
    pub state: String,
    /// When it was made.
    pub created_at: Option<Timestamp>,
}

impl EndpointConnection {
    /// Whether it is in a state, whatever the case of its letters.
    pub fn is(&self, state: &str) -> bool {
        self.state.eq_ignore_ascii_case(state)
    }
}
