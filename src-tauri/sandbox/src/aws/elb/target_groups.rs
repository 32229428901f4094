//! Target groups: made of addresses that take TCP, described and deleted.

use serde_json::{Value, json};

use super::tags::new_tags;
use super::{
    arn, at_most_named, check_name, check_not_simulated, in_use, invalid, listed, no_load_balancer,
    no_target_group, unfit,
};
use crate::aws::{Context, Outcome, flag, members, number, text, texts};
use crate::wire::Members;
use crate::wire::failure::Failure;
use crate::world::ids;
use crate::world::load_balancing::{HealthCheck, TRAFFIC_PORT, TargetGroup};

pub(super) fn create(context: &mut Context<'_>, input: &Members) -> Outcome {
    let name = text(input, "Name").unwrap_or_default();
    check_name("target group", name)?;
    match text(input, "TargetType").unwrap_or("instance") {
        "ip" => {}
        other => {
            return Err(Failure::not_simulated(format_args!(
                "targets of type {other}"
            )));
        }
    }
    match text(input, "Protocol") {
        Some("TCP") => {}
        None => return Err(invalid("A protocol must be specified")),
        Some(other) => {
            return Err(Failure::not_simulated(format_args!(
                "target groups for {other}"
            )));
        }
    }
    if text(input, "IpAddressType").is_some_and(|it| it != "ipv4") {
        return Err(Failure::not_simulated("target groups of IPv6 addresses"));
    }
    check_not_simulated(input, &["ProtocolVersion", "TargetControlPort"])?;
    let port = number(input, "Port").and_then(|it| u16::try_from(it).ok());
    let port = port.ok_or_else(|| invalid("A port must be specified"))?;
    let vpc_id = text(input, "VpcId").ok_or_else(|| invalid("A VPC ID must be specified"))?;
    if context.here().vpc(vpc_id).is_none() {
        return Err(invalid(format!("The VPC ID '{vpc_id}' is not found")));
    }
    let new = TargetGroup {
        arn: arn(context, &format!("targetgroup/{name}/{}", ids::random(16))),
        name: name.to_owned(),
        protocol: "TCP".to_owned(),
        port,
        target_type: "ip".to_owned(),
        vpc_id: vpc_id.to_owned(),
        health_check: health_check(input)?,
        targets: Vec::new(),
        in_use_since: None,
        attributes: std::collections::BTreeMap::default(),
        tags: new_tags(input)?,
    };
    let region = context.here();
    if let Some(other) = region.target_groups.iter().find(|it| it.name == name) {
        if !same_settings(other, &new) {
            let message = format!(
                "A target group with the same name '{name}' exists, but with different settings"
            );
            return Err(Failure::new(
                "DuplicateTargetGroupNameException",
                400,
                message,
            ));
        }
        return Ok(one(context, other));
    }
    if region.target_groups.len() >= context.world.limits.target_groups_per_region {
        let message = "You have reached the limit of target groups of this region.";
        return Err(Failure::new("TooManyTargetGroupsException", 400, message));
    }
    let output = one(context, &new);
    context.here_mut().target_groups.push(new);
    Ok(output)
}

fn health_check(input: &Members) -> Result<HealthCheck, Failure> {
    match text(input, "HealthCheckProtocol") {
        None | Some("TCP") => {}
        Some(other) => {
            return Err(Failure::not_simulated(format_args!(
                "health checks by {other}"
            )));
        }
    }
    if flag(input, "HealthCheckEnabled") == Some(false) {
        return Err(invalid(
            "Health checks must be enabled for targets of type ip",
        ));
    }
    if input.contains_key("HealthCheckPath") || input.contains_key("Matcher") {
        return Err(unfit(
            "Health checks by TCP have neither a path nor a matcher",
        ));
    }
    let mut check = HealthCheck::default();
    if let Some(port) = text(input, "HealthCheckPort") {
        if port != TRAFFIC_PORT && !port.parse().is_ok_and(|it: u16| it > 0) {
            let message = format!("Health check port '{port}' must be '{TRAFFIC_PORT}' or a port");
            return Err(invalid(message));
        }
        port.clone_into(&mut check.port);
    }
    for (member, value) in [
        ("HealthCheckIntervalSeconds", &mut check.interval_seconds),
        ("HealthCheckTimeoutSeconds", &mut check.timeout_seconds),
        ("HealthyThresholdCount", &mut check.healthy_count),
        ("UnhealthyThresholdCount", &mut check.unhealthy_count),
    ] {
        if let Some(given) = number(input, member).and_then(|it| u32::try_from(it).ok()) {
            *value = given;
        }
    }
    if check.timeout_seconds >= check.interval_seconds {
        return Err(invalid(
            "Health check timeout must be smaller than the health check interval",
        ));
    }
    Ok(check)
}

