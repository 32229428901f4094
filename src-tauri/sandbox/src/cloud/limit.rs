//! The API's request limit: 10 requests in 10 seconds for one key. It counts in wall time: the limit
//! protects a server, whatever the time in its world.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

const REQUESTS: usize = 10;
const WINDOW: Duration = Duration::from_secs(10);

/// The requests of the sandbox's one key in the present window.
#[derive(Debug, Default)]
pub(crate) struct Limiter {
    seen: VecDeque<Instant>,
}

impl Limiter {
    /// Counts a request, or says how long until one is free.
    pub(crate) fn admit(&mut self, now: Instant) -> Result<(), Duration> {
        while self
            .seen
            .front()
            .is_some_and(|first| now.duration_since(*first) >= WINDOW)
        {
            self.seen.pop_front();
        }
        match self.seen.front() {
            Some(first) if self.seen.len() >= REQUESTS => {
                Err(WINDOW.saturating_sub(now.duration_since(*first)))
            }
            _ => {
                self.seen.push_back(now);
                Ok(())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_requests_then_a_wait() {
        let start = Instant::now();
        let mut limiter = Limiter::default();
        for second in 0..10 {
            assert!(
                limiter
                    .admit(start + Duration::from_millis(100 * second))
                    .is_ok()
            );
        }
        assert_eq!(
            limiter.admit(start + Duration::from_secs(4)),
            Err(Duration::from_secs(6)),
            "the first of the ten is 4 s old"
        );
        assert!(limiter.admit(start + Duration::from_secs(10)).is_ok());
        assert!(limiter.admit(start + Duration::from_secs(10)).is_err());
    }
}
