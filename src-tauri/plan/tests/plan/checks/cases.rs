//! What is spoilt in the healthy world, and what the check then says.

use pipelink_plan::check::{CheckId, Verdict};
use pipelink_plan::facts::clickhouse::ReversePrivateEndpoint;
use pipelink_plan::facts::network::{CidrReservation, NetworkInterface, ReservationKind, RulePeer};
use pipelink_plan::observed::Observed;
use pipelink_plan::problem::Problem;

use super::EVERY_CHECK;
use crate::facts::*;

pub(super) struct Case {
    pub(super) what: &'static str,
    pub(super) id: CheckId,
    pub(super) verdict: Verdict,
    pub(super) world: World,
}

fn case(id: CheckId, verdict: Verdict, what: &'static str, spoil: impl FnOnce(&mut World)) -> Case {
    let mut world = World::healthy();
    spoil(&mut world);
    Case {
        what,
        id,
        verdict,
        world,
    }
}

pub(super) fn cases() -> Vec<Case> {
    let mut cases: Vec<Case> = EVERY_CHECK
        .into_iter()
        .map(|id| case(id, Verdict::Passed, "healthy", |_| {}))
        .collect();
    cases.extend(clickhouse_cases());
    cases.extend(database_cases());
    cases.extend(network_cases());
    cases.extend(security_group_cases());
    cases.extend(name_cases());
    cases
}

fn clickhouse_cases() -> Vec<Case> {
    use Verdict::{Failure, NotKnown, Passed, Warning};
    let region = CheckId::ClickPipesRegion;
    let existing = CheckId::ExistingEndpoint;
    let awake = CheckId::ServiceAwake;
    let state = |world: &mut World, state: &str| state.clone_into(&mut world.service().state);
    vec![
        case(region, Passed, "by hand, region given", |w| {
            *w = w.clone().by_hand();
        }),
        case(region, Failure, "older service in another region", |w| {
            w.service().region = "eu-west-1".to_owned();
            w.service().created_at = Some("2026-01-19T23:59:59Z".parse().unwrap());
        }),
        case(region, Failure, "service on another cloud", |w| {
            w.service().provider = "gcp".to_owned();
            w.service().region = "us-central1".to_owned();
        }),
        case(
            region,
            NotKnown,
            "day of creation decides and is not known",
            |w| {
                w.region.identity.region = "us-east-2".to_owned();
                w.service().region = "us-west-2".to_owned();
                w.service().created_at = None;
            },
        ),
        case(
            region,
            Failure,
            "day of creation not known, but neither region fits",
            |w| {
                w.service().region = "us-west-2".to_owned();
                w.service().created_at = None;
            },
        ),
        case(region, NotKnown, "services refused", |w| {
            w.clickhouse.as_mut().unwrap().services = Observed::Unknown {
                problem: Problem::KeyRejected,
            };
        }),
        case(region, NotKnown, "service gone", |w| {
            all(&mut w.clickhouse.as_mut().unwrap().services).clear();
        }),
        case(region, NotKnown, "no ClickHouse facts", |w| {
            w.clickhouse = None;
        }),
        case(existing, Warning, "endpoint to the same cluster", |w| {
            all(&mut w.region.configurations).push(configuration("rcfg-1", "a", ORDERS));
            w.add_endpoint(endpoint("e-1", "rcfg-1"));
        }),
        case(existing, Warning, "endpoint to a member", |w| {
            let member = w.instance("orders-postgres-2").arn.clone();
            all(&mut w.region.configurations).push(configuration("rcfg-1", "a", &member));
            w.add_endpoint(endpoint("e-1", "rcfg-1"));
        }),
        case(existing, Passed, "endpoints to other things only", |w| {
            all(&mut w.region.configurations).push(configuration("rcfg-1", "a", BILLING));
            w.add_endpoint(endpoint("e-1", "rcfg-1"));
            w.add_endpoint(ReversePrivateEndpoint {
                kind: pipelink_plan::endpoint::EndpointKind::VpcEndpointService,
                resource_configuration_id: None,
                ..endpoint("e-2", "")
            });
        }),
        case(existing, NotKnown, "configurations refused", |w| {
            w.region.configurations = denied("vpc-lattice:ListResourceConfigurations");
            w.add_endpoint(endpoint("e-1", "rcfg-1"));
        }),
        case(
            existing,
            NotKnown,
            "endpoints not read while the service is idle",
            |w| {
                w.clickhouse.as_mut().unwrap().endpoints = Observed::Unknown {
                    problem: Problem::ServiceIdle {
                        service_id: SERVICE.to_owned(),
                        message: "FAILED_DEPENDENCY".to_owned(),
                    },
                };
            },
        ),
        case(existing, NotKnown, "without a key", |w| {
            *w = w.clone().by_hand();
        }),
        case(awake, Warning, "idle", |w| state(w, "idle")),
        case(awake, Warning, "starting", |w| state(w, "awaking")),
        case(awake, Failure, "stopped", |w| state(w, "stopped")),
        case(awake, Failure, "terminated", |w| state(w, "terminated")),
        case(awake, NotKnown, "a new word", |w| state(w, "hibernating")),
        case(awake, NotKnown, "without a key", |w| {
            *w = w.clone().by_hand();
        }),
    ]
}

