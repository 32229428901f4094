//! A disk that is full: nobody is called whom the journal does not know of, and nothing is lost.
//!
//! A child process is forbidden to write into any file from some moment on; what SQLite meets is a real
//! refusal of a real write.

use std::fs;
use std::time::Duration;

use pipelink_plan::run::{RunId, StepState};
use pipelink_sandbox::Connection;

use crate::stage::{self, Stage, assert_done_once, step};

const JOURNAL: &str = "PIPELINK_TEST_JOURNAL";
const CONNECTION: &str = "PIPELINK_TEST_CONNECTION";
const RUN: &str = "PIPELINK_TEST_RUN";
const WHEN: &str = "PIPELINK_TEST_FULL_WHEN";
/// Made beside the journal, empty, once nothing can be written any more.
const FULL: &str = "full";

/// Not a test of its own: a process whose disk becomes full while it has a run in hand.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "the child of the tests beside it"]
async fn child() {
    let connection: Connection = serde_json::from_str(&std::env::var(CONNECTION).unwrap()).unwrap();
    let journal = std::path::PathBuf::from(std::env::var(JOURNAL).unwrap());
    let run = RunId(std::env::var(RUN).unwrap());
    let engine = stage::engine(&connection, journal.clone()).await;
    let session = stage::session(&connection, true).await;
    let fill = || {
        let none = rustix::process::Rlimit {
            current: Some(0),
            maximum: Some(0),
        };
        rustix::process::setrlimit(rustix::process::Resource::Fsize, none).unwrap();
        fs::File::create(journal.with_file_name(FULL)).unwrap();
    };
    let carrying = {
        let (engine, run) = (engine.clone(), run.clone());
        async move { engine.carry_on(&session, &run).await }
    };
    let carried = if std::env::var(WHEN).unwrap() == "at once" {
        fill();
        carrying.await
    } else {
        let carrying = tokio::spawn(carrying);
        loop {
            let now = engine.run(&run).await.unwrap().unwrap();
            if step(&now, "gateway").state == StepState::Sent {
                break;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        fill();
        carrying.await.unwrap()
    };
    println!("{carried:?}");
    // What is there can still be read.
    assert!(engine.run(&run).await.unwrap().is_some());
}

/// Has the child carry the run on, and answers what it printed.
async fn carry_on(stage: &Stage, run: &RunId, when: &str) -> String {
    // The shell has the child ignore the signal, so that a write past the limit fails as on a full disk.
    let output = tokio::process::Command::new("sh")
        .args([
            "-c",
            "trap '' XFSZ; exec \"$0\" --exact full_disk::child --ignored --nocapture",
        ])
        .arg(std::env::current_exe().unwrap())
        .env(JOURNAL, stage.journal())
        .env(
            CONNECTION,
            serde_json::to_string(&stage.connection).unwrap(),
        )
        .env(RUN, &run.0)
        .env(WHEN, when)
        .kill_on_drop(true)
        .output()
        .await
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let complained = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}{complained}");
    said
}

async fn begin(stage: &Stage) -> RunId {
    let (engine, session) = (stage.engine().await, stage.session().await);
    let plan = stage.plan().await;
    engine.begin(&session, plan, Vec::new()).await.unwrap()
}

#[tokio::test]
async fn full_from_the_start_nobody_is_called_and_the_run_goes_on_when_there_is_room() {
    let stage = Stage::set().await;
    let run = begin(&stage).await;
    let said = carry_on(&stage, &run, "at once").await;
    assert!(said.contains("Err(JournalUnwritable"), "{said}");
    assert_eq!(stage.calls("CreateResourceGateway").await, 0);

    let engine = stage.engine().await;
    let found = engine.run(&run).await.unwrap().unwrap();
    let pending = |step: &pipelink_plan::run::RunStep| step.state == StepState::Pending;
    assert!(found.steps.iter().all(pending), "{found:#?}");
    let found = engine.carry_on(&stage.session().await, &run).await.unwrap();
    assert_done_once(&stage, &found).await;
}

#[tokio::test]
async fn full_before_the_answer_can_be_written_what_was_made_is_adopted() {
    let stage = Stage::set().await;
    let run = begin(&stage).await;
    stage
        .fault("vpc-lattice", "CreateResourceGateway", "hold_after", 1)
        .await;
    let full = async {
        stage.until_held().await;
        while !stage.folder.path().join(FULL).exists() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        stage.clear_faults().await;
    };
    let (said, ()) = tokio::join!(carry_on(&stage, &run, "under way"), full);
    assert!(said.contains("Err(JournalUnwritable"), "{said}");
    assert_eq!(stage.calls("CreateResourceConfiguration").await, 0);

    let engine = stage.engine().await;
    let found = engine.run(&run).await.unwrap().unwrap();
    assert_eq!(step(&found, "gateway").state, StepState::Sent, "{found:#?}");
    let found = engine.carry_on(&stage.session().await, &run).await.unwrap();
    assert_done_once(&stage, &found).await;
    assert!(step(&found, "gateway").adopted);
    assert_eq!(stage.calls("CreateResourceGateway").await, 1);
}
