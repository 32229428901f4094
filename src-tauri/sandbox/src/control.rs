//! The sandbox's own interface under `/_sandbox`: its clock, its world, its log, its faults. For the
//! program that runs it and for tests; a page in a browser is refused.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::MAX_SPEED;
use crate::connection::Connection;
use crate::faults::Wanted;
use crate::state::State;
use crate::wire::answer::Answer;
use crate::wire::request::Request;
use crate::world::organization::{EndpointStatus, GraceStart};
use crate::world::store::WorldError;

/// The longest that the clock is moved on at once: ten years, in seconds.
const LONGEST_STEP: f64 = 315_360_000.0;

/// Where the interface begins.
pub(crate) const BASE_PATH: &str = "/_sandbox";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClockChange {
    advance_seconds: Option<f64>,
    speed: Option<f64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GraceChange {
    starts_at: GraceStart,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EndpointChange {
    status: EndpointStatus,
}

/// Answers a request of the interface.
pub(crate) fn answer(state: &State, connection: &Connection, request: &Request) -> Answer {
    // A web page can reach loopback with a form or a fetch; it cannot hide its origin.
    if request.header("origin").is_some() {
        return problem(403, "requests from web pages are refused");
    }
    let segments = request.segments();
    let path: Vec<&str> = segments.iter().skip(1).map(String::as_str).collect();
    match (request.method.as_str(), &path[..]) {
        ("GET", ["info"]) => body(&serde_json::to_value(connection).unwrap_or_default()),
        ("GET", ["world"]) => {
            body(&state.look(|world| serde_json::to_value(world).unwrap_or_default()))
        }
        ("GET", ["calls"]) => body(&state.calls()),
        ("GET", ["clock"]) => clock(state),
        ("POST", ["clock"]) => match read(request) {
            Ok(change) => set_clock(state, &change),
            Err(refused) => refused,
        },
        ("POST", ["grace"]) => match read::<GraceChange>(request) {
            Ok(change) => {
                let done = state.adjust(|world| world.grace_starts = change.starts_at);
                saved(done, &json!({ "starts_at": change.starts_at }))
            }
            Err(refused) => refused,
        },
        ("POST", ["endpoints", id]) => match read::<EndpointChange>(request) {
            Ok(change) => set_endpoint(state, id, change.status),
            Err(refused) => refused,
        },
        ("GET", ["faults"]) => body(&state.faults().describe()),
        ("POST", ["faults"]) => match read::<Wanted>(request) {
            Ok(wanted) => body(&json!({ "id": state.faults().add(wanted) })),
            Err(refused) => refused,
        },
        ("DELETE", ["faults"]) => {
            state.faults().clear();
            body(&json!({}))
        }
        ("DELETE", ["faults", id]) => known(id, |id| state.faults().remove(id)),
        ("POST", ["faults", id, "release"]) => known(id, |id| state.faults().release(id)),
        _ => problem(404, "no such path"),
    }
}

fn clock(state: &State) -> Answer {
    body(
        &state
            .look(|world| json!({ "now": world.now().to_string(), "speed": world.clock.speed() })),
    )
}

fn set_clock(state: &State, change: &ClockChange) -> Answer {
    let up_to = |most: f64| move |it: f64| (0.0..=most).contains(&it);
    if !change.advance_seconds.is_none_or(up_to(LONGEST_STEP))
        || !change.speed.is_none_or(up_to(MAX_SPEED))
    {
        return problem(400, "time runs forward only, and not endlessly");
    }
    match state.advance_clock(change.advance_seconds, change.speed) {
        Ok(()) => clock(state),
        Err(error) => problem(500, &error.to_string()),
    }
}

/// Puts an endpoint into a state, as ClickHouse might, from now on.
fn set_endpoint(state: &State, id: &str, status: EndpointStatus) -> Answer {
    let Ok(id) = id.parse::<Uuid>() else {
        return problem(404, "no such endpoint");
    };
    let done = state.adjust(|world| {
        let now = world.now();
        let endpoint = world.organization.endpoint_mut(id)?;
        endpoint.names_due = None;
        endpoint.enter(status, now, None);
        Some(())
    });
    match done {
        Ok(None) => problem(404, "no such endpoint"),
        Ok(Some(())) => body(&json!({ "status": status })),
        Err(error) => problem(500, &error.to_string()),
    }
}

fn read<T: DeserializeOwned>(request: &Request) -> Result<T, Answer> {
    serde_json::from_slice(&request.body).map_err(|error| problem(400, &error.to_string()))
}

fn known(id: &str, act: impl FnOnce(u64) -> bool) -> Answer {
    if id.parse().is_ok_and(act) {
        body(&json!({}))
    } else {
        problem(404, "no such fault")
    }
}

fn saved(done: Result<(), WorldError>, value: &Value) -> Answer {
    match done {
        Ok(()) => body(value),
        Err(error) => problem(500, &error.to_string()),
    }
}

fn body(value: &Value) -> Answer {
    Answer::json(200, value)
}

pub(crate) fn problem(status: u16, message: &str) -> Answer {
    Answer::json(status, &json!({ "error": message }))
}
