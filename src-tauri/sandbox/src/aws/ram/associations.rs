//! What is in a share (resources) and whom it is for (principals).

use serde_json::{Value, json};

use super::{find, invalid, listed, malformed, mismatch, named_shares};
use crate::aws::token::once;
use crate::aws::{Context, Outcome, members, text, texts};
use crate::wire::Members;
use crate::wire::failure::Failure;
use crate::world::aging::takes;
use crate::world::lattice::ConfigurationKind;
use crate::world::share::{Association, AssociationKind, AssociationStatus, ResourceShare};

/// The associations that a request asks for, checked, in state ASSOCIATING.
pub(super) fn new_associations(
    context: &Context<'_>,
    input: &Members,
    allow_external: bool,
) -> Result<Vec<Association>, Failure> {
    let now = context.now;
    let mut associations = Vec::new();
    for arn in texts(input, "resourceArns").unwrap_or_default() {
        check_resource(context, &arn)?;
        associations.push(Association {
            kind: AssociationKind::Resource,
            entity: arn,
            status: AssociationStatus::Associating,
            due: Some(now + takes::ASSOCIATION),
            message: None,
            external: false,
            created_at: now,
            updated_at: now,
        });
    }
    for principal in texts(input, "principals").unwrap_or_default() {
        let account = check_principal(context, &principal)?;
        if !allow_external {
            return Err(Failure::new(
                "OperationNotPermittedException",
                400,
                format!("The resource share does not allow the external principal {account}."),
            ));
        }
        associations.push(Association {
            kind: AssociationKind::Principal,
            entity: account,
            status: AssociationStatus::Associating,
            // Until the other account accepts, or the invitation runs out.
            due: Some(now + takes::INVITATION),
            message: None,
            external: true,
            created_at: now,
            updated_at: now,
        });
    }
    Ok(associations)
}

fn check_resource(context: &Context<'_>, arn: &str) -> Result<(), Failure> {
    let parts: Vec<&str> = arn.splitn(6, ':').collect();
    let ["arn", "aws", service, region, account, resource] = parts[..] else {
        return Err(malformed(arn));
    };
    if service != "vpc-lattice" || !resource.starts_with("resourceconfiguration/") {
        return Err(Failure::not_simulated(format_args!("sharing {arn}")));
    }
    if region != context.region {
        return Err(invalid(format!(
            "{arn} is not in region {}.",
            context.region
        )));
    }
    let id = resource.trim_start_matches("resourceconfiguration/");
    let found = context.here().configuration(id);
    let Some(configuration) = found.filter(|_| account == context.account()) else {
        let message = format!("Resource {arn} could not be found.");
        return Err(Failure::new("UnknownResourceException", 400, message));
    };
    // A child is shared with its group and never by itself (VPC Lattice, types of resource configurations).
    if configuration.kind == ConfigurationKind::Child {
        let message = format!("Resource {arn} cannot be shared: it is a child of a group.");
        return Err(Failure::new("OperationNotPermittedException", 400, message));
    }
    Ok(())
}

/// The account ID of a principal. Organizations and roles are not acted out.
fn check_principal(context: &Context<'_>, principal: &str) -> Result<String, Failure> {
    if principal.starts_with("arn:") {
        return Err(Failure::not_simulated(format_args!(
            "the principal {principal}"
        )));
    }
    if principal.len() != 12 || !principal.bytes().all(|it| it.is_ascii_digit()) {
        return Err(invalid(format!("{principal} is not an account ID.")));
    }
    if principal == context.account() {
        return Err(invalid("A resource share cannot be shared with its owner."));
    }
    Ok(principal.to_owned())
}

pub(super) fn get(context: &mut Context<'_>, input: &Members) -> Outcome {
    let arns = named_shares(context, input)?;
    let kind = text(input, "associationType").unwrap_or_default();
    if kind == "SOURCE" {
        return Ok(members(json!({ "resourceShareAssociations": [] })));
    }
    let (resource, principal) = (text(input, "resourceArn"), text(input, "principal"));
    if resource.is_some() && kind == "PRINCIPAL" || principal.is_some() && kind == "RESOURCE" {
        let message = "resourceArn goes with RESOURCE, principal with PRINCIPAL.";
        return Err(invalid(message));
    }
    let entity = resource.or(principal);
    let status = text(input, "associationStatus");
    let all: Vec<(ResourceShare, Association)> = context
        .here()
        .resource_shares
        .iter()
        .filter(|share| arns.as_ref().is_none_or(|arns| arns.contains(&share.arn)))
        .flat_map(|share| {
            share
                .associations
                .iter()
                .map(|it| (share.clone(), it.clone()))
        })
        .collect();
    listed(
        input,
        "resourceShareAssociations",
        all,
        |(share, association)| {
            let described = association_members(share, association);
            let fits = described["associationType"] == kind
                && entity.is_none_or(|entity| association.entity == entity)
                && status.is_none_or(|status| described["status"] == status);
            fits.then_some(described)
        },
    )
}

