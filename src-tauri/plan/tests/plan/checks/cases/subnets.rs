//! The gateway's subnets: whose, how much room, which zones.

use pipelink_plan::check::{CheckId, Verdict};
use pipelink_plan::facts::network::{CidrReservation, NetworkInterface, ReservationKind};
use pipelink_plan::step::DnsResolution;

use super::{Case, case};
use crate::facts::*;

pub(super) fn cases() -> Vec<Case> {
    use Verdict::{Failure, NotKnown, Passed, Warning};
    let owner = CheckId::SubnetOwner;
    let blocks = CheckId::FreeBlocks;
    let zones = CheckId::ZoneSpread;
    let only = |world: &mut World, ids: &[&str]| {
        *world.subnet_ids() = ids.iter().map(|it| (*it).to_owned()).collect();
    };
    vec![
        case(owner, Failure, "shared subnet", move |w| {
            only(w, &[SUBNET_A, SUBNET_SHARED]);
        }),
        case(owner, NotKnown, "nothing chosen", move |w| only(w, &[])),
        case(blocks, Failure, "crowded subnet", move |w| {
            only(w, &[SUBNET_A, SUBNET_FULL]);
        }),
        case(
            blocks,
            Failure,
            "one block, which the gateway takes",
            one_block_left,
        ),
        case(blocks, Failure, "reserved", |w| {
            all(&mut w.vpc.reservations).push(CidrReservation {
                subnet_id: SUBNET_C.to_owned(),
                cidr: "10.20.3.16/28".parse().unwrap(),
                kind: ReservationKind::Prefix,
            });
        }),
        case(blocks, NotKnown, "unaligned", move |w| {
            only(w, &[SUBNET_SMALL]);
        }),
        case(blocks, NotKnown, "shared subnet", move |w| {
            only(w, &[SUBNET_A, SUBNET_SHARED]);
        }),
        case(
            blocks,
            NotKnown,
            "AWS counts fewer addresses than can be explained",
            |w| {
                w.subnet(SUBNET_C).available_addresses = 50;
            },
        ),
        case(blocks, NotKnown, "interfaces refused", |w| {
            w.vpc.network_interfaces = denied("ec2:DescribeNetworkInterfaces");
        }),
        case(blocks, NotKnown, "reservations refused", |w| {
            w.vpc.reservations = denied("ec2:GetSubnetCidrReservations");
        }),
        case(CheckId::SubnetSize, Warning, "/27", move |w| {
            only(w, &[SUBNET_A, SUBNET_SMALL]);
        }),
        case(CheckId::SubnetSize, NotKnown, "subnets refused", |w| {
            w.vpc.subnets = denied("ec2:DescribeSubnets");
        }),
        case(zones, Warning, "two subnets in one zone", move |w| {
            only(w, &[SUBNET_A, SUBNET_B, SUBNET_SMALL]);
        }),
        case(zones, Warning, "one zone", move |w| only(w, &[SUBNET_A])),
        case(zones, Warning, "not in the database's zone", move |w| {
            only(w, &[SUBNET_C]);
        }),
        case(zones, NotKnown, "the database's zone is not known", |w| {
            w.region.instances = denied("rds:DescribeDBInstances");
        }),
        case(
            owner,
            Passed,
            "on a gateway, whose subnets are as they are",
            |w| {
                *w = w.clone().on_gateway();
            },
        ),
        case(
            owner,
            NotKnown,
            "on a gateway whose subnets are elsewhere",
            |w| {
                *w = w.clone().on_gateway();
                w.gateway().subnet_ids = vec!["subnet-0a00000000000ffff".to_owned()];
            },
        ),
        case(
            owner,
            NotKnown,
            "on a configuration whose gateway is gone",
            |w| {
                *w = w.clone().on_configuration();
                all(&mut w.region.gateways).clear();
            },
        ),
        case(blocks, Passed, "on a gateway, one block is enough", |w| {
            *w = w.clone().on_gateway();
            w.gateway().subnet_ids = vec![SUBNET_C.to_owned()];
            one_block_left(w);
        }),
        case(blocks, Failure, "on a gateway without a block left", |w| {
            *w = w.clone().on_gateway();
            w.gateway().subnet_ids = vec![SUBNET_FULL.to_owned()];
        }),
        case(blocks, NotKnown, "on a gateway in a small subnet", |w| {
            *w = w.clone().on_gateway();
            w.gateway().subnet_ids = vec![SUBNET_SMALL.to_owned()];
        }),
        case(
            CheckId::SubnetSize,
            Warning,
            "on a gateway in a small subnet",
            |w| {
                *w = w.clone().on_gateway();
                w.gateway().subnet_ids = vec![SUBNET_SMALL.to_owned()];
            },
        ),
        case(
            zones,
            Passed,
            "where endpoints of the service work already",
            |w| {
                *w = w.clone().on_configuration();
                w.add_endpoint(endpoint("e-1", STANDING_CONFIGURATION));
            },
        ),
        case(
            zones,
            Warning,
            "away from where endpoints of the service work",
            move |w| {
                *w = w.clone().on_configuration();
                w.gateway().subnet_ids = vec![SUBNET_C.to_owned()];
                w.add_endpoint(endpoint("e-1", STANDING_CONFIGURATION));
                w.choices.extent = choices().extent;
                only(w, &[SUBNET_A, SUBNET_B]);
            },
        ),
        case(zones, Warning, "on a gateway of one zone", |w| {
            *w = w.clone().on_gateway();
            w.gateway().subnet_ids = vec![SUBNET_A.to_owned()];
        }),
        case(
            zones,
            Passed,
            "a domain name, whose zone nobody knows",
            |w| {
                *w = w.clone().of_name(DnsResolution::Public, &[]);
            },
        ),
        case(zones, Passed, "an address in one of the zones", |w| {
            w.choices.source = ip_address("10.20.3.9", "5432");
        }),
    ]
}

/// Subnet C with one free block of its two.
fn one_block_left(world: &mut World) {
    all(&mut world.vpc.network_interfaces).push(NetworkInterface {
        id: "eni-04".to_owned(),
        subnet_id: SUBNET_C.to_owned(),
        addresses: vec!["10.20.3.4".parse().unwrap()],
        prefixes: vec!["10.20.3.16/28".parse().unwrap()],
        security_group_ids: Vec::new(),
    });
    world.subnet(SUBNET_C).available_addresses = 42;
}
