//! Discovery of load balancers and endpoint services: what is read, and by how many calls.

use std::time::{Duration, Instant};

use pipelink_aws::Look;
use pipelink_plan::CLICKPIPES_ACCOUNT;
use pipelink_plan::facts::load_balancing::LoadBalancer;
use pipelink_plan::observed::Observed;
use pipelink_plan::problem::Problem;
use serde_json::{Value, json};

use super::{BILLING_SERVICE, CLICKSTREAM_SERVICE, CRM};
use crate::support::World;

fn is_not_asked<T>(fact: &Observed<T>) -> bool {
    matches!(fact.problem(), Some(Problem::NotAsked { .. }))
}

async fn calls(world: &World) -> Vec<(String, usize)> {
    let seen = world.seen("calls").await;
    let mut counted: Vec<(String, usize)> = Vec::new();
    for call in seen.as_array().unwrap() {
        let operation = call["operation"].as_str().unwrap();
        match counted.iter_mut().find(|(name, _)| name == operation) {
            Some((_, count)) => *count += 1,
            None => counted.push((operation.to_owned(), 1)),
        }
    }
    counted.sort();
    counted
}

fn named<'a>(all: &'a [LoadBalancer], name: &str) -> &'a LoadBalancer {
    all.iter().find(|it| it.name == name).unwrap()
}

#[tokio::test]
async fn a_look_around_reads_listeners_and_targets_of_network_load_balancers_alone() {
    let world = World::start().await;
    let facts = world.aws.discover_load_balancing(Look::Around).await;
    assert_eq!(
        calls(&world).await,
        [
            ("DescribeListeners", 9),
            ("DescribeLoadBalancers", 1),
            ("DescribeTargetGroups", 1),
            ("DescribeTargetHealth", 10),
            ("DescribeVpcEndpointConnections", 1),
            ("DescribeVpcEndpointServiceConfigurations", 1),
            ("DescribeVpcEndpointServicePermissions", 4),
        ]
        .map(|(name, count)| (name.to_owned(), count))
    );
    let balancers = facts.load_balancers.known().unwrap();
    assert_eq!(
        balancers.len(),
        9,
        "the application load balancer is not offered"
    );
    let crm = named(balancers, "crm-postgres");
    assert_eq!(crm.arn, CRM);
    assert_eq!(crm.enforces_inbound_rules, Some(true));
    assert_eq!(crm.listeners.known().unwrap().len(), 1);
    assert!(is_not_asked(&crm.cross_zone));
    let ledger = named(balancers, "ledger-on-premises");
    assert_eq!(ledger.enforces_inbound_rules, None);
    assert_eq!(ledger.listeners.known().unwrap()[0].port, 6432);
    assert_eq!(
        named(balancers, "storefront-public").scheme,
        "internet-facing"
    );

    let groups = facts.target_groups.known().unwrap();
    assert_eq!(groups.len(), 12);
    for group in groups {
        let network = group
            .load_balancer_arns
            .iter()
            .any(|it| it.contains("/net/"));
        assert_eq!(group.targets.known().is_some(), network, "{}", group.name);
        assert!(is_not_asked(&group.preserves_client_ip));
    }

    let services = facts.endpoint_services.known().unwrap();
    let clickstream = services
        .iter()
        .find(|it| it.id == CLICKSTREAM_SERVICE)
        .unwrap();
    let private = clickstream.private_dns.as_ref().unwrap();
    assert_eq!(private.state.as_deref(), Some("verified"));
    assert_eq!(
        clickstream.service_name,
        format!("com.amazonaws.vpce.us-east-1.{CLICKSTREAM_SERVICE}")
    );
    let ours = format!("arn:aws:iam::{CLICKPIPES_ACCOUNT}:root");
    assert!(clickstream.principals.known().unwrap().contains(&ours));
    assert_eq!(clickstream.connections.known().unwrap().len(), 1);
    let billing = services.iter().find(|it| it.id == BILLING_SERVICE).unwrap();
    assert!(billing.acceptance_required);
    assert_eq!(billing.zone_ids.len(), 2);
    assert!(
        billing
            .supported_regions
            .iter()
            .any(|it| it.region == "us-east-2")
    );
    assert_eq!(billing.connections.known().unwrap().len(), 2);
    let open = services
        .iter()
        .find(|it| it.name.as_deref() == Some("partner-crm"))
        .unwrap();
    assert_eq!(open.principals.known().unwrap(), &["*"]);
    assert!(!open.acceptance_required);
    assert_eq!(open.connections.known().unwrap(), &[]);
}

