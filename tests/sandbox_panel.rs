//! The sandbox's panel through the commands: it changes the sandbox, and only the sandbox.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod desk;

use std::collections::BTreeSet;

use desk::wizard::{
    by_key, choices, database, defaults, everything, in_the_sandbox, run_to_its_end, run_until,
    verdicts,
};
use desk::{Desk, Page};
use serde_json::{Value, json};

#[test]
fn the_clock_is_moved_stopped_and_run_faster() {
    let desk = Desk::new();
    let page = in_the_sandbox(&desk);
    let before = page.ask("sandbox_panel", json!({}));
    let day = json!({"advanceSeconds": 86_400.0, "speed": 0.0});
    let moved = page.ask("sandbox_clock", day);
    assert_eq!(moved["speed"], 0.0);
    let now =
        |panel: &Value| -> jiff::Timestamp { panel["now"].as_str().unwrap().parse().unwrap() };
    assert!(now(&moved).duration_since(now(&before)).as_hours() >= 24);
    assert_eq!(
        now(&page.ask("sandbox_panel", json!({}))),
        now(&moved),
        "it stands still"
    );

    let faster = page.ask(
        "sandbox_clock",
        json!({"advanceSeconds": null, "speed": 3600.0}),
    );
    assert_eq!(faster["speed"], 3600.0);
    let back = page.call(
        "sandbox_clock",
        json!({"advanceSeconds": -5.0, "speed": null}),
    );
    assert_eq!(back.unwrap_err()["code"], "refused");

    let grace = page.ask("sandbox_grace", json!({"starts": "creation"}));
    assert_eq!(grace["graceStarts"], "creation");
}

#[test]
fn a_fault_stops_a_run_with_its_reason_and_the_run_goes_on_without_it() {
    let desk = Desk::new();
    let page = in_the_sandbox(&desk);
    let choices = defaults(&page, "orders-postgres", &by_key(&page, "orders-analytics"));
    let accepted: Vec<String> =
        desk::wizard::to_accept(&page.ask("checks", json!({"choices": choices})));
    let fault = json!({
        "service": "ram", "operation": "CreateResourceShare", "kind": "deny", "times": 0,
        "delayMs": 0, "reason": null,
    });
    let panel = page.ask("sandbox_fault", json!({"fault": fault}));
    assert_eq!(panel["faults"][0]["fault"], fault);

    let run = page.ask(
        "start_run",
        json!({"choices": choices, "accepted": accepted}),
    );
    let stopped = run_until(&page, &run, "stopped");
    assert_eq!(stopped["run"]["state"]["problem"]["code"], "accessDenied");
    let struck = page.ask("sandbox_panel", json!({}));
    assert!(struck["faults"][0]["hits"].as_u64().unwrap() > 0);

    let id = &panel["faults"][0]["id"];
    assert_eq!(
        page.ask("sandbox_clear_fault", json!({"id": id}))["faults"],
        json!([])
    );
    page.ask("continue_run", json!({"run": run}));
    run_until(&page, &run, "done");
}

#[test]
fn every_kind_of_fault_that_is_offered_can_be_switched_on() {
    let desk = Desk::new();
    let page = in_the_sandbox(&desk);
    let panel = page.ask("sandbox_panel", json!({}));
    let mut tried = BTreeSet::new();
    for operation in panel["operations"].as_array().unwrap() {
        for kind in operation["kinds"].as_array().unwrap() {
            if !tried.insert(kind.as_str().unwrap().to_owned()) {
                continue;
            }
            let fault = json!({
                "service": operation["service"], "operation": operation["operation"], "kind": kind,
                "times": 1, "delayMs": 5, "reason": "for a test",
            });
            page.ask("sandbox_fault", json!({"fault": fault}));
        }
    }
    assert!(tried.len() > 15, "only {tried:?}");
    let all = page.ask("sandbox_panel", json!({}));
    assert_eq!(all["faults"].as_array().unwrap().len(), tried.len());
    let none = page.ask("sandbox_clear_fault", json!({"id": null}));
    assert_eq!(none["faults"], json!([]));

    let unknown = json!({
        "service": "ram", "operation": "CreateResourceShare", "kind": "earthquake", "times": 1,
        "delayMs": 0, "reason": null,
    });
    assert_eq!(
        page.call("sandbox_fault", json!({"fault": unknown}))
            .unwrap_err()["code"],
        "refused"
    );
}

#[test]
fn another_operator_acts_and_an_exercise_begins() {
    let desk = Desk::new();
    let page = in_the_sandbox(&desk);
    let panel = page.ask("sandbox_panel", json!({}));
    let act = &panel["operator"][0];
    page.ask("sandbox_operator", json!({"act": act["id"]}));
    let nothing = page.call("sandbox_operator", json!({"act": "delete everything"}));
    assert_eq!(nothing.unwrap_err()["code"], "refused");

    assert_eq!(panel["exercises"].as_array().unwrap().len(), 3);
    for exercise in panel["exercises"].as_array().unwrap() {
        assert_eq!(exercise["state"], "ready");
        let id = exercise["id"].as_str().unwrap();
        page.ask("sandbox_exercise", json!({"exercise": id}));
        assert_eq!(state_of(&page, id), "begun", "{exercise}");
    }
}

