//! The commands without a desktop: on Tauri's mock runtime, with the context (capability, permissions) that
//! the real window has. What is proven here is who may call what.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::Arc;

use pipelink::app::App;
use pipelink::folders::Folders;
use pipelink_aws::profile::AwsFiles;
use serde_json::{Value, json};
use tauri::ipc::{CallbackFn, InvokeBody};
use tauri::test::{INVOKE_KEY, MockRuntime, get_ipc_response, mock_builder};
use tauri::webview::InvokeRequest;
use tauri::{WebviewUrl, WebviewWindow, WebviewWindowBuilder};

/// The app on the mock runtime, with nothing on disk but a temporary folder.
struct Desk {
    app: tauri::App<MockRuntime>,
    _folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let folders = Folders::create(folder.path().join("data")).unwrap();
        let files = AwsFiles {
            config: Some(folder.path().join("config")),
            credentials: Some(folder.path().join("credentials")),
        };
        let state = Arc::new(App::new(folders, files, Arc::new(|_| {})));
        let app = mock_builder()
            .manage(state)
            .invoke_handler(pipelink::interface::<MockRuntime>().invoke_handler())
            .build(tauri::generate_context!("tauri.conf.json"))
            .unwrap();
        Self { app, _folder: folder }
    }

    fn window(&self, label: &str) -> WebviewWindow<MockRuntime> {
        WebviewWindowBuilder::new(&self.app, label, WebviewUrl::default()).build().unwrap()
    }
}

fn call(window: &WebviewWindow<MockRuntime>, command: &str, arguments: Value) -> Result<Value, Value> {
    let request = InvokeRequest {
        cmd: command.to_owned(),
        callback: CallbackFn(0),
        error: CallbackFn(1),
        url: "tauri://localhost".parse().unwrap(),
        body: InvokeBody::Json(arguments),
        headers: tauri::http::HeaderMap::default(),
        invoke_key: INVOKE_KEY.to_owned(),
    };
    get_ipc_response(window, request).map(|body| body.deserialize().unwrap())
}

/// The names of all commands, read off the generated bindings: a new command is covered by itself.
fn all_commands() -> Vec<String> {
    let bindings = include_str!("../ui/src/ipc/bindings.ts");
    let mut names: Vec<String> = bindings
        .split("__TAURI_INVOKE")
        .filter_map(|rest| rest.split_once("(\"").filter(|(before, _)| !before.contains(')')))
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
    let window = desk.window("main");
    for command in all_commands() {
        let answer = call(&window, &command, json!({}));
        assert!(!is_denied(&answer), "{command} is refused to the main window: {answer:?}");
    }
}

#[test]
fn a_window_without_permission_is_refused_every_command() {
    let desk = Desk::new();
    let stranger = desk.window("stranger");
    for command in all_commands() {
        let answer = call(&stranger, &command, json!({}));
        assert!(is_denied(&answer), "{command} answered a window without permission: {answer:?}");
    }
}

#[test]
fn what_is_not_listed_is_refused_to_the_main_window_too() {
    let desk = Desk::new();
    let window = desk.window("main");
    for command in [
        "plugin:clipboard-manager|read_text",
        "plugin:fs|read_text_file",
        "plugin:shell|execute",
        "plugin:event|emit",
        "plugin:window|close",
        "plugin:webview|create_webview_window",
    ] {
        let answer = call(&window, command, json!({}));
        assert!(answer.is_err(), "{command} answered: {answer:?}");
    }
}

#[test]
fn without_an_account_nothing_is_read_or_written() {
    let desk = Desk::new();
    let window = desk.window("main");
    for command in ["board", "refresh_board", "runs", "sources"] {
        let answer = call(&window, command, json!({}));
        assert_eq!(answer.unwrap_err()["code"], "notAsked", "{command}");
    }
}

#[test]
fn an_unreadable_profile_file_is_a_problem_not_an_empty_list() {
    let desk = Desk::new();
    std::fs::write(desk._folder.path().join("config"), [0xff, 0xfe, b'[', 0x00]).unwrap();
    let answer = call(&desk.window("main"), "account_picker", json!({})).unwrap();
    assert!(answer["problem"]["code"].is_string(), "{answer}");
}
