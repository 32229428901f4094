//! The running sandbox's state: the world and its file, faults, the log of calls, the request limit.
//! The one place where a request changes the world, and where the world is saved before the answer.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use serde_json::Value;

use crate::aws::AwsCall;
use crate::clickpipes;
use crate::cloud::CloudCall;
use crate::cloud::limit::Limiter;
use crate::connection;
use crate::faults::catalogue::CLICKHOUSE;
use crate::faults::{Faults, Kind, Twist};
use crate::history::History;
use crate::wire::answer::Answer;
use crate::wire::failure::Failure;
use crate::world::store::{Durability, Store, WorldError};
use crate::world::{World, aging};

/// How many calls the log keeps.
const LOGGED: usize = 10_000;

/// How old the clock's saved mark may get while requests come in.
const MARK_EVERY: Duration = Duration::from_secs(1);

/// A request that was told apart.
pub(crate) enum Call {
    Aws(AwsCall),
    Cloud(CloudCall),
}

/// One line of the log.
#[derive(Debug, Clone, Serialize)]
struct Logged {
    service: String,
    operation: String,
    /// None when the connection was reset instead.
    status: Option<u16>,
    at: Timestamp,
}

pub(crate) struct State {
    inner: Mutex<Inner>,
    pub(crate) faults: Mutex<Faults>,
}

struct Inner {
    world: World,
    store: Option<Store>,
    limiter: Limiter,
    calls: VecDeque<Logged>,
    history: History,
    saved_at: Instant,
}

impl Call {
    pub(crate) fn service(&self) -> &'static str {
        match self {
            Self::Aws(call) => call.service,
            Self::Cloud(_) => CLICKHOUSE,
        }
    }

    pub(crate) fn operation(&self) -> &str {
        match self {
            Self::Aws(call) => &call.operation.name,
            Self::Cloud(call) => call.operation.name(),
        }
    }

    fn writes(&self) -> bool {
        match self {
            Self::Aws(call) => call.writes(),
            Self::Cloud(call) => call.operation.writes(),
        }
    }

    fn act(&self, world: &mut World, empty_page: bool) -> Result<Answer, Answer> {
        match self {
            Self::Aws(call) => call.act(world, empty_page),
            Self::Cloud(call) => call.act(world),
        }
    }

    /// What a world answers to this call.
    pub(crate) fn answered(&self, world: &mut World) -> Answer {
        self.act(world, false).unwrap_or_else(|refusal| refusal)
    }

    /// The same without what differs from answer to answer, such as a request's ID: to compare worlds by.
    pub(crate) fn outcome(&self, world: &mut World) -> Value {
        match self {
            Self::Aws(call) => call.told(world),
            Self::Cloud(call) => call.told(world),
        }
    }

    /// The answer that stands for a fault, if the fault is an answer.
    pub(crate) fn faulted(&self, kind: Kind) -> Option<Answer> {
        match self {
            Self::Aws(call) => crate::aws::faulted::failure(
                kind,
                call.service,
                call.protocol(),
                &call.operation.name,
            )
            .map(|failure| call.failed(&failure)),
            Self::Cloud(_) => {
                let refusal = crate::cloud::faulted::refusal(kind)?;
                let answer = refusal.answer();
                Some(if refusal.status == 429 {
                    answer.with_header("x-ratelimit-reset", "1")
                } else {
                    answer
                })
            }
        }
    }

    fn unsaved(&self, error: &WorldError) -> Answer {
        tracing::error!(%error, "the world could not be saved");
        let message = "The sandbox could not save its world; nothing was changed.";
        match self {
            Self::Aws(call) => call.failed(&Failure::new("InternalFailure", 500, message)),
            Self::Cloud(_) => {
                crate::cloud::Refusal::new(500, "INTERNAL_SERVER_ERROR", message).answer()
            }
        }
    }
}

impl State {
    pub(crate) fn new(mut world: World, store: Option<Store>) -> Self {
        // The faults of an earlier process are gone, and hold nothing any more.
        let now = world.now();
        world.let_go(None, now);
        // What is there from the start is nothing that an endpoint has to react to later.
        clickpipes::follow(&mut world, now);
        let inner = Inner {
            world,
            store,
            limiter: Limiter::default(),
            calls: VecDeque::new(),
            history: History::default(),
            saved_at: Instant::now(),
        };
        Self {
            inner: Mutex::new(inner),
            faults: Mutex::default(),
        }
    }

