//! Tags of load balancers, listeners and target groups.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{MOST_NAMED, invalid, no_listener, no_load_balancer, no_target_group};
use crate::aws::{Context, Outcome, members, texts};
use crate::wire::Members;
use crate::wire::failure::Failure;

/// The most tags that a resource has.
const MOST_TAGS: usize = 50;

type Tags = BTreeMap<String, String>;

/// The tags of a create call.
pub(super) fn new_tags(input: &Members) -> Result<Tags, Failure> {
    let mut tags = Tags::new();
    let given = input.get("Tags").and_then(Value::as_array);
    for tag in given.into_iter().flatten() {
        let key = tag["Key"].as_str().unwrap_or_default();
        let value = tag["Value"].as_str().unwrap_or_default();
        if key.to_ascii_lowercase().starts_with("aws:") {
            let message = "Tag keys that begin with aws: are reserved for system use.";
            return Err(invalid(message));
        }
        if tags.insert(key.to_owned(), value.to_owned()).is_some() {
            let message = format!("The tag key '{key}' is given twice.");
            return Err(Failure::new("DuplicateTagKeysException", 400, message));
        }
    }
    if tags.len() > MOST_TAGS {
        let message = format!("A resource has at most {MOST_TAGS} tags.");
        return Err(Failure::new("TooManyTagsException", 400, message));
    }
    Ok(tags)
}

pub(super) fn describe(context: &mut Context<'_>, input: &Members) -> Outcome {
    let arns = texts(input, "ResourceArns").unwrap_or_default();
    if arns.is_empty() || arns.len() > MOST_NAMED {
        let message = format!("1 to {MOST_NAMED} resources can be described in one call.");
        return Err(invalid(message));
    }
    let described = arns
        .iter()
        .map(|arn| {
            let tags = tags_of(context, arn)?.iter();
            let tags: Vec<_> = tags
                .map(|(key, value)| json!({ "Key": key, "Value": value }))
                .collect();
            Ok(json!({ "ResourceArn": arn, "Tags": tags }))
        })
        .collect::<Result<Vec<_>, Failure>>()?;
    Ok(members(json!({ "TagDescriptions": described })))
}

fn tags_of<'a>(context: &'a Context<'_>, arn: &str) -> Result<&'a Tags, Failure> {
    let region = context.here();
    let resource = arn.splitn(6, ':').nth(5).unwrap_or_default();
    match resource.split_once('/') {
        Some(("loadbalancer", _)) => {
            let found = region.load_balancer(arn).map(|it| &it.tags);
            found.ok_or_else(|| no_load_balancer(arn))
        }
        Some(("targetgroup", _)) => {
            let found = region.target_group(arn).map(|it| &it.tags);
            found.ok_or_else(|| no_target_group(arn))
        }
        Some(("listener", _)) => {
            let found = region.listener(arn).map(|it| &it.tags);
            found.ok_or_else(|| no_listener(arn))
        }
        _ => Err(invalid(format!("'{arn}' is not a valid resource ARN"))),
    }
}
