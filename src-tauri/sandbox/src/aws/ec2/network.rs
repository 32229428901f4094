//! VPCs, subnets, access lists and reserved ranges.

use serde_json::{Value, json};

use super::filter::{Filters, is};
use super::{known, listed, tags};
use crate::aws::{Context, Outcome, text, texts};
use crate::wire::Members;
use crate::wire::failure::Failure;
use crate::world::network::{NetworkAcl, ReservationKind, Subnet, Vpc};
use crate::world::space;

pub(super) fn describe_vpcs(context: &mut Context<'_>, input: &Members) -> Outcome {
    let filters = Filters::read(
        input,
        &[
            "vpc-id",
            "cidr",
            "is-default",
            "state",
            "owner-id",
            "isDefault",
        ],
    )?;
    let ids = texts(input, "VpcIds");
    let region = context.here();
    known(
        ids.as_deref(),
        |id| region.vpc(id).is_some(),
        "InvalidVpcID.NotFound",
        "vpc ID",
    )?;
    let account = context.account();
    let owner = |vpc: &Vpc| vpc.owner.clone().unwrap_or_else(|| account.to_owned());
    let described = region
        .vpcs
        .iter()
        .filter(|vpc| ids.as_ref().is_none_or(|ids| ids.contains(&vpc.id)))
        .filter(|vpc| {
            filters.pass(&vpc.name, |filter| match filter {
                "vpc-id" => is(&vpc.id),
                "cidr" => is(vpc.cidr),
                "is-default" | "isDefault" => is(vpc.is_default),
                "state" => is("available"),
                _ => is(owner(vpc)),
            })
        })
        .map(|vpc| {
            json!({
                "VpcId": vpc.id,
                "CidrBlock": vpc.cidr.to_string(),
                "CidrBlockAssociationSet": [{
                    "AssociationId": vpc.id.replacen("vpc-", "vpc-cidr-assoc-", 1),
                    "CidrBlock": vpc.cidr.to_string(),
                    "CidrBlockState": { "State": "associated" },
                }],
                "DhcpOptionsId": "dopt-0f1e2d3c4b5a69788",
                "InstanceTenancy": "default",
                "IsDefault": vpc.is_default,
                "OwnerId": owner(vpc),
                "State": "available",
                // Tags of a shared VPC are its owner's.
                "Tags": if vpc.owner.is_some() { json!([]) } else { tags(&vpc.name) },
            })
        })
        .collect();
    listed(input, "Vpcs", described)
}

pub(super) fn describe_subnets(context: &mut Context<'_>, input: &Members) -> Outcome {
    let names = [
        "vpc-id",
        "subnet-id",
        "availability-zone",
        "availability-zone-id",
        "cidr-block",
        "state",
        "owner-id",
        "default-for-az",
        "map-public-ip-on-launch",
        "available-ip-address-count",
        "subnet-arn",
    ];
    let filters = Filters::read(input, &names)?;
    let ids = texts(input, "SubnetIds");
    let region = context.here();
    let code = "InvalidSubnetID.NotFound";
    known(
        ids.as_deref(),
        |id| region.subnet(id).is_some(),
        code,
        "subnet ID",
    )?;
    let described = region
        .subnets
        .iter()
        .filter(|subnet| ids.as_ref().is_none_or(|ids| ids.contains(&subnet.id)))
        .map(|subnet| (subnet, subnet_members(context, subnet)))
        .filter(|(subnet, described)| {
            filters.pass(&subnet.name, |filter| {
                is(match filter {
                    "vpc-id" => plain(&described["VpcId"]),
                    "subnet-id" => plain(&described["SubnetId"]),
                    "availability-zone" => plain(&described["AvailabilityZone"]),
                    "availability-zone-id" => plain(&described["AvailabilityZoneId"]),
                    "cidr-block" => plain(&described["CidrBlock"]),
                    "state" => plain(&described["State"]),
                    "owner-id" => plain(&described["OwnerId"]),
                    "default-for-az" => plain(&described["DefaultForAz"]),
                    "map-public-ip-on-launch" => plain(&described["MapPublicIpOnLaunch"]),
                    "available-ip-address-count" => plain(&described["AvailableIpAddressCount"]),
                    _ => plain(&described["SubnetArn"]),
                })
            })
        })
        .map(|(_, described)| described)
        .collect();
    listed(input, "Subnets", described)
}

