//! The cluster policy: our one statement merged in and taken out, all others as they are.

use pipelink_aws::Aws;
use pipelink_plan::CLICKPIPES_ACCOUNT;
use pipelink_plan::observed::Observed;
use pipelink_plan::paths::msk_multi_vpc::policy::sid;
use pipelink_plan::problem::Problem;
use pipelink_plan::run::Progress;
use pipelink_plan::step::{Action, OutputName, Outputs};
use serde_json::{Value, json};

use super::{
    EVENTS, NO_CLUSTER, PAYMENTS, TELEMETRY, allowance, code, kept_cluster, policy, statements,
    still,
};
use crate::support::{World, run, token};
use crate::wire::Wire;

const PUT: &str = "PutClusterPolicy";
const DELETE: &str = "DeleteClusterPolicy";

async fn is_usable(aws: &Aws, action: &Action) -> bool {
    let nothing = Outputs::default();
    match aws.progress(action, &nothing).await.unwrap() {
        Progress::Usable { .. } => true,
        Progress::Waiting { .. } => false,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_cluster_without_policy_gets_one_and_loses_it_again() {
    let world = still().await;
    let aws = &world.aws;
    let action = allowance(EVENTS);
    assert_eq!(policy(&world, EVENTS).await, None);
    assert_eq!(aws.find(&action, &run(1)).await.unwrap(), None);
    assert!(!is_usable(aws, &action).await);

    let made = aws.perform(&action, &run(1), &token()).await.unwrap();
    assert_eq!(made.one(OutputName::PolicySid), Some(sid(&run(1)).as_str()));
    assert!(is_usable(aws, &action).await);
    assert_eq!(
        aws.find(&action, &run(1)).await.unwrap(),
        Some(made.clone())
    );
    assert_eq!(aws.find(&action, &run(2)).await.unwrap(), None);
    let [ours] = statements(&world, EVENTS).await.try_into().unwrap();
    assert_eq!(ours["Resource"], EVENTS);
    assert!(
        ours["Principal"]["AWS"]
            .to_string()
            .contains(CLICKPIPES_ACCOUNT)
    );
    assert!(!aws.removed(&action, &made).await.unwrap());

    world.remove(&action, &made).await;
    assert_eq!(policy(&world, EVENTS).await, None);
    assert_eq!(world.calls(DELETE).await, 1);
}

#[tokio::test]
async fn the_statements_of_others_stay_as_they_are() {
    let world = still().await;
    let aws = &world.aws;
    let before = statements(&world, TELEMETRY).await;
    // One of them is named as ClickHouse's guide names its own, and is about somebody else.
    assert!(before.iter().any(|it| it["Sid"] == "AllowClickPipes"));
    let action = allowance(TELEMETRY);
    let made = aws.perform(&action, &run(1), &token()).await.unwrap();
    let after = statements(&world, TELEMETRY).await;
    assert_eq!(after[..before.len()], before);
    assert_eq!(after.len(), before.len() + 1);
    assert!(is_usable(aws, &action).await);
    // The same again writes nothing.
    let again = aws.perform(&action, &run(1), &token()).await.unwrap();
    assert_eq!(again, made);
    assert_eq!(world.calls(PUT).await, 1);

    // Others write before ours is taken out.
    world.act_on("add-statement", TELEMETRY).await;
    let with_theirs = statements(&world, TELEMETRY).await;
    world.remove(&action, &made).await;
    let left = statements(&world, TELEMETRY).await;
    let expected = with_theirs
        .into_iter()
        .filter(|it| it["Sid"] != sid(&run(1)).as_str())
        .collect::<Vec<_>>();
    assert_eq!(left, expected);
    assert_eq!(left.len(), before.len() + 1);
    assert_eq!(world.calls(DELETE).await, 0);
}

#[tokio::test]
async fn where_clickpipes_are_let_in_already_nothing_is_written_and_nothing_is_ours() {
    let world = still().await;
    let aws = &world.aws;
    let action = allowance(PAYMENTS);
    let made = aws.perform(&action, &run(1), &token()).await.unwrap();
    assert_eq!(made, Outputs::default());
    assert_eq!(aws.find(&action, &run(1)).await.unwrap(), None);
    assert!(is_usable(aws, &action).await);
    assert_eq!(world.calls(PUT).await, 0);
}

#[tokio::test]
async fn what_is_denied_by_somebody_else_is_told_with_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("world");
    let world = World::kept(&file).await;
    let world = world
        .changed(&file, |world| {
            let statements =
                &mut kept_cluster(world, "telemetry")["policy"]["document"]["Statement"];
            let denial = statements.as_array_mut().unwrap().last_mut().unwrap();
            denial["Principal"]["AWS"] = json!(format!("arn:aws:iam::{CLICKPIPES_ACCOUNT}:root"));
        })
        .await;
    let aws = &world.aws;
    let action = allowance(TELEMETRY);
    aws.perform(&action, &run(1), &token()).await.unwrap();
    match aws.progress(&action, &Outputs::default()).await.unwrap() {
        Progress::Ended {
            reason: Some(reason),
            ..
        } => assert!(reason.contains("ReadersStayReaders"), "{reason}"),
        other => panic!("{other:?}"),
    }
}

/// What AWS refuses for another reason than the version is no conflict, and not tried again.
#[tokio::test]
async fn a_refusal_that_is_no_conflict_is_told() {
    let world = still().await;
    let aws = &world.aws;
    let action = allowance(EVENTS);
    for (kind, wanted) in [
        ("deny", "accessDenied"),
        ("throttle", "throttled"),
        ("reset", "unreachable"),
    ] {
        world.fault("kafka", PUT, kind, 0).await;
        let problem = aws.perform(&action, &run(1), &token()).await.unwrap_err();
        assert_eq!(code(&problem), wanted);
        if let Problem::AccessDenied { action, .. } = problem {
            assert_eq!(action, "kafka:PutClusterPolicy");
        }
        world.clear_faults().await;
    }
    // AWS has nothing to say of the document itself that a version would cure.
    let made = allowance(NO_CLUSTER);
    let problem = aws.perform(&made, &run(1), &token()).await.unwrap_err();
    assert!(
        matches!(code(&problem).as_str(), "refused" | "notFound"),
        "{problem:?}"
    );
    assert_eq!(policy(&world, EVENTS).await, None);
}

#[tokio::test]
async fn a_write_whose_answer_was_lost_is_found_by_the_runs_id() {
    for (kind, times) in [("lost_answer", 0), ("lost_answer", 1), ("malformed", 0)] {
        for arn in [EVENTS, TELEMETRY] {
            let world = still().await;
            let aws = &world.aws;
            let before = statements(&world, arn).await;
            let action = allowance(arn);
            world.fault("kafka", PUT, kind, times).await;
            let answer = aws.perform(&action, &run(1), &token()).await;
            world.clear_faults().await;
            if let Err(problem) = answer {
                assert!(problem.leaves_outcome_open(), "{kind} {times}: {problem:?}");
            }
            let found = aws.find(&action, &run(1)).await.unwrap().unwrap();
            let again = aws.perform(&action, &run(1), &token()).await.unwrap();
            assert_eq!(again, found, "{kind} {times}");
            assert_eq!(statements(&world, arn).await.len(), before.len() + 1);

            let call = if before.is_empty() { DELETE } else { PUT };
            world.fault("kafka", call, kind, times).await;
            let gone = aws.remove(&action, &run(1), &found).await;
            world.clear_faults().await;
            if let Err(problem) = gone {
                assert!(problem.leaves_outcome_open(), "{kind} {times}: {problem:?}");
            }
            world.remove(&action, &found).await;
            assert_eq!(statements(&world, arn).await, before, "{kind} {times}");
        }
    }
}

#[tokio::test]
async fn taking_it_out_says_why_it_could_not() {
    let world = still().await;
    let aws = &world.aws;
    for (arn, call) in [(EVENTS, DELETE), (TELEMETRY, PUT)] {
        let action = allowance(arn);
        let made = aws.perform(&action, &run(1), &token()).await.unwrap();
        for (call, kind, wanted) in [
            (call, "deny", "accessDenied"),
            (call, "throttle", "throttled"),
            ("GetClusterPolicy", "deny", "accessDenied"),
        ] {
            world.fault("kafka", call, kind, 0).await;
            let problem = aws.remove(&action, &run(1), &made).await.unwrap_err();
            assert_eq!(code(&problem), wanted, "{call} {kind}");
            world.clear_faults().await;
            assert!(!aws.removed(&action, &made).await.unwrap());
        }
        // Somebody took it out already.
        world.act_on("delete-policy", arn).await;
        world.remove(&action, &made).await;
    }
}

/// Some say that AWS answers empty texts where a cluster has no policy, instead of "not found".
#[tokio::test]
async fn empty_texts_are_no_policy() {
    for body in [
        r#"{"currentVersion":"","policy":""}"#,
        "{}",
        r#"{"policy":" "}"#,
    ] {
        let wire = Wire::answering("200 OK", body).await;
        let facts = wire.aws().discover_msk(EVENTS).await;
        assert_eq!(facts.policy, Observed::Known { value: None }, "{body}");
        let action = allowance(EVENTS);
        let found = wire.aws().find(&action, &run(1)).await.unwrap();
        assert_eq!(found, None);
        // A first policy is written under no version.
        let made = wire.aws().perform(&action, &run(1), &token()).await;
        assert!(!made.unwrap().0.is_empty());
        let sent: Value = serde_json::from_str(wire.requests().last().unwrap()).unwrap();
        assert!(
            sent["policy"].is_string() && sent.get("currentVersion").is_none(),
            "{sent}"
        );
    }
}
