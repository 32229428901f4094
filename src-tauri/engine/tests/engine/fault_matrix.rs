//! Every fault that the sandbox knows for a call, at every step that makes the call: the run ends done, or
//! stops with the problem that the fault comes to, and is continued or undone once the fault is gone. Whatever
//! happens, at most one of each thing is made, and nothing without the run's ID.
//!
//! The sandbox itself lists what can strike a call, so that a fault it learns is in here from then on.

mod paths;
mod play;
mod reasons;

use std::collections::BTreeSet;

use pipelink_plan::run::RunState;

use crate::soak::schedule::CALLS;
use crate::stage::plans::Shape;
use crate::stage::{Stage, at_most};
use play::Play;

/// How many runs are under way at once in one test.
const AT_ONCE: usize = 32;

/// A call that a step makes, and a plan in which the step is reached soon.
#[derive(Debug, Clone, Copy)]
struct Call {
    shape: Shape,
    with_key: bool,
    /// The steps of the plan that are carried out; none named are all.
    steps: &'static [&'static str],
    service: &'static str,
    operation: &'static str,
    /// The write whose answers get lost, where the call is a look for what it made.
    after: Option<&'static str>,
}

const fn call(shape: Shape, service: &'static str, operation: &'static str) -> Call {
    Call {
        shape,
        with_key: true,
        steps: &[],
        service,
        operation,
        after: None,
    }
}

impl Call {
    const fn after(self, write: &'static str) -> Self {
        Self {
            after: Some(write),
            ..self
        }
    }

    const fn by_hand(self) -> Self {
        Self {
            with_key: false,
            ..self
        }
    }
}

/// How often a fault strikes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Strikes {
    Once,
    UntilRemoved,
}

/// What is worth telling apart: a refusal ends the call the first time, a state is come into once, and a held call
/// is left alone. The rest passes by itself when it strikes once, and does not when it strikes until removed.
fn strikes(kind: &str) -> &'static [Strikes] {
    match kind {
        "hold_before" | "hold_after" | "failed_state" | "no_capacity" | "service_idle"
        // A list of endlessly many empty pages is none that a service answers.
        | "empty_page" => &[Strikes::Once],
        "deny" | "forbidden" | "expired_credentials" | "unauthorized" | "quota"
        | "refused_sharing" | "delay" | "stuck" => &[Strikes::UntilRemoved],
        _ => &[Strikes::Once, Strikes::UntilRemoved],
    }
}

/// One run, one fault.
#[derive(Debug, Clone)]
struct Case {
    call: Call,
    kind: String,
    strikes: Strikes,
}

#[tokio::test]
async fn making_the_gateway() {
    const LATTICE: &str = "vpc-lattice";
    const MAKE: &str = "CreateResourceGateway";
    let of = |operation| call(Shape::Everything, LATTICE, operation);
    forward(&[
        of(MAKE),
        of("GetResourceGateway"),
        of("ListResourceGateways").after(MAKE),
        of("ListTagsForResource").after(MAKE),
    ])
    .await;
}

#[tokio::test]
async fn making_the_configuration() {
    const LATTICE: &str = "vpc-lattice";
    const MAKE: &str = "CreateResourceConfiguration";
    let of = |operation| call(Shape::OnGateway, LATTICE, operation);
    forward(&[
        of(MAKE),
        of("GetResourceConfiguration"),
        of("ListResourceConfigurations").after(MAKE),
        of("ListTagsForResource").after(MAKE),
    ])
    .await;
}

#[tokio::test]
async fn making_the_share() {
    const MAKE: &str = "CreateResourceShare";
    let of = |operation| call(Shape::OnConfiguration, "ram", operation);
    forward(&[
        of(MAKE),
        of("GetResourceShares"),
        of("GetResourceShareAssociations"),
        of("GetResourceShares").after(MAKE),
    ])
    .await;
}

#[tokio::test]
async fn making_the_endpoint() {
    const MAKE: &str = "CreateReversePrivateEndpoint";
    let of = |operation| call(Shape::OnConfiguration, "clickhouse", operation);
    forward(&[
        of(MAKE),
        of("GetReversePrivateEndpoint"),
        of("ListReversePrivateEndpoints").after(MAKE),
    ])
    .await;
}

#[tokio::test]
async fn waiting_for_the_acceptance() {
    let of = |operation| call(Shape::OnConfiguration, "ram", operation).by_hand();
    forward(&[of("GetResourceShareAssociations")]).await;
}

#[tokio::test]
async fn changing_the_groups() {
    const CHANGE: &str = "UpdateResourceGateway";
    let of = |operation| call(Shape::Groups, "vpc-lattice", operation);
    forward(&[
        of(CHANGE),
        of("GetResourceGateway"),
        of("GetResourceGateway").after(CHANGE),
    ])
    .await;
}

