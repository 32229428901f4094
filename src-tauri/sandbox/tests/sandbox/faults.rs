//! Faults: what a client sees, and what happened all the same.

use std::time::Duration;

use crate::common::{ORDERS_SERVICE, Served};
use reqwest::Method;
use serde_json::{Value, json};

fn fault(operation: &str, kind: &str) -> Value {
    json!({ "service": "vpc-lattice", "operation": operation, "kind": kind })
}

async fn has_gateway(sandbox: &Served, name: &str) -> bool {
    let world = sandbox.world().await;
    let gateways = world["regions"]["us-east-1"]["resource_gateways"]
        .as_array()
        .unwrap();
    gateways.iter().any(|it| it["name"] == name)
}

/// Waits until a fault holds a request.
async fn held(sandbox: &Served, count: u64) {
    for _ in 0..200 {
        let faults = sandbox.control(Method::GET, "/faults", None).await.ok();
        if faults[0]["held"] == count {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("nothing is held");
}

#[tokio::test]
async fn each_service_words_a_fault_its_own_way() {
    let sandbox = Served::start().await;
    let rest = async |operation: &str, path: &str, kind: &str| {
        sandbox.fault(fault(operation, kind)).await;
        let method = if operation.starts_with("Create") {
            Method::POST
        } else {
            Method::GET
        };
        let answer = sandbox.lattice(method, path, None).await;
        (answer.status, answer.error.unwrap_or_default())
    };
    let list = ("ListResourceGateways", "/resourcegateways");
    let get = (
        "GetResourceGateway",
        "/resourcegateways/rgw-071d6d2fbb25f2237",
    );
    let create = ("CreateResourceGateway", "/resourcegateways");
    for ((operation, path), kind, status, code) in [
        (list, "throttle", 429, "ThrottlingException"),
        (list, "deny", 403, "AccessDeniedException"),
        (list, "expired_credentials", 403, "ExpiredTokenException"),
        (list, "server_error", 500, "InternalServerException"),
        (get, "not_found_once", 404, "ResourceNotFoundException"),
        (create, "quota", 402, "ServiceQuotaExceededException"),
    ] {
        let (found, words) = rest(operation, path, kind).await;
        assert_eq!((found, &*words), (status, code), "{kind}");
    }
    for (service, operation, kind, status, code) in [
        (
            "ec2",
            "DescribeVpcs",
            "throttle",
            503,
            "RequestLimitExceeded",
        ),
        ("ec2", "DescribeVpcs", "deny", 403, "UnauthorizedOperation"),
        (
            "ec2",
            "DescribeVpcs",
            "expired_credentials",
            400,
            "RequestExpired",
        ),
        ("rds", "DescribeDBInstances", "throttle", 400, "Throttling"),
        ("rds", "DescribeDBInstances", "deny", 403, "AccessDenied"),
        (
            "sts",
            "GetCallerIdentity",
            "expired_credentials",
            403,
            "ExpiredToken",
        ),
    ] {
        let fault = json!({ "service": service, "operation": operation, "kind": kind });
        sandbox.fault(fault).await;
        let answer = sandbox.query(service, &format!("Action={operation}")).await;
        assert_eq!(answer.status, status, "{service} {kind}");
        assert!(
            answer.text.contains(&format!("<Code>{code}</Code>")),
            "{}",
            answer.text
        );
    }
    // Each struck once.
    assert_eq!(
        sandbox
            .query("sts", "Action=GetCallerIdentity")
            .await
            .status,
        200
    );
    let calls = sandbox.control(Method::GET, "/calls", None).await.ok();
    let statuses: Vec<_> = calls
        .as_array()
        .unwrap()
        .iter()
        .map(|it| &it["status"])
        .collect();
    assert_eq!(statuses.len(), 13);
    assert_eq!((statuses[0], statuses[12]), (&json!(429), &json!(200)));
}

#[tokio::test]
async fn a_lost_answer_is_done_and_a_reset_is_not() {
    let sandbox = Served::start().await;
    for (kind, done) in [("lost_answer", true), ("reset", false)] {
        let name = format!("{}-gateway", kind.replace('_', "-"));
        sandbox.fault(fault("CreateResourceGateway", kind)).await;
        let body = sandbox.gateway_body(&name, &["prod-data-1a"]).await;
        let request = sandbox
            .signed(
                Method::POST,
                "vpc-lattice",
                "us-east-1",
                "/resourcegateways",
            )
            .json(&body);
        let error = request.send().await.expect_err("no answer");
        assert!(error.is_request() || error.is_connect(), "{error:?}");
        assert_eq!(has_gateway(&sandbox, &name).await, done, "{kind}");
    }
    let calls = sandbox.control(Method::GET, "/calls", None).await.ok();
    assert_eq!(calls[0]["status"], Value::Null);
}

#[tokio::test]
async fn a_request_held_before_happens_only_when_released() {
    let sandbox = Served::start().await;
    let id = sandbox
        .fault(fault("CreateResourceGateway", "hold_before"))
        .await;
    let body = sandbox
        .gateway_body("held-gateway", &["prod-data-1a"])
        .await;
    let request = || {
        sandbox
            .signed(
                Method::POST,
                "vpc-lattice",
                "us-east-1",
                "/resourcegateways",
            )
            .json(&body)
            .send()
    };
    let waiting = tokio::spawn(request());
    held(&sandbox, 1).await;
    assert!(!has_gateway(&sandbox, "held-gateway").await);
    sandbox
        .control(Method::POST, &format!("/faults/{id}/release"), None)
        .await
        .ok();
    assert_eq!(waiting.await.unwrap().unwrap().status(), 201);
    assert!(has_gateway(&sandbox, "held-gateway").await);
}

#[tokio::test]
async fn a_client_that_goes_away_while_held_before_leaves_nothing() {
    let sandbox = Served::start().await;
    sandbox
        .fault(fault("CreateResourceGateway", "hold_before"))
        .await;
    let body = sandbox
        .gateway_body("held-gateway", &["prod-data-1a"])
        .await;
    let request = sandbox
        .signed(
            Method::POST,
            "vpc-lattice",
            "us-east-1",
            "/resourcegateways",
        )
        .json(&body);
    let waiting = tokio::spawn(request.send());
    held(&sandbox, 1).await;
    waiting.abort();
    held(&sandbox, 0).await;
    sandbox.control(Method::DELETE, "/faults", None).await.ok();
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert!(!has_gateway(&sandbox, "held-gateway").await);
}

#[tokio::test]
async fn a_request_held_after_has_happened() {
    let sandbox = Served::start().await;
    let id = sandbox
        .fault(fault("CreateResourceGateway", "hold_after"))
        .await;
    let body = sandbox
        .gateway_body("held-gateway", &["prod-data-1a"])
        .await;
    let request = sandbox
        .signed(
            Method::POST,
            "vpc-lattice",
            "us-east-1",
            "/resourcegateways",
        )
        .json(&body);
    let waiting = tokio::spawn(request.send());
    held(&sandbox, 1).await;
    assert!(has_gateway(&sandbox, "held-gateway").await);
    assert!(!waiting.is_finished());
    // Removing a fault releases what it holds.
    sandbox
        .control(Method::DELETE, &format!("/faults/{id}"), None)
        .await
        .ok();
    assert_eq!(waiting.await.unwrap().unwrap().status(), 201);
}

#[tokio::test]
async fn an_empty_page_leads_to_the_true_one() {
    let sandbox = Served::start().await;
    for (operation, form, list) in [
        (
            "DescribeSubnets",
            "Action=DescribeSubnets",
            "<subnetSet></subnetSet>",
        ),
        (
            "DescribeVpcs",
            "Action=DescribeVpcs&MaxResults=5",
            "<vpcSet></vpcSet>",
        ),
    ] {
        let fault = json!({ "service": "ec2", "operation": operation, "kind": "empty_page" });
        sandbox.fault(fault).await;
        let empty = sandbox.query("ec2", form).await;
        assert!(empty.text.contains(list), "{}", empty.text);
        let token = empty
            .text
            .split("<nextToken>")
            .nth(1)
            .unwrap()
            .split('<')
            .next()
            .unwrap();
        let full = sandbox
            .query("ec2", &format!("{form}&NextToken={token}"))
            .await;
        assert!(full.text.contains("<item>"), "{}", full.text);
    }
    sandbox
        .fault(fault("ListResourceGateways", "empty_page"))
        .await;
    let empty = sandbox
        .lattice(Method::GET, "/resourcegateways", None)
        .await
        .ok();
    assert_eq!(empty["items"], json!([]));
    let token = empty["nextToken"].as_str().unwrap();
    let full = sandbox
        .lattice(
            Method::GET,
            &format!("/resourcegateways?nextToken={token}"),
            None,
        )
        .await;
    assert!(full.ok()["items"].as_array().unwrap().len() > 1);
}

#[tokio::test]
async fn the_cloud_api_fails_its_own_way() {
    let sandbox = Served::start().await;
    let path = sandbox.endpoints_path(ORDERS_SERVICE);
    for (kind, status) in [
        ("rate_limited", 429),
        ("unauthorized", 401),
        ("forbidden", 403),
        ("server_error", 500),
        ("not_found_once", 404),
    ] {
        let fault = json!({
            "service": "clickhouse", "operation": "ListReversePrivateEndpoints", "kind": kind,
        });
        sandbox.fault(fault).await;
        let answer = sandbox.cloud(Method::GET, &path, None).await;
        assert_eq!(answer.status, status, "{kind}");
        assert!(answer.json()["requestId"].is_string());
    }
    let fault = json!({
        "service": "clickhouse", "operation": "CreateReversePrivateEndpoint",
        "kind": "gateway_timeout_but_done",
    });
    sandbox.fault(fault).await;
    let share = "arn:aws:ram:us-east-1:111122223333:resource-share/a";
    let made = sandbox
        .endpoint(ORDERS_SERVICE, "rcfg-0123456789abcdef0", share)
        .await;
    assert_eq!(made.status, 504);
    let list = sandbox.cloud(Method::GET, &path, None).await.ok();
    assert_eq!(
        list["result"].as_array().unwrap().len(),
        4,
        "done all the same"
    );
    let fault = json!({
        "service": "clickhouse", "operation": "ListReversePrivateEndpoints", "kind": "malformed",
    });
    sandbox.fault(fault).await;
    let answer = sandbox.cloud(Method::GET, &path, None).await;
    assert!(serde_json::from_str::<Value>(&answer.text).is_err());
}

#[tokio::test]
async fn a_delay_delays_and_a_standing_fault_stands() {
    let sandbox = Served::start().await;
    let slow = json!({
        "service": "vpc-lattice", "operation": "ListResourceGateways", "kind": "delay",
        "delay_ms": 300, "times": 0,
    });
    let id = sandbox.fault(slow).await;
    for _ in 0..2 {
        let start = std::time::Instant::now();
        assert_eq!(
            sandbox
                .lattice(Method::GET, "/resourcegateways", None)
                .await
                .status,
            200
        );
        assert!(start.elapsed() >= Duration::from_millis(300));
    }
    let faults = sandbox.control(Method::GET, "/faults", None).await.ok();
    assert_eq!(
        (&faults[0]["id"], &faults[0]["hits"]),
        (&json!(id), &json!(2))
    );
    sandbox
        .control(Method::DELETE, &format!("/faults/{id}"), None)
        .await
        .ok();
    assert_eq!(
        sandbox.control(Method::GET, "/faults", None).await.ok(),
        json!([])
    );
    let unknown = sandbox
        .control(Method::DELETE, &format!("/faults/{id}"), None)
        .await;
    assert_eq!(unknown.status, 404);
    // What could never strike is no fault: a test that misspells one must hear of it.
    for (service, operation, kind) in [
        ("ec2", "DescribeVpcs", "explode"),
        ("ec2", "DescribeVpc", "throttle"),
        ("ec3", "DescribeVpcs", "throttle"),
        ("ec2", "DescribeVpcs", "stuck"),
        ("vpc-lattice", "ListResourceGateways", "quota"),
        ("clickhouse", "GetService", "no_capacity"),
    ] {
        let bad = json!({ "service": service, "operation": operation, "kind": kind });
        let refused = sandbox
            .control(Method::POST, "/faults", Some(bad.clone()))
            .await;
        assert_eq!(refused.status, 400, "{bad}");
    }
}
