//! Every action: made, watched, found again after a lost answer, removed.

use pipelink_plan::RUN_TAG;
use pipelink_plan::endpoint::Turn;
use pipelink_plan::observed::Observed;
use pipelink_plan::problem::Problem;
use pipelink_plan::run::Progress;
use pipelink_plan::step::{Action, Definition, EndpointTarget, Input, OutputName, Outputs, StepId};

use crate::support::{World, acceptance, configuration, gateway, run, share, token};

#[tokio::test]
async fn the_whole_path_is_made_and_removed() {
    let world = World::start().await;
    let aws = &world.aws;
    let this_run = run(1);
    let identity = aws.identity().await.unwrap();
    let before = aws.discover_region(identity.clone()).await;

    let new_gateway = gateway("orders-gateway");
    let outputs = aws
        .perform(&new_gateway, &this_run, &token())
        .await
        .unwrap();
    match aws.progress(&new_gateway, &outputs).await.unwrap() {
        Progress::Waiting { seen, turn } => {
            assert_eq!(seen, "CREATE_IN_PROGRESS");
            assert_eq!(turn, Turn::Aws);
        }
        other => panic!("{other:?}"),
    }
    let made_gateway = world.until_usable(&new_gateway, outputs).await;
    assert!(
        made_gateway
            .one(OutputName::GatewayId)
            .unwrap()
            .starts_with("rgw-")
    );

    let new_configuration = configuration("orders-configuration", &made_gateway);
    let made_configuration = world.make(&new_configuration, &this_run).await;
    assert!(
        made_configuration
            .one(OutputName::ConfigurationId)
            .unwrap()
            .starts_with("rcfg-")
    );

    let new_share = share("orders-share", &made_configuration);
    let made_share = world.make(&new_share, &this_run).await;

    // ClickHouse has not accepted: usable as a share, and still waiting for the admin to paste.
    let accept = acceptance(&made_configuration, &made_share);
    assert_eq!(
        aws.perform(&accept, &this_run, &token()).await.unwrap(),
        Outputs::default()
    );
    assert_eq!(
        aws.progress(&accept, &Outputs::default()).await.unwrap(),
        Progress::Waiting {
            seen: "ASSOCIATING".to_owned(),
            turn: Turn::You,
        }
    );

    // The gateway cannot go while the configuration is there.
    match aws.remove(&new_gateway, &run(1), &made_gateway).await {
        Err(Problem::Conflict { operation, .. }) => assert_eq!(operation, "DeleteResourceGateway"),
        other => panic!("{other:?}"),
    }
    aws.remove(&accept, &run(1), &Outputs::default())
        .await
        .unwrap();
    assert!(aws.removed(&accept, &Outputs::default()).await.unwrap());
    world.remove(&new_share, &made_share).await;
    world.remove(&new_configuration, &made_configuration).await;
    world.remove(&new_gateway, &made_gateway).await;

    let after = aws.discover_region(identity).await;
    assert_eq!(after.gateways, before.gateways);
    assert_eq!(after.configurations, before.configurations);
    assert_eq!(after.shares, before.shares);
    for (action, outputs) in [
        (&new_gateway, &made_gateway),
        (&new_configuration, &made_configuration),
    ] {
        assert_eq!(
            aws.progress(action, outputs).await.unwrap(),
            Progress::Missing
        );
        assert_eq!(aws.find(action, &this_run).await.unwrap(), None);
    }
    assert_eq!(aws.find(&new_share, &this_run).await.unwrap(), None);
}

#[tokio::test]
async fn what_a_run_made_is_found_by_its_tag_alone() {
    let world = World::start().await;
    let aws = &world.aws;
    let (ours, other) = (run(1), run(2));

    let new_gateway = gateway("orders-gateway");
    assert_eq!(aws.find(&new_gateway, &ours).await.unwrap(), None);
    let made_gateway = world.make(&new_gateway, &ours).await;
    assert_eq!(
        aws.find(&new_gateway, &ours).await.unwrap(),
        Some(made_gateway.clone())
    );
    assert_eq!(aws.find(&new_gateway, &other).await.unwrap(), None);

    let new_configuration = configuration("orders-configuration", &made_gateway);
    let made_configuration = world.make(&new_configuration, &ours).await;
    assert_eq!(
        aws.find(&new_configuration, &ours).await.unwrap(),
        Some(made_configuration.clone())
    );
    assert_eq!(aws.find(&new_configuration, &other).await.unwrap(), None);

    let new_share = share("orders-share", &made_configuration);
    let made_share = world.make(&new_share, &ours).await;
    assert_eq!(aws.find(&new_share, &ours).await.unwrap(), Some(made_share));
    assert_eq!(aws.find(&new_share, &other).await.unwrap(), None);
    assert!(!RUN_TAG.is_empty());
}

