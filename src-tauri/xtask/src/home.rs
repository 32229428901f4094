//! A fresh home for tests: no test sees the developer's AWS profiles, keyring or settings.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::stop::Stop;

/// A temporary home folder; removed when dropped.
pub(crate) struct Home {
    folder: PathBuf,
}

impl Home {
    pub(crate) fn make() -> Result<Self, Stop> {
        // In the system's temporary folder, for its short path: a socket's path has 108 characters.
        let folder = std::env::temp_dir().join(format!("pipelink-home-{}", std::process::id()));
        for part in ["", "config", "data", "cache", "state", "runtime"] {
            let path = folder.join(part);
            fs::create_dir_all(&path).map_err(|source| Stop::file(&path, source))?;
            private(&path)?;
        }
        Ok(Self { folder })
    }

    pub(crate) fn path(&self) -> &Path {
        &self.folder
    }

    /// Lets `command` see this home and nothing of the developer's.
    pub(crate) fn apply(&self, command: &mut Command) {
        // rustup and cargo live in the real home unless told otherwise.
        if let Some(home) = std::env::home_dir() {
            for (name, folder) in [("CARGO_HOME", ".cargo"), ("RUSTUP_HOME", ".rustup")] {
                if std::env::var_os(name).is_none() {
                    command.env(name, home.join(folder));
                }
            }
        }
        for (name, _) in std::env::vars_os() {
            let text = name.to_string_lossy();
            if text.starts_with("AWS_") || text.starts_with("CLICKHOUSE_") {
                command.env_remove(&name);
            }
        }
        command
            .env("HOME", &self.folder)
            .env("USERPROFILE", &self.folder)
            .env("XDG_CONFIG_HOME", self.folder.join("config"))
            .env("XDG_DATA_HOME", self.folder.join("data"))
            .env("XDG_CACHE_HOME", self.folder.join("cache"))
            .env("XDG_STATE_HOME", self.folder.join("state"))
            .env("XDG_RUNTIME_DIR", self.folder.join("runtime"))
            // A machine in EC2 would otherwise offer its own role.
            .env("AWS_EC2_METADATA_DISABLED", "true");
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// The runtime folder must be its owner's alone, or D-Bus and the keyring refuse it.
#[cfg(unix)]
fn private(folder: &Path) -> Result<(), Stop> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o700))
        .map_err(|source| Stop::file(folder, source))
}

#[cfg(not(unix))]
fn private(_folder: &Path) -> Result<(), Stop> {
    Ok(())
}
