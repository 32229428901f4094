//! Removing what a run made, and nothing else: in reverse, each thing waited for until it is gone. What it
//! changed instead of made gets back what it had, unless somebody else has changed it since, or unless others may
//! have come to use it: that stays as it is until the admin asks for it by name.

use std::sync::Arc;

use pipelink_plan::problem::Problem;
use pipelink_plan::run::{Run, RunId, RunState, StepState};
use pipelink_plan::step::{Action, ActionKind, OnUndo, Outputs, StepId};

use crate::clock::Clock;
use crate::doubt::Doubt;
use crate::held::{Halt, Held};
use crate::obtain::{ids, look};
use crate::patience::{self, Pace, Patience, Watched};
use crate::{Inner, Session};

#[tracing::instrument(skip_all, fields(run = %run))]
pub(crate) async fn undo(
    engine: &Arc<Inner>,
    session: &Session,
    run: &RunId,
    also: &[StepId],
) -> Result<Run, Problem> {
    let mut held = Held::take(engine, run).await?;
    if held.run.state == RunState::Undone && !asks_for_kept(&held.run, also) {
        let run = held.run.clone();
        held.release().await?;
        return Ok(run);
    }
    if let Err(problem) = held.belongs_to(session) {
        held.release().await?;
        return Err(problem);
    }
    if let Err(problem) = engine.clock.refresh().await {
        tracing::warn!(%problem, "the clock could not be read again");
    }
    ask(&mut held.run, also);
    held.set_out(
        RunState::Undoing,
        &format!("Undone as {}", session.identity.arn),
    )
    .await?;
    let outcome = steps(&mut held, session).await;
    held.settle(outcome, RunState::Undone, |problem| RunState::UndoStopped {
        problem,
    })
    .await
}

/// Whether something that an earlier undo left in place is asked for now.
fn asks_for_kept(run: &Run, also: &[StepId]) -> bool {
    let mut kept = run.steps.iter().filter(|it| it.state == StepState::Kept);
    kept.any(|step| also.contains(&step.id))
}

/// Adds what is asked for to what was before. It counts once it is in the journal, and then for whoever continues.
fn ask(run: &mut Run, also: &[StepId]) {
    for step in &run.steps {
        if also.contains(&step.id) && !run.undo_also.contains(&step.id) {
            run.undo_also.push(step.id.clone());
        }
    }
}

async fn steps(held: &mut Held, session: &Session) -> Result<(), Halt> {
    for position in (0..held.run.steps.len()).rev() {
        let step = &held.run.steps[position];
        let is_over = match step.state {
            StepState::Undone => true,
            StepState::Kept => !held.run.undo_also.contains(&step.id),
            _ => false,
        };
        if is_over {
            continue;
        }
        held.stop_if_asked().await?;
        self::step(held, session, position).await?;
    }
    Ok(())
}

async fn step(held: &mut Held, session: &Session, position: usize) -> Result<(), Halt> {
    if !may_exist(held, session, position).await? {
        let said = match held.run.plan.steps[position].action.kind() {
            ActionKind::Merge => "Nothing to give back",
            ActionKind::Write | ActionKind::Wait => "Nothing to remove",
        };
        return undone(held, position, said.to_owned()).await;
    }
    let action = held.action(position)?;
    let step = &held.run.steps[position];
    // Earlier versions did not keep what was asked for: what is being taken back was.
    let asked = held.run.undo_also.contains(&step.id) || step.state == StepState::Undoing;
    if action.on_undo() == OnUndo::StaysUnlessAsked && !asked {
        let said = "Left in place: others may have come to use it".to_owned();
        return ended(held, position, StepState::Kept, said).await;
    }
    held.run.steps[position].state = StepState::Undoing;
    let outputs = held.run.steps[position].outputs.clone();
    let said = says_it_begins(&action, &outputs);
    held.kept(Some(position), Some(said)).await?;
    remove(held, session, position, &action).await?;
    undone(held, position, says_it_is_done(&action, &outputs)).await
}

fn says_it_begins(action: &Action, outputs: &Outputs) -> String {
    match action.kind() {
        ActionKind::Merge => format!("Giving {} back what it had", ids(outputs)),
        ActionKind::Write | ActionKind::Wait => format!("Removing {}", ids(outputs)),
    }
}

fn says_it_is_done(action: &Action, outputs: &Outputs) -> String {
    match action.kind() {
        ActionKind::Merge => format!("{} is as it was", ids(outputs)),
        ActionKind::Write | ActionKind::Wait => format!("{} is gone", ids(outputs)),
    }
}

