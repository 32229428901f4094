//! The account's time.
//!
//! Owns every look at the system's clock: nothing else in this crate asks what time it is or sleeps. A real
//! account lives in the system's time; the sandbox has its own, which can run faster and be moved, so that
//! an hour of waiting can be watched in a minute. Between two looks at the sandbox its time is computed here.
#![allow(
    clippy::disallowed_methods,
    reason = "the one file that reads the system's clock"
)]

use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use pipelink_plan::problem::{Party, Problem};
use serde::Deserialize;

/// After how much of the system's time a sandbox clock is read again while somebody sleeps by it.
const STALE_AFTER: Duration = Duration::from_secs(2);

/// The account's clock; clones share one reading.
#[derive(Debug, Clone)]
pub struct Clock(Kind);

#[derive(Debug, Clone)]
enum Kind {
    System,
    Sandbox(Arc<Sandbox>),
}

#[derive(Debug)]
struct Sandbox {
    http: reqwest::Client,
    url: String,
    reading: RwLock<Reading>,
}

/// The sandbox's time at one moment of ours.
#[derive(Debug, Clone, Copy)]
struct Reading {
    taken: Instant,
    now: Timestamp,
    speed: f64,
}

/// What `GET /_sandbox/clock` answers.
#[derive(Debug, Deserialize)]
struct Answer {
    now: Timestamp,
    speed: f64,
}

impl Clock {
    /// The system's own clock, for real accounts.
    pub fn system() -> Self {
        Self(Kind::System)
    }

    /// The clock of the sandbox that serves at `base_url` (scheme, host and port).
    ///
    /// # Errors
    /// [`Problem::Unreachable`] and [`Problem::Malformed`] if the sandbox does not say what time it is.
    pub async fn sandbox(base_url: &str) -> Result<Self, Problem> {
        let http = reqwest::Client::builder()
            .no_proxy()
            .timeout(Duration::from_secs(5))
            .build()
            .map_err(|error| Problem::Internal {
                message: error.to_string(),
            })?;
        let url = format!("{}/_sandbox/clock", base_url.trim_end_matches('/'));
        let reading = RwLock::new(read(&http, &url).await?);
        Ok(Self(Kind::Sandbox(Arc::new(Sandbox {
            http,
            url,
            reading,
        }))))
    }

    /// Now, in the account's time.
    pub fn now(&self) -> Timestamp {
        match &self.0 {
            Kind::System => Timestamp::now(),
            Kind::Sandbox(sandbox) => {
                let reading = sandbox.reading();
                let elapsed = reading.taken.elapsed().as_secs_f64() * reading.speed;
                SignedDuration::try_from_secs_f64(elapsed)
                    .ok()
                    .and_then(|elapsed| reading.now.checked_add(elapsed).ok())
                    .unwrap_or(reading.now)
            }
        }
    }

    /// How many seconds of the account's time pass in one second; 1 for a real account.
    pub fn speed(&self) -> f64 {
        match &self.0 {
            Kind::System => 1.0,
            Kind::Sandbox(sandbox) => sandbox.reading().speed,
        }
    }

    /// Reads the sandbox's clock again; nothing to do for the system's.
    ///
    /// # Errors
    /// As [`Clock::sandbox`]; the last reading stays in use.
    pub async fn refresh(&self) -> Result<(), Problem> {
        if let Kind::Sandbox(sandbox) = &self.0 {
            let reading = read(&sandbox.http, &sandbox.url).await?;
            *sandbox
                .reading
                .write()
                .unwrap_or_else(PoisonError::into_inner) = reading;
        }
        Ok(())
    }

    /// Sleeps for that long in the account's time.
    pub async fn sleep(&self, duration: Duration) {
        tokio::time::sleep(self.in_system_time(duration)).await;
        if let Kind::Sandbox(sandbox) = &self.0
            && sandbox.reading().taken.elapsed() > STALE_AFTER
            && let Err(problem) = self.refresh().await
        {
            tracing::debug!(%problem, "the sandbox's clock could not be read again");
        }
    }

    /// Sleeps for that long in the account's time, and at least `floor` in the system's: for whoever counts
    /// requests in real time, whatever time the account lives in.
    pub(crate) async fn sleep_at_least(&self, duration: Duration, floor: Duration) {
        let short_by = floor.saturating_sub(self.in_system_time(duration));
        self.sleep(duration).await;
        tokio::time::sleep(short_by).await;
    }

    fn in_system_time(&self, duration: Duration) -> Duration {
        let speed = self.speed();
        if speed > 0.0 {
            Duration::try_from_secs_f64(duration.as_secs_f64() / speed).unwrap_or(duration)
        } else {
            duration
        }
    }
}

impl Sandbox {
    fn reading(&self) -> Reading {
        *self.reading.read().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The system's time in milliseconds since 1970: what two processes on one computer can agree on.
pub(crate) fn system_millis() -> i64 {
    Timestamp::now().as_millisecond()
}

/// Sleeps in the system's time, for what has nothing to do with the account.
pub(crate) async fn sleep_in_system_time(duration: Duration) {
    tokio::time::sleep(duration).await;
}

async fn read(http: &reqwest::Client, url: &str) -> Result<Reading, Problem> {
    const OPERATION: &str = "GetSandboxClock";
    let answer = http
        .get(url)
        .send()
        .await
        .and_then(reqwest::Response::error_for_status)
        .map_err(|error| Problem::Unreachable {
            party: Party::Computer,
            operation: OPERATION.to_owned(),
            message: error.to_string(),
        })?;
    let answer: Answer = answer.json().await.map_err(|error| Problem::Malformed {
        party: Party::Computer,
        operation: OPERATION.to_owned(),
        message: error.to_string(),
    })?;
    Ok(Reading {
        taken: Instant::now(),
        now: answer.now,
        speed: answer.speed,
    })
}
