//! The wizard's network page as data: subnets and security groups, each with its verdict and the defaults.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::port_path::PortPath;
use crate::check::Verdict;
use crate::facts::lattice::ResourceGateway;
use crate::facts::network::{SecurityGroup, Subnet};
use crate::facts::{RegionFacts, VpcFacts};
use crate::free_blocks::{self, FreeBlocks};
use crate::names;
use crate::source::Database;

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

/// Free blocks that a chosen subnet needs: one for the gateway, one for the endpoint.
pub(super) const BLOCKS_NEEDED: u32 = 2;
/// The smallest subnet that ClickHouse recommends.
pub(super) const SMALLEST_RECOMMENDED: u8 = 26;

/// The network page for a source in a VPC; `None` where the source was not read.
pub fn page(region: &RegionFacts, vpc: &VpcFacts, source_arn: &str) -> Option<NetworkPage> {
    let database = Database::find(region, source_arn)?;
    let subnets = subnet_rows(region, vpc, &database);
    let default_subnet_ids = default_subnets(&subnets);
    let security_groups = group_rows(vpc, &database, &default_subnet_ids);
    let default_security_group_ids = security_groups
        .iter()
        .find(|row| row.verdict != Verdict::Failure)
        .map(|row| row.group.id.clone())
        .into_iter()
        .collect();
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
        names: propose_names(region, database.name),
        unread: [
            vpc.subnets.problem(),
            vpc.security_groups.problem(),
            vpc.network_interfaces.problem(),
            vpc.reservations.problem(),
            region.gateways.problem(),
            region.configurations.problem(),
        ]
        .into_iter()
        .flatten()
        .cloned()
        .collect(),
    })
}

fn subnet_rows(region: &RegionFacts, vpc: &VpcFacts, database: &Database<'_>) -> Vec<SubnetRow> {
    let subnets: Vec<&Subnet> = vpc.subnets.known().into_iter().flatten().collect();
    let zones = source_zones(&subnets, database);
    let own = database.subnet_ids();
    let mut rows: Vec<SubnetRow> = subnets
        .into_iter()
        .map(|subnet| {
            let free_blocks = free_blocks::of_subnet(subnet, vpc, &region.identity.account_id);
            let (verdict, reason) = judge_subnet(subnet, &free_blocks, &region.identity.account_id);
            SubnetRow {
                source_zone: zones.contains(subnet.availability_zone_id.as_str()),
                subnet: subnet.clone(),
                free_blocks,
                verdict,
                reason,
            }
        })
        .collect();
    rows.sort_by_key(|row| {
        (
            Reverse(row.verdict),
            !row.source_zone,
            // The database's own subnets before emptier ones: a gateway in a public subnet works, but
            // nobody would look for it there.
            !own.contains(row.subnet.id.as_str()),
            Reverse(count(&row.free_blocks)),
            row.subnet.id.clone(),
        )
    });
    rows
}

/// The zones, by ID, of the source's subnet group and of its instances.
fn source_zones<'a>(subnets: &[&'a Subnet], database: &Database<'_>) -> BTreeSet<&'a str> {
    let ids = database.subnet_ids();
    let names = database.zones();
    subnets
        .iter()
        .filter(|subnet| {
            ids.contains(subnet.id.as_str()) || names.contains(subnet.availability_zone.as_str())
        })
        .map(|subnet| subnet.availability_zone_id.as_str())
        .collect()
}

fn judge_subnet(subnet: &Subnet, free_blocks: &FreeBlocks, account_id: &str) -> (Verdict, String) {
    if subnet.owner_id != account_id {
        return (
            Verdict::Failure,
            format!(
                "Shared by account {}: a resource gateway cannot be created in a shared subnet.",
                subnet.owner_id
            ),
        );
    }
    if subnet.cidr.is_none() {
        return (
            Verdict::Failure,
            "IPv6 only: the gateway needs IPv4 addresses.".to_owned(),
        );
    }
    if subnet.state != "available" {
        return (
            Verdict::Failure,
            format!("Its state is {}: wait until it is available.", subnet.state),
        );
    }
    judge_blocks(free_blocks)
}

