//! Makes a new world from a scenario: a data file in `scenarios/`, which is a world without clock and
//! keys. A time may be written relative to the start: `now-15h`, `now-3d`.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value, json};

use super::clock::Clock;
use super::{Keys, VERSION, World, crowd, ids, kept};

/// The scenarios that can be named.
const SCENARIOS: [(&str, &str); 3] = [
    ("default", DEFAULT),
    ("empty", include_str!("../../scenarios/empty.json")),
    // Filled up by `crowd`.
    (CROWDED, DEFAULT),
];

const DEFAULT: &str = include_str!("../../scenarios/default.json");
const CROWDED: &str = "crowded";

/// A new world, or None when there is no such scenario.
pub(crate) fn new_world(name: &str, speed: f64) -> Option<Result<World, serde_json::Error>> {
    Some(build(name, text_of(name)?, speed))
}

/// Gives a kept world the parts that scenarios had not when it was made.
pub(crate) fn complete(world: &mut Value) {
    let Some(text) = world["scenario"].as_str().and_then(text_of) else {
        return;
    };
    // A world whose clock cannot be read is not read either.
    let now = world["clock"]["sandbox"].as_str().map(str::parse);
    if let (Ok(mut scenario), Some(world), Some(Ok(now))) =
        (serde_json::from_str(text), world.as_object_mut(), now)
    {
        resolve_times(&mut scenario, now);
        kept::complete(world, &scenario);
    }
}

fn text_of(name: &str) -> Option<&'static str> {
    let (_, text) = SCENARIOS.iter().find(|(known, _)| *known == name)?;
    Some(text)
}

fn build(name: &str, text: &str, speed: f64) -> Result<World, serde_json::Error> {
    let clock = Clock::starting_now(speed);
    let mut data: Map<String, Value> = serde_json::from_str(text)?;
    if name == CROWDED {
        crowd::fill(&mut data);
    }
    for value in data.values_mut() {
        resolve_times(value, clock.now());
    }
    let keys = Keys {
        access_key_id: format!("AKIA{}", ids::upper(16)),
        secret_access_key: ids::random(40),
        clickhouse_key_id: ids::upper(20),
        clickhouse_key_secret: format!("4b1d{}", ids::random(38)),
    };
    data.insert("version".to_owned(), json!(VERSION));
    data.insert("scenario".to_owned(), json!(name));
    data.insert("clock".to_owned(), serde_json::to_value(clock)?);
    data.insert("keys".to_owned(), serde_json::to_value(keys)?);
    serde_json::from_value(Value::Object(data))
}

