//! An endpoint that reaches the source already: it is offered before a new one is set up.

use super::choices::SourceChoice;
use super::facts::Facts;
use super::layout::{Group, layout};
use super::source::source;
use super::standing::load_balancers_of;
use super::way::{End, Way};
use crate::endpoint::{EndpointKind, EndpointStatus};
use crate::facts::ClickHouseFacts;
use crate::facts::clickhouse::ReversePrivateEndpoint;
use crate::facts::load_balancing::EndpointService;

/// A Ready endpoint of the `ClickHouse` service to one of the account's endpoint services that leads to the source, or,
/// where each host has an endpoint of its own, to one of its hosts. The lowest ID.
pub fn existing_endpoint<'a>(
    facts: &Facts<'a>,
    choice: &SourceChoice,
) -> Option<&'a ReversePrivateEndpoint> {
    let source = source(facts, choice).ok()?;
    let groups = layout(&source.hosts);
    ready(facts)
        .filter(|endpoint| {
            service_of(facts, endpoint)
                .is_some_and(|service| reach(facts, service, &groups) == Reach::There)
        })
        .min_by_key(|it| &it.id)
}

/// The IDs of the region's endpoint services to which the `ClickHouse` service has a Ready endpoint: where each of them
/// leads has to be read, to tell whether one leads to the source.
pub fn connected_services(clickhouse: &ClickHouseFacts, region: &str) -> Vec<String> {
    // `com.amazonaws.vpce.<region>.vpce-svc-...`; AWS has another beginning in China.
    let before_id = format!(".vpce.{region}.");
    let mut ids: Vec<String> = ready_of(clickhouse)
        .filter_map(|endpoint| endpoint.endpoint_service_name.as_deref())
        .filter_map(|name| name.split_once(&before_id))
        .map(|(_, id)| id.to_owned())
        .collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// The service's Ready endpoints of type VPC endpoint service.
pub(super) fn ready<'a>(
    facts: &Facts<'a>,
) -> impl Iterator<Item = &'a ReversePrivateEndpoint> + use<'a> {
    facts.clickhouse.into_iter().flat_map(ready_of)
}

fn ready_of(clickhouse: &ClickHouseFacts) -> impl Iterator<Item = &ReversePrivateEndpoint> {
    let endpoints = clickhouse.endpoints.known().into_iter().flatten();
    endpoints.filter(|endpoint| {
        endpoint.status == EndpointStatus::Ready
            && endpoint.kind == EndpointKind::VpcEndpointService
    })
}

/// The account's endpoint service that an endpoint connects to.
pub(super) fn service_of<'a>(
    facts: &Facts<'a>,
    endpoint: &ReversePrivateEndpoint,
) -> Option<&'a EndpointService> {
    let name = endpoint.endpoint_service_name.as_deref()?;
    let services = facts.load_balancing.endpoint_services.known()?;
    services.iter().find(|it| it.service_name == name)
}

/// Whether a service leads to the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    There,
    Elsewhere,
    Untold,
}

/// Where a service leads: there is enough if it leads to all that would be behind one load balancer.
pub(super) fn reach(facts: &Facts<'_>, service: &EndpointService, groups: &[Group<'_>]) -> Reach {
    let there = load_balancers_of(facts, service);
    let mut untold = there.len() < service.load_balancer_arns.len();
    for group in groups {
        for load_balancer in &there {
            let ends: Vec<End<'_>> = group
                .hosts
                .iter()
                .map(|(_, host)| Way::look(facts, load_balancer, host).end)
                .collect();
            if ends.iter().all(|end| *end == End::There) {
                return Reach::There;
            }
            let open = |end: &End<'_>| {
                matches!(
                    end,
                    End::There | End::Unaddressed(_) | End::NoAddress | End::Unread(_)
                )
            };
            untold |= ends.iter().all(open);
        }
    }
    if untold {
        Reach::Untold
    } else {
        Reach::Elsewhere
    }
}
