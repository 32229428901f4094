//! The source of a plan: what was chosen, held against what was read.

use std::collections::BTreeSet;

use super::choices::SourceChoice;
use super::facts::Facts;
use super::serverless::{self, ServerlessCluster};
use super::wanted::{Wanted, wanted};
use crate::names::load_balancing::{Host, HostPort};
use crate::names::{self, Field, FieldError};
use crate::source::Database;
use crate::step::{Definition, Engine, SourceRef, Target};

/// The names that have to be looked up from this computer before the checks are made.
pub fn names_to_look_up<'a>(facts: impl Into<Facts<'a>>, source: &SourceChoice) -> Vec<String> {
    wanted(facts.into(), source)
        .map(|wanted| wanted.names().map(str::to_owned).collect())
        .unwrap_or_default()
}

/// The source of a plan, as far as it is known; `None` where a database or a cluster was not read, or its engine,
/// port or VPC is missing, or where what was typed breaks its rule.
pub fn source_ref<'a>(facts: impl Into<Facts<'a>>, source: &SourceChoice) -> Option<SourceRef> {
    let facts = facts.into();
    match source {
        SourceChoice::Database { arn } => Database::find(facts.region, arn)?.source_ref(),
        SourceChoice::DomainName { engine, vpc_id, .. }
        | SourceChoice::IpAddress { engine, vpc_id, .. } => {
            of_host(wanted(facts, source).ok()?.single()?, *engine, vpc_id)
        }
        SourceChoice::Hosts { engine, vpc_id, .. } => {
            of_hosts(&wanted(facts, source).ok()?, *engine, vpc_id)
        }
        SourceChoice::MskServerless { cluster_arn } => {
            let vpc_id = facts.msk?.vpc_id.clone()?;
            ServerlessCluster::find(facts, cluster_arn)?.source_ref(vpc_id)
        }
    }
}

fn of_host(definition: &Definition, engine: Engine, vpc_id: &str) -> Option<SourceRef> {
    let (name, tls_host) = match definition {
        Definition::Database { .. } => return None,
        Definition::DomainName { name, .. } => (name.clone(), Some(name.clone())),
        // A certificate made out to an address is rare, and what it names cannot be known.
        Definition::IpAddress { address, .. } => (address.to_string(), None),
    };
    Some(SourceRef {
        target: definition.target(),
        name,
        engine,
        port: definition.ports().first()?.first,
        tls_host,
        vpc_id: vpc_id.to_owned(),
        schema_registry: None,
    })
}

fn of_hosts(wanted: &Wanted, engine: Engine, vpc_id: &str) -> Option<SourceRef> {
    let hosts = &wanted.hosts;
    let first = hosts.first()?;
    Some(SourceRef {
        target: Target::Hosts {
            hosts: hosts.iter().map(ToString::to_string).collect(),
        },
        name: called(hosts),
        engine,
        port: first.port,
        tls_host: match &first.host {
            Host::Name(name) => Some(name.clone()),
            Host::Address(_) => None,
        },
        vpc_id: vpc_id.to_owned(),
        schema_registry: wanted.registry.as_ref().map(ToString::to_string),
    })
}

/// What several hosts are called together: the domain that they share, or the first of them and how many more.
fn called(hosts: &[HostPort]) -> String {
    if let Some(domain) = shared_domain(hosts) {
        return domain.to_owned();
    }
    let distinct: BTreeSet<&Host> = hosts.iter().map(|it| &it.host).collect();
    match (hosts.first(), distinct.len()) {
        (None, _) => String::new(),
        (Some(only), 1) => only.host.to_string(),
        (Some(first), all) => format!("{} and {} more", first.host, all - 1),
    }
}

/// The domain, of two labels at least, in which all of several hosts are.
fn shared_domain(hosts: &[HostPort]) -> Option<&str> {
    let names: Option<BTreeSet<&str>> = hosts
        .iter()
        .map(|it| match &it.host {
            Host::Name(name) => Some(name.as_str()),
            Host::Address(_) => None,
        })
        .collect();
    let names = names.filter(|it| it.len() > 1)?;
    let parents = std::iter::successors(names.first()?.split_once('.'), |(_, rest)| {
        rest.split_once('.')
    });
    parents
        .map(|(_, parent)| parent)
        .filter(|parent| parent.contains('.'))
        .find(|parent| names.iter().all(|name| is_in(name, parent)))
}

fn is_in(name: &str, domain: &str) -> bool {
    name.strip_suffix(domain)
        .is_some_and(|labels| labels.ends_with('.'))
}

/// The source of a plan and what leads to it, or every field that stands against it.
pub(super) fn source(
    facts: Facts<'_>,
    source: &SourceChoice,
) -> Result<(SourceRef, Wanted), Vec<FieldError>> {
    let wanted = wanted(facts, source)?;
    refusal(facts, source).map_err(|wrong| vec![wrong])?;
    match source_ref(facts, source) {
        Some(source) => Ok((source, wanted)),
        None => Err(vec![FieldError::new(
            Field::Source,
            "Choose a PostgreSQL, MySQL or MariaDB database whose port and VPC are known.",
        )]),
    }
}

/// What stands against a source as far as it was read.
fn refusal(facts: Facts<'_>, source: &SourceChoice) -> Result<(), FieldError> {
    let identity = &facts.region.identity;
    match source {
        SourceChoice::Database { arn } => {
            let parts = names::rds_arn(arn)?;
            let wrong = |rule: String| Err(FieldError::new(Field::Source, rule));
            if parts.region != identity.region || parts.account_id != identity.account_id {
                return wrong(format!(
                    "Choose a database of account {} in {}.",
                    identity.account_id, identity.region
                ));
            }
            if Database::find(facts.region, arn).is_none() {
                return wrong(format!(
                    "Choose a database from the list: {} was not found in {}.",
                    parts.name, identity.region
                ));
            }
            Ok(())
        }
        SourceChoice::DomainName { vpc_id, .. }
        | SourceChoice::IpAddress { vpc_id, .. }
        | SourceChoice::Hosts { vpc_id, .. } => {
            let gone = facts
                .region
                .vpcs
                .known()
                .is_some_and(|vpcs| !vpcs.iter().any(|it| it.id == *vpc_id));
            if gone {
                return Err(FieldError::new(
                    Field::Vpc,
                    format!(
                        "Choose a VPC from the list: {vpc_id} was not found in {}.",
                        identity.region
                    ),
                ));
            }
            Ok(())
        }
        SourceChoice::MskServerless { cluster_arn } => serverless::refusal(facts, cluster_arn),
    }
}

/// What the source is called where names are made from it.
pub(super) fn name(facts: Facts<'_>, source: &SourceChoice, wanted: &Wanted) -> String {
    match source {
        SourceChoice::Database { arn } => Database::find(facts.region, arn)
            .map_or_else(|| arn.clone(), |database| database.name.to_owned()),
        SourceChoice::DomainName { name, .. } => wanted.names().next().unwrap_or(name).to_owned(),
        SourceChoice::IpAddress { address, .. } => address.trim().to_owned(),
        SourceChoice::Hosts { .. } => match (shared_domain(&wanted.hosts), wanted.hosts.first()) {
            (Some(domain), _) => domain.to_owned(),
            (None, first) => first.map_or_else(String::new, |it| it.host.to_string()),
        },
        SourceChoice::MskServerless { cluster_arn } => facts
            .cluster(cluster_arn)
            .map_or_else(|| cluster_arn.clone(), |cluster| cluster.name.clone()),
    }
}
