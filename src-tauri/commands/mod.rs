//! What the page may ask for: one file per page. A command parses, makes one call and maps the error.

pub mod accounts;
pub mod connections;
pub mod endpoints;
pub mod runs;
pub mod sandbox;
pub mod settings;
pub mod setup;

use std::sync::Arc;

use crate::app::App;

/// The state that every command is handed.
pub(crate) type AppState<'a> = tauri::State<'a, Arc<App>>;
