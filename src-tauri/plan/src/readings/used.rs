//! What a plan builds upon, in words: things that were there before, which stay as they are.

use crate::step::{Action, Input, Plan, Used};

/// One sentence for each thing the plan uses, in the plan's order.
pub fn used(plan: &Plan) -> Vec<String> {
    plan.uses.iter().map(|used| sentence(plan, used)).collect()
}

fn sentence(plan: &Plan, used: &Used) -> String {
    let (what, id) = match used {
        Used::ResourceGateway { id, name, .. } => (format!("resource gateway {name} ({id})"), id),
        Used::ResourceConfiguration { id, name, .. } => {
            (format!("resource configuration {name} ({id})"), id)
        }
        Used::LoadBalancer { arn, name, .. } => (format!("load balancer {name} ({arn})"), arn),
        Used::EndpointService { id, name, .. } => (
            format!("endpoint service {}", with_id(name.as_deref(), id)),
            id,
        ),
    };
    if plan
        .steps
        .iter()
        .any(|step| changed(&step.action) == Some(id))
    {
        format!("Changes {what}, which was there before: undo never deletes it.")
    } else {
        format!("Uses {what}, which stays as it is: undo leaves it in place.")
    }
}

/// The ID of what an action changes and was there before; `None` for what the plan itself makes.
fn changed(action: &Action) -> Option<&String> {
    match action {
        Action::UpdateGatewaySecurityGroups { gateway_id, .. } => Some(gateway_id),
        Action::EnableCrossZone { load_balancer }
        | Action::StopEnforcingInboundRules { load_balancer, .. } => literal(load_balancer),
        Action::AllowPrincipal { service, .. } | Action::AddSupportedRegion { service, .. } => {
            literal(service)
        }
        // A cluster is the source, not something that is used.
        Action::UpdateMskConnectivity { .. }
        | Action::AllowInClusterPolicy { .. }
        | Action::CreateResourceGateway { .. }
        | Action::CreateResourceConfiguration { .. }
        | Action::CreateConfigurationGroup { .. }
        | Action::CreateChildConfiguration { .. }
        | Action::CreateResourceShare { .. }
        | Action::AwaitShareAcceptance { .. }
        | Action::AwaitMskConnection { .. }
        | Action::ReadBootstrapBrokers { .. }
        | Action::CreateTargetGroup { .. }
        | Action::CreateLoadBalancer { .. }
        | Action::CreateListener { .. }
        | Action::RegisterTargets { .. }
        | Action::CreateEndpointService { .. }
        | Action::AwaitDnsRecord { .. }
        | Action::VerifyPrivateDns { .. }
        | Action::AcceptEndpointConnection { .. }
        | Action::AwaitConnectionAcceptance { .. }
        | Action::AwaitEndpointConnection { .. }
        | Action::CreateReversePrivateEndpoint { .. }
        | Action::AwaitEndpointReady { .. } => None,
    }
}

fn literal(input: &Input) -> Option<&String> {
    match input {
        Input::Literal { value } => Some(value),
        Input::Output { .. } => None,
    }
}

/// A gateway's name and ID, or its ID where the plan does not name it.
pub(super) fn gateway(plan: &Plan, gateway_id: &str) -> String {
    plan.uses
        .iter()
        .find_map(|used| match used {
            Used::ResourceGateway { id, name, .. } => {
                (id == gateway_id).then(|| format!("resource gateway {name} ({id})"))
            }
            Used::ResourceConfiguration { .. }
            | Used::LoadBalancer { .. }
            | Used::EndpointService { .. } => None,
        })
        .unwrap_or_else(|| format!("resource gateway {gateway_id}"))
}

/// A load balancer by its name, made by the plan or there before; by its ARN where the plan does not name it.
pub(super) fn load_balancer(plan: &Plan, load_balancer: &Input) -> String {
    let name = match load_balancer {
        Input::Literal { value } => plan.uses.iter().find_map(|used| match used {
            Used::LoadBalancer { arn, name, .. } => (arn == value).then_some(name),
            Used::ResourceGateway { .. }
            | Used::ResourceConfiguration { .. }
            | Used::EndpointService { .. } => None,
        }),
        Input::Output { step, .. } => {
            plan.steps
                .iter()
                .filter(|it| it.id == *step)
                .find_map(|it| {
                    if let Action::CreateLoadBalancer { name, .. } = &it.action {
                        Some(name)
                    } else {
                        None
                    }
                })
        }
    };
    match (name, load_balancer) {
        (Some(name), _) => format!("load balancer {name}"),
        (None, Input::Literal { value }) => format!("load balancer {value}"),
        (None, Input::Output { .. }) => "load balancer".to_owned(),
    }
}

/// An endpoint service by its name, made by the plan or there before; by its ID where it has none.
pub(super) fn endpoint_service(plan: &Plan, service: &Input) -> String {
    let called = match service {
        Input::Literal { value } => plan
            .uses
            .iter()
            .find_map(|used| match used {
                Used::EndpointService { id, name, .. } => {
                    (id == value).then(|| with_id(name.as_deref(), id))
                }
                Used::ResourceGateway { .. }
                | Used::ResourceConfiguration { .. }
                | Used::LoadBalancer { .. } => None,
            })
            .or_else(|| Some(value.clone())),
        Input::Output { step, .. } => {
            plan.steps
                .iter()
                .filter(|it| it.id == *step)
                .find_map(|it| {
                    if let Action::CreateEndpointService { name, .. } = &it.action {
                        Some(name.clone())
                    } else {
                        None
                    }
                })
        }
    };
    called.map_or_else(
        || "the endpoint service".to_owned(),
        |called| format!("endpoint service {called}"),
    )
}

fn with_id(name: Option<&str>, id: &str) -> String {
    match name {
        Some(name) => format!("{name} ({id})"),
        None => id.to_owned(),
    }
}
