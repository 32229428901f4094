//! A change of multi-VPC connectivity under faults: refused, lost, failed at AWS. It has no token, so that what was
//! sent is found by where it leads.

use pipelink_plan::endpoint::Turn;
use pipelink_plan::problem::Problem;
use pipelink_plan::run::Progress;
use pipelink_plan::step::{OutputName, Outputs};
use serde_json::json;

use super::{BOTH, EVENTS, IAM, LONG_ENOUGH, OFF, SCRAM, code, connectivity, on, still};
use crate::support::{run, token};
use crate::wire::Wire;

const CALL: &str = "UpdateConnectivity";

#[tokio::test]
async fn a_refusal_is_told_by_its_kind_and_changes_nothing() {
    let world = still().await;
    let action = connectivity(EVENTS, OFF, IAM);
    for (kind, wanted) in [
        ("deny", "accessDenied"),
        ("throttle", "throttled"),
        ("server_error", "serverError"),
        ("expired_credentials", "credentialsExpired"),
        ("reset", "unreachable"),
    ] {
        world.fault("kafka", CALL, kind, 0).await;
        let problem = world.aws.perform(&action, &run(1), &token()).await;
        let problem = problem.unwrap_err();
        assert_eq!(code(&problem), wanted);
        if let Problem::AccessDenied { action, .. } = problem {
            assert_eq!(action, "kafka:UpdateConnectivity");
        }
        world.clear_faults().await;
        assert_eq!(
            world.aws.find(&action, &run(1)).await.unwrap(),
            None,
            "{kind}"
        );
    }
    assert_eq!(on(&world, EVENTS).await, OFF);
}

#[tokio::test]
async fn a_change_whose_answer_was_lost_is_found_under_way_and_when_it_is_done() {
    for (kind, wanted) in [("lost_answer", "unreachable"), ("malformed", "malformed")] {
        let world = still().await;
        let aws = &world.aws;
        let action = connectivity(EVENTS, OFF, IAM);
        world.fault("kafka", CALL, kind, 0).await;
        let answer = aws.perform(&action, &run(1), &token()).await;
        world.clear_faults().await;
        // An answer of success that cannot be read leaves no doubt where nothing of it is wanted.
        if let Err(problem) = answer {
            assert_eq!(code(&problem), wanted);
            assert!(problem.leaves_outcome_open(), "{problem:?}");
        }
        let found = aws.find(&action, &run(1)).await.unwrap().unwrap();
        assert_eq!(found.one(OutputName::ClusterArn), Some(EVENTS));
        world.advance(LONG_ENOUGH).await;
        assert_eq!(aws.find(&action, &run(1)).await.unwrap(), Some(found));
        // Sent again, there is nothing to do.
        let again = aws.perform(&action, &run(1), &token()).await.unwrap();
        assert_eq!(again, Outputs::default());
        assert_eq!(on(&world, EVENTS).await, IAM, "{kind}");
        let facts = aws.discover_msk(EVENTS).await;
        assert_eq!(facts.operations.known().unwrap().len(), 1, "{kind}");
    }
}

/// The SDK sends once more what it got no answer to; AWS refuses that, since the cluster is no longer ACTIVE.
#[tokio::test]
async fn the_refusal_of_a_second_attempt_is_not_taken_for_the_answer() {
    let world = still().await;
    let aws = &world.aws;
    let action = connectivity(EVENTS, OFF, IAM);
    world.fault("kafka", CALL, "lost_answer", 1).await;
    let made = aws.perform(&action, &run(1), &token()).await.unwrap();
    assert!(!made.0.is_empty());
    assert_eq!(world.calls(CALL).await, 2);
    world.advance(LONG_ENOUGH).await;
    assert_eq!(on(&world, EVENTS).await, IAM);

    world.fault("kafka", CALL, "lost_answer", 1).await;
    aws.remove(&action, &run(1), &made).await.unwrap();
    world.advance(LONG_ENOUGH).await;
    assert!(aws.removed(&action, &made).await.unwrap());
    assert_eq!(on(&world, EVENTS).await, OFF);
}

