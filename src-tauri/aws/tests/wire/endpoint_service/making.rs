//! What a run makes: made in the plan's order, found again, and taken back in reverse.

use std::net::Ipv4Addr;

use pipelink_aws::Look;
use pipelink_plan::endpoint::Turn;
use pipelink_plan::problem::Problem;
use pipelink_plan::run::Progress;
use pipelink_plan::step::{Action, OutputName, TargetAddress};

use super::{cross_zone, given, listener, load_balancer, made, service, target_group, targets};
use crate::support::{World, run, token};

#[tokio::test]
async fn the_whole_way_is_made_and_taken_back() {
    let world = World::start().await;
    let aws = &world.aws;
    let before = aws.discover_load_balancing(Look::At(&[])).await;
    let all = made(&world, "orders").await;
    for (action, outputs) in &all {
        let found = aws.find(action, &run(1)).await.unwrap();
        let found = found.unwrap_or_else(|| panic!("{action:?} is not found"));
        for (name, values) in &found.0 {
            assert_eq!(outputs.0.get(name), Some(values), "{action:?}");
        }
        // A second time changes nothing and makes no second one.
        let again = aws.perform(action, &run(1), &token()).await;
        if !matches!(action, Action::CreateEndpointService { .. }) {
            let again = again.unwrap();
            assert!(
                again.0.is_empty() || again == found,
                "{action:?}: {again:?}"
            );
        }
    }
    let (_, balancer) = &all[1];
    let chosen = [balancer
        .one(OutputName::LoadBalancerArn)
        .unwrap()
        .to_owned()];
    let facts = aws.discover_load_balancing(Look::At(&chosen)).await;
    let read = facts.load_balancers.known().unwrap();
    let read = read.iter().find(|it| it.arn == chosen[0]).unwrap();
    assert_eq!(read.scheme, "internal");
    assert_eq!(read.state, "active");
    assert_eq!(read.zones.len(), 2);
    assert_eq!(read.enforces_inbound_rules, Some(false));
    assert_eq!(read.cross_zone.known(), Some(&true));
    let [listener] = read.listeners.known().unwrap().as_slice() else {
        panic!("{:?}", read.listeners)
    };
    assert_eq!((listener.port, listener.protocol.as_str()), (5432, "TCP"));
    assert_eq!(listener.idle_timeout.known(), Some(&Some(350)));
    let groups = facts.target_groups.known().unwrap();
    let group = groups
        .iter()
        .find(|it| listener.target_group_arns == [it.arn.as_str()]);
    let group = group.unwrap();
    assert_eq!(group.preserves_client_ip.known(), Some(&Some(false)));
    let [target] = group.targets.known().unwrap().as_slice() else {
        panic!("{:?}", group.targets)
    };
    assert_eq!(
        (target.id.as_str(), target.state.as_str()),
        ("10.20.3.10", "healthy")
    );

    for (action, outputs) in all.iter().rev() {
        world.remove(action, outputs).await;
    }
    for (action, _) in &all {
        assert_eq!(aws.find(action, &run(1)).await.unwrap(), None, "{action:?}");
    }
    assert_eq!(aws.discover_load_balancing(Look::At(&[])).await, before);
}

#[tokio::test]
async fn it_is_waited_for_as_long_as_aws_takes() {
    let world = World::start().await;
    world.run_clock(0.0).await;
    let aws = &world.aws;
    let group = world.make(&target_group("orders"), &run(1)).await;
    let new = load_balancer("orders", &[]);
    let balancer = aws.perform(&new, &run(1), &token()).await.unwrap();
    let waits = |seen: &str, turn| Progress::Waiting {
        seen: seen.to_owned(),
        turn,
    };
    assert_eq!(
        aws.progress(&new, &balancer).await.unwrap(),
        waits("provisioning", Turn::Aws)
    );
    let action = targets(&group);
    let registered = aws.perform(&action, &run(1), &token()).await.unwrap();
    // No listener has its group yet.
    match aws.progress(&action, &registered).await.unwrap() {
        Progress::Waiting { seen, turn } => {
            assert!(seen.starts_with("unused (10.20.3.10:5432): "), "{seen}");
            // AWS has one code for this and for a zone that the load balancer is not in.
            assert_eq!(turn, Turn::NotKnown);
        }
        other => panic!("{other:?}"),
    }
    let arn = given(&balancer, OutputName::LoadBalancerArn);
    world.make(&cross_zone(arn), &run(1)).await;
    world.make(&listener(&balancer, &group), &run(1)).await;
    assert_eq!(
        aws.progress(&action, &registered).await.unwrap(),
        waits("initial (10.20.3.10:5432)", Turn::Aws)
    );
    let new = service("orders", &balancer);
    // The load balancer is not active yet, so that AWS may refuse; then it is.
    world.advance(std::time::Duration::from_mins(10)).await;
    let made = aws.perform(&new, &run(1), &token()).await.unwrap();
    assert_eq!(
        aws.progress(&new, &made).await.unwrap(),
        waits("Pending", Turn::Aws)
    );
    assert!(
        made.one(OutputName::EndpointServiceId)
            .unwrap()
            .starts_with("vpce-svc-")
    );
    assert!(
        made.one(OutputName::EndpointServiceName)
            .unwrap()
            .starts_with("com.amazonaws.vpce.us-east-1.vpce-svc-")
    );
}

