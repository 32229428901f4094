//! Which steps of an endpoint service plan belong together: where each of several hosts has a load balancer, a service
//! and an endpoint of its own, those of one host. A schema registry may share those of a broker.

use std::collections::BTreeSet;

use super::registry::Registry;
use crate::step::{Action, Input, PathKind, Plan, SourceRef, Step, StepId, Target};

/// The steps for one host, or for several that share what they need.
pub(super) struct Chain {
    steps: BTreeSet<StepId>,
    /// What the hosts are called, as far as the plan knows it.
    hosts: Vec<String>,
}

impl Chain {
    pub(super) fn has(&self, step: &StepId) -> bool {
        self.steps.contains(step)
    }

    /// What the hosts are called in a label, where the plan knows it.
    pub(super) fn host(&self) -> Option<String> {
        match self.hosts.as_slice() {
            [] => None,
            [only] => Some(only.clone()),
            [one, other] => Some(format!("{one} and {other}")),
            [first, others @ ..] => Some(format!("{first} and {} more", others.len())),
        }
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
        let mut hosts = hosts(&plan.source, step);
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
                hosts = [joined.hosts, hosts].concat();
            }
        }
        chains.insert(first.unwrap_or(chains.len()), Chain { steps, hosts });
    }
    if chains.len() < 2 {
        return Vec::new();
    }
    name_registry(&mut chains, plan);
    chains
}

/// A schema registry that is an address has no name that is mapped: where the brokers are called by theirs, it is called
/// by its address.
fn name_registry(chains: &mut [Chain], plan: &Plan) {
    let Some(Registry {
        name: Some(name),
        listener: Some(listener),
        ..
    }) = Registry::of(plan)
    else {
        return;
    };
    let mapped = chains.iter().any(|chain| !chain.hosts.is_empty());
    if let Some(chain) = chains.iter_mut().find(|chain| chain.has(listener))
        && mapped
        && !chain.hosts.contains(&name)
    {
        chain.hosts.push(name);
    }
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

/// What its endpoint is called in ClickPipes' VPC, whoever makes it.
fn hosts(source: &SourceRef, step: &Step) -> Vec<String> {
    let (Action::CreateReversePrivateEndpoint { private_dns, .. }
    | Action::AwaitEndpointConnection { private_dns, .. }) = &step.action
    else {
        return Vec::new();
    };
    let names = private_dns.iter().map(|it| it.name.clone());
    match source.target {
        // Each name is that of another host.
        Target::Hosts { .. } => names.collect(),
        // A broker of a cluster that has several names is one host.
        Target::MskCluster { .. }
        | Target::Database { .. }
        | Target::DomainName { .. }
        | Target::IpAddress { .. } => names.take(1).collect(),
    }
}
