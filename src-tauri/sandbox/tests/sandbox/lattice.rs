//! VPC Lattice: state machines, and what AWS refuses.

use crate::common::{ORDERS_CLUSTER, Served};
use pipelink_sandbox::Config;
use reqwest::Method;
use serde_json::{Value, json};

async fn status(sandbox: &Served, path: &str) -> Value {
    sandbox.lattice(Method::GET, path, None).await.ok()["status"].clone()
}

#[tokio::test]
async fn a_gateway_comes_to_be_and_goes_in_time() {
    let sandbox = Served::start().await;
    let before = sandbox.world().await["regions"]["us-east-1"]["network_interfaces"].clone();
    let made = sandbox
        .gateway("orders-gateway", &["prod-data-1a", "prod-data-1c"])
        .await;
    let path = format!("/resourcegateways/{}", made["id"].as_str().unwrap());
    assert_eq!(made["status"], "CREATE_IN_PROGRESS");
    assert!(
        made.get("createdAt").is_none(),
        "the reply of Create has no times"
    );
    sandbox.advance(39).await;
    assert_eq!(status(&sandbox, &path).await, "CREATE_IN_PROGRESS");
    sandbox.advance(1).await;
    let active = sandbox.lattice(Method::GET, &path, None).await.ok();
    assert_eq!(active["status"], "ACTIVE");
    assert!(active.get("vpcIdentifier").is_none() && active["vpcId"].is_string());

    // One interface per subnet, with one aligned /28 each.
    let interfaces = sandbox
        .query(
            "ec2",
            &format!(
                "Action=DescribeNetworkInterfaces&Filter.1.Name=description&Filter.1.Value.1=*{}",
                made["id"].as_str().unwrap()
            ),
        )
        .await;
    assert_eq!(
        interfaces.text.matches("<ipv4Prefix>").count(),
        2,
        "{}",
        interfaces.text
    );
    // The reservations of prod-data-1c (.32/28 and .64/27) are stepped over.
    assert!(
        interfaces
            .text
            .contains("<ipv4Prefix>10.20.3.16/28</ipv4Prefix>")
    );

    let gone = sandbox.lattice(Method::DELETE, &path, None).await.ok();
    assert_eq!(gone["status"], "DELETE_IN_PROGRESS");
    sandbox.advance(19).await;
    assert_eq!(status(&sandbox, &path).await, "DELETE_IN_PROGRESS");
    sandbox.advance(1).await;
    let gone = sandbox.lattice(Method::GET, &path, None).await;
    assert_eq!(gone.refusal(), (404, "ResourceNotFoundException"));
    let after = sandbox.world().await["regions"]["us-east-1"]["network_interfaces"].clone();
    assert_eq!(before, after);
}

#[tokio::test]
async fn a_gateway_is_refused_where_aws_refuses_it() {
    let sandbox = Served::start().await;
    let post = async |body: Value| {
        sandbox
            .lattice(Method::POST, "/resourcegateways", Some(body))
            .await
    };
    for (subnets, words) in [
        (vec!["prod-fragmented-1c"], "not enough free addresses"),
        (vec!["prod-tiny-1c"], "not enough free addresses"),
        (vec!["platform-shared-1a"], "not in vpc-"),
        (vec!["analytics-1a"], "not in vpc-"),
        (vec!["prod-data-1a", "prod-data-1a"], "given twice"),
        (vec![], "At least one subnet"),
    ] {
        let body = sandbox.gateway_body("new-gateway", &subnets).await;
        let refused = post(body).await;
        assert_eq!(
            refused.refusal(),
            (400, "ValidationException"),
            "{subnets:?}"
        );
        assert!(
            refused.text.contains(words),
            "{subnets:?}: {}",
            refused.text
        );
    }
    let mut shared = sandbox
        .gateway_body("new-gateway", &["platform-shared-1a"])
        .await;
    shared["vpcIdentifier"] = sandbox
        .id("us-east-1", "vpcs", "platform-shared")
        .await
        .into();
    shared["securityGroupIds"] = json!([]);
    let refused = post(shared).await;
    assert!(
        refused.text.contains("is shared with this account"),
        "{}",
        refused.text
    );

    let mut group = sandbox.gateway_body("new-gateway", &["prod-data-1a"]).await;
    group["securityGroupIds"] = json!([sandbox
        .id("us-east-1", "security_groups", "insights-db")
        .await]);
    assert_eq!(post(group).await.refusal(), (400, "ValidationException"));
    let mut nowhere = sandbox.gateway_body("new-gateway", &["prod-data-1a"]).await;
    nowhere["vpcIdentifier"] = "vpc-00000000".into();
    assert_eq!(
        post(nowhere).await.refusal(),
        (404, "ResourceNotFoundException")
    );
    let taken = sandbox
        .gateway_body("inventory-gateway", &["prod-data-1a"])
        .await;
    assert_eq!(post(taken).await.refusal(), (409, "ConflictException"));
}

