//! Every combination of answers.

use std::fmt::Write;

use pipelink_plan::advice::{
    Advice, Answers, Fit, Question, RunsOn, SourceKind, advise, recommend,
};
use pipelink_plan::step::PathKind;

use super::msk_clusters;
use crate::facts::*;

const PLACES: [RunsOn; 6] = [
    RunsOn::Rds,
    RunsOn::MskProvisioned,
    RunsOn::MskExpress,
    RunsOn::MskServerless,
    RunsOn::VpcHost,
    RunsOn::OnPremises,
];

fn optional<T: Copy>(values: &[T]) -> Vec<Option<T>> {
    std::iter::once(None)
        .chain(values.iter().copied().map(Some))
        .collect()
}

/// Each question answered in every way, or not at all.
fn every_combination() -> Vec<Answers> {
    let mut all = Vec::new();
    for source in optional(&SourceKind::ALL) {
        for runs_on in optional(&PLACES) {
            for clickpipes_region_same in optional(&[true, false]) {
                for private_name in optional(&[true, false]) {
                    all.push(Answers {
                        source,
                        runs_on,
                        clickpipes_region_same,
                        private_name,
                    });
                }
            }
        }
    }
    all
}

/// Every question answered, in a way that can be.
fn complete() -> Vec<Answers> {
    every_combination()
        .into_iter()
        .filter(|it| {
            let (Some(source), Some(runs_on)) = (it.source, it.runs_on) else {
                return false;
            };
            source.places().contains(&runs_on)
                && it.clickpipes_region_same.is_some()
                && it.private_name.is_some()
        })
        .collect()
}

fn fit(advice: &Advice, path: PathKind) -> Fit {
    advice.fits.iter().find(|it| it.path == path).unwrap().fit
}

#[test]
fn all_three_paths_are_always_listed_each_with_its_reason() {
    for answers in every_combination() {
        let advice = recommend(&answers);
        let paths: Vec<PathKind> = advice.fits.iter().map(|it| it.path).collect();
        assert_eq!(
            paths,
            [
                PathKind::VpcResource,
                PathKind::MskMultiVpc,
                PathKind::EndpointService
            ]
        );
        assert!(!advice.reason.is_empty());
        for fit in &advice.fits {
            assert!(fit.reason.ends_with('.'), "{answers:?}: {fit:?}");
            assert!(fit.usual.from_minutes < fit.usual.to_minutes);
            assert!(!fit.billed.is_empty());
        }
    }
}

#[test]
fn complete_answers_are_recommended_exactly_one_path_that_can_work() {
    for answers in complete() {
        let advice = recommend(&answers);
        if unreachable(answers) {
            continue;
        }
        let path = advice.recommended.unwrap();
        assert_eq!(advice.next, None, "{answers:?}");
        assert_eq!(fit(&advice, path), Fit::Best);
        let best = advice.fits.iter().filter(|it| it.fit == Fit::Best).count();
        assert_eq!(best, 1, "{answers:?}");
        let same = answers.clickpipes_region_same == Some(true);
        // The rules of ClickHouse's page, once more and in other words.
        if !same {
            assert_eq!(path, PathKind::EndpointService);
            assert_eq!(fit(&advice, PathKind::VpcResource), Fit::No);
        }
        let multi_vpc = answers.runs_on == Some(RunsOn::MskProvisioned) && same;
        assert_eq!(path == PathKind::MskMultiVpc, multi_vpc, "{answers:?}");
        assert_eq!(fit(&advice, PathKind::MskMultiVpc) == Fit::No, !multi_vpc);
        if answers.runs_on == Some(RunsOn::Rds) && same {
            assert_eq!(path, PathKind::VpcResource);
        }
    }
}

/// MSK Serverless, and ClickPipes in another region.
fn unreachable(answers: Answers) -> bool {
    answers.runs_on == Some(RunsOn::MskServerless) && answers.clickpipes_region_same == Some(false)
}

