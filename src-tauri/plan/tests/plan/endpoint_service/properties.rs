//! What holds for every plan: it depends on nothing but the facts, leads each port to the same port, lets in nobody but
//! ClickPipes' account, and finds its inputs in the steps before.

use std::collections::{BTreeMap, BTreeSet};

use pipelink_plan::CLICKPIPES_ACCOUNT;
use pipelink_plan::facts::load_balancing::EndpointService;
use pipelink_plan::names::load_balancing::load_balancer_name;
use pipelink_plan::observed::Observed;
use pipelink_plan::paths::endpoint_service::choices::{Extent, LoadBalancerChange};
use pipelink_plan::paths::endpoint_service::page::page;
use pipelink_plan::paths::endpoint_service::{existing_endpoint, plan};
use pipelink_plan::step::{Action, Input, OutputName, Outputs, Plan, StepId};
use proptest::prelude::*;

use super::world::World;
use super::world::*;
use crate::facts::*;

/// A seeded shuffle (Fisher-Yates over a linear congruential generator).
struct Shuffle(u64);

impl Shuffle {
    fn items<T>(&mut self, items: &mut [T]) {
        for at in (1..items.len()).rev() {
            self.0 = self
                .0
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            items.swap(at, usize::try_from(self.0 >> 33).unwrap() % (at + 1));
        }
    }

    fn observed<T>(&mut self, observed: &mut Observed<Vec<T>>) {
        if let Observed::Known { value } = observed {
            self.items(value);
        }
    }

    fn world(&mut self, world: &mut World) {
        let lists = &mut world.load_balancing;
        for one in all(&mut lists.load_balancers) {
            self.items(&mut one.zones);
            self.items(&mut one.security_group_ids);
            self.observed(&mut one.listeners);
        }
        for one in all(&mut lists.target_groups) {
            self.observed(&mut one.targets);
        }
        for one in all(&mut lists.endpoint_services) {
            self.items(&mut one.load_balancer_arns);
            self.observed(&mut one.principals);
            self.observed(&mut one.connections);
        }
        self.observed(&mut lists.load_balancers);
        self.observed(&mut lists.target_groups);
        self.observed(&mut lists.endpoint_services);
        self.observed(&mut world.vpc.as_mut().unwrap().subnets);
        self.observed(&mut world.vpc.as_mut().unwrap().security_groups);
        self.observed(&mut world.vpc.as_mut().unwrap().network_interfaces);
        self.observed(&mut world.clickhouse.as_mut().unwrap().endpoints);
        if let Some(msk) = &mut world.msk {
            self.observed(&mut msk.nodes);
        }
        for lookup in &mut world.lookups {
            self.observed(&mut lookup.addresses);
        }
        self.items(&mut world.lookups);
        match &mut world.choices.extent {
            Extent::Everything {
                subnet_ids,
                security_group_ids,
                ..
            } => {
                self.items(subnet_ids);
                self.items(security_group_ids);
            }
            Extent::OnLoadBalancer { changes, .. } | Extent::OnService { changes, .. } => {
                self.items(changes);
            }
        }
    }
}

