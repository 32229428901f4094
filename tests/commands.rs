//! Who may call what, and what the commands answer before an account is open.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod desk;

use std::path::Path;
use std::time::{Duration, Instant};

use desk::Desk;
use serde_json::{Value, json};

const SOON: Duration = Duration::from_secs(20);

/// The names of all commands, read off the generated bindings: a new command is covered by itself.
fn all_commands() -> Vec<String> {
    let bindings = include_str!("../ui/src/ipc/bindings.ts");
    let mut names: Vec<String> = bindings
        .split("__TAURI_INVOKE")
        .filter_map(|rest| {
            rest.split_once("(\"")
                .filter(|(before, _)| !before.contains(')'))
        })
        .filter_map(|(_, rest)| rest.split_once('"'))
        .map(|(name, _)| name.to_owned())
        .collect();
    names.sort();
    names.dedup();
    assert!(names.len() > 20, "found only {names:?}");
    names
}

fn is_denied(answer: &Result<Value, Value>) -> bool {
    // Tauri's own refusal is a string; a command's own error is an object with a code.
    matches!(answer, Err(Value::String(text)) if text.contains("not allowed"))
}

#[test]
fn the_main_window_may_call_every_command() {
    let desk = Desk::new();
    let page = desk.window("main");
    for command in all_commands() {
        let answer = page.call(&command, json!({}));
        assert!(
            !is_denied(&answer),
            "{command} is refused to the main window: {answer:?}"
        );
    }
}

#[test]
fn a_window_without_permission_is_refused_every_command() {
    let desk = Desk::new();
    let stranger = desk.window("stranger");
    let plugins = ["plugin:clipboard-manager|write_text".to_owned()];
    for command in all_commands().into_iter().chain(plugins) {
        let answer = stranger.call(&command, json!({}));
        assert!(
            is_denied(&answer),
            "{command} answered a window without permission: {answer:?}"
        );
    }
}

#[test]
fn what_is_not_listed_is_refused_to_the_main_window_too() {
    let desk = Desk::new();
    let page = desk.window("main");
    for command in [
        "plugin:clipboard-manager|read_text",
        "plugin:fs|read_text_file",
        "plugin:shell|execute",
        "plugin:event|emit",
        "plugin:window|close",
        "plugin:webview|create_webview_window",
    ] {
        let answer = page.call(command, json!({}));
        assert!(answer.is_err(), "{command} answered: {answer:?}");
    }
}

#[test]
fn without_an_account_nothing_is_read_or_written() {
    let desk = Desk::new();
    let page = desk.window("main");
    for command in ["board", "refresh_board", "runs", "sources"] {
        let answer = page.call(command, json!({}));
        assert_eq!(answer.unwrap_err()["code"], "notAsked", "{command}");
    }
}

#[test]
fn an_unreadable_profile_file_is_a_problem_not_an_empty_list() {
    let desk = Desk::new();
    std::fs::write(desk.aws_config(), [0xff, 0xfe, b'[', 0x00]).unwrap();
    let answer = desk.window("main").ask("account_picker", json!({}));
    assert!(answer["problem"]["code"].is_string(), "{answer}");
}

#[test]
fn a_profile_that_cannot_be_used_is_refused_by_name() {
    let desk = Desk::new();
    std::fs::write(
        desk.aws_config(),
        "[profile base]\naws_access_key_id = AKIAEXAMPLE\naws_secret_access_key = example\n\
         [profile with-mfa]\nrole_arn = arn:aws:iam::111122223333:role/Admin\nsource_profile = base\n\
         mfa_serial = arn:aws:iam::111122223333:mfa/phone\n",
    )
    .unwrap();
    let page = desk.window("main");

    let listed = page.ask("account_picker", json!({}));
    let profiles = listed["profiles"].as_array().unwrap();
    let with_mfa = profiles.iter().find(|it| it["name"] == "with-mfa").unwrap();
    assert_eq!(with_mfa["problem"]["code"], "profileUnsupported");

    for (name, code) in [
        ("with-mfa", "profileUnsupported"),
        ("not-there", "profileMissing"),
    ] {
        let account = json!({"kind": "profile", "name": name, "region": "us-east-1"});
        let refused = page
            .call("select_account", json!({"account": account}))
            .unwrap_err();
        assert_eq!(refused["code"], code, "{refused}");
        let words = page.ask("explain", json!({"problem": refused}));
        assert!(
            words["headline"].as_str().unwrap().contains(name),
            "{words}"
        );
        assert!(!words["remedy"]["text"].as_str().unwrap().is_empty());
    }
}

