//! Whether security groups let a resource gateway, or a load balancer, reach the source's ports.
//!
//! Two gates have to be open: the outbound rules of the gateway's groups, which are what AWS documents as
//! enforced on a gateway, and the inbound rules of the source's groups. The gateway's own inbound rules
//! play no part. A load balancer may have no groups at all: then there is the second gate only, and the source sees
//! the addresses of its subnets. Security groups are stateful, so that answers need no rule. Where the source's groups are not
//! known (a domain name, an address that no network interface bears), only the first gate can be judged.

use super::destination::{Destination, Kind, capital, places};
use super::security_gate::{Gate, Opening, Passage};
use crate::check::Verdict;
use crate::facts::VpcFacts;
use crate::facts::network::SecurityGroup;
use crate::problem::Problem;
use crate::step::PortRange;

/// The way from a gateway's security groups to the source's ports.
pub(in crate::paths) struct PortPath<'a> {
    destination: &'a Destination<'a>,
    /// Whence the traffic comes: the groups, or the subnets of what has none.
    near: String,
    gateway_group_ids: Vec<String>,
    destination_group_ids: Vec<String>,
    unread: Option<String>,
    outbound: Option<Passage>,
    inbound: Option<Passage>,
}

impl<'a> PortPath<'a> {
    pub(in crate::paths) fn look(
        vpc: &VpcFacts,
        destination: &'a Destination<'a>,
        gateway_group_ids: &[&str],
        gateway_subnet_ids: &[String],
    ) -> Self {
        Self::from(
            vpc,
            destination,
            Some(gateway_group_ids),
            gateway_subnet_ids,
        )
    }

    /// The way from what has no security groups, in these subnets.
    pub(in crate::paths) fn from_subnets(
        vpc: &VpcFacts,
        destination: &'a Destination<'a>,
        subnet_ids: &[String],
    ) -> Self {
        Self::from(vpc, destination, None, subnet_ids)
    }

    fn from(
        vpc: &VpcFacts,
        destination: &'a Destination<'a>,
        group_ids: Option<&[&str]>,
        gateway_subnet_ids: &[String],
    ) -> Self {
        let owned = |id: &&str| (*id).to_owned();
        let gateway_group_ids = group_ids.unwrap_or_default();
        let mut path = Self {
            destination,
            near: String::new(),
            gateway_group_ids: gateway_group_ids.iter().map(owned).collect(),
            destination_group_ids: destination.group_ids.iter().flatten().map(owned).collect(),
            unread: vpc.security_groups.problem().map(Problem::headline),
            outbound: None,
            inbound: None,
        };
        path.gateway_group_ids.sort_unstable();
        path.near = if group_ids.is_some() {
            path.gateway_group_ids.join(", ")
        } else {
            let mut subnets = gateway_subnet_ids.to_vec();
            subnets.sort_unstable();
            subnets.join(", ")
        };
        let Some(groups) = vpc.security_groups.known() else {
            return path;
        };
        if destination.ports.is_empty() {
            return path;
        }
        let outbound = if group_ids.is_some() {
            let (gateway_groups, unread) = pick(groups, &path.gateway_group_ids);
            Gate {
                groups: gateway_groups,
                unread,
                egress: true,
                ports: destination.ports.clone(),
                peer_groups: destination.group_ids.clone(),
                peers: destination.places.clone(),
            }
            .look()
        } else {
            Passage::free()
        };
        let inbound = destination.group_ids.is_some().then(|| {
            let (destination_groups, unread) = pick(groups, &path.destination_group_ids);
            Gate {
                groups: destination_groups,
                unread,
                egress: false,
                ports: destination.ports.clone(),
                peer_groups: Some(gateway_group_ids.iter().copied().collect()),
                peers: places(vpc, |id| gateway_subnet_ids.iter().any(|it| it == id)),
            }
            .look()
        });
        path.outbound = Some(outbound);
        path.inbound = inbound;
        path
    }

    /// Whether the outbound rules of the gateway's groups stop the traffic, for sure.
    pub(in crate::paths) fn stops_at_gateway(&self) -> bool {
        // To which of its subnet group's subnets a database moves is not known.
        matches!(&self.outbound, Some(outbound) if outbound.opening == Opening::Closed)
    }

    /// Whether the inbound rules of the source's groups stop the traffic from a subnet, for sure.
    pub(in crate::paths) fn stops_at_destination(&self) -> bool {
        matches!(
            &self.inbound,
            Some(Passage {
                opening: Opening::Closed | Opening::ClosedTo(_),
                ..
            })
        )
    }

