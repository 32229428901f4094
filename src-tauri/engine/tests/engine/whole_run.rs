//! A run from its beginning to its end, and what the admin can do on the way.

use std::time::Duration;

use pipelink_engine::Engine;
use pipelink_engine::clock::Clock;
use pipelink_plan::check::CheckId;
use pipelink_plan::endpoint::Turn;
use pipelink_plan::problem::Problem;
use pipelink_plan::run::{Run, RunState, StepState};
use pipelink_plan::step::OutputName;

use crate::stage::{STEPS, Stage, assert_done_once, step};

#[tokio::test]
async fn a_run_makes_one_of_each_and_ends_ready_with_dns_names() {
    let stage = Stage::set().await;
    let (engine, session) = (stage.engine().await, stage.session().await);
    let mut changes = engine.changes();
    let id = engine
        .begin(&session, stage.plan().await, vec![CheckId::SubnetSize])
        .await
        .unwrap();
    assert_eq!(stage.made_by(&id).await, [0; 4], "begin only writes");
    let run = engine.carry_on(&session, &id).await.unwrap();

    assert_done_once(&stage, &run).await;
    assert!(changes.has_changed().unwrap());
    changes.mark_unchanged();
    assert_eq!(run.accepted, [CheckId::SubnetSize]);
    assert!(run.steps.iter().all(|step| !step.adopted));
    for (_, _, operation) in STEPS {
        assert_eq!(stage.calls(operation).await, 1, "{operation}");
        let said = format!("{operation} sent");
        assert!(run.log.iter().any(|line| line.text == said), "{said}");
    }
    let endpoint = &step(&run, "endpoint").outputs;
    assert!(endpoint.one(OutputName::VpcEndpointId).is_some());

    // What was answered is what is kept, and a second carry-on has nothing to do.
    assert_eq!(engine.run(&id).await.unwrap(), Some(run.clone()));
    assert_eq!(engine.runs().await.unwrap(), std::slice::from_ref(&run));
    assert_eq!(engine.carry_on(&session, &id).await.unwrap(), run);

    // No secret is in what was written.
    let text = format!("{run:?}");
    assert!(!text.contains(&stage.connection.secret_access_key));
    assert!(!text.contains(&stage.connection.clickhouse_key_secret));
}

#[tokio::test]
async fn without_a_key_the_run_ends_when_clickhouse_accepts_the_share() {
    let stage = Stage::set().await;
    let (engine, session) = (stage.engine().await, stage.session_without_key().await);
    let id = engine
        .begin(&session, stage.plan_by_hand().await, Vec::new())
        .await
        .unwrap();
    let carrying = tokio::spawn({
        let (engine, id) = (engine.clone(), id.clone());
        async move { engine.carry_on(&session, &id).await.unwrap() }
    });
    let waiting = stage
        .until(&engine, &id, |run| {
            matches!(&step(run, "acceptance").state, StepState::Waiting { seen, .. } if !seen.is_empty())
        })
        .await;
    let board = engine
        .sweep(&stage.session_without_key().await)
        .await
        .unwrap();
    let [share] = &board.shares[..] else {
        panic!("one share is watched: {:?}", board.shares)
    };
    assert_eq!(share.run, id);
    assert_eq!(share.principal_status.as_deref(), Some("ASSOCIATING"));
    assert_eq!(board.problem, Some(Problem::KeyMissing));

    stage.create_endpoint_by_hand(&waiting).await;
    let run = carrying.await.unwrap();
    assert_eq!(run.state, RunState::Done, "{run:#?}");
    let account = &run.identity;
    assert!(engine.board(account).await.unwrap().shares.is_empty());
}

#[tokio::test]
async fn cancelling_stops_after_the_step_under_way_and_can_be_carried_on() {
    let stage = Stage::set().await;
    let (engine, session) = (stage.engine().await, stage.session().await);
    let id = engine
        .begin(&session, stage.plan().await, Vec::new())
        .await
        .unwrap();
    let carrying = tokio::spawn({
        let (engine, id) = (engine.clone(), id.clone());
        async move { engine.carry_on(&session, &id).await.unwrap() }
    });
    stage
        .until(&engine, &id, |run| {
            matches!(step(run, "gateway").state, StepState::Waiting { .. })
        })
        .await;
    engine.cancel(&id).await.unwrap();
    let run = carrying.await.unwrap();
    let problem = Problem::Cancelled;
    assert_eq!(run.state, RunState::Stopped { problem });
    assert_eq!(step(&run, "gateway").state, StepState::Done);
    assert_eq!(step(&run, "configuration").state, StepState::Pending);

    let run = engine.carry_on(&stage.session().await, &id).await.unwrap();
    assert!(!run.cancelling);
    assert_done_once(&stage, &run).await;
}

