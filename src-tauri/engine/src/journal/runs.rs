//! Runs in the journal: their rows, steps and log.

use jiff::Timestamp;
use pipelink_plan::problem::Problem;
use pipelink_plan::run::{LogLine, Run, RunId, RunState, RunStep};
use pipelink_plan::step::{Plan, StepId};
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Fault, leases};

/// What the journal knows of a step beyond what the page sees.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Sending {
    /// The idempotency token: there once an intent was written.
    pub(crate) token: Option<String>,
    /// The admin's word that a call whose outcome is not known may be made once more.
    pub(crate) send_again: bool,
}

/// One change of a run, written whole or not at all.
pub(crate) struct Change {
    pub(crate) run: RunId,
    pub(crate) state: RunState,
    pub(crate) ended_at: Option<Timestamp>,
    pub(crate) undo_also: Vec<StepId>,
    /// The step that changed, with its place in the plan.
    pub(crate) step: Option<(usize, RunStep, Sending)>,
    pub(crate) said: Option<LogLine>,
}

pub(crate) fn insert(transaction: &Transaction<'_>, run: &Run) -> Result<(), Fault> {
    transaction.execute(
        "INSERT INTO runs (id, account, identity, plan, accepted, state, under_way, began_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        params![
            run.id.0,
            json(&run.account)?,
            json(&run.identity)?,
            json(&run.plan)?,
            json(&run.accepted)?,
            json(&run.state)?,
            is_under_way(&run.state),
            run.began_at.to_string(),
        ],
    )?;
    for (position, step) in run.steps.iter().enumerate() {
        write_step(transaction, &run.id, position, step, &Sending::default())?;
    }
    for line in &run.log {
        write_line(transaction, &run.id, line)?;
    }
    Ok(())
}

/// Writes a change; answers whether the admin asked to cancel in the meantime.
pub(crate) fn change(transaction: &Transaction<'_>, change: &Change) -> Result<bool, Fault> {
    transaction.execute(
        "UPDATE runs SET state = ?2, under_way = ?3, ended_at = ?4, undo_also = ?5 WHERE id = ?1",
        params![
            change.run.0,
            json(&change.state)?,
            is_under_way(&change.state),
            change.ended_at.map(|at| at.to_string()),
            json(&change.undo_also)?,
        ],
    )?;
    if let Some((position, step, sending)) = &change.step {
        write_step(transaction, &change.run, *position, step, sending)?;
    }
    if let Some(line) = &change.said {
        write_line(transaction, &change.run, line)?;
    }
    is_cancelling(transaction, &change.run)
}

/// Asks for a stop, or takes that back.
pub(crate) fn set_cancelling(
    transaction: &Transaction<'_>,
    run: &RunId,
    cancelling: bool,
) -> Result<(), Fault> {
    transaction.execute(
        "UPDATE runs SET cancelling = ?2 WHERE id = ?1",
        params![run.0, cancelling],
    )?;
    Ok(())
}

/// Notes the admin's word that the step may be sent again.
pub(crate) fn allow_sending_again(
    transaction: &Transaction<'_>,
    run: &RunId,
    position: usize,
) -> Result<(), Fault> {
    transaction.execute(
        "UPDATE steps SET send_again = 1 WHERE run = ?1 AND position = ?2",
        params![run.0, place(position)],
    )?;
    Ok(())
}

/// Whether the admin asked to stop.
pub(crate) fn is_cancelling(connection: &Connection, run: &RunId) -> Result<bool, Fault> {
    Ok(connection.query_row(
        "SELECT cancelling FROM runs WHERE id = ?1",
        [&run.0],
        |row| row.get(0),
    )?)
}

pub(crate) fn write_line(
    transaction: &Transaction<'_>,
    run: &RunId,
    line: &LogLine,
) -> Result<(), Fault> {
    transaction.execute(
        "INSERT INTO log (run, at, step, text) VALUES (?1, ?2, ?3, ?4)",
        params![
            run.0,
            line.at.to_string(),
            line.step.as_ref().map(|step| step.0.as_str()),
            line.text,
        ],
    )?;
    Ok(())
}

