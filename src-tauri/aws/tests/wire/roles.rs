//! A profile that assumes a role: opened, used in its own name, and renewed when its session ends.

use std::time::Duration;

use pipelink_aws::{Aws, AwsFiles};
use pipelink_plan::problem::Problem;

use crate::support::World;

/// A role of the scenario's account that needs nothing beside the account's keys.
const ROLE: &str = "arn:aws:iam::111122223333:role/NetworkAdmin";

async fn open(world: &World, dir: &tempfile::TempDir, settings: &str) -> Aws {
    let there = world.sandbox.connection();
    let config = format!(
        "[profile base]\naws_access_key_id = {}\naws_secret_access_key = {}\n\
         [profile role]\nsource_profile = base\nendpoint_url = {}\n{settings}",
        there.access_key_id, there.secret_access_key, there.aws_endpoint_url
    );
    let path = |name: &str| Some(dir.path().join(name));
    let files = AwsFiles {
        config: path("config"),
        credentials: path("credentials"),
    };
    std::fs::write(dir.path().join("config"), config).unwrap();
    std::fs::write(dir.path().join("credentials"), "").unwrap();
    Aws::open_profile(&files, "role", "us-east-1")
        .await
        .unwrap()
}

#[tokio::test]
async fn a_role_is_assumed_once_and_acts_in_its_own_name() {
    let (world, dir) = (World::start().await, tempfile::tempdir().unwrap());
    let settings = format!("role_arn = {ROLE}\nrole_session_name = pipelink-test\n");
    let aws = open(&world, &dir, &settings).await;
    let identity = aws.identity().await.unwrap();
    assert_eq!(identity.account_id, "111122223333");
    assert_eq!(
        identity.arn,
        "arn:aws:sts::111122223333:assumed-role/NetworkAdmin/pipelink-test"
    );
    aws.regions().await.unwrap();
    assert!(aws.discover_region(identity).await.vpcs.known().is_some());
    assert_eq!(world.calls("AssumeRole").await, 1);
}

#[tokio::test]
async fn the_external_id_of_the_profile_is_given() {
    let (world, dir) = (World::start().await, tempfile::tempdir().unwrap());
    let partner = "role_arn = arn:aws:iam::111122223333:role/PartnerAccess\n";
    let aws = open(
        &world,
        &dir,
        &format!("{partner}external_id = example-partner\n"),
    )
    .await;
    assert!(
        aws.identity()
            .await
            .unwrap()
            .arn
            .contains("/PartnerAccess/")
    );
    let aws = open(&world, &dir, partner).await;
    let refused = aws.identity().await.unwrap_err();
    assert!(
        matches!(refused, Problem::AccessDenied { .. }),
        "{refused:?}"
    );
}

#[tokio::test]
async fn a_session_that_is_over_is_told_once_and_then_renewed() {
    let (world, dir) = (World::start().await, tempfile::tempdir().unwrap());
    let aws = open(&world, &dir, &format!("role_arn = {ROLE}\n")).await;
    aws.identity().await.unwrap();
    // Past the hour for which the session was given.
    world.advance(Duration::from_hours(2)).await;
    match aws.regions().await {
        Err(Problem::CredentialsExpired { profile }) => assert_eq!(profile, "role"),
        other => panic!("{other:?}"),
    }
    aws.regions().await.unwrap();
    assert_eq!(world.calls("AssumeRole").await, 2);
}

#[tokio::test]
async fn a_role_that_is_refused_names_the_call() {
    let (world, dir) = (World::start().await, tempfile::tempdir().unwrap());
    let nowhere = "role_arn = arn:aws:iam::111122223333:role/NoSuchRole\n";
    let aws = open(&world, &dir, nowhere).await;
    match aws.identity().await {
        Err(Problem::AccessDenied { action, .. }) => assert_eq!(action, "sts:AssumeRole"),
        other => panic!("{other:?}"),
    }
    // Nothing was asked in the name of the profile it comes from.
    assert_eq!(world.calls("GetCallerIdentity").await, 0);
}
