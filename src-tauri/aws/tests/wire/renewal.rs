//! Credentials renewed outside, while an account is open: taken up at once, and only for the same account.

use std::path::{Path, PathBuf};

use pipelink_aws::{Aws, AwsFiles};
use pipelink_plan::problem::Problem;

use crate::support::World;

/// The AWS files of one test, with a profile `p`.
struct Files {
    dir: tempfile::TempDir,
}

impl Files {
    fn at(endpoint_url: &str) -> Self {
        let files = Self {
            dir: tempfile::tempdir().unwrap(),
        };
        files.config(&format!("endpoint_url = {endpoint_url}\n"));
        files.keys("AKIAIOSFODNN7EXAMPLE", "nobody-knows-these-keys");
        files
    }

    fn config(&self, settings: &str) {
        std::fs::write(self.path("config"), format!("[profile p]\n{settings}")).unwrap();
    }

    fn keys(&self, id: &str, secret: &str) {
        let text = format!("[p]\naws_access_key_id = {id}\naws_secret_access_key = {secret}\n");
        std::fs::write(self.path("credentials"), text).unwrap();
    }

    fn keys_of(&self, world: &World) {
        let there = world.sandbox.connection();
        self.keys(&there.access_key_id, &there.secret_access_key);
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    async fn open(&self) -> Aws {
        let files = AwsFiles {
            config: Some(self.path("config")),
            credentials: Some(self.path("credentials")),
        };
        Aws::open_profile(&files, "p", "us-east-1").await.unwrap()
    }
}

fn lines(path: &Path) -> usize {
    std::fs::read_to_string(path).map_or(0, |text| text.lines().count())
}

#[tokio::test]
async fn keys_renewed_in_the_file_serve_the_account_that_is_open() {
    let world = World::start().await;
    let files = Files::at(&world.sandbox.connection().aws_endpoint_url);
    let aws = files.open().await;
    for _ in 0..2 {
        match aws.identity().await {
            Err(Problem::CredentialsUnavailable { profile, .. }) => assert_eq!(profile, "p"),
            other => panic!("{other:?}"),
        }
    }

    files.keys_of(&world);
    assert_eq!(aws.identity().await.unwrap().account_id, "111122223333");
    assert!(!aws.regions().await.unwrap().is_empty());

    // A change is seen without waiting for a refusal, too.
    files.keys("AKIAIOSFODNN7EXAMPLE", "nobody-knows-these-keys");
    let before = world.calls("DescribeRegions").await;
    match aws.regions().await {
        Err(Problem::CredentialsUnavailable { profile, .. }) => assert_eq!(profile, "p"),
        other => panic!("{other:?}"),
    }
    assert_eq!(world.calls("DescribeRegions").await, before);
    files.keys_of(&world);
    assert!(!aws.regions().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_profile_that_cannot_be_used_any_more_is_told_by_its_kind() {
    let world = World::start().await;
    let url = &world.sandbox.connection().aws_endpoint_url;
    let files = Files::at(url);
    files.keys_of(&world);
    let aws = files.open().await;
    aws.identity().await.unwrap();

    files.config(&format!(
        "endpoint_url = {url}\nmfa_serial = arn:aws:iam::111122223333:mfa/admin\n"
    ));
    let refused = aws.identity().await.unwrap_err();
    let wanted = Problem::ProfileUnsupported {
        profile: "p".to_owned(),
        kind: "mfa_serial".to_owned(),
    };
    assert_eq!(refused, wanted);
}

#[cfg(unix)]
#[tokio::test]
async fn credentials_that_expired_are_fetched_anew_at_the_next_call() {
    let world = World::start().await;
    let there = world.sandbox.connection();
    let files = Files::at(&there.aws_endpoint_url);
    // Keys there would win over the command.
    std::fs::write(files.path("credentials"), "").unwrap();
    let (asked, answer) = (files.path("asked"), files.path("answer.json"));
    let json = format!(
        r#"{{"Version":1,"AccessKeyId":"{}","SecretAccessKey":"{}"}}"#,
        there.access_key_id, there.secret_access_key
    );
    std::fs::write(&answer, json).unwrap();
    files.config(&format!(
        "endpoint_url = {}\ncredential_process = echo once >> {}; cat {}\n",
        there.aws_endpoint_url,
        asked.display(),
        answer.display()
    ));
    let aws = files.open().await;
    aws.identity().await.unwrap();
    aws.regions().await.unwrap();
    assert_eq!(lines(&asked), 1);

    world
        .fault("ec2", "DescribeRegions", "expired_credentials", 1)
        .await;
    match aws.regions().await {
        Err(Problem::CredentialsExpired { profile }) => assert_eq!(profile, "p"),
        other => panic!("{other:?}"),
    }
    assert_eq!(lines(&asked), 1);
    aws.regions().await.unwrap();
    aws.regions().await.unwrap();
    assert_eq!(lines(&asked), 2);
}

#[tokio::test]
async fn keys_of_another_account_are_refused_and_both_accounts_named() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("world.json");
    let world = World::kept(&file).await;
    let files = Files::at(&world.sandbox.connection().aws_endpoint_url);
    files.keys_of(&world);
    let aws = files.open().await;
    assert_eq!(aws.identity().await.unwrap().account_id, "111122223333");

    let world = world
        .changed(&file, |world| {
            world["account"]["id"] = "444455556666".into();
            world["account"]["user_arn"] = "arn:aws:iam::444455556666:user/alex".into();
            world["keys"]["access_key_id"] = "AKIAZZZ6D39QFCAOTHER".into();
        })
        .await;
    files.keys_of(&world);
    for _ in 0..2 {
        match aws.regions().await {
            Err(Problem::CredentialsUnavailable { profile, message }) => {
                assert_eq!(profile, "p");
                assert!(message.contains("111122223333"), "{message}");
                assert!(message.contains("444455556666"), "{message}");
            }
            other => panic!("{other:?}"),
        }
    }
    // Nothing but the question whose keys they are was asked with them.
    assert_eq!(world.calls("DescribeRegions").await, 0);
    // Opened anew, they are what was picked.
    let anew = files.open().await;
    assert_eq!(anew.identity().await.unwrap().account_id, "444455556666");
}
