//! The chosen source as a definition: what was typed, read by the rules of [`crate::names`], and which
//! resource configurations lead there already.

use super::choices::SourceChoice;
use crate::facts::RegionFacts;
use crate::names::{self, Field, FieldError};
use crate::source::Database;
use crate::step::{Definition, Engine, PortRange, SourceRef};

/// The definition that leads to the source, or every field of it that breaks its rule.
pub(super) fn definition(source: &SourceChoice) -> Result<Definition, Vec<FieldError>> {
    match source {
        SourceChoice::Database { arn } => match names::rds_arn(arn) {
            Ok(_) => Ok(Definition::Database { arn: arn.clone() }),
            Err(wrong) => Err(vec![wrong]),
        },
        SourceChoice::DomainName {
            name,
            ports,
            vpc_id,
            ..
        } => {
            let (name, ports) = typed(names::domain_name(name), ports, vpc_id)?;
            Ok(Definition::DomainName { name, ports })
        }
        SourceChoice::IpAddress {
            address,
            ports,
            vpc_id,
            ..
        } => {
            let (address, ports) = typed(names::private_address(address), ports, vpc_id)?;
            Ok(Definition::IpAddress { address, ports })
        }
        _ => unimplemented!("NOT WRITTEN YET"),
    }
}

fn typed<T>(
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

/// The source of a plan, as far as it is known; `None` where a database was not read, or its engine, port or
/// VPC is missing, or where what was typed breaks its rule.
pub fn source_ref(region: &RegionFacts, source: &SourceChoice) -> Option<SourceRef> {
    match source {
        SourceChoice::Database { arn } => Database::find(region, arn)?.source_ref(),
        SourceChoice::DomainName { engine, vpc_id, .. }
        | SourceChoice::IpAddress { engine, vpc_id, .. } => {
            typed_source(&definition(source).ok()?, *engine, vpc_id)
        }
        _ => unimplemented!("NOT WRITTEN YET"),
    }
}

fn typed_source(definition: &Definition, engine: Engine, vpc_id: &str) -> Option<SourceRef> {
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
    })
}

/// The source of a plan, or every field that stands against it.
pub(super) fn source(
    region: &RegionFacts,
    source: &SourceChoice,
) -> Result<(SourceRef, Definition), Vec<FieldError>> {
    let definition = definition(source)?;
    let identity = &region.identity;
    match source {
        SourceChoice::Database { arn } => {
            let parts = names::rds_arn(arn).map_err(|wrong| vec![wrong])?;
            let wrong = |rule: String| Err(vec![FieldError::new(Field::Source, rule)]);
            if parts.region != identity.region || parts.account_id != identity.account_id {
                return wrong(format!(
                    "Choose a database of account {} in {}.",
                    identity.account_id, identity.region
                ));
            }
            if Database::find(region, arn).is_none() {
                return wrong(format!(
                    "Choose a database from the list: {} was not found in {}.",
                    parts.name, identity.region
                ));
            }
        }
        SourceChoice::DomainName { vpc_id, .. } | SourceChoice::IpAddress { vpc_id, .. } => {
            let gone = region
                .vpcs
                .known()
                .is_some_and(|vpcs| !vpcs.iter().any(|it| it.id == *vpc_id));
            if gone {
                return Err(vec![FieldError::new(
                    Field::Vpc,
                    format!(
                        "Choose a VPC from the list: {vpc_id} was not found in {}.",
                        identity.region
                    ),
                )]);
            }
        }
        _ => unimplemented!("NOT WRITTEN YET"),
    }
    match source_ref(region, source) {
        Some(source) => Ok((source, definition)),
        None => Err(vec![FieldError::new(
            Field::Source,
            "Choose a PostgreSQL, MySQL or MariaDB database whose port and VPC are known.",
        )]),
    }
}

/// What the source is called: a database's name, or the domain name or address itself.
pub(super) fn name(region: &RegionFacts, wanted: &Definition) -> String {
    match wanted {
        Definition::Database { arn } => Database::find(region, arn)
            .map_or_else(|| arn.clone(), |database| database.name.to_owned()),
        Definition::DomainName { name, .. } => name.clone(),
        Definition::IpAddress { address, .. } => address.to_string(),
    }
}

/// How a definition that is there compares with the one wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lead {
    /// It leads there, at all the ports wanted.
    There,
    /// It leads there, but not at every port wanted.
    OtherPorts,
    /// It leads elsewhere.
    Elsewhere,
}

/// Where a definition leads, seen from the one wanted.
pub(super) fn lead(there: &Definition, wanted: &Definition) -> Lead {
    let same = match (there, wanted) {
        (Definition::Database { arn }, Definition::Database { arn: other }) => arn == other,
        (Definition::DomainName { name, .. }, Definition::DomainName { name: other, .. }) => {
            let bare = |name: &str| name.trim_end_matches('.').to_ascii_lowercase();
            bare(name) == bare(other)
        }
        (Definition::IpAddress { address, .. }, Definition::IpAddress { address: other, .. }) => {
            address == other
        }
        _ => false,
    };
    if !same {
        Lead::Elsewhere
    } else if covers(there.ports(), wanted.ports()) {
        Lead::There
    } else {
        Lead::OtherPorts
    }
}

/// Whether every port wanted is in one of the ranges. Ranges that touch count as one.
fn covers(ranges: &[PortRange], wanted: &[PortRange]) -> bool {
    wanted.iter().all(|wanted| {
        let mut next = u32::from(wanted.first);
        while next <= u32::from(wanted.last) {
            let holds = |it: &&PortRange| u32::from(it.first) <= next && next <= u32::from(it.last);
            match ranges.iter().find(holds) {
                Some(range) => next = u32::from(range.last) + 1,
                None => return false,
            }
        }
        true
    })
}
