//! The journal file: damaged, newer, private, in a place where it cannot be.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use pipelink_engine::Engine;
use pipelink_engine::clock::Clock;
use pipelink_plan::problem::Problem;
use pipelink_plan::run::RunState;
use tempfile::tempdir;

use crate::stage::Stage;

fn open(path: &std::path::Path) -> Result<Engine, Problem> {
    Engine::open(path, Clock::system())
}

#[test]
fn a_journal_is_for_its_owners_eyes_only() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("deep/er/journal.sqlite");
    let engine = open(&path).unwrap();
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&path), 0o600);
    for beside in ["-wal", "-shm"] {
        let beside = format!("{}{beside}", path.display());
        assert_eq!(mode(beside.as_ref()), 0o600, "{beside}");
    }
    drop(engine);

    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
    let _engine = open(&path).unwrap();
    assert_eq!(mode(&path), 0o600, "tightened on opening");
}

#[test]
fn what_is_no_journal_is_told_as_damaged_and_left_as_it_is() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("journal.sqlite");
    let text = "this is not a database, but it is somebody's file ".repeat(100);
    fs::write(&path, &text).unwrap();
    let problem = open(&path).err().unwrap();
    assert!(
        matches!(problem, Problem::JournalDamaged { .. }),
        "{problem:?}"
    );
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
}

#[tokio::test]
async fn a_journal_with_a_damaged_page_is_told_and_left_as_it_is() {
    let stage = Stage::set().await;
    let (engine, session) = (stage.engine().await, stage.session().await);
    for _ in 0..20 {
        engine
            .begin(&session, stage.plan().await, Vec::new())
            .await
            .unwrap();
    }
    drop(engine);
    let path = settled(&stage).await;
    let mut bytes = fs::read(&path).unwrap();
    // Every page but the first: the header still says that it is a database.
    for byte in &mut bytes[4096..] {
        *byte ^= 0x5a;
    }
    fs::write(&path, &bytes).unwrap();
    let problem = open(&path).err().unwrap();
    assert!(
        matches!(problem, Problem::JournalDamaged { .. }),
        "{problem:?}"
    );
    assert!(fs::read(&path).unwrap() == bytes, "the file was touched");
}

#[tokio::test]
async fn a_journal_of_a_newer_version_is_told_and_left_as_it_is() {
    let stage = Stage::set().await;
    drop(stage.engine().await);
    let path = settled(&stage).await;
    let connection = rusqlite::Connection::open(&path).unwrap();
    connection.pragma_update(None, "user_version", 9).unwrap();
    connection.close().unwrap();
    let bytes = fs::read(&path).unwrap();
    let problem = open(&path).err().unwrap();
    let Problem::JournalNewer { found, known, .. } = problem else {
        panic!("{problem:?}")
    };
    assert_eq!((found, known), (9, 5));
    assert!(fs::read(&path).unwrap() == bytes, "the file was touched");
}

#[test]
fn a_journal_that_cannot_be_made_is_told_as_unwritable() {
    let folder = tempdir().unwrap();
    let in_the_way = folder.path().join("file");
    fs::write(&in_the_way, "").unwrap();
    for path in [in_the_way.join("journal.sqlite"), folder.path().to_owned()] {
        let problem = open(&path).err().unwrap();
        assert!(
            matches!(problem, Problem::JournalUnwritable { .. }),
            "{problem:?}"
        );
    }
}

#[tokio::test]
async fn a_run_begun_and_forgotten_is_told_as_interrupted() {
    let stage = Stage::set().await;
    let (engine, session) = (stage.engine().await, stage.session().await);
    let run = engine
        .begin(&session, stage.plan().await, Vec::new())
        .await
        .unwrap();
    drop(engine);
    let engine = stage.engine().await;
    let found = engine.run(&run).await.unwrap().unwrap();
    let problem = Problem::Interrupted;
    assert_eq!(found.state, RunState::Stopped { problem });
    assert_eq!(found.log.last().unwrap().text, "Interrupted");
}

/// The journal's path, once its last engine has closed it and its WAL is folded in.
async fn settled(stage: &Stage) -> std::path::PathBuf {
    let path = stage.journal();
    let wal = path.with_extension("sqlite-wal");
    for _ in 0..500 {
        if !wal.exists() {
            return path;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    panic!("the journal is still open")
}
