//! The VPC's network as EC2 describes it.

use std::net::Ipv4Addr;

use ipnet::Ipv4Net;
use serde::{Deserialize, Serialize};

/// A VPC.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Vpc {
    /// `vpc-...`.
    pub id: String,
    /// Its Name tag.
    pub name: Option<String>,
    /// Its primary IPv4 block.
    #[cfg_attr(feature = "specta", specta(type = Option<String>))]
    pub cidr: Option<Ipv4Net>,
    /// Whether it is the region's default VPC.
    pub is_default: bool,
}

/// A subnet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Subnet {
    /// `subnet-...`.
    pub id: String,
    /// Its Name tag.
    pub name: Option<String>,
    /// Its VPC.
    pub vpc_id: String,
    /// Its IPv4 block; none for an IPv6-only subnet.
    #[cfg_attr(feature = "specta", specta(type = Option<String>))]
    pub cidr: Option<Ipv4Net>,
    /// The zone's name, which means another zone in another account.
    pub availability_zone: String,
    /// The zone's ID, which means the same zone in every account.
    pub availability_zone_id: String,
    /// Free addresses, as AWS counts them.
    pub available_addresses: u32,
    /// The account that owns it; another one where the VPC is shared.
    pub owner_id: String,
    /// `available` or `pending`.
    pub state: String,
}

/// A security group with all its rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct SecurityGroup {
    /// `sg-...`.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its description.
    pub description: String,
    /// Its VPC.
    pub vpc_id: String,
    /// Its rules, both ways (`DescribeSecurityGroupRules`).
    pub rules: Vec<SecurityGroupRule>,
}

/// One rule of a security group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct SecurityGroupRule {
    /// `sgr-...`.
    pub id: String,
    /// Outbound, else inbound.
    pub egress: bool,
    /// `tcp`, `udp`, `icmp`, a protocol number, or `-1` for all.
    pub protocol: String,
    /// First port; none or -1 for all.
    pub from_port: Option<i32>,
    /// Last port; none or -1 for all.
    pub to_port: Option<i32>,
    /// Whom it lets through.
    pub peer: RulePeer,
}

/// Whom a rule lets through.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(tag = "kind", content = "value", rename_all = "camelCase")]
pub enum RulePeer {
    /// An IPv4 block.
    Ipv4(#[cfg_attr(feature = "specta", specta(type = String))] Ipv4Net),
    /// An IPv6 block.
    Ipv6(String),
    /// Members of a security group, by ID.
    Group(String),
    /// A managed prefix list, by ID; its entries are not read.
    PrefixList(String),
}

/// A network interface, as far as it takes addresses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct NetworkInterface {
    /// `eni-...`.
    pub id: String,
    /// Its subnet.
    pub subnet_id: String,
    /// Every private IPv4 address, secondary ones included.
    #[cfg_attr(feature = "specta", specta(type = Vec<String>))]
    pub addresses: Vec<Ipv4Addr>,
    /// Every IPv4 prefix delegated to it.
    #[cfg_attr(feature = "specta", specta(type = Vec<String>))]
    pub prefixes: Vec<Ipv4Net>,
    /// Its security groups, by ID; some kinds of interface have none.
    pub security_group_ids: Vec<String>,
}

/// A reserved range of a subnet (`GetSubnetCidrReservations`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct CidrReservation {
    /// The subnet.
    pub subnet_id: String,
    /// The range.
    #[cfg_attr(feature = "specta", specta(type = String))]
    pub cidr: Ipv4Net,
    /// What it is reserved for.
    pub kind: ReservationKind,
}

/// What a range is reserved for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub enum ReservationKind {
    /// Never assigned by AWS itself.
    Explicit,
    /// Only for prefix delegation.
    Prefix,
}

/// A network ACL: it decides, without a memory of connections, what enters and leaves its subnets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct NetworkAcl {
    /// `acl-...`.
    pub id: String,
    /// Its Name tag.
    pub name: Option<String>,
    /// Whether it is the VPC's default one.
    pub is_default: bool,
    /// The subnets it applies to.
    pub subnet_ids: Vec<String>,
    /// Its entries, both ways.
    pub entries: Vec<NetworkAclEntry>,
}

/// One entry of a network ACL. Of those that match, the one with the lowest number decides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct NetworkAclEntry {
    /// Its number; the last one, 32767, denies what nothing else matched.
    pub rule_number: u32,
    /// Outbound, else inbound.
    pub egress: bool,
    /// Allows, else denies.
    pub allow: bool,
    /// A protocol number, or `-1` for all.
    pub protocol: String,
    /// The IPv4 block it matches; none for an IPv6 entry.
    #[cfg_attr(feature = "specta", specta(type = Option<String>))]
    pub cidr: Option<Ipv4Net>,
    /// The first port; none for all.
    pub first_port: Option<u16>,
    /// The last port; none for all.
    pub last_port: Option<u16>,
}
