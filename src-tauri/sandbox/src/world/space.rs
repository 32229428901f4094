//! What is free in a subnet, and who takes it. This is the sandbox's own reading of the /28 rule: an
//! endpoint takes 16 addresses in a row, which AWS hands out as an aligned /28 prefix; the first four
//! addresses and the last of a subnet are AWS's; reserved ranges are not handed out.

use std::collections::BTreeSet;
use std::net::Ipv4Addr;

use ipnet::Ipv4Net;

use super::network::{NetworkInterface, Subnet};
use super::{Region, ids};

/// Length of the prefix that one endpoint, or a gateway with 16 addresses per interface, takes.
const BLOCK: u8 = 28;

/// Addresses in such a prefix.
const BLOCK_SIZE: u8 = 16;

/// Addresses of a gateway's interface in one subnet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Placement {
    pub(crate) primary: Ipv4Addr,
    pub(crate) singles: Vec<Ipv4Addr>,
    pub(crate) prefixes: Vec<Ipv4Net>,
}

/// The aligned /28 blocks of the subnet in which nothing is taken or reserved.
pub(crate) fn free_blocks(region: &Region, subnet: &Subnet) -> Vec<Ipv4Net> {
    let taken = taken(region, subnet);
    let reserved = reserved(region, subnet);
    blocks(subnet)
        .filter(|block| {
            block_addresses(*block).all(|a| !taken.contains(&a) && !reserved.contains(&a))
        })
        .collect()
}

/// EC2's `AvailableIpAddressCount`: what is taken counts, what is reserved does not.
pub(crate) fn available_count(region: &Region, subnet: &Subnet) -> usize {
    block_addresses(subnet.cidr).count() - taken(region, subnet).len()
}

/// Whether an interface can have this address of the subnet.
pub(crate) fn is_free(region: &Region, subnet: &Subnet, address: Ipv4Addr) -> bool {
    subnet.cidr.contains(&address)
        && !taken(region, subnet).contains(&address)
        && !reserved(region, subnet).contains(&address)
}

/// Where an interface with `count` addresses fits: whole prefixes first, single addresses for the
/// rest, and a primary address outside the free blocks where there is one, so that it spoils none.
pub(crate) fn place(region: &Region, subnet: &Subnet, count: u8) -> Option<Placement> {
    let mut free = free_blocks(region, subnet).into_iter();
    let prefixes: Vec<_> = free
        .by_ref()
        .take(usize::from(count / BLOCK_SIZE))
        .collect();
    if prefixes.len() < usize::from(count / BLOCK_SIZE) {
        return None;
    }
    let spare: BTreeSet<_> = free.flat_map(block_addresses).collect();
    let mut busy = taken(region, subnet);
    busy.extend(reserved(region, subnet));
    busy.extend(prefixes.iter().flat_map(|prefix| block_addresses(*prefix)));
    let all_free: Vec<_> = block_addresses(subnet.cidr)
        .filter(|address| !busy.contains(address))
        .collect();
    let (in_blocks, outside): (Vec<_>, Vec<_>) = all_free
        .into_iter()
        .partition(|address| spare.contains(address));
    let mut singles = outside.into_iter().chain(in_blocks);
    let primary = match (singles.next(), prefixes.first()) {
        (Some(address), _) => address,
        (None, Some(prefix)) => prefix.network(),
        (None, None) => return None,
    };
    let rest = usize::from(count % BLOCK_SIZE);
    let singles: Vec<_> = singles
        .take(rest.saturating_sub(usize::from(prefixes.is_empty())))
        .collect();
    let placed = singles.len() + usize::from(prefixes.is_empty());
    (placed >= rest).then_some(Placement {
        primary,
        singles,
        prefixes,
    })
}

/// Somebody takes addresses so that no sixteen in a row are left, and so no block: the addresses stay plenty.
/// The first of each block is enough: sixteen in a row, wherever they begin, hold one of those.
pub(crate) fn take_blocks(region: &mut Region, subnet_id: &str, description: &str) {
    let Some(subnet) = region.subnet(subnet_id) else {
        return;
    };
    let mut busy = taken(region, subnet);
    busy.extend(reserved(region, subnet));
    let addresses: Vec<_> = blocks(subnet)
        .map(|block| block.network())
        .filter(|address| !busy.contains(address))
        .collect();
    if addresses.is_empty() {
        return;
    }
    region.network_interfaces.push(NetworkInterface {
        id: ids::hex17("eni"),
        subnet_id: subnet_id.to_owned(),
        addresses,
        prefixes: Vec::new(),
        group_ids: Vec::new(),
        description: description.to_owned(),
        interface_type: "interface".to_owned(),
        requester: None,
        owner: None,
        gateway_id: None,
        endpoint_id: None,
    });
}

