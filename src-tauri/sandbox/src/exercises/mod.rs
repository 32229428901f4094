//! Prepared exercises: each makes a situation that is hard to meet on purpose, and judges by the world alone
//! whether it was resolved. What they need besides, they bring along (`scenarios/practice.json`), so that
//! they work in every world and take nothing away from it.

mod answer_lost;
mod ground;
mod no_free_28;
mod share_used_twice;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::faults::Wanted;
use crate::operator::Refused;
use crate::world::World;
use crate::world::lattice::ResourceConfiguration;
use crate::world::organization::{EndpointKind, EndpointStatus, ReversePrivateEndpoint};

/// An exercise that was begun; kept with the world.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Begun {
    /// When, for the last time.
    at: Timestamp,
}

/// One exercise.
pub(crate) struct Exercise {
    pub(crate) id: &'static str,
    title: &'static str,
    situation: &'static str,
    goal: &'static str,
    hints: &'static [&'static str],
    /// Prepares the world; again without harm.
    prepare: fn(&mut World) -> Result<(), Refused>,
    /// The faults that belong to it.
    faults: fn() -> Vec<Wanted>,
    /// Whether the goal is reached by what came to be since it was begun.
    reached: fn(&World, Timestamp) -> bool,
}

static EXERCISES: [&Exercise; 3] = [
    &share_used_twice::EXERCISE,
    &no_free_28::EXERCISE,
    &answer_lost::EXERCISE,
];

pub(crate) fn find(id: &str) -> Option<&'static Exercise> {
    EXERCISES.into_iter().find(|it| it.id == id)
}

/// All of them, as the panel shows them.
pub(crate) fn describe(world: &World) -> Value {
    EXERCISES
        .iter()
        .map(|it| {
            let state = match world.exercises.get(it.id) {
                None => "ready",
                Some(begun) if (it.reached)(world, begun.at) => "reached",
                Some(_) => "begun",
            };
            json!({
                "id": it.id,
                "title": it.title,
                "situation": it.situation,
                "goal": it.goal,
                "hints": it.hints,
                "state": state,
            })
        })
        .collect::<Vec<_>>()
        .into()
}

impl Exercise {
    pub(crate) fn begin(&self, world: &mut World) -> Result<(), Refused> {
        (self.prepare)(world)?;
        let at = world.now();
        world.exercises.insert(self.id.to_owned(), Begun { at });
        Ok(())
    }

    pub(crate) fn faults(&self) -> Vec<Wanted> {
        (self.faults)()
    }
}

/// A VPC resource endpoint with what it was made from.
struct Connected<'a> {
    endpoint: &'a ReversePrivateEndpoint,
    share_arn: &'a str,
    configuration: &'a ResourceConfiguration,
}

/// The endpoints that were made since a time, are Ready, and whose configuration is there.
fn ready_since(world: &World, since: Timestamp) -> Vec<Connected<'_>> {
    let region = world.regions.get(&world.home_region);
    let endpoints = world
        .organization
        .services
        .iter()
        .flat_map(|service| &service.endpoints);
    endpoints
        .filter(|it| it.created_at >= since && it.status == EndpointStatus::Ready)
        .filter_map(|endpoint| {
            let EndpointKind::VpcResource {
                configuration_id,
                share_arn,
            } = &endpoint.kind
            else {
                return None;
            };
            let configuration = region?.configuration(configuration_id)?;
            Some(Connected {
                endpoint,
                share_arn,
                configuration,
            })
        })
        .collect()
}

impl Connected<'_> {
    /// Whether it leads to the database with this ARN.
    fn leads_to(&self, arn: &str) -> bool {
        let definition = self.configuration.definition.as_ref();
        definition.is_some_and(|it| it["arnResource"]["arn"] == arn)
    }
}