#[tokio::test]
async fn cancelling_before_the_first_step_makes_nothing() {
    let stage = Stage::set().await;
    let (engine, session) = (stage.engine().await, stage.session().await);
    let id = engine
        .begin(&session, stage.plan().await, Vec::new())
        .await
        .unwrap();
    engine.cancel(&id).await.unwrap();
    let run = engine.carry_on(&session, &id).await.unwrap();
    let problem = Problem::Cancelled;
    assert_eq!(run.state, RunState::Stopped { problem });
    assert_eq!(stage.made_by(&id).await, [0; 4]);
}

#[tokio::test]
async fn a_look_for_what_a_lost_answer_left_stops_at_once_when_cancelled() {
    let stage = Stage::set().await;
    let engine = stage.engine().await;
    let operation = "CreateReversePrivateEndpoint";
    let session = stage.session().await;
    let plan = stage.plan().await;
    let id = engine.begin(&session, plan, Vec::new()).await.unwrap();
    stage.fault("clickhouse", operation, "reset", 1).await;
    let looking = format!("{operation}: looking for what carries this run's ID");
    let looks = |run: &Run| run.log.last().is_some_and(|line| line.text == looking);
    let problem = Problem::Cancelled;

    let carrying = tokio::spawn({
        let (engine, id) = (engine.clone(), id.clone());
        async move { engine.carry_on(&session, &id).await.unwrap() }
    });
    stage.until(&engine, &id, looks).await;
    engine.cancel(&id).await.unwrap();
    let run = carrying.await.unwrap();
    let stopped = RunState::Stopped {
        problem: problem.clone(),
    };
    assert_eq!(run.state, stopped);
    // It is as much in doubt as before.
    assert_eq!(step(&run, "endpoint").state, StepState::Sent);

    let undoing = tokio::spawn({
        let (engine, id, session) = (engine.clone(), id.clone(), stage.session().await);
        async move { engine.undo(&session, &id, &[]).await.unwrap() }
    });
    stage.until(&engine, &id, looks).await;
    engine.cancel(&id).await.unwrap();
    let run = undoing.await.unwrap();
    assert_eq!(run.state, RunState::UndoStopped { problem });
    assert_eq!(step(&run, "endpoint").state, StepState::Sent);
    assert_eq!(step(&run, "share").state, StepState::Done);
}

#[tokio::test]
async fn a_wait_for_somebody_stops_at_once_when_cancelled() {
    let stage = Stage::set().await;
    let (engine, session) = (stage.engine().await, stage.session_without_key().await);
    let id = engine
        .begin(&session, stage.plan_by_hand().await, Vec::new())
        .await
        .unwrap();
    let carrying = tokio::spawn({
        let (engine, id) = (engine.clone(), id.clone());
        async move { engine.carry_on(&session, &id).await.unwrap() }
    });
    stage
        .until(&engine, &id, |run| {
            matches!(step(run, "acceptance").state, StepState::Waiting { .. })
        })
        .await;
    engine.cancel(&id).await.unwrap();
    let run = carrying.await.unwrap();
    let problem = Problem::Cancelled;
    assert_eq!(run.state, RunState::Stopped { problem });
    assert!(matches!(
        step(&run, "acceptance").state,
        StepState::Waiting { .. }
    ));
}

#[tokio::test]
async fn two_begins_are_two_runs_and_one_can_be_left_as_it_is() {
    let stage = Stage::set().await;
    let (engine, session) = (stage.engine().await, stage.session().await);
    let plan = stage.plan().await;
    let one = engine.begin(&session, plan.clone(), vec![]).await.unwrap();
    let other = engine.begin(&session, plan, vec![]).await.unwrap();
    assert_ne!(one, other);
    let ids: Vec<_> = engine
        .runs()
        .await
        .unwrap()
        .into_iter()
        .map(|run| run.id)
        .collect();
    assert_eq!(ids, [other.clone(), one.clone()], "newest first");

    let run = engine.carry_on(&session, &one).await.unwrap();
    assert_done_once(&stage, &run).await;
    // The same names are taken now: the other run is refused, and left.
    let run = engine.carry_on(&session, &other).await.unwrap();
    let RunState::Stopped { problem } = &run.state else {
        panic!("{run:#?}")
    };
    assert!(matches!(problem, Problem::Conflict { .. }), "{problem:?}");
    assert!(matches!(
        step(&run, "gateway").state,
        StepState::Failed { .. }
    ));
    engine.leave(&other).await.unwrap();
    let run = engine.carry_on(&session, &other).await.unwrap();
    assert_eq!(run.state, RunState::Left);
    assert!(run.ended_at.is_some());
    assert_eq!(stage.made_by(&other).await, [0; 4]);
}

