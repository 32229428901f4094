//! Faults that a test or an admin who practises switches on: what goes wrong with which operation, how
//! often, and which requests are being held back. What can strike what is `catalogue`'s to say.

pub(crate) mod catalogue;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio::sync::watch;

use crate::world::World;

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kind {
    Throttle,
    Deny,
    ExpiredCredentials,
    Quota,
    ServerError,
    /// Done, saved, and the connection dropped without an answer.
    LostAnswer,
    /// The connection is reset before anything happened.
    Reset,
    /// Held before anything happened; if the client goes away, it never happens.
    HoldBefore,
    /// Done and saved; the answer is held.
    HoldAfter,
    /// Answered later.
    Delay,
    /// Done, but the answer's body cannot be read.
    Malformed,
    NotFoundOnce,
    /// A list answers an empty page with a token for the true one.
    EmptyPage,
    /// ClickHouse: 429.
    RateLimited,
    /// ClickHouse: 504, although done.
    GatewayTimeoutButDone,
    /// ClickHouse: 401.
    Unauthorized,
    /// ClickHouse: 403.
    Forbidden,
    /// A list answers as of before the latest change to it.
    StaleList,
    /// What the call sets going stays in its state in progress, for as long as the fault stands.
    Stuck,
    /// What the call sets going comes into its failed state.
    FailedState,
    /// ClickHouse: the reverse private endpoint fails for want of capacity.
    NoCapacity,
    /// ClickHouse: the service falls idle before the call, which answers 424.
    ServiceIdle,
    /// RAM: the organization does not allow sharing with accounts outside of it.
    RefusedSharing,
}

/// A fault as it is asked for.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Wanted {
    service: String,
    operation: String,
    kind: Kind,
    /// How often it strikes; 0 is until removed.
    #[serde(default = "once")]
    times: u32,
    #[serde(default)]
    delay_ms: u64,
    /// Why what fails has failed, where its service tells.
    #[serde(default)]
    reason: Option<String>,
}

fn once() -> u32 {
    1
}

#[derive(Debug)]
struct Fault {
    wanted: Wanted,
    hits: u32,
    held: Arc<AtomicUsize>,
    /// Counts releases: whoever is held waits for a change.
    gate: watch::Sender<u32>,
    /// The exercise that switched it on.
    exercise: Option<&'static str>,
}

/// All faults, by ID.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    faults: BTreeMap<u64, Fault>,
    last_id: u64,
}

/// What a fault does to the request that it strikes.
#[derive(Debug, Clone)]
pub(crate) struct Twist {
    /// The fault's ID.
    pub(crate) fault: u64,
    pub(crate) kind: Kind,
    pub(crate) reason: Option<String>,
}

/// A fault that strikes one request.
#[derive(Debug)]
pub(crate) struct Strike {
    pub(crate) twist: Twist,
    pub(crate) delay_ms: u64,
    held: Arc<AtomicUsize>,
    gate: watch::Receiver<u32>,
}

/// What a fault says where nobody gave a reason.
const NO_REASON: &str = "An internal error occurred.";
const NO_CAPACITY: &str = "ClickPipes has no capacity for the endpoint at the moment.";

impl Twist {
    /// Gives what a call has set going its fate. `before` is the world without the call.
    pub(crate) fn bend(&self, before: &World, after: &mut World, now: Timestamp) {
        let reason = match self.kind {
            Kind::Stuck => None,
            Kind::FailedState => Some(self.reason.as_deref().unwrap_or(NO_REASON)),
            Kind::NoCapacity => Some(NO_CAPACITY),
            _ => return,
        };
        for (thing, _) in after.set_going_since(before) {
            match reason {
                None => after.hold(thing, self.fault, now),
                Some(reason) => after.doom(thing, reason, now),
            }
        }
    }
}

impl Wanted {
    pub(crate) fn new(service: &str, operation: &str, kind: Kind, times: u32) -> Self {
        Self {
            service: service.to_owned(),
            operation: operation.to_owned(),
            kind,
            times,
            delay_ms: 0,
            reason: None,
        }
    }

