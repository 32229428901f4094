//! The picture: nodes in three columns, and edges between them.

use std::collections::BTreeMap;
use std::fmt::Write;

use pipelink_plan::readings::topology::{Lane, Topology, topology};
use pipelink_plan::step::{Action, Plan, PrivateDnsMapping, Target, Used};

use super::plans::{self, Balanced};
use super::{
    address_on_gateway, change_groups, database_by_hand, database_everything,
    database_on_configuration_by_hand, made_by, plans as all_plans, used_ids,
};

fn render(picture: &Topology) -> String {
    let mut text = String::new();
    for node in &picture.nodes {
        writeln!(
            text,
            "{:?} | {} | {} | {} | {} | {}{}",
            node.lane,
            node.id,
            node.title,
            node.name.as_deref().unwrap_or("-"),
            node.resource_id.as_deref().unwrap_or("-"),
            node.step.as_ref().map_or("-", |it| it.0.as_str()),
            node.host
                .as_ref()
                .map_or_else(String::new, |it| format!(" | for {it}"))
        )
        .unwrap();
    }
    for edge in &picture.edges {
        writeln!(
            text,
            "{} -> {} {}",
            edge.from,
            edge.to,
            edge.label.as_deref().unwrap_or("")
        )
        .unwrap();
    }
    text
}

#[test]
fn picture_before_and_after() {
    for (name, plan) in all_plans() {
        let before = render(&topology(&plan, &BTreeMap::new()));
        let after = render(&topology(&plan, &made_by(&plan)));
        insta::assert_snapshot!(name, format!("# before\n{before}\n# after\n{after}"));
    }
}

#[test]
fn picture_halfway() {
    let plan = database_everything();
    let mut made = made_by(&plan);
    made.remove(&plan.steps[2].id);
    made.remove(&plan.steps[3].id);
    insta::assert_snapshot!("halfway", render(&topology(&plan, &made)));
}

#[test]
fn every_edge_joins_two_nodes_and_every_node_is_joined() {
    let mut all: Vec<Plan> = all_plans().into_iter().map(|(_, plan)| plan).collect();
    all.push(database_by_hand());
    // A configuration whose gateway could not be read.
    let mut without_gateway = database_on_configuration_by_hand();
    without_gateway
        .uses
        .retain(|used| matches!(used, Used::ResourceConfiguration { .. }));
    all.push(without_gateway);
    all.push(plans::brokers(12, true));
    for plan in all {
        let picture = topology(&plan, &made_by(&plan));
        let mut ids: Vec<&str> = picture.nodes.iter().map(|it| it.id.as_str()).collect();
        for edge in &picture.edges {
            assert!(
                ids.contains(&edge.from.as_str()) && ids.contains(&edge.to.as_str()),
                "{edge:?}"
            );
        }
        for id in &ids {
            // The VPC is drawn around its subnets.
            let joined = *id == "vpc"
                || picture
                    .edges
                    .iter()
                    .any(|it| it.from == *id || it.to == *id);
            assert!(joined, "{id}");
        }
        ids.sort_unstable();
        let count = ids.len();
        ids.dedup();
        assert_eq!(ids.len(), count);
    }
}

#[test]
fn the_security_groups_of_a_change_are_there_before_it() {
    let plan = change_groups();
    for made in [BTreeMap::new(), made_by(&plan)] {
        let picture = topology(&plan, &made);
        let groups: Vec<_> = picture
            .nodes
            .iter()
            .filter(|node| node.title == "Security group")
            .collect();
        assert_eq!(
            groups.len(),
            2,
            "one that stays, and one that is new to the gateway"
        );
        for group in groups {
            assert_eq!(group.step, None, "{}", group.id);
        }
    }
}

#[test]
fn what_was_there_before_has_no_step_and_has_its_id_at_once() {
    for plan in [address_on_gateway(), database_on_configuration_by_hand()] {
        let picture = topology(&plan, &BTreeMap::new());
        for id in used_ids(&plan) {
            let node = picture
                .nodes
                .iter()
                .find(|node| node.resource_id.as_ref() == Some(&id))
                .unwrap();
            assert_eq!(node.step, None);
        }
    }
}

