//! What breaks where a statement leaves a cluster policy, or multi-VPC connectivity is turned off.

use pipelink_plan::CLICKPIPES_ACCOUNT;
use pipelink_plan::facts::msk::ClientVpcConnection;
use pipelink_plan::problem::Problem;
use pipelink_plan::run::{Run, RunState, StepState};

use super::super::plans;
use super::around::{Around, done, own_endpoint};
use super::{names, render};
use crate::facts::*;

const OTHER: &str = "444455556666";

fn connection(name: &str, owner: &str, scheme: Option<&str>, state: &str) -> ClientVpcConnection {
    ClientVpcConnection {
        arn: format!("arn:aws:kafka:us-east-1:{owner}:vpc-connection/{ACCOUNT}/clicks/{name}"),
        authentication: scheme.map(str::to_owned),
        state: Some(state.to_owned()),
        owner: Some(owner.to_owned()),
        created_at: None,
    }
}

#[test]
fn who_connects_to_the_cluster_is_named() {
    let run = done(plans::msk());
    let mut around = Around::nothing();
    around.cluster_connections = Some(known(vec![
        connection("own", CLICKPIPES_ACCOUNT, Some("SASL_SCRAM"), "AVAILABLE"),
        connection("pipes", CLICKPIPES_ACCOUNT, Some("SASL_IAM"), "AVAILABLE"),
        connection("other", OTHER, Some("SASL_SCRAM"), "AVAILABLE"),
        connection("iam", OTHER, Some("SASL_IAM"), "AVAILABLE"),
        connection("rejected", OTHER, Some("SASL_SCRAM"), "REJECTED"),
        connection("untold", OTHER, None, "CREATING"),
    ]));
    let mut other = own_endpoint();
    other.id = "other".to_owned();
    other.resource_configuration_id = None;
    other.msk_cluster_arn = Some(plans::CLUSTER.to_owned());
    all(&mut around.endpoints).push(other);
    insta::assert_snapshot!("cluster_breaks", render(&around.removal(&run)));
}

/// An undo that left connectivity on can be followed by one that turns it off.
#[test]
fn what_was_kept_can_still_be_asked_for() {
    let mut run = done(plans::msk());
    run.steps[0].state = StepState::Kept;
    let mut around = Around::nothing();
    let other = connection("other", OTHER, Some("SASL_SCRAM"), "AVAILABLE");
    around.cluster_connections = Some(known(vec![other]));
    let removal = around.removal(&run);
    let kept = removal.items.iter().find(|it| it.step.0 == "connectivity");
    assert!(kept.unwrap().only_if_asked);
    assert_eq!(names(&removal).len(), 1, "{removal:?}");
}

/// Where it is asked for already, nothing is left to be asked.
#[test]
fn what_is_asked_for_already_is_not_said_to_wait_for_that() {
    let because = |change: &dyn Fn(&mut Run)| {
        let mut run = done(plans::msk());
        change(&mut run);
        let mut around = Around::nothing();
        let other = connection("other", OTHER, Some("SASL_SCRAM"), "AVAILABLE");
        around.cluster_connections = Some(known(vec![other]));
        around.removal(&run).breaks[0].because.clone()
    };
    let only_if_asked = |because: String| because.contains("only if you ask");
    assert!(only_if_asked(because(&|_| {})));
    assert!(only_if_asked(because(&|run| {
        run.steps[0].state = StepState::Kept;
        run.state = RunState::Undoing;
    })));
    let told = because(&|run| {
        run.steps[0].state = StepState::Kept;
        run.state = RunState::Undone;
    });
    assert_eq!(
        told,
        "Account 444455556666 connects to the cluster with it. It stops working when multi-VPC connectivity is turned off."
    );
    assert!(!only_if_asked(because(&|run| {
        run.undo_also = vec![run.steps[0].id.clone()];
    })));
    assert!(!only_if_asked(because(&|run| {
        run.steps[0].state = StepState::Undoing;
        run.state = RunState::Undoing;
    })));
}

/// A state is the same state in any letters, and so is an authentication.
#[test]
fn what_is_over_breaks_nothing_in_whatever_letters() {
    let run = done(plans::msk());
    let breaks = |scheme: &str, state: &str| {
        let mut around = Around::nothing();
        let other = connection("other", OTHER, Some(scheme), state);
        around.cluster_connections = Some(known(vec![other]));
        names(&around.removal(&run)).len()
    };
    for state in [
        "REJECTED",
        "REJECTING",
        "FAILED",
        "DELETING",
        "INACTIVE",
        "DEACTIVATING",
    ] {
        assert_eq!(breaks("SASL_SCRAM", state), 0, "{state}");
        assert_eq!(breaks("SASL_SCRAM", &state.to_lowercase()), 0, "{state}");
    }
    for state in ["AVAILABLE", "available", "CREATING", "NEWER"] {
        assert_eq!(breaks("SASL_SCRAM", state), 1, "{state}");
        assert_eq!(breaks("sasl/scram", state), 1, "{state}");
    }
}

#[test]
fn connections_that_were_not_read_may_break() {
    let run = done(plans::msk());
    let mut around = Around::nothing();
    around.cluster_connections = Some(denied("kafka:ListClientVpcConnections"));
    assert_eq!(around.removal(&run).unread.len(), 1);
    around.cluster_connections = None;
    let unread = around.removal(&run).unread;
    assert!(
        matches!(&unread[..], [Problem::NotAsked { .. }]),
        "{unread:?}"
    );
    let already_on = done(plans::msk_already_on());
    assert_eq!(
        around.removal(&already_on).unread,
        [],
        "nothing of it is about them"
    );
}
