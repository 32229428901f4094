//! Which steps of an endpoint service plan belong together: where each of several hosts has a load balancer, a service
//! and an endpoint of its own, those of one host.

use std::collections::BTreeSet;

use crate::step::{Action, Input, PathKind, Plan, Step, StepId};

/// The steps for one host.
pub(super) struct Chain {
    steps: BTreeSet<StepId>,
    /// What the host is called, where the plan knows it.
    pub(super) host: Option<String>,
}

impl Chain {
    pub(super) fn has(&self, step: &StepId) -> bool {
        self.steps.contains(step)
    }
}

/// The chains of a plan in the order of its steps; none where everything belongs together.
pub(super) fn chains(plan: &Plan) -> Vec<Chain> {
    if plan.path != PathKind::EndpointService {
        return Vec::new();
    }
    let mut chains: Vec<Chain> = Vec::new();
    for step in &plan.steps {
        let mut steps: BTreeSet<StepId> = inputs(&step.action);
        steps.insert(step.id.clone());
        let mut host = host(step);
        // A listener joins a load balancer and a target group that had nothing to do with each other so far. The
        // first of the chains that it joins stays where it is.
        let mut first = None;
        let mut at = 0;
        while at < chains.len() {
            if chains[at].steps.is_disjoint(&steps) {
                at += 1;
            } else {
                let joined = chains.remove(at);
                first.get_or_insert(at);
                steps.extend(joined.steps);
                host = joined.host.or(host);
            }
        }
        chains.insert(first.unwrap_or(chains.len()), Chain { steps, host });
    }
    if chains.len() > 1 { chains } else { Vec::new() }
}

/// The earlier steps that an action builds upon.
fn inputs(action: &Action) -> BTreeSet<StepId> {
    action
        .inputs()
        .into_iter()
        .filter_map(|input| match input {
            Input::Output { step, .. } => Some(step),
            Input::Literal { .. } => None,
        })
        .collect()
}

/// What its endpoint is called in ClickPipes' VPC.
fn host(step: &Step) -> Option<String> {
    let Action::CreateReversePrivateEndpoint { private_dns, .. } = &step.action else {
        return None;
    };
    private_dns.first().map(|it| it.name.clone())
}
