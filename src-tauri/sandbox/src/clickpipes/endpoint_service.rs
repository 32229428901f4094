//! VPC endpoint services: ClickHouse makes an interface endpoint in the region of the pipes; whether it is
//! connected is the service's owner to say.

use jiff::Timestamp;

use crate::world::World;
use crate::world::endpoint_service::{ConnectionState, parts_of_name};
use crate::world::endpoint_service_zone::NameState;
use crate::world::ids;
use crate::world::organization::{AwsSide, CLICKPIPES_ACCOUNT};

/// Asks for a connection. Gives the ID of the VPC endpoint, or why there is none.
pub(super) fn connect(
    world: &mut World,
    service_name: &str,
    pipes_region: &str,
    at: Timestamp,
) -> Result<String, String> {
    world
        .request_endpoint_connection(service_name, CLICKPIPES_ACCOUNT, pipes_region, at)
        .map_err(|it| it.to_string())
}

/// What a connection's state means for the endpoint.
pub(super) fn side(state: ConnectionState) -> AwsSide {
    match state {
        ConnectionState::PendingAcceptance => AwsSide::AwaitsAcceptance,
        ConnectionState::Pending => AwsSide::Connecting,
        ConnectionState::Available => AwsSide::Connected,
        ConnectionState::Rejected => AwsSide::Rejected,
        ConnectionState::Failed => AwsSide::Broken,
    }
}

/// The regional name of a VPC endpoint.
pub(super) fn dns_name(vpc_endpoint: &str, service_name: &str) -> String {
    let (region, service) = parts_of_name(service_name).unwrap_or_default();
    let label = ids::random(8);
    format!("{vpc_endpoint}-{label}.{service}.{region}.vpce.amazonaws.com")
}

/// The private DNS name of the service, which AWS resolves in the endpoint's VPC once it is verified.
pub(super) fn private_name(world: &World, service_name: &str) -> Option<String> {
    let (region, id) = parts_of_name(service_name)?;
    let service = world.regions.get(region)?.endpoint_service(id)?;
    let name = service.private_name.as_ref()?;
    (name.state == NameState::Verified).then(|| name.name.clone())
}
