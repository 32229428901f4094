//! Reads REST-JSON requests: which operation a method and path name, and its members from path,
//! query string, headers and JSON body.

use serde_json::{Number, Value};

use super::Members;
use super::failure::{Failure, Invalid};
use super::model::{Kind, Location, Model, Operation, Reference, Shape};
use super::request::Request;

/// The operation whose method and path template fit.
pub(crate) fn operation<'m>(model: &'m Model, request: &Request) -> Option<&'m Operation> {
    let path = raw_segments(&request.path);
    model.operations.values().find(|operation| {
        let template = raw_segments(template_path(operation));
        operation.http.method == request.method
            && template.len() == path.len()
            && template
                .iter()
                .zip(&path)
                .all(|(label, segment)| is_label(label) && !segment.is_empty() || label == segment)
    })
}

/// The operation's input, by member name; types are checked here, constraints in `validate`.
pub(crate) fn input(
    service: &str,
    model: &Model,
    operation: &Operation,
    request: &Request,
) -> Result<Members, Failure> {
    let Some(reference) = &operation.input else {
        return Ok(Members::new());
    };
    let shape = model.shape(reference);
    let reader = Reader { service, model };
    let body = Reader::body(request)?;
    let query = request.query_pairs();
    let mut members = Members::new();
    for (name, member) in &shape.members {
        let wire_name = member.location_name.as_deref().unwrap_or(name);
        let target = model.shape(member);
        let value = match member.location {
            Some(Location::Uri) => label(operation, request, wire_name)
                .map(|text| reader.scalar(target, name, text))
                .transpose()?,
            Some(Location::Querystring) => reader.query_member(target, name, wire_name, &query)?,
            Some(Location::Header) => request
                .header(&wire_name.to_ascii_lowercase())
                .map(|text| reader.scalar(target, name, text.to_owned()))
                .transpose()?,
            Some(Location::Headers | Location::StatusCode) => None,
            None => body
                .get(wire_name)
                .filter(|value| !value.is_null())
                .map(|value| reader.json(member, name, value))
                .transpose()?,
        };
        if let Some(value) = value {
            members.insert(name.clone(), value);
        }
    }
    Ok(members)
}

fn template_path(operation: &Operation) -> &str {
    let uri = &operation.http.request_uri;
    uri.split_once('?').map_or(uri.as_str(), |(path, _)| path)
}

fn raw_segments(path: &str) -> Vec<&str> {
    path.trim_matches('/').split('/').collect()
}

fn is_label(segment: &str) -> bool {
    segment.starts_with('{')
}

fn label(operation: &Operation, request: &Request, name: &str) -> Option<String> {
    let decoded = request.segments();
    raw_segments(template_path(operation))
        .iter()
        .zip(decoded)
        .find(|(template, _)| template.trim_matches(['{', '}', '+']) == name && is_label(template))
        .map(|(_, segment)| segment)
}

/// Reads values of one service by its model.
pub(super) struct Reader<'a> {
    pub(super) service: &'a str,
    pub(super) model: &'a Model,
}

