//! What is changed of what was there before: cross-zone load balancing, inbound rules, principals, regions.

use pipelink_plan::paths::endpoint_service::DryRun;
use pipelink_plan::problem::Problem;
use pipelink_plan::run::Progress;
use pipelink_plan::step::{Action, Input, OutputName, Outputs};

use super::{
    BILLING_SERVICE, CRM, CRM_GROUP, LEDGER, REPORTS_SERVICE, cross_zone, not_enforcing, principal,
    region,
};
use crate::support::{World, run, token};
use crate::wire::Wire;

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

fn on_balancer() -> DryRun {
    DryRun::Create {
        load_balancer_arn: CRM.to_owned(),
        region: "us-west-2".to_owned(),
    }
}

fn on_service() -> DryRun {
    DryRun::Modify {
        service_id: BILLING_SERVICE.to_owned(),
        region: "us-west-2".to_owned(),
    }
}

/// Whoever has the policy that a plan asks for may create a service only with the run's tag, so that a dry run without
/// it would be refused although the right is there.
#[tokio::test]
async fn a_dry_run_of_the_creation_sets_the_runs_tag() {
    let wire = Wire::answering(
        "412 Precondition Failed",
        "<Response><Errors><Error><Code>DryRunOperation</Code><Message>yes</Message></Error></Errors></Response>",
    )
    .await;
    assert_eq!(
        wire.aws().multi_region_right(&on_balancer()).await,
        Ok(true)
    );
    let [sent] = wire.requests().try_into().unwrap();
    for member in [
        "DryRun=true",
        "SupportedRegion.1=us-west-2",
        "TagSpecification.1.ResourceType=vpc-endpoint-service",
        "TagSpecification.1.Tag.2.Key=pipelink%3Arun",
    ] {
        let there = sent.split(['&', '\n']).any(|it| it == member);
        assert!(there, "{member} is not in {sent}");
    }
    let value = sent
        .split('&')
        .find_map(|it| it.strip_prefix("TagSpecification.1.Tag.2.Value="));
    assert!(value.is_some_and(|it| !it.is_empty()), "{sent}");
}

#[tokio::test]
async fn the_right_to_other_regions_is_told_by_a_dry_run() {
    let world = World::start().await;
    let aws = &world.aws;
    let asked = [
        (on_balancer(), "CreateVpcEndpointServiceConfiguration"),
        (on_service(), "ModifyVpcEndpointServiceConfiguration"),
    ];
    for (asked, _) in &asked {
        assert_eq!(aws.multi_region_right(asked).await, Ok(true));
    }
    world.act_on("take-right", "vpce:AllowMultiRegion").await;
    for (asked, call) in &asked {
        assert_eq!(aws.multi_region_right(asked).await, Ok(false));
        for (kind, code) in [("throttle", "throttled"), ("reset", "unreachable")] {
            world.fault("ec2", call, kind, 0).await;
            let problem = aws.multi_region_right(asked).await.unwrap_err();
            let problem = serde_json::to_value(problem).unwrap();
            assert_eq!(problem["code"], code);
            world.clear_faults().await;
        }
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
    let billing = services.known().unwrap().iter();
    let billing = billing.filter(|it| it.id == BILLING_SERVICE);
    for service in billing {
        let regions = service.supported_regions.iter();
        assert!(regions.clone().all(|it| it.region != "us-west-2"));
    }

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

/// The sandbox knows a region's states in one case only.
#[tokio::test]
async fn a_regions_state_is_read_without_regard_to_case() {
    let progress = async |word: &str| {
        let wire = Wire::answering(
            "200 OK",
            format!(
                "<DescribeVpcEndpointServiceConfigurationsResponse><serviceConfigurationSet><item>\
                 <serviceId>{BILLING_SERVICE}</serviceId><supportedRegionSet><item><region>us-west-2</region>\
                 <serviceState>{word}</serviceState></item></supportedRegionSet>\
                 </item></serviceConfigurationSet></DescribeVpcEndpointServiceConfigurationsResponse>"
            ),
        )
        .await;
        let action = region(Input::literal(BILLING_SERVICE), "us-west-2");
        let progress = wire.aws().progress(&action, &Outputs::default()).await;
        progress.unwrap()
    };
    for word in ["Available", "available"] {
        let usable = progress(word).await;
        assert!(matches!(usable, Progress::Usable { .. }), "{usable:?}");
    }
    for word in [
        "Deleting", "deleting", "deleted", "failed", "Closing", "closing", "CLOSED",
    ] {
        let ended = Progress::Ended {
            seen: format!("us-west-2 {word}"),
            reason: None,
        };
        assert_eq!(progress(word).await, ended);
    }
    for word in ["Pending", "pending", "opening"] {
        let waits = progress(word).await;
        assert!(matches!(waits, Progress::Waiting { .. }), "{waits:?}");
    }
}
