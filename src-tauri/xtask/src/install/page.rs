//! The page: its packages, as package-lock.json pins them, and its build in ui/dist, which becomes
//! part of the program. Both are left alone while what they are made from has not changed.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::checkout::Checkout;
use crate::command;
use crate::stop::Stop;

/// npm in ui/.
pub(crate) fn npm(checkout: &Checkout, words: &[&str]) -> Command {
    let mut npm = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
    npm.current_dir(checkout.ui()).args(words);
    npm
}

/// Installs the packages that package-lock.json pins, unless exactly these are installed.
pub(crate) fn install(checkout: &Checkout) -> Result<(), Stop> {
    let lock = checkout.ui().join("package-lock.json");
    let wanted = fs::read(&lock).map_err(|source| Stop::file(&lock, source))?;
    // A copy of the lock file from which the folder was installed; npm ci removes it with the folder.
    let installed = checkout.ui().join("node_modules/.pipelink-installed");
    if fs::read(&installed).is_ok_and(|found| found == wanted) {
        return Ok(());
    }
    command::run(&mut npm(checkout, &["ci", "--no-audit", "--no-fund"]))?;
    fs::write(&installed, wanted).map_err(|source| Stop::file(&installed, source))
}

/// Builds the page into ui/dist, unless its sources are those of the last build.
pub(crate) fn build(checkout: &Checkout) -> Result<(), Stop> {
    let built_from = checkout.ui().join("node_modules/.pipelink-built");
    let sources = fingerprint(&checkout.ui())?;
    let up_to_date = checkout.ui().join("dist/index.html").is_file()
        && fs::read_to_string(&built_from).is_ok_and(|found| found == sources);
    if up_to_date {
        return Ok(());
    }
    command::run(&mut npm(checkout, &["run", "build"]))?;
    fs::write(&built_from, sources).map_err(|source| Stop::file(&built_from, source))
}

/// A fingerprint of the names and contents of all sources: times say nothing after a checkout.
fn fingerprint(ui: &Path) -> Result<String, Stop> {
    let mut files = Vec::new();
    collect(ui, &mut files)?;
    files.sort();
    let mut hasher = DefaultHasher::new();
    for file in files {
        file.strip_prefix(ui).unwrap_or(&file).hash(&mut hasher);
        fs::read(&file)
            .map_err(|source| Stop::file(&file, source))?
            .hash(&mut hasher);
    }
    Ok(format!("{:016x}", hasher.finish()))
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), Stop> {
    for entry in fs::read_dir(folder).map_err(|source| Stop::file(folder, source))? {
        let path = entry.map_err(|source| Stop::file(folder, source))?.path();
        let made = path.ends_with("node_modules") || path.ends_with("dist");
        if path.is_dir() && !made {
            collect(&path, files)?;
        } else if path.is_file()
            && path
                .extension()
                .is_none_or(|extension| extension != "tsbuildinfo")
        {
            files.push(path);
        }
    }
    Ok(())
}
