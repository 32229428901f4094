//! Who is accepted at an endpoint service: the one endpoint that ClickHouse reports, of the one account, and nobody
//! else. And what AWS refuses in a 200.

use pipelink_engine::{Engine, Session};
use pipelink_plan::problem::Problem;
use pipelink_plan::run::{Run, RunId, RunState, StepState};
use pipelink_plan::step::{Action, Input, OutputName, Plan};
use serde_json::Value;

use crate::stage::plans::{READY_SERVICE, Shape, only};
use crate::stage::{Stage, hands, step};

const ACCEPT: &str = "AcceptVpcEndpointConnections";
/// Who waits at the service in the default scenario: the endpoint of another ClickHouse service, and another account's.
const ANOTHER_SERVICE: &str = "vpce-0b51e202b00246dbf";
const ANOTHER_ACCOUNT: &str = "vpce-0c218fdacbc38e741";

/// The state of each connection to the service, by its VPC endpoint.
async fn connections(stage: &Stage) -> Vec<(String, String)> {
    let service = stage.things().await.remove(READY_SERVICE).unwrap();
    let word = |value: &Value| value.as_str().unwrap().to_owned();
    let connections = service["connections"].as_array().unwrap().iter();
    connections
        .map(|it| (word(&it["endpoint_id"]), word(&it["state"])))
        .collect()
}

async fn state_of(stage: &Stage, endpoint: &str) -> String {
    let all = connections(stage).await;
    let found = all.into_iter().find(|(id, _)| id == endpoint);
    found.unwrap().1
}

fn own(run: &Run) -> &str {
    let made = &step(run, "endpoint").outputs;
    made.one(OutputName::VpcEndpointId).unwrap()
}

/// A run at the service, driven until our call to accept is held; answers the fault and the driving task.
async fn held_at_acceptance(
    stage: &Stage,
    engine: &Engine,
    session: &Session,
) -> (String, tokio::task::JoinHandle<Run>, Run) {
    let plan = stage.plan_of(Shape::OnReadyService, true).await;
    let id = engine.begin(session, plan, Vec::new()).await.unwrap();
    let held = stage.fault("ec2", ACCEPT, "hold_before", 1).await;
    let carrying = tokio::spawn({
        let (engine, id, session) = (engine.clone(), id.clone(), stage.session().await);
        async move { engine.carry_on(&session, &id).await.unwrap() }
    });
    stage.until_held_by(&held).await;
    let run = engine.run(&id).await.unwrap().unwrap();
    (held, carrying, run)
}

/// The act of another operator on the endpoint of the run.
async fn act_on_own(stage: &Stage, verb: &str, run: &Run) {
    let endpoint = step(run, "endpoint").outputs.one(OutputName::EndpointId);
    stage.act(&format!("{verb} {}", endpoint.unwrap())).await;
}

#[tokio::test]
async fn nobody_is_accepted_but_the_runs_own_endpoint() {
    let stage = Stage::set().await;
    let (engine, session) = (stage.engine().await, stage.session().await);
    let (held, carrying, _) = held_at_acceptance(&stage, &engine, &session).await;
    // One more asks at that very moment, of the same account.
    stage.act(&format!("ask-service {READY_SERVICE}")).await;
    stage.release(&held).await;
    let run = carrying.await.unwrap();
    assert_eq!(run.state, RunState::Done, "{run:#?}");
    let ours = own(&run);
    let all = connections(&stage).await;
    assert_eq!(all.len(), 4, "{all:?}");
    for (endpoint, state) in &all {
        let expected = if endpoint == ours {
            "available"
        } else {
            "pendingAcceptance"
        };
        assert_eq!(state, expected, "{endpoint} in {all:?}");
    }
    for stranger in [ANOTHER_ACCOUNT, ANOTHER_SERVICE] {
        assert!(all.iter().any(|(id, _)| id == stranger), "{all:?}");
    }
}

/// A plan that accepts an endpoint, as if ClickHouse had reported it.
async fn plan_accepting(stage: &Stage, vpc_endpoint: &str) -> Plan {
    let plan = stage.plan_of(Shape::OnReadyService, true).await;
    let mut plan = only(&plan, &["acceptance"]);
    let Action::AcceptEndpointConnection { endpoint, .. } = &mut plan.steps[0].action else {
        panic!("{plan:#?}")
    };
    *endpoint = Input::literal(vpc_endpoint);
    plan
}

