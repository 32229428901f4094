//! A plan and its steps: what will be done, in order, as data.
//!
//! The actions are one closed enum. Every reading (review, run, undo, AWS CLI, picture) matches it
//! exhaustively, so that a new action does not compile until each of them has an answer to it.

mod input;
mod target;

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::problem::Party;

pub use input::{Input, MissingInput, OutputName, Outputs};
pub use target::{Definition, DnsResolution, Engine, PortRange, Target};

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

/// What a step does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(
    tag = "action",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum Action {
    /// `vpc-lattice:CreateResourceGateway`, then ACTIVE. Outputs: gateway ID.
    CreateResourceGateway {
        /// 3 to 40 characters, unique in the account and region.
        name: String,
        /// Where it goes.
        vpc_id: String,
        /// One per zone; immutable.
        subnet_ids: Vec<String>,
        /// One to five, of the same VPC.
        security_group_ids: Vec<String>,
        /// Immutable.
        dns_resolution: DnsResolution,
    },
    /// `vpc-lattice:CreateResourceConfiguration`, then ACTIVE. Outputs: configuration ID and ARN.
    CreateResourceConfiguration {
        /// 3 to 40 characters, unique in the account and region.
        name: String,
        /// The gateway's ID.
        gateway: Input,
        /// What it leads to.
        definition: Definition,
    },
    /// `ram:CreateResourceShare` with the configuration and ClickPipes' account, then share ACTIVE and its
    /// resource ASSOCIATED. The principal stays ASSOCIATING until ClickHouse accepts. Outputs: share ARN.
    CreateResourceShare {
        /// Not unique in AWS.
        name: String,
        /// The configuration's ARN.
        resource: Input,
        /// Twelve digits.
        principal: String,
    },
    /// Cloud API `clickPipeReversePrivateEndpointCreate`, then Ready with DNS names. Outputs: endpoint ID
    /// (UUID), VPC endpoint ID, DNS names.
    CreateReversePrivateEndpoint {
        /// UUID.
        organization_id: String,
        /// UUID.
        service_id: String,
        /// At most 255 characters, the run's ID (added when the run begins) included.
        description: String,
        /// The configuration's ID.
        configuration: Input,
        /// The share's ARN.
        share: Input,
    },
    /// Without a ClickHouse key: the admin pastes the values into ClickHouse, whose acceptance then shows as
    /// the share's principal becoming ASSOCIATED. Writes nothing.
    AwaitShareAcceptance {
        /// The configuration's ID, to paste.
        configuration: Input,
        /// The share's ARN, to paste, and to watch.
        share: Input,
        /// Twelve digits.
        principal: String,
    },
    /// `vpc-lattice:UpdateResourceGateway` with other security groups, then ACTIVE with them. Undone by the
    /// same call with the previous ones. Outputs: gateway ID.
    UpdateGatewaySecurityGroups {
        /// `rgw-...`: it was there before.
        gateway_id: String,
        /// One to five, of the gateway's VPC; all that it has afterwards.
        security_group_ids: Vec<String>,
        /// Those it had when this was planned.
        previous_security_group_ids: Vec<String>,
    },
}

/// The three kinds of action.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub enum ActionKind {
    /// Creates something.
    Write,
    /// Reads, changes its own part and writes back under the version read.
    Merge,
    /// Waits for somebody to do something.
    Wait,
}

impl Action {
    /// Which of the three kinds it is.
    pub fn kind(&self) -> ActionKind {
        match self {
            Self::CreateResourceGateway { .. }
            | Self::CreateResourceConfiguration { .. }
            | Self::CreateResourceShare { .. }
            | Self::CreateReversePrivateEndpoint { .. } => ActionKind::Write,
            Self::UpdateGatewaySecurityGroups { .. } => ActionKind::Merge,
            Self::AwaitShareAcceptance { .. } => ActionKind::Wait,
        }
    }

    /// Whose API carries it out.
    pub fn party(&self) -> Party {
        match self {
            Self::CreateResourceGateway { .. }
            | Self::CreateResourceConfiguration { .. }
            | Self::CreateResourceShare { .. }
            | Self::UpdateGatewaySecurityGroups { .. }
            | Self::AwaitShareAcceptance { .. } => Party::Aws,
            Self::CreateReversePrivateEndpoint { .. } => Party::ClickHouse,
        }
    }

    /// The API's own name of the call that the action makes, or waits with.
    pub fn operation(&self) -> &'static str {
        match self {
            Self::CreateResourceGateway { .. } => "CreateResourceGateway",
            Self::CreateResourceConfiguration { .. } => "CreateResourceConfiguration",
            Self::CreateResourceShare { .. } => "CreateResourceShare",
            Self::CreateReversePrivateEndpoint { .. } => "CreateReversePrivateEndpoint",
            Self::AwaitShareAcceptance { .. } => "GetResourceShareAssociations",
            Self::UpdateGatewaySecurityGroups { .. } => "UpdateResourceGateway",
        }
    }

    /// The same action with every input a literal, given what the earlier steps made.
    pub fn resolve(&self, made: &BTreeMap<StepId, Outputs>) -> Result<Self, MissingInput> {
        let mut action = self.clone();
        match &mut action {
            Self::CreateResourceGateway { .. } | Self::UpdateGatewaySecurityGroups { .. } => {}
            Self::CreateResourceConfiguration { gateway, .. } => {
                *gateway = gateway.resolve(made)?;
            }
            Self::CreateResourceShare { resource, .. } => *resource = resource.resolve(made)?,
            Self::CreateReversePrivateEndpoint {
                configuration,
                share,
                ..
            }
            | Self::AwaitShareAcceptance {
                configuration,
                share,
                ..
            } => {
                *configuration = configuration.resolve(made)?;
                *share = share.resolve(made)?;
            }
        }
        Ok(action)
    }

    /// Whether sending the call once more does no harm: a creation with an idempotency token, or a change that
    /// says the whole of what shall be. The ClickHouse POST takes no token, so that after a lost answer it must
    /// not be sent again unasked.
    pub fn takes_token(&self) -> bool {
        match self {
            Self::CreateResourceGateway { .. }
            | Self::CreateResourceConfiguration { .. }
            | Self::CreateResourceShare { .. }
            | Self::UpdateGatewaySecurityGroups { .. } => true,
            Self::CreateReversePrivateEndpoint { .. } | Self::AwaitShareAcceptance { .. } => false,
        }
    }
}
