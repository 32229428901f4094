//! From a ClickPipe through its reverse private endpoint: which host names lead to the endpoint, and whether
//! what is at the end is what the pipe asked for.

use std::collections::BTreeSet;

use uuid::Uuid;

use super::{Arrival, Reach, brokers, load_balancer, resource, v4};
use crate::world::World;
use crate::world::endpoint_names::covers;
use crate::world::organization::{EndpointKind, EndpointStatus, ReversePrivateEndpoint};

/// Whether a pipe gets to a host and port through an endpoint, or None when there is no such endpoint. Where
/// the source's owner has a name for it, `source`, the way has to end where that name is; without one, a host
/// that its owner's network knows has to lead there too.
pub(crate) fn through(
    world: &World,
    id: Uuid,
    host: &str,
    port: u16,
    source: Option<&str>,
) -> Option<Reach> {
    let endpoint = world.organization.endpoint(id)?;
    let arrival = match arrive(world, endpoint, host, port) {
        Ok(arrival) => arrival,
        Err(hindrance) => return Some(Reach::new(Vec::new(), BTreeSet::from([hindrance]))),
    };
    let Arrival {
        vpc_id,
        addresses,
        mut hindrances,
    } = arrival;
    let name = source.unwrap_or(host);
    let entry = world.name_within(&vpc_id, name);
    let there = v4(entry.iter().flat_map(|it| &it.addresses));
    if source.is_some() && there.is_empty() {
        hindrances.insert(format!("{name} does not resolve in {vpc_id}"));
    }
    if !there.is_empty() {
        let strangers = addresses.iter().filter(|it| !there.contains(it));
        hindrances.extend(strangers.map(|it| format!("it leads to {it}, where {name} is not")));
    }
    Some(Reach::new(addresses, hindrances))
}

fn arrive(
    world: &World,
    endpoint: &ReversePrivateEndpoint,
    host: &str,
    port: u16,
) -> Result<Arrival, String> {
    if endpoint.status != EndpointStatus::Ready {
        return Err(format!("the endpoint is {:?}", endpoint.status));
    }
    let in_aws = endpoint.endpoint_id.as_deref().unwrap_or_default();
    let internal = endpoint.internal_name(host);
    let unknown = || format!("{host} does not resolve to the endpoint");
    match &endpoint.kind {
        EndpointKind::VpcResource { .. } => {
            let internal = internal.ok_or_else(unknown)?;
            let targets = endpoint.targets();
            let target = targets.iter().find(|it| it.1 == internal);
            let (configuration, _) = target.ok_or_else(unknown)?;
            resource::through(world, in_aws, configuration, port)
        }
        EndpointKind::VpcEndpointService { service_name } => {
            let mut private = endpoint.private_dns_names.iter();
            if internal.is_none() && !private.any(|it| covers(it, host)) {
                return Err(unknown());
            }
            load_balancer::through(world, in_aws, service_name, port)
        }
        EndpointKind::MskMultiVpc {
            cluster_arn,
            authentication,
        } => brokers::through(world, in_aws, cluster_arn, authentication, host, port),
    }
}
