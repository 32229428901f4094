//! The schema registry that a plan reaches beside Kafka brokers: what it is called, and which step listens for it.

use crate::step::{Action, Definition, Engine, Plan, Step, StepId, Target};

/// A schema registry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Registry<'p> {
    /// Its own name, or its address; `None` where a plan of an older journal does not tell.
    pub(super) name: Option<String>,
    pub(super) port: u16,
    /// The step that makes its listener, where the plan makes one: what is reached over the same load balancer is
    /// reached over the same endpoint.
    pub(super) listener: Option<&'p StepId>,
}

impl<'p> Registry<'p> {
    pub(super) fn of(plan: &'p Plan) -> Option<Self> {
        let Target::Hosts { hosts } = &plan.source.target else {
            return None;
        };
        if plan.source.engine != Engine::Kafka {
            return None;
        }
        let listener = listener(plan, hosts);
        let carried = plan.source.schema_registry.as_deref().and_then(split);
        let (name, port) = match (carried, listener) {
            (Some((name, port)), _) => (Some(name), port),
            (None, Some((_, port))) => (None, port),
            (None, None) => {
                let mut steps = plan.steps.iter();
                let (name, port) = steps.find_map(|step| defined(step, hosts))?;
                (Some(name), port)
            }
        };
        Some(Self {
            name,
            port,
            listener: listener.map(|(step, _)| step),
        })
    }
}

/// `registry.example.com:8081`.
fn split(at: &str) -> Option<(String, u16)> {
    let (name, port) = at.rsplit_once(':')?;
    Some((name.to_owned(), port.parse().ok()?))
}

/// The steps for each host bear its number, and the registry comes after the brokers: a port would not tell, since one
/// of theirs can have the same.
fn listener<'p>(plan: &'p Plan, brokers: &[String]) -> Option<(&'p StepId, u16)> {
    let number = (brokers.len() + 1).to_string();
    plan.steps.iter().find_map(|step| {
        let Action::CreateListener { port, .. } = step.action else {
            return None;
        };
        let (_, of_step) = step.id.0.rsplit_once('-')?;
        (of_step == number).then_some((&step.id, port))
    })
}

/// Plans of older journals do not name the registry: what a resource configuration leads to besides the brokers.
fn defined(step: &Step, brokers: &[String]) -> Option<(String, u16)> {
    let (Action::CreateResourceConfiguration { definition, .. }
    | Action::CreateChildConfiguration { definition, .. }) = &step.action
    else {
        return None;
    };
    let name = match definition {
        Definition::DomainName { name, .. } => name.clone(),
        Definition::IpAddress { address, .. } => address.to_string(),
        Definition::Database { .. } => return None,
    };
    let mut ports = definition.ports().iter().map(|it| it.first);
    let port = ports.find(|port| !brokers.contains(&format!("{name}:{port}")))?;
    Some((name, port))
}
