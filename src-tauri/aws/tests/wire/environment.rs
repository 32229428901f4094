//! The environment of a shell must not win over the profile that was picked.
//!
//! Variables are process-wide, so each case runs in a child: this test binary again, with one ignored test.

use std::process::Command;

use pipelink_aws::{Aws, AwsFiles, profile};
use pipelink_plan::problem::Problem;

use crate::support::World;

/// Runs one ignored test of this binary in a process with other variables.
fn in_child(test: &str, variables: &[(&str, &str)]) {
    let mut child = Command::new(std::env::current_exe().unwrap());
    child.args(["--exact", test, "--ignored", "--nocapture"]);
    for name in [
        "AWS_PROFILE",
        "AWS_SESSION_TOKEN",
        "AWS_CONFIG_FILE",
        "AWS_SHARED_CREDENTIALS_FILE",
    ] {
        child.env_remove(name);
    }
    let done = child.envs(variables.iter().copied()).output().unwrap();
    let out = String::from_utf8_lossy(&done.stdout);
    assert!(
        done.status.success() && out.contains("1 passed"),
        "{test}:\n{out}\n{}",
        String::from_utf8_lossy(&done.stderr)
    );
}

#[tokio::test]
async fn the_picked_profile_wins_over_the_environment() {
    let world = World::start().await;
    let there = world.sandbox.connection();
    let home = tempfile::tempdir().unwrap();
    let config = home.path().join("elsewhere");
    std::fs::write(
        &config,
        format!(
            "[profile picked]\nregion = eu-west-1\naws_access_key_id = {}\naws_secret_access_key = {}\nendpoint_url = {}\n",
            there.access_key_id, there.secret_access_key, there.aws_endpoint_url
        ),
    )
    .unwrap();
    tokio::task::spawn_blocking(move || {
        in_child(
            "environment::child_opens_the_picked_profile",
            &[
                ("HOME", home.path().to_str().unwrap()),
                ("AWS_CONFIG_FILE", config.to_str().unwrap()),
                // The sandbox would refuse these keys.
                ("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE"),
                ("AWS_SECRET_ACCESS_KEY", "from-the-environment"),
                ("AWS_REGION", "eu-central-1"),
                ("AWS_DEFAULT_REGION", "eu-central-1"),
                ("AWS_PROFILE", "another"),
                // Would panic inside the SDK if it were read.
                ("AWS_RETRY_MODE", "nonsense"),
            ],
        );
    })
    .await
    .unwrap();
    // Once by the child itself, and once before its keys were used.
    assert_eq!(world.calls("GetCallerIdentity").await, 2);
}

#[tokio::test]
#[ignore = "runs in a child process with its own variables"]
async fn child_opens_the_picked_profile() {
    let files = AwsFiles::default();
    let listed = profile::list(&files).await.unwrap();
    assert_eq!(listed.len(), 1);
    assert_eq!(listed[0].name, "picked");
    let aws = Aws::open_profile(&files, "picked", "us-east-2")
        .await
        .unwrap();
    let identity = aws.identity().await.unwrap();
    assert_eq!(identity.account_id, "111122223333");
    assert_eq!(identity.region, "us-east-2");
    let facts = aws.discover_region(identity).await;
    assert_eq!(
        facts.vpcs.known().unwrap()[0].name.as_deref(),
        Some("warehouse")
    );
}

#[tokio::test]
async fn an_address_from_the_environment_is_used_and_told() {
    let world = World::start().await;
    let there = world.sandbox.connection();
    let home = tempfile::tempdir().unwrap();
    std::fs::create_dir(home.path().join(".aws")).unwrap();
    std::fs::write(
        home.path().join(".aws").join("credentials"),
        format!(
            "[picked]\naws_access_key_id = {}\naws_secret_access_key = {}\n",
            there.access_key_id, there.secret_access_key
        ),
    )
    .unwrap();
    let url = there.aws_endpoint_url.clone();
    tokio::task::spawn_blocking(move || {
        in_child(
            "environment::child_tells_the_address",
            &[
                ("HOME", home.path().to_str().unwrap()),
                ("AWS_ENDPOINT_URL", &url),
                ("PIPELINK_TEST_URL", &url),
            ],
        );
    })
    .await
    .unwrap();
}