#[tokio::test]
async fn a_run_is_only_touched_in_its_own_account_and_region() {
    let stage = Stage::set().await;
    let (engine, session) = (stage.engine().await, stage.session().await);
    let id = engine
        .begin(&session, stage.plan().await, Vec::new())
        .await
        .unwrap();

    let mut elsewhere = stage.session().await;
    elsewhere.identity.account_id = "999999999999".to_owned();
    let wrong = Problem::WrongAccount {
        expected: "111122223333".to_owned(),
        found: "999999999999".to_owned(),
    };
    let begun = engine.begin(&elsewhere, stage.plan().await, vec![]).await;
    assert_eq!(begun, Err(wrong.clone()));
    assert_eq!(engine.carry_on(&elsewhere, &id).await, Err(wrong.clone()));
    assert_eq!(engine.undo(&elsewhere, &id, &[]).await, Err(wrong));

    let mut elsewhere = stage.session().await;
    elsewhere.identity.region = "us-east-2".to_owned();
    let answer = engine.carry_on(&elsewhere, &id).await;
    assert!(
        matches!(&answer, Err(Problem::WrongAccount { found, .. }) if found.contains("us-east-2")),
        "{answer:?}"
    );
    assert_eq!(stage.calls("CreateResourceGateway").await, 0);

    let run = engine.carry_on(&session, &id).await.unwrap();
    assert_done_once(&stage, &run).await;
}

#[tokio::test]
async fn a_run_that_is_not_there_is_told_as_not_found() {
    let stage = Stage::set().await;
    let (engine, session) = (stage.engine().await, stage.session().await);
    let nobody = pipelink_plan::run::RunId("none".to_owned());
    assert_eq!(engine.run(&nobody).await, Ok(None));
    for answer in [
        engine.carry_on(&session, &nobody).await.map(|_| ()),
        engine.undo(&session, &nobody, &[]).await.map(|_| ()),
        engine.cancel(&nobody).await,
        engine.leave(&nobody).await,
        engine.send_again(&nobody, &"gateway".into()).await,
    ] {
        assert!(
            matches!(answer, Err(Problem::NotFound { .. })),
            "{answer:?}"
        );
    }
}

#[tokio::test]
async fn time_in_which_nobody_looked_does_not_count_towards_a_limit() {
    // The account's own time stands almost still; the engine's clock, of another sandbox, is moved.
    let stage = Stage::set_at(0.001).await;
    let other = Stage::set().await;
    let clock = Clock::sandbox(&other.connection.aws_endpoint_url)
        .await
        .unwrap();
    let engine = Engine::open(&stage.journal(), clock).unwrap();
    let session = stage.session().await;
    let plan = stage.plan().await;
    let run = engine.begin(&session, plan, Vec::new()).await.unwrap();
    let carrying = tokio::spawn({
        let (engine, run) = (engine.clone(), run.clone());
        async move { engine.carry_on(&session, &run).await.unwrap() }
    });
    let waits = |run: &Run| {
        let state = &step(run, "gateway").state;
        matches!(state, StepState::Waiting { seen, .. } if seen == "CREATE_IN_PROGRESS")
    };
    stage.until(&engine, &run, waits).await;
    // The computer sleeps for hours.
    let later = other.advance(5 * 3600).await;
    let mut looks = None;
    loop {
        tokio::time::sleep(Duration::from_millis(50)).await;
        assert!(!carrying.is_finished(), "it still waits");
        if engine.clock().now() < later {
            continue;
        }
        let now = stage.calls("GetResourceGateway").await;
        if now >= *looks.get_or_insert(now) + 3 {
            break;
        }
    }
    stage.speed_up().await;
    let run = carrying.await.unwrap();
    assert_done_once(&stage, &run).await;
}

#[tokio::test]
async fn what_takes_longer_than_its_limit_is_told_and_can_be_carried_on() {
    // The account's own time stands almost still; the engine's clock, of another sandbox, runs.
    let stage = Stage::set_at(0.001).await;
    let other = Stage::set_at(20_000.0).await;
    let clock = Clock::sandbox(&other.connection.aws_endpoint_url)
        .await
        .unwrap();
    let engine = Engine::open(&stage.journal(), clock).unwrap();
    let session = stage.session().await;
    let run = stage.run(&engine, &session, stage.plan().await).await;
    let gateway = step(&run, "gateway");
    let problem = Problem::StillWaiting {
        resource: gateway
            .outputs
            .one(OutputName::GatewayId)
            .unwrap()
            .to_owned(),
        state: "CREATE_IN_PROGRESS".to_owned(),
    };
    assert_eq!(run.state, RunState::Stopped { problem });
    let seen = "CREATE_IN_PROGRESS".to_owned();
    let turn = Turn::Aws;
    assert_eq!(gateway.state, StepState::Waiting { seen, turn });
    drop(engine);

    stage.speed_up().await;
    let engine = stage.engine().await;
    let run = engine.carry_on(&session, &run.id).await.unwrap();
    assert_done_once(&stage, &run).await;
}
