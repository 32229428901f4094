//! `cargo xtask models`: the sandbox's service models, made again from the pinned botocore.

use std::ffi::OsString;
use std::fs;
use std::path::Path;

use crate::checkout::Checkout;
use crate::command;
use crate::flags::Flags;
use crate::install::Python;
use crate::stop::Stop;
use crate::terminal::say;

pub(crate) const HELP: &str = "\
Makes src-tauri/sandbox/models/*.json again from the pinned botocore.

Usage: cargo xtask models [--check]

Options:
  --check  Write nothing; fail if what is committed is not what botocore gives
";

pub(crate) fn start(checkout: &Checkout, words: Vec<OsString>) -> Result<(), Stop> {
    let flags = Flags::read(words, &["--check"], &[])?;
    let python = Python::install(checkout)?;
    if flags.has("--check") {
        return check(checkout, &python);
    }
    trim(checkout, &python, &checkout.root().join(MODELS))
}

const MODELS: &str = "src-tauri/sandbox/models";

/// Fails with the names of the models that differ from what botocore gives.
pub(crate) fn check(checkout: &Checkout, python: &Python) -> Result<(), Stop> {
    let fresh = checkout.target().join("models-check");
    let _ = fs::remove_dir_all(&fresh);
    trim(checkout, python, &fresh)?;
    let committed = checkout.root().join(MODELS);
    let mut names = models_in(&fresh)?;
    names.extend(models_in(&committed)?);
    names.sort();
    names.dedup();
    let same = |name: &String| {
        let pair = (fs::read(fresh.join(name)), fs::read(committed.join(name)));
        matches!(pair, (Ok(fresh), Ok(committed)) if fresh == committed)
    };
    let differing: Vec<_> = names.iter().filter(|name| !same(name)).cloned().collect();
    if differing.is_empty() {
        say(&format!("{} models are what botocore gives", names.len()));
        return Ok(());
    }
    Err(Stop::Drift(format!(
        "{MODELS}: {} differ from what botocore gives; `cargo xtask models` makes them again",
        differing.join(", ")
    )))
}

fn trim(checkout: &Checkout, python: &Python, out: &Path) -> Result<(), Stop> {
    fs::create_dir_all(out).map_err(|source| Stop::file(out, source))?;
    command::run(
        python
            .command()
            .arg(checkout.root().join(MODELS).join("trim.py"))
            .arg(out),
    )
}

fn models_in(folder: &Path) -> Result<Vec<String>, Stop> {
    let entries = fs::read_dir(folder).map_err(|source| Stop::file(folder, source))?;
    Ok(entries
        .filter_map(Result::ok)
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| {
            Path::new(name)
                .extension()
                .is_some_and(|extension| extension == "json")
        })
        .collect())
}
