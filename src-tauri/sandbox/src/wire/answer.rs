//! Answers on the wire: results and errors, in each protocol.

use jiff::Timestamp;
use serde_json::{Number, Value, json};
use uuid::Uuid;

use super::Members;
use super::failure::Failure;
use super::model::{Kind, Location, Model, Operation, Protocol, Reference};
use super::xml::{self, UnknownMember};

/// An HTTP answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn new(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self {
            status,
            headers: vec![("content-type".to_owned(), content_type.to_owned())],
            body: body.into(),
        }
    }

    pub(crate) fn json(status: u16, value: &Value) -> Self {
        Self::new(status, "application/json", value.to_string())
    }

    pub(crate) fn with_header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }
}

/// The answer to an operation that did what it was asked.
pub(crate) fn result(model: &Model, operation: &Operation, output: &Members) -> Answer {
    let written = match model.metadata.protocol {
        Protocol::RestJson => rest(model, operation, output),
        Protocol::Json => json_body(model, operation, output).map(|body| aws_json(200, &body)),
        Protocol::Ec2 | Protocol::Query => query(model, operation, output),
    };
    written.unwrap_or_else(|UnknownMember(name)| {
        tracing::error!(
            operation = operation.name,
            name,
            "the output's model has no such member"
        );
        failure(
            model,
            &Failure::new(
                "InternalFailure",
                500,
                format!("{} has no member {name}", operation.name),
            ),
        )
    })
}

fn rest(model: &Model, operation: &Operation, output: &Members) -> Result<Answer, UnknownMember> {
    let status = operation.http.response_code.unwrap_or(200);
    let body = json_body(model, operation, output)?;
    let answer =
        Answer::json(status, &body).with_header("x-amzn-requestid", Uuid::new_v4().to_string());
    // 204 has no body (DeleteResourceConfiguration).
    Ok(if status == 204 {
        Answer {
            body: Vec::new(),
            ..answer
        }
    } else {
        answer
    })
}

fn json_body(
    model: &Model,
    operation: &Operation,
    output: &Members,
) -> Result<Value, UnknownMember> {
    match &operation.output {
        Some(reference) => json_value(model, reference, &Value::Object(output.clone())),
        None => Ok(json!({})),
    }
}

fn aws_json(status: u16, body: &Value) -> Answer {
    Answer::new(status, "application/x-amz-json-1.1", body.to_string())
        .with_header("x-amzn-requestid", Uuid::new_v4().to_string())
}

fn query(model: &Model, operation: &Operation, output: &Members) -> Result<Answer, UnknownMember> {
    let name = &operation.name;
    let namespace = model.metadata.xml_namespace.as_deref().unwrap_or_default();
    let request_id = json!(Uuid::new_v4().to_string());
    // EC2's namespace ends in a slash on the wire, not in the model.
    let slash = if model.metadata.protocol == Protocol::Ec2 {
        "/"
    } else {
        ""
    };
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{name}Response xmlns=\"{namespace}{slash}\">"
    );
    if model.metadata.protocol == Protocol::Ec2 {
        xml::leaf("requestId", &request_id, &mut out);
        if let Some(reference) = &operation.output {
            xml::members(model, model.shape(reference), output, &mut out)?;
        }
    } else {
        if let Some(reference) = &operation.output {
            let wrapper = reference
                .result_wrapper
                .clone()
                .unwrap_or_else(|| format!("{name}Result"));
            xml::open(&wrapper, &mut out);
            xml::members(model, model.shape(reference), output, &mut out)?;
            xml::close(&wrapper, &mut out);
        }
        xml::open("ResponseMetadata", &mut out);
        xml::leaf("RequestId", &request_id, &mut out);
        xml::close("ResponseMetadata", &mut out);
    }
    xml::close(&format!("{name}Response"), &mut out);
    Ok(Answer::new(200, "text/xml;charset=UTF-8", out))
}