fn resolve_times(value: &mut Value, now: Timestamp) {
    match value {
        Value::String(text) => {
            if let Some(time) = relative(text, now) {
                *text = time.to_string();
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| resolve_times(item, now)),
        Value::Object(members) => members
            .values_mut()
            .for_each(|item| resolve_times(item, now)),
        _ => {}
    }
}

fn relative(text: &str, now: Timestamp) -> Option<Timestamp> {
    let ago = text.strip_prefix("now-")?;
    let (count, unit) = ago.split_at_checked(ago.len().checked_sub(1)?)?;
    let count: i64 = count.parse().ok()?;
    let duration = match unit {
        "m" => SignedDuration::from_mins(count),
        "h" => SignedDuration::from_hours(count),
        "d" => SignedDuration::from_hours(count * 24),
        _ => return None,
    };
    now.checked_sub(duration).ok()
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        reason = "tests"
    )]

    use std::net::IpAddr;

    use super::*;
    use crate::world::lattice::{ConfigurationKind, IN_VPC};
    use crate::world::network::NetworkInterface;
    use crate::world::space;

    #[test]
    fn every_scenario_reads() {
        for (name, _) in SCENARIOS {
            let world = new_world(name, 1.0).unwrap();
            assert!(world.is_ok(), "{name}: {:?}", world.err());
        }
        assert!(new_world("nowhere", 1.0).is_none());
    }

    #[test]
    fn references_between_objects_hold() {
        for (name, _) in SCENARIOS {
            let world = new_world(name, 1.0).unwrap().unwrap();
            for (region_name, region) in &world.regions {
                for subnet in &region.subnets {
                    let vpc = region.vpc(&subnet.vpc_id).expect(&subnet.id);
                    assert!(vpc.cidr.contains(&subnet.cidr), "{}", subnet.id);
                    assert!(region.zone(&subnet.zone_id).is_some(), "{}", subnet.id);
                    let acls = region
                        .network_acls
                        .iter()
                        .filter(|acl| acl.subnet_ids.contains(&subnet.id));
                    assert_eq!(acls.count(), 1, "{} has one access list", subnet.id);
                }
                for interface in &region.network_interfaces {
                    let subnet = region.subnet(&interface.subnet_id).expect(&interface.id);
                    for address in &interface.addresses {
                        assert!(subnet.cidr.contains(address), "{} {address}", interface.id);
                    }
                    for prefix in &interface.prefixes {
                        assert!(subnet.cidr.contains(prefix), "{} {prefix}", interface.id);
                    }
                    for group in &interface.group_ids {
                        assert!(
                            region.security_group(group).is_some(),
                            "{} {group}",
                            interface.id
                        );
                    }
                }
                let mut addresses: Vec<_> = region
                    .network_interfaces
                    .iter()
                    .flat_map(|it| it.addresses.iter().map(|a| (it.subnet_id.clone(), *a)))
                    .collect();
                addresses.sort();
                let count = addresses.len();
                addresses.dedup();
                assert_eq!(
                    addresses.len(),
                    count,
                    "an address is used twice in {region_name}"
                );
                for cluster in &region.db_clusters {
                    assert!(
                        region.subnet_group(&cluster.subnet_group).is_some(),
                        "{}",
                        cluster.id
                    );
                }
                for instance in &region.db_instances {
                    let group = region
                        .subnet_group(&instance.subnet_group)
                        .expect(&instance.id);
                    assert!(
                        group
                            .subnet_ids
                            .iter()
                            .all(|id| region.subnet(id).is_some())
                    );
                    for id in &instance.security_group_ids {
                        assert!(region.security_group(id).is_some(), "{} {id}", instance.id);
                    }
                }
            }
        }
    }

    #[test]
    fn gateways_and_configurations_stand_on_what_is_there() {
        for (name, _) in SCENARIOS {
            let world = new_world(name, 1.0).unwrap().unwrap();
            for region in world.regions.values() {
                for gateway in &region.resource_gateways {
                    for id in &gateway.subnet_ids {
                        let subnet = region.subnet(id).expect(&gateway.id);
                        assert_eq!(subnet.vpc_id, gateway.vpc_id, "{}", gateway.id);
                        let mut interfaces = region.network_interfaces.iter();
                        let own = |it: &&NetworkInterface| {
                            it.gateway_id.as_ref() == Some(&gateway.id) && it.subnet_id == *id
                        };
                        assert!(interfaces.any(|it| own(&it)), "{} in {id}", gateway.id);
                    }
                    for id in &gateway.security_group_ids {
                        let group = region.security_group(id).expect(&gateway.id);
                        assert_eq!(group.vpc_id, gateway.vpc_id, "{}", gateway.id);
                    }
                }
                for configuration in &region.resource_configurations {
                    let gateway = region.gateway_of(configuration).expect(&configuration.id);
                    let by_arn = configuration.kind == ConfigurationKind::Arn;
                    assert!(
                        !(by_arn && gateway.dns_resolution == IN_VPC),
                        "{}",
                        configuration.id
                    );
                }
            }
        }
    }

    #[test]
    fn the_names_of_the_databases_resolve_to_where_they_are() {
        let world = new_world("default", 1.0).unwrap().unwrap();
        for region in world.regions.values() {
            let clusters = region.db_clusters.iter().map(|it| {
                let host = format!("{}.{}", it.id, it.host_suffix);
                (host, it.status.as_str(), &it.security_group_ids)
            });
            let instances = region.db_instances.iter().map(|it| {
                let host = format!("{}.{}", it.id, it.host_suffix);
                (host, it.status.as_str(), &it.security_group_ids)
            });
            for (host, status, groups) in clusters.chain(instances) {
                let found = world.dns.public(&host);
                assert_eq!(found.is_some(), status == "available", "{host}");
                for address in found.iter().flat_map(|it| &it.addresses) {
                    let IpAddr::V4(address) = address else {
                        panic!("{host} has {address}");
                    };
                    if !address.is_private() {
                        continue; // A public database, seen from outside.
                    }
                    let mut interfaces = region.network_interfaces.iter();
                    let holder = interfaces.find(|it| it.addresses.contains(address));
                    assert_eq!(&holder.expect(&host).group_ids, groups, "{host}");
                }
            }
        }
    }

    #[test]
    fn the_default_scenario_has_the_subnets_it_is_for() {
        let world = new_world("default", 1.0).unwrap().unwrap();
        let region = &world.regions["us-east-1"];
        let blocks = |name: &str| {
            let subnet = region
                .subnets
                .iter()
                .find(|it| it.name == name)
                .expect(name);
            (
                subnet.cidr.prefix_len(),
                space::free_blocks(region, subnet).len(),
            )
        };
        assert_eq!(blocks("prod-fragmented-1c"), (24, 0));
        assert_eq!(blocks("prod-small-1b").0, 26);
        assert_eq!(blocks("prod-tiny-1c"), (27, 0));
        for roomy in ["prod-data-1a", "prod-data-1b", "prod-data-1c"] {
            assert!(
                blocks(roomy).1 >= 3,
                "{roomy} has room for a gateway and two endpoints"
            );
        }
    }
}
