//! The calls of a plan's steps as they go over the wire: name, request, and the same for a terminal.
//!
//! What a call does, in words, is the review's; what it needs, the rights'. A request is the body's JSON where the
//! API speaks JSON, with what goes into the path shown beside it; for EC2 and Elastic Load Balancing, which take
//! forms, it is their parameters, as the AWS CLI reads them from JSON. The command is made from the request, so
//! that the two say the same.

mod clickhouse;
mod endpoint_service;
mod msk;
mod vpc_resource;

use serde_json::{Map, Value, json};

use crate::RUN_TAG;
use crate::readings::shell;
use crate::step::{Action, Input, Plan};

/// Stands for the run's ID, which is made when the run begins.
const RUN_ID: &str = "<run ID>";
/// Stands for the step's idempotency token, which is made and kept before the call is sent.
const CLIENT_TOKEN: &str = "<client token>";

/// One call, to be shown.
pub(super) struct Call {
    /// With its service, in the words of IAM or of the Cloud API.
    pub(super) name: String,
    /// An object; outputs of earlier steps stand in it as `<gateway: GatewayId>`.
    pub(super) request: Value,
    /// For a terminal: the AWS CLI, curl for ClickHouse, dig for DNS. Safely quoted.
    pub(super) command: String,
}

/// The call that carries an action out, or that it waits with.
pub(super) fn call(plan: &Plan, action: &Action) -> Call {
    let request = request(action);
    match api(action) {
        Api::Aws { service, cli } => {
            let operation = action.operation();
            let mut options = vec![("--region".to_owned(), vec![plan.region.clone()])];
            options.extend(members(&request).map(|(name, value)| (option(name), words(value))));
            Call {
                name: format!("{service}:{operation}"),
                command: shell::command(&format!("aws {cli} {}", kebab(operation)), &options),
                request,
            }
        }
        Api::Dns { record } => Call {
            name: format!("DNS TXT {record}"),
            command: format!("dig +short TXT {}", shell::quote(&record)),
            request,
        },
        Api::ClickHouse { method, path } => Call {
            name: format!("{method} {path}"),
            command: clickhouse::command(&path, &request),
            request,
        },
    }
}

/// Whose API it is, and how it is called there.
enum Api {
    Aws {
        /// As IAM names it.
        service: &'static str,
        /// As the AWS CLI names it.
        cli: &'static str,
    },
    /// Public DNS, asked for a TXT record.
    Dns { record: String },
    ClickHouse {
        method: &'static str,
        /// After the version.
        path: String,
    },
}

fn api(action: &Action) -> Api {
    let aws = |service, cli| Api::Aws { service, cli };
    match action {
        Action::CreateResourceGateway { .. }
        | Action::CreateResourceConfiguration { .. }
        | Action::CreateConfigurationGroup { .. }
        | Action::CreateChildConfiguration { .. }
        | Action::UpdateGatewaySecurityGroups { .. } => aws("vpc-lattice", "vpc-lattice"),
        Action::CreateResourceShare { .. } | Action::AwaitShareAcceptance { .. } => {
            aws("ram", "ram")
        }
        Action::UpdateMskConnectivity { .. }
        | Action::AllowInClusterPolicy { .. }
        | Action::AwaitMskConnection { .. }
        | Action::ReadBootstrapBrokers { .. } => aws("kafka", "kafka"),
        Action::CreateTargetGroup { .. }
        | Action::CreateLoadBalancer { .. }
        | Action::EnableCrossZone { .. }
        | Action::StopEnforcingInboundRules { .. }
        | Action::CreateListener { .. }
        | Action::RegisterTargets { .. } => aws("elasticloadbalancing", "elbv2"),
        Action::CreateEndpointService { .. }
        | Action::AllowPrincipal { .. }
        | Action::AddSupportedRegion { .. }
        | Action::VerifyPrivateDns { .. }
        | Action::AcceptEndpointConnection { .. }
        | Action::AwaitConnectionAcceptance { .. }
        | Action::AwaitEndpointConnection { .. } => aws("ec2", "ec2"),
        Action::AwaitDnsRecord {
            private_dns_name,
            record,
            ..
        } => Api::Dns {
            record: format!("{}.{private_dns_name}", shown(record)),
        },
        Action::CreateReversePrivateEndpoint {
            organization_id,
            service_id,
            ..
        } => Api::ClickHouse {
            method: "POST",
            path: clickhouse::endpoints_path(organization_id, service_id),
        },
        Action::AwaitEndpointReady {
            organization_id,
            service_id,
            endpoint,
        } => Api::ClickHouse {
            method: "GET",
            path: format!(
                "{}/{}",
                clickhouse::endpoints_path(organization_id, service_id),
                shown(endpoint)
            ),
        },
    }
}

