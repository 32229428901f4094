//! The board: what a sweep sees, and what the journal remembers of it.

use jiff::SignedDuration;
use pipelink_plan::board::{Board, BoardRow};
use pipelink_plan::endpoint::{EndpointStatus, Turn};
use pipelink_plan::problem::Problem;
use pipelink_plan::run::RunState;
use pipelink_plan::step::OutputName;

use crate::stage::{Stage, step};

const A_DAY: u64 = 24 * 3600;

fn in_status<'a>(board: &'a Board, status: &EndpointStatus) -> &'a BoardRow {
    let found = board.rows.iter().find(|row| row.endpoint.status == *status);
    found.unwrap_or_else(|| panic!("nothing is {status:?}: {board:#?}"))
}

#[tokio::test]
async fn a_sweep_sees_every_endpoint_and_the_journal_remembers_them() {
    let stage = Stage::set().await;
    let (engine, session) = (stage.engine().await, stage.session().await);
    let empty = engine.board(&session.identity).await.unwrap();
    assert!(empty.rows.is_empty() && empty.swept_at.is_none());

    let board = engine.sweep(&session).await.unwrap();
    assert_eq!(board.problem, None);
    assert!((board.clock_speed - crate::stage::SPEED).abs() < 1e-9);
    let ready = in_status(&board, &EndpointStatus::Ready);
    assert_eq!(ready.turn, Turn::Nobody);
    assert_eq!(ready.deletion, None);
    assert!(!ready.pipes.as_ref().unwrap().is_empty(), "{ready:#?}");
    let failed = in_status(&board, &EndpointStatus::Failed);
    let window = failed.deletion.as_ref().unwrap();
    assert_eq!(window.earliest, None, "never seen in another status");
    assert_eq!(
        window.latest,
        failed.since + SignedDuration::from_hours(7 * 24)
    );
    // The idle service is told, and never woken.
    let idle = &board.unread;
    assert!(
        idle.iter()
            .any(|unread| matches!(unread.problem, Problem::ServiceIdle { .. })),
        "{idle:?}"
    );
    assert_eq!(stage.calls("UpdateServiceState").await, 0);

    // From the journal alone, also after a restart.
    drop(engine);
    let engine = stage.engine().await;
    let remembered = engine.board(&session.identity).await.unwrap();
    assert_eq!(remembered.rows, board.rows);
    assert_eq!(remembered.unread, board.unread);
    assert_eq!(remembered.swept_at, board.swept_at);
}

#[tokio::test]
async fn a_status_is_known_since_its_first_sight_and_bounded_by_the_last_sight_of_another() {
    let stage = Stage::set().await;
    let (engine, session) = (stage.engine().await, stage.session().await);
    // ClickHouse fails this one after a minute, because of the region.
    let run = stage.begin_failing(&engine, &session).await;
    let provisioning = engine.sweep(&session).await.unwrap();
    let made = |board: &Board| {
        let rows = &board.rows;
        rows.iter()
            .find(|row| row.run.as_ref() == Some(&run))
            .cloned()
            .unwrap_or_else(|| panic!("the run's endpoint is not on the board: {board:#?}"))
    };
    let before = made(&provisioning);
    assert_eq!(before.endpoint.status, EndpointStatus::Provisioning);
    assert_eq!(before.port, Some(5432));

    stage.advance(3600).await;
    let after = made(&engine.sweep(&session).await.unwrap());
    assert_eq!(after.endpoint.status, EndpointStatus::Failed);
    assert!(after.since.duration_since(before.seen_at) >= SignedDuration::from_mins(59));
    let grace = SignedDuration::from_hours(7 * 24);
    let window = after.deletion.unwrap();
    assert_eq!(window.earliest, Some(before.seen_at + grace));
    assert_eq!(window.latest, after.since + grace);

    // Seen again, `since` stays.
    stage.advance(3600).await;
    let later = made(&engine.sweep(&session).await.unwrap());
    assert_eq!(later.since, after.since);
    assert!(later.seen_at > after.seen_at);

    // Past the window it is gone from the board.
    stage.advance(8 * 24 * 3600).await;
    let board = engine.sweep(&session).await.unwrap();
    assert!(board.rows.iter().all(|row| row.run.as_ref() != Some(&run)));
}

fn with_id<'a>(board: &'a Board, id: &str) -> Option<&'a BoardRow> {
    assert_eq!(board.problem, None);
    board.rows.iter().find(|row| row.endpoint.id == id)
}

