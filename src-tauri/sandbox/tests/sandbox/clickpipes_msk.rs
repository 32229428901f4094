//! The ClickPipes actor and MSK multi-VPC connectivity: what the cluster allows, and what follows.

use crate::common::{
    CLICKPIPES, IDLE_SERVICE, ORDERS_SERVICE, PAYMENTS_SERVICE, Reply, Served, reply,
};
use pipelink_sandbox::Config;
use reqwest::Method;
use serde_json::{Value, json};

/// Of the default scenario: 2.8.1 with IAM and SCRAM, multi-VPC connectivity off.
const EVENTS: &str =
    "arn:aws:kafka:us-east-1:111122223333:cluster/events/7d1c3b52-9a64-4f0d-8f55-0f6d2a9b7c31-9";

/// Longer than a change of connectivity of three brokers takes.
const CHANGED: i64 = 3 * 3600;

fn in_path(arn: &str) -> String {
    arn.replace(':', "%3A").replace('/', "%2F")
}

async fn kafka(sandbox: &Served, method: Method, path: &str, body: Option<Value>) -> Reply {
    let request = sandbox.signed(method, "kafka", "us-east-1", path);
    let request = match body {
        Some(body) => request.json(&body),
        None => request,
    };
    reply(request.send().await.expect("an answer")).await
}

fn msk(authentication: &str) -> Value {
    json!({
        "description": "events",
        "type": "MSK_MULTI_VPC",
        "mskClusterArn": EVENTS,
        "mskAuthentication": authentication,
    })
}

async fn turn_on(sandbox: &Served, iam: bool, scram: bool) {
    let cluster = in_path(EVENTS);
    let path = format!("/api/v2/clusters/{cluster}");
    let found = kafka(sandbox, Method::GET, &path, None).await.ok();
    let body = json!({
        "currentVersion": found["clusterInfo"]["currentVersion"],
        "connectivityInfo": { "vpcConnectivity": { "clientAuthentication": {
            "sasl": { "iam": { "enabled": iam }, "scram": { "enabled": scram } },
        } } },
    });
    let path = format!("/v1/clusters/{cluster}/connectivity");
    kafka(sandbox, Method::PUT, &path, Some(body)).await.ok();
    sandbox.advance(CHANGED).await;
}

async fn set_policy(sandbox: &Served, actions: &[&str]) {
    let policy = json!({
        "Version": "2012-10-17",
        "Statement": [{
            "Sid": "AllowClickPipes",
            "Effect": "Allow",
            "Principal": { "AWS": format!("arn:aws:iam::{CLICKPIPES}:root") },
            "Action": actions,
            "Resource": EVENTS,
        }],
    });
    let path = format!("/v1/clusters/{}/policy", in_path(EVENTS));
    let there = kafka(sandbox, Method::GET, &path, None).await;
    let mut body = json!({ "policy": policy.to_string() });
    if there.status == 200 {
        body["currentVersion"] = there.json()["currentVersion"].clone();
    }
    kafka(sandbox, Method::PUT, &path, Some(body)).await.ok();
}

const NEEDED: [&str; 4] = [
    "kafka:CreateVpcConnection",
    "kafka:GetBootstrapBrokers",
    "kafka:DescribeCluster",
    "kafka:DescribeClusterV2",
];

async fn found(sandbox: &Served, id: &str) -> Value {
    sandbox.endpoint_in_world(id).await.expect("the endpoint")
}

/// Status and reason of an endpoint of a service, once it is provisioned.
async fn verdict(sandbox: &Served, service: &str, authentication: &str) -> (String, String) {
    let id = sandbox.asked_for(service, msk(authentication)).await;
    sandbox.advance(60).await;
    let found = found(sandbox, &id).await;
    let text = |name: &str| found[name].as_str().unwrap_or_default().to_owned();
    (text("status"), text("reason"))
}

