//! The check on names: they keep to the rules, and nothing else bears them.

use super::{Subject, advice, finding, first_lines, passed, unread};
use crate::check::{Check, CheckId, Verdict};
use crate::names;
use crate::paths::vpc_resource::choices::Extent;
use crate::paths::vpc_resource::reuse::{own_configurations, own_gateways};
use crate::paths::vpc_resource::steps::children;

pub(super) fn names(subject: &Subject<'_>) -> Check {
    let id = CheckId::Names;
    let choices = subject.choices;
    let (gateway_name, configuration_name) = match &choices.extent {
        Extent::Everything {
            gateway_name,
            configuration_name,
            ..
        } => (Some(gateway_name), Some(configuration_name)),
        Extent::OnGateway {
            configuration_name, ..
        } => (None, Some(configuration_name)),
        Extent::OnConfiguration { .. } => (None, None),
    };
    let mut evidence: Vec<String> = [
        gateway_name.map(|name| format!("Resource gateway {name}")),
        configuration_name.map(|name| format!("Resource configuration {name}")),
        Some(format!("Resource share {}", choices.share_name)),
    ]
    .into_iter()
    .flatten()
    .collect();
    let made = configurations(subject, configuration_name);
    evidence.extend(first_lines(
        made.iter()
            .skip(1)
            .map(|name| format!("Resource configuration {name}, of the group"))
            .collect(),
    ));
    let broken: Vec<String> = [
        (
            "Resource gateway",
            gateway_name.map(|name| names::gateway_name(name)),
        ),
        (
            "Resource configuration",
            configuration_name.map(|name| names::configuration_name(name)),
        ),
        (
            "Resource share",
            Some(names::share_name(&choices.share_name)),
        ),
        (
            "Description",
            Some(names::description(&choices.description)),
        ),
    ]
    .into_iter()
    .filter_map(|(what, result)| Some(format!("{what}: {}", result?.err()?.rule)))
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
        .find(|it| Some(&it.name) == gateway_name)
        .map(|it| format!("Resource gateway {} is called {}.", it.id, it.name));
    let mut configurations: Vec<String> = own_configurations(subject.region)
        .filter(|it| made.contains(&it.name))
        .map(|it| format!("Resource configuration {} is called {}.", it.id, it.name))
        .collect();
    configurations.sort_unstable();
    let taken: Vec<String> = gateway.into_iter().chain(configurations).collect();
    if !taken.is_empty() {
        return finding(
            id,
            Verdict::Failure,
            "A name is in use already.",
            first_lines(taken),
            Some(advice("Choose another name.")),
        );
    }

    let gateways = gateway_name.and(subject.region.gateways.problem());
    let configurations = configuration_name.and(subject.region.configurations.problem());
    let problem = gateways.or(configurations);
    if problem.is_some() {
        return unread(id, "Whether the names are in use is not known.", problem);
    }
    passed(id, "The names are valid and not in use.", evidence)
}

/// The names of the configurations that are made: the one chosen, and those made from it for the hosts of a group.
fn configurations(subject: &Subject<'_>, chosen: Option<&String>) -> Vec<String> {
    let Some(chosen) = chosen else {
        return Vec::new();
    };
    let children = subject.wanted.as_ref().map(children).unwrap_or_default();
    let of_children = children.iter().map(|it| it.name(chosen));
    std::iter::once(chosen.clone()).chain(of_children).collect()
}
