//! What is free in a subnet, and who takes it. This is the sandbox's own reading of the /28 rule: an
//! endpoint takes 16 addresses in a row, which AWS hands out as an aligned /28 prefix; the first four
//! addresses and the last of a subnet are AWS's; reserved ranges are not handed out.

use std::collections::BTreeSet;
use std::net::Ipv4Addr;

use ipnet::Ipv4Net;

use super::Region;
use super::network::Subnet;

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
