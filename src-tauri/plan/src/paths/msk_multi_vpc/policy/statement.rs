//! The statements of a cluster policy as the wizard lists them.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{PolicyProblem, parse};

/// One statement that is in the policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct PolicyStatement {
    /// Its Sid, or its number where it has none.
    pub name: String,
    /// `Allow` or `Deny`; as it stands there.
    pub effect: String,
    /// Whom it names, as it stands there: ARNs, account numbers, `*`. Behind `not` if it is everybody else.
    pub principals: Vec<String>,
    /// What it names, as it stands there. Behind `not` if it is everything else.
    pub actions: Vec<String>,
    /// Whether it holds under a condition only.
    pub conditional: bool,
}

/// Every statement, in order; none of an empty text.
pub fn statements(document: &str) -> Result<Vec<PolicyStatement>, PolicyProblem> {
    if document.trim().is_empty() {
        return Ok(Vec::new());
    }
    let (_, statements) = parse(document)?;
    Ok(statements
        .iter()
        .enumerate()
        .map(|(at, statement)| PolicyStatement {
            name: name(statement, at),
            effect: statement
                .get("Effect")
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_owned(),
            principals: both(statement, "Principal", "NotPrincipal"),
            actions: both(statement, "Action", "NotAction"),
            conditional: statement.get("Condition").is_some(),
        })
        .collect())
}

/// How a statement is called: by its Sid, or by its number from 1.
pub(super) fn name(statement: &Value, at: usize) -> String {
    match statement.get("Sid").and_then(Value::as_str) {
        Some(sid) if !sid.is_empty() => sid.to_owned(),
        _ => format!("number {}", at + 1),
    }
}

fn both(statement: &Value, positive: &str, negative: &str) -> Vec<String> {
    let named = texts(statement.get(positive));
    let spared = texts(statement.get(negative));
    named
        .into_iter()
        .chain(spared.into_iter().map(|it| format!("not {it}")))
        .collect()
}

/// Every text in a value: itself, of a list, of an object's members.
fn texts(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::String(text)) => vec![text.clone()],
        Some(Value::Array(values)) => values.iter().flat_map(|it| texts(Some(it))).collect(),
        Some(Value::Object(members)) => members.values().flat_map(|it| texts(Some(it))).collect(),
        _ => Vec::new(),
    }
}
