//! What each step does, in words: title, result, what is waited for, how long that usually takes, and undo.
//!
//! The usual times are estimates (docs/ASSUMPTIONS.md).

mod clickhouse;
mod endpoint_service;
mod msk;
mod vpc_resource;

use crate::step::{Action, Plan};

pub(super) struct Words {
    pub(super) title: String,
    pub(super) result: String,
    pub(super) waits_for: String,
    pub(super) usual_seconds: (u32, u32),
    pub(super) undo: Option<String>,
}

pub(super) fn words(plan: &Plan, action: &Action) -> Words {
    match action {
        Action::CreateResourceGateway {
            name,
            vpc_id,
            subnet_ids,
            dns_resolution,
            ..
        } => vpc_resource::gateway(name, vpc_id, subnet_ids, *dns_resolution),
        Action::CreateResourceConfiguration {
            name,
            gateway,
            definition,
        } => vpc_resource::configuration(plan, name, gateway, definition),
        Action::CreateConfigurationGroup {
            name,
            gateway,
            ports,
        } => vpc_resource::group(plan, name, gateway, ports),
        Action::CreateChildConfiguration {
            name, definition, ..
        } => vpc_resource::child(plan, name, definition),
        Action::CreateResourceShare {
            name, principal, ..
        } => vpc_resource::share(name, principal),
        Action::UpdateGatewaySecurityGroups {
            gateway_id,
            security_group_ids,
            previous_security_group_ids,
        } => vpc_resource::gateway_groups(
            plan,
            gateway_id,
            security_group_ids,
            previous_security_group_ids,
        ),
        Action::AwaitShareAcceptance { principal, .. } => vpc_resource::acceptance(principal),

        Action::UpdateMskConnectivity {
            schemes, previous, ..
        } => msk::connectivity(plan, *schemes, *previous),
        Action::AllowInClusterPolicy {
            cluster_arn,
            principal,
        } => msk::policy(plan, cluster_arn, principal),
        Action::AwaitMskConnection {
            authentication,
            owner,
            ..
        } => msk::connection(*authentication, owner),
        Action::ReadBootstrapBrokers { authentication, .. } => msk::bootstrap(*authentication),

        Action::CreateTargetGroup { name, port, vpc_id } => {
            endpoint_service::target_group(name, *port, vpc_id)
        }
        Action::CreateLoadBalancer {
            name,
            subnet_ids,
            security_group_ids,
        } => endpoint_service::load_balancer(name, subnet_ids, security_group_ids),
        Action::EnableCrossZone { load_balancer } => {
            endpoint_service::cross_zone(plan, load_balancer)
        }
        Action::StopEnforcingInboundRules {
            load_balancer,
            security_group_ids,
        } => endpoint_service::inbound_rules(plan, load_balancer, security_group_ids),
        Action::CreateListener {
            load_balancer,
            port,
            ..
        } => endpoint_service::listener(plan, load_balancer, *port),
        Action::RegisterTargets {
            target_group,
            targets,
        } => endpoint_service::targets(plan, target_group, targets),
        Action::CreateEndpointService {
            name,
            load_balancers,
            supported_regions,
            private_dns_name,
        } => endpoint_service::service(
            plan,
            name,
            load_balancers,
            supported_regions,
            private_dns_name.as_deref(),
        ),
        Action::AllowPrincipal { service, principal } => {
            endpoint_service::principal(plan, service, principal)
        }
        Action::AddSupportedRegion { service, region } => {
            endpoint_service::region(plan, service, region)
        }
        Action::AwaitDnsRecord {
            private_dns_name, ..
        } => endpoint_service::dns_record(private_dns_name),
        Action::VerifyPrivateDns {
            private_dns_name, ..
        } => endpoint_service::private_dns(private_dns_name),
        Action::AcceptEndpointConnection { service, owner, .. } => {
            endpoint_service::accept(plan, service, owner)
        }
        Action::AwaitConnectionAcceptance { service, owner, .. } => {
            endpoint_service::acceptance(plan, service, owner)
        }
        Action::AwaitEndpointConnection {
            service,
            owner,
            known,
            ..
        } => endpoint_service::connection(plan, service, owner, known.len()),

        Action::CreateReversePrivateEndpoint {
            description,
            to,
            private_dns,
            ..
        } => clickhouse::endpoint(description, to, private_dns),
        Action::AwaitEndpointReady { .. } => clickhouse::ready(),
    }
}
