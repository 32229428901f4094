//! Undo removes what the run made, and nothing else.

use pipelink_plan::problem::Problem;
use pipelink_plan::run::{Run, RunState, StepState};

use crate::stage::{STEPS, Stage, all, step};

async fn assert_undone(stage: &Stage, run: &Run, before: &impl PartialEq<Resources>) {
    assert_eq!(run.state, RunState::Undone, "{run:#?}");
    assert!(run.ended_at.is_some());
    let undone = |step: &pipelink_plan::run::RunStep| step.state == StepState::Undone;
    assert!(run.steps.iter().all(undone), "{run:#?}");
    assert!(
        *before == stage.resources().await,
        "the world is not as it was"
    );
}

type Resources = std::collections::BTreeMap<String, serde_json::Value>;

#[tokio::test]
async fn undoing_a_finished_run_leaves_the_account_as_it_was() {
    let stage = Stage::set().await;
    let (engine, session) = (stage.engine().await, stage.session().await);
    let before = stage.resources().await;
    let run = stage.run(&engine, &session, stage.plan().await).await;
    assert_eq!(run.state, RunState::Done, "{run:#?}");
    assert!(before != stage.resources().await);
    let run = engine.undo(&session, &run.id, &[]).await.unwrap();
    assert_undone(&stage, &run, &before).await;

    // In reverse, each one gone before the next.
    let order: Vec<_> = run
        .log
        .iter()
        .filter(|line| line.text.starts_with("Removing"))
        .map(|line| line.step.as_ref().unwrap().0.as_str())
        .collect();
    assert_eq!(order, ["endpoint", "share", "configuration", "gateway"]);
    assert_eq!(engine.undo(&session, &run.id, &[]).await.unwrap(), run);
}

#[tokio::test]
async fn undoing_a_run_that_never_called_anybody_calls_nobody() {
    let stage = Stage::set().await;
    let (engine, session) = (stage.engine().await, stage.session().await);
    let before = stage.resources().await;
    let id = engine
        .begin(&session, stage.plan().await, Vec::new())
        .await
        .unwrap();
    let run = engine.undo(&session, &id, &[]).await.unwrap();
    assert_undone(&stage, &run, &before).await;
    assert_eq!(stage.calls("DeleteResourceGateway").await, 0);
}

#[tokio::test]
async fn undo_finds_what_a_lost_answer_left_behind() {
    all(STEPS
        .into_iter()
        .map(|(id, service, operation)| async move {
            let stage = Stage::set().await;
            let (engine, session) = (stage.engine().await, stage.session().await);
            let before = stage.resources().await;
            let list = match id {
                "gateway" => "ListResourceGateways",
                "configuration" => "ListResourceConfigurations",
                "share" => "GetResourceShares",
                _ => "ListReversePrivateEndpoints",
            };
            let plan = stage.plan().await;
            let times = if service == "clickhouse" { 1 } else { 3 };
            stage.fault(service, operation, "lost_answer", times).await;
            let denied = if service == "clickhouse" {
                "forbidden"
            } else {
                "deny"
            };
            stage.fault(service, list, denied, 0).await;
            let run = stage.run(&engine, &session, plan).await;
            assert!(matches!(run.state, RunState::Stopped { .. }), "{run:#?}");
            assert_eq!(step(&run, id).state, StepState::Sent, "{run:#?}");
            stage.clear_faults().await;
            assert!(before != stage.resources().await, "{id} was made");

            let run = engine.undo(&session, &run.id, &[]).await.unwrap();
            assert!(step(&run, id).adopted);
            assert_undone(&stage, &run, &before).await;
        }))
    .await;
}

#[tokio::test]
async fn an_undo_that_is_stopped_can_be_carried_on() {
    let stage = Stage::set().await;
    let (engine, session) = (stage.engine().await, stage.session().await);
    let before = stage.resources().await;
    let run = stage.run(&engine, &session, stage.plan().await).await;
    stage
        .fault("vpc-lattice", "DeleteResourceConfiguration", "deny", 0)
        .await;
    let run = engine.undo(&session, &run.id, &[]).await.unwrap();
    let RunState::UndoStopped { problem } = &run.state else {
        panic!("{run:#?}")
    };
    assert!(
        matches!(problem, Problem::AccessDenied { .. }),
        "{problem:?}"
    );
    assert_eq!(step(&run, "share").state, StepState::Undone);
    assert_eq!(step(&run, "configuration").state, StepState::Undoing);
    assert_eq!(step(&run, "gateway").state, StepState::Done);
    let forward = engine.carry_on(&session, &run.id).await;
    assert!(
        matches!(forward, Err(Problem::Refused { .. })),
        "{forward:?}"
    );

    stage.clear_faults().await;
    let run = engine.undo(&session, &run.id, &[]).await.unwrap();
    assert_undone(&stage, &run, &before).await;
}

