//! An endpoint that reaches the source already, or may.

use pipelink_plan::check::{CheckId, Verdict};
use pipelink_plan::facts::clickhouse::ReversePrivateEndpoint;
use pipelink_plan::observed::Observed;
use pipelink_plan::problem::Problem;
use pipelink_plan::step::DnsResolution;

use super::{Case, case};
use crate::facts::*;

pub(super) fn cases() -> Vec<Case> {
    let mut cases = told();
    cases.extend(untold());
    cases
}

fn told() -> Vec<Case> {
    use Verdict::{NotKnown, Passed, Warning};
    let existing = CheckId::ExistingEndpoint;
    vec![
        case(existing, Warning, "endpoint to the same cluster", |w| {
            all(&mut w.region.configurations).push(configuration("rcfg-1", "a", ORDERS));
            w.add_endpoint(endpoint("e-1", "rcfg-1"));
        }),
        case(existing, Warning, "endpoint to a member", |w| {
            let member = w.instance("orders-postgres-2").arn.clone();
            all(&mut w.region.configurations).push(configuration("rcfg-1", "a", &member));
            w.add_endpoint(endpoint("e-1", "rcfg-1"));
        }),
        case(existing, Passed, "endpoints to other things only", |w| {
            all(&mut w.region.configurations).push(configuration("rcfg-1", "a", BILLING));
            w.add_endpoint(endpoint("e-1", "rcfg-1"));
            w.add_endpoint(ReversePrivateEndpoint {
                kind: pipelink_plan::endpoint::EndpointKind::VpcEndpointService,
                resource_configuration_id: None,
                ..endpoint("e-2", "")
            });
        }),
        case(existing, NotKnown, "configurations refused", |w| {
            w.region.configurations = denied("vpc-lattice:ListResourceConfigurations");
            w.add_endpoint(endpoint("e-1", "rcfg-1"));
        }),
        case(
            existing,
            NotKnown,
            "endpoints not read while the service is idle",
            |w| {
                w.clickhouse.as_mut().unwrap().endpoints = Observed::Unknown {
                    problem: Problem::ServiceIdle {
                        service_id: SERVICE.to_owned(),
                        message: "FAILED_DEPENDENCY".to_owned(),
                    },
                };
            },
        ),
        case(existing, NotKnown, "without a key", |w| {
            *w = w.clone().by_hand();
        }),
        case(existing, Warning, "endpoint to the same name", |w| {
            *w = w.clone().on_gateway().of_name(DnsResolution::Public, &[]);
            all(&mut w.region.configurations).push(to_name(
                "rcfg-1",
                "DB.Example.com.",
                (5000, 5999),
            ));
            w.add_endpoint(endpoint("e-1", "rcfg-1"));
        }),
        case(
            existing,
            Passed,
            "endpoint to other ports of the name",
            |w| {
                *w = w.clone().on_gateway().of_name(DnsResolution::Public, &[]);
                all(&mut w.region.configurations).push(to_name(
                    "rcfg-1",
                    "db.example.com",
                    (9092, 9092),
                ));
                w.add_endpoint(endpoint("e-1", "rcfg-1"));
            },
        ),
        case(
            existing,
            Passed,
            "endpoint to the name, from another VPC",
            |w| {
                *w = w.clone().on_gateway().of_name(DnsResolution::Public, &[]);
                OTHER_VPC.clone_into(&mut w.gateway().vpc_id);
                all(&mut w.region.configurations).push(to_name(
                    "rcfg-1",
                    "db.example.com",
                    (5432, 5432),
                ));
                w.add_endpoint(endpoint("e-1", "rcfg-1"));
            },
        ),
        case(
            existing,
            Warning,
            "endpoint to the same database, gateways refused",
            |w| {
                all(&mut w.region.configurations).push(configuration("rcfg-1", "a", ORDERS));
                w.add_endpoint(endpoint("e-1", "rcfg-1"));
                w.region.gateways = denied("vpc-lattice:ListResourceGateways");
            },
        ),
        case(
            existing,
            Warning,
            "endpoint to the same database, another could not be read",
            |w| {
                all(&mut w.region.configurations).push(configuration("rcfg-1", "a", ORDERS));
                w.add_endpoint(endpoint("e-1", "rcfg-1"));
                w.clickhouse.as_mut().unwrap().odd_endpoints = 1;
            },
        ),
    ]
}

/// An endpoint of which it cannot be told whether it reaches the source.
fn untold() -> Vec<Case> {
    let case = |what, spoil: fn(&mut World)| {
        case(
            CheckId::ExistingEndpoint,
            Verdict::NotKnown,
            what,
            |w: &mut World| {
                all(&mut w.region.configurations).push(configuration("rcfg-1", "a", BILLING));
                w.add_endpoint(endpoint("e-1", "rcfg-1"));
                spoil(w);
            },
        )
    };
    vec![
        case("endpoints on configurations that are not there", |w| {
            for number in 2..10 {
                w.add_endpoint(endpoint(&format!("e-{number}"), "rcfg-far"));
            }
        }),
        case("endpoint on a group of configurations", |w| {
            all(&mut w.region.configurations)[0].definition = None;
        }),
        case("endpoint of which ClickHouse names no configuration", |w| {
            w.add_endpoint(ReversePrivateEndpoint {
                resource_configuration_id: None,
                ..endpoint("e-2", "")
            });
        }),
        case("endpoint to the name, gateways refused", |w| {
            to_the_name(w);
            w.region.gateways = denied("vpc-lattice:ListResourceGateways");
        }),
        case(
            "endpoint to the name, its gateway is not there",
            to_the_name,
        ),
        case("an endpoint could not be read", |w| {
            w.clickhouse.as_mut().unwrap().odd_endpoints = 1;
        }),
        case("endpoints could not be read", |w| {
            w.clickhouse.as_mut().unwrap().odd_endpoints = 3;
        }),
    ]
}

/// An endpoint to the very name, on the standing gateway.
fn to_the_name(w: &mut World) {
    *w = w.clone().of_name(DnsResolution::Public, &[]);
    let there = to_name("rcfg-2", "db.example.com", (5432, 5432));
    all(&mut w.region.configurations).push(there);
    w.add_endpoint(endpoint("e-2", "rcfg-2"));
}
