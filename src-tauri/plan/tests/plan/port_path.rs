//! Ranges of ports through security groups: a range is as open as the port of it that is the least open.

use pipelink_plan::check::Verdict;
use pipelink_plan::facts::network::{RulePeer, SecurityGroupRule};
use pipelink_plan::paths::vpc_resource::network::page;
use proptest::prelude::*;

use crate::facts::*;

/// The ports that rules and wishes are about.
const LOWEST: u16 = 100;
const HIGHEST: u16 = 112;

/// What the page says of the gateway's group for the address that has the database's group.
fn verdict(world: &World, ports: &str) -> Verdict {
    let source = ip_address("10.20.1.40", ports);
    let page = page(&world.region, &world.vpc, &source).unwrap();
    let row = page
        .security_groups
        .iter()
        .find(|row| row.group.id == GROUP_GATEWAY);
    row.unwrap().verdict
}

fn rules(egress: bool) -> impl Strategy<Value = Vec<SecurityGroupRule>> {
    let peer = prop_oneof![
        Just(RulePeer::Group(
            if egress {
                GROUP_DATABASE
            } else {
                GROUP_GATEWAY
            }
            .to_owned()
        )),
        Just(RulePeer::Group(GROUP_WEB.to_owned())),
        Just(ipv4("10.20.0.0/16")),
        Just(ipv4("10.20.1.0/24")),
        Just(ipv4("10.20.1.64/26")),
        Just(RulePeer::PrefixList("pl-1".to_owned())),
    ];
    let ports = (LOWEST - 2..=HIGHEST + 2, 0_u16..10);
    let protocol = prop_oneof![Just("tcp"), Just("tcp"), Just("-1"), Just("udp")];
    prop::collection::vec((peer, ports, protocol), 0..6).prop_map(move |all| {
        all.into_iter()
            .enumerate()
            .map(
                |(number, (peer, (from, more), protocol))| SecurityGroupRule {
                    to_port: Some(i32::from(from + more)),
                    ..rule(
                        &format!("sgr-{number}"),
                        egress,
                        protocol,
                        i32::from(from),
                        peer,
                    )
                },
            )
            .collect()
    })
}

proptest! {
    #[test]
    fn a_range_is_as_open_as_its_least_open_port(
        outbound in rules(true),
        inbound in rules(false),
        wishes in prop::collection::btree_set(LOWEST..=HIGHEST, 1..5),
    ) {
        let mut world = World::healthy();
        world.group(GROUP_GATEWAY).rules = outbound;
        world.group(GROUP_DATABASE).rules = inbound;
        // Every second port starts a range up to the next one.
        let wishes: Vec<u16> = wishes.into_iter().collect();
        let ranges: Vec<(u16, u16)> = wishes
            .chunks(2)
            .map(|pair| (pair[0], *pair.last().unwrap()))
            .collect();
        let text: Vec<String> = ranges.iter().map(|(first, last)| format!("{first}-{last}")).collect();
        let least = ranges
            .iter()
            .flat_map(|(first, last)| *first..=*last)
            .map(|port| verdict(&world, &port.to_string()))
            .min()
            .unwrap();
        prop_assert_eq!(verdict(&world, &text.join(",")), least);
    }
}
