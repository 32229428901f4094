//! The security groups of a gateway that was there before: changed, looked for, watched, given back, and
//! never over somebody else's change.

use std::time::{Duration, Instant};

use pipelink_plan::endpoint::Turn;
use pipelink_plan::problem::{Party, Problem};
use pipelink_plan::run::Progress;
use pipelink_plan::step::{Action, OutputName, Outputs};

use crate::support::{GROUP, World, group_change, run, token};

/// In the scenario, with the one group [`GROUP`].
const GATEWAY: &str = "rgw-071d6d2fbb25f2237";
const APP_SERVERS: &str = "sg-01bd8e7bd43ce14c7";
const LOCKED_DOWN: &str = "sg-0d5ebdf2daa7e461e";
const CALL: &str = "UpdateResourceGateway";

/// From the one group to two.
fn change() -> Action {
    group_change(GATEWAY, &[GROUP], &[APP_SERVERS, GROUP])
}

async fn groups(world: &World) -> Vec<String> {
    let mut groups = world.aws.gateway(GATEWAY).await.unwrap().security_group_ids;
    groups.sort_unstable();
    groups
}

/// Somebody else changes the gateway, and AWS is done with it.
async fn somebody_else(world: &World, from: &[&str], to: &[&str]) {
    world.make(&group_change(GATEWAY, from, to), &run(9)).await;
}

