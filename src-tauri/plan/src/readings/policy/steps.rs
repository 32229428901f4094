//! The writes: what carrying out and undoing each step of a plan takes, as narrow as AWS allows.
//!
//! Statements of the same Sid are one, so that many steps of a kind need no more room than one of them.

mod endpoint_service;
mod msk;
mod vpc_resource;

use serde_json::json;

use super::Purpose;
use super::statement::Statement;
use crate::step::{Action, EndpointTarget, Plan, Step};

/// What carrying out a step takes, beyond the reads.
pub(super) fn apply(plan: &Plan, step: &Step) -> Vec<Statement> {
    match &step.action {
        Action::CreateResourceGateway { vpc_id, .. } => vpc_resource::gateway(plan, vpc_id),
        Action::CreateResourceConfiguration { gateway, .. }
        | Action::CreateConfigurationGroup { gateway, .. } => {
            vpc_resource::configuration(plan, Some(gateway))
        }
        Action::CreateChildConfiguration { .. } => vpc_resource::configuration(plan, None),
        Action::CreateResourceShare {
            resource,
            principal,
            ..
        } => vpc_resource::share(plan, resource, principal),
        Action::UpdateGatewaySecurityGroups {
            gateway_id,
            security_group_ids,
            ..
        } => vpc_resource::gateway_groups(plan, gateway_id, security_group_ids),

        Action::UpdateMskConnectivity { cluster_arn, .. } => msk::connectivity(cluster_arn),
        Action::AllowInClusterPolicy { cluster_arn, .. } => msk::policy(cluster_arn),

        Action::CreateTargetGroup { .. } => endpoint_service::target_group(plan),
        Action::CreateLoadBalancer { subnet_ids, .. } => {
            endpoint_service::load_balancer(plan, subnet_ids)
        }
        Action::EnableCrossZone { load_balancer } => {
            endpoint_service::cross_zone(plan, load_balancer)
        }
        Action::StopEnforcingInboundRules { load_balancer, .. } => {
            endpoint_service::inbound_rules(plan, load_balancer)
        }
        Action::CreateListener { load_balancer, .. } => {
            endpoint_service::listener(plan, load_balancer)
        }
        Action::RegisterTargets { target_group, .. } => {
            endpoint_service::targets(plan, target_group)
        }
        Action::CreateEndpointService {
            supported_regions,
            private_dns_name,
            ..
        } => endpoint_service::service(plan, supported_regions, private_dns_name.as_deref()),
        Action::AllowPrincipal { service, .. } => endpoint_service::principal(plan, service),
        Action::AddSupportedRegion { service, region } => {
            endpoint_service::region(plan, service, region)
        }
        Action::VerifyPrivateDns { service, .. } => endpoint_service::private_dns(plan, service),
        Action::AcceptEndpointConnection { service, .. } => {
            endpoint_service::acceptance(plan, service)
        }

        // ClickHouse's own permission, and waits that only read.
        Action::CreateReversePrivateEndpoint { .. }
        | Action::AwaitEndpointReady { .. }
        | Action::AwaitShareAcceptance { .. }
        | Action::AwaitMskConnection { .. }
        | Action::ReadBootstrapBrokers { .. }
        | Action::AwaitDnsRecord { .. }
        | Action::AwaitConnectionAcceptance { .. }
        | Action::AwaitEndpointConnection { .. } => Vec::new(),
    }
}

/// What the admin may do with connections beside the run: no step needs it.
pub(super) fn connections(plan: &Plan, step: &Step) -> Vec<Statement> {
    match &step.action {
        Action::CreateReversePrivateEndpoint {
            to: EndpointTarget::MskMultiVpc { cluster_arn, .. },
            ..
        }
        | Action::AwaitMskConnection { cluster_arn, .. } => msk::connections(plan, cluster_arn),
        Action::AcceptEndpointConnection { service, .. } => {
            vec![endpoint_service::rejection(plan, service)]
        }
        Action::AwaitConnectionAcceptance { service, .. }
        | Action::AwaitEndpointConnection { service, .. } => vec![
            endpoint_service::rejection(plan, service),
            endpoint_service::acceptance_by_hand(plan, service),
        ],
        Action::CreateReversePrivateEndpoint {
            to: EndpointTarget::VpcResource { .. } | EndpointTarget::EndpointService { .. },
            ..
        }
        | Action::CreateResourceGateway { .. }
        | Action::CreateResourceConfiguration { .. }
        | Action::CreateConfigurationGroup { .. }
        | Action::CreateChildConfiguration { .. }
        | Action::CreateResourceShare { .. }
        | Action::UpdateGatewaySecurityGroups { .. }
        | Action::AwaitShareAcceptance { .. }
        | Action::UpdateMskConnectivity { .. }
        | Action::AllowInClusterPolicy { .. }
        | Action::ReadBootstrapBrokers { .. }
        | Action::CreateTargetGroup { .. }
        | Action::CreateLoadBalancer { .. }
        | Action::EnableCrossZone { .. }
        | Action::StopEnforcingInboundRules { .. }
        | Action::CreateListener { .. }
        | Action::RegisterTargets { .. }
        | Action::CreateEndpointService { .. }
        | Action::AllowPrincipal { .. }
        | Action::AddSupportedRegion { .. }
        | Action::AwaitDnsRecord { .. }
        | Action::VerifyPrivateDns { .. }
        | Action::AwaitEndpointReady { .. } => Vec::new(),
    }
}

