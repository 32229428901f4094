//! The check on the cluster's policy: it can be merged, and denies nothing that ClickPipes need.

use super::{Subject, check_again, finding, passed, unread};
use crate::CLICKPIPES_ACCOUNT;
use crate::check::{Check, CheckId, Verdict};
use crate::paths::msk_multi_vpc::policy::{
    Allowance, PolicyProblem, allows, merge, sid, statements,
};
use crate::run::RunId;

pub(super) fn policy(subject: &Subject<'_>) -> Check {
    let id = CheckId::MskPolicy;
    let Some(policy) = subject.msk.policy.known() else {
        return unread(
            id,
            "The cluster's policy could not be read.",
            subject.msk.policy.problem(),
        );
    };
    let document = policy.as_ref().map(|it| it.document.as_str());
    let evidence = match evidence(document) {
        Ok(evidence) => evidence,
        Err(problem) => return unusable(&problem),
    };
    match allows(document, subject.cluster_arn, CLICKPIPES_ACCOUNT) {
        Err(problem) => unusable(&problem),
        Ok(Allowance::Denied { by }) => finding(
            id,
            Verdict::Failure,
            format!(
                "The cluster's policy denies ClickPipes what they need: {}.",
                named(&by)
            ),
            evidence,
            Some(check_again(
                "Change what denies it, or leave ClickPipes' account 072088201116 out of it, then check again.",
            )),
        ),
        Ok(Allowance::PerhapsDenied { by }) => finding(
            id,
            Verdict::Warning,
            format!(
                "The cluster's policy may deny ClickPipes what they need: {}.",
                named(&by)
            ),
            evidence,
            Some(check_again(
                "Read what it depends on. If it does not concern ClickPipes' account 072088201116, go on.",
            )),
        ),
        Ok(Allowance::Allowed { by }) => passed(
            id,
            format!(
                "The cluster's policy lets ClickPipes connect already: {}. It is not changed.",
                named(&by)
            ),
            evidence,
        ),
        Ok(Allowance::NotAllowed { perhaps, .. }) => {
            let merged = merge(
                document,
                subject.cluster_arn,
                CLICKPIPES_ACCOUNT,
                &some_sid(),
            );
            if let Err(problem) = merged {
                return unusable(&problem);
            }
            let mut evidence = evidence;
            if !perhaps.is_empty() {
                evidence.push(format!(
                    "What may let ClickPipes connect, under a condition: {}",
                    named(&perhaps)
                ));
            }
            passed(
                id,
                match document {
                    None => "The cluster has no policy: one with a single statement is made.",
                    Some(_) => {
                        "One statement is added to the cluster's policy. All others stay as they are."
                    }
                },
                evidence,
            )
        }
    }
}

/// One line a statement.
fn evidence(document: Option<&str>) -> Result<Vec<String>, PolicyProblem> {
    let Some(document) = document else {
        return Ok(vec!["The cluster has no policy.".to_owned()]);
    };
    let lines: Vec<String> = statements(document)?
        .into_iter()
        .map(|it| {
            format!(
                "Statement {}: {} {} to {}{}",
                it.name,
                it.effect,
                it.actions.join(", "),
                it.principals.join(", "),
                if it.conditional {
                    ", under a condition"
                } else {
                    ""
                }
            )
        })
        .collect();
    Ok(super::first_lines(lines))
}

fn unusable(problem: &PolicyProblem) -> Check {
    let (headline, line, remedy) = match problem {
        PolicyProblem::NotJson { message } => (
            "The cluster's policy is not JSON: Pipelink does not touch it.".to_owned(),
            message.clone(),
            "Correct the policy in the MSK console, then check again.",
        ),
        PolicyProblem::NotADocument => (
            "The cluster's policy is not a list of statements: Pipelink does not touch it."
                .to_owned(),
            problem.to_string(),
            "Correct the policy in the MSK console, then check again.",
        ),
        PolicyProblem::SidTaken { .. } => (
            "The cluster's policy has a statement with the name of ours.".to_owned(),
            problem.to_string(),
            "Remove or rename that statement, then check again.",
        ),
        PolicyProblem::TooLong { bytes, max } => (
            "The cluster's policy has no room for another statement.".to_owned(),
            format!("With it the policy would have {bytes} bytes. MSK takes {max}."),
            "Put statements together or remove some, then check again.",
        ),
    };
    finding(
        CheckId::MskPolicy,
        Verdict::Failure,
        headline,
        vec![line],
        Some(check_again(remedy)),
    )
}

/// A Sid as long as a run's: before the run there is none.
fn some_sid() -> String {
    sid(&RunId("0".repeat(32)))
}

/// "statement A", "statements A, B".
fn named(statements: &[String]) -> String {
    match statements {
        [one] => format!("statement {one}"),
        more => format!("statements {}", more.join(", ")),
    }
}
