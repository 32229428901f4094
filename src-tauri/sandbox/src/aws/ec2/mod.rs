//! EC2: the network of a region, which is only looked at, and VPC endpoint services.

mod endpoint_service_people;
pub(super) mod endpoint_service_rules;
mod endpoint_services;
mod filter;
mod groups;
mod interfaces;
mod network;
mod places;

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Act, Outcome, members, number, page, text};
use crate::wire::Members;
use crate::wire::failure::Failure;

pub(super) fn meaning(operation: &str) -> Option<(bool, Act)> {
    let (writes, act): (bool, Act) = match operation {
        "DescribeRegions" => (false, places::describe_regions),
        "DescribeAvailabilityZones" => (false, places::describe_availability_zones),
        "DescribeVpcs" => (false, network::describe_vpcs),
        "DescribeSubnets" => (false, network::describe_subnets),
        "DescribeNetworkInterfaces" => (false, interfaces::describe_network_interfaces),
        "DescribeNetworkAcls" => (false, network::describe_network_acls),
        "GetSubnetCidrReservations" => (false, network::get_subnet_cidr_reservations),
        "DescribeSecurityGroups" => (false, groups::describe_security_groups),
        "DescribeSecurityGroupRules" => (false, groups::describe_security_group_rules),
        "CreateVpcEndpointServiceConfiguration" => (true, endpoint_services::create),
        "DescribeVpcEndpointServiceConfigurations" => (false, endpoint_services::describe),
        "ModifyVpcEndpointServiceConfiguration" => (true, endpoint_services::modify),
        "DeleteVpcEndpointServiceConfigurations" => (true, endpoint_services::delete),
        "StartVpcEndpointServicePrivateDnsVerification" => (true, endpoint_services::verify_name),
        "ModifyVpcEndpointServicePermissions" => {
            (true, endpoint_service_people::modify_permissions)
        }
        "DescribeVpcEndpointServicePermissions" => {
            (false, endpoint_service_people::describe_permissions)
        }
        "DescribeVpcEndpointConnections" => (false, endpoint_service_people::describe_connections),
        "AcceptVpcEndpointConnections" => (true, endpoint_service_people::accept),
        "RejectVpcEndpointConnections" => (true, endpoint_service_people::reject),
        _ => return None,
    };
    Some((writes, act))
}

/// A page of described objects under their member's name.
fn listed(input: &Members, name: &str, items: Vec<Value>) -> Outcome {
    let size = number(input, "MaxResults");
    let (items, next) = page::page(items, size, text(input, "NextToken"), || {
        Failure::new(
            "InvalidNextToken",
            400,
            "The token is not valid for this request.",
        )
    })?;
    Ok(members(json!({ name: items, "NextToken": next })))
}

/// EC2 refuses IDs that it does not know, naming them.
fn known(
    wanted: Option<&[String]>,
    mut exists: impl FnMut(&str) -> bool,
    code: &'static str,
    what: &str,
) -> Result<(), Failure> {
    let missing: Vec<_> = wanted
        .unwrap_or_default()
        .iter()
        .filter(|id| !exists(id))
        .map(String::as_str)
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let list = missing.join(", ");
    Err(Failure::new(
        code,
        400,
        format!("The {what} '{list}' does not exist"),
    ))
}

fn tag_list(tags: &BTreeMap<String, String>) -> Value {
    tags.iter()
        .map(|(key, value)| json!({ "Key": key, "Value": value }))
        .collect::<Vec<_>>()
        .into()
}

/// The one tag that scenarios give to the network.
fn tags(name: &str) -> Value {
    if name.is_empty() {
        json!([])
    } else {
        json!([{ "Key": "Name", "Value": name }])
    }
}
