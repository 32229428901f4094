//! Every read of a discovery under every fault that the sandbox says can strike it: what the read was for is
//! then either whole or not known and why, never a part of itself; and everything else is as it would have
//! been.
//!
//! The calls are those that the sandbox sees, and the kinds of faults those that it offers: a new one of
//! either that the tables here do not have fails the test.

mod readings;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use serde_json::{Value, json};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use crate::support::{World, configuration, gateway, run, share};
use readings::{Facts, Read, Reading};

/// A world in which nothing happens by itself.
async fn still() -> World {
    let world = World::start().await;
    world.run_clock(0.0).await;
    world
}

/// What every reading comes to where nothing goes wrong.
async fn undisturbed() -> BTreeMap<Reading, Facts> {
    let world = still().await;
    let mut all = BTreeMap::new();
    for reading in Reading::ALL {
        let facts = reading.look(&world).await;
        for (name, fact) in &facts {
            assert_eq!(fact["state"], "known", "{name}: {fact}");
            // Of an empty list no part could be missing.
            let rows = fact["value"].as_array().map(Vec::len);
            assert_ne!(rows, Some(0), "{name}");
        }
        all.insert(reading, facts);
    }
    all
}

/// One read under one fault.
struct Case {
    read: Read,
    kind: String,
    /// How often it strikes; 0 is for ever.
    times: u32,
}

impl fmt::Display for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Read { of, operation, .. } = self.read;
        write!(f, "{of:?}, {operation}, {} times {}", self.kind, self.times)
    }
}

/// What has to come of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Told {
    Whole,
    /// Not known, with this problem.
    Not(&'static str),
}

impl Case {
    /// How often a kind is to strike: as often as the SDK asks again by itself, and for ever.
    fn times(kind: &str) -> &'static [u32] {
        match kind {
            "throttle" | "server_error" | "reset" | "lost_answer" => &[2, 0],
            // A list that is empty for ever has no end at which it could be called whole.
            "empty_page" => &[1, 3],
            _ => &[1, 0],
        }
    }

    fn told(&self) -> Told {
        let listed =
            self.read.of == Reading::Region && self.read.operation.starts_with("GetResource");
        match (self.kind.as_str(), self.times) {
            ("delay" | "empty_page" | "stale_list", _)
            // What passes within the SDK's own attempts.
            | ("throttle" | "server_error" | "reset" | "lost_answer", 2)
            | ("hold_before" | "hold_after", 1) => Told::Whole,
            // What a list names is looked for twice.
            ("not_found_once", 1) if listed && self.read.service == "vpc-lattice" => Told::Whole,
            ("throttle", _) => Told::Not("throttled"),
            ("deny", _) => Told::Not("accessDenied"),
            ("expired_credentials", _) => Told::Not("credentialsExpired"),
            ("server_error", _) => Told::Not("serverError"),
            ("malformed", _) => Told::Not("malformed"),
            ("not_found_once", _) => Told::Not("notFound"),
            ("reset" | "lost_answer" | "hold_before" | "hold_after", _) => Told::Not("unreachable"),
            (unknown, _) => panic!("nothing is said here of what {unknown} has to come to"),
        }
    }

    async fn play(self, undisturbed: Arc<BTreeMap<Reading, Facts>>) -> Vec<String> {
        let Read {
            of,
            service,
            operation,
            ..
        } = self.read;
        let world = still().await;
        world
            .switch_on(json!({
                "service": service, "operation": operation, "kind": self.kind, "times": self.times,
                "delay_ms": if self.kind == "delay" { 50 } else { 0 },
            }))
            .await;
        let found = of.look(&world).await;
        let mut wrong = self.wrong(&undisturbed[&of], &found);
        if world.seen("faults").await[0]["hits"].as_u64() < Some(u64::from(self.times.max(1))) {
            wrong.push("the fault did not strike".to_owned());
        }
        wrong
            .into_iter()
            .map(|wrong| format!("{self}: {wrong}"))
            .collect()
    }

    /// What is not as it has to be.
    fn wrong(&self, whole: &Facts, found: &Facts) -> Vec<String> {
        let told = self.told();
        let mut wrong = Vec::new();
        for (name, fact) in found {
            let wanted = if name == self.read.fact {
                told
            } else if told != Told::Whole && self.read.then == Some(name) {
                Told::Not("notAsked")
            } else {
                Told::Whole
            };
            let fine = match wanted {
                Told::Whole => Some(fact) == whole.get(name),
                Told::Not(code) => fact["state"] == "unknown" && fact["problem"]["code"] == code,
            };
            if !fine {
                wrong.push(format!("{name} should be {wanted:?}: {fact:.300}"));
            }
        }
        if !found.keys().eq(whole.keys()) {
            wrong.push(format!("there are {:?}", found.keys()));
        }
        wrong
    }
}

/// Every read under every kind of fault that can strike it.
async fn cases() -> Vec<Case> {
    let world = still().await;
    let panel = world.seen("panel").await;
    let operations = panel["operations"].as_array().unwrap();
    let kinds = |read: &Read| -> Vec<String> {
        let offered = operations
            .iter()
            .find(|it| it["service"] == read.service && it["operation"] == read.operation);
        serde_json::from_value(offered.unwrap()["kinds"].clone()).unwrap()
    };
    let mut cases = Vec::new();
    for read in Reading::ALL.into_iter().flat_map(Reading::reads) {
        for kind in kinds(&read) {
            for times in Case::times(&kind) {
                cases.push(Case {
                    read,
                    kind: kind.clone(),
                    times: *times,
                });
            }
        }
    }
    cases
}

