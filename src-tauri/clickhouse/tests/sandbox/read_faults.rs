//! Every list that the wizard and a sweep read, under every fault that the sandbox says can strike it: it comes
//! whole, or as a problem that says what it is; never shorter than it is, and never empty.

use std::collections::BTreeSet;
use std::fmt::Debug;

use pipelink_clickhouse::Rows;
use pipelink_plan::problem::Problem;
use serde::Serialize;
use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::world::World;

/// A list, by the operation that reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum List {
    Organizations,
    Services,
    Endpoints,
    Pipes,
}

impl List {
    const ALL: [Self; 4] = [
        Self::Organizations,
        Self::Services,
        Self::Endpoints,
        Self::Pipes,
    ];

    fn operation(self) -> &'static str {
        match self {
            Self::Organizations => "ListOrganizations",
            Self::Services => "ListServices",
            Self::Endpoints => "ListReversePrivateEndpoints",
            Self::Pipes => "ListClickPipes",
        }
    }

    /// The list as the client answers it, with `service` for those that belong to one.
    async fn look(self, world: &World, service: &str) -> Result<Value, Problem> {
        let (client, organization) = (&world.client, &world.organization);
        match self {
            Self::Organizations => client.organizations().await.map(|list| as_json(&list)),
            Self::Services => rows(client.services(organization).await),
            Self::Endpoints => rows(client.endpoints(organization, service).await),
            Self::Pipes => rows(client.pipes(organization, service).await),
        }
    }
}

fn rows<T: Serialize + Debug>(answer: Result<Rows<T>, Problem>) -> Result<Value, Problem> {
    let answer = answer?;
    assert!(answer.odd.is_empty(), "{:?}", answer.odd);
    Ok(as_json(&answer.rows))
}

fn as_json(rows: &impl Serialize) -> Value {
    serde_json::to_value(rows).unwrap()
}

/// A world in which nothing happens by itself, and its service with endpoints and pipes. Found past the
/// client, whose requests are counted.
async fn still() -> (World, String) {
    let world = World::start(60.0).await;
    world.control("clock", Some(json!({ "speed": 0 }))).await;
    let held = world.control("world", None).await;
    let services = held["organization"]["services"].as_array().unwrap();
    let orders = services
        .iter()
        .find(|service| service["name"] == "orders-analytics");
    let id = orders.unwrap()["id"].as_str().unwrap().to_owned();
    (world, id)
}

/// How often a kind is to strike: once, as often as the client asks again, and for ever (0).
fn times(kind: &str) -> &'static [u32] {
    match kind {
        "rate_limited" => &[1, 2, 0],
        _ => &[1, 0],
    }
}

/// The problem that a fault has to come to; `None` where the list has to come whole.
fn told(kind: &str, times: u32) -> Option<&'static str> {
    match (kind, times) {
        // Refused for its rate, a request was not made; it is sent again, twice.
        ("rate_limited", 1 | 2) | ("delay" | "stale_list", _) => None,
        ("rate_limited", _) => Some("throttled"),
        ("unauthorized", _) => Some("keyRejected"),
        ("forbidden", _) => Some("keyForbidden"),
        ("server_error" | "gateway_timeout_but_done", _) => Some("serverError"),
        ("reset" | "lost_answer" | "hold_before" | "hold_after", _) => Some("unreachable"),
        ("malformed", _) => Some("malformed"),
        ("not_found_once", _) => Some("notFound"),
        ("service_idle", _) => Some("serviceIdle"),
        (unknown, _) => unreachable!("nothing is said here of what {unknown} has to come to"),
    }
}

/// What is wrong with a list under one fault, if anything.
async fn wrong(list: List, kind: String, times: u32, whole: Value) -> Option<String> {
    let (world, service) = still().await;
    let fault = json!({
        "service": "clickhouse", "operation": list.operation(), "kind": kind, "times": times,
        "delay_ms": if kind == "delay" { 50 } else { 0 },
    });
    world.control("faults", Some(fault)).await;
    let found = list.look(&world, &service).await;
    let hits = world.control("faults", None).await[0]["hits"].as_u64();
    let case = format!("{list:?}, {kind} times {times}");
    if hits < Some(u64::from(times.max(1))) {
        return Some(format!("{case}: it struck {hits:?} times"));
    }
    let fine = match (told(&kind, times), &found) {
        (None, Ok(found)) => *found == whole,
        (Some(code), Err(problem)) => as_json(problem)["code"] == code,
        _ => false,
    };
    (!fine).then(|| format!("{case}: {found:?}"))
}

async fn undisturbed(list: List) -> Value {
    let (world, service) = still().await;
    let whole = list.look(&world, &service).await.unwrap();
    // Of an empty list no part could be missing.
    assert!(!whole.as_array().unwrap().is_empty(), "{list:?}");
    whole
}

/// Takes as long as a call may take: those that are held back are given up.
#[tokio::test]
async fn a_list_is_whole_or_a_problem_whatever_strikes_it() {
    let panel = still().await.0.control("panel", None).await;
    let operations = panel["operations"].as_array().unwrap();
    let mut under_way = JoinSet::new();
    for list in List::ALL {
        let whole = undisturbed(list).await;
        let offered = operations
            .iter()
            .find(|it| it["service"] == "clickhouse" && it["operation"] == list.operation());
        let kinds: Vec<String> = serde_json::from_value(offered.unwrap()["kinds"].clone()).unwrap();
        for kind in kinds {
            for times in times(&kind) {
                under_way.spawn(wrong(list, kind.clone(), *times, whole.clone()));
            }
        }
    }
    assert!(under_way.len() > 80, "only {} cases", under_way.len());
    let wrong: Vec<String> = under_way.join_all().await.into_iter().flatten().collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A list that answers as of before a change cannot know it; but nothing that was there before is missing.
#[tokio::test]
async fn a_list_that_lags_behind_is_the_whole_one_of_before() {
    for (list, verb) in [
        (List::Endpoints, "delete-endpoint"),
        (List::Services, "idle-service"),
    ] {
        let (world, service) = still().await;
        let before = list.look(&world, &service).await.unwrap();
        let ids: BTreeSet<&str> = before
            .as_array()
            .unwrap()
            .iter()
            .map(|row| row["id"].as_str().unwrap())
            .collect();
        let panel = world.control("panel", None).await;
        let act = panel["operator"]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(|act| act["id"].as_str())
            .find(|id| {
                let object = id.strip_prefix(verb).map(str::trim);
                object.is_some_and(|object| ids.contains(object))
            })
            .expect("something that can be done to a row of the list");
        world.control("operator", Some(json!({ "act": act }))).await;
        let now = list.look(&world, &service).await.unwrap();
        assert_ne!(now, before, "{list:?}: {act}");
        world.fault(list.operation(), "stale_list", 1).await;
        assert_eq!(list.look(&world, &service).await, Ok(before), "{list:?}");
        assert_eq!(list.look(&world, &service).await, Ok(now), "{list:?}");
    }
}
