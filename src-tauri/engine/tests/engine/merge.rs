//! Other security groups for a gateway that is there: made, found again after a lost answer, given back, and
//! never over somebody else's change.

use std::collections::BTreeSet;

use pipelink_engine::{Engine, Session};
use pipelink_plan::paths::vpc_resource::change_gateway_groups;
use pipelink_plan::problem::Problem;
use pipelink_plan::run::{Run, RunState, StepState};
use pipelink_plan::step::{ActionKind, OutputName, Outputs};
use serde_json::Value;

use crate::stage::plans::{GATEWAY, Shape};
use crate::stage::{Stage, step};

const UPDATE: &str = "UpdateResourceGateway";
const THIRD_GROUP: &str = "sg-01bd8e7bd43ce14c7";

/// The gateway's groups in the world, and its state.
async fn gateway(stage: &Stage) -> (BTreeSet<String>, Value) {
    let gateway = stage.things().await.remove(GATEWAY).unwrap();
    let groups = gateway["security_group_ids"].as_array().unwrap();
    let groups = groups.iter().map(|id| id.as_str().unwrap().to_owned());
    (groups.collect(), gateway["status"].clone())
}

async fn groups(stage: &Stage) -> BTreeSet<String> {
    gateway(stage).await.0
}

async fn changed(stage: &Stage, engine: &Engine, session: &Session) -> Run {
    let plan = stage.plan_of(Shape::Groups, false).await;
    assert_eq!(plan.steps.len(), 1);
    assert_eq!(plan.steps[0].action.kind(), ActionKind::Merge);
    stage.run(engine, session, plan).await
}

/// Somebody else gives the gateway another set of groups.
async fn changed_by_another(
    stage: &Stage,
    engine: &Engine,
    session: &Session,
    groups: &[String],
) -> Run {
    let gateway = session.aws.gateway(GATEWAY).await.unwrap();
    let source = stage.plan_of(Shape::Groups, false).await.source;
    let plan = change_gateway_groups(&session.identity, &gateway, &source, groups);
    let run = stage.run(engine, session, plan.unwrap()).await;
    assert_eq!(run.state, RunState::Done, "{run:#?}");
    run
}

#[tokio::test]
async fn a_gateway_gets_other_groups_and_gets_its_own_back() {
    let stage = Stage::set().await;
    let (engine, session) = (stage.engine().await, stage.session_without_key().await);
    let before = groups(&stage).await;
    let run = changed(&stage, &engine, &session).await;
    assert_eq!(run.state, RunState::Done, "{run:#?}");
    let done = step(&run, "gateway");
    assert_eq!(done.outputs.one(OutputName::GatewayId), Some(GATEWAY));
    let (after, status) = gateway(&stage).await;
    assert_ne!(after, before);
    assert_eq!(status, "ACTIVE");
    assert_eq!(stage.made_by(&run.id).await, [0; 4], "nothing was made");

    let run = engine.undo(&session, &run.id, &[]).await.unwrap();
    assert_eq!(run.state, RunState::Undone, "{run:#?}");
    let (after, status) = gateway(&stage).await;
    assert_eq!(after, before);
    assert_eq!(status, "ACTIVE");
    assert_eq!(stage.calls(UPDATE).await, 2);
    assert_eq!(stage.calls("DeleteResourceGateway").await, 0);
    let said = |text: &str| run.log.iter().any(|line| line.text == text);
    assert!(said(&format!("{GATEWAY} is as it was")), "{run:#?}");
    assert!(!said(&format!("{GATEWAY} is gone")));
}

#[tokio::test]
async fn a_change_whose_answers_are_lost_is_found_and_not_sent_again() {
    let stage = Stage::set().await;
    let (engine, session) = (stage.engine().await, stage.session_without_key().await);
    let before = groups(&stage).await;
    stage.fault("vpc-lattice", UPDATE, "lost_answer", 3).await;
    let run = changed(&stage, &engine, &session).await;
    assert_eq!(run.state, RunState::Done, "{run:#?}");
    assert!(step(&run, "gateway").adopted);
    assert_eq!(stage.calls(UPDATE).await, 3, "the SDK's own attempts");
    let run = engine.undo(&session, &run.id, &[]).await.unwrap();
    assert_eq!(run.state, RunState::Undone, "{run:#?}");
    assert_eq!(groups(&stage).await, before);
}