#[tokio::test]
async fn a_token_is_for_one_request() {
    let sandbox = Served::start().await;
    let mut body = sandbox
        .gateway_body("orders-gateway", &["prod-data-1a"])
        .await;
    body["clientToken"] = "token-1".into();
    let post = async |body: &Value| {
        sandbox
            .lattice(Method::POST, "/resourcegateways", Some(body.clone()))
            .await
    };
    let first = post(&body).await.ok();
    let second = post(&body).await.ok();
    assert_eq!(first["id"], second["id"]);
    body["name"] = "other-gateway".into();
    assert_eq!(post(&body).await.refusal(), (409, "ConflictException"));
    // Without the token the name is taken.
    body["name"] = "orders-gateway".into();
    body.as_object_mut().unwrap().remove("clientToken");
    assert_eq!(post(&body).await.refusal(), (409, "ConflictException"));

    let share = |name: &str| json!({ "name": name, "clientToken": "token-2" });
    let first = sandbox.ram("createresourceshare", share("one")).await.ok();
    let second = sandbox.ram("createresourceshare", share("one")).await.ok();
    assert_eq!(
        first["resourceShare"]["resourceShareArn"],
        second["resourceShare"]["resourceShareArn"]
    );
    let other = sandbox.ram("createresourceshare", share("two")).await;
    assert_eq!(
        other.refusal(),
        (400, "IdempotentParameterMismatchException")
    );
    // A day later the token is forgotten: RAM makes a second share of the same name.
    sandbox.advance(24 * 3600).await;
    let later = sandbox.ram("createresourceshare", share("one")).await.ok();
    assert_ne!(
        first["resourceShare"]["resourceShareArn"],
        later["resourceShare"]["resourceShareArn"]
    );
}

