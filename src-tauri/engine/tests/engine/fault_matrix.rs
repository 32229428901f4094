//! Every fault that the sandbox knows for a call, at every step that makes the call: the run ends done, or
//! stops with a problem that says what happened, and is continued or undone once the fault is gone. Whatever
//! happens, at most one of each thing is made, and nothing without the run's ID.
//!
//! The sandbox itself lists what can strike a call, so that a fault it learns is in here from then on.

use std::collections::{BTreeMap, BTreeSet};

use pipelink_engine::{Engine, Session};
use pipelink_plan::run::{Run, RunId, RunState, StepState};

use crate::soak::schedule::CALLS;
use crate::stage::hands::carry_on;
use crate::stage::order::{illegal, is_told, stopped_by};
use crate::stage::plans::Shape;
use crate::stage::{Stage, at_most};

/// Minutes of the account are fractions of a second, and yet longer than a request takes.
const SPEED: f64 = 300.0;
/// How many runs are under way at once in one test.
const AT_ONCE: usize = 32;
/// What comes into a failed state does not leave it: such a run can be undone, and no more.
const FOR_GOOD: [&str; 2] = ["failed_state", "no_capacity"];
/// As many as the SDK makes in one call.
const ALL_ATTEMPTS: u32 = 3;

/// A call that a step makes, and a plan in which the step is reached soon.
#[derive(Debug, Clone, Copy)]
struct Call {
    shape: Shape,
    with_key: bool,
    service: &'static str,
    operation: &'static str,
    /// The write whose answers get lost, where the call is a look for what it made.
    after: Option<&'static str>,
}

const fn call(shape: Shape, service: &'static str, operation: &'static str) -> Call {
    Call {
        shape,
        with_key: true,
        service,
        operation,
        after: None,
    }
}

impl Call {
    const fn after(self, write: &'static str) -> Self {
        Self {
            after: Some(write),
            ..self
        }
    }

    const fn by_hand(self) -> Self {
        Self {
            with_key: false,
            ..self
        }
    }
}

/// How often a fault strikes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Strikes {
    Once,
    UntilRemoved,
}

/// What is worth telling apart: a refusal ends the call the first time, a state is come into once, and a held call
/// is left alone. The rest passes by itself when it strikes once, and does not when it strikes until removed.
fn strikes(kind: &str) -> &'static [Strikes] {
    match kind {
        "hold_before" | "hold_after" | "failed_state" | "no_capacity" | "service_idle"
        // A list of endlessly many empty pages is none that a service answers.
        | "empty_page" => &[Strikes::Once],
        "deny" | "forbidden" | "expired_credentials" | "unauthorized" | "quota"
        | "refused_sharing" | "delay" | "stuck" => &[Strikes::UntilRemoved],
        _ => &[Strikes::Once, Strikes::UntilRemoved],
    }
}

/// One run, one fault.
#[derive(Debug, Clone)]
struct Case {
    call: Call,
    kind: String,
    strikes: Strikes,
}

#[tokio::test]
async fn making_the_gateway() {
    const LATTICE: &str = "vpc-lattice";
    const MAKE: &str = "CreateResourceGateway";
    let of = |operation| call(Shape::Everything, LATTICE, operation);
    forward(&[
        of(MAKE),
        of("GetResourceGateway"),
        of("ListResourceGateways").after(MAKE),
        of("ListTagsForResource").after(MAKE),
    ])
    .await;
}

#[tokio::test]
async fn making_the_configuration() {
    const LATTICE: &str = "vpc-lattice";
    const MAKE: &str = "CreateResourceConfiguration";
    let of = |operation| call(Shape::OnGateway, LATTICE, operation);
    forward(&[
        of(MAKE),
        of("GetResourceConfiguration"),
        of("ListResourceConfigurations").after(MAKE),
        of("ListTagsForResource").after(MAKE),
    ])
    .await;
}