#[test]
fn a_damaged_journal_is_named_and_left_as_it_is() {
    let garbage = b"this was never a journal".repeat(400);
    let desk = Desk::prepared(|data| {
        std::fs::write(data.join("sandbox/journal.sqlite"), &garbage).unwrap();
    });
    let page = desk.window("main");
    let refused = page
        .call("select_account", json!({"account": {"kind": "sandbox"}}))
        .unwrap_err();
    assert_eq!(refused["code"], "journalDamaged", "{refused}");
    assert_eq!(
        std::fs::read(desk.data().join("sandbox/journal.sqlite")).unwrap(),
        garbage
    );
}

/// A desk that ended with this account in use.
fn with_last(account: &Value, prepare: impl FnOnce(&Path)) -> Desk {
    Desk::prepared(|data| {
        let settings = json!({"lastAccount": account});
        std::fs::write(data.join("settings.json"), settings.to_string()).unwrap();
        prepare(data);
    })
}

#[test]
fn the_account_of_the_last_time_opens_before_the_page_asks_for_it() {
    let sandbox = json!({"kind": "sandbox"});
    let desk = with_last(&sandbox, |_| {});
    let began = Instant::now();
    while !desk.data().join("sandbox/journal.sqlite").exists() {
        assert!(began.elapsed() < SOON, "nothing is opened");
        std::thread::sleep(Duration::from_millis(20));
    }
    let page = desk.window("main");
    let view = page.ask("select_account", json!({"account": sandbox}));
    assert_eq!(view["account"], sandbox);
    assert_eq!(page.ask("board", json!({}))["problem"], Value::Null);
}

#[test]
fn what_stands_against_the_account_of_the_last_time_is_told_when_the_page_asks_for_it() {
    let sandbox = json!({"kind": "sandbox"});
    let desk = with_last(&sandbox, |data| {
        std::fs::write(
            data.join("sandbox/journal.sqlite"),
            b"no journal".repeat(400),
        )
        .unwrap();
    });
    let page = desk.window("main");
    for _ in 0..2 {
        let refused = page.call("select_account", json!({"account": sandbox}));
        let refused = refused.unwrap_err();
        assert_eq!(refused["code"], "journalDamaged", "{refused}");
    }
}

#[test]
fn another_account_does_not_wait_for_the_one_of_the_last_time() {
    let gone = json!({"kind": "profile", "name": "gone", "region": "us-east-1"});
    let desk = with_last(&gone, |_| {});
    let page = desk.window("main");
    let sandbox = json!({"kind": "sandbox"});
    let view = page.ask("select_account", json!({"account": sandbox}));
    assert_eq!(view["account"], sandbox);
    let refused = page.call("select_account", json!({"account": gone}));
    assert_eq!(refused.unwrap_err()["code"], "profileMissing");
    let picker = page.ask("account_picker", json!({}));
    assert_eq!(picker["current"]["account"], sandbox);
}

#[test]
fn the_sandbox_of_the_last_time_can_be_chosen_after_another_account() {
    let sandbox = json!({"kind": "sandbox"});
    let desk = with_last(&sandbox, |_| {});
    let page = desk.window("main");
    let gone = json!({"kind": "profile", "name": "gone", "region": "us-east-1"});
    let refused = page.call("select_account", json!({"account": gone}));
    assert_eq!(refused.unwrap_err()["code"], "profileMissing");
    let view = page.ask("select_account", json!({"account": sandbox}));
    assert_eq!(view["account"], sandbox);
    assert_eq!(page.ask("board", json!({}))["problem"], Value::Null);
}
