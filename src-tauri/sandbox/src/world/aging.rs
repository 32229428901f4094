//! Moves the world's state machines to a given time. Nothing runs in the background: whoever asks
//! first after something was due sees it done, and things happen in the order in which they were due.

use jiff::Timestamp;
use uuid::Uuid;

use super::lattice::Status;
use super::organization::{EndpointStatus, ServiceState};
use super::share::{AssociationKind, AssociationStatus, ShareStatus};
use super::thing::Thing;
use super::{World, arrivals};
use crate::clickpipes;

/// How long things take, in sandbox time.
pub(crate) mod takes {
    use jiff::SignedDuration;

    pub(crate) const GATEWAY_CREATE: SignedDuration = SignedDuration::from_secs(40);
    pub(crate) const GATEWAY_UPDATE: SignedDuration = SignedDuration::from_secs(20);
    pub(crate) const CONFIGURATION: SignedDuration = SignedDuration::from_secs(20);
    pub(crate) const LATTICE_DELETE: SignedDuration = SignedDuration::from_secs(20);
    pub(crate) const SHARE_CREATE: SignedDuration = SignedDuration::from_secs(5);
    pub(crate) const SHARE_DELETE: SignedDuration = SignedDuration::from_secs(20);
    pub(crate) const ASSOCIATION: SignedDuration = SignedDuration::from_secs(20);
    /// How long a deleted share stays listed.
    pub(crate) const SHARE_LISTED: SignedDuration = SignedDuration::from_hours(2);
    /// How long an invitation to a foreign account stands. An assumption: AWS's page was not read.
    pub(crate) const INVITATION: SignedDuration = SignedDuration::from_hours(7 * 24);
    pub(crate) const LOAD_BALANCER_CREATE: SignedDuration = SignedDuration::from_secs(150);
    /// From a target's registration to the first verdict about its health.
    pub(crate) const TARGET_CHECKS: SignedDuration = SignedDuration::from_secs(90);
    pub(crate) const ENDPOINT_SERVICE: SignedDuration = SignedDuration::from_secs(10);
    pub(crate) const ENDPOINT_SERVICE_DELETE: SignedDuration = SignedDuration::from_secs(20);
    /// From the acceptance of a connection, or its request where none is asked for, to its use.
    pub(crate) const ENDPOINT_CONNECTION: SignedDuration = SignedDuration::from_secs(60);
    pub(crate) const NAME_VERIFICATION: SignedDuration = SignedDuration::from_secs(60);
    pub(crate) const PROVISIONING: SignedDuration = SignedDuration::from_secs(60);
    pub(crate) const DNS_NAMES: SignedDuration = SignedDuration::from_secs(5);
    pub(crate) const ENDPOINT_DELETE: SignedDuration = SignedDuration::from_secs(30);
    pub(crate) const SERVICE_START: SignedDuration = SignedDuration::from_secs(30);
    /// How long an idempotency token is remembered.
    pub(crate) const TOKEN: SignedDuration = SignedDuration::from_hours(24);
    /// How long an expired session is still known as expired.
    pub(crate) const SESSION_KNOWN: SignedDuration = SignedDuration::from_hours(24);
}

/// Something that is due at a time.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Event {
    Arrives(Thing),
    EndpointNames { id: Uuid },
    GraceOver { id: Uuid },
}

/// Lets everything happen that was due by `now`. Says whether anything did.
pub(crate) fn advance(world: &mut World, now: Timestamp) -> bool {
    // What was done since the last look moves endpoints too.
    let mut changed = clickpipes::follow(world, now);
    while let Some((at, event)) = next(world, now) {
        tracing::debug!(%at, ?event, "due");
        happen(world, at, event);
        clickpipes::follow(world, at);
        changed = true;
    }
    for region in world.regions.values_mut() {
        let before = region.tokens.len();
        region
            .tokens
            .retain(|_, usage| usage.at + takes::TOKEN > now);
        changed |= region.tokens.len() != before;
    }
    let before = world.sessions.len();
    world
        .sessions
        .retain(|it| it.expires_at + takes::SESSION_KNOWN > now);
    changed |= world.sessions.len() != before;
    changed
}

