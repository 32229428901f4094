//! Idempotency: the same token with the same parameters is answered as the first time, with other
//! parameters refused. A token is remembered for a day and forgotten with what it made.

use serde_json::{Map, Value};

use super::{Context, Outcome, text};
use crate::wire::Members;
use crate::wire::failure::Failure;
use crate::world::TokenUse;

/// Runs `act` unless its token was used before for the same; `still` says whether what the first use
/// made exists (a repeat for something deleted makes it anew).
pub(crate) fn once(
    context: &mut Context<'_>,
    operation: &str,
    input: &Members,
    mismatch: impl FnOnce() -> Failure,
    still: impl FnOnce(&Context<'_>, &Value) -> bool,
    act: impl FnOnce(&mut Context<'_>, &Members) -> Outcome,
) -> Outcome {
    // EC2 writes its members with capitals.
    let names = ["clientToken", "ClientToken"];
    let Some(token) = names.into_iter().find_map(|name| text(input, name)) else {
        return act(context, input);
    };
    let key = format!("{operation} {token}");
    let mut parameters: Map<_, _> = input.clone();
    parameters.retain(|name, _| !names.contains(&name.as_str()));
    let parameters = Value::Object(parameters);
    if let Some(first) = context.here().tokens.get(&key) {
        if first.input != parameters {
            return Err(mismatch());
        }
        if still(context, &first.output) {
            return Ok(super::members(first.output.clone()));
        }
    }
    let output = act(context, input)?;
    let at = context.now;
    let usage = TokenUse {
        input: parameters,
        output: Value::Object(output.clone()),
        at,
    };
    context.here_mut().tokens.insert(key, usage);
    Ok(output)
}