#[tokio::test]
async fn a_change_that_never_arrived_is_sent_again() {
    let stage = Stage::set().await;
    let (engine, session) = (stage.engine().await, stage.session_without_key().await);
    stage.fault("vpc-lattice", UPDATE, "reset", 3).await;
    let run = changed(&stage, &engine, &session).await;
    assert_eq!(run.state, RunState::Done, "{run:#?}");
    assert!(!step(&run, "gateway").adopted);
    assert_eq!(stage.calls(UPDATE).await, 4);
}

#[tokio::test]
async fn undo_finds_a_change_whose_answer_was_lost() {
    let stage = Stage::set().await;
    let (engine, session) = (stage.engine().await, stage.session_without_key().await);
    let before = groups(&stage).await;
    let plan = stage.plan_of(Shape::Groups, false).await;
    stage.fault("vpc-lattice", UPDATE, "lost_answer", 3).await;
    // The gateway is read once before it is changed.
    let read = "GetResourceGateway";
    stage.fault("vpc-lattice", read, "delay", 1).await;
    stage.fault("vpc-lattice", read, "deny", 0).await;
    let run = stage.run(&engine, &session, plan).await;
    assert!(matches!(run.state, RunState::Stopped { .. }), "{run:#?}");
    assert_eq!(step(&run, "gateway").state, StepState::Sent);
    stage.clear_faults().await;
    assert_ne!(groups(&stage).await, before);
    let run = engine.undo(&session, &run.id, &[]).await.unwrap();
    assert_eq!(run.state, RunState::Undone, "{run:#?}");
    assert_eq!(groups(&stage).await, before);
}

#[tokio::test]
async fn somebody_elses_change_is_never_written_over() {
    let stage = Stage::set().await;
    let (engine, session) = (stage.engine().await, stage.session_without_key().await);
    let before = groups(&stage).await;
    let run = changed(&stage, &engine, &session).await;
    let third = [THIRD_GROUP.to_owned()];
    let other = changed_by_another(&stage, &engine, &session, &third).await;
    let theirs = groups(&stage).await;
    assert_eq!(theirs, BTreeSet::from([THIRD_GROUP.to_owned()]));
    let calls = stage.calls(UPDATE).await;

    let stopped = engine.undo(&session, &run.id, &[]).await.unwrap();
    let RunState::UndoStopped { problem } = &stopped.state else {
        panic!("{stopped:#?}")
    };
    assert!(matches!(problem, Problem::Conflict { .. }), "{problem:?}");
    assert_eq!(groups(&stage).await, theirs);
    assert_eq!(stage.calls(UPDATE).await, calls, "nothing was sent");
    // It does not take the half hour that a gateway may take to change.
    let told = stopped.log.last().unwrap().at;
    let begun = stopped
        .log
        .iter()
        .find(|line| line.text.starts_with("Undone as"));
    let took = told.duration_since(begun.unwrap().at);
    assert!(took.as_mins() < 10, "{took:?}");

    // Once theirs is taken back, ours can be.
    let other = engine.undo(&session, &other.id, &[]).await.unwrap();
    assert_eq!(other.state, RunState::Undone, "{other:#?}");
    let run = engine.undo(&session, &run.id, &[]).await.unwrap();
    assert_eq!(run.state, RunState::Undone, "{run:#?}");
    assert_eq!(groups(&stage).await, before);
}

#[tokio::test]
async fn groups_that_somebody_gave_back_already_are_left_so() {
    let stage = Stage::set().await;
    let (engine, session) = (stage.engine().await, stage.session_without_key().await);
    let before = groups(&stage).await;
    let run = changed(&stage, &engine, &session).await;
    let own: Vec<String> = before.iter().cloned().collect();
    changed_by_another(&stage, &engine, &session, &own).await;
    assert_eq!(groups(&stage).await, before);
    let calls = stage.calls(UPDATE).await;
    let run = engine.undo(&session, &run.id, &[]).await.unwrap();
    assert_eq!(run.state, RunState::Undone, "{run:#?}");
    assert_eq!(stage.calls(UPDATE).await, calls, "nothing was sent");
}

#[tokio::test]
async fn a_change_that_failed_is_sent_again_when_the_run_is_continued() {
    let stage = Stage::set().await;
    let (engine, session) = (stage.engine().await, stage.session_without_key().await);
    let before = groups(&stage).await;
    stage.fault("vpc-lattice", UPDATE, "failed_state", 1).await;
    let run = changed(&stage, &engine, &session).await;
    let RunState::Stopped { problem } = &run.state else {
        panic!("{run:#?}")
    };
    assert!(
        matches!(problem, Problem::EndedIn { state, .. } if state == "UPDATE_FAILED"),
        "{problem:?}"
    );
    let run = engine.carry_on(&session, &run.id).await.unwrap();
    assert_eq!(run.state, RunState::Done, "{run:#?}");
    assert_eq!(gateway(&stage).await.1, "ACTIVE");
    assert_eq!(stage.calls(UPDATE).await, 2);
    let run = engine.undo(&session, &run.id, &[]).await.unwrap();
    assert_eq!(run.state, RunState::Undone, "{run:#?}");
    assert_eq!(groups(&stage).await, before);
}