fn next(world: &World, now: Timestamp) -> Option<(Timestamp, Event)> {
    let arrivals = world
        .underway()
        .into_iter()
        .map(|(thing, at)| (at, Event::Arrives(thing)));
    let endpoints = world
        .organization
        .services
        .iter()
        .flat_map(|service| &service.endpoints)
        .flat_map(|endpoint| {
            let id = endpoint.id;
            let names = endpoint
                .names_due
                .map(|at| (at, Event::EndpointNames { id }));
            let grace = endpoint
                .deletion(world.grace_starts)
                .map(|at| (at, Event::GraceOver { id }));
            names.into_iter().chain(grace)
        });
    // The first of those due at the same time: min_by_key keeps the earliest it meets.
    arrivals
        .chain(endpoints)
        .filter(|(at, _)| *at <= now)
        .min_by_key(|(at, _)| *at)
}

fn happen(world: &mut World, at: Timestamp, event: Event) {
    match event {
        Event::Arrives(thing) => arrive(world, at, &thing),
        Event::EndpointNames { id } => clickpipes::publish_names(world, id, at),
        Event::GraceOver { id } => {
            if let Some(endpoint) = world.organization.endpoint_mut(id) {
                endpoint.names_due = None;
                endpoint.enter(
                    EndpointStatus::Deleting,
                    at,
                    Some(at + takes::ENDPOINT_DELETE),
                );
            }
        }
    }
}

fn arrive(world: &mut World, at: Timestamp, thing: &Thing) {
    let failed = world.fates.arrive(thing);
    match thing {
        Thing::Gateway { region, id } => gateway(world, at, region, id, failed.is_some()),
        Thing::Configuration { region, id } => {
            configuration(world, at, region, id, failed.is_some());
        }
        Thing::Share { region, arn } => share(world, at, region, arn, failed.is_some()),
        Thing::Association {
            region,
            arn,
            kind,
            entity,
        } => {
            association(world, at, region, arn, *kind, entity, failed);
        }
        Thing::LoadBalancer { region, arn } => {
            arrivals::load_balancer(world, region, arn, failed.is_some());
        }
        Thing::EndpointService { region, id } => {
            arrivals::endpoint_service(world, region, id, failed.is_some());
        }
        Thing::ServiceName { region, id } => {
            arrivals::service_name(world, region, id, failed.is_some());
        }
        Thing::EndpointConnection {
            region,
            service,
            endpoint,
        } => {
            arrivals::endpoint_connection(world, region, service, endpoint, failed.is_some());
        }
        Thing::MskCluster { region, arn } => {
            if let Some(region) = world.regions.get_mut(region)
                && let Some(cluster) = region.msk_cluster_mut(arn)
            {
                cluster.arrives(at, failed);
            }
        }
        Thing::MskConnection {
            region,
            cluster_arn,
            arn,
        } => world.msk_connection_arrives(region, cluster_arn, arn, failed.is_some()),
        Thing::Service { id } => service(world, *id),
        Thing::Endpoint { id } => endpoint(world, at, *id, failed),
    }
}

/// The state that a state in progress ends in; None when the object is gone then.
fn settled(status: Status, failed: bool) -> Option<Status> {
    match (status, failed) {
        (Status::CreateInProgress, true) => Some(Status::CreateFailed),
        (Status::UpdateInProgress, true) => Some(Status::UpdateFailed),
        (Status::DeleteInProgress, true) => Some(Status::DeleteFailed),
        (Status::CreateInProgress | Status::UpdateInProgress, false) => Some(Status::Active),
        (Status::DeleteInProgress, false) => None,
        (other, _) => Some(other),
    }
}

fn gateway(world: &mut World, at: Timestamp, region: &str, id: &str, failed: bool) {
    let Some(region) = world.regions.get_mut(region) else {
        return;
    };
    let Some(index) = region.resource_gateways.iter().position(|it| it.id == id) else {
        return;
    };
    let gateway = &mut region.resource_gateways[index];
    if let Some(status) = settled(gateway.status, failed) {
        gateway.status = status;
        gateway.due = None;
        gateway.updated_at = at;
    } else {
        region.resource_gateways.remove(index);
        region
            .network_interfaces
            .retain(|it| it.gateway_id.as_deref() != Some(id));
    }
}

