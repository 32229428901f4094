//! Observations against a naive model: whatever is seen, and in whatever order.

use jiff::{SignedDuration, Timestamp};
use pipelink_plan::endpoint::{EndpointKind, EndpointStatus};
use proptest::prelude::*;
use rusqlite::Transaction;

use super::*;
use crate::journal::Journal;

const ACCOUNT: &str = "111122223333";
/// The last ones tell no status: ClickHouse's own word for that, and two that are newer than this program.
const STATUSES: [&str; 7] = [
    "Provisioning",
    "Ready",
    "PendingAcceptance",
    "Failed",
    "Unknown",
    "Resting",
    "Moving",
];
/// How many of them tell a status.
const TELLING: usize = 4;

fn service() -> Service {
    Service {
        id: "s".to_owned(),
        organization_id: "o".to_owned(),
        name: "orders".to_owned(),
        provider: "aws".to_owned(),
        region: "us-east-1".to_owned(),
        state: "running".to_owned(),
        created_at: None,
    }
}

fn endpoint(id: usize, status: &str) -> ReversePrivateEndpoint {
    ReversePrivateEndpoint {
        id: id.to_string(),
        service_id: "s".to_owned(),
        description: String::new(),
        kind: EndpointKind::VpcResource,
        status: EndpointStatus::from_wire(status),
        endpoint_id: None,
        dns_names: Vec::new(),
        private_dns_names: Vec::new(),
        resource_configuration_id: None,
        resource_share_arn: None,
        endpoint_service_name: None,
        msk_cluster_arn: None,
        msk_authentication: None,
        custom_private_dns_names: Vec::new(),
    }
}

/// What one sweep sees of each of three endpoints; `None` of all: the list could not be read.
type Look = Option<[Option<usize>; 3]>;

fn looks() -> impl Strategy<Value = Vec<Look>> {
    let one = prop::option::weighted(0.8, 0..STATUSES.len());
    let look = prop::option::weighted(0.8, [one.clone(), one.clone(), one]);
    prop::collection::vec(look, 1..12)
}

fn sweep(look: &Look, at: Timestamp) -> Sweep {
    let endpoints = match look {
        Some(seen) => Ok(SeenEndpoints {
            rows: seen
                .iter()
                .enumerate()
                .filter_map(|(id, status)| Some(endpoint(id, STATUSES[(*status)?])))
                .collect(),
            complete: true,
            pipes: None,
        }),
        None => Err(Problem::KeyRejected),
    };
    Sweep {
        at,
        account_id: ACCOUNT.to_owned(),
        problem: None,
        organizations: vec![SeenOrganization {
            id: "o".to_owned(),
            complete: true,
            services: vec![SeenService {
                service: service(),
                endpoints,
            }],
        }],
        shares: Vec::new(),
    }
}

/// One endpoint as the model knows it: whether it is there, and every sight of it.
#[derive(Default)]
struct Model {
    there: bool,
    sights: Vec<(usize, Timestamp)>,
}

impl Model {
    /// Since when it shows what it shows.
    fn since(&self) -> Option<Timestamp> {
        let (last, _) = self.sights.last()?;
        let tells = *last < TELLING;
        let stretch = self.sights.iter().rev();
        let stretch = stretch.filter(|(status, _)| !tells || *status < TELLING);
        let stretch = stretch.take_while(|(status, _)| status == last);
        stretch.last().map(|(_, at)| *at)
    }

