//! Having the thing that a step makes: found if it was made before, made otherwise, and never made twice.
//!
//! After an answer that got lost, however long ago, what carries the run's ID is looked for first and
//! adopted. Only if nothing is there, the same call goes out with the same token. A call that takes no token
//! (ClickHouse's POST) is not made again: after ten minutes of looking the step is *not known*, and the
//! admin decides. A refusal by AWS is looked into as well, but not for long: see [`Doubt::Refused`].

use jiff::Timestamp;
use pipelink_plan::endpoint::Turn;
use pipelink_plan::problem::Problem;
use pipelink_plan::run::StepState;
use pipelink_plan::step::{Action, ActionKind, OutputName, Outputs};

use crate::Session;
use crate::doubt::{Doubt, Enough};
use crate::held::{Halt, Held};
use crate::patience::{MAY_BE_MISSING, Pace, Patience};

/// How often one carry-on makes the same call before it leaves the matter to the admin.
const CALLS: u32 = 3;

/// How one call came out.
enum Call {
    /// Answered: it is made.
    Made,
    /// It may have taken effect.
    Open(Problem),
}

/// Makes sure that the step's thing was made and that the journal knows its IDs.
pub(crate) async fn obtain(
    held: &mut Held,
    session: &Session,
    position: usize,
    action: &Action,
) -> Result<(), Halt> {
    let step = &held.run.steps[position];
    let has_outputs = !step.outputs.0.is_empty();
    match &step.state {
        // It exists; whether it is usable is looked at again.
        StepState::Done => return Ok(()),
        StepState::Waiting { .. } if has_outputs || action.kind() != ActionKind::Merge => {
            return Ok(());
        }
        StepState::Failed { .. } if has_outputs && !is_tried_again(action) => return Ok(()),
        // A change that seemed to be somebody else's already may not be so any more, or never was.
        StepState::Waiting { .. }
        | StepState::Pending
        | StepState::Failed { .. }
        | StepState::Sent
        | StepState::NotKnown { .. } => {}
        StepState::Undoing | StepState::Undone | StepState::Kept => {
            return Err(Halt::Stopped(Problem::Internal {
                message: format!("step {} was undone", step.id),
            }));
        }
    }
    let mut doubt = Doubt::about(held, position, action);
    let mut last = Problem::OutcomeUnknown {
        operation: action.operation().to_owned(),
    };
    for _ in 0..CALLS {
        if settled_by_looking(held, session, position, action, doubt).await? {
            return Ok(());
        }
        match call(held, session, position, action, doubt).await? {
            Call::Made => return Ok(()),
            Call::Open(problem) => last = problem,
        }
        doubt = Doubt::Open;
    }
    Err(Halt::Stopped(last))
}

/// Whether what failed after AWS took it is sent again: it makes no second thing, and AWS does not try again by itself.
/// So it is with a change, with the proof of a domain whose record was not found, and with targets that somebody took
/// out.
fn is_tried_again(action: &Action) -> bool {
    action.kind() == ActionKind::Merge
        || matches!(
            action,
            Action::VerifyPrivateDns { .. } | Action::RegisterTargets { .. }
        )
}

/// Looks for what an earlier call made. `true`: adopted, or there already and not the run's. `false`: nothing is there
/// and it may be called again.
async fn settled_by_looking(
    held: &mut Held,
    session: &Session,
    position: usize,
    action: &Action,
    doubt: Doubt,
) -> Result<bool, Halt> {
    let may_call = action.takes_token() || held.sending(position).send_again;
    let Some(enough) = doubt.before_calling(held, position, action) else {
        return Ok(false);
    };
    if let Some(outputs) = look(held, session, position, action, enough).await? {
        if doubt.claims(action) {
            adopt(held, position, action, outputs).await?;
        } else {
            let nothing = Outputs::default();
            made(held, position, nothing, so_by_another(action)).await?;
        }
        return Ok(true);
    }
    if may_call {
        return Ok(false);
    }
    let problem = Problem::OutcomeUnknown {
        operation: action.operation().to_owned(),
    };
    held.run.steps[position].state = StepState::NotKnown {
        problem: problem.clone(),
    };
    let said = format!(
        "{}: nothing that carries this run's ID has appeared in ten minutes",
        action.operation()
    );
    held.kept(Some(position), Some(said)).await?;
    Err(Halt::Stopped(problem))
}

/// Looks for what carries the run's ID. Answers `None` only when the looks were enough.
pub(crate) async fn look(
    held: &mut Held,
    session: &Session,
    position: usize,
    action: &Action,
    enough: Enough,
) -> Result<Option<Outputs>, Halt> {
    let engine = held.engine();
    let run = held.run.id.clone();
    let mut pace = Pace::of(action);
    let mut patience = Patience::default();
    let mut looks = 0;
    let sought = match action.kind() {
        ActionKind::Merge => "looking whether it took effect",
        ActionKind::Write | ActionKind::Wait => "looking for what carries this run's ID",
    };
    let said = format!("{}: {sought}", action.operation());
    held.kept(Some(position), Some(said)).await?;
    loop {
        // As of before the look: its answer may be as old.
        let at = engine.clock.now();
        match session.find(action, &run).await {
            Ok(Some(outputs)) => return Ok(Some(outputs)),
            Ok(None) => {
                patience.rests();
                looks += 1;
                if enough.is_reached(looks, at) {
                    return Ok(None);
                }
            }
            Err(problem) => patience
                .bears(&engine.clock, problem)
                .map_err(Halt::Stopped)?,
        }
        // The looks take minutes, and what is in doubt stays in doubt.
        held.stop_if_asked().await?;
        pace.pause(&engine.clock).await;
    }
}

