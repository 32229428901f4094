//! The cluster policy: read, written under the version that was read, deleted.

use serde_json::json;

use super::{Context, Outcome, bad_request, cluster, members, not_found, text};
use crate::wire::Members;
use crate::wire::failure::Failure;
use crate::world::msk::{ClusterPolicy, PolicyError, new_version, read_policy};

pub(super) fn get(context: &mut Context<'_>, input: &Members) -> Outcome {
    let found = cluster(context, "GetClusterPolicy", input)?;
    let policy = found.policy.as_ref().ok_or_else(no_policy)?;
    Ok(members(json!({
        "CurrentVersion": policy.version,
        "Policy": policy.document.to_string(),
    })))
}

pub(super) fn put(context: &mut Context<'_>, input: &Members) -> Outcome {
    const VERSION: &str = "currentVersion";
    let found = cluster(context, "PutClusterPolicy", input)?;
    let arn = found.arn(context.region, context.account());
    let document =
        read_policy(text(input, "Policy").unwrap_or_default()).map_err(|why| malformed(&why))?;
    match (&found.policy, text(input, "CurrentVersion")) {
        (None, None) => {}
        (Some(present), Some(given)) if present.version == given => {}
        (Some(_), None) => {
            // hashicorp/terraform-provider-aws#35538 has this text.
            let message = "Current cluster policy version needed for Update";
            return Err(bad_request(message, VERSION));
        }
        (_, Some(_)) => {
            let message = "The current version is not the version of the cluster policy.";
            return Err(bad_request(message, VERSION));
        }
    }
    let version = new_version();
    if let Some(found) = context.here_mut().msk_cluster_mut(&arn) {
        found.policy = Some(ClusterPolicy {
            version: version.clone(),
            document,
        });
    }
    Ok(members(json!({ "CurrentVersion": version })))
}

pub(super) fn delete(context: &mut Context<'_>, input: &Members) -> Outcome {
    let found = cluster(context, "DeleteClusterPolicy", input)?;
    if found.policy.is_none() {
        return Err(no_policy());
    }
    let arn = found.arn(context.region, context.account());
    if let Some(found) = context.here_mut().msk_cluster_mut(&arn) {
        found.policy = None;
    }
    Ok(Members::new())
}

fn no_policy() -> Failure {
    not_found("The cluster has no policy.", "clusterArn")
}

fn malformed(why: &PolicyError) -> Failure {
    bad_request(format!("The policy is not valid: {why}."), "policy")
}
