//! The review: for each step what will exist, the exact call, the right it needs, undo and cost.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::shell;
use crate::RUN_TAG;
use crate::step::{Action, Input, Plan, Step, StepId};

/// One step as the review shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct ReviewStep {
    /// Which step.
    pub id: StepId,
    /// A verb phrase, such as "Create the resource gateway".
    pub title: String,
    /// What exists afterwards.
    pub result: String,
    /// The call, such as `vpc-lattice:CreateResourceGateway`.
    pub call: String,
    /// The request's body as JSON, pretty-printed; outputs of earlier steps as `<gateway: GatewayId>`.
    pub request: String,
    /// The same call for the AWS CLI (or curl, for ClickHouse), safely quoted.
    pub cli: String,
    /// The rights it needs: IAM actions, or the ClickHouse permission.
    pub rights: Vec<String>,
    /// What is waited for afterwards.
    pub waits_for: String,
    /// The usual time, in seconds: from, to.
    pub usual_seconds: (u32, u32),
    /// How it is undone; `None` where there is nothing to undo.
    pub undo: Option<String>,
    /// Whether AWS bills it by the hour while it exists; no price is written into the code.
    pub billed_hourly: bool,
}

/// Stands for the run's ID, which is made when the run begins.
const RUN_ID: &str = "<run ID>";
/// Stands for the step's idempotency token, which is made and kept before the call is sent.
const CLIENT_TOKEN: &str = "<client token>";

/// The steps in order, as they will be carried out.
pub fn review(plan: &Plan) -> Vec<ReviewStep> {
    plan.steps.iter().map(|step| of_step(plan, step)).collect()
}

fn of_step(plan: &Plan, step: &Step) -> ReviewStep {
    let words = words(plan, &step.action);
    ReviewStep {
        id: step.id.clone(),
        title: words.title.to_owned(),
        result: words.result,
        call: call(&step.action),
        request: pretty(&request(&step.action)),
        cli: cli(plan, &step.action),
        rights: rights(&step.action)
            .iter()
            .map(|right| (*right).to_owned())
            .collect(),
        waits_for: words.waits_for.to_owned(),
        usual_seconds: words.usual_seconds,
        undo: words.undo.map(str::to_owned),
        billed_hourly: words.billed_hourly,
    }
}

struct Words {
    title: &'static str,
    result: String,
    waits_for: &'static str,
    usual_seconds: (u32, u32),
    undo: Option<&'static str>,
    billed_hourly: bool,
}

/// What a step does, in words. The usual times are estimates (docs/ASSUMPTIONS.md).
fn words(plan: &Plan, action: &Action) -> Words {
    match action {
        Action::CreateResourceGateway {
            name,
            vpc_id,
            subnet_ids,
            ..
        } => Words {
            title: "Create the resource gateway",
            result: format!(
                "Resource gateway {name} in {vpc_id}, with network interfaces in {}.",
                counted(subnet_ids.len(), "subnet")
            ),
            waits_for: "The gateway is ACTIVE.",
            usual_seconds: (30, 180),
            undo: Some(
                "The gateway is deleted (vpc-lattice:DeleteResourceGateway) and its addresses become free again.",
            ),
            billed_hourly: false,
        },
        Action::CreateResourceConfiguration { name, .. } => Words {
            title: "Create the resource configuration",
            result: format!(
                "Resource configuration {name}, which leads through the gateway to {}.",
                plan.source.name
            ),
            waits_for: "The configuration is ACTIVE.",
            usual_seconds: (10, 90),
            undo: Some(
                "The configuration is deleted (vpc-lattice:DeleteResourceConfiguration), after whatever is still attached \
                 to it (vpc-lattice:DeleteResourceEndpointAssociation).",
            ),
            // VPC Lattice's price list has an hourly charge per VPC resource; docs/ASSUMPTIONS.md.
            billed_hourly: true,
        },
        Action::CreateResourceShare {
            name, principal, ..
        } => Words {
            title: "Share the configuration with ClickPipes",
            result: format!(
                "Resource share {name}, through which ClickPipes' account {principal} may use the configuration. One \
                 share serves one endpoint."
            ),
            waits_for: "The share is ACTIVE and the configuration in it ASSOCIATED. The account stays ASSOCIATING until \
                        ClickHouse accepts.",
            usual_seconds: (5, 60),
            undo: Some(
                "The share is deleted (ram:DeleteResourceShare): ClickPipes lose access to the configuration.",
            ),
            billed_hourly: false,
        },
        Action::CreateReversePrivateEndpoint { description, .. } => Words {
            title: "Create the reverse private endpoint in ClickHouse",
            result: format!(
                "Reverse private endpoint \u{201c}{description}\u{201d}, with a DNS name that the service's ClickPipes can use."
            ),
            waits_for: "ClickHouse accepts the share, the endpoint is Ready and has its DNS name.",
            usual_seconds: (60, 600),
            undo: Some(
                "The endpoint is deleted in ClickHouse: every ClickPipe that uses it loses its connection.",
            ),
            billed_hourly: false,
        },
        Action::AwaitShareAcceptance { principal, .. } => Words {
            title: "Create the endpoint in ClickHouse yourself",
            result: "A reverse private endpoint in ClickHouse, made by you with the two values that Pipelink shows."
                .to_owned(),
            waits_for: if principal == crate::CLICKPIPES_ACCOUNT {
                "ClickHouse accepts the share: ClickPipes' account becomes ASSOCIATED. A share waits only a limited time \
                 to be accepted."
            } else {
                "The account becomes ASSOCIATED."
            },
            usual_seconds: (60, 3600),
            undo: None,
            billed_hourly: false,
        },
    }
}

