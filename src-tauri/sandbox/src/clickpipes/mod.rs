//! The ClickPipes actor: what ClickHouse does with a reverse private endpoint once it is asked for.
//! It looks at the customer's side of the world and decides by the product page's rules, as the
//! sandbox reads them: nothing here is shared with the planner. One file per type of endpoint says what
//! ClickHouse does in AWS; this one what becomes of the endpoint.

mod endpoint_service;
mod msk_multi_vpc;
mod region;
mod vpc_resource;

use jiff::Timestamp;
use uuid::Uuid;

pub(crate) use region::clickpipes_region;
pub(crate) use vpc_resource::{children_changed, detached};

use crate::world::World;
use crate::world::aging::takes;
use crate::world::organization::{AwsSide, EndpointKind, EndpointStatus, ReversePrivateEndpoint};

/// Ends the provisioning of an endpoint: what ClickHouse asks of AWS is asked for, or refused.
pub(crate) fn provision(world: &mut World, id: Uuid, at: Timestamp) {
    let mut services = world.organization.services.iter();
    let found = services.find_map(|service| {
        let mut endpoints = service.endpoints.iter();
        let endpoint = endpoints.find(|it| it.id == id)?;
        Some((clickpipes_region(service), endpoint.kind.clone()))
    });
    let Some((region, kind)) = found else {
        return;
    };
    let outcome = match &kind {
        EndpointKind::VpcResource {
            configuration_id,
            share_arn,
        } => vpc_resource::attach(world, id, configuration_id, share_arn, &region, at)
            .map_err(|it| it.to_string()),
        EndpointKind::VpcEndpointService { service_name } => {
            endpoint_service::connect(world, service_name, &region, at)
        }
        EndpointKind::MskMultiVpc {
            cluster_arn,
            authentication,
        } => msk_multi_vpc::connect(world, cluster_arn, authentication, &region, at),
    };
    let Some(endpoint) = world.organization.endpoint_mut(id) else {
        return;
    };
    match outcome {
        Ok(endpoint_id) => {
            endpoint.endpoint_id = Some(endpoint_id);
            if matches!(kind, EndpointKind::VpcResource { .. }) {
                endpoint.become_ready(at);
            } else {
                // Nothing ends this state but its connection in AWS.
                endpoint.due = None;
                follow(world, at);
            }
        }
        Err(reason) => endpoint.fail(reason, at),
    }
}

/// Has the endpoints follow what became of their connections in AWS. Says whether any changed.
pub(crate) fn follow(world: &mut World, at: Timestamp) -> bool {
    let mut turned: Vec<(Uuid, AwsSide)> = Vec::new();
    let connections = world.endpoint_connection_states();
    let services = world.organization.services.iter();
    for endpoint in services.flat_map(|it| &it.endpoints) {
        let Some(id) = &endpoint.endpoint_id else {
            continue;
        };
        let side = match &endpoint.kind {
            EndpointKind::VpcResource { .. } => None,
            EndpointKind::VpcEndpointService { .. } => connections
                .get(id.as_str())
                .map(|state| endpoint_service::side(*state)),
            EndpointKind::MskMultiVpc { .. } => msk_multi_vpc::side(world, id),
        };
        // What AWS does not have (any more) says nothing: the service may be another account's.
        if let Some(side) = side
            && endpoint.aws_side != Some(side)
        {
            turned.push((endpoint.id, side));
        }
    }
    let any = !turned.is_empty();
    for (id, side) in turned {
        if let Some(endpoint) = world.organization.endpoint_mut(id) {
            endpoint.aws_side = Some(side);
            turn(endpoint, side, at);
        }
    }
    any
}

/// An endpoint whose connection has come into another state.
fn turn(endpoint: &mut ReversePrivateEndpoint, side: AwsSide, at: Timestamp) {
    let status = endpoint.status;
    // What has failed stays so, and what is being deleted is.
    if matches!(
        status,
        EndpointStatus::Deleting | EndpointStatus::Failed | EndpointStatus::Expired
    ) {
        return;
    }
    match side {
        AwsSide::AwaitsAcceptance if status != EndpointStatus::PendingAcceptance => {
            endpoint.enter(EndpointStatus::PendingAcceptance, at, None);
        }
        AwsSide::Connecting if status != EndpointStatus::Provisioning => {
            endpoint.enter(EndpointStatus::Provisioning, at, None);
        }
        AwsSide::Connected if status != EndpointStatus::Ready => endpoint.become_ready(at),
        AwsSide::Rejected if status != EndpointStatus::Rejected => {
            endpoint.forget_names();
            endpoint.enter(EndpointStatus::Rejected, at, None);
        }
        AwsSide::Broken => endpoint.fail("its connection in AWS has failed".to_owned(), at),
        _ => {}
    }
}

/// The owner of an endpoint service that is not in this account accepted the connection of an endpoint.
pub(crate) fn accepted(world: &mut World, id: Uuid, at: Timestamp) {
    if let Some(endpoint) = world.organization.endpoint_mut(id)
        && endpoint.status == EndpointStatus::PendingAcceptance
    {
        endpoint.become_ready(at);
    }
}

/// Gives a Ready endpoint its DNS names, or the next of them.
pub(crate) fn publish_names(world: &mut World, id: Uuid, at: Timestamp) {
    let Some(endpoint) = world.organization.endpoint(id) else {
        return;
    };
    let vpc_endpoint = endpoint.endpoint_id.clone().unwrap_or_default();
    let (mut names, mut private, mut more) = (Vec::new(), Vec::new(), false);
    match &endpoint.kind {
        EndpointKind::VpcResource {
            configuration_id,
            share_arn,
        } => {
            let (all, left) = vpc_resource::names(
                world,
                &vpc_endpoint,
                configuration_id,
                share_arn,
                &endpoint.dns_names,
            );
            (names, more) = (all, left);
        }
        EndpointKind::VpcEndpointService { service_name } => {
            names.push(endpoint_service::dns_name(&vpc_endpoint, service_name));
            private.extend(endpoint_service::private_name(world, service_name));
        }
        EndpointKind::MskMultiVpc {
            cluster_arn,
            authentication,
        } => private = msk_multi_vpc::broker_names(world, cluster_arn, authentication),
    }
    if let Some(endpoint) = world.organization.endpoint_mut(id) {
        endpoint.names_due = more.then(|| at + takes::DNS_NAMES);
        endpoint.dns_names = names;
        endpoint.private_dns_names = private;
    }
}

/// Removes an endpoint with what it took in AWS.
pub(crate) fn remove(world: &mut World, id: Uuid, at: Timestamp) {
    for service in &mut world.organization.services {
        let Some(index) = service.endpoints.iter().position(|it| it.id == id) else {
            continue;
        };
        let endpoint = service.endpoints.remove(index);
        let Some(in_aws) = endpoint.endpoint_id else {
            return;
        };
        match endpoint.kind {
            EndpointKind::VpcResource { .. } => vpc_resource::release(world, &in_aws),
            EndpointKind::VpcEndpointService { .. } => world.remove_endpoint_connection(&in_aws),
            EndpointKind::MskMultiVpc { .. } => msk_multi_vpc::disconnect(world, &in_aws, at),
        }
        return;
    }
}
