//! The readings of a plan, each over the same few plans: what is new, what is reused, what is changed.

mod connect;
mod policy;
mod removal;
mod review;
mod topology;

use std::collections::BTreeMap;

use pipelink_plan::paths::vpc_resource::{change_gateway_groups, plan};
use pipelink_plan::step::{Action, DnsResolution, OutputName, Outputs, Plan, StepId};

use crate::facts::*;

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
    ]
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
    let source = pipelink_plan::paths::vpc_resource::source_ref(&region, &world.choices.source);
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
    plan(&world.region, &world.choices).unwrap()
}

/// What the plan's steps have made when all of them are done.
fn made_by(plan: &Plan) -> BTreeMap<StepId, Outputs> {
    let everything = made();
    plan.steps
        .iter()
        .filter_map(|step| {
            let outputs = match &step.action {
                Action::UpdateGatewaySecurityGroups { gateway_id, .. } => {
                    Outputs::default().with(OutputName::GatewayId, gateway_id)
                }
                _ => everything.get(&step.id)?.clone(),
            };
            Some((step.id.clone(), outputs))
        })
        .collect()
}
