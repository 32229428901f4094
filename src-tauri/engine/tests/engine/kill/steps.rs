//! Killed at each step of the plans of all three paths: before its call, after it, while it is waited for, and while it
//! is taken back. The steps and their calls are the plan's own: a step that a plan gets is in here from then on.

use std::collections::{BTreeSet, HashSet};
use std::time::{Duration, Instant};

use pipelink_engine::{Engine, Session};
use pipelink_plan::endpoint::Turn;
use pipelink_plan::problem::Problem;
use pipelink_plan::run::{Run, RunId, RunState, StepState};
use pipelink_plan::step::{Action, ActionKind, OnUndo, Plan};

use super::{ALSO, KEYLESS, Killed, command, interrupted, reopen, spawn};
use crate::stage::calls::Calls;
use crate::stage::hands;
use crate::stage::plans::Shape;
use crate::stage::{Stage, assert_done_once, at_most};

/// Minutes of the account are a second.
const SPEED: f64 = 120.0;
/// How many are played at once in one test: they wait for the most part.
const AT_ONCE: usize = 8;

const VPC_RESOURCE: [(Shape, bool); 2] = [(Shape::Everything, true), (Shape::Nodes, true)];
const MSK: [(Shape, bool); 3] = [
    (Shape::MskPolicy, true),
    (Shape::MskConnectivity, true),
    (Shape::MskPolicy, false),
];
const ENDPOINT_SERVICE: [(Shape, bool); 4] = [
    (Shape::ServiceGuarded, true),
    (Shape::Service, true),
    (Shape::OnServiceAbroad, true),
    (Shape::OnService, false),
];

/// One step of a plan.
#[derive(Debug, Clone, Copy)]
struct At {
    shape: Shape,
    with_key: bool,
    position: usize,
}

/// Has the plans made, each in a world of its own: in one they would share a key's budget of requests.
async fn make(shapes: Vec<(Shape, bool)>) {
    let plans = shapes.into_iter().map(|(shape, with_key)| async move {
        Stage::set().await.plan_of(shape, with_key).await;
    });
    at_most(AT_ONCE, plans).await;
}

/// Each step of the plans, each kind of action once.
async fn steps(shapes: &[(Shape, bool)]) -> Vec<At> {
    make(shapes.to_vec()).await;
    let stage = Stage::set().await;
    let mut seen = HashSet::new();
    let mut steps = Vec::new();
    for (shape, with_key) in shapes.iter().copied() {
        let plan = stage.plan_of(shape, with_key).await;
        for (position, step) in plan.steps.iter().enumerate() {
            if seen.insert(std::mem::discriminant(&step.action)) {
                steps.push(At {
                    shape,
                    with_key,
                    position,
                });
            }
        }
    }
    steps
}

/// A run on its stage, driven by a process that will be killed.
struct Play {
    at: At,
    stage: Stage,
    plan: Plan,
    session: Session,
    engine: Engine,
    id: RunId,
}

impl Play {
    async fn set(at: At) -> Self {
        let stage = Stage::set_for(at.shape, SPEED).await;
        let (engine, session) = (stage.engine().await, stage.session().await);
        let plan = stage.plan_of(at.shape, at.with_key).await;
        let id = engine.begin(&session, plan.clone(), Vec::new()).await;
        Self {
            at,
            stage,
            plan,
            session,
            engine,
            id: id.unwrap(),
        }
    }

    fn action(&self) -> &Action {
        &self.plan.steps[self.at.position].action
    }

    fn calls(&self) -> Calls {
        Calls::of(self.action())
    }

    /// Holds the call of the step at a position, after those of the steps before it in `order`.
    async fn hold(&self, position: usize, kind: &str, removing: bool) -> String {
        let of = |position: usize| {
            let calls = Calls::of(&self.plan.steps[position].action);
            let operation = if removing { calls.remove } else { calls.make };
            (calls.service, operation)
        };
        let (service, operation) = of(position);
        let before: Vec<usize> = if removing {
            (position + 1..self.plan.steps.len()).collect()
        } else {
            (0..position).collect()
        };
        let same = before.into_iter().filter(|each| of(*each) == of(position));
        let same = u32::try_from(same.count()).unwrap();
        if same > 0 {
            self.stage
                .fault(service, operation.unwrap(), "delay", same)
                .await;
        }
        self.stage.fault(service, operation.unwrap(), kind, 1).await
    }

    fn start(&self, verb: &str) -> Killed {
        let mut command = command(&self.stage, &self.id, verb);
        if !self.at.with_key {
            command.env(KEYLESS, "1");
        }
        spawn(command.env(ALSO, "connectivity"))
    }

