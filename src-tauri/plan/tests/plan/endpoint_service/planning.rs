//! Plans as data, and what is refused at which field.

use pipelink_plan::CLICKPIPES_ACCOUNT;
use pipelink_plan::facts::load_balancing::ServicePrivateDns;
use pipelink_plan::paths::endpoint_service::choices::{Acceptance, LoadBalancerChange};
use pipelink_plan::paths::endpoint_service::page::page;
use pipelink_plan::paths::endpoint_service::{DryRun, dry_run, names_to_look_up};
use pipelink_plan::step::{Action, Engine, Plan, Used};

use super::world::World;
use super::world::*;
use crate::facts::*;

pub(super) fn ids(plan: &Plan) -> Vec<&str> {
    plan.steps.iter().map(|it| it.id.0.as_str()).collect()
}

#[test]
fn a_database_gets_everything_and_the_run_accepts() {
    insta::assert_json_snapshot!("plan_database", World::healthy().plan());
}

#[test]
fn three_brokers_get_one_of_everything_each() {
    let mut world = World::healthy().of_brokers().without_groups();
    world.choices.custom_dns_enabled = true;
    insta::assert_json_snapshot!("plan_brokers", world.plan());
}

#[test]
fn hosts_with_ports_of_their_own_share_a_load_balancer() {
    let mut world = World::healthy().of_hosts(
        &["b-1.example.com:9092", "b-2.example.com:9093"],
        "registry.example.com:8081",
    );
    world.choices.custom_dns_enabled = true;
    let plan = world.plan();
    assert_eq!(
        ids(&plan),
        [
            "target-group-1",
            "target-group-2",
            "target-group-3",
            "load-balancer",
            "cross-zone",
            "inbound-rules",
            "listener-1",
            "listener-2",
            "listener-3",
            "targets-1",
            "targets-2",
            "targets-3",
            "service",
            "principal",
            "endpoint",
            "acceptance",
            "ready",
        ]
    );
    insta::assert_json_snapshot!("plan_other_ports", plan);
}

#[test]
fn without_the_preview_no_name_is_mapped() {
    let plan = World::healthy().of_brokers().plan();
    let text = serde_json::to_string(&plan.steps).unwrap();
    assert!(text.contains("\"privateDns\":[]"));
    assert!(!text.contains(&broker_name(1)));
}

#[test]
fn another_region_is_supported_and_a_private_name_is_proven() {
    let mut world = World::healthy().for_elsewhere().without_groups();
    world.choices.private_dns_name = "orders.example.com".to_owned();
    world.choices.acceptance = Acceptance::ByHand;
    let plan = world.plan();
    assert_eq!(
        ids(&plan),
        [
            "target-group",
            "load-balancer",
            "cross-zone",
            "listener",
            "targets",
            "service",
            "principal",
            "dns-record",
            "private-dns",
            "endpoint",
            "acceptance",
            "ready",
        ]
    );
    insta::assert_json_snapshot!("plan_elsewhere", &plan.steps[5..]);
}

#[test]
fn without_a_key_it_ends_with_the_wait_for_a_connection() {
    let plan = World::healthy().by_hand().plan();
    assert_eq!(ids(&plan).last(), Some(&"connection"));
    insta::assert_json_snapshot!("plan_by_hand", plan.steps.last());
}

#[test]
fn on_a_load_balancer_only_what_was_chosen_is_changed() {
    let world = World::healthy()
        .on_load_balancer()
        .changing(LoadBalancerChange::StopEnforcingInboundRules)
        .changing(LoadBalancerChange::EnableCrossZone)
        .changing(LoadBalancerChange::EnableCrossZone);
    let plan = world.plan();
    assert_eq!(
        ids(&plan),
        [
            "cross-zone",
            "inbound-rules",
            "service",
            "principal",
            "endpoint",
            "acceptance",
            "ready"
        ]
    );
    insta::assert_json_snapshot!("plan_on_load_balancer", plan);
}

#[test]
fn on_a_service_only_what_it_lacks_is_made() {
    let complete = World::healthy().on_service();
    assert_eq!(ids(&complete.plan()), ["endpoint", "acceptance", "ready"]);

    let mut lacking = World::healthy().on_service().for_elsewhere();
    lacking.endpoint_service().principals = known(vec!["*".to_owned()]);
    let plan = lacking.plan();
    assert_eq!(
        ids(&plan),
        ["principal", "region", "endpoint", "acceptance", "ready"]
    );
    insta::assert_json_snapshot!("plan_on_service", plan);

    let mut accepting = World::healthy().on_service();
    accepting.endpoint_service().acceptance_required = false;
    assert_eq!(ids(&accepting.plan()), ["endpoint", "ready"]);

    let mut normalised = World::healthy().on_service();
    normalised.endpoint_service().principals =
        known(vec![pipelink_plan::CLICKPIPES_ACCOUNT.to_owned()]);
    assert_eq!(ids(&normalised.plan()), ["endpoint", "acceptance", "ready"]);

    let mut supporting = World::healthy().on_service().for_elsewhere();
    supporting
        .endpoint_service()
        .supported_regions
        .push(supported("eu-central-1", "Available"));
    assert_eq!(ids(&supporting.plan()), ["endpoint", "acceptance", "ready"]);
}

