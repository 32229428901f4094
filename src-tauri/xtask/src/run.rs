//! `cargo xtask run`: from a fresh clone to the open window.

use std::ffi::OsString;
use std::process::Command;

use crate::cargo::cargo;
use crate::checkout::Checkout;
use crate::flags::Flags;
use crate::install::{self, Purpose};
use crate::stop::Stop;
use crate::terminal::say;
use crate::{command, display, tour};

pub(crate) const HELP: &str = "\
Installs what is missing, builds the page and the program, and opens the window.
With no display it says so and does the tour instead (`cargo xtask tour`).

Usage: cargo xtask run [--release]

Options:
  --release  Build as for a release: slower to build, faster to run
";

pub(crate) fn start(checkout: &Checkout, words: Vec<OsString>) -> Result<(), Stop> {
    let flags = Flags::read(words, &["--release"], &[])?;
    if !display::present() {
        say(
            "no display here (neither DISPLAY nor WAYLAND_DISPLAY is set): taking the tour instead",
        );
        return tour::take(checkout);
    }
    install::for_purposes(checkout, &[Purpose::Run])?;
    install::build_page(checkout)?;
    let mut build = cargo(checkout, &["build", "--workspace", "--bin", "pipelink"]);
    let profile = if flags.has("--release") {
        "release"
    } else {
        "debug"
    };
    if profile == "release" {
        build.arg("--release");
    }
    command::run(&mut build)?;
    say("opening the window");
    command::become_program(&mut Command::new(checkout.built(profile, "pipelink")))
}
