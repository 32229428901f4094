//! What is read of the scenario, and what a key without the right or a sleeping service comes to.

use std::time::Duration;

use pipelink_clickhouse::{ApiKey, ClickHouse};
use pipelink_plan::endpoint::{EndpointKind, EndpointStatus, Turn};
use pipelink_plan::problem::{Party, Problem};
use secrecy::SecretString;

use crate::world::World;

#[tokio::test]
async fn facts_are_those_of_the_scenario() {
    let world = World::start(60.0).await;
    let organizations = world.client.organizations().await.unwrap();
    assert_eq!(organizations.len(), 1);
    assert_eq!(organizations[0].id, world.organization);

    let services = world.client.services(&world.organization).await.unwrap();
    assert!(services.odd.is_empty());
    let of = |name: &str| services.rows.iter().find(|one| one.name == name).unwrap();
    let orders = of("orders-analytics");
    assert_eq!(
        (orders.provider.as_str(), orders.region.as_str()),
        ("aws", "us-east-1")
    );
    assert_eq!(orders.state, "running");
    assert_eq!(orders.created_at, "2025-02-11T10:04:31Z".parse().ok());
    assert_eq!(of("marketing").provider, "gcp");
    assert_eq!(of("finance-archive").state, "idle");

    let endpoints = world
        .client
        .endpoints(&world.organization, &orders.id)
        .await
        .unwrap();
    assert!(endpoints.odd.is_empty());
    let inventory = endpoints
        .rows
        .iter()
        .find(|row| row.description == "inventory-postgres");
    let inventory = inventory.unwrap();
    assert_eq!(inventory.status, EndpointStatus::Ready);
    assert!(
        endpoints
            .rows
            .iter()
            .any(|row| row.status == EndpointStatus::Failed)
    );

    let pipes = world
        .client
        .pipes(&world.organization, &orders.id)
        .await
        .unwrap();
    assert!(pipes.odd.is_empty());
    let users = pipes.rows.iter().filter(|pipe| {
        pipe.hosts
            .iter()
            .any(|host| inventory.dns_names.contains(host))
    });
    assert_eq!(users.count(), 2);
    let kafka = pipes
        .rows
        .iter()
        .find(|pipe| pipe.name == "clickstream")
        .unwrap();
    let named = endpoints
        .rows
        .iter()
        .find(|row| row.id == kafka.endpoint_ids[0])
        .unwrap();
    assert_eq!(named.kind, EndpointKind::VpcEndpointService);

    let payments = of("payments-reporting");
    let waiting = world
        .client
        .endpoints(&world.organization, &payments.id)
        .await
        .unwrap();
    let pending = waiting
        .rows
        .iter()
        .find(|row| row.status == EndpointStatus::PendingAcceptance);
    assert_eq!(pending.unwrap().status.turn(), Turn::You);
}

#[tokio::test]
async fn an_idle_service_says_so_and_wakes_on_the_admins_word_alone() {
    let world = World::start(600.0).await;
    let service_id = world.service("finance-archive").await;
    let problem = world
        .client
        .endpoints(&world.organization, &service_id)
        .await
        .unwrap_err();
    let Problem::ServiceIdle {
        service_id: idle,
        message,
    } = problem
    else {
        unreachable!("{problem:?}");
    };
    assert_eq!(idle, service_id);
    assert!(message.contains("idle"), "{message}");
    assert_eq!(world.calls("UpdateServiceState").await, 0);

    world
        .client
        .wake(&world.organization, &service_id)
        .await
        .unwrap();
    for _ in 0..60 {
        match world
            .client
            .endpoints(&world.organization, &service_id)
            .await
        {
            Ok(endpoints) => {
                assert!(endpoints.rows.is_empty());
                return;
            }
            Err(Problem::ServiceIdle { .. }) => {
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
            Err(other) => unreachable!("{other:?}"),
        }
    }
    unreachable!("the service did not wake");
}

#[tokio::test]
async fn keys_and_rights_are_told_apart() {
    let world = World::start(60.0).await;
    let connection = world.sandbox.connection();
    let wrong = ApiKey::new(
        connection.clickhouse_key_id.clone(),
        SecretString::from("not the secret"),
    );
    let stranger = ClickHouse::new(&connection.clickhouse_url, wrong).unwrap();
    assert_eq!(stranger.organizations().await, Err(Problem::KeyRejected));

    world.fault("ListOrganizations", "unauthorized", 1).await;
    assert_eq!(
        world.client.organizations().await,
        Err(Problem::KeyRejected)
    );
    world.fault("ListServices", "forbidden", 1).await;
    let problem = world
        .client
        .services(&world.organization)
        .await
        .unwrap_err();
    assert!(
        matches!(&problem, Problem::KeyForbidden { operation, .. } if operation == "ListServices"),
        "{problem:?}"
    );
    let nowhere = "00000000-0000-4000-8000-000000000000";
    let problem = world
        .client
        .endpoints(&world.organization, nowhere)
        .await
        .unwrap_err();
    assert!(
        matches!(
            problem,
            Problem::NotFound {
                party: Party::ClickHouse,
                ..
            }
        ),
        "{problem:?}"
    );
}
