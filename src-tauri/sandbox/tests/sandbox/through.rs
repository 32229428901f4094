//! Whether a pipe gets through its endpoint: what Ready does not tell.

use crate::clickpipes_services::{FOR_ALL, to};
use crate::common::{INVENTORY_ENDPOINT, ORDERS_SERVICE, Served};
use reqwest::Method;
use serde_json::{Value, json};

/// The load balancers of the default scenario, by name.
fn load_balancer(name: &str) -> String {
    let id = match name {
        "crm-postgres" => "06deafa64cbdff4e",
        "inventory-postgres" => "077c92ce355e5deb",
        "payments-postgres" => "0ca10ffc3d7546b8",
        "ledger-on-premises" => "0cdf953194c78c8c",
        other => panic!("no load balancer {other}"),
    };
    format!("arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/net/{name}/{id}")
}

/// The text of an element of an answer in XML.
fn element(text: &str, name: &str) -> String {
    let (_, rest) = text.split_once(&format!("<{name}>")).expect(name);
    let (value, _) = rest.split_once('<').expect(name);
    value.to_owned()
}

/// Whether a pipe gets to where `source` is, by the name that AWS gives the endpoint.
async fn to_source(sandbox: &Served, id: &str, port: u16, source: &str) -> Value {
    let endpoint = sandbox.endpoint_in_world(id).await.expect("the endpoint");
    let host = endpoint["dns_names"][0].as_str().expect("a name");
    let path = format!("/reach/{id}/{host}/{port}?source={source}");
    sandbox.control(Method::GET, &path, None).await.ok()
}

/// A Ready endpoint to a new service on a load balancer of the scenario.
async fn ready(sandbox: &Served, name: &str) -> String {
    ready_on(sandbox, &load_balancer(name)).await
}

/// A Ready endpoint to a new service on a load balancer.
async fn ready_on(sandbox: &Served, arn: &str) -> String {
    let form = format!(
        "Action=CreateVpcEndpointServiceConfiguration&AcceptanceRequired=false\
         &NetworkLoadBalancerArn.1={arn}"
    );
    let made = sandbox.query("ec2", &form).await;
    assert_eq!(made.status, 200, "{made:?}");
    let service = element(&made.text, "serviceId");
    sandbox.advance(60).await;
    let form = format!(
        "Action=ModifyVpcEndpointServicePermissions&ServiceId={service}\
         &AddAllowedPrincipals.1=arn:aws:iam::072088201116:root"
    );
    let allowed = sandbox.query("ec2", &form).await;
    assert_eq!(allowed.status, 200, "{allowed:?}");
    let id = sandbox.asked_for(ORDERS_SERVICE, to(&service)).await;
    sandbox.advance(60).await;
    sandbox.advance(60).await;
    sandbox.advance(5).await;
    let found = sandbox.endpoint_in_world(&id).await.unwrap();
    assert_eq!(found["status"], "Ready", "{arn}: {found}");
    id
}

fn stands(way: &Value, words: &str) {
    assert_eq!(way["reaches"], false, "{way}");
    assert!(
        way["hindrances"].to_string().contains(words),
        "{way} without {words}"
    );
}

/// Address, name and subnet of each broker of a cluster, in their order.
async fn brokers(sandbox: &Served, cluster: &str) -> Vec<(String, String, String)> {
    let path = format!("/api/v2/clusters?clusterNameFilter={cluster}");
    let get = async |path: &str| -> Value {
        let request = sandbox.signed(Method::GET, "kafka", "us-east-1", path);
        request.send().await.unwrap().json().await.unwrap()
    };
    let arn = get(&path).await["clusterInfoList"][0]["clusterArn"].clone();
    let arn = arn
        .as_str()
        .unwrap()
        .replace(':', "%3A")
        .replace('/', "%2F");
    let nodes = get(&format!("/v1/clusters/{arn}/nodes")).await;
    let text = |it: &Value| it.as_str().unwrap().to_owned();
    let nodes = nodes["nodeInfoList"].as_array().unwrap().iter();
    nodes
        .map(|it| &it["brokerNodeInfo"])
        .map(|it| {
            let name = text(&it["endpoints"][0]);
            (
                text(&it["clientVpcIpAddress"]),
                name,
                text(&it["clientSubnet"]),
            )
        })
        .collect()
}

