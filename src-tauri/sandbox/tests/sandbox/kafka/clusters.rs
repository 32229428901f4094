//! Clusters as they are listed and described, and the configurations they use.

use super::{
    EVENTS, EXPRESS, FOREIGN_POLICY, OPEN_ACLS, SERVERLESS, SMALL, TAKEN, described, get, message,
    of_cluster, segment,
};
use crate::common::{Served, fault};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use reqwest::Method;
use serde_json::{Value, json};

async fn names(sandbox: &Served, query: &str) -> Vec<String> {
    let found = get(sandbox, &format!("/api/v2/clusters{query}")).await.ok();
    let clusters = found["clusterInfoList"].as_array().unwrap().clone();
    let name = |it: &Value| it["clusterName"].as_str().unwrap().to_owned();
    clusters.iter().map(name).collect()
}

#[tokio::test]
async fn lists_are_filtered_and_come_in_pages() {
    let sandbox = Served::start().await;
    let all = names(&sandbox, "").await;
    assert_eq!(all.len(), 8);
    assert_eq!(names(&sandbox, "?clusterNameFilter=e").await, ["events"]);
    assert_eq!(
        names(&sandbox, "?clusterTypeFilter=SERVERLESS").await,
        ["audit"]
    );
    let provisioned = names(&sandbox, "?clusterTypeFilter=PROVISIONED").await;
    assert_eq!(provisioned.len(), 7);

    let (mut seen, mut query) = (Vec::new(), "?maxResults=3".to_owned());
    loop {
        let page = get(&sandbox, &format!("/api/v2/clusters{query}"))
            .await
            .ok();
        let clusters = page["clusterInfoList"].as_array().unwrap();
        assert!(clusters.len() <= 3);
        seen.extend(
            clusters
                .iter()
                .map(|it| it["clusterName"].as_str().unwrap().to_owned()),
        );
        let Some(token) = page["nextToken"].as_str() else {
            break;
        };
        query = format!("?maxResults=3&nextToken={token}");
    }
    assert_eq!(seen, all);
    let made_up = get(&sandbox, "/api/v2/clusters?nextToken=no").await;
    assert_eq!(made_up.refusal(), (400, "BadRequestException"));
    assert_eq!(made_up.json()["invalidParameter"], "nextToken");

    // A page with nothing on it, and a token for what is there.
    let fault = sandbox.fault(fault("kafka", "ListClustersV2", "empty_page"));
    fault.await;
    let empty = get(&sandbox, "/api/v2/clusters").await.ok();
    assert_eq!(empty["clusterInfoList"], json!([]));
    let token = empty["nextToken"].as_str().unwrap();
    assert_eq!(names(&sandbox, &format!("?nextToken={token}")).await, all);
}

#[tokio::test]
async fn a_cluster_is_described_as_it_is() {
    let sandbox = Served::start().await;
    let events = described(&sandbox, EVENTS).await;
    assert_eq!(events["clusterArn"], EVENTS);
    assert_eq!(events["clusterType"], "PROVISIONED");
    assert_eq!(events["state"], "ACTIVE");
    assert_eq!(events.get("activeOperationArn"), None);
    let own = &events["provisioned"];
    assert_eq!(own["currentBrokerSoftwareInfo"]["kafkaVersion"], "2.8.1");
    assert_eq!(own["brokerNodeGroupInfo"]["instanceType"], "kafka.m5.large");
    assert_eq!(
        own["clientAuthentication"]["sasl"]["scram"]["enabled"],
        true
    );
    assert_eq!(
        own["clientAuthentication"]["unauthenticated"]["enabled"],
        false
    );
    let info = &own["brokerNodeGroupInfo"]["connectivityInfo"];
    let over_vpc = &info["vpcConnectivity"]["clientAuthentication"];
    assert_eq!(over_vpc["sasl"]["iam"]["enabled"], false);
    let taken = described(&sandbox, TAKEN).await;
    let info = &taken["provisioned"]["brokerNodeGroupInfo"]["connectivityInfo"];
    let over_vpc = &info["vpcConnectivity"]["clientAuthentication"];
    assert_eq!(over_vpc["sasl"]["iam"]["enabled"], true);
    assert_eq!(over_vpc["sasl"]["scram"]["enabled"], false);

    for (arn, instance) in [(SMALL, "kafka.t3.small"), (EXPRESS, "express.m7g.large")] {
        let own = described(&sandbox, arn).await["provisioned"].clone();
        assert_eq!(own["brokerNodeGroupInfo"]["instanceType"], instance);
    }
    let serverless = described(&sandbox, SERVERLESS).await;
    assert_eq!(serverless["clusterType"], "SERVERLESS");
    assert_eq!(serverless.get("provisioned"), None);
    let subnets = serverless["serverless"]["vpcConfigs"][0]["subnetIds"].as_array();
    assert_eq!(subnets.unwrap().len(), 3);

    // The first version of the operation has it all at one level, and knows no serverless ones.
    let flat = get(&sandbox, &of_cluster(FOREIGN_POLICY, "")).await.ok();
    assert_eq!(flat["clusterInfo"]["clusterName"], "telemetry");
    assert_eq!(flat["clusterInfo"]["numberOfBrokerNodes"], 3);
    let refused = get(&sandbox, &of_cluster(SERVERLESS, "")).await;
    assert_eq!(refused.refusal(), (400, "BadRequestException"));
    assert!(message(&refused).contains("serverless"));
}

