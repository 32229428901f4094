//! MSK multi-VPC and VPC endpoint services through the commands: from the advice to Ready, and what undoing
//! leaves as it was.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod desk;

use desk::wizard::{by_key, database, in_the_sandbox, named, run_until, to_accept, verdicts};
use desk::{Desk, Page};
use serde_json::{Value, json};

fn arn(page: &Page, name: &str) -> Value {
    let sources = page.ask("sources", json!({}));
    named(&sources["sources"], name)["arn"].clone()
}

fn msk(page: &Page, cluster: &str, authentication: &str, service: &Value) -> Value {
    json!({
        "path": "mskMultiVpc",
        "clusterArn": arn(page, cluster),
        "authentication": authentication,
        "service": service,
        "description": "of the test",
    })
}

fn endpoint_service(page: &Page, source: &Value, service: &Value, extent: &Value) -> Value {
    let proposed = page.ask("load_balancing", json!({"source": source}));
    let extent = if extent.is_null() {
        // Where the database lets no bare address in, a group that it lets in.
        let groups = proposed["securityGroups"].as_array().unwrap();
        let fitting = groups.iter().find(|row| row["verdict"] == "passed");
        let wanted = proposed["withoutGroups"]["verdict"] != "passed";
        json!({
            "extent": "everything",
            "subnetIds": proposed["defaultSubnetIds"],
            "securityGroupIds": fitting.filter(|_| wanted).map(|row| vec![row["group"]["id"].clone()]).unwrap_or_default(),
            "name": proposed["name"],
        })
    } else {
        extent.clone()
    };
    json!({
        "path": "endpointService",
        "source": source,
        "service": service,
        "extent": extent,
        "privateDnsName": "",
        "customDnsEnabled": false,
        "acceptance": "byRun",
        "description": proposed["description"],
    })
}

/// Begins a run with everything accepted that can be.
fn begin(page: &Page, choices: &Value) -> Value {
    assert_eq!(page.ask("validate", json!({"choices": choices})), json!([]));
    let checks = page.ask("checks", json!({"choices": choices}));
    let accepted = to_accept(&checks);
    page.ask(
        "start_run",
        json!({"choices": choices, "accepted": accepted}),
    )
}

fn step<'a>(page: &'a Value, id: &str) -> &'a Value {
    page["run"]["steps"]
        .as_array()
        .unwrap()
        .iter()
        .find(|step| step["id"] == id)
        .unwrap_or_else(|| panic!("no {id} in {page:#}"))
}

fn forward(page: &Page, seconds: u32) {
    page.ask(
        "sandbox_clock",
        json!({"advanceSeconds": seconds, "speed": null}),
    );
}

fn failure(page: &Page, choices: &Value, check: &str) {
    let found = verdicts(&page.ask("checks", json!({"choices": choices})));
    assert!(
        found.contains(&(check.to_owned(), "failure".to_owned())),
        "{check}: {found:?}"
    );
}

/// What a check saw.
fn evidence(page: &Page, choices: &Value, check: &str) -> String {
    let checks = page.ask("checks", json!({"choices": choices}));
    let mut all = checks["checks"].as_array().unwrap().iter();
    let found = all.find(|it| it["id"] == check).unwrap();
    found["evidence"].to_string()
}

/// What is said of an endpoint that is there already: the check's verdict, and the endpoint that is offered.
fn existing(page: &Page, choices: &Value) -> (String, Value) {
    let checks = page.ask("checks", json!({"choices": choices}));
    let mut found = verdicts(&checks).into_iter();
    let (_, verdict) = found.find(|(id, _)| id == "existingEndpoint").unwrap();
    let offered = page.ask("existing_endpoint", json!({"choices": choices}));
    assert_eq!(checks["existing"], offered);
    (verdict, offered)
}

/// The endpoint service of that name, which the page offers for a source.
fn offered_service(page: &Page, source: &Value, name: &str) -> Value {
    let offers = page.ask("load_balancing", json!({"source": source}));
    named(&offers["services"], name)["service"]["id"].clone()
}

