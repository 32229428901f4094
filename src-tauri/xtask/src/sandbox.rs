//! `cargo xtask sandbox`: the simulated AWS account and ClickHouse organization, on its own.
//! Its stdout is exactly the one JSON line that it prints.

use std::ffi::OsString;
use std::process::Command;

use crate::cargo::cargo;
use crate::checkout::Checkout;
use crate::command;
use crate::flags::Flags;
use crate::stop::Stop;

pub(crate) const HELP: &str = "\
Builds the sandbox and serves it on loopback until it is stopped. One JSON line on stdout says how to
reach it: aws_endpoint_url, clickhouse_url, region, access_key_id, secret_access_key,
clickhouse_key_id, clickhouse_key_secret, organization_id.

Usage: cargo xtask sandbox --listen ADDRESS:PORT [options]

Options:
  --listen ADDRESS:PORT  Where to serve: a loopback address; port 0 picks a free one
  --scenario NAME        What is in the account at first [default: default]
  --speed FACTOR         How much faster than the wall its clock runs [default: 60]
  --world FILE           Keep the world in this file; without it each start is a fresh world
";

const FLAGS: &[&str] = &["--listen", "--scenario", "--speed", "--world"];

pub(crate) fn start(checkout: &Checkout, words: Vec<OsString>) -> Result<(), Stop> {
    let flags = Flags::read(words, &[], FLAGS)?;
    if flags.value("--listen").is_none() {
        return Err(Stop::Usage(
            "--listen is needed, for example --listen 127.0.0.1:0".to_owned(),
        ));
    }
    let words = [
        "build",
        "--quiet",
        "--workspace",
        "--bin",
        "pipelink-sandbox",
    ];
    command::run(&mut cargo(checkout, &words))?;
    let mut sandbox = Command::new(checkout.built("debug", "pipelink-sandbox"));
    for (name, value) in flags.values() {
        sandbox.args([name, value]);
    }
    command::become_program(&mut sandbox)
}
