//! The wizard's network page as data: subnets, security groups, and what is there to be built upon, each with its
//! verdict; the defaults; and proposed names.

mod groups;
mod offers;
mod subnets;

use serde::{Deserialize, Serialize};

use super::choices::SourceChoice;
use super::facts::Facts;
use super::reuse::{own_configurations, own_gateways};
use super::serverless::ServerlessCluster;
use super::source;
use super::targets::Targets;
use super::wanted::wanted;
use crate::check::Verdict;
use crate::facts::lattice::{ResourceConfiguration, ResourceGateway};
use crate::facts::network::{SecurityGroup, Subnet};
use crate::facts::{RegionFacts, VpcFacts};
use crate::free_blocks::FreeBlocks;
use crate::names;

pub use groups::groups_of_gateway;
pub(super) use subnets::judge_blocks;

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
    /// Gateways of the account in the VPC, those that fit best first; managed ones are left out.
    pub gateways: Vec<GatewayOffer>,
    /// Configurations that lead to the source already, those that fit best first.
    pub configurations: Vec<ConfigurationOffer>,
    /// Names filled in at first: valid and free.
    pub names: Names,
    /// What could not be read, one line each.
    pub unread: Vec<crate::problem::Problem>,
}

/// A gateway that is there already.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct GatewayOffer {
    /// The gateway.
    pub gateway: ResourceGateway,
    /// The IDs of its zones, as far as its subnets were read.
    pub zone_ids: Vec<String>,
    /// Whether a configuration of the source can be made on it.
    pub verdict: Verdict,
    /// Why, in one sentence.
    pub reason: String,
}

/// A configuration that leads to the source already.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct ConfigurationOffer {
    /// The configuration.
    pub configuration: ResourceConfiguration,
    /// Its gateway, where it was read.
    pub gateway: Option<ResourceGateway>,
    /// Whether another share of it can be made.
    pub verdict: Verdict,
    /// Why, in one sentence.
    pub reason: String,
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

/// Free blocks that a subnet of a new gateway needs: one for the gateway, one for the endpoint.
pub(super) const BLOCKS_OF_NEW_GATEWAY: u32 = 2;
/// Free blocks that a subnet of a gateway needs which is there already and has its own.
pub(super) const BLOCKS_OF_STANDING_GATEWAY: u32 = 1;
/// The smallest subnet that ClickHouse recommends.
pub(super) const SMALLEST_RECOMMENDED: u8 = 26;

/// The network page for a source in a VPC; `None` where a database or a cluster was not read, or where what was typed
/// breaks its rule.
pub fn page<'a>(
    facts: impl Into<Facts<'a>>,
    vpc: &'a VpcFacts,
    source: &SourceChoice,
) -> Option<NetworkPage> {
    let facts = facts.into();
    let region = facts.region;
    let wanted = wanted(facts, source).ok()?;
    let cluster = ServerlessCluster::of(facts, source);
    let targets = Targets::of(region, vpc, &wanted, cluster)?;
    let subnets = subnets::rows(region, vpc, &targets);
    let default_subnet_ids = subnets::defaults(&subnets);
    let security_groups = groups::rows(vpc, &targets, &default_subnet_ids);
    let default_security_group_ids = security_groups
        .iter()
        .find(|row| row.verdict != Verdict::Failure)
        .map(|row| row.group.id.clone())
        .into_iter()
        .collect();
    let offers = offers::Offers {
        region,
        vpc,
        source,
        wanted: &wanted,
        targets: &targets,
    };
    Some(NetworkPage {
        vpc_id: vpc.vpc_id.clone(),
        vpc_name: region
            .vpcs
            .known()
            .into_iter()
            .flatten()
            .find(|it| it.id == vpc.vpc_id)
            .and_then(|it| it.name.clone()),
        subnets,
        security_groups,
        default_subnet_ids,
        default_security_group_ids,
        gateways: offers.gateways(),
        configurations: offers.configurations(),
        names: propose_names(region, &source::name(facts, source, &wanted)),
        unread: [
            vpc.subnets.problem(),
            vpc.security_groups.problem(),
            vpc.network_interfaces.problem(),
            vpc.reservations.problem(),
            vpc.network_acls.problem(),
            region.gateways.problem(),
            region.configurations.problem(),
            region.shares.problem(),
        ]
        .into_iter()
        .flatten()
        .cloned()
        .collect(),
    })
}

/// Names for what a run makes: valid, and not taken as far as the lists could be read.
fn propose_names(region: &RegionFacts, source: &str) -> Names {
    let shares = region.shares.known().into_iter().flatten();
    Names {
        gateway: names::propose_gateway_name(
            source,
            own_gateways(region).map(|it| it.name.as_str()),
        ),
        configuration: names::propose_configuration_name(
            source,
            own_configurations(region).map(|it| it.name.as_str()),
        ),
        share: names::propose_share_name(source, shares.map(|it| it.name.as_str())),
        description: names::propose_description(source),
    }
}
