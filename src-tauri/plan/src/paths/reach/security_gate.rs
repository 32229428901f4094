//! One gate of security groups: whether rules of one direction let TCP at a port through, rule by rule.

use std::collections::BTreeSet;

use ipnet::Ipv4Net;

use super::destination::Place;
use crate::facts::network::{RulePeer, SecurityGroup, SecurityGroupRule};
use crate::step::PortRange;

/// One gate: rules of these groups in one direction, seen from one end.
#[derive(Debug)]
pub(in crate::paths) struct Gate<'a> {
    /// Whose rules.
    pub(in crate::paths) groups: Vec<&'a SecurityGroup>,
    /// Groups whose rules were not read.
    pub(in crate::paths) unread: Vec<&'a str>,
    /// Outbound, else inbound.
    pub(in crate::paths) egress: bool,
    /// All of these have to pass.
    pub(in crate::paths) ports: Vec<PortRange>,
    /// Groups at the other end; `None` where not known.
    pub(in crate::paths) peer_groups: Option<BTreeSet<&'a str>>,
    /// Where the other end's addresses are; empty where not known.
    pub(in crate::paths) peers: Vec<Place<'a>>,
}

/// What came out at a gate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::paths) struct Passage {
    pub(in crate::paths) opening: Opening,
    /// The rules that opened it, by ID.
    pub(in crate::paths) deciding_rules: Vec<String>,
    /// Whether a rule opened it by naming a group of the other end.
    pub(in crate::paths) by_group: bool,
    /// One line for each rule.
    pub(in crate::paths) evidence: Vec<String>,
}

impl Passage {
    /// Where there are no rules that could stop anything.
    pub(in crate::paths) fn free() -> Self {
        Self {
            opening: Opening::Open,
            deciding_rules: Vec::new(),
            by_group: false,
            evidence: Vec::new(),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::paths) enum Opening {
    Open,
    /// Open to some places of the other end and closed to these: subnets by ID, or an address.
    ClosedTo(Vec<String>),
    Closed,
    /// Cannot be told, and why.
    NotKnown(String),
}

/// What one rule does for one place of the other end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Effect {
    Nothing,
    Perhaps,
    Opens,
}

impl Gate<'_> {
    pub(in crate::paths) fn look(&self) -> Passage {
        let mut rules: Vec<(&SecurityGroup, &SecurityGroupRule)> = self
            .groups
            .iter()
            .flat_map(|group| group.rules.iter().map(move |rule| (*group, rule)))
            .filter(|(_, rule)| rule.egress == self.egress)
            .collect();
        rules.sort_by_key(|(group, rule)| (&group.id, &rule.id));

        // Where the other end's addresses are not known, they are one place without a range.
        let nets: Vec<Option<Ipv4Net>> = if self.peers.is_empty() {
            vec![None]
        } else {
            self.peers.iter().map(|peer| peer.net).collect()
        };
        let samples = self.samples(&rules);
        let mut sums = vec![vec![Effect::Nothing; samples.len()]; nets.len()];
        let mut evidence = Vec::new();
        let mut deciding_rules = Vec::new();
        let mut by_group = false;
        for (group, rule) in rules {
            let mut most = Effect::Nothing;
            for (net, sums) in nets.iter().zip(&mut sums) {
                for (port, sum) in samples.iter().zip(sums) {
                    let effect = self.effect(rule, *port, *net);
                    *sum = (*sum).max(effect);
                    most = most.max(effect);
                }
            }
            if most == Effect::Opens {
                deciding_rules.push(rule.id.clone());
                by_group |= matches!(rule.peer, RulePeer::Group(_));
            }
            evidence.push(format!(
                "{} {} {}: {}",
                group.id,
                rule.id,
                self.in_words(rule),
                match most {
                    Effect::Opens => "opens the way",
                    Effect::Perhaps => "may open the way",
                    Effect::Nothing => "does not apply",
                }
            ));
        }
        evidence.extend(
            self.unread
                .iter()
                .map(|id| format!("{id}: its rules were not read")),
        );
        // A place is as open as the port that is the least open there.
        let by_place: Vec<Effect> = sums
            .iter()
            .map(|sums| sums.iter().copied().min().unwrap_or(Effect::Nothing))
            .collect();
        Passage {
            opening: self.sum(&by_place),
            deciding_rules,
            by_group,
            evidence,
        }
    }

