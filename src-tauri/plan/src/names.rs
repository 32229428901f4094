//! What may be typed or pasted, every rule once: checks, defaults and the validation of fields use these.
//!
//! The patterns of resource names are AWS's own (VPC Lattice model, `ResourceGatewayName` and
//! `ResourceConfigurationName`). AWS gives none for the name of a resource share and `ClickHouse` only a
//! length for a description, so those two rules are ours and stricter than needed.

mod hosts;
pub mod load_balancing;
mod msk;
mod rds;
mod txt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use hosts::{domain_name, is_private, is_rds_proxy, ports, private_address, vpc_id};
pub use msk::{MskArn, msk_arn};
pub use rds::{RdsArn, RdsKind, rds_arn};
pub use txt::{other_txt_records, txt_record_names};

/// A field of the wizard that can be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub enum Field {
    /// The database's ARN, the domain name, or the address.
    Source,
    /// The ports of a domain name or an address.
    Ports,
    /// The VPC from which a domain name or an address is reached.
    Vpc,
    /// The resource gateway to build upon.
    Gateway,
    /// The resource configuration to build upon.
    Configuration,
    /// The ClickHouse service.
    Service,
    /// The region of the ClickHouse service.
    ServiceRegion,
    /// The day the ClickHouse service was created.
    CreatedOn,
    /// The gateway's subnets.
    Subnets,
    /// The gateway's security groups.
    SecurityGroups,
    /// The resource gateway's name.
    GatewayName,
    /// The resource configuration's name.
    ConfigurationName,
    /// The resource share's name.
    ShareName,
    /// The endpoint's description in ClickHouse.
    Description,
    /// The addresses of hosts that are names.
    Addresses,
    /// The Kafka schema registry.
    Registry,
    /// The Kafka schema registry's address.
    RegistryAddress,
    /// The load balancer to build upon.
    LoadBalancer,
    /// The endpoint service to build upon.
    EndpointService,
    /// The name of load balancers, target groups and services that are made.
    LoadBalancerName,
    /// The endpoint service's private DNS name.
    PrivateDnsName,
    /// How ClickPipes authenticate with an MSK cluster.
    Authentication,
}

/// What was entered in a field breaks its rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
#[error("{field:?}: {rule}")]
pub struct FieldError {
    /// Which field.
    pub field: Field,
    /// What is allowed, as a sentence to show at the field.
    pub rule: String,
}

impl FieldError {
    pub(crate) fn new(field: Field, rule: impl Into<String>) -> Self {
        Self {
            field,
            rule: rule.into(),
        }
    }
}

/// The longest name VPC Lattice takes, in characters.
const LATTICE_NAME_MAX: usize = 40;
/// The longest description the admin may enter: 255 less what marks the run.
const DESCRIPTION_MAX: usize = 200;
/// The longest share name we let through.
const SHARE_NAME_MAX: usize = 100;
/// The most security groups a resource gateway takes (VPC Lattice model).
pub const SECURITY_GROUPS_MAX: usize = 5;

/// A resource gateway's name.
pub fn gateway_name(name: &str) -> Result<(), FieldError> {
    lattice_name(Field::GatewayName, name, GATEWAY_PREFIX)
}

/// A resource configuration's name.
pub fn configuration_name(name: &str) -> Result<(), FieldError> {
    lattice_name(Field::ConfigurationName, name, CONFIGURATION_PREFIX)
}

/// A resource share's name.
pub fn share_name(name: &str) -> Result<(), FieldError> {
    let fits = name.len() <= SHARE_NAME_MAX
        && name.starts_with(|c: char| c.is_ascii_alphanumeric())
        && !name.ends_with(' ')
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || " -_.:/@".contains(c));
    require(
        fits,
        Field::ShareName,
        "Use 1 to 100 letters, digits, spaces and the characters - _ . : / @. Start with a letter or a digit.",
    )
}

/// The endpoint's description in ClickHouse, before the run's ID is added.
pub fn description(text: &str) -> Result<(), FieldError> {
    let fits = !text.trim().is_empty()
        && text.chars().count() <= DESCRIPTION_MAX
        && !text.chars().any(char::is_control);
    require(
        fits,
        Field::Description,
        "Use 1 to 200 characters on one line.",
    )
}

/// An AWS region's name, such as `us-east-1`.
pub fn service_region(region: &str) -> Result<(), FieldError> {
    require(
        is_region(region),
        Field::ServiceRegion,
        "Use the name of an AWS region, such as us-east-1.",
    )
}

/// The day a service was created, as `YYYY-MM-DD`.
pub fn created_on(day: &str) -> Result<Date, FieldError> {
    day.trim().parse().map_err(|_| {
        FieldError::new(
            Field::CreatedOn,
            "Use a date as year-month-day, such as 2026-04-15.",
        )
    })
}

/// An ID of the ClickHouse Cloud API: a UUID.
pub fn cloud_id(id: &str) -> Result<(), FieldError> {
    let groups: Vec<&str> = id.split('-').collect();
    let fits = groups.iter().map(|group| group.len()).eq([8, 4, 4, 4, 12])
        && groups
            .iter()
            .all(|group| group.bytes().all(|b| b.is_ascii_hexdigit()));
    require(
        fits,
        Field::Service,
        "Choose a service of your ClickHouse organization.",
    )
}

/// The IDs of the gateway's subnets: at least one, each once.
pub fn subnets(ids: &[String]) -> Result<(), FieldError> {
    let fits = !ids.is_empty() && all_different(ids) && ids.iter().all(|id| is_id(id, "subnet-"));
    require(
        fits,
        Field::Subnets,
        "Choose at least one subnet, each of them once.",
    )
}

