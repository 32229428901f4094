//! Where a thing that is on its way is headed when a fault has a say: held in its state for as long as the
//! fault stands, or into the failed state. Without a fate, a thing arrives where it should.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::World;
use super::aging::takes;
use super::thing::Thing;

/// The fates of a world. Kept with it: a failed thing stays failed when the process ends.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Fates(Vec<Fate>);

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Fate {
    thing: Thing,
    end: End,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum End {
    /// Held by a fault; `left` is what remained of its way.
    Held { fault: u64, left: SignedDuration },
    /// Will fail when it arrives.
    Fails { reason: String },
    /// Has failed.
    Failed { reason: String },
}

impl Fates {
    /// Whether a thing that arrives now fails, and why. What failed keeps its reason until its next arrival.
    pub(super) fn arrive(&mut self, thing: &Thing) -> Option<String> {
        let index = self.0.iter().position(|it| it.thing == *thing)?;
        let End::Fails { reason } = self.0.remove(index).end else {
            return None;
        };
        self.decide(
            thing.clone(),
            End::Failed {
                reason: reason.clone(),
            },
        );
        Some(reason)
    }

    /// Why a gateway or configuration with this ID, or a share or load balancer with this ARN, has failed.
    pub(crate) fn reason(&self, id_or_arn: &str) -> Option<&str> {
        self.0.iter().find_map(|it| match (&it.thing, &it.end) {
            (
                Thing::Gateway { id: own, .. }
                | Thing::Configuration { id: own, .. }
                | Thing::Share { arn: own, .. }
                | Thing::LoadBalancer { arn: own, .. },
                End::Failed { reason },
            ) if own == id_or_arn => Some(reason.as_str()),
            _ => None,
        })
    }

    fn decide(&mut self, thing: Thing, end: End) {
        self.0.retain(|it| it.thing != thing);
        self.0.push(Fate { thing, end });
    }
}

impl World {
    /// Holds a thing in its state until [`World::let_go`].
    pub(crate) fn hold(&mut self, thing: Thing, fault: u64, now: Timestamp) {
        if let Some(due) = self.due_mut(&thing)
            && let Some(at) = due.take()
        {
            let left = at.duration_since(now);
            self.fates.decide(thing, End::Held { fault, left });
        }
    }

    /// Has a thing fail when it arrives.
    pub(crate) fn doom(&mut self, thing: Thing, reason: &str, now: Timestamp) {
        // An invitation stands for days; a failure shows as soon as any other association does.
        if let (Thing::Association { .. }, Some(Some(due))) = (&thing, self.due_mut(&thing)) {
            *due = (*due).min(now + takes::ASSOCIATION);
        }
        let reason = reason.to_owned();
        self.fates.decide(thing, End::Fails { reason });
    }

    /// Lets what a fault holds go on, or with None what any fault holds. Says whether anything was held.
    pub(crate) fn let_go(&mut self, fault: Option<u64>, now: Timestamp) -> bool {
        let is_held = |it: &Fate| matches!(&it.end, End::Held { fault: by, .. } if fault.is_none_or(|id| id == *by));
        let (held, kept) = std::mem::take(&mut self.fates.0)
            .into_iter()
            .partition::<Vec<_>, _>(is_held);
        self.fates.0 = kept;
        let any = !held.is_empty();
        for Fate { thing, end } in held {
            // What was deleted or set going anew meanwhile goes its own way.
            if let (End::Held { left, .. }, Some(due @ None)) = (end, self.due_mut(&thing)) {
                *due = Some(now + left);
            }
        }
        any
    }
}
