//! Multi-VPC connectivity: what is on stays on, a change takes its time, and only what was added is taken back.

use pipelink_plan::endpoint::Turn;
use pipelink_plan::problem::Problem;
use pipelink_plan::run::Progress;
use pipelink_plan::step::{MultiVpcSchemes, OutputName, Outputs};
use serde_json::json;

use super::{
    BOTH, EVENTS, IAM, LONG_ENOUGH, NEARLY, NO_CLUSTER, OFF, SCRAM, TELEMETRY, THE_REST, cluster,
    connectivity, kept_cluster, on, still,
};
use crate::support::{World, run, token};

const CALL: &str = "UpdateConnectivity";

fn waits(seen: &str) -> Progress {
    Progress::Waiting {
        seen: seen.to_owned(),
        turn: Turn::Aws,
    }
}

#[tokio::test]
async fn a_scheme_is_switched_on_in_its_time_and_off_again() {
    let world = still().await;
    let aws = &world.aws;
    let action = connectivity(EVENTS, OFF, IAM);
    assert_eq!(aws.find(&action, &run(1)).await.unwrap(), None);
    let made = aws.perform(&action, &run(1), &token()).await.unwrap();
    assert_eq!(made.one(OutputName::ClusterArn), Some(EVENTS));
    let progress = async || aws.progress(&action, &made).await.unwrap();
    assert_eq!(progress().await, waits("UPDATING"));
    world.advance(NEARLY).await;
    assert_eq!(progress().await, waits("UPDATING"));
    assert_eq!(on(&world, EVENTS).await, OFF);
    world.advance(THE_REST).await;
    assert!(matches!(progress().await, Progress::Usable { .. }));
    assert_eq!(on(&world, EVENTS).await, IAM);
    let found = aws.find(&action, &run(1)).await.unwrap().unwrap();
    assert_eq!(found.one(OutputName::ClusterArn), Some(EVENTS));

    aws.remove(&action, &run(1), &made).await.unwrap();
    assert!(!aws.removed(&action, &made).await.unwrap());
    // On its way already: nothing more is sent.
    aws.remove(&action, &run(1), &made).await.unwrap();
    assert_eq!(world.calls(CALL).await, 2);
    world.advance(NEARLY).await;
    assert!(!aws.removed(&action, &made).await.unwrap());
    world.advance(THE_REST).await;
    assert!(aws.removed(&action, &made).await.unwrap());
    assert_eq!(on(&world, EVENTS).await, OFF);
    aws.remove(&action, &run(1), &made).await.unwrap();
    assert_eq!(world.calls(CALL).await, 2);
}

#[tokio::test]
async fn what_is_on_already_is_not_sent_and_not_ours() {
    let world = still().await;
    let action = connectivity(TELEMETRY, OFF, IAM);
    let made = world.aws.perform(&action, &run(1), &token()).await.unwrap();
    assert_eq!(made, Outputs::default());
    assert_eq!(world.calls(CALL).await, 0);
    let progress = world.aws.progress(&action, &made).await.unwrap();
    assert!(matches!(progress, Progress::Usable { .. }));
}

/// The call replaces the whole structure: what it does not name is switched off. AWS refuses more than one kind of
/// setting in it.
#[tokio::test]
async fn schemes_that_somebody_else_switched_on_stay_on() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("world");
    let world = World::kept(&file).await;
    let world = world
        .changed(&file, |world| {
            let cluster = kept_cluster(world, "telemetry");
            cluster["authentication"] = json!(["IAM", "SCRAM", "TLS"]);
            // Since the plan was made.
            cluster["vpc_authentication"] = json!(["IAM", "TLS"]);
        })
        .await;
    world.run_clock(0.0).await;
    let aws = &world.aws;
    let tls = |schemes| MultiVpcSchemes {
        tls: true,
        ..schemes
    };
    assert_eq!(on(&world, TELEMETRY).await, tls(IAM));
    let action = connectivity(TELEMETRY, OFF, SCRAM);
    let made = aws.perform(&action, &run(1), &token()).await.unwrap();
    world.advance(LONG_ENOUGH).await;
    assert_eq!(on(&world, TELEMETRY).await, tls(BOTH));
    aws.remove(&action, &run(1), &made).await.unwrap();
    world.advance(LONG_ENOUGH).await;
    assert!(aws.removed(&action, &made).await.unwrap());
    assert_eq!(on(&world, TELEMETRY).await, tls(IAM));
}

