//! The request budget of one API key: ten requests in any ten seconds, in fair turns.
//!
//! The limit is per key (API overview page of ClickHouse Cloud), so that everybody who uses a key has to
//! share one [`Budget`]. A place in it is taken before a request and becomes free again one window after
//! the *answer*, not after the sending: the server counts a request when it arrives, which is somewhere in
//! between, so that no ten seconds at the server ever see more than ten requests, however slow the network.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::{Instant, sleep_until};

/// How many requests the Cloud API takes from one key in one window.
const LIMIT: usize = 10;
/// The Cloud API's window.
const WINDOW: Duration = Duration::from_secs(10);

/// The request budget of one key. Clones share it.
#[derive(Debug, Clone)]
pub struct Budget(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    window: Duration,
    /// One permit per place. Tokio hands permits out in the order in which they were asked for.
    turns: Semaphore,
    /// When each place that nobody holds becomes free, earliest first.
    free_at: Mutex<BinaryHeap<Reverse<Instant>>>,
    /// Nobody sends before this moment: the server said so.
    closed_until: Mutex<Option<Instant>>,
}

impl Budget {
    /// A budget of its own. `limit` is at least one.
    pub fn new(limit: usize, window: Duration) -> Self {
        let limit = limit.max(1);
        let now = Instant::now();
        Self(Arc::new(Shared {
            window,
            turns: Semaphore::new(limit),
            free_at: Mutex::new((0..limit).map(|_| Reverse(now)).collect()),
            closed_until: Mutex::new(None),
        }))
    }

    /// The budget of a key at an address: the same one for everybody in this process, also for a client
    /// that is made anew, such as when the key is tested in the settings.
    pub(crate) fn of(base_url: &str, key_id: &str) -> Self {
        /// One entry for each key ever used in this process: a handful.
        static BUDGETS: LazyLock<Mutex<HashMap<(String, String), Budget>>> =
            LazyLock::new(Mutex::default);
        locked(&BUDGETS)
            .entry((base_url.to_owned(), key_id.to_owned()))
            .or_insert_with(|| Self::new(LIMIT, WINDOW))
            .clone()
    }

    /// The window, which is also how long to wait after a refusal that names no time.
    pub(crate) fn window(&self) -> Duration {
        self.0.window
    }

    /// Waits for its turn and for a free place. Dropping the wait gives the turn to the next.
    pub(crate) async fn take(&self) -> Place<'_> {
        // The semaphore is never closed, so that a turn always comes.
        let turn = self.0.turns.acquire().await.ok();
        let free_at = locked(&self.0.free_at)
            .pop()
            .map_or_else(Instant::now, |Reverse(at)| at);
        let mut place = Place {
            shared: &self.0,
            free_at,
            spent: false,
            _turn: turn,
        };
        sleep_until(free_at).await;
        loop {
            let closed_until = *locked(&self.0.closed_until);
            match closed_until {
                Some(until) if until > Instant::now() => sleep_until(until).await,
                _ => break,
            }
        }
        place.spent = true;
        place
    }

    /// Lets nobody send for a while, because the server refused a request for its rate.
    pub(crate) fn close_for(&self, pause: Duration) {
        let until = Instant::now() + pause;
        let mut closed_until = locked(&self.0.closed_until);
        *closed_until = Some(closed_until.map_or(until, |already| already.max(until)));
    }
}

/// A place in the budget, held while a request is under way.
#[derive(Debug)]
pub(crate) struct Place<'a> {
    shared: &'a Shared,
    free_at: Instant,
    spent: bool,
    _turn: Option<SemaphorePermit<'a>>,
}

impl Drop for Place<'_> {
    /// Runs before the permit is given back, so that the next in turn finds the place in the heap.
    fn drop(&mut self) {
        let free_at = if self.spent {
            Instant::now() + self.shared.window
        } else {
            self.free_at
        };
        locked(&self.shared.free_at).push(Reverse(free_at));
    }
}

