//! How cargo is called. Always over the whole workspace, narrowed by target: then every command
//! sees the same dependency features, and none rebuilds what another has built.

use std::process::Command;

use crate::checkout::Checkout;
use crate::command;

/// A cargo command in the checkout; `CARGO` is the cargo that runs xtask.
pub(crate) fn cargo(checkout: &Checkout, words: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(checkout.root()).args(words);
    // What cargo told xtask about xtask; build scripts must not see it as their own environment.
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") {
            command.env_remove(&name);
        }
    }
    command
}

/// Whether the quicker test runner is there; without it `cargo test` runs the same tests.
pub(crate) fn has_nextest(checkout: &Checkout) -> bool {
    command::succeeds(&mut cargo(checkout, &["nextest", "--version"]))
}

/// The tests of one file under tests/ that need a window: marked `#[ignore]`, one at a time.
pub(crate) fn window_tests(checkout: &Checkout, file: &str) -> Command {
    if has_nextest(checkout) {
        let words = [
            "nextest",
            "run",
            "--workspace",
            "--test",
            file,
            "--run-ignored",
            "all",
            "--test-threads",
            "1",
            "--no-fail-fast",
            // A click into a real window can meet a machine that has not drawn it yet. What passes only then is
            // named FLAKY in the summary.
            "--retries",
            "1",
        ];
        cargo(checkout, &words)
    } else {
        let words = [
            "test",
            "--workspace",
            "--test",
            file,
            "--",
            "--include-ignored",
            "--test-threads",
            "1",
        ];
        cargo(checkout, &words)
    }
}