/// Worlds in which order could matter.
fn worlds() -> Vec<World> {
    let mut crowded = World::healthy().on_service();
    all(&mut crowded.load_balancing.load_balancers).push(load_balancer("second", 5432));
    all(&mut crowded.load_balancing.target_groups).push(target_group(
        "second",
        5432,
        &["10.20.2.77", "10.20.1.40"],
    ));
    crowded.load_balancer().security_group_ids = vec![
        GROUP_GATEWAY.to_owned(),
        GROUP_DEFAULT.to_owned(),
        GROUP_WEB.to_owned(),
    ];
    all(&mut crowded.load_balancing.endpoint_services).push(EndpointService {
        id: "vpce-svc-2".to_owned(),
        service_name: "com.amazonaws.vpce.us-east-1.vpce-svc-2".to_owned(),
        ..endpoint_service("second")
    });
    let service = crowded.endpoint_service();
    service.load_balancer_arns.push(load_balancer_arn("second"));
    service.principals = known(vec![format!("arn:aws:iam::{ACCOUNT}:root"), "*".to_owned()]);
    service.connections = known(vec![
        connection(OURS, Some(CLICKPIPES_ACCOUNT), "pendingAcceptance"),
        connection("vpce-0e2", Some(ACCOUNT), "pendingAcceptance"),
    ]);
    for id in ["e-3", "e-1", "e-2"] {
        crowded.add_endpoint(endpoint_to(id, SERVICE_NAME));
    }
    crowded.look_up(
        WRITER,
        known(vec![
            "10.20.1.40".parse().unwrap(),
            "10.20.2.77".parse().unwrap(),
        ]),
    );
    let extent = World::healthy().choices.extent;
    let everything = |world: World| {
        let mut world = world;
        world.choices.extent = extent.clone();
        world
    };
    vec![
        everything(crowded.clone()),
        {
            let mut named = everything(crowded.clone());
            "orders.example.com".clone_into(&mut named.choices.private_dns_name);
            named
        },
        crowded
            .clone()
            .changing(LoadBalancerChange::StopEnforcingInboundRules)
            .changing(LoadBalancerChange::EnableCrossZone),
        crowded.clone().for_elsewhere(),
        everything(crowded.clone().of_brokers()),
        everything(crowded.of_hosts(
            &["b-1.example.com:9092", "b-2.example.com:9093"],
            "registry.example.com",
        )),
    ]
}

/// What must hold of any plan of this path.
fn sound(plan: &Plan) {
    let mut made: BTreeMap<StepId, Outputs> = BTreeMap::new();
    let mut ports_of_groups: BTreeMap<String, u16> = BTreeMap::new();
    let mut names: BTreeSet<(&str, &str)> = BTreeSet::new();
    for step in &plan.steps {
        assert!(step.action.resolve(&made).is_ok(), "{}", step.id);
        let mut outputs = Outputs::default();
        for name in [
            OutputName::TargetGroupArn,
            OutputName::LoadBalancerArn,
            OutputName::ListenerArn,
            OutputName::EndpointServiceId,
            OutputName::EndpointServiceName,
            OutputName::TxtName,
            OutputName::TxtValue,
            OutputName::EndpointId,
            OutputName::VpcEndpointId,
        ] {
            outputs = outputs.with(name, format!("{}-{name:?}", step.id));
        }
        assert!(
            made.insert(step.id.clone(), outputs).is_none(),
            "{}",
            step.id
        );
        let group = |input: &Input| serde_json::to_string(input).unwrap();
        match &step.action {
            Action::CreateTargetGroup { name, port, .. } => {
                assert!(load_balancer_name(name).is_ok(), "{name}");
                assert!(names.insert(("target group", name)), "{name} twice");
                let made = Input::output(step.id.clone(), OutputName::TargetGroupArn);
                ports_of_groups.insert(group(&made), *port);
            }
            Action::CreateLoadBalancer { name, .. } => {
                assert!(load_balancer_name(name).is_ok(), "{name}");
                assert!(names.insert(("load balancer", name)), "{name} twice");
            }
            Action::CreateListener {
                port, target_group, ..
            } => assert_eq!(ports_of_groups.get(&group(target_group)), Some(port)),
            Action::RegisterTargets {
                target_group,
                targets,
            } => {
                assert!(!targets.is_empty());
                for target in targets {
                    assert_eq!(
                        ports_of_groups.get(&group(target_group)),
                        Some(&target.port)
                    );
                }
            }
            Action::AllowPrincipal { principal, .. } => assert_eq!(principal, CLICKPIPES_ACCOUNT),
            Action::AcceptEndpointConnection { owner, .. }
            | Action::AwaitConnectionAcceptance { owner, .. }
            | Action::AwaitEndpointConnection { owner, .. } => {
                assert_eq!(owner, CLICKPIPES_ACCOUNT);
            }
            _ => {}
        }
    }
}

