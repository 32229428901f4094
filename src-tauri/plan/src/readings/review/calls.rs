//! The calls of a plan's steps as they go over the wire: name, request body, and the same for a terminal.
//!
//! What a call does, in words, is the review's; what it needs, the rights'.

use serde_json::{Map, Value, json};

use crate::RUN_TAG;
use crate::readings::shell;
use crate::step::{Action, Definition, DnsResolution, EndpointTarget, Input, Plan, PortRange};

/// Stands for the run's ID, which is made when the run begins.
const RUN_ID: &str = "<run ID>";
/// Stands for the step's idempotency token, which is made and kept before the call is sent.
const CLIENT_TOKEN: &str = "<client token>";
/// What marks the run within a description, which has no tags.
const RUN_TAG_IN_TEXT: &str = "pipelink";

/// The call with its service, in the words of IAM or of the Cloud API.
pub(super) fn name(action: &Action) -> String {
    let service = match action {
        Action::CreateResourceGateway { .. }
        | Action::CreateResourceConfiguration { .. }
        | Action::UpdateGatewaySecurityGroups { .. } => "vpc-lattice",
        Action::CreateResourceShare { .. } | Action::AwaitShareAcceptance { .. } => "ram",
        Action::CreateReversePrivateEndpoint {
            organization_id,
            service_id,
            ..
        } => {
            return format!("POST {}", endpoints_path(organization_id, service_id));
        }
        _ => unimplemented!("NOT WRITTEN YET"),
    };
    format!("{service}:{}", action.operation())
}

/// The body of the request.
pub(super) fn request(action: &Action) -> Value {
    match action {
        Action::CreateResourceGateway {
            name,
            vpc_id,
            subnet_ids,
            security_group_ids,
            dns_resolution,
        } => json!({
            "name": name,
            "vpcIdentifier": vpc_id,
            "subnetIds": subnet_ids,
            "securityGroupIds": security_group_ids,
            "ipAddressType": "IPV4",
            "resourceConfigDnsResolution": resolution(*dns_resolution),
            "clientToken": CLIENT_TOKEN,
            "tags": { RUN_TAG: RUN_ID },
        }),
        Action::CreateResourceConfiguration {
            name,
            gateway,
            definition,
        } => {
            let mut body = Map::new();
            body.insert("name".to_owned(), json!(name));
            body.insert("type".to_owned(), json!(kind(definition)));
            body.insert(
                "resourceGatewayIdentifier".to_owned(),
                json!(shown(gateway)),
            );
            body.insert(
                "resourceConfigurationDefinition".to_owned(),
                resource(definition),
            );
            if let Some(ports) = ports(definition) {
                body.insert("portRanges".to_owned(), json!(ports));
                body.insert("protocol".to_owned(), json!("TCP"));
            }
            body.insert("clientToken".to_owned(), json!(CLIENT_TOKEN));
            body.insert("tags".to_owned(), json!({ RUN_TAG: RUN_ID }));
            Value::Object(body)
        }
        Action::CreateResourceShare {
            name,
            resource,
            principal,
        } => json!({
            "name": name,
            "resourceArns": [shown(resource)],
            "principals": [principal],
            "allowExternalPrincipals": true,
            "clientToken": CLIENT_TOKEN,
            "tags": [{ "key": RUN_TAG, "value": RUN_ID }],
        }),
        Action::CreateReversePrivateEndpoint {
            description,
            to:
                EndpointTarget::VpcResource {
                    configuration,
                    share,
                },
            ..
        } => json!({
            "description": format!("{description} [{RUN_TAG_IN_TEXT}:{RUN_ID}]"),
            "type": "VPC_RESOURCE",
            "vpcResourceConfigurationId": shown(configuration),
            "vpcResourceShareArn": shown(share),
        }),
        Action::AwaitShareAcceptance {
            share, principal, ..
        } => json!({
            "associationType": "PRINCIPAL",
            "resourceShareArns": [shown(share)],
            "principal": principal,
        }),
        // The gateway goes into the path, PATCH /resourcegateways/{id}; it is shown with the body.
        Action::UpdateGatewaySecurityGroups {
            gateway_id,
            security_group_ids,
            ..
        } => json!({
            "resourceGatewayIdentifier": gateway_id,
            "securityGroupIds": security_group_ids,
        }),
        _ => unimplemented!("NOT WRITTEN YET"),
    }
}

