//! Which VPC endpoints are attached to a resource configuration.

use serde_json::{Value, json};

use super::{ASSOCIATION, id_of, listed, not_found};
use crate::aws::{Context, Outcome, members, text};
use crate::clickpipes;
use crate::wire::Members;
use crate::world::lattice::EndpointAssociation;

pub(super) fn list(context: &mut Context<'_>, input: &Members) -> Outcome {
    let of = |name: &str| text(input, name).map(|identifier| id_of(context, identifier));
    let configuration = of("resourceConfigurationIdentifier");
    let association = of("resourceEndpointAssociationIdentifier");
    let endpoint = text(input, "vpcEndpointId");
    let owner = text(input, "vpcEndpointOwner");
    let items = context
        .here()
        .endpoint_associations
        .iter()
        .filter(|it| configuration == Some(it.configuration_id.as_str()))
        .filter(|it| association.is_none_or(|id| it.id == id))
        .filter(|it| endpoint.is_none_or(|id| it.vpc_endpoint_id == id))
        .filter(|it| owner.is_none_or(|id| it.vpc_endpoint_owner == id))
        .map(|it| summary(context, it))
        .collect();
    listed(input, items)
}

fn summary(context: &Context<'_>, it: &EndpointAssociation) -> Value {
    let configuration = context.here().configuration(&it.configuration_id);
    json!({
        "arn": it.arn(context.region, context.account()),
        "id": it.id,
        "createdAt": it.created_at.to_string(),
        "createdBy": it.vpc_endpoint_owner,
        "resourceConfigurationArn":
            configuration.map(|it| it.arn(context.region, context.account())),
        "resourceConfigurationId": it.configuration_id,
        "resourceConfigurationName": configuration.map(|it| it.name.as_str()),
        "vpcEndpointId": it.vpc_endpoint_id,
        "vpcEndpointOwner": it.vpc_endpoint_owner,
    })
}

pub(super) fn delete(context: &mut Context<'_>, input: &Members) -> Outcome {
    let identifier = text(input, "resourceEndpointAssociationIdentifier").unwrap_or_default();
    let id = id_of(context, identifier);
    let association = context
        .here()
        .endpoint_associations
        .iter()
        .find(|it| it.id == id)
        .cloned();
    let association = association.ok_or_else(|| not_found(ASSOCIATION, identifier))?;
    let described = summary(context, &association);
    clickpipes::detached(context.world, &association.vpc_endpoint_id, context.now);
    Ok(members(json!({
        "arn": described["arn"],
        "id": association.id,
        "resourceConfigurationArn": described["resourceConfigurationArn"],
        "resourceConfigurationId": association.configuration_id,
        "vpcEndpointId": association.vpc_endpoint_id,
    })))
}