/// What undoing a step takes, beyond the reads and what carrying it out took on the same thing already.
pub(super) fn undo(plan: &Plan, step: &Step) -> Vec<Statement> {
    match &step.action {
        Action::CreateResourceGateway { .. } => vpc_resource::undo_gateway(plan),
        Action::CreateResourceConfiguration { .. }
        | Action::CreateConfigurationGroup { .. }
        | Action::CreateChildConfiguration { .. } => vpc_resource::undo_configuration(plan),
        Action::CreateResourceShare { .. } => vpc_resource::undo_share(plan),
        Action::UpdateGatewaySecurityGroups {
            gateway_id,
            previous_security_group_ids,
            ..
        } => vpc_resource::undo_gateway_groups(plan, gateway_id, previous_security_group_ids),

        Action::AllowInClusterPolicy { cluster_arn, .. } => msk::undo_policy(cluster_arn),

        Action::CreateTargetGroup { .. } => endpoint_service::undo_target_group(plan),
        Action::CreateLoadBalancer { .. } => endpoint_service::undo_load_balancer(plan),
        Action::CreateListener { .. } => endpoint_service::undo_listener(plan),
        Action::RegisterTargets { target_group, .. } => {
            endpoint_service::undo_targets(plan, target_group)
        }
        Action::CreateEndpointService { .. } => endpoint_service::undo_service(plan),

        // Their undo is the same call on the same thing.
        Action::UpdateMskConnectivity { .. }
        | Action::EnableCrossZone { .. }
        | Action::StopEnforcingInboundRules { .. }
        | Action::AllowPrincipal { .. }
        | Action::AddSupportedRegion { .. }
        // There is nothing to take back, or it is ClickHouse's.
        | Action::VerifyPrivateDns { .. }
        | Action::AcceptEndpointConnection { .. }
        | Action::AwaitShareAcceptance { .. }
        | Action::AwaitMskConnection { .. }
        | Action::ReadBootstrapBrokers { .. }
        | Action::AwaitDnsRecord { .. }
        | Action::AwaitConnectionAcceptance { .. }
        | Action::AwaitEndpointConnection { .. }
        | Action::CreateReversePrivateEndpoint { .. }
        | Action::AwaitEndpointReady { .. } => Vec::new(),
    }
}

/// Only what the run made is deleted: it carries the run's tag.
fn deleting(actions: &'static [&'static str], what: String) -> Statement {
    undoing(
        "UndoMade",
        "To delete what a run made, known by its tag, and nothing else.",
        actions,
    )
    .on([what])
    .tagged()
}

/// The role through which a service acts in the account, made by AWS at its first use.
fn service_linked_role(
    plan: &Plan,
    sid: &'static str,
    why: &'static str,
    service: &str,
    role: &str,
) -> Statement {
    writing(sid, why, &["iam:CreateServiceLinkedRole"])
        .on([format!(
            "arn:aws:iam::{}:role/aws-service-role/{service}/{role}",
            plan.account_id
        )])
        .when("StringEquals", "iam:AWSServiceName", json!(service))
}

fn writing(sid: &'static str, why: &'static str, actions: &'static [&'static str]) -> Statement {
    Statement::new(Purpose::Apply, sid, why, actions)
}

fn undoing(sid: &'static str, why: &'static str, actions: &'static [&'static str]) -> Statement {
    Statement::new(Purpose::Undo, sid, why, actions)
}
