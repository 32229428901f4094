//! The policy that a plan asks for, held to the calls that AWS really sees: what is discovered, a whole run
//! whose every answer gets lost once, and its undo.

use std::collections::BTreeSet;

use pipelink_plan::readings::policy::policy;
use pipelink_plan::run::RunState;
use pipelink_plan::step::{Action, PathKind, Plan};
use serde_json::Value;

use crate::stage::calls::Calls;
use crate::stage::plans::{CONFIGURATION, GATEWAY, READY_SERVICE, Shape, cluster_arn};
use crate::stage::shape::ABROAD;
use crate::stage::{Stage, at_most, hands};

/// Every attempt that the SDK makes by itself.
const ALL_ATTEMPTS: u32 = 3;
/// Fast: most of the time passes between looks.
const SPEED: f64 = 300.0;

/// The IAM action of a call: the service's prefix is the name it signs by. None for what needs no right, and
/// for ClickHouse's.
fn iam_action(service: &str, operation: &str) -> Option<String> {
    match (service, operation) {
        ("clickhouse", _) | ("sts", "GetCallerIdentity") => None,
        (
            "ec2"
            | "elasticloadbalancing"
            | "kafka"
            | "pricing"
            | "ram"
            | "rds"
            | "servicequotas"
            | "vpc-lattice",
            operation,
        ) => Some(format!("{service}:{operation}")),
        other => panic!("whose right is {other:?}?"),
    }
}

/// The IAM actions of all calls that the sandbox has seen.
async fn taken(stage: &Stage) -> BTreeSet<String> {
    let calls = stage.call_log().await;
    assert!(calls.len() < 10_000, "the log forgets its first calls");
    let word = |value: &Value| value.as_str().unwrap().to_owned();
    calls
        .iter()
        .filter_map(|call| iam_action(&word(&call["service"]), &word(&call["operation"])))
        .collect()
}

/// The actions that a policy document allows.
fn allowed(document: &str) -> BTreeSet<String> {
    let document: Value = serde_json::from_str(document).unwrap();
    let statements = document["Statement"].as_array().unwrap();
    statements
        .iter()
        .flat_map(|statement| {
            assert_eq!(statement["Effect"], "Allow");
            statement["Action"].as_array().unwrap()
        })
        .map(|action| action.as_str().unwrap().to_owned())
        .collect()
}

/// All that the pages read before, while and after a plan is carried out, but for what the plan is made from.
async fn discover(stage: &Stage, plan: &Plan) {
    let session = stage.session_without_key().await;
    let aws = &session.aws;
    aws.regions().await.unwrap();
    aws.prices().await.unwrap();
    match plan.path {
        PathKind::VpcResource => {
            aws.gateway(GATEWAY).await.unwrap();
            aws.endpoint_associations(CONFIGURATION).await.unwrap();
        }
        PathKind::MskMultiVpc => {
            let connections = aws.client_connections(&cluster_arn("payments")).await;
            assert_eq!(connections.unwrap().len(), 1);
        }
        PathKind::EndpointService => {
            aws.endpoint_service(READY_SERVICE).await.unwrap();
            let connections = aws.endpoint_connections(READY_SERVICE).await;
            assert_eq!(connections.unwrap().len(), 2);
        }
    }
}

async fn assert_suffices(shape: Shape, with_key: bool) {
    let stage = Stage::set_for(shape, SPEED).await;
    let case = format!("{shape:?}, with a key: {with_key}");
    let engine = stage.engine().await;
    let session = if with_key {
        stage.session().await
    } else {
        stage.session_without_key().await
    };
    let plan = stage.plan_anew(shape, with_key).await;
    discover(&stage, &plan).await;
    for action in plan.steps.iter().map(|step| &step.action) {
        let calls = Calls::of(action);
        if let (Some(make), true) = (calls.make, calls.service != "clickhouse") {
            stage
                .fault(calls.service, make, "lost_answer", ALL_ATTEMPTS)
                .await;
        }
    }
    let id = engine
        .begin(&session, plan.clone(), Vec::new())
        .await
        .unwrap();
    let run = hands::carry_on(&stage, &engine, &session, &id).await;
    assert_eq!(run.state, RunState::Done, "{case}: {run:#?}");
    stage.clear_faults().await;
    engine.sweep(&session).await.unwrap();
    // A configuration is detached from what was connected by hand; a service is not.
    if !shape.detaches() {
        stage.delete_endpoint_by_hand().await;
    }
    let run = hands::undo(&stage, &engine, &session, &id).await;
    assert_eq!(run.state, RunState::Undone, "{case}: {run:#?}");

    let (taken, allowed) = (taken(&stage).await, allowed(&policy(&plan).document));
    let lacking: Vec<_> = taken.difference(&allowed).collect();
    assert!(lacking.is_empty(), "{case}: {lacking:?}");
    // It was a whole run: each write, the look for what a lost answer left, and what takes it back.
    for action in plan.steps.iter().map(|step| &step.action) {
        for expected in expected(action) {
            assert!(taken.contains(&expected), "{case}: {expected} in {taken:?}");
        }
    }
    if plan.path == PathKind::VpcResource && !with_key && shape != Shape::Groups {
        // Nobody has deleted the endpoint that was made by hand.
        let detach = "vpc-lattice:DeleteResourceEndpointAssociation";
        assert!(
            shape == Shape::OnConfiguration || taken.contains(detach),
            "{case}"
        );
    }
    let abroad = shape.clickhouse_service() == ABROAD;
    assert_eq!(allowed.contains("vpce:AllowMultiRegion"), abroad, "{case}");
}

/// The least that carrying an action out, finding it again and undoing it takes.
fn expected(action: &Action) -> Vec<String> {
    let calls = Calls::of(action);
    // The statement may have been the policy's only one.
    let remove = match action {
        Action::AllowInClusterPolicy { .. } => None,
        _ => calls.remove,
    };
    let looks = calls.look.iter().copied().filter(|_| calls.make.is_some());
    calls
        .make
        .into_iter()
        .chain(looks)
        .chain(calls.read)
        .chain(remove)
        .filter_map(|operation| iam_action(calls.service, operation))
        .collect()
}

async fn assert_all_suffice(shapes: &[Shape]) {
    let cases = shapes
        .iter()
        .flat_map(|shape| [(*shape, true), (*shape, false)]);
    at_most(
        8,
        cases.map(|(shape, with_key)| assert_suffices(shape, with_key)),
    )
    .await;
}

#[tokio::test]
async fn the_policy_allows_every_call_of_a_run_its_discovery_and_its_undo() {
    assert_all_suffice(&Shape::ALL[..8]).await;
}

#[tokio::test]
async fn so_does_that_of_msk_multi_vpc() {
    assert_all_suffice(&Shape::ALL[8..12]).await;
}

#[tokio::test]
async fn so_does_that_of_endpoint_services() {
    assert_all_suffice(&Shape::ALL[12..]).await;
}
