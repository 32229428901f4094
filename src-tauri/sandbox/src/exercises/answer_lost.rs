//! "The answer got lost": two answers that a run needs never arrive, although AWS and ClickHouse did what they
//! were asked.

use jiff::Timestamp;

use super::{Exercise, ready_since};
use crate::faults::catalogue::CLICKHOUSE;
use crate::faults::{Kind, Wanted};
use crate::world::World;
use crate::world::lattice::Status;

/// A client of AWS tries three times by itself; all three answers get lost.
const ATTEMPTS: u32 = 3;

pub(super) static EXERCISE: Exercise = Exercise {
    id: "answer-lost",
    title: "The answer got lost",
    situation: "The network is bad today: the answers to the next creation of a resource share and of the next \
                endpoint get lost on their way. AWS and ClickHouse do what they are asked all the same.",
    goal: "One endpoint is Ready, and there are exactly one new resource share and one new resource gateway for it.",
    hints: &[
        "Set up a connection as always, and begin the run.",
        "On the page of the run, read what is known and what is not. Whatever carries the run's ID was made by \
         it, also when no answer said so.",
        "Where the run stands still, use Look again or Continue. Do not set the same connection up a second time.",
        "If a second share or endpoint was made all the same, undo that run, and begin the exercise again.",
    ],
    prepare: |_| Ok(()),
    faults: || {
        vec![
            Wanted::new("ram", "CreateResourceShare", Kind::LostAnswer, ATTEMPTS),
            Wanted::new(
                CLICKHOUSE,
                "CreateReversePrivateEndpoint",
                Kind::LostAnswer,
                1,
            ),
        ]
    },
    reached,
};

fn reached(world: &World, since: Timestamp) -> bool {
    let endpoints = world
        .organization
        .services
        .iter()
        .flat_map(|service| &service.endpoints);
    let made = endpoints.filter(|it| it.created_at >= since).count();
    let (1, [ready]) = (made, &ready_since(world, since)[..]) else {
        return false;
    };
    let Some(region) = world.regions.get(&world.home_region) else {
        return false;
    };
    let shares = region.resource_shares.iter();
    let shares: Vec<&str> = shares
        .filter(|it| it.created_at >= since && it.live())
        .map(|it| it.arn.as_str())
        .collect();
    let gateways = region.resource_gateways.iter();
    let mut gateways =
        gateways.filter(|it| it.created_at >= since && it.status != Status::DeleteInProgress);
    // A run that uses a gateway that was there makes none.
    let own = ready.configuration.gateway_id.as_deref();
    shares == [ready.share_arn] && gateways.all(|it| Some(it.id.as_str()) == own)
}
