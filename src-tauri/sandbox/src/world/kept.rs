//! Worlds kept by earlier versions: they get from the present scenario what scenarios had not when they were
//! made. None of it is anything that a client makes, so that nothing comes back that somebody took away.

use std::collections::BTreeSet;
use std::net::Ipv4Addr;

use ipnet::Ipv4Net;
use serde_json::{Map, Value};

/// Parts of a world that came later.
const PARTS: [&str; 2] = ["roles", "dns"];

/// Lists of a region that came later, all with the first of them.
const LISTS: [&str; 6] = [
    "msk_configurations",
    "hosts",
    "load_balancers",
    "listeners",
    "target_groups",
    "endpoint_services",
];

/// Completes a kept world with the scenario of the same name.
pub(super) fn complete(kept: &mut Map<String, Value>, scenario: &Value) {
    for part in PARTS {
        if let (false, Some(value)) = (kept.contains_key(part), scenario.get(part)) {
            kept.insert(part.to_owned(), value.clone());
        }
    }
    let mut came_later = false;
    if let Some(regions) = kept.get_mut("regions").and_then(Value::as_object_mut) {
        for (name, region) in regions {
            if let (Some(region), Some(present)) = (
                region.as_object_mut(),
                scenario["regions"][name].as_object(),
            ) && !region.contains_key(LISTS[0])
            {
                came_later = true;
                complete_region(region, present);
            }
        }
    }
    if came_later {
        complete_names(&mut kept["dns"], &scenario["dns"]);
    }
}

/// What stands in a region for the paths that came later, and what that stands on.
fn complete_region(kept: &mut Map<String, Value>, present: &Map<String, Value>) {
    // Nothing of a cluster could be changed before.
    for list in LISTS.into_iter().chain(["msk_clusters"]) {
        if let Some(value) = present.get(list) {
            kept.insert(list.to_owned(), value.clone());
        }
    }
    append_missing(kept, present, "security_groups", "id", |_| true);
    let taken = Taken::of(kept);
    append_missing(kept, present, "network_interfaces", "id", |it| {
        // Those of gateways and endpoints come and go with them.
        it.get("gateway_id").is_none() && it.get("endpoint_id").is_none() && taken.leaves(it)
    });
}

/// Records that have no namesake.
fn complete_names(kept: &mut Value, present: &Value) {
    let (Some(kept), Some(present)) = (kept.as_object_mut(), present.as_object()) else {
        return;
    };
    append_missing(kept, present, "public", "name", |_| true);
    for zone in present
        .get("private")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
    {
        let zones = kept.get_mut("private").and_then(Value::as_array_mut);
        let own = zones
            .into_iter()
            .flatten()
            .find(|it| it["vpc_id"] == zone["vpc_id"]);
        if let (Some(Value::Object(own)), Value::Object(zone)) = (own, zone) {
            append_missing(own, zone, "names", "name", |_| true);
        }
    }
}

/// Appends to a list what is not in it, by a member.
fn append_missing(
    kept: &mut Map<String, Value>,
    present: &Map<String, Value>,
    list: &str,
    key: &str,
    wanted: impl Fn(&Value) -> bool,
) {
    let (Some(kept), Some(present)) = (
        kept.get_mut(list).and_then(Value::as_array_mut),
        present.get(list).and_then(Value::as_array),
    ) else {
        return;
    };
    let missing = |it: &&Value| kept.iter().all(|own| own[key] != it[key]) && wanted(it);
    let more: Vec<Value> = present.iter().filter(missing).cloned().collect();
    kept.extend(more);
}

/// The addresses that are taken in a region.
struct Taken {
    addresses: BTreeSet<Ipv4Addr>,
    prefixes: Vec<Ipv4Net>,
}

impl Taken {
    fn of(region: &Map<String, Value>) -> Self {
        let interfaces = region.get("network_interfaces").and_then(Value::as_array);
        let all = || interfaces.into_iter().flatten();
        Self {
            addresses: all().flat_map(|it| parsed(it, "addresses")).collect(),
            prefixes: all().flat_map(|it| parsed(it, "prefixes")).collect(),
        }
    }

    fn leaves(&self, interface: &Value) -> bool {
        let wanted: Vec<Ipv4Addr> = parsed(interface, "addresses");
        wanted.iter().all(|address| {
            !self.addresses.contains(address)
                && !self.prefixes.iter().any(|prefix| prefix.contains(address))
        })
    }
}

fn parsed<T: std::str::FromStr>(interface: &Value, list: &str) -> Vec<T> {
    let texts = interface[list].as_array().into_iter().flatten();
    texts.filter_map(|it| it.as_str()?.parse().ok()).collect()
}
