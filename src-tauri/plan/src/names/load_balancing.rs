//! Names of load balancers and target groups, an endpoint service's private DNS name, and hosts with their ports, as
//! they may be typed.
//!
//! The rule for names is `ELBv2`'s own (API reference, `CreateLoadBalancer` and `CreateTargetGroup`): 1 to 32 letters,
//! digits and hyphens, no hyphen at either end, and not beginning with `internal-`. The rules of private DNS names are
//! the PrivateLink Guide's ("Manage DNS names for VPC endpoint services").

use std::fmt;
use std::net::Ipv4Addr;

use super::{DESCRIPTION_MAX, Field, FieldError, PURPOSE, hosts, require};

/// The longest name `ELBv2` takes.
const NAME_MAX: usize = 32;
/// AWS keeps names that begin so for itself.
const RESERVED: &str = "internal-";
/// The most hosts that are taken: a load balancer has room for 50 listeners (`ELBv2` quota "Listeners per Network Load
/// Balancer"), a region for 50 load balancers.
pub const HOSTS_MAX: usize = 50;

/// The suffixes of names that `ClickHouse` refuses to serve as private DNS names (documentation, custom private DNS).
pub const REFUSED_SUFFIXES: [&str; 5] = ["local", "localhost", "internal", "corp", "private"];

/// The name after which load balancers, target groups and services are called.
pub fn load_balancer_name(name: &str) -> Result<(), FieldError> {
    let fits = (1..=NAME_MAX).contains(&name.len())
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        && !name.starts_with('-')
        && !name.ends_with('-')
        // `internal` itself would break the rule as soon as it gets a number.
        && !format!("{}-", name.to_ascii_lowercase()).starts_with(RESERVED);
    require(
        fits,
        Field::LoadBalancerName,
        format!(
            "Use 1 to {NAME_MAX} letters, digits and hyphens. Start and end with a letter or a digit, and do not start \
             with {RESERVED}."
        ),
    )
}

/// The name of one of several things that are called after the same one: cut so that its number has room. A thing
/// that is the only one has no number.
pub fn numbered(name: &str, number: Option<usize>) -> String {
    let Some(number) = number else {
        return name.to_owned();
    };
    let ending = format!("-{number}");
    let room = NAME_MAX - ending.len();
    let stem: String = name.chars().take(room).collect();
    format!("{}{ending}", stem.trim_end_matches('-'))
}

/// The description of one of several endpoints that are made at once: cut so that its number has room.
pub fn numbered_description(description: &str, number: Option<usize>) -> String {
    let Some(number) = number else {
        return description.trim().to_owned();
    };
    let ending = format!(" {number}");
    let stem: String = description
        .trim()
        .chars()
        .take(DESCRIPTION_MAX - ending.len())
        .collect();
    format!("{}{ending}", stem.trim_end())
}

/// A name made from a source's name for up to so many load balancers and target groups: always valid, and neither it nor
/// one of its numbered ones is taken.
pub fn propose_load_balancer_name(source: &str, count: usize, taken: &[&str]) -> String {
    let kebab = super::kebab(source);
    let stem = if kebab.is_empty() {
        "source".to_owned()
    } else if format!("{kebab}-").starts_with(RESERVED) {
        format!("source-{kebab}")
    } else {
        kebab
    };
    let free = |name: &str| {
        !taken.contains(&name)
            && numbers(count).all(|number| !taken.contains(&numbered(name, number).as_str()))
    };
    let candidate = |ending: &str| {
        // Room is kept for the numbers too, so that they do not cut what tells two proposals apart.
        let longest = numbers(count)
            .map(|it| it.map_or(0, |it| format!("-{it}").len()))
            .max();
        let room = NAME_MAX - ending.len() - 1 - longest.unwrap_or(0);
        let stem: String = stem.chars().take(room).collect();
        format!("{}-{ending}", stem.trim_end_matches('-'))
    };
    // A name that is taken spoils one candidate at most, or one and the one that it is a number of.
    (1..=2 * taken.len() + 1)
        .map(|attempt| {
            if attempt == 1 {
                candidate(PURPOSE)
            } else {
                candidate(&format!("{PURPOSE}-{attempt}"))
            }
        })
        .find(|name| free(name))
        .unwrap_or_else(|| candidate(PURPOSE))
}

