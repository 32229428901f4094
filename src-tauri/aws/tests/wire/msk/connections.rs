//! Connections of other accounts to a cluster: listed, waited for, rejected.

use std::time::Duration;

use pipelink_plan::CLICKPIPES_ACCOUNT;
use pipelink_plan::endpoint::Turn;
use pipelink_plan::problem::Problem;
use pipelink_plan::run::Progress;
use pipelink_plan::step::{Action, MskAuthentication, OutputName, Outputs};

use super::{
    EVENTS, IAM, LONG_ENOUGH, OFF, PAYMENTS, TELEMETRY, allowance, code, connectivity, still,
};
use crate::support::{World, run, token};

const LIST: &str = "ListClientVpcConnections";
const REJECT: &str = "RejectClientVpcConnection";

fn connection(cluster_arn: &str, authentication: MskAuthentication) -> Action {
    Action::AwaitMskConnection {
        cluster_arn: cluster_arn.to_owned(),
        authentication,
        owner: CLICKPIPES_ACCOUNT.to_owned(),
    }
}

fn waits(seen: &str, turn: Turn) -> Progress {
    Progress::Waiting {
        seen: seen.to_owned(),
        turn,
    }
}

async fn states(world: &World, arn: &str) -> Vec<String> {
    let all = world.aws.client_connections(arn).await.unwrap();
    all.into_iter().map(|it| it.state.unwrap()).collect()
}

#[tokio::test]
async fn a_connection_is_waited_for_from_nothing_to_available() {
    let world = still().await;
    let aws = &world.aws;
    let action = connection(EVENTS, MskAuthentication::SaslIam);
    let nothing = aws.perform(&action, &run(1), &token()).await.unwrap();
    assert_eq!(nothing, Outputs::default());
    assert_eq!(
        aws.find(&action, &run(1)).await.unwrap(),
        Some(nothing.clone())
    );
    let progress = async || aws.progress(&action, &nothing).await.unwrap();
    assert_eq!(progress().await, waits("no connection yet", Turn::You));

    let on = connectivity(EVENTS, OFF, IAM);
    aws.perform(&on, &run(1), &token()).await.unwrap();
    world.advance(LONG_ENOUGH).await;
    aws.perform(&allowance(EVENTS), &run(1), &token())
        .await
        .unwrap();
    world.act_on("connect-msk SASL_IAM", EVENTS).await;
    assert_eq!(progress().await, waits("CREATING", Turn::Aws));
    world.advance(Duration::from_secs(61)).await;
    let [made] = aws
        .client_connections(EVENTS)
        .await
        .unwrap()
        .try_into()
        .unwrap();
    match progress().await {
        Progress::Usable { outputs } => {
            assert_eq!(
                outputs.one(OutputName::ConnectionArn),
                Some(made.arn.as_str())
            );
        }
        other => panic!("{other:?}"),
    }
    // One of another scheme is not it.
    let scram = connection(EVENTS, MskAuthentication::SaslScram);
    assert_eq!(
        aws.progress(&scram, &nothing).await.unwrap(),
        waits("no connection yet", Turn::You)
    );
    // There is nothing to take back: it goes with ClickHouse's endpoint.
    aws.remove(&action, &run(1), &nothing).await.unwrap();
    assert!(aws.removed(&action, &nothing).await.unwrap());

    aws.reject_client_connection(EVENTS, &made.arn)
        .await
        .unwrap();
    assert_eq!(progress().await, waits("REJECTING", Turn::You));
    // A second one waits beside it.
    world.act_on("connect-msk SASL_IAM", EVENTS).await;
    assert_eq!(progress().await, waits("CREATING", Turn::Aws));
}

#[tokio::test]
async fn somebody_elses_connection_is_not_the_one_that_is_waited_for() {
    let world = still().await;
    for how in [MskAuthentication::SaslIam, MskAuthentication::SaslScram] {
        let action = connection(TELEMETRY, how);
        let seen = world.aws.progress(&action, &Outputs::default()).await;
        assert_eq!(seen.unwrap(), waits("no connection yet", Turn::You));
    }
}

#[tokio::test]
async fn a_connection_is_rejected_once_and_stays_listed() {
    let world = still().await;
    let aws = &world.aws;
    let all = aws.client_connections(TELEMETRY).await.unwrap();
    let (working, cut_off) = (&all[0].arn, &all[1].arn);
    assert_eq!(states(&world, TELEMETRY).await, ["AVAILABLE", "INACTIVE"]);
    aws.reject_client_connection(TELEMETRY, working)
        .await
        .unwrap();
    assert_eq!(states(&world, TELEMETRY).await, ["REJECTING", "INACTIVE"]);
    aws.reject_client_connection(TELEMETRY, working)
        .await
        .unwrap();
    world.advance(Duration::from_mins(1)).await;
    assert_eq!(states(&world, TELEMETRY).await, ["REJECTED", "INACTIVE"]);
    aws.reject_client_connection(TELEMETRY, working)
        .await
        .unwrap();
    // Only one that is AVAILABLE can be rejected.
    match aws.reject_client_connection(TELEMETRY, cut_off).await {
        Err(Problem::Refused { operation, .. }) => assert_eq!(operation, REJECT),
        other => panic!("{other:?}"),
    }
    // One of another cluster is none of this one.
    match aws.reject_client_connection(PAYMENTS, working).await {
        Err(Problem::NotFound { operation, .. }) => assert_eq!(operation, REJECT),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn listing_and_rejecting_say_why_they_could_not() {
    let world = still().await;
    let aws = &world.aws;
    let [there] = aws
        .client_connections(PAYMENTS)
        .await
        .unwrap()
        .try_into()
        .unwrap();
    for (kind, wanted) in [
        ("deny", "accessDenied"),
        ("throttle", "throttled"),
        ("reset", "unreachable"),
    ] {
        for call in [LIST, REJECT] {
            world.fault("kafka", call, kind, 0).await;
        }
        let listed = aws.client_connections(PAYMENTS).await.unwrap_err();
        assert_eq!(code(&listed), wanted);
        let action = connection(PAYMENTS, MskAuthentication::SaslIam);
        let waited = aws.progress(&action, &Outputs::default()).await;
        assert_eq!(code(&waited.unwrap_err()), wanted);
        let rejected = aws.reject_client_connection(PAYMENTS, &there.arn).await;
        assert_eq!(code(&rejected.unwrap_err()), wanted);
        world.clear_faults().await;
    }
    assert_eq!(states(&world, PAYMENTS).await, ["AVAILABLE"]);
    // The answer to the first attempt is lost, and the second is refused since it is REJECTING.
    world.fault("kafka", REJECT, "lost_answer", 1).await;
    aws.reject_client_connection(PAYMENTS, &there.arn)
        .await
        .unwrap();
    assert_eq!(states(&world, PAYMENTS).await, ["REJECTING"]);
}
