//! The sandbox's own interface under `/_sandbox`: its clock, its world, its log, its faults, another
//! operator, exercises. For the program that runs it and for tests; a page in a browser is refused.

mod panel;
mod private_link;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::MAX_SPEED;
use crate::connection::Connection;
use crate::exercises;
use crate::faults::Wanted;
use crate::operator;
use crate::state::State;
use crate::wire::answer::Answer;
use crate::wire::request::Request;
use crate::world::organization::{EndpointStatus, GraceStart};
use crate::world::reach;
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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ServiceChange {
    custom_private_dns: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WantedAct {
    act: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WantedExercise {
    exercise: String,
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
        ("GET", ["reach", configuration]) => reached(state, configuration),
        ("GET", ["reach", endpoint, host, port]) => {
            let pairs = request.query_pairs();
            let source = pairs.iter().find(|it| it.0 == "source");
            connects(state, endpoint, host, port, source.map(|it| it.1.as_str()))
        }
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
        ("POST", ["services", id]) => match read::<ServiceChange>(request) {
            Ok(change) => set_service(state, id, change.custom_private_dns),
            Err(refused) => refused,
        },
        ("POST", ["txt"]) => private_link::set_txt(state, request, true),
        ("DELETE", ["txt"]) => private_link::set_txt(state, request, false),
        ("POST", ["rights"]) => private_link::set_rights(state, request),
        ("GET", ["panel"]) => body(&panel::panel(state)),
        ("POST", ["operator"]) => match read::<WantedAct>(request) {
            Ok(wanted) => act(state, &wanted.act),
            Err(refused) => refused,
        },
        ("POST", ["exercises"]) => match read::<WantedExercise>(request) {
            Ok(wanted) => begin(state, &wanted.exercise),
            Err(refused) => refused,
        },
        ("GET", ["faults"]) => body(&state.faults().describe()),
        ("POST", ["faults"]) => match read::<Wanted>(request) {
            Ok(wanted) => add_fault(state, wanted),
            Err(refused) => refused,
        },
        ("DELETE", ["faults"]) => removed(state.remove_fault(None)),
        ("DELETE", ["faults", id]) => match id.parse() {
            Ok(id) => removed(state.remove_fault(Some(id))),
            Err(_) => no_such_fault(),
        },
        ("POST", ["faults", id, "release"]) => {
            if id.parse().is_ok_and(|id| state.faults().release(id)) {
                body(&json!({}))
            } else {
                no_such_fault()
            }
        }
        _ => problem(404, "no such path"),
    }
}

/// Whether what comes through a resource configuration arrives, and what stands in its way.
fn reached(state: &State, configuration: &str) -> Answer {
    match state.look(|world| reach::reach(world, configuration)) {
        Some(reach) => body(&serde_json::to_value(reach).unwrap_or_default()),
        None => problem(404, "no such configuration"),
    }
}

/// Whether a ClickPipe gets to a host and port through an endpoint, and what keeps it from getting there.
fn connects(state: &State, endpoint: &str, host: &str, port: &str, source: Option<&str>) -> Answer {
    let (Ok(id), Ok(port)) = (endpoint.parse::<Uuid>(), port.parse::<u16>()) else {
        return problem(400, "reach/ENDPOINT/HOST/PORT");
    };
    match state.look(|world| reach::through(world, id, host, port, source)) {
        Some(reach) => body(&serde_json::to_value(reach).unwrap_or_default()),
        None => problem(404, "no such endpoint"),
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

/// Has ClickHouse's support switch the preview of custom private DNS names on or off for a service.
fn set_service(state: &State, id: &str, custom_private_dns: bool) -> Answer {
    let done = state.adjust(|world| {
        let service = world.organization.service_mut(id)?;
        service.custom_private_dns = custom_private_dns;
        Some(())
    });
    match done {
        Ok(None) => problem(404, "no such service"),
        Ok(Some(())) => body(&json!({ "custom_private_dns": custom_private_dns })),
        Err(error) => problem(500, &error.to_string()),
    }
}

fn read<T: DeserializeOwned>(request: &Request) -> Result<T, Answer> {
    serde_json::from_slice(&request.body).map_err(|error| problem(400, &error.to_string()))
}

fn add_fault(state: &State, wanted: Wanted) -> Answer {
    match wanted.check() {
        Ok(()) => body(&json!({ "id": state.faults().add(wanted) })),
        Err(why) => problem(400, &why),
    }
}

fn removed(done: Result<bool, WorldError>) -> Answer {
    match done {
        Ok(true) => body(&json!({})),
        Ok(false) => no_such_fault(),
        Err(error) => problem(500, &error.to_string()),
    }
}

fn no_such_fault() -> Answer {
    problem(404, "no such fault")
}

/// Has the other operator do something. What AWS or ClickHouse refuses is refused in their words.
fn act(state: &State, id: &str) -> Answer {
    match state.change(|world| operator::act(world, id)) {
        Ok(Ok(())) => body(&json!({})),
        Ok(Err(refused @ operator::Refused::NoSuchAct)) => problem(404, &refused.to_string()),
        Ok(Err(refused)) => problem(409, &refused.to_string()),
        Err(error) => problem(500, &error.to_string()),
    }
}

fn begin(state: &State, id: &str) -> Answer {
    let Some(exercise) = exercises::find(id) else {
        return problem(404, "no such exercise");
    };
    match state.change(|world| exercise.begin(world)) {
        Ok(Ok(())) => {
            state.faults().set_for(exercise.id, exercise.faults());
            body(&json!({}))
        }
        Ok(Err(refused)) => problem(409, &refused.to_string()),
        Err(error) => problem(500, &error.to_string()),
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
