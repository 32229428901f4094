//! The network page: hosts, subnets, groups and offers with their verdicts, and defaults that need one click.

use std::fmt::Write;

use pipelink_plan::check::Verdict;
use pipelink_plan::paths::endpoint_service::choices::{Extent, SourceChoice};
use pipelink_plan::paths::endpoint_service::page::{EndpointServicePage, page};
use pipelink_plan::step::Engine;

use super::world::World;
use super::world::*;
use crate::facts::*;

fn look(world: &World) -> EndpointServicePage {
    page(&world.facts(), &world.choices.source)
}

fn render(page: &EndpointServicePage) -> String {
    let mut text = format!("{:?} {:?} {}\n", page.vpc_id, page.name, page.layout);
    writeln!(text, "preview needed: {}", page.preview_needed).unwrap();
    for row in &page.authentications {
        writeln!(
            text,
            "{:?} at {}: {:?} {}",
            row.authentication, row.port, row.verdict, row.reason
        )
        .unwrap();
    }
    for host in &page.hosts {
        writeln!(
            text,
            "host {:?} {:?}:{} registry {} behind {}: {}",
            host.names, host.addresses, host.port, host.registry, host.load_balancer, host.told_by
        )
        .unwrap();
    }
    for row in &page.subnets {
        let tick = if page.default_subnet_ids.contains(&row.subnet.id) {
            "x"
        } else {
            " "
        };
        writeln!(
            text,
            "[{tick}] {} {} source zone {}: {:?} {}",
            row.subnet.id,
            row.subnet.availability_zone_id,
            row.source_zone,
            row.verdict,
            row.reason
        )
        .unwrap();
    }
    if let Some(without) = &page.without_groups {
        writeln!(text, "no group: {:?} {}", without.verdict, without.reason).unwrap();
    }
    for row in &page.security_groups {
        writeln!(
            text,
            "{} {}: {:?} {} {:?}",
            row.group.id, row.group.name, row.verdict, row.reason, row.deciding_rules
        )
        .unwrap();
    }
    for offer in &page.load_balancers {
        writeln!(
            text,
            "load balancer {} {:?} leads there {}: {:?} {}",
            offer.load_balancer.name,
            offer.zone_ids,
            offer.leads_there,
            offer.verdict,
            offer.reason
        )
        .unwrap();
    }
    for offer in &page.services {
        writeln!(
            text,
            "service {} lets ClickPipes {:?} {} connections leads there {}: {:?} {}",
            offer.service.id,
            offer.lets_clickpipes,
            offer.connections.len(),
            offer.leads_there,
            offer.verdict,
            offer.reason
        )
        .unwrap();
    }
    for problem in &page.unread {
        writeln!(text, "unread: {problem}").unwrap();
    }
    for wrong in &page.wrong {
        writeln!(text, "wrong {:?}: {}", wrong.field, wrong.rule).unwrap();
    }
    text
}

/// Load balancers and services in every state of fitness.
fn crowded() -> World {
    let mut world = World::healthy().on_service();
    let balancers = all(&mut world.load_balancing.load_balancers);
    let mut add =
        |name: &str, spoil: &dyn Fn(&mut pipelink_plan::facts::load_balancing::LoadBalancer)| {
            let mut one = load_balancer(name, 5432);
            spoil(&mut one);
            balancers.push(one);
        };
    add("public", &|it| "internet-facing".clone_into(&mut it.scheme));
    add("broken", &|it| "failed".clone_into(&mut it.state));
    add("young", &|it| "provisioning".clone_into(&mut it.state));
    add("enforcing", &|it| it.enforces_inbound_rules = Some(true));
    add("one-zone", &|it| it.cross_zone = known(false));
    add("crowd", &|_| {});
    add("stale", &|_| {});
    add("empty", &|_| {});
    add("instances", &|_| {});
    add("tls", &|it| {
        "TLS".clone_into(&mut all(&mut it.listeners)[0].protocol);
    });
    add("other-port", &|it| all(&mut it.listeners)[0].port = 6432);
    add("unread", &|it| {
        it.listeners = denied("elasticloadbalancing:DescribeListeners");
    });
    add("far", &|it| OTHER_VPC.clone_into(&mut it.vpc_id));
    let groups = all(&mut world.load_balancing.target_groups);
    for name in ["public", "broken", "young", "enforcing", "one-zone"] {
        groups.push(target_group(name, 5432, &["10.20.1.40"]));
    }
    groups.push(target_group("crowd", 5432, &["10.20.1.40", "10.20.2.77"]));
    groups.push(target_group("stale", 5432, &["10.20.2.77"]));
    groups.push(target_group("empty", 5432, &[]));
    let mut instances = target_group("instances", 5432, &[]);
    instances.target_type = "instance".to_owned();
    instances.targets = known(vec![target("i-0123456789abcdef0", 5432)]);
    groups.push(instances);
    let services = all(&mut world.load_balancing.endpoint_services);
    let mut add =
        |id: &str, spoil: &dyn Fn(&mut pipelink_plan::facts::load_balancing::EndpointService)| {
            let mut one = endpoint_service("orders");
            id.clone_into(&mut one.id);
            spoil(&mut one);
            services.push(one);
        };
    add("vpce-svc-2", &|it| it.principals = known(Vec::new()));
    add("vpce-svc-3", &|it| {
        it.principals = known(vec!["*".to_owned()]);
    });
    add("vpce-svc-4", &|it| it.acceptance_required = false);
    add("vpce-svc-5", &|it| "Failed".clone_into(&mut it.state));
    add("vpce-svc-6", &|it| {
        it.principals = denied("ec2:DescribeVpcEndpointServicePermissions");
    });
    add("vpce-svc-7", &|it| {
        it.load_balancer_arns = vec![load_balancer_arn("far")];
    });
    add("vpce-svc-8", &|it| {
        it.load_balancer_arns = vec![load_balancer_arn("stale")];
    });
    add("vpce-svc-9", &|it| "Pending".clone_into(&mut it.state));
    world
}

