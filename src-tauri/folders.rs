//! Where the app keeps its files: journals, the sandbox's world, settings and logs.
//!
//! ```text
//! <data>/journal.sqlite            runs and observations of real accounts
//! <data>/sandbox/world.json        the simulated world, and beside it its own journal:
//! <data>/sandbox/journal.sqlite    runs never mix with those of real accounts
//! <data>/settings.json             theme and last account
//! <data>/logs/                     rotated daily
//! ```

use std::path::{Path, PathBuf};

use pipelink_plan::problem::Problem;

/// The app's folders.
#[derive(Debug, Clone)]
pub struct Folders {
    data: PathBuf,
}

impl Folders {
    /// The folders below `data`; makes none.
    pub fn at(data: PathBuf) -> Self {
        Self { data }
    }

    /// Makes the folders that are missing, readable by their owner alone.
    pub fn make(&self) -> Result<(), Problem> {
        for folder in [self.data(), &self.sandbox(), &self.logs()] {
            private_folder(folder).map_err(|e| Problem::JournalUnwritable {
                path: folder.display().to_string(),
                message: e.to_string(),
            })?;
        }
        Ok(())
    }

    /// The root of them all.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// Everything of the sandbox.
    pub fn sandbox(&self) -> PathBuf {
        self.data.join("sandbox")
    }

    /// The simulated world.
    pub fn world(&self) -> PathBuf {
        self.sandbox().join("world.json")
    }

    /// The journal of real accounts.
    pub fn journal(&self) -> PathBuf {
        self.data.join("journal.sqlite")
    }

    /// The journal of the sandbox.
    pub fn sandbox_journal(&self) -> PathBuf {
        self.sandbox().join("journal.sqlite")
    }

    /// Theme and last account.
    pub fn settings(&self) -> PathBuf {
        self.data.join("settings.json")
    }

    /// The rotated logs.
    pub fn logs(&self) -> PathBuf {
        self.data.join("logs")
    }
}

fn private_folder(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}
