//! Security groups on the way from a load balancer to its targets.

use pipelink_plan::check::{CheckId, Verdict};
use pipelink_plan::paths::endpoint_service::choices::Extent;
use pipelink_plan::step::Engine;

use super::{Case, case};
use crate::endpoint_service::world::World;
use crate::facts::*;

pub(super) fn cases() -> Vec<Case> {
    use Verdict::{Failure, NotKnown, Passed};
    let path = CheckId::SecurityGroupPath;
    let let_subnets_in = |world: &mut World| {
        let groups = all(&mut world.vpc().security_groups);
        let database = groups
            .iter_mut()
            .find(|it| it.id == GROUP_DATABASE)
            .unwrap();
        database
            .rules
            .push(rule("sgr-91", false, "tcp", 5432, ipv4("10.20.0.0/16")));
    };
    let with_group = |world: &mut World, id: &str| {
        let Extent::Everything {
            security_group_ids, ..
        } = &mut world.choices.extent
        else {
            panic!("something is there");
        };
        *security_group_ids = vec![id.to_owned()];
    };
    vec![
        case(path, Passed, "by group", World::healthy(), |_| {}),
        case(
            path,
            Passed,
            "by group, there",
            World::healthy().on_load_balancer(),
            |_| {},
        ),
        case(
            path,
            Failure,
            "without groups, subnets not let in",
            World::healthy().without_groups(),
            |_| {},
        ),
        case(
            path,
            Passed,
            "without groups, subnets let in",
            World::healthy().without_groups(),
            let_subnets_in,
        ),
        case(
            path,
            Failure,
            "there, without groups",
            World::healthy().on_load_balancer(),
            |w| {
                w.load_balancer().security_group_ids.clear();
            },
        ),
        case(
            path,
            Failure,
            "a group that the database does not let in",
            World::healthy(),
            |w| {
                with_group(w, GROUP_DEFAULT);
            },
        ),
        case(
            path,
            Failure,
            "a group that lets nothing out",
            World::healthy(),
            |w| {
                with_group(w, GROUP_WEB);
            },
        ),
        case(
            path,
            Failure,
            "an address whose interface lets nothing in",
            World::healthy()
                .of_address("10.20.1.40", "6432", Engine::Postgres)
                .without_groups(),
            |_| {},
        ),
        case(
            path,
            NotKnown,
            "an address on premises",
            World::healthy()
                .of_address("192.168.4.9", "5432", Engine::Postgres)
                .without_groups(),
            |_| {},
        ),
        case(path, NotKnown, "groups refused", World::healthy(), |w| {
            w.vpc().security_groups = denied("ec2:DescribeSecurityGroups");
        }),
        case(path, NotKnown, "VPC not read", World::healthy(), |w| {
            w.vpc = None;
        }),
        case(
            path,
            Failure,
            "brokers, by the cluster's own groups",
            World::healthy().of_brokers(),
            |_| {},
        ),
        case(
            path,
            NotKnown,
            "brokers of a cluster that was not described, without addresses",
            World::healthy().of_brokers(),
            |w| {
                w.msk().cluster = denied("kafka:DescribeClusterV2");
                for node in all(&mut w.msk().nodes) {
                    node.address = None;
                }
            },
        ),
        case(
            path,
            NotKnown,
            "load balancer gone",
            World::healthy().on_load_balancer(),
            |w| {
                all(&mut w.load_balancing.load_balancers).clear();
            },
        ),
        case(
            path,
            NotKnown,
            "the source is not known",
            World::healthy(),
            |w| {
                w.region.clusters = denied("rds:DescribeDBClusters");
            },
        ),
    ]
}
