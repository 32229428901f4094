//! The way through the security groups, rule by rule.

use pipelink_plan::check::{CheckId, Verdict};
use pipelink_plan::facts::network::RulePeer;
use pipelink_plan::step::DnsResolution;

use super::{Case, case};
use crate::facts::*;

pub(super) fn cases() -> Vec<Case> {
    use Verdict::{Failure, NotKnown, Passed};
    let path = CheckId::SecurityGroupPath;
    let choose = |world: &mut World, ids: &[&str]| {
        *world.security_group_ids() = ids.iter().map(|it| (*it).to_owned()).collect();
    };
    let peer = |world: &mut World, group: &str, rule: &str, peer: RulePeer| {
        let group = world.group(group);
        group
            .rules
            .iter_mut()
            .find(|it| it.id == rule)
            .unwrap()
            .peer = peer;
    };
    vec![
        case(
            path,
            Failure,
            "the gateway's group does not let out",
            move |w| {
                choose(w, &[GROUP_WEB]);
            },
        ),
        case(
            path,
            Failure,
            "the database's group does not let in",
            move |w| {
                choose(w, &[GROUP_DEFAULT]);
            },
        ),
        case(
            path,
            Failure,
            "let in from some of the gateway's subnets only",
            move |w| {
                peer(w, GROUP_DATABASE, "sgr-02", ipv4("10.20.1.0/24"));
            },
        ),
        case(path, Failure, "other port", |w| {
            w.cluster().port = Some(6432);
        }),
        case(path, Failure, "no group chosen", move |w| choose(w, &[])),
        case(path, Failure, "six groups chosen", |w| {
            *w.security_group_ids() = (1..=6)
                .map(|it| format!("sg-0b00000000000000{it}"))
                .collect();
        }),
        case(path, Passed, "one of two groups opens the way", move |w| {
            choose(w, &[GROUP_WEB, GROUP_GATEWAY]);
        }),
        case(path, Passed, "let in by the subnets' ranges", move |w| {
            peer(w, GROUP_DATABASE, "sgr-02", ipv4("10.20.0.0/22"));
        }),
        case(path, Passed, "let out by the database's ranges", move |w| {
            peer(w, GROUP_GATEWAY, "sgr-01", ipv4("10.20.0.0/16"));
        }),
        case(
            path,
            NotKnown,
            "let out to one of the database's subnets",
            move |w| {
                peer(w, GROUP_GATEWAY, "sgr-01", ipv4("10.20.1.0/24"));
            },
        ),
        case(path, NotKnown, "prefix list in", move |w| {
            peer(
                w,
                GROUP_DATABASE,
                "sgr-02",
                RulePeer::PrefixList("pl-0f01".to_owned()),
            );
        }),
        case(path, NotKnown, "prefix list out", move |w| {
            peer(
                w,
                GROUP_GATEWAY,
                "sgr-01",
                RulePeer::PrefixList("pl-0f01".to_owned()),
            );
        }),
        case(path, NotKnown, "range smaller than the subnet", move |w| {
            choose(w, &[GROUP_GATEWAY]);
            *w.subnet_ids() = vec![SUBNET_A.to_owned()];
            peer(w, GROUP_DATABASE, "sgr-02", ipv4("10.20.1.64/26"));
        }),
        case(path, NotKnown, "the database's group was not read", |w| {
            all(&mut w.vpc.security_groups).retain(|it| it.id != GROUP_DATABASE);
        }),
        case(path, NotKnown, "groups refused", |w| {
            w.vpc.security_groups = denied("ec2:DescribeSecurityGroups");
        }),
        case(path, NotKnown, "port not known", |w| {
            w.cluster().port = None;
            for member in ["orders-postgres-1", "orders-postgres-2"] {
                w.instance(member).port = None;
            }
        }),
        case(path, Passed, "the gateway's own groups", |w| {
            *w = w.clone().on_gateway();
        }),
        case(
            path,
            Failure,
            "the gateway's own groups do not let out",
            |w| {
                *w = w.clone().on_gateway();
                w.gateway().security_group_ids = vec![GROUP_WEB.to_owned()];
            },
        ),
        case(
            path,
            NotKnown,
            "a domain name, let out anywhere",
            move |w| {
                *w = w.clone().of_name(DnsResolution::Public, &[]);
                choose(w, &[GROUP_DEFAULT]);
            },
        ),
        case(path, NotKnown, "a domain name, let out somewhere", |w| {
            *w = w.clone().of_name(DnsResolution::Public, &[]);
        }),
        case(path, Failure, "a domain name, not let out", move |w| {
            *w = w.clone().of_name(DnsResolution::Public, &[]);
            choose(w, &[GROUP_WEB]);
        }),
        case(
            path,
            Passed,
            "an address whose interface has the database's group",
            |w| {
                w.choices.source = ip_address("10.20.1.40", "5432");
            },
        ),
        case(
            path,
            NotKnown,
            "an address that no interface has",
            move |w| {
                w.choices.source = ip_address("10.20.1.99", "5432");
                choose(w, &[GROUP_DEFAULT]);
            },
        ),
        case(
            path,
            Failure,
            "an address, one of two ports not let out",
            |w| {
                w.choices.source = ip_address("10.20.1.40", "5432, 5440-5450");
            },
        ),
        case(
            path,
            Failure,
            "an address without a group, not let out",
            move |w| {
                w.choices.source = ip_address("10.20.1.99", "5432-5433");
                choose(w, &[GROUP_WEB]);
            },
        ),
        case(path, Passed, "a range of ports, opened by two rules", |w| {
            w.choices.source = ip_address("10.20.1.40", "5432-5433");
            for (group, egress, peer) in [
                (GROUP_GATEWAY, true, GROUP_DATABASE),
                (GROUP_DATABASE, false, GROUP_GATEWAY),
            ] {
                let peer = RulePeer::Group(peer.to_owned());
                w.group(group)
                    .rules
                    .push(rule("sgr-20", egress, "tcp", 5433, peer));
            }
        }),
    ]
}
