//! Plans with load balancers and endpoint services.

use std::net::Ipv4Addr;

use pipelink_plan::CLICKPIPES_ACCOUNT;
use pipelink_plan::step::{
    Action, EndpointTarget, Engine, Input, OutputName, PathKind, Plan, PrivateDnsMapping,
    SourceRef, Step, StepId, Target, TargetAddress,
};

use super::{cluster_source, plan};
use crate::facts::*;

pub(super) const OTHER_REGION: &str = "eu-central-1";
const PRIVATE_NAME: &str = "orders.db.example.com";

/// What differs between plans that make everything for one database.
#[derive(Debug, Clone, Copy)]
#[allow(clippy::struct_excessive_bools, reason = "each is a choice by itself")]
pub(crate) struct Balanced {
    /// The load balancer has security groups.
    pub(crate) groups: bool,
    /// ClickPipes run in another region.
    pub(crate) other_region: bool,
    /// The service has a private DNS name.
    pub(crate) private_dns: bool,
    /// The admin accepts the connection.
    pub(crate) by_hand: bool,
    /// Pipelink makes the endpoint.
    pub(crate) key: bool,
}

impl Default for Balanced {
    fn default() -> Self {
        Self {
            groups: false,
            other_region: false,
            private_dns: false,
            by_hand: false,
            key: true,
        }
    }
}

pub(crate) fn balanced(how: Balanced) -> Plan {
    let groups: &[&str] = if how.groups { &[GROUP_GATEWAY] } else { &[] };
    let targets = [(10, 5432)];
    let mut steps = balancer("", "orders", groups, &[("", 5432)], &targets);
    steps.extend(service("", "orders", how));
    steps.extend(ends("", "orders", how, &[]));
    plan(
        PathKind::EndpointService,
        database_source(),
        Vec::new(),
        steps,
    )
}

pub(super) fn database_source() -> SourceRef {
    SourceRef {
        target: Target::Database {
            arn: ORDERS.to_owned(),
        },
        name: "orders-postgres".to_owned(),
        engine: Engine::Postgres,
        port: 5432,
        tls_host: Some(PRIVATE_NAME.to_owned()),
        vpc_id: VPC.to_owned(),
        schema_registry: None,
    }
}

/// Brokers of a Kafka cluster whose ports all differ, and its schema registry: one load balancer.
pub(crate) fn kafka_by_ports() -> Plan {
    let ports = [("-1", 9092), ("-2", 9093), ("-3", 8081)];
    let targets = [(11, 9092), (12, 9093), (13, 8081)];
    let mut steps = balancer("", "events", &[], &ports, &targets);
    steps.extend(service("", "events", Balanced::default()));
    let names = [
        "b-1.kafka.example.com",
        "b-2.kafka.example.com",
        "registry.example.com",
    ];
    steps.extend(ends("", "events", Balanced::default(), &names));
    let source = SourceRef {
        target: Target::Hosts {
            hosts: vec![
                "b-1.kafka.example.com:9092".to_owned(),
                "b-2.kafka.example.com:9093".to_owned(),
            ],
        },
        name: "b-1.kafka.example.com".to_owned(),
        engine: Engine::Kafka,
        port: 9092,
        tls_host: None,
        vpc_id: VPC.to_owned(),
        schema_registry: Some("registry.example.com:8081".to_owned()),
    };
    plan(PathKind::EndpointService, source, Vec::new(), steps)
}

/// Brokers of an MSK cluster, each with a load balancer, a service and an endpoint.
pub(crate) fn brokers(count: u8, key: bool) -> Plan {
    brokers_like(
        count,
        Balanced {
            key,
            ..Balanced::default()
        },
    )
}

pub(crate) fn brokers_like(count: u8, how: Balanced) -> Plan {
    let groups: &[&str] = if how.groups { &[GROUP_GATEWAY] } else { &[] };
    let mut steps = Vec::new();
    let numbers = || (1..=count).map(|at| (format!("-{at}"), at));
    for (number, at) in numbers() {
        let name = format!("clicks{number}");
        let targets = [(at, 9098)];
        steps.extend(balancer(
            &number,
            &name,
            groups,
            &[(&number, 9098)],
            &targets,
        ));
        steps.extend(service(&number, &name, how));
    }
    let ends: Vec<Vec<Step>> = numbers()
        .map(|(number, at)| {
            let host = format!("b-{at}.clicks.1f0c.c2.kafka.us-east-1.amazonaws.com");
            ends(&number, &format!("clicks{number}"), how, &[&host])
        })
        .collect();
    // All endpoints, then all acceptances, then all waits for Ready.
    for nth in 0..3 {
        steps.extend(ends.iter().filter_map(|steps| steps.get(nth).cloned()));
    }
    plan(
        PathKind::EndpointService,
        cluster_source(9098),
        Vec::new(),
        steps,
    )
}

