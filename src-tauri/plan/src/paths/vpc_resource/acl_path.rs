//! The way of the traffic through the network ACLs, there and back: at the gateway's subnet and at the source's.
//!
//! Which entry decides what is [`crate::network_acl`]'s; here it is put together to ways, and into words.

use std::collections::BTreeSet;

use ipnet::Ipv4Net;

use super::checks::label;
use super::targets::Targets;
use crate::facts::VpcFacts;
use crate::facts::network::{NetworkAcl, Subnet};
use crate::network_acl::{EPHEMERAL, Part, Ruling, rulings};
use crate::paths::reach::destination::{Destination, Place};
use crate::step::PortRange;

/// So many parts of a crossing are named in one line; the rest is counted.
const PARTS_NAMED: usize = 3;
/// The number that AWS gives the last entry, shown as `*`, which denies what nothing else matched.
const LAST_ENTRY: u32 = 32767;

/// The ways from a subnet to each place where the source may be.
pub(super) fn ways_from<'a>(
    acls: &[NetworkAcl],
    from: &'a Subnet,
    destination: &Destination<'_>,
) -> Vec<Way<'a>> {
    ends(destination)
        .into_iter()
        .map(|to| Way::look(acls, from, to, &destination.ports))
        .collect()
}

/// Why nothing can come through from a subnet of the gateway to the source, or nothing back; `None` where
/// something may, as far as the network ACLs were read. What is stopped in part only is the check's to say.
pub(super) fn cut_off(vpc: &VpcFacts, from: &Subnet, targets: &Targets<'_>) -> Option<String> {
    let acls = vpc.network_acls.known()?;
    let closed =
        |it: &&Destination<'_>| it.traffic().is_some() && closed(&ways_from(acls, from, it));
    let traffic = targets.each.iter().find(closed)?.traffic()?;
    Some(format!("The network ACLs stop {traffic}, there or back."))
}

/// Whether something on the way from a subnet of the gateway to where the source may be is stopped, if only for a
/// part of it; as far as the network ACLs were read.
pub(super) fn stops_a_part(vpc: &VpcFacts, from: &Subnet, targets: &Targets<'_>) -> bool {
    vpc.network_acls.known().is_some_and(|acls| {
        targets
            .each
            .iter()
            .flat_map(|destination| ways_from(acls, from, destination))
            .any(|way| way.stopped.is_some())
    })
}

/// Whether none of the ways from one subnet leads on: what enters the subnet never arrives.
pub(super) fn closed<'w, 'a: 'w>(ways: impl IntoIterator<Item = &'w Way<'a>>) -> bool {
    ways.into_iter().all(|way| way.state == State::Closed)
}

/// Where the traffic goes; anywhere, where that is not known.
fn ends<'a>(destination: &Destination<'a>) -> Vec<Place<'a>> {
    if destination.places.is_empty() {
        vec![Place {
            subnet: None,
            net: Some(Ipv4Net::default()),
        }]
    } else {
        destination.places.clone()
    }
}

/// The way from one subnet of the gateway to one place of the source, and back.
pub(super) struct Way<'a> {
    pub(super) from: &'a Subnet,
    pub(super) state: State,
    /// The first part that is stopped, in words.
    pub(super) stopped: Option<String>,
    /// What of the way could not be looked at, in words.
    pub(super) missing: Option<String>,
    /// Whether the other end is not known.
    pub(super) blind: bool,
    pub(super) evidence: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// Both ends are in one subnet.
    Within,
    /// Nothing comes through, or nothing comes back.
    Closed,
    /// Something does, as far as it was looked at.
    Open,
}

