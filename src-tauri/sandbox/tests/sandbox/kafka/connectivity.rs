//! `UpdateConnectivity`: what it refuses, how slow it is, and what it leaves when it is done, or fails.

use super::{
    EVENTS, EXPRESS, FOREIGN_POLICY, OLD, OPEN_ACLS, SERVERLESS, SMALL, TAKEN, UPDATE, act,
    connections, described, get, kafka, message, of_cluster, operation, segment, setting, update,
    with_cluster,
};
use crate::common::{Reply, Served, fault};
use reqwest::Method;
use serde_json::{Value, json};

fn over_vpc(cluster: &Value) -> (bool, bool) {
    let info = &cluster["provisioned"]["brokerNodeGroupInfo"]["connectivityInfo"];
    let sasl = &info["vpcConnectivity"]["clientAuthentication"]["sasl"];
    let on = |scheme: &str| sasl[scheme]["enabled"].as_bool().unwrap();
    (on("iam"), on("scram"))
}

fn refused(reply: &Reply, words: &str) {
    assert_eq!(reply.refusal(), (400, "BadRequestException"), "{reply:?}");
    let message = message(reply);
    assert!(message.contains(words), "{message:?} instead of {words:?}");
}

#[tokio::test]
async fn a_change_takes_long_and_replaces_what_was() {
    let sandbox = Served::start().await;
    let before = described(&sandbox, EVENTS).await;
    let body = setting(&sandbox, EVENTS, true, false).await;
    let begun = update(&sandbox, EVENTS, body.clone()).await.ok();
    assert_eq!(begun["clusterArn"], EVENTS);
    let arn = begun["clusterOperationArn"].as_str().unwrap().to_owned();

    let during = described(&sandbox, EVENTS).await;
    assert_eq!(during["state"], "UPDATING");
    assert_eq!(during["activeOperationArn"], arn.as_str());
    assert_eq!(over_vpc(&during), (false, false), "not before it is done");
    assert_eq!(operation(&sandbox, &arn).await["operationState"], "PENDING");
    sandbox.advance(UPDATE - 1).await;
    let still = operation(&sandbox, &arn).await;
    assert_eq!(still["operationState"], "UPDATE_IN_PROGRESS");
    assert_eq!(still.get("endTime"), None);
    refused(&update(&sandbox, EVENTS, body.clone()).await, "ACTIVE");

    sandbox.advance(1).await;
    let after = described(&sandbox, EVENTS).await;
    assert_eq!(after["state"], "ACTIVE");
    assert_eq!(after.get("activeOperationArn"), None);
    assert_eq!(over_vpc(&after), (true, false));
    assert_ne!(after["currentVersion"], before["currentVersion"]);
    let done = operation(&sandbox, &arn).await;
    assert_eq!(done["operationState"], "UPDATE_COMPLETE");
    let target = &done["provisioned"]["targetClusterInfo"]["connectivityInfo"];
    let sasl = &target["vpcConnectivity"]["clientAuthentication"]["sasl"];
    assert_eq!(sasl["iam"]["enabled"], true);
    refused(&update(&sandbox, EVENTS, body).await, "version");

    // Only SCRAM is sent: IAM goes.
    let body = setting(&sandbox, EVENTS, false, true).await;
    update(&sandbox, EVENTS, body).await.ok();
    sandbox.advance(UPDATE).await;
    assert_eq!(over_vpc(&described(&sandbox, EVENTS).await), (false, true));
    let path = format!("/api/v2/clusters/{}/operations", segment(EVENTS));
    let listed = get(&sandbox, &path).await.ok();
    let listed = listed["clusterOperationInfoList"]
        .as_array()
        .unwrap()
        .clone();
    assert_eq!(listed.len(), 2);
    assert_eq!(listed[1]["operationArn"], arn.as_str(), "the newest first");
    assert_eq!(listed[0]["operationState"], "UPDATE_COMPLETE");
}

