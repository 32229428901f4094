//! Requests of MSK. The cluster's ARN goes into the path; it is shown with the body.

use serde_json::{Map, Value, json};

use super::RUN_ID;
use crate::paths::msk_multi_vpc::policy;
use crate::step::MultiVpcSchemes;

/// AWS takes one kind of setting a call, and the schemes sent are all that are on afterwards.
pub(super) fn connectivity(cluster_arn: &str, schemes: MultiVpcSchemes) -> Value {
    let on = |on: bool| json!({ "enabled": on });
    let mut authentication = Map::new();
    authentication.insert(
        "sasl".to_owned(),
        json!({ "scram": on(schemes.scram), "iam": on(schemes.iam) }),
    );
    authentication.insert("tls".to_owned(), on(schemes.tls));
    json!({
        "clusterArn": cluster_arn,
        "connectivityInfo": { "vpcConnectivity": { "clientAuthentication": authentication } },
        "currentVersion": "<the cluster's current version>",
    })
}

/// The policy as it is where the cluster has none yet. What others have in it goes before the statement, unchanged,
/// and is not known before it is read.
pub(super) fn policy(cluster_arn: &str, principal: &str) -> Value {
    let statement = policy::statement(
        cluster_arn,
        principal,
        &format!("{}{RUN_ID}", policy::SID_PREFIX),
    );
    let document = json!({
        "Version": "2012-10-17",
        "Statement": ["<every other statement, as it is>", statement],
    });
    json!({
        "clusterArn": cluster_arn,
        "currentVersion": "<the policy's current version, where there is one>",
        "policy": document.to_string(),
    })
}
