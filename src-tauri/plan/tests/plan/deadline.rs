//! The deletion window always holds the moment at which ClickHouse really deletes.

use jiff::{SignedDuration, Timestamp};
use pipelink_plan::deadline::{grace_hours, window};
use pipelink_plan::endpoint::EndpointStatus;
use proptest::prelude::*;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

#[test]
fn between_the_last_look_before_and_the_first_look_after_plus_the_grace_period() {
    let window = window(
        &EndpointStatus::PendingAcceptance,
        at("2026-11-23T14:20:00Z"),
        Some(at("2026-11-23T10:05:00Z")),
        Some(at("2026-11-01T00:00:00Z")),
    )
    .unwrap();
    assert_eq!(window.earliest, Some(at("2026-11-24T10:05:00Z")));
    assert_eq!(window.latest, at("2026-11-24T14:20:00Z"));
    assert_eq!(window.grace_hours, 24);
}

#[test]
fn never_seen_in_another_status_the_connection_gives_the_earliest() {
    let seen = at("2026-11-23T14:20:00Z");
    let made = at("2026-11-20T08:00:00Z");
    let with = window(&EndpointStatus::Failed, seen, None, Some(made)).unwrap();
    assert_eq!(with.earliest, Some(at("2026-11-27T08:00:00Z")));
    let without = window(&EndpointStatus::Failed, seen, None, None).unwrap();
    assert_eq!(without.earliest, None);
    assert_eq!(without.latest, at("2026-11-30T14:20:00Z"));
}

#[test]
fn an_expired_endpoint_goes_at_once() {
    let seen = at("2026-11-23T14:20:00Z");
    let window = window(&EndpointStatus::Expired, seen, None, None).unwrap();
    assert_eq!((window.latest, window.grace_hours), (seen, 0));
}

#[test]
fn what_clickhouse_does_not_delete_by_itself_has_no_window() {
    for word in ["Ready", "Provisioning", "Deleting", "Unknown", "Suspended"] {
        let status = EndpointStatus::from_wire(word);
        assert_eq!(
            window(&status, Timestamp::UNIX_EPOCH, None, None),
            None,
            "{word}"
        );
    }
}

proptest! {
    /// Looks at any times; the endpoint is made, then enters its status: the deletion, a grace period after
    /// that, is in the window.
    #[test]
    fn holds_the_truth(
        status in prop::sample::select(vec!["Failed", "PendingAcceptance", "Rejected", "Expired"]),
        created in 0i64..1_000_000,
        entered_after in 0i64..1_000_000,
        looks in prop::collection::btree_set(0i64..3_000_000, 1..20),
        aws_tells in any::<bool>(),
    ) {
        let status = EndpointStatus::from_wire(status);
        let entered = created + entered_after;
        let looks: Vec<i64> = looks.into_iter().filter(|it| *it >= created).collect();
        let second = |it: i64| Timestamp::from_second(it).unwrap();
        let before = looks.iter().copied().filter(|it| *it < entered).max();
        let Some(first) = looks.iter().copied().filter(|it| *it >= entered).min() else {
            return Ok(());
        };
        let window = window(&status, second(first), before.map(second), aws_tells.then(|| second(created))).unwrap();
        let deleted = second(entered)
            + SignedDuration::from_hours(grace_hours(&status).unwrap().into());
        prop_assert!(window.earliest.is_none_or(|earliest| earliest <= deleted));
        prop_assert!(deleted <= window.latest);
        prop_assert_eq!(window.earliest.is_some(), before.is_some() || aws_tells);
    }

    /// Whatever the clocks say, the earliest is not after the latest, and nothing overflows.
    #[test]
    fn is_an_interval_whatever_the_clocks_say(
        since in Timestamp::MIN.as_second()..Timestamp::MAX.as_second(),
        other in prop::option::of(Timestamp::MIN.as_second()..Timestamp::MAX.as_second()),
    ) {
        let second = |it: i64| Timestamp::from_second(it).unwrap();
        let window = window(&EndpointStatus::Failed, second(since), other.map(second), None).unwrap();
        prop_assert!(window.earliest.is_none_or(|it| it <= window.latest));
    }
}
