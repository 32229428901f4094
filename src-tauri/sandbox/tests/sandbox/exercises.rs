//! The exercises, played over the wire: the right way reaches the goal, a wrong way does not.

use crate::common::{CLICKPIPES, ORDERS_CLUSTER, ORDERS_SERVICE, Served};
use pipelink_sandbox::Config;
use reqwest::Method;
use serde_json::{Value, json};

const REPORTS: &str = "7c9e1a52-0d4b-4f36-9a8e-5b2f60c3d711";
const STOCK: &str = "arn:aws:rds:us-east-1:111122223333:db:practice-stock";

async fn begin(sandbox: &Served, exercise: &str) {
    let body = json!({ "exercise": exercise });
    sandbox
        .control(Method::POST, "/exercises", Some(body))
        .await
        .ok();
}

async fn state(sandbox: &Served, exercise: &str) -> Value {
    let panel = sandbox.panel().await;
    let exercises = panel["exercises"].as_array().unwrap();
    exercises
        .iter()
        .find(|it| it["id"] == exercise)
        .expect(exercise)["state"]
        .clone()
}

/// What the Cloud API lists of a service.
async fn endpoints(sandbox: &Served, service: &str) -> Vec<Value> {
    let path = sandbox.endpoints_path(service);
    let list = sandbox.cloud(Method::GET, &path, None).await.ok();
    list["result"].as_array().unwrap().clone()
}

/// Makes an endpoint and waits for what becomes of it: its ID and its status.
async fn make(
    sandbox: &Served,
    service: &str,
    configuration: &str,
    share: &str,
) -> (String, Value) {
    let made = sandbox.endpoint(service, configuration, share).await.ok();
    sandbox.advance(65).await;
    let id = made["result"]["id"].as_str().unwrap();
    let found = sandbox.endpoint_in_world(id).await.unwrap();
    (id.to_owned(), found["status"].clone())
}

fn arn_of(configuration: &str) -> String {
    format!("arn:aws:vpc-lattice:us-east-1:111122223333:resourceconfiguration/{configuration}")
}

async fn new_share(sandbox: &Served, name: &str, configuration: &str) -> String {
    let share = sandbox
        .share(name, &arn_of(configuration), &[CLICKPIPES])
        .await;
    sandbox.advance(20).await;
    share
}

/// Whether the database answers through a configuration.
async fn reaches(sandbox: &Served, configuration: &str) -> Value {
    let path = format!("/reach/{configuration}");
    sandbox.control(Method::GET, &path, None).await.ok()
}

async fn in_scenario(scenario: &str) -> Served {
    Served::with(Config {
        scenario: scenario.to_owned(),
        speed: 0.0,
        ..Config::default()
    })
    .await
}

#[tokio::test]
async fn the_share_was_used_twice() {
    for scenario in ["default", "empty"] {
        let sandbox = in_scenario(scenario).await;
        begin(&sandbox, "share-used-twice").await;
        assert_eq!(state(&sandbox, "share-used-twice").await, "begun");
        let [failed] = &endpoints(&sandbox, REPORTS).await[..] else {
            panic!("one endpoint");
        };
        assert_eq!(failed["status"], "Failed");
        let configuration = failed["vpcResourceConfigurationId"].as_str().unwrap();
        let share = failed["vpcResourceShareArn"].as_str().unwrap();
        let works = endpoints(&sandbox, ORDERS_SERVICE).await;
        let works = works.iter().find(|it| it["vpcResourceShareArn"] == share);
        assert_eq!(works.expect("the first user")["status"], "Ready");

        // The same share again; a new share for the other service: neither is it.
        let (_, again) = make(&sandbox, REPORTS, configuration, share).await;
        assert_eq!(again, "Failed");
        let other = new_share(&sandbox, "other", configuration).await;
        let (_, elsewhere) = make(&sandbox, ORDERS_SERVICE, configuration, &other).await;
        assert_eq!(elsewhere, "Ready");
        assert_eq!(state(&sandbox, "share-used-twice").await, "begun");

        let fresh = new_share(&sandbox, "fresh", configuration).await;
        let (_, ready) = make(&sandbox, REPORTS, configuration, &fresh).await;
        assert_eq!(ready, "Ready");
        assert_eq!(state(&sandbox, "share-used-twice").await, "reached");
        let reach = reaches(&sandbox, configuration).await;
        assert_eq!(reach["reaches"], true, "{reach}");

        // Begun again, there is something to do again, and nothing is made twice.
        let count = async |kind: &str| {
            let world = sandbox.world().await;
            world["regions"]["us-east-1"][kind]
                .as_array()
                .unwrap()
                .len()
        };
        let before = (
            count("resource_gateways").await,
            count("resource_shares").await,
        );
        begin(&sandbox, "share-used-twice").await;
        assert_eq!(state(&sandbox, "share-used-twice").await, "begun");
        let after = (
            count("resource_gateways").await,
            count("resource_shares").await,
        );
        assert_eq!(before, after);
    }
}