/// Locks; a panic elsewhere cannot leave these values half-changed.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use tokio::time::{advance, sleep, timeout};

    async fn use_place(budget: &Budget, answer_takes: Duration) {
        let place = budget.take().await;
        sleep(answer_takes).await;
        drop(place);
    }

    #[tokio::test(start_paused = true)]
    async fn the_limit_goes_through_at_once_and_the_next_waits_for_the_window() {
        let budget = Budget::new(10, Duration::from_secs(10));
        let began = Instant::now();
        for _ in 0..10 {
            drop(budget.take().await);
        }
        assert_eq!(began.elapsed(), Duration::ZERO);
        drop(budget.take().await);
        assert!(began.elapsed() >= Duration::from_secs(10));
        assert!(began.elapsed() < Duration::from_millis(10_010));
    }

    #[tokio::test(start_paused = true)]
    async fn no_window_between_answers_holds_more_than_the_limit() {
        let budget = Budget::new(3, Duration::from_secs(10));
        let arrivals = Arc::new(Mutex::new(Vec::new()));
        let began = Instant::now();
        let tasks: Vec<_> = (0_u64..20)
            .map(|n| {
                let (budget, arrivals) = (budget.clone(), Arc::clone(&arrivals));
                tokio::spawn(async move {
                    let place = budget.take().await;
                    // The way to the server and back takes different times.
                    sleep(Duration::from_millis(137 * (n % 5))).await;
                    locked(&arrivals).push(began.elapsed());
                    sleep(Duration::from_millis(91 * (n % 3))).await;
                    drop(place);
                })
            })
            .collect();
        for task in tasks {
            task.await.unwrap();
        }
        let mut arrivals = locked(&arrivals).clone();
        arrivals.sort();
        assert_eq!(arrivals.len(), 20);
        for four in arrivals.windows(4) {
            assert!(four[3] >= four[0] + Duration::from_secs(10), "{four:?}");
        }
        // And it does not dawdle: seven rounds of three, six waits.
        assert!(arrivals[19] < Duration::from_secs(66), "{arrivals:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn a_place_is_free_one_window_after_its_answer() {
        let budget = Budget::new(1, Duration::from_secs(10));
        let began = Instant::now();
        use_place(&budget, Duration::from_secs(4)).await;
        drop(budget.take().await);
        assert!(began.elapsed() >= Duration::from_secs(14));
    }

    #[tokio::test(start_paused = true)]
    async fn turns_come_in_the_order_of_asking() {
        let budget = Budget::new(2, Duration::from_secs(1));
        let order = Arc::new(Mutex::new(Vec::new()));
        let mut tasks = Vec::new();
        for n in 0..9 {
            let (budget, order) = (budget.clone(), Arc::clone(&order));
            tasks.push(tokio::spawn(async move {
                let place = budget.take().await;
                locked(&order).push(n);
                drop(place);
            }));
            // Lets the task get in line before the next one.
            sleep(Duration::from_millis(1)).await;
        }
        for task in tasks {
            task.await.unwrap();
        }
        assert_eq!(*locked(&order), (0..9).collect::<Vec<_>>());
    }

    #[tokio::test(start_paused = true)]
    async fn a_wait_given_up_costs_nothing() {
        let budget = Budget::new(1, Duration::from_secs(10));
        drop(budget.take().await);
        let began = Instant::now();
        for _ in 0..5 {
            let gave_up = timeout(Duration::from_secs(1), budget.take()).await;
            assert!(gave_up.is_err());
        }
        drop(budget.take().await);
        assert!(began.elapsed() < Duration::from_millis(10_010));
    }

    #[tokio::test(start_paused = true)]
    async fn a_closed_budget_lets_nobody_through_until_its_time() {
        let budget = Budget::new(10, Duration::from_secs(10));
        let began = Instant::now();
        budget.close_for(Duration::from_secs(3));
        budget.close_for(Duration::from_secs(1));
        drop(budget.take().await);
        assert!(began.elapsed() >= Duration::from_secs(3));
    }

    #[tokio::test(start_paused = true)]
    async fn a_wait_already_under_way_heeds_a_closing_too() {
        let budget = Budget::new(1, Duration::from_secs(10));
        drop(budget.take().await);
        let began = Instant::now();
        let waiting = tokio::spawn({
            let budget = budget.clone();
            async move { drop(budget.take().await) }
        });
        advance(Duration::from_secs(5)).await;
        budget.close_for(Duration::from_secs(20));
        waiting.await.unwrap();
        assert!(began.elapsed() >= Duration::from_secs(25));
    }

    #[tokio::test]
    async fn one_key_has_one_budget_wherever_it_is_used() {
        let (one, same) = (Budget::of("http://a", "k"), Budget::of("http://a", "k"));
        let (key, place) = (Budget::of("http://a", "other"), Budget::of("http://b", "k"));
        assert!(Arc::ptr_eq(&one.0, &same.0));
        assert!(!Arc::ptr_eq(&one.0, &key.0));
        assert!(!Arc::ptr_eq(&one.0, &place.0));
    }
}
