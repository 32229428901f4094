//! Requests of Elastic Load Balancing (which has no idempotency tokens) and of EC2's endpoint services.

use serde_json::{Map, Value, json};

use super::{CLIENT_TOKEN, RUN_ID, shown};
use crate::RUN_TAG;
use crate::step::{Input, TargetAddress};

pub(super) fn target_group(name: &str, port: u16, vpc_id: &str) -> Value {
    json!({
        "Name": name,
        "Protocol": "TCP",
        "Port": port,
        "VpcId": vpc_id,
        "TargetType": "ip",
        "HealthCheckProtocol": "TCP",
        "Tags": run_tag(),
    })
}

pub(super) fn load_balancer(
    name: &str,
    subnet_ids: &[String],
    security_group_ids: &[String],
) -> Value {
    let mut request = Map::new();
    request.insert("Name".to_owned(), json!(name));
    request.insert("Type".to_owned(), json!("network"));
    request.insert("Scheme".to_owned(), json!("internal"));
    request.insert("IpAddressType".to_owned(), json!("ipv4"));
    request.insert("Subnets".to_owned(), json!(subnet_ids));
    if !security_group_ids.is_empty() {
        request.insert("SecurityGroups".to_owned(), json!(security_group_ids));
    }
    request.insert("Tags".to_owned(), run_tag());
    Value::Object(request)
}

pub(super) fn cross_zone(load_balancer: &Input) -> Value {
    json!({
        "LoadBalancerArn": shown(load_balancer),
        "Attributes": [{ "Key": "load_balancing.cross_zone.enabled", "Value": "true" }],
    })
}

/// AWS wants the groups sent again with the setting.
pub(super) fn inbound_rules(load_balancer: &Input, security_group_ids: &[String]) -> Value {
    json!({
        "LoadBalancerArn": shown(load_balancer),
        "SecurityGroups": security_group_ids,
        "EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic": "off",
    })
}

pub(super) fn listener(load_balancer: &Input, port: u16, target_group: &Input) -> Value {
    json!({
        "LoadBalancerArn": shown(load_balancer),
        "Protocol": "TCP",
        "Port": port,
        "DefaultActions": [{ "Type": "forward", "TargetGroupArn": shown(target_group) }],
        "Tags": run_tag(),
    })
}

pub(super) fn targets(target_group: &Input, targets: &[TargetAddress]) -> Value {
    let targets: Vec<Value> = targets
        .iter()
        .map(|target| {
            let mut it = Map::new();
            it.insert("Id".to_owned(), json!(target.address));
            it.insert("Port".to_owned(), json!(target.port));
            if target.outside_vpc {
                it.insert("AvailabilityZone".to_owned(), json!("all"));
            }
            Value::Object(it)
        })
        .collect();
    json!({ "TargetGroupArn": shown(target_group), "Targets": targets })
}

pub(super) fn service(
    name: &str,
    load_balancers: &[Input],
    supported_regions: &[String],
    private_dns_name: Option<&str>,
) -> Value {
    let load_balancers: Vec<String> = load_balancers.iter().map(shown).collect();
    let mut request = Map::new();
    request.insert("AcceptanceRequired".to_owned(), json!(true));
    request.insert("NetworkLoadBalancerArns".to_owned(), json!(load_balancers));
    if !supported_regions.is_empty() {
        request.insert("SupportedRegions".to_owned(), json!(supported_regions));
    }
    if let Some(name) = private_dns_name {
        request.insert("PrivateDnsName".to_owned(), json!(name));
    }
    request.insert("ClientToken".to_owned(), json!(CLIENT_TOKEN));
    request.insert(
        "TagSpecifications".to_owned(),
        json!([{
            "ResourceType": "vpc-endpoint-service",
            "Tags": [
                { "Key": RUN_TAG, "Value": RUN_ID },
                { "Key": "Name", "Value": name },
            ],
        }]),
    );
    Value::Object(request)
}

pub(super) fn principal(service: &Input, principal: &str) -> Value {
    json!({
        "ServiceId": shown(service),
        "AddAllowedPrincipals": [format!("arn:aws:iam::{principal}:root")],
    })
}

pub(super) fn connections(service: &Input, owner: &str) -> Value {
    json!({
        "Filters": [
            { "Name": "service-id", "Values": [shown(service)] },
            { "Name": "vpc-endpoint-owner", "Values": [owner] },
        ],
    })
}

fn run_tag() -> Value {
    json!([{ "Key": RUN_TAG, "Value": RUN_ID }])
}
