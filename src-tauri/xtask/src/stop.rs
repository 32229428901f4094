//! Why a command stops, and with which exit code.

use std::fmt;
use std::path::{Path, PathBuf};

/// Why a command of xtask stops early.
#[derive(Debug)]
pub(crate) enum Stop {
    /// The command line is wrong; nothing was started.
    Usage(String),
    /// Something must be installed that xtask may not or cannot install; the text says what and how.
    Install(String),
    /// A program that xtask started ended with a failure.
    Failed { command: String, code: Option<i32> },
    /// A program could not be started at all.
    NotStarted {
        command: String,
        source: std::io::Error,
    },
    /// Something that xtask started in the background never became ready.
    NotReady { what: &'static str, why: String },
    /// A file or folder could not be read or written.
    File {
        path: PathBuf,
        source: std::io::Error,
    },
    /// What is in the checkout is not what it is made from.
    Drift(String),
    /// Steps of the test run that failed.
    Tests { failed: Vec<&'static str> },
}

impl Stop {
    pub(crate) fn file(path: &Path, source: std::io::Error) -> Self {
        Self::File {
            path: path.to_owned(),
            source,
        }
    }

    pub(crate) fn exit_code(&self) -> u8 {
        match self {
            Self::Usage(_) => 2,
            Self::Install(_) => 3,
            _ => 1,
        }
    }
}

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage(text) | Self::Install(text) | Self::Drift(text) => f.write_str(text),
            Self::Failed {
                command,
                code: Some(code),
            } => {
                write!(f, "`{command}` failed with exit code {code}")
            }
            Self::Failed {
                command,
                code: None,
            } => write!(f, "`{command}` was stopped by a signal"),
            Self::NotStarted { command, source } => {
                write!(f, "`{command}` could not be started: {source}")
            }
            Self::NotReady { what, why } => write!(f, "{what} did not become ready: {why}"),
            Self::File { path, source } => write!(f, "{}: {source}", path.display()),
            Self::Tests { failed } => write!(f, "failed: {}", failed.join(", ")),
        }
    }
}