    /// Helps the process along until that fault holds a call of it.
    async fn until_held(&self, fault: &str) {
        let began = Instant::now();
        while !self.stage.is_holding(fault).await {
            self.help(began, self.at.position).await;
        }
    }

    /// Helps the process along until the step at that position waits, which is somebody's to end.
    async fn until_it_waits(&self, position: usize) {
        let began = Instant::now();
        while !waits(&self.help(began, position).await, position) {}
    }

    /// Does what the run waits for now, but for the step at that position; answers the run.
    async fn help(&self, began: Instant, not_at: usize) -> Run {
        let now = self.engine.run(&self.id).await.unwrap().unwrap();
        let at = self.at;
        assert!(began.elapsed() < Duration::from_mins(3), "{at:?}: {now:#?}");
        hands::lend(&self.stage, &now, not_at).await;
        tokio::time::sleep(Duration::from_millis(50)).await;
        now
    }

    /// The process is killed, and another one opens the journal.
    async fn killed(self, child: Killed) -> (Self, Run) {
        child.kill();
        self.stage.clear_faults().await;
        let Self { engine, .. } = self;
        drop(engine);
        let (engine, found) = reopen(&self.stage, &self.id).await;
        (Self { engine, ..self }, found)
    }

    /// Continued, the run comes to its end; what was not known is sent once more.
    async fn continued(&self) -> Run {
        let drive = || hands::carry_on(&self.stage, &self.engine, &self.session, &self.id);
        let mut run = drive().await;
        let unknown = run
            .steps
            .iter()
            .find(|step| matches!(step.state, StepState::NotKnown { .. }));
        if let Some(step) = unknown {
            self.engine.send_again(&self.id, &step.id).await.unwrap();
            run = drive().await;
        }
        assert_done_once(&self.stage, &run).await;
        run
    }
}

fn waits(run: &Run, position: usize) -> bool {
    matches!(run.steps[position].state, StepState::Waiting { .. })
}

async fn before_the_call(at: At) {
    let play = Play::set(at).await;
    if play.action().kind() == ActionKind::Wait {
        return;
    }
    let held = play.hold(at.position, "hold_before", false).await;
    let child = play.start("carry_on");
    play.until_held(&held).await;
    let (play, found) = play.killed(child).await;
    interrupted(&found);
    assert_eq!(
        found.steps[at.position].state,
        StepState::Sent,
        "{found:#?}"
    );
    let run = play.continued().await;
    assert!(!run.steps[at.position].adopted, "{at:?}: {run:#?}");
}

async fn after_the_call(at: At) {
    let play = Play::set(at).await;
    if play.action().kind() == ActionKind::Wait {
        return;
    }
    let held = play.hold(at.position, "hold_after", false).await;
    let child = play.start("carry_on");
    play.until_held(&held).await;
    let (play, found) = play.killed(child).await;
    interrupted(&found);
    assert_eq!(
        found.steps[at.position].state,
        StepState::Sent,
        "{found:#?}"
    );
    let run = play.continued().await;
    // Until a domain is proven, looking once more does no harm.
    let again = matches!(play.action(), Action::VerifyPrivateDns { .. });
    assert!(run.steps[at.position].adopted || again, "{at:?}: {run:#?}");
}

async fn while_waiting(at: At) {
    let play = Play::set(at).await;
    // The call that comes last before the step's reads, if any is made there.
    let kind = |position: usize| play.plan.steps[position].action.kind();
    let last = match kind(at.position) {
        ActionKind::Wait => at
            .position
            .checked_sub(1)
            .filter(|it| kind(*it) != ActionKind::Wait),
        ActionKind::Write | ActionKind::Merge => Some(at.position),
    };
    let is_somebodys = play.action().awaits() == Turn::You;
    let child = match (play.calls().read, last) {
        (Some(read), Some(last)) if !is_somebodys => {
            let made = play.hold(last, "hold_after", false).await;
            let child = play.start("carry_on");
            play.until_held(&made).await;
            let looks = play
                .stage
                .fault(play.calls().service, read, "hold_before", 1)
                .await;
            play.stage.release(&made).await;
            play.until_held(&looks).await;
            child
        }
        // The wait before it is somebody's, and may end with what this one waits for: its first look is held.
        (Some(read), None) if !is_somebodys => {
            let child = play.start("carry_on");
            play.until_it_waits(at.position - 1).await;
            let looks = play
                .stage
                .fault(play.calls().service, read, "hold_before", 1)
                .await;
            play.until_held(&looks).await;
            child
        }
        // Nobody does what it waits for.
        _ => {
            let child = play.start("carry_on");
            play.until_it_waits(at.position).await;
            child
        }
    };
    let (play, found) = play.killed(child).await;
    interrupted(&found);
    assert!(waits(&found, at.position), "{at:?}: {found:#?}");
    play.continued().await;
}

