//! Each refusal is a typed stop that can be carried on from; what passes by itself is sat out.

use pipelink_plan::problem::Problem;
use pipelink_plan::run::{Run, RunState, StepState};

use crate::stage::{Stage, all, assert_done_once, step};

fn stopped_by(run: &Run) -> &Problem {
    match &run.state {
        RunState::Stopped { problem } => problem,
        state => panic!("not stopped but {state:?}: {run:#?}"),
    }
}

/// Runs into a fault, clears it, and carries on to the end. Answers what stopped it first.
async fn stops_and_carries_on(service: &str, operation: &str, kind: &str) -> Run {
    let stage = Stage::set().await;
    let (engine, session) = (stage.engine().await, stage.session().await);
    stage.fault(service, operation, kind, 0).await;
    let stopped = stage.run(&engine, &session, stage.plan().await).await;
    stopped_by(&stopped);
    stage.clear_faults().await;
    let run = engine.carry_on(&session, &stopped.id).await.unwrap();
    assert_done_once(&stage, &run).await;
    stopped
}

#[tokio::test]
async fn a_denied_write() {
    let run = stops_and_carries_on("vpc-lattice", "CreateResourceConfiguration", "deny").await;
    let Problem::AccessDenied { action, .. } = stopped_by(&run) else {
        panic!("{run:#?}")
    };
    assert_eq!(action, "vpc-lattice:CreateResourceConfiguration");
    let state = &step(&run, "configuration").state;
    assert!(matches!(state, StepState::Failed { .. }), "{state:?}");
}

#[tokio::test]
async fn a_quota_that_is_used_up() {
    let run = stops_and_carries_on("vpc-lattice", "CreateResourceGateway", "quota").await;
    assert!(matches!(stopped_by(&run), Problem::QuotaExceeded { .. }));
}

#[tokio::test]
async fn a_throttled_write() {
    let run = stops_and_carries_on("ram", "CreateResourceShare", "throttle").await;
    assert!(matches!(stopped_by(&run), Problem::Throttled { .. }));
}

#[tokio::test]
async fn credentials_that_expire_before_a_write_and_while_waiting() {
    let run = stops_and_carries_on(
        "vpc-lattice",
        "CreateResourceGateway",
        "expired_credentials",
    )
    .await;
    assert!(matches!(
        stopped_by(&run),
        Problem::CredentialsExpired { .. }
    ));
    let run =
        stops_and_carries_on("vpc-lattice", "GetResourceGateway", "expired_credentials").await;
    assert!(matches!(
        stopped_by(&run),
        Problem::CredentialsExpired { .. }
    ));
    let state = &step(&run, "gateway").state;
    assert!(matches!(state, StepState::Waiting { .. }), "{state:?}");
}

#[tokio::test]
async fn a_denied_read_while_waiting() {
    let run = stops_and_carries_on("ram", "GetResourceShareAssociations", "deny").await;
    assert!(matches!(stopped_by(&run), Problem::AccessDenied { .. }));
    let state = &step(&run, "share").state;
    assert!(matches!(state, StepState::Waiting { .. }), "{state:?}");
}

#[tokio::test]
async fn a_key_that_is_refused() {
    let operation = "CreateReversePrivateEndpoint";
    let run = stops_and_carries_on("clickhouse", operation, "unauthorized").await;
    assert_eq!(stopped_by(&run), &Problem::KeyRejected);
    let run = stops_and_carries_on("clickhouse", operation, "forbidden").await;
    assert!(matches!(stopped_by(&run), Problem::KeyForbidden { .. }));
}

#[tokio::test]
async fn a_service_that_is_stopped_is_never_woken() {
    let stage = Stage::set().await;
    let (engine, session) = (stage.engine().await, stage.session().await);
    let plan = stage.plan().await;
    stage.command("orders-analytics", "stop").await;
    stage.advance(600).await;
    let run = stage.run(&engine, &session, plan).await;
    assert!(
        matches!(stopped_by(&run), Problem::ServiceIdle { .. }),
        "{run:#?}"
    );
    assert_eq!(
        stage.calls("UpdateServiceState").await,
        1,
        "only this test's"
    );
    stage.command("orders-analytics", "start").await;
    stage.advance(600).await;
    let run = engine.carry_on(&session, &run.id).await.unwrap();
    assert_done_once(&stage, &run).await;
}

