//! What is refused, and at which field.

use pipelink_plan::facts::load_balancing::ServicePrivateDns;
use pipelink_plan::names::Field;
use pipelink_plan::paths::choices::ServiceChoice;
use pipelink_plan::paths::endpoint_service::choices::{Extent, LoadBalancerChange, SourceChoice};
use pipelink_plan::paths::endpoint_service::{field_errors, plan};
use pipelink_plan::step::{Engine, MskAuthentication};

use super::world::World;
use super::world::*;
use crate::facts::*;

fn refused(world: &World) -> Vec<Field> {
    let wrong = plan(&world.facts(), &world.choices).unwrap_err();
    wrong.into_iter().map(|it| it.field).collect()
}

#[test]
fn bad_choices_are_refused_at_their_fields() {
    let mut world = World::healthy();
    world.choices.source = SourceChoice::Address {
        address: "52.1.2.3".to_owned(),
        port: "5432-5440".to_owned(),
        engine: Engine::Postgres,
        vpc_id: "vpc".to_owned(),
    };
    world.choices.extent = Extent::Everything {
        subnet_ids: Vec::new(),
        security_group_ids: vec!["sg-12345678".to_owned(); 6],
        name: "-".to_owned(),
    };
    world.choices.private_dns_name = "Orders".to_owned();
    world.choices.description = String::new();
    world.choices.service = ServiceChoice::Key {
        organization_id: ORGANIZATION.to_owned(),
        service_id: "../other".to_owned(),
    };
    let fields = refused(&world);
    assert_eq!(
        fields,
        [
            Field::Source,
            Field::Ports,
            Field::Vpc,
            Field::Service,
            Field::Subnets,
            Field::SecurityGroups,
            Field::Description,
            Field::LoadBalancerName,
            Field::PrivateDnsName,
        ]
    );
    let without_facts: Vec<Field> = field_errors(&world.choices)
        .iter()
        .map(|it| it.field)
        .collect();
    assert_eq!(without_facts, fields);
}

#[test]
fn a_source_without_an_address_is_refused_where_a_target_is_made() {
    let mut rules = Vec::new();
    let mut look = |mut world: World, spoil: &dyn Fn(&mut World)| {
        spoil(&mut world);
        let wrong = plan(&world.facts(), &world.choices).unwrap_err();
        assert_eq!(wrong.len(), 1, "{wrong:?}");
        rules.push(format!("{:?}: {}", wrong[0].field, wrong[0].rule));
    };
    let hosts = || World::healthy().of_hosts(&["b-1.example.com:9092"], "registry.example.com");
    look(World::healthy(), &|w| w.lookups.clear());
    look(World::healthy(), &|w| w.look_up(WRITER, known(Vec::new())));
    look(World::healthy(), &|w| {
        w.look_up(WRITER, known(vec!["52.1.2.3".parse().unwrap()]));
    });
    look(World::healthy(), &|w| w.look_up(WRITER, denied("DNS")));
    look(hosts(), &|w| {
        w.look_up("b-1.example.com", known(Vec::new()));
    });
    look(hosts(), &|w| {
        w.look_up("registry.example.com", known(Vec::new()));
    });
    look(World::healthy().of_brokers(), &|w| {
        all(&mut w.msk().nodes)[2].address = None;
    });
    insta::assert_snapshot!("source_without_address", rules.join("\n"));
    // What is there has its targets already.
    let mut there = World::healthy().on_load_balancer();
    there.lookups.clear();
    assert!(plan(&there.facts(), &there.choices).is_ok());
}

#[test]
fn a_source_that_cannot_be_planned_for_is_refused() {
    let mut rules = Vec::new();
    let mut look = |mut world: World, spoil: &dyn Fn(&mut World)| {
        spoil(&mut world);
        let wrong = plan(&world.facts(), &world.choices).unwrap_err();
        for wrong in wrong {
            rules.push(format!("{:?}: {}", wrong.field, wrong.rule));
        }
    };
    for arn in [
        "arn:aws:rds:eu-west-1:111122223333:cluster:orders-postgres",
        &cluster_arn("gone"),
        &cluster_arn("documents"),
    ] {
        look(World::healthy(), &|w| {
            w.choices.source = SourceChoice::Database {
                arn: arn.to_owned(),
            };
        });
    }
    let brokers = || World::healthy().of_brokers();
    look(brokers(), &|w| w.msk = None);
    look(brokers(), &|w| w.msk().nodes = denied("kafka:ListNodes"));
    look(brokers(), &|w| w.msk().nodes = known(Vec::new()));
    look(brokers(), &|w| w.msk().vpc_id = None);
    look(brokers(), &|w| {
        w.choices.source = SourceChoice::MskBrokers {
            cluster_arn: CLUSTER.replace("111122223333", "444455556666"),
            authentication: MskAuthentication::SaslScram,
        };
    });
    look(brokers(), &|w| {
        w.choices.source = SourceChoice::MskBrokers {
            cluster_arn: "clicks".to_owned(),
            authentication: MskAuthentication::SaslScram,
        };
    });
    look(
        World::healthy().of_address("10.20.1.40", "5432", Engine::Postgres),
        &|w| all(&mut w.region.vpcs).clear(),
    );
    insta::assert_snapshot!("source_refused", rules.join("\n"));
}

