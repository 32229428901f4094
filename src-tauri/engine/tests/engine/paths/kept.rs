//! Multi-VPC connectivity, which takes hours, and stays when a run is undone unless it is asked for.

use pipelink_engine::{Engine, Session};
use pipelink_plan::problem::Problem;
use pipelink_plan::run::{LogLine, Run, RunId, RunState, StepState};
use pipelink_plan::step::StepId;

use crate::stage::plans::{Shape, cluster_arn, only};
use crate::stage::{Stage, hands, step};

const UPDATE: &str = "UpdateConnectivity";

/// A run of a plan of that one step, begun.
async fn begun(stage: &Stage, engine: &Engine, session: &Session) -> RunId {
    let plan = only(&stage.plan_of(Shape::MskIam, true).await, &["connectivity"]);
    engine.begin(session, plan, Vec::new()).await.unwrap()
}

/// The run is left in the middle of the update.
async fn left(stage: &Stage, engine: &Engine, session: &Session) -> Run {
    let id = begun(stage, engine, session).await;
    let carrying = tokio::spawn({
        let (engine, id, session) = (engine.clone(), id.clone(), stage.session().await);
        async move { engine.carry_on(&session, &id).await.unwrap() }
    });
    let waits = |run: &Run| {
        let state = &step(run, "connectivity").state;
        matches!(state, StepState::Waiting { seen, .. } if seen == "UPDATING")
    };
    stage.until(engine, &id, waits).await;
    engine.cancel(&id).await.unwrap();
    let run = carrying.await.unwrap();
    let problem = Problem::Cancelled;
    assert_eq!(run.state, RunState::Stopped { problem }, "{run:#?}");
    assert!(waits(&run), "{run:#?}");
    run
}

async fn on(stage: &Stage) -> Vec<String> {
    let cluster = stage.cluster(&cluster_arn("events")).await;
    let on = cluster["vpc_authentication"].as_array().unwrap().iter();
    on.map(|it| it.as_str().unwrap().to_owned()).collect()
}

fn connectivity() -> [StepId; 1] {
    [StepId::from("connectivity")]
}

#[tokio::test]
async fn the_wait_for_it_can_be_left_and_taken_up_again() {
    let stage = Stage::set().await;
    let (engine, session) = (stage.engine().await, stage.session().await);
    let run = left(&stage, &engine, &session).await;
    // The process ends, and hours pass; AWS goes on.
    drop(engine);
    stage.advance(5 * 3600).await;
    let engine = stage.engine().await;
    let run = engine.carry_on(&session, &run.id).await.unwrap();
    assert_eq!(run.state, RunState::Done, "{run:#?}");
    assert_eq!(stage.calls(UPDATE).await, 1);
    assert_eq!(on(&stage).await, ["IAM"]);
}

#[tokio::test]
async fn it_stays_on_and_once_asked_for_is_off_again() {
    let stage = Stage::set().await;
    let (engine, session) = (stage.engine().await, stage.session().await);
    for also in [&[][..], &connectivity()[..]] {
        let id = begun(&stage, &engine, &session).await;
        let run = hands::carry_on(&stage, &engine, &session, &id).await;
        assert_eq!(run.state, RunState::Done, "{run:#?}");
        assert_eq!(on(&stage).await, ["IAM"]);
        let undoing = engine.undo(&session, &id, also);
        let run = hands::helped(&stage, &engine, &id, undoing).await;
        assert_eq!(run.state, RunState::Undone, "{run:#?}");
        let state = &step(&run, "connectivity").state;
        if also.is_empty() {
            assert_eq!(*state, StepState::Kept);
            assert_eq!(on(&stage).await, ["IAM"]);
            assert_eq!(stage.calls(UPDATE).await, 1);
            // Whoever turned it off by hand sets the next run to work.
            let off = engine.begin(
                &session,
                only(&stage.plan_of(Shape::MskIam, true).await, &["connectivity"]),
                Vec::new(),
            );
            // It is on already: the next run sends nothing, and has nothing to take back.
            let second = off.await.unwrap();
            let second = engine.carry_on(&session, &second).await.unwrap();
            assert_eq!(second.state, RunState::Done, "{second:#?}");
            assert!(step(&second, "connectivity").outputs.0.is_empty());
            let second = engine
                .undo(&session, &second.id, &connectivity())
                .await
                .unwrap();
            assert_eq!(second.state, RunState::Undone, "{second:#?}");
            assert_eq!(on(&stage).await, ["IAM"], "it is not the second run's");
            return_to_off(&stage, &engine, &session).await;
        } else {
            assert_eq!(*state, StepState::Undone);
            assert_eq!(on(&stage).await, [""; 0]);
        }
    }
}

