//! Everything that the sandbox's panel shows, in one answer.

use serde_json::{Value, json};

use crate::faults::catalogue;
use crate::state::State;
use crate::{exercises, operator};

pub(super) fn panel(state: &State) -> Value {
    let mut panel = state.look(|world| {
        json!({
            "now": world.now().to_string(),
            "speed": world.clock.speed(),
            "graceStarts": world.grace_starts,
            "operations": catalogue::operations(),
            "operator": operator::acts(world),
            "exercises": exercises::describe(world),
        })
    });
    panel["faults"] = state.faults().panel();
    panel
}
