//! The network ACLs of a VPC, and what stands in their place where they cannot be read.

use pipelink_plan::problem::Problem;

use crate::support::{ACCOUNT, SUBNET_A, VPC, World};

#[tokio::test]
async fn a_vpcs_network_acls() {
    let world = World::start().await;
    let facts = world.aws.discover_vpc(VPC, ACCOUNT).await;
    let acls = facts.network_acls.known().unwrap();
    let default = acls.iter().find(|acl| acl.is_default).unwrap();
    assert_eq!(default.id, "acl-0a5ac01d50b07c559");
    assert!(default.subnet_ids.iter().any(|subnet| subnet == SUBNET_A));
    let entry = |egress, number| {
        default
            .entries
            .iter()
            .find(|entry| entry.egress == egress && entry.rule_number == number)
            .unwrap()
    };
    for egress in [false, true] {
        assert!(entry(egress, 100).allow);
        let last = entry(egress, 32767);
        assert!(!last.allow);
        assert_eq!(last.protocol, "-1");
        assert_eq!(last.cidr, Some("0.0.0.0/0".parse().unwrap()));
        assert_eq!((last.first_port, last.last_port), (None, None));
    }
    // Each subnet has exactly one.
    let mut subnets: Vec<_> = acls.iter().flat_map(|acl| &acl.subnet_ids).collect();
    subnets.sort_unstable();
    let mut all: Vec<_> = facts
        .subnets
        .known()
        .unwrap()
        .iter()
        .map(|it| &it.id)
        .collect();
    all.sort_unstable();
    assert_eq!(subnets, all);
}

#[tokio::test]
async fn network_acls_that_cannot_be_read_are_not_known() {
    let world = World::start().await;
    let call = ("ec2", "DescribeNetworkAcls");
    let asked = async |kind: &str| {
        world.fault(call.0, call.1, kind, 0).await;
        let facts = world.aws.discover_vpc(VPC, ACCOUNT).await;
        world.clear_faults().await;
        assert!(facts.subnets.known().is_some(), "{kind}");
        facts.network_acls.problem().cloned().unwrap()
    };
    match asked("deny").await {
        Problem::AccessDenied { action, .. } => assert_eq!(action, "ec2:DescribeNetworkAcls"),
        other => panic!("{other:?}"),
    }
    let throttled = asked("throttle").await;
    assert!(
        matches!(throttled, Problem::Throttled { .. }),
        "{throttled:?}"
    );
    for kind in ["reset", "lost_answer"] {
        let problem = asked(kind).await;
        assert!(
            matches!(problem, Problem::Unreachable { .. }),
            "{problem:?}"
        );
    }
    let malformed = asked("malformed").await;
    assert!(
        matches!(malformed, Problem::Malformed { .. }),
        "{malformed:?}"
    );

    let all = world.aws.discover_vpc(VPC, ACCOUNT).await.network_acls;
    world.fault(call.0, call.1, "empty_page", 1).await;
    let again = world.aws.discover_vpc(VPC, ACCOUNT).await.network_acls;
    assert_eq!(again, all);
}
