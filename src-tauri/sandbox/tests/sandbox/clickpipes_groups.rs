//! Groups of resource configurations: a MongoDB replica set with a child per node, one endpoint on the group,
//! and a name of its own for each node.

use crate::common::{CLICKPIPES, ORDERS_SERVICE, Served};
use reqwest::Method;
use serde_json::{Value, json};

async fn post(sandbox: &Served, body: Value) -> Value {
    let path = "/resourceconfigurations";
    sandbox.lattice(Method::POST, path, Some(body)).await.ok()
}

fn node(number: usize) -> String {
    format!("mongo-{number}.catalog.example.com")
}

fn child(group: &Value, number: usize) -> Value {
    json!({
        "name": format!("catalog-{number}"),
        "type": "CHILD",
        "portRanges": ["27017"],
        "resourceConfigurationGroupIdentifier": group["id"],
        "resourceConfigurationDefinition":
            { "dnsResource": { "domainName": node(number), "ipAddressType": "IPV4" } },
    })
}

struct ReplicaSet {
    group: Value,
    children: Vec<Value>,
    share: String,
}

/// A group with two of the three nodes, shared; all ACTIVE.
async fn replica_set(sandbox: &Served) -> ReplicaSet {
    let mut body = sandbox
        .gateway_body("catalog-gateway", &["prod-data-1a", "prod-data-1b"])
        .await;
    body["resourceConfigDnsResolution"] = "IN_VPC".into();
    let path = "/resourcegateways";
    let gateway = sandbox.lattice(Method::POST, path, Some(body)).await.ok();
    sandbox.advance(40).await;
    let body = json!({
        "name": "catalog",
        "type": "GROUP",
        "protocol": "TCP",
        "resourceGatewayIdentifier": gateway["id"],
    });
    let group = post(sandbox, body).await;
    sandbox.advance(20).await;
    let mut children = Vec::new();
    for number in 0..2 {
        children.push(post(sandbox, child(&group, number)).await);
    }
    let arn = group["arn"].as_str().unwrap();
    let share = sandbox.share("catalog", arn, &[CLICKPIPES]).await;
    sandbox.advance(20).await;
    ReplicaSet {
        group,
        children,
        share,
    }
}

fn on_group(set: &ReplicaSet, names: &Value) -> Value {
    json!({
        "description": "catalog",
        "type": "VPC_RESOURCE",
        "vpcResourceConfigurationId": set.group["id"],
        "vpcResourceShareArn": set.share,
        "customPrivateDnsMappings": names,
    })
}

#[tokio::test]
async fn an_endpoint_on_a_group_has_a_name_for_each_child_as_they_come() {
    let sandbox = Served::start().await;
    let set = replica_set(&sandbox).await;
    let target = |number: usize| set.children[number]["id"].clone();
    let names = json!([
        { "privateDnsName": node(0), "targetId": target(0) },
        { "privateDnsName": node(1), "targetId": target(1) },
    ]);
    let id = sandbox
        .asked_for(ORDERS_SERVICE, on_group(&set, &names))
        .await;
    let path = format!("{}/{id}", sandbox.endpoints_path(ORDERS_SERVICE));
    let get = async || sandbox.cloud(Method::GET, &path, None).await.ok()["result"].clone();
    sandbox.advance(60).await;
    let ready = get().await;
    assert_eq!(ready["status"], "Ready");
    assert_eq!(ready["dnsTargets"], json!([]));
    sandbox.advance(5).await;
    let first = get().await;
    assert_eq!(first["dnsTargets"][0]["id"], target(0));
    assert_eq!(first["dnsTargets"].as_array().unwrap().len(), 1);
    // The second node has a custom name that is not served yet.
    assert_eq!(first["customPrivateDnsMappings"], names);
    assert_eq!(first["privateDnsMappings"].as_array().unwrap().len(), 1);
    let way = sandbox.through(&id, &node(1), 27017).await;
    assert!(way.to_string().contains("does not resolve"), "{way}");
    sandbox.advance(5).await;
    let both = get().await;
    let targets = both["dnsTargets"].as_array().unwrap();
    for (number, address) in [(0, "10.20.1.54"), (1, "10.20.2.72")] {
        let mapping = &both["privateDnsMappings"][number];
        assert_eq!(targets[number]["id"], target(number));
        assert_eq!(mapping["privateDnsName"], json!(node(number)));
        assert_eq!(
            mapping["internalDnsName"],
            targets[number]["internalDnsName"]
        );
        assert_eq!(both["dnsNames"][number], targets[number]["internalDnsName"]);
        let way = sandbox.through(&id, &node(number), 27017).await;
        assert_eq!(way["reaches"], true, "{way}");
        assert_eq!(way["addresses"], json!([address]));
        let way = sandbox.through(&id, &node(number), 27018).await;
        assert!(
            way.to_string().contains("lets nothing through to 27018"),
            "{way}"
        );
    }

    // A third node joins: its name comes, and its custom name is given afterwards.
    let third = post(&sandbox, child(&set.group, 2)).await;
    sandbox.advance(20).await;
    sandbox.advance(5).await;
    assert_eq!(get().await["dnsTargets"][2]["id"], third["id"]);
    let way = sandbox.through(&id, &node(2), 27017).await;
    assert_eq!(way["reaches"], false, "{way}");
    let mut all = names.as_array().unwrap().clone();
    all.push(json!({ "privateDnsName": node(2), "targetId": third["id"] }));
    let body = json!({ "customPrivateDnsMappings": all });
    sandbox.cloud(Method::PATCH, &path, Some(body)).await.ok();
    let way = sandbox.through(&id, &node(2), 27017).await;
    assert_eq!(way["addresses"], json!(["10.20.3.141"]));
    // Two names the wrong way round lead where nobody asked for.
    all[0]["targetId"] = target(1);
    all[1]["targetId"] = target(0);
    let body = json!({ "customPrivateDnsMappings": all });
    sandbox.cloud(Method::PATCH, &path, Some(body)).await.ok();
    let way = sandbox.through(&id, &node(0), 27017).await;
    assert!(
        way.to_string()
            .contains("where mongo-0.catalog.example.com is not"),
        "{way}"
    );

    // A node leaves, and its name with it.
    let one = format!("/resourceconfigurations/{}", target(1).as_str().unwrap());
    sandbox.lattice(Method::DELETE, &one, None).await.ok();
    sandbox.advance(20).await;
    sandbox.advance(5).await;
    let left = get().await;
    let left: Vec<&Value> = left["dnsTargets"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| &it["id"])
        .collect();
    assert_eq!(left, [&target(0), &third["id"]]);
}