#[tokio::test]
async fn making_the_share() {
    const MAKE: &str = "CreateResourceShare";
    let of = |operation| call(Shape::OnConfiguration, "ram", operation);
    forward(&[
        of(MAKE),
        of("GetResourceShares"),
        of("GetResourceShareAssociations"),
        of("GetResourceShares").after(MAKE),
    ])
    .await;
}

#[tokio::test]
async fn making_the_endpoint() {
    const MAKE: &str = "CreateReversePrivateEndpoint";
    let of = |operation| call(Shape::OnConfiguration, "clickhouse", operation);
    forward(&[
        of(MAKE),
        of("GetReversePrivateEndpoint"),
        of("ListReversePrivateEndpoints").after(MAKE),
    ])
    .await;
}

#[tokio::test]
async fn waiting_for_the_acceptance() {
    let of = |operation| call(Shape::OnConfiguration, "ram", operation).by_hand();
    forward(&[of("GetResourceShareAssociations")]).await;
}

#[tokio::test]
async fn changing_the_groups() {
    const CHANGE: &str = "UpdateResourceGateway";
    let of = |operation| call(Shape::Groups, "vpc-lattice", operation);
    forward(&[
        of(CHANGE),
        of("GetResourceGateway"),
        of("GetResourceGateway").after(CHANGE),
    ])
    .await;
}

#[tokio::test]
async fn removing_the_endpoint() {
    let of = |operation| call(Shape::OnConfiguration, "clickhouse", operation);
    backward(&[
        of("DeleteReversePrivateEndpoint"),
        of("GetReversePrivateEndpoint"),
    ])
    .await;
}

#[tokio::test]
async fn removing_the_share() {
    let of = |operation| call(Shape::OnConfiguration, "ram", operation);
    backward(&[of("DeleteResourceShare"), of("GetResourceShares")]).await;
}

#[tokio::test]
async fn removing_the_configuration() {
    let of = |operation| call(Shape::OnGateway, "vpc-lattice", operation);
    backward(&[
        of("DeleteResourceConfiguration"),
        of("GetResourceConfiguration"),
    ])
    .await;
}

#[tokio::test]
async fn removing_the_gateway() {
    let of = |operation| call(Shape::Everything, "vpc-lattice", operation);
    backward(&[of("DeleteResourceGateway"), of("GetResourceGateway")]).await;
}

#[tokio::test]
async fn giving_the_groups_back() {
    let of = |operation| call(Shape::Groups, "vpc-lattice", operation);
    backward(&[of("UpdateResourceGateway"), of("GetResourceGateway")]).await;
}

#[tokio::test]
async fn the_calls_of_a_run_meet_every_fault_there_is() {
    let kinds = Stage::set().await.kinds().await;
    let all: BTreeSet<&String> = kinds.values().flatten().collect();
    let made = CALLS.iter().flat_map(|(service, operations)| {
        operations
            .iter()
            .map(|operation| ((*service).to_owned(), (*operation).to_owned()))
    });
    let met: BTreeSet<&String> = made.flat_map(|call| &kinds[&call]).collect();
    assert_eq!(met, all);
    assert!(all.len() >= 23, "{all:?}");
}

/// Every fault of each call while the run is made, then continued, then undone.
async fn forward(calls: &[Call]) {
    each_case(calls, |case| async move {
        let play = Play::set(case).await;
        let run = play.struck().await;
        play.begin_again().await.ends(&run).await;
    })
    .await;
}

/// Every fault of each call while a finished run is undone.
async fn backward(calls: &[Call]) {
    // What was there long ago and is not found for as long as one looks is gone.
    let is_gone =
        |case: &Case| case.kind == "not_found_once" && case.strikes == Strikes::UntilRemoved;
    each_case(calls, |case| async move {
        if is_gone(&case) {
            return;
        }
        let play = Play::set(case).await;
        play.done().await;
        let run = play.struck_undoing().await;
        play.begin_again().await.is_undone(&run).await;
    })
    .await;
}

