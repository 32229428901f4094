//! Free /28 blocks against a naive model: one bit for each address.

use std::net::Ipv4Addr;

use ipnet::Ipv4Net;
use pipelink_plan::facts::VpcFacts;
use pipelink_plan::facts::network::{CidrReservation, NetworkInterface, ReservationKind};
use pipelink_plan::free_blocks::{FreeBlocks, free_blocks, of_subnet};
use proptest::prelude::*;

use crate::facts::{ACCOUNT, known, subnet, vpc};

const ID: &str = "subnet-0a00000000000aaaa";

fn interface(addresses: Vec<Ipv4Addr>, prefixes: Vec<Ipv4Net>) -> NetworkInterface {
    NetworkInterface {
        id: "eni-1".to_owned(),
        subnet_id: ID.to_owned(),
        addresses,
        prefixes,
        security_group_ids: Vec::new(),
    }
}

fn reservation(cidr: Ipv4Net) -> CidrReservation {
    CidrReservation {
        subnet_id: ID.to_owned(),
        cidr,
        kind: ReservationKind::Explicit,
    }
}

/// One entry for each address of the range: whether it is taken.
fn bits(
    cidr: Ipv4Net,
    interfaces: &[NetworkInterface],
    reservations: &[CidrReservation],
) -> Vec<bool> {
    let addresses: Vec<Ipv4Addr> = (cidr.network().to_bits()..=cidr.broadcast().to_bits())
        .map(Ipv4Addr::from_bits)
        .collect();
    let size = addresses.len();
    addresses
        .iter()
        .enumerate()
        .map(|(at, address)| {
            at < 4
                || at == size - 1
                || interfaces.iter().any(|it| {
                    it.addresses.contains(address)
                        || it.prefixes.iter().any(|p| p.contains(address))
                })
                || reservations.iter().any(|it| it.cidr.contains(address))
        })
        .collect()
}

fn free_chunks(bits: &[bool]) -> usize {
    bits.chunks(16)
        .filter(|chunk| chunk.len() == 16 && chunk.iter().all(|taken| !taken))
        .count()
}

fn naive(bits: &[bool]) -> FreeBlocks {
    let count = free_chunks(bits);
    let in_a_row = bits.windows(16).any(|run| run.iter().all(|taken| !taken));
    if count == 0 && in_a_row {
        FreeBlocks::Unaligned
    } else {
        FreeBlocks::Counted {
            count: count.try_into().unwrap(),
        }
    }
}

#[test]
fn an_empty_subnet_has_as_many_blocks_as_the_table_says() {
    for (cidr, expected) in [
        ("10.0.0.0/28", FreeBlocks::Counted { count: 0 }),
        ("10.0.0.0/27", FreeBlocks::Unaligned),
        ("10.0.0.0/26", FreeBlocks::Counted { count: 2 }),
        ("10.0.0.0/25", FreeBlocks::Counted { count: 6 }),
        ("10.0.0.0/24", FreeBlocks::Counted { count: 14 }),
        ("10.0.0.0/16", FreeBlocks::Counted { count: 4094 }),
    ] {
        assert_eq!(
            free_blocks(cidr.parse().unwrap(), [], []),
            expected,
            "{cidr}"
        );
    }
}

#[test]
fn the_first_and_the_last_block_are_never_free() {
    let cidr: Ipv4Net = "10.0.0.0/24".parse().unwrap();
    let middle = interface(
        Vec::new(),
        vec![
            "10.0.0.16/28".parse().unwrap(),
            "10.0.0.32/27".parse().unwrap(),
            "10.0.0.64/26".parse().unwrap(),
            "10.0.0.128/26".parse().unwrap(),
            "10.0.0.192/27".parse().unwrap(),
            "10.0.0.224/28".parse().unwrap(),
        ],
    );
    assert_eq!(
        free_blocks(cidr, [&middle], []),
        FreeBlocks::Counted { count: 0 }
    );
}

