//! Names, addresses and what is there already, through the commands: from the network page to Ready, and what
//! undoing leaves alone.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod desk;

use desk::wizard::{
    by_key, choices, database, everything, in_the_sandbox, run_to_its_end, run_until, to_accept,
    verdicts,
};
use desk::{Desk, Page};
use serde_json::{Value, json};

/// The VPC of the sandbox's databases.
fn vpc(page: &Page) -> Value {
    let sources = page.ask("sources", json!({}));
    let known = sources["sources"]
        .as_array()
        .unwrap()
        .iter()
        .find(|source| source["name"] == "orders-postgres")
        .unwrap();
    known["vpcId"].clone()
}

fn name(page: &Page, name: &str, resolution: &str) -> Value {
    json!({
        "kind": "domainName", "name": name, "ports": "5432", "resolution": resolution,
        "engine": "postgres", "vpcId": vpc(page),
    })
}

fn verdict(checks: &Value, id: &str) -> String {
    let found = verdicts(checks).into_iter().find(|(check, _)| check == id);
    found.unwrap_or_else(|| panic!("no {id} in {checks:#}")).1
}

#[test]
fn a_private_name_is_reached_with_the_vpcs_own_resolver() {
    let desk = Desk::new();
    let page = in_the_sandbox(&desk);
    let service = by_key(&page, "orders-analytics");

    // It does not resolve from this computer, whose resolver may withhold what public DNS knows: a warning.
    let source = name(&page, "orders.internal.example", "public");
    let checks = page.ask(
        "checks",
        json!({"choices": everything(&page, &source, &service)}),
    );
    assert_eq!(verdict(&checks, "nameResolves"), "warning", "{checks:#}");

    let source = name(&page, "orders.internal.example", "inVpc");
    let wanted = everything(&page, &source, &service);
    assert_eq!(page.ask("validate", json!({"choices": wanted})), json!([]));
    let review = page.ask("review", json!({"choices": wanted}));
    assert_eq!(
        review["plan"]["steps"][0]["action"]["dnsResolution"],
        "inVpc"
    );
    assert_eq!(
        review["plan"]["steps"][1]["action"]["definition"],
        json!({
            "type": "domainName", "name": "orders.internal.example",
            "ports": [{"first": 5432, "last": 5432}],
        })
    );
    let (_, done) = run_to_its_end(&page, &wanted);
    assert_eq!(done["sheet"]["port"], 5432);
    assert_eq!(done["sheet"]["tlsHost"], "orders.internal.example");
}

#[test]
fn an_address_is_reached_and_a_public_one_is_refused_at_the_field() {
    let desk = Desk::new();
    let page = in_the_sandbox(&desk);
    let service = by_key(&page, "orders-analytics");
    let source = |address: &str| {
        json!({
            "kind": "ipAddress", "address": address, "ports": "5432", "engine": "postgres",
            "vpcId": vpc(&page),
        })
    };
    let wanted = everything(&page, &source("10.20.1.10"), &service);
    let mut public = wanted.clone();
    public["source"] = source("203.0.113.80");
    let errors = page.ask("validate", json!({"choices": public}));
    assert_eq!(errors[0]["field"], "source", "{errors:#}");

    let (run, done) = run_to_its_end(&page, &wanted);
    assert_eq!(done["sheet"]["tlsHost"], Value::Null);
    page.ask("undo_run", json!({"run": run, "also": []}));
    run_until(&page, &run, "undone");
}

#[test]
fn what_is_there_is_built_upon_and_outlives_the_run() {
    let desk = Desk::new();
    let page = in_the_sandbox(&desk);
    let service = by_key(&page, "orders-analytics");
    let source = database(&page, "orders-postgres");
    let (first, _) = run_to_its_end(&page, &everything(&page, &source, &service));
    let before = lattice(&desk);

    // The wizard begins anew: it reads the sources, and finds what the run made.
    let source = database(&page, "orders-postgres");
    let network = page.ask("network", json!({"source": source}));
    let fitting = |offers: &Value, what: &str| -> Value {
        let offer = offers
            .as_array()
            .unwrap()
            .iter()
            .find(|offer| offer["verdict"] == "passed");
        offer.unwrap_or_else(|| panic!("none fits: {offers:#}"))[what]["id"].clone()
    };
    let on_gateway = json!({
        "extent": "onGateway",
        "gatewayId": fitting(&network["gateways"], "gateway"),
        "configurationName": network["names"]["configuration"],
    });
    let configuration = network["configurations"]
        .as_array()
        .unwrap()
        .iter()
        .find(|offer| offer["verdict"] != "failure")
        .unwrap_or_else(|| panic!("none fits: {network:#}"));
    let on_configuration = json!({
        "extent": "onConfiguration",
        "configurationId": configuration["configuration"]["id"],
    });
    for (extent, steps) in [(on_gateway, 3), (on_configuration, 2)] {
        let wanted = choices(&network, &source, &service, &extent);
        let review = page.ask("review", json!({"choices": wanted}));
        assert_eq!(review["steps"].as_array().unwrap().len(), steps);
        assert!(!review["plan"]["uses"].as_array().unwrap().is_empty());
        let checks = page.ask("checks", json!({"choices": wanted}));
        let accepted = to_accept(&checks);
        let run = page.ask(
            "start_run",
            json!({"choices": wanted, "accepted": accepted}),
        );
        run_until(&page, &run, "done");
        page.ask("undo_run", json!({"run": run, "also": []}));
        run_until(&page, &run, "undone");
        assert_eq!(
            lattice(&desk),
            before,
            "what the run did not make is as it was"
        );
    }

    // The run that made them removes them, last thing first.
    let removal = page.ask("removal", json!({"run": first}));
    assert_eq!(removal["items"].as_array().unwrap().len(), 4, "{removal:#}");
    assert_eq!(removal["items"][0]["step"], "endpoint", "{removal:#}");
    // Nobody uses the endpoint, and what an idle service uses is said not to be known.
    assert_eq!(removal["breaks"], json!([]), "{removal:#}");
    let unread = removal["unread"].as_array().unwrap();
    assert_eq!(unread.len(), 1, "{removal:#}");
    assert_eq!(unread[0]["code"], "serviceIdle");
    page.ask("undo_run", json!({"run": first, "also": []}));
    run_until(&page, &first, "undone");
}

