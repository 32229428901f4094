//! The wizard's network page as data: subnets and security groups, each with its verdict and the defaults.

use serde::{Deserialize, Serialize};

use crate::check::Verdict;
use crate::facts::network::{SecurityGroup, Subnet};
use crate::free_blocks::FreeBlocks;

/// What the network page shows, and what it has ticked at first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct NetworkPage {
    /// The VPC.
    pub vpc_id: String,
    /// Its name.
    pub vpc_name: Option<String>,
    /// Its subnets, those that fit best first.
    pub subnets: Vec<SubnetRow>,
    /// Its security groups, those that fit best first.
    pub security_groups: Vec<SecurityGroupRow>,
    /// Subnets ticked at first: one per zone, with room.
    pub default_subnet_ids: Vec<String>,
    /// Security groups ticked at first.
    pub default_security_group_ids: Vec<String>,
    /// Names filled in at first: valid and free.
    pub names: Names,
    /// What could not be read, one line each.
    pub unread: Vec<crate::problem::Problem>,
}

/// The names of what a run makes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Names {
    /// The gateway's.
    pub gateway: String,
    /// The configuration's.
    pub configuration: String,
    /// The share's.
    pub share: String,
    /// The endpoint's description in ClickHouse.
    pub description: String,
}

/// One subnet with its verdict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct SubnetRow {
    /// The subnet.
    pub subnet: Subnet,
    /// Its contiguous free /28 blocks.
    pub free_blocks: FreeBlocks,
    /// Whether the source has its own subnet group in this zone.
    pub source_zone: bool,
    /// Whether a gateway fits.
    pub verdict: Verdict,
    /// Why, in one sentence.
    pub reason: String,
}

/// One security group with the answer to "can the gateway reach the port".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct SecurityGroupRow {
    /// The group with its rules.
    pub group: SecurityGroup,
    /// Whether the path to the port is open.
    pub verdict: Verdict,
    /// Why, in one sentence.
    pub reason: String,
    /// The rules that decided it, by ID.
    pub deciding_rules: Vec<String>,
}
