//! Journals of every earlier version of the schema: they open, their runs can be read, and continued or undone.
//!
//! The fixtures hold what the versions of their time wrote, as SQL text. They are never edited.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use pipelink_engine::Engine;
use pipelink_engine::clock::Clock;
use pipelink_plan::endpoint::EndpointStatus;
use pipelink_plan::facts::Identity;
use pipelink_plan::problem::Problem;
use pipelink_plan::readings::{connect, policy, review, topology};
use pipelink_plan::run::{Run, RunState, StepState};
use pipelink_plan::step::{Action, Definition, DnsResolution, Outputs, StepId, Target};
use rusqlite::Connection;
use serde_json::{Value, json};
use tempfile::{TempDir, tempdir};

use crate::stage::{STEPS, Stage, assert_done_once, engine, step};

/// The versions that have been superseded.
const VERSIONS: [u32; 4] = [1, 2, 3, 4];

fn text(version: u32) -> String {
    let name = format!("tests/fixtures/journal_{version}.sql");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(&name);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// Makes the journal file that the text describes.
fn write(text: &str) -> (TempDir, PathBuf) {
    let folder = tempdir().unwrap();
    let path = folder.path().join("journal.sqlite");
    let file = Connection::open(&path).unwrap();
    // The rows stand in the order of their tables' names.
    file.pragma_update(None, "foreign_keys", false).unwrap();
    file.execute_batch(text).unwrap();
    file.close().unwrap();
    (folder, path)
}

fn version(path: &Path) -> u32 {
    let file = Connection::open(path).unwrap();
    file.query_row("PRAGMA user_version", [], |row| row.get(0))
        .unwrap()
}

/// One row of the runs, and its steps' states, outputs and tokens, as stored.
fn stored(path: &Path) -> BTreeMap<String, (Value, Value, Vec<[String; 4]>)> {
    let file = Connection::open(path).unwrap();
    let mut runs = file.prepare("SELECT id, plan, state FROM runs").unwrap();
    let runs: Vec<(String, String, String)> = runs
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    let steps = |run: &str| {
        file.prepare("SELECT id, state, outputs, coalesce(token, '') FROM steps WHERE run = ?1 ORDER BY position")
            .unwrap()
            .query_map([run], |row| {
                Ok([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?])
            })
            .unwrap()
            .collect::<Result<Vec<_>, _>>()
            .unwrap()
    };
    runs.into_iter()
        .map(|(id, plan, state)| {
            let steps = steps(&id);
            let json = |text: &str| serde_json::from_str(text).unwrap();
            (id, (json(&plan), json(&state), steps))
        })
        .collect()
}

fn made(run: &Run) -> BTreeMap<StepId, Outputs> {
    let steps = run.steps.iter();
    steps
        .map(|step| (step.id.clone(), step.outputs.clone()))
        .collect()
}

#[test]
fn every_version_but_the_newest_has_a_fixture() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("new.sqlite");
    drop(Engine::open(&path, Clock::system()).unwrap());
    let newest = version(&path);
    let superseded: Vec<u32> = (1..newest).collect();
    assert_eq!(VERSIONS.as_slice(), superseded, "a fixture is missing");
    for each in superseded {
        let (_folder, path) = write(&text(each));
        assert_eq!(version(&path), each, "the fixture is of that version");
    }
}

#[tokio::test]
async fn old_journals_open_with_their_runs_and_what_was_seen() {
    for each in VERSIONS {
        let (_folder, path) = write(&text(each));
        let before = stored(&path);
        let engine = Engine::open(&path, Clock::system()).unwrap();
        let runs = engine.runs().await.unwrap();
        assert_eq!(runs.len(), before.len());
        assert!(runs.len() >= 3, "version {each}");
        for run in &runs {
            let (plan, state, steps) = &before[&run.id.0];
            same_plan(run, plan);
            same_state(run, state);
            same_steps(run, steps, &path);
            readable(run);
        }
        let identity = Identity {
            endpoint_override: None,
            ..runs[0].identity.clone()
        };
        let board = engine.board(&identity).await.unwrap();
        assert_eq!(board.rows.len(), 6, "version {each}: {board:#?}");
        assert!(board.swept_at.is_some());
        let of_a_run = board.rows.iter().filter(|row| row.run.is_some());
        assert_eq!(of_a_run.count(), 1, "{board:#?}");
        let waits = |status: &EndpointStatus| *status == EndpointStatus::PendingAcceptance;
        assert!(board.rows.iter().any(|row| waits(&row.endpoint.status)));
    }
}

