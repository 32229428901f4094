//! Undo with rights that do not reach: what may not be deleted is either there, and the missing right is told; or
//! gone, and has no tag left that a scoped right could match. What is not shown yet is not gone.

use pipelink_engine::{Engine, Session};
use pipelink_plan::problem::Problem;
use pipelink_plan::run::{Run, RunState, StepState};
use pipelink_plan::step::OutputName;

use crate::stage::{Stage, step};

const SHARES: &str = "GetResourceShares";

/// A run that was stopped right after its share was made.
async fn with_a_new_share(stage: &Stage, engine: &Engine, session: &Session) -> Run {
    let plan = stage.plan().await;
    stage.fault("ram", SHARES, "deny", 1).await;
    let run = stage.run(engine, session, plan).await;
    assert!(matches!(run.state, RunState::Stopped { .. }), "{run:#?}");
    assert_eq!(stage.made_by(&run.id).await, [1, 1, 1, 0]);
    run
}

#[tokio::test]
async fn a_new_share_that_is_not_listed_yet_and_may_not_be_deleted_stops_the_undo() {
    for unseen in ["not_found_once", "stale_list"] {
        let stage = Stage::set().await;
        let (engine, session) = (stage.engine().await, stage.session().await);
        let run = with_a_new_share(&stage, &engine, &session).await;
        stage.fault("ram", "DeleteResourceShare", "deny", 0).await;
        stage.fault("ram", SHARES, unseen, 6).await;
        let run = engine.undo(&session, &run.id, &[]).await.unwrap();
        let RunState::UndoStopped { problem } = &run.state else {
            panic!("{unseen}: {run:#?}")
        };
        match problem {
            Problem::AccessDenied { action, .. } => assert_eq!(action, "ram:DeleteResourceShare"),
            other => panic!("{unseen}: {other:?}"),
        }
        assert_eq!(step(&run, "share").state, StepState::Undoing);
        assert_eq!(stage.made_by(&run.id).await, [1, 1, 1, 0], "{unseen}");

        stage.clear_faults().await;
        let run = engine.undo(&session, &run.id, &[]).await.unwrap();
        assert_eq!(run.state, RunState::Undone, "{unseen}: {run:#?}");
        assert_eq!(stage.made_by(&run.id).await, [0; 4], "{unseen}");
    }
}

#[tokio::test]
async fn what_somebody_else_deleted_is_gone_although_it_may_not_be_deleted() {
    let stage = Stage::set().await;
    let (engine, session) = (stage.engine().await, stage.session().await);
    let run = with_a_new_share(&stage, &engine, &session).await;
    let share = step(&run, "share").outputs.one(OutputName::ShareArn);
    stage.act(&format!("delete-share {}", share.unwrap())).await;
    // Deleted shares stay listed for a while; then nothing is left of it.
    stage.advance(3 * 3600).await;
    stage.fault("ram", "DeleteResourceShare", "deny", 0).await;
    let began = stage.advance(0).await;
    let run = engine.undo(&session, &run.id, &[]).await.unwrap();
    assert_eq!(run.state, RunState::Undone, "{run:#?}");
    assert_eq!(stage.made_by(&run.id).await, [0; 4]);
    let shares_end = step(&run, "share").ended_at.unwrap();
    assert!(shares_end.duration_since(began).as_mins() >= 2, "{run:#?}");
}