#[tokio::test]
async fn who_names_no_cluster_is_told_so_as_each_operation_can() {
    let sandbox = Served::start().await;
    let other_region = EVENTS.replace("us-east-1", "us-east-2");
    let other_account = EVENTS.replace("111122223333", "444455556666");
    let other_end = EVENTS.replace("-9", "-8");
    for arn in [&other_region, &other_account, &other_end] {
        for (path, refusal) in [
            (
                format!("/api/v2/clusters/{}", segment(arn)),
                (404, "NotFoundException"),
            ),
            (of_cluster(arn, ""), (404, "NotFoundException")),
            (of_cluster(arn, "/policy"), (404, "NotFoundException")),
            (of_cluster(arn, "/nodes"), (404, "NotFoundException")),
            (
                format!("/api/v2/clusters/{}/operations", segment(arn)),
                (404, "NotFoundException"),
            ),
            // Their models have no 404.
            (
                of_cluster(arn, "/bootstrap-brokers"),
                (400, "BadRequestException"),
            ),
            (
                of_cluster(arn, "/client-vpc-connections"),
                (400, "BadRequestException"),
            ),
        ] {
            assert_eq!(get(&sandbox, &path).await.refusal(), refusal, "{path}");
        }
    }
    for malformed in [
        "events",
        "arn:aws:rds:us-east-1:111122223333:cluster:orders-postgres",
    ] {
        let refused = get(&sandbox, &of_cluster(malformed, "/policy")).await;
        assert_eq!(
            refused.refusal(),
            (400, "BadRequestException"),
            "{malformed}"
        );
        assert_eq!(refused.json()["invalidParameter"], "clusterArn");
    }
    let operation = segment("arn:aws:kafka:us-east-1:111122223333:cluster-operation/events/a/b");
    let refused = get(&sandbox, &format!("/api/v2/operations/{operation}")).await;
    assert_eq!(refused.refusal(), (404, "NotFoundException"));
    let refused = get(&sandbox, "/api/v2/operations/b").await;
    assert_eq!(refused.refusal(), (400, "BadRequestException"));
}

#[tokio::test]
async fn a_revision_of_a_configuration_has_its_properties() {
    let sandbox = Served::start().await;
    let properties = async |arn: &str| {
        let software =
            described(&sandbox, arn).await["provisioned"]["currentBrokerSoftwareInfo"].clone();
        let configuration = segment(software["configurationArn"].as_str().unwrap());
        let revision = &software["configurationRevision"];
        let path = format!("/v1/configurations/{configuration}/revisions/{revision}");
        let found = get(&sandbox, &path).await.ok();
        let bytes = STANDARD.decode(found["serverProperties"].as_str().unwrap());
        String::from_utf8(bytes.unwrap()).unwrap()
    };
    assert!(
        properties(EVENTS)
            .await
            .contains("allow.everyone.if.no.acl.found=false")
    );
    assert!(
        properties(OPEN_ACLS)
            .await
            .contains("allow.everyone.if.no.acl.found=true")
    );
    let small = described(&sandbox, SMALL).await;
    let software = &small["provisioned"]["currentBrokerSoftwareInfo"];
    assert_eq!(software.get("configurationArn"), None, "MSK's own default");

    let arn = described(&sandbox, EVENTS).await["provisioned"]["currentBrokerSoftwareInfo"]
        ["configurationArn"]
        .clone();
    let arn = arn.as_str().unwrap();
    for (arn, revision, refusal) in [
        (arn.to_owned(), "3", (404, "NotFoundException")),
        (
            arn.replace("events-acls", "no"),
            "1",
            (404, "NotFoundException"),
        ),
        (arn.to_owned(), "two", (400, "BadRequestException")),
        ("events-acls".to_owned(), "1", (400, "BadRequestException")),
    ] {
        let path = format!("/v1/configurations/{}/revisions/{revision}", segment(&arn));
        assert_eq!(get(&sandbox, &path).await.refusal(), refusal, "{path}");
    }
}

#[tokio::test]
async fn faults_strike_msk_as_they_strike_others() {
    let sandbox = Served::start().await;
    let path = format!("/api/v2/clusters/{}", segment(EVENTS));
    for (kind, refusal) in [
        ("throttle", (429, "TooManyRequestsException")),
        ("deny", (403, "AccessDeniedException")),
        ("expired_credentials", (403, "ExpiredTokenException")),
        ("server_error", (500, "InternalServerErrorException")),
        ("not_found_once", (404, "NotFoundException")),
    ] {
        sandbox
            .fault(fault("kafka", "DescribeClusterV2", kind))
            .await;
        assert_eq!(get(&sandbox, &path).await.refusal(), refusal, "{kind}");
        assert_eq!(
            get(&sandbox, &path).await.status,
            200,
            "{kind} strikes once"
        );
    }
    sandbox
        .fault(fault("kafka", "DescribeClusterV2", "malformed"))
        .await;
    let garbled = get(&sandbox, &path).await;
    assert!(serde_json::from_str::<Value>(&garbled.text).is_err());

    // An operation that the model gives no 404 cannot be struck by one.
    let impossible = fault("kafka", "PutClusterPolicy", "not_found_once");
    let refused = sandbox
        .control(Method::POST, "/faults", Some(impossible))
        .await;
    assert_eq!(refused.status, 400);
}
