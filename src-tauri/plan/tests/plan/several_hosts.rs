//! Sources of several hosts, and MSK Serverless: what is typed, the plans, and what they are built of.

mod properties;

use std::fmt::Write;

use pipelink_plan::names::Field;
use pipelink_plan::paths::vpc_resource::choices::SourceChoice;
use pipelink_plan::paths::vpc_resource::network::{groups_of_gateway, page};
use pipelink_plan::paths::vpc_resource::{field_errors, names_to_look_up, plan, source_ref};
use pipelink_plan::step::{
    Action, Definition, DnsResolution, Engine, Plan, PrivateDnsMapping, Target,
};

use crate::facts::*;

fn planned(world: &World) -> Plan {
    plan(world.facts(), &world.choices).unwrap()
}

fn refused(world: &World) -> String {
    let errors = plan(world.facts(), &world.choices).unwrap_err();
    assert!(!errors.is_empty());
    let lines: Vec<String> = errors
        .iter()
        .map(|it| format!("{:?}: {}", it.field, it.rule))
        .collect();
    lines.join("\n")
}

fn private_dns(plan: &Plan) -> &[PrivateDnsMapping] {
    match &plan.steps.last().unwrap().action {
        Action::CreateReversePrivateEndpoint { private_dns, .. } => private_dns,
        other => panic!("{other:?}"),
    }
}

fn step_ids(plan: &Plan) -> Vec<&str> {
    plan.steps.iter().map(|it| it.id.0.as_str()).collect()
}

#[test]
fn a_replica_set_gets_a_group_with_a_child_for_each_node() {
    insta::assert_json_snapshot!("plan_replica_set", planned(&World::healthy().of_nodes()));
}

#[test]
fn a_registry_of_its_own_is_one_more_child() {
    let world = World::healthy().on_gateway().of_brokers(
        "b-1.kafka.example.com, 10.20.1.40:9093",
        "registry.example.com:8081",
    );
    insta::assert_json_snapshot!("plan_brokers_and_registry", planned(&world));
}

#[test]
fn a_registry_on_the_one_broker_shares_its_configuration() {
    let world = World::healthy().of_brokers("kafka.example.com", "Kafka.example.com:8081");
    let plan = planned(&world);
    assert_eq!(
        step_ids(&plan),
        ["gateway", "configuration", "share", "endpoint"]
    );
    assert!(matches!(
        &plan.steps[1].action,
        Action::CreateResourceConfiguration { definition: Definition::DomainName { name, ports }, .. }
            if name == "kafka.example.com" && ports.iter().map(ToString::to_string).eq(["9092", "8081"])
    ));
    let target = Target::Hosts {
        hosts: vec!["kafka.example.com:9092".to_owned()],
    };
    assert_eq!(plan.source.target, target);
    let mapping = PrivateDnsMapping {
        name: "kafka.example.com".to_owned(),
        target: None,
    };
    assert_eq!(private_dns(&plan), [mapping]);
}

#[test]
fn several_ports_of_one_host_are_one_child() {
    let world = World::healthy().of_brokers(
        "kafka.example.com:9092, kafka.example.com:9093, other.example.com:9094",
        "kafka.example.com:8081",
    );
    let plan = planned(&world);
    assert_eq!(
        step_ids(&plan),
        ["gateway", "group", "node-1", "node-2", "share", "endpoint"]
    );
    let Action::CreateConfigurationGroup { ports, .. } = &plan.steps[1].action else {
        panic!("{:?}", plan.steps[1]);
    };
    let ports: Vec<String> = ports.iter().map(ToString::to_string).collect();
    assert_eq!(ports, ["8081", "9092-9094"]);
}

#[test]
fn serverless_is_its_bootstrap_host_and_a_wildcard() {
    insta::assert_json_snapshot!(
        "plan_serverless",
        planned(&World::healthy().of_serverless())
    );
}

#[test]
fn no_name_is_mapped_unless_the_admin_said_that_it_can_be() {
    for world in [
        World::healthy().of_nodes(),
        World::healthy().of_serverless(),
        World::healthy().of_name(DnsResolution::Public, &[]),
    ] {
        for enabled in [true, false] {
            let mut world = world.clone();
            world.choices.custom_dns_enabled = enabled;
            assert_eq!(!private_dns(&planned(&world)).is_empty(), enabled);
        }
    }
    // Nothing has a name of its own that could be mapped.
    let mut world = World::healthy();
    for source in [database(ORDERS), ip_address("10.20.1.40", "5432")] {
        world.choices.source = source;
        world.choices.custom_dns_enabled = true;
        let plan = planned(&world);
        assert!(private_dns(&plan).is_empty());
    }
}

