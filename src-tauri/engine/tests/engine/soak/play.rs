//! Playing one schedule, and what must hold all the while.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use pipelink_engine::{Engine, Session};
use pipelink_plan::problem::Problem;
use pipelink_plan::run::{Run, RunId, RunState, StepState};
use rusqlite::Connection;
use serde_json::Value;

use super::schedule::{Event, Phase, Schedule, Verb};
use super::tally::Tally;
use crate::stage::Stage;
use crate::stage::hands::{carry_on, undo};
use crate::stage::order::{illegal, is_told, outlasts_grace, stopped_by};

const SPEED: f64 = 300.0;
/// With nothing happening for that long, the next event is due: a stopped clock makes no changes.
const QUIET: Duration = Duration::from_millis(1_500);
/// After that long a run counts as one that comes to no end by itself: once nothing stands against it any more,
/// and where it may wait for what does not come.
const NO_END: Duration = Duration::from_mins(1);
const IN_VAIN: Duration = Duration::from_secs(6);
/// Far less than the half minute that a lease lasts by itself.
const GIVEN_UP: Duration = Duration::from_secs(10);
/// How often a run is taken in hand before it counts as one that comes to no end.
const ENDINGS: usize = 8;
/// What comes into a failed state for good.
const FOR_GOOD: [&str; 2] = ["failed_state", "no_capacity"];

/// Plays the schedule to its end. Panics with what is wrong.
pub(crate) async fn play(schedule: &Schedule, tally: &Tally) {
    let mut play = Play::begin(schedule, tally).await;
    for phase in &schedule.phases {
        play.phase(phase).await;
    }
    play.clear().await;
    let run = play.ended().await;
    if !may_be_kept_from_its_end(schedule) && !play.undoing {
        assert_eq!(run.state, RunState::Done, "{run:#?}");
    }
    if schedule.undone || play.undoing || run.state != RunState::Done {
        play.undone().await;
    }
}

/// Whether others may have taken away what the run waits for, or something may have failed for good.
fn may_be_kept_from_its_end(schedule: &Schedule) -> bool {
    schedule.is_meddled_with() || FOR_GOOD.iter().any(|kind| schedule.has(kind))
}

struct Play<'a> {
    schedule: &'a Schedule,
    tally: &'a Tally,
    stage: Stage,
    session: Session,
    engine: Option<Engine>,
    id: RunId,
    before: BTreeMap<String, Value>,
    /// What was there before, and what others made since.
    known: BTreeSet<String>,
    /// Each step's token, once it has one.
    tokens: BTreeMap<String, String>,
    /// Whether the run has been begun to be undone.
    undoing: bool,
    /// Whether the phases are over, and nothing stands against the run any more.
    ending: bool,
}

impl<'a> Play<'a> {
    async fn begin(schedule: &'a Schedule, tally: &'a Tally) -> Self {
        let stage = Stage::set_for(schedule.shape, SPEED).await;
        let before = stage.things().await;
        let (engine, session) = (stage.engine().await, stage.session().await);
        let plan = stage.plan_of(schedule.shape, schedule.with_key).await;
        let id = engine.begin(&session, plan, Vec::new()).await.unwrap();
        Self {
            schedule,
            tally,
            known: before.keys().cloned().collect(),
            before,
            stage,
            session,
            engine: Some(engine),
            id,
            tokens: BTreeMap::new(),
            undoing: false,
            ending: false,
        }
    }

    fn engine(&self) -> Engine {
        self.engine.clone().unwrap()
    }

    /// The run is taken in hand, and things happen to it meanwhile.
    async fn phase(&mut self, phase: &Phase) {
        for fault in &phase.faults {
            let (service, operation) = (&fault.service, &fault.operation);
            let (kind, times) = (&fault.kind, fault.times);
            self.stage.fault(service, operation, kind, times).await;
        }
        self.undoing |= phase.verb == Verb::Undo;
        let verb = if self.undoing {
            Verb::Undo
        } else {
            Verb::CarryOn
        };
        if self.driven(verb, &phase.events).await.is_none() {
            self.reopen().await;
        }
        self.look().await;
    }

    /// Drives the run while the events come due. `None`: the process ended.
    async fn driven(&mut self, verb: Verb, events: &[(u64, Event)]) -> Option<Run> {
        let engine = self.engine();
        let mut others = BTreeSet::new();
        let run = self.drive(&engine, verb, events, &mut others).await;
        self.known.extend(others);
        run
    }

    async fn drive(
        &self,
        engine: &Engine,
        verb: Verb,
        events: &[(u64, Event)],
        others: &mut BTreeSet<String>,
    ) -> Option<Run> {
        let (stage, session, id) = (&self.stage, &self.session, &self.id);
        let mut changes = engine.changes();
        let began = *changes.borrow_and_update();
        let drive = async {
            match verb {
                Verb::CarryOn => carry_on(stage, engine, session, id).await,
                Verb::Undo => undo(stage, engine, session, id).await,
            }
        };
        tokio::pin!(drive);
        for (tick, event) in events {
            tokio::select! {
                run = &mut drive => return Some(run),
                changed = changes.wait_for(|now| now.wrapping_sub(began) >= *tick) => {
                    drop(changed.unwrap());
                }
                () = tokio::time::sleep(QUIET) => {}
            }
            match event {
                Event::Kill => {
                    self.tally.killed();
                    return None;
                }
                Event::Cancel => engine.cancel(id).await.unwrap(),
                Event::Advance(seconds) => {
                    stage.advance(*seconds).await;
                    self.tally.jumped();
                }
                Event::Speed(speed) => stage.run_at(f64::from(*speed)).await,
                Event::ClearFaults => self.clear_faults().await,
                Event::Operator(place) => {
                    if let Some(theirs) = stage.meddle(*place, id).await {
                        others.extend(theirs);
                        self.tally.acted();
                    }
                }
            }
        }
        self.to_its_end(engine, &mut drive).await
    }