#[tokio::test]
async fn a_run_with_an_endpoint_to_create_stops_without_a_key() {
    let stage = Stage::set().await;
    let engine = stage.engine().await;
    let keyless = stage.session_without_key().await;
    let run = stage.run(&engine, &keyless, stage.plan().await).await;
    assert_eq!(stopped_by(&run), &Problem::KeyMissing);
    let run = engine
        .carry_on(&stage.session().await, &run.id)
        .await
        .unwrap();
    assert_done_once(&stage, &run).await;
}

#[tokio::test]
async fn trouble_that_passes_while_waiting_is_sat_out() {
    all([
        ("vpc-lattice", "GetResourceGateway", "throttle"),
        ("vpc-lattice", "GetResourceConfiguration", "server_error"),
        ("ram", "GetResourceShareAssociations", "reset"),
        ("clickhouse", "GetReversePrivateEndpoint", "server_error"),
    ]
    .into_iter()
    .map(|(service, operation, kind)| async move {
        let stage = Stage::set().await;
        let (engine, session) = (stage.engine().await, stage.session().await);
        // More than the SDK's own three attempts.
        stage.fault(service, operation, kind, 4).await;
        let run = stage.run(&engine, &session, stage.plan().await).await;
        assert_done_once(&stage, &run).await;
    }))
    .await;
}

#[tokio::test]
async fn trouble_that_does_not_pass_stops_the_run_with_the_step_kept() {
    let stage = Stage::set().await;
    let (engine, session) = (stage.engine().await, stage.session().await);
    stage
        .fault("vpc-lattice", "GetResourceGateway", "throttle", 0)
        .await;
    let run = stage.run(&engine, &session, stage.plan().await).await;
    assert!(matches!(stopped_by(&run), Problem::Throttled { .. }));
    let state = &step(&run, "gateway").state;
    assert!(matches!(state, StepState::Waiting { .. }), "{state:?}");
    stage.clear_faults().await;
    let run = engine.carry_on(&session, &run.id).await.unwrap();
    assert_done_once(&stage, &run).await;
}

#[tokio::test]
async fn what_is_not_found_right_after_its_creation_is_waited_for() {
    all([
        ("vpc-lattice", "GetResourceGateway"),
        ("vpc-lattice", "GetResourceConfiguration"),
        ("ram", "GetResourceShares"),
        ("clickhouse", "GetReversePrivateEndpoint"),
    ]
    .into_iter()
    .map(|(service, operation)| async move {
        let stage = Stage::set().await;
        let (engine, session) = (stage.engine().await, stage.session().await);
        stage.fault(service, operation, "not_found_once", 1).await;
        let run = stage.run(&engine, &session, stage.plan().await).await;
        assert_done_once(&stage, &run).await;
    }))
    .await;
}

#[tokio::test]
async fn what_stays_missing_is_told_and_looked_for_again_when_carried_on() {
    let run = stops_and_carries_on("vpc-lattice", "GetResourceGateway", "not_found_once").await;
    assert!(matches!(stopped_by(&run), Problem::NotFound { .. }));
    let gateway = step(&run, "gateway");
    let state = &gateway.state;
    assert!(matches!(state, StepState::Failed { .. }), "{state:?}");
    assert!(!gateway.outputs.0.is_empty(), "its ID is not forgotten");
}

#[tokio::test]
async fn gateway_and_configuration_must_be_read_active_twice() {
    let stage = Stage::set().await;
    let (engine, session) = (stage.engine().await, stage.session().await);
    let id = engine
        .begin(&session, stage.plan().await, Vec::new())
        .await
        .unwrap();
    let reads = ["GetResourceGateway", "GetResourceConfiguration"];
    // Planning has read what was there before.
    let mut before = [0; 2];
    for (before, read) in before.iter_mut().zip(reads) {
        *before = stage.calls(read).await;
    }
    let gateway = stage.fault("vpc-lattice", reads[0], "hold_before", 1).await;
    let configuration = stage.fault("vpc-lattice", reads[1], "hold_before", 1).await;
    let carrying = tokio::spawn({
        let (engine, id) = (engine.clone(), id.clone());
        async move { engine.carry_on(&session, &id).await.unwrap() }
    });
    // The first look waits until the thing is long active, so that every look finds it so.
    stage.release_later(&gateway, 3600).await;
    stage.release_later(&configuration, 3600).await;
    let run = carrying.await.unwrap();
    assert_done_once(&stage, &run).await;
    for (before, read) in before.into_iter().zip(reads) {
        assert_eq!(stage.calls(read).await - before, 2, "{read}");
    }
}
