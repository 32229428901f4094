//! What is spoilt in a healthy world, and what the check then says.

mod brokers;
mod load_balancers;
mod regions;
mod security_groups;
mod service;
mod source;
mod targets;

use pipelink_plan::check::{CheckId, Verdict};

use super::world::World;

pub(super) struct Case {
    pub(super) what: &'static str,
    pub(super) id: CheckId,
    pub(super) verdict: Verdict,
    pub(super) world: World,
}

fn case(
    id: CheckId,
    verdict: Verdict,
    what: &'static str,
    mut world: World,
    spoil: impl FnOnce(&mut World),
) -> Case {
    spoil(&mut world);
    Case {
        what,
        id,
        verdict,
        world,
    }
}

pub(super) fn cases() -> Vec<Case> {
    [
        brokers::cases(),
        load_balancers::cases(),
        regions::cases(),
        security_groups::cases(),
        service::cases(),
        source::cases(),
        targets::cases(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
