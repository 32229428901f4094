//! What the admin picks on this path. All strings are as typed; [`crate::names`] validates them before a plan is
//! made.

use serde::{Deserialize, Serialize};

use crate::paths::choices::ServiceChoice;
use crate::step::{Engine, MskAuthentication};

/// The admin's picks, complete.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "EndpointServiceChoices", rename_all = "camelCase")]
pub struct Choices {
    /// What stands behind the load balancer.
    pub source: SourceChoice,
    /// Which ClickHouse service, and who creates the endpoint there.
    pub service: ServiceChoice,
    /// What is made, and what of that is there already.
    pub extent: Extent,
    /// A name that resolves to the endpoint in ClickPipes' VPC, given by the endpoint service itself; its domain has
    /// to be proven by a TXT record. At most one, and only where one service is made. Empty: none.
    pub private_dns_name: String,
    /// Whether ClickHouse's support has enabled custom private DNS (a preview) for the service: where brokers or nodes
    /// have to be reached under their own names, nothing works without it.
    pub custom_dns_enabled: bool,
    /// Who accepts the connection.
    pub acceptance: Acceptance,
    /// The endpoint's description in ClickHouse, at most 200 characters: the run's ID is added to it.
    pub description: String,
}

/// Who accepts the connection of ClickHouse's endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub enum Acceptance {
    /// The run, after it has compared owner and endpoint ID with what ClickHouse reports.
    ByRun,
    /// The admin.
    ByHand,
}

/// What stands behind the load balancer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(
    rename = "EndpointServiceSourceChoice",
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum SourceChoice {
    /// An RDS or Aurora cluster (its writer) or instance out of the list.
    Database {
        /// Its ARN.
        arn: String,
    },
    /// One private address: an EC2 instance, or a host on premises that the VPC reaches.
    Address {
        /// As typed.
        address: String,
        /// As typed: one port.
        port: String,
        /// What speaks at the port.
        engine: Engine,
        /// The VPC from which it is reached.
        vpc_id: String,
    },
    /// The brokers of a Kafka cluster that is not MSK, or the nodes of a `MongoDB` replica set.
    Hosts {
        /// As typed: one host and port a line, such as `broker-1.example.com:9092`.
        hosts: String,
        /// As typed, in the order of the hosts: the private address of each that is a name.
        addresses: String,
        /// Kafka or `MongoDB`.
        engine: Engine,
        /// A Kafka schema registry to be reached over the same endpoint: host, port and address, as typed. Empty:
        /// none.
        registry: String,
        /// The registry's private address, as typed. Empty where its host is an address.
        registry_address: String,
        /// The VPC from which they are reached.
        vpc_id: String,
    },
    /// The brokers of an MSK cluster: MSK Express, or another region.
    MskBrokers {
        /// The cluster's ARN.
        cluster_arn: String,
        /// Which of the brokers' ports.
        authentication: MskAuthentication,
    },
}

/// What is made, and what of that is there already.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(
    rename = "EndpointServiceExtent",
    tag = "extent",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum Extent {
    /// Target groups, load balancers and services are made: one of each for a database or an address, or where all
    /// hosts have ports of their own; one of each per host otherwise.
    Everything {
        /// Where the load balancers go: the same subnets for each.
        subnet_ids: Vec<String>,
        /// What guards them; none at all is AWS's simplest case.
        security_group_ids: Vec<String>,
        /// Load balancers, target groups and services are named after it; several get a number.
        name: String,
    },
    /// The load balancer is there, with listener and targets; a service is made.
    OnLoadBalancer {
        /// Its ARN.
        load_balancer_arn: String,
        /// The service's name.
        name: String,
        /// What of it is changed on the way.
        changes: Vec<LoadBalancerChange>,
    },
    /// The service is there; only what it lacks (principal, region) and the endpoint are made.
    OnService {
        /// `vpce-svc-...`.
        service_id: String,
        /// What of its load balancer is changed on the way.
        changes: Vec<LoadBalancerChange>,
    },
}

/// A change of a load balancer that is there already: offered by a check, made only where the admin chose it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub enum LoadBalancerChange {
    /// Cross-zone load balancing is turned on.
    EnableCrossZone,
    /// Inbound rules are not enforced on `PrivateLink` traffic any more.
    StopEnforcingInboundRules,
}

impl SourceChoice {
    /// The MSK cluster, if the source is one.
    pub fn cluster_arn(&self) -> Option<&str> {
        match self {
            Self::MskBrokers { cluster_arn, .. } => Some(cluster_arn),
            Self::Database { .. } | Self::Address { .. } | Self::Hosts { .. } => None,
        }
    }
}

impl Extent {
    /// What is there already: a load balancer's ARN or a service's ID.
    pub fn there(&self) -> Option<&str> {
        match self {
            Self::Everything { .. } => None,
            Self::OnLoadBalancer {
                load_balancer_arn, ..
            } => Some(load_balancer_arn),
            Self::OnService { service_id, .. } => Some(service_id),
        }
    }
}
