//! Endpoints of the service to a cluster: a Ready one is offered before a new one is set up, and no second one is
//! possible.

use crate::endpoint::{EndpointKind, EndpointStatus};
use crate::facts::ClickHouseFacts;
use crate::facts::clickhouse::ReversePrivateEndpoint;
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
