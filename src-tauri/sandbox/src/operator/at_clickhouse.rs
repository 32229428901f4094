//! What can be done about a service of ClickHouse and its endpoints: by its admins, by ClickHouse's support, and
//! by whoever owns the endpoint services that it asked to connect to.

use serde_json::{Value, json};

use super::deeds::Deed;
use super::{Offer, offer};
use crate::cloud::Operation;
use crate::world::World;
use crate::world::endpoint_service::ConnectionState;
use crate::world::organization::{EndpointStatus, ReversePrivateEndpoint, Service, ServiceState};

pub(super) fn offers(world: &World, service: &Service, offers: &mut Vec<Offer>) {
    for endpoint in &service.endpoints {
        let named = format!(
            "endpoint {} of service {}",
            endpoint.description, service.name
        );
        connection(world, endpoint, &named, offers);
        if endpoint.status != EndpointStatus::Deleting {
            let deed = Deed::Cloud {
                operation: Operation::DeleteReversePrivateEndpoint,
                ids: vec![service.id, endpoint.id],
                body: Value::Null,
            };
            let title = format!("Delete {named}");
            offers.push(offer("delete-endpoint", endpoint.id, title, deed));
        }
    }
    if service.state == ServiceState::Running {
        let deed = Deed::FallIdle {
            service: service.id,
        };
        let title = format!("Leave service {} unused until it is idle", service.name);
        offers.push(offer("idle-service", service.id, title, deed));
    }
    if service.provider == "aws" {
        offers.push(preview(service));
    }
}

fn preview(service: &Service) -> Offer {
    let enabled = !service.custom_private_dns;
    let (verb, words) = if enabled {
        ("enable-private-names", "on")
    } else {
        ("disable-private-names", "off")
    };
    let deed = Deed::CustomPrivateDns {
        service: service.id,
        enabled,
    };
    let title = format!(
        "Have ClickHouse's support switch custom private DNS {words} for service {}",
        service.name
    );
    offer(verb, service.id, title, deed)
}

/// What the owner of the endpoint service can do about an endpoint's connection. Of a service that is not in
/// this account, somebody else is the owner, who accepts.
fn connection(
    world: &World,
    endpoint: &ReversePrivateEndpoint,
    named: &str,
    offers: &mut Vec<Offer>,
) {
    let accept = format!("Accept the connection of {named}");
    let in_aws = endpoint.endpoint_id.as_deref().unwrap_or_default();
    let own = world.regions.iter().find_map(|(region, data)| {
        let mut services = data.endpoint_services.iter();
        services.find_map(|it| Some((region, &it.id, it.connection(in_aws)?.state)))
    });
    let Some((region, service, state)) = own else {
        if endpoint.status == EndpointStatus::PendingAcceptance {
            let deed = Deed::Accept {
                endpoint: endpoint.id,
            };
            offers.push(offer("accept", endpoint.id, accept, deed));
        }
        return;
    };
    let decide = |operation| Deed::Aws {
        region: region.clone(),
        operation: ("ec2", operation),
        input: json!({ "ServiceId": service, "VpcEndpointIds": [in_aws] }),
    };
    let waits = state == ConnectionState::PendingAcceptance;
    if waits {
        let deed = decide("AcceptVpcEndpointConnections");
        offers.push(offer("accept", endpoint.id, accept, deed));
    }
    if waits || state == ConnectionState::Available {
        let title = format!("Reject the connection of {named}");
        let deed = decide("RejectVpcEndpointConnections");
        offers.push(offer("reject", endpoint.id, title, deed));
    }
}
