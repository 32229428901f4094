//! A run from where it stands to its end: each step made, then waited for, in the plan's order.

use std::sync::Arc;

use pipelink_plan::endpoint::Turn;
use pipelink_plan::problem::{Party, Problem};
use pipelink_plan::run::{Run, RunId, RunState, StepState};
use pipelink_plan::step::ActionKind;

use crate::held::{Halt, Held};
use crate::{Inner, Session, obtain, usable};

#[tracing::instrument(skip_all, fields(run = %run))]
pub(crate) async fn carry_on(
    engine: &Arc<Inner>,
    session: &Session,
    run: &RunId,
) -> Result<Run, Problem> {
    let mut held = Held::take(engine, run).await?;
    match held.run.state {
        RunState::Running | RunState::Stopped { .. } => {}
        RunState::Done | RunState::Undone | RunState::Left => {
            let run = held.run.clone();
            held.release().await?;
            return Ok(run);
        }
        RunState::Undoing | RunState::UndoStopped { .. } => {
            held.release().await?;
            return Err(Problem::Refused {
                party: Party::Computer,
                operation: "ContinueRun".to_owned(),
                message: "what the run made is being removed: it can only be undone further"
                    .to_owned(),
            });
        }
    }
    if let Err(problem) = held.belongs_to(session) {
        if matches!(held.run.state, RunState::Running) {
            held.run.state = RunState::Stopped {
                problem: problem.clone(),
            };
            held.keep(None, Some(format!("Stopped: {problem}"))).await?;
        }
        held.release().await?;
        return Err(problem);
    }
    if let Err(problem) = engine.clock.refresh().await {
        tracing::warn!(%problem, "the clock could not be read again");
    }
    held.set_out(
        RunState::Running,
        &format!("Carried on as {}", session.identity.arn),
    )
    .await?;
    let outcome = steps(&mut held, session).await;
    held.settle(outcome, RunState::Done, |problem| RunState::Stopped {
        problem,
    })
    .await
}

async fn steps(held: &mut Held, session: &Session) -> Result<(), Halt> {
    for position in 0..held.run.steps.len() {
        if matches!(held.run.steps[position].state, StepState::Done) {
            continue;
        }
        held.stop_if_asked().await?;
        step(held, session, position).await?;
    }
    Ok(())
}

async fn step(held: &mut Held, session: &Session, position: usize) -> Result<(), Halt> {
    let action = held.action(position)?;
    match action.kind() {
        ActionKind::Write | ActionKind::Merge => {
            obtain::obtain(held, session, position, &action).await?;
        }
        ActionKind::Wait => begin_wait(held, position, action.awaits()).await?,
    }
    usable::wait(held, session, position, &action).await
}

/// A step that only waits for somebody begins without a call.
async fn begin_wait(held: &mut Held, position: usize, turn: Turn) -> Result<(), Halt> {
    let now = held.engine().clock.now();
    let step = &mut held.run.steps[position];
    step.began_at.get_or_insert(now);
    step.state = StepState::Waiting {
        seen: String::new(),
        turn,
    };
    let said = match turn {
        Turn::You => "Waiting for you",
        Turn::Aws => "Waiting for AWS",
        Turn::ClickHouse => "Waiting for ClickHouse",
        Turn::Nobody | Turn::NotKnown => "Waiting",
    };
    held.kept(Some(position), Some(said.to_owned())).await
}
