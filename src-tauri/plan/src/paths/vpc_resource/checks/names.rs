//! The check on names: they keep to the rules, and nothing else bears them.

use super::{Subject, advice, finding, passed, unread};
use crate::check::{Check, CheckId, Verdict};
use crate::names;
use crate::paths::vpc_resource::network::own_gateways;

pub(super) fn names(subject: &Subject<'_>) -> Check {
    let id = CheckId::Names;
    let choices = subject.choices;
    let evidence = vec![
        format!("Resource gateway {}", choices.gateway_name),
        format!("Resource configuration {}", choices.configuration_name),
        format!("Resource share {}", choices.share_name),
    ];
    let broken: Vec<String> = [
        (
            "Resource gateway",
            names::gateway_name(&choices.gateway_name),
        ),
        (
            "Resource configuration",
            names::configuration_name(&choices.configuration_name),
        ),
        ("Resource share", names::share_name(&choices.share_name)),
        ("Description", names::description(&choices.description)),
    ]
    .into_iter()
    .filter_map(|(what, result)| Some(format!("{what}: {}", result.err()?.rule)))
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

    let gateway = own_gateways(subject.region)
        .find(|it| it.name == choices.gateway_name)
        .map(|it| format!("Resource gateway {} is called {}.", it.id, it.name));
    let configuration = subject
        .region
        .configurations
        .known()
        .into_iter()
        .flatten()
        .find(|it| it.name == choices.configuration_name)
        .map(|it| format!("Resource configuration {} is called {}.", it.id, it.name));
    let taken: Vec<String> = gateway.into_iter().chain(configuration).collect();
    if !taken.is_empty() {
        return finding(
            id,
            Verdict::Failure,
            "A name is in use already.",
            taken,
            Some(advice("Choose another name.")),
        );
    }

    let problem = subject
        .region
        .gateways
        .problem()
        .or(subject.region.configurations.problem());
    if problem.is_some() {
        return unread(id, "Whether the names are in use is not known.", problem);
    }
    passed(id, "The names are valid and not in use.", evidence)
}
