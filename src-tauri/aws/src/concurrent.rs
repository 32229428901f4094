//! Many calls of one kind at once, but not all at once: AWS throttles bursts per account, and other tools
//! of the account share the allowance. Where AWS documents what an account may ask at once, the caller says how much of
//! it to use; elsewhere it is a guess.

use std::future::Future;
use std::sync::Arc;

use pipelink_plan::problem::Problem;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

/// How many calls of one kind are under way at most, where AWS does not document how many it takes. Of the reads that
/// wait for a list, as many as this cost the time of one.
const AT_ONCE: usize = 16;

/// Calls of one kind, begun one by one as what they ask for becomes known, such as page after page of a
/// list. Dropped, it stops those that are not done.
pub(crate) struct Calls<T> {
    allowed: Arc<Semaphore>,
    under_way: JoinSet<(usize, Result<T, Problem>)>,
    begun: usize,
}

impl<T: Send + 'static> Calls<T> {
    pub(crate) fn new() -> Self {
        Self::up_to(AT_ONCE)
    }

    fn up_to(at_once: usize) -> Self {
        Self {
            allowed: Arc::new(Semaphore::new(at_once)),
            under_way: JoinSet::new(),
            begun: 0,
        }
    }

    /// Begins a call, or has it wait until one that is under way is done.
    pub(crate) fn begin(
        &mut self,
        call: impl Future<Output = Result<T, Problem>> + Send + 'static,
    ) {
        let (place, allowed) = (self.begun, Arc::clone(&self.allowed));
        self.begun += 1;
        self.under_way.spawn(async move {
            let answer = match allowed.acquire().await {
                Ok(_place) => call.await,
                Err(closed) => Err(internal(&closed)),
            };
            (place, answer)
        });
    }

    /// The answers, in the order in which the calls were begun. The first problem stops the rest.
    pub(crate) async fn answers(mut self) -> Result<Vec<T>, Problem> {
        let mut answers = Vec::with_capacity(self.begun);
        while let Some(done) = self.under_way.join_next().await {
            let (place, answer) = done.map_err(|failed| internal(&failed))?;
            answers.push((place, answer?));
        }
        answers.sort_unstable_by_key(|(place, _)| *place);
        Ok(answers.into_iter().map(|(_, answer)| answer).collect())
    }
}

/// Does one thing for each item, a bounded number at a time. The answers keep the items' order; the first
/// problem ends it and stops the rest.
pub(crate) async fn for_each<I, T, F>(
    items: Vec<I>,
    call: impl Fn(I) -> F,
) -> Result<Vec<T>, Problem>
where
    T: Send + 'static,
    F: Future<Output = Result<T, Problem>> + Send + 'static,
{
    for_each_up_to(AT_ONCE, items, call).await
}

/// The same, as many at a time as the caller says.
pub(crate) async fn for_each_up_to<I, T, F>(
    at_once: usize,
    items: Vec<I>,
    call: impl Fn(I) -> F,
) -> Result<Vec<T>, Problem>
where
    T: Send + 'static,
    F: Future<Output = Result<T, Problem>> + Send + 'static,
{
    let mut calls = Calls::up_to(at_once);
    for item in items {
        calls.begin(call(item));
    }
    calls.answers().await
}

fn internal(failed: &dyn std::error::Error) -> Problem {
    Problem::Internal {
        message: failed.to_string(),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    use super::*;

    #[tokio::test]
    async fn answers_keep_their_order_and_never_more_than_allowed_run() {
        for allowed in [AT_ONCE, 50] {
            let (answers, most) = a_hundred(allowed).await;
            assert_eq!(answers, (0..100).collect::<Vec<_>>());
            assert_eq!(most, allowed);
        }
    }

    /// The answers of a hundred calls, and how many ran at once at most.
    async fn a_hundred(allowed: usize) -> (Vec<u64>, usize) {
        let (running, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let answers = for_each_up_to(allowed, (0..100_u64).collect(), |number| {
            let (running, most) = (Arc::clone(&running), Arc::clone(&most));
            async move {
                let now = running.fetch_add(1, Ordering::SeqCst) + 1;
                most.fetch_max(now, Ordering::SeqCst);
                // The first ones take longest.
                tokio::time::sleep(Duration::from_millis(100 - number)).await;
                running.fetch_sub(1, Ordering::SeqCst);
                Ok(number)
            }
        })
        .await
        .unwrap();
        (answers, most.load(Ordering::SeqCst))
    }

    #[tokio::test]
    async fn the_first_problem_stops_the_rest() {
        let done = Arc::new(AtomicUsize::new(0));
        let mut calls = Calls::<()>::new();
        for _ in 0..10 {
            let done = Arc::clone(&done);
            calls.begin(async move {
                tokio::time::sleep(Duration::from_millis(100)).await;
                done.fetch_add(1, Ordering::SeqCst);
                Ok(())
            });
        }
        calls.begin(async { Err(Problem::KeyMissing) });
        assert_eq!(calls.answers().await, Err(Problem::KeyMissing));
        tokio::time::sleep(Duration::from_millis(300)).await;
        assert_eq!(done.load(Ordering::SeqCst), 0);
    }
}
