//! An endpoint as the API tells it: nothing of when or why it changed, because the real one does not.

use serde_json::{Value, json};

use super::kind::type_name;
use crate::world::organization::{EndpointKind, ReversePrivateEndpoint, Service};

/// All members; those of other types are null.
pub(super) fn members(service: &Service, endpoint: &ReversePrivateEndpoint) -> Value {
    let targets: Vec<Value> = endpoint
        .targets()
        .into_iter()
        .map(|(id, name)| {
            json!({ "id": id, "kind": "RESOURCE_CONFIGURATION", "internalDnsName": name })
        })
        .collect();
    let mappings: Vec<Value> = endpoint
        .served()
        .into_iter()
        .map(
            |(private, internal)| json!({ "privateDnsName": private, "internalDnsName": internal }),
        )
        .collect();
    let mut described = json!({
        "id": endpoint.id,
        "serviceId": service.id,
        "description": endpoint.description,
        "type": type_name(&endpoint.kind),
        "status": endpoint.status,
        "vpcEndpointServiceName": null,
        "vpcResourceConfigurationId": null,
        "vpcResourceShareArn": null,
        "mskClusterArn": null,
        "mskAuthentication": null,
        "gcpServiceAttachment": null,
        "customPrivateDnsMappings": endpoint.custom_private_dns,
        "dnsNames": endpoint.dns_names,
        "privateDnsNames": endpoint.private_dns_names,
        "privateDnsMappings": mappings,
        "dnsTargets": targets,
    });
    if let Some(id) = &endpoint.endpoint_id {
        described["endpointId"] = json!(id);
    }
    match &endpoint.kind {
        EndpointKind::VpcResource {
            configuration_id,
            share_arn,
        } => {
            described["vpcResourceConfigurationId"] = json!(configuration_id);
            described["vpcResourceShareArn"] = json!(share_arn);
        }
        EndpointKind::VpcEndpointService { service_name } => {
            described["vpcEndpointServiceName"] = json!(service_name);
        }
        EndpointKind::MskMultiVpc {
            cluster_arn,
            authentication,
        } => {
            described["mskClusterArn"] = json!(cluster_arn);
            described["mskAuthentication"] = json!(authentication);
        }
    }
    described
}
