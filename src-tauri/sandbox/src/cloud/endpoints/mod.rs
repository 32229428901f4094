//! Reverse private endpoints. Creating one hands it to the ClickPipes actor; what may be asked for is `kind`'s
//! and `custom_names`'s to say, what is told `answer`'s.

mod answer;
mod custom_names;
mod kind;

use serde_json::Value;
use uuid::Uuid;

use super::{Context, Outcome, Refusal, find, find_mut, services};
use crate::world::World;
use crate::world::aging::takes;
use crate::world::organization::{
    EndpointKind, EndpointStatus, ReversePrivateEndpoint, Service, ServiceState,
};

pub(super) fn list(context: &mut Context<'_>, service: &str) -> Outcome {
    let service = awake(context.world, service)?;
    let endpoints: Vec<Value> = service
        .endpoints
        .iter()
        .map(|it| answer::members(service, it))
        .collect();
    Ok(Some(endpoints.into()))
}

pub(super) fn get(context: &mut Context<'_>, service: &str, id: &str) -> Outcome {
    let service = awake(context.world, service)?;
    Ok(Some(answer::members(service, endpoint(service, id)?)))
}

pub(super) fn create(context: &mut Context<'_>, service: &str, body: &Value) -> Outcome {
    let now = context.now;
    let owner = awake(context.world, service)?;
    let description = body["description"]
        .as_str()
        .filter(|it| !it.is_empty() && it.chars().count() <= 255)
        .ok_or_else(|| Refusal::bad_request("description is required, at most 255 characters"))?;
    let kind = kind::read(body)?;
    if owner.provider != "aws" {
        let message = format!(
            "AWS PrivateLink endpoints are not available for a service on {}.",
            owner.provider
        );
        return Err(Refusal::bad_request(message));
    }
    let custom = custom_names::read(owner, None, &kind, &body["customPrivateDnsMappings"])?;
    is_first_to_cluster(owner, &kind)?;
    let created = ReversePrivateEndpoint {
        id: Uuid::new_v4(),
        description: description.to_owned(),
        kind,
        status: EndpointStatus::Provisioning,
        reason: None,
        created_at: now,
        entered_at: now,
        due: Some(now + takes::PROVISIONING),
        names_due: None,
        endpoint_id: None,
        aws_side: None,
        dns_names: Vec::new(),
        private_dns_names: Vec::new(),
        custom_private_dns: custom,
    };
    let owner = find_mut(context.world, service)?;
    let described = answer::members(owner, &created);
    owner.endpoints.push(created);
    Ok(Some(described))
}

/// A service has one endpoint per MSK cluster and authentication. Those of other services are not seen here:
/// the second of them fails. That the API refuses and does not let fail is an assumption.
fn is_first_to_cluster(service: &Service, kind: &EndpointKind) -> Result<(), Refusal> {
    let EndpointKind::MskMultiVpc { authentication, .. } = kind else {
        return Ok(());
    };
    let holds = |it: &&ReversePrivateEndpoint| {
        it.kind == *kind
            && matches!(
                it.status,
                EndpointStatus::Provisioning | EndpointStatus::Ready
            )
    };
    match service.endpoints.iter().find(holds) {
        Some(holder) => Err(Refusal::bad_request(format!(
            "Endpoint {} of this service has the cluster's connection with {authentication}.",
            holder.id
        ))),
        None => Ok(()),
    }
}

pub(super) fn update(context: &mut Context<'_>, service: &str, id: &str, body: &Value) -> Outcome {
    let owner = awake(context.world, service)?;
    let found = endpoint(owner, id)?;
    let mut names = body.as_object().into_iter().flat_map(|it| it.keys());
    if let Some(other) = names.find(|it| *it != "customPrivateDnsMappings") {
        let message = format!("{other} cannot be changed; only customPrivateDnsMappings can");
        return Err(Refusal::bad_request(message));
    }
    let given = &body["customPrivateDnsMappings"];
    if !given.is_array() {
        let message = "customPrivateDnsMappings is required";
        return Err(Refusal::bad_request(message));
    }
    let custom = custom_names::read(owner, Some(found.id), &found.kind, given)?;
    let id = found.id;
    let endpoint = context.world.organization.endpoint_mut(id);
    endpoint.ok_or_else(not_found)?.custom_private_dns = custom;
    get(context, service, &id.to_string())
}

pub(super) fn delete(context: &mut Context<'_>, service: &str, id: &str) -> Outcome {
    let now = context.now;
    let id = endpoint(awake(context.world, service)?, id)?.id;
    let endpoint = context
        .world
        .organization
        .endpoint_mut(id)
        .ok_or_else(not_found)?;
    if endpoint.status != EndpointStatus::Deleting {
        endpoint.names_due = None;
        endpoint.enter(
            EndpointStatus::Deleting,
            now,
            Some(now + takes::ENDPOINT_DELETE),
        );
    }
    Ok(None)
}

/// The service, if it can be asked about its endpoints. That an idle one answers 424 to reads too is
/// the strict reading of what Terraform handles; it is not confirmed for the real API.
fn awake<'a>(world: &'a World, service: &str) -> Result<&'a Service, Refusal> {
    let service = find(world, service)?;
    if service.state == ServiceState::Running {
        return Ok(service);
    }
    let message = format!(
        "ClickPipes operations are allowed only when the ClickHouse service is running. \
         Current state: {}",
        services::name(service.state)
    );
    Err(Refusal::new(424, "FAILED_DEPENDENCY", message))
}

fn endpoint<'a>(service: &'a Service, id: &str) -> Result<&'a ReversePrivateEndpoint, Refusal> {
    let id: Uuid = id.parse().map_err(|_| not_found())?;
    service
        .endpoints
        .iter()
        .find(|it| it.id == id)
        .ok_or_else(not_found)
}

fn not_found() -> Refusal {
    Refusal::not_found("Reverse private endpoint")
}
