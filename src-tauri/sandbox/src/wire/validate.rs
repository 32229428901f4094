//! Holds a read input to the model's constraints: required members, enums, patterns, lengths, ranges,
//! and that a union has exactly one member. Clients written in Rust send anything: their SDK checks
//! nothing in a body.

use serde_json::Value;

use super::Members;
use super::failure::{Failure, Invalid};
use super::model::{Kind, Model, Operation, Shape};

/// The first constraint that the input breaks, as the service words it.
pub(crate) fn input(
    service: &str,
    model: &Model,
    operation: &Operation,
    members: &Members,
) -> Result<(), Failure> {
    let Some(reference) = &operation.input else {
        return Ok(());
    };
    let checker = Checker { model };
    checker
        .structure(model.shape(reference), members, "")
        .map_err(|(field, why)| Failure::invalid(service, model.metadata.protocol, &field, &why))
}

type Broken = (String, Invalid);

struct Checker<'a> {
    model: &'a Model,
}

impl Checker<'_> {
    fn structure(&self, shape: &Shape, members: &Members, path: &str) -> Result<(), Broken> {
        for required in &shape.required {
            if !members.contains_key(required) {
                return Err((join(path, required), Invalid::Missing));
            }
        }
        if shape.union && members.len() != 1 {
            return Err((path.to_owned(), value("must have exactly one member set")));
        }
        for (name, given) in members {
            if let Some(reference) = shape.members.get(name) {
                self.value(self.model.shape(reference), given, &join(path, name))?;
            }
        }
        Ok(())
    }

    fn value(&self, shape: &Shape, given: &Value, path: &str) -> Result<(), Broken> {
        match (shape.kind, given) {
            (Kind::Structure, Value::Object(members)) => self.structure(shape, members, path),
            (Kind::List, Value::Array(items)) => {
                size(shape, items.len(), path, "items")?;
                let Some(member) = &shape.member else {
                    return Ok(());
                };
                items.iter().enumerate().try_for_each(|(index, item)| {
                    self.value(
                        self.model.shape(member),
                        item,
                        &format!("{path}.{}", index + 1),
                    )
                })
            }
            (Kind::Map, Value::Object(entries)) => {
                size(shape, entries.len(), path, "entries")?;
                for (key, item) in entries {
                    if let Some(reference) = &shape.key {
                        let key_path = format!("{path}.key");
                        self.value(
                            self.model.shape(reference),
                            &Value::from(key.clone()),
                            &key_path,
                        )?;
                    }
                    if let Some(reference) = &shape.value {
                        self.value(self.model.shape(reference), item, &join(path, key))?;
                    }
                }
                Ok(())
            }
            (Kind::String, Value::String(text)) => string(shape, text, path),
            (Kind::Integer | Kind::Long | Kind::Float | Kind::Double, Value::Number(number)) => {
                let number = number.as_f64().unwrap_or_default();
                let low = shape.min.is_some_and(|min| number < min);
                let high = shape.max.is_some_and(|max| number > max);
                if low || high {
                    return Err((path.to_owned(), value(range(shape, "must be"))));
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }
}

fn string(shape: &Shape, text: &str, path: &str) -> Result<(), Broken> {
    size(shape, text.chars().count(), path, "characters")?;
    if !shape.values.is_empty() && !shape.values.iter().any(|allowed| allowed == text) {
        let allowed = shape.values.join(", ");
        return Err((
            path.to_owned(),
            value(format!("must be one of [{allowed}]")),
        ));
    }
    if !shape.matches(text) {
        let pattern = shape.pattern.as_deref().unwrap_or_default();
        return Err((
            path.to_owned(),
            value(format!("must match the pattern {pattern}")),
        ));
    }
    Ok(())
}

#[allow(
    clippy::cast_precision_loss,
    reason = "lengths of requests are far below 2^52"
)]
fn size(shape: &Shape, count: usize, path: &str, what: &str) -> Result<(), Broken> {
    let count = count as f64;
    if shape.min.is_some_and(|min| count < min) || shape.max.is_some_and(|max| count > max) {
        let reason = range(shape, &format!("must have a number of {what}"));
        return Err((path.to_owned(), value(reason)));
    }
    Ok(())
}

fn range(shape: &Shape, lead: &str) -> String {
    match (shape.min, shape.max) {
        (Some(min), Some(max)) => format!("{lead} between {min} and {max}"),
        (Some(min), None) => format!("{lead} at least {min}"),
        (None, Some(max)) => format!("{lead} at most {max}"),
        (None, None) => lead.to_owned(),
    }
}

fn value(reason: impl Into<String>) -> Invalid {
    Invalid::Value(reason.into())
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() {
        name.to_owned()
    } else {
        format!("{path}.{name}")
    }
}