/// The call for a terminal: the AWS CLI, or curl for ClickHouse.
pub(super) fn command(plan: &Plan, action: &Action) -> String {
    let region = ("--region", one(&plan.region));
    let token = ("--client-token", one(CLIENT_TOKEN));
    match action {
        Action::CreateResourceGateway {
            name,
            vpc_id,
            subnet_ids,
            security_group_ids,
            dns_resolution,
        } => shell::command(
            "aws vpc-lattice create-resource-gateway",
            &[
                region,
                ("--name", one(name)),
                ("--vpc-identifier", one(vpc_id)),
                ("--subnet-ids", subnet_ids.clone()),
                ("--security-group-ids", security_group_ids.clone()),
                ("--ip-address-type", one("IPV4")),
                (
                    "--resource-config-dns-resolution",
                    one(resolution(*dns_resolution)),
                ),
                token,
                ("--tags", one(&format!("{RUN_TAG}={RUN_ID}"))),
            ],
        ),
        Action::CreateResourceConfiguration {
            name,
            gateway,
            definition,
        } => {
            let mut options = vec![
                region,
                ("--name", one(name)),
                ("--type", one(kind(definition))),
                ("--resource-gateway-identifier", one(&shown(gateway))),
                (
                    "--resource-configuration-definition",
                    one(&resource(definition).to_string()),
                ),
            ];
            if let Some(ports) = ports(definition) {
                options.push(("--port-ranges", ports));
                options.push(("--protocol", one("TCP")));
            }
            options.push(token);
            options.push(("--tags", one(&format!("{RUN_TAG}={RUN_ID}"))));
            shell::command("aws vpc-lattice create-resource-configuration", &options)
        }
        Action::CreateResourceShare {
            name,
            resource,
            principal,
        } => shell::command(
            "aws ram create-resource-share",
            &[
                region,
                ("--name", one(name)),
                ("--resource-arns", one(&shown(resource))),
                ("--principals", one(principal)),
                ("--allow-external-principals", Vec::new()),
                token,
                ("--tags", one(&format!("key={RUN_TAG},value={RUN_ID}"))),
            ],
        ),
        Action::CreateReversePrivateEndpoint {
            organization_id,
            service_id,
            ..
        } => {
            let url = format!(
                "https://api.clickhouse.cloud/v1{}",
                endpoints_path(organization_id, service_id)
            );
            // The key comes from the environment, so that it is in no script and no history.
            shell::command(
                "curl --fail-with-body --user \"$CLICKHOUSE_KEY_ID:$CLICKHOUSE_KEY_SECRET\"",
                &[
                    ("--header", one("Content-Type: application/json")),
                    ("--data", one(&request(action).to_string())),
                    ("--url", one(&url)),
                ],
            )
        }
        Action::AwaitShareAcceptance {
            share, principal, ..
        } => shell::command(
            "aws ram get-resource-share-associations",
            &[
                region,
                ("--association-type", one("PRINCIPAL")),
                ("--resource-share-arns", one(&shown(share))),
                ("--principal", one(principal)),
            ],
        ),
        Action::UpdateGatewaySecurityGroups {
            gateway_id,
            security_group_ids,
            ..
        } => shell::command(
            "aws vpc-lattice update-resource-gateway",
            &[
                region,
                ("--resource-gateway-identifier", one(gateway_id)),
                ("--security-group-ids", security_group_ids.clone()),
            ],
        ),
        _ => unimplemented!("NOT WRITTEN YET"),
    }
}

fn one(value: &str) -> Vec<String> {
    vec![value.to_owned()]
}

/// AWS's word for where a gateway looks names up.
fn resolution(resolution: DnsResolution) -> &'static str {
    match resolution {
        DnsResolution::Public => "PUBLIC",
        DnsResolution::InVpc => "IN_VPC",
    }
}

/// The configuration's type.
fn kind(definition: &Definition) -> &'static str {
    match definition {
        Definition::Database { .. } => "ARN",
        Definition::DomainName { .. } | Definition::IpAddress { .. } => "SINGLE",
    }
}

/// The union that says what a configuration leads to: exactly one of its members.
fn resource(definition: &Definition) -> Value {
    match definition {
        Definition::Database { arn } => json!({ "arnResource": { "arn": arn } }),
        Definition::DomainName { name, .. } => {
            json!({ "dnsResource": { "domainName": name, "ipAddressType": "IPV4" } })
        }
        Definition::IpAddress { address, .. } => {
            json!({ "ipResource": { "ipAddress": address } })
        }
    }
}

/// The ports of a SINGLE configuration. AWS refuses ports and protocol for type ARN, where it has them from
/// the database.
fn ports(definition: &Definition) -> Option<Vec<String>> {
    match definition {
        Definition::Database { .. } => None,
        Definition::DomainName { ports, .. } | Definition::IpAddress { ports, .. } => {
            Some(ports.iter().map(PortRange::to_string).collect())
        }
    }
}

fn endpoints_path(organization_id: &str, service_id: &str) -> String {
    format!(
        "/organizations/{organization_id}/services/{service_id}/clickpipesReversePrivateEndpoints"
    )
}

/// The value, or `<gateway: GatewayId>` for what an earlier step will make.
fn shown(input: &Input) -> String {
    match input {
        Input::Literal { value } => value.clone(),
        Input::Output { step, name } => format!("<{step}: {name:?}>"),
    }
}