#[tokio::test]
async fn what_a_sweep_of_version_1_saw_in_doubt_is_not_shown_and_is_seen_again() {
    let doubt = "UPDATE sweeps SET problem = '{\"code\":\"keyMissing\"}';";
    let stage = Stage::set().await;
    for doubtful in [false, true] {
        let text = text(1) + if doubtful { doubt } else { "" };
        let (_folder, path) = write(&text);
        let engine = engine(&stage.connection, path).await;
        let session = stage.session_without_key().await;
        let found = engine.board(&session.identity).await.unwrap();
        // Version 1 had one sweep for all accounts: it may be another account's.
        assert_eq!(found.rows.is_empty(), doubtful);
        assert_eq!(found.swept_at.is_none(), doubtful);
        // It is as good as a new one from here on.
        let swept = engine.sweep(&session).await.unwrap();
        assert_eq!(swept.rows.len(), found.rows.len());
        assert!(swept.swept_at > found.swept_at);
    }
}

/// The stored plan in today's words: the same source, the same steps, nothing that was there before.
fn same_plan(run: &Run, stored: &Value) {
    // From version 3 on a source may be another than a database.
    let arn = [&stored["source"]["arn"], &stored["source"]["target"]["arn"]]
        .into_iter()
        .find_map(Value::as_str)
        .unwrap()
        .to_owned();
    assert_eq!(
        run.plan.source.target,
        Target::Database { arn: arn.clone() }
    );
    assert_eq!(run.plan.source.name, stored["source"]["name"]);
    assert_eq!(run.plan.uses, []);
    let steps = stored["steps"].as_array().unwrap();
    assert_eq!(run.plan.steps.len(), steps.len());
    for (step, stored) in run.plan.steps.iter().zip(steps) {
        assert_eq!(step.id.0, stored["id"]);
        match &step.action {
            Action::CreateResourceGateway {
                dns_resolution,
                name,
                ..
            } => {
                assert_eq!(*dns_resolution, DnsResolution::Public);
                assert_eq!(*name, stored["action"]["name"]);
            }
            Action::CreateResourceConfiguration { definition, .. } => {
                assert_eq!(*definition, Definition::Database { arn: arn.clone() });
            }
            Action::CreateReversePrivateEndpoint {
                to, private_dns, ..
            } => {
                let to = serde_json::to_value(to).unwrap();
                assert_eq!(to["type"], "vpcResource");
                // From version 4 on an endpoint says what kind of thing it connects to.
                let stored = &stored["action"];
                let stored = stored.get("to").unwrap_or(stored);
                assert_eq!(to["configuration"], stored["configuration"]);
                assert_eq!(to["share"], stored["share"]);
                assert_eq!(*private_dns, []);
            }
            Action::CreateResourceShare { .. } | Action::AwaitShareAcceptance { .. } => {
                let mut today = serde_json::to_value(&step.action).unwrap();
                // Nobody had names of one's own for what is made by hand.
                let names = today.as_object_mut().unwrap().remove("privateDns");
                assert!(names.is_none_or(|it| it == json!([])));
                assert_eq!(today, stored["action"]);
            }
            _ => panic!("not of that time: {run:#?}"),
        }
    }
}

fn same_state(run: &Run, stored: &Value) {
    if stored["state"] == "running" {
        let problem = Problem::Interrupted;
        assert_eq!(run.state, RunState::Stopped { problem });
        assert_eq!(run.log.last().unwrap().text, "Interrupted");
    } else {
        assert_eq!(serde_json::to_value(&run.state).unwrap(), *stored);
    }
}

fn same_steps(run: &Run, before: &[[String; 4]], path: &Path) {
    assert_eq!(stored(path)[&run.id.0].2, before);
    for (step, [id, state, outputs, _]) in run.steps.iter().zip(before) {
        assert_eq!(step.id.0, *id);
        let json = |text: &str| -> Value { serde_json::from_str(text).unwrap() };
        assert_eq!(serde_json::to_value(&step.state).unwrap(), json(state));
        assert_eq!(serde_json::to_value(&step.outputs).unwrap(), json(outputs));
    }
}

/// Every reading of the plan has something to say.
fn readable(run: &Run) {
    let made = made(run);
    assert_eq!(review::review(&run.plan).len(), run.plan.steps.len());
    let picture = topology::topology(&run.plan, &made);
    assert!(!serde_json::to_string(&picture).unwrap().is_empty());
    let sheet = connect::sheet(&run.plan, &made);
    let sheet = serde_json::to_string(&sheet).unwrap();
    assert!(sheet.contains("orders-postgres"), "{sheet}");
    let policy = serde_json::to_string(&policy::policy(&run.plan)).unwrap();
    assert!(policy.contains("vpc-lattice:CreateResourceGateway"));
}

/// The fixture, with the run `old` having made what `new` made in the sandbox of today.
fn transplanted(fixture: &str, old: &Run, new: &Run) -> String {
    let mut text = fixture.replace(&old.id.0, &new.id.0);
    for (old, new) in old.steps.iter().zip(&new.steps) {
        assert_eq!(old.id, new.id);
        assert_eq!(old.outputs.0.len(), new.outputs.0.len(), "{old:?} {new:?}");
        for (old, new) in old.outputs.0.values().zip(new.outputs.0.values()) {
            text = text.replace(&old[0], &new[0]);
        }
    }
    text
}

