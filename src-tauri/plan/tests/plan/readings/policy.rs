//! The policy: enough for what the review says each step needs, and no more.

use std::collections::BTreeSet;
use std::fmt::Write;

use pipelink_plan::problem::Party;
use pipelink_plan::readings::policy::{Policy, Purpose, policy};
use pipelink_plan::readings::rights;
use pipelink_plan::step::{Action, Engine, OnUndo, Plan};
use serde_json::Value;

use super::plans::{self, Balanced};
use super::{database_by_hand, database_everything, domain_in_vpc, plans as all_plans, used_ids};

/// AWS's limit of a managed policy, white space not counted.
const MOST_CHARACTERS: usize = 6144;

fn render(policy: &Policy) -> String {
    let mut text = format!("{}\n\n", policy.document);
    for part in &policy.parts {
        let optional = if part.optional { ", optional" } else { "" };
        writeln!(
            text,
            "{} ({:?}{optional}): {}\n  {}",
            part.sid,
            part.purpose,
            part.why,
            part.actions.join(", ")
        )
        .unwrap();
    }
    text
}

fn every_plan() -> Vec<(&'static str, Plan)> {
    let mut all = all_plans();
    all.push(("by_hand", database_by_hand()));
    let everything = Balanced {
        groups: true,
        other_region: true,
        private_dns: true,
        by_hand: true,
        key: true,
    };
    all.push(("balanced_with_everything", plans::balanced(everything)));
    let of_each = Balanced {
        private_dns: false,
        ..everything
    };
    all.push(("a_hundred_brokers", plans::brokers_like(100, of_each)));
    all
}

fn statements(policy: &Policy) -> Vec<Value> {
    let document: Value = serde_json::from_str(&policy.document).unwrap();
    assert_eq!(document["Version"], "2012-10-17");
    document["Statement"].as_array().unwrap().clone()
}

fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::String(one) => vec![one],
        Value::Array(many) => many.iter().map(|it| it.as_str().unwrap()).collect(),
        other => panic!("{other}"),
    }
}

fn actions(policy: &Policy, of: &[Purpose]) -> BTreeSet<String> {
    policy
        .parts
        .iter()
        .filter(|part| of.contains(&part.purpose))
        // What the admin may do beside the run, the review says nothing of.
        .filter(|part| part.purpose == Purpose::Discover || !part.optional)
        .flat_map(|part| part.actions.iter().cloned())
        .collect()
}

#[test]
fn policies() {
    for (name, plan) in all_plans() {
        insta::assert_snapshot!(name, render(&policy(&plan)));
    }
}

#[test]
fn it_allows_what_the_review_says_is_needed_and_no_write_beyond() {
    for (name, plan) in every_plan() {
        let policy = policy(&plan);
        let needed: BTreeSet<String> = plan
            .steps
            .iter()
            .filter(|step| step.action.party() == Party::Aws)
            .flat_map(|step| {
                let mut rights = rights::to_apply(&step.action);
                rights.extend(rights::to_undo(&step.action));
                rights
            })
            .map(str::to_owned)
            .collect();
        let reads = actions(&policy, &[Purpose::Discover]);
        let writes = actions(&policy, &[Purpose::Apply, Purpose::Undo]);
        let beyond: Vec<_> = writes.difference(&needed).collect();
        assert!(beyond.is_empty(), "{name}: {beyond:?}");
        let missing: Vec<_> = needed
            .iter()
            .filter(|right| !reads.contains(*right) && !writes.contains(*right))
            .collect();
        assert!(missing.is_empty(), "{name}: {missing:?}");
        let again: Vec<_> = reads.intersection(&writes).collect();
        assert!(again.is_empty(), "{name}: said twice: {again:?}");
    }
}

#[test]
fn whatever_is_optional_no_step_needs() {
    for (name, plan) in every_plan() {
        let needed: BTreeSet<&str> = plan
            .steps
            .iter()
            .flat_map(|step| rights::to_apply(&step.action))
            .collect();
        for part in policy(&plan).parts.iter().filter(|part| part.optional) {
            let both: Vec<_> = part
                .actions
                .iter()
                .filter(|it| needed.contains(it.as_str()))
                .collect();
            assert!(both.is_empty(), "{name} {}: {both:?}", part.sid);
        }
    }
    let databases = |plan: &Plan| -> bool {
        let policy = policy(plan);
        policy
            .parts
            .iter()
            .find(|part| part.sid == "DiscoverDatabases")
            .unwrap()
            .optional
    };
    assert!(!databases(&database_everything()));
    assert!(databases(&domain_in_vpc()));
}

#[test]
fn it_is_a_policy_that_aws_takes() {
    for (name, mut plan) in every_plan() {
        // The longest name a region has.
        plan.region = "ap-southeast-1".to_owned();
        let policy = policy(&plan);
        let size = policy
            .document
            .chars()
            .filter(|it| !it.is_whitespace())
            .count();
        assert!(size <= MOST_CHARACTERS, "{name}: {size}");
        let statements = statements(&policy);
        assert_eq!(statements.len(), policy.parts.len());
        let mut sids = BTreeSet::new();
        for (statement, part) in statements.iter().zip(&policy.parts) {
            let sid = statement["Sid"].as_str().unwrap();
            assert_eq!(sid, part.sid);
            assert!(sid.chars().all(|it| it.is_ascii_alphanumeric()), "{sid}");
            assert!(sids.insert(sid), "{name}: {sid} twice");
            assert_eq!(statement["Effect"], "Allow");
            assert_eq!(texts(&statement["Action"]), part.actions);
            for action in &part.actions {
                let (service, name) = action.split_once(':').unwrap();
                assert!(!service.is_empty() && !name.contains('*'), "{action}");
            }
        }
    }
}

