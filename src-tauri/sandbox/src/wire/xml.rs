//! Writes XML by shape, for the EC2 and AWS query protocols.

use std::fmt::Write;

use quick_xml::escape::escape;
use serde_json::Value;

use super::Members;
use super::model::{Kind, Model, Protocol, Shape};

/// The members of a structure as elements, by the model's wire names. A member that the model does
/// not have is an error of the sandbox and is reported as such.
pub(crate) fn members(
    model: &Model,
    shape: &Shape,
    members: &Members,
    out: &mut String,
) -> Result<(), UnknownMember> {
    for (name, value) in members {
        if value.is_null() {
            continue;
        }
        let reference = shape
            .members
            .get(name)
            .ok_or_else(|| UnknownMember(name.clone()))?;
        let tag = reference.location_name.as_deref().unwrap_or(name);
        let target = model.shape(reference);
        element(model, target, tag, value, out)?;
    }
    Ok(())
}

/// A member that the output's model does not have.
#[derive(Debug, thiserror::Error)]
#[error("the output has no member {0}")]
pub(crate) struct UnknownMember(pub(crate) String);

fn element(
    model: &Model,
    shape: &Shape,
    tag: &str,
    value: &Value,
    out: &mut String,
) -> Result<(), UnknownMember> {
    match (shape.kind, value) {
        (Kind::List, Value::Array(items)) => {
            let Some(reference) = &shape.member else {
                return Ok(());
            };
            let item_shape = model.shape(reference);
            let item_tag = reference.location_name.as_deref().unwrap_or("member");
            let wrapped = !shape.flattened || model.metadata.protocol == Protocol::Ec2;
            if wrapped {
                open(tag, out);
            }
            for item in items {
                element(
                    model,
                    item_shape,
                    if wrapped { item_tag } else { tag },
                    item,
                    out,
                )?;
            }
            if wrapped {
                close(tag, out);
            }
        }
        (Kind::Structure, Value::Object(inner)) => {
            open(tag, out);
            members(model, shape, inner, out)?;
            close(tag, out);
        }
        (_, value) => leaf(tag, value, out),
    }
    Ok(())
}

/// One element with text.
pub(crate) fn leaf(tag: &str, value: &Value, out: &mut String) {
    open(tag, out);
    match value {
        Value::String(text) => out.push_str(&escape(text.as_str())),
        // Writing to a String cannot fail.
        other => drop(write!(out, "{other}")),
    }
    close(tag, out);
}

pub(crate) fn open(tag: &str, out: &mut String) {
    out.push('<');
    out.push_str(tag);
    out.push('>');
}

pub(crate) fn close(tag: &str, out: &mut String) {
    out.push_str("</");
    out.push_str(tag);
    out.push('>');
}
