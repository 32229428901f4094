//! What is spoilt in the healthy world, and what the check then says.

mod authentication;
mod cluster;
mod connections;
mod network;
mod policy;
mod service;

use pipelink_plan::check::{CheckId, Verdict};

use super::checks::EVERY_CHECK;
use super::facts::MskWorld;

pub(super) struct Case {
    pub(super) what: &'static str,
    pub(super) id: CheckId,
    pub(super) verdict: Verdict,
    pub(super) world: MskWorld,
}

fn case(
    id: CheckId,
    verdict: Verdict,
    what: &'static str,
    spoil: impl FnOnce(&mut MskWorld),
) -> Case {
    let mut world = MskWorld::healthy();
    spoil(&mut world);
    Case {
        what,
        id,
        verdict,
        world,
    }
}

pub(super) fn cases() -> Vec<Case> {
    let mut cases: Vec<Case> = EVERY_CHECK
        .into_iter()
        .map(|id| case(id, Verdict::Passed, "healthy", |_| {}))
        .collect();
    cases.extend(authentication::cases());
    cases.extend(cluster::cases());
    cases.extend(connections::cases());
    cases.extend(network::cases());
    cases.extend(policy::cases());
    cases.extend(service::cases());
    cases
}
