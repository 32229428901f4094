//! What deleting a run's things takes: in which order, and what would break.
//!
//! Only what the run made, or changed, is ever an item: what its plan uses was there before, and stays.

mod breaks;

use serde::{Deserialize, Serialize};

use super::used;
use super::words::{listed, schemes as called};
use crate::facts::RegionFacts;
use crate::facts::clickhouse::{ClickPipe, ReversePrivateEndpoint};
use crate::facts::lattice::EndpointAssociation;
use crate::facts::load_balancing::LoadBalancingFacts;
use crate::facts::msk::ClientVpcConnection;
use crate::observed::Observed;
use crate::problem::Problem;
use crate::run::{Run, RunStep, StepState};
use crate::step::{Action, OnUndo, OutputName, Outputs, Plan, Step, StepId};

/// What is shown before anything that a run made is deleted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Removal {
    /// What is deleted, in order.
    pub items: Vec<RemovalItem>,
    /// What stops working then, most certain first.
    pub breaks: Vec<Breakage>,
    /// What could not be read: something that it would have shown may break as well.
    pub unread: Vec<Problem>,
}

/// One thing that is deleted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct RemovalItem {
    /// The step that made it.
    pub step: StepId,
    /// What it is, such as "Resource gateway".
    pub what: String,
    /// Its ID or ARN; `None` where the run does not know it (its answer got lost) and looks for it first.
    pub id: Option<String>,
    /// The call that deletes it, such as `vpc-lattice:DeleteResourceGateway`, or that gives it back what it had.
    pub call: String,
    /// Whether it stays unless the admin asks for it: others may have come to use it.
    pub only_if_asked: bool,
}

/// One thing that stops working.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Breakage {
    /// What it is, such as "ClickPipe".
    pub what: String,
    /// Its name or ID.
    pub name: String,
    /// Why, in one sentence.
    pub because: String,
    /// Whether that is inferred (a pipe matched by its host) and not said by an API.
    pub inferred: bool,
}

/// What there is beside a run, as far as it was read. Of what none of its steps is about, nothing is looked at.
#[derive(Debug, Clone, Copy)]
pub struct Around<'a> {
    /// The region.
    pub region: &'a RegionFacts,
    /// VPC endpoints on the configuration that the run made.
    pub associations: &'a Observed<Vec<EndpointAssociation>>,
    /// Load balancers, target groups and endpoint services; `None` where they were not asked for.
    pub load_balancing: Option<&'a LoadBalancingFacts>,
    /// Connections from other VPCs to the cluster that is the source; `None` where they were not asked for.
    pub cluster_connections: Option<&'a Observed<Vec<ClientVpcConnection>>>,
    /// Reverse private endpoints of the services that may use what the run made.
    pub endpoints: &'a Observed<Vec<ReversePrivateEndpoint>>,
    /// Their pipes.
    pub pipes: &'a Observed<Vec<ClickPipe>>,
}

/// What undoing the run deletes, last thing first, and what would break, as far as was read.
pub fn removal(run: &Run, around: &Around<'_>) -> Removal {
    let there = what_is_there(run);
    let items = there
        .iter()
        .rev()
        .filter_map(|(step, outputs)| item(&run.plan, step, outputs))
        .collect();
    let (breaks, unread) = breaks::breaks(run, &there, around);
    Removal {
        items,
        breaks,
        unread,
    }
}

/// The steps whose thing is there, or may be, with what is known of it; in the plan's order.
fn what_is_there(run: &Run) -> Vec<(&Step, &Outputs)> {
    run.plan
        .steps
        .iter()
        .zip(&run.steps)
        .filter(|(step, state)| may_be_there(step, state))
        .map(|(step, state)| (step, &state.outputs))
        .collect()
}

fn may_be_there(step: &Step, state: &RunStep) -> bool {
    match &state.state {
        StepState::Pending | StepState::Undone => false,
        _ if !state.outputs.0.is_empty() => true,
        // What takes a token is attempted more than once within a call, and the last answer is what is known: the
        // first attempt may have taken effect with its answer lost. The undo looks, and deletes what it finds.
        StepState::Failed { problem } => step.action.takes_token() || problem.leaves_outcome_open(),
        // The call was answered, or not needed: everything was as wanted already, by somebody else.
        StepState::Waiting { .. } | StepState::Done | StepState::Kept => false,
        StepState::Sent | StepState::NotKnown { .. } | StepState::Undoing => true,
    }
}

/// What becomes of a step's thing; `None` where undo has nothing to take back.
fn item(plan: &Plan, step: &Step, outputs: &Outputs) -> Option<RemovalItem> {
    let (what, id, call) = taken_back(plan, &step.action, outputs)?;
    Some(RemovalItem {
        step: step.id.clone(),
        what,
        id,
        call: call.to_owned(),
        only_if_asked: step.action.on_undo() == OnUndo::StaysUnlessAsked,
    })
}

