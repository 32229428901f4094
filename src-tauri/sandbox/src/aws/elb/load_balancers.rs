//! Load balancers: made, described, and deleted with their listeners and interfaces.

use std::collections::BTreeSet;
use std::net::Ipv4Addr;

use serde_json::{Value, json};

use super::attributes::DELETION_PROTECTION;
use super::tags::new_tags;
use super::{
    arn, at_most_named, check_name, check_not_simulated, in_use, invalid, listed, no_load_balancer,
    unfit,
};
use crate::aws::{Context, Outcome, members, text, texts};
use crate::wire::Members;
use crate::wire::failure::Failure;
use crate::world::aging::takes;
use crate::world::load_balancing::{LoadBalancer, LoadBalancerKind, LoadBalancerState};
use crate::world::network::{NetworkInterface, Subnet};
use crate::world::{ids, space};

/// What a subnet needs for a load balancer, although it takes one address.
const FREE_ADDRESSES: usize = 8;

/// Who requests the interfaces of load balancers.
const REQUESTER: &str = "amazon-elb";

/// EC2's `InterfaceType` of a network load balancer.
const INTERFACE_TYPE: &str = "network_load_balancer";

/// The zone of Route 53 that a load balancer's own name is in: of network load balancers in us-east-1.
const HOSTED_ZONE: &str = "Z26RNL4JYFTOTI";

pub(super) fn create(context: &mut Context<'_>, input: &Members) -> Outcome {
    let name = text(input, "Name").unwrap_or_default();
    check_name("load balancer", name)?;
    if text(input, "Type") != Some("network") {
        return Err(Failure::not_simulated("load balancers other than network"));
    }
    if text(input, "Scheme") != Some("internal") {
        return Err(Failure::not_simulated(
            "making internet-facing load balancers",
        ));
    }
    if text(input, "IpAddressType").is_some_and(|it| it != "ipv4") {
        return Err(unfit("The subnets have no IPv6 address block."));
    }
    let others = [
        "CustomerOwnedIpv4Pool",
        "EnablePrefixForIpv6SourceNat",
        "IpamPools",
    ];
    check_not_simulated(input, &others)?;
    let wanted = wanted_subnets(input)?;
    let vpc_id = check_subnets(context, &wanted)?;
    let groups = texts(input, "SecurityGroups").unwrap_or_default();
    check_groups(context, &vpc_id, &groups)?;
    let tags = new_tags(input)?;
    let now = context.now;
    let id = ids::random(16);
    let new = LoadBalancer {
        arn: arn(context, &format!("loadbalancer/net/{name}/{id}")),
        name: name.to_owned(),
        kind: LoadBalancerKind::Network,
        scheme: "internal".to_owned(),
        vpc_id,
        subnet_ids: wanted.iter().map(|it| it.subnet_id.clone()).collect(),
        enforces_on_private_link: (!groups.is_empty()).then_some(true),
        security_group_ids: groups,
        state: LoadBalancerState::Provisioning,
        due: Some(now + takes::LOAD_BALANCER_CREATE),
        created_at: now,
        attributes: std::collections::BTreeMap::default(),
        tags,
    };
    let region = context.here();
    if let Some(other) = region.load_balancers.iter().find(|it| it.name == name) {
        if !same_settings(other, &new) {
            let message = format!(
                "A load balancer with the same name '{name}' exists, but with different settings"
            );
            return Err(Failure::new(
                "DuplicateLoadBalancerNameException",
                400,
                message,
            ));
        }
        return Ok(one(context, other));
    }
    if region.load_balancers.len() >= context.world.limits.load_balancers_per_region {
        let message = "You have reached the limit of load balancers of this region.";
        return Err(Failure::new("TooManyLoadBalancersException", 400, message));
    }
    let interfaces = interfaces(context, &new, &wanted)?;
    let output = one(context, &new);
    let region = context.here_mut();
    region.network_interfaces.extend(interfaces);
    region.load_balancers.push(new);
    Ok(output)
}

/// A subnet, with the address in it where one was asked for.
struct Wanted {
    subnet_id: String,
    address: Option<Ipv4Addr>,
}

fn wanted_subnets(input: &Members) -> Result<Vec<Wanted>, Failure> {
    let plain = texts(input, "Subnets").unwrap_or_default();
    let mapped = input.get("SubnetMappings").and_then(Value::as_array);
    let mapped: Vec<_> = mapped.into_iter().flatten().collect();
    if plain.is_empty() == mapped.is_empty() {
        let message = "Either subnets or subnet mappings must be specified, and not both.";
        return Err(invalid(message));
    }
    let plain = plain.into_iter().map(|subnet_id| {
        Ok(Wanted {
            subnet_id,
            address: None,
        })
    });
    let mapped = mapped.into_iter().map(|mapping| {
        if mapping.get("AllocationId").is_some() {
            return Err(unfit(
                "An internal load balancer takes no Elastic IP address.",
            ));
        }
        let subnet_id = mapping["SubnetId"].as_str().unwrap_or_default().to_owned();
        let Some(address) = mapping["PrivateIPv4Address"].as_str() else {
            return Ok(Wanted {
                subnet_id,
                address: None,
            });
        };
        let parsed = address.parse();
        let parsed = parsed.map_err(|_| invalid(format!("'{address}' is no IPv4 address")))?;
        Ok(Wanted {
            subnet_id,
            address: Some(parsed),
        })
    });
    plain.chain(mapped).collect()
}

