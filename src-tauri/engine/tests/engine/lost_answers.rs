//! A write whose answer got lost: what it made is found by the run's ID and adopted, and never made twice.

use pipelink_plan::problem::Problem;
use pipelink_plan::run::{RunState, StepState};

use crate::stage::{STEPS, Stage, all, assert_done_once, step};

/// Every attempt that the SDK makes by itself.
const ALL_ATTEMPTS: u32 = 3;

#[tokio::test]
async fn each_write_whose_answers_are_all_lost_is_adopted() {
    all(STEPS
        .into_iter()
        .map(|(id, service, operation)| async move {
            let stage = Stage::set().await;
            let (engine, session) = (stage.engine().await, stage.session().await);
            // ClickHouse's call takes no token and is made once.
            let times = if service == "clickhouse" {
                1
            } else {
                ALL_ATTEMPTS
            };
            stage.fault(service, operation, "lost_answer", times).await;
            let run = stage.run(&engine, &session, stage.plan().await).await;
            assert_done_once(&stage, &run).await;
            for each in &run.steps {
                assert_eq!(each.adopted, each.id.0 == id, "{id}: {run:#?}");
            }
            assert_eq!(stage.calls(operation).await, times as usize, "{operation}");
        }))
    .await;
}

#[tokio::test]
async fn an_answer_that_cannot_be_read_is_as_good_as_lost() {
    all(STEPS
        .into_iter()
        .map(|(id, service, operation)| async move {
            let stage = Stage::set().await;
            let (engine, session) = (stage.engine().await, stage.session().await);
            stage.fault(service, operation, "malformed", 1).await;
            let run = stage.run(&engine, &session, stage.plan().await).await;
            assert_done_once(&stage, &run).await;
            assert!(step(&run, id).adopted, "{run:#?}");
        }))
    .await;
}

#[tokio::test]
async fn a_504_of_clickhouse_that_was_done_is_adopted() {
    let stage = Stage::set().await;
    let (engine, session) = (stage.engine().await, stage.session().await);
    let operation = "CreateReversePrivateEndpoint";
    stage
        .fault("clickhouse", operation, "gateway_timeout_but_done", 1)
        .await;
    let run = stage.run(&engine, &session, stage.plan().await).await;
    assert_done_once(&stage, &run).await;
    assert!(step(&run, "endpoint").adopted);
    assert_eq!(stage.calls(operation).await, 1);
}

#[tokio::test]
async fn a_write_that_never_happened_is_sent_again_with_its_token() {
    all(STEPS
        .into_iter()
        .take(3)
        .map(|(_, service, operation)| async move {
            let stage = Stage::set().await;
            let (engine, session) = (stage.engine().await, stage.session().await);
            stage.fault(service, operation, "reset", ALL_ATTEMPTS).await;
            let run = stage.run(&engine, &session, stage.plan().await).await;
            assert_done_once(&stage, &run).await;
            assert!(run.steps.iter().all(|step| !step.adopted), "{run:#?}");
        }))
    .await;
}

#[tokio::test]
async fn an_empty_page_does_not_hide_what_was_made() {
    let stage = Stage::set().await;
    let (engine, session) = (stage.engine().await, stage.session().await);
    stage
        .fault("ram", "CreateResourceShare", "lost_answer", ALL_ATTEMPTS)
        .await;
    stage
        .fault("ram", "GetResourceShares", "empty_page", 1)
        .await;
    let run = stage.run(&engine, &session, stage.plan().await).await;
    assert_done_once(&stage, &run).await;
    assert!(step(&run, "share").adopted);
}

#[tokio::test]
async fn clickhouses_call_is_not_made_again_until_the_admin_says_so() {
    let stage = Stage::set().await;
    let (engine, session) = (stage.engine().await, stage.session().await);
    let operation = "CreateReversePrivateEndpoint";
    stage.fault("clickhouse", operation, "reset", 1).await;
    let run = stage.run(&engine, &session, stage.plan().await).await;
    let problem = Problem::OutcomeUnknown {
        operation: operation.to_owned(),
    };
    let stopped = RunState::Stopped {
        problem: problem.clone(),
    };
    assert_eq!(run.state, stopped);
    let not_known = StepState::NotKnown { problem };
    assert_eq!(step(&run, "endpoint").state, not_known);
    let again = engine.send_again(&run.id, &"share".into()).await;
    assert!(matches!(again, Err(Problem::Refused { .. })), "{again:?}");

    // Carrying on looks again, and leaves it at that.
    let run = engine.carry_on(&session, &run.id).await.unwrap();
    assert_eq!(run.state, stopped);
    assert_eq!(step(&run, "endpoint").state, not_known);
    assert_eq!(stage.calls(operation).await, 1);

    engine
        .send_again(&run.id, &"endpoint".into())
        .await
        .unwrap();
    let run = engine.carry_on(&session, &run.id).await.unwrap();
    assert_done_once(&stage, &run).await;
    assert_eq!(stage.calls(operation).await, 2);
}

#[tokio::test]
async fn what_appeared_in_the_meantime_is_adopted_even_after_the_admins_word() {
    let stage = Stage::set().await;
    let (engine, session) = (stage.engine().await, stage.session().await);
    let operation = "CreateReversePrivateEndpoint";
    stage.fault("clickhouse", operation, "lost_answer", 1).await;
    // The list is refused, so that the run stops without having looked.
    stage
        .fault("clickhouse", "ListReversePrivateEndpoints", "forbidden", 1)
        .await;
    let run = stage.run(&engine, &session, stage.plan().await).await;
    let RunState::Stopped { problem } = &run.state else {
        panic!("{run:#?}")
    };
    assert!(
        matches!(problem, Problem::KeyForbidden { .. }),
        "{problem:?}"
    );
    assert_eq!(step(&run, "endpoint").state, StepState::Sent);
    let run = engine.carry_on(&session, &run.id).await.unwrap();
    assert_done_once(&stage, &run).await;
    assert!(step(&run, "endpoint").adopted);
    assert_eq!(stage.calls(operation).await, 1);
}