fn subnet_members(context: &Context<'_>, subnet: &Subnet) -> Value {
    let region = context.here();
    let owner = subnet.owner.as_deref().unwrap_or(context.account());
    let zone = region.zone(&subnet.zone_id).map(|zone| zone.name.as_str());
    json!({
        "SubnetId": subnet.id,
        "SubnetArn": format!("arn:aws:ec2:{}:{owner}:subnet/{}", context.region, subnet.id),
        "VpcId": subnet.vpc_id,
        "AvailabilityZone": zone,
        "AvailabilityZoneId": subnet.zone_id,
        "AvailableIpAddressCount": space::available_count(region, subnet),
        "CidrBlock": subnet.cidr.to_string(),
        "AssignIpv6AddressOnCreation": false,
        "DefaultForAz": false,
        "EnableDns64": false,
        "Ipv6CidrBlockAssociationSet": [],
        "Ipv6Native": false,
        "MapCustomerOwnedIpOnLaunch": false,
        "MapPublicIpOnLaunch": subnet.map_public_ip,
        "OwnerId": owner,
        "PrivateDnsNameOptionsOnLaunch": {
            "EnableResourceNameDnsAAAARecord": false,
            "EnableResourceNameDnsARecord": false,
            "HostnameType": "ip-name",
        },
        "State": "available",
        "Tags": if subnet.owner.is_some() { json!([]) } else { tags(&subnet.name) },
    })
}

pub(super) fn describe_network_acls(context: &mut Context<'_>, input: &Members) -> Outcome {
    let names = [
        "vpc-id",
        "network-acl-id",
        "association.subnet-id",
        "default",
        "owner-id",
    ];
    let filters = Filters::read(input, &names)?;
    let ids = texts(input, "NetworkAclIds");
    let region = context.here();
    let exists = |id: &str| region.network_acls.iter().any(|acl| acl.id == id);
    known(
        ids.as_deref(),
        exists,
        "InvalidNetworkAclID.NotFound",
        "networkAcl ID",
    )?;
    let described = region
        .network_acls
        .iter()
        .filter(|acl| ids.as_ref().is_none_or(|ids| ids.contains(&acl.id)))
        // Access lists of a shared VPC are its owner's.
        .filter(|acl| {
            region
                .vpc(&acl.vpc_id)
                .is_some_and(|vpc| vpc.owner.is_none())
        })
        .filter(|acl| {
            filters.pass("", |filter| match filter {
                "vpc-id" => is(&acl.vpc_id),
                "network-acl-id" => is(&acl.id),
                "association.subnet-id" => Some(acl.subnet_ids.clone()),
                "default" => is(acl.is_default),
                _ => is(context.account()),
            })
        })
        .map(|acl| acl_members(context.account(), acl))
        .collect();
    listed(input, "NetworkAcls", described)
}

fn acl_members(account: &str, acl: &NetworkAcl) -> Value {
    let associations: Vec<Value> = acl
        .subnet_ids
        .iter()
        .map(|subnet| {
            json!({
                "NetworkAclAssociationId": subnet.replacen("subnet-", "aclassoc-", 1),
                "NetworkAclId": acl.id,
                "SubnetId": subnet,
            })
        })
        .collect();
    let entries: Vec<Value> = acl
        .entries
        .iter()
        .map(|entry| {
            json!({
                "RuleNumber": entry.number,
                "Egress": entry.egress,
                "Protocol": entry.protocol,
                "RuleAction": if entry.allow { "allow" } else { "deny" },
                "CidrBlock": entry.cidr.to_string(),
                "PortRange": entry.ports.map(|(from, to)| json!({ "From": from, "To": to })),
            })
        })
        .collect();
    json!({
        "NetworkAclId": acl.id,
        "VpcId": acl.vpc_id,
        "IsDefault": acl.is_default,
        "OwnerId": account,
        "Associations": associations,
        "Entries": entries,
        "Tags": [],
    })
}

pub(super) fn get_subnet_cidr_reservations(context: &mut Context<'_>, input: &Members) -> Outcome {
    let filters = Filters::read(input, &["reservationType", "subnet-id"])?;
    let subnet_id = text(input, "SubnetId").unwrap_or_default();
    let region = context.here();
    let subnet = region.subnet(subnet_id).ok_or_else(|| {
        let message = format!("The subnet ID '{subnet_id}' does not exist");
        Failure::new("InvalidSubnetID.NotFound", 400, message)
    })?;
    if subnet.owner.is_some() {
        // Only the owner of a subnet manages its reservations.
        return Err(Failure::new(
            "UnauthorizedOperation",
            403,
            "You are not authorized to perform this operation on a shared subnet.",
        ));
    }
    let described = region
        .cidr_reservations
        .iter()
        .filter(|it| it.subnet_id == subnet_id)
        .map(|it| {
            let kind = match it.kind {
                ReservationKind::Prefix => "prefix",
                ReservationKind::Explicit => "explicit",
            };
            (it, kind)
        })
        .filter(|(it, kind)| {
            filters.pass("", |filter| match filter {
                "reservationType" => is(kind),
                _ => is(&it.subnet_id),
            })
        })
        .map(|(it, kind)| {
            json!({
                "SubnetCidrReservationId": it.id,
                "SubnetId": it.subnet_id,
                "Cidr": it.cidr.to_string(),
                "ReservationType": kind,
                "OwnerId": context.account(),
                "Description": it.description,
                "Tags": [],
            })
        })
        .collect();
    let mut output = listed(input, "SubnetIpv4CidrReservations", described)?;
    output.insert("SubnetIpv6CidrReservations".to_owned(), json!([]));
    Ok(output)
}

/// A described value as a filter compares it.
pub(super) fn plain(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}
