//! MSK: the list of clusters.

use serde_json::{Value, json};

use super::{Act, Context, Outcome, members, number, page, text};
use crate::wire::Members;
use crate::wire::failure::Failure;
use crate::world::database::MskCluster;

pub(super) fn meaning(operation: &str) -> Option<(bool, Act)> {
    match operation {
        "ListClustersV2" => Some((false, list_clusters)),
        _ => None,
    }
}

fn list_clusters(context: &mut Context<'_>, input: &Members) -> Outcome {
    let prefix = text(input, "ClusterNameFilter").unwrap_or_default();
    let kind = text(input, "ClusterTypeFilter");
    let described: Vec<Value> = context
        .here()
        .msk_clusters
        .iter()
        .filter(|it| it.name.starts_with(prefix))
        .filter(|_| kind.is_none_or(|kind| kind.eq_ignore_ascii_case("PROVISIONED")))
        .map(|it| cluster_members(context, it))
        .collect();
    let size = number(input, "MaxResults").unwrap_or(100);
    let (items, next) = page::page(described, Some(size), text(input, "NextToken"), || {
        Failure::new(
            "BadRequestException",
            400,
            "The parameter value contains an invalid token.",
        )
        .with("InvalidParameter", "nextToken")
    })?;
    Ok(members(
        json!({ "ClusterInfoList": items, "NextToken": next }),
    ))
}

fn cluster_members(context: &Context<'_>, cluster: &MskCluster) -> Value {
    let arn = format!(
        "arn:aws:kafka:{}:{}:cluster/{}/{}",
        context.region,
        context.account(),
        cluster.name,
        cluster.uuid
    );
    let enabled = |on: bool| json!({ "Enabled": on });
    let sasl = |schemes: &[String]| {
        let has = |name: &str| enabled(schemes.iter().any(|it| it == name));
        json!({ "Iam": has("IAM"), "Scram": has("SCRAM") })
    };
    json!({
        "ClusterArn": arn,
        "ClusterName": cluster.name,
        "ClusterType": "PROVISIONED",
        "CreationTime": cluster.created_at.to_string(),
        "CurrentVersion": cluster.current_version,
        "State": cluster.state,
        "Tags": {},
        "Provisioned": {
            "BrokerNodeGroupInfo": {
                "BrokerAZDistribution": "DEFAULT",
                "ClientSubnets": cluster.subnet_ids,
                "InstanceType": cluster.instance_type,
                "SecurityGroups": cluster.security_group_ids,
                "ZoneIds": cluster.zone_ids,
                "ConnectivityInfo": {
                    "NetworkType": "IPV4",
                    "PublicAccess": { "Type": "DISABLED" },
                    "VpcConnectivity": {
                        "ClientAuthentication": {
                            "Sasl": sasl(&cluster.vpc_authentication),
                            "Tls": enabled(false),
                        },
                    },
                },
            },
            "ClientAuthentication": {
                "Sasl": sasl(&cluster.authentication),
                "Tls": enabled(false),
                "Unauthenticated": enabled(false),
            },
            "CurrentBrokerSoftwareInfo": { "KafkaVersion": cluster.kafka_version },
            "EncryptionInfo": {
                "EncryptionInTransit": { "ClientBroker": "TLS", "InCluster": true },
            },
            "EnhancedMonitoring": "DEFAULT",
            "NumberOfBrokerNodes": cluster.brokers,
        },
    })
}
