//! What to do in ClickHouse next, in order.

use super::address::Address;
use super::{PasteValues, Seen};
use crate::paths::endpoint_service::broker_port;
use crate::paths::msk_multi_vpc::FIRST_PORT;
use crate::readings::words::authentication as called;
use crate::step::{
    Action, Engine, MskAuthentication, OutputName, PathKind, Plan, SourceRef, Target,
};

pub(super) fn next(seen: &Seen<'_>, address: &Address, paste: Option<&PasteValues>) -> Vec<String> {
    let plan = seen.plan;
    let several = seen.endpoints() > 1;
    if seen.endpoints() == 0 {
        return vec![
            "Nothing has to be done in ClickHouse: the endpoints that use the gateway keep their DNS names and \
             ports."
                .to_owned(),
        ];
    }
    let mut next = Vec::new();
    next.extend(record(seen));
    if let Some(paste) = paste {
        next.extend(by_hand(paste));
    }
    next.extend(acceptances(seen));
    let source = &plan.source;
    next.push(format!(
        "In your ClickHouse service, open Data sources, choose Set up a ClickPipe and then {}.",
        pipe(source)
    ));
    next.push(enter(source, plan.path, address, several));
    if source.engine == Engine::Kafka {
        next.extend(of_kafka(plan, address, paste, several));
    }
    next.extend(tls(source, address));
    next
}

fn record(seen: &Seen<'_>) -> Option<String> {
    let name = seen.plan.steps.iter().find_map(|step| {
        let Action::VerifyPrivateDns {
            private_dns_name, ..
        } = &step.action
        else {
            return None;
        };
        let verified = seen.output(&step.id, OutputName::EndpointServiceId);
        verified.is_none().then_some(private_dns_name)
    })?;
    Some(format!(
        "Publish the TXT record in the public DNS of the domain of {name}. Leave it there afterwards."
    ))
}

fn by_hand(paste: &PasteValues) -> Vec<String> {
    let mut next = vec![
        "In the ClickHouse console, open your service and go to Data sources, Reverse private endpoints. Older \
         consoles have it under Settings."
            .to_owned(),
    ];
    match paste {
        PasteValues::VpcResource { private_dns, .. } => {
            next.push(
                "Create an endpoint of type VPC resource with the resource configuration ID and the resource share ARN \
                 above. A share waits only a limited time to be accepted."
                    .to_owned(),
            );
            next.push("Wait until the endpoint is Ready, then copy its DNS name.".to_owned());
            if private_dns.iter().any(|it| !it.whole_endpoint) {
                next.push(
                    "Map each host's name to its resource configuration as custom private DNS: a preview that \
                     ClickHouse's support enables. The console takes one name; the API takes several."
                        .to_owned(),
                );
            } else {
                next.extend(enter_names(private_dns.iter().map(|it| it.name.as_str())));
            }
        }
        PasteValues::MskMultiVpc { .. } => next.extend([
            "Create an endpoint of type MSK multi-VPC with the cluster ARN and the authentication above.".to_owned(),
            "Wait until the endpoint is Ready.".to_owned(),
        ]),
        PasteValues::EndpointService {
            service_names,
            private_dns,
        } => {
            let several = service_names.len() > 1;
            next.push(if several {
                "Create an endpoint of type VPC endpoint service for each of the service names above.".to_owned()
            } else {
                "Create an endpoint of type VPC endpoint service with the service name above.".to_owned()
            });
            let accept = if several {
                "Accept the connections in AWS, one to each service: only those whose endpoint IDs are the ones that \
                 ClickHouse shows."
            } else {
                "Accept the connection in AWS: only one whose endpoint ID is the one that ClickHouse shows."
            };
            next.push(format!(
                "{accept} ClickHouse deletes an endpoint that waits for more than a day."
            ));
            next.push(
                if several {
                    "Wait until the endpoints are Ready, then copy their DNS names."
                } else {
                    "Wait until the endpoint is Ready, then copy its DNS name."
                }
                .to_owned(),
            );
            if several {
                next.push(
                    "Give each endpoint its host's own name as custom private DNS: a preview that ClickHouse's support \
                     enables, without which the endpoints are of no use."
                        .to_owned(),
                );
            } else {
                next.extend(enter_names(private_dns.iter().flatten().map(String::as_str)));
            }
        }
    }
    next
}

/// Names of the source's own that shall resolve to the one endpoint.
fn enter_names<'a>(names: impl Iterator<Item = &'a str>) -> Option<String> {
    let names: Vec<&str> = names.collect();
    let more = match names.len() {
        0 => return None,
        1 => "",
        _ => " The console takes one name; the API takes several.",
    };
    Some(format!(
        "Give the endpoint {} as custom private DNS: a preview that ClickHouse's support enables.{more}",
        names.join(", ")
    ))
}

/// Connections that the admin has still to accept.
fn acceptances(seen: &Seen<'_>) -> Vec<String> {
    seen.plan
        .steps
        .iter()
        .filter_map(|step| {
            let Action::AwaitConnectionAcceptance {
                service,
                endpoint,
                owner,
            } = &step.action
            else {
                return None;
            };
            // Once it is accepted, the step knows it.
            if seen.output(&step.id, OutputName::VpcEndpointId).is_some() {
                return None;
            }
            Some(format!(
                "In AWS, accept the connection of {} from account {owner} to {}, and no other. ClickHouse deletes an \
                 endpoint that waits for more than a day.",
                seen.known(endpoint)?,
                seen.known(service)?,
            ))
        })
        .collect()
}

