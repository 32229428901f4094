//! Targets: addresses that a group sends to, and how they fare.

use std::net::Ipv4Addr;

use ipnet::Ipv4Net;
use jiff::SignedDuration;
use serde_json::{Value, json};

use super::attributes::draining_seconds;
use super::{invalid, no_target_group};
use crate::aws::{Context, Outcome, members, number, text};
use crate::wire::Members;
use crate::wire::failure::Failure;
use crate::world::load_balancing::{TRAFFIC_PORT, Target, TargetGroup};
use crate::world::load_balancing_health::{ALL_ZONES, Health, Initial, Unused};

/// The shared address space of RFC 6598: private too, for a target.
const SHARED: Ipv4Net = Ipv4Net::new_assert(Ipv4Addr::new(100, 64, 0, 0), 10);

pub(super) fn register(context: &mut Context<'_>, input: &Members) -> Outcome {
    let (group, wanted) = read(context, input)?;
    let now = context.now;
    let mut registered = Vec::new();
    for Named { id, port, zone } in wanted {
        let address = address(&id)?;
        let zone = zone_of(context, &group, address, zone)?;
        registered.push(Target {
            address,
            port,
            zone,
            registered_at: now,
            drains_until: None,
        });
    }
    let most = context.world.limits.targets_per_group;
    let Some(group) = context.here_mut().target_group_mut(&group.arn) else {
        return Ok(Members::new());
    };
    group
        .targets
        .retain(|it| it.drains_until.is_none_or(|at| at > now));
    for target in registered {
        let same = |it: &&mut Target| it.address == target.address && it.port == target.port;
        match group.targets.iter_mut().find(same) {
            // What is being taken out begins anew; what is in stays as it is.
            Some(there) if there.drains_until.is_some() => *there = target,
            Some(_) => {}
            None => group.targets.push(target),
        }
    }
    if group.targets.len() > most {
        let message = "You have reached the limit of targets of this target group.";
        return Err(Failure::new("TooManyTargetsException", 400, message));
    }
    Ok(Members::new())
}

/// Takes targets out. What is not in is out already.
pub(super) fn deregister(context: &mut Context<'_>, input: &Members) -> Outcome {
    let (group, wanted) = read(context, input)?;
    let delay = SignedDuration::from_secs(draining_seconds(&group));
    let drains_until = group.in_use_since.map(|_| context.now + delay);
    let Some(group) = context.here_mut().target_group_mut(&group.arn) else {
        return Ok(Members::new());
    };
    for Named { id, port, .. } in wanted {
        let address = address(&id)?;
        let own = |it: &Target| it.address == address && it.port == port;
        if drains_until.is_none() {
            group.targets.retain(|it| !own(it));
        }
        let mut live = group.targets.iter_mut();
        if let Some(target) = live.find(|it| own(it) && it.drains_until.is_none()) {
            target.drains_until = drains_until;
        }
    }
    Ok(Members::new())
}

/// A target as a request names it.
struct Named {
    id: String,
    port: u16,
    zone: Option<String>,
}

fn read(context: &Context<'_>, input: &Members) -> Result<(TargetGroup, Vec<Named>), Failure> {
    let arn = text(input, "TargetGroupArn").unwrap_or_default();
    let group = context.here().target_group(arn);
    let group = group.ok_or_else(|| no_target_group(arn))?.clone();
    let named = named(input, &group);
    if named.is_empty() {
        return Err(invalid("At least one target must be specified"));
    }
    Ok((group, named))
}

fn named(input: &Members, group: &TargetGroup) -> Vec<Named> {
    let given = input.get("Targets").and_then(Value::as_array);
    let given = given.into_iter().flatten().filter_map(Value::as_object);
    given
        .map(|it| Named {
            id: text(it, "Id").unwrap_or_default().to_owned(),
            port: number(it, "Port")
                .and_then(|port| u16::try_from(port).ok())
                .unwrap_or(group.port),
            zone: text(it, "AvailabilityZone").map(str::to_owned),
        })
        .collect()
}

fn address(id: &str) -> Result<Ipv4Addr, Failure> {
    id.parse()
        .map_err(|_| invalid_target(format!("The IP address '{id}' is not a valid IPv4 address")))
}

fn invalid_target(message: String) -> Failure {
    Failure::new("InvalidTargetException", 400, message)
}

