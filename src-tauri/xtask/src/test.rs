//! `cargo xtask test`: every test, from what is missing to the real window. One step fails, the
//! others still run; the summary says what each took.

use std::ffi::OsString;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::bus::SessionBus;
use crate::cargo::{cargo, has_nextest, window_tests};
use crate::checkout::Checkout;
use crate::display::Display;
use crate::flags::Flags;
use crate::home::Home;
use crate::install::{self, Purpose, Python, npm};
use crate::stop::Stop;
use crate::terminal::say;
use crate::{command, models};

pub(crate) const HELP: &str = "\
Installs what is missing and runs every test: formatting, lints, the Rust tests (with cargo-nextest
where it is installed, with `cargo test` otherwise), the page's tests, and the tests in the real
window, on a display, a session bus and a keyring of their own. Tests see a fresh home folder: no AWS
profile and no keyring of yours.

Usage: cargo xtask test [--fast]

Options:
  --fast  No lints and no window: only the library tests and the page's
";

pub(crate) fn start(checkout: &Checkout, words: Vec<OsString>) -> Result<(), Stop> {
    let flags = Flags::read(words, &["--fast"], &[])?;
    let windows = !flags.has("--fast") && cfg!(target_os = "linux");
    let mut ledger = Ledger::default();
    let Some(surroundings) = ledger.step("install", || {
        Surroundings::prepare(checkout, &flags, windows)
    }) else {
        return ledger.close();
    };

    if !flags.has("--fast") {
        ledger.step("formatting", || {
            command::run(&mut cargo(checkout, &["fmt", "--all", "--check"]))
        });
        ledger.step("page: build", || install::build_page(checkout));
        ledger.step("page: lint", || page_script(checkout, "lint"));
        ledger.step("page: types", || page_script(checkout, "typecheck"));
    }
    ledger.step("page: tests", || {
        let mut tests = npm(checkout, &["test"]);
        surroundings.home.apply(&mut tests);
        command::run(&mut tests)
    });
    if !flags.has("--fast") {
        ledger.step("lints", || {
            let words = [
                "clippy",
                "--workspace",
                "--all-targets",
                "--",
                "--deny",
                "warnings",
            ];
            command::run(&mut cargo(checkout, &words))
        });
        ledger.step("sandbox's models", || {
            models::check(checkout, &surroundings.python)
        });
    }
    if has_nextest(checkout) {
        ledger.step("library tests", || {
            let all = ["nextest", "run", "--workspace", "--no-fail-fast"];
            surroundings.run(cargo(checkout, &all))
        });
        // nextest does not run the examples in documentation.
        ledger.step("examples", || {
            surroundings.run(cargo(checkout, &["test", "--workspace", "--doc"]))
        });
    } else {
        let all = ["test", "--workspace", "--no-fail-fast"];
        ledger.step("library tests", || surroundings.run(cargo(checkout, &all)));
    }
    if windows {
        ledger.step("window tests", || {
            let display = Display::start()?;
            let mut tests = window_tests(checkout, "desktop");
            display.apply(&mut tests);
            surroundings.run(tests)
        });
    } else if !flags.has("--fast") {
        say("the window tests need Linux: only WebKitGTK has a driver for a window like this one");
    }
    ledger.close()
}

/// What the tests run in.
struct Surroundings {
    python: Python,
    // Before the home: dropped first, while its files are still there.
    bus: Option<SessionBus>,
    home: Home,
}

impl Surroundings {
    fn prepare(checkout: &Checkout, flags: &Flags, windows: bool) -> Result<Self, Stop> {
        let mut purposes = vec![Purpose::Run, Purpose::Test];
        if windows {
            purposes.push(Purpose::Windows);
        }
        install::for_purposes(checkout, &purposes)?;
        if !flags.has("--fast") {
            install::lints(checkout)?;
        }
        let python = Python::install(checkout)?;
        let home = Home::make()?;
        let bus = if cfg!(target_os = "linux") {
            Some(SessionBus::start(&home)?)
        } else {
            None
        };
        Ok(Self { python, bus, home })
    }

    fn run(&self, mut tests: Command) -> Result<(), Stop> {
        self.home.apply(&mut tests);
        if let Some(bus) = &self.bus {
            bus.apply(&mut tests);
        }
        command::run(tests.env("PIPELINK_PYTHON", self.python.program()))
    }
}

/// A script of ui/package.json, if there is one of this name.
fn page_script(checkout: &Checkout, name: &str) -> Result<(), Stop> {
    command::run(&mut npm(checkout, &["run", "--if-present", name]))
}

/// The steps of a test run: how each ended and how long it took.
#[derive(Default)]
struct Ledger {
    lines: Vec<(&'static str, Duration, Option<String>)>,
}

impl Ledger {
    /// Runs one step. A step that stopped because of the machine, not the tests, is a failure too.
    fn step<T>(&mut self, name: &'static str, work: impl FnOnce() -> Result<T, Stop>) -> Option<T> {
        say(&format!("\n=== {name}"));
        let begun = Instant::now();
        let (value, failure) = match work() {
            Ok(value) => (Some(value), None),
            Err(stop) => {
                say(&format!("xtask: {name}: {stop}"));
                (None, Some(stop.to_string()))
            }
        };
        self.lines.push((name, begun.elapsed(), failure));
        value
    }

    fn close(self) -> Result<(), Stop> {
        say("\n=== summary");
        for (name, took, failure) in &self.lines {
            let verdict = if failure.is_some() { "FAILED" } else { "ok" };
            say(&format!(
                "{name:<20}{verdict:<8}{:>8.1} s",
                took.as_secs_f64()
            ));
        }
        let failed: Vec<_> = self
            .lines
            .iter()
            .filter(|(_, _, failure)| failure.is_some())
            .map(|(name, _, _)| *name)
            .collect();
        if failed.is_empty() {
            Ok(())
        } else {
            Err(Stop::Tests { failed })
        }
    }
}
