//! Every read of a cluster under faults: the fact that rests on it is not known, and why; all others are as they
//! would have been. What failed is never an empty list.

use std::sync::Arc;

use serde_json::{Value, json};
use tokio::task::JoinSet;

use super::{TELEMETRY, still};
use crate::support::World;

/// Each call, and the fact that rests on it.
const READS: [(&str, &str); 7] = [
    ("DescribeClusterV2", "cluster"),
    ("GetClusterPolicy", "policy"),
    ("GetBootstrapBrokers", "bootstrap"),
    ("ListClientVpcConnections", "connections"),
    ("ListClusterOperationsV2", "operations"),
    ("DescribeConfigurationRevision", "configuration"),
    ("ListNodes", "nodes"),
];

const FAULTS: [(&str, &str); 6] = [
    ("deny", "accessDenied"),
    ("throttle", "throttled"),
    ("malformed", "malformed"),
    ("lost_answer", "unreachable"),
    ("server_error", "serverError"),
    ("expired_credentials", "credentialsExpired"),
];

async fn look(world: &World) -> Value {
    serde_json::to_value(world.aws.discover_msk(TELEMETRY).await).unwrap()
}

#[tokio::test]
async fn a_read_that_fails_costs_the_fact_that_rests_on_it() {
    let undisturbed = still().await;
    let whole = Arc::new(look(&undisturbed).await);
    for (operation, fact) in READS {
        assert_eq!(undisturbed.calls(operation).await, 1, "{operation}");
        assert_eq!(whole[fact]["state"], "known", "{fact}");
    }
    let mut cases = JoinSet::new();
    for (operation, fact) in READS {
        for (kind, code) in FAULTS {
            let whole = Arc::clone(&whole);
            cases.spawn(async move {
                let world = still().await;
                world.fault("kafka", operation, kind, 0).await;
                let found = look(&world).await;
                let rests_on_cluster = ["configuration", "vpcId"];
                for (name, before) in whole.as_object().unwrap() {
                    let now = &found[name];
                    if name == fact {
                        assert_eq!(now["state"], "unknown", "{operation} {kind}: {now}");
                        assert_eq!(now["problem"]["code"], code, "{operation} {kind}: {now}");
                    } else if fact == "cluster" && rests_on_cluster.contains(&name.as_str()) {
                        let not_asked = now["problem"]["code"] == "notAsked" || now.is_null();
                        assert!(not_asked, "{operation} {kind}: {name} is {now}");
                    } else {
                        assert_eq!(now, before, "{operation} {kind}: {name}");
                    }
                }
            });
        }
    }
    cases.join_all().await;
}

#[tokio::test]
async fn the_vpc_is_not_known_where_its_subnets_cannot_be_read() {
    let world = still().await;
    let whole = look(&world).await;
    world.fault("ec2", "DescribeSubnets", "deny", 0).await;
    let found = look(&world).await;
    assert_eq!(found["vpcId"], json!(null));
    assert_eq!(found["cluster"], whole["cluster"]);
}

#[tokio::test]
async fn empty_pages_are_not_the_end_of_a_list() {
    let world = still().await;
    let whole = look(&world).await;
    for operation in [
        "ListClientVpcConnections",
        "ListClusterOperationsV2",
        "ListNodes",
    ] {
        world.fault("kafka", operation, "empty_page", 1).await;
        assert_eq!(look(&world).await, whole, "{operation}");
        world.clear_faults().await;
    }
}
