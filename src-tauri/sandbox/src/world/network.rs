//! The network of a region: zones, VPCs, subnets, security groups, access lists, interfaces and
//! reserved ranges. What is free in a subnet is `space`'s to say.

use std::net::Ipv4Addr;

use ipnet::Ipv4Net;
use serde::{Deserialize, Serialize};

use super::Region;

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Zone {
    /// The account's own name for it: `us-east-1a`.
    pub(crate) name: String,
    /// The same in every account: `use1-az4`.
    pub(crate) id: String,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Vpc {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) cidr: Ipv4Net,
    #[serde(default)]
    pub(crate) is_default: bool,
    /// The owner where it is not this account: a VPC whose subnets are shared with us.
    #[serde(default)]
    pub(crate) owner: Option<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Subnet {
    pub(crate) id: String,
    pub(crate) vpc_id: String,
    pub(crate) name: String,
    pub(crate) zone_id: String,
    pub(crate) cidr: Ipv4Net,
    /// The owner where it is not this account (shared through RAM).
    #[serde(default)]
    pub(crate) owner: Option<String>,
    #[serde(default)]
    pub(crate) map_public_ip: bool,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct SecurityGroup {
    pub(crate) id: String,
    pub(crate) vpc_id: String,
    pub(crate) name: String,
    pub(crate) description: String,
    #[serde(default)]
    pub(crate) rules: Vec<Rule>,
}

/// One rule of a security group: one direction, one peer.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Rule {
    pub(crate) id: String,
    #[serde(default)]
    pub(crate) egress: bool,
    /// `tcp`, `udp`, `icmp`, or `-1` for all.
    pub(crate) protocol: String,
    #[serde(default)]
    pub(crate) ports: Option<(u16, u16)>,
    /// A CIDR block or a security group's ID.
    pub(crate) peer: String,
    #[serde(default)]
    pub(crate) description: Option<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct NetworkAcl {
    pub(crate) id: String,
    pub(crate) vpc_id: String,
    #[serde(default)]
    pub(crate) is_default: bool,
    pub(crate) subnet_ids: Vec<String>,
    pub(crate) entries: Vec<AclEntry>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct AclEntry {
    pub(crate) number: u16,
    #[serde(default)]
    pub(crate) egress: bool,
    /// An IANA number as text, or `-1` for all.
    pub(crate) protocol: String,
    pub(crate) allow: bool,
    pub(crate) cidr: Ipv4Net,
    #[serde(default)]
    pub(crate) ports: Option<(u16, u16)>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct NetworkInterface {
    pub(crate) id: String,
    pub(crate) subnet_id: String,
    /// The first is the primary one.
    pub(crate) addresses: Vec<Ipv4Addr>,
    #[serde(default)]
    pub(crate) prefixes: Vec<Ipv4Net>,
    #[serde(default)]
    pub(crate) group_ids: Vec<String>,
    pub(crate) description: String,
    /// EC2's `InterfaceType`; `interface` unless said otherwise.
    #[serde(default = "plain_interface")]
    pub(crate) interface_type: String,
    /// The AWS service that made it, where one did.
    #[serde(default)]
    pub(crate) requester: Option<String>,
    /// The owner where it is not this account: takes addresses, but is not listed to us.
    #[serde(default)]
    pub(crate) owner: Option<String>,
    /// The resource gateway that it belongs to.
    #[serde(default)]
    pub(crate) gateway_id: Option<String>,
    /// The VPC endpoint that it was added for.
    #[serde(default)]
    pub(crate) endpoint_id: Option<String>,
}

fn plain_interface() -> String {
    "interface".to_owned()
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct CidrReservation {
    pub(crate) id: String,
    pub(crate) subnet_id: String,
    pub(crate) cidr: Ipv4Net,
    pub(crate) kind: ReservationKind,
    #[serde(default)]
    pub(crate) description: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ReservationKind {
    /// Only for prefix assignment.
    Prefix,
    /// Never assigned by AWS itself.
    Explicit,
}

impl Region {
    pub(crate) fn vpc(&self, id: &str) -> Option<&Vpc> {
        self.vpcs.iter().find(|vpc| vpc.id == id)
    }

    pub(crate) fn subnet(&self, id: &str) -> Option<&Subnet> {
        self.subnets.iter().find(|subnet| subnet.id == id)
    }

    pub(crate) fn security_group(&self, id: &str) -> Option<&SecurityGroup> {
        self.security_groups.iter().find(|group| group.id == id)
    }

    pub(crate) fn zone(&self, id: &str) -> Option<&Zone> {
        self.zones.iter().find(|zone| zone.id == id)
    }
}
