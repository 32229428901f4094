//! Plans as data, and what is refused at which field.

use pipelink_plan::endpoint::EndpointStatus;
use pipelink_plan::names::{Field, msk_arn};
use pipelink_plan::paths::choices::ServiceChoice;
use pipelink_plan::paths::msk_multi_vpc::{existing_endpoint, field_errors, plan};
use pipelink_plan::step::{MskAuthentication, MultiVpcSchemes, Plan};
use proptest::prelude::*;

use super::facts::*;
use crate::facts::*;

fn planned(world: &MskWorld) -> Plan {
    plan(&world.region, &world.msk, &world.choices).unwrap()
}

fn ids(world: &MskWorld) -> Vec<String> {
    planned(world)
        .steps
        .iter()
        .map(|it| it.id.0.clone())
        .collect()
}

#[test]
fn with_a_key_connectivity_and_policy_come_before_the_endpoint() {
    insta::assert_json_snapshot!("msk_plan_with_key", planned(&MskWorld::healthy()));
}

#[test]
fn without_a_key_the_plan_waits_for_the_connection() {
    let world = MskWorld::healthy().by_hand().scram();
    insta::assert_json_snapshot!("msk_plan_by_hand", planned(&world).steps);
}

#[test]
fn what_is_there_already_has_no_step() {
    let mut world = MskWorld::healthy();
    world.provisioned().multi_vpc.iam = true;
    assert_eq!(ids(&world), ["policy", "endpoint", "bootstrap"]);
    world.set_policy(&document(&[FOREIGN, ENOUGH]));
    assert_eq!(ids(&world), ["endpoint", "bootstrap"]);
    assert_eq!(
        ids(&world.clone().scram()),
        ["connectivity", "endpoint", "bootstrap"]
    );
}

#[test]
fn a_policy_that_was_not_read_or_is_in_doubt_gets_the_statement() {
    let mut world = MskWorld::healthy();
    world.provisioned().multi_vpc.iam = true;
    world.msk.policy = denied("kafka:GetClusterPolicy");
    assert_eq!(ids(&world), ["policy", "endpoint", "bootstrap"]);
    world.set_policy("{");
    assert_eq!(ids(&world), ["policy", "endpoint", "bootstrap"]);
}

#[test]
fn a_scheme_that_is_on_is_never_turned_off() {
    let mut world = MskWorld::healthy().scram();
    world.provisioned().multi_vpc = MultiVpcSchemes {
        iam: true,
        scram: false,
        tls: true,
    };
    let step = serde_json::to_value(&planned(&world).steps[0]).unwrap();
    assert_eq!(
        step["action"]["schemes"],
        serde_json::json!({ "iam": true, "scram": true, "tls": true })
    );
    assert_eq!(
        step["action"]["previous"],
        serde_json::json!({ "iam": true, "scram": false, "tls": true })
    );
}

#[test]
fn bad_choices_are_refused_at_their_fields() {
    let mut world = MskWorld::healthy();
    let choices = &mut world.choices;
    choices.cluster_arn = "clicks".to_owned();
    choices.description = "\n".to_owned();
    choices.service = ServiceChoice::Key {
        organization_id: ORGANIZATION.to_owned(),
        service_id: "../other".to_owned(),
    };
    let fields: Vec<Field> = plan(&world.region, &world.msk, &world.choices)
        .unwrap_err()
        .into_iter()
        .map(|it| it.field)
        .collect();
    let without_facts: Vec<Field> = field_errors(&world.choices)
        .iter()
        .map(|it| it.field)
        .collect();
    assert_eq!(fields, [Field::Source, Field::Service, Field::Description]);
    assert_eq!(without_facts, fields);
}