    /// Carries a call out, twisted by the fault that strikes it. What it changed is saved before this returns.
    pub(crate) fn carry_out(&self, call: &Call, twist: Option<&Twist>) -> Answer {
        let kind = twist.map(|it| it.kind);
        let mut inner = self.lock();
        let now = inner.world.now();
        let mut aged = aging::advance(&mut inner.world, now);
        if let (Some(Kind::ServiceIdle), Call::Cloud(call)) = (kind, call) {
            aged |= call.fall_idle(&mut inner.world);
        }
        let empty_page = kind == Some(Kind::EmptyPage);
        let stale = (kind == Some(Kind::StaleList)).then(|| inner.history.stale(call));
        let answer = if let Some(stale) = stale.flatten() {
            stale
        } else if call.writes() {
            let mut next = inner.world.clone();
            match call.act(&mut next, empty_page) {
                Ok(answer) => {
                    if let Some(twist) = twist {
                        twist.bend(&inner.world, &mut next, now);
                    }
                    match inner.commit(next) {
                        Ok(()) => {
                            aged = false;
                            answer
                        }
                        Err(error) => return call.unsaved(&error),
                    }
                }
                Err(refusal) => refusal,
            }
        } else {
            call.act(&mut inner.world, empty_page)
                .unwrap_or_else(|refusal| refusal)
        };
        if aged || inner.saved_at.elapsed() >= MARK_EVERY {
            let durability = if aged {
                Durability::Synced
            } else {
                Durability::Lazy
            };
            if let Err(error) = inner.save_world(durability) {
                return call.unsaved(&error);
            }
        }
        answer
    }

    /// Lets somebody else than a client change the world: all of it or, refused, nothing.
    pub(crate) fn change<T, E>(
        &self,
        change: impl FnOnce(&mut World) -> Result<T, E>,
    ) -> Result<Result<T, E>, WorldError> {
        let mut inner = self.lock();
        let now = inner.world.now();
        if aging::advance(&mut inner.world, now) {
            inner.save_world(Durability::Synced)?;
        }
        let mut next = inner.world.clone();
        let done = change(&mut next);
        if done.is_ok() {
            inner.commit(next)?;
        }
        Ok(done)
    }

    /// Removes a fault, or with None all of them; what they held goes on. Says whether there was one.
    pub(crate) fn remove_fault(&self, id: Option<u64>) -> Result<bool, WorldError> {
        let found = if let Some(id) = id {
            self.faults().remove(id)
        } else {
            self.faults().clear();
            true
        };
        if found {
            self.adjust(|world| {
                let now = world.now();
                world.let_go(id, now)
            })?;
        }
        Ok(found)
    }

    /// Looks at the world as it is now.
    pub(crate) fn look<T>(&self, look: impl FnOnce(&World) -> T) -> T {
        let mut inner = self.lock();
        let now = inner.world.now();
        if aging::advance(&mut inner.world, now)
            && let Err(error) = inner.save_world(Durability::Synced)
        {
            tracing::error!(%error, "the world could not be saved");
        }
        look(&inner.world)
    }

    /// Changes the world from outside of it: its clock, its settings.
    pub(crate) fn adjust<T>(&self, change: impl FnOnce(&mut World) -> T) -> Result<T, WorldError> {
        let mut inner = self.lock();
        let result = change(&mut inner.world);
        let now = inner.world.now();
        aging::advance(&mut inner.world, now);
        inner.save_world(Durability::Synced)?;
        Ok(result)
    }

    pub(crate) fn advance_clock(
        &self,
        by: Option<f64>,
        speed: Option<f64>,
    ) -> Result<(), WorldError> {
        self.adjust(|world| {
            if let Some(by) = by.and_then(|it| SignedDuration::try_from_secs_f64(it).ok()) {
                world.clock.advance(by);
            }
            if let Some(speed) = speed {
                world.clock.set_speed(speed);
            }
        })
    }

    /// Counts a request of the Cloud API, or says how long to wait.
    pub(crate) fn admit(&self) -> Result<(), Duration> {
        self.lock().limiter.admit(Instant::now())
    }

    pub(crate) fn log(&self, call: &Call, status: Option<u16>) {
        let mut inner = self.lock();
        let at = inner.world.now();
        if inner.calls.len() == LOGGED {
            inner.calls.pop_front();
        }
        inner.calls.push_back(Logged {
            service: call.service().to_owned(),
            operation: call.operation().to_owned(),
            status,
            at,
        });
    }

    pub(crate) fn calls(&self) -> Value {
        serde_json::to_value(&self.lock().calls).unwrap_or_default()
    }

    /// Saves the clock's last mark and gives the world's file up.
    pub(crate) fn close(&self) {
        let mut inner = self.lock();
        if let Err(error) = inner.save_world(Durability::Synced) {
            tracing::error!(%error, "the world could not be saved");
        }
        if let Some(store) = inner.store.take() {
            connection::withdraw(store.path());
        }
    }

    pub(crate) fn faults(&self) -> MutexGuard<'_, Faults> {
        self.faults.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    /// Saves the world as it will be, and makes it so.
    fn commit(&mut self, mut next: World) -> Result<(), WorldError> {
        // ClickHouse sees at once what was done about its connections.
        let now = next.now();
        clickpipes::follow(&mut next, now);
        if let Some(store) = &self.store {
            next.clock.mark();
            store.save(&next, Durability::Synced)?;
            self.saved_at = Instant::now();
        }
        let before = std::mem::replace(&mut self.world, next.clone());
        self.history.note(before, next);
        Ok(())
    }

    fn save_world(&mut self, durability: Durability) -> Result<(), WorldError> {
        if let Some(store) = &self.store {
            self.world.clock.mark();
            store.save(&self.world, durability)?;
            self.saved_at = Instant::now();
        }
        Ok(())
    }
}
