//! The service models, as read from `models/*.json` (botocore's shape language; see models/NOTICE).

use std::collections::BTreeMap;
use std::sync::{LazyLock, OnceLock};

use serde::Deserialize;

/// How a service speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub(crate) enum Protocol {
    #[serde(rename = "rest-json")]
    RestJson,
    #[serde(rename = "ec2")]
    Ec2,
    #[serde(rename = "query")]
    Query,
    /// AWS JSON 1.1: everything is a POST to `/`, and a header names the operation.
    #[serde(rename = "json")]
    Json,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Metadata {
    pub(crate) protocol: Protocol,
    pub(crate) api_version: String,
    pub(crate) xml_namespace: Option<String>,
    /// AWS JSON: what stands before the operation's name in `X-Amz-Target`.
    pub(crate) target_prefix: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Operation {
    pub(crate) name: String,
    pub(crate) http: Http,
    pub(crate) input: Option<Reference>,
    pub(crate) output: Option<Reference>,
    /// The errors that the model names for this operation.
    #[serde(default)]
    pub(crate) errors: Vec<Reference>,
}

impl Operation {
    /// Whether the model names an error for this operation.
    pub(crate) fn names_error(&self, code: &str) -> bool {
        self.errors.iter().any(|error| error.shape == code)
    }
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Http {
    pub(crate) method: String,
    pub(crate) request_uri: String,
    pub(crate) response_code: Option<u16>,
}

/// A use of a shape: as a member, a list's member, or an operation's input or output.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Reference {
    pub(crate) shape: String,
    pub(crate) location: Option<Location>,
    pub(crate) location_name: Option<String>,
    pub(crate) query_name: Option<String>,
    pub(crate) result_wrapper: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Location {
    Uri,
    Querystring,
    Header,
    Headers,
    StatusCode,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Kind {
    Structure,
    List,
    Map,
    String,
    Character,
    Integer,
    Long,
    Float,
    Double,
    Boolean,
    Timestamp,
    Blob,
}

#[allow(
    clippy::struct_excessive_bools,
    reason = "the traits of a shape, as botocore writes them"
)]
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Shape {
    #[serde(rename = "type")]
    pub(crate) kind: Kind,
    #[serde(default)]
    pub(crate) members: BTreeMap<String, Reference>,
    pub(crate) member: Option<Reference>,
    pub(crate) key: Option<Reference>,
    pub(crate) value: Option<Reference>,
    #[serde(default)]
    pub(crate) required: Vec<String>,
    #[serde(default, rename = "enum")]
    pub(crate) values: Vec<String>,
    pub(crate) pattern: Option<String>,
    pub(crate) min: Option<f64>,
    pub(crate) max: Option<f64>,
    #[serde(default)]
    pub(crate) union: bool,
    #[serde(default)]
    pub(crate) flattened: bool,
    pub(crate) timestamp_format: Option<String>,
    pub(crate) error: Option<ErrorTrait>,
    #[serde(default)]
    exception: bool,
    /// An error that is the service's own; AWS JSON gives its errors no status of their own.
    #[serde(default)]
    fault: bool,
    #[serde(skip)]
    compiled: OnceLock<Option<fancy_regex::Regex>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ErrorTrait {
    pub(crate) code: Option<String>,
    pub(crate) http_status_code: Option<u16>,
}

impl Shape {
    /// The HTTP status of a modelled error, where the model tells.
    pub(crate) fn error_status(&self) -> Option<u16> {
        let named = self.error.as_ref().and_then(|it| it.http_status_code);
        named.or(match (self.exception, self.fault) {
            (true, true) => Some(500),
            (true, false) => Some(400),
            (false, _) => None,
        })
    }

    /// Whether the whole text matches the shape's pattern; a shape without one takes any text.
    pub(crate) fn matches(&self, text: &str) -> bool {
        let Some(pattern) = &self.pattern else {
            return true;
        };
        let compiled = self.compiled.get_or_init(|| {
            fancy_regex::Regex::new(&format!("^(?:{pattern})$"))
                .inspect_err(|error| tracing::error!(pattern, %error, "pattern of a service model"))
                .ok()
        });
        compiled
            .as_ref()
            .is_none_or(|regex| regex.is_match(text).unwrap_or(false))
    }
}

#[derive(Debug, Deserialize)]
pub(crate) struct Model {
    pub(crate) metadata: Metadata,
    pub(crate) operations: BTreeMap<String, Operation>,
    shapes: BTreeMap<String, Shape>,
}

impl Model {
    /// The shape that a reference names. Models are closed under references (trim.py), so a missing
    /// one is a damaged file; it reads as an empty structure rather than ending the process.
    pub(crate) fn shape(&self, reference: &Reference) -> &Shape {
        static EMPTY: LazyLock<Shape> = LazyLock::new(|| Shape {
            kind: Kind::Structure,
            members: BTreeMap::new(),
            member: None,
            key: None,
            value: None,
            required: Vec::new(),
            values: Vec::new(),
            pattern: None,
            min: None,
            max: None,
            union: false,
            flattened: false,
            timestamp_format: None,
            error: None,
            exception: false,
            fault: false,
            compiled: OnceLock::new(),
        });
        self.shapes.get(&reference.shape).unwrap_or(&EMPTY)
    }

    /// The shape of a modelled error.
    pub(crate) fn error(&self, code: &str) -> Option<&Shape> {
        self.shapes.get(code)
    }
}

/// The model of a service, by the service's name in a credential scope.
pub(crate) fn service(scope: &str) -> Option<&'static (&'static str, Model)> {
    services().iter().find(|(name, _)| *name == scope)
}

/// Every service, by its name in a credential scope.
pub(crate) fn services() -> &'static [(&'static str, Model)] {
    static MODELS: LazyLock<Vec<(&'static str, Model)>> = LazyLock::new(|| {
        [
            ("sts", include_str!("../../models/sts.json")),
            ("ec2", include_str!("../../models/ec2.json")),
            (
                "elasticloadbalancing",
                include_str!("../../models/elasticloadbalancing.json"),
            ),
            ("rds", include_str!("../../models/rds.json")),
            ("vpc-lattice", include_str!("../../models/vpc-lattice.json")),
            ("ram", include_str!("../../models/ram.json")),
            ("kafka", include_str!("../../models/kafka.json")),
            (
                "servicequotas",
                include_str!("../../models/servicequotas.json"),
            ),
            ("pricing", include_str!("../../models/pricing.json")),
        ]
        .into_iter()
        .filter_map(|(name, text)| match serde_json::from_str(text) {
            Ok(model) => Some((name, model)),
            Err(error) => {
                tracing::error!(name, %error, "service model");
                None
            }
        })
        .collect()
    });
    &MODELS
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        reason = "tests"
    )]

    use super::*;

    #[test]
    fn every_model_reads_and_every_pattern_compiles() {
        for name in [
            "sts",
            "ec2",
            "elasticloadbalancing",
            "rds",
            "vpc-lattice",
            "ram",
            "kafka",
            "servicequotas",
            "pricing",
        ] {
            let (_, model) = service(name).expect(name);
            assert!(!model.operations.is_empty());
            for (shape_name, shape) in &model.shapes {
                shape.matches("probe");
                assert!(
                    shape.pattern.is_none() || shape.compiled.get().is_some_and(Option::is_some),
                    "{name} {shape_name}: {:?}",
                    shape.pattern
                );
            }
        }
    }

    #[test]
    fn a_gateway_name_is_held_to_its_lookaheads() {
        let (_, model) = service("vpc-lattice").unwrap();
        let name = model.shapes.get("ResourceGatewayName").unwrap();
        for good in ["orders-gateway", "abc", "rgw", "a-b"] {
            assert!(name.matches(good), "{good}");
        }
        for bad in ["rgw-orders", "-a", "a-", "a--b", "Orders", "a_b", "abc\n"] {
            assert!(!name.matches(bad), "{bad}");
        }
    }
}
