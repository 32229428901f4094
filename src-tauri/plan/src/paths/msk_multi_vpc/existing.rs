//! Endpoints of the service to a cluster: a Ready one is offered before a new one is set up, and no second one is
//! possible.

use super::connections::{Hold, hold};
use crate::endpoint::{EndpointKind, EndpointStatus, Turn};
use crate::facts::ClickHouseFacts;
use crate::facts::clickhouse::ReversePrivateEndpoint;
use crate::facts::msk::MskFacts;
use crate::step::MskAuthentication;

/// A Ready endpoint of the service to this very cluster, with this authentication; among several the lowest ID.
pub fn existing_endpoint<'a>(
    clickhouse: &'a ClickHouseFacts,
    cluster_arn: &str,
    authentication: MskAuthentication,
) -> Option<&'a ReversePrivateEndpoint> {
    let endpoints = clickhouse.endpoints.known()?;
    to_cluster(endpoints, cluster_arn)
        .filter(|it| it.status == EndpointStatus::Ready && has(it, authentication))
        .min_by_key(|it| &it.id)
}

/// Whether the cluster's connection with this authentication is held by an endpoint that is not seen among those of the
/// service: the organization's other services may tell.
pub fn is_held_elsewhere(
    msk: &MskFacts,
    clickhouse: &ClickHouseFacts,
    cluster_arn: &str,
    authentication: MskAuthentication,
) -> bool {
    let mut connections = msk.connections.known().into_iter().flatten();
    let own = clickhouse.endpoints.known().map_or(&[][..], Vec::as_slice);
    connections.any(|it| hold(it, authentication) == Hold::Held)
        && holding(own, cluster_arn, authentication).is_none()
}

/// Whether a Ready endpoint of another service that was read has the connection: nobody else needs to be asked then.
pub fn is_found_elsewhere(
    clickhouse: &ClickHouseFacts,
    cluster_arn: &str,
    authentication: MskAuthentication,
) -> bool {
    let mut services = clickhouse.elsewhere.iter();
    services.any(|it| {
        let all = it.endpoints.known().map_or(&[][..], Vec::as_slice);
        holding(all, cluster_arn, authentication)
            .is_some_and(|it| it.status == EndpointStatus::Ready)
    })
}

/// The endpoint that has a connection with this authentication to a cluster, if it is one of these. One that ended has
/// none: it may have failed for the very reason that another has it.
pub(super) fn holding<'a>(
    endpoints: &'a [ReversePrivateEndpoint],
    cluster_arn: &str,
    authentication: MskAuthentication,
) -> Option<&'a ReversePrivateEndpoint> {
    to_cluster(endpoints, cluster_arn)
        .filter(|it| has(it, authentication) && it.status.may_work())
        // One that works says the most.
        .min_by_key(|it| (it.status.turn() != Turn::Nobody, &it.id))
}

/// The endpoints with this authentication to a cluster that ended, by ID.
pub(super) fn ended<'a>(
    endpoints: &'a [ReversePrivateEndpoint],
    cluster_arn: &str,
    authentication: MskAuthentication,
) -> Vec<&'a ReversePrivateEndpoint> {
    let mut ended: Vec<&ReversePrivateEndpoint> = to_cluster(endpoints, cluster_arn)
        .filter(|it| has(it, authentication) && !it.status.may_work())
        .collect();
    ended.sort_by_key(|it| &it.id);
    ended
}

/// Endpoints of type MSK multi-VPC to a cluster.
pub(super) fn to_cluster<'a>(
    endpoints: &'a [ReversePrivateEndpoint],
    cluster_arn: &str,
) -> impl Iterator<Item = &'a ReversePrivateEndpoint> {
    endpoints.iter().filter(move |it| {
        it.kind == EndpointKind::MskMultiVpc && it.msk_cluster_arn.as_deref() == Some(cluster_arn)
    })
}

/// Whether ClickHouse says that an endpoint has this authentication.
pub(super) fn has(endpoint: &ReversePrivateEndpoint, authentication: MskAuthentication) -> bool {
    endpoint.msk_authentication.as_deref() == Some(authentication.as_wire())
}
