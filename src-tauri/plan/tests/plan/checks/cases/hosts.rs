//! Several hosts: each check looks at every one of them.

use pipelink_plan::check::{CheckId, Verdict};
use pipelink_plan::facts::clickhouse::ReversePrivateEndpoint;
use pipelink_plan::facts::lattice::ResourceConfiguration;
use pipelink_plan::paths::vpc_resource::choices::SourceChoice;
use pipelink_plan::step::{DnsResolution, Engine};

use super::{Case, case};
use crate::facts::*;

/// Two addresses with the database's group, one with nothing, and a name.
const MIXED: &str = "10.20.1.40:9092, 10.20.2.77:9093, 10.20.1.99:9094, b-4.kafka.example.com";

fn of_mixed(spoil: fn(&mut World)) -> impl FnOnce(&mut World) {
    move |w| {
        *w = w.clone().of_brokers(MIXED, "");
        spoil(w);
    }
}

fn of_nodes(spoil: fn(&mut World)) -> impl FnOnce(&mut World) {
    move |w| {
        *w = w.clone().of_nodes();
        spoil(w);
    }
}

fn publicly(world: &mut World) {
    if let SourceChoice::Hosts { resolution, .. } = &mut world.choices.source {
        *resolution = DnsResolution::Public;
    }
}

pub(super) fn cases() -> Vec<Case> {
    let mut cases = of_source();
    cases.extend(of_way());
    cases.extend(of_plan());
    cases
}

fn of_source() -> Vec<Case> {
    use Verdict::{Failure, NotKnown, Passed, Warning};
    vec![
        case(
            CheckId::NotPublic,
            Passed,
            "several hosts",
            of_mixed(|_| {}),
        ),
        case(
            CheckId::DatabaseAvailable,
            NotKnown,
            "several nodes",
            of_nodes(|_| {}),
        ),
        case(
            CheckId::DatabaseAvailable,
            Warning,
            "several hosts, one of which nothing has",
            of_mixed(|_| {}),
        ),
        case(CheckId::SameVpc, Passed, "several hosts", of_mixed(|_| {})),
        case(
            CheckId::SameVpc,
            Failure,
            "several hosts, some in no subnet",
            |w| {
                *w = w
                    .clone()
                    .of_brokers("10.20.200.1, 10.20.1.40, 10.20.200.2", "");
            },
        ),
        case(
            CheckId::NameResolves,
            NotKnown,
            "several names in the VPC",
            of_nodes(|_| {}),
        ),
        case(
            CheckId::NameResolves,
            Warning,
            "several names in public DNS, two of which do not resolve",
            of_nodes(|w| {
                publicly(w);
                w.lookups = vec![
                    looked_up("node-1.mongo.example.com", &["10.20.1.40"]),
                    looked_up("node-2.mongo.example.com", &[]),
                    looked_up("node-3.mongo.example.com", &[]),
                ];
            }),
        ),
        case(CheckId::NameResolves, Passed, "several addresses", |w| {
            *w = w.clone().of_brokers("10.20.1.40, 10.20.2.77", "");
        }),
        case(
            CheckId::ExistingEndpoint,
            Warning,
            "endpoint with all the names of the nodes",
            of_nodes(|w| standing_group(w, &["node-1.mongo.example.com", "*.mongo.example.com"])),
        ),
        case(
            CheckId::ExistingEndpoint,
            NotKnown,
            "endpoint of a group with other names",
            of_nodes(|w| standing_group(w, &["node-1.mongo.example.com"])),
        ),
    ]
}

/// An endpoint of a group that is there already, in the VPC.
fn standing_group(world: &mut World, names: &[&str]) {
    *world = world.clone().on_gateway();
    all(&mut world.region.configurations).push(ResourceConfiguration {
        definition: None,
        ..configuration("rcfg-1", "group", ORDERS)
    });
    world.add_endpoint(ReversePrivateEndpoint {
        custom_private_dns_names: names.iter().map(|it| (*it).to_owned()).collect(),
        ..endpoint("e-1", "rcfg-1")
    });
}

