//! Tags of gateways and configurations, by ARN.

use std::collections::BTreeMap;

use serde_json::json;

use super::{invalid, new_tags, not_found};
use crate::aws::{Context, Outcome, members, text, texts};
use crate::wire::Members;
use crate::wire::failure::Failure;

/// AWS's limit for one resource.
const MOST_TAGS: usize = 50;

pub(super) fn tag(context: &mut Context<'_>, input: &Members) -> Outcome {
    let added = new_tags(input)?;
    let tags = tags_of(context, input)?;
    let mut merged = tags.clone();
    merged.extend(added);
    if merged.len() > MOST_TAGS {
        return Err(invalid(format!("A resource has at most {MOST_TAGS} tags.")));
    }
    *tags = merged;
    Ok(Members::new())
}

pub(super) fn untag(context: &mut Context<'_>, input: &Members) -> Outcome {
    let keys = texts(input, "tagKeys").unwrap_or_default();
    tags_of(context, input)?.retain(|key, _| !keys.contains(key));
    Ok(Members::new())
}

pub(super) fn list(context: &mut Context<'_>, input: &Members) -> Outcome {
    let tags = tags_of(context, input)?;
    Ok(members(json!({ "tags": tags })))
}

fn tags_of<'a>(
    context: &'a mut Context<'_>,
    input: &Members,
) -> Result<&'a mut BTreeMap<String, String>, Failure> {
    let arn = text(input, "resourceArn").unwrap_or_default();
    let account = context.account().to_owned();
    let region_name = context.region.to_owned();
    let region = context.here_mut();
    let gateways = region
        .resource_gateways
        .iter_mut()
        .map(|it| (it.arn(&region_name, &account), &mut it.tags));
    let configurations = region
        .resource_configurations
        .iter_mut()
        .map(|it| (it.arn(&region_name, &account), &mut it.tags));
    gateways
        .chain(configurations)
        .find(|(own, _)| own == arn)
        .map(|(_, tags)| tags)
        .ok_or_else(|| not_found("RESOURCE", arn))
}
