//! An endpoint that reaches the source already: it is offered before a new one is set up.

use super::choices::SourceChoice;
use super::reuse::gateway_of;
use super::wanted::{self, Lead, lead};
use crate::endpoint::{EndpointKind, EndpointStatus};
use crate::facts::clickhouse::ReversePrivateEndpoint;
use crate::facts::lattice::ResourceConfiguration;
use crate::facts::{ClickHouseFacts, RegionFacts};
use crate::source::Database;
use crate::step::Definition;

/// A Ready endpoint of the service that already reaches the source, at all its ports: its resource
/// configuration leads there, or, for a database, to the cluster the source is a member of, or to a member of
/// the source. The exact source is preferred; among equals the lowest ID.
pub fn existing_endpoint<'a>(
    region: &RegionFacts,
    clickhouse: &'a ClickHouseFacts,
    source: &SourceChoice,
) -> Option<&'a ReversePrivateEndpoint> {
    let wanted = wanted::definition(source).ok()?;
    let related = related_arns(region, &wanted);
    ready(clickhouse)
        .filter_map(|endpoint| {
            let configuration = configuration_of(region, endpoint)?;
            let there = configuration.definition.as_ref()?;
            let exact =
                lead(there, &wanted) == Lead::There && from_same_vpc(region, configuration, source);
            let rank = if exact {
                0
            } else if matches!(there, Definition::Database { arn } if related.contains(arn)) {
                1
            } else {
                return None;
            };
            Some((rank, endpoint))
        })
        .min_by(|(rank, endpoint), (other_rank, other)| {
            (rank, &endpoint.id).cmp(&(other_rank, &other.id))
        })
        .map(|(_, endpoint)| endpoint)
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

/// One name or address can be another host in another VPC; a database is the same one everywhere.
fn from_same_vpc(
    region: &RegionFacts,
    configuration: &ResourceConfiguration,
    source: &SourceChoice,
) -> bool {
    match source {
        SourceChoice::Database { .. } => true,
        SourceChoice::DomainName { vpc_id, .. } | SourceChoice::IpAddress { vpc_id, .. } => {
            gateway_of(region, configuration).is_some_and(|it| it.vpc_id == *vpc_id)
        }
    }
}

/// The ARNs of a database's cluster, if it is a member of one, and of its members, if it is a cluster.
fn related_arns(region: &RegionFacts, wanted: &Definition) -> Vec<String> {
    let Definition::Database { arn: source_arn } = wanted else {
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
