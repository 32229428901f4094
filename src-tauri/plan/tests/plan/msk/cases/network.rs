//! Ports and zones of the brokers.

use pipelink_plan::check::{CheckId, Verdict};
use pipelink_plan::facts::network::RulePeer;

use super::{Case, case};
use crate::facts::*;
use crate::msk::facts::MskWorld;

pub(super) fn cases() -> Vec<Case> {
    let mut cases = ports();
    cases.extend(zones());
    cases
}

fn ports() -> Vec<Case> {
    use Verdict::{NotKnown, Passed, Warning};
    let id = CheckId::MskPorts;
    vec![
        case(id, Passed, "open to everybody", |w| {
            w.brokers_rule().peer = ipv4("0.0.0.0/0");
        }),
        case(id, Warning, "only the ports of the three brokers", |w| {
            w.brokers_rule().to_port = Some(14003);
        }),
        case(id, Warning, "one port too few", |w| {
            w.brokers_rule().to_port = Some(14099);
        }),
        case(id, Warning, "only the brokers' own ports", |w| {
            w.brokers_rule().from_port = Some(9092);
            w.brokers_rule().to_port = Some(9198);
        }),
        case(id, Warning, "another VPC's block", |w| {
            w.brokers_rule().peer = ipv4("10.30.0.0/16");
        }),
        case(id, Warning, "one subnet's block, the VPC's not read", |w| {
            w.region.vpcs = denied("ec2:DescribeVpcs");
            w.brokers_rule().peer = ipv4("10.20.1.0/24");
        }),
        case(id, Passed, "all subnets' blocks, the VPC's not read", |w| {
            w.region.vpcs = denied("ec2:DescribeVpcs");
        }),
        case(id, Warning, "not the first port", |w| {
            w.brokers_rule().from_port = Some(14002);
        }),
        case(
            id,
            Passed,
            "part of the VPC's block, all subnets in it",
            |w| {
                w.brokers_rule().peer = ipv4("10.20.0.0/20");
            },
        ),
        case(id, Passed, "subnets of a second block of the VPC", |w| {
            second_block(w);
            w.brokers_rule().peer = ipv4("100.64.0.0/16");
        }),
        case(
            id,
            Warning,
            "subnets of a second block, the first one let in",
            second_block,
        ),
        case(
            id,
            NotKnown,
            "part of the VPC's block, a subnet not read",
            |w| {
                w.provisioned()
                    .subnet_ids
                    .push("subnet-0b00000000000009".to_owned());
                w.brokers_rule().peer = ipv4("10.20.0.0/20");
            },
        ),
        case(id, NotKnown, "the VPC's block, subnets refused", |w| {
            w.vpc().subnets = denied("ec2:DescribeSubnets");
        }),
        case(id, Warning, "another VPC's block, subnets refused", |w| {
            w.vpc().subnets = denied("ec2:DescribeSubnets");
            w.brokers_rule().peer = ipv4("10.30.0.0/16");
        }),
        case(id, NotKnown, "open to everybody, a subnet not read", |w| {
            forget_one(w);
            w.brokers_rule().peer = ipv4("0.0.0.0/0");
        }),
        case(
            id,
            Warning,
            "two subnets of a second block and one not read, the first one let in",
            |w| {
                second_block(w);
                forget_one(w);
            },
        ),
        case(
            id,
            NotKnown,
            "two subnets of a second block and one not read, the second one let in",
            |w| {
                second_block(w);
                forget_one(w);
                w.brokers_rule().peer = ipv4("100.64.0.0/16");
            },
        ),
        case(
            id,
            NotKnown,
            "one subnet not read, the VPC's block neither",
            |w| {
                w.region.vpcs = denied("ec2:DescribeVpcs");
                forget_one(w);
            },
        ),
        case(
            id,
            Warning,
            "one subnet not read and one shut, the VPC's block not read",
            |w| {
                w.region.vpcs = denied("ec2:DescribeVpcs");
                forget_one(w);
                w.brokers_rule().peer = ipv4("10.20.1.0/24");
            },
        ),
        case(
            id,
            NotKnown,
            "neither the subnets nor the VPC's block read, open to everybody",
            |w| {
                w.region.vpcs = denied("ec2:DescribeVpcs");
                w.vpc().subnets = denied("ec2:DescribeSubnets");
                w.brokers_rule().peer = ipv4("0.0.0.0/0");
            },
        ),
        case(
            id,
            Warning,
            "neither the subnets nor the VPC's block read, other ports",
            |w| {
                w.region.vpcs = denied("ec2:DescribeVpcs");
                w.vpc().subnets = denied("ec2:DescribeSubnets");
                w.brokers_rule().to_port = Some(14003);
            },
        ),
        case(id, NotKnown, "the brokers' subnets not told", |w| {
            w.provisioned().subnet_ids.clear();
        }),
        case(id, NotKnown, "a subnet without an IPv4 block", |w| {
            all(&mut w.vpc().subnets)
                .iter_mut()
                .find(|it| it.id == SUBNET_C)
                .unwrap()
                .cidr = None;
        }),
        case(id, NotKnown, "a group", |w| {
            w.brokers_rule().peer = RulePeer::Group(GROUP_WEB.to_owned());
        }),
        case(
            id,
            NotKnown,
            "one of two groups not read, the other shut",
            |w| {
                w.provisioned()
                    .security_group_ids
                    .push("sg-0b00000000000009".to_owned());
                w.brokers_rule().peer = ipv4("10.30.0.0/16");
            },
        ),
        case(id, NotKnown, "groups not found", |w| {
            w.provisioned().security_group_ids = vec!["sg-0b00000000000009".to_owned()];
        }),
        case(id, NotKnown, "groups refused", |w| {
            w.vpc().security_groups = denied("ec2:DescribeSecurityGroups");
        }),
        case(id, NotKnown, "VPC not known", |w| w.vpc = None),
    ]
}

/// The last of the brokers' subnets is not among those that were read.
fn forget_one(world: &mut MskWorld) {
    all(&mut world.vpc().subnets).retain(|it| it.id != SUBNET_C);
}

/// The brokers' subnets lie outside the VPC's first block.
fn second_block(world: &mut MskWorld) {
    let ids = world.provisioned().subnet_ids.clone();
    for subnet in all(&mut world.vpc().subnets) {
        if let Some(at) = ids.iter().position(|id| *id == subnet.id) {
            subnet.cidr = Some(format!("100.64.{at}.0/24").parse().unwrap());
        }
    }
}

fn zones() -> Vec<Case> {
    use Verdict::{NotKnown, Passed};
    let id = CheckId::MskZones;
    vec![
        case(id, Passed, "from the subnets only", |w| {
            w.provisioned().zone_ids.clear();
        }),
        case(id, Passed, "from the cluster only", |w| w.vpc = None),
        case(id, NotKnown, "subnets refused", |w| {
            w.provisioned().zone_ids.clear();
            w.vpc().subnets = denied("ec2:DescribeSubnets");
        }),
        case(id, NotKnown, "VPC not known, and no zones", |w| {
            w.provisioned().zone_ids.clear();
            w.vpc = None;
        }),
    ]
}