/// A verified name is kept with what is used: the connect page uses it, and no step makes it.
#[test]
fn a_verified_name_of_the_service_goes_with_the_plan() {
    let name = |state: &str| {
        let mut world = World::healthy().on_service();
        world.endpoint_service().private_dns = Some(ServicePrivateDns {
            private_dns_name: "db.example.com".to_owned(),
            state: Some(state.to_owned()),
            txt_name: None,
            txt_value: None,
        });
        world.plan().uses.into_iter().find_map(|used| match used {
            Used::EndpointService {
                private_dns_name, ..
            } => private_dns_name,
            _ => None,
        })
    };
    assert_eq!(name("Verified").as_deref(), Some("db.example.com"));
    assert_eq!(name("pendingVerification"), None);
}

/// AWS lists a service's own region too.
#[test]
fn a_services_own_region_is_no_other_one() {
    let mut world = World::healthy().on_service();
    let abroad = supported("eu-central-1", "Available");
    world.endpoint_service().supported_regions.push(abroad);
    let page = page(&world.facts(), &world.choices.source);
    assert_eq!(page.services[0].other_regions, ["eu-central-1"]);
}

/// Whoever makes the endpoints by hand is told the names that go with each.
#[test]
fn names_of_the_hosts_own_go_with_the_plan_without_a_key_too() {
    let carried = |world: &World| -> Vec<Vec<String>> {
        let steps = world.plan().steps;
        let names = steps.into_iter().filter_map(|step| match step.action {
            Action::AwaitEndpointConnection { private_dns, .. } => {
                Some(private_dns.into_iter().map(|it| it.name).collect())
            }
            _ => None,
        });
        names.collect()
    };
    let mut world = World::healthy().of_brokers().by_hand();
    world.choices.custom_dns_enabled = true;
    let names = carried(&world);
    assert!(
        !names.is_empty() && names.iter().all(|it| !it.is_empty()),
        "{names:?}"
    );
    world.choices.custom_dns_enabled = false;
    assert!(carried(&world).iter().all(Vec::is_empty));
}

#[test]
fn endpoints_that_were_connected_before_are_not_waited_for() {
    let left_out = |world: &World| match &world.plan().steps.last().unwrap().action {
        Action::AwaitEndpointConnection { known, .. } => known.clone(),
        other => panic!("{other:?}"),
    };
    let mut world = World::healthy().on_service().by_hand();
    let of = |number: u8, owner, state| {
        connection(
            &format!("vpce-0e0000000000000{number:02}"),
            Some(owner),
            state,
        )
    };
    world.endpoint_service().connections = known(vec![
        of(4, CLICKPIPES_ACCOUNT, "rejected"),
        of(3, "444455556666", "available"),
        of(2, CLICKPIPES_ACCOUNT, "Available"),
        // It may be the one that was created for this set-up.
        of(1, CLICKPIPES_ACCOUNT, "pendingAcceptance"),
    ]);
    assert_eq!(
        left_out(&world),
        ["vpce-0e000000000000002", "vpce-0e000000000000004"]
    );
    world.endpoint_service().connections = denied("ec2:DescribeVpcEndpointConnections");
    assert!(left_out(&world).is_empty());
    assert!(left_out(&World::healthy().by_hand()).is_empty());
}

#[test]
fn the_dry_run_is_of_the_call_that_the_run_makes() {
    let asked = |world: &World| dry_run(&world.facts(), &world.choices);
    let region = || "eu-central-1".to_owned();
    assert_eq!(asked(&World::healthy().on_load_balancer()), None);
    assert_eq!(asked(&World::healthy().for_elsewhere()), None);
    assert_eq!(
        asked(&World::healthy().on_load_balancer().for_elsewhere()),
        Some(DryRun::Create {
            load_balancer_arn: load_balancer_arn("orders"),
            region: region(),
        })
    );
    let mut world = World::healthy().on_service().for_elsewhere();
    assert_eq!(
        asked(&world),
        Some(DryRun::Modify {
            service_id: SERVICE_ID.to_owned(),
            region: region(),
        })
    );
    let supported = supported("eu-central-1", "Available");
    world.endpoint_service().supported_regions.push(supported);
    assert_eq!(asked(&world), None);
}

#[test]
fn an_address_outside_the_vpc_is_marked_as_such() {
    let outside = |world: World| {
        serde_json::to_string(&world.plan())
            .unwrap()
            .contains("\"outsideVpc\":true")
    };
    let at = |address| World::healthy().of_address(address, "5432", Engine::Postgres);
    assert!(!outside(at("10.20.1.40")));
    assert!(outside(at("192.168.4.9")));
    // A second block of the VPC, seen by its subnet only.
    let mut second = at("192.168.4.9");
    all(&mut second.vpc().subnets).push(subnet(
        "subnet-0a00000000000009x",
        "second",
        "192.168.4.0/24",
        "a",
        1,
        200,
    ));
    assert!(!outside(second));
    // Nothing was read that could tell.
    let mut unread = at("192.168.4.9");
    unread.vpc = None;
    assert!(!outside(unread));
}

#[test]
fn the_names_to_look_up_are_those_of_the_source() {
    let names =
        |world: &World| names_to_look_up(&world.region, world.msk.as_ref(), &world.choices.source);
    assert_eq!(names(&World::healthy()), [WRITER]);
    assert!(names(&World::healthy().of_address("10.20.1.40", "5432", Engine::Postgres)).is_empty());
    assert_eq!(
        names(&World::healthy().of_hosts(
            &[
                "B-2.example.com:9092",
                "10.20.1.4:9092",
                "b-1.example.com:9092"
            ],
            "b-1.example.com:8081"
        )),
        ["b-1.example.com", "b-2.example.com"]
    );
    assert_eq!(
        names(&World::healthy().of_brokers()),
        [broker_name(1), broker_name(2), broker_name(3)]
    );
    assert!(names(&World::healthy().of_hosts(&["not a host"], "")).is_empty());
}
