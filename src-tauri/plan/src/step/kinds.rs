//! What can be said of an action without carrying it out: its kind, whose API it is, its operation, its inputs,
//! whether it may be sent again, and what undo does with it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Action, EndpointTarget, Input, MissingInput, Outputs, PrivateDnsMapping, StepId};
use crate::endpoint::Turn;
use crate::problem::Party;

/// The three kinds of action.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub enum ActionKind {
    /// Creates something.
    Write,
    /// Reads, changes its own part and writes back under the version read.
    Merge,
    /// Waits for somebody to do something.
    Wait,
}

/// What undo does with what an action made or changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub enum OnUndo {
    /// It is removed, or given back what it had.
    TakenBack,
    /// It stays unless the admin asks for it: others may have come to use it.
    StaysUnlessAsked,
    /// There is nothing to take back.
    Nothing,
}

impl Action {
    /// Which of the three kinds it is.
    pub fn kind(&self) -> ActionKind {
        match self {
            Self::CreateResourceGateway { .. }
            | Self::CreateResourceConfiguration { .. }
            | Self::CreateConfigurationGroup { .. }
            | Self::CreateChildConfiguration { .. }
            | Self::CreateResourceShare { .. }
            | Self::CreateTargetGroup { .. }
            | Self::CreateLoadBalancer { .. }
            | Self::CreateListener { .. }
            | Self::RegisterTargets { .. }
            | Self::CreateEndpointService { .. }
            | Self::VerifyPrivateDns { .. }
            | Self::AcceptEndpointConnection { .. }
            | Self::CreateReversePrivateEndpoint { .. } => ActionKind::Write,
            Self::UpdateGatewaySecurityGroups { .. }
            | Self::UpdateMskConnectivity { .. }
            | Self::AllowInClusterPolicy { .. }
            | Self::EnableCrossZone { .. }
            | Self::StopEnforcingInboundRules { .. }
            | Self::AllowPrincipal { .. }
            | Self::AddSupportedRegion { .. } => ActionKind::Merge,
            Self::AwaitShareAcceptance { .. }
            | Self::AwaitMskConnection { .. }
            | Self::ReadBootstrapBrokers { .. }
            | Self::AwaitDnsRecord { .. }
            | Self::AwaitConnectionAcceptance { .. }
            | Self::AwaitEndpointConnection { .. }
            | Self::AwaitEndpointReady { .. } => ActionKind::Wait,
        }
    }

    /// Whose API carries it out.
    pub fn party(&self) -> Party {
        match self {
            Self::CreateReversePrivateEndpoint { .. } | Self::AwaitEndpointReady { .. } => {
                Party::ClickHouse
            }
            Self::CreateResourceGateway { .. }
            | Self::CreateResourceConfiguration { .. }
            | Self::CreateConfigurationGroup { .. }
            | Self::CreateChildConfiguration { .. }
            | Self::CreateResourceShare { .. }
            | Self::UpdateGatewaySecurityGroups { .. }
            | Self::AwaitShareAcceptance { .. }
            | Self::UpdateMskConnectivity { .. }
            | Self::AllowInClusterPolicy { .. }
            | Self::AwaitMskConnection { .. }
            | Self::ReadBootstrapBrokers { .. }
            | Self::CreateTargetGroup { .. }
            | Self::CreateLoadBalancer { .. }
            | Self::EnableCrossZone { .. }
            | Self::StopEnforcingInboundRules { .. }
            | Self::CreateListener { .. }
            | Self::RegisterTargets { .. }
            | Self::CreateEndpointService { .. }
            | Self::AllowPrincipal { .. }
            | Self::AddSupportedRegion { .. }
            | Self::VerifyPrivateDns { .. }
            | Self::AcceptEndpointConnection { .. }
            | Self::AwaitConnectionAcceptance { .. }
            | Self::AwaitEndpointConnection { .. } => Party::Aws,
            Self::AwaitDnsRecord { .. } => Party::Computer,
        }
    }

