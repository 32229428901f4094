//! What a cluster policy lets a principal do, read as IAM reads it: a statement that denies wins, and what depends on
//! a condition is not known.
//!
//! "Allowed" is said only where it holds whatever the request: an allowance that applies to some callers, at some
//! times or to something that cannot be compared is none, and a denial of the kind may be one.

use serde_json::Value;

use super::pattern::{self, Match};
use super::statement::name;
use super::{ACTIONS, PolicyProblem, parse};

/// What a policy says of the actions that connecting needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Allowance {
    /// Each of them is allowed, and nothing may deny one.
    Allowed {
        /// The statements that do, by Sid or number.
        by: Vec<String>,
    },
    /// One of them at least is denied, whatever else the policy allows.
    Denied {
        /// The statements that do.
        by: Vec<String>,
    },
    /// One of them at least may be denied: it depends on a condition, or on what cannot be compared.
    PerhapsDenied {
        /// The statements that may.
        by: Vec<String>,
    },
    /// Nothing denies them, and not all of them are allowed for sure.
    NotAllowed {
        /// Those that are not.
        missing: Vec<String>,
        /// Statements that may allow one of them, under a condition.
        perhaps: Vec<String>,
    },
}

/// What a document says of a principal, twelve digits, and a cluster. `None` and an empty text allow nothing.
pub fn allows(
    document: Option<&str>,
    cluster_arn: &str,
    principal: &str,
) -> Result<Allowance, PolicyProblem> {
    let statements = match document.map(str::trim).filter(|text| !text.is_empty()) {
        Some(text) => parse(text)?.1,
        None => Vec::new(),
    };
    Ok(sum(&statements, cluster_arn, principal))
}

/// Whether a statement, all by itself, allows every action.
pub(super) fn allows_alone(statement: &Value, cluster_arn: &str, principal: &str) -> bool {
    matches!(
        sum(std::slice::from_ref(statement), cluster_arn, principal),
        Allowance::Allowed { .. }
    )
}

fn sum(statements: &[Value], cluster_arn: &str, principal: &str) -> Allowance {
    let mut denied = Vec::new();
    let mut perhaps_denied = Vec::new();
    let mut allowing = Vec::new();
    let mut perhaps_allowing = Vec::new();
    let mut missing: Vec<&str> = ACTIONS.to_vec();
    for (at, statement) in statements.iter().enumerate() {
        let name = || name(statement, at);
        let allow = statement.get("Effect").and_then(Value::as_str) == Some("Allow");
        let effects: Vec<Match> = ACTIONS
            .iter()
            .map(|action| applies(statement, allow, cluster_arn, principal, action))
            .collect();
        let most = effects.iter().copied().max().unwrap_or(Match::No);
        match (allow, most) {
            (_, Match::No) => {}
            (false, Match::Yes) => denied.push(name()),
            (false, Match::Perhaps) => perhaps_denied.push(name()),
            (true, Match::Yes) => {
                allowing.push(name());
                missing.retain(|action| {
                    !ACTIONS
                        .iter()
                        .zip(&effects)
                        .any(|(it, effect)| it == action && *effect == Match::Yes)
                });
            }
            (true, Match::Perhaps) => perhaps_allowing.push(name()),
        }
    }
    if !denied.is_empty() {
        Allowance::Denied { by: denied }
    } else if !perhaps_denied.is_empty() {
        Allowance::PerhapsDenied { by: perhaps_denied }
    } else if missing.is_empty() {
        Allowance::Allowed { by: allowing }
    } else {
        Allowance::NotAllowed {
            missing: missing.into_iter().map(str::to_owned).collect(),
            perhaps: perhaps_allowing,
        }
    }
}

/// Whether a statement applies to a request of the principal.
fn applies(
    statement: &Value,
    allow: bool,
    cluster_arn: &str,
    principal: &str,
    action: &str,
) -> Match {
    let whom = match (statement.get("Principal"), statement.get("NotPrincipal")) {
        (Some(named), None) => principals(named, cluster_arn, principal),
        // Everybody but those named. As an allowance IAM advises against it and services differ; and a denial that
        // spares an account's root may still strike its roles.
        (None, Some(spared)) => match (allow, principals(spared, cluster_arn, principal)) {
            (false, Match::No) => Match::Yes,
            (true, Match::Yes) => Match::No,
            _ => Match::Perhaps,
        },
        _ => Match::Perhaps,
    };
    let does = either(statement, "Action", "NotAction", |it| {
        pattern::action(it, action)
    });
    let what = either(statement, "Resource", "NotResource", |it| {
        pattern::arn(it, cluster_arn)
    });
    let when = match statement.get("Condition") {
        None => Match::Yes,
        Some(Value::Object(conditions)) if conditions.is_empty() => Match::Yes,
        Some(_) => Match::Perhaps,
    };
    let known = match statement.get("Effect").and_then(Value::as_str) {
        Some("Allow" | "Deny") => Match::Yes,
        // Nothing that IAM knows: not taken for an allowance, and not for harmless.
        _ => Match::Perhaps,
    };
    [whom, does, what, when, known]
        .into_iter()
        .min()
        .unwrap_or(Match::No)
}

/// One of two opposite members, the other being absent; where neither or both are there, it may apply.
fn either(
    statement: &Value,
    positive: &str,
    negative: &str,
    fits: impl Fn(&str) -> Match,
) -> Match {
    match (statement.get(positive), statement.get(negative)) {
        (Some(named), None) => any(named, fits),
        (None, Some(named)) => any(named, fits).not(),
        _ => Match::Perhaps,
    }
}

/// The best match of a text, or of a list of texts.
fn any(named: &Value, fits: impl Fn(&str) -> Match) -> Match {
    match named {
        Value::String(text) => fits(text),
        Value::Array(texts) => texts
            .iter()
            .map(|text| text.as_str().map_or(Match::Perhaps, &fits))
            .max()
            .unwrap_or(Match::No),
        _ => Match::Perhaps,
    }
}

/// Whether the principals named are, or include, the account. `*` by itself and `{"AWS": "*"}` are everybody; AWS
/// writes an account's number as the ARN of its root.
fn principals(named: &Value, cluster_arn: &str, account: &str) -> Match {
    match named {
        Value::String(text) if text == "*" => Match::Yes,
        Value::Object(kinds) => kinds
            .iter()
            .map(|(kind, names)| match kind.as_str() {
                "AWS" => any(names, |it| one_principal(it, cluster_arn, account)),
                "Service" | "Federated" => Match::No,
                _ => Match::Perhaps,
            })
            .max()
            .unwrap_or(Match::No),
        _ => Match::Perhaps,
    }
}

fn one_principal(named: &str, cluster_arn: &str, account: &str) -> Match {
    if named == "*" || named == account {
        return Match::Yes;
    }
    let parts: Vec<&str> = named.splitn(6, ':').collect();
    match parts[..] {
        ["arn", partition, "iam", "", owner, "root"]
            if owner == account && partition == super::partition(cluster_arn) =>
        {
            Match::Yes
        }
        // Somebody of the account: whether that is who connects is not known.
        ["arn", _, "iam" | "sts", _, owner, _] if owner == account => Match::Perhaps,
        ["arn", _, "iam" | "sts", _, owner, _]
            if owner.len() == 12 && owner.bytes().all(|b| b.is_ascii_digit()) =>
        {
            Match::No
        }
        _ if named.len() == 12 && named.bytes().all(|b| b.is_ascii_digit()) => Match::No,
        _ => Match::Perhaps,
    }
}
