//! Opening the journal file: looked at before it is touched, then brought to this program's schema.

use std::fs::{self, OpenOptions};
use std::path::Path;
use std::time::Duration;

use pipelink_plan::problem::Problem;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use rusqlite_migration::{M, Migrations};

use super::{Fault, problem};

/// The schema, one entry a version. An entry that was ever released is never edited; a new one is added.
const VERSIONS: &[M<'static>] = &[
    M::up(include_str!("schema_1.sql")),
    M::up(include_str!("schema_2.sql")),
    M::up(include_str!("schema_3.sql")),
    M::up(include_str!("schema_4.sql")),
    M::up(include_str!("schema_5.sql")),
];
const MIGRATIONS: Migrations<'static> = Migrations::from_slice(VERSIONS);

pub(super) fn open(path: &Path) -> Result<Connection, Problem> {
    make_private(path).map_err(|error| Problem::JournalUnwritable {
        path: path.display().to_string(),
        message: error.to_string(),
    })?;
    let sql = |error: rusqlite::Error| problem(path, Fault::Sql(error));
    let mut connection = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )
    .map_err(sql)?;
    connection
        .busy_timeout(Duration::from_secs(5))
        .map_err(sql)?;

    // Until the file is known to be sound and ours, closing it must not even fold the WAL back into it.
    connection
        .set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)
        .map_err(sql)?;
    look(path, &connection)?;
    connection
        .set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)
        .map_err(sql)?;

    connection
        .execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;",
        )
        .map_err(sql)?;
    migrate(path, &mut connection)?;
    Ok(connection)
}

/// Makes the file where it is missing, and readable by its owner only.
fn make_private(path: &Path) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let file = options.open(path)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mut permissions = file.metadata()?.permissions();
        if permissions.mode() & 0o077 != 0 {
            permissions.set_mode(0o600);
            file.set_permissions(permissions)?;
        }
    }
    drop(file);
    Ok(())
}

/// Whether the file is sound and of a version that this program knows. Writes nothing.
fn look(path: &Path, connection: &Connection) -> Result<(), Problem> {
    let sql = |error: rusqlite::Error| problem(path, Fault::Sql(error));
    let verdict: String = connection
        .query_row("PRAGMA quick_check(1)", [], |row| row.get(0))
        .map_err(sql)?;
    if verdict != "ok" {
        return Err(Problem::JournalDamaged {
            path: path.display().to_string(),
            message: verdict,
        });
    }
    let found = version(connection).map_err(sql)?;
    let known = known();
    if found > known {
        return Err(Problem::JournalNewer {
            path: path.display().to_string(),
            found,
            known,
        });
    }
    Ok(())
}

fn migrate(path: &Path, connection: &mut Connection) -> Result<(), Problem> {
    let Err(error) = MIGRATIONS.to_latest(connection) else {
        return Ok(());
    };
    // Another process may have brought it up in the same moment: its work counts as ours.
    match version(connection) {
        Ok(version) if version == known() => Ok(()),
        _ => match error {
            rusqlite_migration::Error::RusqliteError { err, .. } => {
                Err(problem(path, Fault::Sql(err)))
            }
            other => Err(Problem::Internal {
                message: other.to_string(),
            }),
        },
    }
}

fn version(connection: &Connection) -> rusqlite::Result<u32> {
    connection.query_row("PRAGMA user_version", [], |row| row.get(0))
}

fn known() -> u32 {
    u32::try_from(VERSIONS.len()).unwrap_or(u32::MAX)
}