/// Of many brokers, what is there for one stands together, in their order, in each column.
#[test]
fn what_is_there_for_a_broker_stands_together() {
    let plan = plans::brokers(12, true);
    let picture = topology(&plan, &made_by(&plan));
    let wanted: Vec<String> = (1..=12)
        .map(|at| format!("b-{at}.clicks.1f0c.c2.kafka.us-east-1.amazonaws.com"))
        .collect();
    for lane in [Lane::Account, Lane::Added, Lane::ClickHouse] {
        let mut hosts: Vec<&String> = picture
            .nodes
            .iter()
            .filter(|node| node.lane == lane)
            .filter_map(|node| node.host.as_ref())
            .collect();
        hosts.dedup();
        assert_eq!(hosts, Vec::from_iter(&wanted), "{lane:?}");
    }
    let of_all: Vec<&str> = picture
        .nodes
        .iter()
        .filter(|node| node.lane == Lane::ClickHouse && node.host.is_none())
        .map(|node| node.title.as_str())
        .collect();
    assert_eq!(of_all, ["ClickHouse service", "ClickPipes account"]);
}

/// Whoever makes the endpoints by hand sees the same hosts.
#[test]
fn hosts_are_named_without_a_key_too() {
    let hosts = |key: bool| -> Vec<(String, String)> {
        let picture = topology(&plans::brokers(2, key), &BTreeMap::new());
        let nodes = picture.nodes.into_iter();
        let of_host = nodes.filter_map(|node| Some((node.id, node.host?)));
        let made = of_host.filter(|(id, _)| !id.starts_with("private-name"));
        made.collect()
    };
    assert!(!hosts(true).is_empty());
    assert_eq!(hosts(false), hosts(true));
}

/// A broker that has several names is one host; brokers that share what is made are several.
#[test]
fn a_label_names_the_hosts_and_not_all_of_their_names() {
    let label = |plan: &Plan| {
        topology(plan, &BTreeMap::new())
            .nodes
            .into_iter()
            .find_map(|it| it.host)
    };
    let mut plan = plans::brokers(2, true);
    for step in &mut plan.steps {
        if let Action::CreateReversePrivateEndpoint { private_dns, .. } = &mut step.action {
            private_dns.push(PrivateDnsMapping {
                name: "b-9.other.example.com".to_owned(),
                target: None,
            });
            private_dns.push(PrivateDnsMapping {
                name: "b-10.other.example.com".to_owned(),
                target: None,
            });
        }
    }
    let first = "b-1.clicks.1f0c.c2.kafka.us-east-1.amazonaws.com";
    assert_eq!(label(&plan).as_deref(), Some(first));
    plan.source.target = Target::Hosts { hosts: Vec::new() };
    assert_eq!(label(&plan), Some(format!("{first} and 2 more")));
}

#[test]
fn one_host_needs_no_grouping() {
    for (name, plan) in all_plans() {
        let several = ["three_brokers", "two_brokers_without_key"].contains(&name);
        let picture = topology(&plan, &BTreeMap::new());
        let hosts = picture.nodes.iter().filter(|it| it.host.is_some()).count();
        assert!(several || hosts == 0, "{name}");
    }
}

/// Green means works: an endpoint works when it is Ready, a target group when its targets are healthy.
#[test]
fn a_node_is_done_after_the_step_that_makes_it_work() {
    let plan = plans::balanced(Balanced {
        private_dns: true,
        ..Balanced::default()
    });
    let picture = topology(&plan, &BTreeMap::new());
    for (node, step) in [
        ("endpoint", "ready"),
        ("target-group", "targets"),
        ("private-dns", "private-dns"),
        ("endpoint-service", "service"),
    ] {
        let node = picture.nodes.iter().find(|it| it.id == node).unwrap();
        assert_eq!(node.step.as_ref().unwrap().0, step);
    }
}

#[test]
fn what_is_on_already_is_drawn_without_a_step() {
    let picture = topology(&plans::msk_already_on(), &BTreeMap::new());
    for id in ["connectivity", "policy"] {
        let node = picture.nodes.iter().find(|it| it.id == id).unwrap();
        assert_eq!(node.step, None);
    }
}
