//! VPC Lattice, as far as PrivateLink resources go: gateways, configurations, who is attached, tags.

mod associations;
mod configurations;
mod gateways;
mod tags;
mod targets;

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Act, Context, Outcome, members, number, page, text};
use crate::wire::Members;
use crate::wire::failure::{Failure, lattice_validation};

pub(super) fn meaning(operation: &str) -> Option<(bool, Act)> {
    let (writes, act): (bool, Act) = match operation {
        "CreateResourceGateway" => (true, gateways::create),
        "GetResourceGateway" => (false, gateways::get),
        "ListResourceGateways" => (false, gateways::list),
        "UpdateResourceGateway" => (true, gateways::update),
        "DeleteResourceGateway" => (true, gateways::delete),
        "CreateResourceConfiguration" => (true, configurations::create),
        "GetResourceConfiguration" => (false, configurations::get),
        "ListResourceConfigurations" => (false, configurations::list),
        "UpdateResourceConfiguration" => (true, configurations::update),
        "DeleteResourceConfiguration" => (true, configurations::delete),
        "ListResourceEndpointAssociations" => (false, associations::list),
        "DeleteResourceEndpointAssociation" => (true, associations::delete),
        "TagResource" => (true, tags::tag),
        "UntagResource" => (true, tags::untag),
        "ListTagsForResource" => (false, tags::list),
        _ => return None,
    };
    Some((writes, act))
}

const GATEWAY: &str = "RESOURCE_GATEWAY";
const CONFIGURATION: &str = "RESOURCE_CONFIGURATION";
const ASSOCIATION: &str = "RESOURCE_ENDPOINT_ASSOCIATION";

fn not_found(kind: &'static str, id: &str) -> Failure {
    Failure::new(
        "ResourceNotFoundException",
        404,
        format!("{kind} {id} not found"),
    )
    .with("resourceId", id)
    .with("resourceType", kind)
}

fn conflict(kind: &'static str, id: &str, message: impl Into<String>) -> Failure {
    Failure::new("ConflictException", 409, message)
        .with("resourceId", id)
        .with("resourceType", kind)
}

fn invalid(message: impl Into<String>) -> Failure {
    lattice_validation("other", message)
}

fn quota(kind: &'static str, code: &'static str, message: &str) -> Failure {
    Failure::new("ServiceQuotaExceededException", 402, message)
        .with("resourceType", kind)
        .with("serviceCode", "vpc-lattice")
        .with("quotaCode", code)
}

/// The ID in an identifier, which is an ID or an ARN. The ARN of another region or account names
/// nothing here.
fn id_of<'a>(context: &Context<'_>, identifier: &'a str) -> &'a str {
    let mut parts = identifier.splitn(6, ':');
    let local = parts.nth(3) == Some(context.region) && parts.next() == Some(context.account());
    match parts.next().and_then(|resource| resource.split_once('/')) {
        Some((_, id)) if local => id,
        _ => identifier,
    }
}

fn listed(input: &Members, items: Vec<Value>) -> Outcome {
    let size = number(input, "maxResults").unwrap_or(100);
    let (items, next) = page::page(items, Some(size), text(input, "nextToken"), || {
        lattice_validation("fieldValidationFailed", "The nextToken is not valid.")
    })?;
    Ok(members(json!({ "items": items, "nextToken": next })))
}

/// Tags of a create call. AWS keeps the prefix `aws:` for itself.
fn new_tags(input: &Members) -> Result<BTreeMap<String, String>, Failure> {
    let given = input.get("tags").and_then(Value::as_object);
    let tags: BTreeMap<String, String> = given
        .into_iter()
        .flatten()
        .filter_map(|(key, value)| Some((key.clone(), value.as_str()?.to_owned())))
        .collect();
    if tags
        .keys()
        .any(|key| key.to_ascii_lowercase().starts_with("aws:"))
    {
        return Err(invalid("Tag keys that start with aws: are reserved."));
    }
    Ok(tags)
}
