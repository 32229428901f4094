//! What was typed for the source, read by the rules of [`crate::names`] and without having looked at anything.

use std::net::Ipv4Addr;

use super::choices::SourceChoice;
use crate::names::load_balancing::{HOSTS_MAX, Host, HostPort, addresses, host_ports};
use crate::names::{self, Field, FieldError};
use crate::step::Engine;

/// The port of a schema registry, where none is typed.
const REGISTRY_PORT: u16 = 8081;

/// A host that was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TypedHost {
    pub(super) at: HostPort,
    /// The address: typed, or the host itself; `None` where the name's own addresses are to be used.
    pub(super) address: Option<Ipv4Addr>,
    /// Whether it is the schema registry.
    pub(super) registry: bool,
}

/// The hosts that were typed, the registry last, or every field that breaks its rule. None for what comes out of a
/// list, whose ARN is looked at all the same.
pub(super) fn typed_hosts(source: &SourceChoice) -> Result<Vec<TypedHost>, Vec<FieldError>> {
    match source {
        SourceChoice::Database { arn } => names::rds_arn(arn)
            .map(|_| Vec::new())
            .map_err(|wrong| vec![wrong]),
        SourceChoice::MskBrokers { cluster_arn, .. } => names::msk_arn(cluster_arn)
            .map(|_| Vec::new())
            .map_err(|wrong| vec![wrong]),
        SourceChoice::Address {
            address,
            port,
            vpc_id,
            ..
        } => one_address(address, port, vpc_id),
        SourceChoice::Hosts {
            hosts,
            addresses,
            engine,
            registry,
            registry_address,
            vpc_id,
        } => several(
            (hosts, addresses),
            (registry, registry_address),
            *engine,
            vpc_id,
        ),
    }
}

fn one_address(address: &str, port: &str, vpc_id: &str) -> Result<Vec<TypedHost>, Vec<FieldError>> {
    let port = names::ports(port).and_then(|ports| match ports[..] {
        [only] if only.first == only.last => Ok(only.first),
        _ => Err(FieldError::new(
            Field::Ports,
            "Use one port from 1 to 65535: a listener has one.",
        )),
    });
    match (names::private_address(address), port, names::vpc_id(vpc_id)) {
        (Ok(address), Ok(port), Ok(())) => Ok(vec![TypedHost {
            at: HostPort {
                host: Host::Address(address),
                port,
            },
            address: Some(address),
            registry: false,
        }]),
        (address, port, vpc) => Err([address.err(), port.err(), vpc.err()]
            .into_iter()
            .flatten()
            .collect()),
    }
}

fn several(
    (hosts, host_addresses): (&str, &str),
    (registry, registry_address): (&str, &str),
    engine: Engine,
    vpc_id: &str,
) -> Result<Vec<TypedHost>, Vec<FieldError>> {
    let default_port = match engine {
        Engine::Kafka => Some(9092),
        Engine::MongoDb => Some(27017),
        Engine::Postgres | Engine::Mysql | Engine::Other => None,
    };
    let hosts = host_ports(Field::Source, hosts, default_port, HOSTS_MAX)
        .and_then(|hosts| with_addresses(hosts, host_addresses, Field::Addresses, false));
    let registry = registry_of(registry, registry_address, engine);
    let vpc = names::vpc_id(vpc_id);
    match (hosts, registry, vpc) {
        (Ok(mut hosts), Ok(registry), Ok(())) => {
            if let Some(twice) = registry
                .iter()
                .find(|it| hosts.iter().any(|host| host.at == it.at))
            {
                return Err(vec![FieldError::new(
                    Field::Registry,
                    format!("{} is one of the hosts already.", twice.at),
                )]);
            }
            hosts.extend(registry);
            Ok(hosts)
        }
        (hosts, registry, vpc) => Err([hosts.err(), registry.err(), vpc.err()]
            .into_iter()
            .flatten()
            .collect()),
    }
}

fn registry_of(
    registry: &str,
    address: &str,
    engine: Engine,
) -> Result<Vec<TypedHost>, FieldError> {
    if registry.trim().is_empty() {
        return Ok(Vec::new());
    }
    if engine != Engine::Kafka {
        return Err(FieldError::new(
            Field::Registry,
            "Leave this empty: a schema registry belongs to Kafka.",
        ));
    }
    let found = host_ports(Field::Registry, registry, Some(REGISTRY_PORT), 1)?;
    with_addresses(found, address, Field::RegistryAddress, true)
}

/// The hosts with the addresses typed for those that are names: for each of them one, or none for any.
fn with_addresses(
    hosts: Vec<HostPort>,
    typed: &str,
    field: Field,
    registry: bool,
) -> Result<Vec<TypedHost>, FieldError> {
    let typed = addresses(field, typed)?;
    let names = hosts
        .iter()
        .filter(|it| matches!(it.host, Host::Name(_)))
        .count();
    if !typed.is_empty() && typed.len() != names {
        return Err(FieldError::new(
            field,
            match names {
                0 => "Leave this empty: each host is an address itself.".to_owned(),
                1 => {
                    "Use one private address, that of the name, or none for the one it resolves to."
                        .to_owned()
                }
                names => format!(
                    "Use {names} private addresses, one for each name in the order of the hosts, or none for those they \
                     resolve to."
                ),
            },
        ));
    }
    let mut typed = typed.into_iter();
    Ok(hosts
        .into_iter()
        .map(|at| TypedHost {
            address: match at.host {
                Host::Address(address) => Some(address),
                Host::Name(_) => typed.next(),
            },
            at,
            registry,
        })
        .collect())
}
