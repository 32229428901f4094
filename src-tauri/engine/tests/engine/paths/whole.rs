//! Plans of every shape, from nothing to a pipe that gets through, and back to nothing.

use std::collections::BTreeMap;

use pipelink_plan::run::{Run, RunState, StepState};
use pipelink_plan::step::{Action, OnUndo, OutputName};
use serde_json::Value;

use crate::stage::plans::Shape;
use crate::stage::{Stage, assert_done_once, at_most, hands};

/// Through which host and port a pipe of each shape goes, and where its owner has the source.
fn ways(shape: Shape, run: &Run) -> Vec<(String, u16, Option<String>)> {
    const RDS: &str = "cx7k2m9qp4ab.us-east-1.rds.amazonaws.com";
    let own = |run: &Run| {
        let mut steps = run.steps.iter();
        let names = steps.find_map(|step| step.outputs.one(OutputName::DnsNames));
        names.unwrap().to_owned()
    };
    let to = |port, source: &str| vec![(own(run), port, Some(source.to_owned()))];
    let under_their_names = |port, names: &[&str]| {
        let ways = names.iter().map(|name| ((*name).to_owned(), port, None));
        ways.collect()
    };
    match shape {
        Shape::Everything | Shape::OnGateway => to(5432, &format!("orders-postgres.cluster-{RDS}")),
        Shape::Domain => to(5432, "orders.internal.example"),
        Shape::OnConfiguration => to(5432, &format!("inventory-postgres.{RDS}")),
        // Nothing listens there but on 443.
        Shape::Address | Shape::Groups => Vec::new(),
        Shape::Nodes | Shape::NodesByService => under_their_names(
            27017,
            &[
                "mongo-0.catalog.example.com",
                "mongo-1.catalog.example.com",
                "mongo-2.catalog.example.com",
            ],
        ),
        Shape::Serverless => {
            let bootstrap = &run.plan.source.tls_host;
            vec![(bootstrap.clone().unwrap(), 9098, None)]
        }
        Shape::MskIam | Shape::MskScram | Shape::MskPolicy | Shape::MskConnectivity => {
            let bootstrap = hands::made(run, OutputName::BootstrapBrokers);
            let brokers = bootstrap
                .split(',')
                .map(|broker| broker.split_once(':').unwrap());
            let ways: Vec<_> = brokers
                .map(|(host, port)| (host.to_owned(), port.parse().unwrap(), None))
                .collect();
            assert_eq!(ways.len(), 3, "{bootstrap}");
            ways
        }
        Shape::Service | Shape::ServiceAbroad | Shape::OnBalancer | Shape::OnServiceAbroad => {
            to(5432, &format!("crm-postgres.{RDS}"))
        }
        Shape::ServiceGuarded => {
            let mut ways = to(5432, &format!("crm-postgres.{RDS}"));
            let source = Some(format!("crm-postgres.{RDS}"));
            ways.push(("crm.data.example.com".to_owned(), 5432, source));
            ways
        }
        Shape::OnService => to(5432, "reports.internal.example"),
        Shape::OnReadyService => to(3306, &format!("billing-mysql.{RDS}")),
        Shape::Brokers | Shape::BrokersAbroad => {
            // The bootstrap string of the whole is its brokers' own names.
            let brokers = run.plan.steps.iter().filter_map(|step| match &step.action {
                Action::CreateReversePrivateEndpoint { private_dns, .. } => {
                    Some(private_dns[0].name.clone())
                }
                _ => None,
            });
            let port = if shape == Shape::Brokers { 9098 } else { 9096 };
            let ways: Vec<_> = brokers.map(|name| (name, port, None)).collect();
            assert_eq!(ways.len(), 3);
            ways
        }
        Shape::Kafka => under_their_names(
            9092,
            &[
                "kafka-1.clickstream.example.com",
                "kafka-2.clickstream.example.com",
                "kafka-3.clickstream.example.com",
            ],
        ),
        Shape::Registry => vec![
            ("kafka-1.clickstream.example.com".to_owned(), 9092, None),
            ("registry.clickstream.example.com".to_owned(), 8081, None),
        ],
    }
}

