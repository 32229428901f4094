//! RAM: a share and its associations in time, and what RAM refuses.

use reqwest::Method;
use serde_json::{Value, json};

use crate::common::{CLICKPIPES, ORDERS_CLUSTER, Served};

/// Associations of a share by kind, over all pages.
async fn associations(sandbox: &Served, share: &str, kind: &str) -> Vec<Value> {
    let mut all = Vec::new();
    let mut token = Value::Null;
    loop {
        let mut body = json!({ "associationType": kind, "resourceShareArns": [share] });
        if !token.is_null() {
            body["nextToken"] = token;
        }
        let page = sandbox.ram("getresourceshareassociations", body).await.ok();
        all.extend(
            page["resourceShareAssociations"]
                .as_array()
                .unwrap()
                .clone(),
        );
        token = page["nextToken"].clone();
        if token.is_null() {
            return all;
        }
    }
}

#[tokio::test]
async fn a_share_becomes_active_and_its_principal_waits() {
    let sandbox = Served::start().await;
    let gateway = sandbox.gateway("orders-gateway", &["prod-data-1a"]).await;
    sandbox.advance(40).await;
    let id = gateway["id"].as_str().unwrap();
    let configuration = sandbox
        .configuration("orders", id, ORDERS_CLUSTER)
        .await
        .ok();
    sandbox.advance(20).await;
    let arn = configuration["arn"].as_str().unwrap();
    let share = sandbox.share("orders", arn, &[CLICKPIPES]).await;
    let look = async || {
        let body =
            json!({ "resourceOwner": "SELF", "resourceShareArns": [share], "maxResults": 500 });
        let mut body = body;
        loop {
            let page = sandbox.ram("getresourceshares", body.clone()).await.ok();
            if let Some(found) = page["resourceShares"].as_array().unwrap().first() {
                return found["status"].clone();
            }
            // A page may be empty while there is a next one.
            body["nextToken"] = page["nextToken"].clone();
            assert!(body["nextToken"].is_string(), "the share is not listed");
        }
    };
    assert_eq!(look().await, "PENDING");
    sandbox.advance(5).await;
    assert_eq!(look().await, "ACTIVE");
    assert_eq!(
        associations(&sandbox, &share, "RESOURCE").await[0]["status"],
        "ASSOCIATING"
    );
    sandbox.advance(15).await;
    assert_eq!(
        associations(&sandbox, &share, "RESOURCE").await[0]["status"],
        "ASSOCIATED"
    );
    sandbox.advance(3600).await;
    let principal = &associations(&sandbox, &share, "PRINCIPAL").await[0];
    assert_eq!(principal["status"], "ASSOCIATING");
    assert_eq!(principal["external"], true);
    assert!(
        principal["creationTime"].is_number(),
        "RAM's times are seconds"
    );

    let used = format!(
        "/resourceconfigurations/{}",
        configuration["id"].as_str().unwrap()
    );
    let refused = sandbox.lattice(Method::DELETE, &used, None).await;
    assert_eq!(
        refused.refusal(),
        (409, "ConflictException"),
        "it is shared"
    );

    let path = format!("/deleteresourceshare?resourceShareArn={share}");
    let delete = async || {
        let request = sandbox.signed(Method::DELETE, "ram", "us-east-1", &path);
        crate::common::reply(request.send().await.unwrap()).await
    };
    assert_eq!(delete().await.ok()["returnValue"], true);
    assert_eq!(look().await, "DELETING");
    sandbox.advance(20).await;
    assert_eq!(look().await, "DELETED");
    assert_eq!(delete().await.refusal(), (400, "UnknownResourceException"));
    sandbox.lattice(Method::DELETE, &used, None).await.ok();
    sandbox.advance(2 * 3600).await;
    let body = json!({ "resourceOwner": "SELF", "resourceShareArns": [share] });
    let gone = sandbox.ram("getresourceshares", body).await;
    assert_eq!(gone.refusal(), (400, "UnknownResourceException"));
}

#[tokio::test]
async fn a_page_of_shares_can_be_empty_before_the_last() {
    let sandbox = Served::start().await;
    for number in 0..3 {
        sandbox
            .ram(
                "createresourceshare",
                json!({ "name": format!("share-{number}") }),
            )
            .await
            .ok();
    }
    let body = json!({ "resourceOwner": "SELF", "name": "share-2" });
    let first = sandbox.ram("getresourceshares", body).await.ok();
    assert_eq!(first["resourceShares"], json!([]));
    assert!(first["nextToken"].is_string());
}

#[tokio::test]
async fn a_share_is_refused_where_ram_refuses_it() {
    let sandbox = Served::start().await;
    let unknown =
        "arn:aws:vpc-lattice:us-east-1:111122223333:resourceconfiguration/rcfg-00000000000000000";
    let elsewhere = unknown.replace("us-east-1", "us-east-2");
    for (body, code) in [
        (json!({}), "InvalidParameterException"),
        (json!({ "name": "" }), "InvalidParameterException"),
        (
            json!({ "name": "a", "principals": ["12"] }),
            "InvalidParameterException",
        ),
        (
            json!({ "name": "a", "principals": ["111122223333"] }),
            "InvalidParameterException",
        ),
        (
            json!({ "name": "a", "resourceArns": ["rcfg-1"] }),
            "MalformedArnException",
        ),
        (
            json!({ "name": "a", "resourceArns": [unknown] }),
            "UnknownResourceException",
        ),
        (
            json!({ "name": "a", "resourceArns": [elsewhere] }),
            "InvalidParameterException",
        ),
        (
            json!({ "name": "a", "principals": [CLICKPIPES], "allowExternalPrincipals": false }),
            "OperationNotPermittedException",
        ),
    ] {
        let refused = sandbox.ram("createresourceshare", body.clone()).await;
        assert_eq!(refused.refusal(), (400, code), "{body}");
    }
}

#[tokio::test]
async fn an_invitation_does_not_stand_for_ever() {
    let sandbox = Served::start().await;
    let body = json!({ "name": "orders", "principals": [CLICKPIPES] });
    let made = sandbox.ram("createresourceshare", body).await.ok();
    let share = made["resourceShare"]["resourceShareArn"]
        .as_str()
        .unwrap()
        .to_owned();
    sandbox.advance(7 * 24 * 3600 - 1).await;
    let waiting = associations(&sandbox, &share, "PRINCIPAL").await;
    assert_eq!(waiting[0]["status"], "ASSOCIATING");
    sandbox.advance(1).await;
    let over = associations(&sandbox, &share, "PRINCIPAL").await;
    assert_eq!(over[0]["status"], "FAILED");
    assert!(over[0]["statusMessage"].is_string());
}