pub(super) fn associate(context: &mut Context<'_>, input: &Members) -> Outcome {
    let still = |_: &Context<'_>, _: &Value| true;
    once(
        context,
        "AssociateResourceShare",
        input,
        mismatch,
        still,
        |context, input| {
            if input.contains_key("sources") {
                return Err(Failure::not_simulated("sources of a resource share"));
            }
            let arn = text(input, "resourceShareArn").unwrap_or_default();
            let share = live_share(context, arn)?.clone();
            let added = new_associations(context, input, share.allow_external_principals)?;
            if added.is_empty() {
                return Err(invalid("Give a resource or a principal."));
            }
            if let Some(twice) = added.iter().find(|it| {
                share
                    .association(it.kind, &it.entity)
                    .is_some_and(Association::live)
            }) {
                let message = format!("{} is already in the resource share.", twice.entity);
                return Err(invalid(message));
            }
            let now = context.now;
            if let Some(share) = context.here_mut().share_mut(arn) {
                let replaced = |old: &Association| {
                    added
                        .iter()
                        .any(|it| it.kind == old.kind && it.entity == old.entity)
                };
                share.associations.retain(|old| !replaced(old));
                share.associations.extend(added.iter().cloned());
                share.updated_at = now;
            }
            Ok(answer(input, &share, &added))
        },
    )
}

pub(super) fn disassociate(context: &mut Context<'_>, input: &Members) -> Outcome {
    let still = |_: &Context<'_>, _: &Value| true;
    once(
        context,
        "DisassociateResourceShare",
        input,
        mismatch,
        still,
        |context, input| {
            let arn = text(input, "resourceShareArn").unwrap_or_default();
            let mut share = live_share(context, arn)?.clone();
            let resources = texts(input, "resourceArns").unwrap_or_default();
            let principals = texts(input, "principals").unwrap_or_default();
            let wanted: Vec<(AssociationKind, &String)> = resources
                .iter()
                .map(|it| (AssociationKind::Resource, it))
                .chain(principals.iter().map(|it| (AssociationKind::Principal, it)))
                .collect();
            if wanted.is_empty() {
                return Err(invalid("Give a resource or a principal."));
            }
            let now = context.now;
            let mut changed = Vec::new();
            for (kind, entity) in wanted {
                let association = share
                    .associations
                    .iter_mut()
                    .find(|it| it.kind == kind && &it.entity == entity && it.live())
                    .ok_or_else(|| {
                        let message = format!("{entity} is not in the resource share.");
                        Failure::new("UnknownResourceException", 400, message)
                    })?;
                association.status = AssociationStatus::Disassociating;
                association.due = Some(now + takes::ASSOCIATION);
                association.updated_at = now;
                changed.push(association.clone());
            }
            share.updated_at = now;
            let output = answer(input, &share, &changed);
            if let Some(kept) = context.here_mut().share_mut(arn) {
                *kept = share;
            }
            Ok(output)
        },
    )
}

fn live_share<'a>(context: &'a Context<'_>, arn: &str) -> Result<&'a ResourceShare, Failure> {
    let share = find(context, arn)?;
    if share.live() {
        return Ok(share);
    }
    let message = format!("The resource share {arn} is deleted.");
    Err(Failure::new(
        "InvalidStateTransitionException",
        400,
        message,
    ))
}

fn answer(input: &Members, share: &ResourceShare, associations: &[Association]) -> Members {
    let list: Vec<Value> = associations
        .iter()
        .map(|it| association_members(share, it))
        .collect();
    members(json!({
        "resourceShareAssociations": list,
        "clientToken": text(input, "clientToken"),
    }))
}

fn association_members(share: &ResourceShare, it: &Association) -> Value {
    json!({
        "resourceShareArn": share.arn,
        "resourceShareName": share.name,
        "associationType": it.kind,
        "associatedEntity": it.entity,
        "status": it.status,
        "statusMessage": it.message,
        "external": it.external,
        "creationTime": it.created_at.to_string(),
        "lastUpdatedTime": it.updated_at.to_string(),
    })
}
