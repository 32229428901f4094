//! What is changed of what was there before: cross-zone load balancing, inbound rules, principals, regions.

use pipelink_plan::problem::Problem;
use pipelink_plan::run::Progress;
use pipelink_plan::step::{Action, Input, OutputName, Outputs};

use super::{
    BILLING_SERVICE, CRM, CRM_GROUP, LEDGER, REPORTS_SERVICE, cross_zone, not_enforcing, principal,
    region,
};
use crate::support::{World, run, token};

fn all() -> [Action; 4] {
    [
        cross_zone(Input::literal(LEDGER)),
        not_enforcing(Input::literal(CRM), &[CRM_GROUP]),
        principal(Input::literal(REPORTS_SERVICE)),
        region(Input::literal(BILLING_SERVICE), "us-west-2"),
    ]
}

#[tokio::test]
async fn each_change_is_made_once_and_changed_back() {
    let world = World::start().await;
    let aws = &world.aws;
    for action in all() {
        assert_eq!(
            aws.find(&action, &run(1)).await.unwrap(),
            None,
            "{action:?}"
        );
        let made = world.make(&action, &run(1)).await;
        assert!(!made.0.is_empty(), "{action:?}");
        assert_eq!(
            aws.find(&action, &run(1)).await.unwrap(),
            Some(made.clone())
        );
        let calls = world.calls(action.operation()).await;
        // It is so already: nothing is sent, and it is nobody's to take back.
        let again = aws.perform(&action, &run(2), &token()).await.unwrap();
        assert_eq!(again, Outputs::default(), "{action:?}");
        assert_eq!(world.calls(action.operation()).await, calls);
        world.remove(&action, &made).await;
        assert_eq!(
            aws.find(&action, &run(1)).await.unwrap(),
            None,
            "{action:?}"
        );
        // Changed back already: nothing more is sent.
        assert_eq!(world.calls(action.operation()).await, calls + 1);
    }
}

#[tokio::test]
async fn groups_that_somebody_else_has_changed_are_a_conflict() {
    let world = World::start().await;
    let action = not_enforcing(Input::literal(CRM), &["sg-05a32a34d6db06e24"]);
    match world.aws.perform(&action, &run(1), &token()).await {
        Err(Problem::Conflict { operation, message }) => {
            assert_eq!(operation, "SetSecurityGroups");
            assert!(message.contains(CRM_GROUP), "{message}");
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(world.calls("SetSecurityGroups").await, 0);
}

#[tokio::test]
async fn what_is_enforced_again_by_somebody_else_is_seen() {
    let world = World::start().await;
    let action = not_enforcing(Input::literal(CRM), &[CRM_GROUP]);
    let made = world.make(&action, &run(1)).await;
    world.act_on("toggle-enforcement", CRM).await;
    assert_eq!(world.aws.find(&action, &run(1)).await.unwrap(), None);
    assert!(matches!(
        world.aws.progress(&action, &made).await.unwrap(),
        Progress::Waiting { .. }
    ));
    assert!(world.aws.removed(&action, &made).await.unwrap());
    let calls = world.calls("SetSecurityGroups").await;
    world.aws.remove(&action, &run(1), &made).await.unwrap();
    assert_eq!(world.calls("SetSecurityGroups").await, calls);
}

#[tokio::test]
async fn what_is_not_there_is_missing_and_not_changed_back() {
    let world = World::start().await;
    let aws = &world.aws;
    let gone = format!("{LEDGER}0");
    let service = Input::literal("vpce-svc-00000000000000000");
    for action in [
        cross_zone(Input::literal(&gone)),
        not_enforcing(Input::literal(&gone), &[CRM_GROUP]),
        principal(service.clone()),
        region(service, "us-west-2"),
    ] {
        let outputs = Outputs::default();
        assert_eq!(aws.find(&action, &run(1)).await.unwrap(), None);
        assert_eq!(
            aws.progress(&action, &outputs).await.unwrap(),
            Progress::Missing,
            "{action:?}"
        );
        assert!(aws.removed(&action, &outputs).await.unwrap());
        for refused in [
            aws.perform(&action, &run(1), &token()).await.unwrap_err(),
            aws.remove(&action, &run(1), &outputs).await.unwrap_err(),
        ] {
            assert!(matches!(refused, Problem::NotFound { .. }), "{refused:?}");
        }
    }
}

#[tokio::test]
async fn the_right_to_other_regions_is_told_by_a_dry_run() {
    let world = World::start().await;
    let aws = &world.aws;
    assert_eq!(aws.multi_region_right(CRM, "us-west-2").await, Ok(true));
    world.act_on("take-right", "vpce:AllowMultiRegion").await;
    assert_eq!(aws.multi_region_right(CRM, "us-west-2").await, Ok(false));
    let create = "CreateVpcEndpointServiceConfiguration";
    for (kind, code) in [("throttle", "throttled"), ("reset", "unreachable")] {
        world.fault("ec2", create, kind, 0).await;
        let problem = aws.multi_region_right(CRM, "us-west-2").await.unwrap_err();
        let problem = serde_json::to_value(problem).unwrap();
        assert_eq!(problem["code"], code);
        world.clear_faults().await;
    }
    let services = world
        .aws
        .discover_load_balancing(pipelink_aws::Look::At(&[]))
        .await;
    let services = services.endpoint_services;
    assert_eq!(
        services.known().unwrap().len(),
        4,
        "a dry run makes nothing"
    );

    // The change itself is refused for want of the same right.
    let action = region(Input::literal(BILLING_SERVICE), "us-west-2");
    match aws.perform(&action, &run(1), &token()).await {
        Err(Problem::AccessDenied { .. }) => {}
        other => panic!("{other:?}"),
    }
    let there = region(Input::literal(BILLING_SERVICE), "us-east-2");
    let made = aws.perform(&there, &run(1), &token()).await.unwrap();
    assert_eq!(made.one(OutputName::EndpointServiceId), None);
}
