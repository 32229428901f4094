//! The wire: whom a request is for, who may ask, and how refusals look in each protocol.

use crate::common::{Served, reply};
use reqwest::Method;
use serde_json::json;

#[tokio::test]
async fn what_is_not_written_is_501() {
    let sandbox = Served::start().await;
    for (service, form) in [
        ("ec2", "Action=RunInstances&Version=2016-11-15"),
        ("sts", "Action=GetSessionToken&Version=2011-06-15"),
        ("rds", "Action=DescribeDBClusters&Version=2012-01-01"),
    ] {
        assert_eq!(sandbox.query(service, form).await.status, 501, "{form}");
    }
    let other = sandbox.lattice(Method::GET, "/services", None).await;
    assert_eq!(other.refusal(), (501, "NotImplemented"));
    let service = sandbox.signed(Method::GET, "s3", "us-east-1", "/");
    assert_eq!(reply(service.send().await.unwrap()).await.status, 501);
    let cloud = sandbox
        .cloud(Method::GET, "/organizations/x/members", None)
        .await;
    assert_eq!(cloud.status, 501);
    let cidr = json!({
        "name": "any-cidr", "type": "CIDR",
        "resourceConfigurationDefinition": { "cidrResource": { "cidrRanges": ["10.0.0.0/8"] } },
    });
    let cidr = sandbox
        .lattice(Method::POST, "/resourceconfigurations", Some(cidr))
        .await;
    assert_eq!(cidr.status, 501);
}

#[tokio::test]
async fn keys_and_regions_that_the_account_has_not_are_refused() {
    let sandbox = Served::start().await;
    let url = &sandbox.connection().aws_endpoint_url;
    let request = |service: &str| {
        let scope = format!("AKIAIOSFODNN7EXAMPLE/20261123/us-east-1/{service}/aws4_request");
        sandbox
            .http
            .post(format!(
                "{url}/{}",
                if service == "ram" {
                    "getresourceshares"
                } else {
                    ""
                }
            ))
            .header(
                "authorization",
                format!("AWS4-HMAC-SHA256 Credential={scope}, Signature=0"),
            )
    };
    let sts = request("sts").body("Action=GetCallerIdentity&Version=2011-06-15");
    let sts = reply(sts.send().await.unwrap()).await;
    assert_eq!(sts.status, 403);
    assert!(
        sts.text.contains("<Code>InvalidClientTokenId</Code>"),
        "{}",
        sts.text
    );
    let ec2 = reply(
        request("ec2")
            .body("Action=DescribeVpcs")
            .send()
            .await
            .unwrap(),
    )
    .await;
    assert_eq!(ec2.status, 401);
    assert!(
        ec2.text
            .contains("<Response><Errors><Error><Code>AuthFailure"),
        "{}",
        ec2.text
    );
    let ram = reply(request("ram").send().await.unwrap()).await;
    assert_eq!(ram.refusal(), (403, "UnrecognizedClientException"));
    let elsewhere = sandbox.signed(Method::GET, "vpc-lattice", "ap-east-1", "/resourcegateways");
    let elsewhere = reply(elsewhere.send().await.unwrap()).await;
    assert_eq!(elsewhere.refusal(), (403, "UnrecognizedClientException"));
    let nobody = sandbox
        .http
        .get(format!("{url}/v1/organizations"))
        .send()
        .await
        .unwrap();
    let nobody = reply(nobody).await;
    assert_eq!(nobody.status, 401);
    assert!(
        nobody.json()["error"]
            .as_str()
            .unwrap()
            .starts_with("UNAUTHORIZED: ")
    );
}

