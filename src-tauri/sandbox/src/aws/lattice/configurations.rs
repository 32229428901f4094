//! Resource configurations.

use serde_json::{Value, json};

use super::targets::{check, check_ports};
use super::{CONFIGURATION, GATEWAY, conflict, id_of, invalid, listed, new_tags, not_found, quota};
use crate::aws::quotas::{CHILDREN_PER_GROUP, CONFIGURATIONS_PER_REGION};
use crate::aws::token::once;
use crate::aws::{Context, Outcome, flag, members, text, texts};
use crate::wire::Members;
use crate::wire::failure::Failure;
use crate::world::aging::takes;
use crate::world::ids;
use crate::world::lattice::{ConfigurationKind, ResourceConfiguration, ResourceGateway, Status};
use crate::world::share::{Association, AssociationKind, ResourceShare};

pub(super) fn create(context: &mut Context<'_>, input: &Members) -> Outcome {
    let mismatch = || {
        let token = text(input, "clientToken").unwrap_or_default();
        conflict(
            CONFIGURATION,
            token,
            "The client token was used before with other parameters.",
        )
    };
    let still = |context: &Context<'_>, first: &Value| {
        context
            .here()
            .configuration(first["id"].as_str().unwrap_or_default())
            .is_some()
    };
    once(
        context,
        "CreateResourceConfiguration",
        input,
        mismatch,
        still,
        create_new,
    )
}

fn create_new(context: &mut Context<'_>, input: &Members) -> Outcome {
    let name = text(input, "name").unwrap_or_default().to_owned();
    let region = context.here();
    if let Some(other) = region
        .resource_configurations
        .iter()
        .find(|it| it.name == name)
    {
        let message = format!("A resource configuration named {name} already exists.");
        return Err(conflict(CONFIGURATION, &other.id, message));
    }
    let limit = context.world.limits.configurations_per_region;
    if region.resource_configurations.len() >= limit {
        let message = "Too many resource configurations in this region.";
        return Err(quota(CONFIGURATION, CONFIGURATIONS_PER_REGION, message));
    }
    let kind = match text(input, "type") {
        Some("ARN") => ConfigurationKind::Arn,
        Some("SINGLE") => ConfigurationKind::Single,
        Some("GROUP") => ConfigurationKind::Group,
        Some("CHILD") => ConfigurationKind::Child,
        _ => return Err(Failure::not_simulated("CIDR resource configurations")),
    };
    members_fit(kind, input)?;
    let (gateway_id, group_id) = parent(context, kind, input)?;
    if let Some(group) = &group_id {
        has_room(context, group)?;
    }
    let ports = texts(input, "portRanges").unwrap_or_default();
    check_ports(&ports)?;
    let now = context.now;
    let configuration = ResourceConfiguration {
        id: ids::hex17("rcfg"),
        name,
        kind,
        gateway_id,
        group_id,
        definition: input.get("resourceConfigurationDefinition").cloned(),
        port_ranges: ports,
        protocol: (kind != ConfigurationKind::Arn)
            .then(|| text(input, "protocol").unwrap_or("TCP").to_owned()),
        shareable_network: flag(input, "allowAssociationToShareableServiceNetwork")
            .unwrap_or(false),
        custom_domain: text(input, "customDomainName").map(str::to_owned),
        status: Status::CreateInProgress,
        due: Some(now + takes::CONFIGURATION),
        created_at: now,
        updated_at: now,
        tags: new_tags(input)?,
    };
    let gateway = context.here().gateway_of(&configuration).ok_or_else(|| {
        not_found(
            GATEWAY,
            configuration.gateway_id.as_deref().unwrap_or_default(),
        )
    })?;
    if gateway.status != Status::Active {
        let message = format!("Resource gateway {} is not active.", gateway.id);
        return Err(conflict(GATEWAY, &gateway.id, message));
    }
    if let Some(definition) = &configuration.definition {
        check(context, kind, definition, gateway)?;
    }
    let mut output = details(context, &configuration);
    output.remove("amazonManaged");
    output.remove("lastUpdatedAt");
    context
        .here_mut()
        .resource_configurations
        .push(configuration);
    Ok(output)
}

