//! The five verbs of a run: made, watched, found after a lost answer, removed.

use std::time::Duration;

use pipelink_clickhouse::run_in;
use pipelink_plan::run::{Progress, RunId};
use pipelink_plan::step::{Action, EndpointTarget, Input, OutputName};

use crate::world::{RUN, World, run};

#[tokio::test]
async fn an_endpoint_is_made_watched_found_and_removed() {
    let world = World::start(600.0).await;
    let action = world.action().await;
    assert_eq!(world.client.find(&action, &run()).await, Ok(None));

    let outputs = world.client.perform(&action, &run()).await.unwrap();
    let id = outputs.one(OutputName::EndpointId).unwrap();
    let found = world.client.find(&action, &run()).await.unwrap();
    assert_eq!(found.as_ref(), Some(&outputs));

    let (states, settled) = world.settle(&action, &outputs).await;
    assert_eq!(states.first().map(String::as_str), Some("Provisioning"));
    let Progress::Usable { outputs: made } = settled else {
        unreachable!("{states:?}, then {settled:?}");
    };
    assert_eq!(made.one(OutputName::EndpointId), Some(id));
    assert!(
        made.one(OutputName::VpcEndpointId)
            .unwrap()
            .starts_with("vpce-")
    );
    assert!(
        made.one(OutputName::DnsNames)
            .unwrap()
            .contains(".us-east-1.on.aws")
    );

    let Action::CreateReversePrivateEndpoint { service_id, .. } = &action else {
        unreachable!();
    };
    let endpoint = world
        .client
        .endpoint(&world.organization, service_id, id)
        .await;
    let endpoint = endpoint.unwrap().expect("it was made");
    assert_eq!(
        endpoint.description,
        format!("orders-postgres [pipelink:{RUN}]")
    );
    assert_eq!(run_in(&endpoint.description), Some(run()));

    assert_eq!(world.client.removed(&action, &outputs).await, Ok(false));
    world.client.remove(&action, &outputs).await.unwrap();
    for _ in 0..60 {
        if world.client.removed(&action, &outputs).await.unwrap() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert_eq!(world.client.removed(&action, &outputs).await, Ok(true));
    assert_eq!(
        world.client.progress(&action, &outputs).await,
        Ok(Progress::Missing)
    );
    // Removing what is gone is no error: an undo may be begun again.
    world.client.remove(&action, &outputs).await.unwrap();
    assert_eq!(world.client.find(&action, &run()).await, Ok(None));
}

#[tokio::test]
async fn an_endpoint_that_clickhouse_cannot_make_ends_failed() {
    let world = World::start(600.0).await;
    let Action::CreateReversePrivateEndpoint {
        organization_id,
        service_id,
        description,
        to: EndpointTarget::VpcResource { share, .. },
        private_dns,
    } = world.action().await
    else {
        unreachable!();
    };
    let action = Action::CreateReversePrivateEndpoint {
        organization_id,
        service_id,
        description,
        to: EndpointTarget::VpcResource {
            configuration: Input::literal("rcfg-00000000000000000"),
            share,
        },
        private_dns,
    };
    let outputs = world.client.perform(&action, &run()).await.unwrap();
    let (_, settled) = world.settle(&action, &outputs).await;
    let seen = "Failed".to_owned();
    assert_eq!(settled, Progress::Ended { seen, reason: None });
}

#[tokio::test]
async fn a_create_whose_answer_is_lost_is_found_by_its_run_and_not_sent_twice() {
    for kind in ["lost_answer", "gateway_timeout_but_done", "malformed"] {
        let world = World::start(60.0).await;
        let action = world.action().await;
        world.fault("CreateReversePrivateEndpoint", kind, 1).await;
        let problem = world.client.perform(&action, &run()).await.unwrap_err();
        assert!(problem.leaves_outcome_open(), "{kind}: {problem:?}");
        assert_eq!(
            world.calls("CreateReversePrivateEndpoint").await,
            1,
            "{kind}"
        );
        let found = world.client.find(&action, &run()).await.unwrap();
        assert!(found.is_some(), "{kind}");
        let other = RunId("01990a2b-3c4d-7e5f-8a6b-000000000000".to_owned());
        assert_eq!(world.client.find(&action, &other).await, Ok(None));
    }
}

#[tokio::test]
async fn a_create_that_never_happened_is_not_found() {
    for kind in ["server_error", "reset"] {
        let world = World::start(60.0).await;
        let action = world.action().await;
        world.fault("CreateReversePrivateEndpoint", kind, 1).await;
        let problem = world.client.perform(&action, &run()).await.unwrap_err();
        assert!(problem.leaves_outcome_open(), "{kind}: {problem:?}");
        assert_eq!(
            world.calls("CreateReversePrivateEndpoint").await,
            1,
            "{kind}"
        );
        assert_eq!(world.client.find(&action, &run()).await, Ok(None), "{kind}");
    }
}

#[tokio::test]
async fn a_create_refused_for_its_rate_is_sent_again_and_made_once() {
    let world = World::start(60.0).await;
    let action = world.action().await;
    world
        .fault("CreateReversePrivateEndpoint", "rate_limited", 1)
        .await;
    world.client.perform(&action, &run()).await.unwrap();
    let Action::CreateReversePrivateEndpoint { service_id, .. } = &action else {
        unreachable!();
    };
    let list = world
        .client
        .endpoints(&world.organization, service_id)
        .await
        .unwrap();
    let ours = list
        .rows
        .iter()
        .filter(|row| run_in(&row.description) == Some(run()));
    assert_eq!(ours.count(), 1);
}
