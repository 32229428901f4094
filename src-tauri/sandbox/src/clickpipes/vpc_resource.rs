//! VPC resources: ClickHouse accepts the share and attaches a VPC endpoint to the resource configuration, or
//! to each child of a group.

use jiff::Timestamp;
use uuid::Uuid;

use crate::world::World;
use crate::world::aging::takes;
use crate::world::ids;
use crate::world::lattice::{ConfigurationKind, EndpointAssociation, Status};
use crate::world::network::NetworkInterface;
use crate::world::organization::{CLICKPIPES_ACCOUNT, EndpointKind, EndpointStatus};
use crate::world::share::{AssociationKind, AssociationStatus, ShareStatus};
use crate::world::{Region, space};

/// Why there is no endpoint.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum Refusal {
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

/// Accepts the share for an endpoint and attaches a VPC endpoint to the configuration. Gives the ID of the
/// VPC endpoint.
pub(super) fn attach(
    world: &mut World,
    id: Uuid,
    configuration_id: &str,
    share_arn: &str,
    pipes_region: &str,
    at: Timestamp,
) -> Result<String, Refusal> {
    let account = world.account.id.clone();
    let other_region = || Refusal::OtherRegion {
        region: pipes_region.to_owned(),
    };
    // A share is regional, and ClickPipes looks for it in its own region only.
    if share_arn.split(':').nth(3) != Some(pipes_region) {
        return Err(other_region());
    }
    let region = world
        .regions
        .get_mut(pipes_region)
        .ok_or_else(other_region)?;

    let configuration = region.configuration(configuration_id).cloned();
    let share = region.share(share_arn).ok_or(Refusal::NoShare)?;
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
        &configuration.arn(pipes_region, &account),
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
        configuration_id: configuration.id,
        vpc_endpoint_id: vpc_endpoint_id.clone(),
        vpc_endpoint_owner: CLICKPIPES_ACCOUNT.to_owned(),
        created_at: at,
    });
    accept_share(region, share_arn, id, at);
    Ok(vpc_endpoint_id)
}

fn accept_share(region: &mut Region, share_arn: &str, id: Uuid, at: Timestamp) {
    let Some(share) = region.share_mut(share_arn) else {
        return;
    };
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

/// The next state of an endpoint's names, and whether more are to come: a configuration has one, a group one
/// for each of its children, which come one after the other.
pub(super) fn names(
    world: &World,
    vpc_endpoint: &str,
    configuration_id: &str,
    share_arn: &str,
    now_has: &[String],
) -> (Vec<String>, bool) {
    let region_name = share_arn.split(':').nth(3).unwrap_or_default();
    let region = world.regions.get(region_name);
    let wanted = region.map_or_else(Vec::new, |it| targets(it, configuration_id));
    let of = |name: &String| name.split('.').nth(1).unwrap_or_default().to_owned();
    let mut names: Vec<String> = now_has
        .iter()
        .filter(|name| wanted.contains(&of(name)))
        .cloned()
        .collect();
    let has: Vec<String> = names.iter().map(of).collect();
    let mut unnamed = wanted.into_iter().filter(|id| !has.contains(id));
    if let Some(target) = unnamed.next() {
        let label = ids::random(8);
        names.push(format!(
            "{vpc_endpoint}-{label}.{target}.4232ccc.vpc-lattice-rsc.{region_name}.on.aws"
        ));
    }
    (names, unnamed.next().is_some())
}

/// The configurations that an endpoint reaches through the one that it is attached to.
fn targets(region: &Region, configuration_id: &str) -> Vec<String> {
    let group = region
        .configuration(configuration_id)
        .is_some_and(|it| it.kind == ConfigurationKind::Group);
    if !group {
        return vec![configuration_id.to_owned()];
    }
    region
        .children(configuration_id)
        .filter(|it| matches!(it.status, Status::Active | Status::UpdateInProgress))
        .map(|it| it.id.clone())
        .collect()
}

/// A child came to a group or left it: the names of the endpoints on the group follow.
pub(crate) fn children_changed(world: &mut World, group: &str, at: Timestamp) {
    let endpoints = world
        .organization
        .services
        .iter_mut()
        .flat_map(|it| &mut it.endpoints);
    for endpoint in endpoints {
        let on_it = matches!(&endpoint.kind,
            EndpointKind::VpcResource { configuration_id, .. } if configuration_id == group);
        if on_it && endpoint.status == EndpointStatus::Ready && endpoint.names_due.is_none() {
            endpoint.names_due = Some(at + takes::DNS_NAMES);
        }
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
            endpoint.fail(Refusal::Detached.to_string(), at);
        }
    }
}

/// Gives back what an endpoint took in AWS. The share stays, used up.
pub(super) fn release(world: &mut World, vpc_endpoint: &str) {
    for region in world.regions.values_mut() {
        region
            .endpoint_associations
            .retain(|it| it.vpc_endpoint_id != vpc_endpoint);
        region
            .network_interfaces
            .retain(|it| it.endpoint_id.as_deref() != Some(vpc_endpoint));
    }
}
