//! The readings of a plan: review, picture, connect sheet.

use std::collections::BTreeMap;
use std::fmt::Write;

use pipelink_plan::paths::vpc_resource::plan;
use pipelink_plan::readings::connect::sheet;
use pipelink_plan::readings::review::{ReviewStep, review};
use pipelink_plan::readings::topology::{Topology, topology};
use pipelink_plan::step::Plan;

use crate::facts::*;

fn with_key() -> Plan {
    let world = World::healthy();
    plan(&world.region, &world.choices).unwrap()
}

fn by_hand() -> Plan {
    let world = World::healthy().by_hand();
    plan(&world.region, &world.choices).unwrap()
}

fn render_review(steps: &[ReviewStep]) -> String {
    steps.iter().fold(String::new(), |mut text, step| {
        let (from, to) = step.usual_seconds;
        writeln!(
            text,
            "## {} ({})\n{}\ncall: {}\n{}\n\n{}\n\nrights: {}\nwaits for: {}\nusual time: {from} to {to} s\nundo: {}\nbilled by the hour: {}\n",
            step.title,
            step.id,
            step.result,
            step.call,
            step.request,
            step.cli,
            step.rights.join(", "),
            step.waits_for,
            step.undo.as_deref().unwrap_or("nothing to undo"),
            step.billed_hourly
        )
        .unwrap();
        text
    })
}

fn render_topology(picture: &Topology) -> String {
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
fn review_with_a_key() {
    insta::assert_snapshot!("review_with_key", render_review(&review(&with_key())));
}

#[test]
fn review_by_hand() {
    let steps = review(&by_hand());
    insta::assert_snapshot!("review_by_hand", render_review(&steps[3..]));
}

#[test]
fn every_request_is_json_and_every_write_names_the_run() {
    for step in review(&with_key()) {
        let request: serde_json::Value = serde_json::from_str(&step.request).unwrap();
        assert!(request.is_object());
        assert!(step.request.contains("<run ID>"), "{}", step.id);
        assert!(step.cli.contains("<run ID>"), "{}", step.id);
    }
}

#[test]
fn picture_before_during_and_after() {
    let plan = with_key();
    let mut halfway = made();
    halfway.remove(&plan.steps[2].id);
    halfway.remove(&plan.steps[3].id);
    let pictures = [
        ("before", BTreeMap::new()),
        ("halfway", halfway),
        ("after", made()),
    ]
    .map(|(when, made)| format!("# {when}\n{}", render_topology(&topology(&plan, &made))));
    insta::assert_snapshot!("topology_with_key", pictures.join("\n"));
    insta::assert_snapshot!(
        "topology_by_hand",
        render_topology(&topology(&by_hand(), &made()))
    );
}

#[test]
fn every_edge_of_the_picture_joins_two_of_its_nodes() {
    for plan in [with_key(), by_hand()] {
        let picture = topology(&plan, &made());
        let mut ids: Vec<&str> = picture.nodes.iter().map(|it| it.id.as_str()).collect();
        for edge in &picture.edges {
            assert!(
                ids.contains(&edge.from.as_str()) && ids.contains(&edge.to.as_str()),
                "{edge:?}"
            );
        }
        ids.sort_unstable();
        let count = ids.len();
        ids.dedup();
        assert_eq!(ids.len(), count);
    }
}

#[test]
fn connect_sheets() {
    insta::assert_json_snapshot!("connect_before", sheet(&with_key(), &BTreeMap::new()));
    insta::assert_json_snapshot!("connect_after", sheet(&with_key(), &made()));
    insta::assert_json_snapshot!("connect_by_hand", sheet(&by_hand(), &made()));
}
