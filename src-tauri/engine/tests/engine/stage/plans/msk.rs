//! Plans of the MSK multi-VPC path, for clusters of the default scenario.

use pipelink_plan::paths::choices::{Choices, ServiceChoice};
use pipelink_plan::paths::msk_multi_vpc::choices::Choices as OfPath;
use pipelink_plan::step::MskAuthentication;

use super::Shape;

/// The end of the ARN of each cluster that tests choose.
const CLUSTERS: [(&str, &str); 8] = [
    ("events", "7d1c3b52-9a64-4f0d-8f55-0f6d2a9b7c31-9"),
    ("telemetry", "e5a94c03-71bd-4be2-a6f8-2d90c7e1835f-12"),
    ("payments", "c8f27e60-d31a-4195-8e4c-57b0a9d6f312-6"),
    ("sessions", "3f86d1a9-05c7-4e2b-8b64-9c1e7f40a2d8-7"),
    ("clicks", "b20e6f17-4c8a-47d3-9e15-6a3f08d2c5b4-4"),
    ("ledger", "0a6be3f4-8d92-4c71-b05e-f4127d8c93a6-2"),
    ("metrics", "5e13a8d7-c249-4f60-97ab-1b8d6e0f74c2-11"),
    ("audit", "91c4e7d2-6b0f-4a38-bd57-e83a1f5c2609-s3"),
];

/// The ARN of a cluster of the default scenario.
pub(crate) fn cluster_arn(name: &str) -> String {
    let (_, end) = CLUSTERS.iter().find(|(each, _)| *each == name).unwrap();
    format!("arn:aws:kafka:us-east-1:111122223333:cluster/{name}/{end}")
}

pub(super) fn choices(shape: Shape, service: ServiceChoice) -> Choices {
    let (cluster, authentication) = match shape {
        // It has neither connectivity nor a policy.
        Shape::MskIam => ("events", MskAuthentication::SaslIam),
        Shape::MskScram => ("events", MskAuthentication::SaslScram),
        // On for IAM, and its policy is about others.
        Shape::MskPolicy => ("telemetry", MskAuthentication::SaslIam),
        // On for IAM alone, which is taken; its policy lets ClickPipes in.
        Shape::MskConnectivity => ("payments", MskAuthentication::SaslScram),
        other => panic!("{other:?} is of another path"),
    };
    Choices::MskMultiVpc(OfPath {
        cluster_arn: cluster_arn(cluster),
        authentication,
        service,
        description: "of the test".to_owned(),
    })
}
