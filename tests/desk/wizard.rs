//! The wizard's way through the commands, with nothing changed by hand.

use serde_json::{Value, json};

use super::{Desk, Page};

/// A page with the sandbox open.
pub fn in_the_sandbox(desk: &Desk) -> Page {
    let page = desk.window("main");
    let view = page.ask("select_account", json!({"account": {"kind": "sandbox"}}));
    assert_eq!(view["identity"]["accountId"], "111122223333");
    assert!(
        view["identity"]["endpointOverride"]
            .as_str()
            .unwrap()
            .starts_with("http://127.0.0.1:")
    );
    page
}

/// The row of that name.
pub fn named<'a>(rows: &'a Value, name: &str) -> &'a Value {
    let found = rows
        .as_array()
        .unwrap()
        .iter()
        .find(|row| row["name"] == name || row["service"]["name"] == name);
    found.unwrap_or_else(|| panic!("no {name} in {rows:#}"))
}

/// Each check with its verdict.
pub fn verdicts(checks: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    checks["checks"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| (text(&it["id"]), text(&it["verdict"])))
        .collect()
}

/// The checks that did not pass, to be accepted; none of them may have failed.
pub fn to_accept(checks: &Value) -> Vec<String> {
    verdicts(checks)
        .into_iter()
        .filter(|(_, verdict)| verdict != "passed")
        .map(|(id, verdict)| {
            assert_ne!(verdict, "failure", "{id}: {checks:#}");
            id
        })
        .collect()
}

/// A database of the list, as a source.
pub fn database(page: &Page, name: &str) -> Value {
    let sources = page.ask("sources", json!({}));
    json!({"kind": "database", "arn": named(&sources["sources"], name)["arn"]})
}

/// The choices for a source, with a new gateway and configuration as the network page proposes them.
pub fn everything(page: &Page, source: &Value, service: &Value) -> Value {
    let network = page.ask("network", json!({"source": source}));
    let extent = json!({
        "extent": "everything",
        "subnetIds": network["defaultSubnetIds"],
        "securityGroupIds": network["defaultSecurityGroupIds"],
        "gatewayName": network["names"]["gateway"],
        "configurationName": network["names"]["configuration"],
    });
    choices(&network, source, service, &extent)
}

/// The choices for a source with another extent, and the names that the network page proposes.
pub fn choices(network: &Value, source: &Value, service: &Value, extent: &Value) -> Value {
    json!({
        "path": "vpcResource",
        "source": source,
        "service": service,
        "extent": extent,
        "customDnsEnabled": false,
        "shareName": network["names"]["share"],
        "description": network["names"]["description"],
    })
}

/// The wizard's choices for a database with nothing changed by hand.
pub fn defaults(page: &Page, source: &str, service: &Value) -> Value {
    everything(page, &database(page, source), service)
}

/// A ClickHouse service, with the sandbox's key.
pub fn by_key(page: &Page, service: &str) -> Value {
    let sources = page.ask("sources", json!({}));
    let row = &named(&sources["services"]["value"], service)["service"];
    json!({"by": "key", "organizationId": row["organizationId"], "serviceId": row["id"]})
}

/// The run's page, once the run stands so.
pub fn run_until(page: &Page, run: &Value, state: &str) -> Value {
    page.ask_until("run_page", &json!({"run": run}), |it| {
        it["run"]["state"]["state"] == state
    })
}

/// Begins a run with everything accepted that can be, and waits until it is done.
pub fn run_to_its_end(page: &Page, choices: &Value) -> (Value, Value) {
    let checks = page.ask("checks", json!({"choices": choices}));
    let accepted = to_accept(&checks);
    let run = page.ask(
        "start_run",
        json!({"choices": choices, "accepted": accepted}),
    );
    let done = run_until(page, &run, "done");
    (run, done)
}
