//! The cluster policy: ours goes in and comes out, everybody else's stays; and what a policy allows is read as IAM
//! reads it.

mod allowance;

use std::collections::BTreeSet;

use pipelink_plan::CLICKPIPES_ACCOUNT;
use pipelink_plan::paths::msk_multi_vpc::policy::{
    Allowance, PolicyProblem, Remaining, SIZE_MAX, allows, holds, merge, sid, statement, without,
};
use pipelink_plan::run::RunId;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::facts::*;

const RUN: &str = "019ac2f4-7b6e-7c31-9d0a-5e4f3c2b1a09";

fn ours() -> String {
    sid(&RunId(RUN.to_owned()))
}

fn merged(document: Option<&str>) -> String {
    merge(document, CLICKS, CLICKPIPES_ACCOUNT, &ours())
        .unwrap()
        .document
}

fn parsed(document: &str) -> Value {
    serde_json::from_str(document).unwrap()
}

/// The statements, a single one as a list of one.
fn statements(document: &str) -> Vec<Value> {
    match parsed(document)["Statement"].clone() {
        Value::Array(statements) => statements,
        one @ Value::Object(_) => vec![one],
        Value::Null => Vec::new(),
        other => panic!("no statements: {other}"),
    }
}

#[test]
fn the_sid_carries_the_run_in_letters_and_digits() {
    assert_eq!(ours(), "Pipelink019ac2f47b6e7c319d0a5e4f3c2b1a09");
}

#[test]
fn a_cluster_without_a_policy_gets_one_with_our_statement() {
    insta::assert_snapshot!("msk_policy_new", format!("{:#}", parsed(&merged(None))));
    assert_eq!(merged(None), merged(Some(" \n")));
}

#[test]
fn the_statement_goes_to_the_end_and_members_nobody_knows_stay() {
    let before = format!(
        r#"{{"Statement":{FOREIGN},"Id":"clicks","Future":[1,{{"a":null}}],"Version":"2008-10-17"}}"#
    );
    let after = parsed(&merged(Some(&before)));
    assert_eq!(after["Statement"][0], parsed(FOREIGN));
    assert_eq!(
        after["Statement"][1],
        statement(CLICKS, CLICKPIPES_ACCOUNT, &ours())
    );
    assert_eq!(after["Statement"].as_array().unwrap().len(), 2);
    let members: Vec<&String> = after.as_object().unwrap().keys().collect();
    assert_eq!(members, ["Statement", "Id", "Future", "Version"]);
    assert_eq!(after["Future"], json!([1, { "a": null }]));
    assert_eq!(after["Version"], "2008-10-17");
}

#[test]
fn what_is_there_already_is_left_as_the_text_it_is() {
    // As AWS gives it back: with spaces, and the account's number for its root.
    let text = merged(Some(&document(&[FOREIGN])))
        .replace("arn:aws:iam::072088201116:root", CLICKPIPES_ACCOUNT)
        .replace("\"Version\":", "  \"Version\" : ");
    let again = merge(Some(&text), CLICKS, CLICKPIPES_ACCOUNT, &ours()).unwrap();
    assert!(!again.changed);
    assert_eq!(again.document, text);
    assert!(holds(&text, &ours()).unwrap());
    assert!(!holds(&text, "PipelinkOther").unwrap());
    assert!(!holds("", &ours()).unwrap());
}

#[test]
fn a_statement_with_our_name_that_does_something_else_is_not_ours() {
    let other = document(&[&FOREIGN.replace("Analytics", &ours())]);
    assert_eq!(
        merge(Some(&other), CLICKS, CLICKPIPES_ACCOUNT, &ours()),
        Err(PolicyProblem::SidTaken { sid: ours() })
    );
}

#[test]
fn the_last_statement_taken_out_leaves_nothing() {
    assert_eq!(without(&merged(None), &ours()).unwrap(), Remaining::Nothing);
    let foreign = document(&[FOREIGN]);
    assert_eq!(without(&foreign, &ours()).unwrap(), Remaining::Untouched);
    assert_eq!(without("", &ours()).unwrap(), Remaining::Untouched);
    assert_eq!(
        without(r#"{"Statement":[]}"#, &ours()).unwrap(),
        Remaining::Untouched
    );
}

#[test]
fn what_is_no_policy_is_not_touched() {
    for text in [
        "{",
        "[]",
        "1",
        r#"{"Statement":"x"}"#,
        r#"{"Statement":[1]}"#,
    ] {
        assert!(merge(Some(text), CLICKS, CLICKPIPES_ACCOUNT, &ours()).is_err());
        assert!(without(text, &ours()).is_err());
        assert!(holds(text, &ours()).is_err());
        assert!(allows(Some(text), CLICKS, CLICKPIPES_ACCOUNT).is_err());
    }
}

#[test]
fn a_policy_of_twenty_kilobytes_is_full() {
    let long = |letters: usize| document(&[&FOREIGN.replace("Analytics", &"A".repeat(letters))]);
    let least = merged(Some(&long(1))).len();
    let full = long(1 + SIZE_MAX - least);
    assert_eq!(merged(Some(&full)).len(), SIZE_MAX);
    assert_eq!(
        merge(
            Some(&long(2 + SIZE_MAX - least)),
            CLICKS,
            CLICKPIPES_ACCOUNT,
            &ours()
        ),
        Err(PolicyProblem::TooLong {
            bytes: SIZE_MAX + 1,
            max: SIZE_MAX
        })
    );
}

/// Any JSON that can stand in a statement.
fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "\\PC{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            prop::collection::btree_map("[A-Za-z:]{1,8}", inner, 0..3)
                .prop_map(|it| Value::Object(it.into_iter().collect())),
        ]
    })
}

