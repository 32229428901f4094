//! Connections: whose they are, accepted only if expected, rejected, waited for.

use pipelink_plan::CLICKPIPES_ACCOUNT;
use pipelink_plan::endpoint::Turn;
use pipelink_plan::problem::Problem;
use pipelink_plan::run::Progress;
use pipelink_plan::step::{Action, Input, OutputName, Outputs};

use super::{BILLING_FOREIGN, BILLING_PENDING, BILLING_SERVICE, CLICKSTREAM_SERVICE, accept};
use crate::support::{World, run, token};

const FOREIGN: &str = "555566667777";

fn acceptance(endpoint: &str) -> Action {
    Action::AwaitConnectionAcceptance {
        service: Input::literal(BILLING_SERVICE),
        endpoint: Input::literal(endpoint),
        owner: CLICKPIPES_ACCOUNT.to_owned(),
    }
}

fn any_connection(service: &str) -> Action {
    any_connection_but(service, &[])
}

fn any_connection_but(service: &str, known: &[&str]) -> Action {
    Action::AwaitEndpointConnection {
        service: Input::literal(service),
        service_name: Input::literal(format!("com.amazonaws.vpce.us-east-1.{service}")),
        owner: CLICKPIPES_ACCOUNT.to_owned(),
        known: known.iter().map(ToString::to_string).collect(),
        private_dns: Vec::new(),
    }
}

async fn state_of(world: &World, endpoint: &str) -> String {
    let all = world
        .aws
        .endpoint_connections(BILLING_SERVICE)
        .await
        .unwrap();
    let found = all.into_iter().find(|it| it.vpc_endpoint_id == endpoint);
    found.unwrap().state
}

fn waits(seen: &str, turn: Turn) -> Progress {
    Progress::Waiting {
        seen: seen.to_owned(),
        turn,
    }
}

#[tokio::test]
async fn the_expected_connection_is_accepted_and_comes_to_work() {
    let world = World::start().await;
    world.run_clock(0.0).await;
    let aws = &world.aws;
    let listed = aws.endpoint_connections(BILLING_SERVICE).await.unwrap();
    let [ours, foreign] = listed.as_slice() else {
        panic!("{listed:?}")
    };
    assert_eq!(ours.owner.as_deref(), Some(CLICKPIPES_ACCOUNT));
    assert_eq!(ours.region.as_deref(), Some("us-east-2"));
    assert!(ours.is("pendingacceptance") && foreign.is("PendingAcceptance"));
    assert!(ours.created_at.is_some());

    let action = accept(Input::literal(BILLING_SERVICE), BILLING_PENDING);
    assert_eq!(aws.find(&action, &run(1)).await.unwrap(), None);
    let by_hand = acceptance(BILLING_PENDING);
    let nothing = Outputs::default();
    assert_eq!(
        aws.perform(&by_hand, &run(1), &token()).await.unwrap(),
        nothing
    );
    assert_eq!(
        aws.progress(&by_hand, &nothing).await.unwrap(),
        waits("pendingAcceptance", Turn::You)
    );
    let made = aws.perform(&action, &run(1), &token()).await.unwrap();
    assert_eq!(made.one(OutputName::VpcEndpointId), Some(BILLING_PENDING));
    assert_eq!(
        aws.progress(&action, &made).await.unwrap(),
        waits("pending", Turn::Aws)
    );
    assert_eq!(
        aws.find(&action, &run(1)).await.unwrap(),
        Some(made.clone())
    );
    // Accepted already: nothing more is sent.
    assert_eq!(aws.perform(&action, &run(1), &token()).await.unwrap(), made);
    assert_eq!(world.calls("AcceptVpcEndpointConnections").await, 1);
    world.advance(std::time::Duration::from_mins(5)).await;
    for it in [&action, &by_hand, &any_connection(BILLING_SERVICE)] {
        let usable = Progress::Usable {
            outputs: made.clone(),
        };
        assert_eq!(aws.progress(it, &nothing).await.unwrap(), usable, "{it:?}");
    }
    assert_eq!(state_of(&world, BILLING_FOREIGN).await, "pendingAcceptance");
    // There is nothing to take back of it.
    for it in [&action, &by_hand] {
        aws.remove(it, &run(1), &made).await.unwrap();
        assert!(aws.removed(it, &made).await.unwrap());
    }
    assert_eq!(state_of(&world, BILLING_PENDING).await, "available");
}

