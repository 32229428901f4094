//! What the scenario `crowded` has beyond the default one: an organization that has been at it for years, with
//! thousands of reverse private endpoints, and names as long as their services take them; and, in `account`, an AWS
//! account with many clusters and load balancers.

mod account;
#[cfg(test)]
mod account_tests;

use serde_json::{Map, Value, json};
use uuid::Uuid;

/// How many reverse private endpoints the organization has, those of the default scenario included.
const ENDPOINTS: usize = 5_000;
/// The longest description that ClickHouse takes.
const LONGEST_DESCRIPTION: usize = 255;

const SUBJECTS: [&str; 8] = [
    "orders",
    "billing",
    "inventory",
    "crm",
    "payments",
    "shipping",
    "clickstream",
    "ledger",
];

/// Fills the data of the default scenario up. What it adds is the same each time.
pub(super) fn fill(data: &mut Map<String, Value>) {
    if let Some(services) = data
        .get_mut("organization")
        .and_then(|organization| organization["services"].as_array_mut())
    {
        fill_services(services);
    }
    let owner = data
        .get("account")
        .and_then(|account| account["id"].as_str())
        .map(str::to_owned);
    let region = data
        .get_mut("regions")
        .and_then(|regions| regions.get_mut("us-east-1"));
    if let (Some(owner), Some(region)) = (owner, region) {
        if let Some(instances) = region["db_instances"].as_array_mut() {
            add_long_database(instances);
        }
        account::fill(region, &owner);
    }
}

/// All new endpoints belong to the first service, and a service with a long name has none.
fn fill_services(services: &mut Vec<Value>) {
    let there: usize = services
        .iter()
        .filter_map(|service| service["endpoints"].as_array())
        .map(Vec::len)
        .sum();
    if let Some(first) = services.first_mut() {
        let endpoints = (there..ENDPOINTS).map(endpoint);
        match first["endpoints"].as_array_mut() {
            Some(own) => own.extend(endpoints),
            None => first["endpoints"] = endpoints.collect(),
        }
    }
    services.push(json!({
        "id": id(0xA000, 0),
        "name": "analytics-of-orders-payments-and-shipping-europe-production",
        "provider": "aws",
        "region": "us-east-1",
        "state": "running",
        "created_at": "2026-05-04T08:00:00Z",
    }));
}

/// The status of an endpoint and since when: most are Ready; every fiftieth has failed at some time of the last
/// days, and some wait for acceptance.
fn status(number: usize) -> (&'static str, String) {
    if number.is_multiple_of(50) {
        ("Failed", format!("now-{}h", 1 + number / 50 % 160))
    } else if number.is_multiple_of(333) {
        ("PendingAcceptance", format!("now-{}h", 1 + number / 333))
    } else {
        ("Ready", format!("now-{}d", 1 + number % 400))
    }
}

/// The ID that an endpoint has in AWS.
fn vpc_endpoint(number: usize) -> String {
    format!("vpce-{number:017x}")
}

/// The ID of the endpoint service that an endpoint leads to.
fn vpc_endpoint_service(number: usize) -> String {
    format!("vpce-svc-{number:017x}")
}

fn endpoint(number: usize) -> Value {
    let (status, entered) = status(number);
    let vpce = vpc_endpoint(number);
    let service = vpc_endpoint_service(number);
    let names = if status == "Ready" {
        vec![format!(
            "{vpce}-{number:08x}.{service}.us-east-1.vpce.amazonaws.com"
        )]
    } else {
        Vec::new()
    };
    json!({
        "id": id(0xE000, number),
        "description": description(number),
        "kind": {
            "VPC_ENDPOINT_SERVICE": {
                "service_name": format!("com.amazonaws.vpce.us-east-1.{service}"),
            }
        },
        "status": status,
        "created_at": entered,
        "entered_at": entered,
        "endpoint_id": vpce,
        "dns_names": names,
    })
}

/// Some are as long as they may be: one of them with blanks to break at, the next one without.
fn description(number: usize) -> String {
    let subject = SUBJECTS[number % SUBJECTS.len()];
    let name = format!("{subject}-{number:04}");
    let filled = |part: &str| {
        let mut text = name.clone();
        while text.len() + part.len() <= LONGEST_DESCRIPTION {
            text.push_str(part);
        }
        text
    };
    match number % 1000 {
        500 => filled(" of the warehouse in Frankfurt"),
        550 => filled("-warehouse-frankfurt"),
        _ => name,
    }
}

/// Another one beside inventory-postgres, with the longest name.
fn add_long_database(instances: &mut Vec<Value>) {
    let model = instances
        .iter()
        .find(|instance| instance["id"] == "inventory-postgres");
    let Some(mut long) = model.cloned() else {
        return;
    };
    long["id"] = json!("inventory-of-all-warehouses-and-shops-in-europe-production-main");
    long["resource_id"] = json!("db-C120DED0000000001");
    instances.push(long);
}

/// The same ID for the same number each time, in the shape of version 4.
fn id(kind: u16, number: usize) -> Uuid {
    let mut bytes = [0; 16];
    bytes[..2].copy_from_slice(&kind.to_be_bytes());
    bytes[8..].copy_from_slice(&(number as u64).to_be_bytes());
    uuid::Builder::from_random_bytes(bytes).into_uuid()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crate::world::scenario::new_world;

    /// The longest name that RDS takes for a database.
    const LONGEST_DATABASE: usize = 63;

    #[test]
    fn the_crowd_is_as_large_and_its_names_as_long_as_said() {
        let world = new_world("crowded", 1.0).unwrap().unwrap();
        let services = &world.organization.services;
        let endpoints: Vec<_> = services.iter().flat_map(|it| &it.endpoints).collect();
        assert_eq!(endpoints.len(), ENDPOINTS);
        let mut ids: Vec<_> = endpoints.iter().map(|it| it.id).collect();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), ENDPOINTS, "an ID is given twice");
        let longest = endpoints.iter().map(|it| it.description.len()).max();
        assert!(longest.is_some_and(|it| (230..=LONGEST_DESCRIPTION).contains(&it)));
        let databases = &world.regions["us-east-1"].db_instances;
        assert!(databases.iter().any(|it| it.id.len() == LONGEST_DATABASE));
    }
}