    /// The API's own name of the call that the action makes, or waits with.
    pub fn operation(&self) -> &'static str {
        match self {
            Self::CreateResourceGateway { .. } => "CreateResourceGateway",
            Self::CreateResourceConfiguration { .. }
            | Self::CreateConfigurationGroup { .. }
            | Self::CreateChildConfiguration { .. } => "CreateResourceConfiguration",
            Self::CreateResourceShare { .. } => "CreateResourceShare",
            Self::UpdateGatewaySecurityGroups { .. } => "UpdateResourceGateway",
            Self::AwaitShareAcceptance { .. } => "GetResourceShareAssociations",
            Self::UpdateMskConnectivity { .. } => "UpdateConnectivity",
            Self::AllowInClusterPolicy { .. } => "PutClusterPolicy",
            Self::AwaitMskConnection { .. } => "ListClientVpcConnections",
            Self::ReadBootstrapBrokers { .. } => "GetBootstrapBrokers",
            Self::CreateTargetGroup { .. } => "CreateTargetGroup",
            Self::CreateLoadBalancer { .. } => "CreateLoadBalancer",
            Self::EnableCrossZone { .. } => "ModifyLoadBalancerAttributes",
            Self::StopEnforcingInboundRules { .. } => "SetSecurityGroups",
            Self::CreateListener { .. } => "CreateListener",
            Self::RegisterTargets { .. } => "RegisterTargets",
            Self::CreateEndpointService { .. } => "CreateVpcEndpointServiceConfiguration",
            Self::AllowPrincipal { .. } => "ModifyVpcEndpointServicePermissions",
            Self::AddSupportedRegion { .. } => "ModifyVpcEndpointServiceConfiguration",
            Self::AwaitDnsRecord { .. } => "ResolveName",
            Self::VerifyPrivateDns { .. } => "StartVpcEndpointServicePrivateDnsVerification",
            Self::AcceptEndpointConnection { .. } => "AcceptVpcEndpointConnections",
            Self::AwaitConnectionAcceptance { .. } | Self::AwaitEndpointConnection { .. } => {
                "DescribeVpcEndpointConnections"
            }
            Self::CreateReversePrivateEndpoint { .. } => "CreateReversePrivateEndpoint",
            Self::AwaitEndpointReady { .. } => "GetReversePrivateEndpoint",
        }
    }

    /// Every input of the action that may be an output of an earlier step.
    fn inputs_mut(&mut self) -> Vec<&mut Input> {
        match self {
            Self::CreateResourceGateway { .. }
            | Self::UpdateGatewaySecurityGroups { .. }
            | Self::UpdateMskConnectivity { .. }
            | Self::AllowInClusterPolicy { .. }
            | Self::AwaitMskConnection { .. }
            | Self::ReadBootstrapBrokers { .. }
            | Self::CreateTargetGroup { .. }
            | Self::CreateLoadBalancer { .. } => Vec::new(),
            Self::CreateResourceConfiguration { gateway, .. }
            | Self::CreateConfigurationGroup { gateway, .. } => vec![gateway],
            Self::CreateChildConfiguration { group, .. } => vec![group],
            Self::CreateResourceShare { resource, .. } => vec![resource],
            Self::EnableCrossZone { load_balancer }
            | Self::StopEnforcingInboundRules { load_balancer, .. } => vec![load_balancer],
            Self::CreateListener {
                load_balancer,
                target_group,
                ..
            } => vec![load_balancer, target_group],
            Self::RegisterTargets { target_group, .. } => vec![target_group],
            Self::CreateEndpointService { load_balancers, .. } => {
                load_balancers.iter_mut().collect()
            }
            Self::AllowPrincipal { service, .. }
            | Self::AddSupportedRegion { service, .. }
            | Self::VerifyPrivateDns { service, .. } => vec![service],
            Self::AwaitDnsRecord { record, value, .. } => vec![record, value],
            Self::AcceptEndpointConnection {
                service, endpoint, ..
            }
            | Self::AwaitConnectionAcceptance {
                service, endpoint, ..
            } => vec![service, endpoint],
            Self::AwaitEndpointConnection {
                service,
                service_name,
                private_dns,
                ..
            } => {
                let mut inputs = vec![service, service_name];
                inputs.extend(targets(private_dns));
                inputs
            }
            Self::CreateReversePrivateEndpoint {
                to, private_dns, ..
            } => {
                let mut inputs = match to {
                    EndpointTarget::VpcResource {
                        configuration,
                        share,
                    } => vec![configuration, share],
                    EndpointTarget::MskMultiVpc { .. } => Vec::new(),
                    EndpointTarget::EndpointService { service_name } => vec![service_name],
                };
                inputs.extend(targets(private_dns));
                inputs
            }
            Self::AwaitShareAcceptance {
                configuration,
                share,
                private_dns,
                ..
            } => {
                let mut inputs = vec![configuration, share];
                inputs.extend(targets(private_dns));
                inputs
            }
            Self::AwaitEndpointReady { endpoint, .. } => vec![endpoint],
        }
    }

    /// Every input of the action that may be an output of an earlier step.
    pub(crate) fn inputs(&self) -> Vec<Input> {
        let mut action = self.clone();
        action
            .inputs_mut()
            .into_iter()
            .map(|it| it.clone())
            .collect()
    }

    /// The same action with every input a literal, given what the earlier steps made.
    pub fn resolve(&self, made: &BTreeMap<StepId, Outputs>) -> Result<Self, MissingInput> {
        let mut action = self.clone();
        for input in action.inputs_mut() {
            *input = input.resolve(made)?;
        }
        Ok(action)
    }

    /// Whether sending the call once more does no harm: a creation with an idempotency token or a name that can be
    /// there once, or a change that says the whole of what shall be. The ClickHouse POST takes no token, so that
    /// after a lost answer it must not be sent again unasked.
    pub fn takes_token(&self) -> bool {
        !matches!(self, Self::CreateReversePrivateEndpoint { .. })
            && self.kind() != ActionKind::Wait
    }

    /// Whether what the action makes is told from somebody else's by the run's ID in it: in a tag, a description, the
    /// `Sid` of a statement. A changed setting has no place for a mark, so that one found as wanted may be anybody's
    /// doing. What is proven, registered or accepted has none either, but is a part of what somebody has, or of what
    /// carries the mark.
    pub fn is_marked(&self) -> bool {
        self.kind() != ActionKind::Merge || matches!(self, Self::AllowInClusterPolicy { .. })
    }

    /// What the action is about, by the name or ID it is known by before it has made anything.
    pub fn subject(&self) -> &str {
        let input = match self {
            Self::CreateResourceGateway { name, .. }
            | Self::CreateResourceConfiguration { name, .. }
            | Self::CreateConfigurationGroup { name, .. }
            | Self::CreateChildConfiguration { name, .. }
            | Self::CreateResourceShare { name, .. }
            | Self::CreateTargetGroup { name, .. }
            | Self::CreateLoadBalancer { name, .. }
            | Self::CreateEndpointService { name, .. } => return name,
            Self::UpdateGatewaySecurityGroups { gateway_id, .. } => return gateway_id,
            Self::UpdateMskConnectivity { cluster_arn, .. }
            | Self::AllowInClusterPolicy { cluster_arn, .. }
            | Self::AwaitMskConnection { cluster_arn, .. }
            | Self::ReadBootstrapBrokers { cluster_arn, .. } => return cluster_arn,
            Self::AwaitDnsRecord {
                private_dns_name, ..
            } => return private_dns_name,
            Self::CreateReversePrivateEndpoint { description, .. } => return description,
            Self::EnableCrossZone { load_balancer }
            | Self::StopEnforcingInboundRules { load_balancer, .. }
            | Self::CreateListener { load_balancer, .. } => load_balancer,
            Self::RegisterTargets { target_group, .. } => target_group,
            Self::AllowPrincipal { service, .. }
            | Self::AddSupportedRegion { service, .. }
            | Self::VerifyPrivateDns { service, .. }
            | Self::AwaitEndpointConnection { service, .. } => service,
            Self::AcceptEndpointConnection { endpoint, .. }
            | Self::AwaitConnectionAcceptance { endpoint, .. }
            | Self::AwaitEndpointReady { endpoint, .. } => endpoint,
            Self::AwaitShareAcceptance { share, .. } => share,
        };
        input.value().unwrap_or_default()
    }

    /// Whom the action waits for as it begins to wait.
    pub fn awaits(&self) -> Turn {
        match self {
            Self::AwaitEndpointReady { .. } => Turn::ClickHouse,
            Self::ReadBootstrapBrokers { .. } => Turn::Aws,
            _ if self.kind() == ActionKind::Wait => Turn::You,
            _ => Turn::NotKnown,
        }
    }

    /// Whether the wait for it may be stopped in the middle, for it is somebody's or takes hours: what was called for
    /// goes on, and the next carry-on looks at it again.
    pub fn may_be_left(&self) -> bool {
        self.kind() == ActionKind::Wait || matches!(self, Self::UpdateMskConnectivity { .. })
    }

    /// What undo does with it.
    pub fn on_undo(&self) -> OnUndo {
        match self {
            // Others may have come to use it since, and turning it off cuts them all off.
            Self::UpdateMskConnectivity { .. } => OnUndo::StaysUnlessAsked,
            // The domain stays verified as long as the service is there; the connection goes with its endpoint.
            Self::VerifyPrivateDns { .. } | Self::AcceptEndpointConnection { .. } => {
                OnUndo::Nothing
            }
            _ if self.kind() == ActionKind::Wait => OnUndo::Nothing,
            _ => OnUndo::TakenBack,
        }
    }
}

/// What names of the admin's own lead to, where it is not the whole endpoint.
fn targets(private_dns: &mut [PrivateDnsMapping]) -> impl Iterator<Item = &mut Input> {
    private_dns.iter_mut().filter_map(|it| it.target.as_mut())
}
