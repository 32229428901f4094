//! Which load balancer a schema registry is behind, which names are mapped to which endpoint, and at which address the
//! registry is reached.

use std::collections::BTreeSet;

use pipelink_plan::facts::load_balancing::ServicePrivateDns;
use pipelink_plan::readings::connect::sheet;
use pipelink_plan::readings::topology::topology;
use pipelink_plan::step::{Action, OutputName, Plan, StepId};

use super::planning::ids;
use super::world::World;
use crate::readings::made_by;

/// The names that each endpoint gets, in order.
fn mapped(plan: &Plan) -> Vec<Vec<&str>> {
    plan.steps
        .iter()
        .filter_map(|step| match &step.action {
            Action::CreateReversePrivateEndpoint { private_dns, .. } => {
                Some(private_dns.iter().map(|it| it.name.as_str()).collect())
            }
            _ => None,
        })
        .collect()
}

/// The ports that each load balancer listens at, in order.
fn ports(plan: &Plan) -> Vec<Vec<u16>> {
    let mut ports: Vec<Vec<u16>> = Vec::new();
    for step in &plan.steps {
        match &step.action {
            Action::CreateLoadBalancer { .. } => ports.push(Vec::new()),
            Action::CreateListener { port, .. } => ports.last_mut().unwrap().push(*port),
            _ => {}
        }
    }
    ports
}

/// The registry's address on the connect page when the run is done.
fn address(plan: &Plan) -> String {
    sheet(plan, &made_by(plan)).schema_registry.unwrap()
}

/// The same, where the registry goes by the DNS name of an endpoint.
fn at_endpoint(plan: &Plan, step: &str, port: u16) -> String {
    let made = made_by(plan);
    let names = &made[&StepId::from(step)];
    let name = names.one(OutputName::DnsNames).unwrap();
    format!("https://{name}:{port}")
}

/// The labels of the hosts that have nodes of their own, in order.
fn labels(plan: &Plan) -> Vec<String> {
    let picture = topology(plan, &made_by(plan));
    let mut labels: Vec<String> = Vec::new();
    for host in picture.nodes.into_iter().filter_map(|it| it.host) {
        if !labels.contains(&host) {
            labels.push(host);
        }
    }
    labels
}

#[test]
fn a_registry_beside_a_broker_stays_behind_its_load_balancer() {
    let mut world = World::healthy().of_hosts(
        &["b-1.example.com:9092", "b-2.example.com:9092"],
        "b-2.example.com:8081",
    );
    world.choices.custom_dns_enabled = true;
    let plan = world.clone().plan();
    assert_eq!(address(&plan), "https://b-2.example.com:8081");
    assert_eq!(labels(&plan), ["b-1.example.com", "b-2.example.com"]);
    let steps: Vec<String> = ids(&world.without_groups().plan())
        .into_iter()
        .map(str::to_owned)
        .collect();
    assert_eq!(
        steps,
        [
            "target-group-1",
            "load-balancer-1",
            "cross-zone-1",
            "listener-1",
            "targets-1",
            "service-1",
            "principal-1",
            "target-group-2",
            "target-group-3",
            "load-balancer-2",
            "cross-zone-2",
            "listener-2",
            "listener-3",
            "targets-2",
            "targets-3",
            "service-2",
            "principal-2",
            "endpoint-1",
            "endpoint-2",
            "acceptance-1",
            "acceptance-2",
            "ready-1",
            "ready-2",
        ]
    );
}