/// Which members each type takes.
fn members_fit(kind: ConfigurationKind, input: &Members) -> Result<(), Failure> {
    let name = text(input, "type").unwrap_or_default();
    let unexpected =
        |member: &str| invalid(format!("Unexpected attribute {member} for type {name}"));
    let refuse = |names: &[&str]| match names.iter().find(|it| input.contains_key(**it)) {
        Some(member) => Err(unexpected(member)),
        None => Ok(()),
    };
    let need = |names: &[&str]| match names.iter().find(|it| !input.contains_key(**it)) {
        Some(member) => Err(invalid(format!("{member} is required for type {name}"))),
        None => Ok(()),
    };
    match kind {
        ConfigurationKind::Arn => {
            refuse(&["portRanges", "protocol", "customDomainName", "groupDomain"])?;
            refuse(&["resourceConfigurationGroupIdentifier"])?;
            need(&[
                "resourceGatewayIdentifier",
                "resourceConfigurationDefinition",
            ])?;
        }
        ConfigurationKind::Single => {
            refuse(&["groupDomain", "resourceConfigurationGroupIdentifier"])?;
            need(&[
                "resourceGatewayIdentifier",
                "resourceConfigurationDefinition",
                "portRanges",
            ])?;
        }
        ConfigurationKind::Group => {
            refuse(&["customDomainName", "resourceConfigurationDefinition"])?;
            refuse(&["resourceConfigurationGroupIdentifier"])?;
            // Ports are its children's; the Terraform provider's own test makes a group without any.
            need(&["resourceGatewayIdentifier"])?;
        }
        ConfigurationKind::Child => {
            refuse(&["groupDomain", "resourceGatewayIdentifier"])?;
            refuse(&["allowAssociationToShareableServiceNetwork"])?;
            need(&[
                "resourceConfigurationGroupIdentifier",
                "resourceConfigurationDefinition",
            ])?;
            need(&["portRanges"])?;
        }
    }
    if input.contains_key("groupDomain") || input.contains_key("domainVerificationIdentifier") {
        return Err(Failure::not_simulated("domain verification"));
    }
    if text(input, "protocol") == Some("TCP_UDP") {
        return Err(invalid("Protocol TCP_UDP is only allowed for type CIDR."));
    }
    Ok(())
}

/// The gateway, and for a child its group.
fn parent(
    context: &Context<'_>,
    kind: ConfigurationKind,
    input: &Members,
) -> Result<(Option<String>, Option<String>), Failure> {
    if kind != ConfigurationKind::Child {
        let identifier = text(input, "resourceGatewayIdentifier").unwrap_or_default();
        return Ok((Some(id_of(context, identifier).to_owned()), None));
    }
    let identifier = text(input, "resourceConfigurationGroupIdentifier").unwrap_or_default();
    let group = context
        .here()
        .configuration(id_of(context, identifier))
        .ok_or_else(|| not_found(CONFIGURATION, identifier))?;
    if group.kind != ConfigurationKind::Group {
        return Err(invalid(format!("{identifier} is not a group.")));
    }
    if group.status != Status::Active {
        let message = format!("Resource configuration {} is not active.", group.id);
        return Err(conflict(CONFIGURATION, &group.id, message));
    }
    Ok((None, Some(group.id.clone())))
}

fn has_room(context: &Context<'_>, group: &str) -> Result<(), Failure> {
    if context.here().children(group).count() < context.world.limits.children_per_group {
        return Ok(());
    }
    let message = "Too many child resource configurations in this group.";
    Err(quota(CONFIGURATION, CHILDREN_PER_GROUP, message))
}

pub(super) fn get(context: &mut Context<'_>, input: &Members) -> Outcome {
    let configuration = find(context, input)?;
    Ok(details(context, configuration))
}

pub(super) fn list(context: &mut Context<'_>, input: &Members) -> Outcome {
    if input.contains_key("domainVerificationIdentifier") {
        return listed(input, Vec::new());
    }
    let gateway = text(input, "resourceGatewayIdentifier").map(|it| id_of(context, it));
    let group = text(input, "resourceConfigurationGroupIdentifier").map(|it| id_of(context, it));
    let items = context
        .here()
        .resource_configurations
        .iter()
        .filter(|it| {
            let own = context.here().gateway_of(it);
            gateway.is_none_or(|id| own.is_some_and(|it| it.id == id))
        })
        .filter(|it| group.is_none_or(|id| it.group_id.as_deref() == Some(id)))
        .map(|it| {
            let mut item = details(context, it);
            // Items of a list carry neither the definition nor ports: Get tells.
            for member in [
                "resourceConfigurationDefinition",
                "portRanges",
                "protocol",
                "allowAssociationToShareableServiceNetwork",
                "failureReason",
            ] {
                item.remove(member);
            }
            Value::Object(item)
        })
        .collect();
    listed(input, items)
}

