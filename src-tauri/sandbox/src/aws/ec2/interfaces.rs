//! Network interfaces, with the prefixes that gateways and endpoints hold.

use serde_json::{Value, json};

use super::filter::{Filters, is};
use super::network::plain;
use super::{known, listed};
use crate::aws::{Context, Outcome, texts};
use crate::wire::Members;
use crate::world::network::NetworkInterface;

pub(super) fn describe_network_interfaces(context: &mut Context<'_>, input: &Members) -> Outcome {
    let names = [
        "subnet-id",
        "vpc-id",
        "network-interface-id",
        "group-id",
        "private-ip-address",
        "addresses.private-ip-address",
        "availability-zone",
        "availability-zone-id",
        "description",
        "interface-type",
        "requester-id",
        "requester-managed",
        "status",
        "owner-id",
    ];
    let filters = Filters::read(input, &names)?;
    let ids = texts(input, "NetworkInterfaceIds");
    let region = context.here();
    // Interfaces of other participants of a shared subnet take addresses but are not listed to us.
    let visible = || {
        region
            .network_interfaces
            .iter()
            .filter(|it| it.owner.is_none())
    };
    let code = "InvalidNetworkInterfaceID.NotFound";
    known(
        ids.as_deref(),
        |id| visible().any(|it| it.id == id),
        code,
        "networkInterface ID",
    )?;
    let described = visible()
        .filter(|it| ids.as_ref().is_none_or(|ids| ids.contains(&it.id)))
        .map(|it| (it, interface_members(context, it)))
        .filter(|(it, described)| {
            filters.pass("", |filter| match filter {
                "subnet-id" => is(&it.subnet_id),
                "vpc-id" => is(plain(&described["VpcId"])),
                "network-interface-id" => is(&it.id),
                "group-id" => Some(it.group_ids.clone()),
                "private-ip-address" => is(plain(&described["PrivateIpAddress"])),
                "addresses.private-ip-address" => {
                    Some(it.addresses.iter().map(ToString::to_string).collect())
                }
                "availability-zone" => is(plain(&described["AvailabilityZone"])),
                "availability-zone-id" => is(plain(&described["AvailabilityZoneId"])),
                "description" => is(&it.description),
                "interface-type" => is(&it.interface_type),
                "requester-id" => Some(it.requester.clone().into_iter().collect()),
                "requester-managed" => is(it.requester.is_some()),
                "status" => is("in-use"),
                _ => is(context.account()),
            })
        })
        .map(|(_, described)| described)
        .collect();
    listed(input, "NetworkInterfaces", described)
}

fn interface_members(context: &Context<'_>, interface: &NetworkInterface) -> Value {
    let region = context.here();
    let subnet = region.subnet(&interface.subnet_id);
    let zone = subnet.and_then(|subnet| region.zone(&subnet.zone_id));
    let groups: Vec<Value> = interface
        .group_ids
        .iter()
        .map(|id| {
            let name = region.security_group(id).map(|group| group.name.as_str());
            json!({ "GroupId": id, "GroupName": name })
        })
        .collect();
    let addresses: Vec<Value> = interface
        .addresses
        .iter()
        .enumerate()
        .map(|(index, address)| {
            json!({ "Primary": index == 0, "PrivateIpAddress": address.to_string() })
        })
        .collect();
    let prefixes: Vec<Value> = interface
        .prefixes
        .iter()
        .map(|it| json!({ "Ipv4Prefix": it.to_string() }))
        .collect();
    // The service-linked role of VPC Lattice tags what it makes.
    let tag_set = if interface.gateway_id.is_some() {
        json!([{ "Key": "VpcLatticeManaged", "Value": "true" }])
    } else {
        json!([])
    };
    json!({
        "NetworkInterfaceId": interface.id,
        "SubnetId": interface.subnet_id,
        "VpcId": subnet.map(|subnet| subnet.vpc_id.as_str()),
        "AvailabilityZone": zone.map(|zone| zone.name.as_str()),
        "AvailabilityZoneId": zone.map(|zone| zone.id.as_str()),
        "Description": interface.description,
        "Groups": groups,
        "InterfaceType": interface.interface_type,
        "OwnerId": context.account(),
        "PrivateIpAddress": interface.addresses.first().map(ToString::to_string),
        "PrivateIpAddresses": addresses,
        "Ipv4Prefixes": prefixes,
        "Ipv6Addresses": [],
        "RequesterId": interface.requester,
        "RequesterManaged": interface.requester.is_some(),
        "SourceDestCheck": true,
        "Status": "in-use",
        "TagSet": tag_set,
    })
}
