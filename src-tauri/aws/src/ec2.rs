//! EC2: regions, VPCs, and what of a VPC decides where a gateway can go and what it can reach.
//!
//! One file for each kind of thing that a VPC holds; what they all read with is at the end of this one.

mod interfaces;
mod network_acls;
mod security_groups;
mod subnets;

use aws_sdk_ec2::types::{Filter, Tag, Vpc as WireVpc};
use ipnet::Ipv4Net;
use pipelink_plan::facts::network::Vpc;
use pipelink_plan::problem::Problem;

use crate::problems::{missing, unreadable};
use crate::session::Aws;

/// IAM's name of the service.
const SERVICE: &str = "ec2";
const VPCS: &str = "DescribeVpcs";

impl Aws {
    /// The regions enabled for the account, by name.
    pub async fn regions(&self) -> Result<Vec<String>, Problem> {
        const CALL: &str = "DescribeRegions";
        // Without AllRegions, EC2 leaves out those that the account has not opted in to.
        let mut names: Vec<String> = self
            .session
            .ec2
            .describe_regions()
            .send()
            .await
            .map_err(self.problem(SERVICE, CALL))?
            .regions
            .unwrap_or_default()
            .into_iter()
            .filter_map(|region| region.region_name)
            .collect();
        names.sort_unstable();
        Ok(names)
    }

    pub(crate) async fn vpcs(&self) -> Result<Vec<Vpc>, Problem> {
        self.session
            .ec2
            .describe_vpcs()
            .into_paginator()
            .items()
            .send()
            .try_collect()
            .await
            .map_err(self.problem(SERVICE, VPCS))?
            .into_iter()
            .map(vpc)
            .collect()
    }
}

fn vpc(wire: WireVpc) -> Result<Vpc, Problem> {
    Ok(Vpc {
        id: wire.vpc_id.ok_or_else(|| missing(VPCS, "vpcId"))?,
        name: name_tag(wire.tags.as_deref()),
        cidr: optional(VPCS, wire.cidr_block.as_deref())?,
        is_default: wire.is_default.unwrap_or_default(),
    })
}

/// What belongs to one VPC.
fn in_vpc(vpc_id: &str) -> Filter {
    filter("vpc-id", [vpc_id.to_owned()])
}

pub(crate) fn filter(name: &str, values: impl IntoIterator<Item = String>) -> Filter {
    Filter::builder()
        .name(name)
        .set_values(Some(values.into_iter().collect()))
        .build()
}

pub(crate) fn name_tag(tags: Option<&[Tag]>) -> Option<String> {
    tags?
        .iter()
        .find(|tag| tag.key.as_deref() == Some("Name"))?
        .value
        .clone()
        .filter(|name| !name.is_empty())
}

/// An IPv4 block where there is one: an IPv6-only subnet has none, or an empty one.
fn optional(operation: &str, text: Option<&str>) -> Result<Option<Ipv4Net>, Problem> {
    match text {
        None | Some("") => Ok(None),
        some => parsed(operation, some, "cidrBlock").map(Some),
    }
}

fn parsed<T: std::str::FromStr>(
    operation: &str,
    text: Option<&str>,
    field: &str,
) -> Result<T, Problem> {
    let text = text.ok_or_else(|| missing(operation, field))?;
    text.parse()
        .map_err(|_| unreadable(operation, &format!("{field} {text} cannot be read")))
}
