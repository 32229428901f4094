//! Another operator: each act has its effect, and what AWS refuses is refused in its words.

use crate::common::{INVENTORY_ENDPOINT, ORDERS_SERVICE, Reply, Served};
use reqwest::Method;
use serde_json::{Value, json};

/// Objects of the default scenario.
const INVENTORY_SHARE: &str =
    "arn:aws:ram:us-east-1:111122223333:resource-share/3f0c8a52-6f1e-4b0b-9d27-5f1a2c7be801";
const INVENTORY_CONFIGURATION: &str = "rcfg-0d02e8c4441233466";
const INVENTORY_GATEWAY: &str = "rgw-071d6d2fbb25f2237";
const BILLING_ENDPOINT: &str = "e7a9c4d2-3f5b-4e61-9d8a-0b1c2d3e4f04";
const DATA_1A: &str = "subnet-0e9f0009c2ffa9424";

async fn act(sandbox: &Served, id: &str) -> Reply {
    sandbox
        .control(Method::POST, "/operator", Some(json!({ "act": id })))
        .await
}

async fn offered(sandbox: &Served) -> Vec<String> {
    let panel = sandbox.panel().await;
    let acts = panel["operator"].as_array().unwrap().iter();
    acts.map(|it| it["id"].as_str().unwrap().to_owned())
        .collect()
}

async fn found(sandbox: &Served, kind: &str, key: &str, value: &str) -> Value {
    let world = sandbox.world().await;
    let all = world["regions"]["us-east-1"][kind].as_array().unwrap();
    all.iter()
        .find(|it| it[key] == value)
        .cloned()
        .unwrap_or_default()
}

#[tokio::test]
async fn titles_name_the_thing_and_ids_are_unique() {
    let sandbox = Served::start().await;
    let panel = sandbox.panel().await;
    let acts = panel["operator"].as_array().unwrap();
    let title = |id: &str| {
        let act = acts.iter().find(|it| it["id"] == id);
        act.unwrap_or_else(|| panic!("no act {id}"))["title"].clone()
    };
    let share = title(&format!("delete-share {INVENTORY_SHARE}"));
    assert_eq!(share, "Delete resource share inventory-postgres");
    assert_eq!(
        title("stop-database orders-postgres"),
        "Stop database orders-postgres"
    );
    let mut ids = offered(&sandbox).await;
    let count = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), count);
    for verb in [
        "delete-share",
        "remove-principal",
        "use-share",
        "delete-configuration",
        "delete-gateway",
        "change-groups",
        "stop-database",
        "start-database",
        "take-name",
        "take-blocks",
        "accept",
        "delete-endpoint",
        "idle-service",
        "add-statement",
        "delete-policy",
        "reboot-msk",
        "heal-msk",
        "maintain-msk",
        "disconnect-msk",
    ] {
        let start = format!("{verb} ");
        assert!(ids.iter().any(|id| id.starts_with(&start)), "{verb}");
    }
    assert_eq!(act(&sandbox, "delete-share nothing").await.status, 404);
}

#[tokio::test]
async fn deletions_go_in_the_order_that_aws_asks_for() {
    let sandbox = Served::start().await;
    let gateway = format!("delete-gateway {INVENTORY_GATEWAY}");
    let configuration = format!("delete-configuration {INVENTORY_CONFIGURATION}");
    for early in [&gateway, &configuration] {
        let refused = act(&sandbox, early).await;
        assert_eq!(refused.status, 409);
        let words = refused.json()["error"].as_str().unwrap().to_owned();
        assert!(words.starts_with("ConflictException: "), "{words}");
    }
    act(&sandbox, &format!("delete-endpoint {INVENTORY_ENDPOINT}"))
        .await
        .ok();
    sandbox.advance(30).await;
    assert_eq!(sandbox.endpoint_in_world(INVENTORY_ENDPOINT).await, None);
    act(&sandbox, &format!("delete-share {INVENTORY_SHARE}"))
        .await
        .ok();
    assert!(
        !offered(&sandbox)
            .await
            .contains(&format!("delete-share {INVENTORY_SHARE}"))
    );
    sandbox.advance(20).await;
    act(&sandbox, &configuration).await.ok();
    sandbox.advance(20).await;
    act(&sandbox, &gateway).await.ok();
    sandbox.advance(20).await;
    let gone = found(&sandbox, "resource_gateways", "id", INVENTORY_GATEWAY).await;
    assert_eq!(gone, Value::Null);
}

