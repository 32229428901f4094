//! WebKitWebDriver and the program that it starts, ended together whatever happens in a test.

use std::fs::{self, File};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;

use super::{Home, pointer};

/// `USER_HZ`: fixed at 100 on every architecture that Linux desktops run on.
const TICKS_PER_SECOND: f64 = 100.0;
/// What the plugin for one window alone calls the program on the session bus.
const ITS_NAME: &str = "string:app.pipelink.desktop.SingleInstance";
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

/// Memory of a process, in KiB.
#[derive(Clone, Copy, Debug)]
pub struct Memory {
    /// Its own, and its share of what it has in common with others, such as libraries (Linux: Pss).
    pub proportional_kib: u64,
    /// All of that, as if it had it alone (Rss).
    pub resident_kib: u64,
}

pub(super) struct Driver {
    process: Child,
    port: u16,
    log: PathBuf,
}

impl Driver {
    pub(super) fn start(home: &Home, theme: Theme) -> Self {
        let display = std::env::var("DISPLAY").unwrap_or_default();
        assert!(
            !display.is_empty(),
            "a window needs a display: `cargo xtask test` brings one"
        );
        pointer::into_the_corner(&display).expect("the display takes the pointer");
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
            .spawn()
            .expect("WebKitWebDriver starts (Debian: webkit2gtk-driver)");
        let driver = Self { process, port, log };
        driver.wait_until_it_listens();
        driver
    }

    /// Opens the window of a program.
    pub(super) async fn session(&self, program: &Path) -> Client {
        let options = json!({ "binary": program, "args": [] });
        let capabilities = [("webkitgtk:browserOptions".to_owned(), options)]
            .into_iter()
            .collect();
        let mut builder = ClientBuilder::new(HttpConnector::new());
        let address = format!("http://127.0.0.1:{}", self.port);
        let opening = builder.capabilities(capabilities).connect(&address);
        // The driver waits for ever for a program that ended before it had a window.
        match tokio::time::timeout(READY_WITHIN, opening).await {
            Ok(Ok(client)) => client,
            Ok(Err(error)) => panic!("no window: {error}{}", self.log()),
            Err(elapsed) => panic!("no window: {elapsed}{}", self.log()),
        }
    }

    /// Starts the program once more without a driver; whether it ends by itself, as a second
    /// instance should, while this one stays.
    pub(super) fn second_start_ends(&self, home: &Home) -> bool {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pipelink"));
        home.apply(&mut command);
        let mut second = command
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        let begun = Instant::now();
        while begun.elapsed() < READY_WITHIN {
            if second.try_wait().expect("its state").is_some() {
                return self.programs().iter().any(|program| runs(program));
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        let _ = second.kill();
        let _ = second.wait();
        false
    }

    /// How long ago the program started. The kernel tells it to a hundredth of a second.
    pub(super) fn started_ago(&self) -> Duration {
        let program = self.programs().pop().expect("the program runs");
        let stat = fs::read_to_string(format!("/proc/{program}/stat")).expect("its state");
        let (_, fields) = stat.rsplit_once(") ").expect("a state behind the name");
        // proc(5): the start time is field 22, in clock ticks since boot; the state is field 3.
        let ticks: f64 = fields
            .split_whitespace()
            .nth(19)
            .and_then(|field| field.parse().ok())
            .expect("a start time");
        let uptime = fs::read_to_string("/proc/uptime").expect("the machine's uptime");
        let uptime: f64 = uptime
            .split_whitespace()
            .next()
            .and_then(|field| field.parse().ok())
            .expect("seconds");
        Duration::from_secs_f64((uptime - ticks / TICKS_PER_SECOND).max(0.0))
    }

    /// Memory of the program itself that is in RAM, in KiB; its web processes are not counted.
    pub(super) fn memory(&self) -> Memory {
        let program = self.programs().pop().expect("the program runs");
        let rollup = fs::read_to_string(format!("/proc/{program}/smaps_rollup"));
        let rollup = rollup.expect("what the system says of its memory");
        let kib = |name: &str| {
            rollup
                .lines()
                .find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))
                .and_then(|rest| rest.trim().trim_end_matches(" kB").parse().ok())
                .unwrap_or_else(|| panic!("no {name} in {rollup}"))
        };
        Memory {
            proportional_kib: kib("Pss"),
            resident_kib: kib("Rss"),
        }
    }

    /// What the driver and the program wrote.
    pub(super) fn log(&self) -> String {
        let text = fs::read_to_string(&self.log).unwrap_or_default();
        if text.is_empty() {
            text
        } else {
            format!("\n--- the program's output:\n{text}")
        }
    }

    /// Ends the program alone, as a power cut would, while its parent is there to bury it: the
    /// number of a process that nobody waited for still looks taken.
    pub(super) fn kill_program(&self) {
        let programs = self.programs();
        assert!(
            !programs.is_empty(),
            "there is no program to end{}",
            self.log()
        );
        for program in &programs {
            kill(program);
        }
        wait_while(&programs, |program| {
            Path::new("/proc").join(program).exists()
        });
    }

    /// Ends the driver and the program, and waits until the program has: the next one would
    /// otherwise find the first on the session bus, and leave. Its web processes end with it.
    pub(super) fn end(&mut self) {
        let programs = self.programs();
        for program in &programs {
            kill(program);
        }
        let _ = self.process.kill();
        let _ = self.process.wait();
        wait_while(&programs, runs);
        wait_until_its_name_is_free();
    }

    /// The driver's children, by process number.
    fn programs(&self) -> Vec<String> {
        let threads = fs::read_dir(format!("/proc/{}/task", self.process.id()));
        threads
            .into_iter()
            .flatten()
            .filter_map(Result::ok)
            .filter_map(|thread| fs::read_to_string(thread.path().join("children")).ok())
            .flat_map(|children| {
                children
                    .split_whitespace()
                    .map(str::to_owned)
                    .collect::<Vec<_>>()
            })
            .collect()
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

fn kill(program: &str) {
    let _ = Command::new("kill")
        .args(["-KILL", program])
        .stderr(Stdio::null())
        .status();
}

/// Waits until the session bus has seen that the program is gone: until then it would hand the next start over to it.
fn wait_until_its_name_is_free() {
    let begun = Instant::now();
    loop {
        let asked = Command::new("dbus-send")
            .args(["--session", "--print-reply", "--reply-timeout=2000"])
            .args(["--dest=org.freedesktop.DBus", "/org/freedesktop/DBus"])
            .args(["org.freedesktop.DBus.NameHasOwner", ITS_NAME])
            .output()
            .expect("dbus-send starts");
        if !String::from_utf8_lossy(&asked.stdout).contains("true") {
            return;
        }
        assert!(
            begun.elapsed() < READY_WITHIN,
            "the program's name on the session bus is still taken"
        );
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// Whether a process still does anything: "number (name) state ..", where Z has ended unburied.
fn runs(program: &str) -> bool {
    let stat = fs::read_to_string(format!("/proc/{program}/stat")).unwrap_or_default();
    stat.rsplit_once(") ")
        .is_some_and(|(_, rest)| !rest.starts_with('Z'))
}

fn wait_while(programs: &[String], there: impl Fn(&str) -> bool) {
    let begun = Instant::now();
    while programs.iter().any(|program| there(program)) {
        assert!(begun.elapsed() < READY_WITHIN, "the program does not end");
        std::thread::sleep(Duration::from_millis(10));
    }
}

fn free_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    listener.local_addr().expect("its number").port()
}
