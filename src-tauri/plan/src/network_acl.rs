//! What a network ACL does with traffic: which entry decides which part of it.
//!
//! Of the entries that match, the one with the lowest number decides, and what none matches is denied. An
//! entry may match only some of the addresses or ports of a stretch of traffic, so that the traffic is cut into
//! parts until one entry decides each of them. Network ACLs keep no memory of a connection: the way back is
//! traffic of its own. Source: Amazon VPC user guide, "Control subnet traffic with network access control lists".

use std::fmt;
use std::net::Ipv4Addr;

use ipnet::Ipv4Net;

use crate::facts::network::{NetworkAcl, NetworkAclEntry};
use crate::step::PortRange;

/// The ports from which a client's connection comes, and to which the answer goes: the whole range that AWS
/// advises to open, since which part of it a gateway uses is not documented.
pub const EPHEMERAL: PortRange = PortRange {
    first: 1024,
    last: 65535,
};

/// Addresses and ports, all of them with each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Part {
    /// From this address.
    pub from: Ipv4Addr,
    /// To this one, included.
    pub to: Ipv4Addr,
    /// At these ports.
    pub ports: PortRange,
}

impl Part {
    /// A whole block of addresses at a range of ports.
    pub fn of(net: Ipv4Net, ports: PortRange) -> Self {
        Self {
            from: net.network(),
            to: net.broadcast(),
            ports,
        }
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TCP {} of {}", self.ports, self.from)?;
        if self.from != self.to {
            write!(f, " to {}", self.to)?;
        }
        Ok(())
    }
}

/// What is done with one part of the traffic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ruling {
    /// The number of the entry that decides; none where no entry matches, which denies.
    pub rule: Option<u32>,
    /// Allowed, else denied.
    pub allow: bool,
    /// Which part.
    pub part: Part,
}

/// What an ACL does with TCP traffic in one direction. `traffic` is the other end's addresses, and the ports of
/// whichever end the traffic goes to. The parts of the rulings are disjoint and make up the whole of the traffic.
pub fn rulings(acl: &NetworkAcl, egress: bool, traffic: Part) -> Vec<Ruling> {
    let mut entries: Vec<&NetworkAclEntry> = acl
        .entries
        .iter()
        .filter(|entry| entry.egress == egress)
        .collect();
    // Two entries of one number do not occur; the rest of the key makes the order of reading count for nothing.
    entries.sort_by_key(|entry| {
        (
            entry.rule_number,
            entry.allow,
            entry.cidr,
            entry.first_port,
            entry.last_port,
        )
    });
    let mut rulings = Vec::new();
    let mut open = vec![traffic];
    for entry in entries {
        let Some(matched) = matches(entry) else {
            continue;
        };
        let mut rest = Vec::new();
        for part in open {
            let Some(common) = intersection(part, matched) else {
                rest.push(part);
                continue;
            };
            rulings.push(Ruling {
                rule: Some(entry.rule_number),
                allow: entry.allow,
                part: common,
            });
            rest.extend(without(part, common));
        }
        open = rest;
    }
    rulings.extend(open.into_iter().map(|part| Ruling {
        rule: None,
        allow: false,
        part,
    }));
    rulings.sort_unstable();
    rulings
}

/// What an entry matches of TCP over IPv4.
fn matches(entry: &NetworkAclEntry) -> Option<Part> {
    let net = entry.cidr?;
    let ports = match entry.protocol.as_str() {
        // Whatever ports an entry for all protocols names, AWS matches all of them.
        "-1" => (None, None),
        "6" | "tcp" => (entry.first_port, entry.last_port),
        _ => return None,
    };
    Some(Part::of(
        net,
        PortRange {
            first: ports.0.unwrap_or(0),
            last: ports.1.unwrap_or(u16::MAX),
        },
    ))
}

fn intersection(one: Part, other: Part) -> Option<Part> {
    let part = Part {
        from: one.from.max(other.from),
        to: one.to.min(other.to),
        ports: PortRange {
            first: one.ports.first.max(other.ports.first),
            last: one.ports.last.min(other.ports.last),
        },
    };
    (part.from <= part.to && part.ports.first <= part.ports.last).then_some(part)
}

/// What is left of a whole when a part that lies in it is taken away: below and above it, and beside it.
fn without(whole: Part, part: Part) -> Vec<Part> {
    let mut rest = Vec::new();
    if whole.from < part.from {
        rest.push(Part {
            to: Ipv4Addr::from_bits(part.from.to_bits() - 1),
            ..whole
        });
    }
    if part.to < whole.to {
        rest.push(Part {
            from: Ipv4Addr::from_bits(part.to.to_bits() + 1),
            ..whole
        });
    }
    let beside = |first: u16, last: u16| Part {
        ports: PortRange { first, last },
        ..part
    };
    if whole.ports.first < part.ports.first {
        rest.push(beside(whole.ports.first, part.ports.first - 1));
    }
    if part.ports.last < whole.ports.last {
        rest.push(beside(part.ports.last + 1, whole.ports.last));
    }
    rest
}
