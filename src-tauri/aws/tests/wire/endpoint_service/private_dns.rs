//! The private DNS name of a service: its record, and AWS's look at it.

use pipelink_plan::endpoint::Turn;
use pipelink_plan::problem::Problem;
use pipelink_plan::run::Progress;
use pipelink_plan::step::{Action, Input, OutputName, Outputs};

use super::{BILLING_SERVICE, load_balancer};
use crate::support::{World, run, token};

fn named(balancer: &Outputs) -> Action {
    Action::CreateEndpointService {
        name: "orders".to_owned(),
        load_balancers: vec![super::given(balancer, OutputName::LoadBalancerArn)],
        supported_regions: vec!["us-west-2".to_owned()],
        private_dns_name: Some("orders.example.com".to_owned()),
    }
}

fn verification(service: &str) -> Action {
    Action::VerifyPrivateDns {
        service: Input::literal(service),
        private_dns_name: "orders.example.com".to_owned(),
    }
}

#[tokio::test]
async fn the_record_is_told_and_verified_once_it_is_published() {
    let world = World::start().await;
    let aws = &world.aws;
    let balancer = world.make(&load_balancer("orders", &[]), &run(1)).await;
    let made = world.make(&named(&balancer), &run(1)).await;
    let id = made.one(OutputName::EndpointServiceId).unwrap();
    let record = aws.private_dns_record(id).await.unwrap().unwrap();
    assert_eq!(record.private_dns_name, "orders.example.com");
    assert_eq!(record.state.as_deref(), Some("pendingVerification"));
    assert_eq!(made.one(OutputName::TxtName), record.txt_name.as_deref());
    assert_eq!(made.one(OutputName::TxtValue), record.txt_value.as_deref());
    assert!(record.txt_name.unwrap().starts_with('_'));

    // Before the record is published, AWS looks in vain, and says where.
    let verify = verification(id);
    let outputs = aws.perform(&verify, &run(1), &token()).await.unwrap();
    assert_eq!(outputs.one(OutputName::EndpointServiceId), Some(id));
    assert_eq!(
        aws.progress(&verify, &outputs).await.unwrap(),
        Progress::Waiting {
            seen: "pendingVerification".to_owned(),
            turn: Turn::Aws,
        }
    );
    world.advance(std::time::Duration::from_mins(30)).await;
    match aws.progress(&verify, &outputs).await.unwrap() {
        Progress::Ended { seen, reason } => {
            assert_eq!(seen, "failed");
            let reason = reason.unwrap();
            assert!(
                reason.contains(record.txt_value.as_deref().unwrap()),
                "{reason}"
            );
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(aws.find(&verify, &run(1)).await.unwrap(), None);

    world.act_on("publish-txt", id).await;
    let outputs = world.make(&verify, &run(1)).await;
    assert_eq!(
        aws.find(&verify, &run(1)).await.unwrap(),
        Some(outputs.clone())
    );
    // Verified: AWS is not asked to look again.
    let calls = world.calls(verify.operation()).await;
    aws.perform(&verify, &run(1), &token()).await.unwrap();
    assert_eq!(world.calls(verify.operation()).await, calls);
    aws.remove(&verify, &run(1), &outputs).await.unwrap();
    assert!(aws.removed(&verify, &outputs).await.unwrap());
    world.remove(&named(&balancer), &made).await;
}

#[tokio::test]
async fn a_service_without_a_name_has_no_record_and_nothing_to_verify() {
    let world = World::start().await;
    let aws = &world.aws;
    assert_eq!(aws.private_dns_record(BILLING_SERVICE).await, Ok(None));
    let verify = verification(BILLING_SERVICE);
    match aws.perform(&verify, &run(1), &token()).await {
        Err(Problem::Refused { operation, .. }) => assert_eq!(operation, verify.operation()),
        other => panic!("{other:?}"),
    }
    let nothing = Outputs::default();
    assert_eq!(
        aws.progress(&verify, &nothing).await.unwrap(),
        Progress::Missing
    );
    match aws.private_dns_record("vpce-svc-00000000000000000").await {
        Err(Problem::NotFound { .. }) => {}
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn waiting_for_the_record_is_not_awss() {
    let world = World::start().await;
    let action = Action::AwaitDnsRecord {
        private_dns_name: "orders.example.com".to_owned(),
        record: Input::literal("_a"),
        value: Input::literal("vpce:a"),
    };
    let answer = world.aws.perform(&action, &run(1), &token()).await;
    assert!(
        matches!(answer, Err(Problem::Internal { .. })),
        "{answer:?}"
    );
}
