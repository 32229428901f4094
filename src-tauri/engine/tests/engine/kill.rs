//! A process that is killed anywhere on the way: the run is continued by another, and nothing is made twice.
//!
//! The run is driven by a child process (this test binary again, with the one test [`child`]), which is
//! killed without warning; the journal is on disk and the sandbox lives in the parent.

mod steps;

use std::process::{Child, Command, Stdio};

use pipelink_engine::Engine;
use pipelink_plan::problem::Problem;
use pipelink_plan::run::{Run, RunId, RunState, StepState};
use pipelink_plan::step::StepId;
use pipelink_sandbox::Connection;

use crate::stage::{self, STEPS, Stage, assert_done_once, step};

const JOURNAL: &str = "PIPELINK_TEST_JOURNAL";
const CONNECTION: &str = "PIPELINK_TEST_CONNECTION";
const RUN: &str = "PIPELINK_TEST_RUN";
const VERB: &str = "PIPELINK_TEST_VERB";
const KEYLESS: &str = "PIPELINK_TEST_KEYLESS";
const ALSO: &str = "PIPELINK_TEST_ALSO";

/// Not a test of its own: what the child process does.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "the child of the tests beside it"]
async fn child() {
    let connection: Connection = serde_json::from_str(&std::env::var(CONNECTION).unwrap()).unwrap();
    let journal = std::env::var(JOURNAL).unwrap();
    let run = RunId(std::env::var(RUN).unwrap());
    let engine = stage::engine(&connection, journal.into()).await;
    let session = stage::session(&connection, std::env::var_os(KEYLESS).is_none()).await;
    match std::env::var(VERB).unwrap().as_str() {
        "carry_on" => engine.carry_on(&session, &run).await.map(|_| ()),
        "undo" => {
            let also = std::env::var(ALSO).map(StepId).into_iter();
            let also: Vec<StepId> = also.collect();
            engine.undo(&session, &run, &also).await.map(|_| ())
        }
        verb => panic!("no such verb: {verb}"),
    }
    .unwrap();
}

fn start(stage: &Stage, run: &RunId, verb: &str) -> Killed {
    spawn(&mut command(stage, run, verb))
}

fn spawn(command: &mut Command) -> Killed {
    Killed(command.spawn().unwrap())
}

fn command(stage: &Stage, run: &RunId, verb: &str) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args(["--exact", "kill::child", "--ignored", "--nocapture"])
        .env(JOURNAL, stage.journal())
        .env(
            CONNECTION,
            serde_json::to_string(&stage.connection).unwrap(),
        )
        .env(RUN, &run.0)
        .env(VERB, verb)
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}

/// A child that does not outlive its test.
struct Killed(Child);

