//! The app without a desktop: Tauri's mock runtime with the context (capability, permissions) that the real
//! window has, on a temporary folder.
#![allow(
    dead_code,
    unreachable_pub,
    reason = "each test binary uses its part of it"
)]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

pub mod wizard;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use pipelink::app::App;
use pipelink::folders::Folders;
use pipelink_aws::profile::AwsFiles;
use serde_json::Value;
use tauri::ipc::{CallbackFn, InvokeBody};
use tauri::test::{INVOKE_KEY, MockRuntime, get_ipc_response, mock_builder};
use tauri::webview::InvokeRequest;
use tauri::{WebviewUrl, WebviewWindow, WebviewWindowBuilder};

/// One running app.
pub struct Desk {
    app: tauri::App<MockRuntime>,
    folder: tempfile::TempDir,
}

impl Desk {
    pub fn new() -> Self {
        Self::prepared(|_| {})
    }

    /// An app whose data folder `prepare` has filled before the start.
    pub fn prepared(prepare: impl FnOnce(&Path)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        std::fs::create_dir_all(data.join("sandbox")).unwrap();
        prepare(&data);
        for file in ["config", "credentials"] {
            std::fs::write(folder.path().join(file), "").unwrap();
        }
        let files = AwsFiles {
            config: Some(folder.path().join("config")),
            credentials: Some(folder.path().join("credentials")),
        };
        let state = Arc::new(App::new(Folders::at(data), files, Arc::new(|_| {})));
        state.reopen_last();
        let app = mock_builder()
            .manage(state)
            .invoke_handler(pipelink::interface::<MockRuntime>().invoke_handler())
            .build(tauri::generate_context!("tauri.conf.json"))
            .unwrap();
        Self { app, folder }
    }

    /// Where the AWS config file of this app is.
    pub fn aws_config(&self) -> PathBuf {
        self.folder.path().join("config")
    }

    /// The app's own files.
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    pub fn window(&self, label: &str) -> Page {
        let window = WebviewWindowBuilder::new(&self.app, label, WebviewUrl::default())
            .build()
            .unwrap();
        Page {
            window,
            heard: Mutex::default(),
        }
    }
}

/// A window's page, as far as it calls commands.
pub struct Page {
    window: WebviewWindow<MockRuntime>,
    heard: Mutex<Vec<String>>,
}

impl Page {
    /// The command's answer, or what it was refused with.
    pub fn call(&self, command: &str, arguments: Value) -> Result<Value, Value> {
        let request = InvokeRequest {
            cmd: command.to_owned(),
            callback: CallbackFn(0),
            error: CallbackFn(1),
            url: "tauri://localhost".parse().unwrap(),
            body: InvokeBody::Json(arguments),
            headers: tauri::http::HeaderMap::default(),
            invoke_key: INVOKE_KEY.to_owned(),
        };
        let answer: Result<Value, Value> =
            get_ipc_response(&self.window, request).map(|body| body.deserialize().unwrap());
        self.heard.lock().unwrap().push(format!("{answer:?}"));
        answer
    }

    /// The answer of a command that must not be refused.
    pub fn ask(&self, command: &str, arguments: Value) -> Value {
        self.call(command, arguments)
            .unwrap_or_else(|problem| panic!("{command}: {problem}"))
    }

    /// Asks until the answer is as wished; real time, at most half a minute.
    pub fn ask_until(
        &self,
        command: &str,
        arguments: &Value,
        wished: impl Fn(&Value) -> bool,
    ) -> Value {
        let began = Instant::now();
        loop {
            let answer = self.ask(command, arguments.clone());
            if wished(&answer) {
                return answer;
            }
            assert!(
                began.elapsed() < Duration::from_secs(30),
                "{command} still answers {answer:#}"
            );
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Everything that the page was told so far.
    pub fn heard(&self) -> String {
        self.heard.lock().unwrap().join("\n")
    }
}
