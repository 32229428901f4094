//! Other security groups for a gateway that is there: a plan of its own, of one step.

use super::planning::{sorted, used_gateway};
use super::reuse::is_own;
use super::steps::step;
use crate::facts::Identity;
use crate::facts::lattice::ResourceGateway;
use crate::names::{self, Field, FieldError};
use crate::step::{Action, PathKind, Plan, SourceRef};

/// The plan that gives a gateway other security groups, or every field that stands against it. `gateway` is
/// the gateway as read just now: what it has then is what an undo gives back to it.
pub fn change_gateway_groups(
    identity: &Identity,
    gateway: &ResourceGateway,
    source: &SourceRef,
    security_group_ids: &[String],
) -> Result<Plan, Vec<FieldError>> {
    let new = sorted(security_group_ids);
    let previous = sorted(&gateway.security_group_ids);
    let wrong: Vec<FieldError> = [
        changeable(identity, gateway).err(),
        names::security_groups(&new).err(),
        (new == previous).then(|| {
            FieldError::new(
                Field::SecurityGroups,
                "Choose other security groups than those the gateway has.",
            )
        }),
    ]
    .into_iter()
    .flatten()
    .collect();
    if !wrong.is_empty() {
        return Err(wrong);
    }
    Ok(Plan {
        path: PathKind::VpcResource,
        account_id: identity.account_id.clone(),
        region: identity.region.clone(),
        source: source.clone(),
        uses: vec![used_gateway(gateway)],
        steps: vec![step(
            "gateway",
            Action::UpdateGatewaySecurityGroups {
                gateway_id: gateway.id.clone(),
                security_group_ids: new,
                previous_security_group_ids: previous,
            },
        )],
    })
}

fn changeable(identity: &Identity, gateway: &ResourceGateway) -> Result<(), FieldError> {
    let wrong = |rule: &str| Err(FieldError::new(Field::Gateway, rule));
    if !is_own(&gateway.arn, &identity.account_id) || gateway.service_managed {
        return wrong("Choose a resource gateway of your own account that no AWS service manages.");
    }
    // After a change that AWS failed at, the next one is the way out (docs/ASSUMPTIONS.md).
    if !matches!(gateway.status.as_str(), "ACTIVE" | "UPDATE_FAILED") {
        return wrong("Wait until the resource gateway is ACTIVE, then try again.");
    }
    Ok(())
}
