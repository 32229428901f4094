//! Holding a lease: taken, renewed in the background, and given up when this goes, however that happens.

use pipelink_plan::problem::Problem;
use rusqlite::Transaction;
use tokio_util::task::AbortOnDropHandle;

use crate::clock::sleep_in_system_time;
use crate::journal::{Fault, Journal, leases};

/// A lease that this process holds.
pub(crate) struct Lease {
    journal: Journal,
    word: Word,
    given_up: bool,
    /// From when it is known to be ours.
    renewing: Option<AbortOnDropHandle<()>>,
}

/// What a transaction needs to know whether a lease still holds.
#[derive(Clone)]
pub(crate) struct Word {
    name: String,
    holder: String,
}

impl Word {
    /// Renews the lease, or ends the transaction with [`Problem::HeldElsewhere`].
    pub(crate) fn keep(&self, transaction: &Transaction<'_>) -> Result<(), Fault> {
        leases::renew(transaction, &self.name, &self.holder)
    }
}

impl Lease {
    /// Takes the lease of that name.
    ///
    /// # Errors
    /// [`Problem::HeldElsewhere`] while somebody else has it, another task of this process included.
    pub(crate) async fn take(journal: &Journal, name: String) -> Result<Self, Problem> {
        let word = Word {
            name,
            holder: uuid::Uuid::new_v4().to_string(),
        };
        // Before the write is asked for: whoever stops waiting for its answer gives up what it may have taken.
        let mut lease = Self {
            journal: journal.clone(),
            word: word.clone(),
            given_up: false,
            renewing: None,
        };
        let wanted = word.clone();
        let taken = journal
            .write(move |transaction| leases::take(transaction, &wanted.name, &wanted.holder))
            .await;
        if let Err(problem) = taken {
            lease.given_up = true;
            return Err(problem);
        }
        let renewing = tokio::spawn(renew(journal.clone(), word));
        lease.renewing = Some(AbortOnDropHandle::new(renewing));
        Ok(lease)
    }

    pub(crate) fn word(&self) -> Word {
        self.word.clone()
    }

    pub(crate) fn is_given_up(&self) -> bool {
        self.given_up
    }

    pub(crate) async fn give_up(&mut self) -> Result<(), Problem> {
        drop(self.renewing.take());
        let word = self.word();
        self.journal
            .write(move |transaction| leases::give_up(transaction, &word.name, &word.holder))
            .await?;
        self.given_up = true;
        Ok(())
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        if !self.given_up {
            let word = self.word();
            self.journal.write_later(move |transaction| {
                leases::give_up(transaction, &word.name, &word.holder)
            });
        }
    }
}

async fn renew(journal: Journal, word: Word) {
    loop {
        sleep_in_system_time(leases::LASTS / 3).await;
        let word = word.clone();
        match journal
            .write(move |transaction| word.keep(transaction))
            .await
        {
            Ok(()) => {}
            // The holder's next write finds the same, and stops it.
            Err(Problem::HeldElsewhere) => return,
            Err(problem) => tracing::warn!(%problem, "a lease could not be renewed"),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_lease_is_free_again_when_nobody_waited_for_it_to_be_taken() {
        let folder = tempfile::tempdir().unwrap();
        let journal = Journal::open(&folder.path().join("journal.sqlite")).unwrap();
        let take = || Lease::take(&journal, "run:one".to_owned());
        {
            // Asked for once, and not waited for: the journal's thread takes it all the same.
            let mut taking = std::pin::pin!(take());
            tokio::select! {
                biased;
                _ = &mut taking => {}
                () = std::future::ready(()) => {}
            }
        }
        let mut lease = take().await.unwrap();
        assert_eq!(take().await.err(), Some(Problem::HeldElsewhere));
        lease.give_up().await.unwrap();
        assert!(take().await.is_ok());
    }
}
