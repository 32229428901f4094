//! A cluster's policy with a second writer: whatever they write and whenever, their statements survive a run and its
//! undo, and the run's own is there exactly once, and then gone.

use std::time::Duration;

use pipelink_plan::problem::Problem;
use pipelink_plan::run::{Run, RunState, StepState};
use pipelink_plan::step::OutputName;
use serde_json::Value;

use crate::stage::plans::{Shape, cluster_arn, only};
use crate::stage::{Stage, at_most, hands};

/// How many are played.
const INTERLEAVINGS: u64 = 48;

/// What the second writer does while a call of ours is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Deed {
    Add,
    Remove,
    Delete,
}

impl Deed {
    async fn perform(self, stage: &Stage, cluster: &str) -> bool {
        let arn = cluster_arn(cluster);
        let verb = match self {
            Self::Add => "add-statement",
            Self::Remove => "remove-statement",
            Self::Delete => "delete-policy",
        };
        stage.try_act(&format!("{verb} {arn}")).await
    }
}

/// One interleaving: what is written before each of our writes in turn, in the run and then in its undo.
#[derive(Debug, Clone)]
struct Interleaving {
    cluster: &'static str,
    shape: Shape,
    before: Vec<Deed>,
    run: Vec<Vec<Deed>>,
    undo: Vec<Vec<Deed>>,
}

/// The statements of a cluster's policy; none where it has none.
async fn statements(stage: &Stage, cluster: &str) -> Vec<Value> {
    let cluster = stage.cluster(&cluster_arn(cluster)).await;
    let statements = cluster["policy"]["document"]["Statement"].as_array();
    statements.cloned().unwrap_or_default()
}

async fn foreign(stage: &Stage, cluster: &str, run: &Run) -> Vec<Value> {
    let mut all = statements(stage, cluster).await;
    all.retain(|it| !is_own(it, run));
    all
}

fn is_own(statement: &Value, run: &Run) -> bool {
    let own: String = run.id.0.chars().filter(|c| *c != '-').collect();
    statement["Sid"]
        .as_str()
        .is_some_and(|sid| sid.contains(&own))
}

impl Interleaving {
    async fn play(self) {
        let what = format!("{self:?}");
        let stage = Stage::set().await;
        let (engine, session) = (stage.engine().await, stage.session().await);
        for deed in &self.before {
            assert!(deed.perform(&stage, self.cluster).await, "{what}");
        }
        let there = stage.cluster(&cluster_arn(self.cluster)).await["policy"]["document"].clone();
        let plan = only(&stage.plan_of(self.shape, true).await, &["policy"]);
        let id = engine.begin(&session, plan, Vec::new()).await.unwrap();
        let run = engine.run(&id).await.unwrap().unwrap();

        let carrying = tokio::spawn({
            let (engine, id, session) = (engine.clone(), id.clone(), stage.session().await);
            async move { engine.carry_on(&session, &id).await.unwrap() }
        });
        self.meddle(&stage, "PutClusterPolicy", &self.run, &run)
            .await;
        let done = carrying.await.unwrap();
        assert_eq!(done.state, RunState::Done, "{what}: {done:#?}");
        let own = statements(&stage, self.cluster).await;
        let own = own.iter().filter(|it| is_own(it, &run)).count();
        assert_eq!(own, 1, "{what}");
        let sid = done.steps[0].outputs.one(OutputName::PolicySid);
        assert!(sid.is_some(), "{what}");

        let theirs = foreign(&stage, self.cluster, &run).await;
        let undoing = tokio::spawn({
            let (engine, id, session) = (engine.clone(), id.clone(), stage.session().await);
            async move { engine.undo(&session, &id, &[]).await.unwrap() }
        });
        let call = if theirs.is_empty() {
            // Nothing else is left in it: it goes as a whole, and what is written in that very moment with it.
            "DeleteClusterPolicy"
        } else {
            "PutClusterPolicy"
        };
        let undo = if theirs.is_empty() {
            &[][..]
        } else {
            &self.undo
        };
        self.meddle(&stage, call, undo, &run).await;
        let undone = undoing.await.unwrap();
        assert_eq!(undone.state, RunState::Undone, "{what}: {undone:#?}");
        let left = statements(&stage, self.cluster).await;
        assert!(left.iter().all(|it| !is_own(it, &run)), "{what}: {left:?}");
        let cluster = stage.cluster(&cluster_arn(self.cluster)).await;
        assert_eq!(cluster["policy"].is_null(), left.is_empty(), "{what}");
        if self.run.is_empty() && self.undo.is_empty() {
            assert_eq!(cluster["policy"]["document"], there, "{what}");
        }
    }

