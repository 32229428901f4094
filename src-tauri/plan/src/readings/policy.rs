//! The least-privilege IAM policy of a plan: what it takes to discover, to apply and to undo it.
//!
//! Reads are allowed on everything, for AWS can tie hardly any of them to a resource; each write only on what the
//! plan names, and each deletion only on what carries the run's tag. What ClickHouse is asked for is no matter of
//! IAM and not in it. `sts:GetCallerIdentity` needs no right.

mod discover;
mod statement;
mod steps;

use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::step::Plan;
use statement::Statement;

/// The policy to ask for, whole and in parts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Policy {
    /// The whole policy document, pretty-printed JSON: within the 6,144 characters, white space aside, that AWS
    /// allows a managed policy.
    pub document: String,
    /// What each part of it is for, in the order of the document's statements.
    pub parts: Vec<PolicyPart>,
}

/// One statement of the policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct PolicyPart {
    /// The statement's Sid.
    pub sid: String,
    /// When it is needed.
    pub purpose: Purpose,
    /// What it is for, in one sentence.
    pub why: String,
    /// Its IAM actions.
    pub actions: Vec<String>,
    /// Whether the job can be done without it.
    pub optional: bool,
}

/// When a right is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub enum Purpose {
    /// Before: to read what the checks look at.
    Discover,
    /// To carry the plan out.
    Apply,
    /// To undo it.
    Undo,
}

/// The policy of a plan: the same plan has the same one, to the letter.
pub fn policy(plan: &Plan) -> Policy {
    let mut statements: Vec<Statement> = Vec::new();
    let in_reverse = || plan.steps.iter().rev();
    let wanted = discover::statements(plan)
        .into_iter()
        .chain(plan.steps.iter().flat_map(|step| steps::apply(plan, step)))
        .chain(
            plan.steps
                .iter()
                .flat_map(|step| steps::connections(plan, step)),
        )
        .chain(in_reverse().flat_map(|step| steps::undo(plan, step)));
    for statement in wanted {
        match statements.iter_mut().find(|it| it.sid == statement.sid) {
            Some(there) => there.merge(statement),
            None => statements.push(statement),
        }
    }
    let document = json!({
        "Version": "2012-10-17",
        "Statement": statements.iter().map(Statement::to_json).collect::<Vec<_>>(),
    });
    Policy {
        document: format!("{document:#}"),
        parts: statements.into_iter().map(PolicyPart::from).collect(),
    }
}

impl From<Statement> for PolicyPart {
    fn from(statement: Statement) -> Self {
        Self {
            sid: statement.sid.to_owned(),
            purpose: statement.purpose,
            why: statement.why.to_owned(),
            actions: statement
                .actions
                .iter()
                .map(|action| (*action).to_owned())
                .collect(),
            optional: statement.optional,
        }
    }
}
