//! The policy that a plan asks for, held to the calls that AWS really sees: what is discovered, a whole run
//! whose every answer gets lost once, and its undo.

use std::collections::BTreeSet;

use pipelink_plan::readings::policy::policy;
use pipelink_plan::run::RunState;
use pipelink_plan::step::{Action, Plan};
use serde_json::Value;

use crate::stage::plans::{CONFIGURATION, GATEWAY, Shape};
use crate::stage::{Stage, at_most, hands};

/// Every attempt that the SDK makes by itself.
const ALL_ATTEMPTS: u32 = 3;

const WRITES: [(&str, &str); 4] = [
    ("vpc-lattice", "CreateResourceGateway"),
    ("vpc-lattice", "CreateResourceConfiguration"),
    ("vpc-lattice", "UpdateResourceGateway"),
    ("ram", "CreateResourceShare"),
];

/// The IAM action of a call: the service's prefix is the name it signs by. None for what needs no right, and
/// for ClickHouse's.
fn iam_action(service: &str, operation: &str) -> Option<String> {
    match (service, operation) {
        ("clickhouse", _) | ("sts", "GetCallerIdentity") => None,
        (
            "ec2" | "kafka" | "pricing" | "ram" | "rds" | "servicequotas" | "vpc-lattice",
            operation,
        ) => Some(format!("{service}:{operation}")),
        other => panic!("whose right is {other:?}?"),
    }
}

/// The IAM actions of all calls that the sandbox has seen.
async fn taken(stage: &Stage) -> BTreeSet<String> {
    let url = format!("{}/_sandbox/calls", stage.connection.aws_endpoint_url);
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let answer = http.get(url).send().await.unwrap();
    let calls: Vec<Value> = answer.json().await.unwrap();
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

/// All that the pages read before, while and after a plan is carried out.
async fn discover(stage: &Stage, plan: &Plan) {
    let session = stage.session_without_key().await;
    let aws = &session.aws;
    aws.regions().await.unwrap();
    let facts = aws.discover_region(session.identity.clone()).await;
    assert!(facts.gateways.known().is_some());
    let account = &session.identity.account_id;
    let vpc = aws.discover_vpc(&plan.source.vpc_id, account).await;
    assert!(vpc.subnets.known().is_some());
    aws.prices().await.unwrap();
    aws.gateway(GATEWAY).await.unwrap();
    aws.endpoint_associations(CONFIGURATION).await.unwrap();
}

async fn assert_suffices(shape: Shape, with_key: bool) {
    let stage = Stage::set().await;
    let case = format!("{shape:?}, with a key: {with_key}");
    let engine = stage.engine().await;
    let session = if with_key {
        stage.session().await
    } else {
        stage.session_without_key().await
    };
    let plan = stage.plan_of(shape, with_key).await;
    discover(&stage, &plan).await;
    for (service, operation) in WRITES {
        stage
            .fault(service, operation, "lost_answer", ALL_ATTEMPTS)
            .await;
    }
    let id = engine
        .begin(&session, plan.clone(), Vec::new())
        .await
        .unwrap();
    let run = hands::carry_on(&stage, &engine, &session, &id).await;
    assert_eq!(run.state, RunState::Done, "{case}: {run:#?}");
    stage.clear_faults().await;
    engine.sweep(&session).await.unwrap();
    let run = engine.undo(&session, &id, &[]).await.unwrap();
    assert_eq!(run.state, RunState::Undone, "{case}: {run:#?}");

    let (taken, allowed) = (taken(&stage).await, allowed(&policy(&plan).document));
    let lacking: Vec<_> = taken.difference(&allowed).collect();
    assert!(lacking.is_empty(), "{case}: {lacking:?}");
    // It was a whole run: each write, the look for what a lost answer left, and what takes it back.
    let steps = plan.steps.iter();
    for action in steps.flat_map(|step| expected(&step.action, with_key)) {
        assert!(taken.contains(*action), "{case}: {action} in {taken:?}");
    }
}

/// The least that carrying an action out, finding it again and undoing it takes.
fn expected(action: &Action, with_key: bool) -> &'static [&'static str] {
    match action {
        Action::CreateResourceGateway { .. } => &[
            "vpc-lattice:CreateResourceGateway",
            "vpc-lattice:ListResourceGateways",
            "vpc-lattice:ListTagsForResource",
            "vpc-lattice:DeleteResourceGateway",
        ],
        Action::CreateResourceConfiguration { .. } if with_key => &[
            "vpc-lattice:CreateResourceConfiguration",
            "vpc-lattice:ListTagsForResource",
            "vpc-lattice:DeleteResourceConfiguration",
        ],
        // Nobody has deleted the endpoint that was made by hand.
        Action::CreateResourceConfiguration { .. } => &[
            "vpc-lattice:DeleteResourceConfiguration",
            "vpc-lattice:DeleteResourceEndpointAssociation",
        ],
        Action::CreateResourceShare { .. } => &[
            "ram:CreateResourceShare",
            "ram:GetResourceShareAssociations",
            "ram:DeleteResourceShare",
        ],
        Action::UpdateGatewaySecurityGroups { .. } => &["vpc-lattice:UpdateResourceGateway"],
        Action::CreateReversePrivateEndpoint { .. } | Action::AwaitShareAcceptance { .. } => &[],
    }
}

#[tokio::test]
async fn the_policy_allows_every_call_of_a_run_its_discovery_and_its_undo() {
    let cases = Shape::ALL
        .into_iter()
        .flat_map(|shape| [(shape, true), (shape, false)]);
    at_most(
        4,
        cases.map(|(shape, with_key)| assert_suffices(shape, with_key)),
    )
    .await;
}
