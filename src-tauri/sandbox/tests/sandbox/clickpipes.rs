//! The ClickPipes actor: every verdict, and the grace periods.

use crate::common::{
    CLICKPIPES, INVENTORY_ENDPOINT, ORDERS_CLUSTER, ORDERS_SERVICE, PAYMENTS_SERVICE, Served,
};
use reqwest::Method;
use serde_json::{Value, json};

const ROOMY: [&str; 2] = ["prod-data-1a", "prod-data-1b"];

fn id_of(reply: &Value) -> String {
    reply["result"]["id"].as_str().expect("an ID").to_owned()
}

/// What becomes of an endpoint once it is provisioned: its status and the reason.
async fn verdict(
    sandbox: &Served,
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
    let sandbox = Served::start().await;
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
    let sandbox = Served::start().await;
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
    let sandbox = Served::start().await;
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
    let sandbox = Served::start().await;
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
    let force = async |sandbox: &Served, status: &str| {
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
        let sandbox = Served::start().await;
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
    let sandbox = Served::start().await;
    force(&sandbox, "Expired").await;
    sandbox.advance(30).await;
    assert_eq!(
        sandbox.endpoint_in_world(INVENTORY_ENDPOINT).await,
        None,
        "Expired: at once"
    );

    // Counted from its creation months ago, the grace period is over on entering the state.
    let sandbox = Served::start().await;
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
async fn the_orders_cluster_is_private_and_reachable_by_default() {
    // What the one-click defaults rely on.
    let sandbox = Served::start().await;
    let (configuration, _, share) = sandbox
        .prepared(&["prod-data-1a", "prod-data-1b", "prod-data-1c"])
        .await;
    let (status, reason) = verdict(&sandbox, ORDERS_SERVICE, &configuration, &share).await;
    assert_eq!(status, "Ready", "{reason} {ORDERS_CLUSTER}");
}
