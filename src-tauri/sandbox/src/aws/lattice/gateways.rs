//! Resource gateways.

use serde_json::{Value, json};

use super::{GATEWAY, conflict, id_of, invalid, listed, new_tags, not_found, quota};
use crate::aws::quotas::GATEWAYS_PER_VPC;
use crate::aws::token::once;
use crate::aws::{Context, Outcome, members, number, text, texts};
use crate::wire::Members;
use crate::wire::failure::Failure;
use crate::world::aging::takes;
use crate::world::ids;
use crate::world::lattice::{
    ConfigurationKind, IN_VPC, ResourceConfiguration, ResourceGateway, Status,
};
use crate::world::network::NetworkInterface;
use crate::world::space;

pub(super) fn create(context: &mut Context<'_>, input: &Members) -> Outcome {
    let mismatch = || {
        let token = text(input, "clientToken").unwrap_or_default();
        conflict(
            GATEWAY,
            token,
            "The client token was used before with other parameters.",
        )
    };
    let still = |context: &Context<'_>, first: &Value| {
        context
            .here()
            .gateway(first["id"].as_str().unwrap_or_default())
            .is_some()
    };
    once(
        context,
        "CreateResourceGateway",
        input,
        mismatch,
        still,
        create_new,
    )
}

fn create_new(context: &mut Context<'_>, input: &Members) -> Outcome {
    let name = text(input, "name").unwrap_or_default().to_owned();
    if let Some(other) = context
        .here()
        .resource_gateways
        .iter()
        .find(|it| it.name == name)
    {
        let message = format!("A resource gateway named {name} already exists.");
        return Err(conflict(GATEWAY, &other.id, message));
    }
    let vpc_id = text(input, "vpcIdentifier")
        .ok_or_else(|| invalid("vpcIdentifier is required"))?
        .to_owned();
    let region = context.here();
    if region.vpc(&vpc_id).is_none() {
        return Err(not_found("VPC", &vpc_id));
    }
    let in_vpc = region
        .resource_gateways
        .iter()
        .filter(|it| it.vpc_id == vpc_id)
        .count();
    if in_vpc >= context.world.limits.gateways_per_vpc {
        return Err(quota(
            GATEWAY,
            GATEWAYS_PER_VPC,
            "Too many resource gateways in this VPC.",
        ));
    }
    let ip_address_type = text(input, "ipAddressType").unwrap_or("IPV4").to_owned();
    if ip_address_type != "IPV4" {
        return Err(invalid(format!(
            "ipAddressType {ip_address_type} needs subnets with IPv6, which these have not."
        )));
    }
    let count = number(input, "ipv4AddressesPerEni")
        .and_then(|it| u8::try_from(it).ok())
        .unwrap_or(16);
    let subnet_ids = texts(input, "subnetIds").unwrap_or_default();
    let groups = match texts(input, "securityGroupIds") {
        Some(groups) if !groups.is_empty() => groups,
        _ => default_group(context, &vpc_id),
    };
    check_groups(context, &vpc_id, &groups)?;
    let id = ids::hex17("rgw");
    let interfaces = interfaces(context, &id, &vpc_id, &subnet_ids, &groups, count)?;
    let now = context.now;
    let gateway = ResourceGateway {
        id,
        name,
        vpc_id,
        subnet_ids,
        security_group_ids: groups,
        ip_address_type,
        ipv4_addresses_per_eni: count,
        dns_resolution: text(input, "resourceConfigDnsResolution")
            .unwrap_or("PUBLIC")
            .to_owned(),
        status: Status::CreateInProgress,
        due: Some(now + takes::GATEWAY_CREATE),
        created_at: now,
        updated_at: now,
        tags: new_tags(input)?,
    };
    let mut output = summary(context, &gateway);
    // The reply of Create has no times.
    output.remove("createdAt");
    output.remove("lastUpdatedAt");
    let region = context.here_mut();
    region.network_interfaces.extend(interfaces);
    region.resource_gateways.push(gateway);
    Ok(output)
}

