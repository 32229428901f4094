//! The wizard's network page as data: the hosts as they are understood, where a load balancer can go, what is there
//! to be built upon, each with its verdict; the defaults; and a proposed name.

mod authentications;
mod groups;
mod offers;
mod subnets;

use serde::{Deserialize, Serialize};

pub use authentications::BrokerAuthenticationRow;
pub(super) use groups::destinations;

use super::choices::SourceChoice;
use super::connections::{ConnectionRow, connections};
use super::facts::Facts;
use super::layout::{Group, layout};
use super::source::{Host, Kind, Source, source, words};
use crate::check::Verdict;
use crate::facts::load_balancing::{EndpointService, LoadBalancer};
use crate::facts::network::Subnet;
use crate::names::load_balancing::propose_load_balancer_name;
use crate::names::{self, FieldError};
use crate::observed::Observed;
use crate::paths::vpc_resource::network::SecurityGroupRow;
use crate::problem::Problem;

/// What the network page shows, and what it has ticked at first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct EndpointServicePage {
    /// What is wrong with the source; everything below but the authentications is then empty.
    pub wrong: Vec<FieldError>,
    /// The VPC of the source.
    pub vpc_id: Option<String>,
    /// Its name.
    pub vpc_name: Option<String>,
    /// How `ClickPipes` could authenticate with the brokers of an MSK cluster: IAM, then SCRAM. Empty for other sources,
    /// and where the cluster was not read.
    pub authentications: Vec<BrokerAuthenticationRow>,
    /// The hosts as they are understood: a database's endpoint, an address, what was typed, the brokers of an MSK
    /// cluster.
    pub hosts: Vec<HostRow>,
    /// How many load balancers, services and endpoints are made where everything is.
    pub load_balancer_count: u32,
    /// Why so many, in one or two sentences.
    pub layout: String,
    /// Whether nothing works without custom private DNS, a preview that `ClickHouse` enables: asked first.
    pub preview_needed: bool,
    /// The VPC's subnets, those that fit best first.
    pub subnets: Vec<LoadBalancerSubnetRow>,
    /// Subnets ticked at first: one per zone.
    pub default_subnet_ids: Vec<String>,
    /// The VPC's security groups, judged as a load balancer's, those that fit best first.
    pub security_groups: Vec<SecurityGroupRow>,
    /// Security groups ticked at first: none, unless the source does not let a load balancer without one in, and does
    /// so with one.
    pub default_security_group_ids: Vec<String>,
    /// Whether the source lets a load balancer without security groups in.
    pub without_groups: Option<WithoutGroups>,
    /// Load balancers of the VPC, those that fit best first.
    pub load_balancers: Vec<LoadBalancerOffer>,
    /// Endpoint services on load balancers of the VPC, those that fit best first.
    pub services: Vec<EndpointServiceOffer>,
    /// A name for load balancers, target groups and services: valid, and free with every number it gets.
    pub name: String,
    /// The endpoint's description in `ClickHouse`.
    pub description: String,
    /// What could not be read, one line each.
    pub unread: Vec<Problem>,
}

/// One host.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct HostRow {
    /// Its names; none where it is an address.
    pub names: Vec<String>,
    /// Its private addresses, which become targets; none where they are not known.
    pub addresses: Vec<String>,
    /// Where the addresses are from, or why they are not known.
    pub told_by: String,
    /// Its port, which is the listener's too.
    pub port: u16,
    /// Whether it is the schema registry.
    pub registry: bool,
    /// Which of the load balancers it is behind, from 1.
    pub load_balancer: u32,
}

/// One subnet with the answer to "can a load balancer go there".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct LoadBalancerSubnetRow {
    /// The subnet.
    pub subnet: Subnet,
    /// Whether a host is in its zone.
    pub source_zone: bool,
    /// Whether a load balancer fits.
    pub verdict: Verdict,
    /// Why, in one sentence.
    pub reason: String,
}

/// Whether the source lets the ticked subnets in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct WithoutGroups {
    /// The answer.
    pub verdict: Verdict,
    /// Why, in one sentence.
    pub reason: String,
}

