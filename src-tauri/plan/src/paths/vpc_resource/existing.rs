//! An endpoint that reaches the source already: it is offered before a new one is set up.

use super::choices::SourceChoice;
use super::facts::Facts;
use super::lead::Lead;
use super::reuse::gateway_of;
use super::source::source_ref;
use super::wanted::{Wanted, wanted};
use crate::endpoint::{EndpointKind, EndpointStatus};
use crate::facts::clickhouse::ReversePrivateEndpoint;
use crate::facts::lattice::ResourceConfiguration;
use crate::facts::{ClickHouseFacts, RegionFacts};
use crate::paths::own_names::overlap;
use crate::problem::Problem;
use crate::source::Database;
use crate::step::Definition;

/// A Ready endpoint of the service that already reaches the source, at all its ports: its resource
/// configuration leads there, or, for a database, to the cluster the source is a member of, or to a member of
/// the source. The exact source is preferred; among equals the lowest ID.
pub fn existing_endpoint<'a, 'f>(
    facts: impl Into<Facts<'f>>,
    clickhouse: &'a ClickHouseFacts,
    source: &SourceChoice,
) -> Option<&'a ReversePrivateEndpoint> {
    let sought = Sought::of(facts.into(), source)?;
    ready(clickhouse)
        .filter_map(|endpoint| {
            let rank = match sought.reach(endpoint) {
                Reach::There => 0,
                Reach::Related => 1,
                Reach::Elsewhere | Reach::Untold { .. } => return None,
            };
            Some((rank, endpoint))
        })
        .min_by(|(rank, endpoint), (other_rank, other)| {
            (rank, &endpoint.id).cmp(&(other_rank, &other.id))
        })
        .map(|(_, endpoint)| endpoint)
}

/// A Ready endpoint of which it cannot be told whether it reaches the source.
pub(super) struct Untold<'a> {
    pub(super) endpoint: &'a ReversePrivateEndpoint,
    /// Why, in one sentence about the endpoint.
    pub(super) reason: String,
    /// The read that did not answer, if it is that.
    pub(super) problem: Option<&'a Problem>,
}

/// Every such endpoint, by ID.
pub(super) fn untold<'a>(
    facts: Facts<'a>,
    clickhouse: &'a ClickHouseFacts,
    source: &SourceChoice,
) -> Vec<Untold<'a>> {
    let Some(sought) = Sought::of(facts, source) else {
        return Vec::new();
    };
    let mut untold: Vec<Untold<'a>> = ready(clickhouse)
        .filter_map(|endpoint| match sought.reach(endpoint) {
            Reach::Untold { reason, problem } => Some(Untold {
                endpoint,
                reason,
                problem,
            }),
            Reach::There | Reach::Related | Reach::Elsewhere => None,
        })
        .collect();
    untold.sort_by_key(|it| &it.endpoint.id);
    untold
}

/// The service's Ready endpoints of type VPC resource.
pub(super) fn ready(clickhouse: &ClickHouseFacts) -> impl Iterator<Item = &ReversePrivateEndpoint> {
    clickhouse
        .endpoints
        .known()
        .into_iter()
        .flatten()
        .filter(|endpoint| {
            endpoint.status == EndpointStatus::Ready && endpoint.kind == EndpointKind::VpcResource
        })
}

/// The resource configuration of an endpoint, where it was read.
pub(super) fn configuration_of<'a>(
    region: &'a RegionFacts,
    endpoint: &ReversePrivateEndpoint,
) -> Option<&'a ResourceConfiguration> {
    let id = endpoint.resource_configuration_id.as_deref()?;
    let configurations = region.configurations.known()?;
    configurations.iter().find(|it| it.id == id)
}

/// Where an endpoint leads, seen from the source.
enum Reach<'a> {
    /// To the source, at all its ports.
    There,
    /// To the database's cluster, or to a member of it.
    Related,
    Elsewhere,
    Untold {
        reason: String,
        problem: Option<&'a Problem>,
    },
}

