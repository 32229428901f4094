//! Names of the source's own: the preview, what ClickHouse takes, what Kafka advertises, RDS Proxy.

use pipelink_plan::check::{CheckId, Verdict};
use pipelink_plan::endpoint::EndpointStatus;
use pipelink_plan::facts::clickhouse::ReversePrivateEndpoint;
use pipelink_plan::paths::vpc_resource::choices::SourceChoice;
use pipelink_plan::step::{DnsResolution, Engine};

use super::{Case, case};
use crate::facts::*;

/// An endpoint of the service that has a name.
fn named(name: &str) -> ReversePrivateEndpoint {
    ReversePrivateEndpoint {
        custom_private_dns_names: vec![name.to_owned()],
        description: "other".to_owned(),
        ..endpoint("e-7", "rcfg-7")
    }
}

const BROKERS: &str = "b-1.kafka.example.com, b-2.kafka.example.com";
const REGISTRY: &str = "registry.example.com:8081";

pub(super) fn cases() -> Vec<Case> {
    let mut cases = preview();
    cases.extend(names());
    cases.extend(others());
    cases
}

fn preview() -> Vec<Case> {
    use Verdict::{Failure, NotKnown, Passed, Warning};
    let preview = CheckId::CustomDnsPreview;
    vec![
        case(preview, Passed, "a replica set, enabled", |w| {
            *w = w.clone().of_nodes();
        }),
        case(preview, Failure, "a replica set, not enabled", |w| {
            *w = w.clone().of_nodes();
            w.choices.custom_dns_enabled = false;
        }),
        case(
            preview,
            Failure,
            "MSK Serverless, by hand, not enabled",
            |w| {
                *w = w.clone().of_serverless().by_hand();
                w.choices.custom_dns_enabled = false;
            },
        ),
        case(preview, Passed, "MSK Serverless, by hand, enabled", |w| {
            *w = w.clone().of_serverless().by_hand();
        }),
        case(preview, Warning, "brokers, by hand", |w| {
            *w = w.clone().of_brokers(BROKERS, REGISTRY).by_hand();
        }),
        case(preview, Passed, "a domain name, enabled", |w| {
            *w = w.clone().of_name(DnsResolution::Public, &[]);
            w.choices.custom_dns_enabled = true;
        }),
        case(preview, NotKnown, "hosts that are none", |w| {
            *w = w.clone().of_brokers("kafka", "");
        }),
        case(
            preview,
            NotKnown,
            "MSK Serverless, bootstrap host refused",
            |w| {
                *w = w.clone().of_serverless();
                w.change_cluster(|it| {
                    it.serverless.as_mut().unwrap().bootstrap = denied("kafka:GetBootstrapBrokers");
                });
            },
        ),
    ]
}

