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
async fn each_type_has_its_members_and_their_shapes() {
    let service = |name: &str| json!({ "description": "d", "type": "VPC_ENDPOINT_SERVICE", "vpcEndpointServiceName": name });
    let msk = |arn: &str, authentication: &str| {
        json!({ "description": "d", "type": "MSK_MULTI_VPC", "mskClusterArn": arn,
                "mskAuthentication": authentication })
    };
    let cluster = "arn:aws:kafka:us-east-1:111122223333:cluster/events/7d1c-9";
    let sandbox = Served::start().await;
    let path = sandbox.endpoints_path(ORDERS_SERVICE);
    for (body, words) in [
        (
            service("com.amazonaws.us-east-1.s3"),
            "vpcEndpointServiceName is not valid",
        ),
        (
            service("com.amazonaws.vpce.us-east-1.vpce-svc-1"),
            "vpcEndpointServiceName is not valid",
        ),
        (
            msk("arn:aws:kafka:us-east-1:1:cluster/a/b", "SASL_IAM"),
            "mskClusterArn is not valid",
        ),
        (msk(cluster, "TLS"), "mskAuthentication is not valid"),
        (
            json!({ "description": "d", "type": "MSK_MULTI_VPC", "mskClusterArn": cluster }),
            "mskAuthentication is required",
        ),
        (
            json!({ "description": "d", "type": "VPC_ENDPOINT_SERVICE" }),
            "vpcEndpointServiceName is required",
        ),
        (
            json!({ "description": "d", "type": "GCP_PSC_SERVICE_ATTACHMENT",
                 "gcpServiceAttachment": "projects/p/regions/r/serviceAttachments/n" }),
            "not simulated yet",
        ),
    ] {
        let refused = sandbox.cloud(Method::POST, &path, Some(body.clone())).await;
        assert_eq!(refused.status, 400, "{body}");
        assert!(refused.text.contains(words), "{body}: {}", refused.text);
    }
    let good = service("com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0");
    let made = sandbox
        .cloud(Method::POST, &path, Some(good.clone()))
        .await
        .ok();
    let made = &made["result"];
    assert_eq!(
        made["vpcEndpointServiceName"],
        good["vpcEndpointServiceName"]
    );
    for other in [
        "vpcResourceConfigurationId",
        "mskClusterArn",
        "gcpServiceAttachment",
    ] {
        assert_eq!(made[other], Value::Null, "{other}");
    }
    let made = sandbox
        .cloud(Method::POST, &path, Some(msk(cluster, "SASL_SCRAM")))
        .await
        .ok();
    assert_eq!(made["result"]["mskClusterArn"], cluster);
    assert_eq!(made["result"]["mskAuthentication"], "SASL_SCRAM");
    assert_eq!(made["result"]["vpcEndpointServiceName"], Value::Null);
}

fn names(names: &[&str]) -> Value {
    let names: Vec<Value> = names
        .iter()
        .map(|it| json!({ "privateDnsName": it }))
        .collect();
    json!({ "customPrivateDnsMappings": names })
}

#[tokio::test]
async fn only_custom_names_can_be_changed_and_they_are_unique() {
    let sandbox = Served::start().await;
    let path = format!(
        "{}/{INVENTORY_ENDPOINT}",
        sandbox.endpoints_path(ORDERS_SERVICE)
    );
    let change = async |body: Value| sandbox.cloud(Method::PATCH, &path, Some(body)).await;
    assert_eq!(change(json!({ "description": "new" })).await.status, 400);
    assert_eq!(change(json!({})).await.status, 400);
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
    // The names of another endpoint of the service are taken, also by a wildcard.
    let kafka = format!(
        "{}/91f7d3b8-6a0e-4c55-b7a1-2e8c9d4f5a03",
        sandbox.endpoints_path(ORDERS_SERVICE)
    );
    let taken = sandbox
        .cloud(Method::PATCH, &kafka, Some(names(&["*.example.com"])))
        .await;
    assert_eq!(taken.status, 400);
    assert!(taken.text.contains("is used already"), "{}", taken.text);
    let cleared = change(names(&[])).await.ok();
    assert_eq!(cleared["result"]["customPrivateDnsMappings"], json!([]));
    assert_eq!(cleared["result"]["privateDnsMappings"], json!([]));
    let free = sandbox
        .cloud(Method::PATCH, &kafka, Some(names(&["*.example.com"])))
        .await
        .ok();
    let mapping = &free["result"]["privateDnsMappings"][0];
    assert_eq!(mapping["internalDnsName"], free["result"]["dnsNames"][0]);
}

#[tokio::test]
async fn custom_names_need_the_preview_and_a_type_that_has_them() {
    let sandbox = Served::start().await;
    let service = |name: Value| {
        let mut body = json!({ "description": "d", "type": "VPC_ENDPOINT_SERVICE",
            "vpcEndpointServiceName": "com.amazonaws.vpce.us-east-2.vpce-svc-0123456789abcdef0" });
        body["customPrivateDnsMappings"] = json!([name]);
        body
    };
    let name = json!({ "privateDnsName": "db.example.com" });
    let refused = sandbox
        .ask_for(PAYMENTS_SERVICE, service(name.clone()))
        .await;
    assert_eq!(refused.status, 400);
    assert!(
        refused.text.contains("BAD_REQUEST: Custom private DNS"),
        "{}",
        refused.text
    );
    let path = format!("/services/{PAYMENTS_SERVICE}");
    let enable = json!({ "custom_private_dns": true });
    sandbox
        .control(Method::POST, &path, Some(enable))
        .await
        .ok();
    let made = sandbox
        .ask_for(PAYMENTS_SERVICE, service(name.clone()))
        .await
        .ok();
    assert_eq!(made["result"]["customPrivateDnsMappings"], json!([name]));
    assert_eq!(
        made["result"]["privateDnsMappings"],
        json!([]),
        "there is no name yet"
    );

    let target = json!({ "privateDnsName": "a.example.org", "targetId": "rcfg-0123456789abcdef0" });
    let refused = sandbox.ask_for(PAYMENTS_SERVICE, service(target)).await;
    assert!(
        refused.text.contains("only allowed for type VPC_RESOURCE"),
        "{}",
        refused.text
    );
    let msk = json!({ "description": "d", "type": "MSK_MULTI_VPC", "mskAuthentication": "SASL_IAM",
        "mskClusterArn": "arn:aws:kafka:us-east-2:111122223333:cluster/events/7d1c-9",
        "customPrivateDnsMappings": [{ "privateDnsName": "a.example.org" }] });
    let refused = sandbox.ask_for(PAYMENTS_SERVICE, msk).await;
    assert!(
        refused.text.contains("not allowed for type MSK_MULTI_VPC"),
        "{}",
        refused.text
    );
    let bad = json!({ "privateDnsName": "a.example.org", "targetId": "rcfg-1" });
    let mut resource = json!({ "description": "d", "type": "VPC_RESOURCE",
        "vpcResourceConfigurationId": "rcfg-0123456789abcdef0",
        "vpcResourceShareArn": "arn:aws:ram:us-east-2:111122223333:resource-share/a" });
    resource["customPrivateDnsMappings"] = json!([bad]);
    let refused = sandbox.ask_for(PAYMENTS_SERVICE, resource).await;
    assert!(refused.text.contains("targetId rcfg-1"), "{}", refused.text);
    let nobody = "/services/00000000-0000-0000-0000-000000000000";
    let change = json!({ "custom_private_dns": true });
    let nobody = sandbox.control(Method::POST, nobody, Some(change)).await;
    assert_eq!(nobody.status, 404);
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