#[tokio::test]
async fn an_endpoint_fails_until_connectivity_and_policy_allow_it() {
    let sandbox = Served::start().await;
    let (status, reason) = verdict(&sandbox, ORDERS_SERVICE, "SASL_IAM").await;
    assert_eq!(status, "Failed");
    assert!(reason.contains("not turned on for SASL_IAM"), "{reason}");

    turn_on(&sandbox, true, false).await;
    let (status, reason) = verdict(&sandbox, ORDERS_SERVICE, "SASL_IAM").await;
    assert_eq!(status, "Failed");
    assert!(reason.contains("does not allow"), "{reason}");

    // The actions of ClickHouse's published example are not enough.
    set_policy(
        &sandbox,
        &["kafka-cluster:Connect", "kafka-cluster:DescribeCluster"],
    )
    .await;
    let (status, reason) = verdict(&sandbox, ORDERS_SERVICE, "SASL_IAM").await;
    assert_eq!(status, "Failed");
    assert!(reason.contains("kafka:CreateVpcConnection"), "{reason}");

    set_policy(&sandbox, &NEEDED).await;
    let (status, reason) = verdict(&sandbox, ORDERS_SERVICE, "SASL_SCRAM").await;
    assert_eq!(status, "Failed");
    assert!(reason.contains("not turned on for SASL_SCRAM"), "{reason}");
    // The pipes of this service of us-west-2 run in us-east-2.
    let (status, reason) = verdict(&sandbox, PAYMENTS_SERVICE, "SASL_IAM").await;
    assert_eq!(status, "Failed");
    assert!(reason.contains("in us-east-2"), "{reason}");
    let (status, _) = verdict(&sandbox, ORDERS_SERVICE, "SASL_IAM").await;
    assert_eq!(status, "Provisioning", "the connection is on its way");
}

#[tokio::test]
async fn an_endpoint_lives_as_long_as_its_connection() {
    let sandbox = Served::start().await;
    turn_on(&sandbox, true, true).await;
    set_policy(&sandbox, &NEEDED).await;
    let id = sandbox.asked_for(ORDERS_SERVICE, msk("SASL_IAM")).await;
    sandbox.advance(60).await;
    assert_eq!(found(&sandbox, &id).await["status"], "Provisioning");
    sandbox.advance(60).await;
    let path = format!("{}/{id}", sandbox.endpoints_path(ORDERS_SERVICE));
    let get = async || sandbox.cloud(Method::GET, &path, None).await.ok()["result"].clone();
    let ready = get().await;
    assert_eq!(ready["status"], "Ready");
    assert_eq!(
        ready["privateDnsNames"],
        json!([]),
        "names come after Ready"
    );
    sandbox.advance(5).await;
    let ready = get().await;
    assert_eq!(
        ready["dnsNames"],
        json!([]),
        "brokers have names of their own"
    );

    // What ClickHouse calls the endpoint is what MSK lists, of ClickPipes' account.
    let connections = format!("/v1/clusters/{}/client-vpc-connections", in_path(EVENTS));
    let listed = kafka(&sandbox, Method::GET, &connections, None).await.ok();
    let connection = listed["clientVpcConnections"][0].clone();
    assert_eq!(connection["vpcConnectionArn"], ready["endpointId"]);
    assert_eq!(connection["owner"], CLICKPIPES);
    assert_eq!(connection["state"], "AVAILABLE");

    // The names are those of the bootstrap string, and each has its port.
    let path_of_brokers = format!("/v1/clusters/{}/bootstrap-brokers", in_path(EVENTS));
    let brokers = kafka(&sandbox, Method::GET, &path_of_brokers, None)
        .await
        .ok();
    let string = brokers["bootstrapBrokerStringVpcConnectivitySaslIam"].as_str();
    let brokers: Vec<(&str, u16)> = string
        .expect("a string")
        .split(',')
        .map(|it| it.split_once(':').expect("a port"))
        .map(|(host, port)| (host, port.parse().expect("a number")))
        .collect();
    let hosts: Vec<&str> = brokers.iter().map(|it| it.0).collect();
    assert_eq!(ready["privateDnsNames"], json!(hosts));
    for (host, port) in &brokers {
        let way = sandbox.through(&id, host, *port).await;
        assert_eq!(way["reaches"], true, "{host}:{port} {way}");
        let way = sandbox.through(&id, host, 9098).await;
        assert_eq!(way["reaches"], false, "{host}:9098 {way}");
    }
    let (host, port) = brokers[0];
    let scram = host.replace(".iam.", ".scram.");
    let way = sandbox.through(&id, &scram, port).await;
    assert!(way.to_string().contains("does not resolve"), "{way}");

    // One per cluster and authentication: the API says so within the service, AWS's side between services.
    let second = sandbox.ask_for(ORDERS_SERVICE, msk("SASL_IAM")).await;
    assert_eq!(second.status, 400);
    assert!(second.text.contains(&id), "{}", second.text);
    let other = sandbox.endpoints_path(IDLE_SERVICE);
    let other = other.trim_end_matches("/clickpipesReversePrivateEndpoints");
    let wake = json!({ "command": "awake" });
    let state = format!("{other}/state");
    sandbox.cloud(Method::PATCH, &state, Some(wake)).await.ok();
    sandbox.advance(30).await;
    let (status, reason) = verdict(&sandbox, IDLE_SERVICE, "SASL_IAM").await;
    assert_eq!(status, "Failed");
    assert!(
        reason.contains("one per cluster and authentication"),
        "{reason}"
    );
    let (status, _) = verdict(&sandbox, IDLE_SERVICE, "SASL_SCRAM").await;
    assert_eq!(status, "Provisioning", "the other authentication is free");

    let reject = format!("/v1/clusters/{}/client-vpc-connection", in_path(EVENTS));
    let body = json!({ "vpcConnectionArn": ready["endpointId"] });
    kafka(&sandbox, Method::PUT, &reject, Some(body)).await.ok();
    let rejected = found(&sandbox, &id).await;
    assert_eq!(rejected["status"], "Rejected");
    let way = sandbox.through(&id, host, port).await;
    assert!(way.to_string().contains("is Rejected"), "{way}");
    // A day later it is deleted, and its connection with it.
    sandbox.advance(24 * 3600).await;
    sandbox.advance(30).await;
    assert_eq!(sandbox.endpoint_in_world(&id).await, None);
    sandbox.advance(60).await;
    let listed = kafka(&sandbox, Method::GET, &connections, None).await.ok();
    let arns: Vec<&Value> = listed["clientVpcConnections"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| &it["vpcConnectionArn"])
        .collect();
    assert!(!arns.contains(&&ready["endpointId"]), "{listed}");
}

