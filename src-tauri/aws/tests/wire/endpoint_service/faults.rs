//! Every writing call of this way, refused, throttled, unreadable and lost: the problem is the typed one, nothing is
//! made twice, and what was made all the same is found.

use pipelink_plan::problem::Problem;
use pipelink_plan::step::{Action, Input, OutputName, Outputs};

use super::{
    BILLING_PENDING, BILLING_SERVICE, accept, cross_zone, given, listener, load_balancer,
    not_enforcing, principal, region, service, target_group, targets,
};
use crate::support::{GROUP, World, run, token};

fn service_of(operation: &str) -> &'static str {
    if operation.contains("VpcEndpoint") {
        "ec2"
    } else {
        "elasticloadbalancing"
    }
}

/// The call that takes an action back.
fn taken_back_by(action: &Action) -> Option<&'static str> {
    Some(match action.operation() {
        "CreateTargetGroup" => "DeleteTargetGroup",
        "CreateLoadBalancer" => "DeleteLoadBalancer",
        "CreateListener" => "DeleteListener",
        "RegisterTargets" => "DeregisterTargets",
        "CreateVpcEndpointServiceConfiguration" => "DeleteVpcEndpointServiceConfigurations",
        "AcceptVpcEndpointConnections" => return None,
        same => same,
    })
}

fn code(problem: &Problem) -> String {
    let json = serde_json::to_value(problem).unwrap();
    json["code"].as_str().unwrap().to_owned()
}

/// A fault that leaves it open whether the call took effect, and what it is told as.
#[derive(Clone, Copy)]
struct Open {
    kind: &'static str,
    code: &'static str,
}

/// Performs an action that is refused, throttled, and then carried out under a fault that hides it.
async fn made_under_faults(world: &World, action: &Action, open: Open) -> Outputs {
    let (aws, run, token) = (&world.aws, run(1), token());
    let operation = action.operation();
    let service = service_of(operation);
    for (kind, wanted) in [("deny", "accessDenied"), ("throttle", "throttled")] {
        world.fault(service, operation, kind, 0).await;
        let problem = aws.perform(action, &run, &token).await.unwrap_err();
        assert_eq!(code(&problem), wanted, "{action:?}");
        if let Problem::AccessDenied { action, .. } = &problem {
            assert_eq!(*action, format!("{service}:{operation}"));
        }
        assert!(!problem.leaves_outcome_open(), "{action:?}");
        world.clear_faults().await;
        assert_eq!(aws.find(action, &run).await.unwrap(), None, "{action:?}");
    }
    world.fault(service, operation, open.kind, 0).await;
    let answer = aws.perform(action, &run, &token).await;
    world.clear_faults().await;
    match answer {
        Err(problem) => {
            assert_eq!(code(&problem), open.code, "{action:?}");
            assert!(problem.leaves_outcome_open(), "{action:?}");
        }
        // An answer that has nothing in it cannot be unreadable.
        Ok(_) => assert_eq!((open.kind, operation), ("malformed", "RegisterTargets")),
    }
    let found = aws.find(action, &run).await.unwrap().unwrap();
    let again = aws.perform(action, &run, &token).await.unwrap();
    assert!(
        again.0.is_empty() || again == found,
        "{action:?}: {again:?}"
    );
    world.until_usable(action, found).await
}

/// Takes an action back under every fault.
async fn removed_under_faults(world: &World, action: &Action, outputs: &Outputs) {
    let Some(operation) = taken_back_by(action) else {
        return;
    };
    let (aws, run) = (&world.aws, run(1));
    let service = service_of(operation);
    for (kind, wanted) in [("deny", "accessDenied"), ("throttle", "throttled")] {
        world.fault(service, operation, kind, 0).await;
        let problem = aws.remove(action, &run, outputs).await.unwrap_err();
        assert_eq!(code(&problem), wanted, "{action:?}");
        world.clear_faults().await;
        assert!(!aws.removed(action, outputs).await.unwrap(), "{action:?}");
    }
    world.fault(service, operation, "lost_answer", 1).await;
    // The SDK's second attempt finds it gone, or going.
    aws.remove(action, &run, outputs).await.unwrap();
    world.clear_faults().await;
    world.remove(action, outputs).await;
}

