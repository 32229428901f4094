//! Sources beyond databases: names and addresses with their ports, and where a gateway looks names up.

use std::net::Ipv4Addr;

use pipelink_plan::problem::Problem;
use pipelink_plan::step::{Definition, DnsResolution, OutputName, PortRange};

use crate::support::{World, configuration, configuration_of, gateway_looking_up, run, token};

fn ports() -> Vec<PortRange> {
    vec![
        PortRange {
            first: 5432,
            last: 5432,
        },
        PortRange {
            first: 9092,
            last: 9094,
        },
    ]
}

fn a_name() -> Definition {
    Definition::DomainName {
        name: "orders.internal.example".to_owned(),
        ports: ports(),
    }
}

fn an_address() -> Definition {
    Definition::IpAddress {
        address: Ipv4Addr::new(10, 20, 1, 52),
        ports: ports(),
    }
}

#[tokio::test]
async fn names_and_addresses_are_made_found_read_back_and_removed() {
    let world = World::start().await;
    let this_run = run(1);
    let new_gateway = gateway_looking_up("orders-gateway", DnsResolution::InVpc);
    let made_gateway = world.make(&new_gateway, &this_run).await;
    let gateway_id = made_gateway.one(OutputName::GatewayId).unwrap();
    let read = world.aws.gateway(gateway_id).await.unwrap();
    assert_eq!(read.dns_resolution, Some(DnsResolution::InVpc));
    assert!(!read.service_managed);

    for (name, definition) in [("by-name", a_name()), ("by-address", an_address())] {
        let action = configuration_of(name, &made_gateway, definition.clone());
        let made = world.make(&action, &this_run).await;
        assert_eq!(
            world.aws.find(&action, &this_run).await.unwrap(),
            Some(made.clone())
        );
        let identity = world.aws.identity().await.unwrap();
        let facts = world.aws.discover_region(identity).await;
        let read = facts
            .configurations
            .known()
            .unwrap()
            .iter()
            .find(|it| it.name == name)
            .unwrap()
            .clone();
        assert_eq!(
            Some(read.id.as_str()),
            made.one(OutputName::ConfigurationId)
        );
        assert_eq!(read.definition, Some(definition));
        assert_eq!(read.gateway_id.as_deref(), Some(gateway_id));
        world.remove(&action, &made).await;
    }
    world.remove(&new_gateway, &made_gateway).await;
}

#[tokio::test]
async fn a_database_does_not_go_behind_a_gateway_that_looks_names_up_in_the_vpc() {
    let world = World::start().await;
    let new_gateway = gateway_looking_up("orders-gateway", DnsResolution::InVpc);
    let made = world.make(&new_gateway, &run(1)).await;
    let refused = world
        .aws
        .perform(&configuration("orders", &made), &run(1), &token())
        .await;
    match refused {
        Err(Problem::Refused { operation, .. } | Problem::Conflict { operation, .. }) => {
            assert_eq!(operation, "CreateResourceConfiguration");
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn the_same_token_for_other_ports_is_a_conflict() {
    let world = World::start().await;
    let new_gateway = gateway_looking_up("orders-gateway", DnsResolution::Public);
    let made = world.make(&new_gateway, &run(1)).await;
    let one_token = token();
    let first = configuration_of("orders", &made, an_address());
    let outputs = world
        .aws
        .perform(&first, &run(1), &one_token)
        .await
        .unwrap();
    assert_eq!(
        world
            .aws
            .perform(&first, &run(1), &one_token)
            .await
            .unwrap(),
        outputs
    );
    let other = Definition::IpAddress {
        address: Ipv4Addr::new(10, 20, 1, 52),
        ports: vec![PortRange { first: 1, last: 1 }],
    };
    let other = configuration_of("orders", &made, other);
    let refused = world.aws.perform(&other, &run(1), &one_token).await;
    assert!(
        matches!(refused, Err(Problem::Conflict { .. })),
        "{refused:?}"
    );
}
