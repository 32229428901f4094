//! The app's own log: one file a day, the last fourteen kept, our own crates only.
//!
//! What is logged are operations, IDs and typed problems; credentials and keys are held in types that do not
//! print (a test reads the logs of a whole job for the secrets it used).

use std::path::Path;

use tracing_appender::non_blocking::WorkerGuard;
use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::EnvFilter;

const KEPT_FILES: usize = 14;

/// Starts logging into `folder`. The guard writes out what is left when it is dropped. `None` when the
/// folder cannot be written: the app works without a log.
pub(crate) fn start(folder: &Path) -> Option<WorkerGuard> {
    let (writer, guard) = tracing_appender::non_blocking(appender(folder)?);
    let filter = EnvFilter::new(
        "off,pipelink=info,pipelink_plan=info,pipelink_aws=info,pipelink_clickhouse=info,pipelink_engine=info,pipelink_sandbox=info",
    );
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(writer)
        .with_ansi(false)
        .try_init()
        .ok()?;
    Some(guard)
}

fn appender(folder: &Path) -> Option<RollingFileAppender> {
    RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .filename_prefix("pipelink")
        .filename_suffix("log")
        .max_log_files(KEPT_FILES)
        .build(folder)
        .ok()
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn old_logs_go_and_the_last_fourteen_stay() {
        let folder = tempfile::tempdir().unwrap();
        for day in 1..=30 {
            let name = format!("pipelink.2026-01-{day:02}.log");
            std::fs::write(folder.path().join(name), "old").unwrap();
        }
        let mut log = appender(folder.path()).unwrap();
        log.write_all(b"new").unwrap();
        let files = std::fs::read_dir(folder.path()).unwrap().count();
        assert!(files <= KEPT_FILES, "{files} files are kept");
    }
}