/// The IDs of the gateway's security groups: one to five, each once.
pub fn security_groups(ids: &[String]) -> Result<(), FieldError> {
    let fits = (1..=SECURITY_GROUPS_MAX).contains(&ids.len())
        && all_different(ids)
        && ids.iter().all(|id| is_id(id, "sg-"));
    require(
        fits,
        Field::SecurityGroups,
        "Choose one to five security groups, each of them once.",
    )
}

const GATEWAY_PREFIX: &str = "rgw-";
const CONFIGURATION_PREFIX: &str = "rcfg-";
/// Ends each proposed name, so that it is clear in the AWS console what the thing is for.
const PURPOSE: &str = "clickpipes";

/// A gateway name made from a source's name: always valid, and none of those taken.
pub fn propose_gateway_name<'a>(source: &str, taken: impl IntoIterator<Item = &'a str>) -> String {
    propose(source, GATEWAY_PREFIX, taken)
}

/// A configuration name made from a source's name: always valid, and none of those taken.
pub fn propose_configuration_name<'a>(
    source: &str,
    taken: impl IntoIterator<Item = &'a str>,
) -> String {
    propose(source, CONFIGURATION_PREFIX, taken)
}

/// A share name made from a source's name: always valid, and none of those taken. AWS would take a name
/// twice, but two shares of one name cannot be told apart in its console.
pub fn propose_share_name<'a>(source: &str, taken: impl IntoIterator<Item = &'a str>) -> String {
    propose(source, "", taken)
}

/// A description made from a source's name: always valid.
pub fn propose_description(source: &str) -> String {
    let text: String = source
        .chars()
        .filter(|c| !c.is_control())
        .take(DESCRIPTION_MAX)
        .collect();
    match text.trim() {
        "" => "ClickPipes".to_owned(),
        text => text.to_owned(),
    }
}

/// `<source>-clickpipes`, or `<source>-clickpipes-2` and so on where that is taken, cut in the source's part.
fn propose<'a>(
    source: &str,
    reserved_prefix: &str,
    taken: impl IntoIterator<Item = &'a str>,
) -> String {
    let taken: Vec<&str> = taken.into_iter().collect();
    let mut stem = kebab(source);
    if !reserved_prefix.is_empty() && format!("{stem}-").starts_with(reserved_prefix) {
        stem = format!("db-{stem}");
    }
    // One more candidate than names taken: at least one is free.
    (1..=taken.len() + 1)
        .map(|number| {
            let ending = if number == 1 {
                PURPOSE.to_owned()
            } else {
                format!("{PURPOSE}-{number}")
            };
            let room = LATTICE_NAME_MAX - ending.len() - 1;
            match stem
                .get(..room.min(stem.len()))
                .unwrap_or("")
                .trim_end_matches('-')
            {
                "" => ending,
                stem => format!("{stem}-{ending}"),
            }
        })
        .find(|name| !taken.contains(&name.as_str()))
        .unwrap_or_else(|| PURPOSE.to_owned())
}

/// The name of a CHILD resource configuration: the group's with an ending, such as `2`, cut in the group's part.
/// Valid wherever the group's is and the ending is of lower-case letters and digits; never the group's own name, and
/// another one for each ending.
pub fn child_name(group: &str, ending: &str) -> String {
    let mut stem = group.to_owned();
    if format!("{stem}-").starts_with(CONFIGURATION_PREFIX) {
        stem = format!("db-{stem}");
    }
    let mut room = LATTICE_NAME_MAX.saturating_sub(ending.len() + 1);
    loop {
        let cut = stem.get(..room).unwrap_or(&stem).trim_end_matches('-');
        let name = format!("{cut}-{ending}");
        if name != group || room == 0 {
            return name;
        }
        room -= 1;
    }
}

/// Lower-case ASCII letters and digits with single hyphens between them.
fn kebab(text: &str) -> String {
    let mut kebab = String::new();
    for c in text.chars().map(|c| c.to_ascii_lowercase()) {
        if c.is_ascii_alphanumeric() {
            kebab.push(c);
        } else if !kebab.is_empty() && !kebab.ends_with('-') {
            kebab.push('-');
        }
    }
    kebab.trim_end_matches('-').to_owned()
}

fn lattice_name(field: Field, name: &str, reserved_prefix: &str) -> Result<(), FieldError> {
    let fits = (3..=LATTICE_NAME_MAX).contains(&name.len())
        && name
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && !name.starts_with(reserved_prefix)
        && !name.starts_with('-')
        && !name.ends_with('-')
        && !name.contains("--");
    require(
        fits,
        field,
        format!(
            "Use 3 to {LATTICE_NAME_MAX} lower-case letters, digits and single hyphens. Start and end with a letter \
             or a digit, and do not start with {reserved_prefix}."
        ),
    )
}

fn is_region(region: &str) -> bool {
    let parts: Vec<&str> = region.split('-').collect();
    let Some((number, words)) = parts.split_last() else {
        return false;
    };
    words.len() >= 2
        && words
            .iter()
            .all(|word| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase()))
        && !number.is_empty()
        && number.bytes().all(|b| b.is_ascii_digit())
}

/// The prefix and then 8 to 17 lower-case letters and digits: EC2's IDs have 8 or 17.
fn is_id(id: &str, prefix: &str) -> bool {
    id.strip_prefix(prefix).is_some_and(|rest| {
        (8..=17).contains(&rest.len())
            && rest
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
    })
}

fn all_different(ids: &[String]) -> bool {
    ids.iter()
        .enumerate()
        .all(|(at, id)| !ids[..at].contains(id))
}

fn require(fits: bool, field: Field, rule: impl Into<String>) -> Result<(), FieldError> {
    if fits {
        Ok(())
    } else {
        Err(FieldError::new(field, rule))
    }
}