#[tokio::test]
async fn another_scheme_that_was_added_since_survives_the_way_back() {
    let world = still().await;
    let aws = &world.aws;
    let ours = connectivity(EVENTS, OFF, IAM);
    let made = aws.perform(&ours, &run(1), &token()).await.unwrap();
    world.advance(LONG_ENOUGH).await;
    let theirs = connectivity(EVENTS, IAM, BOTH);
    aws.perform(&theirs, &run(2), &token()).await.unwrap();
    // While theirs is under way, ours cannot be taken back; it is told so, and nothing is sent.
    let before = world.calls(CALL).await;
    match aws.remove(&ours, &run(1), &made).await {
        Err(Problem::Conflict { operation, .. }) => assert_eq!(operation, CALL),
        other => panic!("{other:?}"),
    }
    assert_eq!(world.calls(CALL).await, before);
    world.advance(LONG_ENOUGH).await;
    assert_eq!(on(&world, EVENTS).await, BOTH);
    aws.remove(&ours, &run(1), &made).await.unwrap();
    world.advance(LONG_ENOUGH).await;
    assert!(aws.removed(&ours, &made).await.unwrap());
    assert_eq!(on(&world, EVENTS).await, SCRAM);
}

/// Undone in the middle of it: not before AWS is through is there something to switch off.
#[tokio::test]
async fn a_change_that_is_still_under_way_is_not_taken_for_taken_back() {
    let world = still().await;
    let aws = &world.aws;
    let action = connectivity(EVENTS, OFF, IAM);
    let made = aws.perform(&action, &run(1), &token()).await.unwrap();
    match aws.remove(&action, &run(1), &made).await {
        Err(Problem::Conflict { message, .. }) => {
            assert!(message.contains("UPDATING"), "{message}");
        }
        other => panic!("{other:?}"),
    }
    assert!(!aws.removed(&action, &made).await.unwrap());
    world.advance(LONG_ENOUGH).await;
    aws.remove(&action, &run(1), &made).await.unwrap();
    world.advance(LONG_ENOUGH).await;
    assert!(aws.removed(&action, &made).await.unwrap());
    assert_eq!(on(&world, EVENTS).await, OFF);
}

#[tokio::test]
async fn upkeep_of_the_cluster_is_waited_out() {
    let world = still().await;
    let aws = &world.aws;
    let action = connectivity(EVENTS, OFF, IAM);
    world.act_on("heal-msk", EVENTS).await;
    match aws.perform(&action, &run(1), &token()).await {
        Err(Problem::Refused { operation, .. }) => assert_eq!(operation, CALL),
        other => panic!("{other:?}"),
    }
    world.advance(LONG_ENOUGH).await;
    let made = aws.perform(&action, &run(1), &token()).await.unwrap();
    world.advance(LONG_ENOUGH).await;
    world.act_on("reboot-msk", EVENTS).await;
    assert_eq!(
        aws.progress(&action, &made).await.unwrap(),
        waits("REBOOTING_BROKER")
    );
    match aws.remove(&action, &run(1), &made).await {
        Err(Problem::Conflict { message, .. }) => {
            assert!(message.contains("REBOOTING_BROKER"), "{message}");
        }
        other => panic!("{other:?}"),
    }
    // What was never switched on needs no way back, whatever is done to the cluster.
    let never = connectivity(EVENTS, IAM, BOTH);
    aws.remove(&never, &run(1), &Outputs::default())
        .await
        .unwrap();
}

#[tokio::test]
async fn a_cluster_that_is_not_there_is_missing() {
    let world = still().await;
    let aws = &world.aws;
    let action = connectivity(NO_CLUSTER, OFF, IAM);
    let nothing = Outputs::default();
    assert_eq!(aws.find(&action, &run(1)).await.unwrap(), None);
    assert_eq!(
        aws.progress(&action, &nothing).await.unwrap(),
        Progress::Missing
    );
    assert!(aws.removed(&action, &nothing).await.unwrap());
    for refused in [
        aws.perform(&action, &run(1), &token()).await.unwrap_err(),
        aws.remove(&action, &run(1), &nothing).await.unwrap_err(),
    ] {
        assert!(matches!(refused, Problem::NotFound { .. }), "{refused:?}");
    }
}

/// Somebody else's change came between the look and the call: AWS refuses the version that was read.
#[tokio::test]
async fn a_call_under_an_old_version_is_refused_and_changes_nothing() {
    let world = still().await;
    let aws = &world.aws;
    let version = cluster(&world, EVENTS).await.current_version;
    world.fault("kafka", CALL, "hold_before", 1).await;
    let late = tokio::spawn({
        let aws = aws.clone();
        async move {
            let action = connectivity(EVENTS, OFF, IAM);
            aws.perform(&action, &run(1), &token()).await
        }
    });
    world.until_held(1).await;
    let theirs = connectivity(EVENTS, OFF, SCRAM);
    aws.perform(&theirs, &run(2), &token()).await.unwrap();
    world.advance(LONG_ENOUGH).await;
    world.clear_faults().await;
    match late.await.unwrap() {
        Err(problem @ Problem::Refused { .. }) => assert!(!problem.leaves_outcome_open()),
        other => panic!("{other:?}"),
    }
    assert_eq!(on(&world, EVENTS).await, SCRAM);
    assert_ne!(cluster(&world, EVENTS).await.current_version, version);
    // Read again, it goes on from there.
    let action = connectivity(EVENTS, OFF, IAM);
    aws.perform(&action, &run(1), &token()).await.unwrap();
    world.advance(LONG_ENOUGH).await;
    assert_eq!(on(&world, EVENTS).await, BOTH);
}