/// Creating takes a tag, deleting looks at it, and everything else that writes names what it is about.
#[test]
fn no_write_is_allowed_on_just_anything() {
    for (name, plan) in every_plan() {
        let policy = policy(&plan);
        for (statement, part) in statements(&policy).iter().zip(&policy.parts) {
            let reads = ["Get", "List", "Describe"];
            let only_reads = part.actions.iter().all(|action| {
                let (_, name) = action.split_once(':').unwrap();
                reads.iter().any(|verb| name.starts_with(verb))
            });
            let bound =
                texts(&statement["Resource"]) != ["*"] || statement.get("Condition").is_some();
            assert_eq!(bound, !only_reads, "{name} {}", part.sid);
            for resource in texts(&statement["Resource"])
                .into_iter()
                .filter(|it| *it != "*")
            {
                // A connection to a cluster is of the account that made it.
                let of_another = resource.ends_with(":vpc-connection/*");
                assert!(
                    resource.starts_with("arn:aws:")
                        && (resource.contains(&plan.account_id) || of_another),
                    "{resource}"
                );
            }
            if part.purpose == Purpose::Undo && part.actions.iter().any(|it| it.contains(":Delete"))
            {
                // Made by ClickHouse; and a policy, which has no tags of its own.
                let foreign = part.actions == ["vpc-lattice:DeleteResourceEndpointAssociation"]
                    || part.actions == ["kafka:DeleteClusterPolicy"];
                let tagged =
                    statement["Condition"]["Null"]["aws:ResourceTag/pipelink:run"] == "false";
                assert_eq!(tagged, !foreign, "{name} {}", part.sid);
            }
        }
    }
}

#[test]
fn undo_is_never_allowed_on_what_was_there_before() {
    for (name, plan) in every_plan() {
        let changes = plan
            .steps
            .iter()
            .any(|step| matches!(step.action, Action::UpdateGatewaySecurityGroups { .. }));
        for statement in statements(&policy(&plan)) {
            if !statement["Sid"].as_str().unwrap().starts_with("Undo") || changes {
                continue;
            }
            for id in used_ids(&plan) {
                assert!(!statement.to_string().contains(&id), "{name}: {statement}");
            }
        }
    }
}

/// What was there before is changed only where a step says so, and only that.
#[test]
fn what_was_there_before_is_changed_only_by_its_own_name() {
    for plan in [plans::on_load_balancer(), plans::on_service()] {
        let standing = statements(&policy(&plan))
            .into_iter()
            .find(|it| it["Sid"] == "ApplyOnStanding")
            .unwrap();
        for resource in texts(&standing["Resource"]) {
            let used = used_ids(&plan);
            assert!(!resource.contains('*'), "{resource}");
            assert!(used.iter().any(|id| resource.ends_with(id)), "{resource}");
        }
    }
}

/// A hundred brokers ask for no more than two: the policy is about kinds of things.
#[test]
fn the_policy_does_not_grow_with_the_number_of_hosts() {
    let document = |count: u8| policy(&plans::brokers(count, true)).document;
    assert_eq!(document(100), document(2));
}

/// The right is denied unless it is named, and no plan within a region asks for it.
#[test]
fn another_region_takes_a_right_of_its_own() {
    for (name, plan) in every_plan() {
        let asked = policy(&plan).document.contains("vpce:AllowMultiRegion");
        let other_region = [
            "balanced_elsewhere",
            "balanced_with_everything",
            "a_hundred_brokers",
            "on_service",
        ]
        .contains(&name);
        assert_eq!(asked, other_region, "{name}");
    }
}

/// Only of MySQL behind a load balancer it is read whether it looks up who connects.
#[test]
fn parameters_are_read_of_mysql_behind_a_load_balancer_only() {
    let read = |plan: &Plan| policy(plan).document.contains("rds:DescribeDBParameters");
    let mut plan = plans::balanced(Balanced::default());
    assert!(!read(&plan));
    plan.source.engine = Engine::Mysql;
    assert!(read(&plan));
    let mut resource = database_everything();
    resource.source.engine = Engine::Mysql;
    assert!(!read(&resource));
}

/// What undo leaves alone unless it is asked can be taken back under the same policy.
#[test]
fn what_is_kept_unless_asked_can_be_asked_for() {
    let plan = plans::msk();
    let mut steps = plan.steps.iter();
    let kept = steps
        .find(|it| it.action.on_undo() == OnUndo::StaysUnlessAsked)
        .unwrap();
    let rights = rights::to_undo(&kept.action);
    let all = [Purpose::Discover, Purpose::Apply, Purpose::Undo];
    let allowed = actions(&policy(&plan), &all);
    assert!(rights.contains(&"kafka:UpdateConnectivity"));
    assert!(rights.iter().all(|it| allowed.contains(*it)), "{rights:?}");
}

#[test]
fn the_same_plan_has_the_same_policy() {
    for (_, plan) in every_plan() {
        assert_eq!(policy(&plan), policy(&plan.clone()));
    }
}

/// What a run made is known by its tag, which is read before anything is deleted or taken out of it.
#[test]
fn an_undo_that_goes_by_the_tag_may_read_it() {
    let mut seen = BTreeSet::new();
    for (name, plan) in every_plan() {
        for step in &plan.steps {
            let rights = rights::to_undo(&step.action);
            let deletes =
                |it: &&str| it.starts_with("elasticloadbalancing:De") && !it.contains(":Describe");
            let Some(delete) = rights.iter().find(|it| deletes(it)) else {
                continue;
            };
            seen.insert(*delete);
            assert!(
                rights.contains(&"elasticloadbalancing:DescribeTags"),
                "{name}: {delete}"
            );
        }
    }
    assert_eq!(seen.len(), 4, "{seen:?}");
}
