//! Runs plans durably, keeps the journal, and remembers every endpoint it has seen.
//!
//! Owns the order *intent to the journal, call, answer to the journal, wait until usable*, and everything
//! that follows from a call whose answer got lost. Knows AWS and ClickHouse only through their adapters'
//! verbs, and what a step is only through `pipelink-plan`.
//!
//! | file | owns |
//! |---|---|
//! | [`clock`] | every look at the time |
//! | [`dns`] | what a domain name resolves to |
//! | [`journal`] | the SQLite file: runs, leases, observations |
//! | `lease`, `held` | one owner at a time; a run in this process's hands, each change written before it counts |
//! | `parties` | which adapter carries out an action |
//! | `patience` | how often to look, how long to wait, what to sit out |
//! | `carry_on`, `obtain`, `usable` | the run: step by step, making a thing, waiting for it |
//! | `doubt` | what an unanswered or refused call may have made, and whose it then is |
//! | `undo` | removing what a run made |
//! | `sweep`, `board` | reading every endpoint; what the journal remembers of them |

mod board;
mod carry_on;
pub mod clock;
pub mod dns;
mod doubt;
mod held;
pub mod journal;
mod lease;
mod obtain;
mod parties;
mod patience;
mod sweep;
mod undo;
mod usable;

use std::path::Path;
use std::sync::Arc;

use pipelink_aws::Aws;
use pipelink_clickhouse::ClickHouse;
use pipelink_plan::account::AccountRef;
use pipelink_plan::board::Board;
use pipelink_plan::check::CheckId;
use pipelink_plan::facts::Identity;
use pipelink_plan::problem::{Party, Problem};
use pipelink_plan::run::{LogLine, Run, RunId, RunState, RunStep, StepState};
use pipelink_plan::step::{Outputs, Plan, StepId};
use tokio::sync::watch;

use clock::Clock;
use dns::Dns;
use held::Held;
use journal::{Journal, leases, runs};

/// Who acts in which account: the adapters, and as whom they identified themselves.
pub struct Session {
    /// The account as picked.
    pub account: AccountRef,
    /// The account as it identified itself.
    pub identity: Identity,
    /// The AWS side.
    pub aws: Aws,
    /// The ClickHouse side, where there is a key.
    pub clickhouse: Option<ClickHouse>,
    /// Where domain names are looked up.
    pub dns: Dns,
}

/// The engine of one journal; clones are the same engine.
#[derive(Clone)]
pub struct Engine {
    inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) journal: Journal,
    pub(crate) clock: Clock,
    changes: watch::Sender<u64>,
}

impl Inner {
    /// Tells whoever watches that a run or the board changed.
    pub(crate) fn tick(&self) {
        self.changes
            .send_modify(|count| *count = count.wrapping_add(1));
    }
}

impl Engine {
    /// Opens the journal. Runs that were under way in a process that is no more come out as
    /// [`RunState::Stopped`] or [`RunState::UndoStopped`] with [`Problem::Interrupted`].
    ///
    /// # Errors
    /// [`Problem::JournalDamaged`], [`Problem::JournalNewer`] (the file is left as it is) and
    /// [`Problem::JournalUnwritable`].
    pub fn open(journal: &Path, clock: Clock) -> Result<Self, Problem> {
        let journal = Journal::open(journal)?;
        let now = clock.now();
        journal.write_now(move |transaction| runs::settle_interrupted(transaction, now))?;
        Ok(Self {
            inner: Arc::new(Inner {
                journal,
                clock,
                changes: watch::Sender::new(0),
            }),
        })
    }

    /// The account's clock.
    pub fn clock(&self) -> &Clock {
        &self.inner.clock
    }

