//! What the steps of a finished run handed on.

use pipelink_plan::CLICKPIPES_ACCOUNT;
use pipelink_plan::step::{
    Action, EndpointTarget, OutputName, Outputs, PathKind, Plan, Step, Used,
};

use crate::facts::*;

/// What a step hands on when it is done: as its kind tells.
pub(crate) fn outputs(plan: &Plan, step: &Step) -> Outputs {
    if let Some(known) = made().remove(&step.id)
        && plan.path == PathKind::VpcResource
    {
        return known;
    }
    let (kind, number) = match step.id.0.rsplit_once('-') {
        Some((kind, number)) if number.parse::<u8>().is_ok() => (kind, number),
        _ => (step.id.0.as_str(), "0"),
    };
    let arn =
        |what: &str| format!("arn:aws:elasticloadbalancing:{REGION}:{ACCOUNT}:{what}/{number}");
    let it = Outputs::default();
    match &step.action {
        Action::UpdateGatewaySecurityGroups { gateway_id, .. } => {
            it.with(OutputName::GatewayId, gateway_id)
        }
        Action::CreateConfigurationGroup { .. }
        | Action::CreateChildConfiguration { .. }
        | Action::CreateResourceConfiguration { .. } => {
            let id = format!("rcfg-of-{}", step.id);
            it.with(
                OutputName::ConfigurationArn,
                format!("arn:aws:vpc-lattice:{REGION}:{ACCOUNT}:resourceconfiguration/{id}"),
            )
            .with(OutputName::ConfigurationId, id)
        }
        Action::UpdateMskConnectivity { cluster_arn, .. } => {
            it.with(OutputName::ClusterArn, cluster_arn)
        }
        Action::AllowInClusterPolicy { .. } => it.with(
            OutputName::PolicySid,
            "Pipelink01939c3e5b007c1d8f2a3b4c5d6e7f80",
        ),
        Action::AwaitMskConnection { .. } => it.with(
            OutputName::ConnectionArn,
            format!(
                "arn:aws:kafka:{REGION}:{CLICKPIPES_ACCOUNT}:vpc-connection/{ACCOUNT}/clicks/7d-2"
            ),
        ),
        Action::ReadBootstrapBrokers { .. } => it.with(
            OutputName::BootstrapBrokers,
            "b-1.scram.clicks.1f0c.c2.kafka.us-east-1.amazonaws.com:14001,\
             b-2.scram.clicks.1f0c.c2.kafka.us-east-1.amazonaws.com:14002",
        ),
        Action::CreateTargetGroup { .. } | Action::RegisterTargets { .. } => {
            it.with(OutputName::TargetGroupArn, arn("targetgroup"))
        }
        Action::CreateLoadBalancer { .. } => {
            it.with(OutputName::LoadBalancerArn, arn("loadbalancer/net"))
        }
        Action::EnableCrossZone { load_balancer }
        | Action::StopEnforcingInboundRules { load_balancer, .. } => it.with(
            OutputName::LoadBalancerArn,
            load_balancer
                .value()
                .map_or_else(|| arn("loadbalancer/net"), str::to_owned),
        ),
        Action::CreateListener { .. } => it.with(OutputName::ListenerArn, arn("listener/net")),
        Action::CreateEndpointService {
            private_dns_name, ..
        } => {
            let id = format!("vpce-svc-00000000000000{number}f");
            let made = it
                .with(
                    OutputName::EndpointServiceName,
                    format!("com.amazonaws.vpce.{REGION}.{id}"),
                )
                .with(OutputName::EndpointServiceId, id);
            match private_dns_name {
                Some(_) => made
                    .with(OutputName::TxtName, "_6e86v84tqgqubxbwii1m")
                    .with(OutputName::TxtValue, "vpce:l6p0ERxlTt45jevFwOCp"),
                None => made,
            }
        }
        Action::AllowPrincipal { .. }
        | Action::AddSupportedRegion { .. }
        | Action::VerifyPrivateDns { .. } => {
            let id = plan.uses.iter().find_map(|used| match used {
                Used::EndpointService { id, .. } => Some(id.clone()),
                _ => None,
            });
            it.with(
                OutputName::EndpointServiceId,
                id.unwrap_or_else(|| format!("vpce-svc-00000000000000{number}f")),
            )
        }
        Action::AcceptEndpointConnection { .. }
        | Action::AwaitConnectionAcceptance { .. }
        | Action::AwaitEndpointConnection { .. } => {
            it.with(OutputName::VpcEndpointId, vpc_endpoint(number))
        }
        Action::CreateReversePrivateEndpoint { to, .. } => {
            let made = it
                .with(OutputName::EndpointId, format!("uuid-of-{kind}-{number}"))
                .with(OutputName::VpcEndpointId, vpc_endpoint(number));
            match to {
                // It has its names only once it is accepted.
                EndpointTarget::EndpointService { .. } => made,
                EndpointTarget::VpcResource { .. } | EndpointTarget::MskMultiVpc { .. } => {
                    made.with(OutputName::DnsNames, dns_name(number))
                }
            }
        }
        Action::AwaitEndpointReady { .. } => it.with(OutputName::DnsNames, dns_name(number)),
        Action::CreateResourceGateway { .. }
        | Action::CreateResourceShare { .. }
        | Action::AwaitShareAcceptance { .. }
        | Action::AwaitDnsRecord { .. } => it,
    }
}

pub(crate) fn vpc_endpoint(number: &str) -> String {
    format!("vpce-0e000000000000{number}0")
}

fn dns_name(number: &str) -> String {
    format!("vpce-0e000000000000{number}0-x1.vpce-svc-0.{REGION}.vpce.amazonaws.com")
}
