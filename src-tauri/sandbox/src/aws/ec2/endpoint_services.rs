//! VPC endpoint services: made on network load balancers, described, changed and deleted.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::endpoint_service_rules::{check_name, check_regions, new_tags, usable_load_balancer};
use super::filter::{Filters, is};
use super::{known, listed, tag_list};
use crate::aws::token::once;
use crate::aws::{Context, Outcome, flag, members, text, texts};
use crate::wire::Members;
use crate::wire::failure::Failure;
use crate::world::aging::takes;
use crate::world::endpoint_service::{EndpointService, ServiceState};
use crate::world::endpoint_service_zone::ServiceName;
use crate::world::ids;
use crate::world::network::Zone;

pub(super) fn invalid(message: impl Into<String>) -> Failure {
    Failure::new("InvalidParameter", 400, message)
}

pub(super) fn no_service(id: &str) -> Failure {
    let message = format!("The VpcEndpointService Id '{id}' does not exist");
    Failure::new("InvalidVpcEndpointServiceId.NotFound", 400, message)
}

pub(super) fn find<'a>(
    context: &'a Context<'_>,
    input: &Members,
) -> Result<&'a EndpointService, Failure> {
    let id = text(input, "ServiceId").unwrap_or_default();
    let found = context.here().endpoint_service(id);
    found.ok_or_else(|| no_service(id))
}

/// What happens to the service that a request names.
pub(super) fn find_mut<'a>(
    context: &'a mut Context<'_>,
    input: &Members,
) -> Result<&'a mut EndpointService, Failure> {
    let id = text(input, "ServiceId").unwrap_or_default();
    let found = context.here_mut().endpoint_service_mut(id);
    found.ok_or_else(|| no_service(id))
}

pub(super) fn create(context: &mut Context<'_>, input: &Members) -> Outcome {
    let mismatch = || {
        let message = "The client token was used before with other parameters.";
        Failure::new("IdempotentParameterMismatch", 400, message)
    };
    let still = |context: &Context<'_>, first: &Value| {
        let id = first["ServiceConfiguration"]["ServiceId"].as_str();
        let found = context.here().endpoint_service(id.unwrap_or_default());
        found.is_some()
    };
    let operation = "CreateVpcEndpointServiceConfiguration";
    once(context, operation, input, mismatch, still, create_new)
}

fn create_new(context: &mut Context<'_>, input: &Members) -> Outcome {
    if input.contains_key("GatewayLoadBalancerArns") {
        return Err(Failure::not_simulated("Gateway Load Balancers"));
    }
    check_address_types(texts(input, "SupportedIpAddressTypes"))?;
    let arns = texts(input, "NetworkLoadBalancerArns").unwrap_or_default();
    if arns.is_empty() {
        return Err(invalid("At least one load balancer must be specified."));
    }
    for arn in &arns {
        usable_load_balancer(context, arn, None)?;
    }
    let other_regions = texts(input, "SupportedRegions").unwrap_or_default();
    let other_regions = check_regions(context, &arns, other_regions)?;
    let private_name = match text(input, "PrivateDnsName") {
        Some(name) => Some(ServiceName::new(check_name(name)?)),
        None => None,
    };
    let service = EndpointService {
        id: ids::hex17("vpce-svc"),
        state: ServiceState::Pending,
        due: Some(context.now + takes::ENDPOINT_SERVICE),
        acceptance_required: flag(input, "AcceptanceRequired").unwrap_or(true),
        load_balancer_arns: arns,
        other_regions,
        private_name,
        principals: Vec::new(),
        connections: Vec::new(),
        tags: new_tags(input)?,
    };
    let output = json!({
        "ServiceConfiguration": service_members(context, &service),
        "ClientToken": text(input, "ClientToken"),
    });
    context.here_mut().endpoint_services.push(service);
    Ok(members(output))
}

/// IPv6 needs load balancers of both kinds of addresses, which the sandbox has not.
fn check_address_types(types: Option<Vec<String>>) -> Result<(), Failure> {
    match types.into_iter().flatten().find(|it| it != "ipv4") {
        Some(other) => Err(invalid(format!(
            "The load balancers do not support the address type {other}."
        ))),
        None => Ok(()),
    }
}