#[test]
fn the_share_that_was_used_twice_is_replaced_through_the_wizard() {
    let desk = Desk::new();
    let page = in_the_sandbox(&desk);
    let exercise = "share-used-twice";
    page.ask("sandbox_exercise", json!({"exercise": exercise}));
    assert_eq!(state_of(&page, exercise), "begun");
    // What the first hint says: both are on the board, with the same share.
    let of_ledger = |board: &Value, status: &str| {
        let rows = board["rows"].as_array().unwrap().iter();
        let mut found = rows.filter(|row| row["endpoint"]["status"]["status"] == status);
        let row = found.find(|row| row["endpoint"]["description"] == "practice-ledger");
        row.map(|row| {
            let endpoint = &row["endpoint"];
            ["resourceShareArn", "resourceConfigurationId"].map(|it| endpoint[it].clone())
        })
    };
    let board = page.ask_until("refresh_board", &json!({}), |it| {
        of_ledger(it, "failed").is_some()
    });
    let [share, configuration] = of_ledger(&board, "failed").unwrap();
    assert!(share.is_string(), "{board:#}");
    let used = [share, configuration.clone()];
    assert_eq!(of_ledger(&board, "ready"), Some(used));

    let service = by_key(&page, "practice-reports");
    let source = database(&page, "practice-ledger");
    let network = page.ask("network", json!({"source": source}));
    let [offer] = &network["configurations"].as_array().unwrap()[..] else {
        panic!("the one that is there: {network:#}")
    };
    assert_ne!(offer["verdict"], "failure", "{offer:#}");
    assert_eq!(offer["configuration"]["id"], configuration);
    let extent = json!({
        "extent": "onConfiguration",
        "configurationId": offer["configuration"]["id"],
    });
    let wanted = choices(&network, &source, &service, &extent);
    assert_eq!(page.ask("validate", json!({"choices": wanted})), json!([]));
    let (_, done) = run_to_its_end(&page, &wanted);
    assert_eq!(done["run"]["steps"].as_array().unwrap().len(), 2);
    assert_eq!(state_of(&page, exercise), "reached");
}

#[test]
fn a_gateway_where_no_28_is_free_is_refused_and_one_with_room_reaches_the_goal() {
    let desk = Desk::new();
    let page = in_the_sandbox(&desk);
    let exercise = "no-free-28";
    page.ask("sandbox_exercise", json!({"exercise": exercise}));
    let service = by_key(&page, "orders-analytics");
    let source = database(&page, "practice-stock");
    let network = page.ask("network", json!({"source": source}));
    let subnet = |name: &str| -> Value {
        let mut rows = network["subnets"].as_array().unwrap().iter();
        let row = rows.find(|row| row["subnet"]["name"] == name);
        row.unwrap_or_else(|| panic!("no {name} in {network:#}"))["subnet"]["id"].clone()
    };

    // In the database's own zones, as somebody would who does not look at the blocks.
    let mut wanted = everything(&page, &source, &service);
    wanted["extent"]["subnetIds"] =
        json!([subnet("practice-stock-1a"), subnet("practice-stock-1b")]);
    let found = verdicts(&page.ask("checks", json!({"choices": wanted})));
    let failed = found.iter().filter(|(_, verdict)| verdict == "failure");
    let failed: Vec<&str> = failed.map(|(id, _)| id.as_str()).collect();
    assert_eq!(failed, ["freeBlocks"], "{found:?}, {network:#}");
    let accepted: Vec<&String> = found.iter().map(|(id, _)| id).collect();
    let begun = page.call(
        "start_run",
        json!({"choices": wanted, "accepted": accepted}),
    );
    assert_eq!(begun.unwrap_err()["code"], "checkStandsAgainst");
    assert_eq!(state_of(&page, exercise), "begun");

    // What the hints say: the one subnet with room, and a warning about the zones to tick.
    wanted["extent"]["subnetIds"] = json!([subnet("practice-stock-1c")]);
    let found = verdicts(&page.ask("checks", json!({"choices": wanted})));
    assert!(
        found.contains(&("zoneSpread".to_owned(), "warning".to_owned())),
        "{found:?}"
    );
    run_to_its_end(&page, &wanted);
    assert_eq!(state_of(&page, exercise), "reached");
}

/// What the panel says of an exercise.
fn state_of(page: &Page, exercise: &str) -> Value {
    let panel = page.ask("sandbox_panel", json!({}));
    let mut exercises = panel["exercises"].as_array().unwrap().iter();
    let found = exercises.find(|it| it["id"] == exercise);
    found.unwrap_or_else(|| panic!("no {exercise} in {panel:#}"))["state"].clone()
}

#[test]
fn a_panel_that_no_sandbox_has_is_not_there() {
    let desk = Desk::new();
    let page = desk.window("main");
    let answer = page.call("sandbox_panel", json!({}));
    assert_eq!(answer.unwrap_err()["code"], "notAsked");
}