fn of_way() -> Vec<Case> {
    use Verdict::{Failure, NotKnown, Passed};
    let path = CheckId::SecurityGroupPath;
    vec![
        case(
            path,
            NotKnown,
            "several nodes, where is not known",
            of_nodes(|_| {}),
        ),
        case(
            path,
            Failure,
            "several hosts, two with a group that does not let in",
            of_mixed(|_| {}),
        ),
        case(
            path,
            Failure,
            "several nodes, the gateway's group lets nothing out",
            of_nodes(|w| w.group(GROUP_GATEWAY).rules.clear()),
        ),
        case(
            CheckId::ZoneSpread,
            Passed,
            "several hosts",
            of_mixed(|_| {}),
        ),
        case(
            CheckId::NetworkAcls,
            NotKnown,
            "several nodes",
            of_nodes(|_| {}),
        ),
        case(
            CheckId::NetworkAcls,
            Failure,
            "several hosts, one behind a closed network ACL",
            |w| {
                *w = w.clone().of_brokers("10.20.1.40, 10.20.2.77", "");
                *w.subnet_ids() = vec![SUBNET_A.to_owned()];
                let acls = all(&mut w.vpc.network_acls);
                acls[0].subnet_ids.retain(|it| it != SUBNET_B);
                acls.push(acl("acl-0c10000000000000d", &[SUBNET_B], Vec::new()));
            },
        ),
        case(CheckId::NetworkAcls, Passed, "several addresses", |w| {
            *w = w.clone().of_brokers("10.20.1.40, 10.20.2.77:9093", "");
        }),
    ]
}

fn of_plan() -> Vec<Case> {
    use Verdict::{Failure, NotKnown, Passed, Warning};
    let quota = |world: &mut World, code: &str, value: f64| {
        let quotas = all(&mut world.region.quotas);
        quotas.retain(|it| it.quota_code != code);
        quotas.push(crate::facts::quota("vpc-lattice", code, code, value));
    };
    let children = "L-9BC96FEF";
    vec![
        case(CheckId::Names, Passed, "several hosts", of_nodes(|_| {})),
        case(
            CheckId::Names,
            Failure,
            "several hosts, the name of one is taken",
            of_nodes(|w| {
                let taken = format!("{}-2", w.names().1);
                all(&mut w.region.configurations).push(configuration("rcfg-1", &taken, BILLING));
            }),
        ),
        case(
            CheckId::Quotas,
            NotKnown,
            "a group, its quota not listed",
            of_nodes(|_| {}),
        ),
        case(CheckId::Quotas, Passed, "a group with room", move |w| {
            *w = w.clone().of_nodes();
            quota(w, children, 60.0);
        }),
        case(
            CheckId::Quotas,
            Failure,
            "no room for so many children",
            move |w| {
                *w = w.clone().of_nodes();
                quota(w, children, 2.0);
            },
        ),
        case(
            CheckId::Quotas,
            Warning,
            "room for the group, and hardly more",
            move |w| {
                *w = w.clone().of_nodes();
                quota(w, children, 60.0);
                quota(w, "L-5FF8F9B9", 40.0);
                for number in 1..=33 {
                    let name = format!("c-{number}");
                    all(&mut w.region.configurations).push(configuration(&name, &name, BILLING));
                }
            },
        ),
        case(
            CheckId::ReuseFits,
            Passed,
            "several hosts, a new gateway",
            of_nodes(|_| {}),
        ),
        case(
            CheckId::ReuseFits,
            Passed,
            "several hosts, a new gateway in public DNS",
            of_nodes(publicly),
        ),
        case(
            CheckId::ReuseFits,
            Passed,
            "several hosts on a gateway",
            |w| {
                *w = w.clone().on_gateway().of_nodes();
                w.gateway().dns_resolution = Some(DnsResolution::InVpc);
            },
        ),
        case(
            CheckId::ReuseFits,
            Failure,
            "several hosts on a configuration",
            |w| {
                *w = w.clone().on_configuration().of_nodes();
                w.gateway().dns_resolution = Some(DnsResolution::InVpc);
            },
        ),
        case(
            CheckId::ReuseFits,
            Failure,
            "one host on the database's configuration",
            |w| {
                *w = w.clone().on_configuration();
                w.choices.source = hosts("db.example.com", "", Engine::MongoDb);
                w.gateway().dns_resolution = Some(DnsResolution::InVpc);
            },
        ),
    ]
}
