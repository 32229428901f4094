//! A cluster's resource policy: what AWS takes as one, how it rewrites it, and whether it lets an account
//! connect. Not the whole of IAM: where a statement cannot be decided here (conditions, `NotPrincipal`), it
//! allows nothing and denies all it might.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// What an account needs for a connection: AWS's example for cross-account access, and ClickHouse's guide since
/// it was corrected.
pub(super) const CONNECT: [&str; 4] = [
    "kafka:CreateVpcConnection",
    "kafka:GetBootstrapBrokers",
    "kafka:DescribeCluster",
    "kafka:DescribeClusterV2",
];

/// The versions of the policy language.
const LANGUAGES: [&str; 2] = ["2012-10-17", "2008-10-17"];

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct ClusterPolicy {
    /// The policy's own; not the cluster's.
    pub(crate) version: String,
    pub(crate) document: Value,
}

/// Why AWS does not take a text as a policy.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum PolicyError {
    #[error("it is not a JSON object")]
    NotJson,
    #[error("it has the unknown member {0}")]
    UnknownMember(String),
    #[error("its Version is not 2012-10-17 or 2008-10-17")]
    Language,
    #[error("it has no statement")]
    NoStatement,
    #[error("a statement has no {0}, or what stands there is not allowed")]
    Part(&'static str),
    #[error("a statement has both {0} and its opposite")]
    Both(&'static str),
    #[error("the principal {0} is invalid")]
    Principal(String),
    #[error("the action {0} is invalid")]
    Action(String),
    #[error("the statement ID {0} is used twice")]
    SidTwice(String),
}

/// The document of a policy's text, with its principals as AWS writes them.
pub(crate) fn read_policy(text: &str) -> Result<Value, PolicyError> {
    let Ok(Value::Object(mut document)) = serde_json::from_str(text) else {
        return Err(PolicyError::NotJson);
    };
    known_members(&document, &["Version", "Id", "Statement"])?;
    let language = document.get("Version").map(Value::as_str);
    if language.is_some_and(|it| it.is_none_or(|it| !LANGUAGES.contains(&it))) {
        return Err(PolicyError::Language);
    }
    let statements = match document.get_mut("Statement") {
        Some(Value::Array(statements)) if !statements.is_empty() => statements.as_mut_slice(),
        Some(single @ Value::Object(_)) => std::slice::from_mut(single),
        _ => return Err(PolicyError::NoStatement),
    };
    let mut sids: Vec<String> = Vec::new();
    for statement in statements {
        let Value::Object(statement) = statement else {
            return Err(PolicyError::NoStatement);
        };
        check(statement)?;
        if let Some(sid) = statement.get("Sid").and_then(Value::as_str) {
            if sids.iter().any(|it| it == sid) {
                return Err(PolicyError::SidTwice(sid.to_owned()));
            }
            sids.push(sid.to_owned());
        }
    }
    Ok(Value::Object(document))
}

fn known_members(object: &Map<String, Value>, known: &[&str]) -> Result<(), PolicyError> {
    match object.keys().find(|it| !known.contains(&it.as_str())) {
        Some(other) => Err(PolicyError::UnknownMember(other.clone())),
        None => Ok(()),
    }
}

/// Holds a statement to the language, and rewrites its principals.
fn check(statement: &mut Map<String, Value>) -> Result<(), PolicyError> {
    known_members(
        statement,
        &[
            "Sid",
            "Effect",
            "Principal",
            "NotPrincipal",
            "Action",
            "NotAction",
            "Resource",
            "NotResource",
            "Condition",
        ],
    )?;
    if statement.get("Sid").is_some_and(|it| !it.is_string()) {
        return Err(PolicyError::Part("Sid"));
    }
    let effect = statement.get("Effect").and_then(Value::as_str);
    if !matches!(effect, Some("Allow" | "Deny")) {
        return Err(PolicyError::Part("Effect"));
    }
    if statement.get("Condition").is_some_and(|it| !it.is_object()) {
        return Err(PolicyError::Part("Condition"));
    }
    for action in texts(one_of(statement, "Action", "NotAction")?, "Action")? {
        let named = action.split_once(':').is_some_and(|(service, name)| {
            let service = service.to_ascii_lowercase();
            ["kafka", "kafka-cluster", "*"].contains(&service.as_str()) && !name.is_empty()
        });
        if !named && action != "*" {
            return Err(PolicyError::Action(action));
        }
    }
    for resource in texts(one_of(statement, "Resource", "NotResource")?, "Resource")? {
        if resource != "*" && !resource.starts_with("arn:") {
            return Err(PolicyError::Part("Resource"));
        }
    }
    one_of(statement, "Principal", "NotPrincipal")?;
    for name in ["Principal", "NotPrincipal"] {
        if let Some(principal) = statement.get_mut(name) {
            normalise(principal)?;
        }
    }
    Ok(())
}

/// The one of two members that is there.
fn one_of<'a>(
    statement: &'a Map<String, Value>,
    name: &'static str,
    opposite: &'static str,
) -> Result<&'a Value, PolicyError> {
    match (statement.get(name), statement.get(opposite)) {
        (Some(_), Some(_)) => Err(PolicyError::Both(name)),
        (Some(value), None) | (None, Some(value)) => Ok(value),
        (None, None) => Err(PolicyError::Part(name)),
    }
}