impl<'a> Way<'a> {
    fn look(acls: &[NetworkAcl], from: &'a Subnet, to: Place<'_>, ports: &[PortRange]) -> Self {
        let mut way = Self {
            from,
            state: State::Open,
            stopped: None,
            missing: None,
            blind: to.subnet.is_none(),
            evidence: Vec::new(),
        };
        if to.subnet.is_some_and(|subnet| subnet.id == from.id) {
            way.state = State::Within;
            return way;
        }
        let back = [EPHEMERAL];
        let far = to.net.map(|net| (to.label(), net));
        way.cross(acls, from, true, far.as_ref(), ports);
        way.cross(acls, from, false, far.as_ref(), &back);
        match to.subnet {
            Some(subnet) => {
                let near = from.cidr.map(|net| (from.id.clone(), net));
                way.cross(acls, subnet, false, near.as_ref(), ports);
                way.cross(acls, subnet, true, near.as_ref(), &back);
            }
            None => way.miss("only the gateway's side can be seen from here".to_owned()),
        }
        way
    }

    /// Through the ACL of a subnet, out to the peer or in from it.
    fn cross(
        &mut self,
        acls: &[NetworkAcl],
        at: &Subnet,
        egress: bool,
        peer: Option<&(String, Ipv4Net)>,
        ports: &[PortRange],
    ) {
        let Some(acl) = acls.iter().find(|acl| acl.subnet_ids.contains(&at.id)) else {
            return self.miss(format!("the network ACL of {} was not read", label(at)));
        };
        let Some((peer, net)) = peer else {
            return self.miss("a subnet on the way has no IPv4 addresses".to_owned());
        };
        let rulings: Vec<Ruling> = ports
            .iter()
            .flat_map(|ports| rulings(acl, egress, Part::of(*net, *ports)))
            .collect();
        let crossing = Crossing {
            at: format!(
                "{} {}",
                acl.name
                    .as_ref()
                    .map_or_else(|| acl.id.clone(), |name| format!("{} ({name})", acl.id)),
                if egress { "outbound" } else { "inbound" },
            ),
            peer: if net.prefix_len() == 0 {
                "anywhere".to_owned()
            } else {
                peer.clone()
            },
            towards: if egress { "to" } else { "from" },
            ports,
            rulings,
        };
        self.evidence.push(crossing.in_words());
        if let Some(denied) = crossing.denied().next() {
            let stopped = format!("{} {}", crossing.at, denied.part);
            self.stopped.get_or_insert(stopped);
        }
        if crossing.rulings.iter().all(|it| !it.allow) {
            self.state = State::Closed;
        }
    }

    fn miss(&mut self, what: String) {
        self.missing.get_or_insert(what);
    }
}

/// One stretch of traffic through one ACL, in one direction.
struct Crossing<'a> {
    at: String,
    peer: String,
    towards: &'static str,
    ports: &'a [PortRange],
    rulings: Vec<Ruling>,
}

impl Crossing<'_> {
    fn denied(&self) -> impl Iterator<Item = &Ruling> {
        self.rulings.iter().filter(|it| !it.allow)
    }

    fn in_words(&self) -> String {
        let ports: Vec<String> = self.ports.iter().map(ToString::to_string).collect();
        let denied: Vec<&Ruling> = self.denied().collect();
        let outcome = if denied.is_empty() {
            format!("allowed by {}", entries(&self.rulings))
        } else if denied.len() == self.rulings.len() {
            format!("denied by {}", entries(&self.rulings))
        } else {
            let named: Vec<String> = denied
                .iter()
                .take(PARTS_NAMED)
                .map(|it| format!("{} denies {}", entry(it.rule), it.part))
                .collect();
            let more = match denied.len() - named.len() {
                0 => String::new(),
                1 => ", 1 part more is denied".to_owned(),
                more => format!(", {more} parts more are denied"),
            };
            format!("{}{more}, the rest is allowed", named.join(", "))
        };
        format!(
            "{} TCP {} {} {}: {outcome}",
            self.at,
            ports.join(", "),
            self.towards,
            self.peer
        )
    }
}

/// The entries that decided, by number.
fn entries(rulings: &[Ruling]) -> String {
    let numbers: BTreeSet<Option<u32>> = rulings.iter().map(|it| it.rule).collect();
    let entries: Vec<String> = numbers.into_iter().map(entry).collect();
    entries.join(" and ")
}

fn entry(rule: Option<u32>) -> String {
    match rule {
        Some(number) if number != LAST_ENTRY => format!("entry {number}"),
        _ => "the last entry (*)".to_owned(),
    }
}
