//! Whether anything arrives: names, security groups and access lists, as the sandbox reads them.

use crate::common::{ORDERS_CLUSTER, Served};
use reqwest::Method;
use serde_json::{Value, json};

async fn reach(sandbox: &Served, configuration: &str) -> Value {
    let path = format!("/reach/{configuration}");
    sandbox.control(Method::GET, &path, None).await.ok()
}

/// A gateway with one group of the VPC `prod`, ACTIVE.
async fn gateway(sandbox: &Served, name: &str, subnet: &str, group: &str) -> String {
    let mut body = sandbox.gateway_body(name, &[subnet]).await;
    let group = sandbox.id("us-east-1", "security_groups", group).await;
    body["securityGroupIds"] = json!([group]);
    let made = sandbox
        .lattice(Method::POST, "/resourcegateways", Some(body))
        .await
        .ok();
    sandbox.advance(40).await;
    made["id"].as_str().unwrap().to_owned()
}

async fn configured(sandbox: &Served, name: &str, gateway: &str, arn: &str) -> String {
    let made = sandbox.configuration(name, gateway, arn).await.ok();
    made["id"].as_str().unwrap().to_owned()
}

/// The words of everything that stands in the way.
fn words(reach: &Value) -> String {
    assert_eq!(reach["reaches"], false, "{reach}");
    reach["hindrances"].to_string()
}

#[tokio::test]
async fn a_database_is_reached_where_both_groups_and_all_access_lists_allow_it() {
    let sandbox = Served::start().await;
    let good = gateway(
        &sandbox,
        "good-gateway",
        "prod-data-1b",
        "clickpipes-gateway",
    )
    .await;
    let orders = configured(&sandbox, "orders", &good, ORDERS_CLUSTER).await;
    let found = reach(&sandbox, &orders).await;
    assert_eq!(found["reaches"], true, "{found}");
    assert_eq!(found["addresses"], json!(["10.20.1.10"]));

    let billing = "arn:aws:rds:us-east-1:111122223333:db:billing-mysql";
    let billing = configured(&sandbox, "billing", &good, billing).await;
    let found = words(&reach(&sandbox, &billing).await);
    assert!(found.contains("let nothing in to 3306"), "{found}");

    let locked = gateway(&sandbox, "locked-gateway", "prod-data-1b", "locked-down").await;
    let locked = configured(&sandbox, "locked", &locked, ORDERS_CLUSTER).await;
    let found = words(&reach(&sandbox, &locked).await);
    assert!(
        found.contains("allow nothing out to 10.20.1.10:5432"),
        "{found}"
    );

    let public = gateway(
        &sandbox,
        "public-gateway",
        "prod-public-1a",
        "clickpipes-gateway",
    )
    .await;
    let public = configured(&sandbox, "public", &public, ORDERS_CLUSTER).await;
    let found = words(&reach(&sandbox, &public).await);
    assert!(
        found.contains("acl-0b3f61c7d98e2a450 lets nothing out of"),
        "{found}"
    );
    let unknown = sandbox.control(Method::GET, "/reach/rcfg-1", None).await;
    assert_eq!(unknown.status, 404);
}

#[tokio::test]
async fn a_private_name_is_reached_only_by_a_gateway_that_looks_in_its_vpc() {
    let sandbox = Served::start().await;
    // The scenario's own: `reports.internal.example` by a gateway that looks in the VPC.
    let inside = sandbox
        .id("us-east-1", "resource_configurations", "reports")
        .await;
    let found = reach(&sandbox, &inside).await;
    assert_eq!(found["reaches"], true, "{found}");
    assert_eq!(found["addresses"], json!(["10.20.2.90"]));

    let gateway = gateway(
        &sandbox,
        "outside-gateway",
        "prod-data-1a",
        "clickpipes-gateway",
    )
    .await;
    for (name, domain, reaches) in [
        ("private-name", "reports.internal.example", false),
        ("public-name", "reports.example.com", true),
        ("no-name", "nothing.example.com", false),
    ] {
        let body = json!({
            "name": name,
            "type": "SINGLE",
            "portRanges": ["5432"],
            "resourceGatewayIdentifier": gateway,
            "resourceConfigurationDefinition":
                { "dnsResource": { "domainName": domain, "ipAddressType": "IPV4" } },
        });
        let made = sandbox
            .lattice(Method::POST, "/resourceconfigurations", Some(body))
            .await
            .ok();
        let found = reach(&sandbox, made["id"].as_str().unwrap()).await;
        assert_eq!(found["reaches"], reaches, "{domain}: {found}");
    }
}

#[tokio::test]
async fn what_is_there_from_the_start_works() {
    let sandbox = Served::start().await;
    for name in ["inventory-postgres", "crm-postgres", "payments-postgres"] {
        let id = sandbox
            .id("us-east-1", "resource_configurations", name)
            .await;
        let found = reach(&sandbox, &id).await;
        assert_eq!(found["reaches"], true, "{name}: {found}");
    }
}
