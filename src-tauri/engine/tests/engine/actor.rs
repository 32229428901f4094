//! The checks held to the ClickPipes actor: plans are carried out although no check was asked, and what becomes of
//! them in the sandbox is compared with what the checks would have said. The two share no code, so that a rule
//! which one of them reads wrong shows here.

mod cases;
mod outcome;
mod paths;
mod planning;

use std::collections::BTreeSet;

use pipelink_plan::check::{CheckId, Verdict};
use pipelink_plan::problem::Problem;
use pipelink_plan::run::RunState;
use pipelink_plan::step::OutputName;

use crate::stage::plans::Shape;
use crate::stage::{Stage, at_most, step};
use cases::{ARRIVES, Before, CASES, Case, ORDERS, On, case};
use outcome::Became;
use planning::session_in;

#[tokio::test(flavor = "multi_thread")]
async fn the_actor_and_the_checks_agree_on_every_plan() {
    at_most(8, CASES.iter().map(Case::play)).await;
}

impl Case {
    async fn play(&self) {
        let stage = Stage::set().await;
        self.prepare(&stage).await;
        let session = session_in(&stage, self.region).await;
        let (choices, checks, plan) = self.plan(&stage, &session).await;
        let what = format!("{:?} on {:?} for {}", self.from, self.on, self.service);
        let failed: BTreeSet<CheckId> = checks
            .iter()
            .filter(|check| check.verdict == Verdict::Failure)
            .map(|check| check.id)
            .collect();
        let expected = self.fails.iter().copied().collect();
        assert_eq!(failed, expected, "{what}: {checks:#?}");

        let run = stage.run(&stage.engine().await, &session, plan).await;
        let end = Became::of(&stage, &run).await;
        assert!(
            end.is(self.end),
            "{what}: {end:?} instead of {:?}: {run:#?}",
            self.end
        );
        end.agrees(&checks, &choices, &what);
    }

    async fn prepare(&self, stage: &Stage) {
        match self.before {
            Before::Nothing => {}
            Before::Act(act) => stage.act(act).await,
            Before::GatewayFails => {
                let plan = stage.plan_of(Shape::Groups, false).await;
                stage
                    .fault("vpc-lattice", "UpdateResourceGateway", "failed_state", 1)
                    .await;
                let session = stage.session().await;
                let run = stage.run(&stage.engine().await, &session, plan).await;
                assert!(matches!(run.state, RunState::Stopped { .. }), "{run:#?}");
            }
            Before::ConfigurationFails => {
                let plan = stage.plan_of(Shape::Everything, true).await;
                let (engine, session) = (stage.engine().await, stage.session().await);
                let run = stage.run(&engine, &session, plan).await;
                assert_eq!(run.state, RunState::Done, "{run:#?}");
                let operation = "DeleteResourceConfiguration";
                stage
                    .fault("vpc-lattice", operation, "failed_state", 1)
                    .await;
                let run = engine.undo(&session, &run.id, &[]).await.unwrap();
                assert!(
                    matches!(run.state, RunState::UndoStopped { .. }),
                    "{run:#?}"
                );
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_becomes_of_a_share_meanwhile_no_check_can_see_and_the_actor_says() {
    let cases = [
        ("delete-share", 1, "the resource share is not active"),
        // A deleted share is listed for a while, and gone then.
        (
            "delete-share",
            3 * 3600,
            "the resource share does not exist",
        ),
        ("remove-principal", 1, "the share is not offered to account"),
        (
            "use-share",
            120,
            "the resource share was used by another endpoint",
        ),
    ];
    at_most(
        4,
        cases.map(|(act, seconds, reason)| meddled(act, seconds, reason)),
    )
    .await;
}

/// Somebody does that with the share just before the endpoint is made with it.
async fn meddled(act: &str, seconds: u64, reason: &str) {
    let stage = Stage::set().await;
    let case = case(ORDERS, On::Proposed, &[], ARRIVES);
    let session = stage.session().await;
    let (_, checks, plan) = case.plan(&stage, &session).await;
    assert!(
        checks.iter().all(|it| it.verdict != Verdict::Failure),
        "{checks:#?}"
    );
    let operation = "CreateReversePrivateEndpoint";
    let held = stage.fault("clickhouse", operation, "hold_before", 1).await;
    let engine = stage.engine().await;
    let id = engine.begin(&session, plan, Vec::new()).await.unwrap();
    let carrying = tokio::spawn({
        let (engine, id) = (engine.clone(), id.clone());
        async move { engine.carry_on(&session, &id).await.unwrap() }
    });
    stage.until_held().await;
    let run = engine.run(&id).await.unwrap().unwrap();
    let share = step(&run, "share").outputs.one(OutputName::ShareArn);
    stage.act(&format!("{act} {}", share.unwrap())).await;
    stage.release_later(&held, seconds).await;
    let run = carrying.await.unwrap();
    let became = Became::of(&stage, &run).await;
    assert!(
        matches!(&became, Became::Failed { reason: said } if said.contains(reason)),
        "{act}: {became:?} instead of {reason}"
    );
}

#[tokio::test]
async fn an_idle_service_is_warned_of_and_gets_its_endpoint_once_it_is_awake() {
    let stage = Stage::set().await;
    let service = "finance-archive";
    let case = Case {
        service,
        ..case(ORDERS, On::Proposed, &[], ARRIVES)
    };
    let session = stage.session().await;
    let (choices, checks, plan) = case.plan(&stage, &session).await;
    let awake = checks.iter().find(|it| it.id == CheckId::ServiceAwake);
    assert_eq!(awake.unwrap().verdict, Verdict::Warning);
    let engine = stage.engine().await;
    let run = stage.run(&engine, &session, plan).await;
    assert!(
        matches!(
            &run.state,
            RunState::Stopped {
                problem: Problem::ServiceIdle { .. }
            }
        ),
        "{run:#?}"
    );
    stage.wake_if_idle(service).await;
    let run = engine.carry_on(&session, &run.id).await.unwrap();
    let became = Became::of(&stage, &run).await;
    assert!(became.is(case.end), "{became:?}: {run:#?}");
    became.agrees(&checks, &choices, service);
}