/// One interface per subnet, or why there cannot be one.
fn interfaces(
    context: &Context<'_>,
    gateway_id: &str,
    vpc_id: &str,
    subnet_ids: &[String],
    groups: &[String],
    count: u8,
) -> Result<Vec<NetworkInterface>, Failure> {
    if subnet_ids.is_empty() {
        return Err(invalid("At least one subnet is required."));
    }
    let region = context.here();
    let mut interfaces = Vec::new();
    for (index, id) in subnet_ids.iter().enumerate() {
        if subnet_ids[..index].contains(id) {
            return Err(invalid(format!("Subnet {id} is given twice.")));
        }
        let subnet = region.subnet(id).ok_or_else(|| not_found("SUBNET", id))?;
        if subnet.vpc_id != vpc_id {
            return Err(invalid(format!("Subnet {id} is not in {vpc_id}.")));
        }
        if subnet.owner.is_some() {
            return Err(invalid(format!(
                "Subnet {id} is shared with this account, not owned by it."
            )));
        }
        let placed = space::place(region, subnet, count).ok_or_else(|| {
            invalid(format!(
                "Subnet {id} has not enough free addresses for the resource gateway."
            ))
        })?;
        let mut addresses = vec![placed.primary];
        addresses.extend(placed.singles);
        interfaces.push(NetworkInterface {
            id: ids::hex17("eni"),
            subnet_id: id.clone(),
            addresses,
            prefixes: placed.prefixes,
            group_ids: groups.to_vec(),
            description: format!("VPC Lattice resource gateway {gateway_id}"),
            interface_type: "interface".to_owned(),
            requester: Some("vpc-lattice".to_owned()),
            owner: None,
            gateway_id: Some(gateway_id.to_owned()),
            endpoint_id: None,
        });
    }
    Ok(interfaces)
}

fn default_group(context: &Context<'_>, vpc_id: &str) -> Vec<String> {
    let groups = &context.here().security_groups;
    groups
        .iter()
        .filter(|it| it.vpc_id == vpc_id && it.name == "default")
        .map(|it| it.id.clone())
        .collect()
}

fn check_groups(context: &Context<'_>, vpc_id: &str, groups: &[String]) -> Result<(), Failure> {
    for id in groups {
        let group = context
            .here()
            .security_group(id)
            .ok_or_else(|| not_found("SECURITY_GROUP", id))?;
        if group.vpc_id != vpc_id {
            return Err(invalid(format!("Security group {id} is not in {vpc_id}.")));
        }
    }
    Ok(())
}

pub(super) fn get(context: &mut Context<'_>, input: &Members) -> Outcome {
    let gateway = find(context, input)?;
    let mut output = summary(context, gateway);
    // Get and Update call the VPC vpcId, Create and List vpcIdentifier.
    if let Some(vpc) = output.remove("vpcIdentifier") {
        output.insert("vpcId".to_owned(), vpc);
    }
    output.insert("serviceManaged".to_owned(), json!(false));
    Ok(output)
}

pub(super) fn list(context: &mut Context<'_>, input: &Members) -> Outcome {
    let gateways = &context.here().resource_gateways;
    listed(
        input,
        gateways
            .iter()
            .map(|it| Value::Object(summary(context, it)))
            .collect(),
    )
}