/// A gateway for practice-stock in one of its subnets, a configuration on it, and a share.
async fn stock(sandbox: &Served, subnet: &str, per_interface: u8) -> Option<(String, String)> {
    let name = format!("stock-{}", subnet.trim_start_matches("practice-"));
    let gateway = json!({
        "name": name,
        "vpcIdentifier": sandbox.id("us-east-1", "vpcs", "practice-stock").await,
        "subnetIds": [sandbox.id("us-east-1", "subnets", subnet).await],
        "ipv4AddressesPerEni": per_interface,
    });
    let gateway = sandbox
        .lattice(Method::POST, "/resourcegateways", Some(gateway))
        .await;
    if gateway.status == 400 {
        assert!(
            gateway.text.contains("not enough free addresses"),
            "{}",
            gateway.text
        );
        return None;
    }
    sandbox.advance(40).await;
    let gateway = gateway.ok();
    let made = sandbox
        .configuration(&name, gateway["id"].as_str().unwrap(), STOCK)
        .await
        .ok();
    sandbox.advance(20).await;
    let configuration = made["id"].as_str().unwrap().to_owned();
    let share = new_share(sandbox, &name, &configuration).await;
    Some((configuration, share))
}

#[tokio::test]
async fn no_free_28() {
    for scenario in ["default", "empty"] {
        let sandbox = in_scenario(scenario).await;
        begin(&sandbox, "no-free-28").await;
        begin(&sandbox, "no-free-28").await;
        assert_eq!(state(&sandbox, "no-free-28").await, "begun");
        // AWS refuses a gateway that asks for a block where there is none, and takes one that asks for a
        // single address: the endpoint then fails.
        assert_eq!(stock(&sandbox, "practice-stock-1a", 16).await, None);
        let (configuration, share) = stock(&sandbox, "practice-stock-1b", 1).await.unwrap();
        let (id, status) = make(&sandbox, ORDERS_SERVICE, &configuration, &share).await;
        assert_eq!(status, "Failed");
        let failed = sandbox.endpoint_in_world(&id).await.unwrap();
        assert!(
            failed["reason"].as_str().unwrap().contains("no free /28"),
            "{failed}"
        );
        assert_eq!(state(&sandbox, "no-free-28").await, "begun");

        let (configuration, share) = stock(&sandbox, "practice-stock-1c", 16).await.unwrap();
        let (_, status) = make(&sandbox, ORDERS_SERVICE, &configuration, &share).await;
        assert_eq!(status, "Ready");
        assert_eq!(state(&sandbox, "no-free-28").await, "reached");
        let reach = reaches(&sandbox, &configuration).await;
        assert_eq!(reach["reaches"], true, "{reach}");
        begin(&sandbox, "no-free-28").await;
        assert_eq!(
            state(&sandbox, "no-free-28").await,
            "begun",
            "of what is new since"
        );
    }
}

/// Creates a share as a client does that tries three times and hears nothing.
async fn lost_share(sandbox: &Served, configuration: &str) {
    let body = json!({
        "name": "orders-postgres", "clientToken": "0193a1",
        "resourceArns": [arn_of(configuration)], "principals": [CLICKPIPES],
    });
    for _ in 0..3 {
        let request = sandbox.signed(Method::POST, "ram", "us-east-1", "/createresourceshare");
        request
            .json(&body)
            .send()
            .await
            .expect_err("the answer is lost");
    }
    sandbox.advance(20).await;
}