/// Somebody's statement, with or without a Sid: never one of ours.
fn foreign() -> impl Strategy<Value = Value> {
    (
        prop::option::of("[A-Za-z0-9]{0,6}"),
        prop::collection::btree_map("[A-Z][A-Za-z]{2,9}", any_value(), 0..4),
    )
        .prop_map(|(sid, members)| {
            let mut statement: serde_json::Map<String, Value> = members.into_iter().collect();
            statement.remove("Sid");
            if let Some(sid) = sid {
                statement.insert("Sid".to_owned(), Value::from(sid));
            }
            Value::Object(statement)
        })
}

fn policy(statements: &[Value], single: bool) -> String {
    let statements = match statements {
        [one] if single => one.clone(),
        more => Value::from(more.to_vec()),
    };
    json!({ "Version": "2012-10-17", "Statement": statements }).to_string()
}

/// What one of two writers does to the policy.
#[derive(Debug, Clone)]
enum Write {
    /// A run of ours puts its statement in.
    Merge(u8),
    /// And takes it out.
    Without(u8),
    /// Somebody else adds a statement at a place,
    Add(Value, usize),
    /// or removes the one at a place, if it is not ours.
    Remove(usize),
}

fn writes() -> impl Strategy<Value = Vec<Write>> {
    let write = prop_oneof![
        (0..3_u8).prop_map(Write::Merge),
        (0..3_u8).prop_map(Write::Without),
        (foreign(), any::<usize>()).prop_map(|(it, at)| Write::Add(it, at)),
        any::<usize>().prop_map(Write::Remove),
    ];
    prop::collection::vec(write, 0..24)
}

fn sid_of(run: u8) -> String {
    sid(&RunId(format!("019ac2f4-7b6e-7c31-9d0a-5e4f3c2b1a0{run}")))
}

fn is_ours(statement: &Value) -> bool {
    statement["Sid"]
        .as_str()
        .is_some_and(|it| (0..3).any(|run| it == sid_of(run)))
}

proptest! {
    /// Whatever two writers do in whatever order: exactly the foreign statements are left that the other one wrote and
    /// did not remove, in order; and exactly those of our runs that were put in and not taken out.
    #[test]
    fn foreign_statements_survive_any_interleaving(writes in writes()) {
        let mut document: Option<String> = None;
        let mut foreign: Vec<Value> = Vec::new();
        let mut runs: BTreeSet<u8> = BTreeSet::new();
        for write in writes {
            match write {
                Write::Merge(run) => {
                    let merged =
                        merge(document.as_deref(), CLICKS, CLICKPIPES_ACCOUNT, &sid_of(run)).unwrap();
                    prop_assert_eq!(merged.changed, runs.insert(run));
                    document = Some(merged.document);
                }
                Write::Without(run) => {
                    let Some(before) = document.clone() else { continue };
                    let remaining = without(&before, &sid_of(run)).unwrap();
                    prop_assert_eq!(remaining != Remaining::Untouched, runs.remove(&run));
                    document = match remaining {
                        Remaining::Untouched => Some(before),
                        Remaining::Document { document } => Some(document),
                        Remaining::Nothing => None,
                    };
                }
                Write::Add(statement, at) => {
                    let mut all = document.as_deref().map(statements).unwrap_or_default();
                    let at = at % (all.len() + 1);
                    let before = all[..at].iter().filter(|it| !is_ours(it)).count();
                    foreign.insert(before, statement.clone());
                    all.insert(at, statement);
                    document = Some(policy(&all, true));
                }
                Write::Remove(at) => {
                    let mut all = document.as_deref().map(statements).unwrap_or_default();
                    if all.is_empty() || is_ours(&all[at % all.len()]) {
                        continue;
                    }
                    let at = at % all.len();
                    foreign.remove(all[..at].iter().filter(|it| !is_ours(it)).count());
                    all.remove(at);
                    document = (!all.is_empty()).then(|| policy(&all, true));
                }
            }
            let now = document.as_deref().map(statements).unwrap_or_default();
            let (ours, others): (Vec<Value>, Vec<Value>) = now.into_iter().partition(is_ours);
            prop_assert_eq!(&others, &foreign);
            prop_assert_eq!(ours.len(), runs.len());
            for run in 0..3 {
                let held = document.as_deref().is_some_and(|it| holds(it, &sid_of(run)).unwrap());
                prop_assert_eq!(held, runs.contains(&run));
            }
        }
    }

    /// Ours put in and taken out again leaves what was there; put in twice is put in once.
    #[test]
    fn merge_then_without_gives_the_document_back(
        there in prop::collection::vec(foreign(), 1..5),
        single in any::<bool>(),
    ) {
        let before = policy(&there, single);
        let with = merged(Some(&before));
        prop_assert_eq!(&merged(Some(&with)), &with);
        let Remaining::Document { document } = without(&with, &ours()).unwrap() else {
            panic!("the foreign statements are gone");
        };
        prop_assert_eq!(statements(&document), statements(&before));
        prop_assert_eq!(&parsed(&document)["Version"], "2012-10-17");
        prop_assert_eq!(without(&document, &ours()).unwrap(), Remaining::Untouched);
    }

    /// Whatever else a policy says: with our statement alone it allows, and a statement beside it that could deny is
    /// never taken for harmless.
    #[test]
    fn nothing_beside_a_denial_is_allowed(there in prop::collection::vec(foreign(), 0..4), at in any::<usize>()) {
        let deny = json!({ "Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*" });
        let mut all = there;
        all.insert(at % (all.len() + 1), deny);
        let with = merged(Some(&policy(&all, false)));
        let allowance = allows(Some(&with), CLICKS, CLICKPIPES_ACCOUNT).unwrap();
        prop_assert!(matches!(allowance, Allowance::Denied { .. }), "{allowance:?}");
    }
}
