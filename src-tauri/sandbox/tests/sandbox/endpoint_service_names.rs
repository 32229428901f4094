//! Private DNS names of endpoint services, proven in the public DNS.

use crate::common::{Reply, Served};
use crate::endpoint_services::{CLICKSTREAM, act, described, ec2, modify, service};
use crate::load_balancing::{refusal, the};
use reqwest::Method;
use serde_json::{Value, json};

/// State, record and value of a service's private name.
pub(crate) async fn private_name(sandbox: &Served, id: &str) -> (String, String, String) {
    let told = described(sandbox, id).await;
    let inner = the(&told, "privateDnsNameConfiguration");
    let inner = Reply {
        status: 200,
        error: None,
        text: inner,
    };
    assert_eq!(the(&inner, "type"), "TXT");
    (
        the(&inner, "state"),
        the(&inner, "name"),
        the(&inner, "value"),
    )
}

#[tokio::test]
async fn a_private_name_is_verified_by_its_record_in_the_public_dns() {
    let sandbox = Served::start().await;
    assert_eq!(private_name(&sandbox, CLICKSTREAM).await.0, "verified");
    let id = service(&sandbox, "orders", "PrivateDnsName=db.orders.example.com").await;
    let (state, record, value) = private_name(&sandbox, &id).await;
    assert_eq!(state, "pendingVerification");
    assert!(
        record.starts_with('_') && value.starts_with("vpce:"),
        "{record} {value}"
    );
    let verify = async |id: &str| {
        let form = format!("ServiceId={id}");
        ec2(
            &sandbox,
            "StartVpcEndpointServicePrivateDnsVerification",
            &form,
        )
        .await
    };
    // Nothing is looked for until it is asked for.
    sandbox.advance(3600).await;
    assert_eq!(private_name(&sandbox, &id).await.0, "pendingVerification");
    verify(&id).await;
    sandbox.advance(60).await;
    assert_eq!(private_name(&sandbox, &id).await.0, "failed");
    let txt = json!({ "name": format!("{record}.orders.example.com"), "value": value });
    let published = sandbox
        .control(Method::POST, "/txt", Some(txt.clone()))
        .await
        .ok();
    assert_eq!(published["txt"], json!([value]));
    assert_eq!(the(&verify(&id).await, "return"), "true");
    assert_eq!(private_name(&sandbox, &id).await.0, "pendingVerification");
    sandbox.advance(60).await;
    assert_eq!(private_name(&sandbox, &id).await.0, "verified");

    // The same name keeps its proof, another one needs its own.
    modify(&sandbox, &id, "PrivateDnsName=db.orders.example.com").await;
    assert_eq!(private_name(&sandbox, &id).await.0, "verified");
    modify(&sandbox, &id, "PrivateDnsName=other.orders.example.com").await;
    let (state, _, other) = private_name(&sandbox, &id).await;
    assert_eq!(state, "pendingVerification");
    assert_ne!(other, value);
    let both = modify(
        &sandbox,
        &id,
        "PrivateDnsName=a.example.com&RemovePrivateDnsName=true",
    )
    .await;
    assert_eq!(refusal(&both), (400, "InvalidParameterCombination".into()));
    modify(&sandbox, &id, "RemovePrivateDnsName=true").await;
    assert!(
        !described(&sandbox, &id)
            .await
            .text
            .contains("privateDnsName")
    );
    assert_eq!(
        refusal(&verify(&id).await),
        (400, "InvalidParameter".into())
    );
    let gone = sandbox
        .control(Method::DELETE, "/txt", Some(txt))
        .await
        .ok();
    assert_eq!(gone["txt"], json!([]));
}

#[tokio::test]
async fn another_operator_publishes_the_record_and_takes_rights() {
    let sandbox = Served::start().await;
    let id = service(&sandbox, "orders", "PrivateDnsName=db.orders.example.com").await;
    assert_eq!(
        act(&sandbox, &format!("publish-txt {id}")).await.status,
        200
    );
    let form = format!("ServiceId={id}");
    ec2(
        &sandbox,
        "StartVpcEndpointServicePrivateDnsVerification",
        &form,
    )
    .await;
    sandbox.advance(60).await;
    assert_eq!(private_name(&sandbox, &id).await.0, "verified");
    assert_eq!(
        act(&sandbox, &format!("publish-txt {id}")).await.status,
        404
    );
    assert_eq!(
        act(&sandbox, &format!("withdraw-txt {id}")).await.status,
        200
    );

    assert_eq!(
        act(&sandbox, "take-right vpce:AllowMultiRegion")
            .await
            .status,
        200
    );
    assert_eq!(sandbox.world().await["allow_multi_region"], false);
    assert_eq!(
        act(&sandbox, "give-right vpce:AllowMultiRegion")
            .await
            .status,
        200
    );

    let crm = sandbox
        .elb_arn("us-east-1", "load_balancers", "crm-postgres")
        .await;
    assert_eq!(
        act(&sandbox, &format!("toggle-enforcement {crm}"))
            .await
            .status,
        200
    );
    let world = sandbox.world().await;
    let all = world["regions"]["us-east-1"]["load_balancers"]
        .as_array()
        .unwrap();
    let found = all.iter().find(|it| it["arn"] == crm.as_str()).unwrap();
    assert_eq!(found["enforces_on_private_link"], Value::Bool(false));
}
