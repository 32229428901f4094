//! MSK: what there is to know of a cluster, its multi-VPC connectivity, its policy, the connections to it.

mod connections;
mod connectivity;
mod connectivity_faults;
mod facts;
mod policy;
mod policy_writers;
mod reading_faults;

use std::time::Duration;

use pipelink_plan::CLICKPIPES_ACCOUNT;
use pipelink_plan::facts::msk::{ClusterPolicy, MskCluster, Provisioned};
use pipelink_plan::problem::Problem;
use pipelink_plan::step::{Action, MskAuthentication, MultiVpcSchemes};
use serde_json::Value;

use crate::support::World;

/// Clusters of the default scenario: nothing is on and no policy; IAM is on, others have statements and connections;
/// serverless; ClickPipes is connected; Express.
const EVENTS: &str =
    "arn:aws:kafka:us-east-1:111122223333:cluster/events/7d1c3b52-9a64-4f0d-8f55-0f6d2a9b7c31-9";
const TELEMETRY: &str = "arn:aws:kafka:us-east-1:111122223333:cluster/telemetry/e5a94c03-71bd-4be2-a6f8-2d90c7e1835f-12";
const AUDIT: &str =
    "arn:aws:kafka:us-east-1:111122223333:cluster/audit/91c4e7d2-6b0f-4a38-bd57-e83a1f5c2609-s3";
const PAYMENTS: &str =
    "arn:aws:kafka:us-east-1:111122223333:cluster/payments/c8f27e60-d31a-4195-8e4c-57b0a9d6f312-6";
const SESSIONS: &str =
    "arn:aws:kafka:us-east-1:111122223333:cluster/sessions/3f86d1a9-05c7-4e2b-8b64-9c1e7f40a2d8-7";
const NO_CLUSTER: &str =
    "arn:aws:kafka:us-east-1:111122223333:cluster/none/5f0c1d2e-0000-4000-8000-000000000000-1";

const OFF: MultiVpcSchemes = MultiVpcSchemes {
    iam: false,
    scram: false,
    tls: false,
};
const IAM: MultiVpcSchemes = MultiVpcSchemes { iam: true, ..OFF };
const SCRAM: MultiVpcSchemes = MultiVpcSchemes { scram: true, ..OFF };
const BOTH: MultiVpcSchemes = MultiVpcSchemes { scram: true, ..IAM };

/// A little less than a change of a cluster of three brokers takes in the sandbox's time, a little more, and from the
/// one to the other.
const NEARLY: Duration = Duration::from_mins(69);
const LONG_ENOUGH: Duration = Duration::from_mins(71);
const THE_REST: Duration = Duration::from_mins(2);

fn connectivity(cluster_arn: &str, from: MultiVpcSchemes, to: MultiVpcSchemes) -> Action {
    Action::UpdateMskConnectivity {
        cluster_arn: cluster_arn.to_owned(),
        schemes: to,
        previous: from,
    }
}

fn allowance(cluster_arn: &str) -> Action {
    Action::AllowInClusterPolicy {
        cluster_arn: cluster_arn.to_owned(),
        principal: CLICKPIPES_ACCOUNT.to_owned(),
    }
}

fn bootstrap(cluster_arn: &str, authentication: MskAuthentication) -> Action {
    Action::ReadBootstrapBrokers {
        cluster_arn: cluster_arn.to_owned(),
        authentication,
    }
}

/// A world whose clock stands still.
async fn still() -> World {
    let world = World::start().await;
    world.run_clock(0.0).await;
    world
}

async fn cluster(world: &World, arn: &str) -> MskCluster {
    let facts = world.aws.discover_msk(arn).await;
    facts.cluster.known().unwrap().clone()
}

async fn provisioned(world: &World, arn: &str) -> Provisioned {
    cluster(world, arn).await.provisioned.unwrap()
}

/// What is on for multi-VPC connectivity.
async fn on(world: &World, arn: &str) -> MultiVpcSchemes {
    provisioned(world, arn).await.multi_vpc
}

async fn policy(world: &World, arn: &str) -> Option<ClusterPolicy> {
    let facts = world.aws.discover_msk(arn).await;
    facts.policy.known().unwrap().clone()
}

/// The statements of a cluster's policy.
async fn statements(world: &World, arn: &str) -> Vec<Value> {
    let Some(policy) = policy(world, arn).await else {
        return Vec::new();
    };
    let document: Value = serde_json::from_str(&policy.document).unwrap();
    document["Statement"].as_array().unwrap().clone()
}

fn code(problem: &Problem) -> String {
    let json = serde_json::to_value(problem).unwrap();
    json["code"].as_str().unwrap().to_owned()
}

/// A cluster in a world's file.
fn kept_cluster<'a>(world: &'a mut Value, name: &str) -> &'a mut Value {
    let clusters = &mut world["regions"]["us-east-1"]["msk_clusters"];
    let mut clusters = clusters.as_array_mut().unwrap().iter_mut();
    clusters.find(|it| it["name"] == name).unwrap()
}
