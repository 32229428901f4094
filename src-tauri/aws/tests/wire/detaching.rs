//! A configuration is removed only if nobody else's endpoint would lose its way by it: neither one that came
//! through a share that is still there, nor one that somebody else made.

use pipelink_plan::CLICKPIPES_ACCOUNT;
use pipelink_plan::problem::Problem;
use pipelink_plan::step::{Action, OutputName, Outputs};
use serde_json::{Value, json};

use crate::support::{World, configuration, run};

/// In the scenario, in one live share, and attached to one Ready endpoint of ClickPipes.
const CONFIGURATION: &str = "rcfg-0d02e8c4441233466";
const ARN: &str =
    "arn:aws:vpc-lattice:us-east-1:111122223333:resourceconfiguration/rcfg-0d02e8c4441233466";

fn removal() -> (Action, Outputs) {
    let gateway = Outputs::default().with(OutputName::GatewayId, "rgw-071d6d2fbb25f2237");
    (
        configuration("inventory-postgres", &gateway),
        Outputs::default()
            .with(OutputName::ConfigurationId, CONFIGURATION)
            .with(OutputName::ConfigurationArn, ARN),
    )
}

/// A world in which these endpoints, each with its owner, use the configuration too, and no share has it any
/// more. The VPC endpoints belong to others, so that only the file of the world can bring them in.
async fn used_also_by(endpoints: &[(&str, &str)]) -> (World, tempfile::TempDir) {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("world.json");
    let world = World::kept(&file).await;
    let world = world
        .changed(&file, |world| {
            let shares = &mut world["regions"]["us-east-1"]["resource_shares"];
            let shares = shares.as_array_mut().unwrap();
            shares.retain(|share| !share.to_string().contains(CONFIGURATION));
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
        match world.aws.remove(&action, &run(1), &outputs).await {
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
async fn what_is_in_a_live_share_keeps_its_endpoint() {
    for status in ["ASSOCIATED", "ASSOCIATING"] {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("world.json");
        let world = World::kept(&file).await;
        let mut share = Value::Null;
        let world = world
            .changed(&file, |world| {
                let shares = world["regions"]["us-east-1"]["resource_shares"].as_array_mut();
                let holds = |each: &&mut Value| each.to_string().contains(CONFIGURATION);
                let found = shares.unwrap().iter_mut().find(holds).unwrap();
                for end in found["associations"].as_array_mut().unwrap() {
                    end["status"] = status.into();
                }
                share = found["arn"].clone();
            })
            .await;
        let (action, outputs) = removal();
        match world.aws.remove(&action, &run(1), &outputs).await {
            Err(Problem::Conflict { operation, message }) => {
                assert_eq!(operation, "DeleteResourceConfiguration");
                assert!(message.contains(share.as_str().unwrap()), "{message}");
            }
            other => panic!("{other:?}"),
        }
        let attached = world.aws.endpoint_associations(CONFIGURATION).await;
        assert_eq!(attached.unwrap().len(), 1, "{status}");
        assert_eq!(world.calls("DeleteResourceEndpointAssociation").await, 0);
        assert_eq!(world.calls("DeleteResourceConfiguration").await, 0);
    }
}

#[tokio::test]
async fn the_one_endpoint_that_a_deleted_share_left_is_detached() {
    let (world, _dir) = used_also_by(&[]).await;
    let (action, outputs) = removal();
    world.remove(&action, &outputs).await;
    assert_eq!(world.calls("DeleteResourceEndpointAssociation").await, 1);
}

#[tokio::test]
async fn without_the_right_to_see_who_uses_it_aws_itself_decides() {
    for (service, operation) in [
        ("vpc-lattice", "ListResourceEndpointAssociations"),
        ("ram", "GetResourceShareAssociations"),
    ] {
        let (world, _dir) = used_also_by(&[]).await;
        world.fault(service, operation, "deny", 0).await;
        let (action, outputs) = removal();
        match world.aws.remove(&action, &run(1), &outputs).await {
            Err(Problem::Conflict { operation, .. }) => {
                assert_eq!(operation, "DeleteResourceConfiguration");
            }
            other => panic!("{other:?}"),
        }
        assert_eq!(world.calls("DeleteResourceEndpointAssociation").await, 0);
        assert_eq!(world.calls("DeleteResourceConfiguration").await, 1);
    }
}