#[tokio::test]
async fn a_change_that_somebody_else_made_first_is_theirs_to_take_back() {
    let stage = Stage::set().await;
    let (engine, session) = (stage.engine().await, stage.session_without_key().await);
    let source = stage.plan_of(Shape::Groups, false).await.source;
    let as_planned = session.aws.gateway(GATEWAY).await.unwrap();
    stage.act(&format!("change-groups {GATEWAY}")).await;
    let theirs = groups(&stage).await;
    let wanted: Vec<String> = theirs.iter().cloned().collect();
    assert_ne!(wanted, as_planned.security_group_ids);
    let plan = change_gateway_groups(&session.identity, &as_planned, &source, &wanted).unwrap();
    let run = stage.run(&engine, &session, plan).await;
    assert_eq!(run.state, RunState::Done, "{run:#?}");
    assert_eq!(step(&run, "gateway").outputs, Outputs::default());

    let run = engine.undo(&session, &run.id, &[]).await.unwrap();
    assert_eq!(run.state, RunState::Undone, "{run:#?}");
    assert_eq!(groups(&stage).await, theirs);
    assert_eq!(stage.calls(UPDATE).await, 0, "nothing was sent");
    let said = |text: &str| run.log.iter().any(|line| line.text == text);
    assert!(said("Nothing to give back"), "{run:#?}");
}

#[tokio::test]
async fn a_change_that_shows_late_is_the_runs_own() {
    const READ: &str = "GetResourceGateway";
    let stage = Stage::set().await;
    let (engine, session) = (stage.engine().await, stage.session_without_key().await);
    let before = groups(&stage).await;
    let plan = stage.plan_of(Shape::Groups, false).await;
    stage.fault("vpc-lattice", UPDATE, "lost_answer", 3).await;
    // The gateway is read once before it is changed, and then for as long as its change is looked for.
    stage.fault("vpc-lattice", READ, "delay", 1).await;
    stage.fault("vpc-lattice", READ, "not_found_once", 9).await;
    let run = stage.run(&engine, &session, plan).await;
    assert_eq!(run.state, RunState::Done, "{run:#?}");
    assert_eq!(stage.calls(UPDATE).await, 3, "the SDK's own attempts");
    let said = |text: &str| run.log.iter().any(|line| line.text == text);
    assert!(said(&format!("{UPDATE} not sent: it is so already")));
    assert!(step(&run, "gateway").adopted, "{run:#?}");

    let run = engine.undo(&session, &run.id, &[]).await.unwrap();
    assert_eq!(run.state, RunState::Undone, "{run:#?}");
    assert_eq!(groups(&stage).await, before);
}

#[tokio::test]
async fn a_gateway_that_is_not_shown_for_a_moment_gets_its_groups_back_all_the_same() {
    let stage = Stage::set().await;
    let (engine, session) = (stage.engine().await, stage.session_without_key().await);
    let before = groups(&stage).await;
    let run = changed(&stage, &engine, &session).await;
    let read = "GetResourceGateway";
    stage.fault("vpc-lattice", read, "not_found_once", 4).await;
    let run = engine.undo(&session, &run.id, &[]).await.unwrap();
    assert_eq!(run.state, RunState::Undone, "{run:#?}");
    assert_eq!(groups(&stage).await, before);
    assert_eq!(stage.calls(UPDATE).await, 2);
}

#[tokio::test]
async fn a_gateway_that_stays_missing_has_nothing_to_get_back() {
    let stage = Stage::set().await;
    let (engine, session) = (stage.engine().await, stage.session_without_key().await);
    let run = changed(&stage, &engine, &session).await;
    let read = "GetResourceGateway";
    stage.fault("vpc-lattice", read, "not_found_once", 0).await;
    let began = stage.advance(0).await;
    let run = engine.undo(&session, &run.id, &[]).await.unwrap();
    assert_eq!(run.state, RunState::Undone, "{run:#?}");
    let took = run.ended_at.unwrap().duration_since(began);
    assert!(took.as_mins() >= 2, "{took:?}: {run:#?}");
    assert_eq!(stage.calls(UPDATE).await, 1);
}