async fn live_shares(sandbox: &Served) -> Vec<String> {
    let world = sandbox.world().await;
    let shares = world["regions"]["us-east-1"]["resource_shares"]
        .as_array()
        .unwrap();
    let mine = shares
        .iter()
        .filter(|it| it["name"] == "orders-postgres" && it["status"] == "ACTIVE");
    mine.map(|it| it["arn"].as_str().unwrap().to_owned())
        .collect()
}

async fn lost_endpoint(sandbox: &Served, configuration: &str, share: &str) {
    let body = json!({
        "description": "orders-postgres", "type": "VPC_RESOURCE",
        "vpcResourceConfigurationId": configuration, "vpcResourceShareArn": share,
    });
    let path = sandbox.endpoints_path(ORDERS_SERVICE);
    let request = sandbox.cloud_request(Method::POST, &path, Some(body));
    request.send().await.expect_err("the answer is lost");
    sandbox.advance(65).await;
}

/// Gateway and configuration for the orders cluster: the configuration's ID.
async fn orders(sandbox: &Served) -> String {
    let gateway = sandbox.gateway("orders-gateway", &["prod-data-1a"]).await;
    sandbox.advance(40).await;
    let id = gateway["id"].as_str().unwrap();
    let made = sandbox
        .configuration("orders-postgres", id, ORDERS_CLUSTER)
        .await
        .ok();
    sandbox.advance(20).await;
    made["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn the_answer_got_lost() {
    let sandbox = Served::start().await;
    begin(&sandbox, "answer-lost").await;
    begin(&sandbox, "answer-lost").await;
    let panel = sandbox.panel().await;
    assert_eq!(panel["faults"].as_array().unwrap().len(), 2, "not twice");
    let configuration = orders(&sandbox).await;
    lost_share(&sandbox, &configuration).await;
    // Somebody who looks finds it, and uses it.
    let [share] = &live_shares(&sandbox).await[..] else {
        panic!("one share");
    };
    lost_endpoint(&sandbox, &configuration, share).await;
    assert_eq!(state(&sandbox, "answer-lost").await, "reached");

    // Somebody who asks again instead has an endpoint too many, and has to take it away.
    let (second, status) = make(&sandbox, ORDERS_SERVICE, &configuration, share).await;
    assert_eq!(status, "Failed");
    assert_eq!(state(&sandbox, "answer-lost").await, "begun");
    let path = format!("{}/{second}", sandbox.endpoints_path(ORDERS_SERVICE));
    sandbox.cloud(Method::DELETE, &path, None).await.ok();
    sandbox.advance(30).await;
    assert_eq!(state(&sandbox, "answer-lost").await, "reached");

    // And so with a second share.
    let extra = new_share(&sandbox, "extra", &configuration).await;
    assert_eq!(state(&sandbox, "answer-lost").await, "begun");
    let path = format!("/deleteresourceshare?resourceShareArn={extra}");
    sandbox
        .signed(Method::DELETE, "ram", "us-east-1", &path)
        .send()
        .await
        .unwrap();
    assert_eq!(state(&sandbox, "answer-lost").await, "reached");
}

#[tokio::test]
async fn an_exercise_is_kept_with_its_world() {
    let folder = tempfile::tempdir().unwrap();
    let kept = || Config {
        speed: 0.0,
        world: Some(folder.path().join("world.json")),
        ..Config::default()
    };
    let first = Served::with(kept()).await;
    let unknown = json!({ "exercise": "handstand" });
    let unknown = first
        .control(Method::POST, "/exercises", Some(unknown))
        .await;
    assert_eq!(unknown.status, 404);
    begin(&first, "no-free-28").await;
    first.sandbox.stop().await;
    let second = Served::with(kept()).await;
    assert_eq!(state(&second, "no-free-28").await, "begun");
    assert_eq!(state(&second, "share-used-twice").await, "ready");
}
