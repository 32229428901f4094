//! The sandbox's time. It starts at the wall's time, can run faster and be moved on, and never goes
//! backwards: not when its speed changes, and not when the process is killed and started again.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// How long after the last saved mark a killed process is taken to have run on at its speed. A client
/// that extrapolates the clock between two requests has not seen more than that.
const RUN_ON: Duration = Duration::from_mins(1);

/// The moment `wall` was the moment `sandbox`; since then `speed` sandbox seconds pass per second.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Clock {
    sandbox: Timestamp,
    wall: Timestamp,
    speed: f64,
}

impl Clock {
    pub(crate) fn starting_now(speed: f64) -> Self {
        let wall = Timestamp::now();
        Self {
            sandbox: wall,
            wall,
            speed,
        }
    }

    pub(crate) fn speed(&self) -> f64 {
        self.speed
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.at(Timestamp::now())
    }

    fn at(&self, wall: Timestamp) -> Timestamp {
        // A wall clock set back stops the sandbox's clock; it does not turn it back.
        let elapsed = wall.duration_since(self.wall).max(SignedDuration::ZERO);
        let exact = self
            .sandbox
            .checked_add(scaled(elapsed, self.speed))
            .unwrap_or(Timestamp::MAX);
        // AWS tells times to the millisecond at most.
        Timestamp::from_millisecond(exact.as_millisecond()).unwrap_or(exact)
    }

    /// Goes on from here at another speed.
    pub(crate) fn set_speed(&mut self, speed: f64) {
        self.mark();
        self.speed = speed;
    }

    pub(crate) fn advance(&mut self, by: SignedDuration) {
        self.mark();
        self.sandbox = self.sandbox.checked_add(by).unwrap_or(Timestamp::MAX);
    }

    /// Rebases on the present, so that what is saved is the latest moment that anybody was told.
    pub(crate) fn mark(&mut self) {
        let wall = Timestamp::now();
        self.sandbox = self.at(wall);
        self.wall = wall.max(self.wall);
    }

    /// Goes on after a stop: while stopped, time went on at the wall's speed.
    pub(crate) fn resume(&mut self, speed: f64) {
        let wall = Timestamp::now();
        let stopped = wall.duration_since(self.wall).max(SignedDuration::ZERO);
        let run_on = stopped.min(SignedDuration::try_from(RUN_ON).unwrap_or(SignedDuration::ZERO));
        let passed = scaled(run_on, self.speed.max(1.0)) + (stopped - run_on);
        self.sandbox = self.sandbox.checked_add(passed).unwrap_or(Timestamp::MAX);
        self.wall = wall.max(self.wall);
        self.speed = speed;
    }
}

fn scaled(duration: SignedDuration, factor: f64) -> SignedDuration {
    SignedDuration::try_from_secs_f64(duration.as_secs_f64() * factor)
        .unwrap_or(SignedDuration::MAX)
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        reason = "tests"
    )]

    use super::*;

    #[test]
    fn time_runs_at_its_speed_and_never_back() {
        let start: Timestamp = "2026-11-23T10:00:00Z".parse().unwrap();
        let clock = Clock {
            sandbox: start,
            wall: start,
            speed: 60.0,
        };
        let later = start + SignedDuration::from_secs(10);
        assert_eq!(clock.at(later), start + SignedDuration::from_mins(10));
        assert_eq!(clock.at(start - SignedDuration::from_hours(1)), start);
    }

    #[test]
    fn a_stop_counts_at_the_walls_speed_but_for_its_first_minute() {
        let an_hour_ago = Timestamp::now() - SignedDuration::from_hours(1);
        let mut clock = Clock {
            sandbox: an_hour_ago,
            wall: an_hour_ago,
            speed: 60.0,
        };
        clock.resume(60.0);
        let passed = clock.sandbox.duration_since(an_hour_ago);
        // One minute at 60x, then 59 minutes.
        let expected = SignedDuration::from_mins(119);
        assert!(
            (passed - expected).abs() < SignedDuration::from_secs(5),
            "{passed:?}"
        );
    }

    #[test]
    fn advancing_moves_on_at_once() {
        let mut clock = Clock::starting_now(1.0);
        let before = clock.now();
        clock.advance(SignedDuration::from_hours(24));
        assert!(clock.now().duration_since(before) >= SignedDuration::from_hours(24));
        clock.set_speed(100.0);
        assert!(clock.now().duration_since(before) >= SignedDuration::from_hours(24));
    }
}
