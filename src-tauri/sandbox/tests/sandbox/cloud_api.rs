//! The Cloud API: what it checks, its limits, what the default scenario shows.

use reqwest::Method;
use serde_json::{Value, json};

use crate::common::{
    GCP_SERVICE, IDLE_SERVICE, INVENTORY_ENDPOINT, ORDERS_SERVICE, PAYMENTS_SERVICE, Served,
};

#[tokio::test]
async fn a_create_request_is_checked() {
    // The limit is 10 requests: two sandboxes share the cases.
    let good = json!({
        "description": "d", "type": "VPC_RESOURCE",
        "vpcResourceConfigurationId": "rcfg-0123456789abcdef0",
        "vpcResourceShareArn": "arn:aws:ram:us-east-1:111122223333:resource-share/a",
    });
    let with = |name: &str, value: Value| {
        let mut body = good.clone();
        body[name] = value;
        body
    };
    let sandbox = Served::start().await;
    let path = sandbox.endpoints_path(ORDERS_SERVICE);
    for body in [
        with("description", Value::Null),
        with("description", "x".repeat(256).into()),
        with("type", "VPC".into()),
        with("vpcResourceConfigurationId", "rcfg-1".into()),
        with("vpcResourceShareArn", "share-1".into()),
        with(
            "mskClusterArn",
            "arn:aws:kafka:us-east-1:111122223333:cluster/a/b".into(),
        ),
    ] {
        let refused = sandbox.cloud(Method::POST, &path, Some(body.clone())).await;
        assert_eq!(refused.status, 400, "{body}");
        let error = refused.json()["error"].as_str().unwrap().to_owned();
        assert!(error.starts_with("BAD_REQUEST: "), "{error}");
    }
    for body in [
        json!({ "description": "d", "type": "VPC_ENDPOINT_SERVICE",
                "vpcEndpointServiceName": "com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0" }),
        json!({ "description": "d", "type": "MSK_MULTI_VPC", "mskAuthentication": "SASL_IAM",
                "mskClusterArn": "arn:aws:kafka:us-east-1:111122223333:cluster/events/a-1" }),
    ] {
        let refused = sandbox.cloud(Method::POST, &path, Some(body)).await;
        assert!(
            refused.text.contains("is not simulated yet"),
            "{}",
            refused.text
        );
    }
    let gcp = sandbox
        .cloud(
            Method::POST,
            &sandbox.endpoints_path(GCP_SERVICE),
            Some(good),
        )
        .await;
    assert!(
        gcp.text.contains("not available for a service on gcp"),
        "{}",
        gcp.text
    );
}

#[tokio::test]
async fn only_custom_names_can_be_changed_and_they_are_unique() {
    let sandbox = Served::start().await;
    let path = format!(
        "{}/{INVENTORY_ENDPOINT}",
        sandbox.endpoints_path(ORDERS_SERVICE)
    );
    let change = async |body: Value| sandbox.cloud(Method::PATCH, &path, Some(body)).await;
    let names = |names: &[&str]| {
        let names: Vec<Value> = names
            .iter()
            .map(|it| json!({ "privateDnsName": it }))
            .collect();
        json!({ "customPrivateDnsMappings": names })
    };
    assert_eq!(change(json!({ "description": "new" })).await.status, 400);
    assert_eq!(change(names(&["db.corp"])).await.status, 400);
    assert_eq!(
        change(names(&["*.example.com", "db.example.com"]))
            .await
            .status,
        400
    );
    let changed = change(names(&["inventory.example.com"])).await.ok();
    let mapping = &changed["result"]["privateDnsMappings"][0];
    assert_eq!(mapping["privateDnsName"], "inventory.example.com");
    assert!(
        mapping["internalDnsName"]
            .as_str()
            .unwrap()
            .contains("vpc-lattice-rsc")
    );
    let cleared = change(names(&[])).await.ok();
    assert_eq!(cleared["result"]["customPrivateDnsMappings"], json!([]));
}

