//! A home folder for one or more sessions: nothing of the developer's is in it.

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

/// A fresh home; a second window opened in it finds what the first one left.
pub struct Home {
    folder: TempDir,
}

impl Home {
    pub fn new() -> Self {
        let folder = tempfile::Builder::new()
            .prefix("pipelink-window-")
            .tempdir()
            .expect("a temporary folder");
        for part in ["config", "data", "cache", "state", "runtime"] {
            fs::create_dir(folder.path().join(part)).expect("a folder in it");
        }
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let private = fs::Permissions::from_mode(0o700);
            fs::set_permissions(folder.path().join("runtime"), private).expect("a private folder");
        }
        let home = Self { folder };
        // As somebody who wants less motion: pictures and checks do not meet a page half faded in.
        home.write(
            "config/gtk-3.0/settings.ini",
            "[Settings]\ngtk-enable-animations=0\n",
        );
        home
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a file such as `.aws/config`, with the folders above it.
    pub fn write(&self, name: &str, text: &str) {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("its folders");
        fs::write(path, text).expect("the file");
    }

    pub(super) fn apply(&self, command: &mut Command) {
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("AWS_") {
                command.env_remove(&name);
            }
        }
        command
            .env("HOME", self.path())
            .env("XDG_CONFIG_HOME", self.path().join("config"))
            .env("XDG_DATA_HOME", self.path().join("data"))
            .env("XDG_CACHE_HOME", self.path().join("cache"))
            .env("XDG_STATE_HOME", self.path().join("state"))
            .env("XDG_RUNTIME_DIR", self.path().join("runtime"))
            .env("AWS_EC2_METADATA_DISABLED", "true");
    }
}
