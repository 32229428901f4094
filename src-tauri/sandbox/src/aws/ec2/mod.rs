//! EC2, as far as the network of a region is looked at: read-only.

mod filter;
mod groups;
mod interfaces;
mod network;
mod places;

use serde_json::{Value, json};

use super::{Act, Outcome, members, number, page, text};
use crate::wire::Members;
use crate::wire::failure::Failure;

pub(super) fn meaning(operation: &str) -> Option<(bool, Act)> {
    let act: Act = match operation {
        "DescribeRegions" => places::describe_regions,
        "DescribeAvailabilityZones" => places::describe_availability_zones,
        "DescribeVpcs" => network::describe_vpcs,
        "DescribeSubnets" => network::describe_subnets,
        "DescribeNetworkInterfaces" => interfaces::describe_network_interfaces,
        "DescribeNetworkAcls" => network::describe_network_acls,
        "GetSubnetCidrReservations" => network::get_subnet_cidr_reservations,
        "DescribeSecurityGroups" => groups::describe_security_groups,
        "DescribeSecurityGroupRules" => groups::describe_security_group_rules,
        _ => return None,
    };
    Some((false, act))
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

fn tags(name: &str) -> Value {
    if name.is_empty() {
        json!([])
    } else {
        json!([{ "Key": "Name", "Value": name }])
    }
}