pub(super) fn update(context: &mut Context<'_>, input: &Members) -> Outcome {
    let gateway = find(context, input)?.clone();
    // An update that failed can be followed by another one.
    if !matches!(gateway.status, Status::Active | Status::UpdateFailed) {
        return Err(busy(&gateway));
    }
    let groups = texts(input, "securityGroupIds");
    if let Some(groups) = &groups {
        if groups.is_empty() {
            return Err(invalid(
                "A resource gateway keeps at least one security group.",
            ));
        }
        check_groups(context, &gateway.vpc_id, groups)?;
    }
    let resolution = text(input, "resourceConfigDnsResolution").map(str::to_owned);
    if resolution.as_deref() == Some(IN_VPC) {
        check_in_vpc(context, &gateway)?;
    }
    let now = context.now;
    let region = context.here_mut();
    for interface in &mut region.network_interfaces {
        if let (Some(groups), true) = (
            &groups,
            interface.gateway_id.as_deref() == Some(&gateway.id),
        ) {
            interface.group_ids.clone_from(groups);
        }
    }
    let mut changed = gateway.clone();
    if let Some(groups) = groups {
        changed.security_group_ids = groups;
    }
    if let Some(resolution) = resolution {
        changed.dns_resolution = resolution;
    }
    changed.status = Status::UpdateInProgress;
    changed.due = Some(now + takes::GATEWAY_UPDATE);
    changed.updated_at = now;
    for it in &mut region.resource_gateways {
        if it.id == changed.id {
            *it = changed.clone();
        }
    }
    Ok(members(json!({
        "arn": changed.arn(context.region, context.account()),
        "id": changed.id,
        "name": changed.name,
        "status": changed.status,
        "ipAddressType": changed.ip_address_type,
        "resourceConfigDnsResolution": changed.dns_resolution,
        "securityGroupIds": changed.security_group_ids,
        "subnetIds": changed.subnet_ids,
        "vpcId": changed.vpc_id,
    })))
}

pub(super) fn delete(context: &mut Context<'_>, input: &Members) -> Outcome {
    let gateway = find(context, input)?.clone();
    let dependant = context
        .here()
        .resource_configurations
        .iter()
        .find(|it| it.gateway_id.as_deref() == Some(&gateway.id));
    if let Some(dependant) = dependant {
        let message = format!(
            "Resource gateway {} is used by {}.",
            gateway.id, dependant.id
        );
        return Err(conflict(GATEWAY, &gateway.id, message));
    }
    if matches!(
        gateway.status,
        Status::CreateInProgress | Status::UpdateInProgress
    ) {
        return Err(busy(&gateway));
    }
    let now = context.now;
    for it in &mut context.here_mut().resource_gateways {
        // Deleting what is being deleted changes nothing.
        if it.id == gateway.id && it.status != Status::DeleteInProgress {
            it.status = Status::DeleteInProgress;
            it.due = Some(now + takes::LATTICE_DELETE);
            it.updated_at = now;
        }
    }
    Ok(members(json!({
        "arn": gateway.arn(context.region, context.account()),
        "id": gateway.id,
        "name": gateway.name,
        "status": Status::DeleteInProgress,
    })))
}

/// The exclusion from the gateway's side: what already points through it must not be an ARN.
fn check_in_vpc(context: &Context<'_>, gateway: &ResourceGateway) -> Result<(), Failure> {
    let mut configurations = context.here().resource_configurations.iter();
    let through = |it: &&ResourceConfiguration| it.gateway_id.as_deref() == Some(&gateway.id);
    match configurations.find(|it| through(it) && it.kind == ConfigurationKind::Arn) {
        Some(arn) => Err(invalid(format!(
            "The gateway cannot resolve names in its VPC: {} of type ARN uses it.",
            arn.id
        ))),
        None => Ok(()),
    }
}

fn busy(gateway: &ResourceGateway) -> Failure {
    conflict(
        GATEWAY,
        &gateway.id,
        format!("Resource gateway {} is changing.", gateway.id),
    )
}

fn find<'a>(context: &'a Context<'_>, input: &Members) -> Result<&'a ResourceGateway, Failure> {
    let identifier = text(input, "resourceGatewayIdentifier").unwrap_or_default();
    context
        .here()
        .gateway(id_of(context, identifier))
        .ok_or_else(|| not_found(GATEWAY, identifier))
}

fn summary(context: &Context<'_>, gateway: &ResourceGateway) -> Members {
    members(json!({
        "arn": gateway.arn(context.region, context.account()),
        "id": gateway.id,
        "name": gateway.name,
        "status": gateway.status,
        "vpcIdentifier": gateway.vpc_id,
        "subnetIds": gateway.subnet_ids,
        "securityGroupIds": gateway.security_group_ids,
        "ipAddressType": gateway.ip_address_type,
        "ipv4AddressesPerEni": gateway.ipv4_addresses_per_eni,
        "resourceConfigDnsResolution": gateway.dns_resolution,
        "createdAt": gateway.created_at.to_string(),
        "lastUpdatedAt": gateway.updated_at.to_string(),
    }))
}
