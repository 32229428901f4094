//! The ClickPipes actor and VPC endpoint services: what their owner decides, and what follows.

use crate::common::{CLICKPIPES, ORDERS_SERVICE, PAYMENTS_SERVICE, Served};
use reqwest::Method;
use serde_json::{Value, json};

/// Endpoint services of the default scenario in us-east-1: for everybody and without acceptance, for ClickPipes
/// with acceptance, for somebody else, and with a private DNS name.
pub(crate) const FOR_ALL: &str = "vpce-svc-0482d5fb645f24a26";
const BILLING: &str = "vpce-svc-067154570d6ca8c45";
const FOR_OTHERS: &str = "vpce-svc-0fc9b2f14c374eb45";
const CLICKSTREAM: &str = "vpce-svc-0ac96217ca67dcb4a";

/// The endpoint on the service with a private DNS name that is there from the start.
const CLICKSTREAM_ENDPOINT: &str = "91f7d3b8-6a0e-4c55-b7a1-2e8c9d4f5a03";

const DAY: i64 = 24 * 3600;

pub(crate) fn to(service: &str) -> Value {
    json!({
        "description": service,
        "type": "VPC_ENDPOINT_SERVICE",
        "vpcEndpointServiceName": format!("com.amazonaws.vpce.us-east-1.{service}"),
    })
}

async fn found(sandbox: &Served, id: &str) -> Value {
    sandbox.endpoint_in_world(id).await.expect("the endpoint")
}

/// The endpoint of a service once it is provisioned.
async fn provisioned(sandbox: &Served, owner: &str, service: &str) -> Value {
    let id = sandbox.asked_for(owner, to(service)).await;
    assert_eq!(found(sandbox, &id).await["status"], "Provisioning");
    sandbox.advance(60).await;
    found(sandbox, &id).await
}

/// Accepts or rejects the connection of an endpoint, as the owner of the service does.
async fn decide(sandbox: &Served, verb: &str, service: &str, endpoint: &Value) {
    let id = endpoint["endpoint_id"].as_str().expect("a VPC endpoint");
    let form =
        format!("Action={verb}VpcEndpointConnections&ServiceId={service}&VpcEndpointId.1={id}");
    let done = sandbox.query("ec2", &form).await;
    assert_eq!(done.status, 200, "{done:?}");
    assert!(!done.text.contains("<error>"), "{}", done.text);
}

/// The connections of a service that AWS lists for ClickPipes.
async fn connections(sandbox: &Served, service: &str) -> String {
    let form = format!(
        "Action=DescribeVpcEndpointConnections&Filter.1.Name=service-id&Filter.1.Value.1={service}\
         &Filter.2.Name=vpc-endpoint-owner&Filter.2.Value.1={CLICKPIPES}"
    );
    sandbox.query("ec2", &form).await.text
}

#[tokio::test]
async fn an_endpoint_waits_for_its_owner_and_then_for_aws() {
    let sandbox = Served::start().await;
    let waiting = provisioned(&sandbox, ORDERS_SERVICE, BILLING).await;
    assert_eq!(waiting["status"], "PendingAcceptance");
    let id = waiting["id"].as_str().unwrap();
    let vpce = waiting["endpoint_id"].as_str().unwrap();
    assert!(connections(&sandbox, BILLING).await.contains(vpce));
    sandbox.advance(DAY - 1).await;
    assert_eq!(found(&sandbox, id).await["status"], "PendingAcceptance");

    decide(&sandbox, "Accept", BILLING, &waiting).await;
    let accepted = found(&sandbox, id).await;
    assert_eq!(accepted["status"], "Provisioning");
    // The grace period is over with the state that it was for.
    sandbox.advance(60).await;
    let path = format!("{}/{id}", sandbox.endpoints_path(ORDERS_SERVICE));
    let get = async || sandbox.cloud(Method::GET, &path, None).await.ok()["result"].clone();
    let ready = get().await;
    assert_eq!(
        (&ready["status"], &ready["dnsNames"]),
        (&json!("Ready"), &json!([]))
    );
    sandbox.advance(5).await;
    let ready = get().await;
    assert_eq!(ready["endpointId"], vpce);
    let name = ready["dnsNames"][0].as_str().unwrap();
    assert!(
        name.starts_with(&format!("{vpce}-"))
            && name.ends_with(&format!(".{BILLING}.us-east-1.vpce.amazonaws.com")),
        "{name}"
    );
    assert_eq!(ready["dnsTargets"], json!([]));

    // Rejected once it works: it is ClickHouse's to delete, a day later.
    decide(&sandbox, "Reject", BILLING, &waiting).await;
    let rejected = get().await;
    assert_eq!(
        (&rejected["status"], &rejected["dnsNames"]),
        (&json!("Rejected"), &json!([]))
    );
    sandbox.advance(DAY).await;
    assert_eq!(get().await["status"], "Deleting");
    sandbox.advance(30).await;
    assert_eq!(sandbox.endpoint_in_world(id).await, None);
    assert!(!connections(&sandbox, BILLING).await.contains(vpce));
}

