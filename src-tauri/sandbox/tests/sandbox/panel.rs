//! The panel: everything about the sandbox in one answer.

use std::collections::BTreeSet;

use crate::common::Served;
use reqwest::Method;
use serde_json::{Value, json};

fn keys(value: &Value) -> BTreeSet<&str> {
    value
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect()
}

fn kinds(panel: &Value, service: &str, operation: &str) -> BTreeSet<String> {
    let operations = panel["operations"].as_array().unwrap();
    let found = operations
        .iter()
        .find(|it| it["service"] == service && it["operation"] == operation)
        .unwrap_or_else(|| panic!("no {service} {operation}"));
    let kinds = found["kinds"].as_array().unwrap().iter();
    kinds.map(|it| it.as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn the_panel_shows_time_faults_acts_and_exercises() {
    let sandbox = Served::start().await;
    sandbox
        .fault(json!({
            "service": "vpc-lattice", "operation": "CreateResourceConfiguration",
            "kind": "failed_state", "times": 2, "reason": "no route",
        }))
        .await;
    let panel = sandbox.panel().await;
    let expected = [
        "exercises",
        "faults",
        "graceStarts",
        "now",
        "operations",
        "operator",
        "speed",
    ];
    assert_eq!(keys(&panel), BTreeSet::from(expected));
    panel["now"]
        .as_str()
        .unwrap()
        .parse::<jiff::Timestamp>()
        .unwrap();
    assert_eq!(
        (&panel["speed"], &panel["graceStarts"]),
        (&json!(0.0), &json!("entry"))
    );
    assert_eq!(
        panel["faults"],
        json!([{
            "id": 1,
            "fault": {
                "service": "vpc-lattice", "operation": "CreateResourceConfiguration",
                "kind": "failed_state", "times": 2, "delayMs": 0, "reason": "no route",
            },
            "hits": 0,
        }])
    );
    for exercise in panel["exercises"].as_array().unwrap() {
        let expected = ["goal", "hints", "id", "situation", "state", "title"];
        assert_eq!(keys(exercise), BTreeSet::from(expected));
        assert_eq!(exercise["state"], "ready");
    }
    for act in panel["operator"].as_array().unwrap() {
        assert_eq!(keys(act), BTreeSet::from(["id", "title"]));
    }
    let body = json!({ "starts_at": "creation" });
    sandbox
        .control(Method::POST, "/grace", Some(body))
        .await
        .ok();
    let fast = json!({ "speed": 3600.0 });
    sandbox
        .control(Method::POST, "/clock", Some(fast))
        .await
        .ok();
    let panel = sandbox.panel().await;
    assert_eq!(
        (&panel["speed"], &panel["graceStarts"]),
        (&json!(3600.0), &json!("creation"))
    );
}

#[tokio::test]
async fn only_what_can_strike_an_operation_is_offered_for_it() {
    let sandbox = Served::start().await;
    let panel = sandbox.panel().await;
    let has = |service: &str, operation: &str, kind: &str| {
        kinds(&panel, service, operation).contains(kind)
    };
    for (service, operation, can, cannot) in [
        (
            "vpc-lattice",
            "CreateResourceGateway",
            "stuck",
            "stale_list",
        ),
        (
            "vpc-lattice",
            "CreateResourceGateway",
            "quota",
            "empty_page",
        ),
        (
            "vpc-lattice",
            "ListResourceGateways",
            "empty_page",
            "failed_state",
        ),
        (
            "vpc-lattice",
            "ListResourceGateways",
            "stale_list",
            "not_found_once",
        ),
        (
            "vpc-lattice",
            "GetResourceGateway",
            "not_found_once",
            "stale_list",
        ),
        (
            "ram",
            "CreateResourceShare",
            "refused_sharing",
            "no_capacity",
        ),
        ("ram", "DeleteResourceShare", "stuck", "failed_state"),
        ("ec2", "DescribeRegions", "throttle", "stale_list"),
        (
            "sts",
            "GetCallerIdentity",
            "expired_credentials",
            "not_found_once",
        ),
        (
            "clickhouse",
            "CreateReversePrivateEndpoint",
            "no_capacity",
            "throttle",
        ),
        (
            "clickhouse",
            "CreateReversePrivateEndpoint",
            "gateway_timeout_but_done",
            "stale_list",
        ),
        (
            "clickhouse",
            "ListReversePrivateEndpoints",
            "service_idle",
            "empty_page",
        ),
        (
            "clickhouse",
            "ListOrganizations",
            "rate_limited",
            "service_idle",
        ),
    ] {
        assert!(has(service, operation, can), "{operation} {can}");
        assert!(!has(service, operation, cannot), "{operation} {cannot}");
    }
    // What is offered can be switched on: every kind for every operation.
    let mut count = 0;
    for operation in panel["operations"].as_array().unwrap() {
        for kind in operation["kinds"].as_array().unwrap() {
            let fault = json!({
                "service": operation["service"], "operation": operation["operation"],
                "kind": kind, "times": 1, "delay_ms": 0, "reason": null,
            });
            sandbox.fault(fault).await;
            count += 1;
        }
    }
    assert!(count > 400, "{count}");
}

#[tokio::test]
async fn time_can_be_stopped_and_goes_on() {
    let sandbox = Served::start().await;
    let now = async || sandbox.panel().await["now"].clone();
    let speed = async |speed: f64| {
        let change = json!({ "speed": speed });
        sandbox
            .control(Method::POST, "/clock", Some(change))
            .await
            .ok();
    };
    speed(36_000.0).await;
    let before = now().await;
    tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    assert_ne!(now().await, before);
    speed(0.0).await;
    let stopped = now().await;
    tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    assert_eq!(now().await, stopped);
}