#[tokio::test]
async fn one_kind_of_setting_in_a_call_and_only_what_is_written() {
    let sandbox = Served::start().await;
    let good = setting(&sandbox, EVENTS, true, false).await;
    let with = |name: &str, value: Value| {
        let mut body = good.clone();
        body["connectivityInfo"][name] = value;
        body
    };
    let several = "multiple connectivity settings";
    let public = json!({ "type": "DISABLED" });
    refused(
        &update(&sandbox, EVENTS, with("publicAccess", public.clone())).await,
        several,
    );
    refused(
        &update(&sandbox, EVENTS, with("networkType", json!("IPV4"))).await,
        several,
    );
    let mut zookeeper = good.clone();
    zookeeper["zookeeperAccess"] = json!({ "enabled": true });
    refused(&update(&sandbox, EVENTS, zookeeper).await, several);

    let version = &good["currentVersion"];
    let nothing = json!({ "currentVersion": version });
    refused(
        &update(&sandbox, EVENTS, nothing).await,
        "any connectivity setting",
    );
    for nothing in [json!({}), json!({ "clientAuthentication": {} })] {
        let body = json!({
            "currentVersion": version, "connectivityInfo": { "vpcConnectivity": nothing },
        });
        refused(
            &update(&sandbox, EVENTS, body).await,
            "no client authentication",
        );
    }
    let mut unversioned = good.clone();
    unversioned
        .as_object_mut()
        .unwrap()
        .remove("currentVersion");
    refused(
        &update(&sandbox, EVENTS, unversioned).await,
        "CurrentVersion",
    );
    let mut other_version = good.clone();
    other_version["currentVersion"] = json!("K0");
    refused(&update(&sandbox, EVENTS, other_version).await, "version");
    let other =
        json!({ "currentVersion": version, "connectivityInfo": { "publicAccess": public } });
    assert_eq!(update(&sandbox, EVENTS, other).await.status, 501);
    assert_eq!(described(&sandbox, EVENTS).await["state"], "ACTIVE");
}

#[tokio::test]
async fn clusters_that_cannot_have_it_are_refused() {
    let sandbox = Served::start().await;
    for (arn, iam, scram, words) in [
        (SMALL, true, false, "kafka.t3.small"),
        (EXPRESS, true, false, "express.m7g.large"),
        (OLD, true, false, "2.6.2"),
        (OPEN_ACLS, true, false, "SASL_IAM is not enabled"),
        (OPEN_ACLS, false, true, "allow.everyone.if.no.acl.found"),
        (TAKEN, true, false, "changes nothing"),
        (EVENTS, false, false, "changes nothing"),
    ] {
        let body = setting(&sandbox, arn, iam, scram).await;
        refused(&update(&sandbox, arn, body).await, words);
    }
    let body = setting(&sandbox, SERVERLESS, true, false).await;
    refused(&update(&sandbox, SERVERLESS, body).await, "serverless");
    let unknown = EVENTS.replace("events", "nothing");
    let body = setting(&sandbox, EVENTS, true, false).await;
    let gone = update(&sandbox, &unknown, body).await;
    assert_eq!(gone.refusal(), (404, "NotFoundException"));

    let (sandbox, _folder) = with_cluster(EVENTS, |it| it["unauthenticated"] = json!(true)).await;
    let body = setting(&sandbox, EVENTS, true, false).await;
    refused(&update(&sandbox, EVENTS, body).await, "unauthenticated");
}

#[tokio::test]
async fn the_default_configuration_lets_everybody_at_what_has_no_list() {
    let (sandbox, _folder) = with_cluster(EVENTS, |it| it["configuration"] = Value::Null).await;
    let body = setting(&sandbox, EVENTS, false, true).await;
    refused(
        &update(&sandbox, EVENTS, body).await,
        "allow.everyone.if.no.acl.found",
    );
    let body = setting(&sandbox, EVENTS, true, false).await;
    update(&sandbox, EVENTS, body).await.ok();
}

#[tokio::test]
async fn a_cluster_in_upkeep_takes_no_change() {
    let sandbox = Served::start().await;
    for (verb, state) in [
        ("reboot-msk", "REBOOTING_BROKER"),
        ("heal-msk", "HEALING"),
        ("maintain-msk", "MAINTENANCE"),
    ] {
        act(&sandbox, &format!("{verb} {EVENTS}")).await;
        assert_eq!(described(&sandbox, EVENTS).await["state"], state);
        let body = setting(&sandbox, EVENTS, true, false).await;
        refused(&update(&sandbox, EVENTS, body).await, "ACTIVE");
        sandbox.advance(20 * 60).await;
        assert_eq!(described(&sandbox, EVENTS).await["state"], "ACTIVE");
    }
    let path = format!("/api/v2/clusters/{}/operations", segment(EVENTS));
    let listed = get(&sandbox, &path).await.ok();
    assert_eq!(listed["clusterOperationInfoList"], json!([]));
}

