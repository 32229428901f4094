//! Who may connect to an endpoint service, who wants to, and what the owner decides about it.

use std::sync::LazyLock;

use fancy_regex::Regex;
use serde_json::{Value, json};

use super::endpoint_services::{failed, find, find_mut};
use super::filter::{Filters, is};
use super::{listed, tag_list};
use crate::aws::{Context, Outcome, members, text, texts};
use crate::wire::Members;
use crate::wire::failure::Failure;
use crate::world::endpoint_service::{EndpointService, Principal, Undecided};
use crate::world::ids;

/// The permission that is meant where none is named.
const TO_ENDPOINTS: &str = "vpc-endpoint";

pub(super) fn modify_permissions(context: &mut Context<'_>, input: &Members) -> Outcome {
    if text(input, "PermissionType").is_some_and(|it| it != TO_ENDPOINTS) {
        return Err(Failure::not_simulated("attachments of transit gateways"));
    }
    let added = texts(input, "AddAllowedPrincipals").unwrap_or_default();
    let removed = texts(input, "RemoveAllowedPrincipals").unwrap_or_default();
    for arn in added.iter().chain(&removed) {
        kind_of(arn)?;
    }
    let service = find_mut(context, input)?;
    service.principals.retain(|it| !removed.contains(&it.arn));
    let mut answered = Vec::new();
    for arn in added {
        // Who may connect already stays as they are.
        if !service.principals.iter().any(|it| it.arn == arn) {
            service.principals.push(Principal {
                arn,
                permission_id: ids::hex17("vpce-svc-perm"),
                tags: std::collections::BTreeMap::default(),
            });
            answered.extend(service.principals.last().cloned());
        }
    }
    let id = service.id.clone();
    let added = answered.iter().map(|it| principal_members(&id, it));
    let added = added.collect::<Result<Vec<_>, _>>()?;
    Ok(members(
        json!({ "AddedPrincipals": added, "ReturnValue": true }),
    ))
}

/// EC2's `PrincipalType`. Users and roles have no path here.
fn kind_of(arn: &str) -> Result<&'static str, Failure> {
    static NAMED: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"^arn:aws:iam::\d{12}:(root|user/[\w+=,.@-]+|role/[\w+=,.@-]+)$").ok()
    });
    if arn == "*" {
        return Ok("All");
    }
    let found = NAMED.as_ref().and_then(|it| it.captures(arn).ok()?);
    match found
        .as_ref()
        .and_then(|it| it.get(1))
        .map(|it| it.as_str())
    {
        Some("root") => Ok("Account"),
        Some(user) if user.starts_with("user/") => Ok("User"),
        Some(_) => Ok("Role"),
        None => Err(Failure::new(
            "InvalidPrincipal",
            400,
            format!("The principal '{arn}' is not valid."),
        )),
    }
}

fn principal_members(service: &str, principal: &Principal) -> Result<Value, Failure> {
    Ok(json!({
        "PrincipalType": kind_of(&principal.arn)?,
        "Principal": principal.arn,
        "ServicePermissionId": principal.permission_id,
        "ServiceId": service,
        "PermissionType": TO_ENDPOINTS,
    }))
}

pub(super) fn describe_permissions(context: &mut Context<'_>, input: &Members) -> Outcome {
    let filters = Filters::read(input, &["principal", "principal-type"])?;
    let service = find(context, input)?;
    let mut described = Vec::new();
    for principal in &service.principals {
        let kind = kind_of(&principal.arn)?;
        let passes = filters.pass_tagged(&principal.tags, |filter| match filter {
            "principal" => is(&principal.arn),
            _ => is(kind),
        });
        if passes {
            let mut own = principal_members(&service.id, principal)?;
            own["Tags"] = tag_list(&principal.tags);
            described.push(own);
        }
    }
    listed(input, "AllowedPrincipals", described)
}

pub(super) fn describe_connections(context: &mut Context<'_>, input: &Members) -> Outcome {
    let names = [
        "ip-address-type",
        "service-id",
        "vpc-endpoint-owner",
        "vpc-endpoint-region",
        "vpc-endpoint-state",
        "vpc-endpoint-id",
    ];
    let filters = Filters::read(input, &names)?;
    let untagged = std::collections::BTreeMap::default();
    let mut described = Vec::new();
    for service in &context.here().endpoint_services {
        for it in &service.connections {
            let state = json!(it.state);
            let passes = filters.pass_tagged(&untagged, |filter| match filter {
                "service-id" => is(&service.id),
                "vpc-endpoint-owner" => is(&it.owner),
                "vpc-endpoint-region" => is(&it.region),
                "vpc-endpoint-state" => is(state.as_str().unwrap_or_default()),
                "vpc-endpoint-id" => is(&it.endpoint_id),
                _ => is("ipv4"),
            });
            if passes {
                described.push(json!({
                    "ServiceId": service.id,
                    "VpcEndpointId": it.endpoint_id,
                    "VpcEndpointOwner": it.owner,
                    "VpcEndpointState": state,
                    "CreationTimestamp": it.created_at.to_string(),
                    "NetworkLoadBalancerArns": service.load_balancer_arns,
                    "IpAddressType": "ipv4",
                    "VpcEndpointConnectionId": it.id,
                    "Tags": [],
                    "VpcEndpointRegion": it.region,
                }));
            }
        }
    }
    listed(input, "VpcEndpointConnections", described)
}

pub(super) fn accept(context: &mut Context<'_>, input: &Members) -> Outcome {
    let now = context.now;
    decide(context, input, |service, id| service.accept(id, now))
}

pub(super) fn reject(context: &mut Context<'_>, input: &Members) -> Outcome {
    decide(context, input, EndpointService::reject)
}

/// Decides about each of the endpoints; what cannot be decided is named in an answer that is a success.
fn decide(
    context: &mut Context<'_>,
    input: &Members,
    decision: impl Fn(&mut EndpointService, &str) -> Result<(), Undecided>,
) -> Outcome {
    if input.contains_key("TransitGatewayAttachmentIds") {
        return Err(Failure::not_simulated("attachments of transit gateways"));
    }
    let service = find_mut(context, input)?;
    let mut unsuccessful = Vec::new();
    for id in texts(input, "VpcEndpointIds").unwrap_or_default() {
        unsuccessful.extend(match decision(service, &id) {
            Ok(()) => None,
            Err(Undecided::NoConnection) => Some(failed(
                &id,
                "InvalidVpcEndpointId.NotFound",
                &format!("The Vpc Endpoint Id '{id}' does not exist"),
            )),
            Err(Undecided::State(state)) => Some(failed(
                &id,
                "InvalidState",
                &format!("The connection of {id} is in the state {}.", json!(state)),
            )),
        });
    }
    Ok(members(json!({ "Unsuccessful": unsuccessful })))
}