fn database_cases() -> Vec<Case> {
    use Verdict::{Failure, NotKnown, Passed, Warning};
    let public = CheckId::NotPublic;
    let available = CheckId::DatabaseAvailable;
    let vpc = CheckId::SameVpc;
    vec![
        case(CheckId::Partition, Failure, "China", |w| {
            w.region.identity.partition = "aws-cn".to_owned();
        }),
        case(public, Failure, "one Aurora member is public", |w| {
            w.instance("orders-postgres-2").publicly_accessible = Some(true);
        }),
        case(public, Failure, "public Multi-AZ cluster", |w| {
            w.choices.source = database(&cluster_arn("marketing-postgres"));
        }),
        case(public, Passed, "private instance", |w| {
            w.choices.source = database(BILLING);
        }),
        case(public, NotKnown, "AWS does not say it of a member", |w| {
            w.instance("orders-postgres-2").publicly_accessible = None;
        }),
        case(
            public,
            NotKnown,
            "a member is missing, the cluster's own word does not count",
            |w| {
                w.cluster().publicly_accessible = Some(false);
                all(&mut w.region.instances).retain(|it| it.identifier != "orders-postgres-2");
            },
        ),
        case(public, NotKnown, "instances refused", |w| {
            w.region.instances = denied("rds:DescribeDBInstances");
        }),
        case(public, NotKnown, "clusters refused", |w| {
            w.region.clusters = denied("rds:DescribeDBClusters");
        }),
        case(available, Failure, "modifying", |w| {
            w.cluster().status = "modifying".to_owned();
        }),
        case(available, Warning, "a member is being created", |w| {
            w.instance("orders-postgres-2").status = "creating".to_owned();
        }),
        case(available, NotKnown, "source gone", |w| {
            w.choices.source = database(&cluster_arn("gone"));
        }),
        case(vpc, Failure, "database in another VPC", |w| {
            for member in ["orders-postgres-1", "orders-postgres-2"] {
                w.instance(member).vpc_id = Some(OTHER_VPC.to_owned());
            }
        }),
        case(vpc, Failure, "subnet of another VPC", |w| {
            w.subnet_ids().push("subnet-0a00000000000ffff".to_owned());
        }),
        case(vpc, Failure, "security group of another VPC", |w| {
            w.security_group_ids()
                .push("sg-0b000000000000fff".to_owned());
        }),
        case(vpc, NotKnown, "members refused", |w| {
            w.region.instances = denied("rds:DescribeDBInstances");
        }),
        case(vpc, NotKnown, "subnets refused", |w| {
            w.vpc.subnets = denied("ec2:DescribeSubnets");
        }),
    ]
}

fn network_cases() -> Vec<Case> {
    use Verdict::{Failure, NotKnown, Warning};
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
        case(blocks, Failure, "one block, which the gateway takes", |w| {
            all(&mut w.vpc.network_interfaces).push(NetworkInterface {
                id: "eni-04".to_owned(),
                subnet_id: SUBNET_C.to_owned(),
                addresses: vec!["10.20.3.4".parse().unwrap()],
                prefixes: vec!["10.20.3.16/28".parse().unwrap()],
                security_group_ids: Vec::new(),
            });
            w.subnet(SUBNET_C).available_addresses = 42;
        }),
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
    ]
}

fn security_group_cases() -> Vec<Case> {
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
    ]
}

fn name_cases() -> Vec<Case> {
    use Verdict::{Failure, NotKnown, Passed};
    let names = CheckId::Names;
    vec![
        case(names, Failure, "rule broken", |w| {
            *w.names().0 = "rgw-orders".to_owned();
            *w.names().1 = "Orders".to_owned();
        }),
        case(
            names,
            Failure,
            "gateway and configuration names taken",
            |w| {
                let name = w.names().0.clone();
                all(&mut w.region.gateways).push(gateway("rgw-1", &name));
                all(&mut w.region.configurations).push(configuration("rcfg-1", &name, BILLING));
            },
        ),
        case(
            names,
            Passed,
            "a gateway of another account has the name",
            |w| {
                let name = w.names().0.clone();
                let mut theirs = gateway("rgw-1", &name);
                theirs.arn = theirs.arn.replace(ACCOUNT, "444455556666");
                all(&mut w.region.gateways).push(theirs);
            },
        ),
        case(names, NotKnown, "gateways refused", |w| {
            w.region.gateways = denied("vpc-lattice:ListResourceGateways");
        }),
    ]
}