#[tokio::test]
async fn removing_the_endpoint() {
    let of = |operation| call(Shape::OnConfiguration, "clickhouse", operation);
    backward(&[
        of("DeleteReversePrivateEndpoint"),
        of("GetReversePrivateEndpoint"),
    ])
    .await;
}

#[tokio::test]
async fn removing_the_share() {
    let of = |operation| call(Shape::OnConfiguration, "ram", operation);
    backward(&[of("DeleteResourceShare"), of("GetResourceShares")]).await;
}

#[tokio::test]
async fn removing_the_configuration() {
    let of = |operation| call(Shape::OnGateway, "vpc-lattice", operation);
    backward(&[
        of("DeleteResourceConfiguration"),
        of("GetResourceConfiguration"),
    ])
    .await;
}

#[tokio::test]
async fn detaching_what_was_connected_by_hand() {
    let of = |service, operation| call(Shape::OnGateway, service, operation).by_hand();
    backward(&[
        of("ram", "GetResourceShareAssociations"),
        of("vpc-lattice", "ListResourceEndpointAssociations"),
        of("vpc-lattice", "DeleteResourceEndpointAssociation"),
    ])
    .await;
}

#[tokio::test]
async fn removing_the_gateway() {
    let of = |operation| call(Shape::Everything, "vpc-lattice", operation);
    backward(&[of("DeleteResourceGateway"), of("GetResourceGateway")]).await;
}

#[tokio::test]
async fn giving_the_groups_back() {
    let of = |operation| call(Shape::Groups, "vpc-lattice", operation);
    backward(&[of("UpdateResourceGateway"), of("GetResourceGateway")]).await;
}

#[tokio::test]
async fn the_calls_of_a_run_meet_every_fault_there_is() {
    let kinds = Stage::set().await.kinds().await;
    let all: BTreeSet<&String> = kinds.values().flatten().collect();
    let made = CALLS.iter().flat_map(|(service, operations)| {
        operations
            .iter()
            .map(|operation| ((*service).to_owned(), (*operation).to_owned()))
    });
    let met: BTreeSet<&String> = made.flat_map(|call| &kinds[&call]).collect();
    assert_eq!(met, all);
    assert!(all.len() >= 23, "{all:?}");
}

/// Those faults of a step's own calls that are about the step. What is sat out whatever the step is, the calls above
/// show.
fn is_of_the_step(call: &Call, kind: &str) -> bool {
    let reads = ["Get", "List", "Describe"]
        .iter()
        .any(|verb| call.operation.starts_with(verb));
    match kind {
        "delay" | "reset" | "server_error" => false,
        "lost_answer" | "hold_after" | "gateway_timeout_but_done" => !reads,
        _ => true,
    }
}

/// Every fault of each call while the run is made, then continued, then undone; where it stopped, also undone as
/// it stands.
async fn forward(calls: &[Call]) {
    each_case(calls, |case| async move {
        let play = Play::set(case.clone()).await;
        let run = play.struck().await;
        play.begin_again().await.ends(&run).await;
        if run.state != RunState::Done {
            let play = Play::set(case).await;
            let run = play.struck().await;
            play.begin_again().await.is_undone(&run).await;
        }
    })
    .await;
}

/// Every fault of each call while a finished run is undone.
async fn backward(calls: &[Call]) {
    // What was there long ago and is not found for as long as one looks is gone.
    let is_gone =
        |case: &Case| case.kind == "not_found_once" && case.strikes == Strikes::UntilRemoved;
    each_case(calls, |case| async move {
        if is_gone(&case) {
            return;
        }
        let play = Play::set(case).await;
        play.done().await;
        let run = play.struck_undoing().await;
        play.begin_again().await.is_undone(&run).await;
    })
    .await;
}

async fn each_case<F, T>(calls: &[Call], play: F)
where
    F: Fn(Case) -> T,
    T: Future<Output = ()> + Send + 'static,
{
    let kinds = Stage::set().await.kinds().await;
    let mut played = BTreeSet::new();
    let mut cases = Vec::new();
    for call in calls {
        let of_call = &kinds[&(call.service.to_owned(), call.operation.to_owned())];
        assert!(of_call.len() >= 8, "{call:?}: {of_call:?}");
        for kind in of_call {
            if !call.steps.is_empty() && !is_of_the_step(call, kind) {
                continue;
            }
            // That which passes by itself strikes once there.
            let strikes = match strikes(kind) {
                [first, ..] if !call.steps.is_empty() => std::slice::from_ref(first),
                all => all,
            };
            played.insert(kind.clone());
            cases.extend(strikes.iter().map(|strikes| Case {
                call: *call,
                kind: kind.clone(),
                strikes: *strikes,
            }));
        }
    }
    println!("{} cases of {played:?}", cases.len());
    // Longer plans take more of the computer, and their limits of minutes are in the account's time.
    let at_once = if calls.iter().all(|call| call.steps.is_empty()) {
        AT_ONCE
    } else {
        AT_ONCE / 4
    };
    at_most(at_once, cases.into_iter().map(play)).await;
}
