//! MSK clusters, and what decides whether ClickPipes can connect to one of them.

use std::net::Ipv4Addr;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::observed::Observed;
use crate::step::MultiVpcSchemes;

/// An MSK cluster (`ListClustersV2`, `DescribeClusterV2`).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct MskCluster {
    /// `arn:aws:kafka:<region>:<account>:cluster/<name>/<id>`.
    pub arn: String,
    /// Its name.
    pub name: String,
    /// `PROVISIONED` or `SERVERLESS`.
    pub kind: String,
    /// `ACTIVE`, `CREATING`, `UPDATING`, ...
    pub state: String,
    /// The cluster's version, which a change of it has to name.
    pub current_version: Option<String>,
    /// What only a provisioned cluster has.
    pub provisioned: Option<Provisioned>,
    /// What only a serverless cluster has.
    pub serverless: Option<Serverless>,
}

/// What a provisioned cluster is made of. What AWS does not tell of a scheme counts as off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Provisioned {
    /// Such as `2.8.1` or `3.7.x.kraft`.
    pub kafka_version: Option<String>,
    /// Such as `kafka.m5.large`, `kafka.t3.small` or `express.m7g.large`.
    pub instance_type: String,
    /// How many brokers.
    pub brokers: u32,
    /// Subnets of the brokers.
    pub subnet_ids: Vec<String>,
    /// IDs of the zones, such as `use1-az1`, where AWS tells them.
    pub zone_ids: Vec<String>,
    /// Security groups of the brokers.
    pub security_group_ids: Vec<String>,
    /// Schemes that the cluster itself takes.
    pub schemes: MultiVpcSchemes,
    /// Whether clients may connect without authentication.
    pub unauthenticated: bool,
    /// Schemes for which multi-VPC connectivity is on.
    pub multi_vpc: MultiVpcSchemes,
    /// `TLS`, `TLS_PLAINTEXT` or `PLAINTEXT` between client and broker.
    pub client_encryption: Option<String>,
    /// The ARN and revision of its own configuration.
    pub configuration: Option<(String, i64)>,
}

/// What a serverless cluster is made of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Serverless {
    /// The VPCs it is in.
    pub vpcs: Vec<ServerlessVpc>,
    /// Its bootstrap string for IAM: one host and port.
    pub bootstrap: Observed<String>,
}

/// A VPC that a serverless cluster is in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct ServerlessVpc {
    /// Its subnets.
    pub subnet_ids: Vec<String>,
    /// Its security groups.
    pub security_group_ids: Vec<String>,
}

/// What is known of one cluster beyond its description.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct MskFacts {
    /// The cluster, read afresh.
    pub cluster: Observed<MskCluster>,
    /// Its policy; `None` where it has none.
    pub policy: Observed<Option<ClusterPolicy>>,
    /// Where clients connect to.
    pub bootstrap: Observed<BootstrapBrokers>,
    /// Connections from other VPCs.
    pub connections: Observed<Vec<ClientVpcConnection>>,
    /// What was done to the cluster, newest first.
    pub operations: Observed<Vec<ClusterOperation>>,
    /// Its own configuration as a properties file; `None` where it has none of its own, and so AWS's defaults.
    pub configuration: Observed<Option<String>>,
    /// The brokers' addresses.
    pub nodes: Observed<Vec<BrokerNode>>,
    /// The VPC of its subnets; `None` where that could not be told.
    pub vpc_id: Option<String>,
}

/// A cluster's resource policy (`GetClusterPolicy`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct ClusterPolicy {
    /// The policy's own version, which the next one has to name.
    pub version: Option<String>,
    /// The document, as AWS gives it: JSON.
    pub document: String,
}

/// Bootstrap strings (`GetBootstrapBrokers`): host and port of each broker, joined by commas.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct BootstrapBrokers {
    /// Within the VPC, for IAM.
    pub iam: Option<String>,
    /// Within the VPC, for SCRAM.
    pub scram: Option<String>,
    /// From other VPCs, for IAM.
    pub multi_vpc_iam: Option<String>,
    /// From other VPCs, for SCRAM.
    pub multi_vpc_scram: Option<String>,
}

/// A connection of a client in another VPC (`ListClientVpcConnections`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct ClientVpcConnection {
    /// Its ARN.
    pub arn: String,
    /// `SASL_IAM`, `SASL_SCRAM`, `TLS`, in AWS's words.
    pub authentication: Option<String>,
    /// `AVAILABLE`, `CREATING`, `REJECTED`, ...
    pub state: Option<String>,
    /// The account that made it.
    pub owner: Option<String>,
    /// When it was made.
    pub created_at: Option<Timestamp>,
}

/// Something done to a cluster (`ListClusterOperationsV2`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct ClusterOperation {
    /// Its ARN.
    pub arn: String,
    /// Such as `UPDATE_CONNECTIVITY`.
    pub kind: Option<String>,
    /// Such as `UPDATE_IN_PROGRESS`.
    pub state: Option<String>,
    /// When it began.
    pub started_at: Option<Timestamp>,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
}

/// A broker of a provisioned cluster (`ListNodes`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct BrokerNode {
    /// Its number, from 1.
    pub id: u32,
    /// Its own host names.
    pub endpoints: Vec<String>,
    /// Its address in the client's VPC.
    #[cfg_attr(feature = "specta", specta(type = Option<String>))]
    pub address: Option<Ipv4Addr>,
    /// The subnet it is in.
    pub subnet_id: Option<String>,
}
