//! Names and addresses as sources: the DNS server, and configurations that are no database.

use std::net::{IpAddr, SocketAddr};

use crate::common::{CLICKPIPES, ORDERS_CLUSTER, ORDERS_SERVICE, Served};
use hickory_proto::op::{Message, MessageType, OpCode, Query, ResponseCode};
use hickory_proto::rr::{DNSClass, Name, RData, RecordType};
use reqwest::Method;
use serde_json::{Value, json};
use tokio::net::UdpSocket;

async fn exchange(server: SocketAddr, bytes: &[u8]) -> Message {
    let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    socket.send_to(bytes, server).await.unwrap();
    let mut buffer = [0; 4096];
    let waiting = socket.recv_from(&mut buffer);
    let (length, from) = tokio::time::timeout(std::time::Duration::from_secs(5), waiting)
        .await
        .expect("an answer in time")
        .unwrap();
    assert_eq!(from, server);
    Message::from_vec(&buffer[..length]).unwrap()
}

fn question(name: &str, kind: RecordType) -> Message {
    let mut message = Message::new(4711, MessageType::Query, OpCode::Query);
    message.metadata.recursion_desired = true;
    message.add_query(Query::query(Name::from_ascii(name).unwrap(), kind));
    message
}

async fn ask(sandbox: &Served, name: &str, kind: RecordType) -> Message {
    let asked = question(name, kind);
    let answer = exchange(sandbox.connection().dns, &asked.to_vec().unwrap()).await;
    assert_eq!(answer.metadata.id, 4711);
    assert_eq!(answer.queries, asked.queries);
    answer
}

fn addresses(answer: &Message) -> Vec<IpAddr> {
    let address = |data: &RData| match data {
        RData::A(address) => Some(IpAddr::V4(address.0)),
        RData::AAAA(address) => Some(IpAddr::V6(address.0)),
        _ => None,
    };
    answer
        .answers
        .iter()
        .filter_map(|it| address(&it.data))
        .collect()
}

#[tokio::test]
async fn the_dns_server_knows_the_public_names_and_no_others() {
    let sandbox = Served::start().await;
    assert!(sandbox.connection().dns.ip().is_loopback());
    let database = "orders-postgres.cluster-cx7k2m9qp4ab.us-east-1.rds.amazonaws.com.";
    let found = ask(&sandbox, database, RecordType::A).await;
    assert_eq!(found.metadata.response_code, ResponseCode::NoError);
    assert_eq!(addresses(&found), ["10.20.1.10".parse::<IpAddr>().unwrap()]);
    let shouted = ask(&sandbox, "WWW.Example.com.", RecordType::AAAA).await;
    assert_eq!(
        addresses(&shouted),
        ["2001:db8::80".parse::<IpAddr>().unwrap()]
    );
    assert_eq!(shouted.answers[0].name.to_ascii(), "WWW.Example.com.");
    let text = ask(&sandbox, "example.com.", RecordType::TXT).await;
    assert!(matches!(&text.answers[0].data, RData::TXT(_)));

    let nothing = ask(&sandbox, "example.com.", RecordType::A).await;
    assert_eq!(nothing.metadata.response_code, ResponseCode::NoError);
    assert!(
        nothing.answers.is_empty(),
        "the name is there, an address is not"
    );
    // Brokers of MSK are published with the addresses that they have in their VPC.
    let broker = "b-2.events.7d1c3b.c9.kafka.us-east-1.amazonaws.com.";
    let found = ask(&sandbox, broker, RecordType::A).await;
    assert_eq!(
        addresses(&found),
        ["10.20.2.241".parse::<IpAddr>().unwrap()]
    );
    for unknown in [
        "reports.internal.example.",
        "registry.clickstream.example.com.",
        "b-4.events.7d1c3b.c9.kafka.us-east-1.amazonaws.com.",
        // A serverless cluster's name, and those over multi-VPC connectivity, are for their VPCs only.
        "boot-91c4e7.cs3.kafka-serverless.us-east-1.amazonaws.com.",
        "b-1.iam.events.7d1c3b.c9.kafka.us-east-1.amazonaws.com.",
        "aws.amazon.com.",
        "localhost.",
    ] {
        let answer = ask(&sandbox, unknown, RecordType::A).await;
        assert_eq!(
            answer.metadata.response_code,
            ResponseCode::NXDomain,
            "{unknown}"
        );
        assert!(answer.answers.is_empty());
    }
}

