//! Network ACLs with their entries.

use aws_sdk_ec2::types::{
    NetworkAcl as WireAcl, NetworkAclEntry as WireEntry, PortRange as WirePorts, RuleAction,
};
use pipelink_plan::facts::network::{NetworkAcl, NetworkAclEntry};
use pipelink_plan::problem::Problem;

use super::{SERVICE, in_vpc, name_tag, optional};
use crate::problems::{missing, unreadable};
use crate::session::Aws;

const CALL: &str = "DescribeNetworkAcls";

impl Aws {
    pub(crate) async fn network_acls(&self, vpc_id: &str) -> Result<Vec<NetworkAcl>, Problem> {
        self.session
            .ec2
            .describe_network_acls()
            .filters(in_vpc(vpc_id))
            .into_paginator()
            .items()
            .send()
            .try_collect()
            .await
            .map_err(self.problem(SERVICE, CALL))?
            .into_iter()
            .map(network_acl)
            .collect()
    }
}

fn network_acl(wire: WireAcl) -> Result<NetworkAcl, Problem> {
    Ok(NetworkAcl {
        id: wire
            .network_acl_id
            .ok_or_else(|| missing(CALL, "networkAclId"))?,
        name: name_tag(wire.tags.as_deref()),
        is_default: wire.is_default.unwrap_or_default(),
        subnet_ids: wire
            .associations
            .unwrap_or_default()
            .into_iter()
            .filter_map(|association| association.subnet_id)
            .collect(),
        entries: wire
            .entries
            .unwrap_or_default()
            .into_iter()
            .map(entry)
            .collect::<Result<_, _>>()?,
    })
}

fn entry(wire: WireEntry) -> Result<NetworkAclEntry, Problem> {
    let ports = wire.port_range;
    Ok(NetworkAclEntry {
        rule_number: wire
            .rule_number
            .and_then(|number| u32::try_from(number).ok())
            .ok_or_else(|| missing(CALL, "ruleNumber"))?,
        egress: wire.egress.ok_or_else(|| missing(CALL, "egress"))?,
        // Taken for neither: what an unknown word does to traffic is not guessed.
        allow: match wire.rule_action {
            Some(RuleAction::Allow) => true,
            Some(RuleAction::Deny) => false,
            Some(other) => return Err(unreadable(CALL, &format!("ruleAction {other}"))),
            None => return Err(missing(CALL, "ruleAction")),
        },
        protocol: wire.protocol.ok_or_else(|| missing(CALL, "protocol"))?,
        cidr: optional(CALL, wire.cidr_block.as_deref())?,
        first_port: port(ports.as_ref(), |ports| ports.from),
        last_port: port(ports.as_ref(), |ports| ports.to),
    })
}

/// None where the entry names no ports, and where it names -1 for all of them.
fn port(range: Option<&WirePorts>, end: impl Fn(&WirePorts) -> Option<i32>) -> Option<u16> {
    u16::try_from(end(range?)?).ok()
}
