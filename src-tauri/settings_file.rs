//! What the app remembers of the admin's taste: theme and last account. Holds no secret.
//!
//! A file that is missing or cannot be read counts as empty: nothing in it is worth refusing to start.

use std::io::Write;
use std::path::Path;

use pipelink_plan::account::AccountRef;
use pipelink_plan::problem::Problem;
use serde::{Deserialize, Serialize};

use crate::commands::settings::Theme;

/// The file's content.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct Settings {
    pub(crate) theme: Theme,
    pub(crate) last_account: Option<AccountRef>,
}

impl Settings {
    pub(crate) fn read(path: &Path) -> Self {
        std::fs::read(path)
            .ok()
            .and_then(|bytes| serde_json::from_slice(&bytes).ok())
            .unwrap_or_default()
    }

    /// Replaces the file whole, so that a crash leaves the old or the new one.
    pub(crate) fn write(&self, path: &Path) -> Result<(), Problem> {
        let unwritable = |e: std::io::Error| Problem::JournalUnwritable {
            path: path.display().to_string(),
            message: e.to_string(),
        };
        let text = serde_json::to_vec_pretty(self).map_err(|e| Problem::Internal {
            message: e.to_string(),
        })?;
        let new = path.with_extension("json.new");
        let mut file = std::fs::File::create(&new).map_err(unwritable)?;
        file.write_all(&text)
            .and_then(|()| file.sync_all())
            .map_err(unwritable)?;
        std::fs::rename(&new, path).map_err(unwritable)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_damaged_file_counts_as_empty_and_is_replaced_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("settings.json");
        std::fs::write(&path, "{not json").unwrap();
        assert_eq!(Settings::read(&path), Settings::default());
        let settings = Settings {
            theme: Theme::Dark,
            last_account: Some(AccountRef::Sandbox),
        };
        settings.write(&path).unwrap();
        assert_eq!(Settings::read(&path), settings);
    }
}
