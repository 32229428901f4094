//! Waiting until what a step made is usable.

use jiff::Timestamp;
use pipelink_plan::endpoint::Turn;
use pipelink_plan::problem::Problem;
use pipelink_plan::run::{Progress, StepState};
use pipelink_plan::step::{Action, Outputs};

use crate::Session;
use crate::held::{Halt, Held};
use crate::obtain::ids;
use crate::patience::{self, MAY_BE_MISSING, Pace, Patience, Watched};

/// Looks at the thing until it is usable, has failed, or has taken too long.
pub(crate) async fn wait(
    held: &mut Held,
    session: &Session,
    position: usize,
    action: &Action,
) -> Result<(), Halt> {
    let engine = held.engine();
    let clock = &engine.clock;
    let mut watched = Watched::from_now(clock);
    let mut pace = Pace::of(action);
    let mut patience = Patience::default();
    let mut usable_reads = 0;
    let mut missing_since: Option<Timestamp> = None;
    loop {
        let outputs = held.run.steps[position].outputs.clone();
        let looked = session.progress(action, &outputs).await;
        match looked {
            Ok(Progress::Usable { outputs }) => {
                patience.rests();
                missing_since = None;
                usable_reads += 1;
                if usable_reads >= patience::usable_reads(action) {
                    return done(held, position, action, outputs).await;
                }
            }
            Ok(Progress::Waiting { seen, turn }) => {
                patience.rests();
                missing_since = None;
                usable_reads = 0;
                note(held, position, action, seen, turn).await?;
            }
            Ok(Progress::Ended { seen, reason }) => {
                let problem = Problem::EndedIn {
                    resource: resource(action, &outputs),
                    state: seen,
                    reason,
                };
                return failed(held, position, action, problem).await;
            }
            Ok(Progress::Missing) | Err(Problem::NotFound { .. }) => {
                patience.rests();
                usable_reads = 0;
                let now = clock.now();
                let since = *missing_since.get_or_insert(now);
                if now.duration_since(since) > MAY_BE_MISSING {
                    let problem = Problem::NotFound {
                        party: action.party(),
                        operation: action.operation().to_owned(),
                        message: format!("{} is not there", resource(action, &outputs)),
                    };
                    return failed(held, position, action, problem).await;
                }
            }
            Err(problem) => {
                usable_reads = 0;
                patience.bears(clock, problem).map_err(Halt::Stopped)?;
            }
        }
        if action.may_be_left() {
            held.stop_if_asked().await?;
        }
        let waited = watched.until_now(clock);
        // The last look may come late: where it says "usable", the second decides.
        if usable_reads == 0 && patience::limit(action).is_some_and(|limit| waited > limit) {
            let state = seen(&held.run.steps[position].state);
            let problem = patience.overdue(resource(action, &outputs), state);
            return Err(Halt::Stopped(problem));
        }
        if usable_reads > 0 {
            pace.pause_for_second_look(clock).await;
        } else {
            pace.pause(clock).await;
        }
    }
}

async fn done(
    held: &mut Held,
    position: usize,
    action: &Action,
    outputs: Outputs,
) -> Result<(), Halt> {
    let now = held.engine().clock.now();
    let said = match ids(&outputs) {
        new if new.is_empty() => format!("{}: usable", action.operation()),
        new => format!("{}: usable, {new}", action.operation()),
    };
    let step = &mut held.run.steps[position];
    step.outputs.0.extend(outputs.0);
    step.state = StepState::Done;
    step.ended_at = Some(now);
    held.kept(Some(position), Some(said)).await
}

/// Writes what was seen, if it is new.
async fn note(
    held: &mut Held,
    position: usize,
    action: &Action,
    seen: String,
    turn: Turn,
) -> Result<(), Halt> {
    let said = format!("{}: {seen}", action.operation());
    let state = StepState::Waiting { seen, turn };
    if held.run.steps[position].state == state {
        return Ok(());
    }
    held.run.steps[position].state = state;
    held.kept(Some(position), Some(said)).await
}

async fn failed(
    held: &mut Held,
    position: usize,
    action: &Action,
    problem: Problem,
) -> Result<(), Halt> {
    let now = held.engine().clock.now();
    let step = &mut held.run.steps[position];
    step.state = StepState::Failed {
        problem: problem.clone(),
    };
    step.ended_at = Some(now);
    let said = match &problem {
        Problem::EndedIn {
            reason: Some(reason),
            ..
        } => format!("{}: {problem}: {reason}", action.operation()),
        _ => format!("{}: {problem}", action.operation()),
    };
    held.kept(Some(position), Some(said)).await?;
    Err(Halt::Stopped(problem))
}

/// What is waited for, by its first ID; what is only waited with has none of its own.
fn resource(action: &Action, outputs: &Outputs) -> String {
    let own = outputs.0.values().flatten().next().cloned();
    own.unwrap_or_else(|| action.subject().to_owned())
}

fn seen(state: &StepState) -> String {
    match state {
        StepState::Waiting { seen, .. } => seen.clone(),
        _ => String::new(),
    }
}
