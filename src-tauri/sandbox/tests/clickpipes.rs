//! The ClickPipes actor and the Cloud API: every verdict, the grace periods, the limits.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod common;

use common::{
    Box, CLICKPIPES, GCP_SERVICE, IDLE_SERVICE, INVENTORY_ENDPOINT, ORDERS_CLUSTER, ORDERS_SERVICE,
    PAYMENTS_SERVICE,
};
use reqwest::Method;
use serde_json::{Value, json};

const ROOMY: [&str; 2] = ["prod-data-1a", "prod-data-1b"];

fn id_of(reply: &Value) -> String {
    reply["result"]["id"].as_str().expect("an ID").to_owned()
}

/// What becomes of an endpoint once it is provisioned: its status and the reason.
async fn verdict(
    sandbox: &Box,
    service: &str,
    configuration: &str,
    share: &str,
) -> (String, String) {
    let made = sandbox.endpoint(service, configuration, share).await.ok();
    assert_eq!(made["result"]["status"], "Provisioning");
    sandbox.advance(60).await;
    let found = sandbox
        .endpoint_in_world(&id_of(&made))
        .await
        .expect("the endpoint");
    let text = |name: &str| found[name].as_str().unwrap_or_default().to_owned();
    (text("status"), text("reason"))
}

#[tokio::test]
async fn an_endpoint_becomes_ready_and_then_has_names() {
    let sandbox = Box::start().await;
    let (configuration, _, share) = sandbox.prepared(&ROOMY).await;
    let made = sandbox
        .endpoint(ORDERS_SERVICE, &configuration, &share)
        .await
        .ok();
    let path = format!(
        "{}/{}",
        sandbox.endpoints_path(ORDERS_SERVICE),
        id_of(&made)
    );
    let get = async || sandbox.cloud(Method::GET, &path, None).await.ok()["result"].clone();
    sandbox.advance(59).await;
    assert_eq!(get().await["status"], "Provisioning");
    sandbox.advance(1).await;
    let ready = get().await;
    assert_eq!(
        (&ready["status"], &ready["dnsNames"]),
        (&json!("Ready"), &json!([]))
    );
    sandbox.advance(5).await;
    let ready = get().await;
    let name = ready["dnsNames"][0].as_str().expect("a name");
    assert!(name.contains(&format!(
        ".{configuration}.4232ccc.vpc-lattice-rsc.us-east-1.on.aws"
    )));
    assert_eq!(ready["dnsTargets"][0]["internalDnsName"], name);

    // Its own /28 in each subnet, beside the gateway's.
    let vpce = ready["endpointId"].as_str().unwrap();
    let interfaces = sandbox.world().await["regions"]["us-east-1"]["network_interfaces"].clone();
    let own: Vec<_> = interfaces
        .as_array()
        .unwrap()
        .iter()
        .filter(|it| it["endpoint_id"] == vpce)
        .collect();
    assert_eq!(own.len(), 2);

    assert_eq!(
        sandbox
            .cloud(Method::DELETE, &path, None)
            .await
            .ok()
            .get("result"),
        None
    );
    assert_eq!(get().await["status"], "Deleting");
    sandbox.advance(30).await;
    let gone = sandbox.cloud(Method::GET, &path, None).await;
    assert_eq!(gone.status, 404);
    let region = sandbox.world().await["regions"]["us-east-1"].clone();
    let attached = region["endpoint_associations"].as_array().unwrap();
    assert!(attached.iter().all(|it| it["vpc_endpoint_id"] != vpce));
    let shares = region["resource_shares"].as_array().unwrap();
    let kept = shares
        .iter()
        .find(|it| it["arn"] == share.as_str())
        .expect("the share stays");
    assert_eq!(kept["status"], "ACTIVE");

    // And is used up.
    let (status, reason) = verdict(&sandbox, ORDERS_SERVICE, &configuration, &share).await;
    assert_eq!(status, "Failed");
    assert!(
        reason.contains("used by another endpoint before"),
        "{reason}"
    );
}