fn blocks(subnet: &Subnet) -> impl Iterator<Item = Ipv4Net> + use<> {
    // A subnet smaller than a block has none.
    subnet.cidr.subnets(BLOCK).into_iter().flatten()
}

fn block_addresses(block: Ipv4Net) -> impl Iterator<Item = Ipv4Addr> + use<> {
    let first = block.network().to_bits();
    let last = block.broadcast().to_bits();
    (first..=last).map(Ipv4Addr::from_bits)
}

fn taken(region: &Region, subnet: &Subnet) -> BTreeSet<Ipv4Addr> {
    let mut taken: BTreeSet<_> = block_addresses(subnet.cidr).take(4).collect();
    taken.insert(subnet.cidr.broadcast());
    for interface in region
        .network_interfaces
        .iter()
        .filter(|i| i.subnet_id == subnet.id)
    {
        taken.extend(interface.addresses.iter().copied());
        taken.extend(
            interface
                .prefixes
                .iter()
                .flat_map(|prefix| block_addresses(*prefix)),
        );
    }
    taken.retain(|address| subnet.cidr.contains(address));
    taken
}

fn reserved(region: &Region, subnet: &Subnet) -> BTreeSet<Ipv4Addr> {
    region
        .cidr_reservations
        .iter()
        .filter(|reservation| reservation.subnet_id == subnet.id)
        .flat_map(|reservation| block_addresses(reservation.cidr))
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        reason = "tests"
    )]

    use proptest::prelude::*;

    use super::*;
    use crate::world::network::{CidrReservation, ReservationKind};

    fn subnet(cidr: &str) -> Subnet {
        Subnet {
            id: "subnet-1".into(),
            vpc_id: "vpc-1".into(),
            name: String::new(),
            zone_id: "use1-az1".into(),
            cidr: cidr.parse().unwrap(),
            owner: None,
            map_public_ip: false,
        }
    }

    fn interface(addresses: Vec<Ipv4Addr>, prefixes: Vec<Ipv4Net>) -> NetworkInterface {
        NetworkInterface {
            id: String::new(),
            subnet_id: "subnet-1".into(),
            addresses,
            prefixes,
            group_ids: vec![],
            description: String::new(),
            interface_type: "interface".into(),
            requester: None,
            owner: None,
            gateway_id: None,
            endpoint_id: None,
        }
    }

    #[test]
    fn empty_subnets_have_the_known_number_of_blocks() {
        // The first and the last /28 hold addresses that AWS keeps.
        for (cidr, blocks) in [
            ("10.0.0.0/28", 0),
            ("10.0.0.0/27", 0),
            ("10.0.0.0/26", 2),
            ("10.0.0.0/25", 6),
            ("10.0.0.0/24", 14),
        ] {
            let found = free_blocks(&Region::default(), &subnet(cidr));
            assert_eq!(found.len(), blocks, "{cidr}");
        }
    }

    #[test]
    fn a_reserved_range_is_neither_free_nor_taken() {
        let subnet = subnet("10.0.0.0/26");
        let region = Region {
            cidr_reservations: vec![CidrReservation {
                id: String::new(),
                subnet_id: subnet.id.clone(),
                cidr: "10.0.0.16/28".parse().unwrap(),
                kind: ReservationKind::Prefix,
                description: String::new(),
            }],
            ..Region::default()
        };
        assert_eq!(
            free_blocks(&region, &subnet),
            ["10.0.0.32/28".parse().unwrap()]
        );
        assert_eq!(available_count(&region, &subnet), 64 - 5);
    }

    proptest! {
        #[test]
        fn where_the_blocks_are_taken_no_sixteen_addresses_in_a_row_are_free(
            length in 24_u8..=28,
            taken_offsets in proptest::collection::btree_set(4_u32..250, 0..10),
        ) {
            let subnet = subnet(&format!("10.9.8.0/{length}"));
            let base = subnet.cidr.network().to_bits();
            let addresses = taken_offsets.iter().map(|offset| Ipv4Addr::from_bits(base + offset));
            let mut region = Region {
                subnets: vec![subnet.clone()],
                network_interfaces: vec![interface(addresses.collect(), vec![])],
                ..Region::default()
            };
            take_blocks(&mut region, &subnet.id, "somebody");
            let taken = taken(&region, &subnet);
            let all: Vec<_> = block_addresses(subnet.cidr).collect();
            for row in all.windows(16) {
                prop_assert!(row.iter().any(|address| taken.contains(address)), "{row:?}");
            }
            let interfaces = region.network_interfaces.len();
            take_blocks(&mut region, &subnet.id, "somebody");
            prop_assert_eq!(region.network_interfaces.len(), interfaces, "there is nothing left to take");
        }

        #[test]
        fn a_free_block_has_nothing_taken_and_a_taken_block_is_not_free(
            length in 24_u8..=28,
            taken_offsets in proptest::collection::btree_set(4_u32..250, 0..40),
        ) {
            let subnet = subnet(&format!("10.9.8.0/{length}"));
            let base = subnet.cidr.network().to_bits();
            let size = 1_u32 << (32 - length);
            let addresses: Vec<_> = taken_offsets
                .iter()
                .filter(|offset| **offset < size - 1)
                .map(|offset| Ipv4Addr::from_bits(base + offset))
                .collect();
            let region = Region {
                network_interfaces: vec![interface(addresses.clone(), vec![])],
                ..Region::default()
            };
            let free = free_blocks(&region, &subnet);
            // Counted the other way round: block by block, in whole numbers.
            let expected = (0..size / 16)
                .filter(|block| {
                    let own = |offset: u32| offset / 16 == *block;
                    !own(0) && !own(size - 1)
                        && addresses.iter().all(|address| !own(address.to_bits() - base))
                })
                .count();
            prop_assert_eq!(free.len(), expected);
            for block in &free {
                prop_assert_eq!(block.network().to_bits() % 16, 0);
                prop_assert!(addresses.iter().all(|address| !block.contains(address)));
            }
            prop_assert_eq!(available_count(&region, &subnet), size as usize - 5 - addresses.len());
        }

        #[test]
        fn placing_takes_free_addresses_only_and_as_many_as_asked(
            length in 24_u8..=27,
            taken_offsets in proptest::collection::btree_set(4_u32..120, 0..30),
            count in 1_u8..=62,
        ) {
            let subnet = subnet(&format!("10.9.8.0/{length}"));
            let base = subnet.cidr.network().to_bits();
            let size = 1_u32 << (32 - length);
            let addresses: Vec<_> = taken_offsets
                .iter()
                .filter(|offset| **offset < size - 1)
                .map(|offset| Ipv4Addr::from_bits(base + offset))
                .collect();
            let mut region = Region {
                network_interfaces: vec![interface(addresses, vec![])],
                ..Region::default()
            };
            let before = free_blocks(&region, &subnet).len();
            let taken_before = taken(&region, &subnet);
            if let Some(placed) = place(&region, &subnet, count) {
                let mut new: Vec<_> = placed.prefixes.iter().flat_map(|p| block_addresses(*p)).collect();
                new.extend(&placed.singles);
                prop_assert!(new.iter().all(|it| !taken_before.contains(it)));
                prop_assert!(!taken_before.contains(&placed.primary));
                let own = usize::from(placed.prefixes.is_empty());
                prop_assert_eq!(new.len() + own, usize::from(count));
                let mut all = vec![placed.primary];
                all.extend(placed.singles.clone());
                region.network_interfaces.push(interface(all, placed.prefixes.clone()));
                prop_assert!(free_blocks(&region, &subnet).len() + placed.prefixes.len() <= before);
            } else {
                // Refused only for want of blocks or addresses.
                let blocks = usize::from(count / 16);
                let rest = usize::from(count % 16);
                prop_assert!(before < blocks
                    || available_count(&region, &subnet) < blocks * 16 + rest.max(1));
            }
        }
    }
}
