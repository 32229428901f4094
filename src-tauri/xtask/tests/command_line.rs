//! The command line as somebody types it: help, and what is refused before anything is started.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test may stop at the first surprise"
)]

use std::process::{Command, Output};

fn xtask(words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(words)
        .output()
        .expect("xtask starts")
}

const COMMANDS: [&str; 6] = ["run", "test", "tour", "sandbox", "models", "bindings"];

#[test]
fn help_names_every_command_and_each_has_its_own() {
    let help = xtask(&["--help"]);
    assert!(help.status.success());
    let text = String::from_utf8(help.stdout).unwrap();
    for command in COMMANDS {
        assert!(
            text.contains(&format!("\n  {command} ")),
            "{command} is not in:\n{text}"
        );
        let own = xtask(&[command, "--help"]);
        assert!(own.status.success());
        let own = String::from_utf8(own.stdout).unwrap();
        assert!(
            own.contains(&format!("Usage: cargo xtask {command}")),
            "{own}"
        );
    }
}

#[test]
fn what_is_not_known_is_refused_with_exit_code_2() {
    assert_eq!(xtask(&[]).status.code(), Some(2));
    assert_eq!(xtask(&["biuld"]).status.code(), Some(2));
    for command in COMMANDS {
        let output = xtask(&[command, "--no-such-flag"]);
        assert_eq!(output.status.code(), Some(2), "{command}");
        assert!(output.stdout.is_empty());
        assert!(
            String::from_utf8(output.stderr)
                .unwrap()
                .contains("--no-such-flag")
        );
    }
    assert_eq!(
        xtask(&["sandbox"]).status.code(),
        Some(2),
        "where to listen is not guessed"
    );
}
