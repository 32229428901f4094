//! Clusters as they are described: provisioned and serverless ones.

use serde_json::{Value, json};

use super::{Context, Outcome, bad_request, cluster, members, paged, text};
use crate::wire::Members;
use crate::world::msk::{ClusterKind, MskCluster, Scheme};

pub(super) fn list(context: &mut Context<'_>, input: &Members) -> Outcome {
    let prefix = text(input, "ClusterNameFilter").unwrap_or_default();
    let kind = text(input, "ClusterTypeFilter");
    let described: Vec<Value> = context
        .here()
        .msk_clusters
        .iter()
        .filter(|it| it.name.starts_with(prefix))
        .filter(|it| kind.is_none_or(|kind| kind.eq_ignore_ascii_case(kind_word(it.kind))))
        .map(|it| cluster_members(context, it))
        .collect();
    let (items, next) = paged(input, described)?;
    Ok(members(
        json!({ "ClusterInfoList": items, "NextToken": next }),
    ))
}

pub(super) fn describe(context: &mut Context<'_>, input: &Members) -> Outcome {
    let found = cluster(context, "DescribeClusterV2", input)?;
    Ok(members(
        json!({ "ClusterInfo": cluster_members(context, found) }),
    ))
}

/// The first version's operation, which knows provisioned clusters only, and says all at one level.
pub(super) fn describe_provisioned(context: &mut Context<'_>, input: &Members) -> Outcome {
    let found = cluster(context, "DescribeCluster", input)?;
    if found.kind == ClusterKind::Serverless {
        return Err(not_for_serverless());
    }
    let mut described = members(provisioned_members(context, found));
    described.append(&mut common_members(context, found));
    Ok(members(json!({ "ClusterInfo": described })))
}

pub(super) fn not_for_serverless() -> crate::wire::failure::Failure {
    bad_request(
        "This operation cannot be performed on serverless clusters.",
        "clusterArn",
    )
}

pub(super) fn kind_word(kind: ClusterKind) -> &'static str {
    match kind {
        ClusterKind::Provisioned => "PROVISIONED",
        ClusterKind::Serverless => "SERVERLESS",
    }
}

/// What a description of multi-VPC connectivity has for authentication.
pub(super) fn vpc_connectivity(schemes: &[Scheme]) -> Value {
    json!({
        "ClientAuthentication": {
            "Sasl": { "Iam": enabled(schemes, Scheme::Iam), "Scram": enabled(schemes, Scheme::Scram) },
            "Tls": enabled(schemes, Scheme::Tls),
        },
    })
}

fn enabled(schemes: &[Scheme], scheme: Scheme) -> Value {
    json!({ "Enabled": schemes.contains(&scheme) })
}

fn cluster_members(context: &Context<'_>, cluster: &MskCluster) -> Value {
    let mut described = common_members(context, cluster);
    let kind = kind_word(cluster.kind);
    described.insert("ClusterType".to_owned(), kind.into());
    match cluster.kind {
        ClusterKind::Provisioned => {
            let own = provisioned_members(context, cluster);
            described.insert("Provisioned".to_owned(), own);
        }
        ClusterKind::Serverless => {
            let own = json!({
                "VpcConfigs": [{
                    "SubnetIds": cluster.subnet_ids,
                    "SecurityGroupIds": cluster.security_group_ids,
                }],
                "ClientAuthentication": {
                    "Sasl": { "Iam": enabled(&cluster.authentication, Scheme::Iam) },
                },
                "ConnectivityInfo": { "NetworkType": "IPV4" },
            });
            described.insert("Serverless".to_owned(), own);
        }
    }
    described.into()
}

fn common_members(context: &Context<'_>, cluster: &MskCluster) -> Members {
    members(json!({
        "ClusterArn": cluster.arn(context.region, context.account()),
        "ClusterName": cluster.name,
        "CreationTime": cluster.created_at.to_string(),
        "CurrentVersion": cluster.current_version,
        "State": cluster.state,
        "ActiveOperationArn": cluster.active_operation().map(|it| &it.arn),
        "Tags": {},
    }))
}

fn provisioned_members(context: &Context<'_>, cluster: &MskCluster) -> Value {
    let used = cluster.configuration.as_ref();
    let configuration = used.and_then(|it| context.here().msk_configuration(&it.name));
    let arn = configuration.map(|it| it.arn(context.region, context.account()));
    let own = &cluster.authentication;
    json!({
        "BrokerNodeGroupInfo": {
            "BrokerAZDistribution": "DEFAULT",
            "ClientSubnets": cluster.subnet_ids,
            "InstanceType": cluster.instance_type,
            "SecurityGroups": cluster.security_group_ids,
            "ZoneIds": cluster.zone_ids,
            "ConnectivityInfo": {
                "NetworkType": "IPV4",
                "PublicAccess": { "Type": "DISABLED" },
                "VpcConnectivity": vpc_connectivity(&cluster.vpc_authentication),
            },
        },
        "ClientAuthentication": {
            "Sasl": { "Iam": enabled(own, Scheme::Iam), "Scram": enabled(own, Scheme::Scram) },
            "Tls": enabled(own, Scheme::Tls),
            "Unauthenticated": { "Enabled": cluster.unauthenticated },
        },
        "CurrentBrokerSoftwareInfo": {
            "KafkaVersion": cluster.kafka_version,
            "ConfigurationRevision": arn.as_ref().and(used).map(|it| it.revision),
            "ConfigurationArn": arn,
        },
        "EncryptionInfo": {
            "EncryptionInTransit": { "ClientBroker": "TLS", "InCluster": true },
        },
        "EnhancedMonitoring": "DEFAULT",
        "NumberOfBrokerNodes": cluster.brokers,
    })
}