#[test]
fn a_registry_joins_the_first_load_balancer_that_has_its_port_free() {
    let (one, two) = ("b-1.example.com:9092", "b-2.example.com:9092");
    let other_port = "b-2.example.com:9093";
    let b1: &[&str] = &["b-1.example.com"];
    let b2: &[&str] = &["b-2.example.com"];
    let registry: &[&str] = &["registry.example.com"];
    let b2_too: &[&str] = &["b-2.example.com", "registry.example.com"];
    let b1_too: &[&str] = &["b-1.example.com", "registry.example.com"];
    let both: &[&str] = &["b-1.example.com", "b-2.example.com"];
    for (hosts, at, expected_ports, expected_names, ready) in [
        // Brokers that differ by name only: the first one's.
        (
            &[one, two][..],
            "registry.example.com:8081",
            vec![vec![9092, 8081], vec![9092]],
            vec![b1_too, b2],
            "ready-1",
        ),
        // Their own port is taken everywhere.
        (
            &[one, two],
            "registry.example.com:9092",
            vec![vec![9092], vec![9092], vec![9092]],
            vec![b1, b2, registry],
            "ready-3",
        ),
        // Brokers that share a load balancer keep it, though the registry has the port of one.
        (
            &[one, other_port],
            "registry.example.com:9093",
            vec![vec![9092, 9093], vec![9093]],
            vec![both, registry],
            "ready-2",
        ),
        // The name of one broker with the port of the other: a name leads to one endpoint only.
        (
            &[one, other_port],
            "b-1.example.com:9093",
            vec![vec![9092, 9093], vec![9093]],
            vec![b1, b2],
            "ready-1",
        ),
        // The name of the second: its load balancer.
        (
            &[one, two],
            "b-2.example.com:8081",
            vec![vec![9092], vec![9092, 8081]],
            vec![b1, b2],
            "ready-2",
        ),
        // Two load balancers with the same ports: the ports do not tell which of them it is.
        (
            &[one, "b-1.example.com:8081", two],
            "registry.example.com:8081",
            vec![vec![9092, 8081], vec![9092, 8081]],
            vec![b1, b2_too],
            "ready-2",
        ),
    ] {
        let mut world = World::healthy().of_hosts(hosts, at);
        world.choices.custom_dns_enabled = true;
        let plan = world.plan();
        assert_eq!(ports(&plan), expected_ports, "{hosts:?} {at}");
        assert_eq!(mapped(&plan), expected_names, "{hosts:?} {at}");
        assert_eq!(address(&plan), format!("https://{at}"), "{hosts:?}");

        // Without the preview no name is mapped, and only the endpoint's own leads there.
        world.choices.custom_dns_enabled = false;
        let plan = world.plan();
        let port = at.rsplit_once(':').unwrap().1.parse().unwrap();
        let expected = at_endpoint(&plan, ready, port);
        assert_eq!(address(&plan), expected, "{hosts:?} {at}");
        // Nothing is said of it before that endpoint is there, though others are.
        let mut made = made_by(&plan);
        made.remove(&StepId::from(ready));
        assert_eq!(sheet(&plan, &made).schema_registry, None, "{hosts:?} {at}");
    }
}

/// An address has no name that could be mapped, whatever names the brokers have.
#[test]
fn a_registry_that_is_an_address_is_reached_by_its_endpoints_name() {
    let hosts = ["b-1.example.com:9092", "b-2.example.com:9092"];
    for (at, ready, label) in [
        (
            "10.20.1.60:8081",
            "ready-1",
            "b-1.example.com and 10.20.1.60",
        ),
        ("10.20.1.60:9092", "ready-3", "10.20.1.60"),
    ] {
        let mut world = World::healthy().of_hosts(&hosts, at);
        world.choices.custom_dns_enabled = true;
        let plan = world.plan();
        let port = at.rsplit_once(':').unwrap().1.parse().unwrap();
        assert_eq!(address(&plan), at_endpoint(&plan, ready, port), "{at}");
        assert!(labels(&plan).contains(&label.to_owned()), "{at}");
    }
}

/// Nothing listens by the plan where all of it is there already.
#[test]
fn a_registry_behind_what_was_there_before_is_reached_all_the_same() {
    for world in [
        World::healthy().on_service(),
        World::healthy().on_load_balancer(),
    ] {
        let mut world = world.of_hosts(&["kafka.example.com:5432"], "registry.example.com:8081");
        let plan = world.plan();
        assert_eq!(address(&plan), at_endpoint(&plan, "ready", 8081));
        world.choices.custom_dns_enabled = true;
        assert_eq!(address(&world.plan()), "https://registry.example.com:8081");
    }
}