    /// The status it is known to be in, since when, and when it was last seen in another.
    fn known(&self) -> Option<(usize, Timestamp, Option<Timestamp>)> {
        let told: Vec<_> = self
            .sights
            .iter()
            .filter(|(status, _)| *status < TELLING)
            .collect();
        let (status, _) = **told.last()?;
        let other = told.iter().rposition(|(each, _)| *each != status);
        let since = told[other.map_or(0, |other| other + 1)].1;
        Some((status, since, other.map(|other| told[other].1)))
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_stretch_in_a_status_is_remembered(looks in looks()) {
        let folder = tempfile::tempdir().unwrap();
        let journal = Journal::open(&folder.path().join("journal.sqlite")).unwrap();
        let mut models: [Model; 3] = Default::default();
        let mut at: Timestamp = "2026-11-23T10:00:00Z".parse().unwrap();
        for look in &looks {
            at += SignedDuration::from_mins(7);
            let seen = sweep(look, at);
            journal.write_now(move |transaction| keep(transaction, &seen)).unwrap();
            for (model, seen) in models.iter_mut().zip(look.iter().flatten()) {
                model.there = seen.is_some();
                model.sights.extend(seen.map(|status| (status, at)));
            }
            let (rows, unread) = journal
                .write_now(|transaction| remembered(transaction, ACCOUNT, &["o".to_owned()]))
                .unwrap();
            prop_assert_eq!(unread.is_empty(), look.is_some());
            prop_assert_eq!(rows.len(), models.iter().filter(|model| model.there).count());
            for row in rows {
                let model = &models[row.endpoint.id.parse::<usize>().unwrap()];
                let (status, seen_at) = *model.sights.last().unwrap();
                prop_assert_eq!(row.endpoint.status.as_wire(), STATUSES[status]);
                prop_assert_eq!(row.seen_at, seen_at);
                prop_assert_eq!(Some(row.since), model.since());
                let known = row.known.map(|known| {
                    let status = known.status.as_wire().to_owned();
                    (status, known.since, known.last_seen_in_another)
                });
                let expected = model.known().map(|(status, since, another)| {
                    (STATUSES[status].to_owned(), since, another)
                });
                prop_assert_eq!(known, expected);
            }
        }
    }
}

#[test]
fn a_list_with_an_odd_row_makes_nothing_gone() {
    let folder = tempfile::tempdir().unwrap();
    let journal = Journal::open(&folder.path().join("journal.sqlite")).unwrap();
    let at: Timestamp = "2026-11-23T10:00:00Z".parse().unwrap();
    let full = sweep(&Some([Some(0), Some(1), None]), at);
    let mut odd = sweep(
        &Some([Some(0), None, None]),
        at + SignedDuration::from_mins(1),
    );
    if let Ok(endpoints) = &mut odd.organizations[0].services[0].endpoints {
        endpoints.complete = false;
    }
    for seen in [full, odd] {
        journal
            .write_now(move |transaction| keep(transaction, &seen))
            .unwrap();
    }
    let rows = journal
        .write_now(|transaction| Ok(remembered(transaction, ACCOUNT, &["o".to_owned()])?.0.len()))
        .unwrap();
    assert_eq!(rows, 2);
}

#[test]
fn a_service_that_is_no_more_takes_its_endpoints_along() {
    let folder = tempfile::tempdir().unwrap();
    let journal = Journal::open(&folder.path().join("journal.sqlite")).unwrap();
    let at: Timestamp = "2026-11-23T10:00:00Z".parse().unwrap();
    let full = sweep(&Some([Some(0), Some(1), None]), at);
    let mut gone = sweep(&None, at + SignedDuration::from_mins(1));
    gone.organizations[0].services.clear();
    for seen in [full, gone] {
        journal
            .write_now(move |transaction| keep(transaction, &seen))
            .unwrap();
    }
    let (rows, unread) = journal
        .write_now(|transaction| remembered(transaction, ACCOUNT, &["o".to_owned()]))
        .unwrap();
    assert!(rows.is_empty() && unread.is_empty());
}

#[test]
fn a_key_that_sees_less_makes_nothing_gone_for_another_account() {
    let folder = tempfile::tempdir().unwrap();
    let journal = Journal::open(&folder.path().join("journal.sqlite")).unwrap();
    let at: Timestamp = "2026-11-23T10:00:00Z".parse().unwrap();
    let mine = sweep(&Some([Some(0), Some(1), None]), at);
    let later = at + SignedDuration::from_mins(1);
    let mut theirs = sweep(&Some([Some(2), None, None]), later);
    theirs.account_id = "444455556666".to_owned();
    for seen in [mine, theirs] {
        journal
            .write_now(move |transaction| keep(transaction, &seen))
            .unwrap();
    }
    let rows = |account: &'static str| {
        let read = move |transaction: &Transaction<'_>| {
            Ok(remembered(transaction, account, &["o".to_owned()])?.0)
        };
        let rows = journal.write_now(read).unwrap().into_iter();
        rows.map(|row| (row.endpoint.status.as_wire().to_owned(), row.since))
            .collect::<Vec<_>>()
    };
    let saw = |status: usize, at| (STATUSES[status].to_owned(), at);
    assert_eq!(rows(ACCOUNT), [saw(0, at), saw(1, at)]);
    assert_eq!(rows("444455556666"), [saw(2, later)]);
}

/// What is seen of one endpoint, a minute apart: since when it shows its last word, and its known status.
fn seen(words: &[&str]) -> (i64, Option<(String, i64, Option<i64>)>) {
    let folder = tempfile::tempdir().unwrap();
    let journal = Journal::open(&folder.path().join("journal.sqlite")).unwrap();
    let began: Timestamp = "2026-11-23T10:00:00Z".parse().unwrap();
    let mut at = began;
    for word in words {
        let mut seen = sweep(&Some([Some(0), None, None]), at);
        if let Ok(endpoints) = &mut seen.organizations[0].services[0].endpoints {
            endpoints.rows[0].status = EndpointStatus::from_wire(word);
        }
        journal
            .write_now(move |transaction| keep(transaction, &seen))
            .unwrap();
        at += SignedDuration::from_mins(1);
    }
    let read =
        |transaction: &Transaction<'_>| Ok(remembered(transaction, ACCOUNT, &["o".to_owned()])?.0);
    let row = journal.write_now(read).unwrap().remove(0);
    let minute = |at: Timestamp| at.duration_since(began).as_mins();
    let known = row.known.map(|known| {
        let another = known.last_seen_in_another.map(minute);
        (
            known.status.as_wire().to_owned(),
            minute(known.since),
            another,
        )
    });
    (minute(row.since), known)
}

#[test]
fn a_word_that_tells_no_status_neither_begins_nor_ends_a_stretch() {
    let pending = |since, another| Some(("PendingAcceptance".to_owned(), since, another));
    // The grace period began with the first sight, and still runs behind the word.
    let words = [
        "Provisioning",
        "PendingAcceptance",
        "Unknown",
        "PendingAcceptance",
    ];
    assert_eq!(seen(&words), (1, pending(1, Some(0))));
    assert_eq!(seen(&words[..3]), (2, pending(1, Some(0))));
    let words = [
        "PendingAcceptance",
        "Resting",
        "Moving",
        "PendingAcceptance",
    ];
    assert_eq!(seen(&words), (0, pending(0, None)));
    // It may have been pending all the while: nothing is known of the time before.
    assert_eq!(
        seen(&["Unknown", "PendingAcceptance"]),
        (1, pending(1, None))
    );
    let words = ["Ready", "Unknown", "Unknown", "PendingAcceptance"];
    assert_eq!(seen(&words), (3, pending(3, Some(0))));
    assert_eq!(seen(&["Unknown", "Unknown", "Resting"]), (2, None));
}