/// Whether free blocks are enough for a gateway and one endpoint, with the reason.
pub(super) fn judge_blocks(free_blocks: &FreeBlocks) -> (Verdict, String) {
    match free_blocks {
        FreeBlocks::Counted { count } if *count >= BLOCKS_NEEDED => (
            Verdict::Passed,
            format!("{count} free /28 blocks: room for the gateway and the endpoint."),
        ),
        FreeBlocks::Counted { count: 1 } => (
            Verdict::Failure,
            "1 free /28 block: the gateway takes it, and none is left for the endpoint.".to_owned(),
        ),
        FreeBlocks::Counted { .. } => (
            Verdict::Failure,
            "No free /28 block: neither the gateway nor the endpoint has room.".to_owned(),
        ),
        FreeBlocks::Unaligned => (
            Verdict::NotKnown,
            "Sixteen addresses in a row are free, but no aligned /28 block: AWS does not say whether it can use them."
                .to_owned(),
        ),
        FreeBlocks::NotKnown { reason } => (Verdict::NotKnown, reason.clone()),
    }
}

fn count(free_blocks: &FreeBlocks) -> u32 {
    match free_blocks {
        FreeBlocks::Counted { count } => *count,
        FreeBlocks::Unaligned | FreeBlocks::NotKnown { .. } => 0,
    }
}

/// One subnet per zone, the best of each: those that fit, and only if none does, those that may.
fn default_subnets(rows: &[SubnetRow]) -> Vec<String> {
    [Verdict::Passed, Verdict::NotKnown]
        .into_iter()
        .map(|verdict| {
            let mut zones = BTreeSet::new();
            rows.iter()
                .filter(|row| row.verdict == verdict)
                .filter(|row| zones.insert(row.subnet.availability_zone_id.as_str()))
                .map(|row| row.subnet.id.clone())
                .collect::<Vec<String>>()
        })
        .find(|ids| !ids.is_empty())
        .unwrap_or_default()
}

fn group_rows(
    vpc: &VpcFacts,
    database: &Database<'_>,
    gateway_subnet_ids: &[String],
) -> Vec<SecurityGroupRow> {
    let mut rows: Vec<(bool, SecurityGroupRow)> = vpc
        .security_groups
        .known()
        .into_iter()
        .flatten()
        .map(|group| {
            let path = PortPath::look(vpc, database, &[group.id.as_str()], gateway_subnet_ids);
            let mut group = group.clone();
            group.rules.sort_by(|a, b| a.id.cmp(&b.id));
            let row = SecurityGroupRow {
                group,
                verdict: path.verdict(),
                reason: path.reason(),
                deciding_rules: path.deciding_rules(),
            };
            (path.by_group(), row)
        })
        .collect();
    // A group that the database's group names was most likely made for this, the one with the fewest rules
    // opens the least, and the VPC's default group is what everything falls into that names none.
    rows.sort_by_key(|(by_group, row)| {
        (
            Reverse(row.verdict),
            !by_group,
            row.group.name == "default",
            row.group.rules.len(),
            row.group.id.clone(),
        )
    });
    rows.into_iter().map(|(_, row)| row).collect()
}

/// Names for what a run makes: valid, and not taken as far as the lists could be read.
fn propose_names(region: &RegionFacts, source: &str) -> Names {
    let shares = region.shares.known().into_iter().flatten();
    let configurations = region.configurations.known().into_iter().flatten();
    Names {
        gateway: names::propose_gateway_name(
            source,
            own_gateways(region).map(|it| it.name.as_str()),
        ),
        configuration: names::propose_configuration_name(
            source,
            configurations.map(|it| it.name.as_str()),
        ),
        share: names::propose_share_name(source, shares.map(|it| it.name.as_str())),
        description: names::propose_description(source),
    }
}

/// The account's own gateways: the list holds those shared with it too, whose names do not count.
pub(super) fn own_gateways(region: &RegionFacts) -> impl Iterator<Item = &ResourceGateway> {
    let account = format!(":{}:", region.identity.account_id);
    region
        .gateways
        .known()
        .into_iter()
        .flatten()
        .filter(move |gateway| gateway.arn.contains(&account))
}
