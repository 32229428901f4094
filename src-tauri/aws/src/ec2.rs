//! EC2: regions, VPCs, and what of a VPC decides where a gateway can go.

use std::collections::HashMap;
use std::net::Ipv4Addr;

use aws_sdk_ec2::types::{
    Filter, NetworkInterface as WireInterface, SecurityGroupRule as WireRule, Subnet as WireSubnet,
    SubnetCidrReservationType, Tag, Vpc as WireVpc,
};
use ipnet::Ipv4Net;
use pipelink_plan::facts::network::{
    CidrReservation, NetworkInterface, ReservationKind, RulePeer, SecurityGroup, SecurityGroupRule,
    Subnet, Vpc,
};
use pipelink_plan::problem::Problem;

use crate::concurrent;
use crate::problems::{missing, unreadable};
use crate::session::Aws;

const VPCS: &str = "DescribeVpcs";
const SUBNETS: &str = "DescribeSubnets";
const GROUPS: &str = "DescribeSecurityGroups";
const RULES: &str = "DescribeSecurityGroupRules";
const INTERFACES: &str = "DescribeNetworkInterfaces";
const RESERVATIONS: &str = "GetSubnetCidrReservations";
/// How many values one filter may have (EC2 API reference, `Filter`).
const FILTER_VALUES: usize = 200;

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
            .map_err(self.problem("ec2", CALL))?
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
            .map_err(self.problem("ec2", VPCS))?
            .into_iter()
            .map(vpc)
            .collect()
    }

    pub(crate) async fn subnets(&self, vpc_id: &str) -> Result<Vec<Subnet>, Problem> {
        self.session
            .ec2
            .describe_subnets()
            .filters(filter("vpc-id", [vpc_id.to_owned()]))
            .into_paginator()
            .items()
            .send()
            .try_collect()
            .await
            .map_err(self.problem("ec2", SUBNETS))?
            .into_iter()
            .map(subnet)
            .collect()
    }

    /// The VPC's groups with their rules. The rules come from their own call, since only there they have IDs.
    pub(crate) async fn security_groups(
        &self,
        vpc_id: &str,
    ) -> Result<Vec<SecurityGroup>, Problem> {
        let groups = self
            .session
            .ec2
            .describe_security_groups()
            .filters(filter("vpc-id", [vpc_id.to_owned()]))
            .into_paginator()
            .items()
            .send()
            .try_collect()
            .await
            .map_err(self.problem("ec2", GROUPS))?;
        let ids: Vec<String> = groups
            .iter()
            .filter_map(|group| group.group_id.clone())
            .collect();
        let mut rules = self.rules_of(&ids).await?;
        groups
            .into_iter()
            .map(|group| {
                let id = group.group_id.ok_or_else(|| missing(GROUPS, "groupId"))?;
                Ok(SecurityGroup {
                    rules: rules.remove(&id).unwrap_or_default(),
                    id,
                    name: group
                        .group_name
                        .ok_or_else(|| missing(GROUPS, "groupName"))?,
                    description: group.description.unwrap_or_default(),
                    vpc_id: group.vpc_id.unwrap_or_else(|| vpc_id.to_owned()),
                })
            })
            .collect()
    }

    async fn rules_of(
        &self,
        group_ids: &[String],
    ) -> Result<HashMap<String, Vec<SecurityGroupRule>>, Problem> {
        let chunks: Vec<Vec<String>> = group_ids.chunks(FILTER_VALUES).map(<[_]>::to_vec).collect();
        let answers = concurrent::for_each(chunks, |ids| {
            let aws = self.clone();
            async move {
                aws.session
                    .ec2
                    .describe_security_group_rules()
                    .filters(filter("group-id", ids))
                    .into_paginator()
                    .items()
                    .send()
                    .try_collect()
                    .await
                    .map_err(aws.problem("ec2", RULES))
            }
        })
        .await?;
        let mut by_group: HashMap<String, Vec<SecurityGroupRule>> = HashMap::new();
        for wire in answers.into_iter().flatten() {
            let group = wire
                .group_id
                .clone()
                .ok_or_else(|| missing(RULES, "groupId"))?;
            by_group.entry(group).or_default().push(rule(wire)?);
        }
        Ok(by_group)
    }

    pub(crate) async fn network_interfaces(
        &self,
        vpc_id: &str,
    ) -> Result<Vec<NetworkInterface>, Problem> {
        self.session
            .ec2
            .describe_network_interfaces()
            .filters(filter("vpc-id", [vpc_id.to_owned()]))
            .into_paginator()
            .items()
            .send()
            .try_collect()
            .await
            .map_err(self.problem("ec2", INTERFACES))?
            .into_iter()
            .map(interface)
            .collect()
    }

    /// The IPv4 reservations of some subnets.
    pub(crate) async fn reservations(
        &self,
        subnet_ids: Vec<String>,
    ) -> Result<Vec<CidrReservation>, Problem> {
        let answers = concurrent::for_each(subnet_ids, |subnet_id| {
            let aws = self.clone();
            async move { aws.reservations_of(&subnet_id).await }
        })
        .await?;
        Ok(answers.into_iter().flatten().collect())
    }

    /// One subnet's. The SDK has no paginator for this call, so the token is followed by hand.
    async fn reservations_of(&self, subnet_id: &str) -> Result<Vec<CidrReservation>, Problem> {
        let mut found = Vec::new();
        let mut token = None;
        loop {
            let page = self
                .session
                .ec2
                .get_subnet_cidr_reservations()
                .subnet_id(subnet_id)
                .set_next_token(token)
                .send()
                .await
                .map_err(self.problem("ec2", RESERVATIONS))?;
            for wire in page.subnet_ipv4_cidr_reservations.unwrap_or_default() {
                found.push(CidrReservation {
                    subnet_id: subnet_id.to_owned(),
                    cidr: parsed(RESERVATIONS, wire.cidr.as_deref(), "cidr")?,
                    kind: match wire.reservation_type {
                        Some(SubnetCidrReservationType::Prefix) => ReservationKind::Prefix,
                        // A kind newer than this program is taken for the stricter one.
                        _ => ReservationKind::Explicit,
                    },
                });
            }
            token = page.next_token.filter(|next| !next.is_empty());
            if token.is_none() {
                return Ok(found);
            }
        }
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

fn subnet(wire: WireSubnet) -> Result<Subnet, Problem> {
    Ok(Subnet {
        id: wire.subnet_id.ok_or_else(|| missing(SUBNETS, "subnetId"))?,
        name: name_tag(wire.tags.as_deref()),
        vpc_id: wire.vpc_id.ok_or_else(|| missing(SUBNETS, "vpcId"))?,
        cidr: optional(SUBNETS, wire.cidr_block.as_deref())?,
        availability_zone: wire
            .availability_zone
            .ok_or_else(|| missing(SUBNETS, "availabilityZone"))?,
        availability_zone_id: wire
            .availability_zone_id
            .ok_or_else(|| missing(SUBNETS, "availabilityZoneId"))?,
        available_addresses: wire
            .available_ip_address_count
            .and_then(|count| u32::try_from(count).ok())
            .unwrap_or_default(),
        owner_id: wire.owner_id.ok_or_else(|| missing(SUBNETS, "ownerId"))?,
        state: wire
            .state
            .ok_or_else(|| missing(SUBNETS, "state"))?
            .as_str()
            .to_owned(),
    })
}

fn rule(wire: WireRule) -> Result<SecurityGroupRule, Problem> {
    let peer = if let Some(cidr) = &wire.cidr_ipv4 {
        RulePeer::Ipv4(parsed(RULES, Some(cidr), "cidrIpv4")?)
    } else if let Some(cidr) = wire.cidr_ipv6 {
        RulePeer::Ipv6(cidr)
    } else if let Some(list) = wire.prefix_list_id {
        RulePeer::PrefixList(list)
    } else {
        let group = wire.referenced_group_info.and_then(|group| group.group_id);
        RulePeer::Group(group.ok_or_else(|| missing(RULES, "peer"))?)
    };
    Ok(SecurityGroupRule {
        id: wire
            .security_group_rule_id
            .ok_or_else(|| missing(RULES, "securityGroupRuleId"))?,
        egress: wire.is_egress.ok_or_else(|| missing(RULES, "isEgress"))?,
        protocol: wire
            .ip_protocol
            .ok_or_else(|| missing(RULES, "ipProtocol"))?,
        from_port: wire.from_port,
        to_port: wire.to_port,
        peer,
    })
}

fn interface(wire: WireInterface) -> Result<NetworkInterface, Problem> {
    let addresses = wire
        .private_ip_addresses
        .unwrap_or_default()
        .into_iter()
        .filter_map(|address| address.private_ip_address)
        .map(|address| parsed(INTERFACES, Some(&address), "privateIpAddress"))
        .collect::<Result<Vec<Ipv4Addr>, Problem>>()?;
    let prefixes = wire
        .ipv4_prefixes
        .unwrap_or_default()
        .into_iter()
        .filter_map(|prefix| prefix.ipv4_prefix)
        .map(|prefix| parsed(INTERFACES, Some(&prefix), "ipv4Prefix"))
        .collect::<Result<Vec<Ipv4Net>, Problem>>()?;
    Ok(NetworkInterface {
        id: wire
            .network_interface_id
            .ok_or_else(|| missing(INTERFACES, "networkInterfaceId"))?,
        subnet_id: wire
            .subnet_id
            .ok_or_else(|| missing(INTERFACES, "subnetId"))?,
        addresses,
        prefixes,
    })
}

fn filter(name: &str, values: impl IntoIterator<Item = String>) -> Filter {
    Filter::builder()
        .name(name)
        .set_values(Some(values.into_iter().collect()))
        .build()
}

fn name_tag(tags: Option<&[Tag]>) -> Option<String> {
    tags?
        .iter()
        .find(|tag| tag.key.as_deref() == Some("Name"))?
        .value
        .clone()
        .filter(|name| !name.is_empty())
}

/// An IPv6-only subnet has no IPv4 block, or an empty one.
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
