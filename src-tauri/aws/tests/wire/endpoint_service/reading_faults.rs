//! Every read of a discovery of load balancers under faults: what rests on it is not known, and why; everything else
//! is as it would have been.

use std::sync::Arc;

use pipelink_aws::Look;
use serde_json::json;
use tokio::task::JoinSet;

use super::{CLICKSTREAM_SERVICE, CRM};
use crate::nested::{Facts, take_apart};
use crate::support::World;

async fn look(world: &World) -> Facts {
    let chosen = [CRM.to_owned(), CLICKSTREAM_SERVICE.to_owned()];
    let facts = world.aws.discover_load_balancing(Look::At(&chosen)).await;
    let mut found = Facts::new();
    take_apart("", serde_json::to_value(facts).unwrap(), &mut found);
    found
}

/// Each call, and the fact that rests on it.
const READS: [(&str, &str, &str); 10] = [
    (
        "elasticloadbalancing",
        "DescribeLoadBalancers",
        "loadBalancers",
    ),
    (
        "elasticloadbalancing",
        "DescribeLoadBalancerAttributes",
        "crossZone",
    ),
    ("elasticloadbalancing", "DescribeListeners", "listeners"),
    (
        "elasticloadbalancing",
        "DescribeListenerAttributes",
        "idleTimeout",
    ),
    (
        "elasticloadbalancing",
        "DescribeTargetGroups",
        "targetGroups",
    ),
    (
        "elasticloadbalancing",
        "DescribeTargetGroupAttributes",
        "preservesClientIp",
    ),
    ("elasticloadbalancing", "DescribeTargetHealth", "targets"),
    (
        "ec2",
        "DescribeVpcEndpointServiceConfigurations",
        "endpointServices",
    ),
    ("ec2", "DescribeVpcEndpointServicePermissions", "principals"),
    ("ec2", "DescribeVpcEndpointConnections", "connections"),
];

const FAULTS: [(&str, &str); 6] = [
    ("deny", "accessDenied"),
    ("throttle", "throttled"),
    ("malformed", "malformed"),
    ("lost_answer", "unreachable"),
    ("server_error", "serverError"),
    ("expired_credentials", "credentialsExpired"),
];

/// What is inside of a fact that is not known, and so not there.
fn inside(fact: &str) -> &'static [&'static str] {
    match fact {
        "loadBalancers" => &["crossZone", "listeners", "idleTimeout"],
        "listeners" => &["idleTimeout"],
        "targetGroups" => &["preservesClientIp", "targets"],
        // What is behind the chosen one is not known then, and so not read.
        "endpointServices" => &[
            "principals",
            "connections",
            "crossZone",
            "listeners",
            "idleTimeout",
            "preservesClientIp",
            "targets",
        ],
        _ => &[],
    }
}

#[tokio::test]
async fn a_read_that_fails_costs_the_fact_that_rests_on_it() {
    let undisturbed = World::start().await;
    undisturbed.run_clock(0.0).await;
    let whole = Arc::new(look(&undisturbed).await);
    for (_, operation, fact) in READS {
        assert!(undisturbed.calls(operation).await > 0, "{operation}");
        assert!(whole.contains_key(fact), "{fact}: {:?}", whole.keys());
    }
    let mut cases = JoinSet::new();
    for (service, operation, fact) in READS {
        for (kind, code) in FAULTS {
            let whole = Arc::clone(&whole);
            cases.spawn(async move {
                let world = World::start().await;
                world.run_clock(0.0).await;
                world.fault(service, operation, kind, 0).await;
                let found = look(&world).await;
                for (name, before) in whole.iter() {
                    if inside(fact).contains(&name.as_str()) {
                        continue;
                    }
                    let now = &found[name];
                    if name != fact {
                        assert_eq!(now, before, "{operation} {kind}: {name}");
                        continue;
                    }
                    let codes = now.iter().map(|it| &it["problem"]["code"]);
                    let failed = codes.clone().filter(|it| **it == json!(code)).count();
                    let known = now.iter().filter(|it| it["state"] == "known").count();
                    assert!(failed > 0, "{operation} {kind}: {now:?}");
                    assert_eq!(known, 0, "{operation} {kind}: {now:?}");
                }
            });
        }
    }
    cases.join_all().await;
}

#[tokio::test]
async fn empty_pages_are_not_the_end_of_a_list() {
    let world = World::start().await;
    world.run_clock(0.0).await;
    let whole = look(&world).await;
    let panel = world.seen("panel").await;
    let mut tried = 0;
    for (service, operation, _) in READS {
        let mut offered = panel["operations"].as_array().unwrap().iter();
        let offered = offered
            .find(|it| it["service"] == service && it["operation"] == operation)
            .unwrap();
        if !offered["kinds"]
            .as_array()
            .unwrap()
            .contains(&json!("empty_page"))
        {
            continue;
        }
        tried += 1;
        world.fault(service, operation, "empty_page", 1).await;
        assert_eq!(look(&world).await, whole, "{operation}");
        world.clear_faults().await;
    }
    assert!(tried >= 5, "only {tried} lists have pages");
}
