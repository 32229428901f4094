//! The ClickPipes actor: what ClickHouse does with a reverse private endpoint once it is asked for.
//! It looks at the customer's side of the world and decides by the product page's rules, as the
//! sandbox reads them: nothing here is shared with the planner.

use jiff::Timestamp;
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use uuid::Uuid;

use crate::world::World;
use crate::world::aging::takes;
use crate::world::ids;
use crate::world::lattice::{EndpointAssociation, Status};
use crate::world::network::NetworkInterface;
use crate::world::organization::{CLICKPIPES_ACCOUNT, EndpointKind, EndpointStatus, Service};
use crate::world::share::{AssociationKind, AssociationStatus, ShareStatus};
use crate::world::space;

/// Why an endpoint fails.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Refusal {
    #[error("the resource configuration is not in the ClickPipes region {region}")]
    OtherRegion { region: String },
    #[error("the resource share does not exist")]
    NoShare,
    #[error("the resource share is not active")]
    ShareNotActive,
    #[error("the resource share was used by another endpoint before")]
    ShareUsed,
    #[error("the share is not offered to account 072088201116")]
    NotAPrincipal,
    #[error("the resource configuration is not in the share")]
    NotInShare,
    #[error("the resource configuration does not exist or is not active")]
    NoConfiguration,
    #[error("the resource gateway does not exist or is not active")]
    NoGateway,
    #[error("subnet {subnet} has no free /28 block")]
    NoBlock { subnet: String },
    #[error("the owner removed the endpoint from the resource configuration")]
    Detached,
}

/// Ends the provisioning of an endpoint: Ready, or Failed with the reason.
pub(crate) fn provision(world: &mut World, id: Uuid, at: Timestamp) {
    let outcome = admit(world, id, at);
    let Some(endpoint) = world.organization.endpoint_mut(id) else {
        return;
    };
    match outcome {
        Ok(vpc_endpoint_id) => {
            endpoint.endpoint_id = Some(vpc_endpoint_id);
            endpoint.names_due = Some(at + takes::DNS_NAMES);
            endpoint.enter(EndpointStatus::Ready, at, None);
        }
        Err(refusal) => {
            endpoint.reason = Some(refusal.to_string());
            endpoint.enter(EndpointStatus::Failed, at, None);
        }
    }
}

