//! The cluster's resource policy as a document: our one statement in it, found by the run's ID.
//!
//! Pure: the AWS adapter reads and writes the policy, this decides what is written. A policy belongs to whoever
//! wrote its statements: all but ours stay as they are, in their order, with members that this program does not
//! know. What the document as a whole lets ClickPipes do is in [`evaluation`].

pub mod evaluation;
mod pattern;
mod statement;

use serde_json::{Map, Value, json};

use crate::run::RunId;

pub use evaluation::{Allowance, allows};
pub use statement::{PolicyStatement, statements};

/// What an account needs to connect to a cluster (Amazon MSK Developer Guide, "Attach a cluster policy to the MSK
/// cluster"). The `kafka-cluster:` actions that older copies of ClickHouse's guide name are not enough.
pub const ACTIONS: [&str; 4] = [
    "kafka:CreateVpcConnection",
    "kafka:GetBootstrapBrokers",
    "kafka:DescribeCluster",
    "kafka:DescribeClusterV2",
];

/// The longest policy that MSK takes, in bytes: 20 KB (Amazon MSK Developer Guide, "Resource-based policies"). Whether
/// AWS counts spaces, and a KB as 1,024, is assumed.
pub const SIZE_MAX: usize = 20 * 1024;

/// What the Sid of each of our statements begins with; the run's ID follows.
pub const SID_PREFIX: &str = "Pipelink";

/// The language version of a policy that we write anew.
const VERSION: &str = "2012-10-17";

/// A policy document that is not touched.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PolicyProblem {
    /// It is not JSON.
    #[error("the cluster policy is not JSON: {message}")]
    NotJson {
        /// The parser's words.
        message: String,
    },
    /// It is JSON, but not an object with a statement or a list of statements.
    #[error("the cluster policy is not a policy document")]
    NotADocument,
    /// A statement has our Sid and is not ours: it does not let the principal connect.
    #[error("the cluster policy has another statement named {sid}")]
    SidTaken {
        /// The Sid.
        sid: String,
    },
    /// With the statement it would be longer than MSK takes.
    #[error("the cluster policy would have {bytes} bytes, of {max} at most")]
    TooLong {
        /// How long it would be.
        bytes: usize,
        /// [`SIZE_MAX`].
        max: usize,
    },
}

/// A policy with our statement in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    /// The whole document, to be written under the version that was read.
    pub document: String,
    /// Whether it differs from what was read; if not, it is the very text that was read.
    pub changed: bool,
}

/// What is left of a policy without our statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remaining {
    /// The statement is not in it: nothing is to be written.
    Untouched,
    /// Other statements, to be written under the version that was read.
    Document {
        /// The whole document.
        document: String,
    },
    /// Nothing: the policy can be deleted.
    Nothing,
}

/// The Sid of a run's statement: letters and digits only, as IAM wants it.
pub fn sid(run: &RunId) -> String {
    let letters: String = run.0.chars().filter(char::is_ascii_alphanumeric).collect();
    format!("{SID_PREFIX}{letters}")
}

/// The statement that lets a principal, twelve digits, connect to a cluster.
pub fn statement(cluster_arn: &str, principal: &str, sid: &str) -> Value {
    json!({
        "Sid": sid,
        "Effect": "Allow",
        "Principal": { "AWS": [root_arn(cluster_arn, principal)] },
        "Action": ACTIONS,
        "Resource": cluster_arn,
    })
}

/// The document with our statement at its end; `None` and an empty text are a cluster without a policy. A document
/// that has the statement already stays the text it is.
pub fn merge(
    document: Option<&str>,
    cluster_arn: &str,
    principal: &str,
    sid: &str,
) -> Result<Merged, PolicyProblem> {
    let ours = statement(cluster_arn, principal, sid);
    let text = document.filter(|text| !text.trim().is_empty());
    let Some(text) = text else {
        return written(&json!({ "Version": VERSION, "Statement": [ours] }));
    };
    let (mut document, mut statements) = parse(text)?;
    if let Some(there) = statements.iter().find(|it| has_sid(it, sid)) {
        return if evaluation::allows_alone(there, cluster_arn, principal) {
            Ok(Merged {
                document: text.to_owned(),
                changed: false,
            })
        } else {
            Err(PolicyProblem::SidTaken {
                sid: sid.to_owned(),
            })
        };
    }
    statements.push(ours);
    document.insert("Statement".to_owned(), Value::Array(statements));
    written(&Value::Object(document))
}

/// Whether the document has a statement of this Sid.
pub fn holds(document: &str, sid: &str) -> Result<bool, PolicyProblem> {
    if document.trim().is_empty() {
        return Ok(false);
    }
    let (_, statements) = parse(document)?;
    Ok(statements.iter().any(|it| has_sid(it, sid)))
}

/// The document without the statement of this Sid.
pub fn without(document: &str, sid: &str) -> Result<Remaining, PolicyProblem> {
    if document.trim().is_empty() {
        return Ok(Remaining::Untouched);
    }
    let (mut document, statements) = parse(document)?;
    let before = statements.len();
    let others: Vec<Value> = statements
        .into_iter()
        .filter(|it| !has_sid(it, sid))
        .collect();
    if others.len() == before {
        return Ok(Remaining::Untouched);
    }
    if others.is_empty() {
        return Ok(Remaining::Nothing);
    }
    document.insert("Statement".to_owned(), Value::Array(others));
    Ok(Remaining::Document {
        document: Value::Object(document).to_string(),
    })
}

fn written(document: &Value) -> Result<Merged, PolicyProblem> {
    let document = document.to_string();
    if document.len() > SIZE_MAX {
        return Err(PolicyProblem::TooLong {
            bytes: document.len(),
            max: SIZE_MAX,
        });
    }
    Ok(Merged {
        document,
        changed: true,
    })
}

/// The document's members and its statements: a single one may stand there by itself, without a list.
fn parse(text: &str) -> Result<(Map<String, Value>, Vec<Value>), PolicyProblem> {
    let document: Value = serde_json::from_str(text).map_err(|error| PolicyProblem::NotJson {
        message: error.to_string(),
    })?;
    let Value::Object(document) = document else {
        return Err(PolicyProblem::NotADocument);
    };
    let statements = match document.get("Statement") {
        None => Vec::new(),
        Some(one @ Value::Object(_)) => vec![one.clone()],
        Some(Value::Array(statements)) if statements.iter().all(Value::is_object) => {
            statements.clone()
        }
        Some(_) => return Err(PolicyProblem::NotADocument),
    };
    Ok((document, statements))
}

fn has_sid(statement: &Value, sid: &str) -> bool {
    statement.get("Sid").and_then(Value::as_str) == Some(sid)
}

/// The ARN that stands for a whole account, in the partition of the cluster.
fn root_arn(cluster_arn: &str, principal: &str) -> String {
    format!("arn:{}:iam::{principal}:root", partition(cluster_arn))
}

/// The partition of an ARN; `aws` where it names none.
fn partition(arn: &str) -> &str {
    arn.split(':')
        .nth(1)
        .filter(|it| !it.is_empty())
        .unwrap_or("aws")
}