async fn each_case<F, T>(calls: &[Call], play: F)
where
    F: Fn(Case) -> T,
    T: Future<Output = ()> + Send + 'static,
{
    let kinds = Stage::set().await.kinds().await;
    let mut played = BTreeSet::new();
    let mut cases = Vec::new();
    for call in calls {
        let of_call = &kinds[&(call.service.to_owned(), call.operation.to_owned())];
        assert!(of_call.len() >= 8, "{call:?}: {of_call:?}");
        for kind in of_call {
            played.insert(kind.clone());
            cases.extend(strikes(kind).iter().map(|strikes| Case {
                call: *call,
                kind: kind.clone(),
                strikes: *strikes,
            }));
        }
    }
    println!("{} cases of {played:?}", cases.len());
    at_most(AT_ONCE, cases.into_iter().map(play)).await;
}

/// One case on its stage.
struct Play {
    case: Case,
    stage: Stage,
    before: BTreeMap<String, serde_json::Value>,
    engine: Engine,
    session: Session,
    id: RunId,
}

impl Play {
    async fn set(case: Case) -> Self {
        let stage = Stage::set_at(SPEED).await;
        let before = stage.things().await;
        let (engine, session) = (stage.engine().await, stage.session().await);
        let plan = stage.plan_of(case.call.shape, case.call.with_key).await;
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

    async fn done(&self) {
        let run = carry_on(&self.stage, &self.engine, &self.session, &self.id).await;
        assert_eq!(run.state, RunState::Done, "{:?}: {run:#?}", self.case);
    }

    async fn strike(&self) {
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
        self.stage.fault(service, operation, kind, times).await;
    }

    /// Drives the run into the fault. What holds a call is left alone with it, as by a process that ends.
    async fn struck(&self) -> Run {
        self.strike().await;
        let run = if self.case.kind.starts_with("hold_") {
            let drive = carry_on(&self.stage, &self.engine, &self.session, &self.id);
            self.abandoned(drive).await
        } else {
            carry_on(&self.stage, &self.engine, &self.session, &self.id).await
        };
        self.told(&run, &RunState::Done).await;
        run
    }

    async fn struck_undoing(&self) -> Run {
        self.strike().await;
        let undo = async { self.engine.undo(&self.session, &self.id).await.unwrap() };
        let run = if self.case.kind.starts_with("hold_") {
            self.abandoned(undo).await
        } else {
            undo.await
        };
        self.told(&run, &RunState::Undone).await;
        run
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
        let disorder = self.stage.disorder(&run.id, &self.known()).await;
        assert_eq!(disorder, None, "{case:?}: {run:#?}");
    }

    /// The fault is gone, and the journal is opened by a new engine.
    async fn begin_again(mut self) -> Self {
        self.stage.clear_faults().await;
        if self.case.kind == "service_idle" {
            self.stage.command("orders-analytics", "start").await;
            self.stage.advance(600).await;
        }
        self.engine = self.stage.engine().await;
        self
    }

    /// The run is continued until it is done, unless what failed has failed for good; then it is undone.
    async fn ends(&self, run: &Run) {
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
        let failed = FOR_GOOD.contains(&case.kind.as_str());
        assert!(run.state == RunState::Done || failed, "{case:?}: {run:#?}");
        if !case.call.with_key {
            self.stage.delete_endpoint_by_hand().await;
        }
        self.is_undone(&run).await;
    }

    /// The run is undone, and everything is as it was.
    async fn is_undone(&self, run: &Run) {
        let case = &self.case;
        let mut run = run.clone();
        for _ in 0..6 {
            run = self.engine.undo(&self.session, &run.id).await.unwrap();
            self.told(&run, &RunState::Undone).await;
            if run.state == RunState::Undone {
                break;
            }
        }
        assert_eq!(run.state, RunState::Undone, "{case:?}: {run:#?}");
        let after = self.stage.things().await;
        let differs = |id: &&String| self.before.get(*id) != after.get(*id);
        let ids: BTreeSet<&String> = self.before.keys().chain(after.keys()).collect();
        let different: Vec<_> = ids.into_iter().filter(differs).collect();
        assert!(different.is_empty(), "{case:?}: {different:?}: {run:#?}");
    }
}