/// Tells every run that was under way, and that nobody has in hand, as interrupted.
pub(crate) fn settle_interrupted(
    transaction: &Transaction<'_>,
    at: Timestamp,
) -> Result<(), Fault> {
    for run in under_way(transaction)? {
        if !leases::is_live(transaction, &leases::of_run(&run.0))? {
            interrupt(transaction, &run, at)?;
        }
    }
    Ok(())
}

/// The same for those only whose owner ended without giving them up: a run that was begun a moment ago, and
/// that nobody has taken in hand yet, is not one of them.
pub(crate) fn settle_abandoned(transaction: &Transaction<'_>, at: Timestamp) -> Result<(), Fault> {
    for run in under_way(transaction)? {
        if leases::is_abandoned(transaction, &leases::of_run(&run.0))? {
            interrupt(transaction, &run, at)?;
        }
    }
    Ok(())
}

fn under_way(connection: &Connection) -> Result<Vec<RunId>, Fault> {
    let mut statement = connection.prepare("SELECT id FROM runs WHERE under_way = 1")?;
    let ids = statement.query_map([], |row| Ok(RunId(row.get(0)?)))?;
    Ok(ids.collect::<Result<_, _>>()?)
}

/// Tells a run as interrupted, if it is under way.
pub(crate) fn interrupt(
    transaction: &Transaction<'_>,
    run: &RunId,
    at: Timestamp,
) -> Result<(), Fault> {
    let state: Option<String> = transaction
        .query_row("SELECT state FROM runs WHERE id = ?1", [&run.0], |row| {
            row.get(0)
        })
        .optional()?;
    let Some(state) = state else {
        return Ok(());
    };
    let problem = Problem::Interrupted;
    let state = match serde_json::from_str::<RunState>(&state)? {
        RunState::Running => RunState::Stopped { problem },
        RunState::Undoing => RunState::UndoStopped { problem },
        RunState::Stopped { .. }
        | RunState::Done
        | RunState::UndoStopped { .. }
        | RunState::Undone
        | RunState::Left => return Ok(()),
    };
    transaction.execute(
        "UPDATE runs SET state = ?2, under_way = 0 WHERE id = ?1",
        params![run.0, json(&state)?],
    )?;
    write_line(
        transaction,
        run,
        &LogLine {
            at,
            step: None,
            text: "Interrupted".to_owned(),
        },
    )
}

/// One run, whole, with what is kept of its steps' calls.
pub(crate) fn one(
    connection: &Connection,
    id: &RunId,
) -> Result<Option<(Run, Vec<Sending>)>, Fault> {
    let row = connection
        .query_row(
            &format!("{SELECT_RUN} WHERE id = ?1"),
            [&id.0],
            RunRow::read,
        )
        .optional()?;
    row.map(|row| row.fill(connection)).transpose()
}

/// Every run, newest first.
pub(crate) fn all(connection: &Connection) -> Result<Vec<Run>, Fault> {
    let rows = connection
        .prepare_cached(&format!("{SELECT_RUN} ORDER BY position DESC"))?
        .query_map([], RunRow::read)?
        .collect::<Result<Vec<_>, _>>()?;
    rows.into_iter()
        .map(|row| row.fill(connection).map(|(run, _)| run))
        .collect()
}

const SELECT_RUN: &str = "SELECT id, account, identity, plan, accepted, state, cancelling, undo_also, began_at, ended_at FROM runs";

struct RunRow {
    id: String,
    account: String,
    identity: String,
    plan: String,
    accepted: String,
    state: String,
    cancelling: bool,
    undo_also: String,
    began_at: String,
    ended_at: Option<String>,
}