/// The numbers of so many things of a kind: none where there is only one.
pub fn numbers(count: usize) -> impl Iterator<Item = Option<usize>> {
    let several = count > 1;
    (1..=count.max(1)).map(move |number| several.then_some(number))
}

/// An endpoint service's private DNS name, as AWS takes it; `None` where nothing was typed.
pub fn private_dns_name(text: &str) -> Result<Option<String>, FieldError> {
    let name = text.trim();
    if name.is_empty() {
        return Ok(None);
    }
    // AWS documents no wildcards here, so that none is taken.
    let fits = !name.bytes().any(|b| b.is_ascii_uppercase())
        && !name.ends_with('.')
        && hosts::domain_name(name).is_ok();
    require(
        fits,
        Field::PrivateDnsName,
        "Use a full domain name in lower-case letters, digits, hyphens and dots, such as db.example.com, without \
         wildcards.",
    )?;
    Ok(Some(name.to_owned()))
}

/// The suffix of a name for which `ClickHouse` serves no private DNS names.
pub fn refused_suffix(name: &str) -> Option<&'static str> {
    let last = name.rsplit('.').next()?;
    REFUSED_SUFFIXES
        .into_iter()
        .find(|it| it.eq_ignore_ascii_case(last))
}

/// A host as it was typed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Host {
    /// A domain name, in lower case.
    Name(String),
    /// A private address.
    Address(Ipv4Addr),
}

impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(name) => f.write_str(name),
            Self::Address(address) => address.fmt(f),
        }
    }
}

/// A host and its port.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HostPort {
    /// Name or address.
    pub host: Host,
    /// From 1.
    pub port: u16,
}

impl fmt::Display for HostPort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.host, self.port)
    }
}

/// Hosts with their ports, one a line or separated by commas, in the order typed. One without a port gets the default
/// one, where there is one.
pub fn host_ports(
    field: Field,
    text: &str,
    default_port: Option<u16>,
    most: usize,
) -> Result<Vec<HostPort>, FieldError> {
    let rule = if default_port.is_some() {
        format!(
            "Use 1 to {most} lines of a domain name or a private IPv4 address and, unless it is the usual one, a port, \
             such as broker-1.example.com:9092."
        )
    } else {
        format!(
            "Use 1 to {most} lines of a domain name or a private IPv4 address, a colon and a port, such as \
             broker-1.example.com:9092."
        )
    };
    let mut found: Vec<HostPort> = Vec::new();
    for part in parts(text) {
        let host = host_port(part, default_port)
            .ok_or_else(|| FieldError::new(field, format!("{rule} Not understood: {part}")))?;
        if found.contains(&host) {
            return Err(FieldError::new(
                field,
                format!("Name each host and port once: {host} is there twice."),
            ));
        }
        found.push(host);
    }
    require((1..=most).contains(&found.len()), field, rule)?;
    Ok(found)
}

/// Private addresses, one a line or separated by commas, in the order typed.
pub fn addresses(field: Field, text: &str) -> Result<Vec<Ipv4Addr>, FieldError> {
    parts(text)
        .map(|part| {
            hosts::private_address(part).map_err(|wrong| FieldError::new(field, wrong.rule))
        })
        .collect()
}

fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(['\n', ','])
        .map(str::trim)
        .filter(|part| !part.is_empty())
}

fn host_port(text: &str, default_port: Option<u16>) -> Option<HostPort> {
    let (host, port) = match text.rsplit_once(':') {
        Some((host, port)) => (host, hosts::port(port)?),
        None => (text, default_port?),
    };
    let host = match hosts::private_address(host) {
        Ok(address) => Host::Address(address),
        Err(_) => Host::Name(hosts::domain_name(host).ok()?),
    };
    Some(HostPort { host, port })
}