#[tokio::test]
async fn constraints_of_the_models_hold() {
    let sandbox = Served::start().await;
    for (body, field) in [
        (json!({}), "name"),
        (json!({ "name": "ab" }), "name"),
        (json!({ "name": "rgw-orders" }), "name"),
        (
            json!({ "name": "ok-name", "ipAddressType": "IPV5" }),
            "ipAddressType",
        ),
        (
            json!({ "name": "ok-name", "ipv4AddressesPerEni": 63 }),
            "ipv4AddressesPerEni",
        ),
        (
            json!({ "name": "ok-name", "vpcIdentifier": "vpc-1" }),
            "vpcIdentifier",
        ),
        (
            json!({ "name": "ok-name", "subnetIds": "subnet-1" }),
            "subnetIds",
        ),
        (
            json!({ "name": "ok-name", "securityGroupIds": vec!["sg-00000001"; 6] }),
            "securityGroupIds",
        ),
    ] {
        let refused = sandbox
            .lattice(Method::POST, "/resourcegateways", Some(body.clone()))
            .await;
        assert_eq!(refused.refusal(), (400, "ValidationException"), "{body}");
        let refused = refused.json();
        assert_eq!(refused["reason"], "fieldValidationFailed");
        assert_eq!(refused["fieldList"][0]["name"], field, "{body}");
    }
    let union = json!({
        "name": "two-targets", "type": "SINGLE",
        "resourceConfigurationDefinition": {
            "ipResource": { "ipAddress": "10.20.1.10" },
            "arnResource": { "arn": crate::common::ORDERS_CLUSTER },
        },
    });
    let refused = sandbox
        .lattice(Method::POST, "/resourceconfigurations", Some(union))
        .await;
    assert_eq!(refused.refusal(), (400, "ValidationException"));
    assert!(
        refused.text.contains("exactly one member"),
        "{}",
        refused.text
    );
    let ec2 = sandbox
        .query("ec2", "Action=GetSubnetCidrReservations&Version=2016-11-15")
        .await;
    assert_eq!(ec2.status, 400);
    assert!(
        ec2.text.contains("<Code>MissingParameter</Code>"),
        "{}",
        ec2.text
    );
    let small = sandbox
        .query("ec2", "Action=DescribeVpcs&MaxResults=2")
        .await;
    assert!(
        small.text.contains("<Code>InvalidParameterValue</Code>"),
        "{}",
        small.text
    );
    let rds = sandbox
        .query("rds", "Action=DescribeDBInstances&MaxRecords=5")
        .await;
    assert!(
        rds.text.contains("<Code>InvalidParameterValue</Code>"),
        "{}",
        rds.text
    );
}

#[tokio::test]
async fn web_pages_and_foreign_host_names_are_refused() {
    let sandbox = Served::start().await;
    let info = format!("{}/_sandbox/info", sandbox.connection().aws_endpoint_url);
    let get = || sandbox.http.get(&info);
    assert_eq!(get().send().await.unwrap().status(), 200);
    let rebound = get()
        .header("host", "sandbox.example.com")
        .send()
        .await
        .unwrap();
    assert_eq!(rebound.status(), 403);
    let page = get()
        .header("origin", "https://example.com")
        .send()
        .await
        .unwrap();
    assert_eq!(page.status(), 403);
    let stranger = sandbox.cloud_request(Method::GET, "/organizations", None);
    let stranger = stranger.header("host", "example.com").send().await.unwrap();
    assert_eq!(stranger.status(), 403);
}

#[tokio::test]
async fn lists_come_in_pages() {
    let sandbox = Served::start().await;
    let first = sandbox
        .lattice(Method::GET, "/resourcegateways?maxResults=3", None)
        .await
        .ok();
    assert_eq!(first["items"].as_array().unwrap().len(), 3);
    let token = first["nextToken"].as_str().expect("a second page");
    let path = format!("/resourcegateways?maxResults=3&nextToken={token}");
    let second = sandbox.lattice(Method::GET, &path, None).await.ok();
    assert_eq!(second["items"].as_array().unwrap().len(), 1);
    assert_ne!(first["items"][0], second["items"][0]);
    assert!(second.get("nextToken").is_none());
    let made_up = sandbox
        .lattice(Method::GET, "/resourcegateways?nextToken=abc", None)
        .await;
    assert_eq!(made_up.refusal(), (400, "ValidationException"));
}
