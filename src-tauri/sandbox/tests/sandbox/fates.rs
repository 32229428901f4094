//! Faults that decide what becomes of what a call sets going, and what a service or an organization refuses.

use std::path::Path;

use crate::common::{CLICKPIPES, INVENTORY_ARN, ORDERS_CLUSTER, ORDERS_SERVICE, Served, fault};
use pipelink_sandbox::Config;
use reqwest::Method;
use serde_json::{Value, json};

const HOUR: i64 = 3600;

fn with_reason(service: &str, operation: &str, kind: &str, reason: &str) -> Value {
    let mut fault = fault(service, operation, kind);
    fault["reason"] = reason.into();
    fault
}

async fn get(sandbox: &Served, kind: &str, id: &Value) -> Value {
    let path = format!("/{kind}/{}", id.as_str().expect("an ID"));
    sandbox.lattice(Method::GET, &path, None).await.ok()
}

async fn shares(sandbox: &Served, body: Value) -> crate::common::Reply {
    sandbox.ram("getresourceshareassociations", body).await
}

/// A share's status as the world's dump has it: RAM's own list comes in pages.
async fn share_status(sandbox: &Served, arn: &str) -> Value {
    let world = sandbox.world().await;
    let shares = world["regions"]["us-east-1"]["resource_shares"]
        .as_array()
        .unwrap();
    shares.iter().find(|it| it["arn"] == arn).unwrap()["status"].clone()
}

#[tokio::test]
async fn what_is_stuck_stays_so_until_the_fault_is_removed() {
    let sandbox = Served::start().await;
    let stuck = sandbox
        .fault(fault("vpc-lattice", "CreateResourceGateway", "stuck"))
        .await;
    let gateway = sandbox.gateway("stuck-gateway", &["prod-data-1a"]).await;
    let free = sandbox.gateway("free-gateway", &["prod-data-1b"]).await;
    sandbox.advance(100 * HOUR).await;
    let status =
        async |of: &Value| get(&sandbox, "resourcegateways", &of["id"]).await["status"].clone();
    assert_eq!(status(&gateway).await, "CREATE_IN_PROGRESS");
    assert_eq!(status(&free).await, "ACTIVE", "it struck once");
    let path = format!("/resourcegateways/{}", gateway["id"].as_str().unwrap());
    let busy = sandbox.lattice(Method::DELETE, &path, None).await;
    assert_eq!(busy.refusal(), (409, "ConflictException"));

    sandbox.remove_fault(stuck).await;
    assert_eq!(
        status(&gateway).await,
        "CREATE_IN_PROGRESS",
        "it goes on, from where it was"
    );
    sandbox.advance(40).await;
    assert_eq!(status(&gateway).await, "ACTIVE");

    // Also changes and deletions, and all of them at once.
    sandbox
        .fault(fault("vpc-lattice", "UpdateResourceGateway", "stuck"))
        .await;
    sandbox
        .fault(fault("vpc-lattice", "DeleteResourceGateway", "stuck"))
        .await;
    let group = sandbox.id("us-east-1", "security_groups", "app-servers");
    let change = json!({ "securityGroupIds": [group.await] });
    sandbox
        .lattice(Method::PATCH, &path, Some(change))
        .await
        .ok();
    let other = format!("/resourcegateways/{}", free["id"].as_str().unwrap());
    sandbox.lattice(Method::DELETE, &other, None).await.ok();
    sandbox.advance(HOUR).await;
    assert_eq!(status(&gateway).await, "UPDATE_IN_PROGRESS");
    assert_eq!(status(&free).await, "DELETE_IN_PROGRESS");
    sandbox.control(Method::DELETE, "/faults", None).await.ok();
    sandbox.advance(20).await;
    assert_eq!(status(&gateway).await, "ACTIVE");
    let gone = sandbox.lattice(Method::GET, &other, None).await;
    assert_eq!(gone.refusal(), (404, "ResourceNotFoundException"));
}

#[tokio::test]
async fn shares_and_endpoints_get_stuck_too() {
    let sandbox = Served::start().await;
    let (configuration, arn, share) = sandbox.prepared(&["prod-data-1a"]).await;
    let first = sandbox
        .fault(fault("ram", "CreateResourceShare", "stuck"))
        .await;
    let second = sandbox
        .fault(fault("clickhouse", "CreateReversePrivateEndpoint", "stuck"))
        .await;
    let held = sandbox.share("held", &arn, &[]).await;
    let made = sandbox
        .endpoint(ORDERS_SERVICE, &configuration, &share)
        .await
        .ok();
    sandbox.advance(HOUR).await;
    let status = async || {
        let endpoint = made["result"]["id"].as_str().unwrap();
        let endpoint = sandbox.endpoint_in_world(endpoint).await.unwrap();
        (
            share_status(&sandbox, &held).await,
            endpoint["status"].clone(),
        )
    };
    assert_eq!(status().await, (json!("PENDING"), json!("Provisioning")));
    sandbox.remove_fault(first).await;
    sandbox.remove_fault(second).await;
    sandbox.advance(60).await;
    assert_eq!(status().await, (json!("ACTIVE"), json!("Ready")));
}

