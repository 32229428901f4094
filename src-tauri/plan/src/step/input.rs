//! What an action needs, and what a step hands on: the wires between the steps of a plan.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::StepId;

/// An input of an action: known when planning, or made by an earlier step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(tag = "from", rename_all = "camelCase")]
pub enum Input {
    /// Known when planning.
    Literal {
        /// The value.
        value: String,
    },
    /// Made by an earlier step.
    Output {
        /// Which step.
        step: StepId,
        /// Which of its outputs.
        name: OutputName,
    },
}

/// What a step can hand on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub enum OutputName {
    /// `rgw-...`
    GatewayId,
    /// `rcfg-...`
    ConfigurationId,
    /// The configuration's ARN.
    ConfigurationArn,
    /// The share's ARN.
    ShareArn,
    /// The reverse private endpoint's UUID.
    EndpointId,
    /// `vpce-...`
    VpcEndpointId,
    /// The endpoint's DNS names.
    DnsNames,
    /// `arn:aws:kafka:...`
    ClusterArn,
    /// The ARN of the operation that changes a cluster.
    ClusterOperationArn,
    /// The Sid of the statement in the cluster's policy.
    PolicySid,
    /// The ARN of a client's VPC connection to a cluster.
    ConnectionArn,
    /// Host and port of each broker, joined by commas.
    BootstrapBrokers,
    /// A target group's ARN.
    TargetGroupArn,
    /// A load balancer's ARN.
    LoadBalancerArn,
    /// A listener's ARN.
    ListenerArn,
    /// `vpce-svc-...`
    EndpointServiceId,
    /// `com.amazonaws.vpce.<region>.vpce-svc-...`
    EndpointServiceName,
    /// The first label of the name of the TXT record that proves a domain.
    TxtName,
    /// Its value.
    TxtValue,
}

/// What a step made, by name. Only [`OutputName::DnsNames`] has more than one value.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(transparent)]
pub struct Outputs(pub BTreeMap<OutputName, Vec<String>>);

impl Outputs {
    /// Adds a single value; returns itself, for building.
    #[must_use]
    pub fn with(mut self, name: OutputName, value: impl Into<String>) -> Self {
        self.0.insert(name, vec![value.into()]);
        self
    }

    /// The first value of a name.
    pub fn one(&self, name: OutputName) -> Option<&str> {
        self.0.get(&name)?.first().map(String::as_str)
    }
}

impl Input {
    /// A literal input.
    pub fn literal(value: impl Into<String>) -> Self {
        Self::Literal {
            value: value.into(),
        }
    }

    /// An output of an earlier step.
    pub fn output(step: impl Into<StepId>, name: OutputName) -> Self {
        Self::Output {
            step: step.into(),
            name,
        }
    }

    /// The value of a literal; `None` for an output that is not resolved yet.
    pub fn value(&self) -> Option<&str> {
        match self {
            Self::Literal { value } => Some(value),
            Self::Output { .. } => None,
        }
    }

    /// Itself as a literal, given what the earlier steps made.
    pub(super) fn resolve(&self, made: &BTreeMap<StepId, Outputs>) -> Result<Self, MissingInput> {
        match self {
            Self::Literal { .. } => Ok(self.clone()),
            Self::Output { step, name } => made
                .get(step)
                .and_then(|outputs| outputs.one(*name))
                .map(Self::literal)
                .ok_or_else(|| MissingInput {
                    step: step.clone(),
                    name: *name,
                }),
        }
    }
}

/// An input names an output that its step has not made (yet).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("step {step} has not made {name:?}")]
pub struct MissingInput {
    /// The step that should have made it.
    pub step: StepId,
    /// What is missing.
    pub name: OutputName,
}