/// The VPC that all subnets are in, each in a zone of its own.
fn check_subnets(context: &Context<'_>, wanted: &[Wanted]) -> Result<String, Failure> {
    let region = context.here();
    let mut zones = BTreeSet::new();
    let mut vpc_id: Option<&str> = None;
    for Wanted { subnet_id, .. } in wanted {
        let subnet = region.subnet(subnet_id).ok_or_else(|| {
            let message = format!("The subnet ID '{subnet_id}' does not exist");
            Failure::new("SubnetNotFoundException", 400, message)
        })?;
        if !zones.insert(&subnet.zone_id) {
            let message = "A load balancer cannot be attached to multiple subnets in the same Availability Zone";
            return Err(unfit(message));
        }
        if *vpc_id.get_or_insert(&subnet.vpc_id) != subnet.vpc_id {
            return Err(unfit("All subnets must belong to the same VPC"));
        }
    }
    Ok(vpc_id.unwrap_or_default().to_owned())
}

fn check_groups(context: &Context<'_>, vpc_id: &str, groups: &[String]) -> Result<(), Failure> {
    for id in groups {
        let group = context.here().security_group(id).ok_or_else(|| {
            let message = format!("The security group '{id}' does not exist");
            Failure::new("InvalidSecurityGroupException", 400, message)
        })?;
        if group.vpc_id != vpc_id {
            let message = format!("The security group '{id}' is not in VPC '{vpc_id}'");
            return Err(unfit(message));
        }
    }
    Ok(())
}

/// One interface with one address for each subnet.
fn interfaces(
    context: &Context<'_>,
    balancer: &LoadBalancer,
    wanted: &[Wanted],
) -> Result<Vec<NetworkInterface>, Failure> {
    let region = context.here();
    let mut interfaces = Vec::new();
    for Wanted { subnet_id, address } in wanted {
        let Some(subnet) = region.subnet(subnet_id) else {
            continue;
        };
        let address = place(context, subnet, *address)?;
        interfaces.push(NetworkInterface {
            id: ids::hex17("eni"),
            subnet_id: subnet_id.clone(),
            addresses: vec![address],
            prefixes: Vec::new(),
            group_ids: balancer.security_group_ids.clone(),
            description: balancer.interface_description(),
            interface_type: INTERFACE_TYPE.to_owned(),
            requester: Some(REQUESTER.to_owned()),
            owner: None,
            gateway_id: None,
            endpoint_id: None,
        });
    }
    Ok(interfaces)
}

fn place(
    context: &Context<'_>,
    subnet: &Subnet,
    wanted: Option<Ipv4Addr>,
) -> Result<Ipv4Addr, Failure> {
    let region = context.here();
    let no_subnet = |message: String| Failure::new("InvalidSubnetException", 400, message);
    let placed = space::place(region, subnet, 1);
    let Some(placed) = placed.filter(|_| space::available_count(region, subnet) >= FREE_ADDRESSES)
    else {
        return Err(no_subnet(format!(
            "Not enough IP space available in {}. ELB requires at least {FREE_ADDRESSES} free IP \
             addresses in each subnet.",
            subnet.id
        )));
    };
    match wanted {
        None => Ok(placed.primary),
        Some(address) if space::is_free(region, subnet, address) => Ok(address),
        Some(address) => Err(no_subnet(format!(
            "The private IPv4 address {address} is not available in {}",
            subnet.id
        ))),
    }
}

fn same_settings(one: &LoadBalancer, other: &LoadBalancer) -> bool {
    let set = |ids: &[String]| ids.iter().cloned().collect::<BTreeSet<_>>();
    one.kind == other.kind
        && one.scheme == other.scheme
        && set(&one.subnet_ids) == set(&other.subnet_ids)
        && set(&one.security_group_ids) == set(&other.security_group_ids)
        && one.tags == other.tags
}

fn one(context: &Context<'_>, balancer: &LoadBalancer) -> Members {
    members(json!({ "LoadBalancers": [balancer_members(context, balancer)] }))
}

