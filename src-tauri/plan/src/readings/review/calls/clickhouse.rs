//! Requests of ClickHouse's Cloud API, and curl for them.

use serde_json::{Map, Value, json};

use super::{RUN_ID, members, shown};
use crate::readings::shell;
use crate::step::{EndpointTarget, PrivateDnsMapping};

/// What marks the run within a description, which has no tags.
const RUN_TAG_IN_TEXT: &str = "pipelink";

/// After the version.
pub(super) fn endpoints_path(organization_id: &str, service_id: &str) -> String {
    format!(
        "/organizations/{organization_id}/services/{service_id}/clickpipesReversePrivateEndpoints"
    )
}

pub(super) fn endpoint(
    description: &str,
    to: &EndpointTarget,
    private_dns: &[PrivateDnsMapping],
) -> Value {
    let mut body = Map::new();
    body.insert(
        "description".to_owned(),
        json!(format!("{description} [{RUN_TAG_IN_TEXT}:{RUN_ID}]")),
    );
    let (kind, values) = match to {
        EndpointTarget::VpcResource {
            configuration,
            share,
        } => (
            "VPC_RESOURCE",
            vec![
                ("vpcResourceConfigurationId", shown(configuration)),
                ("vpcResourceShareArn", shown(share)),
            ],
        ),
        EndpointTarget::MskMultiVpc {
            cluster_arn,
            authentication,
        } => (
            "MSK_MULTI_VPC",
            vec![
                ("mskClusterArn", cluster_arn.clone()),
                ("mskAuthentication", authentication.as_wire().to_owned()),
            ],
        ),
        EndpointTarget::EndpointService { service_name } => (
            "VPC_ENDPOINT_SERVICE",
            vec![("vpcEndpointServiceName", shown(service_name))],
        ),
    };
    body.insert("type".to_owned(), json!(kind));
    for (name, value) in values {
        body.insert(name.to_owned(), json!(value));
    }
    if !private_dns.is_empty() {
        let mappings: Vec<Value> = private_dns.iter().map(mapping).collect();
        body.insert("customPrivateDnsMappings".to_owned(), json!(mappings));
    }
    Value::Object(body)
}

fn mapping(mapping: &PrivateDnsMapping) -> Value {
    match &mapping.target {
        Some(target) => json!({ "privateDnsName": mapping.name, "targetId": shown(target) }),
        None => json!({ "privateDnsName": mapping.name }),
    }
}

/// The key comes from the environment, so that it is in no script and no history.
pub(super) fn command(path: &str, body: &Value) -> String {
    let url = format!("https://api.clickhouse.cloud/v1{path}");
    let mut options = Vec::new();
    if members(body).next().is_some() {
        options.push((
            "--header".to_owned(),
            vec!["Content-Type: application/json".to_owned()],
        ));
        // With a body, curl sends POST.
        options.push(("--data".to_owned(), vec![body.to_string()]));
    }
    options.push(("--url".to_owned(), vec![url]));
    shell::command(
        "curl --fail-with-body --user \"$CLICKHOUSE_KEY_ID:$CLICKHOUSE_KEY_SECRET\"",
        &options,
    )
}