#[tokio::test]
async fn a_change_that_fails_leaves_things_as_they_were() {
    let sandbox = Served::start().await;
    let version = described(&sandbox, EVENTS).await["currentVersion"].clone();
    let mut failing = fault("kafka", "UpdateConnectivity", "failed_state");
    failing["reason"] = json!("The load balancer could not be made.");
    sandbox.fault(failing).await;
    let body = setting(&sandbox, EVENTS, true, false).await;
    let begun = update(&sandbox, EVENTS, body.clone()).await.ok();
    sandbox.advance(UPDATE).await;
    let after = described(&sandbox, EVENTS).await;
    assert_eq!(after["state"], "ACTIVE");
    assert_eq!(over_vpc(&after), (false, false));
    assert_eq!(after["currentVersion"], version);
    let arn = begun["clusterOperationArn"].as_str().unwrap();
    let failed = operation(&sandbox, arn).await;
    assert_eq!(failed["operationState"], "UPDATE_FAILED");
    assert_eq!(
        failed["errorInfo"]["errorString"],
        "The load balancer could not be made."
    );
    // Once more, and it works.
    update(&sandbox, EVENTS, body).await.ok();
    sandbox.advance(UPDATE).await;
    assert_eq!(over_vpc(&described(&sandbox, EVENTS).await), (true, false));
}

#[tokio::test]
async fn a_change_that_is_stuck_goes_on_when_the_fault_is_gone() {
    let sandbox = Served::start().await;
    let stuck = sandbox
        .fault(fault("kafka", "UpdateConnectivity", "stuck"))
        .await;
    let body = setting(&sandbox, EVENTS, true, false).await;
    update(&sandbox, EVENTS, body).await.ok();
    sandbox.advance(100 * 3600).await;
    assert_eq!(described(&sandbox, EVENTS).await["state"], "UPDATING");
    sandbox.remove_fault(stuck).await;
    sandbox.advance(UPDATE).await;
    assert_eq!(described(&sandbox, EVENTS).await["state"], "ACTIVE");
}

#[tokio::test]
async fn turning_an_authentication_off_cuts_its_connections_off_for_good() {
    let sandbox = Served::start().await;
    let state = async || connections(&sandbox, FOREIGN_POLICY).await[0]["state"].clone();
    assert_eq!(state().await, "AVAILABLE");
    let body = setting(&sandbox, FOREIGN_POLICY, false, false).await;
    update(&sandbox, FOREIGN_POLICY, body).await.ok();
    sandbox.advance(UPDATE).await;
    assert_eq!(state().await, "DEACTIVATING");
    sandbox.advance(60).await;
    assert_eq!(state().await, "INACTIVE");
    let body = setting(&sandbox, FOREIGN_POLICY, true, false).await;
    update(&sandbox, FOREIGN_POLICY, body).await.ok();
    sandbox.advance(UPDATE).await;
    assert_eq!(
        state().await,
        "INACTIVE",
        "the other side has to make it anew"
    );
}

#[tokio::test]
async fn a_lost_answer_has_begun_the_change_all_the_same() {
    let sandbox = Served::start().await;
    let body = setting(&sandbox, EVENTS, true, false).await;
    sandbox
        .fault(fault("kafka", "UpdateConnectivity", "lost_answer"))
        .await;
    let request = sandbox
        .signed(
            Method::PUT,
            "kafka",
            "us-east-1",
            &of_cluster(EVENTS, "/connectivity"),
        )
        .json(&body);
    assert!(request.send().await.is_err());
    assert_eq!(described(&sandbox, EVENTS).await["state"], "UPDATING");
    let unwritten = of_cluster(EVENTS, "/nodes/count");
    let unwritten = kafka(&sandbox, Method::PUT, &unwritten, Some(json!({}))).await;
    assert_eq!(unwritten.refusal(), (501, "NotImplemented"));
}