#[tokio::test]
async fn somebody_elses_change_under_way_is_not_adopted() {
    let world = still().await;
    let aws = &world.aws;
    let theirs = connectivity(EVENTS, OFF, SCRAM);
    aws.perform(&theirs, &run(2), &token()).await.unwrap();
    let ours = connectivity(EVENTS, OFF, IAM);
    assert_eq!(aws.find(&ours, &run(1)).await.unwrap(), None);
    let refused = aws.perform(&ours, &run(1), &token()).await.unwrap_err();
    assert_eq!(code(&refused), "refused");
    // Nor where it leads to a part of what is wanted only.
    let both = connectivity(EVENTS, OFF, BOTH);
    assert_eq!(aws.find(&both, &run(1)).await.unwrap(), None);
    // One that leads to the same cannot be told from ours.
    assert!(aws.find(&theirs, &run(1)).await.unwrap().is_some());
}

#[tokio::test]
async fn a_change_that_failed_at_aws_ends_with_its_reason_and_can_be_sent_again() {
    const REASON: &str = "The brokers could not be restarted.";
    let world = still().await;
    let aws = &world.aws;
    let action = connectivity(EVENTS, OFF, IAM);
    let failing = json!({
        "service": "kafka", "operation": CALL, "kind": "failed_state", "times": 1, "reason": REASON,
    });
    world.switch_on(failing.clone()).await;
    let made = aws.perform(&action, &run(1), &token()).await.unwrap();
    world.advance(LONG_ENOUGH).await;
    let ended = Progress::Ended {
        seen: "UPDATE_FAILED".to_owned(),
        reason: Some(REASON.to_owned()),
    };
    assert_eq!(aws.progress(&action, &made).await.unwrap(), ended);
    assert_eq!(aws.find(&action, &run(1)).await.unwrap(), None);

    let made = aws.perform(&action, &run(1), &token()).await.unwrap();
    world.advance(LONG_ENOUGH).await;
    let usable = aws.progress(&action, &made).await.unwrap();
    assert!(matches!(usable, Progress::Usable { .. }), "{usable:?}");

    world.switch_on(failing).await;
    aws.remove(&action, &run(1), &made).await.unwrap();
    world.advance(LONG_ENOUGH).await;
    match aws.removed(&action, &made).await {
        Err(Problem::EndedIn {
            resource, reason, ..
        }) => {
            assert_eq!(resource, EVENTS);
            assert_eq!(reason.as_deref(), Some(REASON));
        }
        other => panic!("{other:?}"),
    }
    aws.remove(&action, &run(1), &made).await.unwrap();
    world.advance(LONG_ENOUGH).await;
    assert!(aws.removed(&action, &made).await.unwrap());
}

/// The list of operations lags behind, and so does the cluster's state: both tell of the attempt before.
#[tokio::test]
async fn a_repeated_change_is_judged_by_its_own_operation() {
    let arn = |number: u32| {
        format!("arn:aws:kafka:us-east-1:111122223333:cluster-operation/events/1/{number}")
    };
    let operation = |number, state: &str, ended: Option<&str>| {
        json!({
            "operationArn": arn(number),
            "operationType": "UPDATE_CONNECTIVITY",
            "operationState": state,
            "startTime": "2026-03-02T09:00:00Z",
            "endTime": ended,
        })
    };
    // The members of four answers: each call reads its own.
    let body = json!({
        "clusterInfo": {
            "clusterArn": EVENTS, "clusterName": "events", "clusterType": "PROVISIONED", "state": "ACTIVE",
            "currentVersion": "K1", "provisioned": { "brokerNodeGroupInfo": {} },
        },
        "clusterOperationInfoList": [operation(1, "UPDATE_FAILED", Some("2026-03-02T10:00:00Z"))],
        "clusterOperationInfo": operation(2, "UPDATE_IN_PROGRESS", None),
        "clusterArn": EVENTS,
        "clusterOperationArn": arn(2),
    });
    let wire = Wire::answering("200 OK", body.to_string()).await;
    let aws = wire.aws();
    let action = connectivity(EVENTS, OFF, IAM);
    let made = aws.perform(&action, &run(1), &token()).await.unwrap();
    assert_eq!(
        made.one(OutputName::ClusterOperationArn),
        Some(arn(2).as_str())
    );
    let waits = Progress::Waiting {
        seen: "UPDATE_IN_PROGRESS".to_owned(),
        turn: Turn::Aws,
    };
    assert_eq!(aws.progress(&action, &made).await.unwrap(), waits);
    // Where no answer told of it, the list is all there is.
    let found = Outputs::default().with(OutputName::ClusterArn, EVENTS);
    match aws.progress(&action, &found).await.unwrap() {
        Progress::Ended { seen, .. } => assert_eq!(seen, "UPDATE_FAILED"),
        other => panic!("{other:?}"),
    }
}

