//! The parts of the Rust toolchain that a minimal installation leaves out.

use std::process::Command;

use crate::cargo::cargo;
use crate::checkout::Checkout;
use crate::command;
use crate::stop::Stop;

pub(super) fn install_lints(checkout: &Checkout) -> Result<(), Stop> {
    for (component, subcommand) in [("rustfmt", "fmt"), ("clippy", "clippy")] {
        if command::succeeds(&mut cargo(checkout, &[subcommand, "--version"])) {
            continue;
        }
        if !command::on_path("rustup") {
            return Err(Stop::Install(format!(
                "`cargo {subcommand}` is missing: install {component} with your Rust toolchain \
                 (with rustup: `rustup component add {component}`)"
            )));
        }
        command::run(Command::new("rustup").args(["component", "add", component]))?;
    }
    Ok(())
}
