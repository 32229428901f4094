//! Which load balancer a schema registry is behind, and which names are mapped to which endpoint.

use pipelink_plan::facts::load_balancing::ServicePrivateDns;
use pipelink_plan::step::{Action, Plan};

use super::planning::ids;
use super::world::World;

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

#[test]
fn a_registry_beside_a_broker_stays_behind_its_load_balancer() {
    let mut world = World::healthy().of_hosts(
        &["b-1.example.com:9092", "b-2.example.com:9092"],
        "b-2.example.com:8081",
    );
    world.choices.custom_dns_enabled = true;
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
    let b1_too: &[&str] = &["b-1.example.com", "registry.example.com"];
    let both: &[&str] = &["b-1.example.com", "b-2.example.com"];
    for (hosts, at, expected_ports, expected_names) in [
        // Brokers that differ by name only: the first one's.
        (
            [one, two],
            "registry.example.com:8081",
            vec![vec![9092, 8081], vec![9092]],
            vec![b1_too, b2],
        ),
        // Their own port is taken everywhere.
        (
            [one, two],
            "registry.example.com:9092",
            vec![vec![9092], vec![9092], vec![9092]],
            vec![b1, b2, registry],
        ),
        // Brokers that share a load balancer keep it, though the registry has the port of one.
        (
            [one, other_port],
            "registry.example.com:9093",
            vec![vec![9092, 9093], vec![9093]],
            vec![both, registry],
        ),
        // The name of one broker with the port of the other: a name leads to one endpoint only.
        (
            [one, other_port],
            "b-1.example.com:9093",
            vec![vec![9092, 9093], vec![9093]],
            vec![b1, b2],
        ),
    ] {
        let mut world = World::healthy().of_hosts(&hosts, at);
        world.choices.custom_dns_enabled = true;
        let plan = world.plan();
        assert_eq!(ports(&plan), expected_ports, "{hosts:?} {at}");
        assert_eq!(mapped(&plan), expected_names, "{hosts:?} {at}");
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
