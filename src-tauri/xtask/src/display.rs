//! The display that window tests and the tour draw on: Xvfb, on a number that is free.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use crate::stop::Stop;

/// Larger than any window that is asked for: pictures of whole pages are tall.
const SCREEN: &str = "2560x4000x24";

/// A running Xvfb; stopped when dropped.
pub(crate) struct Display {
    server: Child,
    number: String,
}

impl Display {
    pub(crate) fn start() -> Result<Self, Stop> {
        let mut server = Command::new("Xvfb")
            // Xvfb picks a free number itself and writes it to this descriptor once it is ready.
            .args([
                "-displayfd",
                "1",
                "-screen",
                "0",
                SCREEN,
                "-nolisten",
                "tcp",
                "-noreset",
            ])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|source| Stop::NotStarted {
                command: "Xvfb".to_owned(),
                source,
            })?;
        let mut number = String::new();
        if let Some(stdout) = server.stdout.take() {
            let _ = BufReader::new(stdout).read_line(&mut number);
        }
        let display = Self {
            server,
            number: format!(":{}", number.trim()),
        };
        if number.trim().is_empty() {
            return Err(Stop::NotReady {
                what: "Xvfb",
                why: "it named no display".to_owned(),
            });
        }
        Ok(display)
    }

    /// Lets `command` draw here, and nowhere else.
    pub(crate) fn apply(&self, command: &mut Command) {
        command
            .env("DISPLAY", &self.number)
            .env_remove("WAYLAND_DISPLAY")
            .env("GDK_BACKEND", "x11");
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// Whether this session has a display to open a window on.
pub(crate) fn present() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || set("DISPLAY") || set("WAYLAND_DISPLAY")
}