/// The gateways and configurations of the sandbox's world: all that somebody can change of them. Their state
/// is left out, which the world ages only when it is looked at.
fn lattice(desk: &Desk) -> Vec<String> {
    let world = std::fs::read(desk.data().join("sandbox/world.json")).unwrap();
    let world: Value = serde_json::from_slice(&world).unwrap();
    let mut found = Vec::new();
    for region in world["regions"].as_object().unwrap().values() {
        for kind in ["resource_gateways", "resource_configurations"] {
            for mut thing in things(&region[kind]) {
                for aged in ["status", "due", "updated_at"] {
                    thing.remove(aged);
                }
                found.push(Value::Object(thing).to_string());
            }
        }
    }
    found.sort();
    assert!(!found.is_empty(), "the world has gateways");
    found
}

fn things(kind: &Value) -> Vec<serde_json::Map<String, Value>> {
    let things: Vec<&Value> = match kind {
        Value::Object(by_id) => by_id.values().collect(),
        Value::Array(things) => things.iter().collect(),
        other => panic!("no things: {other}"),
    };
    things
        .into_iter()
        .map(|thing| thing.as_object().unwrap().clone())
        .collect()
}

#[test]
fn a_gateway_gets_other_groups_and_gets_its_own_back() {
    let desk = Desk::new();
    let page = in_the_sandbox(&desk);
    let service = by_key(&page, "orders-analytics");
    let source = database(&page, "orders-postgres");
    let (run, _) = run_to_its_end(&page, &everything(&page, &source, &service));

    let groups = page.ask("gateway_groups", json!({"run": run}));
    let own = groups["gateway"]["securityGroupIds"].clone();
    let other = groups["groups"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["group"]["id"].clone())
        .find(|id| !own.as_array().unwrap().contains(id))
        .unwrap();
    let change = page.ask(
        "change_gateway_groups",
        json!({"run": run, "shown": own, "securityGroupIds": [other]}),
    );
    let done = run_until(&page, &change, "done");
    assert_eq!(done["run"]["plan"]["steps"].as_array().unwrap().len(), 1);
    let now = page.ask("gateway_groups", json!({"run": run}));
    assert_eq!(now["gateway"]["securityGroupIds"], json!([other]));

    page.ask("undo_run", json!({"run": change, "also": []}));
    run_until(&page, &change, "undone");
    let back = page.ask("gateway_groups", json!({"run": run}));
    assert_eq!(back["gateway"]["securityGroupIds"], own);

    let refused = page.call(
        "change_gateway_groups",
        json!({"run": run, "shown": own, "securityGroupIds": []}),
    );
    assert_eq!(refused.unwrap_err()["code"], "refused");
    // What was on the screen is not what is there: somebody else's change is not overwritten unseen.
    let unseen = page.call(
        "change_gateway_groups",
        json!({"run": run, "shown": [other], "securityGroupIds": [other]}),
    );
    assert_eq!(unseen.unwrap_err()["code"], "conflict");
}

#[test]
fn the_policy_and_the_prices_come_with_the_review() {
    let desk = Desk::new();
    let page = in_the_sandbox(&desk);
    let wanted = everything(
        &page,
        &database(&page, "orders-postgres"),
        &by_key(&page, "orders-analytics"),
    );
    let review = page.ask("review", json!({"choices": wanted}));
    let policy: Value =
        serde_json::from_str(review["policy"]["document"].as_str().unwrap()).unwrap();
    assert_eq!(policy["Version"], "2012-10-17");
    let prices = page.ask("prices", json!({}));
    let price = prices
        .as_array()
        .unwrap()
        .iter()
        .find(|price| price["of"] == "gatewayId")
        .unwrap_or_else(|| panic!("no price of a gateway: {prices:#}"));
    assert!(price["usd"].as_str().unwrap().parse::<f64>().unwrap() > 0.0);
}