    /// Ticks whenever a run or the board changed through this engine.
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.inner.changes.subscribe()
    }

    /// Writes a new run to the journal; calls nobody. Two calls with the same plan are two runs.
    ///
    /// # Errors
    /// [`Problem::WrongAccount`] if the plan is for another account or region than the session's; the
    /// journal's own.
    pub async fn begin(
        &self,
        session: &Session,
        plan: Plan,
        accepted: Vec<CheckId>,
    ) -> Result<RunId, Problem> {
        held::same_account(&plan.account_id, &plan.region, session)?;
        let id = RunId(uuid::Uuid::now_v7().to_string());
        let now = self.inner.clock.now();
        let steps = plan
            .steps
            .iter()
            .map(|step| RunStep {
                id: step.id.clone(),
                state: StepState::Pending,
                began_at: None,
                ended_at: None,
                adopted: false,
                may_be_left: step.action.may_be_left(),
                outputs: Outputs::default(),
            })
            .collect();
        let run = Run {
            id: id.clone(),
            account: session.account.clone(),
            identity: session.identity.clone(),
            plan,
            accepted,
            state: RunState::Running,
            began_at: now,
            ended_at: None,
            cancelling: false,
            undo_also: Vec::new(),
            steps,
            log: vec![LogLine {
                at: now,
                step: None,
                text: format!(
                    "Begun as {} in {}",
                    session.identity.arn, session.identity.region
                ),
            }],
        };
        self.inner
            .journal
            .write(move |transaction| runs::insert(transaction, &run))
            .await?;
        self.inner.tick();
        tracing::info!(run = %id, "run begun");
        Ok(id)
    }

    /// Drives a run until it is done, or until something stops it; continues one that was stopped.
    ///
    /// Answers the run as it then stands: [`RunState::Done`], or [`RunState::Stopped`] with what stopped it.
    ///
    /// # Errors
    /// Only where the run could not be taken in hand, or is not any more: [`Problem::HeldElsewhere`],
    /// [`Problem::WrongAccount`], [`Problem::NotFound`], [`Problem::Refused`] (it is being undone), and the
    /// journal's own.
    pub async fn carry_on(&self, session: &Session, run: &RunId) -> Result<Run, Problem> {
        Box::pin(carry_on::carry_on(&self.inner, session, run)).await
    }

    /// Asks a run under way to stop after the step under way (a wait for somebody or for something to be gone,
    /// and a look for what a lost answer left behind, stop at once). Nothing happens to a run that stands still
    /// already.
    ///
    /// # Errors
    /// [`Problem::NotFound`], and the journal's own.
    pub async fn cancel(&self, run: &RunId) -> Result<(), Problem> {
        let (id, now) = (run.clone(), self.inner.clock.now());
        self.inner
            .journal
            .write(move |transaction| {
                let (run, _) = runs::one(transaction, &id)?.ok_or_else(|| no_run(&id))?;
                if matches!(run.state, RunState::Running | RunState::Undoing) && !run.cancelling {
                    runs::set_cancelling(transaction, &id, true)?;
                    let text = match run.state {
                        RunState::Undoing => "Asked to stop undoing",
                        _ => "Asked to stop after the step under way",
                    };
                    let line = LogLine {
                        at: now,
                        step: None,
                        text: text.to_owned(),
                    };
                    runs::write_line(transaction, &id, &line)?;
                }
                Ok(())
            })
            .await?;
        self.inner.tick();
        Ok(())
    }

    /// The admin's word that a step whose outcome is not known may be sent once more: the next
    /// [`Engine::carry_on`] looks for it one last time, and then sends it.
    ///
    /// # Errors
    /// [`Problem::NotFound`], [`Problem::Refused`] if the step's outcome is not in doubt,
    /// [`Problem::HeldElsewhere`], and the journal's own.
    pub async fn send_again(&self, run: &RunId, step: &StepId) -> Result<(), Problem> {
        let (id, step, now) = (run.clone(), step.clone(), self.inner.clock.now());
        self.inner
            .journal
            .write(move |transaction| {
                let (run, _) = runs::one(transaction, &id)?.ok_or_else(|| no_run(&id))?;
                if leases::is_live(transaction, &leases::of_run(&id.0))? {
                    return Err(Problem::HeldElsewhere.into());
                }
                let position = run.steps.iter().position(|each| each.id == step);
                let unsure = |position: &usize| {
                    matches!(run.steps[*position].state, StepState::NotKnown { .. })
                };
                let Some(position) = position.filter(unsure) else {
                    return Err(Problem::Refused {
                        party: Party::Computer,
                        operation: "SendAgain".to_owned(),
                        message: format!("the outcome of step {step} is not in doubt"),
                    }
                    .into());
                };
                runs::allow_sending_again(transaction, &id, position)?;
                let line = LogLine {
                    at: now,
                    step: Some(step),
                    text: "You said to send it again".to_owned(),
                };
                runs::write_line(transaction, &id, &line)
            })
            .await?;
        self.inner.tick();
        Ok(())
    }

    /// Removes what the run made, and nothing else, in reverse, and waits for each thing to be gone. An undo
    /// that stood still is continued. What others may have come to use ([`OnUndo::StaysUnlessAsked`](pipelink_plan::step::OnUndo::StaysUnlessAsked)) is taken back
    /// only in the steps named in `also`, now or when the run was undone before: the wish is kept with the run. Of a run
    /// that is undone, what was kept can still be asked for.
    ///
    /// Answers the run as it then stands: [`RunState::Undone`], or [`RunState::UndoStopped`].
    ///
    /// # Errors
    /// As [`Engine::carry_on`].
    pub async fn undo(
        &self,
        session: &Session,
        run: &RunId,
        also: &[StepId],
    ) -> Result<Run, Problem> {
        Box::pin(undo::undo(&self.inner, session, run, also)).await
    }

    /// Ends a run that stands still and leaves what it made in place.
    ///
    /// # Errors
    /// [`Problem::HeldElsewhere`], [`Problem::NotFound`], and the journal's own.
    pub async fn leave(&self, run: &RunId) -> Result<(), Problem> {
        let mut held = Held::take(&self.inner, run).await?;
        match held.run.state {
            RunState::Running
            | RunState::Stopped { .. }
            | RunState::Undoing
            | RunState::UndoStopped { .. } => {
                held.run.state = RunState::Left;
                held.run.ended_at = Some(self.inner.clock.now());
                held.keep(None, Some("Left as it is".to_owned())).await?;
            }
            RunState::Done | RunState::Undone | RunState::Left => {}
        }
        held.release().await
    }

    /// Every run, newest first.
    ///
    /// # Errors
    /// The journal's own.
    pub async fn runs(&self) -> Result<Vec<Run>, Problem> {
        self.inner.journal.read(runs::all).await
    }

    /// One run; `None` if the journal has none of that ID.
    ///
    /// # Errors
    /// The journal's own.
    pub async fn run(&self, run: &RunId) -> Result<Option<Run>, Problem> {
        let id = run.clone();
        self.inner
            .journal
            .read(move |connection| Ok(runs::one(connection, &id)?.map(|(run, _)| run)))
            .await
    }

    /// Reads every service's endpoints and pipes once, keeps what was seen, and answers the board. What
    /// could not be read is in the board's `problem` and `unread`, with the rows as they were last seen.
    /// While another process sweeps the same account, it is what the journal remembers. A run whose process ended in the meantime is
    /// told as interrupted.
    ///
    /// # Errors
    /// The journal's own.
    pub async fn sweep(&self, session: &Session) -> Result<Board, Problem> {
        Box::pin(sweep::sweep(&self.inner, session)).await
    }

    /// The account's board as the journal remembers it; calls nobody. Endpoints are remembered for each AWS
    /// account, since each has its own ClickHouse key; watched shares are those of the account's region.
    ///
    /// # Errors
    /// The journal's own.
    pub async fn board(&self, account: &Identity) -> Result<Board, Problem> {
        board::board(&self.inner, account).await
    }
}

/// The journal has no such run.
pub(crate) fn no_run(run: &RunId) -> Problem {
    Problem::NotFound {
        party: Party::Computer,
        operation: "GetRun".to_owned(),
        message: format!("there is no run {run} in the journal"),
    }
}
