//! From answers to a recommendation. A question is asked only where its answer can change the recommendation.

use serde::{Deserialize, Serialize};

use super::fits::{self, Fit, Known, PATHS, PathFit};
use super::{Answers, Question, RunsOn, SourceKind};
use crate::step::PathKind;

/// What is recommended, and how every path fits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Advice {
    /// The path to take; none as long as answers are missing that decide it, and where no path fits.
    pub recommended: Option<PathKind>,
    /// Why, or what is missing, or what to do instead, in one or two sentences.
    pub reason: String,
    /// The next question; none once it is decided.
    pub next: Option<Question>,
    /// Where the source can run: what there is to choose from.
    pub places: Vec<RunsOn>,
    /// All three paths, each with its reason.
    pub fits: Vec<PathFit>,
}

/// The advice for these answers. Where the source cannot run at the place named, that answer counts as missing.
pub fn recommend(answers: &Answers) -> Advice {
    let answers = sensible(*answers);
    let cases = cases(answers);
    let fits: Vec<PathFit> = PATHS.into_iter().map(|path| over(path, &cases)).collect();
    let best = |cases: &[Known]| {
        PATHS
            .into_iter()
            .find(|path| cases.iter().all(|it| fits::fit(*path, *it).0 == Fit::Best))
    };
    let none_fits = fits.iter().all(|it| it.fit == Fit::No);
    let next = next(answers, none_fits || best(&cases).is_some());
    let recommended = if next.is_none() { best(&cases) } else { None };
    Advice {
        reason: match (recommended, next) {
            (Some(path), _) => fits
                .iter()
                .find(|it| it.path == path)
                .map_or_else(String::new, |it| it.reason.clone()),
            (None, Some(question)) => missing(question).to_owned(),
            (None, None) => NONE_FITS.to_owned(),
        },
        recommended,
        next,
        places: answers
            .source
            .map(|source| source.places().to_vec())
            .unwrap_or_default(),
        fits,
    }
}

/// No path reaches this source from where the service's `ClickPipes` run.
const NONE_FITS: &str = "No path fits from another region: choose a service whose ClickPipes run in the source's region.";

/// Without the place, where the source cannot run there.
fn sensible(mut answers: Answers) -> Answers {
    if let Some(source) = answers.source {
        answers.runs_on = answers.runs_on.filter(|it| source.places().contains(it));
    }
    answers
}

/// Every way in which the missing answers can turn out.
fn cases(answers: Answers) -> Vec<Known> {
    let sources = answers
        .source
        .map_or_else(|| SourceKind::ALL.to_vec(), |it| vec![it]);
    let both = |answer: Option<bool>| answer.map_or_else(|| vec![true, false], |it| vec![it]);
    let mut cases = Vec::new();
    for source in sources {
        for runs_on in source.places() {
            if answers.runs_on.is_some_and(|it| it != *runs_on) {
                continue;
            }
            for same_region in both(answers.clickpipes_region_same) {
                for private_name in both(answers.private_name) {
                    cases.push(Known {
                        source,
                        runs_on: *runs_on,
                        same_region,
                        private_name,
                    });
                }
            }
        }
    }
    cases
}

/// The first question that is not answered and can change the recommendation. Source and place are always asked:
/// they decide what is set up, not only how.
fn next(answers: Answers, decided: bool) -> Option<Question> {
    if answers.source.is_none() {
        return Some(Question::Source);
    }
    if answers.runs_on.is_none() {
        return Some(Question::RunsOn);
    }
    if decided {
        return None;
    }
    if answers.clickpipes_region_same.is_none() {
        return Some(Question::SameRegion);
    }
    answers
        .private_name
        .is_none()
        .then_some(Question::PrivateName)
}

fn missing(question: Question) -> &'static str {
    match question {
        Question::Source => "What is the source?",
        Question::RunsOn => "Where does the source run?",
        Question::SameRegion => {
            "Which service reads it? What matters is whether its ClickPipes run in the source's region."
        }
        Question::PrivateName => {
            "Do ClickPipes have to reach it under a name of your own, such as the one its certificate or its listeners \
             carry?"
        }
    }
}

/// How a path fits over all cases: as in each of them where they agree, else possibly.
fn over(path: PathKind, cases: &[Known]) -> PathFit {
    let mut found: Vec<(Fit, &'static str)> = cases.iter().map(|it| fits::fit(path, *it)).collect();
    found.dedup();
    let first = found.first().copied();
    let (fit, reason) = match first {
        // Of several reasons, one for each way in which the missing answers can turn out, the first says enough.
        Some((fit, reason)) if found.iter().all(|it| it.0 == fit) => (fit, reason),
        _ => (
            Fit::Possible,
            "Whether it fits depends on what is not answered yet.",
        ),
    };
    PathFit {
        path,
        fit,
        reason: reason.to_owned(),
        usual: fits::usual(path),
        billed: fits::billed(path).to_owned(),
    }
}