#[test]
fn a_database_with_everything_there_is() {
    insta::assert_snapshot!("page_database", render(&look(&crowded())));
}

#[test]
fn brokers_are_shown_as_msk_lists_them() {
    let mut world = World::healthy().on_service().of_brokers();
    all(&mut world.msk().nodes)[2].address = None;
    insta::assert_snapshot!("page_brokers", render(&look(&world)));
}

#[test]
fn typed_hosts_are_shown_as_they_are_understood() {
    let mut world = World::healthy().of_hosts(
        &[
            "a.example.com:9092",
            "b.example.com:9093",
            "c.example.com:9094",
            "d.example.com:9095",
            "10.20.1.60:9096",
        ],
        "registry.example.com",
    );
    world.look_up("b.example.com", known(vec!["8.8.8.8".parse().unwrap()]));
    world.look_up("c.example.com", known(Vec::new()));
    world.look_up("d.example.com", denied("DNS"));
    let mut text = render(&look(&world));
    "10.20.1.50, 10.20.1.51, 10.20.1.52, 10.20.1.53".clone_into(world.addresses());
    world.lookups.retain(|it| it.name != "a.example.com");
    text.push_str(&render(&look(&world)));
    insta::assert_snapshot!("page_hosts", text);
}

#[test]
fn what_could_not_be_read_is_said() {
    let mut world = World::healthy();
    world.load_balancing.load_balancers = denied("elasticloadbalancing:DescribeLoadBalancers");
    world.vpc().subnets = denied("ec2:DescribeSubnets");
    let mut text = render(&look(&world));
    world.vpc = None;
    text.push_str(&render(&look(&world)));
    world.choices.source = SourceChoice::Database {
        arn: cluster_arn("gone"),
    };
    text.push_str(&render(&look(&world)));
    insta::assert_snapshot!("page_unread", text);
}

#[test]
fn subnets_without_room_are_not_ticked() {
    let mut world = World::healthy().of_brokers();
    for subnet in all(&mut world.vpc().subnets) {
        match subnet.id.as_str() {
            SUBNET_A => subnet.available_addresses = 9,
            SUBNET_B => subnet.available_addresses = 10,
            SUBNET_C => "pending".clone_into(&mut subnet.state),
            SUBNET_FULL => subnet.cidr = None,
            SUBNET_SHARED => "use1-az3".clone_into(&mut subnet.availability_zone_id),
            _ => subnet.available_addresses = 0,
        }
    }
    let page = look(&world);
    assert_eq!(page.default_subnet_ids, [SUBNET_B]);
    let verdict = |id: &str| {
        page.subnets
            .iter()
            .find(|it| it.subnet.id == id)
            .unwrap()
            .verdict
    };
    assert_eq!(verdict(SUBNET_B), Verdict::Passed);
    assert_eq!(verdict(SUBNET_SHARED), Verdict::Warning);
    for id in [SUBNET_A, SUBNET_C, SUBNET_FULL, SUBNET_SMALL] {
        assert_eq!(verdict(id), Verdict::Failure, "{id}");
    }
}

/// One click on the defaults makes a plan.
#[test]
fn the_defaults_make_a_plan() {
    for mut world in [
        World::healthy(),
        World::healthy().of_brokers(),
        World::healthy().of_address("10.20.1.40", "5432", Engine::Postgres),
    ] {
        let page = look(&world);
        world.choices.extent = Extent::Everything {
            subnet_ids: page.default_subnet_ids,
            security_group_ids: Vec::new(),
            name: page.name,
        };
        world.choices.description = page.description;
        assert!(!world.plan().steps.is_empty());
    }
}