#[tokio::test]
async fn lost_answers_and_passing_trouble_do_not_stop_an_undo() {
    let stage = Stage::set().await;
    let (engine, session) = (stage.engine().await, stage.session().await);
    let before = stage.resources().await;
    let run = stage.run(&engine, &session, stage.plan().await).await;
    for (service, operation) in [
        ("clickhouse", "DeleteReversePrivateEndpoint"),
        ("ram", "DeleteResourceShare"),
        ("vpc-lattice", "DeleteResourceConfiguration"),
        ("vpc-lattice", "DeleteResourceGateway"),
    ] {
        stage.fault(service, operation, "lost_answer", 4).await;
    }
    let run = engine.undo(&session, &run.id, &[]).await.unwrap();
    assert_undone(&stage, &run, &before).await;
}

#[tokio::test]
async fn an_endpoint_that_failed_is_removed_with_the_rest() {
    let stage = Stage::set().await;
    let (engine, session) = (stage.engine().await, stage.session().await);
    let before = stage.resources().await;
    let run = stage
        .run(&engine, &session, stage.plan_failing().await)
        .await;
    let RunState::Stopped { problem } = &run.state else {
        panic!("{run:#?}")
    };
    assert!(
        matches!(problem, Problem::EndedIn { state, .. } if state == "Failed"),
        "{problem:?}"
    );
    let failed = &step(&run, "endpoint").state;
    assert!(matches!(failed, StepState::Failed { .. }), "{failed:?}");
    // Carrying on does not make another one.
    let again = engine.carry_on(&session, &run.id).await.unwrap();
    assert_eq!(again.state, run.state);
    assert_eq!(stage.calls("CreateReversePrivateEndpoint").await, 1);

    let run = engine.undo(&session, &run.id, &[]).await.unwrap();
    assert_undone(&stage, &run, &before).await;
}

#[tokio::test]
async fn the_word_to_send_again_makes_no_undo_look_shorter() {
    let stage = Stage::set_at(300.0).await;
    let before = stage.resources().await;
    let (engine, session) = (stage.engine().await, stage.session().await);
    let (operation, list) = (
        "CreateReversePrivateEndpoint",
        "ListReversePrivateEndpoints",
    );
    let plan = stage.plan().await;
    stage.fault("clickhouse", operation, "lost_answer", 1).await;
    stage.fault("clickhouse", list, "stale_list", 0).await;
    let run = stage.run(&engine, &session, plan).await;
    engine
        .send_again(&run.id, &"endpoint".into())
        .await
        .unwrap();
    // It stops before the call, so that the word is not used up.
    let keyless = stage.session_without_key().await;
    let run = engine.carry_on(&keyless, &run.id).await.unwrap();
    let problem = Problem::KeyMissing;
    assert_eq!(run.state, RunState::Stopped { problem });
    assert_eq!(stage.calls(operation).await, 1);
    stage.clear_faults().await;

    stage.fault("clickhouse", list, "stale_list", 2).await;
    let run = engine.undo(&session, &run.id, &[]).await.unwrap();
    assert!(step(&run, "endpoint").adopted, "{run:#?}");
    assert_undone(&stage, &run, &before).await;
}

#[tokio::test]
async fn a_late_look_decides_and_not_the_time_that_passed_before_it() {
    let stage = Stage::set().await;
    let (engine, session) = (stage.engine().await, stage.session().await);
    let run = stage.run(&engine, &session, stage.plan().await).await;
    assert_eq!(run.state, RunState::Done, "{run:#?}");
    // Every pause is as long as a sleep of the computer: no look comes within what a removal may take.
    stage.run_at(100_000.0).await;
    let run = engine.undo(&session, &run.id, &[]).await.unwrap();
    assert_eq!(run.state, RunState::Undone, "{run:#?}");
    assert!(stage.made(&run.id).await.is_empty());
}