/// Accepts the share and attaches a VPC endpoint to the configuration, or says why not.
fn admit(world: &mut World, id: Uuid, at: Timestamp) -> Result<String, Refusal> {
    let organization = &world.organization;
    let found = organization.services.iter().find_map(|service| {
        let endpoint = service
            .endpoints
            .iter()
            .find(|endpoint| endpoint.id == id)?;
        match &endpoint.kind {
            EndpointKind::VpcResource {
                configuration_id,
                share_arn,
            } => Some((
                clickpipes_region(service),
                configuration_id.clone(),
                share_arn.clone(),
            )),
            // Only VPC resources are ever left to provision; the API refuses to create the others.
            EndpointKind::VpcEndpointService { .. } | EndpointKind::MskMultiVpc { .. } => None,
        }
    });
    let (region_name, configuration_id, share_arn) = found.ok_or(Refusal::NoConfiguration)?;
    let account = world.account.id.clone();
    // A share is regional, and ClickPipes looks for it in its own region only.
    if share_arn.split(':').nth(3) != Some(&region_name) {
        return Err(Refusal::OtherRegion {
            region: region_name,
        });
    }
    let region = world
        .regions
        .get_mut(&region_name)
        .ok_or(Refusal::OtherRegion {
            region: region_name.clone(),
        })?;

    let configuration = region.configuration(&configuration_id).cloned();
    let share = region.share(&share_arn).ok_or(Refusal::NoShare)?;
    if share.status != ShareStatus::Active {
        return Err(Refusal::ShareNotActive);
    }
    if share.used_by.is_some_and(|user| user != id) {
        return Err(Refusal::ShareUsed);
    }
    let principal = share.association(AssociationKind::Principal, CLICKPIPES_ACCOUNT);
    if !principal.is_some_and(crate::world::share::Association::live) {
        return Err(Refusal::NotAPrincipal);
    }
    let configuration = configuration.ok_or(Refusal::NoConfiguration)?;
    let resource = share.association(
        AssociationKind::Resource,
        &configuration.arn(&region_name, &account),
    );
    if resource.is_none_or(|it| it.status != AssociationStatus::Associated) {
        return Err(Refusal::NotInShare);
    }
    if !matches!(
        configuration.status,
        Status::Active | Status::UpdateInProgress
    ) {
        return Err(Refusal::NoConfiguration);
    }
    let gateway = region
        .gateway_of(&configuration)
        .filter(|it| matches!(it.status, Status::Active | Status::UpdateInProgress))
        .cloned()
        .ok_or(Refusal::NoGateway)?;

    let vpc_endpoint_id = ids::hex17("vpce");
    let mut interfaces = Vec::new();
    for subnet_id in &gateway.subnet_ids {
        let no_block = || Refusal::NoBlock {
            subnet: subnet_id.clone(),
        };
        let subnet = region.subnet(subnet_id).ok_or_else(no_block)?;
        let placed = space::place(region, subnet, 16).ok_or_else(no_block)?;
        interfaces.push(NetworkInterface {
            id: ids::hex17("eni"),
            subnet_id: subnet_id.clone(),
            addresses: vec![placed.primary],
            prefixes: placed.prefixes,
            group_ids: gateway.security_group_ids.clone(),
            description: format!("VPC Lattice resource gateway {}", gateway.id),
            interface_type: "interface".to_owned(),
            requester: Some("vpc-lattice".to_owned()),
            owner: None,
            gateway_id: Some(gateway.id.clone()),
            endpoint_id: Some(vpc_endpoint_id.clone()),
        });
    }
    region.network_interfaces.append(&mut interfaces);
    region.endpoint_associations.push(EndpointAssociation {
        id: ids::hex17("rea"),
        configuration_id,
        vpc_endpoint_id: vpc_endpoint_id.clone(),
        vpc_endpoint_owner: CLICKPIPES_ACCOUNT.to_owned(),
        created_at: at,
    });
    if let Some(share) = region.share_mut(&share_arn) {
        share.used_by = Some(id);
        for association in &mut share.associations {
            if association.kind == AssociationKind::Principal
                && association.entity == CLICKPIPES_ACCOUNT
            {
                association.status = AssociationStatus::Associated;
                association.due = None;
                association.updated_at = at;
            }
        }
    }
    Ok(vpc_endpoint_id)
}

/// The owner of the endpoint service accepted the connection that an endpoint waits with.
pub(crate) fn accepted(world: &mut World, id: Uuid, at: Timestamp) {
    if let Some(endpoint) = world.organization.endpoint_mut(id)
        && endpoint.status == EndpointStatus::PendingAcceptance
    {
        endpoint.names_due = Some(at + takes::DNS_NAMES);
        endpoint.enter(EndpointStatus::Ready, at, None);
    }
}

/// Gives a Ready endpoint its DNS names.
pub(crate) fn publish_names(world: &mut World, id: Uuid) {
    let Some(endpoint) = world.organization.endpoint_mut(id) else {
        return;
    };
    endpoint.names_due = None;
    let Some(vpc_endpoint) = &endpoint.endpoint_id else {
        return;
    };
    let host = format!("{vpc_endpoint}-{}", ids::random(8));
    let name = match &endpoint.kind {
        EndpointKind::VpcResource {
            configuration_id,
            share_arn,
        } => {
            let region = share_arn.split(':').nth(3).unwrap_or_default();
            format!("{host}.{configuration_id}.4232ccc.vpc-lattice-rsc.{region}.on.aws")
        }
        EndpointKind::VpcEndpointService { service_name } => {
            // com.amazonaws.vpce.REGION.vpce-svc-ID
            let mut parts = service_name.split('.').skip(3);
            let region = parts.next().unwrap_or_default();
            let service = parts.next().unwrap_or_default();
            format!("{host}.{service}.{region}.vpce.amazonaws.com")
        }
        // Brokers have names of their own; the sandbox makes no such endpoint.
        EndpointKind::MskMultiVpc { .. } => return,
    };
    endpoint.dns_names = vec![name];
}

