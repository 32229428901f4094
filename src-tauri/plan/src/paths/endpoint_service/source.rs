//! The chosen source as hosts with names, addresses and ports: what stands behind a load balancer.

use std::net::{IpAddr, Ipv4Addr};

use super::choices::SourceChoice;
use super::facts::Facts;
use super::typed::{TypedHost, typed_hosts};
use crate::facts::VpcFacts;
use crate::facts::msk::{BrokerNode, MskFacts};
use crate::names::load_balancing::Host as Typed;
use crate::names::{self, Field, FieldError};
use crate::observed::Observed;
use crate::paths::lookup;
use crate::problem::Problem;
use crate::source::Database;
use crate::step::{Engine, MskAuthentication, SourceRef, Target};

/// A source, understood.
#[derive(Debug, Clone)]
pub(super) struct Source<'a> {
    /// What a plan calls it.
    pub(super) described: SourceRef,
    /// At least one.
    pub(super) hosts: Vec<Host>,
    /// The database, where it is one.
    pub(super) database: Option<Database<'a>>,
    /// What kind of source it is.
    pub(super) kind: Kind,
}

/// What kind of source it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Out of RDS: its address moves with a failover.
    Database,
    /// One address.
    Address,
    /// Hosts that were typed, which send clients on to each other by name.
    Hosts,
    /// Brokers of an MSK cluster: the same, and the names are AWS's.
    Brokers,
}

impl Kind {
    /// Whether clients are sent on to the hosts' own names.
    pub(super) fn by_name(self) -> bool {
        matches!(self, Self::Hosts | Self::Brokers)
    }
}

/// One host of a source: a target behind a listener of the same port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Host {
    /// Its names, in lower case; none where it is an address.
    pub(super) names: Vec<String>,
    /// From 1.
    pub(super) port: u16,
    /// Its private addresses, in order; none where they are not known.
    pub(super) addresses: Vec<Ipv4Addr>,
    /// What its name resolves to, in order, private or not; `None` where it has no name or was not looked up.
    pub(super) resolves_to: Option<Result<Vec<IpAddr>, Problem>>,
    /// Whether it is the schema registry.
    pub(super) registry: bool,
}

impl Host {
    /// What was typed, with nothing looked up.
    pub(super) fn typed(typed: &TypedHost) -> Self {
        Self {
            names: match &typed.at.host {
                Typed::Name(name) => vec![name.clone()],
                Typed::Address(_) => Vec::new(),
            },
            port: typed.at.port,
            addresses: typed.address.into_iter().collect(),
            resolves_to: None,
            registry: typed.registry,
        }
    }

    /// Its first name, or its address.
    pub(super) fn label(&self) -> String {
        match (self.names.first(), self.addresses.first()) {
            (Some(name), _) => name.clone(),
            (None, Some(address)) => address.to_string(),
            (None, None) => "a host without a name".to_owned(),
        }
    }

    /// The label with the port.
    pub(super) fn at(&self) -> String {
        format!("{}:{}", self.label(), self.port)
    }

    /// The addresses in words.
    pub(super) fn addresses_in_words(&self) -> String {
        words(&self.addresses)
    }
}

/// Things in a row, with commas.
pub(super) fn words<T: ToString>(items: &[T]) -> String {
    let items: Vec<String> = items.iter().map(ToString::to_string).collect();
    items.join(", ")
}

/// The source, or every field that stands against it. That an address is not known stands against the plan only.
pub(super) fn source<'a>(
    facts: &Facts<'a>,
    choice: &SourceChoice,
) -> Result<Source<'a>, Vec<FieldError>> {
    let typed = typed_hosts(choice)?;
    match choice {
        SourceChoice::Database { arn } => {
            of_database(facts, arn).map_err(|rule| vec![FieldError::new(Field::Source, rule)])
        }
        SourceChoice::Address { engine, vpc_id, .. } => {
            of_typed(facts, &typed, *engine, vpc_id, Kind::Address)
        }
        SourceChoice::Hosts { engine, vpc_id, .. } => {
            of_typed(facts, &typed, *engine, vpc_id, Kind::Hosts)
        }
        SourceChoice::MskBrokers {
            cluster_arn,
            authentication,
        } => of_brokers(facts, cluster_arn, *authentication)
            .map_err(|rule| vec![FieldError::new(Field::Source, rule)]),
    }
}

