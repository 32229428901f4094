//! A plan and its steps: what will be done, in order, as data.
//!
//! The actions are one closed enum. Every reading (review, run, undo, AWS CLI, picture) matches it
//! exhaustively, so that a new action does not compile until each of them has an answer to it.

mod action;
mod input;
mod kinds;
mod private_dns;
mod target;

use std::fmt;

use serde::{Deserialize, Serialize};

pub use action::{Action, EndpointTarget, TargetAddress};
pub use input::{Input, MissingInput, OutputName, Outputs};
pub use kinds::{ActionKind, OnUndo};
pub use private_dns::PrivateDnsMapping;
pub use target::{
    Definition, DnsResolution, Engine, MskAuthentication, MultiVpcSchemes, PortRange, Target,
};

/// An ordered list of steps that takes a source from "not reachable" to "Ready".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Plan {
    /// Which of the three ways.
    pub path: PathKind,
    /// The account in which it is run, twelve digits.
    pub account_id: String,
    /// The region in which it is run.
    pub region: String,
    /// The source that it makes reachable.
    pub source: SourceRef,
    /// What was there before and is built upon: no step makes it, so no undo removes it.
    pub uses: Vec<Used>,
    /// The steps, in order.
    pub steps: Vec<Step>,
}

/// Something that was there before a plan, and that its steps build upon.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(
    tag = "what",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum Used {
    /// A resource gateway.
    ResourceGateway {
        /// `rgw-...`.
        id: String,
        /// Its name.
        name: String,
        /// Its subnets.
        subnet_ids: Vec<String>,
        /// Its security groups.
        security_group_ids: Vec<String>,
    },
    /// A resource configuration.
    ResourceConfiguration {
        /// `rcfg-...`.
        id: String,
        /// Its ARN.
        arn: String,
        /// Its name.
        name: String,
    },
    /// A Network Load Balancer.
    LoadBalancer {
        /// Its ARN.
        arn: String,
        /// Its name.
        name: String,
        /// Its subnets.
        subnet_ids: Vec<String>,
    },
    /// A VPC endpoint service.
    EndpointService {
        /// `vpce-svc-...`.
        id: String,
        /// `com.amazonaws.vpce.<region>.vpce-svc-...`.
        service_name: String,
        /// The value of its tag `Name`.
        name: Option<String>,
        /// Its private DNS name, where AWS had verified the domain as the plan was made.
        #[serde(default)]
        private_dns_name: Option<String>,
    },
}

/// The three ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub enum PathKind {
    /// VPC Lattice resource gateway, resource configuration and RAM share.
    VpcResource,
    /// MSK multi-VPC connectivity.
    MskMultiVpc,
    /// Network Load Balancer and VPC endpoint service.
    EndpointService,
}

/// The source of a plan, as far as connecting to it needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct SourceRef {
    /// What is reached.
    pub target: Target,
    /// What it is called: a database's name, or the domain name or address itself.
    pub name: String,
    /// What kind of connection string it wants.
    pub engine: Engine,
    /// The port that goes with the endpoint's DNS name.
    pub port: u16,
    /// The source's own host name: what its certificate is made out to.
    pub tls_host: Option<String>,
    /// The VPC from which it is reached: a database's own, or the one chosen for a name or an address.
    pub vpc_id: String,
    /// The Kafka schema registry that is reached beside several hosts, with its port, such as
    /// `registry.example.com:8081`. Plans of older journals do not name it, and the page reads it off the sheet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "specta", specta(skip))]
    pub schema_registry: Option<String>,
}

/// One action, under a name that later steps can refer to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Step {
    /// Which step of the plan; unique in it.
    pub id: StepId,
    /// What is done.
    pub action: Action,
}

/// A step's name within its plan, such as `gateway`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(transparent)]
pub struct StepId(pub String);

impl From<&str> for StepId {
    fn from(name: &str) -> Self {
        Self(name.to_owned())
    }
}

impl fmt::Display for StepId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