#[tokio::test]
async fn every_write_whose_answer_is_lost_is_found_and_made_once() {
    every_write(Open {
        kind: "lost_answer",
        code: "unreachable",
    })
    .await;
}

#[tokio::test]
async fn every_write_whose_answer_is_unreadable_is_found_and_made_once() {
    every_write(Open {
        kind: "malformed",
        code: "malformed",
    })
    .await;
}

async fn every_write(open: Open) {
    let world = World::start().await;
    let mut steps = Vec::new();
    let mut make = async |action: Action| {
        let outputs = made_under_faults(&world, &action, open).await;
        steps.push((action, outputs.clone()));
        outputs
    };
    let group = make(target_group("orders")).await;
    let balancer = make(load_balancer("orders", &[GROUP])).await;
    let arn = || given(&balancer, OutputName::LoadBalancerArn);
    make(cross_zone(arn())).await;
    make(not_enforcing(arn(), &[GROUP])).await;
    make(listener(&balancer, &group)).await;
    make(targets(&group)).await;
    let service = make(service("orders", &balancer)).await;
    let id = || given(&service, OutputName::EndpointServiceId);
    make(principal(id())).await;
    make(region(id(), "us-west-2")).await;
    make(accept(Input::literal(BILLING_SERVICE), BILLING_PENDING)).await;

    let facts = world
        .aws
        .discover_load_balancing(pipelink_aws::Look::At(&[]))
        .await;
    let named = |name: &str| name == "orders";
    let count = [
        facts
            .load_balancers
            .known()
            .unwrap()
            .iter()
            .filter(|it| named(&it.name))
            .count(),
        facts
            .target_groups
            .known()
            .unwrap()
            .iter()
            .filter(|it| named(&it.name))
            .count(),
        facts
            .endpoint_services
            .known()
            .unwrap()
            .iter()
            .filter(|it| it.name.as_deref() == Some("orders"))
            .count(),
    ];
    assert_eq!(count, [1, 1, 1], "nothing was made twice");
    for (action, outputs) in steps.iter().rev() {
        removed_under_faults(&world, action, outputs).await;
    }
}

#[tokio::test]
async fn what_looks_first_says_why_it_could_not() {
    let world = World::start().await;
    world
        .fault("elasticloadbalancing", "DescribeTags", "deny", 0)
        .await;
    let action = load_balancer("crm-postgres", &[]);
    match world.aws.perform(&action, &run(1), &token()).await {
        Err(Problem::AccessDenied { action, .. }) => {
            assert_eq!(action, "elasticloadbalancing:DescribeTags");
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(world.calls("CreateLoadBalancer").await, 0);
}

#[tokio::test]
async fn rejecting_and_verifying_say_why_they_could_not() {
    let world = World::start().await;
    let verify = Action::VerifyPrivateDns {
        service: Input::literal(super::CLICKSTREAM_SERVICE),
        private_dns_name: "kafka.clickstream.example.com".to_owned(),
    };
    for (kind, wanted) in [
        ("deny", "accessDenied"),
        ("throttle", "throttled"),
        ("malformed", "malformed"),
    ] {
        let reject = "RejectVpcEndpointConnections";
        world.fault("ec2", reject, kind, 0).await;
        let rejected = world
            .aws
            .reject_connection(BILLING_SERVICE, BILLING_PENDING);
        assert_eq!(code(&rejected.await.unwrap_err()), wanted);
        let looked = "DescribeVpcEndpointServiceConfigurations";
        world.fault("ec2", looked, kind, 0).await;
        let verified = world.aws.perform(&verify, &run(1), &token()).await;
        assert_eq!(code(&verified.unwrap_err()), wanted);
        world.clear_faults().await;
    }
}
