//! Checks on a source's own names: those of brokers and nodes, to which a client is sent on, and of a schema registry.

use std::net::IpAddr;

use super::Subject;
use crate::check::{Check, CheckId, Verdict};
use crate::facts::load_balancing::EndpointService;
use crate::names::load_balancing::private_dns_name;
use crate::paths::endpoint_service::layout::Group;
use crate::paths::endpoint_service::page::preview_needed;
use crate::paths::endpoint_service::source::{Kind, Source};
use crate::paths::findings::passed;
use crate::paths::own_names::{self, OwnNames};
use crate::step::Engine;

/// Whether custom private DNS is enabled, where nothing works without it.
pub(super) fn preview(subject: &Subject<'_>) -> Option<Check> {
    let source = by_name(subject)?;
    let groups = subject.groups();
    if !preview_needed(source, &groups) {
        return None;
    }
    let because = if source.kind == Kind::Brokers {
        "MSK's brokers send clients on to their own names, which AWS has chosen."
    } else {
        "Several hosts have the same port: what tells them apart is their name, and each has an endpoint of its own."
    };
    let own = own_names(subject, source, &groups, None);
    Some(own.preview(because, groups.iter().all(|it| it.names().len() <= 1)))
}

/// Whether the names are free, and resolve to the endpoint.
pub(super) fn names(subject: &Subject<'_>) -> Option<Check> {
    let source = by_name(subject)?;
    let groups = subject.groups();
    let given = given_name(subject);
    let own = own_names(subject, source, &groups, given.as_deref());
    if let Some(given) = &given
        && own.names.is_empty()
        && own.addresses.is_empty()
    {
        return Some(passed(
            CheckId::SourceNames,
            "The service's private DNS name is the source's own.",
            vec![format!("Name {given}")],
        ));
    }
    let mut check = own.names();
    if let Some(given) = given.filter(|it| {
        groups
            .iter()
            .any(|group| group.names().contains(&it.as_str()))
    }) {
        if check.verdict == Verdict::Warning && !own.enabled {
            check.headline = format!(
                "Without custom private DNS only {given} of the source's own names resolves to the endpoint."
            );
        }
        check
            .evidence
            .push(format!("{given} is the service's private DNS name."));
    }
    Some(check)
}

/// What a Kafka cluster of one's own advertises; MSK does so by itself.
pub(super) fn advertised(subject: &Subject<'_>) -> Option<Check> {
    let source = subject.source.as_ref().ok()?;
    let own = matches!(source.kind, Kind::Hosts | Kind::Address);
    if !own || source.described.engine != Engine::Kafka {
        return None;
    }
    let brokers: Vec<String> = source
        .hosts
        .iter()
        .filter(|it| !it.registry)
        .map(super::Host::at)
        .collect();
    Some(own_names::advertised_listeners(&brokers))
}

/// Whether a host is an RDS Proxy: by its own name, or since a proxy's name that was looked up has its address.
pub(super) fn rds_proxy(subject: &Subject<'_>) -> Option<Check> {
    let source = subject.source.as_ref().ok()?;
    let engine = source.described.engine;
    if matches!(source.kind, Kind::Database | Kind::Brokers)
        || !matches!(engine, Engine::Postgres | Engine::Mysql | Engine::Other)
    {
        return None;
    }
    let by_name = source
        .hosts
        .iter()
        .flat_map(|it| &it.names)
        .map(|name| own_names::rds_proxy(name, engine));
    by_name
        .chain(by_address(subject, source))
        .min_by_key(|check| check.verdict)
}

/// The names that were looked up and have one of the source's addresses.
fn by_address(subject: &Subject<'_>, source: &Source<'_>) -> Vec<Check> {
    let own: Vec<IpAddr> = source
        .hosts
        .iter()
        .flat_map(|host| host.addresses.iter().map(|it| IpAddr::V4(*it)))
        .collect();
    let mut found: Vec<Check> = subject
        .facts
        .lookups
        .iter()
        .filter_map(|lookup| {
            let addresses = lookup.addresses.known()?;
            let address = own.iter().find(|it| addresses.contains(it))?;
            let mut check = own_names::rds_proxy(&lookup.name, source.described.engine);
            check
                .evidence
                .push(format!("{} resolves to {address}.", lookup.name));
            Some(check)
        })
        .collect();
    found.sort_by(|a, b| a.evidence.cmp(&b.evidence));
    found
}

fn by_name<'s>(subject: &'s Subject<'_>) -> Option<&'s Source<'s>> {
    let source = subject.source.as_ref().ok()?;
    source.kind.by_name().then_some(source)
}

/// The name that the endpoint service itself gives to its endpoints: one that is chosen, or a verified one.
fn given_name(subject: &Subject<'_>) -> Option<String> {
    let verified = |service: &EndpointService| {
        let given = service.private_dns.as_ref()?;
        let verified = given.state.as_deref()?.eq_ignore_ascii_case("verified");
        verified.then(|| given.private_dns_name.to_ascii_lowercase())
    };
    match subject.service() {
        Some(service) => verified(service),
        None => private_dns_name(&subject.choices.private_dns_name).ok()?,
    }
}

/// The names that are, or would be, mapped: all but the one that the service gives.
fn own_names<'s>(
    subject: &'s Subject<'_>,
    source: &Source<'_>,
    groups: &[Group<'_>],
    given: Option<&str>,
) -> OwnNames<'s> {
    let mut names: Vec<String> = Vec::new();
    for name in groups.iter().flat_map(Group::names) {
        if Some(name) != given && !names.iter().any(|it| it == name) {
            names.push(name.to_owned());
        }
    }
    OwnNames {
        clickhouse: subject.facts.clickhouse,
        service: &subject.choices.service,
        // Where there is no name, nothing can be enabled for it.
        enabled: subject.choices.custom_dns_enabled || names.is_empty(),
        names,
        addresses: source
            .hosts
            .iter()
            .filter(|it| it.names.is_empty() && !it.registry)
            .flat_map(|it| it.addresses.clone())
            .collect(),
        registry: source
            .hosts
            .iter()
            .find(|it| it.registry && given != Some(it.label().as_str()))
            .map(super::Host::label),
    }
}