fn names() -> Vec<Case> {
    use Verdict::{Failure, NotKnown, Passed, Warning};
    let names = CheckId::SourceNames;
    vec![
        case(names, Passed, "nodes, no other endpoint", |w| {
            *w = w.clone().of_nodes();
        }),
        case(
            names,
            Passed,
            "brokers and a registry, another endpoint",
            |w| {
                *w = w.clone().of_brokers(BROKERS, REGISTRY);
                w.add_endpoint(named("*.example.org"));
            },
        ),
        case(names, Passed, "a wildcard of MSK Serverless", |w| {
            *w = w.clone().of_serverless();
        }),
        case(names, Failure, "a name of a suffix that is refused", |w| {
            *w = w.clone().of_brokers(
                "b-1.kafka.internal, b-2.kafka.example.com, b-3.kafka.Local",
                "",
            );
        }),
        case(names, Failure, "another endpoint has the name", |w| {
            *w = w.clone().of_nodes();
            w.add_endpoint(named("node-2.mongo.example.com"));
        }),
        case(
            names,
            Failure,
            "another endpoint has a wildcard for it",
            |w| {
                *w = w.clone().of_nodes();
                w.add_endpoint(ReversePrivateEndpoint {
                    status: EndpointStatus::Failed,
                    ..named("*.mongo.example.com")
                });
            },
        ),
        case(
            names,
            Failure,
            "another endpoint has a name under the wildcard",
            |w| {
                *w = w.clone().of_serverless();
                w.add_endpoint(ReversePrivateEndpoint {
                    custom_private_dns_names: Vec::new(),
                    private_dns_names: vec![
                        "b-1.c3.kafka-serverless.us-east-1.amazonaws.com".to_owned(),
                    ],
                    ..named("")
                });
            },
        ),
        case(
            names,
            Passed,
            "an endpoint that is being deleted has the name",
            |w| {
                *w = w.clone().of_nodes();
                w.add_endpoint(ReversePrivateEndpoint {
                    status: EndpointStatus::Deleting,
                    ..named("node-2.mongo.example.com")
                });
            },
        ),
        case(names, Warning, "not enabled, with a registry", |w| {
            *w = w.clone().of_brokers(BROKERS, REGISTRY);
            w.choices.custom_dns_enabled = false;
        }),
        case(
            names,
            Warning,
            "a broker and the registry by address",
            |w| {
                *w = w
                    .clone()
                    .of_brokers("b-1.kafka.example.com, 10.20.1.40:9093", "10.20.2.77:8081");
            },
        ),
        case(names, NotKnown, "by hand", |w| {
            *w = w.clone().of_nodes().by_hand();
        }),
        case(names, NotKnown, "endpoints refused", |w| {
            *w = w.clone().of_nodes();
            w.clickhouse.as_mut().unwrap().endpoints =
                denied("control-plane:service:manage-clickpipes");
        }),
        case(names, NotKnown, "an endpoint that could not be read", |w| {
            *w = w.clone().of_nodes();
            w.clickhouse.as_mut().unwrap().odd_endpoints = 1;
        }),
        case(names, NotKnown, "the key is gone", |w| {
            *w = w.clone().of_nodes();
            w.clickhouse = None;
        }),
        case(names, NotKnown, "hosts that are none", |w| {
            *w = w.clone().of_brokers("", "");
        }),
        case(names, Passed, "a domain name, enabled", |w| {
            *w = w.clone().of_name(DnsResolution::Public, &[]);
            w.choices.custom_dns_enabled = true;
        }),
    ]
}

fn others() -> Vec<Case> {
    use Verdict::{Failure, NotKnown, Passed, Warning};
    let proxy = CheckId::RdsProxy;
    let listeners = CheckId::AdvertisedListeners;
    let named = |name: &'static str, speaks: Engine| {
        move |w: &mut World| {
            w.choices.source = domain_name(name, "5432", DnsResolution::Public);
            if let SourceChoice::DomainName { engine, .. } = &mut w.choices.source {
                *engine = speaks;
            }
        }
    };
    vec![
        case(listeners, Warning, "brokers", |w| {
            *w = w.clone().of_brokers(BROKERS, REGISTRY);
        }),
        case(
            listeners,
            Warning,
            "one name",
            named("kafka.example.com", Engine::Kafka),
        ),
        case(listeners, Warning, "one address", |w| {
            w.choices.source = ip_address("10.20.1.40", "9092-9094");
            if let SourceChoice::IpAddress { engine, .. } = &mut w.choices.source {
                *engine = Engine::Kafka;
            }
        }),
        case(
            proxy,
            Failure,
            "a proxy of a Postgres database",
            named(
                "Orders.proxy-c9example.us-east-1.rds.amazonaws.com",
                Engine::Postgres,
            ),
        ),
        case(
            proxy,
            Warning,
            "a proxy's reader endpoint for MySQL",
            named(
                "read.endpoint.proxy-c9example.us-east-1.rds.amazonaws.com",
                Engine::Mysql,
            ),
        ),
        case(
            proxy,
            Passed,
            "a database that is called proxy",
            named(
                "proxy-1.c9example.us-east-1.rds.amazonaws.com",
                Engine::Postgres,
            ),
        ),
        case(
            proxy,
            NotKnown,
            "a name that is none",
            named("localhost", Engine::Postgres),
        ),
    ]
}