#[tokio::test]
async fn an_endpoint_fails_for_every_reason_of_the_product_page() {
    let sandbox = Box::start().await;
    let (configuration, arn, share) = sandbox.prepared(&ROOMY).await;
    let failed = async |service: &str, share: &str, words: &str| {
        let (status, reason) = verdict(&sandbox, service, &configuration, share).await;
        assert_eq!(status, "Failed", "{words}");
        assert!(reason.contains(words), "{reason} instead of {words}");
    };
    // The pipes of this service of us-west-2 run in us-east-2.
    failed(
        PAYMENTS_SERVICE,
        &share,
        "not in the ClickPipes region us-east-2",
    )
    .await;
    let missing = "arn:aws:ram:us-east-1:111122223333:resource-share/none";
    failed(ORDERS_SERVICE, missing, "does not exist").await;
    let for_nobody = sandbox.share("nobody", &arn, &[]).await;
    sandbox.advance(20).await;
    failed(ORDERS_SERVICE, &for_nobody, "not offered to account").await;
    let for_other = sandbox.share("other", &arn, &["444455556666"]).await;
    sandbox.advance(20).await;
    failed(ORDERS_SERVICE, &for_other, "not offered to account").await;
    let body = json!({ "name": "empty", "principals": [CLICKPIPES] });
    let empty = sandbox.ram("createresourceshare", body).await.ok();
    let empty = empty["resourceShare"]["resourceShareArn"]
        .as_str()
        .unwrap()
        .to_owned();
    sandbox.advance(20).await;
    failed(ORDERS_SERVICE, &empty, "not in the share").await;
    let path = format!("/deleteresourceshare?resourceShareArn={for_other}");
    let deleted = sandbox
        .signed(Method::DELETE, "ram", "us-east-1", &path)
        .send()
        .await
        .unwrap();
    assert_eq!(deleted.status(), 200);
    failed(ORDERS_SERVICE, &for_other, "not active").await;
}

#[tokio::test]
async fn an_endpoint_needs_its_own_block_and_a_living_configuration() {
    let sandbox = Box::start().await;
    // A /26 has two blocks: one for the gateway, one for the first endpoint.
    let (configuration, arn, share) = sandbox.prepared(&["prod-small-1b"]).await;
    let (status, reason) = verdict(&sandbox, ORDERS_SERVICE, &configuration, &share).await;
    // Another machine's address stands in the second block.
    assert_eq!(status, "Failed");
    assert!(reason.contains("no free /28 block"), "{reason}");

    // The configuration is deleted while the endpoint is being provisioned.
    let made = sandbox
        .endpoint(ORDERS_SERVICE, &configuration, &share)
        .await
        .ok();
    let body = json!({ "resourceShareArn": share, "resourceArns": [arn] });
    sandbox.ram("disassociateresourceshare", body).await.ok();
    let path = format!("/resourceconfigurations/{configuration}");
    sandbox.lattice(Method::DELETE, &path, None).await.ok();
    sandbox.advance(60).await;
    let found = sandbox.endpoint_in_world(&id_of(&made)).await.unwrap();
    assert_eq!(found["status"], "Failed");
    assert!(
        found["reason"].as_str().unwrap().contains("configuration"),
        "{found}"
    );
}

#[tokio::test]
async fn the_owner_can_take_an_endpoint_off() {
    let sandbox = Box::start().await;
    let list = sandbox
        .lattice(Method::GET, "/resourceconfigurations", None)
        .await
        .ok();
    let inventory = list["items"][0]["id"].as_str().unwrap();
    let path = format!("/resourceendpointassociations?resourceConfigurationIdentifier={inventory}");
    let attached = sandbox.lattice(Method::GET, &path, None).await.ok();
    assert_eq!(attached["items"][0]["vpcEndpointOwner"], CLICKPIPES);
    let id = attached["items"][0]["id"].as_str().unwrap();
    let one = format!("/resourceendpointassociations/{id}");
    sandbox.lattice(Method::DELETE, &one, None).await.ok();
    assert_eq!(
        sandbox.lattice(Method::GET, &path, None).await.ok()["items"],
        json!([])
    );
    let endpoint = sandbox.endpoint_in_world(INVENTORY_ENDPOINT).await.unwrap();
    assert_eq!(endpoint["status"], "Failed");
    let again = sandbox.lattice(Method::DELETE, &one, None).await;
    assert_eq!(again.refusal(), (404, "ResourceNotFoundException"));
}

