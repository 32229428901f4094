//! A second writer of the cluster policy, between our look and our write: nothing of theirs is lost, and ours gets in
//! or is given up with a conflict.

use std::sync::Arc;

use pipelink_plan::paths::msk_multi_vpc::policy::sid;
use pipelink_plan::problem::Problem;
use pipelink_plan::step::{Action, Outputs};
use tokio::task::JoinHandle;

use super::{EVENTS, TELEMETRY, allowance, policy, statements, still};
use crate::support::{World, run, token};

const PUT: &str = "PutClusterPolicy";

fn performing(world: &Arc<World>, action: &Action) -> JoinHandle<Result<Outputs, Problem>> {
    let (world, action) = (Arc::clone(world), action.clone());
    tokio::spawn(async move { world.aws.perform(&action, &run(1), &token()).await })
}

fn removing(world: &Arc<World>, action: &Action, made: Outputs) -> JoinHandle<Result<(), Problem>> {
    let (world, action) = (Arc::clone(world), action.clone());
    tokio::spawn(async move { world.aws.remove(&action, &run(1), &made).await })
}

/// What others wrote.
async fn others(world: &World, arn: &str) -> Vec<String> {
    let ours = sid(&run(1));
    let all = statements(world, arn).await.into_iter();
    let others = all.filter(|it| it["Sid"] != ours.as_str());
    others.map(|it| it.to_string()).collect()
}

#[tokio::test]
async fn a_write_that_was_overtaken_is_made_on_what_the_other_wrote() {
    // Where there was none, the other's is the first policy; where there was one, the version is another.
    for arn in [EVENTS, TELEMETRY] {
        let world = Arc::new(still().await);
        let action = allowance(arn);
        world.fault("kafka", PUT, "hold_before", 1).await;
        let write = performing(&world, &action);
        world.until_held(1).await;
        world.act_on("add-statement", arn).await;
        let theirs = others(&world, arn).await;
        world.release().await;
        let made = write.await.unwrap().unwrap();
        assert_eq!(others(&world, arn).await, theirs);
        assert!(world.aws.find(&action, &run(1)).await.unwrap().is_some());
        assert_eq!(world.calls(PUT).await, 2);

        world.clear_faults().await;
        world.fault("kafka", PUT, "hold_before", 1).await;
        let removal = removing(&world, &action, made.clone());
        world.until_held(1).await;
        world.act_on("add-statement", arn).await;
        let theirs = others(&world, arn).await;
        world.release().await;
        removal.await.unwrap().unwrap();
        assert!(world.aws.removed(&action, &made).await.unwrap());
        assert_eq!(others(&world, arn).await, theirs);
    }
}

#[tokio::test]
async fn a_policy_that_the_other_deleted_meanwhile_is_not_brought_back() {
    let world = Arc::new(still().await);
    let action = allowance(TELEMETRY);
    world.fault("kafka", PUT, "hold_before", 1).await;
    let write = performing(&world, &action);
    world.until_held(1).await;
    world.act_on("delete-policy", TELEMETRY).await;
    world.release().await;
    let made = write.await.unwrap().unwrap();
    assert_eq!(others(&world, TELEMETRY).await, Vec::<String>::new());
    assert_eq!(statements(&world, TELEMETRY).await.len(), 1);

    // And taken out while the other deletes it: there is nothing left to do.
    world.act_on("add-statement", TELEMETRY).await;
    world.clear_faults().await;
    world.fault("kafka", PUT, "hold_before", 1).await;
    let removal = removing(&world, &action, made);
    world.until_held(1).await;
    world.act_on("delete-policy", TELEMETRY).await;
    world.release().await;
    removal.await.unwrap().unwrap();
    assert_eq!(policy(&world, TELEMETRY).await, None);
}

/// Whoever always comes first wins: then it is a conflict, and never a success that was none.
#[tokio::test]
async fn somebody_who_keeps_writing_is_a_conflict_in_the_end() {
    let world = Arc::new(still().await);
    let action = allowance(TELEMETRY);
    let made = world.aws.perform(&action, &run(1), &token()).await.unwrap();
    world.remove(&action, &made).await;
    world.fault("kafka", PUT, "hold_before", 0).await;

    let write = performing(&world, &action);
    assert_conflict(keep_writing(&world, write).await);
    assert_eq!(world.aws.find(&action, &run(1)).await.unwrap(), None);

    world.clear_faults().await;
    let made = world.aws.perform(&action, &run(1), &token()).await.unwrap();
    world.fault("kafka", PUT, "hold_before", 0).await;
    let removal = removing(&world, &action, made.clone());
    assert_conflict(keep_writing(&world, removal).await);
    assert!(!world.aws.removed(&action, &made).await.unwrap());
}

/// Writes before each of our attempts, until we give up.
async fn keep_writing<T>(
    world: &World,
    ours: JoinHandle<Result<T, Problem>>,
) -> Result<T, Problem> {
    let before = world.calls(PUT).await;
    let theirs = others(world, TELEMETRY).await;
    for attempt in 1..=5 {
        world.until_held(1).await;
        world.act_on("add-statement", TELEMETRY).await;
        world.release().await;
        // Until its request is through: the next one is held again.
        while world.calls(PUT).await < before + attempt {
            tokio::task::yield_now().await;
        }
    }
    let answer = ours.await.unwrap();
    let now = others(world, TELEMETRY).await;
    assert_eq!(now[..theirs.len()], theirs);
    assert_eq!(now.len(), theirs.len() + 5);
    answer
}

fn assert_conflict<T: std::fmt::Debug>(answer: Result<T, Problem>) {
    match answer {
        Err(Problem::Conflict { operation, .. }) => assert_eq!(operation, PUT),
        other => panic!("{other:?}"),
    }
}
