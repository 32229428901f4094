//! What was observed, as plain values. The adapters fill these in; checks and plans read them.

pub mod billing;
pub mod clickhouse;
pub mod database;
pub mod lattice;
pub mod load_balancing;
pub mod msk;
pub mod network;

use serde::{Deserialize, Serialize};

use crate::observed::Observed;
use clickhouse::{ReversePrivateEndpoint, Service};
use database::{DbCluster, DbInstance};
use lattice::{ResourceConfiguration, ResourceGateway, ResourceShare};
use msk::MskCluster;
use network::{CidrReservation, NetworkAcl, NetworkInterface, SecurityGroup, Subnet, Vpc};

/// Who acts, and where: shown before anything is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Identity {
    /// Twelve digits.
    pub account_id: String,
    /// The caller's ARN.
    pub arn: String,
    /// `aws`, `aws-cn`, `aws-us-gov`, ...
    pub partition: String,
    /// The region in use.
    pub region: String,
    /// The endpoint that requests go to instead of AWS's own, if one is set for any service.
    pub endpoint_override: Option<String>,
}

/// What one region holds that a set-up can start from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct RegionFacts {
    /// Who looked.
    pub identity: Identity,
    /// RDS and Aurora clusters.
    pub clusters: Observed<Vec<DbCluster>>,
    /// RDS and Aurora instances.
    pub instances: Observed<Vec<DbInstance>>,
    /// MSK clusters.
    pub msk_clusters: Observed<Vec<MskCluster>>,
    /// VPCs.
    pub vpcs: Observed<Vec<Vpc>>,
    /// Resource gateways, including those shared with the account.
    pub gateways: Observed<Vec<ResourceGateway>>,
    /// Resource configurations, each read in full.
    pub configurations: Observed<Vec<ResourceConfiguration>>,
    /// Resource shares that the account owns and that are not deleted, with their associations.
    pub shares: Observed<Vec<ResourceShare>>,
    /// The applied quotas of VPC Lattice and RAM.
    pub quotas: Observed<Vec<Quota>>,
}

/// One applied quota of an AWS service (`servicequotas:ListServiceQuotas`).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Quota {
    /// `vpc-lattice`, `ram`.
    pub service_code: String,
    /// `L-...`.
    pub quota_code: String,
    /// Its name in AWS's words.
    pub name: String,
    /// The most there may be.
    pub value: f64,
}

/// What one VPC holds that decides where a gateway can go.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct VpcFacts {
    /// The VPC's ID.
    pub vpc_id: String,
    /// Its subnets.
    pub subnets: Observed<Vec<Subnet>>,
    /// Its security groups with their rules.
    pub security_groups: Observed<Vec<SecurityGroup>>,
    /// Every network interface in the VPC that the account may see.
    pub network_interfaces: Observed<Vec<NetworkInterface>>,
    /// CIDR reservations of all its subnets.
    pub reservations: Observed<Vec<CidrReservation>>,
    /// Its network ACLs with their entries.
    pub network_acls: Observed<Vec<NetworkAcl>>,
}

/// What is known of the ClickHouse side.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct ClickHouseFacts {
    /// The services of the key's organization.
    pub services: Observed<Vec<Service>>,
    /// The reverse private endpoints of the chosen service, where one is chosen.
    pub endpoints: Observed<Vec<ReversePrivateEndpoint>>,
    /// Endpoints of that service whose answer could not be read: they are not among `endpoints`.
    pub odd_endpoints: u32,
    /// The endpoints of the organization's other services: read only where they may tell who holds something.
    pub elsewhere: Vec<ServiceEndpoints>,
}

/// The reverse private endpoints of one service.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct ServiceEndpoints {
    /// The service.
    pub service: Service,
    /// Its endpoints.
    pub endpoints: Observed<Vec<ReversePrivateEndpoint>>,
    /// Those whose answer could not be read: they are not among `endpoints`.
    pub odd_endpoints: u32,
}
