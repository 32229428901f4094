#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use serde_json::json;

use super::*;

const CLUSTER: &str = "arn:aws:kafka:us-east-1:111122223333:cluster/events/7d1c3b52-9";
const PIPES: &str = "072088201116";

fn statement() -> Value {
    json!({
        "Sid": "AllowClickPipes",
        "Effect": "Allow",
        "Principal": { "AWS": [PIPES] },
        "Action": CONNECT,
        "Resource": CLUSTER,
    })
}

/// A statement with some of its members replaced; null takes one away.
#[allow(
    clippy::needless_pass_by_value,
    reason = "callers write the JSON where they call"
)]
fn with(changes: Value) -> Value {
    let mut made = statement();
    for (name, value) in changes.as_object().unwrap() {
        match value {
            Value::Null => drop(made.as_object_mut().unwrap().shift_remove(name)),
            value => made[name] = value.clone(),
        }
    }
    made
}

#[allow(
    clippy::needless_pass_by_value,
    reason = "callers write the JSON where they call"
)]
fn policy(statements: Value) -> ClusterPolicy {
    let text = json!({ "Version": "2012-10-17", "Statement": statements }).to_string();
    ClusterPolicy {
        version: "K1".into(),
        document: read_policy(&text).unwrap(),
    }
}

#[test]
fn a_statement_that_allows_all_four_actions_lets_the_account_in() {
    for allowing in [
        statement(),
        with(json!({ "Principal": { "AWS": "arn:aws:iam::072088201116:root" } })),
        with(json!({ "Principal": { "AWS": ["111122223333", PIPES] } })),
        with(json!({ "Principal": "*" })),
        with(json!({ "Principal": { "AWS": "*" } })),
        with(json!({ "Action": "kafka:*" })),
        with(json!({ "Action": ["KAFKA:createvpc*", "kafka:Get*", "kafka:DescribeCluster*"] })),
        with(json!({ "Action": null, "NotAction": "kafka:DeleteCluster" })),
        with(json!({ "Resource": "*" })),
        with(json!({ "Resource": "arn:aws:kafka:*:111122223333:cluster/events/????????-9" })),
        with(json!({ "Resource": null, "NotResource": "arn:aws:kafka:*:*:topic/*" })),
    ] {
        let found = policy(json!([allowing])).refuses(PIPES, CLUSTER);
        assert_eq!(found, None, "{allowing}");
        let found = policy(allowing.clone()).refuses(PIPES, CLUSTER);
        assert_eq!(found, None, "one statement alone: {allowing}");
    }
}

#[test]
fn a_statement_that_lacks_something_does_not() {
    let all = Some(CONNECT[0]);
    for (lacking, refused) in [
        (with(json!({ "Principal": { "AWS": "444455556666" } })), all),
        (
            with(json!({ "Principal": { "AWS": "arn:aws:iam::072088201116:role/pipes" } })),
            all,
        ),
        (
            with(json!({ "Principal": { "Service": "kafka.amazonaws.com" } })),
            all,
        ),
        (
            with(json!({ "Principal": null, "NotPrincipal": { "AWS": "444455556666" } })),
            all,
        ),
        (
            with(json!({ "Condition": { "StringEquals": { "aws:SourceVpc": "vpc-1" } } })),
            all,
        ),
        (
            with(json!({ "Resource": CLUSTER.replace("events", "other") })),
            all,
        ),
        (
            with(json!({ "Resource": null, "NotResource": "arn:aws:kafka:*" })),
            all,
        ),
        // The example of a guide that was corrected since.
        (
            with(json!({ "Action": ["kafka-cluster:Connect", "kafka-cluster:DescribeCluster"] })),
            all,
        ),
        (with(json!({ "Action": CONNECT[..3] })), Some(CONNECT[3])),
        (
            with(json!({ "Action": null, "NotAction": "kafka:GetBootstrapBrokers" })),
            Some(CONNECT[1]),
        ),
    ] {
        let found = policy(json!([lacking])).refuses(PIPES, CLUSTER);
        assert_eq!(found, refused, "{lacking}");
    }
}

#[test]
fn a_denial_wins_wherever_it_might_apply() {
    for (denial, refused) in [
        (with(json!({ "Effect": "Deny" })), Some(CONNECT[0])),
        (
            with(json!({ "Effect": "Deny", "Principal": "*", "Action": "kafka:DescribeCluster" })),
            Some(CONNECT[2]),
        ),
        (
            with(
                json!({ "Effect": "Deny", "Condition": { "Bool": { "aws:SecureTransport": "false" } } }),
            ),
            Some(CONNECT[0]),
        ),
        (
            with(json!({
                "Effect": "Deny", "Principal": null, "NotPrincipal": { "AWS": "444455556666" },
            })),
            Some(CONNECT[0]),
        ),
        (
            with(json!({ "Effect": "Deny", "Principal": null, "NotPrincipal": { "AWS": PIPES } })),
            None,
        ),
        (
            with(json!({ "Effect": "Deny", "Principal": { "AWS": "444455556666" } })),
            None,
        ),
        (
            with(json!({ "Effect": "Deny", "Action": "kafka:DeleteCluster" })),
            None,
        ),
    ] {
        for statements in [
            json!([denial, with(json!({ "Sid": "Allow" }))]),
            json!([with(json!({ "Sid": "Allow" })), denial]),
        ] {
            let found = policy(statements.clone()).refuses(PIPES, CLUSTER);
            assert_eq!(found, refused, "{statements}");
        }
    }
}