#[tokio::test]
async fn after_a_lost_answer_it_is_found_and_the_token_makes_no_second_one() {
    let world = World::start().await;
    let aws = &world.aws;
    let this_run = run(1);
    let mut made = Vec::new();
    let before = aws.discover_region(aws.identity().await.unwrap()).await;

    let new_gateway = gateway("orders-gateway");
    made.push(lost_and_found(&world, "vpc-lattice", &new_gateway).await);
    let made_gateway = world.until_usable(&new_gateway, made[0].clone()).await;
    let new_configuration = configuration("orders-configuration", &made_gateway);
    made.push(lost_and_found(&world, "vpc-lattice", &new_configuration).await);
    let made_configuration = world
        .until_usable(&new_configuration, made[1].clone())
        .await;
    let new_share = share("orders-share", &made_configuration);
    made.push(lost_and_found(&world, "ram", &new_share).await);
    world.until_usable(&new_share, made[2].clone()).await;

    let facts = aws.discover_region(aws.identity().await.unwrap()).await;
    assert_eq!(count(&facts.gateways), count(&before.gateways) + 1);
    assert_eq!(
        count(&facts.configurations),
        count(&before.configurations) + 1
    );
    assert_eq!(count(&facts.shares), count(&before.shares) + 1);
    assert!(aws.find(&new_share, &this_run).await.unwrap().is_some());
}

/// Every attempt commits and loses its answer; then the thing is found, and the same call with the same
/// token answers the same thing.
async fn lost_and_found(world: &World, service: &str, action: &Action) -> Outputs {
    let one_token = token();
    world
        .fault(service, action.operation(), "lost_answer", 0)
        .await;
    let lost = world
        .aws
        .perform(action, &run(1), &one_token)
        .await
        .unwrap_err();
    assert!(lost.leaves_outcome_open(), "{lost:?}");
    assert!(matches!(lost, Problem::Unreachable { .. }), "{lost:?}");
    world.clear_faults().await;
    let found = world
        .aws
        .find(action, &run(1))
        .await
        .unwrap()
        .expect("it was made");
    let again = world
        .aws
        .perform(action, &run(1), &one_token)
        .await
        .unwrap();
    assert_eq!(again, found);
    found
}

#[tokio::test]
async fn a_name_in_use_is_a_conflict() {
    let world = World::start().await;
    let taken = world
        .aws
        .perform(&gateway("inventory-gateway"), &run(1), &token())
        .await;
    match taken {
        Err(Problem::Conflict { operation, .. }) => assert_eq!(operation, "CreateResourceGateway"),
        other => panic!("{other:?}"),
    }
    // Somebody else's, by the same name: not found as ours.
    let found = world
        .aws
        .find(&gateway("inventory-gateway"), &run(1))
        .await
        .unwrap();
    assert_eq!(found, None);
}

#[tokio::test]
async fn the_same_token_for_something_else_is_a_conflict() {
    let world = World::start().await;
    let one_token = token();
    let outputs = world
        .aws
        .perform(&gateway("orders-one"), &run(1), &one_token)
        .await
        .unwrap();
    let made = world.until_usable(&gateway("orders-one"), outputs).await;
    let other = world
        .aws
        .perform(&gateway("orders-two"), &run(1), &one_token)
        .await;
    assert!(matches!(other, Err(Problem::Conflict { .. })), "{other:?}");

    let made = world
        .make(&configuration("orders-configuration", &made), &run(1))
        .await;
    world
        .aws
        .perform(&share("one", &made), &run(1), &one_token)
        .await
        .unwrap();
    let other = world
        .aws
        .perform(&share("two", &made), &run(1), &one_token)
        .await;
    assert!(matches!(other, Err(Problem::Conflict { .. })), "{other:?}");
}

