//! Targets: health, address, client addresses.

use pipelink_plan::check::{CheckId, Verdict};
use pipelink_plan::step::Engine;

use super::{Case, case};
use crate::endpoint_service::world::World;
use crate::endpoint_service::world::*;
use crate::facts::*;

pub(super) fn cases() -> Vec<Case> {
    let mut cases = health();
    cases.extend(new_address());
    cases.extend(standing_address());
    cases.extend(client_ip());
    cases
}

fn there() -> World {
    World::healthy().on_load_balancer()
}

fn addresses(addresses: &[&str]) -> pipelink_plan::observed::Observed<Vec<std::net::IpAddr>> {
    known(addresses.iter().map(|it| it.parse().unwrap()).collect())
}

fn health() -> Vec<Case> {
    use Verdict::{Failure, NotKnown, Passed, Warning};
    let health = CheckId::TargetHealth;
    let with_state = |verdict, what, word: &'static str, reason: Option<&'static str>| {
        case(health, verdict, what, there(), move |w| {
            word.clone_into(&mut w.target().state);
            w.target().reason = reason.map(str::to_owned);
        })
    };
    vec![
        with_state(Passed, "healthy", "healthy", None),
        with_state(
            Failure,
            "unhealthy",
            "unhealthy",
            Some("Target.FailedHealthChecks"),
        ),
        with_state(Failure, "not used", "unused", Some("Target.NotInUse")),
        with_state(Failure, "leaving", "unhealthy.draining", None),
        with_state(
            Warning,
            "being registered",
            "initial",
            Some("Elb.RegistrationInProgress"),
        ),
        with_state(NotKnown, "health checks are off", "unavailable", None),
        with_state(NotKnown, "a new word", "resting", None),
        case(
            health,
            Passed,
            "another target beside the source is unhealthy",
            there(),
            |w| {
                let mut other = target("10.20.2.99", 5432);
                other.state = "unhealthy".to_owned();
                all(&mut w.target_group().targets).push(other);
            },
        ),
        case(
            health,
            Failure,
            "an unhealthy target that is not the source",
            there(),
            |w| {
                w.target().id = "10.20.2.99".to_owned();
                w.target().state = "unhealthy".to_owned();
            },
        ),
        case(health, Failure, "no target", there(), |w| {
            all(&mut w.target_group().targets).clear();
        }),
        case(health, NotKnown, "health refused", there(), |w| {
            w.target_group().targets = denied("elasticloadbalancing:DescribeTargetHealth");
        }),
        case(health, NotKnown, "target groups refused", there(), |w| {
            w.load_balancing.target_groups = denied("elasticloadbalancing:DescribeTargetGroups");
        }),
        case(health, NotKnown, "load balancer gone", there(), |w| {
            all(&mut w.load_balancing.load_balancers).clear();
        }),
        case(health, NotKnown, "the source is not known", there(), |w| {
            w.region.clusters = denied("rds:DescribeDBClusters");
        }),
    ]
}

fn new_address() -> Vec<Case> {
    use Verdict::{Failure, NotKnown, Passed, Warning};
    let address = CheckId::TargetAddress;
    let hosts = || World::healthy().of_hosts(&["b-1.example.com:9092", "b-2.example.com:9093"], "");
    vec![
        case(
            address,
            Warning,
            "a database, new",
            World::healthy(),
            |_| {},
        ),
        case(
            address,
            Warning,
            "a database, new, for another region",
            World::healthy().for_elsewhere(),
            |_| {},
        ),
        case(
            address,
            NotKnown,
            "a database that was not looked up",
            World::healthy(),
            |w| {
                w.lookups.clear();
            },
        ),
        case(
            address,
            NotKnown,
            "a database with a public address",
            World::healthy(),
            |w| {
                w.look_up(WRITER, addresses(&["52.1.2.3"]));
            },
        ),
        case(
            address,
            NotKnown,
            "a look-up that failed",
            World::healthy(),
            |w| {
                w.look_up(WRITER, denied("DNS"));
            },
        ),
        case(
            address,
            Passed,
            "an address",
            World::healthy().of_address("10.20.1.40", "5432", Engine::Postgres),
            |_| {},
        ),
        case(address, Passed, "hosts as they resolve", hosts(), |_| {}),
        case(
            address,
            Passed,
            "typed addresses that the names have",
            hosts(),
            |w| {
                "10.20.1.50, 10.20.1.51".clone_into(w.addresses());
            },
        ),
        case(
            address,
            Failure,
            "a typed address that the name does not have",
            hosts(),
            |w| {
                "10.20.1.50\n10.20.1.99".clone_into(w.addresses());
            },
        ),
        case(
            address,
            NotKnown,
            "a typed address of a private name",
            hosts(),
            |w| {
                "10.20.1.50\n10.20.1.51".clone_into(w.addresses());
                w.look_up("b-2.example.com", addresses(&[]));
            },
        ),
        case(
            address,
            Passed,
            "brokers as MSK lists them",
            World::healthy().of_brokers(),
            |_| {},
        ),
        case(
            address,
            Passed,
            "brokers whose names do not resolve here",
            World::healthy().of_brokers(),
            |w| w.lookups.clear(),
        ),
        case(
            address,
            Failure,
            "a broker that has moved",
            World::healthy().of_brokers(),
            |w| w.look_up(&broker_name(2), addresses(&["10.20.2.200"])),
        ),
        case(
            address,
            NotKnown,
            "a broker without an address",
            World::healthy().of_brokers(),
            |w| all(&mut w.msk().nodes)[1].address = None,
        ),
        case(
            address,
            NotKnown,
            "nodes refused",
            World::healthy().of_brokers(),
            |w| w.msk().nodes = denied("kafka:ListNodes"),
        ),
    ]
}

