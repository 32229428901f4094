//! Keeps a world in a file: one owner at a time (a lock beside it), written to a temporary file and
//! moved into place, so that a kill leaves the old or the new world and nothing between.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::{VERSION, World, scenario};

/// Why a world's file cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WorldError {
    /// Another process runs it.
    #[error("another sandbox runs this world")]
    InUse,
    /// The file system refused.
    #[error("{action} failed")]
    Io {
        /// What was tried.
        action: &'static str,
        /// The system's error.
        #[source]
        source: io::Error,
    },
    /// The file is not a world; it is left as it is.
    #[error("the file is not a sandbox world")]
    Corrupt {
        /// Where reading stopped.
        #[source]
        source: serde_json::Error,
    },
    /// The file was written by another version of the sandbox; it is left as it is.
    #[error("the world has format {found}, this sandbox reads {known}")]
    Version {
        /// The file's format.
        found: u64,
        /// The format that this sandbox reads and writes.
        known: u32,
    },
    /// The file holds another scenario than the one asked for.
    #[error("the world began as scenario {found}, not {asked}")]
    OtherScenario {
        /// The file's scenario.
        found: String,
        /// The one asked for.
        asked: String,
    },
}

/// Whether a save waits for the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Durability {
    /// Before an answer that promises something.
    Synced,
    /// For the clock's mark: worth keeping, not worth waiting for.
    Lazy,
}

/// A world's file, owned while this lives.
#[derive(Debug)]
pub(crate) struct Store {
    path: PathBuf,
    _lock: File,
}

impl Store {
    /// Takes the lock and reads the world if the file is there.
    pub(crate) fn open(path: &Path) -> Result<(Self, Option<World>), WorldError> {
        if let Some(parent) = path
            .parent()
            .filter(|parent| !parent.as_os_str().is_empty())
        {
            std::fs::create_dir_all(parent).map_err(io_error("creating the folder"))?;
        }
        let lock = lock(path)?;
        let store = Self {
            path: path.to_owned(),
            _lock: lock,
        };
        let bytes = match std::fs::read(path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok((store, None)),
            Err(error) => return Err(io_error("reading")(error)),
        };
        let mut value: serde_json::Value =
            serde_json::from_slice(&bytes).map_err(|source| WorldError::Corrupt { source })?;
        if let Some(found) = value.get("version").and_then(serde_json::Value::as_u64)
            && found != u64::from(VERSION)
        {
            return Err(WorldError::Version {
                found,
                known: VERSION,
            });
        }
        scenario::complete(&mut value);
        let world =
            serde_json::from_value(value).map_err(|source| WorldError::Corrupt { source })?;
        Ok((store, Some(world)))
    }

    pub(crate) fn save(&self, world: &World, durability: Durability) -> Result<(), WorldError> {
        let bytes = serde_json::to_vec(world).map_err(|source| WorldError::Corrupt { source })?;
        replace(&self.path, &bytes, durability).map_err(io_error("saving"))
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }
}

/// Whether some process holds the world.
pub(crate) fn is_held(path: &Path) -> bool {
    // Opening without creating: a world that never ran has no lock.
    let Ok(file) = OpenOptions::new().write(true).open(beside(path, "lock")) else {
        return false;
    };
    matches!(file.try_lock(), Err(TryLockError::WouldBlock))
}

/// The file `name` beside the world: `<world>.<name>`.
pub(crate) fn beside(path: &Path, name: &str) -> PathBuf {
    let mut full = path.as_os_str().to_owned();
    full.push(".");
    full.push(name);
    PathBuf::from(full)
}

/// Writes a file that only the user can read, whole or not at all.
pub(crate) fn replace(path: &Path, bytes: &[u8], durability: Durability) -> io::Result<()> {
    let temporary = beside(path, "new");
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&temporary)?;
    file.write_all(bytes)?;
    if durability == Durability::Synced {
        file.sync_all()?;
    }
    drop(file);
    std::fs::rename(&temporary, path)?;
    #[cfg(unix)]
    if durability == Durability::Synced
        && let Some(parent) = path.parent()
    {
        let folder = if parent.as_os_str().is_empty() {
            Path::new(".")
        } else {
            parent
        };
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

fn lock(path: &Path) -> Result<File, WorldError> {
    let file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(false)
        .open(beside(path, "lock"))
        .map_err(io_error("opening the lock"))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(WorldError::InUse),
        Err(TryLockError::Error(source)) => Err(io_error("locking")(source)),
    }
}

fn io_error(action: &'static str) -> impl FnOnce(io::Error) -> WorldError {
    move |source| WorldError::Io { action, source }
}