/// An undo sends a second change, and the list may still end with the first one.
#[tokio::test]
async fn a_change_that_is_taken_back_is_not_judged_by_the_operation_that_made_it() {
    const TURNED_ON: &str = "arn:aws:kafka:us-east-1:111122223333:cluster-operation/events/1/1";
    let connectivity_info = json!({ "vpcConnectivity": { "clientAuthentication": { "sasl": { "iam": { "enabled": true } } } } });
    let body = json!({
        "clusterInfo": {
            "clusterArn": EVENTS, "clusterName": "events", "clusterType": "PROVISIONED", "state": "ACTIVE",
            "currentVersion": "K1",
            "provisioned": { "brokerNodeGroupInfo": { "connectivityInfo": connectivity_info } },
        },
        "clusterOperationInfoList": [{
            "operationArn": TURNED_ON,
            "operationType": "UPDATE_CONNECTIVITY",
            "operationState": "UPDATE_COMPLETE",
            "startTime": "2026-03-02T09:00:00Z",
            "endTime": "2026-03-02T10:00:00Z",
        }],
    });
    let wire = Wire::answering("200 OK", body.to_string()).await;
    let aws = wire.aws();
    let action = connectivity(EVENTS, OFF, IAM);
    let made = Outputs::default()
        .with(OutputName::ClusterArn, EVENTS)
        .with(OutputName::ClusterOperationArn, TURNED_ON);
    assert!(!aws.removed(&action, &made).await.unwrap());
    // The end of any other is that of the change, as far as can be told.
    let other = made.with(OutputName::ClusterOperationArn, "arn:another");
    match aws.removed(&action, &other).await {
        Err(Problem::EndedIn { state, .. }) => assert_eq!(state, "UPDATE_COMPLETE"),
        told => panic!("{told:?}"),
    }
}

/// The call takes one kind of setting, and the sandbox knows of this one alone.
#[tokio::test]
async fn a_change_of_another_setting_under_way_is_not_taken_for_ours() {
    let operation = "arn:aws:kafka:us-east-1:111122223333:cluster-operation/events/1/2";
    let under_way = json!({
        "operationArn": operation,
        "operationType": "UPDATE_CONNECTIVITY",
        "operationState": "UPDATE_IN_PROGRESS",
        "startTime": "2026-03-02T09:00:00Z",
        "provisioned": { "targetClusterInfo": { "connectivityInfo": { "networkType": "DUAL" } } },
    });
    let connectivity_info = json!({ "vpcConnectivity": { "clientAuthentication": { "sasl": { "scram": { "enabled": true } } } } });
    // The members of three answers: each call reads its own.
    let body = json!({
        "clusterInfo": {
            "clusterArn": EVENTS, "clusterName": "events", "clusterType": "PROVISIONED", "state": "UPDATING",
            "currentVersion": "K1",
            "provisioned": { "brokerNodeGroupInfo": { "connectivityInfo": connectivity_info } },
        },
        "clusterOperationInfoList": [under_way.clone()],
        "clusterOperationInfo": under_way,
    });
    let wire = Wire::answering("200 OK", body.to_string()).await;
    let aws = wire.aws();
    let ours = connectivity(EVENTS, OFF, IAM);
    assert_eq!(aws.find(&ours, &run(1)).await.unwrap(), None);
    // What is on is not taken for taken back, although the other change names no scheme at all.
    let on = connectivity(EVENTS, OFF, SCRAM);
    assert!(aws.find(&on, &run(1)).await.unwrap().is_some());
    match aws.remove(&on, &run(1), &Outputs::default()).await {
        Err(Problem::Conflict { operation, .. }) => assert_eq!(operation, CALL),
        other => panic!("{other:?}"),
    }
}