#[tokio::test]
async fn where_the_grace_period_starts_at_creation_a_row_goes_before_its_window_and_nothing_is_wrong()
 {
    let grace = SignedDuration::from_hours(7 * 24);
    let stage = Stage::set().await;
    stage.grace_starts_at("creation").await;
    let (engine, session) = (stage.engine().await, stage.session().await);
    let run = stage.run(&engine, &session, stage.plan().await).await;
    let endpoint = step(&run, "endpoint");
    let made_at = endpoint.began_at.unwrap();
    let young = endpoint.outputs.one(OutputName::EndpointId).unwrap();
    stage.advance(3 * A_DAY).await;
    let board = engine.sweep(&session).await.unwrap();
    let seen_ready = with_id(&board, young).unwrap().seen_at;
    let mut ready = board.rows.iter();
    let old = ready
        .find(|row| row.endpoint.status == EndpointStatus::Ready && row.endpoint.id != young)
        .map(|row| row.endpoint.id.as_str())
        .unwrap();

    // The one is three days old, and shown with the bounds that hold if the period starts now. That of the
    // other was over long ago: it is on its way out at once, or gone already.
    stage.put_endpoint(young, "Failed").await;
    stage.put_endpoint(old, "Failed").await;
    let failed = engine.sweep(&session).await.unwrap();
    let row = with_id(&failed, young).unwrap();
    let window = row.deletion.as_ref().unwrap();
    let earliest = seen_ready + grace;
    assert_eq!(window.earliest, Some(earliest));
    assert_eq!(window.latest, row.since + grace);
    if let Some(row) = with_id(&failed, old) {
        assert_eq!(row.endpoint.status, EndpointStatus::Deleting, "{row:#?}");
        assert_eq!(row.deletion, None);
    }

    let over = made_at + grace + SignedDuration::from_hours(1);
    assert!(over < earliest, "days before what is shown");
    let ahead = over.duration_since(stage.advance(0).await).as_secs();
    stage.advance(u64::try_from(ahead).unwrap()).await;
    let swept = engine.sweep(&session).await.unwrap();
    let remembered = engine.board(&session.identity).await.unwrap();
    for board in [swept, remembered] {
        assert!(board.now < earliest);
        assert_eq!(with_id(&board, young), None);
        assert_eq!(with_id(&board, old), None);
    }
}

#[tokio::test]
async fn what_cannot_be_read_keeps_what_was_last_seen() {
    let stage = Stage::set().await;
    let (engine, session) = (stage.engine().await, stage.session().await);
    let first = engine.sweep(&session).await.unwrap();
    stage
        .fault("clickhouse", "ListReversePrivateEndpoints", "forbidden", 0)
        .await;
    stage.advance(600).await;
    let board = engine.sweep(&session).await.unwrap();
    assert_eq!(board.rows, first.rows, "as last seen, with its age");
    assert!(board.unread.len() > first.unread.len());
    assert!(board.swept_at > first.swept_at);

    stage.clear_faults().await;
    stage
        .fault("clickhouse", "ListOrganizations", "unauthorized", 1)
        .await;
    let board = engine.sweep(&session).await.unwrap();
    assert_eq!(board.problem, Some(Problem::KeyRejected));
    assert_eq!(board.rows, first.rows);
    let board = engine
        .sweep(&stage.session_without_key().await)
        .await
        .unwrap();
    assert_eq!(board.problem, Some(Problem::KeyMissing));
    assert_eq!(board.rows, first.rows);

    stage
        .fault("clickhouse", "ListClickPipes", "forbidden", 0)
        .await;
    let board = engine.sweep(&session).await.unwrap();
    assert_eq!(board.problem, None);
    assert!(board.rows.iter().all(|row| row.pipes.is_none()));
}

#[tokio::test]
async fn the_endpoint_of_a_run_is_on_the_board_with_its_run_and_port() {
    let stage = Stage::set().await;
    let (engine, session) = (stage.engine().await, stage.session().await);
    let run = stage.run(&engine, &session, stage.plan().await).await;
    assert_eq!(run.state, RunState::Done, "{run:#?}");
    let board = engine.sweep(&session).await.unwrap();
    let id = step(&run, "endpoint").outputs.one(OutputName::EndpointId);
    let row = board
        .rows
        .iter()
        .find(|row| Some(row.endpoint.id.as_str()) == id)
        .unwrap();
    assert_eq!(row.run.as_ref(), Some(&run.id));
    assert_eq!(row.port, Some(run.plan.source.port));
    assert_eq!(row.endpoint.status, EndpointStatus::Ready);
}

#[tokio::test]
async fn each_account_has_a_board_of_its_own() {
    let stage = Stage::set().await;
    let engine = stage.engine().await;
    let with_key = stage.session().await;
    let mine = engine.sweep(&with_key).await.unwrap();
    assert!(!mine.rows.is_empty() && !mine.unread.is_empty());

    // Another account of the same journal, and no key for it.
    let mut keyless = stage.session_without_key().await;
    keyless.identity.account_id = "444455556666".to_owned();
    let theirs = engine.sweep(&keyless).await.unwrap();
    assert_eq!(theirs.rows, []);
    assert_eq!(theirs.unread, []);
    assert_eq!(theirs.problem, Some(Problem::KeyMissing));

    let remembered = engine.board(&with_key.identity).await.unwrap();
    assert_eq!(remembered.rows, mine.rows);
    assert_eq!(remembered.unread, mine.unread);
    assert_eq!(remembered.problem, None);
    assert_eq!(remembered.swept_at, mine.swept_at);
    let remembered = engine.board(&keyless.identity).await.unwrap();
    assert_eq!(remembered.rows, []);
    assert_eq!(remembered.swept_at, theirs.swept_at);
}

#[tokio::test]
async fn a_sweep_of_one_account_does_not_hold_up_that_of_another() {
    let stage = Stage::set().await;
    let engine = stage.engine().await;
    let list = "ListOrganizations";
    stage.fault("clickhouse", list, "hold_before", 1).await;
    let held = tokio::spawn({
        let (engine, session) = (engine.clone(), stage.session().await);
        async move { engine.sweep(&session).await.unwrap() }
    });
    stage.until_held().await;
    // The same account is being swept already: what the journal has of it.
    let same = engine.sweep(&stage.session().await).await.unwrap();
    assert_eq!(same.swept_at, None);
    let mut other = stage.session_without_key().await;
    other.identity.account_id = "444455556666".to_owned();
    let other = engine.sweep(&other).await.unwrap();
    assert_eq!(other.problem, Some(Problem::KeyMissing));
    assert!(other.swept_at.is_some());
    stage.clear_faults().await;
    assert!(!held.await.unwrap().rows.is_empty());
}
