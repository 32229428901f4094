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

/// The name under which an account's sweep is held: one poller at a time for each account's key.
pub(crate) fn of_sweep(account_id: &str) -> String {
    format!("sweep:{account_id}")
}

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
    Ok(find(connection, name)?.is_some_and(|lease| lease.is_live()))
}

/// Whether somebody had the lease and ended without giving it up.
pub(crate) fn is_abandoned(connection: &Connection, name: &str) -> Result<bool, Fault> {
    Ok(find(connection, name)?.is_some_and(|lease| !lease.is_live()))
}

struct Row {
    process: String,
    pid: u32,
    host: String,
    expires_at: i64,
}

impl Row {
    fn is_live(&self) -> bool {
        self.expires_at > system_millis()
            && (self.host != *HOST || may_be_alive(&self.process, self.pid))
    }
}

fn find(connection: &Connection, name: &str) -> Result<Option<Row>, Fault> {
    let lease = connection
        .query_row(
            "SELECT process, pid, host, expires_at FROM leases WHERE name = ?1",
            [name],
            |row| {
                Ok(Row {
                    process: row.get(0)?,
                    pid: row.get(1)?,
                    host: row.get(2)?,
                    expires_at: row.get(3)?,
                })
            },
        )
        .optional()?;
    Ok(lease)
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
    rustix::process::test_kill_process(pid) != Err(rustix::io::Errno::SRCH) && !has_ended(pid)
}

/// Whether a process has ended and only waits for its parent to be told of it: it works on nothing any more.
#[cfg(target_os = "linux")]
fn has_ended(pid: rustix::process::Pid) -> bool {
    std::fs::read_to_string(format!("/proc/{}/stat", pid.as_raw_nonzero()))
        .is_ok_and(|stat| after_name(&stat).starts_with('Z'))
}

/// The state and what follows: the name before it stands in brackets and may hold any character.
#[cfg(target_os = "linux")]
fn after_name(stat: &str) -> &str {
    stat.rsplit_once(") ").map_or("", |(_, rest)| rest)
}

#[cfg(all(unix, not(target_os = "linux")))]
fn has_ended(_pid: rustix::process::Pid) -> bool {
    false
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

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use crate::journal::Journal;

    #[cfg(target_os = "linux")]
    #[test]
    fn a_process_that_ended_unnoticed_by_its_parent_does_not_run() {
        let mut child = std::process::Command::new("sleep")
            .arg("60")
            .spawn()
            .unwrap();
        assert!(runs_here(child.id()));
        // Killed, and not waited for: its number stays taken.
        child.kill().unwrap();
        let ended = (0..200).any(|_| {
            std::thread::sleep(std::time::Duration::from_millis(10));
            !runs_here(child.id())
        });
        assert!(ended);
        child.wait().unwrap();
    }

    const NAME: &str = "run:one";

    fn journal() -> (tempfile::TempDir, Journal) {
        let folder = tempfile::tempdir().unwrap();
        let journal = Journal::open(&folder.path().join("journal.sqlite")).unwrap();
        (folder, journal)
    }

    fn attempt(journal: &Journal, holder: &'static str) -> Result<(), Problem> {
        journal.write_now(move |transaction| take(transaction, NAME, holder))
    }

    fn set(journal: &Journal, what: &'static str) {
        journal
            .write_now(move |transaction| {
                transaction.execute(&format!("UPDATE leases SET {what}"), [])?;
                Ok(())
            })
            .unwrap();
    }

    #[test]
    fn one_at_a_time() {
        let (_folder, journal) = journal();
        assert_eq!(attempt(&journal, "a"), Ok(()));
        assert_eq!(attempt(&journal, "b"), Err(Problem::HeldElsewhere));
        let given = journal.write_now(|transaction| give_up(transaction, NAME, "b"));
        assert_eq!(given, Ok(()), "which is not b's to give up");
        assert_eq!(attempt(&journal, "b"), Err(Problem::HeldElsewhere));
        let given = journal.write_now(|transaction| give_up(transaction, NAME, "a"));
        assert_eq!(given, Ok(()));
        assert_eq!(attempt(&journal, "b"), Ok(()));
    }

    #[test]
    fn one_that_ran_out_is_free_and_its_holder_finds_out() {
        let (_folder, journal) = journal();
        attempt(&journal, "a").unwrap();
        set(&journal, "expires_at = 0");
        // Still a's as long as nobody else took it.
        let renewed = journal.write_now(|transaction| renew(transaction, NAME, "a"));
        assert_eq!(renewed, Ok(()));
        assert_eq!(attempt(&journal, "b"), Err(Problem::HeldElsewhere));
        set(&journal, "expires_at = 0");
        assert_eq!(attempt(&journal, "b"), Ok(()));
        let renewed = journal.write_now(|transaction| renew(transaction, NAME, "a"));
        assert_eq!(renewed, Err(Problem::HeldElsewhere));
    }

    #[test]
    fn one_of_a_process_that_is_no_more_is_free_at_once() {
        let (_folder, journal) = journal();
        attempt(&journal, "a").unwrap();
        // This number again, but an earlier process had it.
        set(&journal, "process = 'earlier'");
        assert_eq!(attempt(&journal, "b"), Ok(()));
        // No process has this number: it is over the largest there is.
        #[cfg(unix)]
        {
            set(&journal, "process = 'other', pid = 2147483647");
            assert_eq!(attempt(&journal, "c"), Ok(()));
        }
    }

    #[test]
    fn one_of_another_computer_lasts_until_it_runs_out() {
        let (_folder, journal) = journal();
        attempt(&journal, "a").unwrap();
        set(
            &journal,
            "host = 'another', process = 'other', pid = 2147483647",
        );
        assert_eq!(attempt(&journal, "b"), Err(Problem::HeldElsewhere));
        set(&journal, "expires_at = 0");
        assert_eq!(attempt(&journal, "b"), Ok(()));
    }
}