/// A new internal load balancer in front of one address, ACTIVE and with its target looked after.
async fn balance(sandbox: &Served, name: &str, address: &str, port: u16, subnet: &str) -> String {
    let call = async |form: String| {
        let done = sandbox.query("elasticloadbalancing", &form).await;
        assert_eq!(done.status, 200, "{form}: {done:?}");
        done.text
    };
    let made = call(format!(
        "Action=CreateLoadBalancer&Name={name}&Type=network&Scheme=internal&Subnets.member.1={subnet}"
    ));
    let balancer = element(&made.await, "LoadBalancerArn");
    let vpc = sandbox.id("us-east-1", "vpcs", "prod").await;
    let made = call(format!(
        "Action=CreateTargetGroup&Name={name}&Protocol=TCP&Port={port}&TargetType=ip&VpcId={vpc}"
    ));
    let group = element(&made.await, "TargetGroupArn");
    call(format!(
        "Action=RegisterTargets&TargetGroupArn={group}&Targets.member.1.Id={address}"
    ))
    .await;
    sandbox.advance(300).await;
    call(format!(
        "Action=CreateListener&LoadBalancerArn={balancer}&Protocol=TCP&Port={port}\
         &DefaultActions.member.1.Type=forward&DefaultActions.member.1.TargetGroupArn={group}"
    ))
    .await;
    sandbox.advance(300).await;
    balancer
}

const RDS: &str = "cx7k2m9qp4ab.us-east-1.rds.amazonaws.com";

#[tokio::test]
async fn a_pipe_gets_to_a_database_by_a_resource_configuration() {
    let sandbox = Served::start().await;
    let host = format!("inventory-postgres.{RDS}");
    let way = to_source(&sandbox, INVENTORY_ENDPOINT, 5432, &host).await;
    assert_eq!(way["reaches"], true, "{way}");
    assert_eq!(way["addresses"], json!(["10.20.1.11"]));
    let way = to_source(&sandbox, INVENTORY_ENDPOINT, 5433, &host).await;
    stands(&way, "lets nothing through to 5433");
    let elsewhere = format!("crm-postgres.{RDS}");
    let way = to_source(&sandbox, INVENTORY_ENDPOINT, 5432, &elsewhere).await;
    stands(&way, "where crm-postgres");
    let way = to_source(&sandbox, INVENTORY_ENDPOINT, 5432, "nothing.example.com").await;
    stands(&way, "nothing.example.com does not resolve");
    // The database's own name is not the endpoint's, unless it is made to be.
    stands(
        &sandbox.through(INVENTORY_ENDPOINT, &host, 5432).await,
        "does not resolve",
    );
    let path = format!(
        "{}/{INVENTORY_ENDPOINT}",
        sandbox.endpoints_path(ORDERS_SERVICE)
    );
    let names = json!({ "customPrivateDnsMappings": [{ "privateDnsName": format!("*.{RDS}") }] });
    sandbox.cloud(Method::PATCH, &path, Some(names)).await.ok();
    let way = sandbox.through(INVENTORY_ENDPOINT, &host, 5432).await;
    assert_eq!(way["reaches"], true, "{way}");
    let deeper = format!("deeper.inventory-postgres.{RDS}");
    stands(
        &sandbox.through(INVENTORY_ENDPOINT, &deeper, 5432).await,
        "does not resolve",
    );

    for path in [
        "/reach/1/host/5432",
        &format!("/reach/{INVENTORY_ENDPOINT}/host/port"),
    ] {
        let bad = sandbox.control(Method::GET, path, None).await;
        assert_eq!(bad.status, 400, "{path}");
    }
    let nobody = "/reach/00000000-0000-0000-0000-000000000000/host/5432";
    assert_eq!(sandbox.control(Method::GET, nobody, None).await.status, 404);
}

#[tokio::test]
async fn a_stopped_database_takes_no_connection() {
    let sandbox = Served::start().await;
    let stop = json!({ "act": "stop-database inventory-postgres" });
    sandbox
        .control(Method::POST, "/operator", Some(stop))
        .await
        .ok();
    let host = format!("inventory-postgres.{RDS}");
    let way = to_source(&sandbox, INVENTORY_ENDPOINT, 5432, &host).await;
    stands(&way, "inventory-postgres is stopped");
}

#[tokio::test]
async fn a_pipe_gets_through_a_load_balancer_to_a_healthy_target() {
    let sandbox = Served::start().await;
    let id = sandbox.asked_for(ORDERS_SERVICE, to(FOR_ALL)).await;
    sandbox.advance(60).await;
    let early = sandbox.through(&id, "any.example.com", 5432).await;
    stands(&early, "the endpoint is Provisioning");
    sandbox.advance(60).await;
    sandbox.advance(5).await;
    let host = format!("crm-postgres.{RDS}");
    let way = to_source(&sandbox, &id, 5432, &host).await;
    assert_eq!(way["reaches"], true, "{way}");
    assert_eq!(way["addresses"], json!(["10.20.3.10"]));
    let way = to_source(&sandbox, &id, 3306, &host).await;
    stands(&way, "does not listen on 3306");
    // The database stops: its target falls ill, and the endpoint stays Ready.
    let stop = json!({ "act": "stop-database crm-postgres" });
    sandbox
        .control(Method::POST, "/operator", Some(stop))
        .await
        .ok();
    let way = to_source(&sandbox, &id, 5432, &host).await;
    stands(&way, "has no healthy target");
    assert_eq!(
        sandbox.endpoint_in_world(&id).await.unwrap()["status"],
        "Ready"
    );
}

