//! The readings of a plan, each over the same few plans: what is new, what is reused, what is changed.

mod connect;
mod plans;
mod policy;
mod removal;
mod review;
mod topology;

use std::collections::BTreeMap;

use pipelink_plan::paths::vpc_resource::{change_gateway_groups, plan};
use pipelink_plan::step::{DnsResolution, Outputs, Plan, StepId, Used};

use crate::facts::*;
use plans::Balanced;

/// Every combination that reads differently, by name.
pub(crate) fn plans() -> Vec<(&'static str, Plan)> {
    vec![
        ("database", database_everything()),
        ("domain_in_vpc", domain_in_vpc()),
        ("address_on_gateway", address_on_gateway()),
        (
            "database_on_configuration",
            database_on_configuration_by_hand(),
        ),
        ("change_groups", change_groups()),
        ("replica_set", replica_set()),
        ("brokers_and_registry", brokers_and_registry()),
        ("serverless", planned(&World::healthy().of_serverless())),
        ("msk", plans::msk()),
        ("msk_by_hand", plans::msk_by_hand()),
        ("msk_already_on", plans::msk_already_on()),
        ("balanced", plans::balanced(Balanced::default())),
        (
            "balanced_with_groups",
            plans::balanced(Balanced {
                groups: true,
                by_hand: true,
                ..Balanced::default()
            }),
        ),
        (
            "balanced_elsewhere",
            plans::balanced(Balanced {
                other_region: true,
                private_dns: true,
                ..Balanced::default()
            }),
        ),
        (
            "balanced_without_key",
            plans::balanced(Balanced {
                key: false,
                ..Balanced::default()
            }),
        ),
        ("kafka_by_ports", plans::kafka_by_ports()),
        ("three_brokers", plans::brokers(3, true)),
        ("two_brokers_without_key", plans::brokers(2, false)),
        ("on_load_balancer", plans::on_load_balancer()),
        ("on_service", plans::on_service()),
    ]
}

fn replica_set() -> Plan {
    planned(&World::healthy().of_nodes())
}

fn replica_set_by_hand() -> Plan {
    planned(&World::healthy().of_nodes().by_hand())
}

fn brokers_and_registry() -> Plan {
    planned(&World::healthy().of_brokers(
        "b-1.kafka.example.com, b-2.kafka.example.com",
        "registry.example.com:8081",
    ))
}

pub(crate) fn database_everything() -> Plan {
    planned(&World::healthy())
}

fn database_by_hand() -> Plan {
    planned(&World::healthy().by_hand())
}

/// A private name with several ports, made out to nothing that Pipelink knows.
fn domain_in_vpc() -> Plan {
    let mut world = World::healthy();
    world.choices.source = domain_name(
        "Kafka.Internal.example.com.",
        "9092-9094, 9096",
        DnsResolution::InVpc,
    );
    planned(&world)
}

fn address_on_gateway() -> Plan {
    let mut world = World::healthy().on_gateway();
    world.choices.source = ip_address("10.20.1.40", "5432");
    planned(&world)
}

fn database_on_configuration_by_hand() -> Plan {
    planned(&World::healthy().by_hand().on_configuration())
}

fn change_groups() -> Plan {
    let mut world = World::healthy().on_gateway();
    let region = world.region.clone();
    let source =
        pipelink_plan::paths::vpc_resource::source_ref(world.facts(), &world.choices.source);
    let gateway = world.gateway().clone();
    change_gateway_groups(
        &region.identity,
        &gateway,
        &source.unwrap(),
        &[GROUP_GATEWAY.to_owned(), GROUP_WEB.to_owned()],
    )
    .unwrap()
}

fn planned(world: &World) -> Plan {
    plan(world.facts(), &world.choices).unwrap()
}

/// What the plan's steps have made when all of them are done.
pub(crate) fn made_by(plan: &Plan) -> BTreeMap<StepId, Outputs> {
    plan.steps
        .iter()
        .map(|step| (step.id.clone(), plans::outputs(plan, step)))
        .collect()
}

/// The IDs of what was there before.
fn used_ids(plan: &Plan) -> Vec<String> {
    plan.uses
        .iter()
        .map(|used| match used {
            Used::ResourceGateway { id, .. }
            | Used::ResourceConfiguration { id, .. }
            | Used::EndpointService { id, .. } => id.clone(),
            Used::LoadBalancer { arn, .. } => arn.clone(),
        })
        .collect()
}
