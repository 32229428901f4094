//! Listeners: what a load balancer takes at a port goes to one target group.

use serde_json::{Value, json};

use super::tags::new_tags;
use super::{
    arn, at_most_named, invalid, listed, no_listener, no_load_balancer, no_target_group, unfit,
};
use crate::aws::{Context, Outcome, members, number, text, texts};
use crate::wire::Members;
use crate::wire::failure::Failure;
use crate::world::ids;
use crate::world::load_balancing::{Listener, LoadBalancer, LoadBalancerKind};

pub(super) fn create(context: &mut Context<'_>, input: &Members) -> Outcome {
    let balancer_arn = text(input, "LoadBalancerArn").unwrap_or_default();
    let found = context.here().load_balancer(balancer_arn);
    let balancer = found.ok_or_else(|| no_load_balancer(balancer_arn))?.clone();
    if balancer.kind != LoadBalancerKind::Network {
        return Err(Failure::not_simulated("listeners of other load balancers"));
    }
    check_protocol(input)?;
    let port = number(input, "Port").and_then(|it| u16::try_from(it).ok());
    let port = port.ok_or_else(|| invalid("A listener port must be specified"))?;
    let target_group_arn = forwards_to(input)?;
    check_target_group(context, &balancer, &target_group_arn)?;
    let tags = new_tags(input)?;
    let (_, path) = balancer.arn.split_once("loadbalancer/").unwrap_or_default();
    let new = Listener {
        arn: arn(context, &format!("listener/{path}/{}", ids::random(16))),
        load_balancer_arn: balancer.arn.clone(),
        protocol: "TCP".to_owned(),
        port,
        target_group_arn,
        attributes: std::collections::BTreeMap::default(),
        tags,
    };
    let here = context.here();
    let there = here.listeners_of(&balancer.arn).find(|it| it.port == port);
    if let Some(other) = there {
        let same = other.target_group_arn == new.target_group_arn && other.tags == new.tags;
        if !same || other.protocol != new.protocol {
            let message = "A listener already exists on this port for this load balancer";
            return Err(Failure::new("DuplicateListenerException", 400, message));
        }
        return Ok(one(other));
    }
    let most = context.world.limits.listeners_per_load_balancer;
    if here.listeners_of(&balancer.arn).count() >= most {
        let message = "You have reached the limit of listeners of this load balancer.";
        return Err(Failure::new("TooManyListenersException", 400, message));
    }
    let output = one(&new);
    let now = context.now;
    let region = context.here_mut();
    region.listeners.push(new);
    region.mark_groups_in_use(now);
    Ok(output)
}

fn check_protocol(input: &Members) -> Result<(), Failure> {
    match text(input, "Protocol") {
        None => Err(invalid("A listener protocol must be specified")),
        Some("TCP") => {
            let of_tls = [
                "Certificates",
                "SslPolicy",
                "AlpnPolicy",
                "MutualAuthentication",
            ];
            match of_tls.into_iter().find(|it| input.contains_key(*it)) {
                Some(name) => Err(unfit(format!(
                    "{name} cannot be specified for a listener whose protocol is TCP"
                ))),
                None => Ok(()),
            }
        }
        Some(http @ ("HTTP" | "HTTPS" | "GENEVE")) => Err(invalid(format!(
            "Protocol '{http}' must be one of 'TLS, UDP, TCP_UDP, TCP'"
        ))),
        Some(other) => Err(Failure::not_simulated(format_args!("{other} listeners"))),
    }
}

