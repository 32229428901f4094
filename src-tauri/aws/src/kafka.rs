//! MSK: the clusters of the region, by name and state only. They are listed so that the admin sees why
//! they are not offered on this path.

use aws_sdk_kafka::types::{ClusterState, ClusterType};
use pipelink_plan::facts::database::MskCluster;
use pipelink_plan::problem::Problem;

use crate::problems::missing;
use crate::session::Aws;

impl Aws {
    pub(crate) async fn msk_clusters(&self) -> Result<Vec<MskCluster>, Problem> {
        const CALL: &str = "ListClustersV2";
        let clusters = self
            .session
            .kafka
            .list_clusters_v2()
            .into_paginator()
            .page_size(100)
            .items()
            .send()
            .try_collect()
            .await
            .map_err(self.problem("kafka", CALL))?;
        clusters
            .into_iter()
            .map(|cluster| {
                Ok(MskCluster {
                    arn: cluster
                        .cluster_arn
                        .ok_or_else(|| missing(CALL, "clusterArn"))?,
                    name: cluster
                        .cluster_name
                        .ok_or_else(|| missing(CALL, "clusterName"))?,
                    kind: word(cluster.cluster_type.as_ref().map(ClusterType::as_str)),
                    state: word(cluster.state.as_ref().map(ClusterState::as_str)),
                })
            })
            .collect()
    }
}

fn word(value: Option<&str>) -> String {
    value.unwrap_or("UNKNOWN").to_owned()
}
