//! Amazon MSK over its REST-JSON.

mod brokers;
mod clusters;
mod connections;
mod connectivity;
mod policy;

use crate::common::{Reply, Served, reply};
use pipelink_sandbox::Config;
use reqwest::Method;
use serde_json::{Value, json};

/// Clusters of the default scenario, by what they are there for.
pub(crate) const EVENTS: &str =
    "arn:aws:kafka:us-east-1:111122223333:cluster/events/7d1c3b52-9a64-4f0d-8f55-0f6d2a9b7c31-9";
const SMALL: &str =
    "arn:aws:kafka:us-east-1:111122223333:cluster/clicks/b20e6f17-4c8a-47d3-9e15-6a3f08d2c5b4-4";
const FOREIGN_POLICY: &str = "arn:aws:kafka:us-east-1:111122223333:cluster/telemetry/e5a94c03-71bd-4be2-a6f8-2d90c7e1835f-12";
const EXPRESS: &str =
    "arn:aws:kafka:us-east-1:111122223333:cluster/sessions/3f86d1a9-05c7-4e2b-8b64-9c1e7f40a2d8-7";
const SERVERLESS: &str =
    "arn:aws:kafka:us-east-1:111122223333:cluster/audit/91c4e7d2-6b0f-4a38-bd57-e83a1f5c2609-s3";
const TAKEN: &str =
    "arn:aws:kafka:us-east-1:111122223333:cluster/payments/c8f27e60-d31a-4195-8e4c-57b0a9d6f312-6";
const OLD: &str =
    "arn:aws:kafka:us-east-1:111122223333:cluster/ledger/0a6be3f4-8d92-4c71-b05e-f4127d8c93a6-2";
const OPEN_ACLS: &str =
    "arn:aws:kafka:us-east-1:111122223333:cluster/metrics/5e13a8d7-c249-4f60-97ab-1b8d6e0f74c2-11";

/// What a change of a cluster with three brokers takes, in the sandbox's time.
const UPDATE: i64 = (25 + 3 * 15) * 60;

/// An ARN as one segment of a path.
fn segment(arn: &str) -> String {
    arn.replace(':', "%3A").replace('/', "%2F")
}

/// `/v1/clusters/{arn}` and what comes after it.
fn of_cluster(arn: &str, rest: &str) -> String {
    format!("/v1/clusters/{}{rest}", segment(arn))
}

async fn kafka(sandbox: &Served, method: Method, path: &str, body: Option<Value>) -> Reply {
    let request = sandbox.signed(method, "kafka", "us-east-1", path);
    let request = match body {
        Some(body) => request.json(&body),
        None => request,
    };
    reply(request.send().await.expect("an answer")).await
}

async fn get(sandbox: &Served, path: &str) -> Reply {
    kafka(sandbox, Method::GET, path, None).await
}

async fn described(sandbox: &Served, arn: &str) -> Value {
    let path = format!("/api/v2/clusters/{}", segment(arn));
    get(sandbox, &path).await.ok()["clusterInfo"].clone()
}

async fn operation(sandbox: &Served, arn: &str) -> Value {
    let path = format!("/api/v2/operations/{}", segment(arn));
    get(sandbox, &path).await.ok()["clusterOperationInfo"].clone()
}

/// The body that sets the multi-VPC authentication, under the cluster's present version.
async fn setting(sandbox: &Served, arn: &str, iam: bool, scram: bool) -> Value {
    let on = |on: bool| json!({ "enabled": on });
    json!({
        "currentVersion": described(sandbox, arn).await["currentVersion"],
        "connectivityInfo": { "vpcConnectivity": { "clientAuthentication": {
            "sasl": { "iam": on(iam), "scram": on(scram) },
        } } },
    })
}

async fn update(sandbox: &Served, arn: &str, body: Value) -> Reply {
    let path = of_cluster(arn, "/connectivity");
    kafka(sandbox, Method::PUT, &path, Some(body)).await
}

/// The policy's version and document.
async fn policy_of(sandbox: &Served, arn: &str) -> (String, Value) {
    let found = get(sandbox, &of_cluster(arn, "/policy")).await.ok();
    let text = found["policy"].as_str().expect("a policy");
    let version = found["currentVersion"].as_str().expect("a version");
    (version.to_owned(), serde_json::from_str(text).unwrap())
}

async fn put_policy(sandbox: &Served, arn: &str, document: &Value, version: Option<&str>) -> Reply {
    let mut body = json!({ "policy": document.to_string() });
    if let Some(version) = version {
        body["currentVersion"] = version.into();
    }
    kafka(
        sandbox,
        Method::PUT,
        &of_cluster(arn, "/policy"),
        Some(body),
    )
    .await
}

/// The statement that lets ClickPipes connect.
fn allow_clickpipes(arn: &str) -> Value {
    json!({
        "Sid": "AllowClickPipes",
        "Effect": "Allow",
        "Principal": { "AWS": crate::common::CLICKPIPES },
        "Action": [
            "kafka:CreateVpcConnection", "kafka:GetBootstrapBrokers",
            "kafka:DescribeCluster", "kafka:DescribeClusterV2",
        ],
        "Resource": arn,
    })
}

fn document(statements: &[Value]) -> Value {
    json!({ "Version": "2012-10-17", "Statement": statements })
}

async fn connections(sandbox: &Served, arn: &str) -> Vec<Value> {
    let path = of_cluster(arn, "/client-vpc-connections");
    let found = get(sandbox, &path).await.ok();
    found["clientVpcConnections"].as_array().unwrap().clone()
}

/// Has another operator do something to a cluster or a connection.
async fn act(sandbox: &Served, act: &str) {
    let body = json!({ "act": act });
    sandbox
        .control(Method::POST, "/operator", Some(body))
        .await
        .ok();
}

fn message(reply: &Reply) -> String {
    reply.json()["message"]
        .as_str()
        .expect("a message")
        .to_owned()
}

/// A sandbox with the default scenario in which one cluster was changed by hand.
async fn with_cluster(arn: &str, change: impl FnOnce(&mut Value)) -> (Served, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("world.json");
    let config = Config {
        speed: 0.0,
        world: Some(path.clone()),
        ..Config::default()
    };
    let first = Served::with(config.clone()).await;
    first.sandbox.stop().await;
    let mut world: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    let clusters = world["regions"]["us-east-1"]["msk_clusters"].as_array_mut();
    let cluster = clusters
        .unwrap()
        .iter_mut()
        .find(|it| arn.contains(it["uuid"].as_str().unwrap()));
    change(cluster.expect("the cluster"));
    std::fs::write(&path, world.to_string()).unwrap();
    (Served::with(config).await, folder)
}
