//! A cluster between the wire's words and the plan's. What AWS does not state of a scheme counts as off.

use aws_sdk_kafka::types::{
    ClientAuthentication, Cluster, ClusterState, ClusterType, VpcConnectivity,
};
use aws_smithy_types::DateTime;
use jiff::Timestamp;
use pipelink_plan::facts::msk::{MskCluster, Provisioned, Serverless, ServerlessVpc};
use pipelink_plan::observed::Observed;
use pipelink_plan::problem::Problem;
use pipelink_plan::step::MultiVpcSchemes;

use crate::problems::missing;

/// A cluster as `ListClustersV2` and `DescribeClusterV2` describe it; a serverless one's bootstrap string is left
/// open.
pub(super) fn cluster(wire: Cluster, call: &'static str) -> Result<MskCluster, Problem> {
    Ok(MskCluster {
        arn: wire
            .cluster_arn
            .ok_or_else(|| missing(call, "clusterArn"))?,
        name: wire
            .cluster_name
            .ok_or_else(|| missing(call, "clusterName"))?,
        kind: word(wire.cluster_type.as_ref().map(ClusterType::as_str)),
        state: word(wire.state.as_ref().map(ClusterState::as_str)),
        current_version: wire.current_version,
        provisioned: wire.provisioned.map(provisioned),
        serverless: wire.serverless.map(|wire| Serverless {
            vpcs: wire
                .vpc_configs
                .unwrap_or_default()
                .into_iter()
                .map(|vpc| ServerlessVpc {
                    subnet_ids: vpc.subnet_ids.unwrap_or_default(),
                    security_group_ids: vpc.security_group_ids.unwrap_or_default(),
                })
                .collect(),
            bootstrap: Observed::Unknown {
                problem: Problem::NotAsked {
                    reason: "the cluster was only listed".to_owned(),
                },
            },
        }),
    })
}

fn provisioned(wire: aws_sdk_kafka::types::Provisioned) -> Provisioned {
    let nodes = wire.broker_node_group_info;
    let software = wire.current_broker_software_info;
    let authentication = wire.client_authentication;
    Provisioned {
        kafka_version: software.as_ref().and_then(|it| it.kafka_version.clone()),
        instance_type: word(nodes.as_ref().and_then(|it| it.instance_type.as_deref())),
        brokers: wire
            .number_of_broker_nodes
            .and_then(|count| u32::try_from(count).ok())
            .unwrap_or_default(),
        subnet_ids: nodes
            .as_ref()
            .and_then(|it| it.client_subnets.clone())
            .unwrap_or_default(),
        zone_ids: nodes
            .as_ref()
            .and_then(|it| it.zone_ids.clone())
            .unwrap_or_default(),
        security_group_ids: nodes
            .as_ref()
            .and_then(|it| it.security_groups.clone())
            .unwrap_or_default(),
        schemes: schemes(authentication.as_ref()),
        unauthenticated: authentication
            .as_ref()
            .and_then(|it| it.unauthenticated.as_ref()?.enabled)
            .unwrap_or_default(),
        multi_vpc: nodes
            .as_ref()
            .and_then(|it| it.connectivity_info.as_ref()?.vpc_connectivity.as_ref())
            .map(multi_vpc)
            .unwrap_or_default(),
        client_encryption: wire
            .encryption_info
            .and_then(|it| it.encryption_in_transit?.client_broker)
            .map(|it| it.as_str().to_owned()),
        configuration: software
            .and_then(|it| Some((it.configuration_arn?, it.configuration_revision?))),
    }
}

fn schemes(wire: Option<&ClientAuthentication>) -> MultiVpcSchemes {
    let sasl = wire.and_then(|it| it.sasl.as_ref());
    MultiVpcSchemes {
        iam: sasl
            .and_then(|it| it.iam.as_ref()?.enabled)
            .unwrap_or_default(),
        scram: sasl
            .and_then(|it| it.scram.as_ref()?.enabled)
            .unwrap_or_default(),
        tls: wire
            .and_then(|it| it.tls.as_ref()?.enabled)
            .unwrap_or_default(),
    }
}

pub(super) fn multi_vpc(wire: &VpcConnectivity) -> MultiVpcSchemes {
    let authentication = wire.client_authentication.as_ref();
    let sasl = authentication.and_then(|it| it.sasl.as_ref());
    MultiVpcSchemes {
        iam: sasl
            .and_then(|it| it.iam.as_ref()?.enabled)
            .unwrap_or_default(),
        scram: sasl
            .and_then(|it| it.scram.as_ref()?.enabled)
            .unwrap_or_default(),
        tls: authentication
            .and_then(|it| it.tls.as_ref()?.enabled)
            .unwrap_or_default(),
    }
}

fn word(value: Option<&str>) -> String {
    value.unwrap_or("UNKNOWN").to_owned()
}

/// `None` for a time out of this library's range.
pub(super) fn timestamp(wire: DateTime) -> Option<Timestamp> {
    let nanos = i32::try_from(wire.subsec_nanos()).ok()?;
    Timestamp::new(wire.secs(), nanos).ok()
}