fn configuration(world: &mut World, at: Timestamp, region: &str, id: &str, failed: bool) {
    let Some(region) = world.regions.get_mut(region) else {
        return;
    };
    let configurations = &mut region.resource_configurations;
    let Some(index) = configurations.iter().position(|it| it.id == id) else {
        return;
    };
    let group = configurations[index].group_id.clone();
    if let Some(status) = settled(configurations[index].status, failed) {
        configurations[index].status = status;
        configurations[index].due = None;
        configurations[index].updated_at = at;
    } else {
        configurations.remove(index);
    }
    if let Some(group) = group {
        clickpipes::children_changed(world, &group, at);
    }
}

fn share(world: &mut World, at: Timestamp, region: &str, arn: &str, failed: bool) {
    let Some(region) = world.regions.get_mut(region) else {
        return;
    };
    let Some(share) = region.share_mut(arn) else {
        return;
    };
    share.updated_at = at;
    match share.status {
        ShareStatus::Pending => {
            share.status = if failed {
                ShareStatus::Failed
            } else {
                ShareStatus::Active
            };
            share.due = None;
        }
        ShareStatus::Active | ShareStatus::Failed => share.due = None,
        ShareStatus::Deleting => {
            share.status = ShareStatus::Deleted;
            share.due = Some(at + takes::SHARE_LISTED);
        }
        ShareStatus::Deleted => region.resource_shares.retain(|it| it.arn != arn),
    }
}

fn association(
    world: &mut World,
    at: Timestamp,
    region: &str,
    arn: &str,
    kind: AssociationKind,
    entity: &str,
    failed: Option<String>,
) {
    let account = world.account.id.clone();
    let Some(region_data) = world.regions.get_mut(region) else {
        return;
    };
    let exists = region_data
        .resource_configurations
        .iter()
        .any(|it| it.arn(region, &account) == entity && it.status != Status::DeleteInProgress);
    let Some(share) = region_data.share_mut(arn) else {
        return;
    };
    let Some(association) = share
        .associations
        .iter_mut()
        .find(|it| it.kind == kind && it.entity == entity)
    else {
        return;
    };
    association.due = None;
    association.updated_at = at;
    let gone = || "The resource no longer exists.".to_owned();
    let not_accepted = || "The invitation was not accepted in time.".to_owned();
    let (status, message) = match (association.status, kind) {
        (AssociationStatus::Disassociating, _) => (AssociationStatus::Disassociated, None),
        (AssociationStatus::Associating, _) if failed.is_some() => {
            (AssociationStatus::Failed, failed)
        }
        (AssociationStatus::Associating, AssociationKind::Resource) if exists => {
            (AssociationStatus::Associated, None)
        }
        (AssociationStatus::Associating, AssociationKind::Resource) => {
            (AssociationStatus::Failed, Some(gone()))
        }
        (AssociationStatus::Associating, AssociationKind::Principal) => {
            (AssociationStatus::Failed, Some(not_accepted()))
        }
        (other, _) => (other, None),
    };
    association.status = status;
    association.message = message;
}

fn service(world: &mut World, id: Uuid) {
    let Some(service) = world
        .organization
        .services
        .iter_mut()
        .find(|it| it.id == id)
    else {
        return;
    };
    service.due = None;
    service.state = match service.state {
        ServiceState::Starting | ServiceState::Awaking => ServiceState::Running,
        ServiceState::Stopping => ServiceState::Stopped,
        other => other,
    };
}

fn endpoint(world: &mut World, at: Timestamp, id: Uuid, failed: Option<String>) {
    let Some(endpoint) = world.organization.endpoint_mut(id) else {
        return;
    };
    endpoint.due = None;
    match (endpoint.status, failed) {
        (EndpointStatus::Provisioning, Some(reason)) => {
            endpoint.reason = Some(reason);
            endpoint.enter(EndpointStatus::Failed, at, None);
        }
        (EndpointStatus::Provisioning, None) => clickpipes::provision(world, id, at),
        (EndpointStatus::Deleting, _) => clickpipes::remove(world, id, at),
        _ => {}
    }
}
