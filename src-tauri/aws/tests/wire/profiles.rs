//! Profiles of every kind: how each is told apart, what is refused by name, and what is really used.

use std::path::PathBuf;

use pipelink_aws::{Aws, AwsFiles, profile};
use pipelink_plan::account::{Profile, ProfileKind};
use pipelink_plan::problem::{Party, Problem};

use crate::support::World;

/// AWS files that live as long as the test.
struct Files {
    _dir: tempfile::TempDir,
    files: AwsFiles,
}

fn files(config: &str, credentials: &str) -> Files {
    let dir = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| -> Option<PathBuf> {
        let path = dir.path().join(name);
        std::fs::write(&path, text).unwrap();
        Some(path)
    };
    let files = AwsFiles {
        config: write("config", config),
        credentials: write("credentials", credentials),
    };
    Files { _dir: dir, files }
}

const EVERY_KIND: &str = "
[default]
region = eu-west-1

[profile keys-in-config]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = wJalrXUtnFEMI
[profile half-keys]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE

[sso-session corp]
sso_start_url = https://corp.awsapps.com/start
sso_region = us-east-1
[profile sso]
sso_session = corp
sso_account_id = 111122223333
sso_role_name = NetworkAdmin
[profile sso-no-session]
sso_session = nowhere
sso_account_id = 111122223333
sso_role_name = NetworkAdmin
[profile sso-token-only]
sso_session = corp
[profile sso-legacy]
sso_start_url = https://old.awsapps.com/start
sso_region = us-east-1
sso_account_id = 444455556666
sso_role_name = ReadOnly

[profile role]
role_arn = arn:aws:iam::777788889999:role/Deploy
source_profile = keys-in-config
[profile role-of-itself]
role_arn = arn:aws:iam::777788889999:role/Deploy
source_profile = role-of-itself
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = wJalrXUtnFEMI
[profile role-mfa]
role_arn = arn:aws:iam::777788889999:role/Deploy
source_profile = keys-in-config
mfa_serial = arn:aws:iam::111122223333:mfa/admin
[profile role-over-mfa]
role_arn = arn:aws:iam::777788889999:role/Second
source_profile = role-mfa
[profile role-of-nobody]
role_arn = arn:aws:iam::777788889999:role/Deploy
[profile role-of-a-ghost]
role_arn = arn:aws:iam::777788889999:role/Deploy
source_profile = ghost
[profile circle-a]
role_arn = arn:aws:iam::777788889999:role/A
source_profile = circle-b
[profile circle-b]
role_arn = arn:aws:iam::777788889999:role/B
source_profile = circle-a
[profile role-ec2]
role_arn = arn:aws:iam::777788889999:role/Deploy
credential_source = Ec2InstanceMetadata
[profile role-ecs]
role_arn = arn:aws:iam::777788889999:role/Deploy
credential_source = EcsContainer
[profile role-environment]
role_arn = arn:aws:iam::777788889999:role/Deploy
credential_source = Environment

[profile process]
credential_process = /opt/bin/awscreds
[profile web]
role_arn = arn:aws:iam::777788889999:role/Web
web_identity_token_file = /var/run/token
[profile web-no-role]
web_identity_token_file = /var/run/token
[profile login]
login_session = arn:aws:iam::111122223333:user/admin
[profile role-over-login]
role_arn = arn:aws:iam::777788889999:role/Deploy
source_profile = login

[not-a-profile]
aws_access_key_id = ignored
";

fn by_name<'a>(profiles: &'a [Profile], name: &str) -> &'a Profile {
    profiles
        .iter()
        .find(|profile| profile.name == name)
        .unwrap_or_else(|| panic!("{name} is not listed"))
}