fn assert_conflict(problem: &Problem) {
    match problem {
        Problem::Conflict { operation, message } => {
            assert_eq!(operation, CALL);
            assert!(message.contains(LOCKED_DOWN), "{message}");
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn the_groups_are_changed_and_given_back() {
    let world = World::start().await;
    let aws = &world.aws;
    let action = change();
    assert_eq!(aws.find(&action, &run(1)).await.unwrap(), None);

    let outputs = aws.perform(&action, &run(1), &token()).await.unwrap();
    assert_eq!(outputs.one(OutputName::GatewayId), Some(GATEWAY));
    assert_eq!(
        aws.progress(&action, &outputs).await.unwrap(),
        Progress::Waiting {
            seen: "UPDATE_IN_PROGRESS".to_owned(),
            turn: Turn::Aws,
        }
    );
    world.until_usable(&action, outputs.clone()).await;
    assert_eq!(groups(&world).await, [APP_SERVERS, GROUP]);
    assert_eq!(
        aws.find(&action, &run(1)).await.unwrap(),
        Some(outputs.clone())
    );
    // Where it is so already, nothing is sent, and nothing is the caller's.
    assert_eq!(
        aws.perform(&action, &run(2), &token()).await.unwrap(),
        Outputs::default()
    );
    assert_eq!(world.calls(CALL).await, 1);

    world.remove(&action, &outputs).await;
    assert_eq!(groups(&world).await, [GROUP]);
    assert_eq!(world.calls(CALL).await, 2);
    assert_eq!(aws.find(&action, &run(1)).await.unwrap(), None);
}

#[tokio::test]
async fn the_order_of_groups_means_nothing() {
    let world = World::start().await;
    world.make(&change(), &run(1)).await;
    let other_order = group_change(GATEWAY, &[GROUP, APP_SERVERS], &[LOCKED_DOWN]);
    world.make(&other_order, &run(2)).await;
    let back = group_change(GATEWAY, &[GROUP], &[LOCKED_DOWN]);
    let outputs = Outputs::default();
    assert!(!world.aws.removed(&back, &outputs).await.unwrap());
}

#[tokio::test]
async fn a_lost_answer_is_found_by_what_the_gateway_has() {
    let world = World::start().await;
    let action = change();
    for kind in ["lost_answer", "malformed"] {
        world.fault("vpc-lattice", CALL, kind, 0).await;
        let lost = world
            .aws
            .perform(&action, &run(1), &token())
            .await
            .unwrap_err();
        assert!(lost.leaves_outcome_open(), "{kind}: {lost:?}");
        world.clear_faults().await;
        let found = world.aws.find(&action, &run(1)).await.unwrap().unwrap();
        assert_eq!(found.one(OutputName::GatewayId), Some(GATEWAY), "{kind}");
        world.until_usable(&action, found.clone()).await;
        world.remove(&action, &found).await;
    }
}

#[tokio::test]
async fn a_call_that_never_arrived_leaves_nothing_to_find() {
    let world = World::start().await;
    world.fault("vpc-lattice", CALL, "reset", 0).await;
    let lost = world
        .aws
        .perform(&change(), &run(1), &token())
        .await
        .unwrap_err();
    assert!(matches!(lost, Problem::Unreachable { .. }), "{lost:?}");
    world.clear_faults().await;
    assert_eq!(world.aws.find(&change(), &run(1)).await.unwrap(), None);
    assert_eq!(groups(&world).await, [GROUP]);
    world.make(&change(), &run(1)).await;
}

#[tokio::test]
async fn refusals_are_told_by_their_kind() {
    let world = World::start().await;
    let refused = async |kind: &str| {
        world.fault("vpc-lattice", CALL, kind, 0).await;
        let problem = world.aws.perform(&change(), &run(1), &token()).await;
        world.clear_faults().await;
        problem.unwrap_err()
    };
    match refused("deny").await {
        Problem::AccessDenied { action, .. } => {
            assert_eq!(action, "vpc-lattice:UpdateResourceGateway");
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(
        refused("throttle").await,
        Problem::Throttled {
            party: Party::Aws,
            operation: CALL.to_owned(),
        }
    );
    let broken = refused("server_error").await;
    assert!(matches!(broken, Problem::ServerError { .. }), "{broken:?}");
    assert_eq!(groups(&world).await, [GROUP]);
}

#[tokio::test]
async fn somebody_elses_change_is_not_overwritten() {
    let world = World::start().await;
    somebody_else(&world, &[GROUP], &[LOCKED_DOWN]).await;
    let before = world.calls(CALL).await;
    let problem = world
        .aws
        .perform(&change(), &run(1), &token())
        .await
        .unwrap_err();
    assert_conflict(&problem);
    assert!(!problem.leaves_outcome_open());
    assert_eq!(world.calls(CALL).await, before);
    assert_eq!(groups(&world).await, [LOCKED_DOWN]);
    assert_eq!(world.aws.find(&change(), &run(1)).await.unwrap(), None);
}

#[tokio::test]
async fn a_change_on_top_of_ours_is_not_undone() {
    let world = World::start().await;
    let action = change();
    let outputs = world.make(&action, &run(1)).await;
    somebody_else(&world, &[APP_SERVERS, GROUP], &[LOCKED_DOWN]).await;
    let before = world.calls(CALL).await;
    for problem in [
        world
            .aws
            .remove(&action, &run(1), &outputs)
            .await
            .unwrap_err(),
        world.aws.removed(&action, &outputs).await.unwrap_err(),
        world.aws.progress(&action, &outputs).await.unwrap_err(),
    ] {
        assert_conflict(&problem);
    }
    assert_eq!(world.calls(CALL).await, before);
    assert_eq!(groups(&world).await, [LOCKED_DOWN]);
}

#[tokio::test]
async fn what_was_never_changed_needs_no_way_back() {
    let world = World::start().await;
    world.remove(&change(), &Outputs::default()).await;
    assert_eq!(world.calls(CALL).await, 0);
}

#[tokio::test]
async fn a_gateway_that_is_gone_is_missing_and_has_nothing_to_give_back() {
    let world = World::start().await;
    let action = group_change("rgw-00000000000000000", &[GROUP], &[APP_SERVERS]);
    let outputs = Outputs::default();
    match world.aws.perform(&action, &run(1), &token()).await {
        Err(Problem::NotFound { operation, .. }) => assert_eq!(operation, "GetResourceGateway"),
        other => panic!("{other:?}"),
    }
    assert_eq!(world.aws.find(&action, &run(1)).await.unwrap(), None);
    assert_eq!(
        world.aws.progress(&action, &outputs).await.unwrap(),
        Progress::Missing
    );
    match world.aws.remove(&action, &run(1), &outputs).await {
        Err(Problem::NotFound { operation, .. }) => assert_eq!(operation, "GetResourceGateway"),
        other => panic!("{other:?}"),
    }
    assert!(world.aws.removed(&action, &outputs).await.unwrap());
}

#[tokio::test]
async fn an_update_that_failed_is_sent_again_and_can_be_undone() {
    let world = World::start().await;
    world.fault("vpc-lattice", CALL, "failed_state", 1).await;
    let action = change();
    let outputs = world.aws.perform(&action, &run(1), &token()).await.unwrap();
    let begun = Instant::now();
    loop {
        match world.aws.progress(&action, &outputs).await.unwrap() {
            Progress::Ended { seen, .. } => {
                assert_eq!(seen, "UPDATE_FAILED");
                break;
            }
            Progress::Waiting { .. } => {}
            other => panic!("{other:?}"),
        }
        assert!(begun.elapsed() < Duration::from_secs(20));
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    world.make(&action, &run(1)).await;
    assert_eq!(world.calls(CALL).await, 2);
    world.remove(&action, &outputs).await;
    assert_eq!(groups(&world).await, [GROUP]);
}

#[tokio::test]
async fn a_way_back_that_failed_is_told_and_can_be_tried_again() {
    let world = World::start().await;
    let action = change();
    let outputs = world.make(&action, &run(1)).await;
    world.fault("vpc-lattice", CALL, "failed_state", 1).await;
    world.aws.remove(&action, &run(1), &outputs).await.unwrap();
    let begun = Instant::now();
    loop {
        match world.aws.removed(&action, &outputs).await {
            Err(Problem::EndedIn {
                resource, state, ..
            }) => {
                assert_eq!(resource, GATEWAY);
                assert_eq!(state, "UPDATE_FAILED");
                break;
            }
            Ok(gone) => assert!(!gone),
            other => panic!("{other:?}"),
        }
        assert!(begun.elapsed() < Duration::from_secs(20));
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    world.remove(&action, &outputs).await;
    assert_eq!(groups(&world).await, [GROUP]);
}

#[tokio::test]
async fn a_change_under_way_is_a_conflict_until_it_is_done() {
    let world = World::start().await;
    let action = change();
    world.fault("vpc-lattice", CALL, "stuck", 1).await;
    let outputs = world.aws.perform(&action, &run(1), &token()).await.unwrap();
    match world.aws.remove(&action, &run(1), &outputs).await {
        Err(Problem::Conflict { operation, .. }) => assert_eq!(operation, CALL),
        other => panic!("{other:?}"),
    }
    assert!(matches!(
        world.aws.progress(&action, &outputs).await.unwrap(),
        Progress::Waiting { .. }
    ));
}
