//! The picture: nodes in three columns, and edges between them.

use std::collections::BTreeMap;
use std::fmt::Write;

use pipelink_plan::readings::topology::{Topology, topology};
use pipelink_plan::step::{Plan, Used};

use super::{
    address_on_gateway, change_groups, database_by_hand, database_everything,
    database_on_configuration_by_hand, made_by, plans,
};

fn render(picture: &Topology) -> String {
    let mut text = String::new();
    for node in &picture.nodes {
        writeln!(
            text,
            "{:?} | {} | {} | {} | {} | {}",
            node.lane,
            node.id,
            node.title,
            node.name.as_deref().unwrap_or("-"),
            node.resource_id.as_deref().unwrap_or("-"),
            node.step.as_ref().map_or("-", |it| it.0.as_str())
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
    for (name, plan) in plans() {
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
    let mut all: Vec<Plan> = plans().into_iter().map(|(_, plan)| plan).collect();
    all.push(database_by_hand());
    // A configuration whose gateway could not be read.
    let mut without_gateway = database_on_configuration_by_hand();
    without_gateway
        .uses
        .retain(|used| matches!(used, Used::ResourceConfiguration { .. }));
    all.push(without_gateway);
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
        for used in &plan.uses {
            let (Used::ResourceGateway { id, .. } | Used::ResourceConfiguration { id, .. }) = used
            else {
                panic!("{used:?} is another path\'s")
            };
            let node = picture
                .nodes
                .iter()
                .find(|node| node.resource_id.as_deref() == Some(id))
                .unwrap();
            assert_eq!(node.step, None);
        }
    }
}