fn pipe(source: &SourceRef) -> &'static str {
    match source.engine {
        Engine::Postgres => "Postgres",
        Engine::Mysql => "MySQL",
        Engine::Kafka => match source.target {
            Target::MskCluster { .. } => "Amazon MSK",
            Target::Database { .. }
            | Target::DomainName { .. }
            | Target::IpAddress { .. }
            | Target::Hosts { .. } => "Apache Kafka",
        },
        Engine::MongoDb => "MongoDB",
        Engine::Other => "the kind of your source",
    }
}

fn enter(source: &SourceRef, path: PathKind, address: &Address, several: bool) -> String {
    let host = match address.dns_names.first() {
        Some(name) => format!("the DNS name {name}"),
        None => "the endpoint's DNS name".to_owned(),
    };
    let port = source.port;
    let with_port = match (&address.own_name, &address.verified_name) {
        (Some(own), _) => format!(
            "Enter {own} as the host and {port} as the port: for your service's pipes it resolves to the endpoint."
        ),
        (None, Some(name)) => format!(
            "Enter {name} as the host and {port} as the port: it is the endpoint service's private DNS name and resolves to \
             the endpoint in ClickPipes' VPC. {} leads there as well.",
            capital(&host)
        ),
        (None, None) => format!(
            "Enter {host} as the host and {port} as the port: the DNS name alone is not a complete address."
        ),
    };
    match source.engine {
        Engine::Kafka if path == PathKind::MskMultiVpc => {
            let brokers = match &address.brokers {
                Some(brokers) => brokers.as_str(),
                None => "the bootstrap string for connections from other VPCs, which MSK shows,",
            };
            format!(
                "Enter {brokers} as the brokers: each has a port of its own, counting up from {FIRST_PORT}, and not the \
                 one that it has within the cluster's VPC."
            )
        }
        Engine::Kafka => match &address.brokers {
            Some(brokers) => format!("Enter {brokers} as the brokers."),
            None if several => {
                format!("Enter the endpoints' DNS names, each with port {port}, as the brokers.")
            }
            None => format!("Enter {host} with port {port} as the brokers."),
        },
        Engine::MongoDb => match &address.connection_string {
            Some(string) => format!("Enter {string} as the connection string."),
            None => with_port,
        },
        Engine::Postgres | Engine::Mysql | Engine::Other => with_port,
    }
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// A Kafka pipe, other than one of a database, names its endpoint and how it signs in.
fn of_kafka(
    plan: &Plan,
    address: &Address,
    paste: Option<&PasteValues>,
    several: bool,
) -> Vec<String> {
    let which = if several {
        "reverse private endpoints"
    } else {
        "reverse private endpoint"
    };
    let mut next = vec![format!(
        "Choose the {which} in the pipe's settings: a Kafka pipe uses only the endpoints that it names."
    )];
    match authentication(plan, paste) {
        Some(MskAuthentication::SaslIam) => next.push(format!(
            "Choose an IAM role or user as the authentication: the brokers take only {} there. It needs \
             kafka-cluster:Connect and DescribeCluster on the cluster, DescribeTopic and ReadData on the topics, and \
             DescribeGroup and AlterGroup on the consumer groups.",
            called(MskAuthentication::SaslIam)
        )),
        Some(MskAuthentication::SaslScram) => next.push(format!(
            "Choose SCRAM-SHA-512 as the authentication: the brokers take only {} there.",
            called(MskAuthentication::SaslScram)
        )),
        None => {}
    }
    if let Some(url) = &address.schema_registry {
        next.push(format!(
            "Enter {url} as the schema registry, with http instead if it speaks no TLS."
        ));
    }
    next
}

/// Of a cluster: the one that its endpoint has, or that goes with the brokers' own port.
fn authentication(plan: &Plan, paste: Option<&PasteValues>) -> Option<MskAuthentication> {
    if let Some(PasteValues::MskMultiVpc { authentication, .. }) = paste {
        return Some(*authentication);
    }
    let read = plan.steps.iter().find_map(|step| {
        if let Action::ReadBootstrapBrokers { authentication, .. } = step.action {
            Some(authentication)
        } else {
            None
        }
    });
    read.or_else(|| {
        let at_port = |it: &MskAuthentication| broker_port(*it) == plan.source.port;
        [MskAuthentication::SaslIam, MskAuthentication::SaslScram]
            .into_iter()
            .find(at_port)
            .filter(|_| matches!(plan.source.target, Target::MskCluster { .. }))
    })
}

/// Which name to check the server's certificate against: the endpoint's own is in no certificate.
fn tls(source: &SourceRef, address: &Address) -> Option<String> {
    let host = address.tls_host(source)?;
    let server = match source.target {
        Target::Database { .. } => "database",
        Target::MskCluster { .. } => "broker",
        Target::DomainName { .. } | Target::IpAddress { .. } | Target::Hosts { .. } => "server",
    };
    let enter = match source.engine {
        Engine::Postgres | Engine::Mysql | Engine::MongoDb => "Enter",
        // Not every kind of pipe has this field.
        Engine::Kafka | Engine::Other => "If the pipe has that field, enter",
    };
    Some(format!(
        "{enter} {host} as the TLS host: the {server}'s certificate is made out to this name, not to the endpoint's."
    ))
}
