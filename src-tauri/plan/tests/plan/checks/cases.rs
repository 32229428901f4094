//! What is spoilt in the healthy world, and what the check then says.

mod clickhouse;
mod database;
mod existing_endpoint;
mod hosts;
mod msk;
mod names;
mod network_acls;
mod own_names;
mod quotas;
mod resolution;
mod reuse;
mod security_groups;
mod sharing;
mod subnets;

use pipelink_plan::check::{CheckId, Verdict};

use super::OF_DATABASE;
use crate::facts::*;

pub(super) struct Case {
    pub(super) what: &'static str,
    pub(super) id: CheckId,
    pub(super) verdict: Verdict,
    pub(super) world: World,
}

fn case(id: CheckId, verdict: Verdict, what: &'static str, spoil: impl FnOnce(&mut World)) -> Case {
    let mut world = World::healthy();
    spoil(&mut world);
    Case {
        what,
        id,
        verdict,
        world,
    }
}

pub(super) fn cases() -> Vec<Case> {
    let mut cases: Vec<Case> = OF_DATABASE
        .into_iter()
        .map(|id| case(id, World::healthy_verdict(id), "healthy", |_| {}))
        .collect();
    cases.extend(clickhouse::cases());
    cases.extend(database::cases());
    cases.extend(existing_endpoint::cases());
    cases.extend(hosts::cases());
    cases.extend(msk::cases());
    cases.extend(own_names::cases());
    cases.extend(subnets::cases());
    cases.extend(security_groups::cases());
    cases.extend(names::cases());
    cases.extend(network_acls::cases());
    cases.extend(quotas::cases());
    cases.extend(resolution::cases());
    cases.extend(reuse::cases());
    cases.extend(sharing::cases());
    cases
}
