//! A configuration is removed only if nobody else's endpoint would lose its way by it.

use pipelink_plan::CLICKPIPES_ACCOUNT;
use pipelink_plan::problem::Problem;
use pipelink_plan::step::{Action, OutputName, Outputs};
use serde_json::json;

use crate::support::{World, configuration};

/// In the scenario, attached to one Ready endpoint of ClickPipes.
const CONFIGURATION: &str = "rcfg-0d02e8c4441233466";

fn removal() -> (Action, Outputs) {
    let gateway = Outputs::default().with(OutputName::GatewayId, "rgw-071d6d2fbb25f2237");
    (
        configuration("inventory-postgres", &gateway),
        Outputs::default().with(OutputName::ConfigurationId, CONFIGURATION),
    )
}

/// A world in which these endpoints, each with its owner, use the configuration too. The VPC endpoints
/// belong to others, so that only the file of the world can bring them in.
async fn used_also_by(endpoints: &[(&str, &str)]) -> (World, tempfile::TempDir) {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("world.json");
    let world = World::kept(&file).await;
    let world = world
        .changed(&file, |world| {
            let attached = world["regions"]["us-east-1"]["endpoint_associations"]
                .as_array_mut()
                .unwrap();
            for (number, (endpoint, owner)) in endpoints.iter().enumerate() {
                attached.push(json!({
                    "id": format!("rea-0000000000000000{number}"),
                    "configuration_id": CONFIGURATION,
                    "vpc_endpoint_id": endpoint,
                    "vpc_endpoint_owner": owner,
                    "created_at": "2026-06-02T08:20:41Z",
                }));
            }
        })
        .await;
    (world, dir)
}

#[tokio::test]
async fn endpoints_that_the_run_did_not_make_are_named_and_left() {
    for (endpoint, owner) in [
        ("vpce-0aaaaaaaaaaaaaaaa", "444455556666"),
        // A second one of ClickPipes: which of the two is the run's cannot be told from here.
        ("vpce-0bbbbbbbbbbbbbbbb", CLICKPIPES_ACCOUNT),
    ] {
        let (world, _dir) = used_also_by(&[(endpoint, owner)]).await;
        let (action, outputs) = removal();
        match world.aws.remove(&action, &outputs).await {
            Err(Problem::Conflict { operation, message }) => {
                assert_eq!(operation, "DeleteResourceConfiguration");
                assert!(message.contains(endpoint), "{message}");
                assert!(message.contains(owner), "{message}");
            }
            other => panic!("{other:?}"),
        }
        assert_eq!(world.calls("DeleteResourceEndpointAssociation").await, 0);
        assert_eq!(world.calls("DeleteResourceConfiguration").await, 0);
    }
}

#[tokio::test]
async fn without_the_right_to_see_who_uses_it_aws_itself_decides() {
    let world = World::start().await;
    world
        .fault("vpc-lattice", "ListResourceEndpointAssociations", "deny", 0)
        .await;
    let (action, outputs) = removal();
    match world.aws.remove(&action, &outputs).await {
        Err(Problem::Conflict { operation, .. }) => {
            assert_eq!(operation, "DeleteResourceConfiguration");
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(world.calls("DeleteResourceEndpointAssociation").await, 0);
    assert_eq!(world.calls("DeleteResourceConfiguration").await, 1);
}
