//! What the source itself decides: its names, its engine, its settings.

use pipelink_plan::check::{CheckId, Verdict};
use pipelink_plan::facts::clickhouse::ReversePrivateEndpoint;
use pipelink_plan::facts::load_balancing::ServicePrivateDns;
use pipelink_plan::paths::endpoint_service::choices::SourceChoice;
use pipelink_plan::step::Engine;

use super::{Case, case};
use crate::endpoint_service::world::World;
use crate::endpoint_service::world::*;
use crate::facts::*;

const PROXY: &str = "orders.proxy-c9example.us-east-1.rds.amazonaws.com";

pub(super) fn cases() -> Vec<Case> {
    let mut cases = preview();
    cases.extend(names());
    cases.extend(advertised());
    cases.extend(proxies());
    cases.extend(skip_name_resolve());
    cases
}

/// Brokers that are told apart by their names only.
fn same_port() -> World {
    World::healthy().of_hosts(&["b-1.example.com:9092", "b-2.example.com:9092"], "")
}

/// Brokers that are told apart by their ports.
fn other_ports() -> World {
    World::healthy().of_hosts(
        &["b-1.example.com:9092", "b-2.example.com:9093"],
        "registry.example.com:8081",
    )
}

fn enabled(mut world: World) -> World {
    world.choices.custom_dns_enabled = true;
    world
}

fn preview() -> Vec<Case> {
    use Verdict::{Failure, Passed, Warning};
    let preview = CheckId::CustomDnsPreview;
    vec![
        case(
            preview,
            Failure,
            "equal ports, not enabled",
            same_port(),
            |_| {},
        ),
        case(
            preview,
            Passed,
            "equal ports, enabled",
            enabled(same_port()),
            |_| {},
        ),
        case(
            preview,
            Failure,
            "MSK brokers, not enabled",
            World::healthy().of_brokers(),
            |_| {},
        ),
        case(
            preview,
            Passed,
            "MSK brokers, enabled, by hand",
            enabled(World::healthy().of_brokers().by_hand()),
            |_| {},
        ),
        case(
            preview,
            Warning,
            "several names for an endpoint, by hand",
            enabled(World::healthy().of_brokers().by_hand()),
            |w| {
                let node = &mut all(&mut w.msk().nodes)[0];
                node.endpoints.push("b-1.other.example.com".to_owned());
            },
        ),
    ]
}

fn names() -> Vec<Case> {
    use Verdict::{Failure, NotKnown, Passed, Warning};
    let names = CheckId::SourceNames;
    let taken = |endpoint: ReversePrivateEndpoint| ReversePrivateEndpoint {
        custom_private_dns_names: vec!["*.example.com".to_owned()],
        ..endpoint
    };
    vec![
        case(names, Warning, "not enabled", other_ports(), |_| {}),
        case(
            names,
            Passed,
            "enabled, with a registry",
            enabled(other_ports()),
            |_| {},
        ),
        case(
            names,
            Passed,
            "MSK brokers",
            enabled(World::healthy().of_brokers()),
            |_| {},
        ),
        case(
            names,
            Failure,
            "a suffix that is refused",
            enabled(other_ports()),
            |w| {
                *w = enabled(
                    w.clone()
                        .of_hosts(&["b-1.kafka.internal:9092", "b-2.example.com:9093"], ""),
                );
            },
        ),
        case(
            names,
            Failure,
            "taken by another endpoint",
            enabled(other_ports()),
            |w| {
                w.add_endpoint(taken(endpoint_to(
                    "e-1",
                    "com.amazonaws.vpce.us-east-1.vpce-svc-0f9",
                )));
            },
        ),
        case(
            names,
            Warning,
            "a host that is an address",
            enabled(other_ports()),
            |w| {
                *w = enabled(
                    w.clone()
                        .of_hosts(&["b-1.example.com:9092", "10.20.1.60:9093"], ""),
                );
            },
        ),
        case(
            names,
            Warning,
            "hosts that are addresses",
            World::healthy().of_hosts(&["10.20.1.60:9092", "10.20.1.61:9092"], ""),
            |_| {},
        ),
        case(
            names,
            Warning,
            "a registry that is an address",
            enabled(other_ports()),
            |w| {
                *w = enabled(
                    w.clone()
                        .of_hosts(&["b-1.example.com:9092"], "10.20.1.61:8081"),
                );
            },
        ),
        case(
            names,
            Warning,
            "the service gives the broker's name, and the registry has none",
            World::healthy().of_hosts(&["kafka.example.com:9092"], "10.20.1.61:8081"),
            |w| "kafka.example.com".clone_into(&mut w.choices.private_dns_name),
        ),
        case(
            names,
            Passed,
            "enabled, with a registry behind one of several load balancers",
            enabled(World::healthy().of_hosts(
                &["b-1.example.com:9092", "b-2.example.com:9092"],
                "registry.example.com:8081",
            )),
            |_| {},
        ),
        case(
            names,
            NotKnown,
            "by hand",
            enabled(other_ports().by_hand()),
            |_| {},
        ),
        case(
            names,
            Passed,
            "the service gives the one name",
            World::healthy().of_hosts(&["kafka.example.com:9092"], "kafka.example.com:8081"),
            |w| "kafka.example.com".clone_into(&mut w.choices.private_dns_name),
        ),
        case(
            names,
            Warning,
            "the service gives one name of three",
            other_ports(),
            |w| "b-1.example.com".clone_into(&mut w.choices.private_dns_name),
        ),
        case(
            names,
            Passed,
            "a service that is there gives the name",
            World::healthy()
                .on_service()
                .of_hosts(&["kafka.example.com:5432"], ""),
            |w| w.endpoint_service().private_dns = Some(given("verified")),
        ),
        case(
            names,
            Warning,
            "a service that is there would give the name",
            World::healthy()
                .on_service()
                .of_hosts(&["kafka.example.com:5432"], ""),
            |w| w.endpoint_service().private_dns = Some(given("pendingVerification")),
        ),
    ]
}