#[test]
fn every_world_has_a_sound_plan() {
    for world in worlds() {
        sound(&world.plan());
    }
}

proptest! {
    #[test]
    fn permuted_facts_and_choices_give_the_same_answers(seed in any::<u64>()) {
        for one in worlds() {
            let mut other = one.clone();
            Shuffle(seed).world(&mut other);
            prop_assert_eq!(
                plan(&one.facts(), &one.choices),
                plan(&other.facts(), &other.choices)
            );
            prop_assert_eq!(one.checks(), other.checks());
            let shown = |world: &World| {
                let mut page = page(&world.facts(), &world.choices.source);
                // Shown as AWS lists them, except for what is judged.
                for offer in &mut page.load_balancers {
                    offer.load_balancer = load_balancer(&offer.load_balancer.name, 1);
                }
                for offer in &mut page.services {
                    offer.service = endpoint_service(&offer.service.id);
                }
                page
            };
            prop_assert_eq!(shown(&one), shown(&other));
            let existing = |world: &World| {
                existing_endpoint(&world.facts(), &world.choices.source).map(|it| it.id.clone())
            };
            prop_assert_eq!(existing(&one), existing(&other));
        }
    }

    /// Any hosts at all: with ports that all differ one load balancer, otherwise one for each name.
    #[test]
    fn hosts_get_one_load_balancer_or_one_each(
        typed in prop::collection::vec((0_u8..6, 9000_u16..9004), 1..12),
        name in "[A-Za-z0-9-]{1,32}",
        by_run in any::<bool>(),
        with_groups in any::<bool>(),
        enabled in any::<bool>(),
        by_hand in any::<bool>(),
    ) {
        prop_assume!(load_balancer_name(&name).is_ok());
        let mut hosts = typed.clone();
        hosts.sort_unstable();
        hosts.dedup();
        let lines: Vec<String> = hosts
            .iter()
            .map(|(host, port)| format!("b-{host}.example.com:{port}"))
            .collect();
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let mut world = World::healthy().of_hosts(&lines, "");
        world.name().clone_from(&name);
        world.choices.custom_dns_enabled = enabled;
        if !by_run {
            world.choices.acceptance =
                pipelink_plan::paths::endpoint_service::choices::Acceptance::ByHand;
        }
        if !with_groups {
            world = world.without_groups();
        }
        if by_hand {
            world = world.by_hand();
        }
        let made = world.plan();
        sound(&made);
        let count = |kind: &str| {
            made.steps
                .iter()
                .filter(|step| {
                    let id = step.id.0.as_str();
                    id == kind
                        || id
                            .strip_prefix(kind)
                            .and_then(|rest| rest.strip_prefix('-'))
                            .is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_digit()))
                })
                .count()
        };
        let ports: BTreeSet<u16> = hosts.iter().map(|(_, port)| *port).collect();
        let names: BTreeSet<u8> = hosts.iter().map(|(host, _)| *host).collect();
        let load_balancers = if ports.len() == hosts.len() { 1 } else { names.len() };
        for kind in ["load-balancer", "cross-zone", "service", "principal"] {
            prop_assert_eq!(count(kind), load_balancers, "{}", kind);
        }
        for kind in ["target-group", "listener", "targets"] {
            prop_assert_eq!(count(kind), hosts.len(), "{}", kind);
        }
        let with_key = ["endpoint", "acceptance", "ready"];
        let of_each = |wanted| if wanted { load_balancers } else { 0 };
        for kind in with_key {
            prop_assert_eq!(count(kind), of_each(!by_hand), "{}", kind);
        }
        prop_assert_eq!(count("connection"), of_each(by_hand));
        prop_assert_eq!(count("inbound-rules"), of_each(with_groups));
        let mapped: usize = made
            .steps
            .iter()
            .map(|step| match &step.action {
                Action::CreateReversePrivateEndpoint { private_dns, .. } => private_dns.len(),
                _ => 0,
            })
            .sum();
        prop_assert_eq!(mapped, if enabled && !by_hand { names.len() } else { 0 });
    }
}
