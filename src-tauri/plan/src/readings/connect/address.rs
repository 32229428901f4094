//! What a pipe connects to: DNS names of the endpoints, names of the source's own, and the strings made of them.
//!
//! A host's own name is used where it resolves to an endpoint in ClickPipes' VPC (a private DNS name); brokers and
//! nodes tell their clients these names. An endpoint's DNS name is used otherwise.

use super::Seen;
use crate::readings::chain::{Chain, chains};
use crate::readings::registry::Registry;
use crate::step::{
    Action, Definition, Engine, OutputName, PrivateDnsMapping, SourceRef, Step, StepId, Target,
    Used,
};

pub(super) struct Address {
    pub(super) dns_names: Vec<String>,
    pub(super) private_names: Vec<String>,
    pub(super) brokers: Option<String>,
    pub(super) connection_string: Option<String>,
    pub(super) schema_registry: Option<String>,
    /// The name of the first host, where the hosts go by names of their own: those that their certificates name.
    pub(super) own_name: Option<String>,
    /// The verified private DNS name of the endpoint service, where the hosts go by that one.
    pub(super) verified_name: Option<String>,
}

/// A host and its port.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Host {
    name: String,
    port: u16,
}

impl Address {
    pub(super) fn of(seen: &Seen<'_>) -> Self {
        let source = &seen.plan.source;
        let dns_names = dns_names(seen, None);
        let private_names = private_names(seen, None);
        let own = reached_by_own_names(seen, &dns_names, &private_names);
        let own_name = own.first().map(|it| it.name.clone());
        let mut verified_name = None;
        let hosts = if own.is_empty() {
            verified_name = dns_names.first().and_then(|_| verified(seen));
            reached_by(seen, verified_name.as_ref().or(dns_names.first()))
        } else {
            own
        };
        let bootstrap = seen
            .plan
            .steps
            .iter()
            .find_map(|step| seen.output(&step.id, OutputName::BootstrapBrokers));
        let list = bootstrap.or_else(|| joined(&hosts));
        Self {
            connection_string: list
                .as_deref()
                .and_then(|list| string(source, &hosts, list)),
            brokers: list.filter(|_| source.engine == Engine::Kafka),
            schema_registry: schema_registry(seen),
            own_name,
            verified_name,
            dns_names,
            private_names,
        }
    }

    /// The source's own name, unless it is the host already.
    pub(super) fn tls_host(&self, source: &SourceRef) -> Option<String> {
        match self.own_name {
            Some(_) => None,
            None => source.tls_host.clone(),
        }
    }
}

/// The steps of a chain; without one, all.
fn steps<'a>(seen: &Seen<'a>, chain: Option<&Chain>) -> impl Iterator<Item = &'a Step> {
    let steps = seen.plan.steps.iter();
    steps.filter(move |step| chain.is_none_or(|chain| chain.has(&step.id)))
}

/// Those of the endpoints; the step that waits for Ready may know more of them than the one that made it.
fn dns_names(seen: &Seen<'_>, chain: Option<&Chain>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for step in steps(seen, chain) {
        if let Action::CreateReversePrivateEndpoint { .. } | Action::AwaitEndpointReady { .. } =
            step.action
        {
            for name in all_names(seen, &step.id) {
                if !names.contains(&name) {
                    names.push(name);
                }
            }
        }
    }
    names
}

fn all_names(seen: &Seen<'_>, step: &StepId) -> Vec<String> {
    seen.made
        .get(step)
        .and_then(|outputs| outputs.0.get(&OutputName::DnsNames))
        .cloned()
        .unwrap_or_default()
}

/// Mappings of the endpoints, and the services' own private DNS names.
fn private_names(seen: &Seen<'_>, chain: Option<&Chain>) -> Vec<String> {
    let mut names = Vec::new();
    for step in steps(seen, chain) {
        if let Action::CreateReversePrivateEndpoint { private_dns, .. } = &step.action {
            names.extend(private_dns.iter().map(|it| it.name.clone()));
        }
        if let Action::VerifyPrivateDns {
            private_dns_name, ..
        } = &step.action
        {
            names.push(private_dns_name.clone());
        }
    }
    names.extend(verified_before(seen));
    names
}

/// Of the one service that all goes through, if its domain is verified by now: it resolves to the endpoint in
/// ClickPipes' VPC.
fn verified(seen: &Seen<'_>) -> Option<String> {
    if seen.endpoints() != 1 {
        return None;
    }
    let by_run = seen.plan.steps.iter().find_map(|step| match &step.action {
        Action::VerifyPrivateDns {
            private_dns_name, ..
        } => {
            seen.output(&step.id, OutputName::EndpointServiceId)?;
            Some(private_dns_name.clone())
        }
        _ => None,
    });
    by_run.or_else(|| verified_before(seen).next())
}

/// Names of services that were there, verified as the plan was made.
fn verified_before(seen: &Seen<'_>) -> impl Iterator<Item = String> {
    seen.plan.uses.iter().filter_map(|used| match used {
        Used::EndpointService {
            private_dns_name, ..
        } => private_dns_name.clone(),
        Used::ResourceGateway { .. }
        | Used::ResourceConfiguration { .. }
        | Used::LoadBalancer { .. } => None,
    })
}

