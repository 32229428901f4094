//! What a policy allows, statement by statement.

use pipelink_plan::CLICKPIPES_ACCOUNT;
use pipelink_plan::paths::msk_multi_vpc::policy::{ACTIONS, Allowance, allows};

use crate::msk::facts::*;

const ROOT: &str = r#""Principal":{"AWS":"arn:aws:iam::072088201116:root"}"#;
const ALL: &str = r#""Action":["kafka:CreateVpcConnection","kafka:GetBootstrapBrokers","kafka:DescribeCluster","kafka:DescribeClusterV2"]"#;
const HERE: &str = r#""Resource":"arn:aws:kafka:us-east-1:111122223333:cluster/clicks/1f-2""#;

fn one(effect: &str, parts: &[&str]) -> String {
    format!(r#"{{"Effect":"{effect}",{}}}"#, parts.join(","))
}

fn read(statements: &[&str]) -> Allowance {
    allows(Some(&document(statements)), CLICKS, CLICKPIPES_ACCOUNT).unwrap()
}

fn allowed(parts: &[&str]) -> bool {
    match read(&[&one("Allow", parts)]) {
        Allowance::Allowed { by } => {
            assert_eq!(by, ["number 1"]);
            true
        }
        Allowance::NotAllowed { .. } => false,
        other => panic!("an allowance denies: {other:?}"),
    }
}

/// What a denial of this kind, beside what allows everything, comes to: sure, perhaps or nothing.
fn denied(parts: &[&str]) -> &'static str {
    match read(&[ENOUGH, &one("Deny", parts)]) {
        Allowance::Denied { by } => {
            assert_eq!(by, ["number 2"]);
            "denied"
        }
        Allowance::PerhapsDenied { by } => {
            assert_eq!(by, ["number 2"]);
            "perhaps"
        }
        Allowance::Allowed { by } => {
            assert_eq!(by, ["ClickPipes"]);
            "no"
        }
        Allowance::NotAllowed { .. } => panic!("the denial took the allowance away"),
    }
}

#[test]
fn no_policy_allows_nothing() {
    for document in [None, Some(""), Some("{}")] {
        assert_eq!(
            allows(document, CLICKS, CLICKPIPES_ACCOUNT).unwrap(),
            Allowance::NotAllowed {
                missing: ACTIONS.map(str::to_owned).to_vec(),
                perhaps: Vec::new(),
            }
        );
    }
}