#[tokio::test]
async fn every_kind_is_told_apart() {
    let files = files(
        EVERY_KIND,
        "[only-in-credentials]\naws_access_key_id = A\naws_secret_access_key = B\n",
    );
    let found = profile::list(&files.files).await.unwrap();
    let kinds = [
        ("default", ProfileKind::Nothing),
        ("keys-in-config", ProfileKind::Keys),
        ("half-keys", ProfileKind::Keys),
        ("only-in-credentials", ProfileKind::Keys),
        ("sso", ProfileKind::Sso),
        ("sso-no-session", ProfileKind::Sso),
        ("sso-token-only", ProfileKind::Sso),
        ("sso-legacy", ProfileKind::SsoLegacy),
        ("role", ProfileKind::Role),
        ("role-of-itself", ProfileKind::Role),
        ("role-mfa", ProfileKind::RoleMfa),
        ("role-over-mfa", ProfileKind::Role),
        ("role-of-nobody", ProfileKind::Role),
        ("role-of-a-ghost", ProfileKind::Role),
        ("circle-a", ProfileKind::Role),
        ("circle-b", ProfileKind::Role),
        ("role-ec2", ProfileKind::Role),
        ("role-ecs", ProfileKind::Role),
        ("role-environment", ProfileKind::Role),
        ("process", ProfileKind::Process),
        ("web", ProfileKind::WebIdentity),
        ("web-no-role", ProfileKind::WebIdentity),
        ("login", ProfileKind::Login),
        ("role-over-login", ProfileKind::Role),
    ];
    for (name, kind) in kinds {
        assert_eq!(by_name(&found, name).kind, kind, "{name}");
    }
    assert_eq!(found.len(), kinds.len());
    assert!(found.is_sorted_by(|a, b| a.name < b.name));

    let sso = by_name(&found, "sso");
    assert_eq!(sso.account_id.as_deref(), Some("111122223333"));
    assert_eq!(sso.role.as_deref(), Some("NetworkAdmin"));
    let role = by_name(&found, "role");
    assert_eq!(role.account_id.as_deref(), Some("777788889999"));
    assert_eq!(
        role.role.as_deref(),
        Some("arn:aws:iam::777788889999:role/Deploy")
    );
    assert_eq!(
        by_name(&found, "default").region.as_deref(),
        Some("eu-west-1")
    );
}

#[tokio::test]
async fn what_can_be_tried_has_no_problem_and_the_rest_says_why() {
    let files = files(EVERY_KIND, "");
    let found = profile::list(&files.files).await.unwrap();
    for name in [
        "keys-in-config",
        "role",
        "role-of-itself",
        "role-environment",
        "process",
        "web",
    ] {
        assert_eq!(by_name(&found, name).problem, None, "{name}");
    }
    for (name, kind) in [
        ("role-mfa", "mfa_serial"),
        ("role-over-mfa", "mfa_serial"),
        ("role-ec2", "credential_source = Ec2InstanceMetadata"),
        ("role-ecs", "credential_source = EcsContainer"),
        ("login", "login_session"),
        ("role-over-login", "login_session"),
    ] {
        let wanted = Problem::ProfileUnsupported {
            profile: name.to_owned(),
            kind: kind.to_owned(),
        };
        assert_eq!(
            by_name(&found, name).problem,
            Some(wanted.clone()),
            "{name}"
        );
        // And never tried in silence.
        let refused = Aws::open_profile(&files.files, name, "us-east-1")
            .await
            .unwrap_err();
        assert_eq!(refused, wanted);
    }
    for name in [
        "default",
        "half-keys",
        "sso-no-session",
        "sso-token-only",
        "role-of-nobody",
        "circle-a",
        "web-no-role",
    ] {
        match &by_name(&found, name).problem {
            Some(Problem::CredentialsUnavailable { profile, message }) => {
                assert_eq!(profile, name);
                assert!(!message.is_empty());
            }
            other => panic!("{name}: {other:?}"),
        }
    }
    let ghost = Problem::ProfileMissing {
        profile: "ghost".to_owned(),
    };
    assert_eq!(by_name(&found, "role-of-a-ghost").problem, Some(ghost));
}