#[test]
fn what_is_typed_for_several_hosts_is_refused_at_its_field() {
    let hosts_of = |count: usize| {
        let hosts: Vec<String> = (1..=count)
            .map(|it| format!("b-{it}.example.com"))
            .collect();
        hosts.join("\n")
    };
    let sources = [
        hosts("", "", Engine::Kafka),
        hosts("kafka", "", Engine::Kafka),
        hosts("*.example.com", "", Engine::MongoDb),
        hosts("b-1.example.com:0", "", Engine::Kafka),
        hosts("8.8.8.8", "", Engine::Kafka),
        hosts("b-1.example.com, b-1.example.com:9092", "", Engine::Kafka),
        hosts(&hosts_of(61), "", Engine::MongoDb),
        hosts("b-1.example.com", "", Engine::Postgres),
        hosts("b-1.example.com", "registry.example.com", Engine::Kafka),
        hosts(
            "b-1.example.com",
            "r-1.example.com:1, r-2.example.com:1",
            Engine::Kafka,
        ),
        hosts("b-1.example.com", "b-1.example.com:9092", Engine::Kafka),
        hosts(
            "b-1.example.com",
            "registry.example.com:8081",
            Engine::MongoDb,
        ),
        hosts(&hosts_of(60), "registry.example.com:8081", Engine::Kafka),
        SourceChoice::Hosts {
            hosts: "*".to_owned(),
            registry: "*".to_owned(),
            resolution: DnsResolution::InVpc,
            engine: Engine::Kafka,
            vpc_id: "vpc".to_owned(),
        },
        SourceChoice::MskServerless {
            cluster_arn: "events".to_owned(),
        },
    ];
    let mut text = String::new();
    for source in sources {
        let mut world = World::healthy();
        world.choices.source = source;
        let pure: Vec<Field> = field_errors(&world.choices)
            .iter()
            .map(|it| it.field)
            .collect();
        writeln!(text, "{}\n", refused(&world)).unwrap();
        assert!(!pure.is_empty(), "{text}");
    }
    insta::assert_snapshot!("several_hosts_refused", text);

    let mut world = World::healthy();
    world.choices.source = hosts(&hosts_of(60), "b-7.example.com:8081", Engine::Kafka);
    assert_eq!(planned(&world).steps.len(), 64);
}

#[test]
fn a_cluster_that_cannot_be_planned_for_is_refused() {
    let serverless = |spoil: fn(&mut World)| {
        let mut world = World::healthy().of_serverless();
        spoil(&mut world);
        assert_eq!(field_errors(&world.choices), []);
        refused(&world)
    };
    let refusals = [
        serverless(|w| {
            w.msk = None;
            all(&mut w.region.msk_clusters).clear();
        }),
        serverless(|w| {
            w.msk = None;
            w.region.msk_clusters = denied("kafka:ListClustersV2");
        }),
        serverless(|w| w.change_cluster(|it| it.serverless = None)),
        serverless(|w| w.msk.as_mut().unwrap().vpc_id = None),
        serverless(|w| w.msk = None),
        serverless(|w| {
            w.change_cluster(|it| {
                it.serverless.as_mut().unwrap().bootstrap = denied("kafka:GetBootstrapBrokers");
            });
        }),
        serverless(|w| {
            w.change_cluster(|it| it.serverless.as_mut().unwrap().bootstrap = known(String::new()));
        }),
        serverless(|w| {
            w.choices.source = SourceChoice::MskServerless {
                cluster_arn: EVENTS.replace("us-east-1", "eu-west-1"),
            };
        }),
        serverless(|w| {
            w.choices.source = SourceChoice::MskServerless {
                cluster_arn: EVENTS.replace(ACCOUNT, "444455556666"),
            };
        }),
    ];
    insta::assert_snapshot!("serverless_refused", refusals.join("\n"));
}

#[test]
fn a_group_that_is_there_is_not_built_upon() {
    let world = World::healthy().on_configuration().of_nodes();
    insta::assert_snapshot!(refused(&world), @"Configuration: Make a new resource configuration: several hosts get a group of their own, and one that is there is not built upon.");
    // One host is no group.
    let mut world = World::healthy().on_configuration();
    world.choices.source = hosts("db.example.com", "", Engine::MongoDb);
    all(&mut world.region.configurations)[0] =
        to_name(STANDING_CONFIGURATION, "db.example.com", (27017, 27017));
    assert_eq!(step_ids(&planned(&world)), ["share", "endpoint"]);
}

