//! Checks on the source's own names: those that apply to it, of the ones that all paths share.

use super::{Check, Subject};
use crate::check::CheckId;
use crate::names::load_balancing::Host;
use crate::paths::own_names::{OwnNames, advertised_listeners, rds_proxy};
use crate::paths::vpc_resource::choices::SourceChoice;
use crate::paths::vpc_resource::wanted::Wanted;
use crate::step::{Definition, Engine};

pub(super) fn checks(subject: &Subject<'_>) -> Vec<Check> {
    let mut checks = mapped(subject);
    checks.extend(listeners(subject));
    checks.extend(proxy(subject));
    checks
}

/// Whether the names can be mapped, of a source whose names are.
fn mapped(subject: &Subject<'_>) -> Vec<Check> {
    let because = match &subject.choices.source {
        SourceChoice::Database { .. } | SourceChoice::IpAddress { .. } => return Vec::new(),
        SourceChoice::DomainName { .. } if !subject.choices.custom_dns_enabled => {
            return Vec::new();
        }
        SourceChoice::DomainName { .. } => "The source's own name is to resolve to the endpoint.",
        SourceChoice::Hosts {
            engine: Engine::MongoDb,
            ..
        } => "The nodes of a replica set send clients on to each other's own names.",
        SourceChoice::Hosts { .. } => "Kafka brokers send clients on to each other's own names.",
        SourceChoice::MskServerless { .. } => {
            "The cluster sends clients on to brokers under names beside its bootstrap host's."
        }
    };
    let Ok(wanted) = &subject.wanted else {
        return vec![
            subject.no_source(CheckId::CustomDnsPreview),
            subject.no_source(CheckId::SourceNames),
        ];
    };
    let own = own_names(subject, wanted);
    vec![own.preview(because, !wanted.is_group()), own.names()]
}

fn own_names<'a>(subject: &Subject<'a>, wanted: &Wanted) -> OwnNames<'a> {
    let addresses = wanted.definitions.iter().filter_map(|it| match it {
        Definition::IpAddress { address, .. } => Some(*address),
        Definition::Database { .. } | Definition::DomainName { .. } => None,
    });
    OwnNames {
        clickhouse: subject.clickhouse,
        service: &subject.choices.service,
        enabled: subject.choices.custom_dns_enabled,
        names: wanted.own_names(),
        addresses: addresses.collect(),
        registry: wanted.registry.as_ref().map(|it| match &it.host {
            Host::Name(name) => name.clone(),
            Host::Address(address) => address.to_string(),
        }),
    }
}

/// What a Kafka cluster advertises; AWS sees to that of MSK Serverless.
fn listeners(subject: &Subject<'_>) -> Option<Check> {
    let wanted = subject.wanted.as_ref().ok()?;
    match &subject.choices.source {
        SourceChoice::Hosts {
            engine: Engine::Kafka,
            ..
        } => {
            let brokers: Vec<String> = wanted.hosts.iter().map(ToString::to_string).collect();
            Some(advertised_listeners(&brokers))
        }
        SourceChoice::DomainName {
            engine: Engine::Kafka,
            ..
        }
        | SourceChoice::IpAddress {
            engine: Engine::Kafka,
            ..
        } => {
            let port = wanted.all_ports().first()?.first;
            let host = match wanted.single()? {
                Definition::Database { .. } => return None,
                Definition::DomainName { name, .. } => name.clone(),
                Definition::IpAddress { address, .. } => address.to_string(),
            };
            Some(advertised_listeners(&[format!("{host}:{port}")]))
        }
        SourceChoice::Database { .. }
        | SourceChoice::DomainName { .. }
        | SourceChoice::IpAddress { .. }
        | SourceChoice::Hosts { .. }
        | SourceChoice::MskServerless { .. } => None,
    }
}

/// A domain name may be an RDS Proxy's; Kafka and `MongoDB` are none of RDS's engines.
fn proxy(subject: &Subject<'_>) -> Option<Check> {
    let SourceChoice::DomainName { engine, .. } = &subject.choices.source else {
        return None;
    };
    Some(match subject.wanted(CheckId::RdsProxy) {
        Ok(wanted) => rds_proxy(wanted.names().next()?, *engine),
        Err(check) => *check,
    })
}
