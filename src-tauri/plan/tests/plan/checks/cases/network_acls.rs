//! Network ACLs: there and back, at the gateway's subnets and at the source's.

use pipelink_plan::check::{CheckId, Verdict};
use pipelink_plan::facts::network::NetworkAclEntry;
use pipelink_plan::step::DnsResolution;

use super::{Case, case};
use crate::facts::*;

/// In the gateway's subnet alone: the database is in subnets A and B.
const OWN_SUBNET: &str = SUBNET_C;

pub(super) fn cases() -> Vec<Case> {
    use Verdict::{Failure, NotKnown, Passed, Warning};
    let acls = CheckId::NetworkAcls;
    vec![
        case(acls, Passed, "gateway and database in one subnet", |w| {
            w.subnet_ids().retain(|id| id == SUBNET_A);
            for member in ["orders-postgres-1", "orders-postgres-2"] {
                w.instance(member).subnet_ids = vec![SUBNET_A.to_owned()];
            }
            all(&mut w.vpc.network_acls)[0].entries.clear();
        }),
        case(acls, Passed, "only what is needed is allowed", |w| {
            own_acl(
                w,
                vec![
                    entry(100, true, true, "10.20.0.0/16", Some((5432, 5432))),
                    entry(110, false, true, "10.20.0.0/16", Some((1024, 65535))),
                ],
            );
        }),
        case(acls, Failure, "the way there is denied", |w| {
            own_acl(
                w,
                vec![
                    entry(90, true, false, "10.20.0.0/16", Some((5000, 6000))),
                    entry(100, true, true, "0.0.0.0/0", None),
                    entry(100, false, true, "0.0.0.0/0", None),
                ],
            );
        }),
        case(acls, Failure, "the way back is not allowed", |w| {
            own_acl(
                w,
                vec![
                    entry(100, true, true, "0.0.0.0/0", None),
                    entry(100, false, true, "0.0.0.0/0", Some((443, 443))),
                ],
            );
        }),
        case(acls, Warning, "a part of the way back is denied", |w| {
            own_acl(
                w,
                vec![
                    entry(100, true, true, "0.0.0.0/0", None),
                    entry(100, false, true, "0.0.0.0/0", Some((32768, 65535))),
                ],
            );
        }),
        case(
            acls,
            Warning,
            "one of the database's subnets is closed",
            |w| {
                own_acl(
                    w,
                    vec![
                        entry(90, true, false, "10.20.2.0/24", None),
                        entry(100, true, true, "0.0.0.0/0", None),
                        entry(100, false, true, "0.0.0.0/0", None),
                    ],
                );
            },
        ),
        case(
            acls,
            Warning,
            "parts of the database's subnets are closed",
            |w| {
                own_acl(
                    w,
                    vec![
                        entry(70, true, false, "10.20.1.16/28", None),
                        entry(80, true, false, "10.20.1.64/28", None),
                        entry(90, true, false, "10.20.1.128/28", None),
                        entry(95, true, false, "10.20.1.192/28", None),
                        entry(100, true, true, "0.0.0.0/0", None),
                        entry(100, false, true, "0.0.0.0/0", None),
                    ],
                );
            },
        ),
        case(acls, Failure, "the database's side lets nothing in", |w| {
            let shared = &mut all(&mut w.vpc.network_acls)[0];
            shared.entries.retain(|it| it.egress);
            *w.subnet_ids() = vec![OWN_SUBNET.to_owned()];
            all(&mut w.vpc.network_acls)[0]
                .subnet_ids
                .retain(|id| id != OWN_SUBNET);
            let open = vec![
                entry(100, true, true, "0.0.0.0/0", None),
                entry(100, false, true, "0.0.0.0/0", None),
            ];
            let own = acl("acl-0a00000000000000e", &[OWN_SUBNET], open);
            all(&mut w.vpc.network_acls).push(own);
        }),
        case(acls, NotKnown, "network ACLs refused", |w| {
            w.vpc.network_acls = denied("ec2:DescribeNetworkAcls");
        }),
        case(
            acls,
            NotKnown,
            "the network ACL of a subnet is missing",
            |w| {
                all(&mut w.vpc.network_acls)[0]
                    .subnet_ids
                    .retain(|id| id != SUBNET_B);
            },
        ),
        case(acls, NotKnown, "port not known", |w| {
            w.cluster().port = None;
            for member in ["orders-postgres-1", "orders-postgres-2"] {
                w.instance(member).port = None;
            }
        }),
        case(
            acls,
            NotKnown,
            "the database's subnets are not known",
            |w| {
                w.region.instances = denied("rds:DescribeDBInstances");
            },
        ),
        case(acls, NotKnown, "a domain name", |w| {
            *w = w.clone().of_name(DnsResolution::Public, &[]);
        }),
        case(acls, NotKnown, "a domain name, a part denied", |w| {
            *w = w.clone().of_name(DnsResolution::Public, &[]);
            own_acl(
                w,
                vec![
                    entry(90, true, false, "10.20.2.0/24", None),
                    entry(100, true, true, "0.0.0.0/0", None),
                    entry(100, false, true, "0.0.0.0/0", None),
                ],
            );
        }),
        case(acls, Failure, "a domain name, denied", |w| {
            *w = w.clone().of_name(DnsResolution::Public, &[]);
            own_acl(w, vec![entry(100, false, true, "0.0.0.0/0", None)]);
        }),
        case(acls, Passed, "an address in another subnet", |w| {
            w.choices.source = ip_address("10.20.2.77", "5432, 6432-6440");
        }),
        case(acls, NotKnown, "an address outside of the VPC", |w| {
            w.choices.source = ip_address("10.99.0.7", "5432");
        }),
        case(acls, Failure, "the gateway's own subnets", |w| {
            *w = w.clone().on_gateway();
            w.gateway().subnet_ids = vec![OWN_SUBNET.to_owned()];
            split_off(w, Vec::new());
        }),
    ]
}

/// The gateway in one subnet of its own, with an ACL of these entries.
fn own_acl(world: &mut World, entries: Vec<NetworkAclEntry>) {
    *world.subnet_ids() = vec![OWN_SUBNET.to_owned()];
    split_off(world, entries);
}

fn split_off(world: &mut World, entries: Vec<NetworkAclEntry>) {
    let acls = all(&mut world.vpc.network_acls);
    acls[0].subnet_ids.retain(|id| id != OWN_SUBNET);
    let mut own = acl("acl-0a00000000000000e", &[OWN_SUBNET], entries);
    own.name = Some("private".to_owned());
    acls.push(own);
}