/// The run of the fixture that stands still in the same place as `new`.
async fn counterpart(fixture: &str, new: &Run) -> Run {
    let (_folder, path) = write(fixture);
    let engine = Engine::open(&path, Clock::system()).unwrap();
    let place = |run: &Run| -> Vec<(StepId, usize, bool)> {
        let steps = run.steps.iter();
        steps
            .map(|step| {
                let failed = matches!(step.state, StepState::Failed { .. });
                (step.id.clone(), step.outputs.0.len(), failed)
            })
            .collect()
    };
    let stopped = |run: &Run| matches!(run.state, RunState::Stopped { .. });
    let runs = engine.runs().await.unwrap();
    runs.into_iter()
        .find(|run| stopped(run) && place(run) == place(new))
        .unwrap_or_else(|| panic!("the fixture has no counterpart of {new:#?}"))
}

/// A sandbox with what an old run made before it stopped, and that run in an old journal.
struct Old {
    stage: Stage,
    before: BTreeMap<String, Value>,
    engine: Engine,
    run: Run,
    _folder: TempDir,
}

impl Old {
    async fn set(version: u32) -> Self {
        let stage = Stage::set().await;
        let before = stage.resources().await;
        let today = stage.engine().await;
        let new = if version == 1 {
            // It stopped without a key, at the share.
            let session = stage.session_without_key().await;
            let plan = stage.plan_by_hand().await;
            stage.fault("ram", "CreateResourceShare", "deny", 1).await;
            stage.run(&today, &session, plan).await
        } else {
            // It stopped while the endpoint was being made.
            let read = "GetReversePrivateEndpoint";
            stage.fault("clickhouse", read, "forbidden", 1).await;
            let session = stage.session().await;
            stage.run(&today, &session, stage.plan().await).await
        };
        let fixture = text(version);
        let old = counterpart(&fixture, &new).await;
        let (folder, path) = write(&transplanted(&fixture, &old, &new));
        let engine = engine(&stage.connection, path).await;
        let run = engine.run(&new.id).await.unwrap().unwrap();
        Self {
            stage,
            before,
            engine,
            run,
            _folder: folder,
        }
    }
}

#[tokio::test]
async fn a_run_of_version_1_is_continued() {
    let old = Old::set(1).await;
    let carrying = tokio::spawn({
        let (engine, run) = (old.engine.clone(), old.run.id.clone());
        let session = old.stage.session_without_key().await;
        async move { engine.carry_on(&session, &run).await.unwrap() }
    });
    let waits = |run: &Run| {
        let state = &step(run, "acceptance").state;
        matches!(state, StepState::Waiting { seen, .. } if !seen.is_empty())
    };
    let waiting = old.stage.until(&old.engine, &old.run.id, waits).await;
    old.stage.create_endpoint_by_hand(&waiting).await;
    let run = carrying.await.unwrap();
    assert_eq!(run.state, RunState::Done, "{run:#?}");
    assert_eq!(old.stage.made_by(&run.id).await[..3], [1, 1, 1]);
    assert_eq!(old.stage.calls("CreateResourceGateway").await, 1);
}

#[tokio::test]
async fn runs_of_later_versions_are_continued() {
    for version in VERSIONS.into_iter().skip(1) {
        let old = Old::set(version).await;
        let session = old.stage.session().await;
        let run = old.engine.carry_on(&session, &old.run.id).await.unwrap();
        assert_done_once(&old.stage, &run).await;
        for (_, _, operation) in STEPS {
            assert_eq!(old.stage.calls(operation).await, 1, "{operation}");
        }
    }
}

#[tokio::test]
async fn a_run_of_an_old_journal_is_undone() {
    for each in VERSIONS {
        let old = Old::set(each).await;
        let session = old.stage.session().await;
        let run = old.engine.undo(&session, &old.run.id, &[]).await.unwrap();
        assert_eq!(run.state, RunState::Undone, "version {each}: {run:#?}");
        assert!(old.before == old.stage.resources().await, "version {each}");
    }
}

#[tokio::test]
async fn a_run_that_an_old_process_left_before_its_first_call_is_carried_out() {
    for each in VERSIONS {
        let stage = Stage::set().await;
        let (_folder, path) = write(&text(each));
        let engine = engine(&stage.connection, path).await;
        let runs = engine.runs().await.unwrap();
        let interrupted = RunState::Stopped {
            problem: Problem::Interrupted,
        };
        let run = runs.iter().find(|run| run.state == interrupted).unwrap();
        let session = stage.session().await;
        let run = engine.carry_on(&session, &run.id).await.unwrap();
        assert_done_once(&stage, &run).await;
    }
}