/// It came between the look and the call, which AWS refuses for now only.
#[tokio::test]
async fn a_way_back_that_another_change_overtook_is_a_conflict() {
    let world = still().await;
    let aws = &world.aws;
    let ours = connectivity(EVENTS, OFF, IAM);
    let made = aws.perform(&ours, &run(1), &token()).await.unwrap();
    world.advance(LONG_ENOUGH).await;
    world.fault("kafka", CALL, "hold_before", 1).await;
    let late = tokio::spawn({
        let (aws, ours, made) = (aws.clone(), ours.clone(), made.clone());
        async move { aws.remove(&ours, &run(1), &made).await }
    });
    world.until_held(1).await;
    let theirs = connectivity(EVENTS, IAM, BOTH);
    aws.perform(&theirs, &run(2), &token()).await.unwrap();
    world.clear_faults().await;
    match late.await.unwrap() {
        Err(Problem::Conflict { operation, .. }) => assert_eq!(operation, CALL),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn what_somebody_changed_since_ends_and_can_be_sent_again() {
    let world = still().await;
    let aws = &world.aws;
    let action = connectivity(EVENTS, OFF, IAM);
    let changed_since = |progress: Progress| match progress {
        Progress::Ended { seen, reason } => {
            assert_eq!(seen, "UPDATE_COMPLETE");
            assert!(reason.is_some_and(|it| it.contains("somebody changed them since")));
        }
        other => panic!("{other:?}"),
    };
    let made = aws.perform(&action, &run(1), &token()).await.unwrap();
    world.advance(LONG_ENOUGH).await;
    // Switched off by somebody else.
    aws.remove(&action, &run(2), &made).await.unwrap();
    world.advance(LONG_ENOUGH).await;
    assert_eq!(on(&world, EVENTS).await, OFF);
    changed_since(aws.progress(&action, &made).await.unwrap());
    assert_eq!(aws.find(&action, &run(1)).await.unwrap(), None);
    // An operation that AWS made a moment ago may not be shown yet: that is no end.
    let look = "DescribeClusterOperationV2";
    world.fault("kafka", look, "not_found_once", 1).await;
    let unseen = aws.progress(&action, &made).await.unwrap_err();
    assert_eq!(code(&unseen), "notFound");
    changed_since(aws.progress(&action, &made).await.unwrap());
    let again = aws.perform(&action, &run(1), &token()).await.unwrap();
    assert_ne!(again, made, "it is another operation");
    world.advance(LONG_ENOUGH).await;
    let usable = aws.progress(&action, &made).await.unwrap();
    assert!(matches!(usable, Progress::Usable { .. }), "{usable:?}");

    // Taken back, and switched on again by somebody else.
    aws.remove(&action, &run(1), &made).await.unwrap();
    world.advance(LONG_ENOUGH).await;
    aws.perform(&action, &run(2), &token()).await.unwrap();
    world.advance(LONG_ENOUGH).await;
    match aws.removed(&action, &made).await {
        Err(Problem::EndedIn { resource, .. }) => assert_eq!(resource, EVENTS),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_look_that_fails_is_told_and_nothing_is_sent() {
    let world = still().await;
    let aws = &world.aws;
    let action = connectivity(EVENTS, OFF, IAM);
    world.fault("kafka", "DescribeClusterV2", "deny", 0).await;
    let problem = aws.perform(&action, &run(1), &token()).await.unwrap_err();
    assert_eq!(code(&problem), "accessDenied");
    assert_eq!(world.calls(CALL).await, 0);
    world.clear_faults().await;
    let made = aws.perform(&action, &run(1), &token()).await.unwrap();
    world
        .fault("kafka", "ListClusterOperationsV2", "throttle", 0)
        .await;
    let problem = aws.find(&action, &run(1)).await.unwrap_err();
    assert_eq!(code(&problem), "throttled");
    let problem = aws.remove(&action, &run(1), &made).await.unwrap_err();
    assert_eq!(code(&problem), "throttled");
}
