//! What must hold whatever happened: at most one of each thing of a run, and nothing that belongs to nobody.

use std::collections::{BTreeMap, BTreeSet};

use jiff::SignedDuration;
use pipelink_plan::problem::Problem;
use pipelink_plan::run::{Run, RunId, RunState, StepState};
use pipelink_plan::step::{Action, Plan};
use serde_json::Value;

use super::Stage;
use super::hands::BY_HAND;

/// The kinds of things that a run makes or changes, by their name in the world.
const KINDS: [&str; 9] = [
    "resource_gateways",
    "resource_configurations",
    "resource_shares",
    "load_balancers",
    "target_groups",
    "listeners",
    "endpoint_services",
    "msk_clusters",
    "service ",
];

impl Stage {
    /// Everything in the world that a run could have made, by ID; without when it was changed last.
    pub(crate) async fn things(&self) -> BTreeMap<String, Value> {
        let resources = self.resources().await;
        let of_a_run = |name: &str| KINDS.iter().any(|kind| name.contains(kind));
        resources
            .into_iter()
            .filter(|(name, _)| of_a_run(name))
            .flat_map(|(_, all)| all.as_array().unwrap().clone())
            .map(|mut thing| {
                thing.as_object_mut().unwrap().remove("updated_at");
                let id = thing.get("id").or_else(|| thing.get("arn")).unwrap();
                (id.as_str().unwrap().to_owned(), thing)
            })
            .collect()
    }

    /// How many live things carry the run's ID, by kind.
    pub(crate) async fn made(&self, run: &RunId) -> BTreeMap<&'static str, usize> {
        let things = self.things().await;
        let mut made = BTreeMap::new();
        for (id, thing) in &things {
            let count = if kind(id) == STATEMENT {
                statements(thing, run)
            } else {
                usize::from(thing.to_string().contains(&run.0))
            };
            if count > 0 {
                *made.entry(kind(id)).or_default() += count;
            }
        }
        made
    }

    /// There is no more of each kind with the run's ID than its plan makes, and what is neither in `known` nor the
    /// run's is nobody's.
    pub(crate) async fn disorder(&self, run: &Run, known: &BTreeSet<String>) -> Option<String> {
        let (made, planned) = (self.made(&run.id).await, planned(&run.plan));
        let too_many = |(kind, count): &(&&'static str, &usize)| {
            **count > planned.get(*kind).copied().unwrap_or_default()
        };
        if let Some((kind, count)) = made.iter().find(too_many) {
            return Some(format!("made {count} of the kind {kind}"));
        }
        let things = self.things().await;
        things
            .into_iter()
            .filter(|(_, thing)| !thing.to_string().contains(&run.id.0))
            .filter(|(_, thing)| thing["description"] != BY_HAND)
            .find(|(id, _)| !known.contains(id))
            .map(|(id, thing)| format!("{id} is nobody's: {thing}"))
    }
}

/// How many things of each kind a plan makes.
pub(crate) fn planned(plan: &Plan) -> BTreeMap<&'static str, usize> {
    let mut planned = BTreeMap::new();
    for kind in plan.steps.iter().filter_map(|step| makes(&step.action)) {
        *planned.entry(kind).or_default() += 1;
    }
    planned
}

/// What an action makes that carries the run's ID.
fn makes(action: &Action) -> Option<&'static str> {
    Some(match action {
        Action::CreateResourceGateway { .. } => "gateway",
        Action::CreateResourceConfiguration { .. }
        | Action::CreateConfigurationGroup { .. }
        | Action::CreateChildConfiguration { .. } => "configuration",
        Action::CreateResourceShare { .. } => "share",
        Action::AllowInClusterPolicy { .. } => STATEMENT,
        Action::CreateTargetGroup { .. } => "target group",
        Action::CreateLoadBalancer { .. } => "load balancer",
        Action::CreateListener { .. } => "listener",
        Action::CreateEndpointService { .. } => "service",
        Action::CreateReversePrivateEndpoint { .. } => "endpoint",
        Action::UpdateGatewaySecurityGroups { .. }
        | Action::AwaitShareAcceptance { .. }
        | Action::UpdateMskConnectivity { .. }
        | Action::AwaitMskConnection { .. }
        | Action::ReadBootstrapBrokers { .. }
        | Action::EnableCrossZone { .. }
        | Action::StopEnforcingInboundRules { .. }
        | Action::RegisterTargets { .. }
        | Action::AllowPrincipal { .. }
        | Action::AddSupportedRegion { .. }
        | Action::AwaitDnsRecord { .. }
        | Action::VerifyPrivateDns { .. }
        | Action::AcceptEndpointConnection { .. }
        | Action::AwaitConnectionAcceptance { .. }
        | Action::AwaitEndpointConnection { .. }
        | Action::AwaitEndpointReady { .. } => return None,
    })
}

