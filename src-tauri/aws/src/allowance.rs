//! How many calls of an API may be made: a token bucket that is smaller than AWS's own, so that a discovery leaves
//! the rest to whatever else the account runs.
//!
//! Owns the counting only. Who draws from it, and what is left out where it would take too long, is the service's.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// A bucket that fills up again by itself. It may be drawn below zero: then the one who draws waits.
#[derive(Debug)]
pub(crate) struct Allowance {
    capacity: f64,
    per_second: f64,
    level: Mutex<Level>,
}

#[derive(Debug)]
struct Level {
    tokens: f64,
    at: Instant,
}

impl Allowance {
    pub(crate) fn new(capacity: u32, per_second: u32) -> Self {
        Self {
            capacity: f64::from(capacity),
            per_second: f64::from(per_second),
            level: Mutex::new(Level {
                tokens: f64::from(capacity),
                at: Instant::now(),
            }),
        }
    }

    /// Draws one call, and waits until there is one.
    pub(crate) async fn call(&self) {
        let wait = self.draw(Instant::now());
        if !wait.is_zero() {
            tokio::time::sleep(wait).await;
        }
    }

    /// How long the call that is drawn now has to wait. Each one that waits stands behind those before it.
    fn draw(&self, now: Instant) -> Duration {
        let mut level = self.level.lock().unwrap_or_else(PoisonError::into_inner);
        let filled = now.duration_since(level.at).as_secs_f64() * self.per_second;
        level.tokens = (level.tokens + filled).min(self.capacity) - 1.0;
        level.at = now;
        Duration::from_secs_f64((-level.tokens).max(0.0) / self.per_second)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_full_bucket_is_free_and_an_empty_one_fills_at_its_rate() {
        let bucket = Allowance::new(3, 5);
        let now = Instant::now();
        let at_once: Vec<_> = (0..5).map(|_| bucket.draw(now).as_millis()).collect();
        assert_eq!(at_once, [0, 0, 0, 200, 400]);
        // Two were drawn on credit; a second later five more have come.
        let later = now + Duration::from_secs(1);
        let then: Vec<_> = (0..4).map(|_| bucket.draw(later).as_millis()).collect();
        assert_eq!(then, [0, 0, 0, 200]);
        // Never fuller than full.
        let much_later = now + Duration::from_hours(1);
        let then: Vec<_> = (0..4)
            .map(|_| bucket.draw(much_later).as_millis())
            .collect();
        assert_eq!(then, [0, 0, 0, 200]);
    }
}
