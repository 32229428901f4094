//! Attributes: what is set, over what AWS gives where nothing is.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{no_listener, no_load_balancer, no_target_group, unfit};
use crate::aws::{Context, Outcome, members, text};
use crate::wire::Members;
use crate::world::load_balancing::{LoadBalancerKind, TargetGroup};
use crate::world::load_balancing_health::CROSS_ZONE;

/// While it is on, a load balancer cannot be deleted.
pub(super) const DELETION_PROTECTION: &str = "deletion_protection.enabled";

/// How long a target that was taken out keeps the connections that it has, in seconds.
const DRAINING: &str = "deregistration_delay.timeout_seconds";

/// An attribute's name, with its value where none is set.
type Defaults = &'static [(&'static str, &'static str)];

const NETWORK: Defaults = &[
    ("access_logs.s3.bucket", ""),
    ("access_logs.s3.enabled", "false"),
    ("access_logs.s3.prefix", ""),
    (DELETION_PROTECTION, "false"),
    ("dns_record.client_routing_policy", "any_availability_zone"),
    ("ipv6.deny_all_igw_traffic", "false"),
    (CROSS_ZONE, "false"),
    ("zonal_shift.config.enabled", "false"),
];

const APPLICATION: Defaults = &[
    ("access_logs.s3.bucket", ""),
    ("access_logs.s3.enabled", "false"),
    ("access_logs.s3.prefix", ""),
    (DELETION_PROTECTION, "false"),
    ("idle_timeout.timeout_seconds", "60"),
    (CROSS_ZONE, "true"),
    ("routing.http2.enabled", "true"),
];

const LISTENER: Defaults = &[("tcp.idle_timeout.seconds", "350")];

const TARGET_GROUP_OF_APPLICATION: Defaults = &[
    (DRAINING, "300"),
    (CROSS_ZONE, "use_load_balancer_configuration"),
    ("slow_start.duration_seconds", "0"),
    ("stickiness.enabled", "false"),
    ("stickiness.type", "lb_cookie"),
];

const TARGET_GROUP: Defaults = &[
    (
        "deregistration_delay.connection_termination.enabled",
        "false",
    ),
    (DRAINING, "300"),
    (CROSS_ZONE, "use_load_balancer_configuration"),
    // Off for targets that are addresses, where the protocol is TCP or TLS.
    ("preserve_client_ip.enabled", "false"),
    ("proxy_protocol_v2.enabled", "false"),
    ("stickiness.enabled", "false"),
    ("stickiness.type", "source_ip"),
    (
        "target_health_state.unhealthy.connection_termination.enabled",
        "true",
    ),
    (
        "target_health_state.unhealthy.draining_interval_seconds",
        "0",
    ),
];

pub(super) fn of_load_balancer(context: &mut Context<'_>, input: &Members) -> Outcome {
    let arn = text(input, "LoadBalancerArn").unwrap_or_default();
    let found = context.here().load_balancer(arn);
    let balancer = found.ok_or_else(|| no_load_balancer(arn))?;
    Ok(described(defaults(balancer.kind), &balancer.attributes))
}

pub(super) fn modify_load_balancer(context: &mut Context<'_>, input: &Members) -> Outcome {
    let arn = text(input, "LoadBalancerArn")
        .unwrap_or_default()
        .to_owned();
    let found = context.here_mut().load_balancer_mut(&arn);
    let balancer = found.ok_or_else(|| no_load_balancer(&arn))?;
    let defaults = defaults(balancer.kind);
    let given = input.get("Attributes").and_then(Value::as_array);
    for attribute in given.into_iter().flatten() {
        let key = attribute["Key"].as_str().unwrap_or_default();
        let value = attribute["Value"].as_str().unwrap_or_default();
        let known = defaults.iter().find(|(own, _)| *own == key);
        let Some((_, default)) = known else {
            let message = format!("Load balancer attribute key '{key}' is not recognized");
            return Err(unfit(message));
        };
        let switch = ["true", "false"];
        if switch.contains(default) && !switch.contains(&value) {
            let message = format!("Load balancer attribute '{key}' must be true or false");
            return Err(unfit(message));
        }
        balancer.attributes.insert(key.to_owned(), value.to_owned());
    }
    Ok(described(defaults, &balancer.attributes))
}

pub(super) fn of_listener(context: &mut Context<'_>, input: &Members) -> Outcome {
    let arn = text(input, "ListenerArn").unwrap_or_default();
    let found = context.here().listener(arn);
    let listener = found.ok_or_else(|| no_listener(arn))?;
    let defaults = if listener.protocol == "TCP" {
        LISTENER
    } else {
        &[]
    };
    Ok(described(defaults, &listener.attributes))
}

pub(super) fn of_target_group(context: &mut Context<'_>, input: &Members) -> Outcome {
    let arn = text(input, "TargetGroupArn").unwrap_or_default();
    let found = context.here().target_group(arn);
    let group = found.ok_or_else(|| no_target_group(arn))?;
    let defaults = if group.protocol == "TCP" {
        TARGET_GROUP
    } else {
        TARGET_GROUP_OF_APPLICATION
    };
    Ok(described(defaults, &group.attributes))
}

/// How long targets of a group drain, in seconds.
pub(super) fn draining_seconds(group: &TargetGroup) -> i64 {
    let set = group.attributes.get(DRAINING).map(String::as_str);
    let default = TARGET_GROUP.iter().find(|(key, _)| *key == DRAINING);
    let seconds = set.or(default.map(|(_, value)| *value));
    seconds.and_then(|it| it.parse().ok()).unwrap_or_default()
}

fn defaults(kind: LoadBalancerKind) -> Defaults {
    match kind {
        LoadBalancerKind::Network => NETWORK,
        LoadBalancerKind::Application => APPLICATION,
    }
}

fn described(defaults: Defaults, set: &BTreeMap<String, String>) -> Members {
    let mut all: BTreeMap<&str, &str> = defaults.iter().copied().collect();
    all.extend(
        set.iter()
            .map(|(key, value)| (key.as_str(), value.as_str())),
    );
    let attributes: Vec<_> = all
        .into_iter()
        .map(|(key, value)| json!({ "Key": key, "Value": value }))
        .collect();
    members(json!({ "Attributes": attributes }))
}
