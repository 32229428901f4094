//! One run and one fault, on a stage of its own.

use std::collections::{BTreeMap, BTreeSet};

use pipelink_engine::{Engine, Session};
use pipelink_plan::problem::Problem;
use pipelink_plan::run::{Run, RunId, RunState, StepState};
use serde_json::Value;

use super::reasons::fits;
use super::{Call, Case, Strikes};
use crate::stage::Stage;
use crate::stage::hands::{carry_on, undo};
use crate::stage::order::{illegal, is_told, outlasts_grace, stopped_by};
use crate::stage::plans::only;

/// Minutes of the account are fractions of a second, and yet longer than a request takes.
const SPEED: f64 = 300.0;
/// What comes into a failed state does not leave it: such a run can be undone, and no more.
const FOR_GOOD: [&str; 2] = ["failed_state", "no_capacity"];
/// As many as the SDK makes in one call.
const ALL_ATTEMPTS: u32 = 3;
/// How often a run is driven before the fault counts as one that strikes nothing.
const DRIVES: u32 = 5;

/// One case on its stage.
pub(super) struct Play {
    case: Case,
    stage: Stage,
    before: BTreeMap<String, Value>,
    engine: Engine,
    session: Session,
    id: RunId,
}

impl Play {
    pub(super) async fn set(case: Case) -> Self {
        let call = case.call;
        let stage = Stage::set_for(call.shape, SPEED).await;
        let before = stage.things().await;
        let (engine, session) = (stage.engine().await, stage.session().await);
        let plan = only(&stage.plan_of(call.shape, call.with_key).await, call.steps);
        let id = engine.begin(&session, plan, Vec::new()).await.unwrap();
        Self {
            case,
            stage,
            before,
            engine,
            session,
            id,
        }
    }

    fn known(&self) -> BTreeSet<String> {
        self.before.keys().cloned().collect()
    }

    pub(super) async fn done(&self) {
        let run = carry_on(&self.stage, &self.engine, &self.session, &self.id).await;
        assert_eq!(run.state, RunState::Done, "{:?}: {run:#?}", self.case);
    }

    /// Switches the case's fault on; answers its ID.
    async fn strike(&self) -> String {
        let Call {
            service,
            operation,
            after,
            ..
        } = self.case.call;
        if let Some(write) = after {
            let times = if service == "clickhouse" {
                1
            } else {
                ALL_ATTEMPTS
            };
            self.stage.fault(service, write, "lost_answer", times).await;
        }
        let times = match self.case.strikes {
            Strikes::Once => 1,
            Strikes::UntilRemoved => 0,
        };
        let kind = &self.case.kind;
        self.stage.fault(service, operation, kind, times).await
    }

    /// Drives the run into the fault. What holds a call is left alone with it, as by a process that ends.
    pub(super) async fn struck(&self) -> Run {
        let drive = || carry_on(&self.stage, &self.engine, &self.session, &self.id);
        self.driven_into_fault(drive, &RunState::Done).await
    }

    pub(super) async fn struck_undoing(&self) -> Run {
        let undo = || undo(&self.stage, &self.engine, &self.session, &self.id);
        self.driven_into_fault(undo, &RunState::Undone).await
    }

    async fn driven_into_fault<D>(&self, drive: impl Fn() -> D, end: &RunState) -> Run
    where
        D: Future<Output = Run>,
    {
        let case = &self.case;
        let fault = self.strike().await;
        for _ in 0..DRIVES {
            let run = if case.kind.starts_with("hold_") {
                self.abandoned(drive()).await
            } else {
                drive().await
            };
            self.told(&run, end).await;
            let problem = stopped_by(&run);
            if self.stage.hits(&fault).await > 0 {
                let fits = problem.is_none_or(|problem| fits(case, problem));
                assert!(fits, "{case:?}: {problem:?}: {run:#?}");
                return run;
            }
            // On a busy computer a limit may pass at this speed before the call is reached.
            let passed = matches!(problem, Some(Problem::StillWaiting { .. }));
            assert!(passed, "{case:?}: nothing was struck: {run:#?}");
        }
        panic!("{case:?}: the call was never reached");
    }

    /// Drops the driving as soon as a call is held, or answers how it came out where none was.
    async fn abandoned(&self, drive: impl Future<Output = Run>) -> Run {
        tokio::select! {
            run = drive => return run,
            () = self.stage.until_held() => {}
        }
        let stands = |run: &Run| stopped_by(run).is_some();
        self.stage.until(&self.engine, &self.id, stands).await
    }

    /// It is done, or stands still and says what happened on the other side.
    async fn told(&self, run: &Run, end: &RunState) {
        let case = &self.case;
        if run.state != *end {
            let problem = stopped_by(run).unwrap_or_else(|| panic!("{case:?}: {run:#?}"));
            assert!(is_told(problem), "{case:?}: {problem:?}: {run:#?}");
        }
        assert_eq!(illegal(run), None, "{case:?}: {run:#?}");
        let disorder = self.stage.disorder(run, &self.known()).await;
        assert_eq!(disorder, None, "{case:?}: {run:#?}");
    }

    /// The fault is gone, and the journal is opened by a new engine.
    pub(super) async fn begin_again(mut self) -> Self {
        self.stage.clear_faults().await;
        if self.case.kind == "service_idle" {
            self.stage.command("orders-analytics", "start").await;
            self.stage.advance(600).await;
        }
        self.engine = self.stage.engine().await;
        self
    }

    /// The run is continued until it is done, unless what failed has failed for good; then it is undone.
    pub(super) async fn ends(&self, run: &Run) {
        let case = &self.case;
        let mut run = run.clone();
        for _ in 0..6 {
            if run.state == RunState::Done {
                break;
            }
            for step in &run.steps {
                if matches!(step.state, StepState::NotKnown { .. }) {
                    self.engine.send_again(&run.id, &step.id).await.unwrap();
                }
            }
            run = carry_on(&self.stage, &self.engine, &self.session, &run.id).await;
            self.told(&run, &RunState::Done).await;
        }
        let failed = FOR_GOOD.contains(&case.kind.as_str()) && !is_sent_again(case);
        assert!(run.state == RunState::Done || failed, "{case:?}: {run:#?}");
        if !case.call.with_key {
            self.stage.delete_endpoint_by_hand().await;
        }
        self.is_undone(&run).await;
    }

    /// The run is undone, and everything is as it was.
    pub(super) async fn is_undone(&self, run: &Run) {
        let case = &self.case;
        let mut run = run.clone();
        for _ in 0..6 {
            run = undo(&self.stage, &self.engine, &self.session, &run.id).await;
            self.told(&run, &RunState::Undone).await;
            if run.state == RunState::Undone {
                break;
            }
        }
        assert_eq!(run.state, RunState::Undone, "{case:?}: {run:#?}");
        if !case.call.with_key {
            self.stage.delete_endpoint_by_hand().await;
        }
        let after = self.stage.things().await;
        let differs = |id: &&String| self.before.get(*id) != after.get(*id);
        let ids: BTreeSet<&String> = self.before.keys().chain(after.keys()).collect();
        let different: Vec<_> = ids.into_iter().filter(differs).collect();
        let as_before = different.is_empty() || outlasts_grace(&run);
        assert!(as_before, "{case:?}: {different:?}: {run:#?}");
    }
}

/// A change that failed is sent again, and so is the verification of a name.
fn is_sent_again(case: &Case) -> bool {
    [
        "UpdateResourceGateway",
        "UpdateConnectivity",
        "StartVpcEndpointServicePrivateDnsVerification",
    ]
    .contains(&case.call.operation)
}