#[test]
fn what_is_typed_for_hosts_is_read_line_by_line() {
    let mut rules = Vec::new();
    let mut look = |hosts: &str, addresses: &str, registry: (&str, &str), engine| {
        let mut world = World::healthy();
        world.choices.source = SourceChoice::Hosts {
            hosts: hosts.to_owned(),
            addresses: addresses.to_owned(),
            engine,
            registry: registry.0.to_owned(),
            registry_address: registry.1.to_owned(),
            vpc_id: VPC.to_owned(),
        };
        for wrong in field_errors(&world.choices) {
            rules.push(format!("{hosts:?} {:?}: {}", wrong.field, wrong.rule));
        }
    };
    let kafka = Engine::Kafka;
    look("b-1.example.com", "", ("", ""), kafka);
    look("db.example.com", "", ("", ""), Engine::Postgres);
    look("b-1.example.com:99999", "", ("", ""), kafka);
    look("a.example.com, A.example.com.:9092", "", ("", ""), kafka);
    look("a.example.com\nb.example.com", "10.0.0.1", ("", ""), kafka);
    look("a.example.com\n10.0.0.9", "10.0.0.1", ("", ""), kafka);
    look("10.0.0.9", "10.0.0.1", ("", ""), kafka);
    look("a.example.com", "8.8.8.8", ("", ""), kafka);
    look("a.example.com", "", ("a.example.com:9092", ""), kafka);
    look(
        "a.example.com",
        "",
        ("r.example.com", "10.0.0.1, 10.0.0.2"),
        kafka,
    );
    look("a.example.com", "", ("10.0.0.3", "10.0.0.1"), kafka);
    look("a.example.com", "", ("r.example.com", ""), Engine::MongoDb);
    look("", "", ("", ""), kafka);
    insta::assert_snapshot!("hosts_refused", rules.join("\n"));
}

#[test]
fn several_load_balancers_take_no_standing_one_and_no_private_name() {
    let hosts = ["b-1.example.com:9092", "b-2.example.com:9092"];
    let on_load_balancer = World::healthy().on_load_balancer().of_hosts(&hosts, "");
    assert_eq!(refused(&on_load_balancer), [Field::LoadBalancer]);
    let on_service = World::healthy().on_service().of_hosts(&hosts, "");
    assert_eq!(refused(&on_service), [Field::EndpointService]);
    let mut named = World::healthy().of_hosts(&hosts, "");
    named.choices.private_dns_name = "kafka.example.com".to_owned();
    assert_eq!(refused(&named), [Field::PrivateDnsName]);
    let mut brokers = World::healthy().on_load_balancer().of_brokers();
    assert_eq!(refused(&brokers), [Field::LoadBalancer]);
    // One broker alone is behind one load balancer.
    all(&mut brokers.msk().nodes).truncate(1);
    assert!(plan(&brokers.facts(), &brokers.choices).is_ok());
}

#[test]
fn what_is_built_upon_has_to_be_there() {
    let mut gone = World::healthy().on_load_balancer();
    all(&mut gone.load_balancing.load_balancers).clear();
    assert_eq!(refused(&gone), [Field::LoadBalancer]);
    let mut unread = World::healthy().on_service();
    unread.load_balancing.endpoint_services =
        denied("ec2:DescribeVpcEndpointServiceConfigurations");
    assert_eq!(refused(&unread), [Field::EndpointService]);
    // A service can be connected to without its load balancer, but not changed with it.
    let mut service = World::healthy().on_service();
    all(&mut service.load_balancing.load_balancers).clear();
    assert!(plan(&service.facts(), &service.choices).is_ok());
    let service = service.changing(LoadBalancerChange::EnableCrossZone);
    assert_eq!(refused(&service), [Field::LoadBalancer]);
    let mut without = World::healthy()
        .on_load_balancer()
        .changing(LoadBalancerChange::StopEnforcingInboundRules);
    without.load_balancer().security_group_ids.clear();
    assert_eq!(refused(&without), [Field::LoadBalancer]);
    let mut named = World::healthy().on_service();
    named.endpoint_service().private_dns = Some(ServicePrivateDns {
        private_dns_name: "orders.example.com".to_owned(),
        state: None,
        txt_name: None,
        txt_value: None,
    });
    named.choices.private_dns_name = "orders.example.com".to_owned();
    assert_eq!(refused(&named), [Field::PrivateDnsName]);
}
