//! What was typed for a source, read by the rules of [`crate::names`].

use std::collections::BTreeSet;

use super::choices::SourceChoice;
use super::wanted::Wanted;
use crate::names::load_balancing::{HostPort, host_ports};
use crate::names::{self, Field, FieldError};
use crate::step::{Definition, Engine, PortRange};

/// The most children of a group (VPC Lattice quota "Child Resource Configurations per Group Resource Configuration").
const HOSTS_MAX: usize = 60;

/// What can be said of a source without having read anything.
pub(super) enum Typed<'a> {
    Wanted(Wanted),
    /// An MSK Serverless cluster, by its ARN: what leads to it has to be read.
    Serverless(&'a str),
}

/// What was typed for a source, or every field of it that breaks its rule.
pub(super) fn typed(source: &SourceChoice) -> Result<Typed<'_>, Vec<FieldError>> {
    let wanted = match source {
        SourceChoice::Database { arn } => {
            names::rds_arn(arn).map_err(|wrong| vec![wrong])?;
            Wanted::one(Definition::Database { arn: arn.clone() })
        }
        SourceChoice::DomainName {
            name,
            ports,
            vpc_id,
            ..
        } => {
            let (name, ports) = on_ports(names::domain_name(name), ports, vpc_id)?;
            Wanted::one(Definition::DomainName { name, ports })
        }
        SourceChoice::IpAddress {
            address,
            ports,
            vpc_id,
            ..
        } => {
            let (address, ports) = on_ports(names::private_address(address), ports, vpc_id)?;
            Wanted::one(Definition::IpAddress { address, ports })
        }
        SourceChoice::Hosts {
            hosts,
            registry,
            engine,
            vpc_id,
            ..
        } => {
            let (hosts, registry) = typed_hosts(hosts, registry, *engine, vpc_id)?;
            Wanted::of_hosts(hosts, registry)
        }
        SourceChoice::MskServerless { cluster_arn } => {
            names::msk_arn(cluster_arn).map_err(|wrong| vec![wrong])?;
            return Ok(Typed::Serverless(cluster_arn));
        }
    };
    Ok(Typed::Wanted(wanted))
}

fn on_ports<T>(
    host: Result<T, FieldError>,
    ports: &str,
    vpc_id: &str,
) -> Result<(T, Vec<PortRange>), Vec<FieldError>> {
    match (host, names::ports(ports), names::vpc_id(vpc_id)) {
        (Ok(host), Ok(ports), Ok(())) => Ok((host, ports)),
        (host, ports, vpc) => Err([host.err(), ports.err(), vpc.err()]
            .into_iter()
            .flatten()
            .collect()),
    }
}

/// The hosts and the registry, or every field of them that breaks its rule.
fn typed_hosts(
    hosts: &str,
    registry: &str,
    engine: Engine,
    vpc_id: &str,
) -> Result<(Vec<HostPort>, Option<HostPort>), Vec<FieldError>> {
    let default_port = match engine {
        Engine::Kafka => Ok(9092),
        Engine::MongoDb => Ok(27017),
        Engine::Postgres | Engine::Mysql | Engine::Other => Err(FieldError::new(
            Field::Source,
            "Choose Kafka or MongoDB: of other sources one host is reached.",
        )),
    };
    let hosts =
        default_port.and_then(|port| host_ports(Field::Source, hosts, Some(port), HOSTS_MAX));
    let registry = typed_registry(registry, engine);
    match (hosts, registry, names::vpc_id(vpc_id)) {
        (Ok(hosts), Ok(registry), Ok(())) => {
            let wrong = registry.as_ref().and_then(|it| beside(&hosts, it));
            wrong.map_or(Ok((hosts, registry)), |wrong| Err(vec![wrong]))
        }
        (hosts, registry, vpc) => Err([hosts.err(), registry.err(), vpc.err()]
            .into_iter()
            .flatten()
            .collect()),
    }
}

fn typed_registry(text: &str, engine: Engine) -> Result<Option<HostPort>, FieldError> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    if engine != Engine::Kafka {
        return Err(FieldError::new(
            Field::Registry,
            "Leave this empty: only Kafka has a schema registry.",
        ));
    }
    let registry = host_ports(Field::Registry, text, None, 1).map_err(|_| {
        FieldError::new(
            Field::Registry,
            "Use one domain name or private IPv4 address, a colon and a port, such as registry.example.com:8081.",
        )
    })?;
    Ok(registry.into_iter().next())
}

/// What stands against a registry beside these hosts.
fn beside(hosts: &[HostPort], registry: &HostPort) -> Option<FieldError> {
    let rule = if hosts.contains(registry) {
        format!("Name another port: {registry} is one of the brokers.")
    } else if distinct(hosts.iter().chain([registry])) > HOSTS_MAX {
        format!("Use {HOSTS_MAX} hosts at most, the schema registry's among them.")
    } else {
        return None;
    };
    Some(FieldError::new(Field::Registry, rule))
}

fn distinct<'a>(hosts: impl Iterator<Item = &'a HostPort>) -> usize {
    hosts.map(|it| &it.host).collect::<BTreeSet<_>>().len()
}

/// Every field of the source that breaks its rule, without having read anything.
pub(super) fn field_errors(source: &SourceChoice) -> Vec<FieldError> {
    typed(source).err().unwrap_or_default()
}
