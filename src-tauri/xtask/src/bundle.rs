//! `cargo xtask bundle`: the packages that people install, from a release build.

use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::cargo::cargo;
use crate::checkout::Checkout;
use crate::command;
use crate::flags::Flags;
use crate::install::{self, Purpose, npm};
use crate::stop::Stop;
use crate::terminal::print;

pub(crate) const HELP: &str = "\
Builds for release and makes the packages that people install: .deb and .rpm on Linux. Their paths are
printed on stdout.

Usage: cargo xtask bundle [--deb]

Options:
  --deb  Only the .deb
";

/// The command line of Tauri, which makes the packages. Kept out of the page's own dependencies.
const TAURI_CLI: &str = "@tauri-apps/cli@2.12.5";

pub(crate) fn start(checkout: &Checkout, words: Vec<OsString>) -> Result<(), Stop> {
    let flags = Flags::read(words, &["--deb"], &[])?;
    install::for_purposes(checkout, &[Purpose::Run])?;
    install::build_page(checkout)?;
    let kinds: &[&str] = if flags.has("--deb") {
        &["deb"]
    } else {
        &["deb", "rpm"]
    };
    build_program(checkout)?;
    for package in make(checkout, kinds)? {
        print(&format!("{}\n", package.display()));
    }
    Ok(())
}

/// Builds the program as it is shipped.
pub(crate) fn build_program(checkout: &Checkout) -> Result<(), Stop> {
    let words = ["build", "--release", "--workspace", "--bin", "pipelink"];
    command::run(&mut cargo(checkout, &words))
}

/// Makes packages of the built program.
pub(crate) fn make(checkout: &Checkout, kinds: &[&str]) -> Result<Vec<PathBuf>, Stop> {
    let folder = checkout.target().join("tauri-cli");
    let program = folder.join("node_modules/.bin/tauri");
    let installed = folder.join(TAURI_CLI.replace('/', "-"));
    if !program.exists() || !installed.exists() {
        fs::create_dir_all(&folder).map_err(|source| Stop::file(&folder, source))?;
        let words = ["install", "--no-audit", "--no-fund", "--prefix"];
        command::run(npm(checkout, &words).arg(&folder).arg(TAURI_CLI))?;
        fs::write(&installed, "").map_err(|source| Stop::file(&installed, source))?;
    }
    let bundles = checkout.target().join("release/bundle");
    let _ = fs::remove_dir_all(&bundles);
    let mut bundle = Command::new(&program);
    bundle
        .current_dir(checkout.root())
        .env("CARGO_TARGET_DIR", checkout.target())
        .args(["bundle", "--bundles"])
        .arg(kinds.join(","));
    command::run(&mut bundle)?;
    let mut made = Vec::new();
    for kind in kinds {
        let folder = bundles.join(kind);
        let files = fs::read_dir(&folder).map_err(|source| Stop::file(&folder, source))?;
        made.extend(
            files
                .filter_map(Result::ok)
                .map(|entry| entry.path())
                .filter(|path| path.extension().is_some_and(|extension| extension == *kind)),
        );
    }
    Ok(made)
}
