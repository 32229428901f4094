//! What AWS bills the account for what a step makes: by which measure. At which price, only the Price List API
//! tells ([`crate::facts::billing`]).

use serde::{Deserialize, Serialize};

use crate::step::Action;

/// The measure by which AWS bills something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub enum Billed {
    /// For each hour in which it exists, used or not.
    ByTheHour,
    /// For each hour in which it exists, and for each hour by the capacity that was used.
    ByTheHourAndCapacity,
    /// For each hour in which it is on, and for each GB of data that goes through it.
    ByTheHourAndData,
    /// For each GB of data that goes through it.
    ByData,
}

/// How AWS bills the account for what the action makes; `None` where it bills nothing for it, and where the
/// action makes nothing.
///
/// The owner of a resource pays for the data that the gateway in front of it processes, and the owner of the
/// endpoint, which is `ClickHouse`, for the endpoint's hours: "Access VPC resources", AWS `PrivateLink` Guide. A
/// Network Load Balancer is billed by the hour and by capacity units (Elastic Load Balancing pricing); the endpoint
/// service on it is not, but for each remote region from which endpoints connect (`PrivateLink` pricing, cross-region
/// connectivity). MSK's private connectivity is billed by the hour and by data (Amazon MSK pricing).
/// docs/ASSUMPTIONS.md says which of these is how sure.
pub(super) fn billed(action: &Action) -> Option<Billed> {
    match action {
        Action::CreateResourceGateway { .. } => Some(Billed::ByData),
        Action::CreateLoadBalancer { .. } => Some(Billed::ByTheHourAndCapacity),
        Action::UpdateMskConnectivity { .. } => Some(Billed::ByTheHourAndData),
        Action::AddSupportedRegion { .. } => Some(Billed::ByTheHour),
        Action::CreateEndpointService {
            supported_regions, ..
        } => (!supported_regions.is_empty()).then_some(Billed::ByTheHour),
        Action::CreateResourceConfiguration { .. }
        | Action::CreateConfigurationGroup { .. }
        | Action::CreateChildConfiguration { .. }
        | Action::CreateResourceShare { .. }
        | Action::UpdateGatewaySecurityGroups { .. }
        | Action::AwaitShareAcceptance { .. }
        | Action::AllowInClusterPolicy { .. }
        | Action::AwaitMskConnection { .. }
        | Action::ReadBootstrapBrokers { .. }
        | Action::CreateTargetGroup { .. }
        | Action::EnableCrossZone { .. }
        | Action::StopEnforcingInboundRules { .. }
        | Action::CreateListener { .. }
        | Action::RegisterTargets { .. }
        | Action::AllowPrincipal { .. }
        | Action::AwaitDnsRecord { .. }
        | Action::VerifyPrivateDns { .. }
        | Action::AcceptEndpointConnection { .. }
        | Action::AwaitConnectionAcceptance { .. }
        | Action::AwaitEndpointConnection { .. }
        | Action::CreateReversePrivateEndpoint { .. }
        | Action::AwaitEndpointReady { .. } => None,
    }
}
