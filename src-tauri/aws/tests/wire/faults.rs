//! What AWS answers when it refuses becomes the typed problem, whichever protocol the service speaks.

use std::time::{Duration, Instant};

use pipelink_aws::Aws;
use pipelink_plan::observed::Observed;
use pipelink_plan::problem::{Party, Problem};
use pipelink_plan::run::Progress;
use pipelink_plan::step::{OutputName, Outputs};

use crate::support::{World, configuration, gateway, run, share, token};

/// REST-JSON, EC2 query, AWS query and JSON 1.1, each with a read.
const READS: [(&str, &str); 6] = [
    ("vpc-lattice", "ListResourceGateways"),
    ("ram", "GetResourceShares"),
    ("kafka", "ListClustersV2"),
    ("ec2", "DescribeVpcs"),
    ("rds", "DescribeDBInstances"),
    ("servicequotas", "ListServiceQuotas"),
];

/// Each read of [`READS`] under one kind of fault.
async fn problems_under(kind: &str) -> Vec<(&'static str, &'static str, Problem)> {
    let world = World::start().await;
    let identity = world.aws.identity().await.unwrap();
    for (service, operation) in READS {
        world.fault(service, operation, kind, 0).await;
    }
    let facts = world.aws.discover_region(identity).await;
    let found = [
        facts.gateways.problem().cloned(),
        facts.shares.problem().cloned(),
        facts.msk_clusters.problem().cloned(),
        facts.vpcs.problem().cloned(),
        facts.instances.problem().cloned(),
        facts.quotas.problem().cloned(),
    ];
    assert!(matches!(facts.clusters, Observed::Known { .. }));
    READS
        .into_iter()
        .zip(found)
        .map(|((service, operation), problem)| {
            let problem = problem.unwrap_or_else(|| panic!("{operation} had no problem"));
            (service, operation, problem)
        })
        .collect()
}

