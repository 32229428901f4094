//! What Elastic Load Balancing answers, as facts. What takes a call of its own is filled in by whoever makes it.

use aws_sdk_elasticloadbalancingv2::types::{
    Listener as WireListener, LoadBalancer as WireBalancer, LoadBalancerSchemeEnum,
    LoadBalancerStateEnum, ProtocolEnum, TargetGroup as WireGroup, TargetHealthDescription,
    TargetHealthStateEnum, TargetTypeEnum,
};
use pipelink_plan::facts::load_balancing::{
    Listener, LoadBalancer, LoadBalancerZone, TargetGroup, TargetHealth,
};
use pipelink_plan::problem::Problem;

use super::reading::Unread;
use super::{changes, listeners, load_balancers, target_groups, targets};
use crate::problems::missing;

pub(super) fn load_balancer(wire: WireBalancer) -> Result<LoadBalancer, Problem> {
    const CALL: &str = load_balancers::DESCRIBE;
    let enforces_inbound_rules = changes::enforced(&wire);
    let zones = wire.availability_zones.unwrap_or_default().into_iter();
    Ok(LoadBalancer {
        arn: wire
            .load_balancer_arn
            .ok_or_else(|| missing(CALL, "LoadBalancerArn"))?,
        name: wire
            .load_balancer_name
            .ok_or_else(|| missing(CALL, "LoadBalancerName"))?,
        scheme: word(wire.scheme.as_ref().map(LoadBalancerSchemeEnum::as_str)),
        state: word(
            wire.state
                .as_ref()
                .and_then(|state| state.code.as_ref())
                .map(LoadBalancerStateEnum::as_str),
        ),
        vpc_id: wire.vpc_id.ok_or_else(|| missing(CALL, "VpcId"))?,
        zones: zones
            .filter_map(|zone| {
                Some(LoadBalancerZone {
                    zone: zone.zone_name?,
                    subnet_id: zone.subnet_id?,
                })
            })
            .collect(),
        security_group_ids: wire.security_groups.unwrap_or_default(),
        enforces_inbound_rules,
        address_type: wire.ip_address_type.map(|it| it.as_str().to_owned()),
        cross_zone: Unread::NotChosen.observed(),
        listeners: Unread::NotChosen.observed(),
    })
}

pub(super) fn listener(wire: WireListener) -> Result<Listener, Problem> {
    const CALL: &str = listeners::DESCRIBE;
    let mut target_group_arns = Vec::new();
    for action in wire.default_actions.unwrap_or_default() {
        let forward = action.forward_config.and_then(|it| it.target_groups);
        let several = forward.unwrap_or_default().into_iter();
        // The same group stands in both places where it is the only one.
        let named = several.filter_map(|it| it.target_group_arn);
        for arn in action.target_group_arn.into_iter().chain(named) {
            if !target_group_arns.contains(&arn) {
                target_group_arns.push(arn);
            }
        }
    }
    Ok(Listener {
        arn: wire
            .listener_arn
            .ok_or_else(|| missing(CALL, "ListenerArn"))?,
        protocol: word(wire.protocol.as_ref().map(ProtocolEnum::as_str)),
        port: port(wire.port).ok_or_else(|| missing(CALL, "Port"))?,
        target_group_arns,
        idle_timeout: Unread::NotChosen.observed(),
    })
}

pub(super) fn target_group(wire: WireGroup) -> Result<TargetGroup, Problem> {
    const CALL: &str = target_groups::DESCRIBE;
    Ok(TargetGroup {
        arn: wire
            .target_group_arn
            .ok_or_else(|| missing(CALL, "TargetGroupArn"))?,
        name: wire
            .target_group_name
            .ok_or_else(|| missing(CALL, "TargetGroupName"))?,
        protocol: word(wire.protocol.as_ref().map(ProtocolEnum::as_str)),
        port: port(wire.port),
        target_type: word(wire.target_type.as_ref().map(TargetTypeEnum::as_str)),
        vpc_id: wire.vpc_id,
        load_balancer_arns: wire.load_balancer_arns.unwrap_or_default(),
        preserves_client_ip: Unread::NotChosen.observed(),
        targets: Unread::NotChosen.observed(),
    })
}

pub(super) fn target(wire: TargetHealthDescription) -> Result<TargetHealth, Problem> {
    let reason = targets::reason(&wire);
    let state = wire.target_health.and_then(|health| health.state);
    let target = wire
        .target
        .ok_or_else(|| missing(targets::HEALTH, "Target"))?;
    Ok(TargetHealth {
        id: target.id.ok_or_else(|| missing(targets::HEALTH, "Id"))?,
        port: port(target.port),
        state: word(state.as_ref().map(TargetHealthStateEnum::as_str)),
        reason,
    })
}

fn port(wire: Option<i32>) -> Option<u16> {
    u16::try_from(wire?).ok()
}

fn word(value: Option<&str>) -> String {
    value.unwrap_or("unknown").to_owned()
}
