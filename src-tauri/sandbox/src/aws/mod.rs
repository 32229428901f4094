//! What each AWS operation means: one file per service. An operation gets members that the wire has
//! already read and held to the model, and returns members by their name in the model.

mod call;
pub(crate) mod direct;
mod ec2;
mod elb;
pub(crate) mod faulted;
mod kafka;
mod lattice;
mod page;
mod pricing;
mod quotas;
mod ram;
mod rds;
mod sts;
mod token;

use jiff::Timestamp;
use serde_json::Value;

pub(crate) use call::{AwsCall, authentication_failure, has_pages, identify, is_list};

use crate::wire::Members;
use crate::wire::failure::Failure;
use crate::world::{Region, World};

/// What an operation works on.
pub(crate) struct Context<'a> {
    pub(crate) world: &'a mut World,
    pub(crate) region: &'a str,
    /// Who asks.
    pub(crate) access_key_id: &'a str,
    pub(crate) now: Timestamp,
}

type Outcome = Result<Members, Failure>;
type Act = fn(&mut Context<'_>, &Members) -> Outcome;

/// An operation: whether it changes the world, and what it does.
pub(crate) struct Meaning {
    pub(crate) writes: bool,
    pub(crate) act: Act,
}

/// The meaning of an operation; None is a 501.
pub(crate) fn meaning(service: &str, operation: &str) -> Option<Meaning> {
    let (writes, act): (bool, Act) = match service {
        "sts" => sts::meaning(operation)?,
        "ec2" => ec2::meaning(operation)?,
        "elasticloadbalancing" => elb::meaning(operation)?,
        "rds" => rds::meaning(operation)?,
        "vpc-lattice" => lattice::meaning(operation)?,
        "ram" => ram::meaning(operation)?,
        "kafka" => kafka::meaning(operation)?,
        "servicequotas" => quotas::meaning(operation)?,
        "pricing" => pricing::meaning(operation)?,
        _ => return None,
    };
    Some(Meaning { writes, act })
}

impl Context<'_> {
    pub(crate) fn account(&self) -> &str {
        &self.world.account.id
    }

    /// The region of the request; it exists, or the request was refused before.
    pub(crate) fn here(&self) -> &Region {
        static NOWHERE: std::sync::LazyLock<Region> = std::sync::LazyLock::new(Region::default);
        self.world.regions.get(self.region).unwrap_or(&NOWHERE)
    }

    pub(crate) fn here_mut(&mut self) -> &mut Region {
        self.world
            .regions
            .entry(self.region.to_owned())
            .or_default()
    }
}

/// A JSON object as members; anything else is none.
fn members(value: Value) -> Members {
    match value {
        Value::Object(members) => members,
        _ => Members::new(),
    }
}

fn text<'a>(input: &'a Members, name: &str) -> Option<&'a str> {
    input.get(name)?.as_str()
}

fn flag(input: &Members, name: &str) -> Option<bool> {
    input.get(name)?.as_bool()
}

fn number(input: &Members, name: &str) -> Option<usize> {
    usize::try_from(input.get(name)?.as_u64()?).ok()
}

/// A list of strings; None when it was not sent.
fn texts(input: &Members, name: &str) -> Option<Vec<String>> {
    let items = input.get(name)?.as_array()?;
    Some(
        items
            .iter()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect(),
    )
}