/// The zone of an address in the VPC is found out; one outside has to be private, and is said to be in all.
fn zone_of(
    context: &Context<'_>,
    group: &TargetGroup,
    address: Ipv4Addr,
    given: Option<String>,
) -> Result<Option<String>, Failure> {
    let region = context.here();
    let vpc = region.vpc(&group.vpc_id);
    if !vpc.is_some_and(|it| it.cidr.contains(&address)) {
        if !address.is_private() && !SHARED.contains(&address) {
            return Err(invalid_target(format!(
                "The IP address '{address}' is not from the VPC, and not a private address"
            )));
        }
        if given.as_deref() != Some(ALL_ZONES) {
            return Err(invalid_target(format!(
                "The Availability Zone of '{address}', which is outside of the VPC, must be '{ALL_ZONES}'"
            )));
        }
        return Ok(given);
    }
    let mut subnets = region.subnets.iter();
    let subnet = subnets
        .find(|it| it.vpc_id == group.vpc_id && it.cidr.contains(&address))
        .ok_or_else(|| {
            invalid_target(format!(
                "The IP address '{address}' is in no subnet of the VPC"
            ))
        })?;
    let own = region.zone(&subnet.zone_id).map(|it| it.name.clone());
    if given.is_some() && given != own && given.as_deref() != Some(ALL_ZONES) {
        return Err(invalid_target(format!(
            "The IP address '{address}' is not in that Availability Zone"
        )));
    }
    Ok(own)
}

pub(super) fn describe_health(context: &mut Context<'_>, input: &Members) -> Outcome {
    let arn = text(input, "TargetGroupArn").unwrap_or_default();
    let (region, now) = (context.here(), context.now);
    let group = region.target_group(arn);
    let group = group.ok_or_else(|| no_target_group(arn))?;
    let told = |target: &Target| {
        let health = context.world.health(region, group, target, now);
        let target_members = json!({
            "Id": target.address.to_string(),
            "Port": target.port,
            "AvailabilityZone": target.zone,
        });
        described(group, target.port, &target_members, words(health))
    };
    let named = named(input, group);
    let described = if named.is_empty() {
        group.targets_at(now).map(told).collect()
    } else {
        named
            .iter()
            .map(|wanted| {
                let mut there = group.targets_at(now);
                let own =
                    |it: &&Target| it.address.to_string() == wanted.id && it.port == wanted.port;
                there
                    .find(own)
                    .map_or_else(|| unregistered(group, wanted), told)
            })
            .collect::<Vec<_>>()
    };
    Ok(members(json!({ "TargetHealthDescriptions": described })))
}

fn unregistered(group: &TargetGroup, wanted: &Named) -> Value {
    let target = json!({ "Id": wanted.id, "Port": wanted.port });
    let words = (
        "unused",
        Some("Target.NotRegistered"),
        Some("Target is not registered to the target group"),
    );
    described(group, wanted.port, &target, words)
}

/// State, reason and description.
type Words = (&'static str, Option<&'static str>, Option<&'static str>);

fn described(
    group: &TargetGroup,
    port: u16,
    target: &Value,
    (state, reason, description): Words,
) -> Value {
    let check = group.health_check.port.as_str();
    json!({
        "Target": target,
        "HealthCheckPort": if check == TRAFFIC_PORT {
            port.to_string()
        } else {
            check.to_owned()
        },
        "TargetHealth": { "State": state, "Reason": reason, "Description": description },
    })
}

fn words(health: Health) -> Words {
    let (state, reason, description) = match health {
        Health::Healthy => return ("healthy", None, None),
        Health::Initial(Initial::Registration) => (
            "initial",
            "Elb.RegistrationInProgress",
            "Target registration is in progress",
        ),
        Health::Initial(Initial::HealthChecks) => (
            "initial",
            "Elb.InitialHealthChecking",
            "Initial health checks in progress",
        ),
        Health::Unhealthy => (
            "unhealthy",
            "Target.FailedHealthChecks",
            "Health checks failed",
        ),
        Health::Unused(Unused::Group) => (
            "unused",
            "Target.NotInUse",
            "Target group is not configured to receive traffic from the load balancer",
        ),
        Health::Unused(Unused::Zone) => (
            "unused",
            "Target.NotInUse",
            "Target is in an Availability Zone that is not enabled for the load balancer",
        ),
        Health::Draining => (
            "draining",
            "Target.DeregistrationInProgress",
            "Target deregistration is in progress",
        ),
    };
    (state, Some(reason), Some(description))
}