#[tokio::test]
async fn somebody_takes_the_principal_out_and_uses_the_share_again() {
    let sandbox = Served::start().await;
    // The share is spent: the second endpoint fails.
    act(&sandbox, &format!("use-share {INVENTORY_SHARE}"))
        .await
        .ok();
    sandbox.advance(60).await;
    let path = sandbox.endpoints_path(ORDERS_SERVICE);
    let list = sandbox.cloud(Method::GET, &path, None).await.ok();
    let again = list["result"].as_array().unwrap().iter();
    let again = again
        .clone()
        .find(|it| it["description"] == "inventory-postgres again");
    assert_eq!(again.expect("another endpoint")["status"], "Failed");

    let remove = format!("remove-principal {INVENTORY_SHARE}");
    act(&sandbox, &remove).await.ok();
    let share = found(&sandbox, "resource_shares", "arn", INVENTORY_SHARE).await;
    let principal = share["associations"].as_array().unwrap().iter();
    let principal = principal
        .clone()
        .find(|it| it["kind"] == "PRINCIPAL")
        .unwrap();
    assert_eq!(principal["status"], "DISASSOCIATING");
    assert_eq!(
        act(&sandbox, &remove).await.status,
        404,
        "it cannot be done twice"
    );
}

#[tokio::test]
async fn somebody_changes_gateways_and_takes_names() {
    let sandbox = Served::start().await;
    let before = found(&sandbox, "resource_gateways", "id", INVENTORY_GATEWAY).await;
    let change = format!("change-groups {INVENTORY_GATEWAY}");
    act(&sandbox, &change).await.ok();
    let after = found(&sandbox, "resource_gateways", "id", INVENTORY_GATEWAY).await;
    assert_ne!(before["security_group_ids"], after["security_group_ids"]);
    assert_eq!(after["status"], "UPDATE_IN_PROGRESS");
    assert_eq!(act(&sandbox, &change).await.status, 409, "it is changing");

    act(&sandbox, "take-name orders-postgres-clickpipes")
        .await
        .ok();
    let body = sandbox
        .gateway_body("orders-postgres-clickpipes", &["prod-data-1a"])
        .await;
    let late = sandbox
        .lattice(Method::POST, "/resourcegateways", Some(body))
        .await;
    assert_eq!(late.refusal(), (409, "ConflictException"));
}

#[tokio::test]
async fn somebody_stops_databases_and_fills_subnets() {
    let sandbox = Served::start().await;
    let status = async |answer: &str| {
        let form = "Action=DescribeDBClusters&DBClusterIdentifier=orders-postgres";
        let told = sandbox.query("rds", form).await;
        assert!(
            told.text.contains(&format!("<Status>{answer}</Status>")),
            "{}",
            told.text
        );
        for instance in ["orders-postgres-1", "orders-postgres-2"] {
            let found = found(&sandbox, "db_instances", "id", instance).await;
            assert_eq!(found["status"], answer);
        }
    };
    act(&sandbox, "stop-database orders-postgres").await.ok();
    status("stopped").await;
    act(&sandbox, "start-database orders-postgres").await.ok();
    status("available").await;

    act(&sandbox, &format!("take-blocks {DATA_1A}")).await.ok();
    let body = sandbox
        .gateway_body("orders-gateway", &["prod-data-1a"])
        .await;
    let full = sandbox
        .lattice(Method::POST, "/resourcegateways", Some(body.clone()))
        .await;
    assert_eq!(full.refusal(), (400, "ValidationException"));
    assert!(
        full.text.contains("not enough free addresses"),
        "{}",
        full.text
    );
    assert!(
        !offered(&sandbox)
            .await
            .contains(&format!("take-blocks {DATA_1A}"))
    );
    act(&sandbox, &format!("give-blocks-back {DATA_1A}"))
        .await
        .ok();
    sandbox
        .lattice(Method::POST, "/resourcegateways", Some(body))
        .await
        .ok();
}