/// A load balancer that is there already.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct LoadBalancerOffer {
    /// The load balancer.
    pub load_balancer: LoadBalancer,
    /// The IDs of its zones, as far as its subnets were read.
    pub zone_ids: Vec<String>,
    /// Whether it leads to the source.
    pub leads_there: bool,
    /// Whether a service can be made on it.
    pub verdict: Verdict,
    /// Why, in one sentence.
    pub reason: String,
}

/// An endpoint service that is there already.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct EndpointServiceOffer {
    /// The service.
    pub service: EndpointService,
    /// Whether `ClickPipes`' account may connect; `None` where that was not read.
    pub lets_clickpipes: Option<bool>,
    /// Its connections, each with whose it is.
    pub connections: Vec<ConnectionRow>,
    /// The regions from which it may be reached besides its own, which AWS lists as well.
    pub other_regions: Vec<String>,
    /// Whether it leads to the source.
    pub leads_there: bool,
    /// Whether it can be built upon.
    pub verdict: Verdict,
    /// Why, in one sentence.
    pub reason: String,
}

/// The network page for a source.
pub fn page(facts: &Facts<'_>, choice: &SourceChoice) -> EndpointServicePage {
    let authentications = authentications::rows(facts, choice);
    match source(facts, choice) {
        Ok(source) => of_source(facts, &source, authentications),
        Err(wrong) => EndpointServicePage {
            wrong,
            authentications,
            vpc_id: None,
            vpc_name: None,
            hosts: Vec::new(),
            load_balancer_count: 0,
            layout: String::new(),
            preview_needed: false,
            subnets: Vec::new(),
            default_subnet_ids: Vec::new(),
            security_groups: Vec::new(),
            default_security_group_ids: Vec::new(),
            without_groups: None,
            load_balancers: Vec::new(),
            services: Vec::new(),
            name: String::new(),
            description: String::new(),
            unread: unread(facts),
        },
    }
}

fn of_source(
    facts: &Facts<'_>,
    source: &Source<'_>,
    authentications: Vec<BrokerAuthenticationRow>,
) -> EndpointServicePage {
    let groups = layout(&source.hosts);
    let vpc_id = &source.described.vpc_id;
    let vpc = facts.vpc.filter(|it| it.vpc_id == *vpc_id);
    let destinations = vpc.map_or_else(Vec::new, |vpc| destinations(facts, vpc, source));
    let subnets = vpc.map_or_else(Vec::new, |vpc| {
        subnets::rows(
            vpc,
            &facts.region.identity.account_id,
            source,
            &destinations,
        )
    });
    let default_subnet_ids = subnets::defaults(&subnets);
    let name = &source.described.name;
    let security_groups = vpc.map_or_else(Vec::new, |vpc| {
        groups::rows(vpc, &destinations, &default_subnet_ids)
    });
    let without_groups =
        vpc.and_then(|vpc| groups::without(vpc, &destinations, &default_subnet_ids));
    EndpointServicePage {
        wrong: Vec::new(),
        authentications,
        vpc_id: Some(vpc_id.clone()),
        vpc_name: facts
            .region
            .vpcs
            .known()
            .into_iter()
            .flatten()
            .find(|it| it.id == *vpc_id)
            .and_then(|it| it.name.clone()),
        hosts: host_rows(source, &groups),
        load_balancer_count: count(groups.len()),
        layout: layout_in_words(source, &groups),
        preview_needed: preview_needed(source, &groups),
        default_security_group_ids: groups::defaults(&security_groups, without_groups.as_ref()),
        security_groups,
        without_groups,
        subnets,
        default_subnet_ids,
        load_balancers: offers::load_balancers(facts, source, &groups),
        services: offers::services(facts, source, &groups),
        name: propose_load_balancer_name(name, source.hosts.len(), &taken(facts)),
        description: names::propose_description(name),
        unread: unread(facts),
    }
}

/// Whether nothing works without names of the source's own.
pub(super) fn preview_needed(source: &Source<'_>, groups: &[Group<'_>]) -> bool {
    let named = source.hosts.iter().any(|it| !it.names.is_empty());
    named
        && match source.kind {
            Kind::Brokers => true,
            Kind::Hosts => groups.len() > 1,
            Kind::Database | Kind::Address => false,
        }
}