#[tokio::test]
async fn another_accounts_endpoint_is_refused_whoever_reports_it() {
    let stage = Stage::set().await;
    let (engine, session) = (stage.engine().await, stage.session().await);
    let plan = plan_accepting(&stage, ANOTHER_ACCOUNT).await;
    let run = stage.run(&engine, &session, plan).await;
    let RunState::Stopped { problem } = &run.state else {
        panic!("{run:#?}")
    };
    let Problem::Refused { message, .. } = problem else {
        panic!("{problem:?}")
    };
    assert!(message.contains("555566667777"), "{message}");
    assert_eq!(stage.calls(ACCEPT).await, 0);
    assert_eq!(state_of(&stage, ANOTHER_ACCOUNT).await, "pendingAcceptance");
}

#[tokio::test]
async fn an_endpoint_that_has_no_connection_is_not_found_and_no_other_taken_for_it() {
    let stage = Stage::set().await;
    let (engine, session) = (stage.engine().await, stage.session().await);
    let plan = plan_accepting(&stage, "vpce-00000000000000000").await;
    let run = stage.run(&engine, &session, plan).await;
    let problem = match &run.state {
        RunState::Stopped { problem } => problem,
        other => panic!("{other:?}"),
    };
    assert!(matches!(problem, Problem::NotFound { .. }), "{problem:?}");
    assert_eq!(stage.calls(ACCEPT).await, 0);
    // As long as it may only not be listed yet, it is looked for.
    let at = |text: &str| run.log.iter().find(|line| line.text.starts_with(text));
    let sent = at(&format!("{ACCEPT} sent")).unwrap().at;
    let told = at(&format!("{ACCEPT}: ")).unwrap().at;
    assert!(told.duration_since(sent).as_mins() >= 2, "{run:#?}");
}

#[tokio::test]
async fn a_connection_that_is_not_listed_yet_is_waited_for() {
    let stage = Stage::set().await;
    let (engine, session) = (stage.engine().await, stage.session().await);
    let plan = stage.plan_of(Shape::OnReadyService, true).await;
    let plan = only(&plan, &["endpoint", "acceptance"]);
    let list = "DescribeVpcEndpointConnections";
    let late = stage.fault("ec2", list, "stale_list", 3).await;
    let run = stage.run(&engine, &session, plan).await;
    assert_eq!(run.state, RunState::Done, "{run:#?}");
    assert_eq!(stage.hits(&late).await, 3);
    assert_eq!(stage.calls(ACCEPT).await, 1);
}

#[tokio::test]
async fn accepted_by_somebody_else_meanwhile_is_as_good() {
    let stage = Stage::set().await;
    let (engine, session) = (stage.engine().await, stage.session().await);
    let (held, carrying, run) = held_at_acceptance(&stage, &engine, &session).await;
    act_on_own(&stage, "accept", &run).await;
    stage.release(&held).await;
    let run = carrying.await.unwrap();
    assert_eq!(run.state, RunState::Done, "{run:#?}");
    assert_eq!(state_of(&stage, own(&run)).await, "available");
}

#[tokio::test]
async fn what_aws_did_not_do_in_a_200_stops_the_run() {
    let stage = Stage::set().await;
    let (engine, session) = (stage.engine().await, stage.session().await);
    let (held, carrying, run) = held_at_acceptance(&stage, &engine, &session).await;
    act_on_own(&stage, "reject", &run).await;
    stage.release(&held).await;
    let run = carrying.await.unwrap();
    let problem = match &run.state {
        RunState::Stopped { problem } => problem,
        other => panic!("{other:?}"),
    };
    assert!(
        !matches!(
            problem,
            Problem::Internal { .. } | Problem::StillWaiting { .. }
        ),
        "{problem:?}"
    );
    let state = &step(&run, "acceptance").state;
    assert!(matches!(state, StepState::Failed { .. }), "{run:#?}");
    assert_eq!(stage.calls(ACCEPT).await, 1);
    // It is over, and told so.
    let run = engine.carry_on(&session, &run.id).await.unwrap();
    let problem = match &run.state {
        RunState::Stopped { problem } => problem,
        other => panic!("{other:?}"),
    };
    assert!(
        matches!(problem, Problem::EndedIn { state, .. } if state == "rejected"),
        "{problem:?}"
    );
    assert_eq!(stage.calls(ACCEPT).await, 1);
}