#[test]
fn an_msk_cluster_is_connected_and_keeps_its_connectivity_unless_asked() {
    let desk = Desk::new();
    let page = in_the_sandbox(&desk);
    let service = by_key(&page, "orders-analytics");
    let advice = page.ask(
        "advise",
        json!({"picked": arn(&page, "events"), "answers": {
            "source": null, "runsOn": null, "clickpipesRegionSame": true, "privateName": false,
        }}),
    );
    assert_eq!(advice["recommended"], "mskMultiVpc", "{advice:#}");

    let choices = msk(&page, "events", "saslIam", &service);
    let shown = page.ask("msk_cluster", json!({"clusterArn": choices["clusterArn"]}));
    assert_eq!(shown["name"], "events", "{shown:#}");
    let run = begin(&page, &choices);
    // Hours, in the sandbox's time.
    let waiting = page.ask_until("run_page", &json!({"run": run}), |it| {
        step(it, "connectivity")["state"]["state"] == "waiting"
    });
    assert_eq!(step(&waiting, "connectivity")["mayBeLeft"], true);
    assert_eq!(step(&waiting, "policy")["mayBeLeft"], false);
    forward(&page, 4 * 3600);
    let done = run_until(&page, &run, "done");
    let brokers = done["sheet"]["brokers"].as_str().unwrap();
    assert!(
        brokers.contains(".iam.") && brokers.contains(":14001"),
        "{brokers}"
    );

    // Another service with the same authentication is told who holds it.
    failure(&page, &choices, "mskConnectionFree");
    let elsewhere = msk(
        &page,
        "events",
        "saslIam",
        &by_key(&page, "payments-reporting"),
    );
    let holder = evidence(&page, &elsewhere, "mskConnectionFree");
    assert!(
        holder.contains("Service orders-analytics of your organization has endpoint of the test"),
        "{holder}"
    );

    page.ask("undo_run", json!({"run": run, "also": []}));
    let undone = run_until(&page, &run, "undone");
    assert_eq!(step(&undone, "connectivity")["state"]["state"], "kept");
    assert_eq!(step(&undone, "policy")["state"]["state"], "undone");

    // It is on already: nothing is updated a second time.
    page.ask("checks", json!({"choices": choices}));
    let again = page.ask("review", json!({"choices": choices}));
    let steps = again["plan"]["steps"].as_array().unwrap();
    assert_eq!(steps[0]["action"]["action"], "allowInClusterPolicy");
}

#[test]
fn clusters_that_multi_vpc_does_not_fit_are_refused_with_what_does() {
    let desk = Desk::new();
    let page = in_the_sandbox(&desk);
    let service = by_key(&page, "orders-analytics");
    for (cluster, authentication, check) in [
        ("clicks", "saslIam", "mskInstance"),
        ("sessions", "saslIam", "mskType"),
        ("audit", "saslIam", "mskType"),
        ("ledger", "saslIam", "mskVersion"),
        ("payments", "saslIam", "mskConnectionFree"),
        ("metrics", "saslScram", "mskAcls"),
    ] {
        failure(&page, &msk(&page, cluster, authentication, &service), check);
    }
}

#[test]
fn a_database_is_reached_through_a_load_balancer_of_its_own_and_all_of_it_goes() {
    let desk = Desk::new();
    let page = in_the_sandbox(&desk);
    let service = by_key(&page, "orders-analytics");
    let source = database(&page, "orders-postgres");
    let choices = endpoint_service(&page, &source, &service, &Value::Null);
    // The service has an endpoint to another endpoint service: where that one leads is read, though all is to be made.
    let (verdict, offered) = existing(&page, &choices);
    assert_eq!((verdict.as_str(), offered), ("passed", Value::Null));
    let run = begin(&page, &choices);
    page.ask_until("run_page", &json!({"run": run}), |it| {
        step(it, "load-balancer")["state"]["state"] == "waiting"
    });
    forward(&page, 300);
    page.ask_until("run_page", &json!({"run": run}), |it| {
        step(it, "targets")["state"]["state"] == "waiting"
    });
    forward(&page, 300);
    let done = run_until(&page, &run, "done");
    assert_eq!(done["sheet"]["port"], 5432);
    let name = done["sheet"]["dnsNames"][0].as_str().unwrap();
    assert!(name.ends_with(".us-east-1.vpce.amazonaws.com"), "{name}");

    let service_id = step(&done, "service")["outputs"]["endpointServiceId"][0].clone();
    let rows = page.ask("endpoint_connections", json!({"serviceId": service_id}));
    assert_eq!(rows.as_array().unwrap().len(), 1, "{rows:#}");
    assert_eq!(rows[0]["identity"]["identity"], "ours", "{rows:#}");

    // Whoever sets the source up once more is offered what is there.
    let (verdict, offered) = existing(&page, &choices);
    assert_eq!(verdict, "warning");
    assert_eq!(offered["dnsNames"][0], name, "{offered:#}");

    page.ask("undo_run", json!({"run": run, "also": []}));
    page.ask_until("run_page", &json!({"run": run}), |it| {
        step(it, "endpoint")["state"]["state"] == "undone"
    });
    run_until(&page, &run, "undone");
    let gone = page.call("endpoint_connections", json!({"serviceId": service_id}));
    assert_eq!(gone.unwrap_err()["code"], "notFound");
}

