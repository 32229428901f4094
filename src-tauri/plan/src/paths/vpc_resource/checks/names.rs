//! The check on names: they keep to the rules, and nothing else bears them.

use super::{Subject, advice, finding, passed, unread};
use crate::check::{Check, CheckId, Verdict};
use crate::names;
use crate::paths::vpc_resource::choices::Extent;
use crate::paths::vpc_resource::reuse::{own_configurations, own_gateways};

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
    let evidence = [
        gateway_name.map(|name| format!("Resource gateway {name}")),
        configuration_name.map(|name| format!("Resource configuration {name}")),
        Some(format!("Resource share {}", choices.share_name)),
    ]
    .into_iter()
    .flatten()
    .collect();
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
    let configuration = own_configurations(subject.region)
        .find(|it| Some(&it.name) == configuration_name)
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

    let gateways = gateway_name.and(subject.region.gateways.problem());
    let configurations = configuration_name.and(subject.region.configurations.problem());
    let problem = gateways.or(configurations);
    if problem.is_some() {
        return unread(id, "Whether the names are in use is not known.", problem);
    }
    passed(id, "The names are valid and not in use.", evidence)
}