#[tokio::test]
async fn the_dns_server_refuses_what_is_no_question() {
    let sandbox = Served::start().await;
    let dns = sandbox.connection().dns;
    let mut update = question("example.com.", RecordType::A);
    update.metadata.op_code = OpCode::Update;
    let answer = exchange(dns, &update.to_vec().unwrap()).await;
    assert_eq!(answer.metadata.response_code, ResponseCode::NotImp);
    let mut chaos = question("example.com.", RecordType::TXT);
    chaos.queries[0].set_query_class(DNSClass::CH);
    let answer = exchange(dns, &chaos.to_vec().unwrap()).await;
    assert_eq!(answer.metadata.response_code, ResponseCode::Refused);
    // Rubbish and answers are dropped, and the server goes on.
    let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    socket.send_to(b"rubbish", dns).await.unwrap();
    let mut reply = question("example.com.", RecordType::A);
    reply.metadata.message_type = MessageType::Response;
    socket.send_to(&reply.to_vec().unwrap(), dns).await.unwrap();
    let after = ask(&sandbox, "reports.example.com.", RecordType::A).await;
    assert_eq!(addresses(&after).len(), 1);
}

/// A gateway in the VPC `prod` that is ACTIVE.
async fn gateway(sandbox: &Served, name: &str, resolution: &str) -> String {
    let mut body = sandbox.gateway_body(name, &["prod-data-1a"]).await;
    body["resourceConfigDnsResolution"] = resolution.into();
    let made = sandbox
        .lattice(Method::POST, "/resourcegateways", Some(body))
        .await
        .ok();
    assert_eq!(made["resourceConfigDnsResolution"], resolution);
    sandbox.advance(40).await;
    made["id"].as_str().unwrap().to_owned()
}

fn single(name: &str, gateway: &str, definition: &Value) -> Value {
    json!({
        "name": name,
        "type": "SINGLE",
        "portRanges": ["5432", "9000-9010"],
        "protocol": "TCP",
        "resourceGatewayIdentifier": gateway,
        "resourceConfigurationDefinition": definition,
        "clientToken": format!("token-{name}"),
    })
}

fn domain(name: &str) -> Value {
    json!({ "dnsResource": { "domainName": name, "ipAddressType": "IPV4" } })
}

#[tokio::test]
async fn an_endpoint_to_a_name_is_ready_whether_or_not_the_name_resolves() {
    let sandbox = Served::start().await;
    let gateway = gateway(&sandbox, "names-gateway", "PUBLIC").await;
    let ip = json!({ "ipResource": { "ipAddress": "10.20.2.90" } });
    let sources = [
        ("by-name", domain("reports.example.com")),
        // A public gateway cannot see it; AWS takes it all the same, and traffic goes nowhere.
        ("by-private-name", domain("reports.internal.example")),
        ("by-address", ip),
    ];
    for (name, definition) in sources {
        let body = single(name, &gateway, &definition);
        let post = async || {
            let path = "/resourceconfigurations";
            sandbox
                .lattice(Method::POST, path, Some(body.clone()))
                .await
                .ok()
        };
        let made = post().await;
        assert_eq!(made["status"], "CREATE_IN_PROGRESS");
        assert_eq!(post().await["id"], made["id"], "the token makes it once");
        sandbox.advance(20).await;
        let path = format!("/resourceconfigurations/{}", made["id"].as_str().unwrap());
        let whole = sandbox.lattice(Method::GET, &path, None).await.ok();
        assert_eq!(whole["resourceConfigurationDefinition"], definition);
        assert_eq!(whole["portRanges"], json!(["5432", "9000-9010"]));
        let share = sandbox
            .share(name, whole["arn"].as_str().unwrap(), &[CLICKPIPES])
            .await;
        sandbox.advance(20).await;
        let id = whole["id"].as_str().unwrap();
        let endpoint = sandbox.endpoint(ORDERS_SERVICE, id, &share).await.ok();
        sandbox.advance(60).await;
        let endpoint = endpoint["result"]["id"].as_str().unwrap();
        let endpoint = sandbox.endpoint_in_world(endpoint).await.unwrap();
        assert_eq!(endpoint["status"], "Ready", "{name}: {endpoint}");
    }
}

