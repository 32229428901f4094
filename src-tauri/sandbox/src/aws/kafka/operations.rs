//! Changes of clusters, as they are listed and described.

use serde_json::{Value, json};

use super::clusters::{kind_word, vpc_connectivity};
use super::{Context, Outcome, bad_request, cluster, members, not_found, paged, text};
use crate::wire::Members;
use crate::world::msk::{ClusterOperation, MskCluster, Scheme};

/// AWS's free text; from memory.
const KIND: &str = "UPDATE_CONNECTIVITY";

pub(super) fn list(context: &mut Context<'_>, input: &Members) -> Outcome {
    let found = cluster(context, "ListClusterOperationsV2", input)?;
    let newest_first = found.operations.iter().rev();
    let described: Vec<Value> = newest_first
        .map(|it| summary(context, found, it).into())
        .collect();
    let (items, next) = paged(input, described)?;
    Ok(members(
        json!({ "ClusterOperationInfoList": items, "NextToken": next }),
    ))
}

pub(super) fn describe(context: &mut Context<'_>, input: &Members) -> Outcome {
    const NAME: &str = "clusterOperationArn";
    let arn = text(input, "ClusterOperationArn").unwrap_or_default();
    if !arn.starts_with("arn:") || !arn.contains(":cluster-operation/") {
        let message = "One or more of the parameters are not valid: the operation ARN.";
        return Err(bad_request(message, NAME));
    }
    let clusters = &context.here().msk_clusters;
    let (cluster, operation) = clusters
        .iter()
        .flat_map(|cluster| cluster.operations.iter().map(move |it| (cluster, it)))
        .find(|(_, it)| it.arn == arn)
        .ok_or_else(|| not_found(format!("The operation {arn} does not exist."), NAME))?;
    let mut described = summary(context, cluster, operation);
    let connectivity = |schemes: &[Scheme]| json!({ "ConnectivityInfo": { "VpcConnectivity": vpc_connectivity(schemes) } });
    described.extend(members(json!({
        "ErrorInfo": operation.failure.as_ref().map(|why| {
            json!({ "ErrorCode": "InternalServerError", "ErrorString": why })
        }),
        "Provisioned": {
            "SourceClusterInfo": connectivity(&operation.source),
            "TargetClusterInfo": connectivity(&operation.target),
        },
    })));
    Ok(members(json!({ "ClusterOperationInfo": described })))
}

fn summary(context: &Context<'_>, cluster: &MskCluster, operation: &ClusterOperation) -> Members {
    members(json!({
        "ClusterArn": cluster.arn(context.region, context.account()),
        "ClusterType": kind_word(cluster.kind),
        "StartTime": operation.started_at.to_string(),
        "EndTime": operation.ended_at.map(|it| it.to_string()),
        "OperationArn": operation.arn,
        "OperationState": operation.state(context.now),
        "OperationType": KIND,
    }))
}