pub(super) fn describe(context: &mut Context<'_>, input: &Members) -> Outcome {
    let filters = Filters::read(
        input,
        &[
            "service-name",
            "service-id",
            "service-state",
            "supported-ip-address-types",
        ],
    )?;
    let ids = texts(input, "ServiceIds");
    let region = context.here();
    known(
        ids.as_deref(),
        |id| region.endpoint_service(id).is_some(),
        "InvalidVpcEndpointServiceId.NotFound",
        "VpcEndpointService Id",
    )?;
    let described = region
        .endpoint_services
        .iter()
        .filter(|it| ids.as_ref().is_none_or(|ids| ids.contains(&it.id)))
        .filter(|it| {
            filters.pass_tagged(&it.tags, |filter| match filter {
                "service-name" => is(it.name(context.region)),
                "service-id" => is(&it.id),
                "service-state" => is(format!("{:?}", it.state)),
                _ => is("ipv4"),
            })
        })
        .map(|it| service_members(context, it))
        .collect();
    listed(input, "ServiceConfigurations", described)
}

fn service_members(context: &Context<'_>, service: &EndpointService) -> Value {
    let home = context.region;
    let zones = zones(context, &service.load_balancer_arns);
    let names: Vec<_> = zones.iter().map(|it| it.name.as_str()).collect();
    let zone_ids: Vec<_> = zones.iter().map(|it| it.id.as_str()).collect();
    let private_name = service.private_name.as_ref();
    let regions = std::iter::once(home).chain(service.other_regions.iter().map(String::as_str));
    let regions: Vec<_> = regions
        .map(|region| json!({ "Region": region, "ServiceState": service.state }))
        .collect();
    json!({
        "ServiceType": [{ "ServiceType": "Interface" }],
        "ServiceId": service.id,
        "ServiceName": service.name(home),
        "ServiceState": service.state,
        "AvailabilityZones": names,
        "AvailabilityZoneIds": zone_ids,
        "AcceptanceRequired": service.acceptance_required,
        "ManagesVpcEndpoints": false,
        "NetworkLoadBalancerArns": service.load_balancer_arns,
        "SupportedIpAddressTypes": ["ipv4"],
        "BaseEndpointDnsNames": [format!("{}.{home}.vpce.amazonaws.com", service.id)],
        "PrivateDnsName": private_name.map(|it| it.name.as_str()),
        "PrivateDnsNameConfiguration": private_name.map(|it| json!({
            "State": it.state,
            "Type": "TXT",
            "Value": it.value,
            "Name": it.record,
        })),
        "SupportedRegions": regions,
        "RemoteAccessEnabled": !service.other_regions.is_empty(),
        "Tags": tag_list(&service.tags),
    })
}

/// The zones of load balancers, in the region's order.
fn zones<'a>(context: &'a Context<'_>, arns: &[String]) -> Vec<&'a Zone> {
    let region = context.here();
    let balancers = arns.iter().filter_map(|arn| region.load_balancer(arn));
    let subnets = balancers.flat_map(|it| &it.subnet_ids);
    let ids: BTreeSet<_> = subnets
        .filter_map(|id| Some(region.subnet(id)?.zone_id.as_str()))
        .collect();
    let all = region.zones.iter();
    all.filter(|it| ids.contains(it.id.as_str())).collect()
}

