//! What AWS asks of an endpoint service: of its load balancers, of the regions beside its own, of its
//! private DNS name and of its tags.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::endpoint_services::invalid;
use crate::aws::Context;
use crate::wire::Members;
use crate::wire::failure::Failure;
use crate::world::World;
use crate::world::load_balancing::{LoadBalancer, LoadBalancerKind, LoadBalancerState};

/// Zones out of which no service is offered to other regions (AWS, "Share your services through AWS
/// `PrivateLink`", cross-Region access).
const NOT_ACROSS_REGIONS: [&str; 5] = [
    "use1-az3",
    "usw1-az2",
    "apne1-az3",
    "apne2-az2",
    "apne2-az4",
];

/// The attribute of a listener that AWS does not carry to other regions once it is set.
const IDLE_TIMEOUT: &str = "tcp.idle_timeout.seconds";

/// How long a connection may be idle where nobody said otherwise, in seconds.
const DEFAULT_IDLE_TIMEOUT: &str = "350";

/// The type that tags of a service are given for.
const TAGGED: &str = "vpc-endpoint-service";

/// The refusal of somebody who may not offer a service to other regions; no right to all of EC2 includes
/// that one.
pub(in crate::aws) fn unauthorized(
    world: &World,
    operation: &str,
    input: &Members,
) -> Option<Failure> {
    let members: &[&str] = match operation {
        "CreateVpcEndpointServiceConfiguration" => &["SupportedRegions"],
        "ModifyVpcEndpointServiceConfiguration" => {
            &["AddSupportedRegions", "RemoveSupportedRegions"]
        }
        _ => return None,
    };
    let given = |name: &&str| {
        let regions = input.get(*name).and_then(Value::as_array);
        regions.is_some_and(|it| !it.is_empty())
    };
    let asks = members.iter().any(given);
    (asks && !world.allow_multi_region).then(|| {
        Failure::new(
            "UnauthorizedOperation",
            403,
            "You are not authorized to perform this operation. The action vpce:AllowMultiRegion is not \
             allowed.",
        )
    })
}

/// A load balancer that a service can stand on; `service` is the one that it may already be of.
pub(super) fn usable_load_balancer<'a>(
    context: &'a Context<'_>,
    arn: &str,
    service: Option<&str>,
) -> Result<&'a LoadBalancer, Failure> {
    let region = context.here();
    let balancer = region
        .load_balancer(arn)
        .ok_or_else(|| invalid(format!("The load balancer {arn} does not exist.")))?;
    if balancer.kind != LoadBalancerKind::Network {
        return Err(invalid(format!("{arn} is not a Network Load Balancer.")));
    }
    if balancer.scheme != "internal" {
        return Err(invalid(format!("The load balancer {arn} is not internal.")));
    }
    if balancer.state != LoadBalancerState::Active {
        return Err(invalid(format!("The load balancer {arn} is not active.")));
    }
    let mut others = region.services_of(arn);
    if let Some(other) = others.find(|it| Some(it.id.as_str()) != service) {
        return Err(invalid(format!(
            "The load balancer {arn} is already associated with {}.",
            other.id
        )));
    }
    Ok(balancer)
}

/// The regions beside its own that a service on these load balancers can be offered to, each once.
pub(super) fn check_regions(
    context: &Context<'_>,
    arns: &[String],
    mut wanted: Vec<String>,
) -> Result<Vec<String>, Failure> {
    wanted.retain(|it| it != context.region);
    wanted.sort();
    wanted.dedup();
    if wanted.is_empty() {
        return Ok(wanted);
    }
    for region in &wanted {
        if !context.world.regions.contains_key(region) {
            let message =
                format!("The region {region} is not one, or not enabled for the account.");
            return Err(invalid(message));
        }
    }
    let region = context.here();
    let mut zones = BTreeSet::new();
    for arn in arns {
        let balancer = region.load_balancer(arn);
        let subnets = balancer.into_iter().flat_map(|it| &it.subnet_ids);
        zones.extend(subnets.filter_map(|id| Some(region.subnet(id)?.zone_id.as_str())));
        let custom = |set: &BTreeMap<String, String>| {
            set.get(IDLE_TIMEOUT)
                .is_some_and(|it| it != DEFAULT_IDLE_TIMEOUT)
        };
        if region.listeners_of(arn).any(|it| custom(&it.attributes)) {
            return Err(invalid(format!(
                "The load balancer {arn} has a custom TCP idle timeout, which cross-Region access does not \
                 support."
            )));
        }
    }
    if let Some(zone) = zones.iter().find(|it| NOT_ACROSS_REGIONS.contains(it)) {
        let message = format!("Cross-Region access is not supported in {zone}.");
        return Err(invalid(message));
    }
    if zones.len() < 2 {
        let message =
            "Cross-Region access needs load balancers in at least two Availability Zones.";
        return Err(invalid(message));
    }
    Ok(wanted)
}

