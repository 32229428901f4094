//! One gate of security groups: whether rules of one direction let TCP at a port through, rule by rule.

use std::collections::BTreeSet;

use ipnet::Ipv4Net;

use crate::facts::network::{RulePeer, SecurityGroup, SecurityGroupRule, Subnet};

/// One gate: rules of these groups in one direction, seen from one end.
#[derive(Debug)]
pub(super) struct Gate<'a> {
    /// Whose rules.
    pub(super) groups: Vec<&'a SecurityGroup>,
    /// Groups whose rules were not read.
    pub(super) unread: Vec<&'a str>,
    /// Outbound, else inbound.
    pub(super) egress: bool,
    pub(super) port: u16,
    /// Groups at the other end.
    pub(super) peer_groups: BTreeSet<&'a str>,
    /// Subnets in which the other end's addresses are; empty where not known.
    pub(super) peer_subnets: Vec<&'a Subnet>,
}

/// What came out at a gate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Passage {
    pub(super) opening: Opening,
    /// The rules that opened it, by ID.
    pub(super) deciding_rules: Vec<String>,
    /// Whether a rule opened it by naming a group of the other end.
    pub(super) by_group: bool,
    /// One line for each rule.
    pub(super) evidence: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Opening {
    Open,
    /// Open to some subnets of the other end and closed to these, by ID.
    ClosedTo(Vec<String>),
    Closed,
    /// Cannot be told, and why.
    NotKnown(String),
}

/// What one rule does for one subnet of the other end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Effect {
    Nothing,
    Perhaps,
    Opens,
}

impl Gate<'_> {
    pub(super) fn look(&self) -> Passage {
        let mut rules: Vec<(&SecurityGroup, &SecurityGroupRule)> = self
            .groups
            .iter()
            .flat_map(|group| group.rules.iter().map(move |rule| (*group, rule)))
            .filter(|(_, rule)| rule.egress == self.egress)
            .collect();
        rules.sort_by_key(|(group, rule)| (&group.id, &rule.id));

        let mut evidence = Vec::new();
        let mut deciding_rules = Vec::new();
        let mut by_group = false;
        let mut everywhere = Effect::Nothing;
        let mut by_subnet = vec![Effect::Nothing; self.peer_subnets.len()];
        for (group, rule) in rules {
            let effects: Vec<Effect> = self
                .peer_subnets
                .iter()
                .map(|subnet| self.effect(rule, subnet.cidr))
                .collect();
            let without_subnets = self.effect(rule, None);
            for (sum, effect) in by_subnet.iter_mut().zip(&effects) {
                *sum = (*sum).max(*effect);
            }
            everywhere = everywhere.max(without_subnets);
            let most = effects.iter().copied().max().unwrap_or(without_subnets);
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
        Passage {
            opening: self.sum(everywhere, &by_subnet),
            deciding_rules,
            by_group,
            evidence,
        }
    }

    fn sum(&self, everywhere: Effect, by_subnet: &[Effect]) -> Opening {
        let all_open = if by_subnet.is_empty() {
            everywhere == Effect::Opens
        } else {
            by_subnet.iter().all(|effect| *effect == Effect::Opens)
        };
        if all_open {
            return Opening::Open;
        }
        if let Some(id) = self.unread.first() {
            return Opening::NotKnown(format!("the rules of {id} were not read"));
        }
        if by_subnet.is_empty() {
            return match everywhere {
                Effect::Nothing => Opening::Closed,
                _ => Opening::NotKnown("the addresses at the other end are not known".to_owned()),
            };
        }
        let closed: Vec<String> = by_subnet
            .iter()
            .zip(&self.peer_subnets)
            .filter(|(effect, _)| **effect == Effect::Nothing)
            .map(|(_, subnet)| subnet.id.clone())
            .collect();
        if closed.len() == by_subnet.len() {
            Opening::Closed
        } else if closed.is_empty() {
            Opening::NotKnown(
                "a prefix list or a range smaller than the subnet decides, whose addresses are not compared"
                    .to_owned(),
            )
        } else {
            Opening::ClosedTo(closed)
        }
    }

    /// What a rule does for addresses of a range; for `None`, for addresses that are not known.
    fn effect(&self, rule: &SecurityGroupRule, range: Option<Ipv4Net>) -> Effect {
        if !covers_port(rule, self.port) {
            return Effect::Nothing;
        }
        match &rule.peer {
            RulePeer::Group(id) if self.peer_groups.contains(id.as_str()) => Effect::Opens,
            RulePeer::Ipv4(net) if net.prefix_len() == 0 => Effect::Opens,
            RulePeer::Ipv4(net) => match range {
                Some(range) if net.contains(&range) => Effect::Opens,
                Some(range) if range.contains(net) => Effect::Perhaps,
                Some(_) => Effect::Nothing,
                None => Effect::Perhaps,
            },
            RulePeer::PrefixList(_) => Effect::Perhaps,
            RulePeer::Group(_) | RulePeer::Ipv6(_) => Effect::Nothing,
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
pub(super) fn covers_port(rule: &SecurityGroupRule, port: u16) -> bool {
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
