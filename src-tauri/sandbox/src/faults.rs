//! Faults that a test switches on: what goes wrong with which operation, how often, and which
//! requests are being held back.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio::sync::watch;

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
}

/// All faults, by ID.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    faults: BTreeMap<u64, Fault>,
    last_id: u64,
}

/// A fault that strikes one request.
#[derive(Debug)]
pub(crate) struct Strike {
    pub(crate) kind: Kind,
    pub(crate) delay_ms: u64,
    held: Arc<AtomicUsize>,
    gate: watch::Receiver<u32>,
}

impl Faults {
    pub(crate) fn add(&mut self, wanted: Wanted) -> u64 {
        self.last_id += 1;
        let (gate, _) = watch::channel(0);
        let fault = Fault {
            wanted,
            hits: 0,
            held: Arc::default(),
            gate,
        };
        self.faults.insert(self.last_id, fault);
        self.last_id
    }

    /// The first fault for the operation that is not used up.
    pub(crate) fn strike(&mut self, service: &str, operation: &str) -> Option<Strike> {
        let fault = self.faults.values_mut().find(|fault| {
            let wanted = &fault.wanted;
            wanted.service == service
                && wanted.operation == operation
                && (wanted.times == 0 || fault.hits < wanted.times)
        })?;
        fault.hits += 1;
        Some(Strike {
            kind: fault.wanted.kind,
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