/// A private DNS name that can be one: a domain in lower case, whose first label may be a wildcard.
pub(super) fn check_name(name: &str) -> Result<&str, Failure> {
    let domain = name.strip_prefix("*.").unwrap_or(name);
    let label = |it: &str| {
        let mut letters = it.chars();
        (1..=63).contains(&it.len())
            && !it.starts_with('-')
            && !it.ends_with('-')
            && letters.all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '-')
    };
    if name.len() <= 253 && domain.contains('.') && domain.split('.').all(label) {
        return Ok(name);
    }
    Err(invalid(format!(
        "'{name}' is not a valid private DNS name."
    )))
}

/// The tags of a create call.
pub(super) fn new_tags(input: &Members) -> Result<BTreeMap<String, String>, Failure> {
    let mut tags = BTreeMap::new();
    let specifications = input.get("TagSpecifications").and_then(Value::as_array);
    for specification in specifications.into_iter().flatten() {
        if specification["ResourceType"] != TAGGED {
            let message = format!("Tags can be given for the resource type {TAGGED} only.");
            return Err(Failure::new("InvalidParameterValue", 400, message));
        }
        for tag in specification["Tags"].as_array().into_iter().flatten() {
            let key = tag["Key"].as_str().unwrap_or_default();
            if key.is_empty() || key.to_ascii_lowercase().starts_with("aws:") {
                let message = "Tag keys cannot be empty or begin with aws:.";
                return Err(Failure::new("InvalidParameterValue", 400, message));
            }
            let value = tag["Value"].as_str().unwrap_or_default();
            tags.insert(key.to_owned(), value.to_owned());
        }
    }
    Ok(tags)
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        reason = "tests"
    )]

    use super::*;
    use crate::world::scenario::new_world;

    #[test]
    fn five_zones_offer_nothing_to_other_regions() {
        let mut world = new_world("default", 1.0).unwrap().unwrap();
        let asked = |world: &mut World| {
            let balancers = &world.regions["us-east-1"].load_balancers;
            let found = balancers.iter().find(|it| it.name == "billing-mysql");
            let arns = [found.unwrap().arn.clone()];
            let now = world.now();
            let context = Context {
                world,
                region: "us-east-1",
                access_key_id: "",
                now,
            };
            check_regions(&context, &arns, vec!["us-east-2".to_owned()]).is_ok()
        };
        assert!(asked(&mut world));
        for zone in [
            "use1-az3",
            "usw1-az2",
            "apne1-az3",
            "apne2-az2",
            "apne2-az4",
        ] {
            let mut other = world.clone();
            let region = other.regions.get_mut("us-east-1").unwrap();
            // The second of the two zones that the load balancer is in.
            for it in region.zones.iter_mut().filter(|it| it.id == "use1-az6") {
                zone.clone_into(&mut it.id);
            }
            for it in region
                .subnets
                .iter_mut()
                .filter(|it| it.zone_id == "use1-az6")
            {
                zone.clone_into(&mut it.zone_id);
            }
            assert!(!asked(&mut other), "{zone}");
        }
    }

    #[test]
    fn private_names_are_domains_in_lower_case() {
        for good in ["kafka.example.com", "*.kafka.example.com", "a-1.b"] {
            assert!(check_name(good).is_ok(), "{good}");
        }
        let long = format!("{}.example.com", "a".repeat(64));
        for bad in [
            "",
            "example",
            "*.example",
            "Kafka.example.com",
            "kafka..com",
            "-a.example.com",
            "a-.example.com",
            "a_b.example.com",
            "b.*.example.com",
            "example.com.",
            &long,
        ] {
            assert!(check_name(bad).is_err(), "{bad}");
        }
    }
}