async fn gets_through(stage: &Stage, shape: Shape, run: &Run) {
    let things = stage.things().await;
    let own = |it: &&(String, Value)| it.1.to_string().contains(&run.id.0);
    let things: Vec<(String, Value)> = things.into_iter().collect();
    let endpoints: Vec<&(String, Value)> = things
        .iter()
        .filter(|it| it.1["dns_names"].is_array())
        .filter(own)
        .collect();
    for (_, endpoint) in &endpoints {
        assert_eq!(endpoint["status"], "Ready", "{shape:?}: {endpoint}");
    }
    for (host, port, source) in ways(shape, run) {
        let mut answers = Vec::new();
        for (id, _) in &endpoints {
            answers.push(stage.reach(id, &host, port, source.as_deref()).await);
        }
        let through = answers.iter().filter(|it| it["reaches"] == true).count();
        assert_eq!(
            through, 1,
            "{shape:?}: {host}:{port}: {answers:?}: {run:#?}"
        );
    }
}

async fn there_and_back(shape: Shape, with_key: bool) {
    let stage = Stage::set_for(shape, 300.0).await;
    let before = stage.resources().await;
    let (engine, session) = (stage.engine().await, stage.session().await);
    let plan = stage.plan_of(shape, with_key).await;
    let id = engine.begin(&session, plan, Vec::new()).await.unwrap();
    let run = hands::carry_on(&stage, &engine, &session, &id).await;
    assert_done_once(&stage, &run).await;
    assert!(before != stage.resources().await, "{shape:?}");
    // Names follow within seconds of the account.
    stage.advance(30).await;
    if with_key {
        gets_through(&stage, shape, &run).await;
    } else {
        stage.delete_endpoint_by_hand().await;
    }

    let run = engine.undo(&session, &id, &[]).await.unwrap();
    assert_eq!(run.state, RunState::Undone, "{shape:?}: {run:#?}");
    for (planned, step) in run.plan.steps.iter().zip(&run.steps) {
        let expected = match planned.action.on_undo() {
            OnUndo::StaysUnlessAsked => StepState::Kept,
            OnUndo::TakenBack | OnUndo::Nothing => StepState::Undone,
        };
        assert_eq!(step.state, expected, "{shape:?}: {run:#?}");
    }
    let mut after = stage.resources().await;
    if run.steps.iter().any(|step| step.state == StepState::Kept) {
        // Connectivity stays on, and nothing else.
        let clusters = "us-east-1 msk_clusters";
        let on = |clusters: &Value| -> Vec<Value> {
            let clusters = clusters.as_array().unwrap().iter();
            clusters.map(|cluster| cluster["on"].clone()).collect()
        };
        assert_ne!(on(&after[clusters]), on(&before[clusters]));
        for (kept, had) in after
            .get_mut(clusters)
            .unwrap()
            .as_array_mut()
            .unwrap()
            .iter_mut()
            .zip(before[clusters].as_array().unwrap())
        {
            kept["on"] = had["on"].clone();
        }
    }
    assert_same(&before, &after, &format!("{shape:?}: {run:#?}"));
}

fn assert_same(before: &BTreeMap<String, Value>, after: &BTreeMap<String, Value>, what: &str) {
    for (name, had) in before {
        let (is, was) = (timeless(&after[name]), timeless(had));
        assert!(is == was, "{name}: {is} was {was}: {what}");
    }
}

/// Without when things were changed last.
fn timeless(things: &Value) -> Value {
    let mut things = things.clone();
    for thing in things.as_array_mut().into_iter().flatten() {
        thing.as_object_mut().unwrap().remove("updated_at");
    }
    things
}

async fn each(shapes: &[Shape]) {
    let cases = shapes
        .iter()
        .flat_map(|shape| [(*shape, true), (*shape, false)]);
    at_most(
        6,
        cases.map(|(shape, with_key)| there_and_back(shape, with_key)),
    )
    .await;
}

#[tokio::test]
async fn vpc_resources() {
    each(&Shape::ALL[..8]).await;
}

#[tokio::test]
async fn msk_multi_vpc() {
    each(&Shape::ALL[8..12]).await;
}

#[tokio::test]
async fn endpoint_services() {
    each(&Shape::ALL[12..]).await;
}