#[test]
fn no_path_is_recommended_for_msk_serverless_in_another_region() {
    let far: Vec<Answers> = complete()
        .into_iter()
        .filter(|it| unreachable(*it))
        .collect();
    assert!(!far.is_empty());
    for answers in far {
        let advice = recommend(&answers);
        assert_eq!((advice.recommended, advice.next), (None, None));
        assert!(advice.fits.iter().all(|it| it.fit == Fit::No));
        assert!(
            advice.reason.contains("choose a service"),
            "{}",
            advice.reason
        );
    }
}

#[test]
fn a_path_that_the_row_of_a_source_rules_out_says_why_and_is_not_recommended() {
    let mut world = World::healthy();
    let clusters = msk_clusters();
    world.region.msk_clusters = known(clusters.clone());
    let of = |name: &str| {
        let cluster = clusters.iter().find(|it| it.name == name).unwrap();
        advise(
            &world.region,
            Some(&cluster.arn),
            &Answers {
                clickpipes_region_same: Some(true),
                ..Answers::default()
            },
        )
    };
    let advice = of("small");
    assert_eq!(advice.recommended, Some(PathKind::EndpointService));
    let multi_vpc = &advice.fits[1];
    assert_eq!(multi_vpc.fit, Fit::No);
    assert_eq!(
        multi_vpc.reason,
        "Brokers of kafka.t3.small have no multi-VPC connectivity."
    );
    let advice = of("odd");
    assert_eq!(advice.recommended, None);
    for fit in &advice.fits {
        assert_eq!(fit.fit, Fit::No);
        assert!(!fit.reason.contains("depends"), "{fit:?}");
    }
    assert_eq!(of("clicks").recommended, Some(PathKind::MskMultiVpc));
}

#[test]
fn a_recommendation_is_made_as_soon_as_nothing_can_change_it() {
    for answers in every_combination() {
        let advice = recommend(&answers);
        let decided = advice.recommended.is_some() || unreachable_by(answers, &advice);
        assert_eq!(decided, advice.next.is_none(), "{answers:?}");
        let agreed: Vec<Advice> = complete()
            .into_iter()
            .filter(|it| agrees(answers, *it))
            .map(|it| recommend(&it))
            .collect();
        let possible: Vec<Option<PathKind>> = agreed.iter().map(|it| it.recommended).collect();
        assert!(!possible.is_empty(), "{answers:?}");
        match advice.recommended {
            Some(path) => {
                assert!(possible.iter().all(|it| *it == Some(path)), "{answers:?}");
                assert_eq!(fit(&advice, path), Fit::Best);
            }
            // Source and place are asked in any case.
            None => assert!(
                possible.iter().any(|it| *it != possible[0])
                    || possible[0].is_none()
                    || matches!(advice.next, Some(Question::Source | Question::RunsOn)),
                "{answers:?}"
            ),
        }
        for one in &advice.fits {
            let of_all: Vec<Fit> = agreed.iter().map(|it| fit(it, one.path)).collect();
            if one.fit == Fit::No {
                assert!(of_all.iter().all(|it| *it == Fit::No), "{answers:?}");
            }
        }
    }
}

/// No path fits, and the answers say so: source and place are asked in any case.
fn unreachable_by(answers: Answers, advice: &Advice) -> bool {
    unreachable(answers)
        && answers.source == Some(SourceKind::Kafka)
        && advice.fits.iter().all(|it| it.fit == Fit::No)
}

/// Whether complete answers are a way in which these can turn out.
fn agrees(answers: Answers, complete: Answers) -> bool {
    let source = answers.source.is_none_or(|it| Some(it) == complete.source);
    let sensible = answers.source.is_none_or(|source| {
        answers
            .runs_on
            .is_none_or(|place| source.places().contains(&place))
    });
    let place = !sensible
        || answers
            .runs_on
            .is_none_or(|it| Some(it) == complete.runs_on);
    let region = answers
        .clickpipes_region_same
        .is_none_or(|it| Some(it) == complete.clickpipes_region_same);
    let name = answers
        .private_name
        .is_none_or(|it| Some(it) == complete.private_name);
    source && place && region && name
}

