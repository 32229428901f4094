//! What an endpoint is made to: the members that each type needs, and the shapes that they have.

use serde_json::Value;

use super::Refusal;
use crate::world::organization::EndpointKind;

/// The members that each type needs; those of the other types are refused.
const MEMBERS: [(&str, &[&str]); 4] = [
    (
        "VPC_RESOURCE",
        &["vpcResourceConfigurationId", "vpcResourceShareArn"],
    ),
    ("VPC_ENDPOINT_SERVICE", &["vpcEndpointServiceName"]),
    ("MSK_MULTI_VPC", &["mskClusterArn", "mskAuthentication"]),
    ("GCP_PSC_SERVICE_ATTACHMENT", &["gcpServiceAttachment"]),
];

/// The type's name in the API.
pub(super) fn type_name(kind: &EndpointKind) -> &'static str {
    match kind {
        EndpointKind::VpcResource { .. } => "VPC_RESOURCE",
        EndpointKind::VpcEndpointService { .. } => "VPC_ENDPOINT_SERVICE",
        EndpointKind::MskMultiVpc { .. } => "MSK_MULTI_VPC",
    }
}

/// The kind that the body of a request for a new endpoint has.
pub(super) fn read(body: &Value) -> Result<EndpointKind, Refusal> {
    let name = body["type"].as_str().unwrap_or_default();
    members_fit(name, body)?;
    let member = |name: &str| body[name].as_str().unwrap_or_default().to_owned();
    let shaped = |name: &str, fits: fn(&str) -> bool| {
        let value = member(name);
        if fits(&value) {
            Ok(value)
        } else {
            Err(Refusal::bad_request(format!("{name} is not valid")))
        }
    };
    match name {
        "VPC_RESOURCE" => Ok(EndpointKind::VpcResource {
            configuration_id: shaped("vpcResourceConfigurationId", is_configuration_id)?,
            share_arn: shaped("vpcResourceShareArn", is_share_arn)?,
        }),
        "VPC_ENDPOINT_SERVICE" => Ok(EndpointKind::VpcEndpointService {
            service_name: shaped("vpcEndpointServiceName", is_service_name)?,
        }),
        "MSK_MULTI_VPC" => Ok(EndpointKind::MskMultiVpc {
            cluster_arn: shaped("mskClusterArn", is_cluster_arn)?,
            authentication: shaped("mskAuthentication", |it| {
                ["SASL_IAM", "SASL_SCRAM"].contains(&it)
            })?,
        }),
        _ => Err(Refusal::bad_request(format!(
            "type {name} is not simulated yet"
        ))),
    }
}

fn members_fit(name: &str, body: &Value) -> Result<(), Refusal> {
    if !MEMBERS.iter().any(|(known, _)| *known == name) {
        let known = MEMBERS.map(|(known, _)| known).join(", ");
        return Err(Refusal::bad_request(format!("type must be one of {known}")));
    }
    for (other, members) in MEMBERS {
        for member in members {
            let verb = match (other == name, body[*member].as_str()) {
                (true, None) => "required",
                (false, Some(_)) => "not allowed",
                _ => continue,
            };
            let message = format!("{member} is {verb} for type {name}");
            return Err(Refusal::bad_request(message));
        }
    }
    Ok(())
}

/// `rcfg-` and 17 hexadecimal digits.
pub(super) fn is_configuration_id(text: &str) -> bool {
    is_hex_id(text, "rcfg-")
}

/// `com.amazonaws.vpce.REGION.vpce-svc-` and 17 hexadecimal digits.
fn is_service_name(text: &str) -> bool {
    let parts: Vec<&str> = text.split('.').collect();
    matches!(parts[..], ["com", "amazonaws", "vpce", region, id]
        if !region.is_empty() && is_hex_id(id, "vpce-svc-"))
}

fn is_share_arn(text: &str) -> bool {
    resource_of_arn(text, "ram")
        .and_then(|it| it.strip_prefix("resource-share/"))
        .is_some_and(|it| !it.is_empty())
}

/// `cluster/NAME/ID` behind the usual beginning.
fn is_cluster_arn(text: &str) -> bool {
    let Some(resource) = resource_of_arn(text, "kafka") else {
        return false;
    };
    let parts: Vec<&str> = resource.split('/').collect();
    matches!(parts[..], ["cluster", name, id] if !name.is_empty() && !id.is_empty())
}

fn resource_of_arn<'a>(text: &'a str, service: &str) -> Option<&'a str> {
    let parts: Vec<&str> = text.splitn(6, ':').collect();
    match parts[..] {
        ["arn", "aws", own, region, account, resource]
            if own == service
                && !region.is_empty()
                && account.len() == 12
                && account.bytes().all(|it| it.is_ascii_digit()) =>
        {
            Some(resource)
        }
        _ => None,
    }
}

fn is_hex_id(text: &str, prefix: &str) -> bool {
    let digits = text.strip_prefix(prefix).unwrap_or_default();
    digits.len() == 17 && digits.bytes().all(|it| it.is_ascii_hexdigit())
}