#[tokio::test]
#[ignore = "runs in a child process with its own variables"]
async fn child_tells_the_address() {
    // The standard places: only the credentials file is there.
    let aws = Aws::open_profile(&AwsFiles::default(), "picked", "us-east-1")
        .await
        .unwrap();
    let identity = aws.identity().await.unwrap();
    assert_eq!(
        identity.endpoint_override,
        std::env::var("PIPELINK_TEST_URL").ok()
    );
}

#[tokio::test]
async fn a_proxy_does_not_divert_the_sandbox() {
    let world = World::start().await;
    let there = world.sandbox.connection();
    let (url, id, secret) = (
        there.aws_endpoint_url.clone(),
        there.access_key_id.clone(),
        there.secret_access_key.clone(),
    );
    tokio::task::spawn_blocking(move || {
        in_child(
            "environment::child_reaches_the_sandbox",
            &[
                // Nobody listens on the discard port.
                ("HTTP_PROXY", "http://127.0.0.1:9"),
                ("http_proxy", "http://127.0.0.1:9"),
                ("ALL_PROXY", "http://127.0.0.1:9"),
                ("PIPELINK_TEST_URL", &url),
                ("PIPELINK_TEST_ID", &id),
                ("PIPELINK_TEST_SECRET", &secret),
            ],
        );
    })
    .await
    .unwrap();
    assert_eq!(world.calls("GetCallerIdentity").await, 1);
}

#[tokio::test]
#[ignore = "runs in a child process with its own variables"]
async fn child_reaches_the_sandbox() {
    let variable = |name: &str| std::env::var(name).unwrap();
    let aws = Aws::open_sandbox(
        &variable("PIPELINK_TEST_URL"),
        "us-east-1",
        &variable("PIPELINK_TEST_ID"),
        &variable("PIPELINK_TEST_SECRET"),
    );
    aws.identity().await.unwrap();
}

#[tokio::test]
async fn an_sso_sign_in_that_is_over_is_told_without_a_call() {
    let home = tempfile::tempdir().unwrap();
    let aws = home.path().join(".aws");
    let cache = aws.join("sso").join("cache");
    std::fs::create_dir_all(&cache).unwrap();
    std::fs::write(
        aws.join("config"),
        "[sso-session corp]\nsso_start_url = https://corp.invalid/start\nsso_region = us-east-1\n\
         [profile absent]\nsso_session = corp\nsso_account_id = 111122223333\nsso_role_name = Admin\n\
         [profile over]\nsso_start_url = https://old.invalid/start\nsso_region = us-east-1\nsso_account_id = 111122223333\nsso_role_name = Admin\n\
         [profile role]\nrole_arn = arn:aws:iam::777788889999:role/Deploy\nsource_profile = over\n",
    )
    .unwrap();
    // printf https://old.invalid/start | sha1sum
    std::fs::write(
        cache.join("29faf4c73268c99a3bfb60f0a2c43c9f8f71e4a5.json"),
        r#"{"accessToken":"secret","expiresAt":"2020-01-01T00:00:00Z"}"#,
    )
    .unwrap();
    tokio::task::spawn_blocking(move || {
        in_child(
            "environment::child_sees_the_sign_ins",
            &[("HOME", home.path().to_str().unwrap())],
        );
    })
    .await
    .unwrap();
}

#[tokio::test]
#[ignore = "runs in a child process with its own variables"]
async fn child_sees_the_sign_ins() {
    let files = AwsFiles::default();
    for name in ["over", "role"] {
        let over = Problem::CredentialsExpired {
            profile: name.to_owned(),
        };
        let listed = profile::list(&files).await.unwrap();
        let entry = listed.iter().find(|entry| entry.name == name).unwrap();
        assert_eq!(entry.problem.as_ref(), Some(&over));
        assert_eq!(
            Aws::open_profile(&files, name, "us-east-1")
                .await
                .unwrap_err(),
            over
        );
    }
    let absent = Aws::open_profile(&files, "absent", "us-east-1")
        .await
        .unwrap_err();
    assert_eq!(
        absent,
        Problem::SignInMissing {
            profile: "absent".to_owned()
        }
    );
}
