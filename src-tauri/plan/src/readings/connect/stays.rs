//! What a run leaves in AWS: what it made, and what it added to what was there before.

use super::{Seen, Stays};
use crate::readings::billed::billed;
use crate::step::{Action, Input, OutputName, Step};

pub(super) fn stays(seen: &Seen<'_>) -> Vec<Stays> {
    seen.plan
        .steps
        .iter()
        .filter_map(|step| {
            let (what, id) = thing(seen, step)?;
            Some(Stays {
                what: what.to_owned(),
                id,
                billed: billed(&step.action),
            })
        })
        .collect()
}

/// What it is and its ID; `None` where the step made nothing (yet), or what goes with what another one made.
fn thing(seen: &Seen<'_>, step: &Step) -> Option<(&'static str, String)> {
    let made = |name: OutputName| seen.output(&step.id, name);
    match &step.action {
        Action::CreateResourceGateway { .. } => {
            Some(("Resource gateway", made(OutputName::GatewayId)?))
        }
        Action::CreateResourceConfiguration { .. } | Action::CreateChildConfiguration { .. } => {
            Some(("Resource configuration", made(OutputName::ConfigurationId)?))
        }
        Action::CreateConfigurationGroup { .. } => Some((
            "Resource configuration group",
            made(OutputName::ConfigurationId)?,
        )),
        Action::CreateResourceShare { .. } => Some(("Resource share", made(OutputName::ShareArn)?)),
        Action::UpdateMskConnectivity { .. } => {
            Some(("Multi-VPC connectivity", made(OutputName::ClusterArn)?))
        }
        Action::AllowInClusterPolicy { .. } => Some((
            "Statement in the cluster policy",
            made(OutputName::PolicySid)?,
        )),
        Action::CreateTargetGroup { .. } => {
            Some(("Target group", made(OutputName::TargetGroupArn)?))
        }
        Action::CreateLoadBalancer { .. } => {
            Some(("Network Load Balancer", made(OutputName::LoadBalancerArn)?))
        }
        Action::CreateListener { .. } => Some(("Listener", made(OutputName::ListenerArn)?)),
        Action::CreateEndpointService { .. } => Some((
            "VPC endpoint service",
            made(OutputName::EndpointServiceId)?,
        )),
        // Of a service that the plan makes, both are part of it.
        Action::AllowPrincipal {
            service: Input::Literal { .. },
            principal,
        } => {
            made(OutputName::EndpointServiceId)?;
            Some(("Allowed principal", format!("arn:aws:iam::{principal}:root")))
        }
        Action::AddSupportedRegion {
            service: Input::Literal { .. },
            region,
        } => {
            made(OutputName::EndpointServiceId)?;
            Some(("Supported region", region.clone()))
        }
        Action::AllowPrincipal {
            service: Input::Output { .. },
            ..
        }
        | Action::AddSupportedRegion {
            service: Input::Output { .. },
            ..
        }
        // Settings of something that is listed, or that was there before.
        | Action::UpdateGatewaySecurityGroups { .. }
        | Action::EnableCrossZone { .. }
        | Action::StopEnforcingInboundRules { .. }
        | Action::RegisterTargets { .. }
        | Action::VerifyPrivateDns { .. }
        | Action::AcceptEndpointConnection { .. }
        // Waits, and ClickHouse's.
        | Action::AwaitShareAcceptance { .. }
        | Action::AwaitMskConnection { .. }
        | Action::ReadBootstrapBrokers { .. }
        | Action::AwaitDnsRecord { .. }
        | Action::AwaitConnectionAcceptance { .. }
        | Action::AwaitEndpointConnection { .. }
        | Action::CreateReversePrivateEndpoint { .. }
        | Action::AwaitEndpointReady { .. } => None,
    }
}