#[tokio::test]
async fn a_group_is_what_aws_has_it_be() {
    let sandbox = Served::start().await;
    let set = replica_set(&sandbox).await;
    let path = |it: &Value| format!("/resourceconfigurations/{}", it["id"].as_str().unwrap());
    let get = async |it: &Value| sandbox.lattice(Method::GET, &path(it), None).await.ok();
    let group = get(&set.group).await;
    let first = get(&set.children[0]).await;
    assert_eq!(
        first["resourceGatewayId"], group["resourceGatewayId"],
        "inherited"
    );
    assert_eq!(first["resourceConfigurationGroupId"], group["id"]);
    assert_eq!(first["portRanges"], json!(["27017"]));
    assert_eq!(group.get("portRanges"), None);
    let ids = async |query: &str| -> Vec<Value> {
        let path = format!("/resourceconfigurations?{query}");
        let listed = sandbox.lattice(Method::GET, &path, None).await.ok();
        let items = listed["items"].as_array().unwrap().clone();
        items.iter().map(|it| it["id"].clone()).collect()
    };
    let id = group["id"].as_str().unwrap();
    let children: Vec<Value> = set.children.iter().map(|it| it["id"].clone()).collect();
    let of_group = ids(&format!("resourceConfigurationGroupIdentifier={id}")).await;
    assert_eq!(of_group, children);
    let gateway = group["resourceGatewayId"].as_str().unwrap();
    let through = ids(&format!("resourceGatewayIdentifier={gateway}")).await;
    assert_eq!(through.len(), 3, "{through:?}");

    let refused = async |change: &dyn Fn(&mut Value)| {
        let mut body = child(&set.group, 2);
        change(&mut body);
        let path = "/resourceconfigurations";
        let refused = sandbox
            .lattice(Method::POST, path, Some(body.clone()))
            .await;
        assert_eq!(refused.refusal(), (400, "ValidationException"), "{body}");
    };
    refused(&|it| it["resourceGatewayIdentifier"] = json!(gateway)).await;
    refused(&|it| it["groupDomain"] = "example.com".into()).await;
    refused(&|it| it["allowAssociationToShareableServiceNetwork"] = true.into()).await;
    refused(&|it| drop(it.as_object_mut().unwrap().remove("portRanges"))).await;
    refused(&|it| it["resourceConfigurationGroupIdentifier"] = children[0].clone()).await;
    refused(&|it| {
        it["type"] = "GROUP".into();
        it["customDomainName"] = "catalog.example.com".into();
    })
    .await;
    let body = json!({ "resourceConfigurationDefinition":
        { "ipResource": { "ipAddress": "10.20.1.54" } } });
    let update = sandbox
        .lattice(Method::PATCH, &path(&group), Some(body))
        .await;
    assert_eq!(update.refusal(), (400, "ValidationException"));
    let body = json!({ "allowAssociationToShareableServiceNetwork": true });
    let update = sandbox
        .lattice(Method::PATCH, &path(&first), Some(body))
        .await;
    assert_eq!(update.refusal(), (400, "ValidationException"));

    // A child goes with its group, not by itself; a group not before its children.
    let body = json!({ "name": "node", "resourceArns": [first["arn"]] });
    let alone = sandbox.ram("createresourceshare", body).await;
    assert_eq!(alone.refusal(), (400, "OperationNotPermittedException"));
    let body = json!({ "resourceShareArn": set.share, "resourceArns": [group["arn"]] });
    sandbox.ram("disassociateresourceshare", body).await.ok();
    sandbox.advance(20).await;
    let early = sandbox.lattice(Method::DELETE, &path(&group), None).await;
    assert_eq!(early.refusal(), (409, "ConflictException"));
    for child in &set.children {
        sandbox
            .lattice(Method::DELETE, &path(child), None)
            .await
            .ok();
    }
    sandbox.advance(20).await;
    sandbox
        .lattice(Method::DELETE, &path(&group), None)
        .await
        .ok();
    let path = "/resourceconfigurations";
    let late = child(&set.group, 2);
    let late = sandbox.lattice(Method::POST, path, Some(late)).await;
    assert_eq!(
        late.refusal(),
        (409, "ConflictException"),
        "the group is going"
    );
}

