//! `cargo xtask bindings`: the page's typed bindings, written again from the Rust commands. The
//! same test without the variable is what notices drift.

use std::ffi::OsString;

use crate::cargo::cargo;
use crate::checkout::Checkout;
use crate::command;
use crate::flags::Flags;
use crate::stop::Stop;

pub(crate) const HELP: &str = "\
Writes ui/src/ipc/bindings.ts again from the commands and events of the shell.

Usage: cargo xtask bindings
";

pub(crate) fn start(checkout: &Checkout, words: Vec<OsString>) -> Result<(), Stop> {
    Flags::read(words, &[], &[])?;
    let mut test = cargo(checkout, &["test", "--workspace", "--test", "bindings"]);
    command::run(test.env("PIPELINK_WRITE_BINDINGS", "1"))
}
