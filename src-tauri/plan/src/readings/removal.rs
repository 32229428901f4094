//! What deleting a run's things takes: in which order, and what would break.
//!
//! Only what the run made, or changed, is ever an item: what its plan uses was there before, and stays.

mod breaks;

use serde::{Deserialize, Serialize};

use super::words::listed;
use crate::facts::RegionFacts;
use crate::facts::clickhouse::{ClickPipe, ReversePrivateEndpoint};
use crate::facts::lattice::EndpointAssociation;
use crate::observed::Observed;
use crate::problem::Problem;
use crate::run::{Run, RunStep, StepState};
use crate::step::{Action, OutputName, Outputs, Step, StepId};

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

/// What undoing the run deletes, last thing first, and what would break, as far as was read.
///
/// `associations` are those of the configuration that the run made; `endpoints` and `pipes` those of the services
/// that may use it.
pub fn removal(
    run: &Run,
    region: &RegionFacts,
    associations: &Observed<Vec<EndpointAssociation>>,
    endpoints: &Observed<Vec<ReversePrivateEndpoint>>,
    pipes: &Observed<Vec<ClickPipe>>,
) -> Removal {
    let there = what_is_there(run);
    let items = there
        .iter()
        .rev()
        .filter_map(|(step, outputs)| item(step, outputs))
        .collect();
    let seen = breaks::Seen {
        region,
        associations,
        endpoints,
        pipes,
    };
    let (breaks, unread) = breaks::breaks(&run.plan.source, &there, &seen);
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
        StepState::Pending | StepState::Undone | StepState::Kept => false,
        _ if !state.outputs.0.is_empty() => true,
        // What takes a token is attempted more than once within a call, and the last answer is what is known: the
        // first attempt may have taken effect with its answer lost. The undo looks, and deletes what it finds.
        StepState::Failed { problem } => step.action.takes_token() || problem.leaves_outcome_open(),
        // The call was answered, or not needed: everything was as wanted already, by somebody else.
        StepState::Waiting { .. } | StepState::Done => false,
        StepState::Sent | StepState::NotKnown { .. } | StepState::Undoing => true,
    }
}

/// What becomes of a step's thing; `None` for a wait, which makes nothing.
fn item(step: &Step, outputs: &Outputs) -> Option<RemovalItem> {
    let made = |name: OutputName| outputs.one(name).map(str::to_owned);
    let (what, id, call) = match &step.action {
        Action::CreateResourceGateway { .. } => (
            "Resource gateway".to_owned(),
            made(OutputName::GatewayId),
            "vpc-lattice:DeleteResourceGateway",
        ),
        Action::CreateResourceConfiguration { .. } => (
            "Resource configuration".to_owned(),
            made(OutputName::ConfigurationId),
            "vpc-lattice:DeleteResourceConfiguration",
        ),
        Action::CreateResourceShare { .. } => (
            "Resource share".to_owned(),
            made(OutputName::ShareArn),
            "ram:DeleteResourceShare",
        ),
        Action::CreateReversePrivateEndpoint { .. } => (
            "Reverse private endpoint".to_owned(),
            made(OutputName::EndpointId),
            "clickPipeReversePrivateEndpointDelete",
        ),
        Action::UpdateGatewaySecurityGroups {
            gateway_id,
            previous_security_group_ids,
            ..
        } => (
            format!(
                "Security groups of the resource gateway, back to {}",
                listed(previous_security_group_ids)
            ),
            Some(gateway_id.clone()),
            "vpc-lattice:UpdateResourceGateway",
        ),
        Action::AwaitShareAcceptance { .. } => return None,
        _ => unimplemented!("NOT WRITTEN YET"),
    };
    Some(RemovalItem {
        step: step.id.clone(),
        what,
        id,
        call: call.to_owned(),
    })
}
