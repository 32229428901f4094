//! Resource shares: create, list, delete.

use serde_json::{Value, json};

use super::associations::new_associations;
use super::{find, given_tags, invalid, listed, mismatch, named_shares, tag_list, unknown_share};
use crate::aws::token::once;
use crate::aws::{Context, Outcome, flag, members, text, texts};
use crate::wire::Members;
use crate::wire::failure::Failure;
use crate::world::aging::takes;
use crate::world::share::{AssociationStatus, ResourceShare, ShareStatus};

/// The permission that RAM attaches to shares of resource configurations by itself.
const DEFAULT_PERMISSION: &str =
    "arn:aws:ram::aws:permission/AWSRAMPermissionVpcLatticeResourceConfiguration";

pub(super) fn create(context: &mut Context<'_>, input: &Members) -> Outcome {
    let still = |context: &Context<'_>, first: &Value| {
        let arn = first["resourceShare"]["resourceShareArn"]
            .as_str()
            .unwrap_or_default();
        context.here().share(arn).is_some_and(ResourceShare::live)
    };
    once(
        context,
        "CreateResourceShare",
        input,
        mismatch,
        still,
        create_new,
    )
}

fn create_new(context: &mut Context<'_>, input: &Members) -> Outcome {
    for member in [
        "sources",
        "permissionTemplateParameters",
        "resourceShareConfiguration",
    ] {
        if input.contains_key(member) {
            return Err(Failure::not_simulated(format_args!(
                "{member} of a resource share"
            )));
        }
    }
    let name = text(input, "name").unwrap_or_default();
    if name.is_empty() || name.len() > 255 {
        return Err(invalid(
            "The name of a resource share has 1 to 255 characters.",
        ));
    }
    for permission in texts(input, "permissionArns").unwrap_or_default() {
        if permission != DEFAULT_PERMISSION {
            return Err(Failure::new(
                "UnknownResourceException",
                400,
                format!("Permission {permission} could not be found."),
            ));
        }
    }
    let live = context
        .here()
        .resource_shares
        .iter()
        .filter(|it| it.live())
        .count();
    if live >= context.world.limits.shares_per_region {
        let message = "You have reached the number of resource shares in this region.";
        return Err(Failure::new(
            "ResourceShareLimitExceededException",
            400,
            message,
        ));
    }
    let allow = flag(input, "allowExternalPrincipals").unwrap_or(true);
    let now = context.now;
    let share = ResourceShare {
        arn: format!(
            "arn:aws:ram:{}:{}:resource-share/{}",
            context.region,
            context.account(),
            uuid::Uuid::new_v4()
        ),
        name: name.to_owned(),
        allow_external_principals: allow,
        status: ShareStatus::Pending,
        due: Some(now + takes::SHARE_CREATE),
        created_at: now,
        updated_at: now,
        tags: given_tags(input)?,
        associations: new_associations(context, input, allow)?,
        used_by: None,
    };
    let output = json!({
        "resourceShare": share_members(context, &share),
        "clientToken": text(input, "clientToken"),
    });
    context.here_mut().resource_shares.push(share);
    Ok(members(output))
}

pub(super) fn get(context: &mut Context<'_>, input: &Members) -> Outcome {
    let arns = named_shares(context, input)?;
    if text(input, "resourceOwner") == Some("OTHER-ACCOUNTS") {
        return Ok(members(json!({ "resourceShares": [] })));
    }
    let name = text(input, "name");
    let status = text(input, "resourceShareStatus");
    let filters: Vec<&Value> = input
        .get("tagFilters")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .collect();
    let shown = |share: &ResourceShare| {
        let tagged = filters.iter().all(|filter| {
            let value = share
                .tags
                .get(filter["tagKey"].as_str().unwrap_or_default());
            match (value, filter["tagValues"].as_array()) {
                (Some(value), Some(wanted)) if !wanted.is_empty() => {
                    wanted.iter().any(|it| it.as_str() == Some(value))
                }
                (value, _) => value.is_some(),
            }
        });
        let described = share_members(context, share);
        let fits = arns.as_ref().is_none_or(|arns| arns.contains(&share.arn))
            && name.is_none_or(|name| share.name == name)
            && status.is_none_or(|status| described["status"] == status)
            && text(input, "permissionArn").is_none_or(|it| it == DEFAULT_PERMISSION);
        (tagged && fits).then_some(described)
    };
    listed(
        input,
        "resourceShares",
        context.here().resource_shares.clone(),
        shown,
    )
}

pub(super) fn delete(context: &mut Context<'_>, input: &Members) -> Outcome {
    let arn = text(input, "resourceShareArn").unwrap_or_default();
    if find(context, arn)?.status == ShareStatus::Deleted {
        return Err(unknown_share(arn));
    }
    let now = context.now;
    if let Some(share) = context.here_mut().share_mut(arn)
        && (share.live() || share.status == ShareStatus::Failed)
    {
        share.status = ShareStatus::Deleting;
        share.due = Some(now + takes::SHARE_DELETE);
        share.updated_at = now;
        for association in share.associations.iter_mut().filter(|it| it.live()) {
            association.status = AssociationStatus::Disassociating;
            association.due = Some(now + takes::SHARE_DELETE);
            association.updated_at = now;
        }
    }
    Ok(members(
        json!({ "returnValue": true, "clientToken": text(input, "clientToken") }),
    ))
}

fn share_members(context: &Context<'_>, share: &ResourceShare) -> Value {
    json!({
        "resourceShareArn": share.arn,
        "name": share.name,
        "owningAccountId": context.account(),
        "allowExternalPrincipals": share.allow_external_principals,
        "status": share.status,
        "statusMessage": context.world.fates.reason(&share.arn),
        "featureSet": "STANDARD",
        "tags": tag_list(&share.tags),
        "creationTime": share.created_at.to_string(),
        "lastUpdatedTime": share.updated_at.to_string(),
    })
}
