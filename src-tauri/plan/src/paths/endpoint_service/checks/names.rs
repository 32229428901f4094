//! The check on names: they keep to the rules, and nothing else of the kind bears them.

use super::{Subject, advice, finding, first_lines, passed, unread};
use crate::check::{Check, CheckId, Verdict};
use crate::names::load_balancing::{load_balancer_name, numbered, numbers};
use crate::names::{self, FieldError};
use crate::observed::Observed;
use crate::paths::endpoint_service::choices::Extent;

pub(super) fn names(subject: &Subject<'_>) -> Check {
    let id = CheckId::Names;
    let (rule, load_balancers, target_groups) = match &subject.choices.extent {
        Extent::Everything { name, .. } => {
            let hosts = subject.source.as_ref().map_or(1, |it| it.hosts.len());
            (
                Some(name),
                all(name, subject.groups().len()),
                all(name, hosts),
            )
        }
        Extent::OnLoadBalancer { name, .. } => (Some(name), Vec::new(), Vec::new()),
        Extent::OnService { .. } => (None, Vec::new(), Vec::new()),
    };
    let broken: Vec<String> = [
        ("Name", rule.map(|name| load_balancer_name(name))),
        (
            "Description",
            Some(names::description(&subject.choices.description)),
        ),
    ]
    .into_iter()
    .filter_map(|(what, result)| broken(what, result?))
    .collect();
    if !broken.is_empty() {
        return finding(
            id,
            Verdict::Failure,
            "A name breaks its rule.",
            broken,
            Some(advice("Change the name.")),
        );
    }
    let facts = subject.facts.load_balancing;
    let taken: Vec<String> = [
        taken(
            "Load balancer",
            &load_balancers,
            &facts.load_balancers,
            |it| (&it.name, &it.arn),
        ),
        taken("Target group", &target_groups, &facts.target_groups, |it| {
            (&it.name, &it.arn)
        }),
    ]
    .concat();
    if !taken.is_empty() {
        return finding(
            id,
            Verdict::Failure,
            "A name is in use already.",
            first_lines(taken),
            Some(advice("Choose another name.")),
        );
    }
    let unlisted = if load_balancers.is_empty() {
        None
    } else {
        facts
            .load_balancers
            .problem()
            .or(facts.target_groups.problem())
    };
    if unlisted.is_some() {
        return unread(id, "Whether the names are in use is not known.", unlisted);
    }
    let evidence = [
        lines("Load balancer", &load_balancers),
        lines("Target group", &target_groups),
    ]
    .concat();
    passed(
        id,
        "The names are valid and not in use.",
        first_lines(evidence),
    )
}

fn all(name: &str, count: usize) -> Vec<String> {
    numbers(count)
        .map(|number| numbered(name, number))
        .collect()
}

fn broken(what: &str, result: Result<(), FieldError>) -> Option<String> {
    result.err().map(|wrong| format!("{what}: {}", wrong.rule))
}

fn lines(what: &str, names: &[String]) -> Vec<String> {
    names.iter().map(|name| format!("{what} {name}")).collect()
}

fn taken<T>(
    what: &str,
    wanted: &[String],
    there: &Observed<Vec<T>>,
    name_and_arn: impl Fn(&T) -> (&String, &String),
) -> Vec<String> {
    let mut taken: Vec<String> = there
        .known()
        .into_iter()
        .flatten()
        .map(name_and_arn)
        .filter(|(name, _)| wanted.contains(name))
        .map(|(name, arn)| format!("{what} {arn} is called {name}."))
        .collect();
    taken.sort_unstable();
    taken
}