#[tokio::test]
async fn a_profile_that_is_not_there_is_named() {
    let files = files("[profile a]\n", "");
    let refused = Aws::open_profile(&files.files, "b", "us-east-1")
        .await
        .unwrap_err();
    assert_eq!(
        refused,
        Problem::ProfileMissing {
            profile: "b".to_owned()
        }
    );
}

#[tokio::test]
async fn files_that_cannot_be_read_are_an_error_not_an_empty_list() {
    let files = files("[profile a\nthis is = not a section\n", "");
    match profile::list(&files.files).await {
        Err(Problem::Malformed { party, message, .. }) => {
            assert_eq!(party, Party::Computer);
            assert!(!message.is_empty());
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn keys_and_commands_open_the_account_in_the_region_asked_for() {
    let world = World::start().await;
    let there = world.sandbox.connection();
    let (url, id, secret) = (
        &there.aws_endpoint_url,
        &there.access_key_id,
        &there.secret_access_key,
    );
    let json = format!(r#"{{"Version":1,"AccessKeyId":"{id}","SecretAccessKey":"{secret}"}}"#);
    let files = files(
        &format!(
            "[profile keys]\nregion = eu-west-1\nendpoint_url = {url}\n\
             [profile process]\nendpoint_url = {url}\ncredential_process = printf %s '{json}'\n"
        ),
        &format!("[keys]\naws_access_key_id = {id}\naws_secret_access_key = {secret}\n"),
    );
    for name in ["keys", "process"] {
        let aws = Aws::open_profile(&files.files, name, "us-east-2")
            .await
            .unwrap();
        let identity = aws.identity().await.unwrap();
        assert_eq!(identity.account_id, "111122223333", "{name}");
        assert_eq!(identity.region, "us-east-2", "{name}");
        // Where the calls go is told before anything is written.
        assert_eq!(identity.endpoint_override.as_ref(), Some(url), "{name}");
        // The region of the call, not of the profile.
        let facts = aws.discover_region(identity).await;
        let vpcs = facts.vpcs.known().unwrap();
        assert_eq!(vpcs.len(), 1);
        assert_eq!(vpcs[0].name.as_deref(), Some("warehouse"));
    }
}

#[tokio::test]
async fn a_command_that_fails_gives_no_credentials_and_no_call() {
    let world = World::start().await;
    let url = &world.sandbox.connection().aws_endpoint_url;
    let files = files(
        &format!("[profile p]\nendpoint_url = {url}\ncredential_process = exit 3\n"),
        "",
    );
    let aws = Aws::open_profile(&files.files, "p", "us-east-1")
        .await
        .unwrap();
    match aws.identity().await {
        Err(Problem::CredentialsUnavailable { profile, message }) => {
            assert_eq!(profile, "p");
            assert!(!message.is_empty());
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(world.calls("GetCallerIdentity").await, 0);
}

#[tokio::test]
async fn a_role_that_aws_does_not_give_names_the_call_that_failed() {
    let world = World::start().await;
    let there = world.sandbox.connection();
    let files = files(
        &format!(
            "[profile base]\naws_access_key_id = {}\naws_secret_access_key = {}\n\
             [profile role]\nrole_arn = arn:aws:iam::777788889999:role/Deploy\nsource_profile = base\nendpoint_url = {}\n",
            there.access_key_id, there.secret_access_key, there.aws_endpoint_url
        ),
        "",
    );
    let aws = Aws::open_profile(&files.files, "role", "us-east-1")
        .await
        .unwrap();
    // A role of another account, which does not trust this one.
    match aws.identity().await {
        Err(Problem::AccessDenied { action, .. }) => assert_eq!(action, "sts:AssumeRole"),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn nothing_printed_of_a_session_holds_a_secret() {
    let world = World::start().await;
    let there = world.sandbox.connection();
    let text = format!("{:?}", world.aws);
    assert!(text.contains("us-east-1"));
    assert!(!text.contains(&there.secret_access_key));
    assert!(!text.contains(&there.access_key_id));
}