async fn while_it_is_taken_back(at: At, kind: &str) {
    let play = Play::set(at).await;
    if play.action().on_undo() == OnUndo::Nothing {
        return;
    }
    let before = play.stage.things().await;
    let run = hands::carry_on(&play.stage, &play.engine, &play.session, &play.id).await;
    assert_eq!(run.state, RunState::Done, "{at:?}: {run:#?}");
    play.stage.delete_endpoint_by_hand().await;
    let held = play.hold(at.position, kind, true).await;
    let child = play.start("undo");
    play.until_held(&held).await;
    let (play, found) = play.killed(child).await;
    let problem = Problem::Interrupted;
    assert_eq!(
        found.state,
        RunState::UndoStopped { problem },
        "{at:?}: {found:#?}"
    );
    assert_eq!(
        found.steps[at.position].state,
        StepState::Undoing,
        "{found:#?}"
    );
    let run = hands::undo(&play.stage, &play.engine, &play.session, &play.id).await;
    assert_eq!(run.state, RunState::Undone, "{at:?} {kind}: {run:#?}");
    assert!(
        before == play.stage.things().await,
        "{at:?} {kind}: {run:#?}"
    );
}

macro_rules! killed {
    ($($name:ident: $shapes:ident $play:expr;)*) => {
        $(
            #[tokio::test]
            async fn $name() {
                at_most(AT_ONCE, steps(&$shapes).await.into_iter().map($play)).await;
            }
        )*
    };
}

killed! {
    before_each_call: VPC_RESOURCE before_the_call;
    after_each_call: VPC_RESOURCE after_the_call;
    while_waiting_for_each_thing: VPC_RESOURCE while_waiting;
    before_each_thing_is_taken_back: VPC_RESOURCE |at| while_it_is_taken_back(at, "hold_before");
    after_each_thing_is_taken_back: VPC_RESOURCE |at| while_it_is_taken_back(at, "hold_after");
    before_each_call_of_msk: MSK before_the_call;
    after_each_call_of_msk: MSK after_the_call;
    while_waiting_for_msk: MSK while_waiting;
    before_each_thing_of_msk_is_taken_back: MSK |at| while_it_is_taken_back(at, "hold_before");
    after_each_thing_of_msk_is_taken_back: MSK |at| while_it_is_taken_back(at, "hold_after");
    before_each_call_of_a_service: ENDPOINT_SERVICE before_the_call;
    after_each_call_of_a_service: ENDPOINT_SERVICE after_the_call;
    while_waiting_for_a_service: ENDPOINT_SERVICE while_waiting;
    before_each_thing_of_a_service_is_taken_back: ENDPOINT_SERVICE
        |at| while_it_is_taken_back(at, "hold_before");
    after_each_thing_of_a_service_is_taken_back: ENDPOINT_SERVICE
        |at| while_it_is_taken_back(at, "hold_after");
}

/// The names of all actions, as the journal has them: what a name that is none of them is answered with.
fn every_action() -> BTreeSet<String> {
    let unknown = serde_json::json!({ "action": "noSuchAction" });
    let refused = serde_json::from_value::<Action>(unknown).unwrap_err();
    let refused = refused.to_string();
    let (_, names) = refused.split_once("expected one of ").unwrap();
    names.split(", ").map(|it| it.replace('`', "")).collect()
}

fn name(action: &Action) -> String {
    let stored = serde_json::to_value(action).unwrap();
    stored["action"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn every_kind_of_step_is_among_them() {
    let all = Shape::ALL
        .iter()
        .flat_map(|shape| [(*shape, true), (*shape, false)]);
    make(all.collect()).await;
    let stage = Stage::set().await;
    let mut planned = BTreeSet::new();
    let mut killed = HashSet::new();
    for at in steps(&[&VPC_RESOURCE[..], &MSK, &ENDPOINT_SERVICE].concat()).await {
        let plan = stage.plan_of(at.shape, at.with_key).await;
        killed.insert(std::mem::discriminant(&plan.steps[at.position].action));
    }
    for shape in Shape::ALL {
        for with_key in [false, true] {
            for step in stage.plan_of(shape, with_key).await.steps {
                planned.insert(name(&step.action));
                // These two have tests of their own beside.
                let apart = matches!(
                    step.action,
                    Action::UpdateGatewaySecurityGroups { .. }
                        | Action::AwaitShareAcceptance { .. }
                );
                let kind = std::mem::discriminant(&step.action);
                assert!(apart || killed.contains(&kind), "{:?}", step.action);
            }
        }
    }
    assert_eq!(planned, every_action(), "no shape has such a step");
}