#[tokio::test]
async fn inbound_rules_that_hold_for_private_link_keep_pipes_out() {
    let sandbox = Served::start().await;
    let id = ready(&sandbox, "crm-postgres").await;
    let host = format!("crm-postgres.{RDS}");
    let way = to_source(&sandbox, &id, 5432, &host).await;
    stands(&way, "let nothing of PrivateLink in to 5432");
    let form = format!(
        "Action=SetSecurityGroups&LoadBalancerArn={}&SecurityGroups.member.1=sg-0180fc1c8ed218197\
         &EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic=off",
        load_balancer("crm-postgres")
    );
    let set = sandbox.query("elasticloadbalancing", &form).await;
    assert_eq!(set.status, 200, "{set:?}");
    let way = to_source(&sandbox, &id, 5432, &host).await;
    assert_eq!(way["reaches"], true, "{way}");
}

#[tokio::test]
async fn a_target_that_the_database_left_leads_to_another_one() {
    let sandbox = Served::start().await;
    let id = ready(&sandbox, "payments-postgres").await;
    let writer = format!("payments-postgres.cluster-{RDS}");
    let way = to_source(&sandbox, &id, 5432, &writer).await;
    // A reader answers there, and is healthy.
    assert_eq!(way["addresses"], json!(["10.20.2.12"]));
    stands(
        &way,
        "it leads to 10.20.2.12, where payments-postgres.cluster-",
    );
    let reader = format!("payments-postgres-2.{RDS}");
    let way = to_source(&sandbox, &id, 5432, &reader).await;
    assert_eq!(way["reaches"], true, "{way}");
}

#[tokio::test]
async fn a_database_that_lets_the_load_balancer_not_in_is_not_reached() {
    let sandbox = Served::start().await;
    let id = ready(&sandbox, "inventory-postgres").await;
    let host = format!("inventory-postgres.{RDS}");
    let way = to_source(&sandbox, &id, 5432, &host).await;
    stands(&way, "let nothing in to 5432");
    stands(&way, "10.20.1.11:5432 is Unhealthy");
}

#[tokio::test]
async fn a_listener_can_have_another_port_than_its_targets() {
    let sandbox = Served::start().await;
    let id = ready(&sandbox, "ledger-on-premises").await;
    let way = to_source(&sandbox, &id, 6432, "ledger.corp.example").await;
    assert_eq!(way["reaches"], true, "{way}");
    assert_eq!(way["addresses"], json!(["10.200.4.15"]));
    let way = to_source(&sandbox, &id, 5432, "ledger.corp.example").await;
    stands(&way, "does not listen on 5432");
}

#[tokio::test]
async fn each_broker_of_an_express_cluster_is_reached_by_an_endpoint_of_its_own_name() {
    let sandbox = Served::start().await;
    let brokers = brokers(&sandbox, "sessions").await;
    assert_eq!(brokers.len(), 3);
    let mut endpoints = Vec::new();
    for (index, (address, name, subnet)) in brokers.iter().enumerate() {
        let balancer = balance(
            &sandbox,
            &format!("sessions-{index}"),
            address,
            9098,
            subnet,
        )
        .await;
        let id = ready_on(&sandbox, &balancer).await;
        // Ready is not enough: the broker's name leads elsewhere until it is made to lead here.
        stands(
            &sandbox.through(&id, name, 9098).await,
            "does not resolve to the endpoint",
        );
        let path = format!("{}/{id}", sandbox.endpoints_path(ORDERS_SERVICE));
        let own = json!({ "customPrivateDnsMappings": [{ "privateDnsName": name }] });
        sandbox.cloud(Method::PATCH, &path, Some(own)).await.ok();
        let way = sandbox.through(&id, name, 9098).await;
        assert_eq!(way["reaches"], true, "{name}: {way}");
        assert_eq!(way["addresses"], json!([address]));
        endpoints.push(id);
    }
    // One broker's name on another one's endpoint leads to the wrong broker.
    let path = |index: usize| {
        let endpoints_path = sandbox.endpoints_path(ORDERS_SERVICE);
        format!("{endpoints_path}/{}", endpoints[index])
    };
    let none = json!({ "customPrivateDnsMappings": [] });
    let second = &brokers[1].1;
    sandbox
        .cloud(Method::PATCH, &path(1), Some(none))
        .await
        .ok();
    let swapped = json!({ "customPrivateDnsMappings": [{ "privateDnsName": second }] });
    sandbox
        .cloud(Method::PATCH, &path(0), Some(swapped))
        .await
        .ok();
    let way = sandbox.through(&endpoints[0], second, 9098).await;
    stands(&way, &format!("where {second} is not"));
}
