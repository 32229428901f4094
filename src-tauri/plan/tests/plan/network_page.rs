//! The network page: rows with their verdicts, and defaults that need one click.

use std::fmt::Write;

use pipelink_plan::CLICKPIPES_ACCOUNT;
use pipelink_plan::check::{CheckId, Verdict};
use pipelink_plan::facts::lattice::{ResourceConfiguration, ResourceGateway};
use pipelink_plan::facts::network::{NetworkAclEntry, RulePeer};
use pipelink_plan::paths::vpc_resource::checks::check;
use pipelink_plan::paths::vpc_resource::choices::Extent;
use pipelink_plan::paths::vpc_resource::network::{NetworkPage, groups_of_gateway, page};
use pipelink_plan::paths::vpc_resource::source_ref;
use pipelink_plan::step::DnsResolution;

use crate::facts::*;

fn look(world: &World) -> NetworkPage {
    page(world.facts(), &world.vpc, &world.choices.source).unwrap()
}

/// Puts a subnet under a network ACL of its own, with these entries and the last one.
fn give_acl(world: &mut World, subnet_id: &str, entries: Vec<NetworkAclEntry>) {
    let acls = all(&mut world.vpc.network_acls);
    for acl in acls.iter_mut() {
        acl.subnet_ids.retain(|id| id != subnet_id);
    }
    acls.push(acl("acl-0c10000000000000d", &[subnet_id], entries));
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
fn a_subnet_from_which_the_network_acls_let_nothing_through_is_not_offered() {
    let mut world = World::healthy();
    // None of the database's own subnets: within one subnet network ACLs do not apply.
    let closed = SUBNET_C.to_owned();
    let before = look(&world);
    assert!(before.default_subnet_ids.contains(&closed));
    // No entry allows anything: the last one, which every ACL has, denies it.
    give_acl(&mut world, &closed, Vec::new());
    let page = look(&world);
    let row = page
        .subnets
        .iter()
        .find(|row| row.subnet.id == closed)
        .unwrap();
    assert_eq!(row.verdict, Verdict::Failure);
    assert_eq!(row.reason, "The network ACLs stop TCP 5432, there or back.");
    assert!(!page.default_subnet_ids.contains(&closed));
}

#[test]
fn where_the_source_may_be_anywhere_a_subnet_with_nothing_stopped_is_ticked_before_an_emptier_one()
{
    const QUIET: &str = "subnet-0a0000000000000aa";
    let mut world = World::healthy().of_name(DnsResolution::InVpc, &[]);
    all(&mut world.vpc.subnets).push(subnet(QUIET, "quiet-a", "10.20.7.0/25", "a", 1, 123));
    let everything = |egress| entry(100, egress, true, "0.0.0.0/0", None);
    let acls = all(&mut world.vpc.network_acls);
    acls[0].subnet_ids.push(QUIET.to_owned());
    assert!(
        look(&world)
            .default_subnet_ids
            .contains(&SUBNET_A.to_owned())
    );

    give_acl(
        &mut world,
        SUBNET_A,
        vec![
            entry(90, true, false, "10.20.2.0/24", Some((5432, 5432))),
            everything(true),
            everything(false),
        ],
    );
    let ticked = look(&world).default_subnet_ids;
    assert!(ticked.contains(&QUIET.to_owned()), "{ticked:?}");
    assert!(!ticked.contains(&SUBNET_A.to_owned()), "{ticked:?}");
}

/// What the check would refuse is not offered as fitting.
#[test]
fn a_gateway_with_a_subnet_that_the_network_acls_cut_off_is_not_offered_as_fitting() {
    let mut world = World::healthy().on_configuration();
    world.gateway().subnet_ids = vec![SUBNET_C.to_owned()];
    let before = look(&world);
    assert_ne!(before.gateways[0].verdict, Verdict::Failure);
    assert_ne!(before.configurations[0].verdict, Verdict::Failure);

    give_acl(&mut world, SUBNET_C, Vec::new());
    for subnets in [&[SUBNET_C][..], &[SUBNET_A, SUBNET_C][..]] {
        world.gateway().subnet_ids = subnets.iter().map(|it| (*it).to_owned()).collect();
        let page = look(&world);
        let reason = format!("{SUBNET_C}: The network ACLs stop TCP 5432, there or back.");
        let offers = [
            (page.gateways[0].verdict, &page.gateways[0].reason),
            (
                page.configurations[0].verdict,
                &page.configurations[0].reason,
            ),
        ];
        assert_eq!(offers, [(Verdict::Failure, &reason); 2], "{subnets:?}");
        let checks = check(
            &world.region,
            &world.vpc,
            world.clickhouse.as_ref(),
            &world.lookups,
            &world.choices,
        );
        let acls = checks.iter().find(|it| it.id == CheckId::NetworkAcls);
        assert_eq!(acls.unwrap().verdict, Verdict::Failure, "{subnets:?}");
    }
}

#[test]
fn unread_network_acls_are_said() {
    let mut world = World::healthy();
    world.vpc.network_acls = denied("ec2:DescribeNetworkAcls");
    assert_eq!(look(&world).unread.len(), 1);
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
        &world.lookups,
        &world.choices,
    );
    assert!(
        checks
            .iter()
            .all(|it| it.verdict == World::healthy_verdict(it.id)),
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

fn render_offers(page: &NetworkPage) -> String {
    let mut text = String::new();
    for offer in &page.gateways {
        writeln!(
            text,
            "{} in {}: {:?} {}",
            offer.gateway.id,
            offer.zone_ids.join(", "),
            offer.verdict,
            offer.reason
        )
        .unwrap();
    }
    for offer in &page.configurations {
        writeln!(
            text,
            "{} on {:?}: {:?} {}",
            offer.configuration.id,
            offer.gateway.as_ref().map(|it| &it.id),
            offer.verdict,
            offer.reason
        )
        .unwrap();
    }
    text
}

/// Gateways that each have one thing about them, and configurations of the orders database and others.
fn with_offers() -> World {
    let mut world = World::healthy().on_configuration();
    let standing = world.gateway().clone();
    let other = |number: u8, spoil: fn(&mut ResourceGateway)| {
        let mut other = ResourceGateway {
            id: format!("rgw-0c000000000000010{number}"),
            ..standing.clone()
        };
        spoil(&mut other);
        other
    };
    all(&mut world.region.gateways).extend([
        other(1, |it| it.dns_resolution = Some(DnsResolution::InVpc)),
        other(2, |it| it.dns_resolution = None),
        other(3, |it| it.status = "CREATE_IN_PROGRESS".to_owned()),
        other(4, |it| it.status = "CREATE_FAILED".to_owned()),
        other(5, |it| it.subnet_ids = vec![SUBNET_FULL.to_owned()]),
        other(6, |it| it.subnet_ids = vec![SUBNET_C.to_owned()]),
        other(7, |it| it.security_group_ids = vec![GROUP_WEB.to_owned()]),
        other(8, |it| {
            it.subnet_ids.push("subnet-0a00000000000ffff".to_owned());
        }),
        // Not offered at all.
        other(9, |it| it.service_managed = true),
        other(10, |it| it.vpc_id = OTHER_VPC.to_owned()),
        other(11, |it| it.arn = it.arn.replace(ACCOUNT, "444455556666")),
    ]);
    let of = |id: &str, gateway_id: &str| ResourceConfiguration {
        gateway_id: Some(gateway_id.to_owned()),
        ..configuration(id, id, ORDERS)
    };
    all(&mut world.region.configurations).extend([
        of("rcfg-in-use", STANDING_GATEWAY),
        of("rcfg-waiting", STANDING_GATEWAY),
        of("rcfg-of-nobody", "rgw-0c00000000000gone"),
        of("rcfg-of-managed", "rgw-0c0000000000000109"),
        configuration("rcfg-elsewhere", "elsewhere", BILLING),
    ]);
    for (name, status) in [
        ("rcfg-in-use", "ASSOCIATED"),
        ("rcfg-waiting", "ASSOCIATING"),
    ] {
        let share = share(
            &format!("share-of-{name}"),
            &of(name, STANDING_GATEWAY),
            CLICKPIPES_ACCOUNT,
            status,
        );
        all(&mut world.region.shares).push(share);
    }
    world
}

#[test]
fn what_is_there_is_offered_with_the_reason_for_or_against_it() {
    insta::assert_snapshot!("network_offers", render_offers(&look(&with_offers())));
}

#[test]
fn for_a_name_offers_differ() {
    let mut world = with_offers();
    world.choices.source = domain_name("db.example.com", "5432", DnsResolution::InVpc);
    all(&mut world.region.configurations).extend([
        to_name("rcfg-name", "db.example.com", (5432, 5432)),
        to_name("rcfg-other-port", "DB.example.com", (5433, 5440)),
    ]);
    insta::assert_snapshot!("network_offers_name", render_offers(&look(&world)));
}

#[test]
fn unread_shares_leave_open_whether_a_configuration_is_shared() {
    let mut world = World::healthy().on_configuration();
    world.region.shares = denied("ram:GetResourceShares");
    let page = look(&world);
    assert_eq!(page.configurations[0].verdict, Verdict::NotKnown);
    assert_eq!(page.unread.len(), 1);
}

#[test]
fn for_a_name_no_group_is_said_to_pass() {
    let world = World::healthy().of_name(DnsResolution::Public, &[]);
    let page = look(&world);
    assert!(
        page.security_groups
            .iter()
            .all(|row| matches!(row.verdict, Verdict::NotKnown | Verdict::Failure))
    );
    insta::assert_snapshot!("network_page_name", render(&page));
}

#[test]
fn for_an_address_its_own_subnet_and_groups_count() {
    let mut world = World::healthy();
    world.choices.source = ip_address("10.20.2.77", "5432");
    let page = look(&world);
    assert_eq!(page.subnets[0].subnet.id, SUBNET_B);
    insta::assert_snapshot!("network_page_address", render(&page));
}

#[test]
fn what_breaks_its_rule_has_no_page() {
    let mut world = World::healthy();
    world.choices.source = ip_address("8.8.8.8", "5432");
    assert_eq!(page(&world.region, &world.vpc, &world.choices.source), None);
}

#[test]
fn the_groups_for_a_gateway_that_is_there_are_judged_from_its_subnets() {
    let mut world = World::healthy().on_gateway();
    let source = source_ref(&world.region, &world.choices.source).unwrap();
    let verdict = |world: &mut World, subnet: &str| {
        let gateway = ResourceGateway {
            subnet_ids: vec![subnet.to_owned()],
            ..world.gateway().clone()
        };
        let rows = groups_of_gateway(&world.region, &world.vpc, &source, &gateway);
        let row = rows.iter().find(|row| row.group.id == GROUP_DEFAULT);
        row.unwrap().verdict
    };
    world.group(GROUP_DATABASE).rules.push(rule(
        "sgr-09",
        false,
        "tcp",
        5432,
        ipv4("10.20.1.0/24"),
    ));
    assert_eq!(verdict(&mut world, SUBNET_A), Verdict::Passed);
    assert_eq!(verdict(&mut world, SUBNET_B), Verdict::Failure);
}