impl Killed {
    fn kill(mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

impl Drop for Killed {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Begins a run, and lets go of the journal.
async fn begin(stage: &Stage) -> RunId {
    let (engine, session) = (stage.engine().await, stage.session().await);
    let plan = stage.plan().await;
    engine.begin(&session, plan, Vec::new()).await.unwrap()
}

/// Opens the journal after the kill: the run stands still and says why.
async fn reopen(stage: &Stage, run: &RunId) -> (Engine, Run) {
    let engine = stage.engine().await;
    let found = engine.run(run).await.unwrap().unwrap();
    (engine, found)
}

fn interrupted(run: &Run) {
    let problem = Problem::Interrupted;
    assert_eq!(run.state, RunState::Stopped { problem }, "{run:#?}");
}

#[tokio::test]
async fn killed_while_waiting_for_the_share_to_be_accepted() {
    let stage = Stage::set().await;
    let (engine, keyless) = (stage.engine().await, stage.session_without_key().await);
    let plan = stage.plan_by_hand().await;
    let run = engine.begin(&keyless, plan, Vec::new()).await.unwrap();
    let child = spawn(command(&stage, &run, "carry_on").env(KEYLESS, "1"));
    // The step before it reads the same: only once this one has seen something is the next read its own.
    let waits = |run: &Run| {
        let state = &step(run, "acceptance").state;
        matches!(state, StepState::Waiting { seen, .. } if !seen.is_empty())
    };
    stage.until(&engine, &run, waits).await;
    drop(engine);
    stage
        .fault("ram", "GetResourceShareAssociations", "hold_before", 1)
        .await;
    stage.until_held().await;
    child.kill();
    stage.clear_faults().await;

    let (engine, found) = reopen(&stage, &run).await;
    interrupted(&found);
    assert!(waits(&found), "{found:#?}");
    let carrying = tokio::spawn({
        let (engine, run) = (engine.clone(), run.clone());
        async move { engine.carry_on(&keyless, &run).await.unwrap() }
    });
    let waits_again = |run: &Run| run.state == RunState::Running && waits(run);
    let waiting = stage.until(&engine, &run, waits_again).await;
    assert!(!carrying.is_finished(), "nobody has accepted it yet");
    stage.create_endpoint_by_hand(&waiting).await;
    let found = carrying.await.unwrap();
    assert_eq!(found.state, RunState::Done, "{found:#?}");
    assert_eq!(stage.made_by(&run).await[..3], [1, 1, 1]);
    for (_, _, operation) in STEPS.into_iter().take(3) {
        assert_eq!(stage.calls(operation).await, 1, "{operation}");
    }
}

#[tokio::test]
async fn a_run_in_another_process_is_left_alone_until_that_process_is_gone() {
    let stage = Stage::set().await;
    let run = begin(&stage).await;
    stage
        .fault("vpc-lattice", "CreateResourceGateway", "hold_after", 1)
        .await;
    let child = start(&stage, &run, "carry_on");
    stage.until_held().await;

    let (engine, found) = reopen(&stage, &run).await;
    assert_eq!(found.state, RunState::Running, "it runs, elsewhere");
    let session = stage.session().await;
    for answer in [
        engine.carry_on(&session, &run).await.map(|_| ()),
        engine.undo(&session, &run, &[]).await.map(|_| ()),
        engine.leave(&run).await,
    ] {
        assert_eq!(answer, Err(Problem::HeldElsewhere));
    }
    // Cancelling reaches it through the journal.
    engine.cancel(&run).await.unwrap();
    stage.clear_faults().await;
    let found = stage
        .until(&engine, &run, |run| {
            matches!(run.state, RunState::Stopped { .. })
        })
        .await;
    let problem = Problem::Cancelled;
    assert_eq!(found.state, RunState::Stopped { problem });
    drop(child);
    let found = engine.carry_on(&session, &run).await.unwrap();
    assert_done_once(&stage, &found).await;
}

#[tokio::test]
async fn a_process_that_is_killed_while_another_watches_is_noticed_by_its_next_sweep() {
    let stage = Stage::set().await;
    let run = begin(&stage).await;
    stage
        .fault("vpc-lattice", "CreateResourceGateway", "hold_after", 1)
        .await;
    let child = start(&stage, &run, "carry_on");
    stage.until_held().await;
    let (engine, session) = (stage.engine().await, stage.session_without_key().await);
    // A run that was begun here and not taken in hand yet is none of them.
    let begun = engine
        .begin(&session, stage.plan().await, Vec::new())
        .await
        .unwrap();
    engine.sweep(&session).await.unwrap();
    let state = |run: Option<Run>| run.unwrap().state;
    assert_eq!(state(engine.run(&run).await.unwrap()), RunState::Running);
    child.kill();
    engine.sweep(&session).await.unwrap();
    interrupted(&engine.run(&run).await.unwrap().unwrap());
    assert_eq!(state(engine.run(&begun).await.unwrap()), RunState::Running);
}

#[tokio::test]
async fn two_tasks_of_one_process_do_not_share_a_run_either() {
    let stage = Stage::set().await;
    let run = begin(&stage).await;
    let engine = stage.engine().await;
    stage
        .fault("vpc-lattice", "GetResourceGateway", "hold_before", 1)
        .await;
    let carrying = tokio::spawn({
        let (engine, run, session) = (engine.clone(), run.clone(), stage.session().await);
        async move { engine.carry_on(&session, &run).await.map(|_| ()) }
    });
    stage.until_held().await;
    let session = stage.session().await;
    let second = engine.carry_on(&session, &run).await;
    assert_eq!(second, Err(Problem::HeldElsewhere));

    // A task that is ended gives its run back at once.
    carrying.abort();
    assert!(carrying.await.unwrap_err().is_cancelled());
    let found = stage
        .until(&engine, &run, |run| run.state != RunState::Running)
        .await;
    interrupted(&found);
    stage.clear_faults().await;
    let found = engine.carry_on(&session, &run).await.unwrap();
    assert_done_once(&stage, &found).await;
}