const STATEMENT: &str = "statement";

/// How many statements of a cluster's policy are the run's: a Sid has letters and digits only.
fn statements(cluster: &Value, run: &RunId) -> usize {
    let own: String = run.0.chars().filter(char::is_ascii_alphanumeric).collect();
    let statements = cluster["policy"]["Statement"].as_array();
    let sids = statements.into_iter().flatten().map(|it| &it["Sid"]);
    sids.filter(|sid| sid.as_str().is_some_and(|sid| sid.contains(&own)))
        .count()
}

/// What the ID of a thing in the world names.
fn kind(id: &str) -> &'static str {
    let named = [
        ("rgw-", "gateway"),
        ("rcfg-", "configuration"),
        ("resource-share/", "share"),
        (":targetgroup/", "target group"),
        (":loadbalancer/", "load balancer"),
        (":listener/", "listener"),
        ("vpce-svc-", "service"),
        ("msk ", STATEMENT),
    ];
    let found = named.into_iter().find(|(word, _)| id.contains(word));
    found.map_or("endpoint", |(_, kind)| kind)
}

/// What is wrong with a run as the journal tells it, if anything.
pub(crate) fn illegal(run: &Run) -> Option<String> {
    let states: Vec<&StepState> = run.steps.iter().map(|step| &step.state).collect();
    let is_done = |state: &&StepState| **state == StepState::Done;
    let is_undone = |state: &&StepState| matches!(state, StepState::Undone | StepState::Kept);
    let begun = |state: &&StepState| **state != StepState::Pending;
    let wrong = match &run.state {
        RunState::Done if !states.iter().all(is_done) => Some("done, but not every step is"),
        RunState::Undone if !states.iter().all(is_undone) => Some("undone, but not every step is"),
        RunState::Running | RunState::Stopped { .. } => {
            let first_open = states.iter().position(|state| !is_done(state));
            let after = states.iter().skip(first_open.unwrap_or(states.len()) + 1);
            let undone = states.iter().any(is_undone);
            if undone {
                Some("not undone, but a step is")
            } else if after.clone().any(begun) {
                Some("a step was begun before the one before it was done")
            } else {
                None
            }
        }
        RunState::Undoing | RunState::UndoStopped { .. } => {
            let first_undone = states.iter().position(is_undone);
            let after = states.iter().skip(first_undone.unwrap_or(states.len()));
            if after.clone().all(is_undone) {
                None
            } else {
                Some("a step was undone before the one after it")
            }
        }
        RunState::Done | RunState::Undone | RunState::Left => None,
    };
    wrong.map(str::to_owned)
}

/// The problem that a run stands still with.
pub(crate) fn stopped_by(run: &Run) -> Option<&Problem> {
    match &run.state {
        RunState::Stopped { problem } | RunState::UndoStopped { problem } => Some(problem),
        RunState::Running
        | RunState::Done
        | RunState::Undoing
        | RunState::Undone
        | RunState::Left => None,
    }
}

/// Whether a run took so long that ClickHouse may have removed endpoints of the scenario by itself meanwhile.
pub(crate) fn outlasts_grace(run: &Run) -> bool {
    let took = run.ended_at.unwrap().duration_since(run.began_at);
    took > SignedDuration::from_hours(20)
}

/// Whether a problem tells the admin what happened on the other side, and not that Pipelink itself went wrong.
pub(crate) fn is_told(problem: &Problem) -> bool {
    !matches!(
        problem,
        Problem::Internal { .. }
            | Problem::JournalDamaged { .. }
            | Problem::JournalNewer { .. }
            | Problem::JournalUnwritable { .. }
            | Problem::HeldElsewhere
            | Problem::WrongAccount { .. }
            | Problem::NotAsked { .. }
    )
}
