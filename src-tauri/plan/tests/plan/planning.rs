//! Plans as data, and what is refused at which field.

use pipelink_plan::names::Field;
use pipelink_plan::paths::vpc_resource::choices::ServiceChoice;
use pipelink_plan::paths::vpc_resource::{existing_endpoint, field_errors, plan};

use crate::facts::*;

#[test]
fn with_a_key_the_plan_ends_with_the_endpoint() {
    let world = World::healthy();
    insta::assert_json_snapshot!(
        "plan_with_key",
        plan(&world.region, &world.choices).unwrap()
    );
}

#[test]
fn without_a_key_it_ends_with_the_wait_for_acceptance() {
    let world = World::healthy().by_hand();
    let plan = plan(&world.region, &world.choices).unwrap();
    insta::assert_json_snapshot!("plan_by_hand", plan.steps.last());
}

#[test]
fn every_step_finds_its_inputs_in_the_steps_before() {
    let world = World::healthy();
    let mut made = made();
    let plan = plan(&world.region, &world.choices).unwrap();
    for step in &plan.steps {
        assert!(step.action.resolve(&made).is_ok(), "{}", step.id);
    }
    made.remove(&plan.steps[0].id);
    assert!(plan.steps[1].action.resolve(&made).is_err());
}

#[test]
fn bad_choices_are_refused_at_their_fields() {
    let mut world = World::healthy();
    world.subnet_ids().clear();
    *world.security_group_ids() = vec!["sg-12345678".to_owned(); 6];
    *world.names().0 = "rgw-x".to_owned();
    *world.names().1 = "UPPER".to_owned();
    let choices = &mut world.choices;
    choices.source = database("orders");
    choices.share_name = "\n".to_owned();
    choices.description = String::new();
    choices.service = ServiceChoice::Key {
        organization_id: ORGANIZATION.to_owned(),
        service_id: "../other".to_owned(),
    };
    let fields: Vec<Field> = plan(&world.region, choices)
        .unwrap_err()
        .into_iter()
        .map(|it| it.field)
        .collect();
    let without_facts: Vec<Field> = field_errors(choices).iter().map(|it| it.field).collect();
    assert_eq!(without_facts, fields);
    assert_eq!(
        fields,
        [
            Field::Source,
            Field::Service,
            Field::Subnets,
            Field::SecurityGroups,
            Field::GatewayName,
            Field::ConfigurationName,
            Field::ShareName,
            Field::Description
        ]
    );
}

#[test]
fn a_source_that_cannot_be_planned_for_is_refused() {
    let mut world = World::healthy();
    let refused = |world: &World| {
        let errors = plan(&world.region, &world.choices).unwrap_err();
        assert_eq!(errors.len(), 1);
        assert_eq!(errors[0].field, Field::Source);
        errors[0].rule.clone()
    };
    let mut rules = Vec::new();
    for arn in [
        "arn:aws:rds:eu-west-1:111122223333:cluster:orders-postgres",
        "arn:aws:rds:us-east-1:444455556666:cluster:orders-postgres",
        &cluster_arn("gone"),
        &cluster_arn("documents"),
    ] {
        world.choices.source = database(arn);
        rules.push(refused(&world));
    }
    insta::assert_snapshot!("source_refused", rules.join("\n"));
}

#[test]
fn an_endpoint_is_found_by_where_its_configuration_leads() {
    let mut world = World::healthy();
    let member = world.instance("orders-postgres-1").arn.clone();
    all(&mut world.region.configurations).push(configuration("rcfg-1", "a", ORDERS));
    let mut failed = endpoint("e-0", "rcfg-1");
    failed.status = pipelink_plan::endpoint::EndpointStatus::Failed;
    world.add_endpoint(failed);
    world.add_endpoint(endpoint("e-1", "rcfg-1"));
    let found = |world: &World, arn: &str| {
        existing_endpoint(
            &world.region,
            world.clickhouse.as_ref().unwrap(),
            &database(arn),
        )
        .map(|it| it.id.clone())
    };
    assert_eq!(found(&world, ORDERS).as_deref(), Some("e-1"));
    assert_eq!(found(&world, &member).as_deref(), Some("e-1"));
    assert_eq!(found(&world, BILLING), None);
    world.region.configurations = denied("vpc-lattice:ListResourceConfigurations");
    assert_eq!(found(&world, ORDERS), None);
}