#[test]
fn the_arn_of_a_cluster_names_region_account_and_cluster() {
    let parts = msk_arn(CLICKS).unwrap();
    assert_eq!(
        (
            parts.partition.as_str(),
            parts.region.as_str(),
            parts.account_id.as_str(),
            parts.name.as_str()
        ),
        ("aws", REGION, ACCOUNT, "clicks")
    );
    for wrong in [
        ORDERS.to_owned(),
        CLICKS.replace("kafka", "rds"),
        CLICKS.replace("cluster/", "topic/"),
        CLICKS.replace("/1f-2", ""),
        CLICKS.replace("/1f-2", "/1f-2/x"),
        CLICKS.replace("/1f-2", "/"),
        CLICKS.replace(ACCOUNT, "1111"),
        CLICKS.replace("us-east-1", "useast1"),
        CLICKS.replace("arn:aws:", "arn:gcp:"),
        CLICKS.replace("clicks", &"c".repeat(65)),
        CLICKS.replace("clicks", "cli cks"),
        format!("{CLICKS}:x"),
        String::new(),
    ] {
        assert_eq!(msk_arn(&wrong).unwrap_err().field, Field::Source, "{wrong}");
    }
}

#[test]
fn a_cluster_that_cannot_be_planned_for_is_refused() {
    let mut rules = Vec::new();
    let mut refused = |spoil: fn(&mut MskWorld)| {
        let mut world = MskWorld::healthy();
        spoil(&mut world);
        let errors = plan(&world.region, &world.msk, &world.choices).unwrap_err();
        assert_eq!(errors.len(), 1);
        assert_eq!(errors[0].field, Field::Source);
        rules.push(errors[0].rule.clone());
    };
    refused(|w| w.choices.cluster_arn = CLICKS.replace("us-east-1", "eu-west-1"));
    refused(|w| w.choices.cluster_arn = CLICKS.replace(ACCOUNT, "444455556666"));
    refused(|w| w.choices.cluster_arn = CLICKS.replace("clicks", "orders"));
    refused(|w| w.msk.cluster = denied("kafka:DescribeClusterV2"));
    insta::assert_snapshot!("msk_source_refused", rules.join("\n"));
}

#[test]
fn a_vpc_that_was_not_read_stands_in_no_plans_way() {
    let mut world = MskWorld::healthy();
    world.msk.vpc_id = None;
    assert_eq!(planned(&world).source.vpc_id, "");
}

#[test]
fn a_ready_endpoint_of_cluster_and_authentication_is_found() {
    let mut world = MskWorld::healthy();
    let mut failed = msk_endpoint("e-1");
    failed.status = EndpointStatus::Failed;
    world.add_endpoint(failed);
    let mut elsewhere = msk_endpoint("e-2");
    elsewhere.msk_cluster_arn = Some(CLICKS.replace("clicks", "orders"));
    world.add_endpoint(elsewhere);
    let mut untold = msk_endpoint("e-3");
    untold.msk_authentication = None;
    world.add_endpoint(untold);
    let found = |world: &MskWorld, authentication| {
        existing_endpoint(world.clickhouse.as_ref().unwrap(), CLICKS, authentication)
            .map(|it| it.id.clone())
    };
    assert_eq!(found(&world, MskAuthentication::SaslIam), None);
    world.add_endpoint(msk_endpoint("e-5"));
    world.add_endpoint(msk_endpoint("e-4"));
    assert_eq!(
        found(&world, MskAuthentication::SaslIam).as_deref(),
        Some("e-4")
    );
    assert_eq!(found(&world, MskAuthentication::SaslScram), None);
    world.clickhouse.as_mut().unwrap().endpoints = denied("control-plane");
    assert_eq!(found(&world, MskAuthentication::SaslIam), None);
}

proptest! {
    /// Nothing that lists say in another order makes another plan, page or check.
    #[test]
    fn the_order_of_reading_changes_nothing(at in 0..5_usize) {
        let mut world = MskWorld::healthy();
        for name in ["a", "b", "c", "d", "e"] {
            world.connect(connection(name));
            world.add_endpoint(msk_endpoint(name));
        }
        let before = (planned(&world), world.look(), page_of(&world));
        all(&mut world.msk.connections).rotate_left(at);
        all(&mut world.clickhouse.as_mut().unwrap().endpoints).rotate_left(at);
        all(&mut world.vpc().subnets).rotate_left(at);
        all(&mut world.vpc().security_groups).rotate_left(at % 4);
        prop_assert_eq!(before, (planned(&world), world.look(), page_of(&world)));
    }
}

fn page_of(world: &MskWorld) -> Option<pipelink_plan::paths::msk_multi_vpc::page::MskPage> {
    pipelink_plan::paths::msk_multi_vpc::page::page(&world.region, &world.msk, world.vpc.as_ref())
}