/// A load balancer with a listener and a target group for each port; the targets by the last part of their address.
fn balancer(
    number: &str,
    name: &str,
    groups: &[&str],
    ports: &[(&str, u16)],
    targets: &[(u8, u16)],
) -> Vec<Step> {
    let made = || Input::output(of("load-balancer", number), OutputName::LoadBalancerArn);
    let group =
        |number: &str| Input::output(of("target-group", number), OutputName::TargetGroupArn);
    let groups: Vec<String> = groups.iter().map(|it| (*it).to_owned()).collect();
    let mut steps: Vec<Step> = ports
        .iter()
        .map(|(number, port)| {
            let action = Action::CreateTargetGroup {
                name: format!("{}{number}", name.trim_end_matches(number)),
                port: *port,
                vpc_id: VPC.to_owned(),
            };
            Step {
                id: of("target-group", number),
                action,
            }
        })
        .collect();
    steps.push(Step {
        id: of("load-balancer", number),
        action: Action::CreateLoadBalancer {
            name: name.to_owned(),
            subnet_ids: vec![SUBNET_A.to_owned(), SUBNET_B.to_owned()],
            security_group_ids: groups.clone(),
        },
    });
    steps.push(Step {
        id: of("cross-zone", number),
        action: Action::EnableCrossZone {
            load_balancer: made(),
        },
    });
    if !groups.is_empty() {
        steps.push(Step {
            id: of("inbound-rules", number),
            action: Action::StopEnforcingInboundRules {
                load_balancer: made(),
                security_group_ids: groups,
            },
        });
    }
    for (number, port) in ports {
        steps.push(Step {
            id: of("listener", number),
            action: Action::CreateListener {
                load_balancer: made(),
                port: *port,
                target_group: group(number),
            },
        });
    }
    for ((number, _), (last, port)) in ports.iter().zip(targets) {
        steps.push(Step {
            id: of("targets", number),
            action: Action::RegisterTargets {
                target_group: group(number),
                targets: vec![TargetAddress {
                    address: Ipv4Addr::new(10, 20, 1, *last),
                    port: *port,
                    outside_vpc: *port == 8081,
                }],
            },
        });
    }
    steps
}

pub(super) fn service(number: &str, name: &str, how: Balanced) -> Vec<Step> {
    let id = of("service", number);
    let service = || Input::output(id.clone(), OutputName::EndpointServiceId);
    let private_dns_name = how.private_dns.then(|| PRIVATE_NAME.to_owned());
    let regions: Vec<String> = how
        .other_region
        .then(|| OTHER_REGION.to_owned())
        .into_iter()
        .collect();
    let mut steps = vec![
        Step {
            id: id.clone(),
            action: Action::CreateEndpointService {
                name: name.to_owned(),
                load_balancers: vec![Input::output(
                    of("load-balancer", number),
                    OutputName::LoadBalancerArn,
                )],
                supported_regions: regions,
                private_dns_name: private_dns_name.clone(),
            },
        },
        Step {
            id: of("principal", number),
            action: Action::AllowPrincipal {
                service: service(),
                principal: CLICKPIPES_ACCOUNT.to_owned(),
            },
        },
    ];
    if let Some(private_dns_name) = private_dns_name {
        steps.push(Step {
            id: of("dns-record", number),
            action: Action::AwaitDnsRecord {
                private_dns_name: private_dns_name.clone(),
                record: Input::output(id.clone(), OutputName::TxtName),
                value: Input::output(id.clone(), OutputName::TxtValue),
            },
        });
        steps.push(Step {
            id: of("private-dns", number),
            action: Action::VerifyPrivateDns {
                service: service(),
                private_dns_name,
            },
        });
    }
    steps
}

/// The endpoint, its acceptance and the wait for Ready; or the wait for an endpoint made by hand.
pub(super) fn ends(number: &str, description: &str, how: Balanced, names: &[&str]) -> Vec<Step> {
    let service = Input::output(of("service", number), OutputName::EndpointServiceId);
    let service_name = Input::output(of("service", number), OutputName::EndpointServiceName);
    let owner = CLICKPIPES_ACCOUNT.to_owned();
    if !how.key {
        return vec![Step {
            id: of("connection", number),
            action: Action::AwaitEndpointConnection {
                service,
                service_name,
                owner,
                known: Vec::new(),
                private_dns: mappings(names),
            },
        }];
    }
    let endpoint = Input::output(of("endpoint", number), OutputName::VpcEndpointId);
    let acceptance = if how.by_hand {
        Action::AwaitConnectionAcceptance {
            service,
            endpoint,
            owner,
        }
    } else {
        Action::AcceptEndpointConnection {
            service,
            endpoint,
            owner,
        }
    };
    vec![
        Step {
            id: of("endpoint", number),
            action: Action::CreateReversePrivateEndpoint {
                organization_id: ORGANIZATION.to_owned(),
                service_id: SERVICE.to_owned(),
                description: description.to_owned(),
                to: EndpointTarget::EndpointService { service_name },
                private_dns: mappings(names),
            },
        },
        Step {
            id: of("acceptance", number),
            action: acceptance,
        },
        Step {
            id: of("ready", number),
            action: Action::AwaitEndpointReady {
                organization_id: ORGANIZATION.to_owned(),
                service_id: SERVICE.to_owned(),
                endpoint: Input::output(of("endpoint", number), OutputName::EndpointId),
            },
        },
    ]
}

fn of(kind: &str, number: &str) -> StepId {
    StepId(format!("{kind}{number}"))
}

fn mappings(names: &[&str]) -> Vec<PrivateDnsMapping> {
    names
        .iter()
        .map(|name| PrivateDnsMapping {
            name: (*name).to_owned(),
            target: None,
        })
        .collect()
}