fn given(state: &str) -> ServicePrivateDns {
    ServicePrivateDns {
        private_dns_name: "kafka.example.com".to_owned(),
        state: Some(state.to_owned()),
        txt_name: None,
        txt_value: None,
    }
}

fn advertised() -> Vec<Case> {
    let advertised = CheckId::AdvertisedListeners;
    vec![
        case(
            advertised,
            Verdict::Warning,
            "Kafka of one's own",
            enabled(other_ports()),
            |_| {},
        ),
        case(
            advertised,
            Verdict::Warning,
            "one broker by address",
            World::healthy().of_address("10.20.1.60", "9092", Engine::Kafka),
            |_| {},
        ),
    ]
}

fn proxies() -> Vec<Case> {
    use Verdict::{Failure, NotKnown, Passed, Warning};
    let proxy = CheckId::RdsProxy;
    let host = |name: &str, of: Engine| {
        let mut world = World::healthy().of_hosts(&[&format!("{name}:5432")], "");
        if let SourceChoice::Hosts { engine, .. } = &mut world.choices.source {
            *engine = of;
        }
        world
    };
    let by_address = |engine| World::healthy().of_address("10.20.1.70", "5432", engine);
    vec![
        case(
            proxy,
            Passed,
            "a host of one's own",
            host("db.example.com", Engine::Postgres),
            |_| {},
        ),
        case(
            proxy,
            Failure,
            "a proxy's name, Postgres",
            host(PROXY, Engine::Postgres),
            |_| {},
        ),
        case(
            proxy,
            Warning,
            "a proxy's name, MySQL",
            host(PROXY, Engine::Mysql),
            |_| {},
        ),
        case(
            proxy,
            NotKnown,
            "an address, Postgres",
            by_address(Engine::Postgres),
            |_| {},
        ),
        case(
            proxy,
            NotKnown,
            "an address, MySQL",
            by_address(Engine::Mysql),
            |_| {},
        ),
    ]
}

fn skip_name_resolve() -> Vec<Case> {
    use Verdict::{NotKnown, Passed, Warning};
    let skip = CheckId::SkipNameResolve;
    let mysql = || {
        let mut world = World::healthy();
        world.choices.source = SourceChoice::Database {
            arn: BILLING.to_owned(),
        };
        world
    };
    let value = |verdict, what, value: Option<&'static str>| {
        case(skip, verdict, what, mysql(), move |w| {
            w.skip_name_resolve = Some(known(value.map(str::to_owned)));
        })
    };
    vec![
        value(Passed, "1", Some("1")),
        value(Passed, "ON", Some("ON")),
        value(Warning, "0", Some("0")),
        value(Warning, "not set", None),
        case(skip, NotKnown, "parameters refused", mysql(), |w| {
            w.skip_name_resolve = Some(denied("rds:DescribeDBParameters"));
        }),
        case(skip, NotKnown, "parameters not read", mysql(), |_| {}),
        case(
            skip,
            NotKnown,
            "a server of one's own",
            World::healthy().of_address("10.20.1.60", "3306", Engine::Mysql),
            |_| {},
        ),
    ]
}