/// Somebody turns connectivity off, as only AWS's console does otherwise.
async fn return_to_off(stage: &Stage, engine: &Engine, session: &Session) {
    let plan = only(&stage.plan_of(Shape::MskIam, true).await, &["connectivity"]);
    let action = &plan.steps[0].action;
    let nobody = RunId("nobody".to_owned());
    let made = pipelink_plan::step::Outputs::default();
    session.aws.remove(action, &nobody, &made).await.unwrap();
    stage.advance(5 * 3600).await;
    assert!(session.aws.removed(action, &made).await.unwrap());
    assert_eq!(on(stage).await, [""; 0]);
    assert!(!engine.runs().await.unwrap().is_empty());
}

#[tokio::test]
async fn asked_for_in_the_middle_of_the_update_it_is_waited_for_and_taken_back() {
    let stage = Stage::set().await;
    let (engine, session) = (stage.engine().await, stage.session().await);
    let run = left(&stage, &engine, &session).await;
    let began = stage.advance(0).await;
    let run = hands::undo(&stage, &engine, &session, &run.id).await;
    assert_eq!(run.state, RunState::Undone, "{run:#?}");
    assert_eq!(step(&run, "connectivity").state, StepState::Undone);
    assert_eq!(on(&stage).await, [""; 0]);
    // Longer than any other conflict is borne, and told while it was waited for.
    let took = run.ended_at.unwrap().duration_since(began);
    assert!(took.as_hours() >= 1, "{took:?}");
    let told = |line: &LogLine| line.text.contains("waiting") && line.text.contains("UPDATING");
    let lines = run.log.iter().filter(|line| told(line)).count();
    assert_eq!(lines, 1, "{run:#?}");
}

#[tokio::test]
async fn what_was_asked_for_is_kept_by_an_undo_that_stops_before_it() {
    let stage = Stage::set().await;
    let (engine, session) = (stage.engine().await, stage.session().await);
    let plan = stage.plan_of(Shape::MskIam, true).await;
    let plan = only(&plan, &["connectivity", "policy"]);
    let id = engine.begin(&session, plan, Vec::new()).await.unwrap();
    let run = hands::carry_on(&stage, &engine, &session, &id).await;
    assert_eq!(run.state, RunState::Done, "{run:#?}");
    stage.fault("kafka", "GetClusterPolicy", "deny", 0).await;
    let run = engine.undo(&session, &id, &connectivity()).await.unwrap();
    let stands = matches!(run.state, RunState::UndoStopped { .. });
    assert!(stands, "{run:#?}");
    assert_eq!(step(&run, "connectivity").state, StepState::Done);
    stage.clear_faults().await;
    drop(engine);
    // The next process has it from the journal.
    let engine = stage.engine().await;
    let found = engine.run(&id).await.unwrap().unwrap();
    assert_eq!(found.undo_also, connectivity());
    let undoing = engine.undo(&session, &id, &[]);
    let run = hands::helped(&stage, &engine, &id, undoing).await;
    assert_eq!(run.state, RunState::Undone, "{run:#?}");
    assert_eq!(step(&run, "connectivity").state, StepState::Undone);
    assert_eq!(on(&stage).await, [""; 0]);
}

