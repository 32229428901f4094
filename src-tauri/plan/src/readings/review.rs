//! The review: for each step what will exist, the exact call, the right it needs, undo and cost.

mod calls;

use serde::{Deserialize, Serialize};

use super::billed::{Billed, billed};
use super::words::{counted, listed};
use super::{rights, used};
use crate::step::{Action, Definition, DnsResolution, Input, Plan, PortRange, Step, StepId};

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
    /// How AWS bills what it makes; no price is written into the code.
    pub billed: Option<Billed>,
}

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
        call: calls::name(&step.action),
        request: format!("{:#}", calls::request(&step.action)),
        cli: calls::command(plan, &step.action),
        rights: rights::to_apply(&step.action)
            .into_iter()
            .map(str::to_owned)
            .collect(),
        waits_for: words.waits_for.to_owned(),
        usual_seconds: words.usual_seconds,
        undo: words.undo,
        billed: billed(&step.action),
    }
}

struct Words {
    title: &'static str,
    result: String,
    waits_for: &'static str,
    usual_seconds: (u32, u32),
    undo: Option<String>,
}

/// What a step does, in words. The usual times are estimates (docs/ASSUMPTIONS.md).
fn words(plan: &Plan, action: &Action) -> Words {
    match action {
        Action::CreateResourceGateway {
            name,
            vpc_id,
            subnet_ids,
            dns_resolution,
            ..
        } => Words {
            title: "Create the resource gateway",
            result: format!(
                "Resource gateway {name} in {vpc_id}, with network interfaces in {}. It looks domain names up {}, which \
                 is fixed.",
                counted(subnet_ids.len(), "subnet"),
                match dns_resolution {
                    DnsResolution::Public => "in public DNS",
                    DnsResolution::InVpc => "with the VPC's own resolver",
                }
            ),
            waits_for: "The gateway is ACTIVE.",
            usual_seconds: (30, 180),
            undo: Some(
                "The gateway is deleted (vpc-lattice:DeleteResourceGateway) and its addresses become free again."
                    .to_owned(),
            ),
        },
        Action::CreateResourceConfiguration {
            name,
            gateway,
            definition,
        } => Words {
            title: "Create the resource configuration",
            result: format!(
                "Resource configuration {name}, which leads through {} to {}.",
                through(plan, gateway),
                target(plan, definition)
            ),
            waits_for: "The configuration is ACTIVE.",
            usual_seconds: (10, 90),
            undo: Some(
                "The configuration is deleted (vpc-lattice:DeleteResourceConfiguration). If one endpoint of ClickPipes is \
                 still attached to it, it is detached first (vpc-lattice:DeleteResourceEndpointAssociation). With any \
                 other endpoint, or more than one, nothing is detached and the undo stops."
                    .to_owned(),
            ),
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
                "The share is deleted (ram:DeleteResourceShare): ClickPipes lose access to the configuration."
                    .to_owned(),
            ),
        },
        Action::CreateReversePrivateEndpoint { description, .. } => Words {
            title: "Create the reverse private endpoint in ClickHouse",
            result: format!(
                "Reverse private endpoint \u{201c}{description}\u{201d}, with a DNS name that the service's ClickPipes can use."
            ),
            waits_for: "ClickHouse accepts the share, the endpoint is Ready and has its DNS name.",
            usual_seconds: (60, 600),
            undo: Some(
                "The endpoint is deleted in ClickHouse: every ClickPipe that uses it loses its connection."
                    .to_owned(),
            ),
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
        },
        Action::UpdateGatewaySecurityGroups {
            gateway_id,
            security_group_ids,
            previous_security_group_ids,
        } => Words {
            title: "Change the gateway's security groups",
            result: format!(
                "The {} has {}: {}, instead of {}.",
                used::gateway(plan, gateway_id),
                counted(security_group_ids.len(), "security group"),
                security_group_ids.join(", "),
                listed(previous_security_group_ids)
            ),
            waits_for: "The gateway is ACTIVE with exactly these security groups.",
            usual_seconds: (10, 120),
            undo: Some(format!(
                "The gateway gets its previous security groups back (vpc-lattice:UpdateResourceGateway): {}. Groups that \
                 somebody else has set in the meantime are left as they are.",
                listed(previous_security_group_ids)
            )),
        },
    _ => unimplemented!("NOT WRITTEN YET"), }
}

/// The gateway that a configuration leads through.
fn through(plan: &Plan, gateway: &Input) -> String {
    match gateway.value() {
        Some(id) => format!("{}, which is there already,", used::gateway(plan, id)),
        None => "the gateway".to_owned(),
    }
}

/// What a configuration leads to.
fn target(plan: &Plan, definition: &Definition) -> String {
    match definition {
        Definition::Database { .. } => plan.source.name.clone(),
        Definition::DomainName { name, ports } => format!("{name} on {}", tcp(ports)),
        Definition::IpAddress { address, ports } => format!("{address} on {}", tcp(ports)),
    }
}

fn tcp(ports: &[PortRange]) -> String {
    let ports: Vec<String> = ports.iter().map(PortRange::to_string).collect();
    format!("TCP {}", ports.join(", "))
}
