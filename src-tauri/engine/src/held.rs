//! A run in this process's hands.
//!
//! Owns that no change counts before the journal has it: every change is made on the run here and then kept.
//! Each write checks the lease, so that a process that slept through its own lease writes nothing and calls
//! nobody. Dropped halfway (its task was ended), the run stands still and says so.

use std::collections::BTreeMap;
use std::sync::Arc;

use pipelink_plan::problem::Problem;
use pipelink_plan::run::{LogLine, Run, RunId, RunState};
use pipelink_plan::step::{Action, Outputs, StepId};

use crate::journal::runs::{Change, Sending};
use crate::journal::{leases, runs};
use crate::lease::Lease;
use crate::{Inner, Session, no_run};

/// A run with its lease.
pub(crate) struct Held {
    pub(crate) run: Run,
    sendings: Vec<Sending>,
    engine: Arc<Inner>,
    lease: Lease,
}

/// Why driving a run ended early.
#[derive(Debug)]
pub(crate) enum Halt {
    /// The run stops, and the journal says why.
    Stopped(Problem),
    /// The run is not in hand any more: the lease is lost or the journal does not take a write.
    OutOfHand(Problem),
}

impl Held {
    /// Takes the run in hand.
    pub(crate) async fn take(engine: &Arc<Inner>, run: &RunId) -> Result<Self, Problem> {
        let lease = Lease::take(&engine.journal, leases::of_run(&run.0)).await?;
        let id = run.clone();
        let (run, sendings) = engine
            .journal
            .read(move |connection| Ok(runs::one(connection, &id)?.ok_or_else(|| no_run(&id))?))
            .await?;
        Ok(Self {
            run,
            sendings,
            engine: Arc::clone(engine),
            lease,
        })
    }

    /// Writes the run's state, the step at `position` and a line of the log, in one transaction.
    pub(crate) async fn keep(
        &mut self,
        position: Option<usize>,
        said: Option<String>,
    ) -> Result<(), Problem> {
        let step = position.map(|position| {
            let step = self.run.steps[position].clone();
            (position, step, self.sendings[position].clone())
        });
        let said = said.map(|text| LogLine {
            at: self.engine.clock.now(),
            step: step.as_ref().map(|(_, step, _)| step.id.clone()),
            text,
        });
        if let Some(line) = &said {
            tracing::info!(run = %self.run.id, step = line.step.as_ref().map(|step| &step.0), "{}", line.text);
        }
        let change = Change {
            run: self.run.id.clone(),
            state: self.run.state.clone(),
            ended_at: self.run.ended_at,
            undo_also: self.run.undo_also.clone(),
            step,
            said: said.clone(),
        };
        let lease = self.lease.word();
        self.run.cancelling = self
            .engine
            .journal
            .write(move |transaction| {
                lease.keep(transaction)?;
                runs::change(transaction, &change)
            })
            .await?;
        self.run.log.extend(said);
        self.engine.tick();
        Ok(())
    }

    /// The same while driving, where a failure ends it.
    pub(crate) async fn kept(
        &mut self,
        position: Option<usize>,
        said: Option<String>,
    ) -> Result<(), Halt> {
        self.keep(position, said).await.map_err(Halt::OutOfHand)
    }

    /// Moves the run to a state of being under way, with an earlier wish to cancel forgotten unless the run
    /// was only begun yet.
    pub(crate) async fn set_out(&mut self, state: RunState, said: &str) -> Result<(), Problem> {
        if self.run.cancelling && !matches!(self.run.state, RunState::Running) {
            let id = self.run.id.clone();
            self.engine
                .journal
                .write(move |transaction| runs::set_cancelling(transaction, &id, false))
                .await?;
        }
        self.run.state = state;
        self.run.ended_at = None;
        self.keep(None, Some(said.to_owned())).await
    }

    /// Stops here if the admin asked for it, in this or another process.
    pub(crate) async fn stop_if_asked(&mut self) -> Result<(), Halt> {
        let id = self.run.id.clone();
        let found = self
            .engine
            .journal
            .read(move |connection| runs::is_cancelling(connection, &id))
            .await
            .map_err(Halt::OutOfHand)?;
        self.run.cancelling = found;
        if found {
            Err(Halt::Stopped(Problem::Cancelled))
        } else {
            Ok(())
        }
    }

    /// Writes how driving came out, gives the run up and answers it.
    pub(crate) async fn settle(
        mut self,
        outcome: Result<(), Halt>,
        done: RunState,
        stopped: fn(Problem) -> RunState,
    ) -> Result<Run, Problem> {
        let said = match outcome {
            Ok(()) => {
                self.run.ended_at = Some(self.engine.clock.now());
                self.run.state = done;
                "Finished".to_owned()
            }
            Err(Halt::Stopped(problem)) => {
                let said = format!("Stopped: {problem}");
                self.run.state = stopped(problem);
                said
            }
            Err(Halt::OutOfHand(problem)) => {
                tracing::warn!(run = %self.run.id, %problem, "the run is out of hand");
                return Err(problem);
            }
        };
        self.keep(None, Some(said)).await?;
        let run = self.run.clone();
        self.release().await?;
        Ok(run)
    }

    /// Gives the run up.
    pub(crate) async fn release(mut self) -> Result<(), Problem> {
        self.lease.give_up().await?;
        self.engine.tick();
        Ok(())
    }

    /// The run must have been made where the session is.
    pub(crate) fn belongs_to(&self, session: &Session) -> Result<(), Problem> {
        same_account(
            &self.run.identity.account_id,
            &self.run.identity.region,
            session,
        )
    }

    /// The action of the step at `position`, with every input a literal.
    pub(crate) fn action(&self, position: usize) -> Result<Action, Halt> {
        let made: BTreeMap<StepId, Outputs> = self
            .run
            .steps
            .iter()
            .map(|step| (step.id.clone(), step.outputs.clone()))
            .collect();
        self.run.plan.steps[position]
            .action
            .resolve(&made)
            .map_err(|missing| {
                Halt::Stopped(Problem::Internal {
                    message: missing.to_string(),
                })
            })
    }

    /// What is kept of the calls of the step at `position`.
    pub(crate) fn sending(&mut self, position: usize) -> &mut Sending {
        &mut self.sendings[position]
    }

    /// The engine.
    pub(crate) fn engine(&self) -> Arc<Inner> {
        Arc::clone(&self.engine)
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        if self.lease.is_given_up() {
            return;
        }
        let (id, lease, engine) = (
            self.run.id.clone(),
            self.lease.word(),
            Arc::clone(&self.engine),
        );
        let at = self.engine.clock.now();
        self.engine.journal.write_later(move |transaction| {
            lease.keep(transaction)?;
            runs::interrupt(transaction, &id, at)?;
            engine.tick();
            Ok(())
        });
    }
}

/// The session must be in that account and region.
pub(crate) fn same_account(
    account_id: &str,
    region: &str,
    session: &Session,
) -> Result<(), Problem> {
    let found = &session.identity;
    if found.account_id != account_id {
        return Err(Problem::WrongAccount {
            expected: account_id.to_owned(),
            found: found.account_id.clone(),
        });
    }
    if found.region != region {
        return Err(Problem::WrongAccount {
            expected: format!("{account_id} in {region}"),
            found: format!("{} in {}", found.account_id, found.region),
        });
    }
    Ok(())
}
