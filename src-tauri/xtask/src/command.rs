//! Starting other programs: what is run is said first, and a failure names the command.

use std::ffi::OsStr;
use std::process::{Command, Stdio};

use crate::stop::Stop;
use crate::terminal::say;

/// Runs `command` to its end, after saying what is run. It gets no stdin, for nothing may ask, and
/// not our stdout, which is for the answer alone.
pub(crate) fn run(command: &mut Command) -> Result<(), Stop> {
    let shown = shown(command);
    say(&format!("$ {shown}"));
    let status = command
        .stdin(Stdio::null())
        .stdout(std::io::stderr())
        .status()
        .map_err(|source| Stop::NotStarted {
            command: shown.clone(),
            source,
        })?;
    if status.success() {
        Ok(())
    } else {
        Err(Stop::Failed {
            command: shown,
            code: status.code(),
        })
    }
}

/// Runs `command` silently; true if it ended well.
pub(crate) fn succeeds(command: &mut Command) -> bool {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// Runs `command` silently and gives what it printed, if it ended well.
pub(crate) fn printed(command: &mut Command) -> Option<String> {
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Turns this process into `command`, so that signals and the exit code are the program's own.
pub(crate) fn become_program(command: &mut Command) -> Result<(), Stop> {
    let shown = shown(command);
    #[cfg(unix)]
    {
        use std::os::unix::process::CommandExt;
        Err(Stop::NotStarted {
            command: shown,
            source: command.exec(),
        })
    }
    #[cfg(not(unix))]
    {
        let status = command.status().map_err(|source| Stop::NotStarted {
            command: shown.clone(),
            source,
        })?;
        if status.success() {
            Ok(())
        } else {
            Err(Stop::Failed {
                command: shown,
                code: status.code(),
            })
        }
    }
}

/// Whether a program of this name is on the path.
pub(crate) fn on_path(program: &str) -> bool {
    let Some(path) = std::env::var_os("PATH") else {
        return false;
    };
    let file = format!("{program}{}", std::env::consts::EXE_SUFFIX);
    std::env::split_paths(&path).any(|folder| folder.join(&file).is_file())
}

fn shown(command: &Command) -> String {
    let words: Vec<_> = std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(OsStr::to_string_lossy)
        .collect();
    words.join(" ")
}
