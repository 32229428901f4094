//! Lists that are behind the times.

use crate::common::{CLICKPIPES, INVENTORY_ARN, ORDERS_SERVICE, Reply, Served, fault};
use reqwest::Method;
use serde_json::{Value, json};

const HOUR: i64 = 3600;

async fn names(sandbox: &Served) -> Vec<String> {
    let list = sandbox
        .lattice(Method::GET, "/resourcegateways", None)
        .await
        .ok();
    let items = list["items"].as_array().unwrap().clone();
    items
        .iter()
        .map(|it| it["name"].as_str().unwrap().to_owned())
        .collect()
}

async fn associated(sandbox: &Served, body: &Value) -> Reply {
    sandbox
        .ram("getresourceshareassociations", body.clone())
        .await
}

#[tokio::test]
async fn a_stale_list_is_as_of_before_the_latest_change_to_it() {
    let sandbox = Served::start().await;
    let stale = fault("vpc-lattice", "ListResourceGateways", "stale_list");
    // Nothing was changed: there is no older answer.
    let before = names(&sandbox).await;
    sandbox.fault(stale.clone()).await;
    assert_eq!(names(&sandbox).await, before);

    sandbox.gateway("first", &["prod-data-1a"]).await;
    sandbox.gateway("second", &["prod-data-1a"]).await;
    // A change to something else, and time, are no change of this list by somebody.
    sandbox.share("unrelated", INVENTORY_ARN, &[]).await;
    sandbox.advance(HOUR).await;
    let now = names(&sandbox).await;
    sandbox.fault(stale).await;
    let seen = names(&sandbox).await;
    assert!(seen.contains(&"first".to_owned()), "{seen:?}");
    assert!(!seen.contains(&"second".to_owned()), "{seen:?}");
    assert_eq!(names(&sandbox).await, now, "only once");
}

#[tokio::test]
async fn stale_lists_of_ram_and_clickhouse_do_not_know_what_is_new() {
    let sandbox = Served::start().await;
    let share = sandbox.share("fresh", INVENTORY_ARN, &[CLICKPIPES]).await;
    let associations = json!({ "associationType": "RESOURCE", "resourceShareArns": [share] });
    sandbox
        .fault(fault("ram", "GetResourceShareAssociations", "stale_list"))
        .await;
    let unknown = associated(&sandbox, &associations).await;
    assert_eq!(unknown.refusal(), (400, "UnknownResourceException"));
    assert_eq!(associated(&sandbox, &associations).await.status, 200);

    let path = sandbox.endpoints_path(ORDERS_SERVICE);
    let count = async || {
        let list = sandbox.cloud(Method::GET, &path, None).await.ok();
        list["result"].as_array().unwrap().len()
    };
    let before = count().await;
    sandbox
        .endpoint(ORDERS_SERVICE, "rcfg-0d02e8c4441233466", &share)
        .await
        .ok();
    sandbox
        .fault(fault(
            "clickhouse",
            "ListReversePrivateEndpoints",
            "stale_list",
        ))
        .await;
    assert_eq!(count().await, before);
    assert_eq!(count().await, before + 1);
}