/// The call with its service, in the words of IAM or of the Cloud API.
fn call(action: &Action) -> String {
    let service = match action {
        Action::CreateResourceGateway { .. } | Action::CreateResourceConfiguration { .. } => {
            "vpc-lattice"
        }
        Action::CreateResourceShare { .. } | Action::AwaitShareAcceptance { .. } => "ram",
        Action::CreateReversePrivateEndpoint {
            organization_id,
            service_id,
            ..
        } => {
            return format!("POST {}", endpoints_path(organization_id, service_id));
        }
    };
    format!("{service}:{}", action.operation())
}

/// The body of the request.
fn request(action: &Action) -> Value {
    match action {
        Action::CreateResourceGateway {
            name,
            vpc_id,
            subnet_ids,
            security_group_ids,
        } => json!({
            "name": name,
            "vpcIdentifier": vpc_id,
            "subnetIds": subnet_ids,
            "securityGroupIds": security_group_ids,
            "ipAddressType": "IPV4",
            "clientToken": CLIENT_TOKEN,
            "tags": { RUN_TAG: RUN_ID },
        }),
        Action::CreateResourceConfiguration {
            name,
            gateway,
            database_arn,
        } => json!({
            "name": name,
            "type": "ARN",
            "resourceGatewayIdentifier": shown(gateway),
            "resourceConfigurationDefinition": { "arnResource": { "arn": database_arn } },
            "clientToken": CLIENT_TOKEN,
            "tags": { RUN_TAG: RUN_ID },
        }),
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
            configuration,
            share,
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
    }
}

/// What marks the run within a description, which has no tags.
const RUN_TAG_IN_TEXT: &str = "pipelink";

/// The call for a terminal.
fn cli(plan: &Plan, action: &Action) -> String {
    let one = |value: &str| vec![value.to_owned()];
    let region = ("--region", one(&plan.region));
    let token = ("--client-token", one(CLIENT_TOKEN));
    match action {
        Action::CreateResourceGateway {
            name,
            vpc_id,
            subnet_ids,
            security_group_ids,
        } => shell::command(
            "aws vpc-lattice create-resource-gateway",
            &[
                region,
                ("--name", one(name)),
                ("--vpc-identifier", one(vpc_id)),
                ("--subnet-ids", subnet_ids.clone()),
                ("--security-group-ids", security_group_ids.clone()),
                ("--ip-address-type", one("IPV4")),
                token,
                ("--tags", one(&format!("{RUN_TAG}={RUN_ID}"))),
            ],
        ),
        Action::CreateResourceConfiguration {
            name,
            gateway,
            database_arn,
        } => shell::command(
            "aws vpc-lattice create-resource-configuration",
            &[
                region,
                ("--name", one(name)),
                ("--type", one("ARN")),
                ("--resource-gateway-identifier", one(&shown(gateway))),
                (
                    "--resource-configuration-definition",
                    one(&json!({ "arnResource": { "arn": database_arn } }).to_string()),
                ),
                token,
                ("--tags", one(&format!("{RUN_TAG}={RUN_ID}"))),
            ],
        ),
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
    }
}

/// What the call, the wait after it and the look for its result after a lost answer need.
/// Source: AWS Service Authorization Reference; security scopes of the Cloud API's specification.
fn rights(action: &Action) -> &'static [&'static str] {
    match action {
        Action::CreateResourceGateway { .. } => &[
            "vpc-lattice:CreateResourceGateway",
            "vpc-lattice:TagResource",
            "vpc-lattice:GetResourceGateway",
            "vpc-lattice:ListResourceGateways",
            "vpc-lattice:ListTagsForResource",
            "ec2:DescribeVpcs",
            "ec2:DescribeSubnets",
            "ec2:DescribeSecurityGroups",
            "iam:CreateServiceLinkedRole",
        ],
        Action::CreateResourceConfiguration { .. } => &[
            "vpc-lattice:CreateResourceConfiguration",
            "vpc-lattice:TagResource",
            "vpc-lattice:GetResourceConfiguration",
            "vpc-lattice:ListResourceConfigurations",
            "vpc-lattice:ListTagsForResource",
            "rds:DescribeDBClusters",
            "rds:DescribeDBInstances",
        ],
        Action::CreateResourceShare { .. } => &[
            "ram:CreateResourceShare",
            "ram:TagResource",
            "ram:GetResourceShares",
            "ram:GetResourceShareAssociations",
        ],
        Action::CreateReversePrivateEndpoint { .. } => &["control-plane:service:manage-clickpipes"],
        Action::AwaitShareAcceptance { .. } => &["ram:GetResourceShareAssociations"],
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

fn pretty(value: &Value) -> String {
    format!("{value:#}")
}

fn counted(count: usize, noun: &str) -> String {
    if count == 1 {
        format!("1 {noun}")
    } else {
        format!("{count} {noun}s")
    }
}
