//! Contiguous free /28 blocks of a subnet: each gateway and each endpoint takes one per subnet.
//!
//! ClickHouse: each reverse private endpoint needs sixteen consecutive addresses in each of the gateway's
//! subnets, else it fails. That the block must start at a multiple of sixteen, as an EC2 prefix does, is an
//! inference: it explains why /26 is the smallest size that ClickHouse recommends. AWS keeps the first four
//! addresses and the last of every subnet, so that the first and the last /28 are never free.

use ipnet::Ipv4Net;
use serde::{Deserialize, Serialize};

use crate::facts::VpcFacts;
use crate::facts::network::{CidrReservation, NetworkInterface, Subnet};
use crate::observed::Observed;

/// How many free /28 blocks a subnet has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(
    tag = "state",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum FreeBlocks {
    /// At least so many aligned /28 blocks hold no address in use, reserved or delegated.
    Counted {
        /// How many.
        count: u32,
    },
    /// No aligned block is free, but sixteen addresses in a row are: whether AWS can use them is not documented.
    Unaligned,
    /// Cannot be told (shared subnet, refused read, no IPv4).
    NotKnown {
        /// Why.
        reason: String,
    },
}

/// Addresses of a /28 block.
const BLOCK: u64 = 16;
/// Addresses that AWS keeps at the start of each subnet.
const KEPT_FIRST: u64 = 4;
/// Addresses that AWS keeps at the end of each subnet.
const KEPT_LAST: u64 = 1;

/// The free /28 blocks of an address range whose whole occupancy is known: the interfaces and reservations
/// may belong to other subnets too, only what lies in the range counts.
pub fn free_blocks<'a>(
    cidr: Ipv4Net,
    interfaces: impl IntoIterator<Item = &'a NetworkInterface>,
    reservations: impl IntoIterator<Item = &'a CidrReservation>,
) -> FreeBlocks {
    let room = Room::of(cidr, interfaces, reservations);
    room.verdict(room.blocks)
}

/// The free /28 blocks of a subnet, as far as what was read can tell.
///
/// `account_id` is the account that looked: in a subnet that another account owns, the interfaces of the
/// other participants are invisible.
pub fn of_subnet(subnet: &Subnet, vpc: &VpcFacts, account_id: &str) -> FreeBlocks {
    let not_known = |reason: String| FreeBlocks::NotKnown { reason };
    let Some(cidr) = subnet.cidr else {
        return not_known("The subnet has no IPv4 addresses.".to_owned());
    };
    if subnet.owner_id != account_id {
        return not_known(format!(
            "The subnet belongs to account {}, whose network interfaces cannot be seen from here.",
            subnet.owner_id
        ));
    }
    let interfaces = match &vpc.network_interfaces {
        Observed::Known { value } => value,
        Observed::Unknown { problem } => {
            return not_known(format!(
                "The network interfaces could not be read: {}",
                problem.headline()
            ));
        }
    };
    let reservations = match &vpc.reservations {
        Observed::Known { value } => value,
        Observed::Unknown { problem } => {
            return not_known(format!(
                "The CIDR reservations could not be read: {}",
                problem.headline()
            ));
        }
    };
    let room = Room::of(
        cidr,
        interfaces.iter().filter(|it| it.subnet_id == subnet.id),
        reservations.iter().filter(|it| it.subnet_id == subnet.id),
    );
    // Addresses that AWS counts as taken and that no interface or reservation explains: each of them may
    // spoil another block.
    let unexplained = room
        .addresses
        .saturating_sub(u64::from(subnet.available_addresses));
    if unexplained > 0 && room.blocks <= unexplained {
        return not_known(format!(
            "AWS counts {} free addresses, the interfaces and reservations read leave {}: something that \
             cannot be seen takes the rest.",
            subnet.available_addresses, room.addresses
        ));
    }
    room.verdict(room.blocks - unexplained)
}

/// What is left of an address range.
struct Room {
    /// Free aligned /28 blocks.
    blocks: u64,
    /// Free addresses.
    addresses: u64,
    /// Whether sixteen addresses in a row are free anywhere.
    sixteen_in_a_row: bool,
}

impl Room {
    fn of<'a>(
        cidr: Ipv4Net,
        interfaces: impl IntoIterator<Item = &'a NetworkInterface>,
        reservations: impl IntoIterator<Item = &'a CidrReservation>,
    ) -> Self {
        let (first, last) = bounds(cidr);
        let mut busy = vec![
            (first, first + KEPT_FIRST - 1),
            ((last + 1).saturating_sub(KEPT_LAST), last),
        ];
        for interface in interfaces {
            busy.extend(interface.addresses.iter().map(|address| {
                let address = u64::from(address.to_bits());
                (address, address)
            }));
            busy.extend(interface.prefixes.iter().map(|prefix| bounds(*prefix)));
        }
        busy.extend(reservations.into_iter().map(|it| bounds(it.cidr)));
        busy.sort_unstable();

        let mut room = Self {
            blocks: 0,
            addresses: 0,
            sixteen_in_a_row: false,
        };
        let mut next = first;
        for (from, to) in busy {
            if to < first || from > last {
                continue;
            }
            room.add(next, from);
            next = next.max(to + 1);
        }
        room.add(next, last + 1);
        room
    }

    /// Adds the free addresses from `from` up to, not including, `end`.
    fn add(&mut self, from: u64, end: u64) {
        let Some(length) = end.checked_sub(from) else {
            return;
        };
        self.addresses += length;
        self.sixteen_in_a_row |= length >= BLOCK;
        self.blocks += (end / BLOCK).saturating_sub(from.div_ceil(BLOCK));
    }

    fn verdict(&self, blocks: u64) -> FreeBlocks {
        if blocks == 0 && self.sixteen_in_a_row {
            FreeBlocks::Unaligned
        } else {
            FreeBlocks::Counted {
                count: u32::try_from(blocks).unwrap_or(u32::MAX),
            }
        }
    }
}

/// The first and the last address of a range.
fn bounds(cidr: Ipv4Net) -> (u64, u64) {
    (
        u64::from(cidr.network().to_bits()),
        u64::from(cidr.broadcast().to_bits()),
    )
}