/// Removes an endpoint with what it took in AWS. The share stays, used up.
pub(crate) fn remove(world: &mut World, id: Uuid) {
    for service in &mut world.organization.services {
        let Some(index) = service.endpoints.iter().position(|it| it.id == id) else {
            continue;
        };
        let endpoint = service.endpoints.remove(index);
        if let Some(vpc_endpoint) = endpoint.endpoint_id {
            release(world, &vpc_endpoint);
        }
        return;
    }
}

/// The owner took the endpoint off the configuration: it no longer reaches anything.
pub(crate) fn detached(world: &mut World, vpc_endpoint: &str, at: Timestamp) {
    release(world, vpc_endpoint);
    let endpoints = world
        .organization
        .services
        .iter_mut()
        .flat_map(|it| &mut it.endpoints);
    for endpoint in endpoints {
        if endpoint.endpoint_id.as_deref() == Some(vpc_endpoint)
            && endpoint.status == EndpointStatus::Ready
        {
            endpoint.reason = Some(Refusal::Detached.to_string());
            endpoint.names_due = None;
            endpoint.dns_names.clear();
            endpoint.enter(EndpointStatus::Failed, at, None);
        }
    }
}

fn release(world: &mut World, vpc_endpoint: &str) {
    for region in world.regions.values_mut() {
        region
            .endpoint_associations
            .retain(|it| it.vpc_endpoint_id != vpc_endpoint);
        region
            .network_interfaces
            .retain(|it| it.endpoint_id.as_deref() != Some(vpc_endpoint));
    }
}

/// The AWS region in which the pipes of a service run: by its region, and for regions that got
/// ClickPipes later, by whether it was created since.
pub(crate) fn clickpipes_region(service: &Service) -> String {
    let created = service.created_at.to_zoned(TimeZone::UTC).date();
    let own = match service.region.as_str() {
        "us-east-1" | "us-east-2" | "eu-central-1" => Some(Date::MIN),
        "us-west-2" => Some(date(2025, 6, 24)),
        "ap-south-1" | "ap-southeast-2" => Some(date(2025, 6, 25)),
        "ap-northeast-2" => Some(date(2025, 11, 14)),
        "eu-west-1" => Some(date(2026, 1, 20)),
        "ap-southeast-3" => Some(date(2026, 3, 6)),
        "ap-southeast-1" => Some(date(2026, 3, 18)),
        "eu-west-2" | "eu-north-1" | "af-south-1" | "ap-east-1" | "ap-northeast-1"
        | "ca-central-1" | "il-central-1" | "sa-east-1" => Some(date(2026, 4, 15)),
        "mx-central-1" => Some(date(2026, 5, 19)),
        _ => None,
    };
    if service.provider == "aws" && own.is_some_and(|since| created >= since) {
        return service.region.clone();
    }
    let european = match service.provider.as_str() {
        "aws" => service.region.starts_with("eu-"),
        "gcp" => service.region.starts_with("europe-"),
        _ => ["westeurope", "northeurope", "germanywestcentral"].contains(&service.region.as_str()),
    };
    if european {
        "eu-central-1"
    } else {
        "us-east-2"
    }
    .to_owned()
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        reason = "tests"
    )]

    use super::*;
    use crate::world::organization::ServiceState;

    #[test]
    fn the_region_of_the_pipes_follows_the_services_creation() {
        for (region, created, expected) in [
            ("us-east-1", "2020-01-01", "us-east-1"),
            ("eu-west-1", "2026-01-19", "eu-central-1"),
            ("eu-west-1", "2026-01-20", "eu-west-1"),
            ("eu-north-1", "2026-04-14", "eu-central-1"),
            ("us-west-2", "2025-06-23", "us-east-2"),
            ("us-west-2", "2025-06-24", "us-west-2"),
            ("ap-southeast-1", "2026-03-18", "ap-southeast-1"),
            ("eu-west-3", "2026-11-01", "eu-central-1"),
            ("me-central-1", "2026-11-01", "us-east-2"),
        ] {
            let service = Service {
                id: Uuid::nil(),
                name: String::new(),
                provider: "aws".into(),
                region: region.into(),
                state: ServiceState::Running,
                due: None,
                created_at: format!("{created}T00:00:00Z").parse().unwrap(),
                custom_private_dns: false,
                clickpipes: vec![],
                endpoints: vec![],
            };
            assert_eq!(clickpipes_region(&service), expected, "{region} {created}");
        }
    }
}
