//! `cargo xtask bench`: the figures, each beside what it is compared with, measured in one run.
//!
//! It builds and starts what measures; `tests/bench/figures.py` turns what they printed into the table.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::bundle;
use crate::bus::SessionBus;
use crate::cargo::{cargo, has_nextest};
use crate::checkout::Checkout;
use crate::command;
use crate::display::Display;
use crate::flags::Flags;
use crate::home::Home;
use crate::install::{self, Purpose, Python};
use crate::stop::Stop;
use crate::terminal::say;

pub(crate) const HELP: &str = "\
Measures what the budgets are about, on release builds: the start beside a bare Tauri window, discovery
beside its longest chain of calls and beside boto3, what the journal costs, memory when idle, and the size
of the .deb. Prints a table, and writes target/bench/figures.json.

Usage: cargo xtask bench [--readme] [--rounds N]

Options:
  --readme    Puts the table into README.md
  --rounds N  Starts and discoveries to take the median of (10)
";

pub(crate) fn start(checkout: &Checkout, words: Vec<OsString>) -> Result<(), Stop> {
    let flags = Flags::read(words, &["--readme"], &["--rounds"])?;
    let rounds = flags.value("--rounds").unwrap_or("10");
    if !rounds.parse().is_ok_and(|rounds: u32| rounds > 0) {
        return Err(Stop::Usage(format!(
            "--rounds {rounds} is not a number above 0"
        )));
    }
    if !cfg!(target_os = "linux") {
        return Err(Stop::Install(
            "the figures need Linux: only WebKitGTK has a driver for a window like this one"
                .to_owned(),
        ));
    }
    install::for_purposes(checkout, &[Purpose::Run, Purpose::Test, Purpose::Windows])?;
    let python = Python::install(checkout)?;
    install::build_page(checkout)?;
    let folder = checkout.root().join("target/bench");
    fs::create_dir_all(&folder).map_err(|source| Stop::file(&folder, source))?;
    let programs = Programs::build(checkout, &folder)?;

    let home = Home::make()?;
    let bus = SessionBus::start(&home)?;
    let display = Display::start()?;
    let prepared = |mut command: Command| {
        home.apply(&mut command);
        bus.apply(&mut command);
        display.apply(&mut command);
        command
            .env("PIPELINK_BENCH_PROGRAM", &programs.pipelink)
            .env("PIPELINK_BENCH_BARE", &programs.bare)
            .env("PIPELINK_BENCH_SANDBOX", &programs.sandbox)
            .env("PIPELINK_BENCH_DISCOVER", &programs.discover)
            .env("PIPELINK_BENCH_ROUNDS", rounds)
            .env("PIPELINK_BENCH_FOLDER", &folder);
        command
    };
    keep(
        prepared(window_figures(checkout)),
        &folder.join("window.txt"),
    )?;
    let script = |name: &str| {
        let mut command = python.command();
        command.arg(checkout.root().join("tests/bench").join(name));
        command
    };
    keep(
        prepared(script("discovery.py")),
        &folder.join("discovery.txt"),
    )?;
    keep(
        prepared(Command::new(&programs.journal)),
        &folder.join("journal.txt"),
    )?;
    let mut figures = prepared(script("figures.py"));
    if flags.has("--readme") {
        figures.arg(checkout.root().join("README.md"));
    }
    // The table is the answer: it goes to stdout.
    let status = figures.status().map_err(|source| Stop::NotStarted {
        command: "figures.py".to_owned(),
        source,
    })?;
    if status.success() {
        Ok(())
    } else {
        Err(Stop::Failed {
            command: "figures.py".to_owned(),
            code: status.code(),
        })
    }
}

/// Everything that measures or is measured, built for release.
struct Programs {
    pipelink: PathBuf,
    bare: PathBuf,
    sandbox: PathBuf,
    discover: PathBuf,
    journal: PathBuf,
}

impl Programs {
    /// The shipped program comes first and by itself: building examples turns features on that only tests
    /// need.
    fn build(checkout: &Checkout, folder: &Path) -> Result<Self, Stop> {
        bundle::build_program(checkout)?;
        let pipelink = folder.join("pipelink");
        let built = checkout.built("release", "pipelink");
        fs::copy(&built, &pipelink).map_err(|source| Stop::file(&built, source))?;
        for package in bundle::make(checkout, &["deb"])? {
            let kept = folder.join("pipelink.deb");
            fs::copy(&package, &kept).map_err(|source| Stop::file(&package, source))?;
        }
        let words = [
            "build",
            "--release",
            "--workspace",
            "--bin",
            "pipelink-sandbox",
            "--example",
            "bare-window",
            "--example",
            "discover",
            "--example",
            "journal-cost",
        ];
        command::run(&mut cargo(checkout, &words))?;
        let example = |name: &str| checkout.built("release/examples", name);
        Ok(Self {
            pipelink,
            bare: example("bare-window"),
            sandbox: checkout.built("release", "pipelink-sandbox"),
            discover: example("discover"),
            journal: example("journal-cost"),
        })
    }
}

/// The test that drives the windows, with its output let through.
fn window_figures(checkout: &Checkout) -> Command {
    if has_nextest(checkout) {
        let words = [
            "nextest",
            "run",
            "--workspace",
            "--test",
            "bench",
            "--run-ignored",
            "all",
            "--no-capture",
        ];
        cargo(checkout, &words)
    } else {
        let words = [
            "test",
            "--workspace",
            "--test",
            "bench",
            "--",
            "--ignored",
            "--nocapture",
        ];
        cargo(checkout, &words)
    }
}

/// Runs something that prints figures, and keeps what it printed.
fn keep(mut command: Command, file: &Path) -> Result<(), Stop> {
    say(&format!("$ {}", command.get_program().display()));
    let failed = |code| Stop::Failed {
        command: format!("what measures for {}", file.display()),
        code,
    };
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .map_err(|source| Stop::NotStarted {
            command: file.display().to_string(),
            source,
        })?;
    fs::write(file, &output.stdout).map_err(|source| Stop::file(file, source))?;
    if output.status.success() {
        Ok(())
    } else {
        Err(failed(output.status.code()))
    }
}
