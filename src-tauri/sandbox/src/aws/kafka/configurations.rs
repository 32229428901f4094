//! What the brokers of a cluster are configured with.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use super::{Context, Outcome, bad_request, members, not_found, text};
use crate::wire::Members;

pub(super) fn describe_revision(context: &mut Context<'_>, input: &Members) -> Outcome {
    let arn = text(input, "Arn").unwrap_or_default();
    let revision = input.get("Revision").and_then(serde_json::Value::as_i64);
    if !arn.starts_with("arn:") || !arn.contains(":configuration/") {
        let message = "One or more of the parameters are not valid: the configuration ARN.";
        return Err(bad_request(message, "arn"));
    }
    let found = context
        .here()
        .msk_configurations
        .iter()
        .find(|it| it.arn(context.region, context.account()) == arn)
        .ok_or_else(|| not_found(format!("The configuration {arn} does not exist."), "arn"))?;
    let revision = found
        .revisions
        .iter()
        .find(|it| Some(it.revision) == revision)
        .ok_or_else(|| {
            let message = "The configuration has no such revision.";
            not_found(message, "revision")
        })?;
    Ok(members(json!({
        "Arn": arn,
        "CreationTime": revision.created_at.to_string(),
        "Description": revision.description,
        "Revision": revision.revision,
        "ServerProperties": STANDARD.encode(revision.properties.join("\n")),
    })))
}
