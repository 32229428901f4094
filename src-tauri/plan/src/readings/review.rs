//! The review: for each step what will exist, the exact call, the right it needs, undo and cost.

mod calls;
mod titles;
mod words;

use serde::{Deserialize, Serialize};

use super::billed::{Billed, billed};
use super::rights;
use crate::step::{Plan, Step, StepId};

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
    let mut steps: Vec<ReviewStep> = plan.steps.iter().map(|step| of_step(plan, step)).collect();
    titles::tell_apart(plan, &mut steps);
    steps
}

fn of_step(plan: &Plan, step: &Step) -> ReviewStep {
    let words = words::words(plan, &step.action);
    let call = calls::call(plan, &step.action);
    ReviewStep {
        id: step.id.clone(),
        title: words.title,
        result: words.result,
        call: call.name,
        request: format!("{:#}", call.request),
        cli: call.command,
        rights: rights::to_apply(&step.action)
            .into_iter()
            .map(str::to_owned)
            .collect(),
        waits_for: words.waits_for,
        usual_seconds: words.usual_seconds,
        undo: words.undo,
        billed: billed(&step.action),
    }
}