#[tokio::test]
async fn a_configuration_points_only_where_aws_allows() {
    let sandbox = Served::start().await;
    let gateway = sandbox.gateway("orders-gateway", &["prod-data-1a"]).await;
    let id = gateway["id"].as_str().unwrap().to_owned();
    let early = sandbox.configuration("orders", &id, ORDERS_CLUSTER).await;
    assert_eq!(
        early.refusal(),
        (409, "ConflictException"),
        "the gateway is not active yet"
    );
    sandbox.advance(40).await;
    let rds = |rest: &str| format!("arn:aws:rds:us-east-1:111122223333:{rest}");
    for (arn, words) in [
        (rds("cluster:storefront-postgres"), "publicly accessible"),
        (rds("db:storefront-postgres-1"), "publicly accessible"),
        (rds("cluster:insights-postgres"), "is not in vpc-"),
        (rds("cluster:staging-postgres"), "is stopped"),
        (rds("cluster:nothing"), "does not exist"),
        (
            "arn:aws:rds:us-east-2:111122223333:db:warehouse-postgres".to_owned(),
            "this region",
        ),
        (
            "arn:aws:s3:us-east-1:111122223333:cluster:bucket".to_owned(),
            "not the ARN of an Amazon RDS",
        ),
    ] {
        let refused = sandbox.configuration("orders", &id, &arn).await;
        assert_eq!(refused.refusal(), (400, "ValidationException"), "{arn}");
        assert!(refused.text.contains(words), "{arn}: {}", refused.text);
    }
    let post = async |body: Value| {
        let mut body = body;
        body["resourceGatewayIdentifier"] = id.clone().into();
        sandbox
            .lattice(Method::POST, "/resourceconfigurations", Some(body))
            .await
    };
    let arn = json!({ "arnResource": { "arn": ORDERS_CLUSTER } });
    let single = |definition: Value, ports: Value| {
        json!({ "name": "one", "type": "SINGLE", "portRanges": ports,
                "resourceConfigurationDefinition": definition })
    };
    let ip = |address: &str| json!({ "ipResource": { "ipAddress": address } });
    for body in [
        json!({ "name": "one", "type": "ARN", "portRanges": ["5432"], "resourceConfigurationDefinition": arn }),
        json!({ "name": "one", "type": "ARN", "resourceConfigurationDefinition": ip("10.20.1.10") }),
        json!({ "name": "one", "type": "SINGLE", "resourceConfigurationDefinition": ip("10.20.1.10") }),
        json!({ "name": "one", "type": "GROUP", "portRanges": ["1"], "customDomainName": "a.example.com" }),
        single(arn.clone(), json!(["5432"])),
        single(ip("54.1.2.3"), json!(["5432"])),
        single(ip("10.99.1.10"), json!(["5432"])),
        single(ip("10.20.1.10"), json!(["70000"])),
        single(ip("10.20.1.10"), json!(["5440-5432"])),
        single(
            json!({ "dnsResource": { "domainName": "db.example.com" } }),
            json!(["5432"]),
        ),
    ] {
        assert_eq!(
            post(body.clone()).await.refusal(),
            (400, "ValidationException"),
            "{body}"
        );
    }
    post(single(ip("10.20.1.10"), json!(["5432"]))).await.ok();
    let again = post(single(ip("10.20.1.10"), json!(["5432"]))).await;
    assert_eq!(
        again.refusal(),
        (409, "ConflictException"),
        "names are unique"
    );
    let used = sandbox
        .lattice(Method::DELETE, &format!("/resourcegateways/{id}"), None)
        .await;
    assert_eq!(
        used.refusal(),
        (409, "ConflictException"),
        "the gateway has a dependant"
    );
}

#[tokio::test]
async fn list_items_tell_less_than_get() {
    let sandbox = Served::start().await;
    let list = sandbox
        .lattice(Method::GET, "/resourceconfigurations", None)
        .await
        .ok();
    let item = &list["items"][0];
    assert!(item.get("resourceConfigurationDefinition").is_none());
    let path = format!("/resourceconfigurations/{}", item["id"].as_str().unwrap());
    let whole = sandbox.lattice(Method::GET, &path, None).await.ok();
    assert!(whole["resourceConfigurationDefinition"]["arnResource"]["arn"].is_string());
    let used = sandbox.lattice(Method::DELETE, &path, None).await;
    assert_eq!(
        used.refusal(),
        (409, "ConflictException"),
        "an endpoint is attached"
    );
}

#[tokio::test]
async fn quotas_end_in_402() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("world.json");
    let config = || Config {
        speed: 0.0,
        world: Some(path.clone()),
        ..Config::default()
    };
    Served::with(config()).await.sandbox.stop().await;
    // The scenario has four gateways in this VPC and four configurations.
    let mut world: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    world["limits"] = json!({ "gateways_per_vpc": 5, "configurations_per_region": 4 });
    std::fs::write(&path, world.to_string()).unwrap();

    let sandbox = Served::with(config()).await;
    let last = sandbox.gateway("last-gateway", &["prod-data-1a"]).await;
    sandbox.advance(40).await;
    let body = sandbox
        .gateway_body("one-too-many", &["prod-data-1a"])
        .await;
    let refused = sandbox
        .lattice(Method::POST, "/resourcegateways", Some(body))
        .await;
    assert_eq!(refused.refusal(), (402, "ServiceQuotaExceededException"));
    assert_eq!(refused.json()["serviceCode"], "vpc-lattice");
    assert_eq!(refused.json()["quotaCode"], "L-0DCA4434");
    let refused = sandbox
        .configuration("orders", last["id"].as_str().unwrap(), ORDERS_CLUSTER)
        .await;
    assert_eq!(refused.refusal(), (402, "ServiceQuotaExceededException"));
}
