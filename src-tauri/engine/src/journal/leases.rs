//! Leases: who among several processes of Pipelink has something in hand.
//!
//! A lease runs out by the system's time unless it is renewed. One of a process that is no more is free at
//! once, so that a killed run can be continued without waiting.

use std::sync::LazyLock;
use std::time::Duration;

use pipelink_plan::problem::Problem;
use rusqlite::{Connection, OptionalExtension, Transaction, params};

use super::Fault;
use crate::clock::system_millis;

/// How long a lease lasts without being renewed.
pub(crate) const LASTS: Duration = Duration::from_secs(30);

/// Tells this process from an earlier one that had the same number.
static PROCESS: LazyLock<String> = LazyLock::new(|| uuid::Uuid::new_v4().to_string());
static HOST: LazyLock<String> = LazyLock::new(host);

/// The name under which a sweep is held: one poller at a time.
pub(crate) const SWEEP: &str = "sweep";

/// The name under which a run is held.
pub(crate) fn of_run(run: &str) -> String {
    format!("run:{run}")
}

/// Takes the lease `name` for `holder`.
///
/// # Errors
/// [`Problem::HeldElsewhere`] while somebody else has it.
pub(crate) fn take(transaction: &Transaction<'_>, name: &str, holder: &str) -> Result<(), Fault> {
    if is_live(transaction, name)? {
        return Err(Problem::HeldElsewhere.into());
    }
    transaction.execute(
        "INSERT OR REPLACE INTO leases (name, holder, process, pid, host, expires_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![name, holder, *PROCESS, std::process::id(), *HOST, expiry()],
    )?;
    Ok(())
}

/// Makes sure that `holder` still has the lease, and renews it.
///
/// # Errors
/// [`Problem::HeldElsewhere`] if it was lost in the meantime (a suspended process wakes up).
pub(crate) fn renew(transaction: &Transaction<'_>, name: &str, holder: &str) -> Result<(), Fault> {
    let renewed = transaction.execute(
        "UPDATE leases SET expires_at = ?3 WHERE name = ?1 AND holder = ?2",
        params![name, holder, expiry()],
    )?;
    if renewed == 1 {
        Ok(())
    } else {
        Err(Problem::HeldElsewhere.into())
    }
}

/// Gives the lease up, if `holder` has it.
pub(crate) fn give_up(
    transaction: &Transaction<'_>,
    name: &str,
    holder: &str,
) -> Result<(), Fault> {
    transaction.execute(
        "DELETE FROM leases WHERE name = ?1 AND holder = ?2",
        params![name, holder],
    )?;
    Ok(())
}

/// Whether somebody has the lease.
pub(crate) fn is_live(connection: &Connection, name: &str) -> Result<bool, Fault> {
    let lease = connection
        .query_row(
            "SELECT process, pid, host, expires_at FROM leases WHERE name = ?1",
            [name],
            |row| {
                Ok((
                    row.get::<_, String>(0)?,
                    row.get::<_, u32>(1)?,
                    row.get::<_, String>(2)?,
                    row.get::<_, i64>(3)?,
                ))
            },
        )
        .optional()?;
    Ok(lease.is_some_and(|(process, pid, host, expires_at)| {
        expires_at > system_millis() && (host != *HOST || may_be_alive(&process, pid))
    }))
}

fn expiry() -> i64 {
    system_millis().saturating_add(i64::try_from(LASTS.as_millis()).unwrap_or(i64::MAX))
}

fn may_be_alive(process: &str, pid: u32) -> bool {
    if pid == std::process::id() {
        return process == *PROCESS;
    }
    runs_here(pid)
}

/// Whether a process of that number runs on this computer. Where it cannot be told, the lease's time decides.
#[cfg(unix)]
fn runs_here(pid: u32) -> bool {
    let Some(pid) = i32::try_from(pid)
        .ok()
        .and_then(rustix::process::Pid::from_raw)
    else {
        return false;
    };
    // Any other answer, such as "not permitted", means that it is there.
    rustix::process::test_kill_process(pid) != Err(rustix::io::Errno::SRCH)
}

#[cfg(not(unix))]
fn runs_here(_pid: u32) -> bool {
    true
}

#[cfg(unix)]
fn host() -> String {
    rustix::system::uname()
        .nodename()
        .to_string_lossy()
        .into_owned()
}

#[cfg(not(unix))]
fn host() -> String {
    std::env::var("COMPUTERNAME").unwrap_or_default()
}