#[tokio::test]
async fn what_is_stuck_goes_on_in_a_new_process_which_knows_no_faults() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("world.json");
    let kept = |path: &Path| Config {
        speed: 0.0,
        world: Some(path.to_owned()),
        ..Config::default()
    };
    let first = Served::with(kept(&path)).await;
    first
        .fault(fault("vpc-lattice", "CreateResourceGateway", "stuck"))
        .await;
    let gateway = first.gateway("stuck-gateway", &["prod-data-1a"]).await;
    first.sandbox.stop().await;
    let second = Served::with(kept(&path)).await;
    second.advance(40).await;
    let found = get(&second, "resourcegateways", &gateway["id"]).await;
    assert_eq!(found["status"], "ACTIVE");
}

#[tokio::test]
async fn a_failed_state_has_its_reason_where_its_service_has_a_place_for_one() {
    let sandbox = Served::start().await;
    let because = "no way to the database";
    sandbox
        .fault(with_reason(
            "vpc-lattice",
            "CreateResourceGateway",
            "failed_state",
            because,
        ))
        .await;
    let gateway = sandbox.gateway("failing", &["prod-data-1a"]).await;
    assert_eq!(gateway["status"], "CREATE_IN_PROGRESS");
    sandbox.advance(40).await;
    let failed = get(&sandbox, "resourcegateways", &gateway["id"]).await;
    assert_eq!(failed["status"], "CREATE_FAILED");
    assert!(
        !failed.to_string().contains(because),
        "gateways have no reason"
    );
    let path = format!("/resourcegateways/{}", gateway["id"].as_str().unwrap());
    sandbox.lattice(Method::DELETE, &path, None).await.ok();
    sandbox.advance(20).await;
    assert_eq!(sandbox.lattice(Method::GET, &path, None).await.status, 404);

    let gateway = sandbox.gateway("working", &["prod-data-1a"]).await;
    sandbox.advance(40).await;
    sandbox
        .fault(with_reason(
            "vpc-lattice",
            "CreateResourceConfiguration",
            "failed_state",
            because,
        ))
        .await;
    let id = gateway["id"].as_str().unwrap();
    let made = sandbox
        .configuration("failing", id, ORDERS_CLUSTER)
        .await
        .ok();
    assert!(made.get("failureReason").is_none(), "it has not failed yet");
    sandbox.advance(20).await;
    let failed = get(&sandbox, "resourceconfigurations", &made["id"]).await;
    assert_eq!(
        (&failed["status"], &failed["failureReason"]),
        (&json!("CREATE_FAILED"), &json!(because))
    );

    sandbox
        .fault(fault(
            "vpc-lattice",
            "DeleteResourceConfiguration",
            "failed_state",
        ))
        .await;
    let path = format!("/resourceconfigurations/{}", made["id"].as_str().unwrap());
    sandbox.lattice(Method::DELETE, &path, None).await.ok();
    sandbox.advance(20).await;
    let failed = get(&sandbox, "resourceconfigurations", &made["id"]).await;
    assert_eq!(failed["status"], "DELETE_FAILED");
    sandbox.lattice(Method::DELETE, &path, None).await.ok();
    sandbox.advance(20).await;
    assert_eq!(sandbox.lattice(Method::GET, &path, None).await.status, 404);
}

