//! Network ACLs: the entry with the lowest number decides, for each part of the traffic by itself.

use std::net::Ipv4Addr;

use ipnet::Ipv4Net;
use pipelink_plan::facts::network::{NetworkAcl, NetworkAclEntry};
use pipelink_plan::network_acl::{EPHEMERAL, Part, Ruling, rulings};
use pipelink_plan::step::PortRange;
use proptest::prelude::*;

use crate::facts::{acl, entry};

fn traffic(net: &str, first: u16, last: u16) -> Part {
    Part::of(net.parse().unwrap(), PortRange { first, last })
}

fn ruled(acl: &NetworkAcl, egress: bool, traffic: Part) -> Vec<String> {
    rulings(acl, egress, traffic)
        .iter()
        .map(|it| {
            let word = if it.allow { "allows" } else { "denies" };
            format!("{:?} {word} {}", it.rule, it.part)
        })
        .collect()
}

#[test]
fn the_lowest_number_decides_and_what_nothing_matches_is_denied() {
    let acl = acl(
        "acl-1",
        &[],
        vec![
            entry(200, true, false, "10.0.0.0/8", Some((5432, 5432))),
            entry(100, true, true, "10.0.0.0/24", None),
            // Not TCP, not IPv4, not this direction: none of them matches.
            NetworkAclEntry {
                protocol: "17".to_owned(),
                ..entry(10, true, false, "0.0.0.0/0", Some((5432, 5432)))
            },
            NetworkAclEntry {
                cidr: None,
                ..entry(20, true, false, "0.0.0.0/0", None)
            },
            entry(30, false, false, "0.0.0.0/0", None),
        ],
    );
    assert_eq!(
        ruled(&acl, true, traffic("10.0.0.0/23", 5432, 5432)),
        [
            "Some(100) allows TCP 5432 of 10.0.0.0 to 10.0.0.255",
            "Some(200) denies TCP 5432 of 10.0.1.0 to 10.0.1.255",
        ]
    );
    assert_eq!(
        ruled(&acl, true, traffic("192.168.0.1/32", 22, 22)),
        ["Some(32767) denies TCP 22 of 192.168.0.1"]
    );
    let empty = NetworkAcl {
        entries: Vec::new(),
        ..acl
    };
    assert_eq!(
        ruled(&empty, true, traffic("192.168.0.1/32", 22, 22)),
        ["None denies TCP 22 of 192.168.0.1"]
    );
}

#[test]
fn an_entry_in_the_middle_leaves_what_is_around_it() {
    let acl = acl(
        "acl-1",
        &[],
        vec![
            entry(90, true, false, "10.0.0.64/26", Some((8000, 8999))),
            entry(100, true, true, "0.0.0.0/0", None),
        ],
    );
    let parts = rulings(
        &acl,
        true,
        Part::of("10.0.0.0/24".parse().unwrap(), EPHEMERAL),
    );
    let denied: Vec<&Ruling> = parts.iter().filter(|it| !it.allow).collect();
    assert_eq!(denied.len(), 1);
    assert_eq!(
        denied[0].part.to_string(),
        "TCP 8000-8999 of 10.0.0.64 to 10.0.0.127"
    );
    // Below, above, and at the ports beside it.
    assert_eq!(parts.len(), 5);
}

/// Sixteen addresses and sixteen ports: small enough to ask for each of them.
const NETWORK: Ipv4Addr = Ipv4Addr::new(10, 0, 0, 0);
const PORTS: PortRange = PortRange {
    first: 100,
    last: 115,
};

/// What a reader of the ACL would say of one packet: the lowest entry that matches, of any.
fn naive(acl: &NetworkAcl, egress: bool, address: Ipv4Addr, port: u16) -> (Option<u32>, bool) {
    acl.entries
        .iter()
        .filter(|it| it.egress == egress)
        .filter(|it| it.protocol == "-1" || it.protocol == "6")
        .filter(|it| it.cidr.is_some_and(|cidr| cidr.contains(&address)))
        .filter(|it| {
            it.protocol == "-1"
                || (it.first_port.is_none_or(|first| first <= port)
                    && it.last_port.is_none_or(|last| port <= last))
        })
        .min_by_key(|it| it.rule_number)
        .map_or((None, false), |it| (Some(it.rule_number), it.allow))
}

fn net() -> impl Strategy<Value = Ipv4Net> {
    (0_u32..16, 26_u8..=32).prop_map(|(offset, length)| {
        let address = Ipv4Addr::from_bits(NETWORK.to_bits() + offset);
        Ipv4Net::new(address, length).unwrap().trunc()
    })
}

fn ports() -> impl Strategy<Value = Option<(u16, u16)>> {
    prop::option::of((96_u16..=118, 0_u16..12).prop_map(|(first, more)| (first, first + more)))
}

fn entries() -> impl Strategy<Value = Vec<NetworkAclEntry>> {
    let one = (
        any::<bool>(),
        any::<bool>(),
        net(),
        ports(),
        prop_oneof![Just("6"), Just("6"), Just("-1"), Just("17")],
    );
    prop::collection::vec(one, 0..12).prop_map(|all| {
        all.into_iter()
            .zip(1_u32..)
            .map(
                |((egress, allow, cidr, ports, protocol), number)| NetworkAclEntry {
                    cidr: Some(cidr),
                    protocol: protocol.to_owned(),
                    ..entry(number * 10, egress, allow, "0.0.0.0/0", ports)
                },
            )
            .collect()
    })
}

proptest! {
    #[test]
    fn rulings_agree_with_asking_for_each_packet(
        mut entries in entries(),
        net in net(),
        seed in any::<u64>(),
        egress in any::<bool>(),
        last in any::<bool>(),
    ) {
        let length = entries.len().max(1);
        entries.rotate_left(usize::try_from(seed % 97).unwrap() % length);
        let mut acl = acl("acl-1", &[], entries);
        if !last {
            acl.entries.retain(|it| it.rule_number != 32767);
        }
        let traffic = Part::of(net, PORTS);
        let rulings = rulings(&acl, egress, traffic);
        for address in net.network().to_bits()..=net.broadcast().to_bits() {
            let address = Ipv4Addr::from_bits(address);
            for port in PORTS.first..=PORTS.last {
                let deciding: Vec<&Ruling> = rulings
                    .iter()
                    .filter(|it| {
                        it.part.from <= address
                            && address <= it.part.to
                            && it.part.ports.first <= port
                            && port <= it.part.ports.last
                    })
                    .collect();
                prop_assert_eq!(deciding.len(), 1, "{} {}", address, port);
                prop_assert_eq!(
                    (deciding[0].rule, deciding[0].allow),
                    naive(&acl, egress, address, port),
                    "{} {}", address, port
                );
            }
        }
        // And nothing beyond the traffic.
        for ruling in &rulings {
            prop_assert!(ruling.part.from >= traffic.from && ruling.part.to <= traffic.to);
            prop_assert!(ruling.part.ports.first >= PORTS.first && ruling.part.ports.last <= PORTS.last);
        }
    }
}