fn host_rows(source: &Source<'_>, groups: &[Group<'_>]) -> Vec<HostRow> {
    source
        .hosts
        .iter()
        .map(|host| HostRow {
            names: host.names.clone(),
            addresses: host.addresses.iter().map(ToString::to_string).collect(),
            told_by: told_by(source.kind, host),
            port: host.port,
            registry: host.registry,
            load_balancer: 1 + count(
                groups
                    .iter()
                    .position(|group| group.hosts.iter().any(|(_, it)| *it == host))
                    .unwrap_or(0),
            ),
        })
        .collect()
}

fn told_by(kind: Kind, host: &Host) -> String {
    if kind == Kind::Brokers {
        return match host.addresses.as_slice() {
            [] => "MSK lists no address for it.".to_owned(),
            _ => "As MSK lists it.".to_owned(),
        };
    }
    match &host.resolves_to {
        _ if host.names.is_empty() => "Entered.".to_owned(),
        Some(Ok(now))
            if !host.addresses.is_empty()
                && host
                    .addresses
                    .iter()
                    .all(|it| now.contains(&std::net::IpAddr::V4(*it))) =>
        {
            "What the name resolves to now.".to_owned()
        }
        Some(Ok(now)) if !host.addresses.is_empty() && !now.is_empty() => {
            format!("Entered; the name resolves to {}.", words(now))
        }
        _ if !host.addresses.is_empty() => {
            "Entered; what the name resolves to is not known.".to_owned()
        }
        Some(Ok(now)) if now.is_empty() => {
            "The name does not resolve from this computer.".to_owned()
        }
        Some(Ok(now)) => format!(
            "The name resolves to {}, which no target can have.",
            words(now)
        ),
        Some(Err(problem)) => problem.headline(),
        None => "The name was not looked up.".to_owned(),
    }
}

fn layout_in_words(source: &Source<'_>, groups: &[Group<'_>]) -> String {
    let hosts = source.hosts.len();
    match (groups.len(), hosts) {
        (_, 1) => "One load balancer in front of the source, one service, one endpoint.".to_owned(),
        (1, _) => format!(
            "One load balancer with {hosts} listeners, one service, one endpoint: each host has a port of its own."
        ),
        (count, _) => format!(
            "{count} load balancers, {count} services and {count} endpoints: hosts with the same port are told apart by \
             their names only. AWS charges for each load balancer by the hour.{}",
            registry_in_words(groups)
        ),
    }
}

/// Behind which of several load balancers the schema registry is.
fn registry_in_words(groups: &[Group<'_>]) -> &'static str {
    let with_registry = groups
        .iter()
        .find(|group| group.hosts.iter().any(|(_, host)| host.registry));
    match with_registry {
        None => "",
        Some(group) if group.hosts.len() == 1 => {
            " The schema registry has a load balancer and an endpoint of its own, since the brokers have its port."
        }
        Some(_) => " The schema registry is reached over an endpoint of the brokers.",
    }
}

fn taken<'a>(facts: &Facts<'a>) -> Vec<&'a str> {
    let lists = facts.load_balancing;
    let load_balancers = lists.load_balancers.known().into_iter().flatten();
    let target_groups = lists.target_groups.known().into_iter().flatten();
    load_balancers
        .map(|it| it.name.as_str())
        .chain(target_groups.map(|it| it.name.as_str()))
        .collect()
}

fn unread(facts: &Facts<'_>) -> Vec<Problem> {
    let lists = facts.load_balancing;
    let vpc = facts.vpc;
    let msk = facts.msk;
    [
        vpc.and_then(|it| it.subnets.problem()),
        vpc.and_then(|it| it.security_groups.problem()),
        vpc.and_then(|it| it.network_interfaces.problem()),
        lists.load_balancers.problem(),
        lists.target_groups.problem(),
        lists.endpoint_services.problem(),
        msk.and_then(|it| it.nodes.problem()),
    ]
    .into_iter()
    .flatten()
    .cloned()
    .collect()
}

/// The connections of a service as far as the key tells whose they are.
fn connection_rows(facts: &Facts<'_>, service: &EndpointService) -> Vec<ConnectionRow> {
    let no_key = Observed::Unknown {
        problem: Problem::KeyMissing,
    };
    connections(
        service,
        facts.clickhouse.map_or(&no_key, |it| &it.endpoints),
    )
}

/// There are never more than some dozens.
fn count(many: usize) -> u32 {
    u32::try_from(many).unwrap_or(u32::MAX)
}