    /// One port out of each stretch of the wanted ports that no rule divides: a rule covers all of such a stretch
    /// or nothing of it.
    fn samples(&self, rules: &[(&SecurityGroup, &SecurityGroupRule)]) -> BTreeSet<u16> {
        let bounds = rules.iter().flat_map(|(_, rule)| {
            let from = rule.from_port.and_then(|it| u16::try_from(it).ok());
            let after = rule.to_port.and_then(|it| u16::try_from(it + 1).ok());
            [from, after].into_iter().flatten()
        });
        let starts = self.ports.iter().map(|range| range.first);
        bounds
            .filter(|port| {
                self.ports
                    .iter()
                    .any(|range| (range.first..=range.last).contains(port))
            })
            .chain(starts)
            .collect()
    }

    fn sum(&self, by_place: &[Effect]) -> Opening {
        if by_place.iter().all(|effect| *effect == Effect::Opens) {
            return Opening::Open;
        }
        if let Some(id) = self.unread.first() {
            return Opening::NotKnown(format!("the rules of {id} were not read"));
        }
        if by_place.iter().all(|effect| *effect == Effect::Nothing) {
            return Opening::Closed;
        }
        let closed: Vec<String> = by_place
            .iter()
            .zip(&self.peers)
            .filter(|(effect, _)| **effect == Effect::Nothing)
            .map(|(_, peer)| peer.label())
            .collect();
        if !closed.is_empty() {
            Opening::ClosedTo(closed)
        } else if self.peers.is_empty() {
            Opening::NotKnown("the addresses at the other end are not known".to_owned())
        } else {
            Opening::NotKnown(
                "a prefix list or a range smaller than the subnet decides, whose addresses are not compared"
                    .to_owned(),
            )
        }
    }

    /// What a rule does at a port for addresses of a range; for `None`, for addresses that are not known.
    fn effect(&self, rule: &SecurityGroupRule, port: u16, range: Option<Ipv4Net>) -> Effect {
        if !covers_port(rule, port) {
            return Effect::Nothing;
        }
        match &rule.peer {
            RulePeer::Group(id) => match &self.peer_groups {
                Some(groups) if groups.contains(id.as_str()) => Effect::Opens,
                Some(_) => Effect::Nothing,
                None => Effect::Perhaps,
            },
            RulePeer::Ipv4(net) if net.prefix_len() == 0 => Effect::Opens,
            RulePeer::Ipv4(net) => match range {
                Some(range) if net.contains(&range) => Effect::Opens,
                Some(range) if range.contains(net) => Effect::Perhaps,
                Some(_) => Effect::Nothing,
                None => Effect::Perhaps,
            },
            RulePeer::PrefixList(_) => Effect::Perhaps,
            RulePeer::Ipv6(_) => Effect::Nothing,
        }
    }

    fn in_words(&self, rule: &SecurityGroupRule) -> String {
        let (direction, towards) = if self.egress {
            ("outbound", "to")
        } else {
            ("inbound", "from")
        };
        let peer = match &rule.peer {
            RulePeer::Ipv4(net) => net.to_string(),
            RulePeer::Ipv6(net) => net.clone(),
            RulePeer::Group(id) | RulePeer::PrefixList(id) => id.clone(),
        };
        format!("{direction} {} {towards} {peer}", traffic(rule))
    }
}

/// Whether a rule is about TCP at this port.
fn covers_port(rule: &SecurityGroupRule, port: u16) -> bool {
    let port = i32::from(port);
    match rule.protocol.as_str() {
        "-1" => true,
        "tcp" | "6" => {
            let from = rule.from_port.unwrap_or(-1);
            let to = rule.to_port.unwrap_or(-1);
            (from == -1 || from <= port) && (to == -1 || port <= to)
        }
        _ => false,
    }
}

/// Such as "TCP 5432", "all traffic".
fn traffic(rule: &SecurityGroupRule) -> String {
    let protocol = match rule.protocol.as_str() {
        "-1" => return "all traffic".to_owned(),
        "tcp" | "6" => "TCP",
        "udp" | "17" => "UDP",
        "icmp" | "1" => return "ICMP".to_owned(),
        "icmpv6" | "58" => return "ICMPv6".to_owned(),
        other => return format!("protocol {other}"),
    };
    match (rule.from_port, rule.to_port) {
        (Some(from), Some(to)) if from == to => format!("{protocol} {from}"),
        (Some(from), Some(to)) if from >= 0 && to >= 0 => format!("{protocol} {from} to {to}"),
        _ => format!("{protocol}, all ports"),
    }
}
