//! Security groups with their rules.

use std::collections::HashMap;

use aws_sdk_ec2::types::SecurityGroupRule as WireRule;
use pipelink_plan::facts::network::{RulePeer, SecurityGroup, SecurityGroupRule};
use pipelink_plan::problem::Problem;

use super::{SERVICE, filter, in_vpc, parsed};
use crate::concurrent;
use crate::problems::missing;
use crate::session::Aws;

const GROUPS: &str = "DescribeSecurityGroups";
const RULES: &str = "DescribeSecurityGroupRules";
/// How many values one filter may have (EC2 API reference, `Filter`).
const FILTER_VALUES: usize = 200;

impl Aws {
    /// The VPC's groups with their rules. The rules come from their own call, since only there they have IDs.
    pub(crate) async fn security_groups(
        &self,
        vpc_id: &str,
    ) -> Result<Vec<SecurityGroup>, Problem> {
        let groups = self
            .session
            .ec2
            .describe_security_groups()
            .filters(in_vpc(vpc_id))
            .into_paginator()
            .items()
            .send()
            .try_collect()
            .await
            .map_err(self.problem(SERVICE, GROUPS))?;
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
                    .map_err(aws.problem(SERVICE, RULES))
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