#[test]
fn an_account_is_named_in_several_ways() {
    for principal in [
        r#"{"AWS":"072088201116"}"#,
        r#"{"AWS":["444455556666","072088201116"]}"#,
        r#"{"AWS":"arn:aws:iam::072088201116:root"}"#,
        r#"{"AWS":"*"}"#,
        r#""*""#,
        r#"{"Service":"kafka.amazonaws.com","AWS":["072088201116"]}"#,
    ] {
        let principal = format!(r#""Principal":{principal}"#);
        assert!(allowed(&[&principal, ALL, HERE]), "{principal}");
        assert_eq!(denied(&[&principal, ALL, HERE]), "denied", "{principal}");
    }
}

#[test]
fn others_are_not_the_account() {
    for (principal, denial) in [
        (r#"{"AWS":"444455556666"}"#, "no"),
        (r#"{"AWS":"arn:aws:iam::444455556666:root"}"#, "no"),
        (r#"{"AWS":[]}"#, "no"),
        (r#"{"Service":"*"}"#, "no"),
        (r#"{"Federated":"072088201116"}"#, "no"),
        // Another partition is another world; that of the account's own is not compared any further.
        (r#"{"AWS":"arn:aws-cn:iam::072088201116:root"}"#, "perhaps"),
        (
            r#"{"AWS":"arn:aws:iam::072088201116:role/clickpipes"}"#,
            "perhaps",
        ),
        (
            r#"{"AWS":"arn:aws:sts::072088201116:assumed-role/a/b"}"#,
            "perhaps",
        ),
        (r#"{"AWS":"AIDACKCEVSQ6C2EXAMPLE"}"#, "perhaps"),
        (r#"{"AWS":[7]}"#, "perhaps"),
        (r#"{"CanonicalUser":"79a5"}"#, "perhaps"),
        ("7", "perhaps"),
    ] {
        let principal = format!(r#""Principal":{principal}"#);
        assert!(!allowed(&[&principal, ALL, HERE]), "{principal}");
        assert_eq!(denied(&[&principal, ALL, HERE]), denial, "{principal}");
    }
}

#[test]
fn everybody_but_somebody_is_no_sure_allowance() {
    let but = |who: &str| format!(r#""NotPrincipal":{{"AWS":"{who}"}}"#);
    assert!(!allowed(&[&but("444455556666"), ALL, HERE]));
    assert!(!allowed(&[&but("072088201116"), ALL, HERE]));
    assert_eq!(denied(&[&but("444455556666"), ALL, HERE]), "denied");
    assert_eq!(denied(&[&but("072088201116"), ALL, HERE]), "perhaps");
    assert_eq!(denied(&[ALL, HERE]), "perhaps");
    assert_eq!(denied(&[ROOT, &but("444455556666"), ALL, HERE]), "perhaps");
}

#[test]
fn actions_have_wildcards_and_no_case() {
    for (actions, allows_all, denial) in [
        (r#""Action":"*""#, true, "denied"),
        (r#""Action":"kafka:*""#, true, "denied"),
        (r#""Action":"KAFKA:*""#, true, "denied"),
        (
            r#""Action":["kafka:createvpcconnection","kafka:Get*Brokers","kafka:DescribeCluster*"]"#,
            true,
            "denied",
        ),
        (r#""Action":"kafka:DescribeCluster""#, false, "denied"),
        (r#""Action":"kafka:DescribeCluster?2""#, false, "denied"),
        (r#""Action":"kafka:DescribeCluster??""#, false, "denied"),
        // What older copies of ClickHouse's guide name.
        (
            r#""Action":["kafka-cluster:Connect","kafka-cluster:DescribeCluster","kafka-cluster:ListClusters"]"#,
            false,
            "no",
        ),
        (r#""Action":"kafka:ListClusters""#, false, "no"),
        (r#""Action":[]"#, false, "no"),
        (r#""Action":[null]"#, false, "perhaps"),
        (r#""NotAction":"kafka-cluster:*""#, true, "denied"),
        (r#""NotAction":"kafka:Create*""#, false, "denied"),
        (r#""NotAction":"kafka:*""#, false, "no"),
    ] {
        assert_eq!(allowed(&[ROOT, actions, HERE]), allows_all, "{actions}");
        assert_eq!(denied(&[ROOT, actions, HERE]), denial, "{actions}");
    }
}

#[test]
fn a_resource_matches_part_by_part() {
    for (resource, allows_it, denial) in [
        (r#""Resource":"*""#, true, "denied"),
        (
            r#""Resource":"arn:aws:kafka:us-east-1:111122223333:cluster/clicks/*""#,
            true,
            "denied",
        ),
        (
            r#""Resource":"arn:aws:kafka:*:*:cluster/clicks/?f-2""#,
            true,
            "denied",
        ),
        (r#""Resource":"arn:*:*:*:*:*""#, true, "denied"),
        (
            r#""Resource":["arn:aws:s3:::x","arn:aws:kafka:us-east-1:111122223333:*"]"#,
            true,
            "denied",
        ),
        // A wildcard over several parts: AWS may not take it so.
        (r#""Resource":"arn:aws:kafka:*""#, false, "perhaps"),
        (
            r#""Resource":"arn:aws:kafka:us-east-1:111122223333:cluster/${aws:username}/*""#,
            false,
            "perhaps",
        ),
        (
            r#""Resource":"arn:aws:kafka:us-east-1:111122223333:cluster/CLICKS/1f-2""#,
            false,
            "no",
        ),
        (
            r#""Resource":"arn:aws:kafka:us-east-1:111122223333:topic/clicks/1f-2/*""#,
            false,
            "no",
        ),
        (
            r#""Resource":"arn:aws:kafka:eu-west-1:111122223333:cluster/clicks/1f-2""#,
            false,
            "no",
        ),
        (r#""Resource":[]"#, false, "no"),
        (
            r#""NotResource":"arn:aws:kafka:us-east-1:111122223333:cluster/orders/*""#,
            true,
            "denied",
        ),
        (
            r#""NotResource":"arn:aws:kafka:us-east-1:111122223333:cluster/clicks/*""#,
            false,
            "no",
        ),
    ] {
        assert_eq!(allowed(&[ROOT, ALL, resource]), allows_it, "{resource}");
        assert_eq!(denied(&[ROOT, ALL, resource]), denial, "{resource}");
    }
    assert!(!allowed(&[ROOT, ALL]));
    assert_eq!(denied(&[ROOT, ALL]), "perhaps");
}

#[test]
fn a_condition_makes_nothing_sure() {
    for (condition, allows_it, denial) in [
        (r#""Condition":{}"#, true, "denied"),
        (
            r#""Condition":{"StringEquals":{"aws:PrincipalAccount":"072088201116"}}"#,
            false,
            "perhaps",
        ),
        (r#""Condition":null"#, false, "perhaps"),
    ] {
        assert_eq!(
            allowed(&[ROOT, ALL, HERE, condition]),
            allows_it,
            "{condition}"
        );
        assert_eq!(denied(&[ROOT, ALL, HERE, condition]), denial, "{condition}");
    }
    let statement = one(
        "Allow",
        &[
            ROOT,
            ALL,
            HERE,
            r#""Condition":{"Null":{"a":"b"}},"Sid":"Office""#,
        ],
    );
    assert!(matches!(
        read(&[&statement]),
        Allowance::NotAllowed { perhaps, .. } if perhaps == ["Office"]
    ));
}

#[test]
fn an_effect_that_iam_does_not_know_is_no_allowance_and_not_harmless() {
    for effect in ["allow", "ALLOW", "Permit", ""] {
        let statement = one(effect, &[ROOT, ALL, HERE]);
        assert!(
            matches!(read(&[&statement]), Allowance::PerhapsDenied { .. }),
            "{effect}"
        );
    }
}

#[test]
fn several_statements_allow_together_what_each_allows_in_part() {
    let some = |actions: &str| one("Allow", &[ROOT, actions, HERE]);
    let first = some(r#""Action":"kafka:Describe*""#);
    let second = some(r#""Action":["kafka:CreateVpcConnection"]"#);
    let third = some(r#""Action":"kafka:GetBootstrap*""#);
    assert_eq!(
        read(&[&first, &second]),
        Allowance::NotAllowed {
            missing: vec!["kafka:GetBootstrapBrokers".to_owned()],
            perhaps: Vec::new(),
        }
    );
    assert_eq!(
        read(&[&first, FOREIGN, &second, &third]),
        Allowance::Allowed {
            by: vec![
                "number 1".to_owned(),
                "number 3".to_owned(),
                "number 4".to_owned()
            ],
        }
    );
}

#[test]
fn a_pattern_made_to_be_slow_is_not() {
    let stars = "*a".repeat(2_000);
    let action = format!(r#""Action":"kafka:{stars}""#);
    assert!(!allowed(&[ROOT, &action, HERE]));
}
