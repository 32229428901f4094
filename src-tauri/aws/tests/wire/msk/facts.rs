//! What is read of a cluster.

use std::net::Ipv4Addr;

use pipelink_plan::CLICKPIPES_ACCOUNT;
use pipelink_plan::endpoint::Turn;
use pipelink_plan::observed::Observed;
use pipelink_plan::problem::Problem;
use pipelink_plan::run::Progress;
use pipelink_plan::step::{MskAuthentication, OutputName, Outputs};
use serde_json::json;

use super::{
    AUDIT, BOTH, EVENTS, IAM, NO_CLUSTER, OFF, PAYMENTS, SESSIONS, TELEMETRY, bootstrap,
    kept_cluster, still,
};
use crate::support::{VPC, World, run, token};

#[tokio::test]
async fn a_cluster_without_policy_or_connections_is_read_whole() {
    let world = still().await;
    let facts = world.aws.discover_msk(EVENTS).await;
    let cluster = facts.cluster.known().unwrap();
    assert_eq!(
        (
            cluster.name.as_str(),
            cluster.kind.as_str(),
            cluster.state.as_str()
        ),
        ("events", "PROVISIONED", "ACTIVE")
    );
    assert!(cluster.current_version.is_some());
    let own = cluster.provisioned.as_ref().unwrap();
    assert_eq!(own.kafka_version.as_deref(), Some("2.8.1"));
    assert_eq!(own.instance_type, "kafka.m5.large");
    assert_eq!((own.brokers, own.schemes, own.multi_vpc), (3, BOTH, OFF));
    assert_eq!(own.zone_ids, ["use1-az4", "use1-az6", "use1-az1"]);
    assert!(!own.unauthenticated);
    assert_eq!(facts.vpc_id.as_deref(), Some(VPC));
    assert_eq!(facts.policy, Observed::Known { value: None });
    assert_eq!(facts.connections.known().unwrap(), &[]);
    assert_eq!(facts.operations.known().unwrap(), &[]);
    let configuration = facts.configuration.known().unwrap().as_ref().unwrap();
    assert!(configuration.contains("allow.everyone.if.no.acl.found=false"));

    let nodes = facts.nodes.known().unwrap();
    assert_eq!(nodes.iter().map(|it| it.id).collect::<Vec<_>>(), [1, 2, 3]);
    for node in nodes {
        assert!(own.subnet_ids.contains(node.subnet_id.as_ref().unwrap()));
        assert!(node.address.is_some_and(|it: Ipv4Addr| it.is_private()));
        assert!(node.endpoints[0].starts_with(&format!("b-{}.events.", node.id)));
    }
    let addresses = facts.bootstrap.known().unwrap();
    assert!(
        addresses
            .iam
            .as_ref()
            .unwrap()
            .contains(&nodes[0].endpoints[0])
    );
    assert!(addresses.iam.as_ref().unwrap().ends_with(":9098"));
    assert!(addresses.scram.as_ref().unwrap().ends_with(":9096"));
    assert_eq!(
        (&addresses.multi_vpc_iam, &addresses.multi_vpc_scram),
        (&None, &None)
    );
}

#[tokio::test]
async fn policy_and_connections_of_others_are_told_as_they_are() {
    let world = still().await;
    let facts = world.aws.discover_msk(TELEMETRY).await;
    let own = facts.cluster.known().unwrap().provisioned.clone().unwrap();
    assert_eq!((own.schemes, own.multi_vpc), (BOTH, IAM));
    let policy = facts.policy.known().unwrap().as_ref().unwrap();
    assert_eq!(policy.version.as_deref(), Some("K3AEGXETSR30VB"));
    assert!(policy.document.contains("ReadersStayReaders"));
    let connections: Vec<_> = facts
        .connections
        .known()
        .unwrap()
        .iter()
        .map(|it| {
            assert!(it.created_at.is_some());
            let text = |it: &Option<String>| it.clone().unwrap();
            (text(&it.owner), text(&it.authentication), text(&it.state))
        })
        .collect();
    let expected = [
        ("444455556666", "SASL_IAM", "AVAILABLE"),
        ("777788889999", "SASL_SCRAM", "INACTIVE"),
    ];
    assert_eq!(
        connections,
        expected.map(|(owner, how, state)| (owner.to_owned(), how.to_owned(), state.to_owned()))
    );
    let addresses = facts.bootstrap.known().unwrap();
    let multi_vpc = addresses.multi_vpc_iam.as_ref().unwrap();
    assert!(multi_vpc.contains(".iam.telemetry.") && multi_vpc.contains(":14001,"));
    assert_eq!(addresses.multi_vpc_scram, None);

    let taken = world.aws.discover_msk(PAYMENTS).await;
    let [connection] = taken.connections.known().unwrap().as_slice() else {
        panic!("{:?}", taken.connections)
    };
    assert_eq!(connection.owner.as_deref(), Some(CLICKPIPES_ACCOUNT));
}