#[tokio::test]
async fn a_group_has_sixty_children_at_most() {
    let sandbox = Served::start().await;
    let set = replica_set(&sandbox).await;
    let path = "/resourceconfigurations";
    for number in 2..60 {
        post(&sandbox, child(&set.group, number)).await;
    }
    let body = child(&set.group, 60);
    let refused = sandbox.lattice(Method::POST, path, Some(body)).await;
    assert_eq!(refused.refusal(), (402, "ServiceQuotaExceededException"));
    assert_eq!(refused.json()["quotaCode"], "L-9BC96FEF");
}

#[tokio::test]
async fn the_serverless_cluster_is_reached_by_its_bootstrap_name_in_the_vpc() {
    let sandbox = Served::start().await;
    // The name is the cluster's own: only its VPC sees it.
    let clusters = sandbox.signed(Method::GET, "kafka", "us-east-1", "/api/v2/clusters");
    let clusters: Value = clusters.send().await.unwrap().json().await.unwrap();
    let clusters = clusters["clusterInfoList"].as_array().unwrap();
    let serverless = clusters.iter().find(|it| it["clusterType"] == "SERVERLESS");
    let arn = serverless.unwrap()["clusterArn"].as_str().unwrap();
    let arn = arn.replace(':', "%3A").replace('/', "%2F");
    let path = format!("/v1/clusters/{arn}/bootstrap-brokers");
    let brokers = sandbox.signed(Method::GET, "kafka", "us-east-1", &path);
    let brokers: Value = brokers.send().await.unwrap().json().await.unwrap();
    let brokers = brokers["bootstrapBrokerStringSaslIam"].as_str().unwrap();
    let (host, port) = brokers.split_once(':').unwrap();
    let port: u16 = port.parse().unwrap();

    for (resolution, reaches) in [("IN_VPC", true), ("PUBLIC", false)] {
        let name = format!("audit-{}", resolution.to_lowercase().replace('_', "-"));
        let mut body = sandbox.gateway_body(&name, &["prod-data-1b"]).await;
        body["resourceConfigDnsResolution"] = resolution.into();
        let path = "/resourcegateways";
        let gateway = sandbox.lattice(Method::POST, path, Some(body)).await.ok();
        sandbox.advance(40).await;
        let body = json!({
            "name": name,
            "type": "SINGLE",
            "portRanges": [port.to_string()],
            "resourceGatewayIdentifier": gateway["id"],
            "resourceConfigurationDefinition":
                { "dnsResource": { "domainName": host, "ipAddressType": "IPV4" } },
        });
        let configuration = post(&sandbox, body).await;
        sandbox.advance(20).await;
        let arn = configuration["arn"].as_str().unwrap();
        let share = sandbox.share(&name, arn, &[CLICKPIPES]).await;
        sandbox.advance(20).await;
        let (_, suffix) = host.split_once('.').unwrap();
        let wildcard = json!([{ "privateDnsName": format!("*.{suffix}") }]);
        let body = json!({
            "description": name,
            "type": "VPC_RESOURCE",
            "vpcResourceConfigurationId": configuration["id"],
            "vpcResourceShareArn": share,
            "customPrivateDnsMappings": wildcard,
        });
        let id = sandbox.asked_for(ORDERS_SERVICE, body).await;
        sandbox.advance(60).await;
        sandbox.advance(5).await;
        let way = sandbox.through(&id, host, port).await;
        assert_eq!(way["reaches"], reaches, "{resolution}: {way}");
        // The wildcard is taken now; the next endpoint needs it for itself.
        let path = format!("{}/{id}", sandbox.endpoints_path(ORDERS_SERVICE));
        let none = json!({ "customPrivateDnsMappings": [] });
        sandbox.cloud(Method::PATCH, &path, Some(none)).await.ok();
        let way = sandbox.through(&id, host, port).await;
        assert!(
            way.to_string().contains("does not resolve to the endpoint"),
            "{way}"
        );
    }
}