#[tokio::test]
async fn a_configuration_in_use_is_detached_and_then_removed() {
    let world = World::start().await;
    let aws = &world.aws;
    let before = aws.discover_region(aws.identity().await.unwrap()).await;
    // What the scenario holds: attached to a Ready endpoint of ClickPipes.
    let old_share = Outputs::default().with(
        OutputName::ShareArn,
        "arn:aws:ram:us-east-1:111122223333:resource-share/3f0c8a52-6f1e-4b0b-9d27-5f1a2c7be801",
    );
    let old_configuration = Outputs::default()
        .with(OutputName::ConfigurationId, "rcfg-0d02e8c4441233466")
        .with(
            OutputName::ConfigurationArn,
            "arn:aws:vpc-lattice:us-east-1:111122223333:resourceconfiguration/rcfg-0d02e8c4441233466",
        );
    let old_gateway = Outputs::default().with(OutputName::GatewayId, "rgw-071d6d2fbb25f2237");
    world
        .remove(&share("inventory-postgres", &old_configuration), &old_share)
        .await;
    world
        .remove(
            &configuration("inventory-postgres", &old_gateway),
            &old_configuration,
        )
        .await;
    assert_eq!(world.calls("DeleteResourceEndpointAssociation").await, 1);
    let facts = aws.discover_region(aws.identity().await.unwrap()).await;
    assert_eq!(
        count(&facts.configurations),
        count(&before.configurations) - 1
    );
    // Deleted shares stay listed by AWS for a while, and are not shown.
    assert_eq!(count(&facts.shares), count(&before.shares) - 1);
}

#[tokio::test]
async fn acceptance_shows_as_the_principals_association() {
    let world = World::start().await;
    // The scenario's endpoint has accepted this one.
    let accepted = Action::AwaitShareAcceptance {
        configuration: Input::literal("rcfg-0d02e8c4441233466"),
        share: Input::literal(
            "arn:aws:ram:us-east-1:111122223333:resource-share/3f0c8a52-6f1e-4b0b-9d27-5f1a2c7be801",
        ),
        principal: pipelink_plan::CLICKPIPES_ACCOUNT.to_owned(),
        private_dns: Vec::new(),
    };
    let nothing = Outputs::default();
    assert_eq!(
        world.aws.progress(&accepted, &nothing).await.unwrap(),
        Progress::Usable {
            outputs: Outputs::default()
        }
    );
    let gone = Action::AwaitShareAcceptance {
        configuration: Input::literal("rcfg-0d02e8c4441233466"),
        share: Input::literal(
            "arn:aws:ram:us-east-1:111122223333:resource-share/00000000-6f1e-4b0b-9d27-5f1a2c7be801",
        ),
        principal: pipelink_plan::CLICKPIPES_ACCOUNT.to_owned(),
        private_dns: Vec::new(),
    };
    assert_eq!(
        world.aws.progress(&gone, &nothing).await.unwrap(),
        Progress::Missing
    );
}

#[tokio::test]
async fn clickhouses_action_and_open_inputs_are_refused_without_a_call() {
    let world = World::start().await;
    let foreign = Action::CreateReversePrivateEndpoint {
        organization_id: "o".to_owned(),
        service_id: "s".to_owned(),
        description: "d".to_owned(),
        to: EndpointTarget::VpcResource {
            configuration: Input::literal("rcfg"),
            share: Input::literal("arn"),
        },
        private_dns: Vec::new(),
    };
    let nothing = Outputs::default();
    for problem in [
        world
            .aws
            .perform(&foreign, &run(1), &token())
            .await
            .unwrap_err(),
        world.aws.find(&foreign, &run(1)).await.unwrap_err(),
        world.aws.progress(&foreign, &nothing).await.unwrap_err(),
        world
            .aws
            .remove(&foreign, &run(1), &nothing)
            .await
            .unwrap_err(),
        world.aws.removed(&foreign, &nothing).await.unwrap_err(),
    ] {
        assert!(matches!(problem, Problem::Internal { .. }), "{problem:?}");
    }
    let open = Action::CreateResourceConfiguration {
        name: "orders".to_owned(),
        gateway: Input::output(StepId::from("gateway"), OutputName::GatewayId),
        definition: Definition::Database {
            arn: crate::support::DATABASE.to_owned(),
        },
    };
    let problem = world
        .aws
        .perform(&open, &run(1), &token())
        .await
        .unwrap_err();
    assert!(matches!(problem, Problem::Internal { .. }), "{problem:?}");
    assert_eq!(world.calls("CreateResourceConfiguration").await, 0);
}

fn count<T>(facts: &Observed<Vec<T>>) -> usize {
    facts.known().unwrap().len()
}
