//! An endpoint that reaches the source already: it is offered before a new one is set up.

use crate::endpoint::{EndpointKind, EndpointStatus};
use crate::facts::clickhouse::ReversePrivateEndpoint;
use crate::facts::{ClickHouseFacts, RegionFacts};
use crate::source::Database;

/// A Ready endpoint of the service that already reaches the source: its resource configuration names the
/// source's ARN, or that of the cluster the source is a member of, or that of a member of the source. The
/// exact ARN is preferred; among equals the lowest ID.
pub fn existing_endpoint<'a>(
    region: &RegionFacts,
    clickhouse: &'a ClickHouseFacts,
    source_arn: &str,
) -> Option<&'a ReversePrivateEndpoint> {
    let related = related_arns(region, source_arn);
    ready(clickhouse)
        .filter_map(|endpoint| {
            let target = target_of(region, endpoint)?;
            if target == source_arn {
                Some((0, endpoint))
            } else {
                related
                    .iter()
                    .any(|arn| arn == target)
                    .then_some((1, endpoint))
            }
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

/// The database that an endpoint leads to, by its resource configuration.
pub(super) fn target_of<'a>(
    region: &'a RegionFacts,
    endpoint: &ReversePrivateEndpoint,
) -> Option<&'a str> {
    let id = endpoint.resource_configuration_id.as_deref()?;
    region
        .configurations
        .known()?
        .iter()
        .find(|configuration| configuration.id == id)?
        .target_arn
        .as_deref()
}

/// The ARNs of the source's cluster, if it is a member of one, and of its members, if it is a cluster.
fn related_arns(region: &RegionFacts, source_arn: &str) -> Vec<String> {
    let own_cluster = region
        .clusters
        .known()
        .into_iter()
        .flatten()
        .map(|cluster| Database::of_cluster(region, cluster))
        .filter(|cluster| cluster.instances.iter().any(|it| it.arn == source_arn))
        .map(|cluster| cluster.arn.to_owned());
    let own_members = Database::find(region, source_arn)
        .into_iter()
        .flat_map(|database| database.instances)
        .map(|instance| instance.arn.clone());
    own_cluster.chain(own_members).collect()
}