async fn adopt(
    held: &mut Held,
    position: usize,
    action: &Action,
    outputs: Outputs,
) -> Result<(), Halt> {
    let said = format!("{}: found {}", action.operation(), ids(&outputs));
    held.run.steps[position].adopted = true;
    made(held, position, outputs, said).await
}

/// One call: its intent, then the call, then its answer, each in the journal before the next.
async fn call(
    held: &mut Held,
    session: &Session,
    position: usize,
    action: &Action,
    doubt: Doubt,
) -> Result<Call, Halt> {
    let operation = action.operation();
    let token = intend(held, position, operation).await?;
    let run = held.run.id.clone();
    let since = held.engine().clock.now();
    let mut pace = Pace::of(action);
    let answer = loop {
        match session.perform(action, &run, &token).await {
            Err(Problem::NotFound { .. }) if may_be_listed_later(action, held, since) => {
                held.stop_if_asked().await?;
                pace.pause(&held.engine().clock).await;
            }
            answer => break answer,
        }
    };
    match answer {
        // Nothing was sent, for it is as wanted already. That may be the doing of the call in doubt: look again.
        Ok(outputs) if outputs.0.is_empty() && doubt != Doubt::None && doubt.claims(action) => {
            let said = format!("{operation} not sent: it is so already");
            held.kept(Some(position), Some(said)).await?;
            Ok(Call::Open(Problem::OutcomeUnknown {
                operation: operation.to_owned(),
            }))
        }
        // It has come to be as wanted after all, and is this step's own: sent before, and taken.
        Ok(outputs) if outputs.0.is_empty() && !held.run.steps[position].outputs.0.is_empty() => {
            let own = held.run.steps[position].outputs.clone();
            let said = format!("{operation} not sent: it is so by now");
            made(held, position, own, said).await?;
            Ok(Call::Made)
        }
        Ok(outputs) => {
            let said = if outputs.0.is_empty() {
                so_by_another(action)
            } else {
                format!("{operation} answered: {}", ids(&outputs))
            };
            made(held, position, outputs, said).await?;
            Ok(Call::Made)
        }
        Err(problem)
            if doubt == Doubt::Open && problem.leaves_outcome_open()
                || may_be_sent(action, &problem) =>
        {
            let said = format!("{operation}: no telling whether it took effect ({problem})");
            held.kept(Some(position), Some(said)).await?;
            Ok(Call::Open(problem))
        }
        // The name is taken, perhaps by what an earlier call of this very step made: look again.
        Err(problem @ Problem::Conflict { .. }) if doubt == Doubt::Open && action.takes_token() => {
            held.kept(Some(position), Some(format!("{operation}: {problem}")))
                .await?;
            Ok(Call::Open(problem))
        }
        Err(problem) => {
            // An unanswered call stays in doubt, whatever is said to this one.
            if doubt != Doubt::Open {
                let now = held.engine().clock.now();
                let step = &mut held.run.steps[position];
                step.state = StepState::Failed {
                    problem: problem.clone(),
                };
                step.ended_at = Some(now);
            }
            held.kept(Some(position), Some(format!("{operation}: {problem}")))
                .await?;
            Err(Halt::Stopped(problem))
        }
    }
}

/// Whether the action's own call may have taken effect. What a read before it came to is told under the read's name:
/// then nothing was sent.
fn may_be_sent(action: &Action, problem: &Problem) -> bool {
    problem.leaves_outcome_open()
        && match problem {
            Problem::Unreachable { operation, .. }
            | Problem::ServerError { operation, .. }
            | Problem::Malformed { operation, .. } => operation == action.operation(),
            _ => true,
        }
}

/// Whether what is to be accepted may only not be listed yet: ClickHouse reports an endpoint that AWS made a moment
/// ago.
fn may_be_listed_later(action: &Action, held: &Held, since: Timestamp) -> bool {
    matches!(action, Action::AcceptEndpointConnection { .. })
        && held.engine().clock.now().duration_since(since) <= MAY_BE_MISSING
}

fn so_by_another(action: &Action) -> String {
    let operation = action.operation();
    format!("{operation} not sent: it is so already, by somebody else")
}

/// Writes the intent; answers the step's token.
async fn intend(held: &mut Held, position: usize, operation: &str) -> Result<String, Halt> {
    let now = held.engine().clock.now();
    let sending = held.sending(position);
    sending.send_again = false;
    let token = sending
        .token
        .get_or_insert_with(|| uuid::Uuid::new_v4().to_string())
        .clone();
    let step = &mut held.run.steps[position];
    step.began_at.get_or_insert(now);
    step.ended_at = None;
    step.state = StepState::Sent;
    held.kept(Some(position), Some(format!("{operation} sent")))
        .await?;
    Ok(token)
}

async fn made(
    held: &mut Held,
    position: usize,
    outputs: Outputs,
    said: String,
) -> Result<(), Halt> {
    let step = &mut held.run.steps[position];
    step.outputs = outputs;
    step.ended_at = None;
    step.state = StepState::Waiting {
        seen: String::new(),
        turn: Turn::NotKnown,
    };
    held.kept(Some(position), Some(said)).await
}

/// The IDs in some outputs, for the log.
pub(crate) fn ids(outputs: &Outputs) -> String {
    let things = outputs
        .0
        .iter()
        // What is done to a thing is none.
        .filter(|(name, _)| **name != OutputName::ClusterOperationArn);
    let ids: Vec<&str> = things
        .flat_map(|(_, values)| values)
        .map(String::as_str)
        .collect();
    ids.join(", ")
}
