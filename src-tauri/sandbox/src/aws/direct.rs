//! Operations that somebody carries out from inside of the sandbox: another operator, an exercise. They are
//! held to the model and mean the same as over the wire; only the wire is left out.

use serde_json::Value;

use super::call::unauthorized;
use super::{Context, meaning, members};
use crate::wire::Members;
use crate::wire::failure::Failure;
use crate::wire::model;
use crate::wire::validate;
use crate::world::World;

/// Carries an operation out in a region of the account.
pub(crate) fn perform(
    world: &mut World,
    region: &str,
    (service, operation): (&'static str, &'static str),
    input: Value,
) -> Result<Members, Failure> {
    let unknown = || Failure::not_simulated(format_args!("{service} {operation}"));
    let (service, model) = model::service(service).ok_or_else(unknown)?;
    let found = model.operations.get(operation).ok_or_else(unknown)?;
    let meaning = meaning(service, operation).ok_or_else(unknown)?;
    let input = members(input);
    validate::input(service, model, found, &input)?;
    if let Some(refused) = unauthorized(service, operation, world, &input) {
        return Err(refused);
    }
    let now = world.now();
    let access_key_id = world.keys.access_key_id.clone();
    (meaning.act)(
        &mut Context {
            world,
            region,
            access_key_id: &access_key_id,
            now,
        },
        &input,
    )
}
