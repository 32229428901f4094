//! A Python of the project's own with the pinned botocore and boto3: the official models, and a
//! client that this project did not write.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::checkout::Checkout;
use crate::command;
use crate::stop::Stop;

/// The project's Python, in the target folder.
pub(crate) struct Python {
    program: PathBuf,
}

impl Python {
    /// Makes the environment if it is not there, does not work, or has other versions.
    pub(crate) fn install(checkout: &Checkout) -> Result<Self, Stop> {
        let requirements = checkout.root().join("tests/python/requirements.txt");
        let wanted = fs::read(&requirements).map_err(|source| Stop::file(&requirements, source))?;
        let folder = checkout.target().join("pyvenv");
        let python = Self {
            program: folder.join(if cfg!(windows) {
                "Scripts/python.exe"
            } else {
                "bin/python"
            }),
        };
        let installed = folder.join("installed-requirements.txt");
        let current = fs::read(&installed).is_ok_and(|found| found == wanted)
            && command::succeeds(python.command().args(["-c", "import boto3"]));
        if current {
            return Ok(python);
        }
        let system = if cfg!(windows) { "python" } else { "python3" };
        command::run(
            Command::new(system)
                .args(["-m", "venv", "--clear"])
                .arg(&folder),
        )?;
        let pip = [
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--require-hashes",
            "--requirement",
        ];
        command::run(python.command().args(pip).arg(&requirements))?;
        fs::write(&installed, wanted).map_err(|source| Stop::file(&installed, source))?;
        Ok(python)
    }

    pub(crate) fn program(&self) -> &Path {
        &self.program
    }

    pub(crate) fn command(&self) -> Command {
        Command::new(&self.program)
    }
}
