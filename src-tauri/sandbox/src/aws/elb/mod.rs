//! Elastic Load Balancing (version 2): network load balancers, as far as an endpoint service stands on them.
//! Application load balancers are shown where a scenario has one; none is made.

mod attributes;
mod listeners;
mod load_balancers;
mod tags;
mod target_groups;
mod targets;

use serde_json::{Value, json};

use super::{Act, Context, Outcome, members, number, page, text};
use crate::wire::Members;
use crate::wire::failure::Failure;

pub(super) fn meaning(operation: &str) -> Option<(bool, Act)> {
    let (writes, act): (bool, Act) = match operation {
        "CreateLoadBalancer" => (true, load_balancers::create),
        "DeleteLoadBalancer" => (true, load_balancers::delete),
        "DescribeLoadBalancers" => (false, load_balancers::describe),
        "SetSecurityGroups" => (true, load_balancers::set_security_groups),
        "DescribeLoadBalancerAttributes" => (false, attributes::of_load_balancer),
        "ModifyLoadBalancerAttributes" => (true, attributes::modify_load_balancer),
        "DescribeListenerAttributes" => (false, attributes::of_listener),
        "DescribeTargetGroupAttributes" => (false, attributes::of_target_group),
        "CreateListener" => (true, listeners::create),
        "DeleteListener" => (true, listeners::delete),
        "DescribeListeners" => (false, listeners::describe),
        "CreateTargetGroup" => (true, target_groups::create),
        "DeleteTargetGroup" => (true, target_groups::delete),
        "DescribeTargetGroups" => (false, target_groups::describe),
        "RegisterTargets" => (true, targets::register),
        "DeregisterTargets" => (true, targets::deregister),
        "DescribeTargetHealth" => (false, targets::describe_health),
        "DescribeTags" => (false, tags::describe),
        _ => return None,
    };
    Some((writes, act))
}

/// The most that can be named in one call of Describe.
const MOST_NAMED: usize = 20;

/// The largest page, and its size where none is asked for.
const PAGE: usize = 400;

fn invalid(message: impl Into<String>) -> Failure {
    Failure::new("ValidationError", 400, message)
}

fn unfit(message: impl Into<String>) -> Failure {
    Failure::new("InvalidConfigurationRequestException", 400, message)
}

fn in_use(message: impl Into<String>) -> Failure {
    Failure::new("ResourceInUseException", 400, message)
}

fn no_load_balancer(arn: &str) -> Failure {
    let message = format!("Load balancer '{arn}' not found");
    Failure::new("LoadBalancerNotFoundException", 400, message)
}

fn no_target_group(arn: &str) -> Failure {
    let message = format!("Target group '{arn}' not found");
    Failure::new("TargetGroupNotFoundException", 400, message)
}

fn no_listener(arn: &str) -> Failure {
    let message = format!("Listener '{arn}' not found");
    Failure::new("ListenerNotFoundException", 400, message)
}

/// Members that mean something, but nothing that the sandbox acts out.
fn check_not_simulated(input: &Members, names: &[&str]) -> Result<(), Failure> {
    match names.iter().find(|name| input.contains_key(**name)) {
        Some(name) => Err(Failure::not_simulated(name)),
        None => Ok(()),
    }
}

/// A page of described objects under their member's name.
fn listed(input: &Members, name: &str, items: Vec<Value>) -> Outcome {
    let size = number(input, "PageSize").unwrap_or(PAGE);
    let (items, next) = page::page(items, Some(size), text(input, "Marker"), || {
        invalid("The marker is not valid.")
    })?;
    Ok(members(json!({ name: items, "NextMarker": next })))
}

/// ARNs or names that are asked for: not more than a call takes.
fn at_most_named(wanted: Option<&Vec<String>>) -> Result<(), Failure> {
    if wanted.is_some_and(|it| it.len() > MOST_NAMED) {
        let message = format!("At most {MOST_NAMED} can be described by name.");
        return Err(invalid(message));
    }
    Ok(())
}

/// Names of load balancers and target groups: up to 32 letters, digits and hyphens, none of them at an edge.
fn check_name(what: &str, name: &str) -> Result<(), Failure> {
    let letters = name
        .chars()
        .all(|it| it.is_ascii_alphanumeric() || it == '-');
    let refused = if name.is_empty() || name.len() > 32 {
        "must have 1 to 32 characters"
    } else if !letters {
        "can only contain characters that are alphanumeric characters and hyphens(-)"
    } else if name.starts_with('-') || name.ends_with('-') {
        "cannot begin or end with a hyphen(-)"
    } else if name.starts_with("internal-") {
        "cannot begin with 'internal-'"
    } else {
        return Ok(());
    };
    Err(invalid(format!("The {what} name '{name}' {refused}")))
}

fn arn(context: &Context<'_>, resource: &str) -> String {
    format!(
        "arn:aws:elasticloadbalancing:{}:{}:{resource}",
        context.region,
        context.account()
    )
}
