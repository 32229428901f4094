//! What xtask says. Progress and complaints go to stderr, so that stdout stays what was asked for:
//! help, the list of pictures, the sandbox's one JSON line.

use std::io::Write;

/// Says one line on stderr. A closed terminal is no reason to stop.
pub(crate) fn say(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// Prints an answer on stdout.
pub(crate) fn print(text: &str) {
    let _ = write!(std::io::stdout(), "{text}");
}