#[tokio::test]
async fn what_an_undo_left_on_can_be_asked_for_afterwards() {
    let stage = Stage::set().await;
    let (engine, session) = (stage.engine().await, stage.session().await);
    let id = begun(&stage, &engine, &session).await;
    hands::carry_on(&stage, &engine, &session, &id).await;
    let kept = engine.undo(&session, &id, &[]).await.unwrap();
    assert_eq!(kept.state, RunState::Undone, "{kept:#?}");
    assert_eq!(step(&kept, "connectivity").state, StepState::Kept);
    // Asked for nothing more, it is over.
    let again = engine.undo(&session, &id, &[]).await.unwrap();
    assert_eq!(again, kept);
    let other = [StepId::from("policy")];
    assert_eq!(engine.undo(&session, &id, &other).await.unwrap(), kept);
    let run = hands::undo(&stage, &engine, &session, &id).await;
    assert_eq!(run.state, RunState::Undone, "{run:#?}");
    assert_eq!(step(&run, "connectivity").state, StepState::Undone);
    assert!(run.ended_at > kept.ended_at);
    assert_eq!(on(&stage).await, [""; 0]);
    assert_eq!(stage.calls(UPDATE).await, 2);
}

#[tokio::test]
async fn once_it_is_being_taken_back_whoever_continues_takes_it_back() {
    let stage = Stage::set().await;
    let (engine, session) = (stage.engine().await, stage.session().await);
    let id = begun(&stage, &engine, &session).await;
    let run = hands::carry_on(&stage, &engine, &session, &id).await;
    assert_eq!(run.state, RunState::Done, "{run:#?}");
    let undoing = tokio::spawn({
        let (engine, id, session) = (engine.clone(), id.clone(), stage.session().await);
        async move { engine.undo(&session, &id, &connectivity()).await.unwrap() }
    });
    let goes = |run: &Run| step(run, "connectivity").state == StepState::Undoing;
    stage.until(&engine, &id, goes).await;
    undoing.abort();
    assert!(undoing.await.unwrap_err().is_cancelled());
    let stands = |run: &Run| matches!(run.state, RunState::UndoStopped { .. });
    stage.until(&engine, &id, stands).await;
    drop(engine);
    // The next process knows of no wish.
    let engine = stage.engine().await;
    let undoing = engine.undo(&session, &id, &[]);
    let run = hands::helped(&stage, &engine, &id, undoing).await;
    assert_eq!(run.state, RunState::Undone, "{run:#?}");
    assert_eq!(step(&run, "connectivity").state, StepState::Undone);
    assert_eq!(on(&stage).await, [""; 0]);
}

#[tokio::test]
async fn an_update_that_failed_is_sent_again_when_the_run_is_continued() {
    let stage = Stage::set().await;
    let (engine, session) = (stage.engine().await, stage.session().await);
    let id = begun(&stage, &engine, &session).await;
    stage.fault("kafka", UPDATE, "failed_state", 1).await;
    let run = hands::carry_on(&stage, &engine, &session, &id).await;
    let RunState::Stopped { problem } = &run.state else {
        panic!("{run:#?}")
    };
    assert!(
        matches!(problem, Problem::EndedIn { state, reason: Some(_), .. } if state == "UPDATE_FAILED"),
        "{problem:?}"
    );
    let run = hands::carry_on(&stage, &engine, &session, &id).await;
    assert_eq!(run.state, RunState::Done, "{run:#?}");
    assert_eq!(stage.calls(UPDATE).await, 2);
}

#[tokio::test]
async fn an_update_that_is_found_by_the_undo_is_taken_back_once_it_is_over() {
    let stage = Stage::set_at(300.0).await;
    let (engine, session) = (stage.engine().await, stage.session().await);
    let id = begun(&stage, &engine, &session).await;
    stage.fault("kafka", UPDATE, "lost_answer", 3).await;
    stage
        .fault("kafka", "ListClusterOperationsV2", "deny", 0)
        .await;
    let run = engine.carry_on(&session, &id).await.unwrap();
    let RunState::Stopped { problem } = &run.state else {
        panic!("{run:#?}")
    };
    assert!(
        matches!(problem, Problem::AccessDenied { .. }),
        "{problem:?}"
    );
    stage.clear_faults().await;
    let began = stage.advance(0).await;
    let run = hands::undo(&stage, &engine, &session, &id).await;
    assert_eq!(run.state, RunState::Undone, "{run:#?}");
    assert_eq!(on(&stage).await, [""; 0]);
    let took = run.ended_at.unwrap().duration_since(began);
    assert!(took.as_hours() < 5, "{took:?}: {run:#?}");
}