#[tokio::test]
async fn somebody_accepts_a_connection_and_lets_a_service_fall_idle() {
    let sandbox = Served::start().await;
    act(&sandbox, &format!("accept {BILLING_ENDPOINT}"))
        .await
        .ok();
    let accepted = sandbox.endpoint_in_world(BILLING_ENDPOINT).await.unwrap();
    assert_eq!(accepted["status"], "Provisioning");
    sandbox.advance(60).await;
    sandbox.advance(5).await;
    let ready = sandbox.endpoint_in_world(BILLING_ENDPOINT).await.unwrap();
    assert_eq!(ready["status"], "Ready");
    let name = ready["dns_names"][0].as_str().unwrap();
    let service = ".vpce-svc-067154570d6ca8c45.us-east-1.vpce.amazonaws.com";
    assert!(
        name.starts_with("vpce-0b51e202b00246dbf-") && name.ends_with(service),
        "{name}"
    );

    act(&sandbox, &format!("idle-service {ORDERS_SERVICE}"))
        .await
        .ok();
    let path = sandbox.endpoints_path(ORDERS_SERVICE);
    assert_eq!(sandbox.cloud(Method::GET, &path, None).await.status, 424);
    let delete = format!("delete-endpoint {INVENTORY_ENDPOINT}");
    let refused = act(&sandbox, &delete).await;
    assert_eq!(refused.status, 409);
    assert!(
        refused.text.contains("FAILED_DEPENDENCY"),
        "{}",
        refused.text
    );
}

#[tokio::test]
async fn somebody_rejects_a_connection_that_waits_and_one_that_works() {
    let sandbox = Served::start().await;
    let status = async || {
        let found = sandbox.endpoint_in_world(BILLING_ENDPOINT).await.unwrap();
        found["status"].clone()
    };
    let reject = format!("reject {BILLING_ENDPOINT}");
    act(&sandbox, &reject).await.ok();
    assert_eq!(status().await, "Rejected");
    let ids = offered(&sandbox).await;
    assert!(!ids.contains(&reject) && !ids.contains(&format!("accept {BILLING_ENDPOINT}")));

    let sandbox = Served::start().await;
    act(&sandbox, &format!("accept {BILLING_ENDPOINT}"))
        .await
        .ok();
    sandbox.advance(60).await;
    act(&sandbox, &reject).await.ok();
    let found = sandbox.endpoint_in_world(BILLING_ENDPOINT).await.unwrap();
    assert_eq!(found["status"], "Rejected");
}

#[tokio::test]
async fn support_switches_the_preview_of_private_names_off_and_on() {
    let sandbox = Served::start().await;
    let path = format!(
        "{}/{INVENTORY_ENDPOINT}",
        sandbox.endpoints_path(ORDERS_SERVICE)
    );
    let name = json!({ "customPrivateDnsMappings": [{ "privateDnsName": "a.example.com" }] });
    let change = async || {
        let body = Some(name.clone());
        sandbox.cloud(Method::PATCH, &path, body).await.status
    };
    for (verb, status) in [("disable", 400), ("enable", 200)] {
        let id = format!("{verb}-private-names {ORDERS_SERVICE}");
        act(&sandbox, &id).await.ok();
        assert!(!offered(&sandbox).await.contains(&id), "{id}");
        assert_eq!(change().await, status, "{verb}");
    }
}

#[tokio::test]
async fn lists_can_be_behind_another_operator_too() {
    let sandbox = Served::start().await;
    act(&sandbox, "take-name orders-postgres-clickpipes")
        .await
        .ok();
    let stale = json!({
        "service": "vpc-lattice", "operation": "ListResourceGateways", "kind": "stale_list",
    });
    sandbox.fault(stale).await;
    let list = async || {
        sandbox
            .lattice(Method::GET, "/resourcegateways", None)
            .await
            .text
    };
    assert!(!list().await.contains("orders-postgres-clickpipes"));
    assert!(list().await.contains("orders-postgres-clickpipes"));
}