/// The hosts under their own names, where all of these resolve to an endpoint that is there.
fn reached_by_own_names(
    seen: &Seen<'_>,
    dns_names: &[String],
    private_names: &[String],
) -> Vec<Host> {
    let own = own_hosts(seen);
    let all = own.iter().all(|it| resolves(&it.name, private_names));
    if all && !dns_names.is_empty() {
        own
    } else {
        Vec::new()
    }
}

/// The hosts' ports at one name, the endpoint's or the service's; empty where there is no endpoint yet.
fn reached_by(seen: &Seen<'_>, name: Option<&String>) -> Vec<Host> {
    let Some(dns_name) = name else {
        return Vec::new();
    };
    let ports: Vec<u16> = match &seen.plan.source.target {
        Target::Hosts { .. } => own_hosts(seen).iter().map(|it| it.port).collect(),
        Target::Database { .. }
        | Target::DomainName { .. }
        | Target::IpAddress { .. }
        | Target::MskCluster { .. } => vec![seen.plan.source.port],
    };
    let mut hosts: Vec<Host> = Vec::new();
    for port in ports {
        let host = Host {
            name: dns_name.clone(),
            port,
        };
        if !hosts.contains(&host) {
            hosts.push(host);
        }
    }
    hosts
}

/// The hosts of the source under their own names, where it has several or one that has to be called so.
fn own_hosts(seen: &Seen<'_>) -> Vec<Host> {
    let source = &seen.plan.source;
    match &source.target {
        Target::Hosts { hosts } => hosts.iter().filter_map(|it| host(it)).collect(),
        // A serverless cluster is one name; of a provisioned one, each broker's endpoint has the broker's.
        Target::MskCluster { .. } => seen
            .plan
            .steps
            .iter()
            .filter_map(|step| cluster_host(step, source.port))
            .collect(),
        Target::DomainName { name } => vec![Host {
            name: name.clone(),
            port: source.port,
        }],
        Target::Database { .. } | Target::IpAddress { .. } => source
            .tls_host
            .iter()
            .map(|name| Host {
                name: name.clone(),
                port: source.port,
            })
            .collect(),
    }
}

fn cluster_host(step: &Step, port: u16) -> Option<Host> {
    let name = if let Action::CreateResourceConfiguration {
        definition: Definition::DomainName { name, .. },
        ..
    } = &step.action
    {
        name
    } else if let Action::CreateReversePrivateEndpoint { private_dns, .. } = &step.action {
        // A broker that has several names is one broker.
        &private_dns.iter().find(|it| !is_wildcard(it))?.name
    } else {
        return None;
    };
    Some(Host {
        name: name.clone(),
        port,
    })
}

fn is_wildcard(mapping: &PrivateDnsMapping) -> bool {
    mapping.name.starts_with("*.")
}

/// `broker-1.example.com:9092`.
fn host(text: &str) -> Option<Host> {
    let (name, port) = text.rsplit_once(':')?;
    Some(Host {
        name: name.to_owned(),
        port: port.parse().ok()?,
    })
}

fn resolves(name: &str, private_names: &[String]) -> bool {
    private_names
        .iter()
        .any(|private| crate::pipe_use::is_named(name, private))
}

fn joined(hosts: &[Host]) -> Option<String> {
    let hosts: Vec<String> = hosts
        .iter()
        .map(|host| format!("{}:{}", host.name, host.port))
        .collect();
    (!hosts.is_empty()).then(|| hosts.join(","))
}

fn string(source: &SourceRef, hosts: &[Host], list: &str) -> Option<String> {
    match source.engine {
        Engine::Postgres => Some(format!(
            "postgresql://<user>:<password>@{list}/<database>?sslmode=require"
        )),
        Engine::Mysql => Some(format!(
            "mysql://<user>:<password>@{list}/<database>?ssl-mode=REQUIRED"
        )),
        Engine::Kafka => Some(format!("bootstrap.servers={list}")),
        Engine::MongoDb => {
            let set = if hosts.len() > 1 {
                "&replicaSet=<replica set>"
            } else {
                ""
            };
            Some(format!(
                "mongodb://<user>:<password>@{list}/<database>?tls=true&authSource=admin{set}"
            ))
        }
        Engine::Other => None,
    }
}

/// The schema registry under its own name, where that resolves to the endpoint behind whose load balancer it stands;
/// otherwise as the brokers are reached.
fn schema_registry(seen: &Seen<'_>) -> Option<String> {
    let registry = Registry::of(seen.plan)?;
    let chains = chains(seen.plan);
    let chain = registry
        .listener
        .and_then(|listener| chains.iter().find(|chain| chain.has(listener)));
    let dns_name = dns_names(seen, chain).into_iter().next()?;
    let private_names = private_names(seen, chain);
    let own = if let Some(name) = registry.name {
        Some(name).filter(|name| resolves(name, &private_names))
    } else {
        // What is mapped and is no broker's.
        let brokers = own_hosts(seen);
        let mut names = private_names.into_iter();
        names.find(|name| !brokers.iter().any(|it| it.name == *name))
    };
    let name = own.or_else(|| verified(seen)).unwrap_or(dns_name);
    Some(format!("https://{name}:{}", registry.port))
}