pub(super) fn describe(context: &mut Context<'_>, input: &Members) -> Outcome {
    let (arns, names) = (texts(input, "LoadBalancerArns"), texts(input, "Names"));
    if arns.is_some() && names.is_some() {
        return Err(invalid(
            "Load balancer names and ARNs cannot both be specified",
        ));
    }
    at_most_named(arns.as_ref().or(names.as_ref()))?;
    let balancers = &context.here().load_balancers;
    for arn in arns.iter().flatten() {
        if !balancers.iter().any(|it| it.arn == *arn) {
            return Err(no_load_balancer(arn));
        }
    }
    for name in names.iter().flatten() {
        if !balancers.iter().any(|it| it.name == *name) {
            return Err(no_load_balancer(name));
        }
    }
    let described = balancers
        .iter()
        .filter(|it| arns.as_ref().is_none_or(|arns| arns.contains(&it.arn)))
        .filter(|it| names.as_ref().is_none_or(|names| names.contains(&it.name)))
        .map(|it| balancer_members(context, it))
        .collect();
    listed(input, "LoadBalancers", described)
}

fn balancer_members(context: &Context<'_>, balancer: &LoadBalancer) -> Value {
    let region = context.here();
    let zones: Vec<Value> = balancer
        .subnet_ids
        .iter()
        .filter_map(|id| {
            let zone = region.zone(&region.subnet(id)?.zone_id)?;
            Some(json!({ "ZoneName": zone.name, "SubnetId": id, "LoadBalancerAddresses": [] }))
        })
        .collect();
    let enforces = balancer.enforces_on_private_link;
    let groups = &balancer.security_group_ids;
    json!({
        "LoadBalancerArn": balancer.arn,
        "DNSName": balancer.dns_name(context.region),
        "CanonicalHostedZoneId": HOSTED_ZONE,
        "CreatedTime": balancer.created_at.to_string(),
        "LoadBalancerName": balancer.name,
        "Scheme": balancer.scheme,
        "VpcId": balancer.vpc_id,
        "State": {
            "Code": balancer.state,
            "Reason": context.world.fates.reason(&balancer.arn),
        },
        "Type": balancer.kind,
        "AvailabilityZones": zones,
        // Absent, and not empty, where the load balancer was made without any.
        "SecurityGroups": (!groups.is_empty()).then_some(groups),
        "IpAddressType": "ipv4",
        "EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic":
            enforces.map(|it| if it { "on" } else { "off" }),
    })
}

pub(super) fn set_security_groups(context: &mut Context<'_>, input: &Members) -> Outcome {
    let arn = text(input, "LoadBalancerArn").unwrap_or_default();
    let found = context.here().load_balancer(arn);
    let balancer = found.ok_or_else(|| no_load_balancer(arn))?.clone();
    if balancer.security_group_ids.is_empty() {
        return Err(unfit(
            "Security groups cannot be set on a Network Load Balancer that was created without any.",
        ));
    }
    let groups = texts(input, "SecurityGroups").unwrap_or_default();
    if groups.is_empty() {
        return Err(unfit("A load balancer keeps at least one security group."));
    }
    check_groups(context, &balancer.vpc_id, &groups)?;
    let enforces = text(
        input,
        "EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic",
    );
    if enforces.is_some() && balancer.kind != LoadBalancerKind::Network {
        return Err(unfit("Only Network Load Balancers serve PrivateLink."));
    }
    let enforces = enforces.map_or(balancer.enforces_on_private_link, |it| Some(it == "on"));
    let description = balancer.interface_description();
    let region = context.here_mut();
    for interface in &mut region.network_interfaces {
        if interface.description == description {
            interface.group_ids.clone_from(&groups);
        }
    }
    if let Some(balancer) = region.load_balancer_mut(arn) {
        balancer.security_group_ids.clone_from(&groups);
        balancer.enforces_on_private_link = enforces;
    }
    Ok(members(json!({
        "SecurityGroupIds": groups,
        "EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic":
            enforces.map(|it| if it { "on" } else { "off" }),
    })))
}

/// Deletes a load balancer with its listeners. What is not there is deleted already.
pub(super) fn delete(context: &mut Context<'_>, input: &Members) -> Outcome {
    let arn = text(input, "LoadBalancerArn").unwrap_or_default();
    let Some(balancer) = context.here().load_balancer(arn).cloned() else {
        return Ok(Members::new());
    };
    let protection = balancer.attributes.get(DELETION_PROTECTION);
    if protection.is_some_and(|it| it == "true") {
        let message = format!(
            "Load balancer '{arn}' cannot be deleted because deletion protection is enabled"
        );
        return Err(Failure::new("OperationNotPermittedException", 400, message));
    }
    if context.here().services_of(arn).next().is_some() {
        let message = format!(
            "Load balancer '{arn}' cannot be deleted because it is currently associated with another service"
        );
        return Err(in_use(message));
    }
    let (now, description) = (context.now, balancer.interface_description());
    let region = context.here_mut();
    region.load_balancers.retain(|it| it.arn != arn);
    region.listeners.retain(|it| it.load_balancer_arn != arn);
    region
        .network_interfaces
        .retain(|it| it.description != description);
    region.mark_groups_in_use(now);
    Ok(Members::new())
}
