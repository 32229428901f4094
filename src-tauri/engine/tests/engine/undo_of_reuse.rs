//! Undo at any later time, and of plans that build upon what was there before: that is never touched.

use pipelink_plan::problem::Problem;
use pipelink_plan::run::{Run, RunState, StepState};
use pipelink_plan::step::OutputName;

use crate::stage::plans::{CONFIGURATION, GATEWAY, Shape};
use crate::stage::{Stage, step};

const A_MONTH: u64 = 30 * 24 * 3600;

#[tokio::test]
async fn what_a_plan_builds_upon_is_the_same_byte_for_byte_after_the_undo() {
    for (shape, used) in [
        (Shape::OnGateway, GATEWAY),
        (Shape::OnConfiguration, CONFIGURATION),
    ] {
        let stage = Stage::set().await;
        let before = stage.world().await;
        let (engine, session) = (stage.engine().await, stage.session().await);
        let plan = stage.plan_of(shape, true).await;
        assert!(!plan.uses.is_empty(), "{plan:#?}");
        let run = stage.run(&engine, &session, plan).await;
        assert_eq!(run.state, RunState::Done, "{run:#?}");
        let run = engine.undo(&session, &run.id, &[]).await.unwrap();
        assert_eq!(run.state, RunState::Undone, "{run:#?}");

        let after = stage.world().await;
        for kind in ["resource_gateways", "resource_configurations"] {
            let of = |world: &serde_json::Value| world["regions"]["us-east-1"][kind].to_string();
            assert_eq!(of(&before), of(&after), "{shape:?}");
        }
        assert_eq!(stage.calls("DeleteResourceGateway").await, 0);
        let deleted = stage.calls("DeleteResourceConfiguration").await;
        assert_eq!(deleted, usize::from(shape == Shape::OnGateway));
        assert!(
            run.log
                .iter()
                .all(|line| line.text != format!("Removing {used}"))
        );
    }
}

#[tokio::test]
async fn a_finished_run_is_undone_a_month_later() {
    let stage = Stage::set().await;
    let (engine, session) = (stage.engine().await, stage.session().await);
    let plan = stage.plan().await;
    let run = stage.run(&engine, &session, plan).await;
    assert_eq!(run.state, RunState::Done);
    drop(engine);
    stage.advance(A_MONTH).await;
    let engine = stage.engine().await;
    let run = engine.undo(&session, &run.id, &[]).await.unwrap();
    assert_eq!(run.state, RunState::Undone, "{run:#?}");
    assert_eq!(stage.made_by(&run.id).await, [0; 4]);
    let ended = run.ended_at.unwrap().duration_since(run.began_at);
    assert!(ended.as_secs() > i64::try_from(A_MONTH).unwrap());
}

#[tokio::test]
async fn a_run_left_as_it_is_is_undone_a_month_later() {
    let stage = Stage::set().await;
    let (engine, session) = (stage.engine().await, stage.session().await);
    let plan = stage.plan().await;
    let operation = "CreateReversePrivateEndpoint";
    stage.fault("clickhouse", operation, "forbidden", 0).await;
    let run = stage.run(&engine, &session, plan).await;
    engine.leave(&run.id).await.unwrap();
    assert_eq!(stage.made_by(&run.id).await, [1, 1, 1, 0]);
    drop(engine);
    stage.advance(A_MONTH).await;
    let engine = stage.engine().await;
    let run = engine.undo(&session, &run.id, &[]).await.unwrap();
    assert_eq!(run.state, RunState::Undone, "{run:#?}");
    assert!(run.steps.iter().all(|step| step.state == StepState::Undone));
    assert_eq!(stage.made_by(&run.id).await, [0; 4]);
    // Once more changes nothing and calls nobody.
    let calls = stage.calls("DeleteResourceGateway").await;
    assert_eq!(engine.undo(&session, &run.id, &[]).await.unwrap(), run);
    assert_eq!(stage.calls("DeleteResourceGateway").await, calls);
}

#[tokio::test]
async fn what_another_run_builds_upon_stops_the_undo_until_that_run_is_undone() {
    let stage = Stage::set().await;
    let before = stage.things().await;
    let (engine, session) = (stage.engine().await, stage.session().await);
    let plan = stage.plan_of(Shape::OnGateway, true).await;
    let run = stage.run(&engine, &session, plan).await;
    assert_eq!(run.state, RunState::Done, "{run:#?}");
    let made = &step(&run, "configuration").outputs;
    let configuration = made.one(OutputName::ConfigurationId).unwrap();
    let plan = stage.plan_upon(configuration).await;
    let later = stage.run(&engine, &session, plan).await;
    assert_eq!(later.state, RunState::Done, "{later:#?}");

    // Asked to stop, it does not sit the conflict out.
    let undoing = tokio::spawn({
        let (engine, session, run) = (engine.clone(), stage.session().await, run.id.clone());
        async move { engine.undo(&session, &run, &[]).await.unwrap() }
    });
    let is_refused = |run: &Run| step(run, "configuration").state == StepState::Undoing;
    stage.until(&engine, &run.id, is_refused).await;
    engine.cancel(&run.id).await.unwrap();
    let stopped = undoing.await.unwrap();
    let problem = Problem::Cancelled;
    assert_eq!(stopped.state, RunState::UndoStopped { problem });
    assert!(is_refused(&stopped), "{stopped:#?}");

    let run = engine.undo(&session, &run.id, &[]).await.unwrap();
    let RunState::UndoStopped { problem } = &run.state else {
        panic!("{run:#?}")
    };
    assert!(matches!(problem, Problem::Conflict { .. }), "{problem:?}");
    assert_eq!(step(&run, "share").state, StepState::Undone);
    assert_eq!(step(&run, "configuration").state, StepState::Undoing);
    assert_eq!(stage.made_by(&later.id).await, [0, 0, 1, 1]);
    let Problem::Conflict { message, .. } = problem else {
        panic!("{problem:?}")
    };
    let share = step(&later, "share").outputs.one(OutputName::ShareArn);
    assert!(message.contains(share.unwrap()), "{message}");
    assert_eq!(stage.calls("DeleteResourceEndpointAssociation").await, 0);
    let attached = session.aws.endpoint_associations(configuration).await;
    let endpoint = &step(&later, "endpoint").outputs;
    let theirs = |name| endpoint.one(name).unwrap().to_owned();
    let attached = attached.unwrap();
    assert_eq!(attached.len(), 1, "{attached:?}");
    let vpc_endpoint = theirs(OutputName::VpcEndpointId);
    assert_eq!(attached[0].vpc_endpoint_id, Some(vpc_endpoint));
    let endpoint = &stage.things().await[&theirs(OutputName::EndpointId)];
    assert_eq!(endpoint["status"], "Ready", "{endpoint}");

    for id in [&later.id, &run.id] {
        let run = engine.undo(&session, id, &[]).await.unwrap();
        assert_eq!(run.state, RunState::Undone, "{run:#?}");
    }
    assert_eq!(stage.things().await, before);
}
