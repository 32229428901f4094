//! The cluster policy: its own version, AWS's rewriting, and a second writer.

use super::{
    EVENTS, FOREIGN_POLICY, SERVERLESS, act, allow_clickpipes, document, get, kafka, message,
    of_cluster, policy_of, put_policy,
};
use crate::common::{Served, fault};
use reqwest::Method;
use serde_json::{Value, json};

fn sids(document: &Value) -> Vec<String> {
    let statements = document["Statement"].as_array().unwrap().iter();
    statements
        .map(|it| it["Sid"].as_str().unwrap_or_default().to_owned())
        .collect()
}

#[tokio::test]
async fn a_policy_is_made_updated_under_its_version_and_deleted() {
    let sandbox = Served::start().await;
    let none = get(&sandbox, &of_cluster(EVENTS, "/policy")).await;
    assert_eq!(none.refusal(), (404, "NotFoundException"));
    let delete = async || {
        kafka(
            &sandbox,
            Method::DELETE,
            &of_cluster(EVENTS, "/policy"),
            None,
        )
        .await
    };
    assert_eq!(delete().await.refusal(), (404, "NotFoundException"));

    let wanted = document(&[allow_clickpipes(EVENTS)]);
    let early = put_policy(&sandbox, EVENTS, &wanted, Some("K1")).await;
    assert_eq!(
        early.refusal(),
        (400, "BadRequestException"),
        "there is none to update"
    );
    let made = put_policy(&sandbox, EVENTS, &wanted, None).await.ok();
    let (version, found) = policy_of(&sandbox, EVENTS).await;
    assert_eq!(made["currentVersion"], version.as_str());
    assert_eq!(
        found["Statement"][0]["Principal"],
        json!({ "AWS": "arn:aws:iam::072088201116:root" }),
        "an account's number is written as its root"
    );
    let without = put_policy(&sandbox, EVENTS, &wanted, None).await;
    assert_eq!(without.refusal(), (400, "BadRequestException"));
    assert_eq!(
        message(&without),
        "Current cluster policy version needed for Update"
    );
    let wrong = put_policy(&sandbox, EVENTS, &wanted, Some("K1")).await;
    assert_eq!(wrong.refusal(), (400, "BadRequestException"));
    assert_eq!(wrong.json()["invalidParameter"], "currentVersion");

    let again = put_policy(&sandbox, EVENTS, &wanted, Some(&version))
        .await
        .ok();
    assert_ne!(again["currentVersion"], version.as_str());
    let late = put_policy(&sandbox, EVENTS, &wanted, Some(&version)).await;
    assert_eq!(late.refusal(), (400, "BadRequestException"));
    delete().await.ok();
    let none = get(&sandbox, &of_cluster(EVENTS, "/policy")).await;
    assert_eq!(none.refusal(), (404, "NotFoundException"));
    // A serverless cluster has one too.
    let wanted = document(&[allow_clickpipes(SERVERLESS)]);
    put_policy(&sandbox, SERVERLESS, &wanted, None).await.ok();
}

#[tokio::test]
async fn what_is_no_policy_changes_nothing() {
    let sandbox = Served::start().await;
    let before = policy_of(&sandbox, FOREIGN_POLICY).await;
    let version = Some(before.0.as_str());
    for bad in [
        json!("{"),
        json!({}),
        json!({ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow" }] }),
        document(&[
            allow_clickpipes(FOREIGN_POLICY),
            allow_clickpipes(FOREIGN_POLICY),
        ]),
    ] {
        let refused = put_policy(&sandbox, FOREIGN_POLICY, &bad, version).await;
        assert_eq!(refused.refusal(), (400, "BadRequestException"), "{bad}");
        assert_eq!(refused.json()["invalidParameter"], "policy");
    }
    let empty = kafka(
        &sandbox,
        Method::PUT,
        &of_cluster(FOREIGN_POLICY, "/policy"),
        Some(json!({ "currentVersion": before.0 })),
    )
    .await;
    assert_eq!(empty.refusal(), (400, "BadRequestException"));
    assert_eq!(policy_of(&sandbox, FOREIGN_POLICY).await, before);
}

#[tokio::test]
async fn the_foreign_policy_is_there_with_an_own_meaning_of_our_name() {
    let sandbox = Served::start().await;
    let (_, document) = policy_of(&sandbox, FOREIGN_POLICY).await;
    let own = document["Statement"]
        .as_array()
        .unwrap()
        .iter()
        .find(|it| it["Sid"] == "AllowClickPipes")
        .unwrap();
    assert_ne!(own["Principal"]["AWS"], "arn:aws:iam::072088201116:root");
    assert_eq!(sids(&document).len(), 4);
}

#[tokio::test]
async fn another_writer_adds_and_takes_out_statements_of_its_own() {
    let sandbox = Served::start().await;
    let (version, before) = policy_of(&sandbox, FOREIGN_POLICY).await;
    act(&sandbox, &format!("add-statement {FOREIGN_POLICY}")).await;
    act(&sandbox, &format!("add-statement {FOREIGN_POLICY}")).await;
    let (_, grown) = policy_of(&sandbox, FOREIGN_POLICY).await;
    let mut expected = sids(&before);
    expected.extend(["OtherTeam1".to_owned(), "OtherTeam2".to_owned()]);
    assert_eq!(sids(&grown), expected);
    let late = put_policy(&sandbox, FOREIGN_POLICY, &before, Some(&version)).await;
    assert_eq!(
        late.refusal(),
        (400, "BadRequestException"),
        "it was faster"
    );

    act(&sandbox, &format!("remove-statement {FOREIGN_POLICY}")).await;
    act(&sandbox, &format!("remove-statement {FOREIGN_POLICY}")).await;
    assert_eq!(policy_of(&sandbox, FOREIGN_POLICY).await.1, before);
    let body = json!({ "act": format!("remove-statement {FOREIGN_POLICY}") });
    let nothing = sandbox.control(Method::POST, "/operator", Some(body)).await;
    assert_eq!(nothing.status, 404);

    // Where there is no policy it makes one, and with its last statement the policy goes.
    act(&sandbox, &format!("add-statement {EVENTS}")).await;
    assert_eq!(sids(&policy_of(&sandbox, EVENTS).await.1), ["OtherTeam1"]);
    act(&sandbox, &format!("remove-statement {EVENTS}")).await;
    let none = get(&sandbox, &of_cluster(EVENTS, "/policy")).await;
    assert_eq!(none.refusal(), (404, "NotFoundException"));
    act(&sandbox, &format!("delete-policy {FOREIGN_POLICY}")).await;
    let none = get(&sandbox, &of_cluster(FOREIGN_POLICY, "/policy")).await;
    assert_eq!(none.refusal(), (404, "NotFoundException"));
}

#[tokio::test]
async fn a_lost_answer_has_written_the_policy_all_the_same() {
    let sandbox = Served::start().await;
    sandbox
        .fault(fault("kafka", "PutClusterPolicy", "lost_answer"))
        .await;
    let body = json!({ "policy": document(&[allow_clickpipes(EVENTS)]).to_string() });
    let path = of_cluster(EVENTS, "/policy");
    let request = sandbox.signed(Method::PUT, "kafka", "us-east-1", &path);
    assert!(request.json(&body).send().await.is_err());
    assert_eq!(
        sids(&policy_of(&sandbox, EVENTS).await.1),
        ["AllowClickPipes"]
    );
}
