//! What a plan builds upon, in words: things that were there before, which stay as they are.

use crate::step::{Action, Plan, Used};

/// One sentence for each thing the plan uses, in the plan's order.
pub fn used(plan: &Plan) -> Vec<String> {
    plan.uses.iter().map(|used| sentence(plan, used)).collect()
}

fn sentence(plan: &Plan, used: &Used) -> String {
    match used {
        Used::ResourceGateway { id, name, .. } if changes(plan, id) => format!(
            "Changes resource gateway {name} ({id}), which was there before: undo never deletes it."
        ),
        Used::ResourceGateway { id, name, .. } => {
            format!(
                "Uses resource gateway {name} ({id}), which stays as it is: undo leaves it in place."
            )
        }
        Used::ResourceConfiguration { id, name, .. } => format!(
            "Uses resource configuration {name} ({id}), which stays as it is: undo leaves it in place."
        ),
        _ => unimplemented!("NOT WRITTEN YET"),
    }
}

/// Whether a step of the plan changes a gateway that was there before.
fn changes(plan: &Plan, gateway: &str) -> bool {
    plan.steps.iter().any(|step| {
        matches!(&step.action, Action::UpdateGatewaySecurityGroups { gateway_id, .. } if gateway_id == gateway)
    })
}

/// A gateway's name and ID, or its ID where the plan does not name it.
pub(super) fn gateway(plan: &Plan, gateway_id: &str) -> String {
    plan.uses
        .iter()
        .find_map(|used| match used {
            Used::ResourceGateway { id, name, .. } if id == gateway_id => {
                Some(format!("resource gateway {name} ({id})"))
            }
            _ => None,
        })
        .unwrap_or_else(|| format!("resource gateway {gateway_id}"))
}
