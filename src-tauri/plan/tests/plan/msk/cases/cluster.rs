//! The cluster's type, state, version and instances.

use pipelink_plan::check::{CheckId, Verdict};
use pipelink_plan::facts::msk::ClusterOperation;

use super::{Case, case};
use crate::facts::*;
use crate::msk::facts::*;

pub(super) fn cases() -> Vec<Case> {
    let mut cases = kinds();
    cases.extend(versions());
    cases.extend(states());
    cases
}

fn serverless(world: &mut MskWorld) {
    world.cluster().kind = "SERVERLESS".to_owned();
    world.cluster().provisioned = None;
}

fn kinds() -> Vec<Case> {
    use Verdict::{Failure, NotKnown};
    let kind = CheckId::MskType;
    let instance = CheckId::MskInstance;
    vec![
        case(kind, Failure, "serverless", serverless),
        case(kind, Failure, "Express", |w| {
            w.provisioned().instance_type = "express.m7g.large".to_owned();
        }),
        case(kind, NotKnown, "a type that is newer", |w| {
            w.cluster().kind = "ELASTIC".to_owned();
        }),
        case(kind, NotKnown, "cluster refused", |w| {
            w.msk.cluster = denied("kafka:DescribeClusterV2");
        }),
        case(kind, NotKnown, "another cluster was read", |w| {
            w.cluster().arn = CLICKS.replace("clicks", "orders");
        }),
        case(instance, Failure, "t3.small", |w| {
            w.provisioned().instance_type = "kafka.t3.small".to_owned();
        }),
        case(instance, NotKnown, "AWS does not say which", |w| {
            w.provisioned().instance_type.clear();
        }),
        case(instance, NotKnown, "serverless", serverless),
    ]
}

fn versions() -> Vec<Case> {
    use Verdict::{Failure, NotKnown, Passed};
    let version = |verdict, what: &'static str| {
        case(CheckId::MskVersion, verdict, what, |w| {
            w.provisioned().kafka_version = Some(what.to_owned());
        })
    };
    vec![
        version(Failure, "1.1.1"),
        version(Failure, "2.6.2"),
        version(Failure, "2.7.0"),
        version(Passed, "2.7.1"),
        version(Passed, "2.8.2.tiered"),
        version(Passed, "2.10.0"),
        version(Passed, "3.7.x.kraft"),
        version(Passed, "4.0"),
        version(NotKnown, "2.7.x"),
        version(NotKnown, "2"),
        version(NotKnown, "newest"),
        case(
            CheckId::MskVersion,
            NotKnown,
            "AWS does not say which",
            |w| {
                w.provisioned().kafka_version = None;
            },
        ),
    ]
}

fn states() -> Vec<Case> {
    use Verdict::{Failure, NotKnown};
    let state = CheckId::MskState;
    let operation = |kind: &str, ended: bool| ClusterOperation {
        arn: format!("arn:aws:kafka:us-east-1:111122223333:cluster-operation/clicks/{kind}"),
        kind: Some(kind.to_owned()),
        state: Some(
            if ended {
                "UPDATE_COMPLETE"
            } else {
                "UPDATE_IN_PROGRESS"
            }
            .to_owned(),
        ),
        started_at: Some("2026-11-23T09:12:45Z".parse().unwrap()),
        ended_at: ended.then(|| "2026-11-23T11:00:00Z".parse().unwrap()),
    };
    vec![
        case(state, Failure, "connectivity is being updated", |w| {
            w.cluster().state = "UPDATING".to_owned();
            w.msk.operations = known(vec![
                operation("UPDATE_CONNECTIVITY", false),
                operation("INCREASE_BROKER_COUNT", true),
            ]);
        }),
        case(
            state,
            Failure,
            "something is under way of which AWS says nothing",
            |w| {
                w.cluster().state = "MAINTENANCE".to_owned();
                w.msk.operations = known(vec![ClusterOperation {
                    kind: None,
                    state: None,
                    started_at: None,
                    ..operation("X", false)
                }]);
            },
        ),
        case(state, Failure, "healing, no operation listed", |w| {
            w.cluster().state = "HEALING".to_owned();
        }),
        case(state, Failure, "being made, operations refused", |w| {
            w.cluster().state = "CREATING".to_owned();
            w.msk.operations = denied("kafka:ListClusterOperationsV2");
        }),
        case(state, Failure, "being deleted", |w| {
            w.cluster().state = "DELETING".to_owned();
        }),
        case(state, NotKnown, "a state that is newer", |w| {
            w.cluster().state = "HIBERNATING".to_owned();
        }),
    ]
}
