//! The desktop shell: one window, its commands, and the app behind them.
//!
//! The page is untrusted. It may call what tauri.conf.json's one capability lists, command by command; it
//! gets no secret, and the network is reached from Rust alone.

mod aftercare;
pub mod app;
pub mod commands;
mod connections;
pub mod folders;
mod keys;
mod logs;
mod open_account;
mod sandbox_control;
mod settings_file;
mod wizard;

use std::sync::Arc;

use pipelink_aws::profile::AwsFiles;
use serde::{Deserialize, Serialize};
use tauri::{AppHandle, Manager, Runtime, WebviewWindowBuilder};
use tauri_specta::{Builder, Event, collect_commands, collect_events};

use app::{App, What};
use commands::{accounts, endpoints, runs, sandbox, settings, setup};
use folders::Folders;

/// Told to the page whenever something it shows may have changed: it reads again.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type, Event)]
#[serde(rename_all = "camelCase")]
pub struct Changed {
    /// What to read again.
    pub what: ChangedPart,
}

/// What may have changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum ChangedPart {
    /// Runs or endpoints.
    Journal,
    /// The account in use.
    Account,
}

/// Every command and event, for the window and for the generated bindings.
pub fn interface<R: Runtime>() -> Builder<R> {
    Builder::<R>::new()
        // One type for both directions: nothing here is serialised otherwise than it is read.
        .disable_serde_phases()
        .commands(collect_commands![
            accounts::account_picker,
            accounts::account_regions,
            accounts::select_account,
            accounts::explain,
            commands::connections::endpoint_connections,
            commands::connections::accept_connection,
            commands::connections::reject_connection,
            commands::connections::msk_connections,
            commands::connections::reject_msk_connection,
            endpoints::board,
            endpoints::refresh_board,
            endpoints::wake_service,
            runs::runs,
            runs::run_page,
            runs::continue_run,
            runs::cancel_run,
            runs::undo_run,
            runs::leave_run,
            runs::send_again,
            runs::removal,
            runs::gateway_groups,
            runs::change_gateway_groups,
            sandbox::sandbox_panel,
            sandbox::sandbox_clock,
            sandbox::sandbox_grace,
            sandbox::sandbox_fault,
            sandbox::sandbox_clear_fault,
            sandbox::sandbox_operator,
            sandbox::sandbox_exercise,
            settings::settings,
            settings::test_key,
            settings::save_key,
            settings::forget_key,
            settings::set_theme,
            setup::sources,
            setup::advise,
            setup::network,
            setup::msk_cluster,
            setup::load_balancing,
            setup::validate,
            setup::existing_endpoint,
            setup::checks,
            setup::review,
            setup::prices,
            setup::start_run,
        ])
        .events(collect_events![Changed])
}

/// Opens the window and runs until it is closed.
pub fn run() {
    let interface = interface::<tauri::Wry>();
    let outcome = tauri::Builder::default()
        // First of all: a second instance ends here, before it opens a journal.
        .plugin(tauri_plugin_single_instance::init(
            |app, _arguments, _folder| to_front(app),
        ))
        .plugin(tauri_plugin_clipboard_manager::init())
        .invoke_handler(interface.invoke_handler())
        .setup(move |tauri| {
            interface.mount_events(tauri);
            let folders = Folders::at(tauri.path().app_data_dir()?);
            // Without folders there is no log either: opening an account says so, in the window.
            if folders.make().is_ok()
                && let Some(guard) = logs::start(&folders.logs())
            {
                // Kept for as long as the app: dropping it writes out the log's last lines.
                tauri.manage(guard);
            }
            let app = App::new(
                folders,
                AwsFiles::default(),
                notifier(tauri.handle().clone()),
            );
            let app = Arc::new(app);
            app.reopen_last();
            tauri.manage(app);
            open_window(tauri)
        })
        .run(tauri::generate_context!("tauri.conf.json"));
    if let Err(error) = outcome {
        // There is no window to say it in.
        let _ = std::io::Write::write_fmt(
            &mut std::io::stderr(),
            format_args!("pipelink: the window could not be opened: {error}\n"),
        );
        tracing::error!(%error, "the window could not be opened");
        std::process::exit(1);
    }
}

/// The one window of tauri.conf.json: it goes nowhere but to the app's own page, and its title is the page's.
fn open_window(app: &mut tauri::App) -> Result<(), Box<dyn std::error::Error>> {
    let Some(config) = app.config().app.windows.first().cloned() else {
        return Err("tauri.conf.json names no window".into());
    };
    WebviewWindowBuilder::from_config(app.handle(), &config)?
        .on_navigation(|url| {
            matches!(url.scheme(), "tauri") || url.host_str() == Some("tauri.localhost")
        })
        .on_document_title_changed(|window, title| {
            let _ = window.set_title(&title);
        })
        .build()?;
    Ok(())
}

fn to_front<R: Runtime>(app: &AppHandle<R>) {
    for window in app.webview_windows().values() {
        let _ = window.unminimize();
        let _ = window.show();
        let _ = window.set_focus();
    }
}

fn notifier<R: Runtime>(handle: AppHandle<R>) -> app::Notify {
    Arc::new(move |what| {
        let what = match what {
            What::Journal => ChangedPart::Journal,
            What::Account => ChangedPart::Account,
        };
        // Nobody listens before the page is there: it reads everything then.
        let _ = Changed { what }.emit(&handle);
    })
}
