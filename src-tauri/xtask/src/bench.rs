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
Measures what the budgets are about, on release builds: the start beside a bare Tauri window, discovery of a
crowded account beside its longest chain of calls, beside boto3 and beside AWS's request buckets, what the
journal costs, memory when idle, and the size of the .deb. Prints a table, and writes
target/bench/figures.json. `bench discovery` measures discovery only, and only prints its table.

Usage: cargo xtask bench [--readme] [--rounds N]
       cargo xtask bench discovery [--rounds N]

Options:
  --readme    Puts the table into README.md
  --rounds N  Starts and discoveries to take the median of (10)
";

/// The word that asks for the discoveries only.
const DISCOVERY: &str = "discovery";
/// What cargo builds for the discoveries.
const MEASURES_DISCOVERY: [&str; 4] = ["--bin", "pipelink-sandbox", "--example", "discover"];

pub(crate) fn start(checkout: &Checkout, mut words: Vec<OsString>) -> Result<(), Stop> {
    let discovery_only = words.first().is_some_and(|word| word == DISCOVERY);
    if discovery_only {
        words.remove(0);
    }
    let switches: &[&str] = if discovery_only { &[] } else { &["--readme"] };
    let flags = Flags::read(words, switches, &["--rounds"])?;
    let rounds = flags.value("--rounds").unwrap_or("10");
    if !rounds.parse().is_ok_and(|rounds: u32| rounds > 0) {
        return Err(Stop::Usage(format!(
            "--rounds {rounds} is not a number above 0"
        )));
    }
    let folder = checkout.root().join("target/bench");
    fs::create_dir_all(&folder).map_err(|source| Stop::file(&folder, source))?;
    if discovery_only {
        discovery(checkout, &folder, rounds)
    } else {
        everything(checkout, &folder, rounds, flags.has("--readme"))
    }
}

fn discovery(checkout: &Checkout, folder: &Path, rounds: &str) -> Result<(), Stop> {
    install::for_purposes(checkout, &[Purpose::Test])?;
    let python = Python::install(checkout)?;
    let words = ["build", "--release", "--workspace"];
    let words = [&words[..], &MEASURES_DISCOVERY].concat();
    command::run(&mut cargo(checkout, &words))?;
    let home = Home::make()?;
    let measure = Measure {
        checkout,
        folder,
        rounds,
        python,
    };
    let prepared = |mut command: Command| {
        home.apply(&mut command);
        command
    };
    keep(prepared(measure.discovery()), &folder.join("discovery.txt"))?;
    let mut figures = measure.script("figures.py");
    figures.arg("--discovery");
    show(prepared(figures))
}

fn everything(
    checkout: &Checkout,
    folder: &Path,
    rounds: &str,
    into_readme: bool,
) -> Result<(), Stop> {
    if !cfg!(target_os = "linux") {
        return Err(Stop::Install(
            "the figures need Linux: only WebKitGTK has a driver for a window like this one"
                .to_owned(),
        ));
    }
    install::for_purposes(checkout, &[Purpose::Run, Purpose::Test, Purpose::Windows])?;
    let python = Python::install(checkout)?;
    install::build_page(checkout)?;
    let programs = Programs::build(checkout, folder)?;

    let home = Home::make()?;
    let bus = SessionBus::start(&home)?;
    let display = Display::start()?;
    let prepared = |mut command: Command| {
        home.apply(&mut command);
        bus.apply(&mut command);
        display.apply(&mut command);
        command
    };
    let measure = Measure {
        checkout,
        folder,
        rounds,
        python,
    };
    let mut window = measure.told(window_figures(checkout));
    window
        .env("PIPELINK_BENCH_PROGRAM", &programs.pipelink)
        .env("PIPELINK_BENCH_BARE", &programs.bare);
    keep(prepared(window), &folder.join("window.txt"))?;
    keep(prepared(measure.discovery()), &folder.join("discovery.txt"))?;
    let journal = measure.told(Command::new(&programs.journal));
    keep(prepared(journal), &folder.join("journal.txt"))?;
    let mut figures = measure.script("figures.py");
    if into_readme {
        figures.arg(checkout.root().join("README.md"));
    }
    show(prepared(figures))
}

/// What the programs that measure are told.
struct Measure<'a> {
    checkout: &'a Checkout,
    folder: &'a Path,
    rounds: &'a str,
    python: Python,
}

impl Measure<'_> {
    fn told(&self, mut command: Command) -> Command {
        command
            .env("PIPELINK_BENCH_ROUNDS", self.rounds)
            .env("PIPELINK_BENCH_FOLDER", self.folder);
        command
    }

    fn script(&self, name: &str) -> Command {
        let mut command = self.python.command();
        command.arg(self.checkout.root().join("tests/bench").join(name));
        self.told(command)
    }

    fn discovery(&self) -> Command {
        let built = |name: &str| self.checkout.built("release", name);
        let mut command = self.script("discovery.py");
        command
            .env("PIPELINK_BENCH_SANDBOX", built("pipelink-sandbox"))
            .env("PIPELINK_BENCH_DISCOVER", built("examples/discover"));
        command
    }
}

/// Runs what makes the table, which is the answer: it goes to stdout.
fn show(mut figures: Command) -> Result<(), Stop> {
    let command = || "figures.py".to_owned();
    let status = figures.status().map_err(|source| Stop::NotStarted {
        command: command(),
        source,
    })?;
    if status.success() {
        Ok(())
    } else {
        Err(Stop::Failed {
            command: command(),
            code: status.code(),
        })
    }
}

/// Everything that measures or is measured, built for release.
struct Programs {
    pipelink: PathBuf,
    bare: PathBuf,
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
            "--example",
            "bare-window",
            "--example",
            "journal-cost",
        ];
        let words = [&words[..], &MEASURES_DISCOVERY].concat();
        command::run(&mut cargo(checkout, &words))?;
        let example = |name: &str| checkout.built("release/examples", name);
        Ok(Self {
            pipelink,
            bare: example("bare-window"),
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
