//! The check on network ACLs: the way there and the way back, at the gateway's subnets and at the source's.

use std::collections::BTreeSet;

use ipnet::Ipv4Net;

use super::subnets::label;
use super::{Site, Subject, check_again, finding, passed, unread};
use crate::check::{Check, CheckId, Verdict};
use crate::facts::network::{NetworkAcl, Subnet};
use crate::network_acl::{EPHEMERAL, Part, Ruling, rulings};
use crate::paths::vpc_resource::destination::{Destination, Place};
use crate::problem::Remedy;
use crate::step::PortRange;

/// So many parts of a crossing are named in one line; the rest is counted.
const PARTS_NAMED: usize = 3;
/// The number that AWS gives the last entry, shown as `*`, which denies what nothing else matched.
const LAST_ENTRY: u32 = 32767;

pub(super) fn network_acls(subject: &Subject<'_>) -> Check {
    let id = CheckId::NetworkAcls;
    let destination = match subject.destination(id) {
        Ok(destination) => destination,
        Err(check) => return *check,
    };
    let (site, subnets) = match subject.subnets(id) {
        Ok(found) => found,
        Err(check) => return *check,
    };
    let Some(acls) = subject.vpc.network_acls.known() else {
        return unread(
            id,
            "The network ACLs could not be read.",
            subject.vpc.network_acls.problem(),
        );
    };
    let Some(traffic) = destination.traffic() else {
        return finding(
            id,
            Verdict::NotKnown,
            "The database's port is not known.",
            Vec::new(),
            Some(check_again(
                "Wait until AWS tells the database's port, then check again.",
            )),
        );
    };
    let ways: Vec<Way<'_>> = subnets
        .iter()
        .flat_map(|from| {
            ends(destination)
                .into_iter()
                .map(|to| Way::look(acls, from, to, &destination.ports))
        })
        .collect();
    judge(&site, &subnets, &ways, &traffic)
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

fn judge(site: &Site<'_>, subnets: &[&Subnet], ways: &[Way<'_>], traffic: &str) -> Check {
    let id = CheckId::NetworkAcls;
    let evidence: Vec<String> = ways
        .iter()
        .flat_map(|way| way.evidence.clone())
        .collect::<BTreeSet<String>>()
        .into_iter()
        .collect();
    // What enters a subnet from which no way leads on never arrives.
    let cut_off: Vec<String> = subnets
        .iter()
        .filter(|from| {
            ways.iter()
                .filter(|way| way.from.id == from.id)
                .all(|way| way.state == State::Closed)
        })
        .map(|from| label(from))
        .collect();
    if !cut_off.is_empty() {
        return finding(
            id,
            Verdict::Failure,
            format!(
                "The network ACLs stop {traffic}, there or back, from {}.",
                cut_off.join(", ")
            ),
            evidence,
            Some(open_up(site, traffic)),
        );
    }
    if let Some(stopped) = ways.iter().find_map(|way| way.stopped.as_ref()) {
        // Where the other end is not known, a part that is stopped need not be on the way.
        let known = ways.iter().all(|way| !way.blind);
        if known {
            return finding(
                id,
                Verdict::Warning,
                format!("The network ACLs stop a part of the traffic: {stopped}."),
                evidence,
                Some(open_up(site, traffic)),
            );
        }
    }
    if let Some(missing) = ways.iter().find_map(|way| way.missing.as_ref()) {
        return finding(
            id,
            Verdict::NotKnown,
            format!("Whether the network ACLs let {traffic} through is not known: {missing}."),
            evidence,
            Some(check_again(
                "Look at the network ACLs of the subnets on the way, then check again.",
            )),
        );
    }
    let mut evidence = evidence;
    if ways.iter().any(|way| way.state == State::Within) {
        evidence.push("Within one subnet network ACLs do not apply.".to_owned());
    }
    passed(
        id,
        format!("The network ACLs let {traffic} through, and the answers back."),
        evidence,
    )
}

fn open_up(site: &Site<'_>, traffic: &str) -> Remedy {
    let otherwise = match site.gateway {
        Some(_) => "make a new gateway in other subnets",
        None => "choose other subnets",
    };
    check_again(format!(
        "Allow {traffic} from the gateway's subnets to the source, and TCP {EPHEMERAL} back, in the network ACLs named, \
         or {otherwise}. Then check again."
    ))
}

/// The way from one subnet of the gateway to one place of the source, and back.
struct Way<'a> {
    from: &'a Subnet,
    state: State,
    /// The first part that is stopped, in words.
    stopped: Option<String>,
    /// What of the way could not be looked at, in words.
    missing: Option<String>,
    /// Whether the other end is not known.
    blind: bool,
    evidence: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
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
