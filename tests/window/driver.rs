//! `WebKitWebDriver` and the program that it starts: one process group, ended together whatever
//! happens in a test.

use std::fs::File;
use std::net::{TcpListener, TcpStream};
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;

use super::Home;

const READY_WITHIN: Duration = Duration::from_secs(20);

/// What the system asks for; the page follows it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Theme {
    Light,
    Dark,
}

impl Theme {
    /// As pictures are named.
    pub fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    fn gtk(self) -> &'static str {
        match self {
            Self::Light => "Adwaita",
            Self::Dark => "Adwaita:dark",
        }
    }
}

pub(super) struct Driver {
    process: Child,
    port: u16,
    log: PathBuf,
}

impl Driver {
    pub(super) fn start(home: &Home, theme: Theme) -> Self {
        assert!(
            std::env::var_os("DISPLAY").is_some(),
            "a window needs a display: `cargo xtask test` brings one"
        );
        let port = free_port();
        let log = home.path().join(format!("driver-{port}.log"));
        let output = File::create(&log).expect("a log file");
        let mut command = Command::new("WebKitWebDriver");
        home.apply(&mut command);
        let process = command
            .args([format!("--port={port}"), "--host=127.0.0.1".to_owned()])
            // Tauri opens its web view for automation only when it is asked to by both.
            .env("TAURI_AUTOMATION", "true")
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .env("GTK_THEME", theme.gtk())
            // Nothing of the desktop's settings or accessibility bus: neither is there.
            .env("GSETTINGS_BACKEND", "memory")
            .env("NO_AT_BRIDGE", "1")
            .env("TZ", "UTC")
            .env("LANG", "C.UTF-8")
            .stdin(Stdio::null())
            .stdout(output.try_clone().expect("the same log file"))
            .stderr(output)
            .process_group(0)
            .spawn()
            .expect("WebKitWebDriver starts (Debian: webkit2gtk-driver)");
        let driver = Self { process, port, log };
        driver.wait_until_it_listens();
        driver
    }

    /// Opens the window.
    pub(super) async fn session(&self) -> Client {
        let options = json!({ "binary": env!("CARGO_BIN_EXE_pipelink"), "args": [] });
        let capabilities = [("webkitgtk:browserOptions".to_owned(), options)]
            .into_iter()
            .collect();
        ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(&format!("http://127.0.0.1:{}", self.port))
            .await
            .unwrap_or_else(|error| panic!("no window: {error}{}", self.log()))
    }

    /// What the driver and the program wrote.
    pub(super) fn log(&self) -> String {
        let text = std::fs::read_to_string(&self.log).unwrap_or_default();
        if text.is_empty() {
            text
        } else {
            format!("\n--- the program's output:\n{text}")
        }
    }

    /// Ends the driver, the program and its web processes.
    pub(super) fn end(&mut self) {
        let group = format!("-{}", self.process.id());
        let _ = Command::new("kill")
            .args(["-KILL", "--", &group])
            .stderr(Stdio::null())
            .status();
        let _ = self.process.wait();
    }

    fn wait_until_it_listens(&self) {
        let begun = Instant::now();
        while TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            assert!(
                begun.elapsed() < READY_WITHIN,
                "WebKitWebDriver does not listen{}",
                self.log()
            );
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        self.end();
    }
}

fn free_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    listener.local_addr().expect("its number").port()
}