fn of_database<'a>(facts: &Facts<'a>, arn: &str) -> Result<Source<'a>, String> {
    let identity = &facts.region.identity;
    let parts = names::rds_arn(arn).map_err(|wrong| wrong.rule)?;
    if parts.region != identity.region || parts.account_id != identity.account_id {
        return Err(format!(
            "Choose a database of account {} in {}.",
            identity.account_id, identity.region
        ));
    }
    let Some(database) = Database::find(facts.region, arn) else {
        return Err(format!(
            "Choose a database from the list: {} was not found in {}.",
            parts.name, identity.region
        ));
    };
    let Some(described) = database.source_ref() else {
        return Err(
            "Choose a PostgreSQL, MySQL or MariaDB database whose port and VPC are known."
                .to_owned(),
        );
    };
    let names: Vec<String> = database
        .tls_host
        .map(str::to_ascii_lowercase)
        .into_iter()
        .collect();
    let resolves_to = resolves_to(facts, &names);
    let hosts = vec![Host {
        addresses: private(facts.vpc, resolves_to.as_ref()),
        names,
        port: described.port,
        resolves_to,
        registry: false,
    }];
    Ok(Source {
        described,
        hosts,
        database: Some(database),
        kind: Kind::Database,
    })
}

fn of_typed<'a>(
    facts: &Facts<'a>,
    typed: &[TypedHost],
    engine: Engine,
    vpc_id: &str,
    kind: Kind,
) -> Result<Source<'a>, Vec<FieldError>> {
    let vpcs = facts.region.vpcs.known();
    if vpcs.is_some_and(|vpcs| !vpcs.iter().any(|it| it.id == *vpc_id)) {
        return Err(vec![FieldError::new(
            Field::Vpc,
            format!(
                "Choose a VPC from the list: {vpc_id} was not found in {}.",
                facts.region.identity.region
            ),
        )]);
    }
    let hosts: Vec<Host> = typed.iter().map(|it| host(facts, it)).collect();
    let (Some(first), Some(host)) = (typed.first(), hosts.first()) else {
        return Err(vec![FieldError::new(
            Field::Source,
            "Name at least one host.",
        )]);
    };
    let target = match (kind, first.address) {
        (Kind::Address, Some(address)) => Target::IpAddress { address },
        _ => Target::Hosts {
            hosts: typed
                .iter()
                .filter(|it| !it.registry)
                .map(|it| it.at.to_string())
                .collect(),
        },
    };
    Ok(Source {
        described: SourceRef {
            target,
            name: first.at.host.to_string(),
            engine,
            port: first.at.port,
            tls_host: host.names.first().cloned(),
            vpc_id: vpc_id.to_owned(),
            schema_registry: typed
                .iter()
                .find(|it| it.registry)
                .map(|it| it.at.to_string()),
        },
        hosts,
        database: None,
        kind,
    })
}

fn host(facts: &Facts<'_>, typed: &TypedHost) -> Host {
    let mut host = Host::typed(typed);
    host.resolves_to = resolves_to(facts, &host.names);
    if host.addresses.is_empty() {
        host.addresses = private(facts.vpc, host.resolves_to.as_ref());
    }
    host
}