    /// Each write of ours is held while the other writes; then it goes on, and is refused for its version.
    async fn meddle(&self, stage: &Stage, call: &str, rounds: &[Vec<Deed>], run: &Run) {
        let mut holds = Vec::new();
        for _ in rounds {
            holds.push(stage.fault("kafka", call, "hold_before", 1).await);
        }
        for (deeds, hold) in rounds.iter().zip(holds) {
            stage.until_held_by(&hold).await;
            for deed in deeds {
                let before = foreign(stage, self.cluster, run).await;
                deed.perform(stage, self.cluster).await;
                let after = foreign(stage, self.cluster, run).await;
                assert!(*deed != Deed::Add || after[..before.len()] == before[..]);
            }
            let theirs = foreign(stage, self.cluster, run).await;
            stage.release(&hold).await;
            for _ in 0..LOOKS {
                let now = foreign(stage, self.cluster, run).await;
                assert_eq!(now, theirs, "{self:?}: theirs was changed or lost");
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        }
    }
}

/// How often theirs are looked at after a write of ours.
const LOOKS: u32 = 5;

/// Numbers below an end, one after the other, out of a seed: Steele, Lea and Flood's `SplitMix64`.
fn dice(seed: u64) -> impl FnMut(u64) -> u64 {
    let mut state = seed;
    move |end| {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = state;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (bits ^ (bits >> 31)) % end
    }
}

fn interleaving(seed: u64) -> Interleaving {
    let mut below = dice(seed);
    let (cluster, shape) = match below(2) {
        0 => ("events", Shape::MskIam),
        _ => ("telemetry", Shape::MskPolicy),
    };
    let before = (0..below(4)).map(|_| Deed::Add).collect();
    let mut rounds = |most: u64, deeds: &[Deed]| -> Vec<Vec<Deed>> {
        let rounds = below(most + 1);
        let mut round = || {
            let mut round: Vec<Deed> = (0..below(3))
                .map(|_| deeds[usize::try_from(below(3)).unwrap() % deeds.len()])
                .collect();
            // The policy has another version at the end, or ours would be written at once.
            round.push(Deed::Add);
            round
        };
        (0..rounds).map(|_| round()).collect()
    };
    // Fewer than a merge is tried.
    let run = rounds(3, &[Deed::Add, Deed::Remove, Deed::Delete]);
    let undo = rounds(3, &[Deed::Add, Deed::Remove]);
    Interleaving {
        cluster,
        shape,
        before,
        run,
        undo,
    }
}

#[tokio::test]
async fn every_foreign_statement_survives_whatever_is_written_in_between() {
    at_most(8, (0..INTERLEAVINGS).map(|seed| interleaving(seed).play())).await;
}

#[tokio::test]
async fn a_statement_whose_answer_was_lost_is_found_by_its_sid() {
    let stage = Stage::set().await;
    let (engine, session) = (stage.engine().await, stage.session().await);
    stage
        .fault("kafka", "PutClusterPolicy", "lost_answer", 3)
        .await;
    let plan = only(&stage.plan_of(Shape::MskPolicy, true).await, &["policy"]);
    let id = engine.begin(&session, plan, Vec::new()).await.unwrap();
    let run = hands::carry_on(&stage, &engine, &session, &id).await;
    assert_eq!(run.state, RunState::Done, "{run:#?}");
    let own = statements(&stage, "telemetry").await;
    assert_eq!(own.iter().filter(|it| is_own(it, &run)).count(), 1);
    let run = engine.undo(&session, &id, &[]).await.unwrap();
    assert_eq!(run.state, RunState::Undone, "{run:#?}");
    let left = statements(&stage, "telemetry").await;
    assert!(left.iter().all(|it| !is_own(it, &run)), "{left:?}");
}

#[tokio::test]
async fn a_policy_that_somebody_deleted_has_nothing_to_take_out() {
    let stage = Stage::set().await;
    let (engine, session) = (stage.engine().await, stage.session().await);
    let plan = only(&stage.plan_of(Shape::MskPolicy, true).await, &["policy"]);
    let run = stage.run(&engine, &session, plan).await;
    assert_eq!(run.state, RunState::Done, "{run:#?}");
    assert!(Deed::Delete.perform(&stage, "telemetry").await);
    let run = engine.undo(&session, &run.id, &[]).await.unwrap();
    assert_eq!(run.state, RunState::Undone, "{run:#?}");
    assert!(statements(&stage, "telemetry").await.is_empty());
}

#[tokio::test]
async fn a_writer_who_is_always_faster_is_told_of_and_nothing_is_written() {
    let stage = Stage::set().await;
    let (engine, session) = (stage.engine().await, stage.session().await);
    let plan = only(&stage.plan_of(Shape::MskPolicy, true).await, &["policy"]);
    let id = engine.begin(&session, plan, Vec::new()).await.unwrap();
    let run = engine.run(&id).await.unwrap().unwrap();
    let faster = Interleaving {
        cluster: "telemetry",
        shape: Shape::MskPolicy,
        before: Vec::new(),
        run: vec![vec![Deed::Add]; 5],
        undo: Vec::new(),
    };
    let carrying = tokio::spawn({
        let (engine, id, session) = (engine.clone(), id.clone(), stage.session().await);
        async move { engine.carry_on(&session, &id).await.unwrap() }
    });
    faster
        .meddle(&stage, "PutClusterPolicy", &faster.run, &run)
        .await;
    let run = carrying.await.unwrap();
    let RunState::Stopped { problem } = &run.state else {
        panic!("{run:#?}")
    };
    assert!(matches!(problem, Problem::Conflict { .. }), "{problem:?}");
    let failed = matches!(run.steps[0].state, StepState::Failed { .. });
    assert!(failed && run.steps[0].outputs.0.is_empty(), "{run:#?}");
    let run = engine.carry_on(&session, &id).await.unwrap();
    assert_eq!(run.state, RunState::Done, "{run:#?}");
}