#[tokio::test]
async fn grace_periods_end_in_deletion() {
    const HOUR: i64 = 3600;
    let force = async |sandbox: &Box, status: &str| {
        let path = format!("/endpoints/{INVENTORY_ENDPOINT}");
        sandbox
            .control(Method::POST, &path, Some(json!({ "status": status })))
            .await
            .ok();
    };
    for (status, hours) in [
        ("Failed", 7 * 24),
        ("Rejected", 24),
        ("PendingAcceptance", 24),
    ] {
        let sandbox = Box::start().await;
        force(&sandbox, status).await;
        sandbox.advance(hours * HOUR - 1).await;
        let found = sandbox.endpoint_in_world(INVENTORY_ENDPOINT).await.unwrap();
        assert_eq!(found["status"], status);
        sandbox.advance(1).await;
        let found = sandbox.endpoint_in_world(INVENTORY_ENDPOINT).await.unwrap();
        assert_eq!(found["status"], "Deleting");
        sandbox.advance(30).await;
        assert_eq!(
            sandbox.endpoint_in_world(INVENTORY_ENDPOINT).await,
            None,
            "{status}"
        );
    }
    let sandbox = Box::start().await;
    force(&sandbox, "Expired").await;
    sandbox.advance(30).await;
    assert_eq!(
        sandbox.endpoint_in_world(INVENTORY_ENDPOINT).await,
        None,
        "Expired: at once"
    );

    // Counted from its creation months ago, the grace period is over on entering the state.
    let sandbox = Box::start().await;
    let grace = json!({ "starts_at": "creation" });
    sandbox
        .control(Method::POST, "/grace", Some(grace))
        .await
        .ok();
    force(&sandbox, "Failed").await;
    sandbox.advance(30).await;
    assert_eq!(sandbox.endpoint_in_world(INVENTORY_ENDPOINT).await, None);
}

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
    let sandbox = Box::start().await;
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
    let sandbox = Box::start().await;
    let path = format!(
        "{}/{INVENTORY_ENDPOINT}",
        sandbox.endpoints_path(ORDERS_SERVICE)
    );
    let patch = async |body: Value| sandbox.cloud(Method::PATCH, &path, Some(body)).await;
    let names = |names: &[&str]| {
        let names: Vec<Value> = names
            .iter()
            .map(|it| json!({ "privateDnsName": it }))
            .collect();
        json!({ "customPrivateDnsMappings": names })
    };
    assert_eq!(patch(json!({ "description": "new" })).await.status, 400);
    assert_eq!(patch(names(&["db.corp"])).await.status, 400);
    assert_eq!(
        patch(names(&["*.example.com", "db.example.com"]))
            .await
            .status,
        400
    );
    let changed = patch(names(&["inventory.example.com"])).await.ok();
    let mapping = &changed["result"]["privateDnsMappings"][0];
    assert_eq!(mapping["privateDnsName"], "inventory.example.com");
    assert!(
        mapping["internalDnsName"]
            .as_str()
            .unwrap()
            .contains("vpc-lattice-rsc")
    );
    let cleared = patch(names(&[])).await.ok();
    assert_eq!(cleared["result"]["customPrivateDnsMappings"], json!([]));
}

#[tokio::test]
async fn an_idle_service_answers_424_until_it_is_awake() {
    let sandbox = Box::start().await;
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
    let sandbox = Box::start().await;
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
    let sandbox = Box::start().await;
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

#[tokio::test]
async fn the_orders_cluster_is_private_and_reachable_by_default() {
    // What the one-click defaults rely on.
    let sandbox = Box::start().await;
    let (configuration, _, share) = sandbox
        .prepared(&["prod-data-1a", "prod-data-1b", "prod-data-1c"])
        .await;
    let (status, reason) = verdict(&sandbox, ORDERS_SERVICE, &configuration, &share).await;
    assert_eq!(status, "Ready", "{reason} {ORDERS_CLUSTER}");
}
