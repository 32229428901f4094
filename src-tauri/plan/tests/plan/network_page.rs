//! The network page: rows with their verdicts, and defaults that need one click.

use std::fmt::Write;

use pipelink_plan::check::Verdict;
use pipelink_plan::facts::network::RulePeer;
use pipelink_plan::paths::vpc_resource::checks::check;
use pipelink_plan::paths::vpc_resource::choices::Extent;
use pipelink_plan::paths::vpc_resource::network::{NetworkPage, page};

use crate::facts::*;

fn look(world: &World) -> NetworkPage {
    page(&world.region, &world.vpc, &world.choices.source).unwrap()
}

fn render(page: &NetworkPage) -> String {
    let mut text = format!("{} {:?}\n", page.vpc_id, page.vpc_name);
    for row in &page.subnets {
        let tick = if page.default_subnet_ids.contains(&row.subnet.id) {
            "x"
        } else {
            " "
        };
        writeln!(
            text,
            "[{tick}] {} {} {} source zone {}: {:?} {}",
            row.subnet.id,
            row.subnet
                .cidr
                .map_or_else(String::new, |it| it.to_string()),
            row.subnet.availability_zone_id,
            row.source_zone,
            row.verdict,
            row.reason
        )
        .unwrap();
    }
    for row in &page.security_groups {
        let tick = if page.default_security_group_ids.contains(&row.group.id) {
            "x"
        } else {
            " "
        };
        writeln!(
            text,
            "[{tick}] {} {}: {:?} {} {:?}",
            row.group.id, row.group.name, row.verdict, row.reason, row.deciding_rules
        )
        .unwrap();
    }
    writeln!(text, "{:#?}", page.names).unwrap();
    for problem in &page.unread {
        writeln!(text, "unread: {}", problem.headline()).unwrap();
    }
    text
}

#[test]
fn rows_say_why_and_the_best_are_ticked() {
    insta::assert_snapshot!("network_page", render(&look(&World::healthy())));
}

#[test]
fn the_defaults_pass_every_check() {
    let mut world = World::healthy();
    let page = look(&world);
    world.choices.extent = Extent::Everything {
        subnet_ids: page.default_subnet_ids,
        security_group_ids: page.default_security_group_ids,
        gateway_name: page.names.gateway,
        configuration_name: page.names.configuration,
    };
    world.choices.share_name = page.names.share;
    world.choices.description = page.names.description;
    let checks = check(
        &world.region,
        &world.vpc,
        world.clickhouse.as_ref(),
        world.lookup.as_ref(),
        &world.choices,
    );
    assert!(
        checks.iter().all(|it| it.verdict == Verdict::Passed),
        "{checks:#?}"
    );
}

#[test]
fn what_could_not_be_read_is_said_and_nothing_is_taken_for_free() {
    let mut world = World::healthy();
    world.vpc.network_interfaces = denied("ec2:DescribeNetworkInterfaces");
    world.vpc.security_groups = denied("ec2:DescribeSecurityGroups");
    world.region.gateways = denied("vpc-lattice:ListResourceGateways");
    let page = look(&world);
    assert!(
        page.subnets
            .iter()
            .all(|row| row.verdict != Verdict::Passed)
    );
    insta::assert_snapshot!("network_page_refused", render(&page));
}

#[test]
fn a_group_named_by_the_database_is_preferred_to_one_let_in_by_range() {
    let mut world = World::healthy();
    let rules = &mut world.group(GROUP_DATABASE).rules;
    rules.push(rule("sgr-09", false, "tcp", 5432, ipv4("10.20.0.0/16")));
    let group = group(
        "sg-0a0000000000000001",
        "a-first-by-id",
        vec![rule("sgr-10", true, "-1", -1, ipv4("0.0.0.0/0"))],
    );
    all(&mut world.vpc.security_groups).push(group);
    let page = look(&world);
    assert_eq!(page.default_security_group_ids, [GROUP_GATEWAY]);
    assert_eq!(page.security_groups[1].verdict, Verdict::Passed);
}

#[test]
fn no_group_is_ticked_when_none_can_pass() {
    let mut world = World::healthy();
    world.group(GROUP_DATABASE).rules.retain(|it| it.egress);
    assert!(look(&world).default_security_group_ids.is_empty());
    world.group(GROUP_DATABASE).rules.push(rule(
        "sgr-11",
        false,
        "tcp",
        5432,
        RulePeer::PrefixList("pl-1".to_owned()),
    ));
    assert!(!look(&world).default_security_group_ids.is_empty());
}

#[test]
fn names_in_use_are_not_proposed() {
    let mut world = World::healthy();
    all(&mut world.region.gateways).push(gateway("rgw-1", "orders-postgres-clickpipes"));
    assert_eq!(look(&world).names.gateway, "orders-postgres-clickpipes-2");
}

#[test]
fn an_unknown_source_has_no_page() {
    let world = World::healthy();
    assert_eq!(
        page(&world.region, &world.vpc, &database(&cluster_arn("gone"))),
        None
    );
}
