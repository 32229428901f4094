//! "No free /28": the subnets in the database's zones have addresses, but no free block of sixteen in a row.

use jiff::Timestamp;

use super::{Exercise, ground, ready_since};
use crate::operator::Refused;
use crate::world::{World, space};

/// The VPC of the exercise has these subnets with fixed addresses all over, and one roomy subnet.
const FULL: [&str; 2] = ["subnet-0b1e57a8c04d6f210", "subnet-0b1e57a8c04d6f211"];

/// Whose addresses they are.
const FIXED: &str = "fixed addresses of the stock hosts";

pub(super) static EXERCISE: Exercise = Exercise {
    id: "no-free-28",
    title: "No free /28",
    situation: "ClickHouse shall read the database practice-stock. The subnets in its zones have many free \
                addresses, but they lie scattered: nowhere are sixteen in a row free. One more subnet of its VPC \
                is in another zone.",
    goal: "An endpoint that leads to practice-stock is Ready, with its resource gateway in subnets that have room.",
    hints: &[
        "Set up a connection, and choose the database practice-stock.",
        "Under Resource and network, compare the column of free /28 blocks of the subnets: the gateway needs one, \
         and the endpoint needs another.",
        "A gateway need not be in the database's zone: take the subnet practice-stock-1c and no other.",
        "Checks then warns about the zones and no longer fails. Tick the warning, and create.",
    ],
    prepare,
    faults: Vec::new,
    reached,
};

fn prepare(world: &mut World) -> Result<(), Refused> {
    let region = ground::lay(world)?;
    for subnet in FULL {
        space::take_blocks(region, subnet, FIXED);
    }
    Ok(())
}

fn reached(world: &World, since: Timestamp) -> bool {
    let database = ground::database_arn(world, "practice-stock");
    let region = world.regions.get(&world.home_region);
    ready_since(world, since).iter().any(|it| {
        let gateway = region.and_then(|region| region.gateway_of(it.configuration));
        it.leads_to(&database)
            && gateway.is_some_and(|it| !it.subnet_ids.iter().any(|id| FULL.contains(&&**id)))
    })
}