#[test]
fn account_numbers_become_the_root_of_the_account() {
    let written = policy(json!([
        statement(),
        with(json!({
            "Sid": "Other", "Effect": "Deny",
            "Principal": { "AWS": "444455556666", "Service": "kafka.amazonaws.com" },
        })),
    ]));
    let statements = statements(&written.document);
    assert_eq!(
        statements[0]["Principal"],
        json!({ "AWS": ["arn:aws:iam::072088201116:root"] })
    );
    assert_eq!(
        statements[1]["Principal"],
        json!({ "AWS": "arn:aws:iam::444455556666:root", "Service": "kafka.amazonaws.com" })
    );
    let again = read_policy(&written.document.to_string()).unwrap();
    assert_eq!(again, written.document, "what AWS writes it takes as it is");
}

#[test]
fn what_is_no_policy_is_refused_with_what_is_wrong() {
    let of = |statement: Value| json!({ "Version": "2012-10-17", "Statement": [statement] });
    for (document, why) in [
        (json!([]), PolicyError::NotJson),
        (json!({ "Version": "2012-10-17" }), PolicyError::NoStatement),
        (json!({ "Statement": [] }), PolicyError::NoStatement),
        (json!({ "Statement": ["all"] }), PolicyError::NoStatement),
        (
            json!({ "Version": "2020-01-01", "Statement": [statement()] }),
            PolicyError::Language,
        ),
        (
            json!({ "Version": 2012, "Statement": [statement()] }),
            PolicyError::Language,
        ),
        (
            json!({ "Statements": [statement()] }),
            PolicyError::UnknownMember("Statements".into()),
        ),
        (
            of(with(json!({ "Effect": "allow" }))),
            PolicyError::Part("Effect"),
        ),
        (
            of(with(json!({ "Resource": null }))),
            PolicyError::Part("Resource"),
        ),
        (
            of(with(json!({ "Resource": "events" }))),
            PolicyError::Part("Resource"),
        ),
        (
            of(with(json!({ "Resource": [] }))),
            PolicyError::Part("Resource"),
        ),
        (
            of(with(json!({ "Action": null }))),
            PolicyError::Part("Action"),
        ),
        (
            of(with(json!({ "Action": 7 }))),
            PolicyError::Part("Action"),
        ),
        (
            of(with(json!({ "Action": "CreateVpcConnection" }))),
            PolicyError::Action("CreateVpcConnection".into()),
        ),
        (
            of(with(json!({ "Action": "s3:GetObject" }))),
            PolicyError::Action("s3:GetObject".into()),
        ),
        (
            of(with(json!({ "NotAction": "kafka:*" }))),
            PolicyError::Both("Action"),
        ),
        (
            of(with(json!({ "Principal": null }))),
            PolicyError::Part("Principal"),
        ),
        (
            of(with(json!({ "Principal": PIPES }))),
            PolicyError::Part("Principal"),
        ),
        (
            of(with(json!({ "Principal": {} }))),
            PolicyError::Part("Principal"),
        ),
        (
            of(with(json!({ "Principal": { "AWS": "07208820111" } }))),
            PolicyError::Principal("07208820111".into()),
        ),
        (
            of(with(
                json!({ "Principal": { "AWS": "arn:aws:iam::072088201116:group/all" } }),
            )),
            PolicyError::Principal("arn:aws:iam::072088201116:group/all".into()),
        ),
        (
            of(with(json!({ "Principal": { "Account": PIPES } }))),
            PolicyError::UnknownMember("Account".into()),
        ),
        (
            of(with(json!({ "Condition": "never" }))),
            PolicyError::Part("Condition"),
        ),
        (of(with(json!({ "Sid": 7 }))), PolicyError::Part("Sid")),
        (
            json!({ "Statement": [statement(), statement()] }),
            PolicyError::SidTwice("AllowClickPipes".into()),
        ),
    ] {
        assert_eq!(read_policy(&document.to_string()), Err(why), "{document}");
    }
    assert_eq!(read_policy("{"), Err(PolicyError::NotJson));
}

#[test]
fn wildcards_are_iams() {
    for (pattern, text, fits) in [
        ("*", "", true),
        ("", "", true),
        ("", "a", false),
        ("a*", "a", true),
        ("a*c", "abbbc", true),
        ("a*c", "abbbcd", false),
        ("*b*", "abc", true),
        ("a?c", "abc", true),
        ("a?c", "ac", false),
        ("?", "é", true),
    ] {
        assert_eq!(matches(pattern, text), fits, "{pattern} {text}");
    }
}