impl RunRow {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            account: row.get(1)?,
            identity: row.get(2)?,
            plan: row.get(3)?,
            accepted: row.get(4)?,
            state: row.get(5)?,
            cancelling: row.get(6)?,
            undo_also: row.get(7)?,
            began_at: row.get(8)?,
            ended_at: row.get(9)?,
        })
    }

    fn fill(self, connection: &Connection) -> Result<(Run, Vec<Sending>), Fault> {
        let plan: Plan = serde_json::from_str(&self.plan)?;
        let (steps, sendings) = steps(connection, &self.id, &plan)?;
        let log = log(connection, &self.id)?;
        let run = Run {
            id: RunId(self.id),
            account: serde_json::from_str(&self.account)?,
            identity: serde_json::from_str(&self.identity)?,
            plan,
            accepted: serde_json::from_str(&self.accepted)?,
            state: serde_json::from_str(&self.state)?,
            began_at: self.began_at.parse()?,
            ended_at: moment(self.ended_at)?,
            cancelling: self.cancelling,
            undo_also: stored(&self.undo_also)?,
            steps,
            log,
        };
        Ok((run, sendings))
    }
}

fn steps(
    connection: &Connection,
    run: &str,
    plan: &Plan,
) -> Result<(Vec<RunStep>, Vec<Sending>), Fault> {
    let mut statement = connection.prepare_cached(
        "SELECT id, state, began_at, ended_at, adopted, outputs, token, send_again
         FROM steps WHERE run = ?1 ORDER BY position",
    )?;
    let mut rows = statement.query([run])?;
    let (mut steps, mut sendings) = (Vec::new(), Vec::new());
    while let Some(row) = rows.next()? {
        let id = StepId(row.get(0)?);
        let planned = plan.steps.iter().find(|it| it.id == id);
        steps.push(RunStep {
            may_be_left: planned.is_some_and(|it| it.action.may_be_left()),
            id,
            state: stored(&row.get::<_, String>(1)?)?,
            began_at: moment(row.get(2)?)?,
            ended_at: moment(row.get(3)?)?,
            adopted: row.get(4)?,
            outputs: stored(&row.get::<_, String>(5)?)?,
        });
        sendings.push(Sending {
            token: row.get(6)?,
            send_again: row.get(7)?,
        });
    }
    Ok((steps, sendings))
}

fn log(connection: &Connection, run: &str) -> Result<Vec<LogLine>, Fault> {
    let mut statement = connection
        .prepare_cached("SELECT at, step, text FROM log WHERE run = ?1 ORDER BY position")?;
    let mut rows = statement.query([run])?;
    let mut lines = Vec::new();
    while let Some(row) = rows.next()? {
        lines.push(LogLine {
            at: row.get::<_, String>(0)?.parse()?,
            step: row.get::<_, Option<String>>(1)?.map(StepId),
            text: row.get(2)?,
        });
    }
    Ok(lines)
}

fn write_step(
    transaction: &Transaction<'_>,
    run: &RunId,
    position: usize,
    step: &RunStep,
    sending: &Sending,
) -> Result<(), Fault> {
    transaction.execute(
        "INSERT INTO steps (run, position, id, state, token, send_again, began_at, ended_at, adopted, outputs)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
         ON CONFLICT (run, position) DO UPDATE SET
             state = excluded.state, token = excluded.token, send_again = excluded.send_again,
             began_at = excluded.began_at, ended_at = excluded.ended_at, adopted = excluded.adopted,
             outputs = excluded.outputs",
        params![
            run.0,
            place(position),
            step.id.0,
            json(&step.state)?,
            sending.token,
            sending.send_again,
            step.began_at.map(|at| at.to_string()),
            step.ended_at.map(|at| at.to_string()),
            step.adopted,
            json(&step.outputs)?,
        ],
    )?;
    Ok(())
}

fn place(position: usize) -> i64 {
    i64::try_from(position).unwrap_or(i64::MAX)
}

fn is_under_way(state: &RunState) -> bool {
    matches!(state, RunState::Running | RunState::Undoing)
}

pub(super) fn json<T: Serialize>(value: &T) -> Result<String, Fault> {
    Ok(serde_json::to_string(value)?)
}

pub(super) fn stored<T: DeserializeOwned>(text: &str) -> Result<T, Fault> {
    Ok(serde_json::from_str(text)?)
}

fn moment(text: Option<String>) -> Result<Option<Timestamp>, Fault> {
    Ok(text.map(|text| text.parse()).transpose()?)
}