/// The source, and what of the region belongs to it.
struct Sought<'a> {
    region: &'a RegionFacts,
    wanted: Wanted,
    /// Where the source is; `None` for a database, which is the same one everywhere: one name or address can
    /// be another host in another VPC.
    vpc_id: Option<String>,
    related: Vec<String>,
}

impl<'a> Sought<'a> {
    /// `None` where what was typed breaks its rule.
    fn of(facts: Facts<'a>, source: &SourceChoice) -> Option<Self> {
        let wanted = wanted(facts, source).ok()?;
        Some(Self {
            related: related_arns(facts.region, &wanted),
            vpc_id: match source {
                SourceChoice::Database { .. } => None,
                SourceChoice::DomainName { vpc_id, .. }
                | SourceChoice::IpAddress { vpc_id, .. }
                | SourceChoice::Hosts { vpc_id, .. } => Some(vpc_id.clone()),
                // The name of a bootstrap host is that of one cluster.
                SourceChoice::MskServerless { .. } => source_ref(facts, source).map(|it| it.vpc_id),
            },
            region: facts.region,
            wanted,
        })
    }

    fn reach(&self, endpoint: &ReversePrivateEndpoint) -> Reach<'a> {
        let untold = |reason: String, problem| Reach::Untold { reason, problem };
        let Some(id) = &endpoint.resource_configuration_id else {
            return untold(
                "ClickHouse does not say which resource configuration it uses.".to_owned(),
                None,
            );
        };
        let Some(configuration) = configuration_of(self.region, endpoint) else {
            let identity = &self.region.identity;
            return match self.region.configurations.problem() {
                None => untold(
                    format!(
                        "its configuration {id} is not among those that account {} sees in {}.",
                        identity.account_id, identity.region
                    ),
                    None,
                ),
                problem => untold(format!("its configuration {id} was not read."), problem),
            };
        };
        match &configuration.definition {
            // What the children of a group lead to is not read: that it serves all the names tells as much.
            None if self.wanted.is_group() && self.serves_names(endpoint) => {}
            None => {
                return untold(
                    format!(
                        "its configuration {id} is a group or a part of one, a block of addresses, or an IPv6 address: \
                         what is behind it is not looked at."
                    ),
                    None,
                );
            }
            Some(there) if self.wanted.lead(Some(there)) == Lead::There => {}
            Some(Definition::Database { arn }) if self.related.contains(arn) => {
                return Reach::Related;
            }
            Some(_) => return Reach::Elsewhere,
        }
        let Some(vpc_id) = &self.vpc_id else {
            return Reach::There;
        };
        match gateway_of(self.region, configuration) {
            Some(gateway) if gateway.vpc_id == *vpc_id => Reach::There,
            Some(_) => Reach::Elsewhere,
            None => untold(
                format!(
                    "its configuration {id} leads there, but from which VPC is not known: its gateway was not read."
                ),
                self.region.gateways.problem(),
            ),
        }
    }
}

impl Sought<'_> {
    /// Whether an endpoint has every name of the source's own, of hosts that all have one.
    fn serves_names(&self, endpoint: &ReversePrivateEndpoint) -> bool {
        let names = self.wanted.own_names();
        names.len() == self.wanted.definitions.len()
            && names.iter().all(|name| {
                let theirs = &endpoint.custom_private_dns_names;
                theirs.iter().any(|it| overlap(it, name))
            })
    }
}

/// The ARNs of a database's cluster, if it is a member of one, and of its members, if it is a cluster.
fn related_arns(region: &RegionFacts, wanted: &Wanted) -> Vec<String> {
    let Some(Definition::Database { arn: source_arn }) = wanted.single() else {
        return Vec::new();
    };
    let own_cluster = region
        .clusters
        .known()
        .into_iter()
        .flatten()
        .map(|cluster| Database::of_cluster(region, cluster))
        .filter(|cluster| cluster.instances.iter().any(|it| it.arn == *source_arn))
        .map(|cluster| cluster.arn.to_owned());
    let own_members = Database::find(region, source_arn)
        .into_iter()
        .flat_map(|database| database.instances)
        .map(|instance| instance.arn.clone());
    own_cluster.chain(own_members).collect()
}
