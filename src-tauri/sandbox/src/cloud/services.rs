//! The key's owner, organizations, services and their ClickPipes.

use serde_json::{Value, json};

use super::{Context, Outcome, Refusal, find, find_mut};
use crate::world::World;
use crate::world::aging::takes;
use crate::world::organization::{Service, ServiceState};

pub(super) fn who_am_i(world: &World) -> Value {
    json!({
        "actorType": "apiKey",
        "keyId": world.keys.clickhouse_key_id,
        "name": "sandbox",
        "organizationId": world.organization.id,
    })
}

pub(super) fn list_organizations(world: &World) -> Value {
    let organization = &world.organization;
    json!([{
        "id": organization.id,
        "name": organization.name,
        "createdAt": organization.created_at.to_string(),
        "privateEndpoints": [],
        "byocConfig": [],
    }])
}

pub(super) fn list(world: &World) -> Value {
    world
        .organization
        .services
        .iter()
        .map(service_members)
        .collect::<Vec<_>>()
        .into()
}

pub(super) fn get(world: &World, service: &str) -> Outcome {
    Ok(Some(service_members(find(world, service)?)))
}

pub(super) fn update_state(context: &mut Context<'_>, service: &str, body: &Value) -> Outcome {
    let now = context.now;
    let service = find_mut(context.world, service)?;
    let command = body["command"].as_str().unwrap_or_default();
    let next = match (command, service.state) {
        ("start", ServiceState::Stopped) => ServiceState::Starting,
        ("start" | "awake", ServiceState::Idle) => ServiceState::Awaking,
        ("stop", ServiceState::Running | ServiceState::Idle) => ServiceState::Stopping,
        (
            "start" | "awake",
            ServiceState::Running | ServiceState::Starting | ServiceState::Awaking,
        )
        | ("stop", ServiceState::Stopped | ServiceState::Stopping) => service.state,
        ("start" | "stop" | "awake", state) => {
            let message = format!("A service that is {} cannot {command}.", name(state));
            return Err(Refusal::bad_request(message));
        }
        _ => {
            return Err(Refusal::bad_request(
                "command must be one of start, stop, awake",
            ));
        }
    };
    if next != service.state {
        service.state = next;
        service.due = Some(now + takes::SERVICE_START);
    }
    Ok(Some(service_members(service)))
}

pub(super) fn list_clickpipes(world: &World, service: &str) -> Outcome {
    Ok(Some(find(world, service)?.clickpipes.clone().into()))
}

/// A state as the API writes it.
pub(super) fn name(state: ServiceState) -> &'static str {
    match state {
        ServiceState::Running => "running",
        ServiceState::Idle => "idle",
        ServiceState::Stopped => "stopped",
        ServiceState::Starting => "starting",
        ServiceState::Stopping => "stopping",
        ServiceState::Awaking => "awaking",
    }
}

fn service_members(service: &Service) -> Value {
    let suffix = format!("{}.{}.clickhouse.cloud", service.region, service.provider);
    let id = service.id.simple().to_string();
    let host = format!("{}.{suffix}", &id[..10]);
    json!({
        "id": service.id,
        "name": service.name,
        "provider": service.provider,
        "region": service.region,
        "state": name(service.state),
        "clickhouseVersion": "26.8",
        "endpoints": [
            { "protocol": "nativesecure", "host": host, "port": 9440, "username": "default" },
            { "protocol": "https", "host": host, "port": 8443, "username": "default" },
        ],
        "minReplicaMemoryGb": 16,
        "maxReplicaMemoryGb": 32,
        "numReplicas": 2,
        "autoscalingMode": "vertical",
        "currentScaling": {
            "effectiveAutoscalingMode": "vertical",
            "effectiveMinReplicaMemoryGb": 16,
            "effectiveMaxReplicaMemoryGb": 32,
            "effectiveMinReplicas": 2,
            "effectiveMaxReplicas": 2,
            "effectiveIdleScaling": true,
            "effectiveIdleTimeoutMinutes": 15,
        },
        "idleScaling": true,
        "idleTimeoutMinutes": 15,
        "ipAccessList": [{ "source": "203.0.113.0/24", "description": "office" }],
        "createdAt": service.created_at.to_string(),
        "iamRole": format!("arn:aws:iam::072088201116:role/CH-S3-{}", &id[..12]),
        "privateEndpointIds": [],
        "dataWarehouseId": service.id,
        "isPrimary": true,
        "isReadonly": false,
        "releaseChannel": "default",
        "tags": [],
    })
}