#[test]
fn only_a_connection_that_clickhouse_reports_may_be_accepted() {
    let desk = Desk::new();
    let page = in_the_sandbox(&desk);
    let source = database(&page, "billing-mysql");
    let service_id = offered_service(&page, &source, "billing-mysql");
    let rows = page.ask("endpoint_connections", json!({"serviceId": service_id}));
    let rows = rows.as_array().unwrap();
    let foreign = rows
        .iter()
        .find(|row| row["identity"]["identity"] == "foreign")
        .unwrap_or_else(|| panic!("no foreign one in {rows:#?}"));
    assert_eq!(foreign["mayAccept"], false);
    let id = &foreign["connection"]["vpcEndpointId"];
    let arguments = json!({"serviceId": service_id, "vpcEndpointId": id});
    let refused = page
        .call("accept_connection", arguments.clone())
        .unwrap_err();
    assert_eq!(refused["code"], "refused", "{refused:#}");
    page.ask("reject_connection", arguments);
    let ours = rows
        .iter()
        .find(|row| row["mayAccept"] == true)
        .unwrap_or_else(|| panic!("ours is not among {rows:#?}"));
    assert_eq!(ours["connection"]["owner"], "072088201116");
    let accepted = &ours["connection"]["vpcEndpointId"];
    page.ask(
        "accept_connection",
        json!({"serviceId": service_id, "vpcEndpointId": accepted}),
    );
    page.ask_until(
        "endpoint_connections",
        &json!({"serviceId": service_id}),
        |rows| {
            let mut rows = rows.as_array().unwrap().iter();
            rows.all(|row| {
                let connection = &row["connection"];
                (connection["vpcEndpointId"] != *id || connection["state"] == "rejected")
                    && (connection["vpcEndpointId"] != *accepted
                        || connection["state"] == "available")
            })
        },
    );
}

#[test]
fn a_connection_of_clickpipes_that_clickhouse_does_not_report_is_not_accepted() {
    let desk = Desk::new();
    let page = in_the_sandbox(&desk);
    let source = database(&page, "billing-mysql");
    let service_id = offered_service(&page, &source, "billing-mysql");
    let read = || page.ask("endpoint_connections", json!({"serviceId": service_id}));
    let before = read();
    let act = format!("ask-service {}", service_id.as_str().unwrap());
    page.ask("sandbox_operator", json!({"act": act}));
    let rows = read();
    let is_new = |row: &&Value| {
        let mut old = before.as_array().unwrap().iter();
        old.all(|it| it["connection"]["vpcEndpointId"] != row["connection"]["vpcEndpointId"])
    };
    let stranger = rows.as_array().unwrap().iter().find(is_new);
    let stranger = stranger.unwrap_or_else(|| panic!("nobody asked: {rows:#}"));
    let connection = &stranger["connection"];
    assert_eq!(connection["owner"], "072088201116", "{stranger:#}");
    assert_eq!(connection["state"], "pendingAcceptance", "{stranger:#}");
    let whose = &stranger["identity"]["identity"];
    assert_eq!(whose, "clickPipesButUnknown", "{stranger:#}");
    assert_eq!(stranger["mayAccept"], false, "{stranger:#}");

    let asked = json!({"serviceId": service_id, "vpcEndpointId": connection["vpcEndpointId"]});
    let refused = page.call("accept_connection", asked).unwrap_err();
    assert_eq!(refused["code"], "refused", "{refused:#}");
    assert_eq!(read(), rows, "nothing was changed");
}

#[test]
fn whoever_holds_the_authentication_of_a_cluster_is_listed_and_can_be_cut_off() {
    let desk = Desk::new();
    let page = in_the_sandbox(&desk);
    let service = by_key(&page, "orders-analytics");
    let choices = msk(&page, "payments", "saslIam", &service);
    failure(&page, &choices, "mskConnectionFree");

    // No service that could be read has it; the one that is idle is not woken to be asked.
    let holder = evidence(&page, &choices, "mskConnectionFree");
    let unread = "It may be held by a service whose endpoints could not be read: finance-archive.";
    assert!(holder.contains(unread), "{holder}");
    let services = page.ask("sources", json!({}))["services"]["value"].clone();
    let idle = &named(&services, "finance-archive")["service"]["state"];
    assert_eq!(idle, "idle");

    let cluster = &choices["clusterArn"];
    let rows = page.ask("msk_connections", json!({"clusterArn": cluster}));
    assert_eq!(rows.as_array().unwrap().len(), 1, "{rows:#}");
    let connection = &rows[0]["connection"];
    assert_eq!(connection["owner"], "072088201116", "{rows:#}");
    assert_eq!(connection["authentication"], "SASL_IAM", "{rows:#}");
    assert_eq!(connection["state"], "AVAILABLE", "{rows:#}");
    assert_eq!(rows[0]["mayReject"], true, "{rows:#}");

    let connection = &connection["arn"];
    page.ask(
        "reject_msk_connection",
        json!({"clusterArn": cluster, "connectionArn": connection}),
    );
    forward(&page, 600);
    page.ask_until("msk_connections", &json!({"clusterArn": cluster}), |rows| {
        let row = &rows[0]["connection"];
        row["arn"] == *connection && row["state"] == "REJECTED" && rows[0]["mayReject"] == false
    });
    let found = verdicts(&page.ask("checks", json!({"choices": choices})));
    let warned = ("mskConnectionFree".to_owned(), "warning".to_owned());
    assert!(found.contains(&warned), "{found:?}");
}