pub(super) fn modify(context: &mut Context<'_>, input: &Members) -> Outcome {
    let service = find(context, input)?;
    if service.state != ServiceState::Available {
        let message = format!("The service {} is not available.", service.id);
        return Err(Failure::new("InvalidState", 400, message));
    }
    for other in [
        "AddGatewayLoadBalancerArns",
        "RemoveGatewayLoadBalancerArns",
    ] {
        if input.contains_key(other) {
            return Err(Failure::not_simulated("Gateway Load Balancers"));
        }
    }
    check_address_types(texts(input, "AddSupportedIpAddressTypes"))?;
    if texts(input, "RemoveSupportedIpAddressTypes").is_some_and(|it| !it.is_empty()) {
        return Err(invalid("A service supports at least one address type."));
    }
    let arns = changed_load_balancers(context, service, input)?;
    let removed = texts(input, "RemoveSupportedRegions").unwrap_or_default();
    if removed.iter().any(|it| it == context.region) {
        return Err(invalid("The region of the service cannot be removed."));
    }
    let mut regions = service.other_regions.clone();
    regions.retain(|it| !removed.contains(it));
    regions.extend(texts(input, "AddSupportedRegions").unwrap_or_default());
    let regions = check_regions(context, &arns, regions)?;
    let removes_name = flag(input, "RemovePrivateDnsName") == Some(true);
    let name = match text(input, "PrivateDnsName") {
        Some(_) if removes_name => {
            let message = "A private DNS name cannot be given and removed at once.";
            return Err(Failure::new("InvalidParameterCombination", 400, message));
        }
        Some(name) => Some(check_name(name)?.to_owned()),
        None => None,
    };
    let service = find_mut(context, input)?;
    service.load_balancer_arns = arns;
    service.other_regions = regions;
    if let Some(required) = flag(input, "AcceptanceRequired") {
        service.acceptance_required = required;
    }
    if removes_name {
        service.private_name = None;
    }
    // Another name has to be proven anew; the same one keeps its proof.
    if let Some(name) = name
        && service
            .private_name
            .as_ref()
            .is_none_or(|it| it.name != name)
    {
        service.private_name = Some(ServiceName::new(&name));
    }
    Ok(members(json!({ "Return": true })))
}

fn changed_load_balancers(
    context: &Context<'_>,
    service: &EndpointService,
    input: &Members,
) -> Result<Vec<String>, Failure> {
    let removed = texts(input, "RemoveNetworkLoadBalancerArns").unwrap_or_default();
    let added = texts(input, "AddNetworkLoadBalancerArns").unwrap_or_default();
    let mut arns = service.load_balancer_arns.clone();
    for arn in &removed {
        if !arns.contains(arn) {
            let message = format!("The load balancer {arn} is not one of the service.");
            return Err(invalid(message));
        }
        if service.in_use() {
            let message = "Service has existing active VPC Endpoint connections!";
            return Err(Failure::new("ExistingVpcEndpointConnections", 400, message));
        }
    }
    arns.retain(|it| !removed.contains(it));
    for arn in added {
        usable_load_balancer(context, &arn, Some(&service.id))?;
        if !arns.contains(&arn) {
            arns.push(arn);
        }
    }
    if arns.is_empty() {
        return Err(invalid("A service keeps at least one load balancer."));
    }
    Ok(arns)
}

/// Deletes services; each that is not there, or has endpoints, is named in an answer that is a success.
#[allow(clippy::unnecessary_wraps, reason = "an operation like the others")]
pub(super) fn delete(context: &mut Context<'_>, input: &Members) -> Outcome {
    let due = context.now + takes::ENDPOINT_SERVICE_DELETE;
    let mut unsuccessful = Vec::new();
    for id in texts(input, "ServiceIds").unwrap_or_default() {
        let refused = match context.here_mut().endpoint_service_mut(&id) {
            None => Some((
                "InvalidVpcEndpointService.NotFound",
                format!("The VpcEndpointService Id '{id}' does not exist"),
            )),
            Some(service) if service.in_use() => Some((
                "ExistingVpcEndpointConnections",
                "Service has existing active VPC Endpoint connections!".to_owned(),
            )),
            Some(service) => {
                // Deleting what is being deleted changes nothing.
                if service.state != ServiceState::Deleting {
                    service.state = ServiceState::Deleting;
                    service.due = Some(due);
                }
                None
            }
        };
        unsuccessful.extend(refused.map(|(code, message)| failed(&id, code, &message)));
    }
    Ok(members(json!({ "Unsuccessful": unsuccessful })))
}

/// An item of a list that did not succeed.
pub(super) fn failed(id: &str, code: &str, message: &str) -> Value {
    json!({ "ResourceId": id, "Error": { "Code": code, "Message": message } })
}

pub(super) fn verify_name(context: &mut Context<'_>, input: &Members) -> Outcome {
    let now = context.now;
    let service = find_mut(context, input)?;
    let Some(name) = &mut service.private_name else {
        let message = format!("The service {} has no private DNS name.", service.id);
        return Err(invalid(message));
    };
    name.start(now);
    Ok(members(json!({ "ReturnValue": true })))
}
