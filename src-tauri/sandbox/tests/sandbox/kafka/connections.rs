//! Client VPC connections: who may have one, and what becomes of it.

use super::{
    EVENTS, FOREIGN_POLICY, TAKEN, UPDATE, act, allow_clickpipes, connections, document, get,
    kafka, message, of_cluster, put_policy, setting, update,
};
use crate::common::{CLICKPIPES, Reply, Served, fault};
use reqwest::Method;
use serde_json::{Value, json};

/// The cluster `events` with multi-VPC connectivity for IAM and the policy that ClickPipes needs.
async fn open() -> Served {
    let sandbox = Served::start().await;
    let body = setting(&sandbox, EVENTS, true, false).await;
    update(&sandbox, EVENTS, body).await.ok();
    let wanted = document(&[allow_clickpipes(EVENTS)]);
    put_policy(&sandbox, EVENTS, &wanted, None).await.ok();
    sandbox.advance(UPDATE).await;
    sandbox
}

async fn connect(sandbox: &Served, authentication: &str, arn: &str) -> Reply {
    let body = json!({ "act": format!("connect-msk {authentication} {arn}") });
    sandbox.control(Method::POST, "/operator", Some(body)).await
}

async fn reject(sandbox: &Served, arn: &str, connection: &Value) -> Reply {
    let path = of_cluster(arn, "/client-vpc-connection");
    let body = json!({ "vpcConnectionArn": connection });
    kafka(sandbox, Method::PUT, &path, Some(body)).await
}

#[tokio::test]
async fn a_connection_comes_up_is_rejected_and_goes() {
    let sandbox = open().await;
    connect(&sandbox, "SASL_IAM", EVENTS).await.ok();
    let one = async || connections(&sandbox, EVENTS).await.first().cloned();
    let made = one().await.unwrap();
    assert_eq!(made["state"], "CREATING");
    assert_eq!(made["owner"], CLICKPIPES);
    assert_eq!(made["authentication"], "SASL_IAM");
    let arn = made["vpcConnectionArn"].clone();
    let early = reject(&sandbox, EVENTS, &arn).await;
    assert_eq!(early.refusal(), (400, "BadRequestException"));
    assert!(message(&early).contains("AVAILABLE"));
    let second = connect(&sandbox, "SASL_IAM", EVENTS).await;
    assert_eq!(second.status, 404, "one per cluster and authentication");

    sandbox.advance(60).await;
    assert_eq!(one().await.unwrap()["state"], "AVAILABLE");
    reject(&sandbox, EVENTS, &arn).await.ok();
    assert_eq!(one().await.unwrap()["state"], "REJECTING");
    sandbox.advance(30).await;
    assert_eq!(one().await.unwrap()["state"], "REJECTED");
    let twice = reject(&sandbox, EVENTS, &arn).await;
    assert_eq!(twice.refusal(), (400, "BadRequestException"));
    // It stays until its owner removes it, and is in nobody's way.
    sandbox.advance(24 * 3600).await;
    connect(&sandbox, "SASL_IAM", EVENTS).await.ok();
    assert_eq!(connections(&sandbox, EVENTS).await.len(), 2);
    act(
        &sandbox,
        &format!("disconnect-msk {}", arn.as_str().unwrap()),
    )
    .await;
    assert_eq!(one().await.unwrap()["state"], "DELETING");
    sandbox.advance(60).await;
    let left = connections(&sandbox, EVENTS).await;
    assert_eq!(left.len(), 1);
    assert_eq!(left[0]["state"], "AVAILABLE");
}

#[tokio::test]
async fn nobody_connects_who_is_not_let_in() {
    let sandbox = Served::start().await;
    for (authentication, arn, why) in [
        ("SASL_IAM", EVENTS, "multi-VPC connectivity is off"),
        ("SASL_IAM", TAKEN, "it is taken"),
        ("SASL_SCRAM", TAKEN, "it is off for this authentication"),
        ("SASL_IAM", FOREIGN_POLICY, "the policy speaks of others"),
    ] {
        let refused = connect(&sandbox, authentication, arn).await;
        assert_eq!(refused.status, 404, "{why}");
    }
    // The one that has it gives it up.
    let held = connections(&sandbox, TAKEN).await;
    let arn = held[0]["vpcConnectionArn"].as_str().unwrap();
    act(&sandbox, &format!("disconnect-msk {arn}")).await;
    sandbox.advance(30).await;
    connect(&sandbox, "SASL_IAM", TAKEN).await.ok();
}

#[tokio::test]
async fn permission_taken_back_meanwhile_fails_the_connection() {
    let sandbox = open().await;
    connect(&sandbox, "SASL_IAM", EVENTS).await.ok();
    act(&sandbox, &format!("delete-policy {EVENTS}")).await;
    sandbox.advance(60).await;
    assert_eq!(connections(&sandbox, EVENTS).await[0]["state"], "FAILED");
}

#[tokio::test]
async fn a_rejection_can_hang() {
    let sandbox = open().await;
    connect(&sandbox, "SASL_IAM", EVENTS).await.ok();
    sandbox.advance(60).await;
    let arn = connections(&sandbox, EVENTS).await[0]["vpcConnectionArn"].clone();
    let stuck = fault("kafka", "RejectClientVpcConnection", "stuck");
    let stuck = sandbox.fault(stuck).await;
    reject(&sandbox, EVENTS, &arn).await.ok();
    sandbox.advance(3600).await;
    assert_eq!(connections(&sandbox, EVENTS).await[0]["state"], "REJECTING");
    sandbox.remove_fault(stuck).await;
    sandbox.advance(30).await;
    assert_eq!(connections(&sandbox, EVENTS).await[0]["state"], "REJECTED");
}

#[tokio::test]
async fn connections_come_in_pages_and_stale() {
    let sandbox = Served::start().await;
    let path = of_cluster(FOREIGN_POLICY, "/client-vpc-connections");
    let page = get(&sandbox, &format!("{path}?maxResults=1")).await.ok();
    assert_eq!(page["clientVpcConnections"].as_array().unwrap().len(), 1);
    let token = page["nextToken"].as_str().unwrap();
    let rest = get(&sandbox, &format!("{path}?nextToken={token}"))
        .await
        .ok();
    assert_eq!(
        rest["clientVpcConnections"][0]["authentication"],
        "SASL_SCRAM"
    );
    let unknown = json!("arn:aws:kafka:us-east-1:444455556666:vpc-connection/a/b/c");
    let refused = reject(&sandbox, FOREIGN_POLICY, &unknown).await;
    assert_eq!(refused.refusal(), (400, "BadRequestException"));

    let arn = connections(&sandbox, FOREIGN_POLICY).await[0]["vpcConnectionArn"].clone();
    reject(&sandbox, FOREIGN_POLICY, &arn).await.ok();
    sandbox
        .fault(fault("kafka", "ListClientVpcConnections", "stale_list"))
        .await;
    let stale = connections(&sandbox, FOREIGN_POLICY).await;
    assert_eq!(stale[0]["state"], "AVAILABLE");
    let fresh = connections(&sandbox, FOREIGN_POLICY).await;
    assert_eq!(fresh[0]["state"], "REJECTING");
}