#[tokio::test]
async fn a_foreign_connection_is_refused_by_name_and_never_accepted() {
    let world = World::start().await;
    let aws = &world.aws;
    let action = accept(Input::literal(BILLING_SERVICE), BILLING_FOREIGN);
    for refused in [
        aws.perform(&action, &run(1), &token()).await.unwrap_err(),
        aws.progress(&action, &Outputs::default())
            .await
            .unwrap_err(),
        aws.find(&action, &run(1)).await.unwrap_err(),
        aws.progress(&acceptance(BILLING_FOREIGN), &Outputs::default())
            .await
            .unwrap_err(),
        aws.accept_connection(BILLING_SERVICE, BILLING_FOREIGN, CLICKPIPES_ACCOUNT)
            .await
            .unwrap_err(),
    ] {
        match refused {
            Problem::Refused { message, .. } => assert!(message.contains(FOREIGN), "{message}"),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(world.calls("AcceptVpcEndpointConnections").await, 0);
    // By its own owner's number it can be accepted, for whoever wants that.
    aws.accept_connection(BILLING_SERVICE, BILLING_FOREIGN, FOREIGN)
        .await
        .unwrap();
    assert_eq!(world.calls("AcceptVpcEndpointConnections").await, 1);
}

#[tokio::test]
async fn one_that_is_not_there_is_not_found() {
    let world = World::start().await;
    let aws = &world.aws;
    let action = accept(Input::literal(BILLING_SERVICE), "vpce-00000000000000000");
    match aws.perform(&action, &run(1), &token()).await {
        Err(Problem::NotFound { operation, .. }) => {
            assert_eq!(operation, "AcceptVpcEndpointConnections");
        }
        other => panic!("{other:?}"),
    }
    let nothing = Outputs::default();
    assert_eq!(
        aws.progress(&action, &nothing).await.unwrap(),
        Progress::Missing
    );
    assert_eq!(aws.find(&action, &run(1)).await.unwrap(), None);
}

#[tokio::test]
async fn a_rejected_connection_is_over() {
    let world = World::start().await;
    let aws = &world.aws;
    aws.reject_connection(BILLING_SERVICE, BILLING_PENDING)
        .await
        .unwrap();
    assert_eq!(state_of(&world, BILLING_PENDING).await, "rejected");
    // Rejected already, and gone: fine both times, although AWS names it under `unsuccessful`.
    for endpoint in [BILLING_PENDING, "vpce-00000000000000000"] {
        aws.reject_connection(BILLING_SERVICE, endpoint)
            .await
            .unwrap();
    }
    let nothing = Outputs::default();
    let action = accept(Input::literal(BILLING_SERVICE), BILLING_PENDING);
    let over = Progress::Ended {
        seen: "rejected".to_owned(),
        reason: None,
    };
    assert_eq!(aws.progress(&action, &nothing).await.unwrap(), over);
    match aws.perform(&action, &run(1), &token()).await {
        Err(Problem::EndedIn {
            resource, state, ..
        }) => assert_eq!(
            (resource.as_str(), state.as_str()),
            (BILLING_PENDING, "rejected")
        ),
        other => panic!("{other:?}"),
    }
    // Whoever waits for any connection waits for the next one.
    match aws
        .progress(&any_connection(BILLING_SERVICE), &nothing)
        .await
        .unwrap()
    {
        Progress::Waiting {
            turn: Turn::You, ..
        } => {}
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn without_a_key_any_available_connection_of_the_owner_will_do() {
    let world = World::start().await;
    let aws = &world.aws;
    let nothing = Outputs::default();
    let action = any_connection(CLICKSTREAM_SERVICE);
    let before = aws.progress(&action, &nothing).await.unwrap();
    assert!(matches!(before, Progress::Usable { .. }), "{before:?}");
    // Another one asks, which may be another customer's: it does not hide the one that works.
    world.act_on("ask-service", CLICKSTREAM_SERVICE).await;
    assert_eq!(aws.progress(&action, &nothing).await.unwrap(), before);
    assert_eq!(
        aws.progress(&any_connection("vpce-svc-00000000000000000"), &nothing)
            .await
            .unwrap(),
        waits(
            &format!("no connection of account {CLICKPIPES_ACCOUNT}"),
            Turn::You
        )
    );
}

#[tokio::test]
async fn a_connection_that_worked_before_is_not_the_one_that_is_waited_for() {
    let world = World::start().await;
    let aws = &world.aws;
    let nothing = Outputs::default();
    let there = aws.endpoint_connections(CLICKSTREAM_SERVICE).await.unwrap();
    let [there] = there.as_slice() else {
        panic!("{there:?}")
    };
    assert!(there.is("available"));
    let action = any_connection_but(CLICKSTREAM_SERVICE, &[&there.vpc_endpoint_id]);
    let none = waits(
        &format!("no connection of account {CLICKPIPES_ACCOUNT}"),
        Turn::You,
    );
    assert_eq!(aws.progress(&action, &nothing).await.unwrap(), none);

    world.act_on("ask-service", CLICKSTREAM_SERVICE).await;
    let all = aws.endpoint_connections(CLICKSTREAM_SERVICE).await.unwrap();
    let asked = all.iter().find(|it| it.is("pendingAcceptance")).unwrap();
    assert_eq!(
        aws.progress(&action, &nothing).await.unwrap(),
        waits("pendingAcceptance", Turn::You)
    );
    aws.accept_connection(
        CLICKSTREAM_SERVICE,
        &asked.vpc_endpoint_id,
        CLICKPIPES_ACCOUNT,
    )
    .await
    .unwrap();
    let usable = world.until_usable(&action, nothing).await;
    assert_eq!(
        usable.one(OutputName::VpcEndpointId),
        Some(asked.vpc_endpoint_id.as_str())
    );
}
