//! Whether security groups let a resource gateway reach the database's port.
//!
//! Two gates have to be open: the outbound rules of the gateway's groups, which are what AWS documents as
//! enforced on a gateway, and the inbound rules of the database's groups. The gateway's own inbound rules
//! play no part. Security groups are stateful, so that answers need no rule.

use super::security_gate::{Gate, Opening, Passage};
use crate::check::Verdict;
use crate::facts::VpcFacts;
use crate::facts::network::{SecurityGroup, Subnet};
use crate::problem::Problem;
use crate::source::Database;

/// The way from a gateway's security groups to the database's port.
pub(super) struct PortPath {
    port: Option<u16>,
    gateway_group_ids: Vec<String>,
    database_group_ids: Vec<String>,
    unread: Option<String>,
    outbound: Option<Passage>,
    inbound: Option<Passage>,
}

impl PortPath {
    pub(super) fn look(
        vpc: &VpcFacts,
        database: &Database<'_>,
        gateway_group_ids: &[&str],
        gateway_subnet_ids: &[String],
    ) -> Self {
        let mut path = Self {
            port: database.port,
            gateway_group_ids: gateway_group_ids
                .iter()
                .map(|id| (*id).to_owned())
                .collect(),
            database_group_ids: database
                .group_ids
                .iter()
                .map(|id| (*id).to_owned())
                .collect(),
            unread: vpc.security_groups.problem().map(Problem::headline),
            outbound: None,
            inbound: None,
        };
        path.gateway_group_ids.sort_unstable();
        let (Some(port), Some(groups)) = (database.port, vpc.security_groups.known()) else {
            return path;
        };
        let subnets = vpc.subnets.known().map_or(&[][..], Vec::as_slice);
        let pick = |ids: &[String]| -> (Vec<&SecurityGroup>, Vec<String>) {
            let found: Vec<&SecurityGroup> =
                groups.iter().filter(|it| ids.contains(&it.id)).collect();
            let missing = ids
                .iter()
                .filter(|id| !found.iter().any(|it| it.id == **id))
                .cloned()
                .collect();
            (found, missing)
        };
        let in_subnets = |wanted: &dyn Fn(&str) -> bool| -> Vec<&Subnet> {
            let mut found: Vec<&Subnet> = subnets.iter().filter(|it| wanted(&it.id)).collect();
            found.sort_by_key(|it| &it.id);
            found
        };
        let (gateway_groups, gateway_missing) = pick(&path.gateway_group_ids);
        let (database_groups, database_missing) = pick(&path.database_group_ids);
        let database_subnet_ids = database.subnet_ids();
        let outbound = Gate {
            groups: gateway_groups,
            unread: gateway_missing.iter().map(String::as_str).collect(),
            egress: true,
            port,
            peer_groups: database.group_ids.clone(),
            peer_subnets: in_subnets(&|id| database_subnet_ids.contains(id)),
        }
        .look();
        let inbound = Gate {
            groups: database_groups,
            unread: database_missing.iter().map(String::as_str).collect(),
            egress: false,
            port,
            peer_groups: gateway_group_ids.iter().copied().collect(),
            peer_subnets: in_subnets(&|id| gateway_subnet_ids.iter().any(|it| it == id)),
        }
        .look();
        path.outbound = Some(outbound);
        path.inbound = Some(inbound);
        path
    }

    /// Whether the outbound rules of the gateway's groups stop the traffic, for sure.
    pub(super) fn stops_at_gateway(&self) -> bool {
        // To which of its subnet group's subnets the database moves is not known.
        matches!(&self.outbound, Some(outbound) if outbound.opening == Opening::Closed)
    }

    /// Whether the inbound rules of the database's groups stop the traffic from a subnet, for sure.
    pub(super) fn stops_at_database(&self) -> bool {
        matches!(
            &self.inbound,
            Some(Passage {
                opening: Opening::Closed | Opening::ClosedTo(_),
                ..
            })
        )
    }

    pub(super) fn verdict(&self) -> Verdict {
        match (&self.outbound, &self.inbound) {
            _ if self.stops_at_gateway() || self.stops_at_database() => Verdict::Failure,
            (Some(outbound), Some(inbound))
                if outbound.opening == Opening::Open && inbound.opening == Opening::Open =>
            {
                Verdict::Passed
            }
            _ => Verdict::NotKnown,
        }
    }

    pub(super) fn reason(&self) -> String {
        let gateway = self.gateway_group_ids.join(", ");
        let database = self.database_group_ids.join(", ");
        let (Some(port), Some(outbound), Some(inbound)) =
            (self.port, &self.outbound, &self.inbound)
        else {
            return match &self.unread {
                Some(problem) => format!("The security groups could not be read. {problem}"),
                None => "The database's port is not known.".to_owned(),
            };
        };
        match (&outbound.opening, &inbound.opening) {
            (Opening::Closed, _) => {
                format!("{gateway} does not let TCP {port} out to the database.")
            }
            (_, Opening::Closed) if database.is_empty() => {
                "The database has no security group.".to_owned()
            }
            (_, Opening::Closed) => {
                format!(
                    "The database's group {database} does not let TCP {port} in from {gateway}."
                )
            }
            (_, Opening::ClosedTo(subnets)) => format!(
                "The database's group {database} does not let TCP {port} in from {}.",
                subnets.join(", ")
            ),
            (Opening::Open, Opening::Open) => {
                format!("TCP {port} is open from {gateway} to the database's group {database}.")
            }
            (Opening::ClosedTo(subnets), _) => format!(
                "Whether TCP {port} reaches the database depends on where it runs: {gateway} does not let it out to {}.",
                subnets.join(", ")
            ),
            (Opening::NotKnown(why), _) => {
                format!(
                    "Whether {gateway} lets TCP {port} out to the database cannot be told: {why}."
                )
            }
            (_, Opening::NotKnown(why)) => format!(
                "Whether the database's group {database} lets TCP {port} in cannot be told: {why}."
            ),
        }
    }

    pub(super) fn deciding_rules(&self) -> Vec<String> {
        self.passages()
            .flat_map(|it| it.deciding_rules.clone())
            .collect()
    }

    pub(super) fn evidence(&self) -> Vec<String> {
        self.passages().flat_map(|it| it.evidence.clone()).collect()
    }

    /// The first group of the gateway, the first of the database, and the port.
    pub(super) fn ends(&self) -> Option<(&str, &str, u16)> {
        Some((
            self.gateway_group_ids.first()?,
            self.database_group_ids.first()?,
            self.port?,
        ))
    }

    /// Whether the database's group names a group of the gateway.
    pub(super) fn by_group(&self) -> bool {
        self.inbound.as_ref().is_some_and(|it| it.by_group)
    }

    fn passages(&self) -> impl Iterator<Item = &Passage> {
        self.outbound.iter().chain(&self.inbound)
    }
}