/// What it is, its ID or ARN, and the call.
fn taken_back(
    plan: &Plan,
    action: &Action,
    outputs: &Outputs,
) -> Option<(String, Option<String>, &'static str)> {
    let made = |what: &str, name: OutputName, call: &'static str| {
        Some((what.to_owned(), outputs.one(name).map(str::to_owned), call))
    };
    match action {
        Action::CreateResourceGateway { .. } => made(
            "Resource gateway",
            OutputName::GatewayId,
            "vpc-lattice:DeleteResourceGateway",
        ),
        Action::CreateResourceConfiguration { .. } | Action::CreateChildConfiguration { .. } => {
            made(
                "Resource configuration",
                OutputName::ConfigurationId,
                "vpc-lattice:DeleteResourceConfiguration",
            )
        }
        Action::CreateConfigurationGroup { .. } => made(
            "Resource configuration group",
            OutputName::ConfigurationId,
            "vpc-lattice:DeleteResourceConfiguration",
        ),
        Action::CreateResourceShare { .. } => made(
            "Resource share",
            OutputName::ShareArn,
            "ram:DeleteResourceShare",
        ),
        Action::UpdateGatewaySecurityGroups {
            gateway_id,
            previous_security_group_ids,
            ..
        } => Some((
            format!(
                "Security groups of the resource gateway, back to {}",
                listed(previous_security_group_ids)
            ),
            Some(gateway_id.clone()),
            "vpc-lattice:UpdateResourceGateway",
        )),
        Action::UpdateMskConnectivity {
            cluster_arn,
            previous,
            ..
        } => Some((
            format!(
                "Multi-VPC connectivity of the cluster, back to {}",
                listed(&called(*previous))
            ),
            Some(cluster_arn.clone()),
            "kafka:UpdateConnectivity",
        )),
        Action::AllowInClusterPolicy { .. } => made(
            "Statement in the cluster policy",
            OutputName::PolicySid,
            "kafka:PutClusterPolicy",
        ),
        Action::CreateTargetGroup { name, .. } => made(
            &format!("Target group {name}"),
            OutputName::TargetGroupArn,
            "elasticloadbalancing:DeleteTargetGroup",
        ),
        Action::CreateLoadBalancer { name, .. } => made(
            &format!("Network Load Balancer {name}"),
            OutputName::LoadBalancerArn,
            "elasticloadbalancing:DeleteLoadBalancer",
        ),
        Action::EnableCrossZone { load_balancer } => made(
            &format!(
                "Cross-zone load balancing of {}, off again",
                used::load_balancer(plan, load_balancer)
            ),
            OutputName::LoadBalancerArn,
            "elasticloadbalancing:ModifyLoadBalancerAttributes",
        ),
        Action::StopEnforcingInboundRules { load_balancer, .. } => made(
            &format!(
                "Inbound rules of {}, enforced on PrivateLink traffic again",
                used::load_balancer(plan, load_balancer)
            ),
            OutputName::LoadBalancerArn,
            "elasticloadbalancing:SetSecurityGroups",
        ),
        Action::CreateListener { port, .. } => made(
            &format!("Listener on TCP {port}"),
            OutputName::ListenerArn,
            "elasticloadbalancing:DeleteListener",
        ),
        Action::RegisterTargets { targets, .. } => {
            let addresses: Vec<String> = targets
                .iter()
                .map(|it| format!("{}:{}", it.address, it.port))
                .collect();
            made(
                &format!("Targets {}", addresses.join(", ")),
                OutputName::TargetGroupArn,
                "elasticloadbalancing:DeregisterTargets",
            )
        }
        Action::CreateEndpointService { name, .. } => made(
            &format!("VPC endpoint service {name}"),
            OutputName::EndpointServiceId,
            "ec2:DeleteVpcEndpointServiceConfigurations",
        ),
        Action::AllowPrincipal { principal, .. } => made(
            &format!("Account {principal} among the allowed principals"),
            OutputName::EndpointServiceId,
            "ec2:ModifyVpcEndpointServicePermissions",
        ),
        Action::AddSupportedRegion { region, .. } => made(
            &format!("{region} among the supported regions"),
            OutputName::EndpointServiceId,
            "ec2:ModifyVpcEndpointServiceConfiguration",
        ),
        Action::CreateReversePrivateEndpoint { .. } => made(
            "Reverse private endpoint",
            OutputName::EndpointId,
            "clickPipeReversePrivateEndpointDelete",
        ),
        Action::AwaitShareAcceptance { .. }
        | Action::AwaitMskConnection { .. }
        | Action::ReadBootstrapBrokers { .. }
        | Action::AwaitDnsRecord { .. }
        | Action::VerifyPrivateDns { .. }
        | Action::AcceptEndpointConnection { .. }
        | Action::AwaitConnectionAcceptance { .. }
        | Action::AwaitEndpointConnection { .. }
        | Action::AwaitEndpointReady { .. } => None,
    }
}
