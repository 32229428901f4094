//! The project's own commands: `cargo xtask <command>`.
//!
//! It starts the other programs (cargo, npm, python, the display) and links none of them: it must
//! compile in seconds on a machine that has nothing yet. One file per command, and one per thing
//! that a command needs: what has to be installed, the display, the session bus, the fresh home.

mod bench;
mod bindings;
mod bundle;
mod bus;
mod cargo;
mod checkout;
mod command;
mod display;
mod flags;
mod home;
mod install;
mod models;
mod run;
mod sandbox;
mod soak;
mod stop;
mod terminal;
mod test;
mod tour;

use std::ffi::OsString;
use std::process::ExitCode;

use checkout::Checkout;
use stop::Stop;

const HELP: &str = "\
Pipelink's own commands.

Usage: cargo xtask <command> [options]

Commands:
  run       Install what is missing, build, and open the window
  test      Install what is missing, and run every test
  tour      Drive the real window through the main job; a picture per page in target/tour/
  bench     Measure what the budgets are about, and print the table
  soak      Random faults, kills and clock jumps over whole runs, as many as wanted
  bundle    Make the packages that people install
  sandbox   Serve the simulated AWS account and ClickHouse organization on loopback
  models    Make the sandbox's service models again from botocore
  bindings  Write the page's typed bindings again from the Rust commands

`cargo xtask <command> --help` says more about each.

Exit codes: 0 done, 1 something failed, 2 wrong usage, 3 something must be installed by hand first.
";

fn main() -> ExitCode {
    let mut words = std::env::args_os().skip(1);
    let command = words.next();
    match dispatch(
        command.as_ref().and_then(|word| word.to_str()),
        words.collect(),
    ) {
        Ok(()) => ExitCode::SUCCESS,
        Err(stop) => {
            terminal::say(&format!("xtask: {stop}"));
            ExitCode::from(stop.exit_code())
        }
    }
}

/// A command: what its help says, and what it does with the words after its name.
struct Task {
    help: &'static str,
    start: fn(&Checkout, Vec<OsString>) -> Result<(), Stop>,
}

fn task(name: &str) -> Option<Task> {
    Some(match name {
        "run" => Task {
            help: run::HELP,
            start: run::start,
        },
        "test" => Task {
            help: test::HELP,
            start: test::start,
        },
        "tour" => Task {
            help: tour::HELP,
            start: tour::start,
        },
        "bench" => Task {
            help: bench::HELP,
            start: bench::start,
        },
        "soak" => Task {
            help: soak::HELP,
            start: soak::start,
        },
        "bundle" => Task {
            help: bundle::HELP,
            start: bundle::start,
        },
        "sandbox" => Task {
            help: sandbox::HELP,
            start: sandbox::start,
        },
        "models" => Task {
            help: models::HELP,
            start: models::start,
        },
        "bindings" => Task {
            help: bindings::HELP,
            start: bindings::start,
        },
        _ => return None,
    })
}

fn dispatch(command: Option<&str>, words: Vec<OsString>) -> Result<(), Stop> {
    let Some(name) = command else {
        return Err(Stop::Usage(format!("which command?\n\n{HELP}")));
    };
    if matches!(name, "--help" | "-h" | "help") {
        terminal::print(HELP);
        return Ok(());
    }
    let task = task(name).ok_or_else(|| {
        Stop::Usage(format!(
            "there is no command `{name}`; see `cargo xtask --help`"
        ))
    })?;
    if words.iter().any(|word| word == "--help" || word == "-h") {
        terminal::print(task.help);
        return Ok(());
    }
    (task.start)(&Checkout::find()?, words)
}
