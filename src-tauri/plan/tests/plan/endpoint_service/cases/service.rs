//! Endpoint services that are there, private DNS names, and the ClickHouse side.

use pipelink_plan::check::{CheckId, Verdict};
use pipelink_plan::facts::load_balancing::ServicePrivateDns;
use pipelink_plan::observed::Observed;
use pipelink_plan::paths::endpoint_service::choices::SourceChoice;
use pipelink_plan::problem::Problem;

use super::{Case, case};
use crate::endpoint_service::world::World;
use crate::endpoint_service::world::*;
use crate::facts::*;

pub(super) fn cases() -> Vec<Case> {
    let mut cases = states();
    cases.extend(private_dns());
    cases.extend(clickhouse());
    cases
}

fn there() -> World {
    World::healthy().on_service()
}

fn states() -> Vec<Case> {
    use Verdict::{Failure, NotKnown, Passed, Warning};
    let state = CheckId::ServiceState;
    let with_state = |verdict, what, word: &'static str| {
        case(state, verdict, what, there(), move |w| {
            word.clone_into(&mut w.endpoint_service().state);
        })
    };
    vec![
        case(state, Passed, "Available", there(), |_| {}),
        with_state(Passed, "Available in other letters", "available"),
        with_state(Warning, "Pending", "Pending"),
        with_state(Failure, "Failed", "Failed"),
        with_state(Failure, "being deleted", "Deleting"),
        with_state(NotKnown, "a new word", "Resting"),
        case(state, Passed, "ClickPipes not allowed yet", there(), |w| {
            w.endpoint_service().principals = known(Vec::new());
        }),
        case(state, Warning, "open to everybody", there(), |w| {
            all(&mut w.endpoint_service().principals).push("*".to_owned());
        }),
        case(state, Warning, "accepts by itself", there(), |w| {
            w.endpoint_service().acceptance_required = false;
        }),
        case(state, NotKnown, "principals refused", there(), |w| {
            w.endpoint_service().principals = denied("ec2:DescribeVpcEndpointServicePermissions");
        }),
        case(state, NotKnown, "services refused", there(), |w| {
            w.load_balancing.endpoint_services =
                denied("ec2:DescribeVpcEndpointServiceConfigurations");
        }),
        case(state, Failure, "service gone", there(), |w| {
            all(&mut w.load_balancing.endpoint_services).clear();
        }),
    ]
}

fn private_dns() -> Vec<Case> {
    use Verdict::{Failure, NotKnown, Passed, Warning};
    let name = CheckId::PrivateDnsName;
    let typed = |verdict, what, text: &'static str| {
        case(name, verdict, what, World::healthy(), move |w| {
            text.clone_into(&mut w.choices.private_dns_name);
        })
    };
    let standing = |verdict, what, state: Option<&'static str>| {
        case(name, verdict, what, there(), move |w| {
            w.endpoint_service().private_dns = Some(ServicePrivateDns {
                private_dns_name: "orders.example.com".to_owned(),
                state: state.map(str::to_owned),
                txt_name: Some("_6e86v84tqgqubxbwii1m".to_owned()),
                txt_value: Some("vpce:l6p0ERxlTt45jevFwOCp".to_owned()),
            });
        })
    };
    vec![
        typed(Warning, "a name to be proven", "orders.example.com"),
        typed(Failure, "upper case", "Orders.example.com"),
        typed(Failure, "a wildcard", "*.example.com"),
        typed(Failure, "no public domain", "orders.corp"),
        case(
            name,
            Failure,
            "three services for one name",
            World::healthy().of_brokers(),
            |w| "orders.example.com".clone_into(&mut w.choices.private_dns_name),
        ),
        standing(Passed, "verified", Some("verified")),
        standing(Warning, "not verified yet", Some("pendingVerification")),
        standing(Warning, "verification failed", Some("failed")),
        standing(NotKnown, "AWS does not say", None),
    ]
}

fn clickhouse() -> Vec<Case> {
    use Verdict::{Failure, NotKnown, Passed, Warning};
    let awake = CheckId::ServiceAwake;
    let existing = CheckId::ExistingEndpoint;
    let with_state = |verdict, what, word: &'static str| {
        case(awake, verdict, what, World::healthy(), move |w| {
            word.clone_into(&mut w.service().state);
        })
    };
    vec![
        with_state(Passed, "running", "running"),
        with_state(Warning, "idle", "idle"),
        with_state(Failure, "stopped", "stopped"),
        with_state(NotKnown, "a new word", "hibernating"),
        case(existing, Passed, "no endpoint", there(), |_| {}),
        case(
            existing,
            Warning,
            "endpoint to a service that leads there",
            there(),
            |w| {
                w.add_endpoint(endpoint_to("e-1", SERVICE_NAME));
            },
        ),
        case(
            existing,
            Warning,
            "endpoint to one of three brokers",
            World::healthy().on_service().of_brokers(),
            |w| {
                w.listener().port = 9098;
                w.target().id = "10.20.2.91".to_owned();
                w.target().port = Some(9098);
                w.choices.extent = World::healthy().choices.extent;
                w.add_endpoint(endpoint_to("e-1", SERVICE_NAME));
            },
        ),
        case(
            existing,
            Passed,
            "endpoints to services that lead elsewhere",
            there(),
            |w| {
                w.choices.source = SourceChoice::Database {
                    arn: BILLING.to_owned(),
                };
                w.add_endpoint(endpoint_to("e-1", SERVICE_NAME));
                w.add_endpoint(endpoint_to("e-2", SERVICE_NAME));
            },
        ),
        case(
            existing,
            NotKnown,
            "endpoint to a service of nobody here",
            there(),
            |w| {
                w.add_endpoint(endpoint_to(
                    "e-1",
                    "com.amazonaws.vpce.us-east-1.vpce-svc-0f9",
                ));
            },
        ),
        case(existing, NotKnown, "services refused", there(), |w| {
            w.add_endpoint(endpoint_to("e-1", SERVICE_NAME));
            w.load_balancing.endpoint_services =
                denied("ec2:DescribeVpcEndpointServiceConfigurations");
        }),
        case(existing, NotKnown, "target groups refused", there(), |w| {
            w.add_endpoint(endpoint_to("e-1", SERVICE_NAME));
            w.load_balancing.target_groups = denied("elasticloadbalancing:DescribeTargetGroups");
        }),
        case(
            existing,
            NotKnown,
            "an endpoint could not be read",
            there(),
            |w| {
                w.clickhouse.as_mut().unwrap().odd_endpoints = 2;
            },
        ),
        case(
            existing,
            NotKnown,
            "endpoints not read while the service is idle",
            there(),
            |w| {
                w.clickhouse.as_mut().unwrap().endpoints = Observed::Unknown {
                    problem: Problem::ServiceIdle {
                        service_id: SERVICE.to_owned(),
                        message: "FAILED_DEPENDENCY".to_owned(),
                    },
                };
            },
        ),
        case(
            existing,
            NotKnown,
            "without a key",
            there().by_hand(),
            |_| {},
        ),
        case(existing, NotKnown, "no ClickHouse facts", there(), |w| {
            w.clickhouse = None;
        }),
    ]
}