    /// Lets the run come to its end by itself. A clock that was stopped goes on; a wait for somebody who does
    /// not come is cancelled in the end.
    async fn to_its_end(
        &self,
        engine: &Engine,
        drive: &mut (impl Future<Output = Run> + Unpin),
    ) -> Option<Run> {
        if let Ok(run) = tokio::time::timeout(QUIET, &mut *drive).await {
            return Some(run);
        }
        self.stage.run_at(SPEED).await;
        let no_end = if self.ending && !may_be_kept_from_its_end(self.schedule) {
            NO_END
        } else {
            IN_VAIN
        };
        if let Ok(run) = tokio::time::timeout(no_end, &mut *drive).await {
            return Some(run);
        }
        engine.cancel(&self.id).await.unwrap();
        tokio::time::timeout(NO_END, drive).await.ok()
    }

    /// The process is no more; another one opens the journal, and tells the run as interrupted.
    async fn reopen(&mut self) {
        self.engine = None;
        // A process that is no more holds nothing. This one goes on: what it dropped is given up in a moment.
        let began = Instant::now();
        while is_held(&self.stage) {
            assert!(began.elapsed() < GIVEN_UP, "a lease is left behind");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        self.engine = Some(self.stage.engine().await);
        let run = self.look().await;
        let runs = matches!(run.state, RunState::Running | RunState::Undoing);
        assert!(!runs, "nobody has it in hand: {run:#?}");
    }

    /// What must hold at any time.
    async fn look(&mut self) -> Run {
        let run = self.engine().run(&self.id).await.unwrap().unwrap();
        assert_eq!(illegal(&run), None, "{run:#?}");
        if let Some(problem) = stopped_by(&run) {
            assert!(is_told(problem), "{problem:?}: {run:#?}");
        }
        let disorder = self.stage.disorder(&run, &self.known).await;
        assert_eq!(disorder, None, "{run:#?}");
        for (step, token) in tokens(&self.stage, &self.id) {
            let first = self.tokens.entry(step).or_insert_with(|| token.clone());
            assert_eq!(*first, token, "a token changed: {run:#?}");
        }
        run
    }

    /// Nothing stands against the run any more, but for what others did.
    async fn clear(&mut self) {
        self.ending = true;
        self.clear_faults().await;
        self.stage.run_at(SPEED).await;
        self.stage.wake_if_idle("orders-analytics").await;
    }

    async fn clear_faults(&self) {
        self.tally.struck(self.stage.all_hits().await);
        self.stage.clear_faults().await;
    }

    /// Continues, or undoes what was begun to be undone, until that comes to an end.
    async fn ended(&mut self) -> Run {
        let mut run = self.look().await;
        for times in 0..ENDINGS {
            let waits_in_vain = times > 0 && stopped_by(&run) == Some(&Problem::Cancelled);
            if matches!(run.state, RunState::Done | RunState::Undone) || waits_in_vain {
                break;
            }
            if self.undoing {
                self.driven(Verb::Undo, &[]).await;
            } else {
                for step in &run.steps {
                    if matches!(step.state, StepState::NotKnown { .. }) {
                        self.engine().send_again(&run.id, &step.id).await.unwrap();
                    }
                }
                self.driven(Verb::CarryOn, &[]).await;
            }
            run = self.look().await;
        }
        run
    }

    /// Undoes the run, and finds everything as it was.
    async fn undone(&mut self) {
        self.undoing = true;
        // A configuration is detached from what is connected; an endpoint service is not deleted under it.
        let stays = self.schedule.attached && self.schedule.shape.detaches();
        if !self.schedule.with_key && !stays {
            self.stage.delete_endpoint_by_hand().await;
        }
        let mut run = self.look().await;
        for _ in 0..ENDINGS {
            if run.state == RunState::Undone {
                break;
            }
            self.driven(Verb::Undo, &[]).await;
            run = self.look().await;
        }
        if self.schedule.is_meddled_with() {
            // Somebody may use what the run made by now.
            let stopped = matches!(run.state, RunState::UndoStopped { .. });
            assert!(stopped || run.state == RunState::Undone, "{run:#?}");
        } else {
            assert_eq!(run.state, RunState::Undone, "{run:#?}");
            if !self.schedule.with_key {
                self.stage.delete_endpoint_by_hand().await;
            }
            let after = self.stage.things().await;
            assert!(
                after == self.before || outlasts_grace(&run),
                "not as it was: {run:#?}"
            );
        }
        if run.state == RunState::Undone {
            let made = self.stage.made(&run.id).await;
            assert!(made.is_empty(), "{made:?}: {run:#?}");
        }
    }
}

fn file(stage: &Stage) -> Connection {
    let file = Connection::open(stage.journal()).unwrap();
    file.busy_timeout(Duration::from_secs(5)).unwrap();
    file
}

/// Whether the journal says that somebody has something in hand.
fn is_held(stage: &Stage) -> bool {
    let count = file(stage).query_row("SELECT count(*) FROM leases", [], |row| {
        row.get::<_, u32>(0)
    });
    count.unwrap() > 0
}

/// The tokens that the journal has, by step.
fn tokens(stage: &Stage, run: &RunId) -> Vec<(String, String)> {
    file(stage)
        .prepare("SELECT id, token FROM steps WHERE run = ?1 AND token IS NOT NULL")
        .unwrap()
        .query_map([&run.0], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap()
}