/// Drives a run whose acceptance is the admin's until it waits for that.
async fn waiting_for_the_admin(stage: &Stage, engine: &Engine, session: &Session) -> RunId {
    let plan = stage.plan_of(Shape::OnReadyService, true).await;
    let mut plan = only(&plan, &["endpoint", "acceptance", "ready"]);
    let Action::AcceptEndpointConnection {
        service,
        endpoint,
        owner,
    } = plan.steps[1].action.clone()
    else {
        panic!("{plan:#?}")
    };
    plan.steps[1].action = Action::AwaitConnectionAcceptance {
        service,
        endpoint,
        owner,
    };
    engine.begin(session, plan, Vec::new()).await.unwrap()
}

#[tokio::test]
async fn rejected_by_the_admin_the_run_ends_there() {
    let stage = Stage::set().await;
    let (engine, session) = (stage.engine().await, stage.session().await);
    let id = waiting_for_the_admin(&stage, &engine, &session).await;
    let carrying = tokio::spawn({
        let (engine, id, session) = (engine.clone(), id.clone(), stage.session().await);
        async move { engine.carry_on(&session, &id).await.unwrap() }
    });
    let waits = |run: &Run| {
        let state = &step(run, "acceptance").state;
        matches!(state, StepState::Waiting { seen, .. } if seen == "pendingAcceptance")
    };
    let run = stage.until(&engine, &id, waits).await;
    act_on_own(&stage, "reject", &run).await;
    let run = carrying.await.unwrap();
    let problem = match &run.state {
        RunState::Stopped { problem } => problem,
        other => panic!("{other:?}"),
    };
    assert!(
        matches!(problem, Problem::EndedIn { state, .. } if state == "rejected"),
        "{problem:?}"
    );
    assert_eq!(stage.calls(ACCEPT).await, 0);
    let run = hands::undo(&stage, &engine, &session, &id).await;
    assert_eq!(run.state, RunState::Undone, "{run:#?}");
}

#[tokio::test]
async fn without_the_right_to_another_region_the_right_is_named() {
    for (shape, steps) in [
        (Shape::ServiceAbroad, &["load-balancer", "service"][..]),
        (Shape::OnServiceAbroad, &["region"]),
    ] {
        let stage = Stage::set().await;
        let (engine, session) = (stage.engine().await, stage.session().await);
        let plan = only(&stage.plan_of(shape, true).await, steps);
        stage.allow_multi_region(false).await;
        let run = stage.run(&engine, &session, plan).await;
        let RunState::Stopped { problem } = &run.state else {
            panic!("{run:#?}")
        };
        let Problem::AccessDenied { message, .. } = problem else {
            panic!("{problem:?}")
        };
        assert!(message.contains("vpce:AllowMultiRegion"), "{message}");
        stage.allow_multi_region(true).await;
        let run = engine.carry_on(&session, &run.id).await.unwrap();
        assert_eq!(run.state, RunState::Done, "{run:#?}");
    }
}

#[tokio::test]
async fn a_domain_that_aws_did_not_find_proven_is_looked_for_again() {
    let stage = Stage::set().await;
    let (engine, session) = (stage.engine().await, stage.session().await);
    let plan = stage.plan_of(Shape::ServiceGuarded, true).await;
    let steps = ["load-balancer", "service", "dns-record", "private-dns"];
    let id = engine
        .begin(&session, only(&plan, &steps), Vec::new())
        .await
        .unwrap();
    let call = "StartVpcEndpointServicePrivateDnsVerification";
    stage.fault("ec2", call, "failed_state", 1).await;
    let run = hands::carry_on(&stage, &engine, &session, &id).await;
    let RunState::Stopped { problem } = &run.state else {
        panic!("{run:#?}")
    };
    assert!(
        matches!(problem, Problem::EndedIn { state, .. } if state == "failed"),
        "{problem:?}"
    );
    let run = engine.carry_on(&session, &id).await.unwrap();
    assert_eq!(run.state, RunState::Done, "{run:#?}");
    assert_eq!(stage.calls(call).await, 2);
}