#[tokio::test]
async fn names_in_the_vpc_and_databases_by_arn_exclude_each_other_on_a_gateway() {
    let sandbox = Served::start().await;
    let inside = gateway(&sandbox, "inside-gateway", "IN_VPC").await;
    let refused = sandbox
        .configuration("orders", &inside, ORDERS_CLUSTER)
        .await;
    assert_eq!(refused.refusal(), (400, "ValidationException"));
    assert!(
        refused.text.contains("resolves names in its VPC"),
        "{}",
        refused.text
    );
    let body = single(
        "reports-inside",
        &inside,
        &domain("reports.internal.example"),
    );
    sandbox
        .lattice(Method::POST, "/resourceconfigurations", Some(body))
        .await
        .ok();

    let outside = gateway(&sandbox, "outside-gateway", "PUBLIC").await;
    sandbox
        .configuration("orders", &outside, ORDERS_CLUSTER)
        .await
        .ok();
    let path = format!("/resourcegateways/{outside}");
    let change = json!({ "resourceConfigDnsResolution": "IN_VPC" });
    let refused = sandbox.lattice(Method::PATCH, &path, Some(change)).await;
    assert_eq!(refused.refusal(), (400, "ValidationException"));
    assert!(refused.text.contains("of type ARN"), "{}", refused.text);
}

#[tokio::test]
async fn a_gateways_groups_can_be_changed_while_nothing_else_happens_to_it() {
    let sandbox = Served::start().await;
    let id = gateway(&sandbox, "orders-gateway", "PUBLIC").await;
    let path = format!("/resourcegateways/{id}");
    let group = sandbox
        .id("us-east-1", "security_groups", "app-servers")
        .await;
    let foreign = sandbox
        .id("us-east-1", "security_groups", "insights-db")
        .await;
    let change = async |groups: Value| {
        let body = json!({ "securityGroupIds": groups });
        sandbox.lattice(Method::PATCH, &path, Some(body)).await
    };
    assert_eq!(
        change(json!([foreign])).await.refusal(),
        (400, "ValidationException")
    );
    assert_eq!(
        change(json!([])).await.refusal(),
        (400, "ValidationException")
    );
    let six = vec![group.clone(); 6];
    assert_eq!(
        change(json!(six)).await.refusal(),
        (400, "ValidationException")
    );
    let unknown = change(json!(["sg-00000000000000000"])).await;
    assert_eq!(unknown.refusal(), (404, "ResourceNotFoundException"));

    let changed = change(json!([group])).await.ok();
    assert_eq!(changed["status"], "UPDATE_IN_PROGRESS");
    assert_eq!(changed["securityGroupIds"], json!([group]));
    assert!(changed["vpcId"].is_string());
    assert_eq!(
        change(json!([group])).await.refusal(),
        (409, "ConflictException")
    );
    let early = sandbox.lattice(Method::DELETE, &path, None).await;
    assert_eq!(
        early.refusal(),
        (409, "ConflictException"),
        "it is changing"
    );
    sandbox.advance(20).await;
    let active = sandbox.lattice(Method::GET, &path, None).await.ok();
    assert_eq!(active["status"], "ACTIVE");
    assert_eq!(active["securityGroupIds"], json!([group]));
    let world = sandbox.world().await;
    let interfaces = world["regions"]["us-east-1"]["network_interfaces"]
        .as_array()
        .unwrap();
    let own: Vec<_> = interfaces
        .iter()
        .filter(|it| it["gateway_id"] == id.as_str())
        .collect();
    assert!(!own.is_empty() && own.iter().all(|it| it["group_ids"] == json!([group])));
    sandbox.lattice(Method::DELETE, &path, None).await.ok();
}