fn standing_address() -> Vec<Case> {
    use Verdict::{Failure, NotKnown, Passed, Warning};
    let address = CheckId::TargetAddress;
    let at_address = || there().of_address("10.20.1.40", "5432", Engine::Postgres);
    vec![
        case(address, Warning, "a database, there", there(), |_| {}),
        case(
            address,
            Warning,
            "an old target beside the right one",
            there(),
            |w| {
                all(&mut w.target_group().targets).push(target("10.20.2.77", 5432));
            },
        ),
        case(
            address,
            Warning,
            "an address with others beside it",
            at_address(),
            |w| {
                all(&mut w.target_group().targets).push(target("10.20.2.77", 5432));
            },
        ),
        case(address, Passed, "an address, there", at_address(), |_| {}),
        case(address, Failure, "stale after a failover", there(), |w| {
            w.look_up(WRITER, addresses(&["10.20.2.77"]));
        }),
        case(address, Failure, "no target", there(), |w| {
            all(&mut w.target_group().targets).clear();
        }),
        case(address, NotKnown, "instances as targets", there(), |w| {
            w.target_group().target_type = "instance".to_owned();
            w.target().id = "i-0123456789abcdef0".to_owned();
        }),
        case(
            address,
            NotKnown,
            "the database's address is not known",
            there(),
            |w| {
                w.lookups.clear();
            },
        ),
        case(address, NotKnown, "no listener", there(), |w| {
            all(&mut w.load_balancer().listeners).clear();
        }),
        case(address, NotKnown, "health refused", there(), |w| {
            w.target_group().targets = denied("elasticloadbalancing:DescribeTargetHealth");
        }),
        case(address, NotKnown, "load balancer gone", there(), |w| {
            all(&mut w.load_balancing.load_balancers).clear();
        }),
        case(
            address,
            Failure,
            "the typed address is behind it, and the name has another",
            there(),
            |w| {
                *w = w.clone().of_hosts(&["db.example.com:5432"], "");
                "10.20.1.40".clone_into(w.addresses());
            },
        ),
        case(
            address,
            NotKnown,
            "the typed address is behind it, and the name does not resolve here",
            there(),
            |w| {
                *w = w.clone().of_hosts(&["db.example.com:5432"], "");
                "10.20.1.40".clone_into(w.addresses());
                w.look_up("db.example.com", addresses(&[]));
            },
        ),
    ]
}

fn client_ip() -> Vec<Case> {
    use Verdict::{NotKnown, Passed, Warning};
    let client_ip = CheckId::ClientIpPreservation;
    vec![
        case(client_ip, Passed, "off", there(), |_| {}),
        case(client_ip, Warning, "on", there(), |w| {
            w.target_group().preserves_client_ip = known(Some(true));
        }),
        case(client_ip, NotKnown, "not said by AWS", there(), |w| {
            w.target_group().preserves_client_ip = known(None);
        }),
        case(client_ip, NotKnown, "attributes refused", there(), |w| {
            w.target_group().preserves_client_ip =
                denied("elasticloadbalancing:DescribeTargetGroupAttributes");
        }),
        case(client_ip, NotKnown, "load balancer gone", there(), |w| {
            all(&mut w.load_balancing.load_balancers).clear();
        }),
        case(
            client_ip,
            NotKnown,
            "the source is not known",
            there(),
            |w| {
                w.region.clusters = denied("rds:DescribeDBClusters");
            },
        ),
    ]
}
