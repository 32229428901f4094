//! Resource Access Manager: shares of resource configurations with other accounts.

mod associations;
mod shares;
mod tags;

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Act, Context, Outcome, number, page, text, texts};
use crate::wire::Members;
use crate::wire::failure::Failure;
use crate::world::share::ResourceShare;

pub(super) fn meaning(operation: &str) -> Option<(bool, Act)> {
    let (writes, act): (bool, Act) = match operation {
        "CreateResourceShare" => (true, shares::create),
        "GetResourceShares" => (false, shares::get),
        "DeleteResourceShare" => (true, shares::delete),
        "GetResourceShareAssociations" => (false, associations::get),
        "AssociateResourceShare" => (true, associations::associate),
        "DisassociateResourceShare" => (true, associations::disassociate),
        "TagResource" => (true, tags::tag),
        "UntagResource" => (true, tags::untag),
        _ => return None,
    };
    Some((writes, act))
}

fn invalid(message: impl Into<String>) -> Failure {
    Failure::new("InvalidParameterException", 400, message)
}

fn unknown_share(arn: &str) -> Failure {
    let message = format!("ResourceShare {arn} could not be found.");
    Failure::new("UnknownResourceException", 400, message)
}

fn malformed(arn: &str) -> Failure {
    Failure::new(
        "MalformedArnException",
        400,
        format!("The ARN {arn} is not valid."),
    )
}

/// Most that a page of RAM looks through, whatever the request asks for. Filters apply after it: a
/// page can be empty while there is a next one, as on the real service.
const SERVER_PAGE: usize = 3;

/// Pages through all items, then filters within the page.
fn listed<T>(
    input: &Members,
    name: &str,
    items: Vec<T>,
    shown: impl Fn(&T) -> Option<Value>,
) -> Outcome {
    let size = number(input, "maxResults")
        .unwrap_or(SERVER_PAGE)
        .min(SERVER_PAGE);
    let (items, next) = page::page(items, Some(size), text(input, "nextToken"), || {
        Failure::new(
            "InvalidNextTokenException",
            400,
            "The specified nextToken is not valid.",
        )
    })?;
    let shown: Vec<Value> = items.iter().filter_map(shown).collect();
    let mut output = Members::new();
    output.insert(name.to_owned(), shown.into());
    output.insert("nextToken".to_owned(), next.into());
    Ok(output)
}

/// The shares that a request names by ARN; every ARN must be of a share that is still listed.
fn named_shares(context: &Context<'_>, input: &Members) -> Result<Option<Vec<String>>, Failure> {
    let arns = texts(input, "resourceShareArns");
    for arn in arns.iter().flatten() {
        find(context, arn)?;
    }
    Ok(arns)
}

fn find<'a>(context: &'a Context<'_>, arn: &str) -> Result<&'a ResourceShare, Failure> {
    if !arn.starts_with("arn:aws:ram:") || !arn.contains(":resource-share/") {
        return Err(malformed(arn));
    }
    context.here().share(arn).ok_or_else(|| unknown_share(arn))
}

/// `[{key, value}]`, as RAM writes tags.
fn tag_list(tags: &BTreeMap<String, String>) -> Value {
    tags.iter()
        .map(|(key, value)| serde_json::json!({ "key": key, "value": value }))
        .collect::<Vec<_>>()
        .into()
}

fn given_tags(input: &Members) -> Result<BTreeMap<String, String>, Failure> {
    let mut tags = BTreeMap::new();
    for tag in input
        .get("tags")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
    {
        let key = tag["key"]
            .as_str()
            .filter(|key| !key.is_empty() && key.len() <= 128);
        let key = key.ok_or_else(|| invalid("A tag needs a key of 1 to 128 characters."))?;
        if key.to_ascii_lowercase().starts_with("aws:") {
            return Err(invalid("Tag keys that start with aws: are reserved."));
        }
        tags.insert(
            key.to_owned(),
            tag["value"].as_str().unwrap_or_default().to_owned(),
        );
    }
    if tags.len() > 50 {
        return Err(Failure::new(
            "TagLimitExceededException",
            400,
            "A resource has at most 50 tags.",
        ));
    }
    Ok(tags)
}

fn mismatch() -> Failure {
    Failure::new(
        "IdempotentParameterMismatchException",
        400,
        "The client token was used before with other parameters.",
    )
}
