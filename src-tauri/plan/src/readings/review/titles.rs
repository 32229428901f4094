//! The titles of steps of one kind: where several are alike, each says what it is of.

use super::ReviewStep;
use crate::readings::used;
use crate::step::{Action, Input, Plan};

/// Adds to every title that another step has as well what its step is of. `steps` are the plan's, in its order.
pub(super) fn tell_apart(plan: &Plan, steps: &mut [ReviewStep]) {
    let titles: Vec<String> = steps.iter().map(|it| it.title.clone()).collect();
    for (shown, step) in steps.iter_mut().zip(&plan.steps) {
        if titles.iter().filter(|it| **it == shown.title).count() < 2 {
            continue;
        }
        if let Some(of) = of(plan, &step.action) {
            shown.title = format!("{}: {of}", shown.title);
        }
    }
}

/// What a step is of, where its title does not name it; `None` where it does, and where a plan has one of its kind.
fn of(plan: &Plan, action: &Action) -> Option<String> {
    match action {
        Action::EnableCrossZone { load_balancer }
        | Action::StopEnforcingInboundRules { load_balancer, .. }
        | Action::CreateListener { load_balancer, .. } => {
            Some(used::load_balancer(plan, load_balancer))
        }
        Action::AllowPrincipal { service, .. }
        | Action::AddSupportedRegion { service, .. }
        | Action::AcceptEndpointConnection { service, .. }
        | Action::AwaitConnectionAcceptance { service, .. }
        | Action::AwaitEndpointConnection { service, .. } => {
            Some(used::endpoint_service(plan, service))
        }
        Action::CreateReversePrivateEndpoint { description, .. } => Some(description.clone()),
        Action::AwaitEndpointReady { endpoint, .. } => described(plan, endpoint),
        Action::CreateResourceGateway { .. }
        | Action::CreateResourceConfiguration { .. }
        | Action::CreateConfigurationGroup { .. }
        | Action::CreateChildConfiguration { .. }
        | Action::CreateResourceShare { .. }
        | Action::UpdateGatewaySecurityGroups { .. }
        | Action::AwaitShareAcceptance { .. }
        | Action::UpdateMskConnectivity { .. }
        | Action::AllowInClusterPolicy { .. }
        | Action::AwaitMskConnection { .. }
        | Action::ReadBootstrapBrokers { .. }
        | Action::CreateTargetGroup { .. }
        | Action::CreateLoadBalancer { .. }
        | Action::RegisterTargets { .. }
        | Action::CreateEndpointService { .. }
        | Action::AwaitDnsRecord { .. }
        | Action::VerifyPrivateDns { .. } => None,
    }
}

/// An endpoint by its description, where a step of the plan makes it.
fn described(plan: &Plan, endpoint: &Input) -> Option<String> {
    let made_by = match endpoint {
        Input::Literal { value } => return Some(value.clone()),
        Input::Output { step, .. } => step,
    };
    plan.steps
        .iter()
        .filter(|it| it.id == *made_by)
        .find_map(|it| {
            if let Action::CreateReversePrivateEndpoint { description, .. } = &it.action {
                Some(description.clone())
            } else {
                None
            }
        })
}