#[tokio::test]
async fn a_share_fails_as_a_whole_and_can_be_deleted() {
    let sandbox = Served::start().await;
    let because = "the resource cannot be shared";
    sandbox
        .fault(with_reason(
            "ram",
            "CreateResourceShare",
            "failed_state",
            because,
        ))
        .await;
    let share = sandbox.share("failing", INVENTORY_ARN, &[CLICKPIPES]).await;
    sandbox.advance(20).await;
    for kind in ["RESOURCE", "PRINCIPAL"] {
        let body = json!({ "associationType": kind, "resourceShareArns": [share] });
        let found = shares(&sandbox, body).await.ok();
        let found = &found["resourceShareAssociations"][0];
        assert_eq!(
            (&found["status"], &found["statusMessage"]),
            (&json!("FAILED"), &json!(because)),
            "{kind}"
        );
    }
    let named = json!({ "resourceOwner": "SELF", "name": "failing", "maxResults": 500 });
    let mut answer = sandbox.ram("getresourceshares", named.clone()).await.ok();
    while answer["resourceShares"].as_array().unwrap().is_empty() {
        let mut next = named.clone();
        next["nextToken"] = answer["nextToken"].clone();
        answer = sandbox.ram("getresourceshares", next).await.ok();
    }
    let found = &answer["resourceShares"][0];
    assert_eq!(
        (&found["status"], &found["statusMessage"]),
        (&json!("FAILED"), &json!(because))
    );
    let path = format!("/deleteresourceshare?resourceShareArn={share}");
    let deleted = sandbox.signed(Method::DELETE, "ram", "us-east-1", &path);
    assert_eq!(deleted.send().await.unwrap().status(), 200);
    sandbox.advance(20).await;
    assert_eq!(share_status(&sandbox, &share).await, "DELETED");
}

#[tokio::test]
async fn an_endpoint_fails_for_want_of_capacity_or_as_said() {
    let sandbox = Served::start().await;
    let (configuration, arn, share) = sandbox.prepared(&["prod-data-1a"]).await;
    let other = sandbox.share("other", &arn, &[CLICKPIPES]).await;
    sandbox.advance(20).await;
    let operation = "CreateReversePrivateEndpoint";
    for (asked, share, words) in [
        (
            fault("clickhouse", operation, "no_capacity"),
            &share,
            "no capacity",
        ),
        (
            with_reason("clickhouse", operation, "failed_state", "a bad day"),
            &other,
            "a bad day",
        ),
    ] {
        sandbox.fault(asked).await;
        let made = sandbox
            .endpoint(ORDERS_SERVICE, &configuration, share)
            .await
            .ok();
        assert_eq!(made["result"]["status"], "Provisioning");
        sandbox.advance(60).await;
        let id = made["result"]["id"].as_str().unwrap();
        let found = sandbox.endpoint_in_world(id).await.unwrap();
        assert_eq!(found["status"], "Failed");
        assert!(found["reason"].as_str().unwrap().contains(words), "{found}");
    }
    // It failed before it took the share.
    let made = sandbox
        .endpoint(ORDERS_SERVICE, &configuration, &share)
        .await
        .ok();
    sandbox.advance(60).await;
    let found = sandbox
        .endpoint_in_world(made["result"]["id"].as_str().unwrap())
        .await
        .unwrap();
    assert_eq!(found["status"], "Ready", "{found}");
}

#[tokio::test]
async fn a_service_falls_idle_before_the_call_and_stays_so() {
    let sandbox = Served::start().await;
    let path = sandbox.endpoints_path(ORDERS_SERVICE);
    sandbox
        .fault(fault(
            "clickhouse",
            "ListReversePrivateEndpoints",
            "service_idle",
        ))
        .await;
    for _ in 0..2 {
        let asleep = sandbox.cloud(Method::GET, &path, None).await;
        assert_eq!(asleep.status, 424);
        assert!(
            asleep.text.contains("Current state: idle"),
            "{}",
            asleep.text
        );
    }
    let service = path.trim_end_matches("/clickpipesReversePrivateEndpoints");
    let wake = json!({ "command": "awake" });
    let state = format!("{service}/state");
    sandbox.cloud(Method::PATCH, &state, Some(wake)).await.ok();
    sandbox.advance(30).await;
    sandbox
        .fault(fault(
            "clickhouse",
            "CreateReversePrivateEndpoint",
            "service_idle",
        ))
        .await;
    let share = "arn:aws:ram:us-east-1:111122223333:resource-share/a";
    let asleep = sandbox
        .endpoint(ORDERS_SERVICE, "rcfg-0123456789abcdef0", share)
        .await;
    assert_eq!(asleep.status, 424);
    let found = sandbox.cloud(Method::GET, service, None).await.ok();
    assert_eq!(found["result"]["state"], "idle");
}

#[tokio::test]
async fn an_organization_can_refuse_to_share_outside_of_itself() {
    let sandbox = Served::start().await;
    sandbox
        .fault(fault("ram", "CreateResourceShare", "refused_sharing"))
        .await;
    let body = json!({
        "name": "orders", "resourceArns": [INVENTORY_ARN], "principals": [CLICKPIPES],
    });
    let refused = sandbox.ram("createresourceshare", body.clone()).await;
    assert_eq!(refused.refusal(), (400, "OperationNotPermittedException"));
    sandbox.ram("createresourceshare", body).await.ok();
}