fn request(action: &Action) -> Value {
    match action {
        Action::CreateResourceGateway {
            name,
            vpc_id,
            subnet_ids,
            security_group_ids,
            dns_resolution,
        } => vpc_resource::gateway(
            name,
            vpc_id,
            subnet_ids,
            security_group_ids,
            *dns_resolution,
        ),
        Action::CreateResourceConfiguration {
            name,
            gateway,
            definition,
        } => vpc_resource::configuration(name, gateway, definition),
        Action::CreateConfigurationGroup {
            name,
            gateway,
            ports,
        } => vpc_resource::group(name, gateway, ports),
        Action::CreateChildConfiguration {
            name,
            group,
            definition,
        } => vpc_resource::child(name, group, definition),
        Action::CreateResourceShare {
            name,
            resource,
            principal,
        } => vpc_resource::share(name, resource, principal),
        Action::UpdateGatewaySecurityGroups {
            gateway_id,
            security_group_ids,
            ..
        } => vpc_resource::gateway_groups(gateway_id, security_group_ids),
        Action::AwaitShareAcceptance {
            share, principal, ..
        } => vpc_resource::acceptance(share, principal),

        Action::UpdateMskConnectivity {
            cluster_arn,
            schemes,
            ..
        } => msk::connectivity(cluster_arn, *schemes),
        Action::AllowInClusterPolicy {
            cluster_arn,
            principal,
        } => msk::policy(cluster_arn, principal),
        Action::AwaitMskConnection { cluster_arn, .. }
        | Action::ReadBootstrapBrokers { cluster_arn, .. } => json!({ "clusterArn": cluster_arn }),

        Action::CreateTargetGroup { name, port, vpc_id } => {
            endpoint_service::target_group(name, *port, vpc_id)
        }
        Action::CreateLoadBalancer {
            name,
            subnet_ids,
            security_group_ids,
        } => endpoint_service::load_balancer(name, subnet_ids, security_group_ids),
        Action::EnableCrossZone { load_balancer } => endpoint_service::cross_zone(load_balancer),
        Action::StopEnforcingInboundRules {
            load_balancer,
            security_group_ids,
        } => endpoint_service::inbound_rules(load_balancer, security_group_ids),
        Action::CreateListener {
            load_balancer,
            port,
            target_group,
        } => endpoint_service::listener(load_balancer, *port, target_group),
        Action::RegisterTargets {
            target_group,
            targets,
        } => endpoint_service::targets(target_group, targets),
        Action::CreateEndpointService {
            name,
            load_balancers,
            supported_regions,
            private_dns_name,
        } => endpoint_service::service(
            name,
            load_balancers,
            supported_regions,
            private_dns_name.as_deref(),
        ),
        Action::AllowPrincipal { service, principal } => {
            endpoint_service::principal(service, principal)
        }
        Action::AddSupportedRegion { service, region } => json!({
            "ServiceId": shown(service),
            "AddSupportedRegions": [region],
        }),
        // No call of AWS's: a question to public DNS.
        Action::AwaitDnsRecord {
            private_dns_name,
            record,
            ..
        } => json!({
            "type": "TXT",
            "name": format!("{}.{private_dns_name}", shown(record)),
        }),
        Action::VerifyPrivateDns { service, .. } => json!({ "ServiceId": shown(service) }),
        Action::AcceptEndpointConnection {
            service, endpoint, ..
        } => json!({
            "ServiceId": shown(service),
            "VpcEndpointIds": [shown(endpoint)],
        }),
        Action::AwaitConnectionAcceptance { service, owner, .. }
        | Action::AwaitEndpointConnection { service, owner, .. } => {
            endpoint_service::connections(service, owner)
        }

        Action::CreateReversePrivateEndpoint {
            description,
            to,
            private_dns,
            ..
        } => clickhouse::endpoint(description, to, private_dns),
        Action::AwaitEndpointReady { .. } => json!({}),
    }
}

fn members(request: &Value) -> impl Iterator<Item = (&String, &Value)> {
    request.as_object().into_iter().flat_map(Map::iter)
}

/// The AWS CLI names its options after the members of the request: `vpcIdentifier` is `--vpc-identifier`.
fn option(member: &str) -> String {
    format!("--{}", kebab(member))
}

fn kebab(name: &str) -> String {
    let mut kebab = String::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && !kebab.is_empty() {
            kebab.push('-');
        }
        kebab.push(letter.to_ascii_lowercase());
    }
    kebab
}

/// What comes behind an option: a list of words as words, what has members as JSON, and `true` as nothing.
fn words(value: &Value) -> Vec<String> {
    if let Some(tag) = tag(value) {
        return vec![tag];
    }
    match value {
        Value::Bool(true) => Vec::new(),
        Value::String(word) => vec![word.clone()],
        Value::Array(list) => list
            .iter()
            .map(|it| it.as_str().map(str::to_owned))
            .collect::<Option<Vec<String>>>()
            .unwrap_or_else(|| vec![value.to_string()]),
        other => vec![other.to_string()],
    }
}

/// The short form of the run's own tag, which the CLI has for each of the three ways in which APIs take tags.
fn tag(value: &Value) -> Option<String> {
    if *value == json!({ RUN_TAG: RUN_ID }) {
        Some(format!("{RUN_TAG}={RUN_ID}"))
    } else if *value == json!([{ "key": RUN_TAG, "value": RUN_ID }]) {
        Some(format!("key={RUN_TAG},value={RUN_ID}"))
    } else if *value == json!([{ "Key": RUN_TAG, "Value": RUN_ID }]) {
        Some(format!("Key={RUN_TAG},Value={RUN_ID}"))
    } else {
        None
    }
}

/// The value, or `<gateway: GatewayId>` for what an earlier step will make.
fn shown(input: &Input) -> String {
    match input {
        Input::Literal { value } => value.clone(),
        Input::Output { step, name } => format!("<{step}: {name:?}>"),
    }
}