#[tokio::test]
async fn denied_names_the_right_that_is_missing() {
    for (service, operation, problem) in problems_under("deny").await {
        match problem {
            Problem::AccessDenied { action, .. } => {
                assert_eq!(action, format!("{service}:{operation}"));
            }
            other => panic!("{operation}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn throttled_is_told_after_the_sdks_own_attempts() {
    for (_, operation, problem) in problems_under("throttle").await {
        assert_eq!(
            problem,
            Problem::Throttled {
                party: Party::Aws,
                operation: operation.to_owned(),
            }
        );
    }
}

#[tokio::test]
async fn expired_credentials_are_told_apart_from_a_missing_right() {
    for (_, operation, problem) in problems_under("expired_credentials").await {
        let wanted = Problem::CredentialsExpired {
            profile: "sandbox".to_owned(),
        };
        assert_eq!(problem, wanted, "{operation}");
    }
}

#[tokio::test]
async fn an_internal_error_is_the_other_sides() {
    for (_, operation, problem) in problems_under("server_error").await {
        match problem {
            Problem::ServerError {
                party: Party::Aws,
                operation: named,
                ..
            } => assert_eq!(named, operation),
            other => panic!("{operation}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn an_answer_that_cannot_be_read_is_malformed() {
    for (_, operation, problem) in problems_under("malformed").await {
        match problem {
            Problem::Malformed {
                party: Party::Aws,
                operation: named,
                ..
            } => assert_eq!(named, operation),
            other => panic!("{operation}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn a_write_with_an_unreadable_answer_is_left_open_and_found() {
    let world = World::start().await;
    let action = gateway("orders");
    world
        .fault("vpc-lattice", "CreateResourceGateway", "malformed", 0)
        .await;
    let problem = world
        .aws
        .perform(&action, &run(1), &token())
        .await
        .unwrap_err();
    assert!(matches!(problem, Problem::Malformed { .. }), "{problem:?}");
    assert!(problem.leaves_outcome_open());
    let found = world.aws.find(&action, &run(1)).await.unwrap();
    assert!(found.is_some());
}

#[tokio::test]
async fn a_connection_cut_is_unreachable() {
    for (_, operation, problem) in problems_under("reset").await {
        match problem {
            Problem::Unreachable {
                party: Party::Aws,
                operation: named,
                ..
            } => assert_eq!(named, operation),
            other => panic!("{operation}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn one_bad_moment_is_the_sdks_to_smooth_over() {
    let world = World::start().await;
    for kind in ["throttle", "server_error", "reset"] {
        world.fault("sts", "GetCallerIdentity", kind, 1).await;
        world.aws.identity().await.unwrap();
    }
    assert_eq!(world.calls("GetCallerIdentity").await, 6);
}

#[tokio::test]
async fn a_quota_is_a_quota() {
    let world = World::start().await;
    world
        .fault("vpc-lattice", "CreateResourceGateway", "quota", 1)
        .await;
    let refused = world
        .aws
        .perform(&gateway("orders"), &run(1), &token())
        .await;
    match refused {
        Err(Problem::QuotaExceeded {
            operation,
            quota,
            message,
        }) => {
            assert_eq!(operation, "CreateResourceGateway");
            // Which quota it is: nothing else tells the admin what to ask for.
            assert_eq!(quota.unwrap().service_code, "vpc-lattice");
            assert!(
                message.starts_with("ServiceQuotaExceededException"),
                "{message}"
            );
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(
        world.aws.find(&gateway("orders"), &run(1)).await.unwrap(),
        None
    );
}

#[tokio::test]
async fn a_share_that_may_not_leave_the_organization_is_told_as_such() {
    let world = World::start().await;
    let made_gateway = world.make(&gateway("orders"), &run(1)).await;
    let made = world
        .make(&configuration("orders", &made_gateway), &run(1))
        .await;
    world
        .fault("ram", "CreateResourceShare", "refused_sharing", 0)
        .await;
    let action = share("orders", &made);
    match world.aws.perform(&action, &run(1), &token()).await {
        Err(Problem::SharingRefused { operation, message }) => {
            assert_eq!(operation, "CreateResourceShare");
            assert!(
                message.starts_with("OperationNotPermittedException"),
                "{message}"
            );
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(world.aws.find(&action, &run(1)).await.unwrap(), None);
}

#[tokio::test]
async fn not_found_right_after_the_creation_is_missing_not_an_error() {
    let world = World::start().await;
    let action = gateway("orders");
    let outputs = world.aws.perform(&action, &run(1), &token()).await.unwrap();
    world
        .fault("vpc-lattice", "GetResourceGateway", "not_found_once", 1)
        .await;
    assert_eq!(
        world.aws.progress(&action, &outputs).await.unwrap(),
        Progress::Missing
    );
    world.until_usable(&action, outputs).await;
}

#[tokio::test]
async fn what_is_refused_as_invalid_says_why() {
    let world = World::start().await;
    let refused = world
        .aws
        .perform(&gateway("Not-A-Name"), &run(1), &token())
        .await;
    match refused {
        Err(Problem::Refused {
            party: Party::Aws,
            operation,
            message,
        }) => {
            assert_eq!(operation, "CreateResourceGateway");
            assert!(message.starts_with("ValidationException"), "{message}");
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn keys_that_aws_does_not_know_are_not_a_missing_right() {
    let world = World::start().await;
    let url = &world.sandbox.connection().aws_endpoint_url;
    let aws = Aws::open_sandbox(url, "us-east-1", "AKIAIOSFODNN7EXAMPLE", "wrong");
    for problem in [
        aws.identity().await.unwrap_err(),
        aws.regions().await.unwrap_err(),
        aws.find(&gateway("orders"), &run(1)).await.unwrap_err(),
    ] {
        match problem {
            Problem::CredentialsUnavailable { profile, .. } => assert_eq!(profile, "sandbox"),
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn nobody_there_is_unreachable_and_soon() {
    // A port that was free a moment ago.
    let port = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let aws = Aws::open_sandbox(&format!("http://127.0.0.1:{port}"), "us-east-1", "a", "b");
    let begun = Instant::now();
    match aws.identity().await {
        Err(Problem::Unreachable { operation, .. }) => assert_eq!(operation, "GetCallerIdentity"),
        other => panic!("{other:?}"),
    }
    assert!(begun.elapsed() < Duration::from_secs(31));
}

#[tokio::test]
async fn outputs_that_lack_the_id_are_our_own_fault() {
    let world = World::start().await;
    let empty = Outputs::default();
    let action = gateway("orders");
    for problem in [
        world.aws.progress(&action, &empty).await.unwrap_err(),
        world
            .aws
            .remove(&action, &run(1), &empty)
            .await
            .unwrap_err(),
        world.aws.removed(&action, &empty).await.unwrap_err(),
    ] {
        assert!(matches!(problem, Problem::Internal { .. }), "{problem:?}");
    }
    assert_eq!(empty.one(OutputName::GatewayId), None);
    assert_eq!(world.calls("DeleteResourceGateway").await, 0);
}
