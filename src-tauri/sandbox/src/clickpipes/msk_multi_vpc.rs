//! MSK multi-VPC connectivity: ClickHouse makes a managed VPC connection to the cluster, which its policy and
//! its connectivity have to allow.

use jiff::Timestamp;

use crate::world::World;
use crate::world::msk::{ConnectionState, Scheme};
use crate::world::organization::{AwsSide, CLICKPIPES_ACCOUNT};

/// Asks for a connection. Gives its ARN, or why there is none.
pub(super) fn connect(
    world: &mut World,
    cluster_arn: &str,
    authentication: &str,
    pipes_region: &str,
    at: Timestamp,
) -> Result<String, String> {
    world
        .request_msk_connection(
            cluster_arn,
            authentication,
            CLICKPIPES_ACCOUNT,
            pipes_region,
            at,
        )
        .map_err(|it| it.to_string())
}

/// What became of a connection. One that ClickHouse itself removes says nothing.
pub(super) fn side(world: &World, connection_arn: &str) -> Option<AwsSide> {
    Some(match world.msk_connection_state(connection_arn)? {
        ConnectionState::Creating => AwsSide::Connecting,
        ConnectionState::Available => AwsSide::Connected,
        ConnectionState::Rejecting | ConnectionState::Rejected => AwsSide::Rejected,
        // The owner turned multi-VPC connectivity off, or took the permission back.
        ConnectionState::Inactive | ConnectionState::Deactivating | ConnectionState::Failed => {
            AwsSide::Broken
        }
        ConnectionState::Deleting => return None,
    })
}

/// The brokers' own names, which MSK resolves in the VPC of a connection.
pub(super) fn broker_names(world: &World, cluster_arn: &str, authentication: &str) -> Vec<String> {
    let region_name = cluster_arn.split(':').nth(3).unwrap_or_default();
    let region = world.regions.get(region_name);
    let cluster = region.and_then(|it| it.msk_cluster(cluster_arn));
    let (Some(cluster), Some(scheme)) = (cluster, Scheme::of_word(authentication)) else {
        return Vec::new();
    };
    let brokers = cluster.connection_brokers(region_name, scheme);
    brokers.into_iter().map(|(host, _)| host).collect()
}

/// Gives the connection up.
pub(super) fn disconnect(world: &mut World, connection_arn: &str, at: Timestamp) {
    world.remove_msk_connection(connection_arn, at);
}
