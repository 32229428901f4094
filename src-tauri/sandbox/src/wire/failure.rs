//! What a service answers instead of a result: an error code, its message, and the members that the
//! model gives that error.

use std::borrow::Cow;

use serde_json::{Value, json};

use super::Members;
use super::model::{Model, Protocol, Shape};

/// An error as a service answers it.
#[derive(Debug, Clone)]
pub(crate) struct Failure {
    /// The error code; where the model knows it, the model decides the HTTP status.
    pub(crate) code: Cow<'static, str>,
    /// The HTTP status of a code that the model does not know.
    pub(crate) status: u16,
    pub(crate) message: String,
    /// Further members of the error's shape, by their name in the model. Boxed: most have none, and
    /// a failure travels in every result.
    pub(crate) members: Box<Members>,
}

impl Failure {
    pub(crate) fn new(
        code: impl Into<Cow<'static, str>>,
        status: u16,
        message: impl Into<String>,
    ) -> Self {
        Self {
            code: code.into(),
            status,
            message: message.into(),
            members: Box::default(),
        }
    }

    pub(crate) fn with(mut self, member: &str, value: impl Into<Value>) -> Self {
        self.members.insert(member.to_owned(), value.into());
        self
    }

    /// The sandbox knows the request but does not act it out.
    pub(crate) fn not_simulated(what: impl std::fmt::Display) -> Self {
        Self::new(
            "NotImplemented",
            501,
            format!("The sandbox does not simulate {what}."),
        )
    }

    /// A request that the model does not allow, as each service words it.
    pub(crate) fn invalid(service: &str, protocol: Protocol, field: &str, why: &Invalid) -> Self {
        let text = match why {
            Invalid::Missing => format!("{field} is required"),
            Invalid::Value(reason) => format!("{field} {reason}"),
        };
        match (protocol, service) {
            (Protocol::RestJson, "vpc-lattice") => lattice_validation(
                "fieldValidationFailed",
                format!("1 validation error detected: {text}"),
            )
            .with("fieldList", json!([{ "name": field, "message": text }])),
            (Protocol::RestJson, "kafka") => {
                Self::new("BadRequestException", 400, text).with("InvalidParameter", field)
            }
            (Protocol::Json, "servicequotas") => Self::new("IllegalArgumentException", 400, text),
            (Protocol::RestJson | Protocol::Json, _) => {
                Self::new("InvalidParameterException", 400, text)
            }
            (Protocol::Ec2, _) => match why {
                Invalid::Missing => Self::new(
                    "MissingParameter",
                    400,
                    format!("The request must contain the parameter {field}"),
                ),
                Invalid::Value(_) => Self::new("InvalidParameterValue", 400, text),
            },
            (Protocol::Query, _) => match why {
                Invalid::Missing => Self::new(
                    "MissingParameter",
                    400,
                    format!("The request must contain the parameter {field}"),
                ),
                Invalid::Value(_) => Self::new("ValidationError", 400, text),
            },
        }
    }

    /// The HTTP status: the model's where it knows the error.
    pub(crate) fn http_status(&self, model: &Model) -> u16 {
        model
            .error(&self.code)
            .and_then(Shape::error_status)
            .unwrap_or(self.status)
    }
}

/// What is wrong with a field.
pub(crate) enum Invalid {
    Missing,
    Value(String),
}

/// VPC Lattice's 400, with the reason that its model requires.
pub(crate) fn lattice_validation(reason: &'static str, message: impl Into<String>) -> Failure {
    Failure::new("ValidationException", 400, message).with("reason", reason)
}