#[tokio::test]
async fn what_is_chosen_is_read_in_full_and_nothing_else() {
    let world = World::start().await;
    let chosen = [CRM.to_owned(), CLICKSTREAM_SERVICE.to_owned()];
    let facts = world.aws.discover_load_balancing(Look::At(&chosen)).await;
    let counted = calls(&world).await;
    let count = |operation: &str| {
        let found = counted.iter().find(|(name, _)| name == operation);
        found.map_or(0, |(_, count)| *count)
    };
    // One listener of the one, two of the one behind the service.
    assert_eq!(count("DescribeListeners"), 2);
    assert_eq!(count("DescribeLoadBalancerAttributes"), 2);
    assert_eq!(count("DescribeListenerAttributes"), 3);
    assert_eq!(count("DescribeTargetHealth"), 3);
    assert_eq!(count("DescribeTargetGroupAttributes"), 3);
    let balancers = facts.load_balancers.known().unwrap();
    for name in ["crm-postgres", "clickstream-kafka"] {
        let balancer = named(balancers, name);
        assert!(balancer.cross_zone.known().is_some(), "{name}");
        for listener in balancer.listeners.known().unwrap() {
            assert!(listener.idle_timeout.known().unwrap().is_some(), "{name}");
            let groups = facts.target_groups.known().unwrap();
            let mut groups = groups.iter();
            let group = groups.find(|it| listener.target_group_arns.contains(&it.arn));
            let group = group.unwrap();
            assert!(group.targets.known().is_some(), "{name}");
            assert!(group.preserves_client_ip.known().is_some(), "{name}");
        }
    }
    let other = named(balancers, "billing-mysql");
    assert!(is_not_asked(&other.listeners) && is_not_asked(&other.cross_zone));
}

#[tokio::test]
async fn a_custom_idle_timeout_is_seen() {
    let world = World::start().await;
    let all = world.aws.discover_load_balancing(Look::At(&[])).await;
    let all = all.load_balancers.known().unwrap();
    let chosen: Vec<String> = all.iter().map(|it| it.arn.clone()).collect();
    let facts = world
        .aws
        .discover_load_balancing(Look::At(&chosen[5..6]))
        .await;
    let read = facts.load_balancers.known().unwrap();
    let reports = named(read, "reports-postgres");
    let timeout = reports.listeners.known().unwrap()[0].idle_timeout.clone();
    assert!(
        timeout.known().unwrap().is_some_and(|it| it != 350),
        "{timeout:?}"
    );
}

/// Forty more Network Load Balancers, each with five listeners and target groups of its own.
fn crowd(world: &mut Value) {
    let region = &mut world["regions"]["us-east-1"];
    let mut more: [Vec<Value>; 3] = Default::default();
    for number in 0..40 {
        let mut balancer = region["load_balancers"][2].clone();
        let arn = format!("{CRM}{number:02}").replace("crm-postgres", &format!("crowd-{number}"));
        balancer["arn"] = json!(arn);
        balancer["name"] = json!(format!("crowd-{number}"));
        more[0].push(balancer);
        for port in 5432..5437 {
            let mut group = region["target_groups"][3].clone();
            let name = format!("crowd-{number}-{port}");
            let group_arn = format!(
                "arn:aws:elasticloadbalancing:us-east-1:111122223333:targetgroup/{name}/0b8ec14b2c44{number:04}"
            );
            group["arn"] = json!(group_arn);
            group["name"] = json!(name);
            group["port"] = json!(port);
            more[1].push(group);
            let mut listener = region["listeners"][3].clone();
            listener["arn"] =
                json!(format!("{arn}/{port:016x}").replace(":loadbalancer/", ":listener/"));
            listener["load_balancer_arn"] = json!(arn);
            listener["port"] = json!(port);
            listener["target_group_arn"] = json!(group_arn);
            more[2].push(listener);
        }
    }
    for (list, more) in ["load_balancers", "target_groups", "listeners"]
        .into_iter()
        .zip(more)
    {
        region[list].as_array_mut().unwrap().extend(more);
    }
}

#[tokio::test]
async fn an_account_with_many_is_read_within_half_of_what_aws_allows() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("world");
    let world = World::kept(&file).await.changed(&file, crowd).await;
    for operation in ["DescribeLoadBalancers", "DescribeTargetGroups"] {
        world
            .switch_on(json!({
                "service": "elasticloadbalancing", "operation": operation, "kind": "delay",
                "times": 0, "delay_ms": 100,
            }))
            .await;
    }
    let of_balancing = async || {
        let all = calls(&world).await.into_iter();
        let endpoints = |name: &str| name.contains("VpcEndpoint");
        all.filter(|(name, _)| !endpoints(name))
            .map(|(_, count)| count)
            .sum::<usize>()
    };
    let begun = Instant::now();
    let facts = world.aws.discover_load_balancing(Look::Around).await;
    assert!(
        begun.elapsed() < Duration::from_secs(2),
        "nothing is waited for"
    );
    let balancers = facts.load_balancers.known().unwrap();
    assert_eq!(balancers.len(), 49);
    assert_eq!(facts.target_groups.known().unwrap().len(), 212);
    assert!(balancers.iter().all(|it| is_not_asked(&it.listeners)));
    assert_eq!(of_balancing().await, 2);

    let crowded = named(balancers, "crowd-7");
    let facts = world
        .aws
        .discover_load_balancing(Look::At(std::slice::from_ref(&crowded.arn)))
        .await;
    let read = named(facts.load_balancers.known().unwrap(), "crowd-7");
    assert_eq!(read.listeners.known().unwrap().len(), 5);
    // Two lists, listeners and attributes of the one, three calls for each of its five ports.
    assert_eq!(of_balancing().await - 2, 2 + 2 + 15);
}