#[test]
fn a_place_where_the_source_cannot_run_is_asked_again() {
    let advice = recommend(&Answers {
        source: Some(SourceKind::Postgres),
        runs_on: Some(RunsOn::MskExpress),
        clickpipes_region_same: Some(true),
        private_name: Some(false),
    });
    assert_eq!(advice.recommended, None);
    assert_eq!(advice.next, Some(Question::RunsOn));
    assert_eq!(
        advice.places,
        [RunsOn::Rds, RunsOn::VpcHost, RunsOn::OnPremises]
    );
}

#[test]
fn questions_are_asked_only_where_they_matter() {
    use Question::{PrivateName, RunsOn as Place, SameRegion, Source};

    // Answers each question as it comes, and tells which came.
    let asked = |source, runs_on, same_region, private_name| {
        let mut answers = Answers::default();
        let mut asked = Vec::new();
        while let Some(question) = recommend(&answers).next {
            asked.push(question);
            match question {
                Question::Source => answers.source = Some(source),
                Question::RunsOn => answers.runs_on = Some(runs_on),
                Question::SameRegion => answers.clickpipes_region_same = Some(same_region),
                Question::PrivateName => answers.private_name = Some(private_name),
            }
        }
        asked
    };
    assert_eq!(
        asked(SourceKind::Kafka, RunsOn::MskExpress, true, false),
        [Source, Place]
    );
    assert_eq!(
        asked(SourceKind::Postgres, RunsOn::Rds, true, false),
        [Source, Place, SameRegion]
    );
    assert_eq!(
        asked(SourceKind::Kafka, RunsOn::VpcHost, false, true),
        [Source, Place, SameRegion]
    );
    assert_eq!(
        asked(SourceKind::Kafka, RunsOn::VpcHost, true, true),
        [Source, Place, SameRegion, PrivateName]
    );
}

#[test]
fn the_table_of_recommendations() {
    let mut text = String::new();
    for answers in complete() {
        let advice = recommend(&answers);
        writeln!(
            text,
            "# {:?} on {:?}, {} region, {} name",
            answers.source.unwrap(),
            answers.runs_on.unwrap(),
            if answers.clickpipes_region_same == Some(true) {
                "same"
            } else {
                "another"
            },
            if answers.private_name == Some(true) {
                "private"
            } else {
                "any"
            },
        )
        .unwrap();
        for fit in &advice.fits {
            writeln!(text, "  {:?} {:?}: {}", fit.path, fit.fit, fit.reason).unwrap();
        }
    }
    insta::assert_snapshot!("recommendations", text);
}

#[test]
fn what_is_said_before_everything_is_answered() {
    let partly = [
        Answers::default(),
        Answers {
            source: Some(SourceKind::Kafka),
            ..Answers::default()
        },
        Answers {
            source: Some(SourceKind::Kafka),
            runs_on: Some(RunsOn::VpcHost),
            ..Answers::default()
        },
        Answers {
            source: Some(SourceKind::Kafka),
            runs_on: Some(RunsOn::VpcHost),
            clickpipes_region_same: Some(true),
            private_name: None,
        },
        Answers {
            source: Some(SourceKind::Kafka),
            runs_on: Some(RunsOn::MskExpress),
            ..Answers::default()
        },
    ];
    let mut text = String::new();
    for answers in partly {
        let advice = recommend(&answers);
        writeln!(
            text,
            "# {answers:?}\n{:?}, next {:?}: {}",
            advice.recommended, advice.next, advice.reason
        )
        .unwrap();
        for fit in &advice.fits {
            writeln!(text, "  {:?} {:?}: {}", fit.path, fit.fit, fit.reason).unwrap();
        }
    }
    insta::assert_snapshot!("recommendations_partly", text);
}
