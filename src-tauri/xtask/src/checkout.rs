//! Where things are: this checkout, and the folder that cargo builds into.

use std::path::{Path, PathBuf};

use crate::stop::Stop;

/// The checkout that xtask works on.
pub(crate) struct Checkout {
    root: PathBuf,
    target: PathBuf,
}

impl Checkout {
    pub(crate) fn find() -> Result<Self, Stop> {
        // cargo tells a program that it runs where its package is. What was compiled in is only the
        // second choice: several clones may share one target folder.
        let package = std::env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = package
            .ancestors()
            .find(|folder| folder.join("tauri.conf.json").is_file())
            .ok_or_else(|| {
                Stop::Usage(format!(
                    "{} is in no checkout of Pipelink",
                    package.display()
                ))
            })?
            .to_owned();
        // xtask itself is <target>/<profile>/xtask: whatever chose the folder, this is it.
        let own = std::env::current_exe().map_err(|source| Stop::NotStarted {
            command: "xtask".to_owned(),
            source,
        })?;
        let target = own
            .ancestors()
            .nth(2)
            .map_or_else(|| root.join("target"), Path::to_owned);
        Ok(Self { root, target })
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// The page's project.
    pub(crate) fn ui(&self) -> PathBuf {
        self.root.join("ui")
    }

    /// The tour's pictures: always in the checkout, wherever cargo builds.
    pub(crate) fn tour(&self) -> PathBuf {
        self.root.join("target/tour")
    }

    /// The folder that cargo builds into: `CARGO_TARGET_DIR`, or what its configuration says.
    pub(crate) fn target(&self) -> &Path {
        &self.target
    }

    /// A program that cargo has built.
    pub(crate) fn built(&self, profile: &str, program: &str) -> PathBuf {
        self.target
            .join(profile)
            .join(format!("{program}{}", std::env::consts::EXE_SUFFIX))
    }
}
