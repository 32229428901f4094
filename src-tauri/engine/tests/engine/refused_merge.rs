//! A change of a setting that was never sent, refused or not come to: the same change by somebody else afterwards is
//! theirs, for a run that is continued and for one that is undone.

use pipelink_plan::problem::Problem;
use pipelink_plan::run::{Run, RunId, RunState, StepState};
use pipelink_plan::step::{Action, ActionKind, StepId};

use crate::stage::plans::{Shape, only};
use crate::stage::{Stage, at_most, step};

/// Each change without a mark: its shape, step, service, the read before the call, and the call.
const CHANGES: [(Shape, &str, &str, &str, &str); 6] = [
    (
        Shape::Groups,
        "gateway",
        "vpc-lattice",
        "GetResourceGateway",
        "UpdateResourceGateway",
    ),
    (
        Shape::MskIam,
        "connectivity",
        "kafka",
        "DescribeClusterV2",
        "UpdateConnectivity",
    ),
    (
        Shape::OnBalancer,
        "cross-zone",
        "elasticloadbalancing",
        "DescribeLoadBalancerAttributes",
        "ModifyLoadBalancerAttributes",
    ),
    (
        Shape::OnBalancer,
        "inbound-rules",
        "elasticloadbalancing",
        "DescribeLoadBalancers",
        "SetSecurityGroups",
    ),
    (
        Shape::OnService,
        "principal",
        "ec2",
        "DescribeVpcEndpointServicePermissions",
        "ModifyVpcEndpointServicePermissions",
    ),
    (
        Shape::OnServiceAbroad,
        "region",
        "ec2",
        "DescribeVpcEndpointServiceConfigurations",
        "ModifyVpcEndpointServiceConfiguration",
    ),
];

/// What keeps the run from its change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Trouble {
    Refused,
    /// The read before it has no answer, in any of the SDK's three attempts.
    Unread,
}

/// Makes the change as somebody else, and lets the hours pass that a cluster takes.
async fn by_another(stage: &Stage, action: &Action) {
    let session = stage.session().await;
    let nobody = RunId("nobody".to_owned());
    let made = session.aws.perform(action, &nobody, "theirs").await;
    assert!(!made.unwrap().0.is_empty(), "{action:?} was so already");
    stage.advance(5 * 3600).await;
}

async fn is_theirs(at: (Shape, &str, &str, &str, &str), trouble: Trouble, continued: bool) {
    let (shape, id, service, read, call) = at;
    let what = format!("{id}: {trouble:?}, continued: {continued}");
    let stage = Stage::set_for(shape, 300.0).await;
    let (engine, session) = (stage.engine().await, stage.session().await);
    let plan = only(&stage.plan_of(shape, true).await, &[id]);
    let action = plan.steps[0].action.clone();
    assert_eq!(action.kind(), ActionKind::Merge, "{what}");
    let run = engine.begin(&session, plan, Vec::new()).await.unwrap();
    match trouble {
        Trouble::Refused => stage.fault(service, call, "deny", 1).await,
        Trouble::Unread => stage.fault(service, read, "reset", 3).await,
    };
    let stopped = engine.carry_on(&session, &run).await.unwrap();
    let RunState::Stopped { problem } = &stopped.state else {
        panic!("{what}: {stopped:#?}")
    };
    match (trouble, problem) {
        (Trouble::Refused, Problem::AccessDenied { .. }) => {}
        (Trouble::Unread, Problem::Unreachable { operation, .. }) => assert_eq!(operation, read),
        other => panic!("{what}: {other:?}"),
    }
    let failed = StepState::Failed {
        problem: problem.clone(),
    };
    assert_eq!(step(&stopped, id).state, failed, "{what}");

    stage.clear_faults().await;
    by_another(&stage, &action).await;
    let (theirs, calls) = (stage.things().await, stage.calls(call).await);
    if continued {
        let done = engine.carry_on(&session, &run).await.unwrap();
        assert_eq!(done.state, RunState::Done, "{what}: {done:#?}");
        let done = step(&done, id);
        assert!(
            done.outputs.0.is_empty() && !done.adopted,
            "{what}: {done:?}"
        );
    }
    let also = [StepId::from("connectivity")];
    let undone = engine.undo(&session, &run, &also).await.unwrap();
    assert_eq!(undone.state, RunState::Undone, "{what}: {undone:#?}");
    assert!(says(&undone, "Nothing to give back"), "{what}: {undone:#?}");
    assert!(theirs == stage.things().await, "{what}: {undone:#?}");
    assert_eq!(stage.calls(call).await, calls, "{what}: nothing was sent");
}

fn says(run: &Run, text: &str) -> bool {
    run.log.iter().any(|line| line.text == text)
}

#[tokio::test]
async fn what_somebody_else_changed_after_a_refusal_is_theirs() {
    let cases = CHANGES.into_iter().flat_map(|at| [(at, true), (at, false)]);
    let play = |(at, continued)| is_theirs(at, Trouble::Refused, continued);
    at_most(4, cases.map(play)).await;
}

#[tokio::test]
async fn a_read_that_fails_before_the_change_leaves_no_doubt_about_it() {
    let cases = CHANGES
        .into_iter()
        .map(|at| is_theirs(at, Trouble::Unread, true));
    at_most(4, cases).await;
}