#[test]
fn what_other_subnets_hold_does_not_count() {
    let mut facts = vpc();
    let elsewhere = NetworkInterface {
        subnet_id: "subnet-0a00000000000bbbb".to_owned(),
        ..interface(vec!["10.0.0.20".parse().unwrap()], Vec::new())
    };
    facts.network_interfaces = known(vec![elsewhere]);
    let subnet = subnet(ID, "s", "10.0.0.0/26", "a", 1, 59);
    assert_eq!(
        of_subnet(&subnet, &facts, ACCOUNT),
        FreeBlocks::Counted { count: 2 }
    );
}

#[test]
fn a_subnet_of_another_account_or_without_ipv4_is_not_known() {
    let mut subnet = subnet(ID, "s", "10.0.0.0/26", "a", 1, 59);
    let not_known = |blocks: FreeBlocks| matches!(blocks, FreeBlocks::NotKnown { .. });
    assert!(not_known(of_subnet(&subnet, &vpc(), "444455556666")));
    subnet.cidr = None;
    assert!(not_known(of_subnet(&subnet, &vpc(), ACCOUNT)));
}

#[test]
fn the_end_of_the_address_space_is_no_trouble() {
    let cidr: Ipv4Net = "255.255.255.0/24".parse().unwrap();
    let last = interface(
        vec![Ipv4Addr::BROADCAST],
        vec!["0.0.0.0/0".parse().unwrap()],
    );
    assert_eq!(free_blocks(cidr, [], []), FreeBlocks::Counted { count: 14 });
    assert_eq!(
        free_blocks(cidr, [&last], []),
        FreeBlocks::Counted { count: 0 }
    );
}

fn net(within: u32, prefix: std::ops::RangeInclusive<u8>) -> impl Strategy<Value = Ipv4Net> {
    (0..within, prefix).prop_map(|(offset, prefix)| {
        Ipv4Net::new(Ipv4Addr::from_bits(BASE + offset), prefix)
            .unwrap()
            .trunc()
    })
}

const BASE: u32 = 0x0a00_0000;

prop_compose! {
    /// A subnet at 10.0.0.0 with things in it and after it.
    fn subnet_with_things()(prefix in 21u8..=28)(
        prefix in Just(prefix),
        addresses in prop::collection::vec(0..(1u32 << (33 - prefix)), 0..12),
        prefixes in prop::collection::vec(net(1 << (33 - prefix), 27..=29), 0..4),
        reserved in prop::collection::vec(net(1 << (33 - prefix), 25..=32), 0..4),
    ) -> (Ipv4Net, Vec<NetworkInterface>, Vec<CidrReservation>) {
        let addresses = addresses.into_iter().map(|it| Ipv4Addr::from_bits(BASE + it)).collect();
        (
            Ipv4Net::new(Ipv4Addr::from_bits(BASE), prefix).unwrap(),
            vec![interface(addresses, prefixes)],
            reserved.into_iter().map(reservation).collect(),
        )
    }
}

proptest! {
    #[test]
    fn counts_what_the_naive_model_counts((cidr, interfaces, reservations) in subnet_with_things()) {
        let model = naive(&bits(cidr, &interfaces, &reservations));
        prop_assert_eq!(free_blocks(cidr, &interfaces, &reservations), model);
    }

    /// Addresses that only AWS's count betrays may lie anywhere: never more blocks than there really are.
    #[test]
    fn never_promises_more_than_hidden_addresses_leave(
        (cidr, interfaces, reservations) in subnet_with_things(),
        hidden in prop::collection::btree_set(0u32..2048, 0..6),
    ) {
        let mut truth = bits(cidr, &interfaces, &reservations);
        for at in hidden {
            if let Some(taken) = truth.get_mut(at as usize) {
                *taken = true;
            }
        }
        let available = truth.iter().filter(|taken| !**taken).count().try_into().unwrap();
        let subnet = subnet(ID, "s", &cidr.to_string(), "a", 1, available);
        let facts = VpcFacts {
            network_interfaces: known(interfaces),
            reservations: known(reservations),
            ..vpc()
        };
        if let FreeBlocks::Counted { count } = of_subnet(&subnet, &facts, ACCOUNT) {
            prop_assert!(count as usize <= free_chunks(&truth));
        }
    }
}
