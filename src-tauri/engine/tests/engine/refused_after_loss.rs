//! A refusal that follows a lost answer. The SDK makes up to three attempts inside one call and tells only
//! the last answer: the first attempt may have made the thing, whatever was said to the others.

use pipelink_plan::problem::Problem;
use pipelink_plan::run::{Run, RunState, StepState};

use crate::stage::{STEPS, Stage, all, assert_done_once, step};

/// What is said to the attempts after the lost one, and to how many: a throttled attempt is repeated until
/// all three are spent, the others end the call.
const REFUSALS: [(&str, u32); 3] = [("deny", 1), ("throttle", 2), ("expired_credentials", 1)];

/// The list in which each step's thing is looked for.
fn list(id: &str) -> &'static str {
    match id {
        "gateway" => "ListResourceGateways",
        "configuration" => "ListResourceConfigurations",
        _ => "GetResourceShares",
    }
}

/// Drives a run into it: the thing is there, and the step says that it was refused.
async fn refused(stage: &Stage, at: (&str, &str, &str), refusal: (&str, u32)) -> Run {
    let ((id, service, operation), (kind, times)) = (at, refusal);
    let (engine, session) = (stage.engine().await, stage.session().await);
    let plan = stage.plan().await;
    stage.fault(service, operation, "lost_answer", 1).await;
    stage.fault(service, operation, kind, times).await;
    let run = stage.run(&engine, &session, plan).await;
    assert!(matches!(run.state, RunState::Stopped { .. }), "{run:#?}");
    let refused = step(&run, id);
    assert!(
        matches!(refused.state, StepState::Failed { .. }),
        "{run:#?}"
    );
    assert!(refused.outputs.0.is_empty());
    let position = STEPS.iter().position(|(each, _, _)| *each == id).unwrap();
    assert_eq!(stage.made_by(&run.id).await[position], 1, "{id} was made");
    stage.clear_faults().await;
    run
}

#[tokio::test]
async fn undo_leaves_nothing_behind() {
    all(REFUSALS.into_iter().flat_map(|refusal| {
        STEPS.into_iter().take(3).map(move |at| async move {
            let stage = Stage::set().await;
            let before = stage.resources().await;
            let run = refused(&stage, at, refusal).await;
            let (engine, session) = (stage.engine().await, stage.session().await);
            let run = engine.undo(&session, &run.id, &[]).await.unwrap();
            assert_eq!(run.state, RunState::Undone, "{run:#?}");
            assert!(
                before == stage.resources().await,
                "{at:?} {refusal:?}: {run:#?}"
            );
        })
    }))
    .await;
}

#[tokio::test]
async fn undo_finds_what_the_lists_do_not_show_yet() {
    all(REFUSALS.into_iter().flat_map(|refusal| {
        STEPS.into_iter().take(3).map(move |at| async move {
            let stage = Stage::set().await;
            let before = stage.resources().await;
            let run = refused(&stage, at, refusal).await;
            // So slow that what is shown after four looks is shown well within two minutes.
            stage.run_at(10.0).await;
            let (id, service, _) = at;
            stage.fault(service, list(id), "stale_list", 4).await;
            let (engine, session) = (stage.engine().await, stage.session().await);
            let run = engine.undo(&session, &run.id, &[]).await.unwrap();
            assert_eq!(run.state, RunState::Undone, "{run:#?}");
            assert!(step(&run, id).adopted, "{at:?} {refusal:?}: {run:#?}");
            assert!(
                before == stage.resources().await,
                "{at:?} {refusal:?}: {run:#?}"
            );
        })
    }))
    .await;
}

#[tokio::test]
async fn carrying_on_adopts_it_and_makes_no_other() {
    all(REFUSALS.into_iter().flat_map(|refusal| {
        STEPS.into_iter().take(3).map(move |at| async move {
            let stage = Stage::set().await;
            let run = refused(&stage, at, refusal).await;
            let calls = stage.calls(at.2).await;
            let (engine, session) = (stage.engine().await, stage.session().await);
            let run = engine.carry_on(&session, &run.id).await.unwrap();
            assert_done_once(&stage, &run).await;
            assert!(step(&run, at.0).adopted, "{at:?} {refusal:?}: {run:#?}");
            assert_eq!(stage.calls(at.2).await, calls, "{at:?} is not called again");
        })
    }))
    .await;
}

#[tokio::test]
async fn an_ordinary_refusal_is_looked_into_once_or_twice_and_no_longer() {
    all(STEPS
        .into_iter()
        .take(3)
        .map(|(id, service, operation)| async move {
            let stage = Stage::set().await;
            let (engine, session) = (stage.engine().await, stage.session().await);
            let before = stage.resources().await;
            let plan = stage.plan().await;
            stage.fault(service, operation, "deny", 0).await;
            let run = stage.run(&engine, &session, plan).await;
            let looks = stage.calls(list(id)).await;
            // Also the second time: a refusal after a look is as plain as the first one.
            for times in 1..=2 {
                let again = engine.carry_on(&session, &run.id).await.unwrap();
                let RunState::Stopped { problem } = &again.state else {
                    panic!("{again:#?}")
                };
                assert!(
                    matches!(problem, Problem::AccessDenied { .. }),
                    "{again:#?}"
                );
                let problem = problem.clone();
                assert_eq!(step(&again, id).state, StepState::Failed { problem });
                let looked = stage.calls(list(id)).await - looks;
                assert!((times..=2 * times).contains(&looked), "{id}: {looked}");
            }
            // By then everything that was made is shown.
            stage.advance(180).await;
            let looks = stage.calls(list(id)).await;
            let run = engine.undo(&session, &run.id, &[]).await.unwrap();
            assert_eq!(run.state, RunState::Undone, "{run:#?}");
            assert!(before == stage.resources().await);
            let said = |text: &str| run.log.iter().any(|line| line.text.contains(text));
            assert!(said("Nothing to remove"), "{run:#?}");
            let looked = stage.calls(list(id)).await - looks;
            assert!((1..=2).contains(&looked), "{id}: {looked}");
        }))
    .await;
}

#[tokio::test]
async fn clickhouses_refusal_is_one_and_needs_no_look() {
    let stage = Stage::set().await;
    let (engine, session) = (stage.engine().await, stage.session().await);
    let before = stage.resources().await;
    let operation = "CreateReversePrivateEndpoint";
    stage.fault("clickhouse", operation, "forbidden", 0).await;
    let list = "ListReversePrivateEndpoints";
    stage.fault("clickhouse", list, "forbidden", 0).await;
    let run = stage.run(&engine, &session, stage.plan().await).await;
    let state = &step(&run, "endpoint").state;
    assert!(matches!(state, StepState::Failed { .. }), "{state:?}");
    // The call is made once, so that a key without rights, or without a key, is no obstacle to undoing.
    let keyless = stage.session_without_key().await;
    let run = engine.undo(&keyless, &run.id, &[]).await.unwrap();
    assert_eq!(run.state, RunState::Undone, "{run:#?}");
    assert!(before == stage.resources().await);
    assert_eq!(stage.calls(list).await, 0);
}