#[tokio::test]
async fn an_idle_service_answers_424_until_it_is_awake() {
    let sandbox = Served::start().await;
    let endpoints = sandbox.endpoints_path(IDLE_SERVICE);
    let asleep = sandbox.cloud(Method::GET, &endpoints, None).await;
    assert_eq!(asleep.status, 424);
    assert!(
        asleep.text.contains("Current state: idle"),
        "{}",
        asleep.text
    );
    let service = endpoints.trim_end_matches("/clickpipesReversePrivateEndpoints");
    let wake = json!({ "command": "awake" });
    let waking = sandbox
        .cloud(Method::PATCH, &format!("{service}/state"), Some(wake))
        .await
        .ok();
    assert_eq!(waking["result"]["state"], "awaking");
    sandbox.advance(30).await;
    assert_eq!(
        sandbox.cloud(Method::GET, service, None).await.ok()["result"]["state"],
        "running"
    );
    assert_eq!(
        sandbox.cloud(Method::GET, &endpoints, None).await.status,
        200
    );
    let bad = json!({ "command": "sing" });
    let bad = sandbox
        .cloud(Method::PATCH, &format!("{service}/state"), Some(bad))
        .await;
    assert_eq!(bad.status, 400);
}

#[tokio::test]
async fn ten_requests_in_ten_seconds_and_no_more() {
    let sandbox = Served::start().await;
    for _ in 0..10 {
        assert_eq!(
            sandbox.cloud(Method::GET, "/whoami", None).await.status,
            200
        );
    }
    // Sandbox time is not what is counted.
    sandbox.advance(3600).await;
    let refused = sandbox
        .cloud_request(Method::GET, "/whoami", None)
        .send()
        .await
        .unwrap();
    assert_eq!(refused.status(), 429);
    let wait: f64 = refused.headers()["x-ratelimit-reset"]
        .to_str()
        .unwrap()
        .parse()
        .unwrap();
    assert!(wait > 0.0 && wait <= 10.0, "{wait}");
}

#[tokio::test]
async fn the_board_has_something_to_show() {
    let sandbox = Served::start().await;
    let me = sandbox.cloud(Method::GET, "/whoami", None).await.ok()["result"].clone();
    assert_eq!(
        me["organizationId"],
        sandbox.connection().organization_id.as_str()
    );
    let organizations = sandbox
        .cloud(Method::GET, "/organizations", None)
        .await
        .ok();
    let organization = organizations["result"][0]["id"].as_str().unwrap();
    let path = format!("/organizations/{organization}/services");
    let services = sandbox.cloud(Method::GET, &path, None).await.ok()["result"].clone();
    let providers: Vec<_> = services
        .as_array()
        .unwrap()
        .iter()
        .map(|it| &it["provider"])
        .collect();
    assert_eq!(providers, ["aws", "aws", "aws", "gcp"]);
    let statuses = async |service: &str| -> Vec<String> {
        let path = sandbox.endpoints_path(service);
        let list = sandbox.cloud(Method::GET, &path, None).await.ok();
        let list = list["result"].as_array().unwrap().clone();
        list.iter()
            .map(|it| it["status"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(statuses(ORDERS_SERVICE).await, ["Ready", "Ready", "Failed"]);
    assert_eq!(
        statuses(PAYMENTS_SERVICE).await,
        ["PendingAcceptance", "Failed"]
    );
    let pipes = format!("{path}/{ORDERS_SERVICE}/clickpipes");
    let pipes = sandbox.cloud(Method::GET, &pipes, None).await.ok()["result"].clone();
    let endpoint = format!(
        "{}/{INVENTORY_ENDPOINT}",
        sandbox.endpoints_path(ORDERS_SERVICE)
    );
    let endpoint = sandbox.cloud(Method::GET, &endpoint, None).await.ok()["result"].clone();
    assert_eq!(
        pipes[0]["source"]["postgres"]["host"],
        endpoint["dnsNames"][0]
    );
    let stranger = "/organizations/00000000-0000-0000-0000-000000000000/services";
    assert_eq!(sandbox.cloud(Method::GET, stranger, None).await.status, 403);
}
