//! The advice for a source out of the list: what was found of it counts too, beside what is answered.

use super::fits::Fit;
use super::sources::lacks;
use super::{Advice, Answers, Source, answers_of, recommend, sources};
use crate::facts::RegionFacts;

/// The advice for these answers, and for the source picked from the list, if one is. A path that its row does not have
/// does not fit, with what rules it out.
pub fn advise(facts: &RegionFacts, picked: Option<&str>, answers: &Answers) -> Advice {
    let known = picked.map_or_else(Answers::default, |arn| answers_of(facts, arn));
    let advice = recommend(&known.or(answers));
    let row = picked.and_then(|arn| sources(facts).into_iter().find(|it| it.arn == arn));
    match row {
        Some(row) => held_to(advice, facts, row),
        None => advice,
    }
}

fn held_to(mut advice: Advice, facts: &RegionFacts, row: Source) -> Advice {
    let mut clusters = facts.msk_clusters.known().into_iter().flatten();
    let lack = clusters.find(|it| it.arn == row.arn).and_then(lacks);
    for fit in &mut advice.fits {
        if fit.fit != Fit::No && !row.paths.contains(&fit.path) {
            fit.fit = Fit::No;
            // Where nothing in particular is lacking, no path fits, and the row says why.
            fit.reason = lack.clone().unwrap_or_else(|| row.reason.clone());
        }
    }
    if advice
        .recommended
        .is_some_and(|path| !row.paths.contains(&path))
    {
        advice.recommended = row.path;
        advice.reason = row.reason;
    }
    advice
}