/// The answer to an operation that was refused.
pub(crate) fn failure(model: &Model, failure: &Failure) -> Answer {
    let status = failure.http_status(model);
    match model.metadata.protocol {
        Protocol::RestJson => rest_failure(model, failure, status),
        Protocol::Json => json_failure(model, failure, status),
        Protocol::Ec2 => Answer::new(
            status,
            "text/xml;charset=UTF-8",
            format!(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Response><Errors><Error><Code>{}</Code>\
                 <Message>{}</Message></Error></Errors><RequestID>{}</RequestID></Response>",
                quick_xml::escape::escape(failure.code.as_ref()),
                quick_xml::escape::escape(failure.message.as_str()),
                Uuid::new_v4()
            ),
        ),
        Protocol::Query => {
            let code = model
                .error(&failure.code)
                .and_then(|shape| shape.error.as_ref()?.code.as_deref())
                .unwrap_or(&failure.code);
            let namespace = model.metadata.xml_namespace.as_deref().unwrap_or_default();
            let kind = if status < 500 { "Sender" } else { "Receiver" };
            Answer::new(
                status,
                "text/xml",
                format!(
                    "<ErrorResponse xmlns=\"{namespace}\"><Error><Type>{kind}</Type><Code>{}</Code>\
                     <Message>{}</Message></Error><RequestId>{}</RequestId></ErrorResponse>",
                    quick_xml::escape::escape(code),
                    quick_xml::escape::escape(failure.message.as_str()),
                    Uuid::new_v4()
                ),
            )
        }
    }
}

fn rest_failure(model: &Model, failure: &Failure, status: u16) -> Answer {
    let mut body = Members::new();
    let mut headers = Vec::new();
    let shape = model.error(&failure.code);
    let message_name = shape.and_then(|shape| {
        let (_, reference) = shape
            .members
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case("message"))?;
        reference.location_name.clone()
    });
    body.insert(
        message_name.unwrap_or_else(|| "message".to_owned()),
        failure.message.clone().into(),
    );
    for (name, value) in failure.members.iter() {
        let reference = shape.and_then(|shape| shape.members.get(name));
        let wire_name = reference
            .and_then(|r| r.location_name.as_deref())
            .unwrap_or(name);
        if reference.is_some_and(|r| r.location == Some(Location::Header)) {
            headers.push((wire_name.to_ascii_lowercase(), text(value)));
        } else {
            body.insert(wire_name.to_owned(), value.clone());
        }
    }
    let mut answer = Answer::json(status, &Value::Object(body))
        .with_header("x-amzn-errortype", failure.code.as_ref())
        .with_header("x-amzn-requestid", Uuid::new_v4().to_string());
    answer.headers.extend(headers);
    answer
}

/// The code stands in the body, and the message has the name that the error's shape gives it.
fn json_failure(model: &Model, failure: &Failure, status: u16) -> Answer {
    let message_name = model.error(&failure.code).and_then(|shape| {
        let mut names = shape.members.keys();
        names.find(|name| name.eq_ignore_ascii_case("message"))
    });
    let mut body = Members::new();
    body.insert("__type".to_owned(), failure.code.as_ref().into());
    body.insert(
        message_name.map_or("message", String::as_str).to_owned(),
        failure.message.clone().into(),
    );
    body.extend(
        failure
            .members
            .iter()
            .map(|(name, value)| (name.clone(), value.clone())),
    );
    aws_json(status, &Value::Object(body))
}

fn text(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

/// A value by the model: wire names, and timestamps in the shape's format. Inside the sandbox a
/// timestamp is always RFC 3339 text; REST-JSON's default on the wire is seconds as a number.
fn json_value(model: &Model, reference: &Reference, value: &Value) -> Result<Value, UnknownMember> {
    let shape = model.shape(reference);
    Ok(match (shape.kind, value) {
        (Kind::Structure, Value::Object(members)) => {
            let mut out = Members::new();
            for (name, value) in members {
                let member = shape
                    .members
                    .get(name)
                    .ok_or_else(|| UnknownMember(name.clone()))?;
                if !value.is_null() {
                    let wire_name = member.location_name.as_deref().unwrap_or(name);
                    out.insert(wire_name.to_owned(), json_value(model, member, value)?);
                }
            }
            Value::Object(out)
        }
        (Kind::List, Value::Array(items)) => match &shape.member {
            Some(member) => items
                .iter()
                .map(|item| json_value(model, member, item))
                .collect::<Result<Vec<_>, _>>()?
                .into(),
            None => value.clone(),
        },
        (Kind::Timestamp, Value::String(text)) if shape.timestamp_format.is_none() => text
            .parse::<Timestamp>()
            .ok()
            .map_or_else(|| value.clone(), |time| seconds(time).into()),
        _ => value.clone(),
    })
}

#[allow(
    clippy::cast_precision_loss,
    reason = "milliseconds since 1970 fit a double exactly"
)]
fn seconds(time: Timestamp) -> Number {
    Number::from_f64(time.as_millisecond() as f64 / 1000.0).unwrap_or_else(|| 0.into())
}