    /// Whether such a fault can strike at all; the words say why not.
    pub(crate) fn check(&self) -> Result<(), String> {
        let Self {
            service, operation, ..
        } = self;
        let kinds = catalogue::kinds(service, operation)
            .ok_or_else(|| format!("there is no operation {operation} of {service}"))?;
        if kinds.contains(&catalogue::spoken(service, self.kind)) {
            return Ok(());
        }
        Err(format!("this fault cannot strike {operation} of {service}"))
    }
}

impl Faults {
    pub(crate) fn add(&mut self, wanted: Wanted) -> u64 {
        self.keep(wanted, None)
    }

    /// Switches faults of an exercise on, instead of those that it switched on before.
    pub(crate) fn set_for(&mut self, exercise: &'static str, wanted: Vec<Wanted>) {
        self.faults
            .retain(|_, fault| fault.exercise != Some(exercise));
        for wanted in wanted {
            self.keep(wanted, Some(exercise));
        }
    }

    fn keep(&mut self, wanted: Wanted, exercise: Option<&'static str>) -> u64 {
        self.last_id += 1;
        let (gate, _) = watch::channel(0);
        let fault = Fault {
            wanted,
            hits: 0,
            held: Arc::default(),
            gate,
            exercise,
        };
        self.faults.insert(self.last_id, fault);
        self.last_id
    }

    /// The first fault for the operation that is not used up.
    pub(crate) fn strike(&mut self, service: &str, operation: &str) -> Option<Strike> {
        let (id, fault) = self.faults.iter_mut().find(|(_, fault)| {
            let wanted = &fault.wanted;
            wanted.service == service
                && wanted.operation == operation
                && (wanted.times == 0 || fault.hits < wanted.times)
        })?;
        fault.hits += 1;
        Some(Strike {
            twist: Twist {
                fault: *id,
                kind: catalogue::spoken(service, fault.wanted.kind),
                reason: fault.wanted.reason.clone(),
            },
            delay_ms: fault.wanted.delay_ms,
            held: Arc::clone(&fault.held),
            gate: fault.gate.subscribe(),
        })
    }

    /// Removes one; what it held goes on. Says whether there was one.
    pub(crate) fn remove(&mut self, id: u64) -> bool {
        // Dropping the sender lets every receiver go.
        self.faults.remove(&id).is_some()
    }

    pub(crate) fn clear(&mut self) {
        self.faults.clear();
    }

    /// Lets go what a fault holds now. Says whether there is such a fault.
    pub(crate) fn release(&mut self, id: u64) -> bool {
        self.faults
            .get(&id)
            .map(|fault| fault.gate.send_modify(|count| *count += 1))
            .is_some()
    }

    /// As the panel shows them.
    pub(crate) fn panel(&self) -> Value {
        let shown = self.faults.iter().map(|(id, fault)| {
            json!({
                "id": id,
                "fault": {
                    "service": fault.wanted.service,
                    "operation": fault.wanted.operation,
                    "kind": fault.wanted.kind,
                    "times": fault.wanted.times,
                    "delayMs": fault.wanted.delay_ms,
                    "reason": fault.wanted.reason,
                },
                "hits": fault.hits,
            })
        });
        shown.collect::<Vec<_>>().into()
    }

    pub(crate) fn describe(&self) -> Value {
        self.faults
            .iter()
            .map(|(id, fault)| {
                json!({
                    "id": id,
                    "service": fault.wanted.service,
                    "operation": fault.wanted.operation,
                    "kind": fault.wanted.kind,
                    "times": fault.wanted.times,
                    "delay_ms": fault.wanted.delay_ms,
                    "reason": fault.wanted.reason,
                    "hits": fault.hits,
                    "held": fault.held.load(Ordering::SeqCst),
                })
            })
            .collect::<Vec<_>>()
            .into()
    }
}

impl Strike {
    /// Waits until the fault is released or removed. Dropped in between, the request is gone.
    pub(crate) async fn hold(&mut self) {
        struct Held(Arc<AtomicUsize>);
        impl Drop for Held {
            fn drop(&mut self) {
                self.0.fetch_sub(1, Ordering::SeqCst);
            }
        }
        self.held.fetch_add(1, Ordering::SeqCst);
        let _held = Held(Arc::clone(&self.held));
        // An error is a removed fault: also a release.
        drop(self.gate.changed().await);
    }
}
