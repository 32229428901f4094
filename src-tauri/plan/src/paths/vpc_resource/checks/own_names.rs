//! Checks on the source's own names: those that apply to it, of the ones that all paths share.

use super::{Check, Subject};
use crate::check::CheckId;
use crate::names::load_balancing::Host;
use crate::paths::own_names::{OwnNames, advertised_listeners, rds_proxy};
use crate::paths::vpc_resource::choices::SourceChoice;
use crate::paths::vpc_resource::wanted::Wanted;
use crate::step::{Definition, Engine};

pub(super) fn checks(subject: &Subject<'_>) -> Vec<Check> {
    let choices = subject.choices;
    let mut checks = Vec::new();
    let wanted = subject.wanted(CheckId::SourceNames);
    match (&choices.source, wanted) {
        (SourceChoice::Database { .. } | SourceChoice::IpAddress { .. }, _) => {}
        (SourceChoice::DomainName { .. }, Ok(wanted)) if choices.custom_dns_enabled => {
            let own = own_names(subject, wanted);
            checks.push(own.preview("The source's own name is to resolve to the endpoint.", true));
            checks.push(own.names());
        }
        (SourceChoice::DomainName { .. }, _) => {}
        (SourceChoice::Hosts { .. } | SourceChoice::MskServerless { .. }, Err(_)) => {
            checks.push(subject.no_source(CheckId::CustomDnsPreview));
            checks.push(subject.no_source(CheckId::SourceNames));
        }
        (SourceChoice::Hosts { engine, .. }, Ok(wanted)) => {
            let own = own_names(subject, wanted);
            checks.push(own.preview(
                match engine {
                    Engine::MongoDb => {
                        "The nodes of a replica set send clients on to each other's own names."
                    }
                    _ => "Kafka brokers send clients on to each other's own names.",
                },
                !wanted.is_group(),
            ));
            checks.push(own.names());
        }
        (SourceChoice::MskServerless { .. }, Ok(wanted)) => {
            let own = own_names(subject, wanted);
            checks.push(own.preview(
                "The cluster sends clients on to brokers under names beside its bootstrap host's.",
                true,
            ));
            checks.push(own.names());
        }
    }
    checks.extend(listeners(subject));
    checks.extend(proxy(subject));
    checks
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
