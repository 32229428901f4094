//! Sources that are no database of RDS: domain names, private addresses and ports, as they may be typed.
//!
//! The private ranges and the shape of a port range are AWS's own (VPC Lattice documentation, "Resource
//! definition", and its model, `PortRange`). AWS takes any text of 3 to 255 characters for a domain name:
//! the rule here is that of DNS.

use std::net::Ipv4Addr;

use ipnet::Ipv4Net;

use super::{Field, FieldError, is_id, require};
use crate::step::PortRange;

/// The longest domain name that AWS takes.
const DOMAIN_NAME_MAX: usize = 255;
/// The longest label of a domain name (RFC 1035).
const LABEL_MAX: usize = 63;

/// The IPv4 ranges in which a resource configuration may have its address.
const PRIVATE_RANGES: [(Ipv4Addr, u8); 4] = [
    (Ipv4Addr::new(10, 0, 0, 0), 8),
    (Ipv4Addr::new(100, 64, 0, 0), 10),
    (Ipv4Addr::new(172, 16, 0, 0), 12),
    (Ipv4Addr::new(192, 168, 0, 0), 16),
];

/// A domain name, as AWS is given it: in lower case, without a dot at its end.
pub fn domain_name(text: &str) -> Result<String, FieldError> {
    let text = text.trim();
    let name = text.strip_suffix('.').unwrap_or(text).to_ascii_lowercase();
    let labels: Vec<&str> = name.split('.').collect();
    let fits = name.len() <= DOMAIN_NAME_MAX
        && labels.len() >= 2
        && labels.iter().all(|label| is_label(label))
        // What ends in a number is an address, or was meant to be one.
        && !labels
            .last()
            .is_some_and(|label| label.bytes().all(|b| b.is_ascii_digit()))
        && labels.last() != Some(&"localhost");
    require(
        fits,
        Field::Source,
        "Use a full domain name of letters, digits, hyphens and dots, such as db.example.com: not an address, not \
         localhost, and without wildcards.",
    )?;
    Ok(name)
}

/// Whether a name is of the form that AWS gives to the endpoints of an RDS Proxy, such as
/// `orders.proxy-c9example.us-east-1.rds.amazonaws.com` (RDS User Guide, "Connecting to a database through RDS Proxy").
pub fn is_rds_proxy(name: &str) -> bool {
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    let own = name
        .strip_suffix(".rds.amazonaws.com")
        .or_else(|| name.strip_suffix(".rds.amazonaws.com.cn"));
    own.is_some_and(|own| own.split('.').skip(1).any(|it| it.starts_with("proxy-")))
}

/// A private IPv4 address.
pub fn private_address(text: &str) -> Result<Ipv4Addr, FieldError> {
    text.trim()
        .parse()
        .ok()
        .filter(|address| is_private(*address))
        .ok_or_else(|| {
            FieldError::new(
                Field::Source,
                "Use an IPv4 address out of 10.0.0.0/8, 100.64.0.0/10, 172.16.0.0/12 or 192.168.0.0/16.",
            )
        })
}

/// Whether an address is in one of the ranges that a resource configuration takes.
pub fn is_private(address: Ipv4Addr) -> bool {
    PRIVATE_RANGES.iter().any(|(network, length)| {
        Ipv4Net::new(*network, *length).is_ok_and(|net| net.contains(&address))
    })
}

/// Ports and ranges of ports, such as `5432` or `9092-9094, 9096`, in the order typed: the first one is the
/// connection string's.
pub fn ports(text: &str) -> Result<Vec<PortRange>, FieldError> {
    let wrong = |rule: String| FieldError::new(Field::Ports, rule);
    let mut ranges: Vec<PortRange> = Vec::new();
    for part in text.split(',') {
        let range = port_range(part).ok_or_else(|| {
            wrong(
                "Use ports from 1 to 65535 and ranges of them, separated by commas, such as 5432 or 9092-9094, 9096."
                    .to_owned(),
            )
        })?;
        if let Some(other) = ranges.iter().find(|other| overlap(**other, range)) {
            return Err(wrong(format!(
                "Name each port once: {other} and {range} overlap."
            )));
        }
        ranges.push(range);
    }
    Ok(ranges)
}

/// The VPC from which a domain name or an address is reached.
pub fn vpc_id(id: &str) -> Result<(), FieldError> {
    require(
        is_id(id, "vpc-"),
        Field::Vpc,
        "Choose the VPC from which the source is reached.",
    )
}

fn is_label(label: &str) -> bool {
    (1..=LABEL_MAX).contains(&label.len())
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

fn port_range(text: &str) -> Option<PortRange> {
    let text = text.trim();
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let (first, last) = (port(first)?, port(last)?);
    (first <= last).then_some(PortRange { first, last })
}

/// One port.
pub(super) fn port(text: &str) -> Option<u16> {
    let text = text.trim();
    // `u16` would also read `+5432`, and AWS takes at most five digits.
    let plain = text.len() <= 5 && text.bytes().all(|b| b.is_ascii_digit());
    text.parse().ok().filter(|port| plain && *port > 0)
}

fn overlap(one: PortRange, other: PortRange) -> bool {
    one.first <= other.last && other.first <= one.last
}