/// Whether the step's thing may be there; its IDs are in the journal then. A step that was done without a call,
/// since everything was as it wanted it, has none: what is there is somebody else's. So is a setting that was found as
/// wanted after a mere refusal ([`Doubt::claims`]).
async fn may_exist(held: &mut Held, session: &Session, position: usize) -> Result<bool, Halt> {
    let step = &held.run.steps[position];
    if held.run.plan.steps[position].action.on_undo() == OnUndo::Nothing {
        return Ok(false);
    }
    match step.state {
        StepState::Pending | StepState::Undone => return Ok(false),
        _ if !step.outputs.0.is_empty() => return Ok(true),
        _ => {}
    }
    let action = held.action(position)?;
    let doubt = Doubt::about(held, position, &action);
    let Some(enough) = doubt.before_giving_up(held, position, &action) else {
        return Ok(false);
    };
    let Some(outputs) = look(held, session, position, &action, enough).await? else {
        return Ok(false);
    };
    let said = format!("{}: found {}", action.operation(), ids(&outputs));
    let step = &mut held.run.steps[position];
    step.adopted = true;
    step.outputs = outputs;
    held.kept(Some(position), Some(said)).await?;
    Ok(true)
}

/// Has it removed and waits until it is gone.
async fn remove(
    held: &mut Held,
    session: &Session,
    position: usize,
    action: &Action,
) -> Result<(), Halt> {
    let engine = held.engine();
    let clock = &engine.clock;
    let outputs = held.run.steps[position].outputs.clone();
    let mut watched = Watched::from_now(clock);
    let mut pace = Pace::of(action);
    let mut patience = Patience::default();
    let mut asked = false;
    let mut gone_reads = 0;
    let mut in_the_way = None;
    loop {
        let only_asked = !asked;
        let looked = if asked {
            session.removed(action, &outputs).await
        } else {
            let run = &held.run.id;
            session.remove(action, run, &outputs).await.map(|()| false)
        };
        let waited = watched.until_now(clock);
        match looked {
            Ok(true) => {
                patience.rests();
                gone_reads += 1;
                if gone_reads >= patience::GONE_READS {
                    return Ok(());
                }
            }
            Ok(false) => {
                patience.rests();
                asked = true;
                gone_reads = 0;
            }
            Err(problem @ Problem::Conflict { .. }) => {
                patience.rests();
                if patience::conflict_limit(action).is_some_and(|limit| waited > limit) {
                    return Err(Halt::Stopped(problem));
                }
                if in_the_way.as_ref() != Some(&problem) {
                    let said = format!("{}: waiting: {problem}", action.operation());
                    held.kept(Some(position), Some(said)).await?;
                    in_the_way = Some(problem);
                }
            }
            Err(refused @ (Problem::AccessDenied { .. } | Problem::NotFound { .. })) if !asked => {
                match stays_missing(session, clock, action, &outputs).await {
                    Ok(true) => return Ok(()),
                    // The missing right is what has to be cured first.
                    _ if matches!(refused, Problem::AccessDenied { .. }) => {
                        return Err(Halt::Stopped(refused));
                    }
                    // It shows again, and is asked for once more.
                    Ok(false) => patience.rests(),
                    Err(unread) => return Err(Halt::Stopped(unread)),
                }
            }
            Err(problem) => patience.bears(clock, problem).map_err(Halt::Stopped)?,
        }
        // The first look may come late: that decides, and where it says "gone", the second.
        let seen_there = gone_reads == 0 && !(only_asked && asked);
        if seen_there && too_long(waited, action) {
            let problem = patience.overdue(ids(&outputs), "being removed".to_owned());
            return Err(Halt::Stopped(problem));
        }
        // A conflict is sat out for as long as half an hour.
        held.stop_if_asked().await?;
        if gone_reads > 0 {
            pace.pause_for_second_look(clock).await;
        } else {
            pace.pause(clock).await;
        }
    }
}

/// Whether something stays missing for longer than what was made a moment ago may be missing from reads.
///
/// What was not removed can be gone already: it is not found, or, where a right is scoped by tag, its removal is
/// refused, since what is gone has no tag left to match (docs/ASSUMPTIONS.md). One look does not tell that from
/// what is not shown.
async fn stays_missing(
    session: &Session,
    clock: &Clock,
    action: &Action,
    outputs: &Outputs,
) -> Result<bool, Problem> {
    let began = clock.now();
    let mut pace = Pace::of(action);
    let mut patience = Patience::default();
    loop {
        match session.removed(action, outputs).await {
            Ok(true) if clock.now().duration_since(began) > patience::MAY_BE_MISSING => {
                return Ok(true);
            }
            Ok(true) => patience.rests(),
            // What came into a state is there.
            Ok(false) | Err(Problem::EndedIn { .. }) => return Ok(false),
            Err(problem) => patience.bears(clock, problem)?,
        }
        pace.pause(clock).await;
    }
}

fn too_long(waited: jiff::SignedDuration, action: &Action) -> bool {
    patience::limit(action).is_some_and(|limit| waited > limit)
}

async fn undone(held: &mut Held, position: usize, said: String) -> Result<(), Halt> {
    ended(held, position, StepState::Undone, said).await
}

async fn ended(
    held: &mut Held,
    position: usize,
    state: StepState,
    said: String,
) -> Result<(), Halt> {
    let now = held.engine().clock.now();
    let step = &mut held.run.steps[position];
    step.state = state;
    step.ended_at = Some(now);
    held.kept(Some(position), Some(said)).await
}
