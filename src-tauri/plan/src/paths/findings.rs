//! How a check is put together, whichever path it belongs to.

use super::why::why;
use crate::check::{Check, CheckId, Verdict};
use crate::problem::{Problem, Remedy, RemedyButton};

pub(super) fn finding(
    id: CheckId,
    verdict: Verdict,
    headline: impl Into<String>,
    evidence: Vec<String>,
    remedy: Option<Remedy>,
) -> Check {
    Check {
        id,
        verdict,
        headline: headline.into(),
        evidence,
        why: why(id).to_owned(),
        remedy,
    }
}

pub(super) fn passed(id: CheckId, headline: impl Into<String>, evidence: Vec<String>) -> Check {
    finding(id, Verdict::Passed, headline, evidence, None)
}

/// So many lines of a list are shown as evidence; the rest is counted.
const LINES: usize = 5;

/// The first lines of a list that may be long.
pub(super) fn first_lines(mut lines: Vec<String>) -> Vec<String> {
    let more = lines.len().saturating_sub(LINES);
    lines.truncate(LINES);
    if more > 0 {
        lines.push(format!("And {more} more."));
    }
    lines
}

/// Not known, because a read did not answer.
pub(super) fn unread(id: CheckId, headline: impl Into<String>, problem: Option<&Problem>) -> Check {
    finding(
        id,
        Verdict::NotKnown,
        headline,
        problem.map(Problem::headline).into_iter().collect(),
        problem
            .map(Problem::remedy)
            .or_else(|| Some(check_again("Check again."))),
    )
}

/// Something that only the admin can do, or change in the wizard.
pub(super) fn advice(text: impl Into<String>) -> Remedy {
    Remedy {
        text: text.into(),
        command: None,
        button: None,
    }
}

/// Something to do elsewhere, then to look at again.
pub(super) fn check_again(text: impl Into<String>) -> Remedy {
    Remedy {
        button: Some(RemedyButton::Retry),
        ..advice(text)
    }
}