#[tokio::test]
async fn the_owner_ends_an_endpoint_by_turning_connectivity_off() {
    let sandbox = Served::start().await;
    turn_on(&sandbox, true, true).await;
    set_policy(&sandbox, &NEEDED).await;
    let id = sandbox.asked_for(ORDERS_SERVICE, msk("SASL_IAM")).await;
    sandbox.advance(60).await;
    sandbox.advance(60).await;
    assert_eq!(found(&sandbox, &id).await["status"], "Ready");
    turn_on(&sandbox, false, true).await;
    let ended = found(&sandbox, &id).await;
    assert_eq!(ended["status"], "Failed", "{ended}");
    assert_eq!(ended["private_dns_names"], json!([]));
}

#[tokio::test]
async fn a_security_group_without_the_brokers_ports_keeps_pipes_out() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("world.json");
    let config = || Config {
        speed: 0.0,
        world: Some(path.clone()),
        ..Config::default()
    };
    Served::with(config()).await.sandbox.stop().await;
    let mut world: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    let groups = &mut world["regions"]["us-east-1"]["security_groups"];
    let mut groups = groups.as_array_mut().unwrap().iter_mut();
    let group = groups.find(|it| it["name"] == "events-msk").unwrap();
    let rules = group["rules"].as_array_mut().unwrap();
    rules.retain(|it| it["ports"] != json!([14001, 14100]));
    std::fs::write(&path, world.to_string()).unwrap();

    let sandbox = Served::with(config()).await;
    turn_on(&sandbox, true, false).await;
    set_policy(&sandbox, &NEEDED).await;
    let id = sandbox.asked_for(ORDERS_SERVICE, msk("SASL_IAM")).await;
    sandbox.advance(60).await;
    sandbox.advance(60).await;
    sandbox.advance(5).await;
    let ready = found(&sandbox, &id).await;
    assert_eq!(ready["status"], "Ready", "nobody asks the security group");
    let host = ready["private_dns_names"][0].as_str().unwrap();
    let way = sandbox.through(&id, host, 14001).await;
    assert_eq!(way["reaches"], false, "{way}");
    assert!(way.to_string().contains("let nothing in to 14001"), "{way}");
}
