//! Quotas and prices: what the account may have, and what AWS bills for it.

use pipelink_aws::Aws;
use pipelink_plan::observed::Observed;
use pipelink_plan::problem::{Party, Problem};
use pipelink_plan::step::OutputName;

use crate::support::World;

#[tokio::test]
async fn the_quotas_of_both_services() {
    let world = World::start().await;
    let identity = world.aws.identity().await.unwrap();
    let facts = world.aws.discover_region(identity).await;
    let quotas = facts.quotas.known().unwrap();
    for service in ["vpc-lattice", "ram"] {
        assert!(
            quotas.iter().any(|quota| quota.service_code == service),
            "{service}"
        );
    }
    for quota in quotas {
        assert!(quota.quota_code.starts_with("L-"), "{quota:?}");
        assert!(!quota.name.is_empty(), "{quota:?}");
        assert!(quota.value >= 0.0, "{quota:?}");
    }
    assert_eq!(world.calls("ListServiceQuotas").await, 2);
}

#[tokio::test]
async fn an_empty_page_of_quotas_is_not_the_end() {
    let world = World::start().await;
    let identity = world.aws.identity().await.unwrap();
    let all = world.aws.discover_region(identity.clone()).await.quotas;
    world
        .fault("servicequotas", "ListServiceQuotas", "empty_page", 1)
        .await;
    let again = world.aws.discover_region(identity).await.quotas;
    assert_eq!(again, all);
    assert!(matches!(again, Observed::Known { .. }));
    assert_eq!(world.calls("ListServiceQuotas").await, 5);
}

#[tokio::test]
async fn what_the_gateway_processes_has_a_price() {
    let world = World::start().await;
    let prices = world.aws.prices().await.unwrap();
    assert!(!prices.is_empty());
    for price in &prices {
        assert_eq!(price.of, OutputName::GatewayId);
        assert_eq!(price.unit, "GB");
        assert!(price.usd.parse::<f64>().unwrap() > 0.0, "{price:?}");
        assert!(!price.description.is_empty());
        assert!(price.effective_from.is_some());
    }
}

#[tokio::test]
async fn an_empty_page_of_prices_is_not_the_end() {
    let world = World::start().await;
    let all = world.aws.prices().await.unwrap();
    world.fault("pricing", "GetProducts", "empty_page", 1).await;
    assert_eq!(world.aws.prices().await.unwrap(), all);
    assert_eq!(world.calls("GetProducts").await, 3);
}

#[tokio::test]
async fn a_region_without_a_row_has_no_price() {
    let world = World::start().await;
    let found = world.sandbox.connection();
    let open = |region| {
        Aws::open_sandbox(
            &found.aws_endpoint_url,
            region,
            &found.access_key_id,
            &found.secret_access_key,
        )
    };
    match open("ap-southeast-7").prices().await {
        Err(Problem::NotFound {
            party: Party::Aws,
            operation,
            ..
        }) => assert_eq!(operation, "GetProducts"),
        other => panic!("{other:?}"),
    }
    let before = world.calls("GetProducts").await;
    for region in ["cn-north-1", "us-gov-west-1", "eusc-de-east-1"] {
        let asked = open(region).prices().await;
        assert!(matches!(asked, Err(Problem::NotAsked { .. })), "{asked:?}");
    }
    assert_eq!(world.calls("GetProducts").await, before);
}

#[tokio::test]
async fn prices_that_cannot_be_read_say_why() {
    let world = World::start().await;
    let asked = async |kind: &str| {
        world.fault("pricing", "GetProducts", kind, 0).await;
        let problem = world.aws.prices().await;
        world.clear_faults().await;
        problem.unwrap_err()
    };
    match asked("deny").await {
        Problem::AccessDenied { action, .. } => assert_eq!(action, "pricing:GetProducts"),
        other => panic!("{other:?}"),
    }
    let (party, operation) = (Party::Aws, "GetProducts".to_owned());
    assert_eq!(
        asked("throttle").await,
        Problem::Throttled { party, operation }
    );
    for kind in ["reset", "lost_answer"] {
        let problem = asked(kind).await;
        assert!(
            matches!(problem, Problem::Unreachable { .. }),
            "{problem:?}"
        );
    }
    let problem = asked("malformed").await;
    assert!(matches!(problem, Problem::Malformed { .. }), "{problem:?}");
    let problem = asked("server_error").await;
    assert!(
        matches!(problem, Problem::ServerError { .. }),
        "{problem:?}"
    );
    world.aws.prices().await.unwrap();
}
