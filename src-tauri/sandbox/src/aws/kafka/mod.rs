//! Amazon MSK: clusters and how to reach them, their connectivity and its changes, their policy, and who is
//! connected. Kafka's own data and the making of clusters are not here.

mod brokers;
mod clusters;
mod configurations;
mod connections;
mod connectivity;
mod operations;
mod policy;

use serde_json::Value;

use super::{Act, Context, Outcome, members, number, page, text};
use crate::wire::Members;
use crate::wire::failure::Failure;
use crate::wire::model;
use crate::world::msk::MskCluster;

pub(super) fn meaning(operation: &str) -> Option<(bool, Act)> {
    let (writes, act): (bool, Act) = match operation {
        "ListClustersV2" => (false, clusters::list),
        "DescribeClusterV2" => (false, clusters::describe),
        "DescribeCluster" => (false, clusters::describe_provisioned),
        "GetBootstrapBrokers" => (false, brokers::bootstrap),
        "ListNodes" => (false, brokers::nodes),
        "UpdateConnectivity" => (true, connectivity::update),
        "DescribeClusterOperationV2" => (false, operations::describe),
        "ListClusterOperationsV2" => (false, operations::list),
        "GetClusterPolicy" => (false, policy::get),
        "PutClusterPolicy" => (true, policy::put),
        "DeleteClusterPolicy" => (true, policy::delete),
        "ListClientVpcConnections" => (false, connections::list),
        "RejectClientVpcConnection" => (true, connections::reject),
        "DescribeConfigurationRevision" => (false, configurations::describe_revision),
        _ => return None,
    };
    Some((writes, act))
}

/// A 400, with the parameter that it is about.
fn bad_request(message: impl Into<String>, parameter: &str) -> Failure {
    Failure::new("BadRequestException", 400, message).with("InvalidParameter", parameter)
}

fn not_found(message: impl Into<String>, parameter: &str) -> Failure {
    Failure::new("NotFoundException", 404, message).with("InvalidParameter", parameter)
}

/// The cluster that `ClusterArn` names. An ARN of another region or account names none; several operations
/// have no 404 in their model and say so with a 400.
fn cluster<'a>(
    context: &'a Context<'_>,
    operation: &str,
    input: &Members,
) -> Result<&'a MskCluster, Failure> {
    const NAME: &str = "clusterArn";
    let arn = text(input, "ClusterArn").unwrap_or_default();
    if !arn.starts_with("arn:") || !arn.contains(":kafka:") || !arn.contains(":cluster/") {
        let message = "One or more of the parameters are not valid: the cluster ARN.";
        return Err(bad_request(message, NAME));
    }
    context
        .here()
        .msk_cluster(arn)
        .filter(|it| it.arn(context.region, context.account()) == arn)
        .ok_or_else(|| {
            let message = format!("The cluster {arn} does not exist.");
            if names_not_found(operation) {
                not_found(message, NAME)
            } else {
                bad_request(message, NAME)
            }
        })
}

fn names_not_found(operation: &str) -> bool {
    model::service("kafka")
        .and_then(|(_, model)| model.operations.get(operation))
        .is_some_and(|it| it.names_error("NotFoundException"))
}

/// One page of a list, and the token of the next.
fn paged(input: &Members, items: Vec<Value>) -> Result<(Vec<Value>, Option<String>), Failure> {
    let size = number(input, "MaxResults").unwrap_or(100);
    page::page(items, Some(size), text(input, "NextToken"), || {
        bad_request(
            "The parameter value contains an invalid token.",
            "nextToken",
        )
    })
}