#[tokio::test]
async fn a_target_that_does_not_answer_is_the_admins_turn_and_one_that_is_taken_out_is_over() {
    let world = World::start().await;
    let aws = &world.aws;
    let group = world.make(&target_group("orders"), &run(1)).await;
    let balancer = world.make(&load_balancer("orders", &[]), &run(1)).await;
    world.make(&listener(&balancer, &group), &run(1)).await;
    let action = Action::RegisterTargets {
        target_group: given(&group, OutputName::TargetGroupArn),
        targets: vec![TargetAddress {
            address: Ipv4Addr::new(10, 200, 4, 200),
            port: 5432,
            outside_vpc: true,
        }],
    };
    assert_eq!(aws.find(&action, &run(1)).await.unwrap(), None);
    let made = aws.perform(&action, &run(1), &token()).await.unwrap();
    world.advance(std::time::Duration::from_mins(10)).await;
    match aws.progress(&action, &made).await.unwrap() {
        Progress::Waiting {
            seen,
            turn: Turn::You,
        } => {
            assert!(
                seen.starts_with("unhealthy (10.200.4.200:5432): "),
                "{seen}"
            );
        }
        other => panic!("{other:?}"),
    }
    // Out, and not gone yet: it serves what it has.
    aws.remove(&action, &run(1), &made).await.unwrap();
    assert!(aws.removed(&action, &made).await.unwrap());
    match aws.progress(&action, &made).await.unwrap() {
        Progress::Ended { seen, .. } => assert!(seen.starts_with("draining"), "{seen}"),
        other => panic!("{other:?}"),
    }
    assert_eq!(aws.find(&action, &run(1)).await.unwrap(), None);
}

/// AWS would answer a creation with the same settings with what is there: it is looked at first.
#[tokio::test]
async fn a_name_or_port_that_somebody_else_has_is_a_conflict_and_stays_theirs() {
    let world = World::start().await;
    let aws = &world.aws;
    let group = world.make(&target_group("orders"), &run(2)).await;
    let balancer = world.make(&load_balancer("orders", &[]), &run(2)).await;
    let at_port = listener(&balancer, &group);
    let theirs = world.make(&at_port, &run(2)).await;
    let taken = [
        (target_group("orders"), &group, "DeleteTargetGroup"),
        (
            target_group("inventory-postgres"),
            &group,
            "DeleteTargetGroup",
        ),
        (
            load_balancer("orders", &[]),
            &balancer,
            "DeleteLoadBalancer",
        ),
        (
            load_balancer("crm-postgres", &[]),
            &balancer,
            "DeleteLoadBalancer",
        ),
        // One of another type has the name too.
        (
            load_balancer("orders-web", &[]),
            &balancer,
            "DeleteLoadBalancer",
        ),
        (at_port, &theirs, "DeleteListener"),
    ];
    for (action, of_others, delete) in taken {
        match aws.perform(&action, &run(1), &token()).await {
            Err(Problem::Conflict { operation, .. }) => assert_eq!(operation, action.operation()),
            other => panic!("{action:?}: {other:?}"),
        }
        assert_eq!(
            aws.find(&action, &run(1)).await.unwrap(),
            None,
            "{action:?}"
        );
        match aws.remove(&action, &run(1), of_others).await {
            Err(Problem::Refused { operation, .. }) => assert_eq!(operation, delete),
            other => panic!("{action:?}: {other:?}"),
        }
    }
    assert!(!aws.removed(&target_group("orders"), &group).await.unwrap());
    assert_eq!(world.calls("DeleteLoadBalancer").await, 0);
}

#[tokio::test]
async fn what_is_in_use_is_not_removed() {
    let world = World::start().await;
    let all = made(&world, "orders").await;
    let refused = async |at: usize, wanted: &str| {
        let (action, outputs) = &all[at];
        match world.aws.remove(action, &run(1), outputs).await {
            Err(Problem::Conflict { operation, .. }) => assert_eq!(operation, wanted),
            other => panic!("{action:?}: {other:?}"),
        }
    };
    refused(0, "DeleteTargetGroup").await;
    refused(1, "DeleteLoadBalancer").await;
    let id = all[6].1.one(OutputName::EndpointServiceId).unwrap();
    world.act_on("ask-service", id).await;
    refused(6, "DeleteVpcEndpointServiceConfigurations").await;
    let connections = world.aws.endpoint_connections(id).await.unwrap();
    assert_eq!(
        connections.len(),
        1,
        "nothing was rejected for the sake of it"
    );
}

#[tokio::test]
async fn a_service_of_another_run_or_of_none_is_not_removed() {
    let world = World::start().await;
    let balancer = world.make(&load_balancer("orders", &[]), &run(2)).await;
    let action = service("orders", &balancer);
    let theirs = world.make(&action, &run(2)).await;
    assert_eq!(world.aws.find(&action, &run(1)).await.unwrap(), None);
    match world.aws.remove(&action, &run(1), &theirs).await {
        Err(Problem::Refused { operation, .. }) => {
            assert_eq!(operation, "DeleteVpcEndpointServiceConfigurations");
        }
        other => panic!("{other:?}"),
    }
    assert!(!world.aws.removed(&action, &theirs).await.unwrap());
}
