//! The journal: one SQLite file that holds every run, lease and observation.
//!
//! Owns the file, its one connection and the thread that alone uses it, and what a failing file means.
//! What is asked of it is in the files beside this one: [`runs`], [`leases`], [`observations`]. A write has
//! reached the disk when it answers (WAL with `synchronous=FULL`): the engine calls AWS or ClickHouse only
//! after that.

pub(crate) mod leases;
pub(crate) mod observations;
mod open;
pub(crate) mod runs;

use std::path::{Path, PathBuf};
use std::sync::{Arc, mpsc};

use pipelink_plan::problem::Problem;
use rusqlite::{Connection, ErrorCode, Transaction, TransactionBehavior};
use tokio::sync::oneshot;

/// An open journal; clones share its connection. The file is closed when the last one goes.
#[derive(Debug, Clone)]
pub struct Journal {
    path: Arc<PathBuf>,
    jobs: mpsc::Sender<Job>,
}

type Job = Box<dyn FnOnce(&mut Connection) + Send>;

/// Why a piece of work on the journal failed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Fault {
    /// SQLite refused.
    #[error(transparent)]
    Sql(#[from] rusqlite::Error),
    /// A stored value is not what this program writes.
    #[error(transparent)]
    Stored(#[from] serde_json::Error),
    /// A stored time is none.
    #[error(transparent)]
    Time(#[from] jiff::Error),
    /// Nothing is wrong with the file: the work itself came to a problem.
    #[error(transparent)]
    Told(#[from] Problem),
}

impl Journal {
    /// Opens the journal at `path`, making it and its folder where they are missing.
    ///
    /// # Errors
    /// [`Problem::JournalDamaged`] and [`Problem::JournalNewer`], both with the file left as it was, and
    /// [`Problem::JournalUnwritable`].
    pub fn open(path: &Path) -> Result<Self, Problem> {
        let mut connection = open::open(path)?;
        let (jobs, queue) = mpsc::channel::<Job>();
        std::thread::Builder::new()
            .name("journal".to_owned())
            .spawn(move || {
                for job in queue {
                    job(&mut connection);
                }
            })
            .map_err(|error| Problem::Internal {
                message: error.to_string(),
            })?;
        Ok(Self {
            path: Arc::new(path.to_owned()),
            jobs,
        })
    }

    /// Does `work` in one transaction; what it wrote is on the disk when this answers.
    pub(crate) async fn write<T, F>(&self, work: F) -> Result<T, Problem>
    where
        T: Send + 'static,
        F: FnOnce(&Transaction<'_>) -> Result<T, Fault> + Send + 'static,
    {
        let path = Arc::clone(&self.path);
        let (answer, answered) = oneshot::channel();
        let job: Job = Box::new(move |connection| {
            let result = in_transaction(connection, work).map_err(|fault| problem(&path, fault));
            // Nobody waits any more if the asking task was dropped; what was written stays written.
            let _ = answer.send(result);
        });
        let _ = self.jobs.send(job);
        answered.await.unwrap_or_else(|_| Err(gone()))
    }

    /// The same from where nothing can be awaited: hands the work over and does not wait for it.
    pub(crate) fn write_later<F>(&self, work: F)
    where
        F: FnOnce(&Transaction<'_>) -> Result<(), Fault> + Send + 'static,
    {
        let job: Job = Box::new(move |connection| {
            if let Err(fault) = in_transaction(connection, work) {
                tracing::warn!(%fault, "the journal could not be written");
            }
        });
        let _ = self.jobs.send(job);
    }

    /// The same before there is anything to await with.
    pub(crate) fn write_now<T, F>(&self, work: F) -> Result<T, Problem>
    where
        T: Send + 'static,
        F: FnOnce(&Transaction<'_>) -> Result<T, Fault> + Send + 'static,
    {
        let path = Arc::clone(&self.path);
        let (answer, answered) = mpsc::channel();
        let job: Job = Box::new(move |connection| {
            let result = in_transaction(connection, work).map_err(|fault| problem(&path, fault));
            let _ = answer.send(result);
        });
        let _ = self.jobs.send(job);
        answered.recv().unwrap_or_else(|_| Err(gone()))
    }

    /// Reads, from one state of the file.
    pub(crate) async fn read<T, F>(&self, work: F) -> Result<T, Problem>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, Fault> + Send + 'static,
    {
        let path = Arc::clone(&self.path);
        let (answer, answered) = oneshot::channel();
        let job: Job = Box::new(move |connection| {
            let result = connection
                .transaction_with_behavior(TransactionBehavior::Deferred)
                .map_err(Fault::from)
                .and_then(|transaction| work(&transaction))
                .map_err(|fault| problem(&path, fault));
            let _ = answer.send(result);
        });
        let _ = self.jobs.send(job);
        answered.await.unwrap_or_else(|_| Err(gone()))
    }
}

fn in_transaction<T>(
    connection: &mut Connection,
    work: impl FnOnce(&Transaction<'_>) -> Result<T, Fault>,
) -> Result<T, Fault> {
    // What a write costs is measured by this span: see the example `journal-cost`.
    let _write = tracing::debug_span!("journal_write").entered();
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let value = work(&transaction)?;
    transaction.commit()?;
    Ok(value)
}

fn gone() -> Problem {
    Problem::Internal {
        message: "the journal's thread has ended".to_owned(),
    }
}

/// What a failure means to the admin.
fn problem(path: &Path, fault: Fault) -> Problem {
    let path = path.display().to_string();
    let message = fault.to_string();
    match fault {
        Fault::Told(problem) => problem,
        Fault::Stored(_) | Fault::Time(_) => Problem::JournalDamaged { path, message },
        Fault::Sql(error) => match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                Problem::JournalDamaged { path, message }
            }
            Some(
                ErrorCode::DiskFull
                | ErrorCode::ReadOnly
                | ErrorCode::CannotOpen
                | ErrorCode::PermissionDenied
                | ErrorCode::SystemIoFailure
                | ErrorCode::DatabaseBusy
                | ErrorCode::DatabaseLocked
                | ErrorCode::FileLockingProtocolFailed
                | ErrorCode::NoLargeFileSupport
                | ErrorCode::TooBig,
            ) => Problem::JournalUnwritable { path, message },
            _ => Problem::Internal { message },
        },
    }
}