#[test]
fn the_source_is_called_by_what_its_hosts_share() {
    let world = World::healthy();
    let called = |typed: &str| {
        let source = source_ref(&world.region, &hosts(typed, "", Engine::Kafka)).unwrap();
        (source.name, source.port, source.tls_host)
    };
    let host = |name: &str| Some(name.to_owned());
    assert_eq!(
        called("b-1.kafka.example.com:9093, b-2.kafka.example.com"),
        (
            "kafka.example.com".to_owned(),
            9093,
            host("b-1.kafka.example.com")
        )
    );
    assert_eq!(
        called("b-1.a.example.com, b-1.b.example.com").0,
        "example.com"
    );
    assert_eq!(called("kafka.example.com").0, "kafka.example.com");
    assert_eq!(
        called("kafka.example.com, kafka.example.com:9093").0,
        "kafka.example.com"
    );
    assert_eq!(
        called("b-1.example.com, b-1.example.org, b-3.example.com").0,
        "b-1.example.com and 2 more"
    );
    assert_eq!(
        called("10.20.1.40, b-1.example.com"),
        ("10.20.1.40 and 1 more".to_owned(), 9092, None)
    );
}

#[test]
fn names_are_looked_up_and_addresses_are_not() {
    let world = World::healthy().of_serverless();
    assert_eq!(
        names_to_look_up(world.facts(), &world.choices.source),
        ["boot-k3x9.c3.kafka-serverless.us-east-1.amazonaws.com"]
    );
    let typed = hosts(
        "b-1.example.com, 10.20.1.40",
        "r.example.com:8081",
        Engine::Kafka,
    );
    assert_eq!(
        names_to_look_up(&world.region, &typed),
        ["b-1.example.com", "r.example.com"]
    );
    for none in [
        database(ORDERS),
        ip_address("10.20.1.40", "1"),
        hosts("", "", Engine::Kafka),
    ] {
        assert!(names_to_look_up(&world.region, &none).is_empty());
    }
}

fn rows(world: &World) -> String {
    let page = page(world.facts(), &world.vpc, &world.choices.source).unwrap();
    let mut text = format!(
        "{:?}\n{:?}\n{:#?}\n",
        page.default_subnet_ids, page.default_security_group_ids, page.names
    );
    for row in &page.security_groups {
        writeln!(
            text,
            "{}: {:?} {} {:?}",
            row.group.name, row.verdict, row.reason, row.deciding_rules
        )
        .unwrap();
    }
    for offer in &page.gateways {
        writeln!(
            text,
            "{}: {:?} {}",
            offer.gateway.id, offer.verdict, offer.reason
        )
        .unwrap();
    }
    for offer in &page.configurations {
        let id = &offer.configuration.id;
        writeln!(text, "{id}: {:?} {}", offer.verdict, offer.reason).unwrap();
    }
    text
}

#[test]
fn the_network_page_is_made_for_all_hosts_together() {
    let mut nodes = World::healthy().on_configuration().of_nodes();
    nodes.gateway().dns_resolution = Some(DnsResolution::InVpc);
    let brokers = World::healthy().of_brokers("10.20.1.40, 10.20.2.77:9093, b-3.example.com", "");
    let mut serverless = World::healthy().on_gateway().of_serverless();
    serverless.gateway().dns_resolution = Some(DnsResolution::InVpc);
    insta::assert_snapshot!("network_page_nodes", rows(&nodes));
    insta::assert_snapshot!("network_page_brokers", rows(&brokers));
    insta::assert_snapshot!("network_page_serverless", rows(&serverless));
    // The same rows as for the run's own source, later on.
    for world in [&nodes, &serverless] {
        let source = source_ref(world.facts(), &world.choices.source).unwrap();
        let standing = gateway(STANDING_GATEWAY, "standing");
        let later = groups_of_gateway(&world.region, &world.vpc, &source, &standing);
        let row = later
            .iter()
            .find(|it| it.group.id == GROUP_GATEWAY)
            .unwrap();
        let page = page(world.facts(), &world.vpc, &world.choices.source).unwrap();
        let before = page.security_groups.iter();
        let before = before
            .clone()
            .find(|it| it.group.id == GROUP_GATEWAY)
            .unwrap();
        assert_eq!(row.verdict, before.verdict);
    }
}