/// A text or a list of texts.
fn texts(value: &Value, what: &'static str) -> Result<Vec<String>, PolicyError> {
    let all: Option<Vec<String>> = match value {
        Value::String(text) => Some(vec![text.clone()]),
        Value::Array(items) => items
            .iter()
            .map(|it| it.as_str().map(str::to_owned))
            .collect(),
        _ => None,
    };
    all.filter(|it| !it.is_empty())
        .ok_or(PolicyError::Part(what))
}

/// Account IDs become the ARN of the account's root; anything else must be a principal.
fn normalise(principal: &mut Value) -> Result<(), PolicyError> {
    if principal.as_str() == Some("*") {
        return Ok(());
    }
    let Value::Object(kinds) = principal else {
        return Err(PolicyError::Part("Principal"));
    };
    if kinds.is_empty() {
        return Err(PolicyError::Part("Principal"));
    }
    known_members(kinds, &["AWS", "Service", "Federated"])?;
    for (kind, named) in kinds.iter_mut() {
        texts(named, "Principal")?;
        let named = match named {
            Value::Array(items) => items.as_mut_slice(),
            single => std::slice::from_mut(single),
        };
        for value in named {
            if let (true, Some(text)) = (kind == "AWS", value.as_str()) {
                let written = principal_as_written(text)
                    .ok_or_else(|| PolicyError::Principal(text.to_owned()))?;
                *value = written.into();
            }
        }
    }
    Ok(())
}

fn principal_as_written(text: &str) -> Option<String> {
    if text == "*" {
        return Some(text.to_owned());
    }
    if is_account(text) {
        return Some(root(text));
    }
    let parts: Vec<&str> = text.splitn(6, ':').collect();
    let fits = matches!(
        parts[..],
        ["arn", partition, "iam" | "sts", "", account, who]
            if partition.starts_with("aws")
                && is_account(account)
                && (who == "root" || who.split_once('/').is_some_and(|(kind, name)| {
                    ["user", "role", "assumed-role", "federated-user"].contains(&kind)
                        && !name.is_empty()
                }))
    );
    fits.then(|| text.to_owned())
}

fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|it| it.is_ascii_digit())
}

fn root(account: &str) -> String {
    format!("arn:aws:iam::{account}:root")
}

impl ClusterPolicy {
    /// The first action that an account needs to connect and does not have; None where it has all.
    pub(super) fn refuses(&self, account: &str, cluster_arn: &str) -> Option<&'static str> {
        CONNECT
            .into_iter()
            .find(|action| !self.allows(account, action, cluster_arn))
    }

    fn allows(&self, account: &str, action: &str, resource: &str) -> bool {
        let mut allowed = false;
        for statement in statements(&self.document) {
            let denies = statement["Effect"] == "Deny";
            if !applies(statement, account, action, resource, denies) {
                continue;
            }
            if denies {
                return false;
            }
            allowed = true;
        }
        allowed
    }
}

fn statements(document: &Value) -> &[Value] {
    match &document["Statement"] {
        Value::Array(statements) => statements,
        Value::Null => &[],
        single => std::slice::from_ref(single),
    }
}

/// Whether a statement speaks of this. What cannot be decided counts where it denies, and not where it allows.
fn applies(statement: &Value, account: &str, action: &str, resource: &str, in_doubt: bool) -> bool {
    let listed = |name: &str, fits: &dyn Fn(&str) -> bool| {
        statement
            .get(name)
            .map(|it| texts(it, "").is_ok_and(|all| all.iter().any(|text| fits(text))))
    };
    let by_action =
        |pattern: &str| matches(&pattern.to_ascii_lowercase(), &action.to_ascii_lowercase());
    let by_resource = |pattern: &str| matches(pattern, resource);
    let decided = |own: Option<bool>, opposite: Option<bool>| match (own, opposite) {
        (Some(fits), _) => fits,
        (None, Some(fits)) => !fits,
        (None, None) => false,
    };
    let of_account = match (statement.get("Principal"), statement.get("NotPrincipal")) {
        (Some(principal), _) => names(principal, account),
        (None, Some(others)) => in_doubt && !names(others, account),
        (None, None) => false,
    };
    of_account
        && decided(
            listed("Action", &by_action),
            listed("NotAction", &by_action),
        )
        && decided(
            listed("Resource", &by_resource),
            listed("NotResource", &by_resource),
        )
        && (in_doubt || statement.get("Condition").is_none())
}

/// Whether a principal is the whole account, or everybody. A role or user of it is not the account.
fn names(principal: &Value, account: &str) -> bool {
    let all = |value: &Value| texts(value, "").unwrap_or_default();
    let own = [account.to_owned(), root(account), "*".to_owned()];
    match principal {
        Value::String(everybody) => everybody == "*",
        _ => principal
            .get("AWS")
            .is_some_and(|it| all(it).iter().any(|name| own.contains(name))),
    }
}

/// IAM's wildcards: `*` is any text, `?` any one character.
fn matches(pattern: &str, text: &str) -> bool {
    let (pattern, text): (Vec<char>, Vec<char>) =
        (pattern.chars().collect(), text.chars().collect());
    // Which beginnings of the text the pattern so far takes.
    let mut taken = vec![false; text.len() + 1];
    taken[0] = true;
    for wanted in pattern {
        let mut next = vec![false; text.len() + 1];
        for index in 0..=text.len() {
            let step = index > 0 && taken[index - 1];
            next[index] = match wanted {
                '*' => taken[index] || (index > 0 && next[index - 1]),
                '?' => step,
                letter => step && text[index - 1] == letter,
            };
        }
        taken = next;
    }
    taken[text.len()]
}

#[cfg(test)]
#[path = "policy_tests.rs"]
mod tests;