#[tokio::test]
async fn express_and_serverless_are_told_apart() {
    let world = still().await;
    let express = world.aws.discover_msk(SESSIONS).await;
    let own = express
        .cluster
        .known()
        .unwrap()
        .provisioned
        .clone()
        .unwrap();
    assert_eq!(own.instance_type, "express.m7g.large");
    assert_eq!(express.nodes.known().unwrap().len(), 3);

    let serverless = world.aws.discover_msk(AUDIT).await;
    let cluster = serverless.cluster.known().unwrap();
    assert_eq!(
        (cluster.kind.as_str(), &cluster.provisioned),
        ("SERVERLESS", &None)
    );
    let own = cluster.serverless.as_ref().unwrap();
    let host = own.bootstrap.known().unwrap();
    assert!(host.contains(".kafka-serverless.us-east-1.") && host.ends_with(":9098"));
    assert!(!own.vpcs[0].subnet_ids.is_empty());
    assert!(serverless.vpc_id.is_some());
    // AWS has no nodes for it, and refuses to list them.
    assert!(matches!(
        serverless.nodes.problem(),
        Some(Problem::Refused { .. })
    ));
    assert_eq!(serverless.configuration, Observed::Known { value: None });
}

#[tokio::test]
async fn a_cluster_that_is_not_there_is_not_found() {
    let world = still().await;
    let facts = world.aws.discover_msk(NO_CLUSTER).await;
    match facts.cluster.problem() {
        Some(Problem::NotFound { operation, .. }) => assert_eq!(operation, "DescribeClusterV2"),
        other => panic!("{other:?}"),
    }
    assert!(matches!(
        facts.configuration.problem(),
        Some(Problem::NotAsked { .. })
    ));
}

/// AWS answers with a conflict while a cluster has no brokers yet.
#[tokio::test]
async fn the_addresses_are_waited_for_while_a_cluster_is_not_ready() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("world");
    let world = World::kept(&file).await;
    let world = world
        .changed(&file, |world| {
            kept_cluster(world, "telemetry")["state"] = json!("CREATING");
        })
        .await;
    let facts = world.aws.discover_msk(TELEMETRY).await;
    assert!(matches!(
        facts.bootstrap.problem(),
        Some(Problem::Conflict { .. })
    ));
    let none = Progress::Waiting {
        seen: "no addresses yet".to_owned(),
        turn: Turn::Aws,
    };
    let action = bootstrap(TELEMETRY, MskAuthentication::SaslIam);
    let nothing = Outputs::default();
    let progress = async || world.aws.progress(&action, &nothing).await.unwrap();
    assert_eq!(progress().await, none);
}

#[tokio::test]
async fn the_addresses_are_those_of_the_scheme_from_other_networks() {
    let world = still().await;
    let aws = &world.aws;
    let action = bootstrap(TELEMETRY, MskAuthentication::SaslIam);
    let nothing = aws.perform(&action, &run(1), &token()).await.unwrap();
    assert_eq!(nothing, Outputs::default());
    let facts = aws.discover_msk(TELEMETRY).await;
    match aws.progress(&action, &nothing).await.unwrap() {
        Progress::Usable { outputs } => assert_eq!(
            outputs.one(OutputName::BootstrapBrokers),
            facts.bootstrap.known().unwrap().multi_vpc_iam.as_deref()
        ),
        other => panic!("{other:?}"),
    }
    // A scheme that is off has none.
    let off = bootstrap(TELEMETRY, MskAuthentication::SaslScram);
    let seen = aws.progress(&off, &nothing).await.unwrap();
    assert!(matches!(seen, Progress::Waiting { .. }), "{seen:?}");
    let gone = bootstrap(NO_CLUSTER, MskAuthentication::SaslIam);
    let seen = aws.progress(&gone, &nothing).await;
    // The model of this call names no "not found": AWS may call it a bad request.
    assert!(
        matches!(seen, Ok(Progress::Missing) | Err(Problem::Refused { .. })),
        "{seen:?}"
    );
    // There is nothing to take back.
    aws.remove(&action, &run(1), &nothing).await.unwrap();
    assert!(aws.removed(&action, &nothing).await.unwrap());
}