/// The target group of the one action that a network load balancer has: to forward.
fn forwards_to(input: &Members) -> Result<String, Failure> {
    let actions = input.get("DefaultActions").and_then(Value::as_array);
    let actions = actions.map(Vec::as_slice).unwrap_or_default();
    let [action] = actions else {
        return Err(invalid("Exactly one default action must be specified"));
    };
    if action["Type"] != "forward" {
        let message = "A Network Load Balancer has actions of the type 'forward' only";
        return Err(Failure::new(
            "InvalidLoadBalancerActionException",
            400,
            message,
        ));
    }
    let weighted = &action["ForwardConfig"]["TargetGroups"];
    let weighted = weighted.as_array().map(Vec::as_slice).unwrap_or_default();
    let plain = action["TargetGroupArn"].as_str();
    let found = match (plain, weighted) {
        (Some(plain), []) => Some(plain),
        (None, [only]) => only["TargetGroupArn"].as_str(),
        (Some(plain), [only]) if only["TargetGroupArn"] == plain => Some(plain),
        (_, [_, ..]) => {
            return Err(Failure::not_simulated(
                "several target groups of a listener",
            ));
        }
        (None, []) => None,
    };
    let none = || invalid("A target group ARN must be specified");
    found.map(str::to_owned).ok_or_else(none)
}

fn check_target_group(
    context: &Context<'_>,
    balancer: &LoadBalancer,
    arn: &str,
) -> Result<(), Failure> {
    let region = context.here();
    let group = region.target_group(arn);
    let group = group.ok_or_else(|| no_target_group(arn))?;
    if group.protocol != "TCP" {
        let message = "The protocols of the listener and of the target group do not go together";
        return Err(Failure::new("IncompatibleProtocolsException", 400, message));
    }
    if group.vpc_id != balancer.vpc_id {
        let message = format!("Target group '{arn}' is not in VPC '{}'", balancer.vpc_id);
        return Err(unfit(message));
    }
    let mut users = region.load_balancers_of(arn).into_iter();
    if users.any(|it| it.arn != balancer.arn) {
        let message = format!(
            "The following target groups cannot be associated with more than one load balancer: {arn}"
        );
        return Err(Failure::new(
            "TargetGroupAssociationLimitException",
            400,
            message,
        ));
    }
    Ok(())
}

fn one(listener: &Listener) -> Members {
    members(json!({ "Listeners": [listener_members(listener)] }))
}

pub(super) fn describe(context: &mut Context<'_>, input: &Members) -> Outcome {
    let arns = texts(input, "ListenerArns");
    let balancer = text(input, "LoadBalancerArn");
    if arns.is_some() == balancer.is_some() {
        let message = "You must specify either listener ARNs or a load balancer ARN";
        return Err(invalid(message));
    }
    at_most_named(arns.as_ref())?;
    let region = context.here();
    if let Some(arn) = balancer.filter(|arn| region.load_balancer(arn).is_none()) {
        return Err(no_load_balancer(arn));
    }
    for arn in arns.iter().flatten() {
        region.listener(arn).ok_or_else(|| no_listener(arn))?;
    }
    let described = region
        .listeners
        .iter()
        .filter(|it| balancer.is_none_or(|arn| it.load_balancer_arn == arn))
        .filter(|it| arns.as_ref().is_none_or(|arns| arns.contains(&it.arn)))
        .map(listener_members)
        .collect();
    listed(input, "Listeners", described)
}

fn listener_members(listener: &Listener) -> Value {
    let group = &listener.target_group_arn;
    json!({
        "ListenerArn": listener.arn,
        "LoadBalancerArn": listener.load_balancer_arn,
        "Port": listener.port,
        "Protocol": listener.protocol,
        "DefaultActions": [{
            "Type": "forward",
            "TargetGroupArn": group,
            "ForwardConfig": { "TargetGroups": [{ "TargetGroupArn": group }] },
        }],
    })
}

pub(super) fn delete(context: &mut Context<'_>, input: &Members) -> Outcome {
    let arn = text(input, "ListenerArn").unwrap_or_default();
    context
        .here()
        .listener(arn)
        .ok_or_else(|| no_listener(arn))?;
    let now = context.now;
    let region = context.here_mut();
    region.listeners.retain(|it| it.arn != arn);
    region.mark_groups_in_use(now);
    Ok(Members::new())
}