fn of_brokers<'a>(
    facts: &Facts<'a>,
    arn: &str,
    authentication: MskAuthentication,
) -> Result<Source<'a>, String> {
    let identity = &facts.region.identity;
    let parts = names::msk_arn(arn).map_err(|wrong| wrong.rule)?;
    if parts.region != identity.region || parts.account_id != identity.account_id {
        return Err(format!(
            "Choose a cluster of account {} in {}.",
            identity.account_id, identity.region
        ));
    }
    let unread = |problem: Option<&Problem>| {
        let why = problem.map_or_else(String::new, |it| format!(" {}", it.headline()));
        format!("The cluster's brokers could not be read.{why}")
    };
    let Some(msk) = facts.msk.filter(|it| is_of(it, arn)) else {
        return Err(unread(None));
    };
    let Some(nodes) = msk.nodes.known() else {
        return Err(unread(msk.nodes.problem()));
    };
    let port = broker_port(authentication);
    let mut nodes: Vec<&BrokerNode> = nodes.iter().collect();
    nodes.sort_by_key(|it| it.id);
    let hosts: Vec<Host> = nodes
        .into_iter()
        .map(|node| broker(facts, node, port))
        .collect();
    if hosts.is_empty() {
        return Err("The cluster has no brokers that AWS lists.".to_owned());
    }
    let Some(vpc_id) = msk.vpc_id.clone() else {
        return Err("The VPC of the cluster's brokers is not known.".to_owned());
    };
    Ok(Source {
        described: SourceRef {
            target: Target::MskCluster {
                arn: arn.to_owned(),
            },
            name: parts.name,
            engine: Engine::Kafka,
            port,
            tls_host: None,
            vpc_id,
            schema_registry: None,
        },
        hosts,
        database: None,
        kind: Kind::Brokers,
    })
}

/// Whether what was read is of this cluster. Where its description was refused, it is taken for it: nothing else is
/// ever read.
fn is_of(msk: &MskFacts, arn: &str) -> bool {
    msk.cluster.known().is_none_or(|cluster| cluster.arn == arn)
}

/// The brokers' own port (Amazon MSK Developer Guide, "Port information").
pub(crate) fn broker_port(authentication: MskAuthentication) -> u16 {
    match authentication {
        MskAuthentication::SaslIam => 9098,
        MskAuthentication::SaslScram => 9096,
    }
}

fn broker(facts: &Facts<'_>, node: &BrokerNode, port: u16) -> Host {
    let mut names: Vec<String> = node
        .endpoints
        .iter()
        .map(|name| name.trim_end_matches('.').to_ascii_lowercase())
        .collect();
    names.sort_unstable();
    names.dedup();
    Host {
        addresses: node.address.into_iter().collect(),
        resolves_to: resolves_to(facts, &names),
        names,
        port,
        registry: false,
    }
}

/// What the names resolve to together, in order; an unanswered look-up counts for all.
fn resolves_to(facts: &Facts<'_>, names: &[String]) -> Option<Result<Vec<IpAddr>, Problem>> {
    let found: Vec<&Observed<Vec<IpAddr>>> = names
        .iter()
        .filter_map(|name| lookup::of(facts.lookups, name))
        .collect();
    if found.is_empty() {
        return None;
    }
    if let Some(problem) = found.iter().find_map(|it| it.problem()) {
        return Some(Err(problem.clone()));
    }
    let mut addresses: Vec<IpAddr> = found
        .iter()
        .filter_map(|it| it.known())
        .flatten()
        .copied()
        .collect();
    addresses.sort_unstable();
    addresses.dedup();
    Some(Ok(addresses))
}

/// The addresses that a target can have: private ones, and those of the VPC's own subnets.
fn private(
    vpc: Option<&VpcFacts>,
    resolves_to: Option<&Result<Vec<IpAddr>, Problem>>,
) -> Vec<Ipv4Addr> {
    let subnets = || vpc.and_then(|it| it.subnets.known()).into_iter().flatten();
    let Some(Ok(addresses)) = resolves_to else {
        return Vec::new();
    };
    addresses
        .iter()
        .filter_map(|address| match address {
            IpAddr::V4(address) => Some(*address),
            IpAddr::V6(_) => None,
        })
        .filter(|address| {
            names::is_private(*address)
                || subnets().any(|it| it.cidr.is_some_and(|cidr| cidr.contains(address)))
        })
        .collect()
}