fn same_settings(one: &TargetGroup, other: &TargetGroup) -> bool {
    one.protocol == other.protocol
        && one.port == other.port
        && one.target_type == other.target_type
        && one.vpc_id == other.vpc_id
        && one.health_check == other.health_check
        && one.tags == other.tags
}

fn one(context: &Context<'_>, group: &TargetGroup) -> Members {
    members(json!({ "TargetGroups": [group_members(context, group)] }))
}

pub(super) fn describe(context: &mut Context<'_>, input: &Members) -> Outcome {
    let (arns, names) = (texts(input, "TargetGroupArns"), texts(input, "Names"));
    let balancer = text(input, "LoadBalancerArn");
    let given = [arns.is_some(), names.is_some(), balancer.is_some()];
    if given.into_iter().filter(|it| *it).count() > 1 {
        return Err(invalid(
            "Only one of load balancer ARN, target group ARNs and names can be specified",
        ));
    }
    at_most_named(arns.as_ref().or(names.as_ref()))?;
    let region = context.here();
    if let Some(arn) = balancer.filter(|arn| region.load_balancer(arn).is_none()) {
        return Err(no_load_balancer(arn));
    }
    for arn in arns.iter().flatten() {
        region
            .target_group(arn)
            .ok_or_else(|| no_target_group(arn))?;
    }
    for name in names.iter().flatten() {
        if !region.target_groups.iter().any(|it| it.name == *name) {
            return Err(no_target_group(name));
        }
    }
    let on = |group: &TargetGroup, arn: &str| {
        let mut users = region.load_balancers_of(&group.arn).into_iter();
        users.any(|it| it.arn == arn)
    };
    let described = region
        .target_groups
        .iter()
        .filter(|it| arns.as_ref().is_none_or(|arns| arns.contains(&it.arn)))
        .filter(|it| names.as_ref().is_none_or(|names| names.contains(&it.name)))
        .filter(|it| balancer.is_none_or(|arn| on(it, arn)))
        .map(|it| group_members(context, it))
        .collect();
    listed(input, "TargetGroups", described)
}

fn group_members(context: &Context<'_>, group: &TargetGroup) -> Value {
    let check = &group.health_check;
    let users = context.here().load_balancers_of(&group.arn);
    let users: Vec<_> = users.into_iter().map(|it| it.arn.as_str()).collect();
    json!({
        "TargetGroupArn": group.arn,
        "TargetGroupName": group.name,
        "Protocol": group.protocol,
        "Port": group.port,
        "VpcId": group.vpc_id,
        "HealthCheckProtocol": check.protocol,
        "HealthCheckPort": check.port,
        "HealthCheckEnabled": true,
        "HealthCheckIntervalSeconds": check.interval_seconds,
        "HealthCheckTimeoutSeconds": check.timeout_seconds,
        "HealthyThresholdCount": check.healthy_count,
        "UnhealthyThresholdCount": check.unhealthy_count,
        "LoadBalancerArns": users,
        "TargetType": group.target_type,
        "IpAddressType": "ipv4",
    })
}

/// Deletes a target group. What is not there is deleted already.
pub(super) fn delete(context: &mut Context<'_>, input: &Members) -> Outcome {
    let arn = text(input, "TargetGroupArn").unwrap_or_default();
    let mut listeners = context.here().listeners.iter();
    if listeners.any(|it| it.target_group_arn == arn) {
        let message = format!("Target group '{arn}' is currently in use by a listener or a rule");
        return Err(in_use(message));
    }
    context.here_mut().target_groups.retain(|it| it.arn != arn);
    Ok(Members::new())
}
