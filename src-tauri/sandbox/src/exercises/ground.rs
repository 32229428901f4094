//! The ground that exercises stand on: VPCs and databases of their own, and the way to have what they make
//! usable at once.

use serde::Deserialize;

use crate::operator::Refused;
use crate::wire::failure::Failure;
use crate::world::dns::Entry;
use crate::world::share::AssociationKind;
use crate::world::thing::Thing;
use crate::world::{Region, World, aging};

/// Where a gateway for practice-ledger belongs, by the IDs of the practice file.
pub(super) const VPC: &str = "vpc-0b1e57a8c04d6f100";
pub(super) const SUBNETS: [&str; 2] = ["subnet-0b1e57a8c04d6f110", "subnet-0b1e57a8c04d6f111"];
pub(super) const GATEWAY_GROUP: &str = "sg-0b1e57a8c04d6f121";

/// The practice file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Practice {
    /// Public names.
    names: Vec<Entry>,
    /// What is added to the account's home region.
    region: Region,
}

/// Adds to the world what it lacks of the practice file. Answers the region.
pub(super) fn lay(world: &mut World) -> Result<&mut Region, Refused> {
    let file = include_str!("../../scenarios/practice.json");
    let Practice { names, region: new } = serde_json::from_str(file).map_err(broken)?;
    add(&mut world.dns.public, names, |it| &it.name);
    let home = world.home_region.clone();
    let region = world.regions.entry(home).or_default();
    add(&mut region.vpcs, new.vpcs, |it| &it.id);
    add(&mut region.subnets, new.subnets, |it| &it.id);
    add(&mut region.security_groups, new.security_groups, |it| {
        &it.id
    });
    add(&mut region.network_acls, new.network_acls, |it| &it.id);
    let interfaces = new.network_interfaces;
    add(&mut region.network_interfaces, interfaces, |it| &it.id);
    add(&mut region.db_subnet_groups, new.db_subnet_groups, |it| {
        &it.name
    });
    add(&mut region.db_instances, new.db_instances, |it| &it.id);
    Ok(region)
}

fn add<T>(there: &mut Vec<T>, new: Vec<T>, id: impl Fn(&T) -> &String) {
    for item in new {
        if !there.iter().any(|it| id(it) == id(&item)) {
            there.push(item);
        }
    }
}

/// The ARN of a database of the practice file.
pub(super) fn database_arn(world: &World, id: &str) -> String {
    let (region, account) = (&world.home_region, &world.account.id);
    format!("arn:aws:rds:{region}:{account}:db:{id}")
}

/// Does something, and has what it sets going arrive at once. An invitation is not accepted by that.
pub(super) fn at_once<T>(
    world: &mut World,
    act: impl FnOnce(&mut World) -> Result<T, Refused>,
) -> Result<T, Refused> {
    let before = world.clone();
    let done = act(world)?;
    let now = world.now();
    for (thing, _) in world.set_going_since(&before) {
        let invitation = matches!(
            &thing,
            Thing::Association {
                kind: AssociationKind::Principal,
                ..
            }
        );
        if !invitation && let Some(due) = world.due_mut(&thing) {
            *due = Some(now);
        }
    }
    aging::advance(world, now);
    Ok(done)
}

/// The sandbox's own data cannot be read: it was damaged when it was built.
#[allow(clippy::needless_pass_by_value, reason = "for map_err")]
pub(super) fn broken(error: serde_json::Error) -> Refused {
    Failure::new("InternalFailure", 500, error.to_string()).into()
}
