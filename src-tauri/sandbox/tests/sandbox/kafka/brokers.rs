//! Bootstrap strings and nodes.

use super::{
    EVENTS, EXPRESS, SERVERLESS, SMALL, TAKEN, get, of_cluster, setting, update, with_cluster,
};
use crate::common::Served;
use serde_json::{Value, json};

async fn brokers(sandbox: &Served, arn: &str) -> Value {
    get(sandbox, &of_cluster(arn, "/bootstrap-brokers"))
        .await
        .ok()
}

#[tokio::test]
async fn there_is_a_string_for_each_way_that_is_on() {
    let sandbox = Served::start().await;
    let suffix = "events.7d1c3b.c9.kafka.us-east-1.amazonaws.com";
    let at = |port: u32| {
        [1, 2, 3]
            .map(|id| format!("b-{id}.{suffix}:{port}"))
            .join(",")
    };
    assert_eq!(
        brokers(&sandbox, EVENTS).await,
        json!({
            "bootstrapBrokerStringSaslIam": at(9098),
            "bootstrapBrokerStringSaslScram": at(9096),
        })
    );
    assert_eq!(
        brokers(&sandbox, TAKEN).await["bootstrapBrokerStringVpcConnectivitySaslIam"],
        "b-1.iam.payments.c8f27e.c6.kafka.us-east-1.amazonaws.com:14001,\
         b-2.iam.payments.c8f27e.c6.kafka.us-east-1.amazonaws.com:14002,\
         b-3.iam.payments.c8f27e.c6.kafka.us-east-1.amazonaws.com:14003"
    );
    let small = brokers(&sandbox, SMALL).await["bootstrapBrokerStringSaslIam"].clone();
    assert_eq!(small.as_str().unwrap().split(',').count(), 2);
    assert_eq!(
        brokers(&sandbox, SERVERLESS).await,
        json!({
            "bootstrapBrokerStringSaslIam":
                "boot-91c4e7.c3.kafka-serverless.us-east-1.amazonaws.com:9098",
        })
    );

    let body = setting(&sandbox, EVENTS, false, true).await;
    update(&sandbox, EVENTS, body).await.ok();
    let during = brokers(&sandbox, EVENTS).await;
    assert_eq!(
        during.get("bootstrapBrokerStringVpcConnectivitySaslScram"),
        None
    );
    sandbox.advance(super::UPDATE).await;
    let over_vpc = brokers(&sandbox, EVENTS).await;
    let scram = over_vpc["bootstrapBrokerStringVpcConnectivitySaslScram"].as_str();
    assert!(scram.unwrap().starts_with("b-1.scram.events.7d1c3b.c9."));
    assert_eq!(
        over_vpc.get("bootstrapBrokerStringVpcConnectivitySaslIam"),
        None
    );
}

#[tokio::test]
async fn a_cluster_that_is_not_there_yet_has_no_brokers() {
    for state in ["CREATING", "DELETING", "FAILED"] {
        let (sandbox, _folder) = with_cluster(EVENTS, |it| it["state"] = json!(state)).await;
        let refused = get(&sandbox, &of_cluster(EVENTS, "/bootstrap-brokers")).await;
        assert_eq!(refused.refusal(), (409, "ConflictException"), "{state}");
    }
}

#[tokio::test]
async fn clients_that_do_not_say_who_they_are_come_over_tls() {
    let (sandbox, _folder) = with_cluster(EVENTS, |it| it["unauthenticated"] = json!(true)).await;
    let tls = brokers(&sandbox, EVENTS).await["bootstrapBrokerStringTls"].clone();
    assert!(tls.as_str().unwrap().contains(":9094"));
}

#[tokio::test]
async fn nodes_are_where_their_interfaces_are() {
    let sandbox = Served::start().await;
    let nodes = get(&sandbox, &of_cluster(EXPRESS, "/nodes")).await.ok();
    let nodes = nodes["nodeInfoList"].as_array().unwrap().clone();
    assert_eq!(nodes.len(), 3);
    let world = sandbox.world().await;
    let interfaces = world["regions"]["us-east-1"]["network_interfaces"].as_array();
    for (number, node) in (1..).zip(&nodes) {
        let broker = &node["brokerNodeInfo"];
        assert_eq!(broker["brokerId"], f64::from(number));
        let mut all = interfaces.unwrap().iter();
        let own = all.find(|it| it["id"] == broker["attachedENIId"]).unwrap();
        assert_eq!(broker["clientVpcIpAddress"], own["addresses"][0]);
        assert_eq!(broker["clientSubnet"], own["subnet_id"]);
        let host = broker["endpoints"][0].as_str().unwrap();
        assert!(host.starts_with(&format!("b-{number}.sessions.")), "{host}");
    }
    let page = get(&sandbox, &of_cluster(EXPRESS, "/nodes?maxResults=2"))
        .await
        .ok();
    assert_eq!(page["nodeInfoList"].as_array().unwrap().len(), 2);
    assert!(page["nextToken"].is_string());
    let serverless = get(&sandbox, &of_cluster(SERVERLESS, "/nodes")).await;
    assert_eq!(serverless.refusal(), (400, "BadRequestException"));
}