/// Plays those cases, so many at once; what is wrong with them is told all together.
async fn play(at_once: usize, which: impl Fn(&Case) -> bool) {
    let undisturbed = Arc::new(undisturbed().await);
    let turns = Arc::new(Semaphore::new(at_once));
    let mut under_way = JoinSet::new();
    let chosen: Vec<Case> = cases().await.into_iter().filter(which).collect();
    assert!(chosen.len() > 2 * 19, "only {} cases", chosen.len());
    for case in chosen {
        let (turns, undisturbed) = (Arc::clone(&turns), Arc::clone(&undisturbed));
        under_way.spawn(async move {
            let _turn = turns.acquire().await.unwrap();
            case.play(undisturbed).await
        });
    }
    let wrong = under_way.join_all().await.concat();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn holds(case: &Case) -> bool {
    case.kind.starts_with("hold_")
}

#[tokio::test]
async fn the_table_has_every_call_of_every_reading() {
    for reading in Reading::ALL {
        let world = still().await;
        let facts = reading.look(&world).await;
        let calls = world.seen("calls").await;
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let made: BTreeSet<_> = calls
            .as_array()
            .unwrap()
            .iter()
            .map(|call| (text(&call["service"]), text(&call["operation"])))
            .collect();
        let reads = reading.reads();
        let named: BTreeSet<_> = reads
            .iter()
            .map(|read| (read.service.to_owned(), read.operation.to_owned()))
            .collect();
        assert_eq!(made, named, "{reading:?}");
        let rest: BTreeSet<_> = reads.iter().map(|read| read.fact.to_owned()).collect();
        assert_eq!(facts.into_keys().collect::<BTreeSet<_>>(), rest);
    }
}

#[tokio::test]
async fn a_fault_that_passes_costs_at_most_the_fact_it_strikes() {
    play(24, |case| case.times > 0 && !holds(case)).await;
}

#[tokio::test]
async fn a_fault_that_stays_costs_the_fact_it_strikes_and_no_other() {
    play(24, |case| case.times == 0 && !holds(case)).await;
}

/// Takes as long as a call may take with all its attempts.
#[tokio::test]
async fn a_read_that_is_not_answered_is_given_up_and_the_others_do_not_wait_with_it() {
    play(40, holds).await;
}

/// A list that answers as of before a change may tell less than there is, and cannot know it; but what was
/// there before the change and is still there is in it.
#[tokio::test]
async fn a_list_that_lags_behind_loses_nothing_that_was_there_before() {
    let world = World::start().await;
    let mut before = BTreeMap::new();
    for reading in Reading::ALL {
        before.insert(reading, reading.look(&world).await);
    }
    let made = world.make(&gateway("orders"), &run(1)).await;
    let made = world.make(&configuration("orders", &made), &run(1)).await;
    world.make(&share("orders", &made), &run(1)).await;
    let offered = world.seen("panel").await["operator"].clone();
    for verb in ["stop-database", "take-blocks"] {
        let acts = offered.as_array().unwrap().iter();
        let mut acts = acts.map(|act| act["id"].as_str().unwrap());
        world
            .act(acts.find(|id| id.starts_with(verb)).unwrap())
            .await;
    }
    world.run_clock(0.0).await;

    let mut lagged = BTreeSet::new();
    for case in cases().await {
        if case.kind != "stale_list" {
            continue;
        }
        let Read {
            of,
            service,
            operation,
            fact,
            ..
        } = case.read;
        let after = of.look(&world).await;
        world
            .fault(service, operation, "stale_list", case.times)
            .await;
        let found = of.look(&world).await;
        let struck = &world.seen("faults").await[0]["hits"];
        assert!(struck.as_u64() >= Some(1), "{case}");
        world.clear_faults().await;
        for (name, found) in &found {
            if name == fact {
                let ids: BTreeSet<String> = ids(found);
                let (before, after) = (self::ids(&before[&of][name]), self::ids(&after[name]));
                let lost: Vec<_> = before
                    .intersection(&after)
                    .filter(|id| !ids.contains(*id))
                    .collect();
                assert!(lost.is_empty(), "{case}: {lost:?}");
            } else if case.read.then != Some(name) {
                assert_eq!(found, &after[name], "{case}: {name}");
            }
        }
        if found[fact] != after[fact] {
            lagged.insert(operation);
        }
    }
    // Those that somebody changed, so that the fault came to something.
    for operation in [
        "DescribeDBInstances",
        "DescribeNetworkInterfaces",
        "GetResourceShareAssociations",
        "GetResourceShares",
        "ListResourceConfigurations",
        "ListResourceGateways",
    ] {
        assert!(lagged.contains(operation), "{operation}: {lagged:?}");
    }
}

/// What tells the rows of a known list apart.
fn ids(fact: &Value) -> BTreeSet<String> {
    assert_eq!(fact["state"], "known", "{fact:.300}");
    let id = |row: &Value| {
        let mut members = ["arn", "id", "identifier"].into_iter();
        let own = members.find_map(|member| row.get(member));
        own.unwrap_or(row).to_string()
    };
    match &fact["value"] {
        Value::Array(rows) => rows.iter().map(id).collect(),
        one => BTreeSet::from([id(one)]),
    }
}
