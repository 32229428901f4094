//! STS: who the caller is.

use serde_json::json;

use super::{Act, Context, Outcome, members};
use crate::wire::Members;

pub(super) fn meaning(operation: &str) -> Option<(bool, Act)> {
    match operation {
        "GetCallerIdentity" => Some((false, get_caller_identity)),
        _ => None,
    }
}

#[allow(clippy::unnecessary_wraps, reason = "every operation has this type")]
fn get_caller_identity(context: &mut Context<'_>, _: &Members) -> Outcome {
    let account = &context.world.account;
    Ok(members(json!({
        "Account": account.id,
        "Arn": account.user_arn,
        "UserId": account.user_id,
    })))
}
