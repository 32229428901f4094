//! What the board says about its own age.

use pipelink_plan::board::Board;
use pipelink_plan::problem::Problem;

fn board(swept_at: Option<&str>, clock_speed: f64) -> Board {
    Board {
        now: "2026-03-01T12:00:00Z".parse().unwrap(),
        clock_speed,
        rows: Vec::new(),
        unread: Vec::new(),
        shares: Vec::new(),
        problem: None,
        swept_at: swept_at.map(|at| at.parse().unwrap()),
    }
}

fn reason(board: &Board) -> Option<String> {
    board.stale().map(|problem| match problem {
        Problem::NotAsked { reason } => reason,
        other => panic!("{other:?}"),
    })
}

#[test]
fn a_board_that_was_never_swept_says_so() {
    assert_eq!(
        reason(&board(None, 1.0)).unwrap(),
        "ClickHouse's endpoints have not been read yet"
    );
}

#[test]
fn an_old_sweep_is_named_with_its_time_and_a_fresh_one_is_not() {
    assert_eq!(reason(&board(Some("2026-03-01T11:55:00Z"), 1.0)), None);
    assert_eq!(
        reason(&board(Some("2026-03-01T11:54:59Z"), 1.0)).unwrap(),
        "ClickHouse's endpoints were last read at 2026-03-01T11:54:59Z"
    );
}

#[test]
fn a_sweep_ages_by_the_computers_time_also_where_the_accounts_clock_runs_faster() {
    assert_eq!(reason(&board(Some("2026-03-01T07:00:00Z"), 60.0)), None);
    assert!(reason(&board(Some("2026-03-01T06:59:00Z"), 60.0)).is_some());
    // A clock that stands still.
    assert_eq!(reason(&board(Some("2026-03-01T12:00:00Z"), 0.0)), None);
}
