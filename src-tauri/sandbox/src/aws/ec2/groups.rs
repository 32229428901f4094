//! Security groups and their rules.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::filter::{Filters, is};
use super::{known, listed};
use crate::aws::{Context, Outcome, texts};
use crate::wire::Members;
use crate::world::network::{Rule, SecurityGroup};

pub(super) fn describe_security_groups(context: &mut Context<'_>, input: &Members) -> Outcome {
    let filters = Filters::read(
        input,
        &[
            "vpc-id",
            "group-id",
            "group-name",
            "description",
            "owner-id",
        ],
    )?;
    let (ids, names) = (texts(input, "GroupIds"), texts(input, "GroupNames"));
    let region = context.here();
    let code = "InvalidGroup.NotFound";
    known(
        ids.as_deref(),
        |id| region.security_group(id).is_some(),
        code,
        "security group",
    )?;
    let account = context.account();
    let described = region
        .security_groups
        .iter()
        .filter(|group| ids.as_ref().is_none_or(|ids| ids.contains(&group.id)))
        .filter(|group| {
            names
                .as_ref()
                .is_none_or(|names| names.contains(&group.name))
        })
        .filter(|group| {
            filters.pass("", |filter| match filter {
                "vpc-id" => is(&group.vpc_id),
                "group-id" => is(&group.id),
                "group-name" => is(&group.name),
                "description" => is(&group.description),
                _ => is(account),
            })
        })
        .map(|group| group_members(context, group))
        .collect();
    listed(input, "SecurityGroups", described)
}

fn group_members(context: &Context<'_>, group: &SecurityGroup) -> Value {
    let account = context.account();
    json!({
        "GroupId": group.id,
        "GroupName": group.name,
        "Description": group.description,
        "VpcId": group.vpc_id,
        "OwnerId": account,
        "SecurityGroupArn":
            format!("arn:aws:ec2:{}:{account}:security-group/{}", context.region, group.id),
        "IpPermissions": permissions(account, group, false),
        "IpPermissionsEgress": permissions(account, group, true),
        "Tags": [],
    })
}

/// From and to; None for all ports.
type Ports = Option<(u16, u16)>;

/// Rules of one direction, those with the same protocol and ports as one permission.
fn permissions(account: &str, group: &SecurityGroup, egress: bool) -> Vec<Value> {
    let mut sets: BTreeMap<(&str, Ports), Vec<&Rule>> = BTreeMap::new();
    for rule in group.rules.iter().filter(|rule| rule.egress == egress) {
        sets.entry((&rule.protocol, rule.ports))
            .or_default()
            .push(rule);
    }
    sets.into_iter()
        .map(|((protocol, ports), rules)| {
            let (groups, ranges): (Vec<_>, Vec<_>) = rules
                .into_iter()
                .partition(|rule| rule.peer.starts_with("sg-"));
            let ranges: Vec<Value> = ranges
                .into_iter()
                .map(|rule| json!({ "CidrIp": rule.peer, "Description": rule.description }))
                .collect();
            let groups: Vec<Value> = groups
                .into_iter()
                .map(|rule| {
                    json!({
                        "GroupId": rule.peer,
                        "UserId": account,
                        "Description": rule.description,
                    })
                })
                .collect();
            json!({
                "IpProtocol": protocol,
                "FromPort": ports.map(|(from, _)| from),
                "ToPort": ports.map(|(_, to)| to),
                "IpRanges": ranges,
                "Ipv6Ranges": [],
                "PrefixListIds": [],
                "UserIdGroupPairs": groups,
            })
        })
        .collect()
}

pub(super) fn describe_security_group_rules(context: &mut Context<'_>, input: &Members) -> Outcome {
    let filters = Filters::read(input, &["group-id", "security-group-rule-id"])?;
    let ids = texts(input, "SecurityGroupRuleIds");
    let region = context.here();
    let rules: Vec<_> = region
        .security_groups
        .iter()
        .flat_map(|group| group.rules.iter().map(move |rule| (group, rule)))
        .collect();
    let exists = |id: &str| rules.iter().any(|(_, rule)| rule.id == id);
    known(
        ids.as_deref(),
        exists,
        "InvalidSecurityGroupRuleId.NotFound",
        "security group rule ID",
    )?;
    let account = context.account();
    let described = rules
        .iter()
        .filter(|(_, rule)| ids.as_ref().is_none_or(|ids| ids.contains(&rule.id)))
        .filter(|(group, rule)| {
            filters.pass("", |filter| match filter {
                "group-id" => is(&group.id),
                _ => is(&rule.id),
            })
        })
        .map(|(group, rule)| {
            let arn = format!(
                "arn:aws:ec2:{}:{account}:security-group-rule/{}",
                context.region, rule.id
            );
            let peer_group = rule.peer.starts_with("sg-");
            json!({
                "SecurityGroupRuleId": rule.id,
                "SecurityGroupRuleArn": arn,
                "GroupId": group.id,
                "GroupOwnerId": account,
                "IsEgress": rule.egress,
                "IpProtocol": rule.protocol,
                // -1 stands for all ports here, where a group's permissions leave them out.
                "FromPort": rule.ports.map_or(-1, |(from, _)| i32::from(from)),
                "ToPort": rule.ports.map_or(-1, |(_, to)| i32::from(to)),
                "CidrIpv4": (!peer_group).then_some(&rule.peer),
                "ReferencedGroupInfo": peer_group.then(|| {
                    json!({ "GroupId": rule.peer, "UserId": account, "VpcId": group.vpc_id })
                }),
                "Description": rule.description,
                "Tags": [],
            })
        })
        .collect();
    listed(input, "SecurityGroupRules", described)
}
