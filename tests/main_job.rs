//! The main job through the commands, in the embedded sandbox: what the wizard does, without its window.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod desk;

use desk::wizard::{by_key, defaults, in_the_sandbox, run_until, verdicts};
use desk::{Desk, Page};
use serde_json::{Value, json};

fn row_of<'a>(board: &'a Value, run: &Value) -> Option<&'a Value> {
    board["rows"]
        .as_array()
        .unwrap()
        .iter()
        .find(|row| row["run"] == *run)
}

#[test]
fn with_nothing_changed_every_check_passes_and_the_run_ends_ready_and_can_be_undone() {
    let desk = Desk::new();
    let page = in_the_sandbox(&desk);
    let choices = defaults(&page, "orders-postgres", &by_key(&page, "orders-analytics"));
    assert_eq!(page.ask("validate", json!({"choices": choices})), json!([]));

    let checks = page.ask("checks", json!({"choices": choices}));
    for (check, verdict) in verdicts(&checks) {
        assert_eq!(verdict, "passed", "{check}: {checks:#}");
    }
    let review = page.ask("review", json!({"choices": choices}));
    assert_eq!(review["steps"].as_array().unwrap().len(), 4);

    let run = page.ask("start_run", json!({"choices": choices, "accepted": []}));
    let done = run_until(&page, &run, "done");
    let name = done["sheet"]["dnsNames"][0].as_str().unwrap();
    assert!(
        name.starts_with("vpce-") && name.ends_with(".vpc-lattice-rsc.us-east-1.on.aws"),
        "{name}"
    );
    assert_eq!(done["sheet"]["port"], 5432);

    // A sweep under way is not repeated, so that the first answer may be older than the endpoint.
    let board = page.ask_until("refresh_board", &json!({}), |it| row_of(it, &run).is_some());
    let row = row_of(&board, &run).unwrap();
    assert_eq!(row["endpoint"]["status"]["status"], "ready");
    assert_eq!(row["port"], 5432);

    // The same source again: the endpoint that reaches it is offered, and its names are not proposed twice.
    let again = defaults(&page, "orders-postgres", &by_key(&page, "orders-analytics"));
    assert_ne!(
        again["extent"]["gatewayName"],
        choices["extent"]["gatewayName"]
    );
    let offered = page.ask("checks", json!({"choices": again}));
    assert_eq!(offered["existing"]["dnsNames"][0], name);

    page.ask("undo_run", json!({"run": run, "also": []}));
    run_until(&page, &run, "undone");
    page.ask_until("refresh_board", &json!({}), |it| row_of(it, &run).is_none());

    no_secret_is_told_or_kept(&desk, &page);
}

#[test]
fn without_a_key_the_run_ends_with_values_to_paste_and_the_board_watches_the_share() {
    let desk = Desk::new();
    let page = in_the_sandbox(&desk);
    let by_hand = json!({"by": "hand", "region": "us-east-1", "createdOn": "2026-05-01"});
    let choices = defaults(&page, "orders-postgres", &by_hand);
    let checks = page.ask("checks", json!({"choices": choices}));
    let open: Vec<String> = verdicts(&checks)
        .into_iter()
        .filter(|(_, verdict)| verdict != "passed")
        .map(|(id, _)| id)
        .collect();
    assert!(
        !open.is_empty(),
        "without a key ClickHouse cannot be asked, and that is said: {checks:#}"
    );

    // What is not known is never taken for passed: it has to be accepted.
    let refused = page
        .call("start_run", json!({"choices": choices, "accepted": []}))
        .unwrap_err();
    assert_eq!(refused["code"], "checkStandsAgainst");
    assert_eq!(page.ask("runs", json!({})), json!([]));

    let run = page.ask("start_run", json!({"choices": choices, "accepted": open}));
    let waiting = page.ask_until("run_page", &json!({"run": run}), |it| {
        it["run"]["steps"][3]["state"]["state"] == "waiting"
    });
    let paste = &waiting["sheet"]["paste"];
    assert!(
        paste["configurationId"]
            .as_str()
            .unwrap()
            .starts_with("rcfg-"),
        "{paste}"
    );
    assert!(
        paste["shareArn"]
            .as_str()
            .unwrap()
            .starts_with("arn:aws:ram:us-east-1:111122223333:resource-share/")
    );

    let board = page.ask_until("refresh_board", &json!({}), |it| {
        it["shares"][0]["run"] == run
    });
    assert_eq!(board["shares"][0]["principalStatus"], "ASSOCIATING");
}

#[test]
fn nothing_begins_while_a_check_fails() {
    let desk = Desk::new();
    let page = in_the_sandbox(&desk);
    let every_check: Vec<String> = {
        let good = defaults(&page, "orders-postgres", &by_key(&page, "orders-analytics"));
        verdicts(&page.ask("checks", json!({"choices": good})))
            .into_iter()
            .map(|(id, _)| id)
            .collect()
    };
    for (source, service, failing) in [
        ("storefront-postgres", "orders-analytics", "notPublic"),
        ("orders-postgres", "payments-reporting", "clickPipesRegion"),
        ("orders-postgres", "marketing", "clickPipesRegion"),
    ] {
        let choices = defaults(&page, source, &by_key(&page, service));
        let checks = page.ask("checks", json!({"choices": choices}));
        let found = verdicts(&checks);
        assert!(
            found.contains(&(failing.to_owned(), "failure".to_owned())),
            "{source}, {service}: {found:?}"
        );
        // Accepting does not help against a failure.
        let begun = page.call(
            "start_run",
            json!({"choices": choices, "accepted": every_check}),
        );
        assert_eq!(
            begun.unwrap_err()["code"],
            "checkStandsAgainst",
            "{source}, {service}"
        );
    }
    assert_eq!(page.ask("runs", json!({})), json!([]));
}

#[test]
fn a_wrong_key_is_told_from_a_good_one() {
    let desk = Desk::new();
    let page = in_the_sandbox(&desk);
    let wrong = json!({"id": "some-key", "secret": "not the secret"});
    let refused = page.call("test_key", json!({"key": wrong})).unwrap_err();
    assert_eq!(refused["code"], "keyRejected");
    assert!(page.ask("test_key", json!({"key": null}))["name"].is_string());
}

/// The sandbox's secrets are in its own two files, and nowhere else: not in a journal, not on the page.
fn no_secret_is_told_or_kept(desk: &Desk, page: &Page) {
    let sandbox = desk.data().join("sandbox");
    let connection: Value =
        serde_json::from_slice(&std::fs::read(sandbox.join("world.json.connection.json")).unwrap())
            .unwrap();
    let secrets = [
        &connection["secret_access_key"],
        &connection["clickhouse_key_secret"],
    ];
    let mut looked_at = 0;
    for folder in [desk.data(), sandbox] {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if !path.is_file() || name.starts_with("world.json") {
                continue;
            }
            looked_at += 1;
            let bytes = std::fs::read(&path).unwrap();
            let text = String::from_utf8_lossy(&bytes);
            for secret in secrets {
                assert!(
                    !text.contains(secret.as_str().unwrap()),
                    "{name} holds a secret"
                );
            }
        }
    }
    assert!(looked_at >= 2, "the journal and the settings are looked at");
    let heard = page.heard();
    for secret in secrets {
        assert!(
            !heard.contains(secret.as_str().unwrap()),
            "the page was told a secret"
        );
    }
}