impl Reader<'_> {
    fn invalid(&self, field: &str, reason: impl Into<String>) -> Failure {
        Failure::invalid(
            self.service,
            self.model.metadata.protocol,
            field,
            &Invalid::Value(reason.into()),
        )
    }

    /// The request's body as a JSON object.
    pub(super) fn body(request: &Request) -> Result<Members, Failure> {
        if request.body.iter().all(u8::is_ascii_whitespace) {
            return Ok(Members::new());
        }
        match serde_json::from_slice(&request.body) {
            Ok(Value::Object(members)) => Ok(members),
            _ => Err(Failure::new(
                "SerializationException",
                400,
                "The request body is not a JSON object.",
            )),
        }
    }

    fn query_member(
        &self,
        shape: &Shape,
        name: &str,
        wire_name: &str,
        pairs: &[(String, String)],
    ) -> Result<Option<Value>, Failure> {
        let mut values = pairs
            .iter()
            .filter(|(key, _)| key == wire_name)
            .map(|(_, v)| v.clone());
        if let (Kind::List, Some(member)) = (shape.kind, &shape.member) {
            let items = values
                .map(|text| self.scalar(self.model.shape(member), name, text))
                .collect::<Result<Vec<_>, _>>()?;
            return Ok((!items.is_empty()).then_some(Value::Array(items)));
        }
        values
            .next()
            .map(|text| self.scalar(shape, name, text))
            .transpose()
    }

    /// The members of a structure that is a whole body.
    pub(super) fn document(&self, shape: &Shape, body: &Members) -> Result<Members, Failure> {
        let mut members = Members::new();
        for (name, member) in &shape.members {
            let wire_name = member.location_name.as_deref().unwrap_or(name);
            if let Some(value) = body.get(wire_name).filter(|value| !value.is_null()) {
                members.insert(name.clone(), self.json(member, name, value)?);
            }
        }
        Ok(members)
    }

    fn scalar(&self, shape: &Shape, name: &str, text: String) -> Result<Value, Failure> {
        scalar(shape.kind, text).map_err(|reason| self.invalid(name, reason))
    }

    /// A JSON value as the shape has it, with member names instead of wire names.
    fn json(&self, reference: &Reference, path: &str, value: &Value) -> Result<Value, Failure> {
        let shape = self.model.shape(reference);
        let wrong = |wanted: &str| self.invalid(path, format!("must be {wanted}"));
        Ok(match shape.kind {
            Kind::Structure => {
                let given = value.as_object().ok_or_else(|| wrong("an object"))?;
                let mut members = Members::new();
                for (name, member) in &shape.members {
                    let wire_name = member.location_name.as_deref().unwrap_or(name);
                    if let Some(inner) = given.get(wire_name).filter(|inner| !inner.is_null()) {
                        let inner = self.json(member, &format!("{path}.{name}"), inner)?;
                        members.insert(name.clone(), inner);
                    }
                }
                // A union's unknown member is not ignored: exactly one must be set.
                if shape.union && members.is_empty() && !given.is_empty() {
                    return Err(self.invalid(path, "has an unknown member"));
                }
                Value::Object(members)
            }
            Kind::List => {
                let items = value.as_array().ok_or_else(|| wrong("a list"))?;
                let Some(member) = &shape.member else {
                    return Err(wrong("a list"));
                };
                items
                    .iter()
                    .enumerate()
                    .map(|(index, item)| self.json(member, &format!("{path}.{}", index + 1), item))
                    .collect::<Result<Vec<_>, _>>()?
                    .into()
            }
            Kind::Map => {
                let entries = value.as_object().ok_or_else(|| wrong("an object"))?;
                let Some(member) = &shape.value else {
                    return Err(wrong("an object"));
                };
                entries
                    .iter()
                    .map(|(key, item)| {
                        Ok((
                            key.clone(),
                            self.json(member, &format!("{path}.{key}"), item)?,
                        ))
                    })
                    .collect::<Result<Members, Failure>>()?
                    .into()
            }
            Kind::String | Kind::Character | Kind::Blob => {
                value.as_str().ok_or_else(|| wrong("a string"))?.into()
            }
            Kind::Boolean => value
                .as_bool()
                .ok_or_else(|| wrong("true or false"))?
                .into(),
            Kind::Integer | Kind::Long => value
                .as_i64()
                .ok_or_else(|| wrong("a whole number"))?
                .into(),
            Kind::Float | Kind::Double => value.as_f64().ok_or_else(|| wrong("a number"))?.into(),
            Kind::Timestamp => match value {
                Value::Number(_) | Value::String(_) => value.clone(),
                _ => return Err(wrong("a timestamp")),
            },
        })
    }
}

/// Text from a path, query string, header or form as a value of a scalar shape.
pub(crate) fn scalar(kind: Kind, text: String) -> Result<Value, &'static str> {
    match kind {
        Kind::Integer | Kind::Long => text
            .parse::<i64>()
            .map(Value::from)
            .map_err(|_| "must be a whole number"),
        Kind::Float | Kind::Double => text
            .parse::<f64>()
            .ok()
            .and_then(Number::from_f64)
            .map(Value::Number)
            .ok_or("must be a number"),
        Kind::Boolean => match text.as_str() {
            "true" => Ok(true.into()),
            "false" => Ok(false.into()),
            _ => Err("must be true or false"),
        },
        _ => Ok(Value::String(text)),
    }
}
