//! Checks on a source's own names: those of brokers and nodes, to which a client is sent on, and of a schema registry.

use super::{Subject, advice, finding, passed};
use crate::check::{Check, CheckId, Verdict};
use crate::paths::endpoint_service::layout::Group;
use crate::paths::endpoint_service::page::preview_needed;
use crate::paths::endpoint_service::source::{Kind, Source};
use crate::paths::endpoint_service::standing::given_name;
use crate::paths::own_names::{self, OwnNames};
use crate::problem::Remedy;
use crate::readings::shell;
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
    let given = given_name(subject.service(), subject.choices);
    let own = own_names(subject, source, &groups, given.as_deref());
    if let Some(given) = &given
        && own.names.is_empty()
        && own.addresses.is_empty()
        && own.registry.is_none()
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

/// Whether a host is an RDS Proxy: its name tells. Of an address nothing does: what AWS writes on a proxy's network
/// interfaces is not documented.
pub(super) fn rds_proxy(subject: &Subject<'_>) -> Option<Check> {
    let source = subject.source.as_ref().ok()?;
    let engine = source.described.engine;
    if matches!(source.kind, Kind::Database | Kind::Brokers) {
        return None;
    }
    let proxied = matches!(engine, Engine::Postgres | Engine::Mysql);
    if !proxied && engine != Engine::Other {
        return None;
    }
    let region = &subject.facts.region.identity.region;
    source
        .hosts
        .iter()
        .filter_map(|host| match host.names.first() {
            Some(name) => Some(own_names::rds_proxy(name, engine)),
            None => proxied.then(|| of_address(&host.label(), region)),
        })
        .min_by_key(|check| check.verdict)
}

fn of_address(address: &str, region: &str) -> Check {
    finding(
        CheckId::RdsProxy,
        Verdict::NotKnown,
        format!("Whether {address} is an RDS Proxy's cannot be told from an address."),
        vec![format!("{address} was entered without a name.")],
        Some(Remedy {
            command: Some(format!(
                "aws rds describe-db-proxy-endpoints --query 'DBProxyEndpoints[].Endpoint' --region {}",
                shell::quote(region)
            )),
            ..advice(
                "List the endpoints of the proxies, and make sure that none of them resolves to the address: ClickPipes \
                 cannot follow a Postgres database through a proxy, and a MySQL one perhaps not either.",
            )
        }),
    )
}

fn by_name<'s>(subject: &'s Subject<'_>) -> Option<&'s Source<'s>> {
    let source = subject.source.as_ref().ok()?;
    source.kind.by_name().then_some(source)
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
