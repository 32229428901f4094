//! A group of resource configurations: made before its children, found by the run's tag, removed after them.

use std::time::Duration;

use pipelink_plan::endpoint::Turn;
use pipelink_plan::facts::lattice::ResourceConfiguration;
use pipelink_plan::problem::Problem;
use pipelink_plan::run::Progress;
use pipelink_plan::step::{
    Action, Definition, DnsResolution, Input, OutputName, Outputs, PortRange,
};

use crate::support::{World, gateway_looking_up, run, share, token};

const CREATE: &str = "CreateResourceConfiguration";
const DELETE: &str = "DeleteResourceConfiguration";

fn port(port: u16) -> PortRange {
    PortRange {
        first: port,
        last: port,
    }
}

fn group(name: &str, gateway: &Outputs) -> Action {
    Action::CreateConfigurationGroup {
        name: name.to_owned(),
        gateway: Input::literal(gateway.one(OutputName::GatewayId).unwrap()),
        ports: vec![port(27017)],
    }
}

fn child(name: &str, group: &Outputs, host: &str) -> Action {
    Action::CreateChildConfiguration {
        name: name.to_owned(),
        group: Input::literal(group.one(OutputName::ConfigurationId).unwrap()),
        definition: Definition::DomainName {
            name: host.to_owned(),
            ports: vec![port(27017)],
        },
    }
}

async fn made_gateway(world: &World) -> Outputs {
    let action = gateway_looking_up("replicas", DnsResolution::InVpc);
    world.make(&action, &run(1)).await
}

async fn configurations(world: &World) -> Vec<ResourceConfiguration> {
    let identity = world.aws.identity().await.unwrap();
    let facts = world.aws.discover_region(identity).await;
    facts.configurations.known().unwrap().clone()
}

/// Makes it under faults, as every write: refused, throttled, and then carried out without an answer.
async fn made_under_faults(world: &World, action: &Action, lost: &str) -> Outputs {
    let aws = &world.aws;
    let token = token();
    for (kind, wanted) in [("deny", "accessDenied"), ("throttle", "throttled")] {
        world.fault("vpc-lattice", CREATE, kind, 0).await;
        let problem = aws.perform(action, &run(1), &token).await.unwrap_err();
        assert_eq!(serde_json::to_value(&problem).unwrap()["code"], wanted);
        world.clear_faults().await;
        assert_eq!(aws.find(action, &run(1)).await.unwrap(), None);
    }
    world.fault("vpc-lattice", CREATE, lost, 0).await;
    let problem = aws.perform(action, &run(1), &token).await.unwrap_err();
    assert!(problem.leaves_outcome_open(), "{lost}: {problem:?}");
    world.clear_faults().await;
    let found = aws.find(action, &run(1)).await.unwrap().unwrap();
    assert_eq!(aws.find(action, &run(2)).await.unwrap(), None);
    // The same token answers the same thing.
    assert_eq!(aws.perform(action, &run(1), &token).await.unwrap(), found);
    world.until_usable(action, found).await
}

#[tokio::test]
async fn a_group_and_its_children_are_made_once_and_removed_in_order() {
    for lost in ["lost_answer", "malformed"] {
        let world = World::start().await;
        let aws = &world.aws;
        let before = configurations(&world).await;
        let gateway = made_gateway(&world).await;
        let of_group = group("replicas", &gateway);
        let whole = made_under_faults(&world, &of_group, lost).await;
        let mut children = Vec::new();
        for number in 1..=2 {
            let host = format!("mongo-{number}.example.internal");
            let action = child(&format!("replicas-{number}"), &whole, &host);
            let made = made_under_faults(&world, &action, lost).await;
            children.push((action, made));
        }
        let ids: Vec<_> = children
            .iter()
            .map(|(_, it)| it.one(OutputName::ConfigurationId).unwrap())
            .collect();
        assert_ne!(ids[0], ids[1]);
        let now = configurations(&world).await;
        assert_eq!(now.len(), before.len() + 3, "nothing was made twice");
        // The group is what is shared; the children go with it.
        let sharing = share("replicas", &whole);
        let shared = world.make(&sharing, &run(1)).await;

        match aws.remove(&of_group, &run(1), &whole).await {
            Err(Problem::Conflict { operation, .. }) => assert_eq!(operation, DELETE),
            other => panic!("{other:?}"),
        }
        world.remove(&sharing, &shared).await;
        match aws.remove(&of_group, &run(1), &whole).await {
            Err(Problem::Conflict { operation, .. }) => assert_eq!(operation, DELETE),
            other => panic!("{other:?}"),
        }
        assert!(!aws.removed(&of_group, &whole).await.unwrap());
        for (action, made) in children.iter().rev() {
            world.remove(action, made).await;
            assert_eq!(aws.find(action, &run(1)).await.unwrap(), None);
        }
        world.remove(&of_group, &whole).await;
        assert_eq!(configurations(&world).await, before);
    }
}

#[tokio::test]
async fn a_child_takes_its_time_and_may_fail() {
    let world = World::start().await;
    let gateway = made_gateway(&world).await;
    let whole = world.make(&group("replicas", &gateway), &run(1)).await;
    world.run_clock(0.0).await;
    let aws = &world.aws;
    let action = child("replicas-1", &whole, "mongo-1.example.internal");
    let made = aws.perform(&action, &run(1), &token()).await.unwrap();
    let waits = Progress::Waiting {
        seen: "CREATE_IN_PROGRESS".to_owned(),
        turn: Turn::Aws,
    };
    assert_eq!(aws.progress(&action, &made).await.unwrap(), waits);
    world.advance(Duration::from_mins(10)).await;
    assert!(matches!(
        aws.progress(&action, &made).await.unwrap(),
        Progress::Usable { .. }
    ));

    world.fault("vpc-lattice", CREATE, "failed_state", 1).await;
    let second = child("replicas-2", &whole, "mongo-2.example.internal");
    let made = aws.perform(&second, &run(1), &token()).await.unwrap();
    world.advance(Duration::from_mins(10)).await;
    match aws.progress(&second, &made).await.unwrap() {
        Progress::Ended { seen, reason } => {
            assert_eq!(seen, "CREATE_FAILED");
            assert!(reason.is_some());
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_child_of_a_group_that_is_not_there_is_refused() {
    let world = World::start().await;
    let gone = Outputs::default().with(OutputName::ConfigurationId, "rcfg-00000000000000000");
    let action = child("replicas-1", &gone, "mongo-1.example.internal");
    match world.aws.perform(&action, &run(1), &token()).await {
        Err(Problem::NotFound { operation, .. }) => assert_eq!(operation, CREATE),
        other => panic!("{other:?}"),
    }
    assert_eq!(world.aws.find(&action, &run(1)).await.unwrap(), None);
}