#[tokio::test]
async fn an_acceptance_that_never_comes_ends_the_endpoint_and_its_connection() {
    let sandbox = Served::start().await;
    let waiting = provisioned(&sandbox, ORDERS_SERVICE, BILLING).await;
    let id = waiting["id"].as_str().unwrap();
    sandbox.advance(DAY).await;
    assert_eq!(found(&sandbox, id).await["status"], "Deleting");
    sandbox.advance(30).await;
    assert_eq!(sandbox.endpoint_in_world(id).await, None);
    let listed = connections(&sandbox, BILLING).await;
    assert!(
        !listed.contains(waiting["endpoint_id"].as_str().unwrap()),
        "{listed}"
    );
}

#[tokio::test]
async fn the_owner_can_reject_before_accepting() {
    let sandbox = Served::start().await;
    let waiting = provisioned(&sandbox, ORDERS_SERVICE, BILLING).await;
    decide(&sandbox, "Reject", BILLING, &waiting).await;
    let id = waiting["id"].as_str().unwrap();
    assert_eq!(found(&sandbox, id).await["status"], "Rejected");
    let path = format!("{}/{id}", sandbox.endpoints_path(ORDERS_SERVICE));
    sandbox.cloud(Method::DELETE, &path, None).await.ok();
    assert_eq!(found(&sandbox, id).await["status"], "Deleting");
    sandbox.advance(30).await;
    assert_eq!(sandbox.endpoint_in_world(id).await, None);
}

#[tokio::test]
async fn without_acceptance_an_endpoint_only_takes_its_time() {
    let sandbox = Served::start().await;
    let connecting = provisioned(&sandbox, ORDERS_SERVICE, FOR_ALL).await;
    assert_eq!(connecting["status"], "Provisioning");
    let id = connecting["id"].as_str().unwrap();
    sandbox.advance(60).await;
    assert_eq!(found(&sandbox, id).await["status"], "Ready");
}

#[tokio::test]
async fn an_endpoint_fails_where_the_service_is_not_for_it() {
    let sandbox = Served::start().await;
    let unknown = "vpce-svc-0123456789abcdef0";
    for (owner, service, words) in [
        (
            ORDERS_SERVICE,
            FOR_OTHERS,
            "does not allow account 072088201116",
        ),
        (ORDERS_SERVICE, unknown, "does not exist"),
        // The pipes of this service of us-west-2 run in us-east-2.
        (
            PAYMENTS_SERVICE,
            CLICKSTREAM,
            "does not support endpoints in us-east-2",
        ),
    ] {
        let failed = provisioned(&sandbox, owner, service).await;
        assert_eq!(failed["status"], "Failed", "{service}");
        let reason = failed["reason"].as_str().unwrap();
        assert!(reason.contains(words), "{reason}");
        assert_eq!(failed["endpoint_id"], Value::Null);
    }
}

#[tokio::test]
async fn a_verified_private_name_comes_with_the_endpoint() {
    let sandbox = Served::start().await;
    let waiting = provisioned(&sandbox, ORDERS_SERVICE, CLICKSTREAM).await;
    decide(&sandbox, "Accept", CLICKSTREAM, &waiting).await;
    sandbox.advance(60).await;
    sandbox.advance(5).await;
    let id = waiting["id"].as_str().unwrap();
    let ready = found(&sandbox, id).await;
    let name = "kafka.clickstream.example.com";
    assert_eq!(ready["private_dns_names"], json!([name]));
    let way = sandbox.through(id, name, 9092).await;
    assert_eq!(way["reaches"], true, "{way}");
    assert_eq!(way["addresses"].as_array().unwrap().len(), 3);

    // The names that the brokers tell their clients do not lead to the endpoint, and where they are made to,
    // one load balancer for all leads to any of them.
    let broker = "kafka-1.clickstream.example.com";
    let way = sandbox.through(id, broker, 9092).await;
    assert!(
        way.to_string().contains("does not resolve to the endpoint"),
        "{way}"
    );
    let registry = "registry.clickstream.example.com";
    let path = format!("{}/{id}", sandbox.endpoints_path(ORDERS_SERVICE));
    let names = json!({ "customPrivateDnsMappings": [
        { "privateDnsName": broker }, { "privateDnsName": registry },
    ] });
    sandbox.cloud(Method::PATCH, &path, Some(names)).await.ok();
    let way = sandbox.through(id, broker, 9092).await;
    assert!(
        way.to_string()
            .contains("where kafka-1.clickstream.example.com is not"),
        "{way}"
    );
    let way = sandbox.through(id, registry, 8081).await;
    assert_eq!(way["addresses"], json!(["10.20.2.92"]), "{way}");
    assert_eq!(way["reaches"], true, "{way}");
    let way = sandbox.through(id, registry, 8082).await;
    assert!(way.to_string().contains("does not listen on 8082"), "{way}");
}

#[tokio::test]
async fn an_endpoint_put_into_a_state_stays_there_while_nothing_happens_to_its_connection() {
    let sandbox = Served::start().await;
    let path = format!("/endpoints/{CLICKSTREAM_ENDPOINT}");
    let rejected = json!({ "status": "Rejected" });
    sandbox
        .control(Method::POST, &path, Some(rejected))
        .await
        .ok();
    sandbox.advance(3600).await;
    assert_eq!(
        found(&sandbox, CLICKSTREAM_ENDPOINT).await["status"],
        "Rejected"
    );
}
