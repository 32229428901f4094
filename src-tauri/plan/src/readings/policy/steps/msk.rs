//! The writes of the MSK multi-VPC path: on the one cluster, whose ARN is known.
//!
//! Source: AWS Service Authorization Reference, Amazon Managed Streaming for Apache Kafka. A cluster that is there has
//! MSK's service-linked role, so that the right to make one is not asked for.

use super::{undoing, writing};
use crate::readings::policy::statement::Statement;
use crate::step::Plan;

pub(super) fn connectivity(cluster_arn: &str) -> Vec<Statement> {
    vec![
        writing(
            "ApplyMskConnectivity",
            "To turn on multi-VPC connectivity of this cluster; to turn it off again only if that is asked for.",
            &["kafka:UpdateConnectivity"],
        )
        .on([cluster_arn.to_owned()]),
    ]
}

pub(super) fn policy(cluster_arn: &str) -> Vec<Statement> {
    vec![
        writing(
            "ApplyMskPolicy",
            "To put one statement into this cluster's policy, and to take it out again.",
            &["kafka:PutClusterPolicy"],
        )
        .on([cluster_arn.to_owned()]),
    ]
}

pub(super) fn undo_policy(cluster_arn: &str) -> Vec<Statement> {
    vec![
        undoing(
            "UndoMskPolicy",
            "To delete this cluster's policy if nothing else is left in it.",
            &["kafka:DeleteClusterPolicy"],
        )
        .on([cluster_arn.to_owned()]),
    ]
}

/// The client's account is in a connection's ARN, so that any has to do.
pub(super) fn connections(plan: &Plan, cluster_arn: &str) -> Vec<Statement> {
    vec![
        writing(
            "RejectMskConnections",
            "To reject connections of other accounts to this cluster.",
            &["kafka:RejectClientVpcConnection"],
        )
        .on([
            cluster_arn.to_owned(),
            format!("arn:aws:kafka:{}:*:vpc-connection/*", plan.region),
        ])
        .optional(),
    ]
}
