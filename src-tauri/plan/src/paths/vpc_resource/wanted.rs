//! What has to lead to the chosen source: one definition, or one for each of several hosts.

use super::choices::SourceChoice;
use super::facts::Facts;
use super::lead::{Lead, lead};
use super::serverless::{self, ServerlessCluster};
use super::typed::{Typed, typed};
use crate::names::FieldError;
use crate::names::load_balancing::{Host, HostPort};
use crate::step::{Definition, PortRange};

/// What has to lead to a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wanted {
    /// One, or a CHILD for each of several hosts, a schema registry of its own last.
    pub(super) definitions: Vec<Definition>,
    /// The hosts with their ports as typed, where there may be several; a schema registry is none of them.
    pub(super) hosts: Vec<HostPort>,
    /// A Kafka schema registry.
    pub(super) registry: Option<HostPort>,
    /// The one name that stands for all of the source's own, where it is not those that are looked up.
    pub(super) wildcard: Option<String>,
}

impl Wanted {
    pub(super) fn one(definition: Definition) -> Self {
        Self {
            definitions: vec![definition],
            hosts: Vec::new(),
            registry: None,
            wildcard: None,
        }
    }

    /// Hosts by their ports, the registry's with them where it is the same host: a GROUP has one CHILD for each.
    pub(super) fn of_hosts(hosts: Vec<HostPort>, registry: Option<HostPort>) -> Self {
        let mut by_host: Vec<(Host, Vec<PortRange>)> = Vec::new();
        for HostPort { host, port } in hosts.iter().chain(&registry) {
            let range = PortRange {
                first: *port,
                last: *port,
            };
            match by_host.iter_mut().find(|(it, _)| it == host) {
                Some((_, ports)) => ports.push(range),
                None => by_host.push((host.clone(), vec![range])),
            }
        }
        let definitions = by_host
            .into_iter()
            .map(|(host, ports)| match host {
                Host::Name(name) => Definition::DomainName { name, ports },
                Host::Address(address) => Definition::IpAddress { address, ports },
            })
            .collect();
        Self {
            definitions,
            hosts,
            registry,
            wildcard: None,
        }
    }

    /// The one definition that leads there; `None` where a group does.
    pub(super) fn single(&self) -> Option<&Definition> {
        match self.definitions.as_slice() {
            [definition] => Some(definition),
            _ => None,
        }
    }

    /// Whether several hosts are reached, through a GROUP resource configuration.
    pub(super) fn is_group(&self) -> bool {
        self.definitions.len() > 1
    }

    /// What tells where names have to be looked up: a name, if there is one among the hosts.
    pub(super) fn looked_up(&self) -> Option<&Definition> {
        let mut names = self.definitions.iter();
        names
            .find(|it| matches!(it, Definition::DomainName { .. }))
            .or(self.definitions.first())
    }

    /// The ports of all that is wanted.
    pub(super) fn all_ports(&self) -> Vec<PortRange> {
        all_ports(&self.definitions)
    }

    /// The source's own names, as they are mapped to the endpoint where custom private DNS is enabled.
    pub(super) fn own_names(&self) -> Vec<String> {
        match &self.wildcard {
            Some(wildcard) => vec![wildcard.clone()],
            None => self.names().map(str::to_owned).collect(),
        }
    }

    /// The names that a gateway has to look up.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.definitions.iter().filter_map(|it| match it {
            Definition::DomainName { name, .. } => Some(name.as_str()),
            Definition::Database { .. } | Definition::IpAddress { .. } => None,
        })
    }

    /// Whether a definition is the schema registry's alone.
    pub(super) fn is_registry(&self, definition: &Definition) -> bool {
        let is = |it: &HostPort| match (&it.host, definition) {
            (Host::Name(host), Definition::DomainName { name, .. }) => host == name,
            (Host::Address(host), Definition::IpAddress { address, .. }) => host == address,
            _ => false,
        };
        self.registry.as_ref().is_some_and(is) && !self.hosts.iter().any(is)
    }

    /// Where a definition that is there leads, seen from what is wanted: a group is never there.
    pub(super) fn lead(&self, there: Option<&Definition>) -> Lead {
        match (there, self.single()) {
            (Some(there), Some(wanted)) => lead(there, wanted),
            _ => Lead::Elsewhere,
        }
    }
}

/// What leads to the source, or every field that stands against it.
pub(super) fn wanted(facts: Facts<'_>, source: &SourceChoice) -> Result<Wanted, Vec<FieldError>> {
    match typed(source)? {
        Typed::Wanted(wanted) => Ok(wanted),
        Typed::Serverless(arn) => match ServerlessCluster::find(facts, arn) {
            Some(cluster) => cluster.wanted().map_err(|wrong| vec![wrong]),
            None => Err(serverless::refusal(facts, arn).err().into_iter().collect()),
        },
    }
}

/// The ports of these definitions in order, ranges that touch or overlap as one.
pub(super) fn all_ports<'d>(
    definitions: impl IntoIterator<Item = &'d Definition>,
) -> Vec<PortRange> {
    let mut ports: Vec<PortRange> = definitions
        .into_iter()
        .flat_map(|it| it.ports().iter().copied())
        .collect();
    ports.sort_unstable();
    let mut merged: Vec<PortRange> = Vec::new();
    for range in ports {
        match merged.last_mut() {
            Some(last) if range.first <= last.last.saturating_add(1) => {
                last.last = last.last.max(range.last);
            }
            _ => merged.push(range),
        }
    }
    merged
}