    pub(in crate::paths) fn verdict(&self) -> Verdict {
        match (&self.outbound, &self.inbound) {
            _ if self.stops_at_gateway() || self.stops_at_destination() => Verdict::Failure,
            (Some(outbound), Some(inbound))
                if outbound.opening == Opening::Open && inbound.opening == Opening::Open =>
            {
                Verdict::Passed
            }
            _ => Verdict::NotKnown,
        }
    }

    pub(in crate::paths) fn reason(&self) -> String {
        let gateway = &self.near;
        let words = &self.destination.words;
        let (Some(traffic), Some(outbound)) = (self.destination.traffic(), &self.outbound) else {
            return match &self.unread {
                Some(problem) => format!("The security groups could not be read. {problem}"),
                None => "The database's port is not known.".to_owned(),
            };
        };
        let group = self.destination_groups();
        match (
            &outbound.opening,
            self.inbound.as_ref().map(|it| &it.opening),
        ) {
            (Opening::Closed, _) => format!("{gateway} does not let {traffic} out to {words}."),
            (Opening::Open, None) if self.gateway_group_ids.is_empty() => {
                format!("Whether {words} lets {traffic} in cannot be seen from here.")
            }
            (Opening::Open, None) => format!(
                "{gateway} lets {traffic} out; whether {words} lets it in cannot be seen from here."
            ),
            (_, None) => format!(
                "{gateway} lets {traffic} out to some addresses; whether {words} is among them, and lets it in, \
                 cannot be seen from here."
            ),
            (_, Some(Opening::Closed)) if self.destination_group_ids.is_empty() => {
                format!("{} has no security group.", capital(words))
            }
            (_, Some(Opening::Closed)) => {
                format!(
                    "{} does not let {traffic} in from {gateway}.",
                    capital(&group)
                )
            }
            (_, Some(Opening::ClosedTo(subnets))) => format!(
                "{} does not let {traffic} in from {}.",
                capital(&group),
                subnets.join(", ")
            ),
            (Opening::Open, Some(Opening::Open)) => {
                format!("{traffic} is open from {gateway} to {group}.")
            }
            (Opening::ClosedTo(subnets), _) => format!(
                "Whether {traffic} reaches {words} depends on where it runs: {gateway} does not let it out to {}.",
                subnets.join(", ")
            ),
            (Opening::NotKnown(why), _) => {
                format!("Whether {gateway} lets {traffic} out to {words} cannot be told: {why}.")
            }
            (_, Some(Opening::NotKnown(why))) => {
                format!("Whether {group} lets {traffic} in cannot be told: {why}.")
            }
        }
    }

    /// The groups at the far end, in words.
    fn destination_groups(&self) -> String {
        let groups = self.destination_group_ids.join(", ");
        match self.destination.kind {
            Kind::Database | Kind::Cluster => {
                format!("{}'s group {groups}", self.destination.words)
            }
            Kind::DomainName | Kind::IpAddress => {
                format!("the group {groups} of {}", self.destination.words)
            }
        }
    }

    pub(in crate::paths) fn deciding_rules(&self) -> Vec<String> {
        self.passages()
            .flat_map(|it| it.deciding_rules.clone())
            .collect()
    }

    pub(in crate::paths) fn evidence(&self) -> Vec<String> {
        self.passages().flat_map(|it| it.evidence.clone()).collect()
    }

    /// The first group of the gateway.
    pub(in crate::paths) fn gateway_group(&self) -> Option<&str> {
        self.gateway_group_ids.first().map(String::as_str)
    }

    /// The first group of the source.
    pub(in crate::paths) fn destination_group(&self) -> Option<&str> {
        self.destination_group_ids.first().map(String::as_str)
    }

    /// The ports to open.
    pub(in crate::paths) fn ports(&self) -> &[PortRange] {
        &self.destination.ports
    }

    /// Whether the source's group names a group of the gateway.
    pub(in crate::paths) fn by_group(&self) -> bool {
        self.inbound.as_ref().is_some_and(|it| it.by_group)
    }

    /// Whether the gateway's side is open for sure.
    pub(in crate::paths) fn leaves_gateway(&self) -> bool {
        matches!(&self.outbound, Some(outbound) if outbound.opening == Opening::Open)
    }

    fn passages(&self) -> impl Iterator<Item = &Passage> {
        self.outbound.iter().chain(&self.inbound)
    }
}

/// The groups of these IDs that were read, and the IDs of those that were not.
fn pick<'a, 'b>(
    groups: &'a [SecurityGroup],
    ids: &'b [String],
) -> (Vec<&'a SecurityGroup>, Vec<&'b str>) {
    let found: Vec<&SecurityGroup> = groups.iter().filter(|it| ids.contains(&it.id)).collect();
    let missing = ids
        .iter()
        .map(String::as_str)
        .filter(|id| !found.iter().any(|it| it.id == *id))
        .collect();
    (found, missing)
}