pub(super) fn update(context: &mut Context<'_>, input: &Members) -> Outcome {
    let configuration = find(context, input)?.clone();
    // The model gives this operation no ConflictException. An update that failed can be followed by another one.
    if !matches!(configuration.status, Status::Active | Status::UpdateFailed) {
        return Err(invalid(format!(
            "Resource configuration {} is changing.",
            configuration.id
        )));
    }
    let mut changed = configuration;
    if let Some(ports) = texts(input, "portRanges") {
        if changed.kind == ConfigurationKind::Arn {
            return Err(invalid("Unexpected attribute portRanges for type ARN"));
        }
        check_ports(&ports)?;
        changed.port_ranges = ports;
    }
    if let Some(definition) = input.get("resourceConfigurationDefinition") {
        if changed.kind == ConfigurationKind::Group {
            return Err(invalid(
                "Unexpected attribute resourceConfigurationDefinition for type GROUP",
            ));
        }
        let gateway = context.here().gateway_of(&changed).cloned();
        let gateway: ResourceGateway =
            gateway.ok_or_else(|| invalid("The resource gateway does not exist."))?;
        check(context, changed.kind, definition, &gateway)?;
        changed.definition = Some(definition.clone());
    }
    if let Some(allow) = flag(input, "allowAssociationToShareableServiceNetwork") {
        if changed.kind == ConfigurationKind::Child {
            return Err(invalid(
                "Unexpected attribute allowAssociationToShareableServiceNetwork for type CHILD",
            ));
        }
        changed.shareable_network = allow;
    }
    changed.status = Status::UpdateInProgress;
    changed.due = Some(context.now + takes::CONFIGURATION);
    changed.updated_at = context.now;
    for it in &mut context.here_mut().resource_configurations {
        if it.id == changed.id {
            *it = changed.clone();
        }
    }
    let mut output = details(context, &changed);
    for member in [
        "amazonManaged",
        "createdAt",
        "lastUpdatedAt",
        "customDomainName",
        "failureReason",
    ] {
        output.remove(member);
    }
    Ok(output)
}

pub(super) fn delete(context: &mut Context<'_>, input: &Members) -> Outcome {
    let configuration = find(context, input)?.clone();
    let id = &configuration.id;
    let arn = configuration.arn(context.region, context.account());
    let region = context.here();
    let attached = region
        .endpoint_associations
        .iter()
        .find(|it| it.configuration_id == *id);
    let child = region.children(id).next();
    let holds = |share: &&ResourceShare| {
        share.live()
            && share
                .association(AssociationKind::Resource, &arn)
                .is_some_and(Association::live)
    };
    let shared = region.resource_shares.iter().find(holds);
    let user = attached
        .map(|it| it.id.clone())
        .or_else(|| child.map(|it| it.id.clone()))
        .or_else(|| shared.map(|it| it.arn.clone()));
    if let Some(user) = user {
        let message = format!("Resource configuration {id} is used by {user}.");
        return Err(conflict(CONFIGURATION, id, message));
    }
    if matches!(
        configuration.status,
        Status::CreateInProgress | Status::UpdateInProgress
    ) {
        return Err(conflict(
            CONFIGURATION,
            id,
            format!("Resource configuration {id} is changing."),
        ));
    }
    let now = context.now;
    for it in &mut context.here_mut().resource_configurations {
        if it.id == *id && it.status != Status::DeleteInProgress {
            it.status = Status::DeleteInProgress;
            it.due = Some(now + takes::LATTICE_DELETE);
            it.updated_at = now;
        }
    }
    Ok(Members::new())
}

fn find<'a>(
    context: &'a Context<'_>,
    input: &Members,
) -> Result<&'a ResourceConfiguration, Failure> {
    let identifier = text(input, "resourceConfigurationIdentifier").unwrap_or_default();
    context
        .here()
        .configuration(id_of(context, identifier))
        .ok_or_else(|| not_found(CONFIGURATION, identifier))
}

fn details(context: &Context<'_>, it: &ResourceConfiguration) -> Members {
    let ports = (!it.port_ranges.is_empty()).then_some(&it.port_ranges);
    members(json!({
        "arn": it.arn(context.region, context.account()),
        "id": it.id,
        "name": it.name,
        "type": it.kind,
        "status": it.status,
        // A child tells its group's.
        "resourceGatewayId": context.here().gateway_of(it).map(|it| &it.id),
        "resourceConfigurationGroupId": it.group_id,
        "resourceConfigurationDefinition": it.definition,
        "portRanges": ports,
        "protocol": it.protocol,
        "allowAssociationToShareableServiceNetwork": it.shareable_network,
        "customDomainName": it.custom_domain,
        "failureReason": context.world.fates.reason(&it.id),
        "amazonManaged": false,
        "createdAt": it.created_at.to_string(),
        "lastUpdatedAt": it.updated_at.to_string(),
    }))
}
