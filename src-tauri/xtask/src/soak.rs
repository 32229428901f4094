//! `cargo xtask soak`: random schedules of faults, kills and clock jumps over whole runs, as many as wanted.

use std::ffi::OsString;

use crate::cargo::{cargo, has_nextest};
use crate::checkout::Checkout;
use crate::command;
use crate::flags::Flags;
use crate::home::Home;
use crate::stop::Stop;

pub(crate) const HELP: &str = "\
Runs whole set-ups against the sandbox under random schedules of faults, kills, clock jumps and another
operator's acts, and checks after each that nothing was made twice and nothing is without an owner. What
fails prints its seed.

Usage: cargo xtask soak [--schedules N] [--seed S]

Options:
  --schedules N  How many (1000)
  --seed S       The first one's seed; the others count up from it (a new one each time)
";

pub(crate) fn start(checkout: &Checkout, words: Vec<OsString>) -> Result<(), Stop> {
    let flags = Flags::read(words, &[], &["--schedules", "--seed"])?;
    let schedules = number(&flags, "--schedules")?.unwrap_or(1000);
    if schedules == 0 {
        return Err(Stop::Usage("--schedules is above 0".to_owned()));
    }
    let mut soak = if has_nextest(checkout) {
        let words = [
            "nextest",
            "run",
            "--workspace",
            "--run-ignored",
            "ignored-only",
            "--no-capture",
            "-E",
            "package(pipelink-engine) and test(/soak$/)",
        ];
        cargo(checkout, &words)
    } else {
        let words = [
            "test",
            "--package",
            "pipelink-engine",
            "soak",
            "--",
            "--ignored",
            "--nocapture",
        ];
        cargo(checkout, &words)
    };
    let home = Home::make()?;
    home.apply(&mut soak);
    soak.env("PIPELINK_SOAK_SCHEDULES", schedules.to_string());
    if let Some(seed) = number(&flags, "--seed")? {
        soak.env("PIPELINK_SOAK_SEED", seed.to_string());
    }
    command::run(&mut soak)
}

fn number(flags: &Flags, flag: &str) -> Result<Option<u64>, Stop> {
    flags
        .value(flag)
        .map(|text| {
            text.parse()
                .map_err(|_| Stop::Usage(format!("{flag} {text} is not a number")))
        })
        .transpose()
}