/// Where the brokers go by the verified name of the service, so does the registry.
#[test]
fn a_registry_without_a_name_of_its_own_goes_by_the_name_of_the_service() {
    let mut world =
        World::healthy().of_hosts(&["kafka.example.com:9092"], "registry.example.com:8081");
    "pipes.example.com".clone_into(&mut world.choices.private_dns_name);
    let plan = world.plan();
    let sheet = sheet(&plan, &made_by(&plan));
    assert_eq!(sheet.brokers.as_deref(), Some("pipes.example.com:9092"));
    assert_eq!(address(&plan), "https://pipes.example.com:8081");
}

/// Plans of older journals do not name the registry: there the last of the listeners is its own.
#[test]
fn a_plan_without_the_registrys_name_opens_and_leads_to_its_endpoint() {
    let hosts = ["b-1.example.com:9092", "b-2.example.com:9092"];
    for (at, expected) in [
        ("registry.example.com:8081", None),
        ("registry.example.com:9092", None),
        ("b-2.example.com:8081", Some("ready-2")),
    ] {
        let mut world = World::healthy().of_hosts(&hosts, at);
        world.choices.custom_dns_enabled = true;
        let plan = world.plan();
        let mut written = serde_json::to_value(&plan).unwrap();
        let source = written["source"].as_object_mut().unwrap();
        assert_eq!(source.remove("schemaRegistry").unwrap(), at);
        let older: Plan = serde_json::from_value(written).unwrap();
        assert_eq!(older.source.schema_registry, None);
        let expected = match expected {
            Some(ready) => at_endpoint(&plan, ready, 8081),
            None => format!("https://{at}"),
        };
        assert_eq!(address(&older), expected, "{at}");
    }
    let without = World::healthy().of_hosts(&hosts, "").plan();
    let written = serde_json::to_string(&without).unwrap();
    assert!(!written.contains("schemaRegistry"));
    assert_eq!(sheet(&without, &made_by(&without)).schema_registry, None);
}

/// What is there for a broker and for the registry says so; what is there for the other broker does not.
#[test]
fn what_a_broker_and_the_registry_share_is_labelled_with_both() {
    let hosts = ["b-1.example.com:9092", "b-2.example.com:9092"];
    let mut world = World::healthy().of_hosts(&hosts, "registry.example.com:8081");
    world.choices.custom_dns_enabled = true;
    for world in [world.clone(), world.by_hand()] {
        let picture = topology(&world.plan(), &made_by(&world.plan()));
        let of = |number: &str| -> BTreeSet<Option<String>> {
            let ending = format!("-{number}");
            let nodes = picture.nodes.iter();
            let made =
                nodes.filter(|it| it.step.as_ref().is_some_and(|it| it.0.ends_with(&ending)));
            made.map(|it| it.host.clone()).collect()
        };
        let both = Some("b-1.example.com and registry.example.com".to_owned());
        assert_eq!(of("1"), BTreeSet::from([both.clone()]));
        assert_eq!(
            of("2"),
            BTreeSet::from([Some("b-2.example.com".to_owned())])
        );
        // The registry's target group.
        assert_eq!(of("3"), BTreeSet::from([both]));
    }
}

#[test]
fn the_name_that_the_service_gives_is_not_mapped_a_second_time() {
    let mut world =
        World::healthy().of_hosts(&["kafka.example.com:9092"], "registry.example.com:8081");
    world.choices.custom_dns_enabled = true;
    "kafka.example.com".clone_into(&mut world.choices.private_dns_name);
    assert_eq!(mapped(&world.plan()), [["registry.example.com"]]);

    let mut there = World::healthy()
        .on_service()
        .of_hosts(&["Kafka.example.com:5432"], "");
    there.choices.custom_dns_enabled = true;
    for (state, names) in [
        ("verified", &[][..]),
        ("pendingVerification", &["kafka.example.com"][..]),
    ] {
        there.endpoint_service().private_dns = Some(ServicePrivateDns {
            private_dns_name: "kafka.example.com".to_owned(),
            state: Some(state.to_owned()),
            txt_name: None,
            txt_value: None,
        });
        assert_eq!(mapped(&there.plan()), [names], "{state}");
    }
}
