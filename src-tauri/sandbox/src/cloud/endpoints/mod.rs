//! Reverse private endpoints. Creating one hands it to the ClickPipes actor; its answers say nothing
//! of when or why it changed, because the real API's do not.

use serde_json::{Value, json};
use uuid::Uuid;

use super::{Context, Outcome, Refusal, find, find_mut, services};
use crate::world::World;
use crate::world::aging::takes;
use crate::world::organization::{
    CustomPrivateDns, EndpointKind, EndpointStatus, ReversePrivateEndpoint, Service, ServiceState,
};

pub(super) fn list(context: &mut Context<'_>, service: &str) -> Outcome {
    let service = awake(context.world, service)?;
    let endpoints: Vec<Value> = service
        .endpoints
        .iter()
        .map(|it| endpoint_members(service, it))
        .collect();
    Ok(Some(endpoints.into()))
}

pub(super) fn get(context: &mut Context<'_>, service: &str, id: &str) -> Outcome {
    let service = awake(context.world, service)?;
    Ok(Some(endpoint_members(service, endpoint(service, id)?)))
}

pub(super) fn create(context: &mut Context<'_>, service: &str, body: &Value) -> Outcome {
    let now = context.now;
    let owner = awake(context.world, service)?;
    let description = body["description"]
        .as_str()
        .filter(|it| !it.is_empty() && it.chars().count() <= 255)
        .ok_or_else(|| Refusal::bad_request("description is required, at most 255 characters"))?;
    let kind = kind(body)?;
    if owner.provider != "aws" {
        let message = format!(
            "AWS PrivateLink endpoints are not available for a service on {}.",
            owner.provider
        );
        return Err(Refusal::bad_request(message));
    }
    let custom = custom_names(owner, None, &body["customPrivateDnsMappings"])?;
    if !matches!(kind, EndpointKind::VpcResource { .. }) {
        let message = format!("type {} is not simulated yet", type_name(&kind));
        return Err(Refusal::bad_request(message));
    }
    let created = ReversePrivateEndpoint {
        id: Uuid::new_v4(),
        description: description.to_owned(),
        kind,
        status: EndpointStatus::Provisioning,
        reason: None,
        created_at: now,
        entered_at: now,
        due: Some(now + takes::PROVISIONING),
        names_due: None,
        endpoint_id: None,
        dns_names: Vec::new(),
        private_dns_names: Vec::new(),
        custom_private_dns: custom,
    };
    let owner = find_mut(context.world, service)?;
    let described = endpoint_members(owner, &created);
    owner.endpoints.push(created);
    Ok(Some(described))
}

pub(super) fn update(context: &mut Context<'_>, service: &str, id: &str, body: &Value) -> Outcome {
    let owner = awake(context.world, service)?;
    let found = endpoint(owner, id)?;
    let names: Vec<&String> = body
        .as_object()
        .into_iter()
        .flat_map(|it| it.keys())
        .collect();
    if let Some(other) = names.iter().find(|it| **it != "customPrivateDnsMappings") {
        let message = format!("{other} cannot be changed; only customPrivateDnsMappings can");
        return Err(Refusal::bad_request(message));
    }
    let custom = custom_names(owner, Some(found.id), &body["customPrivateDnsMappings"])?;
    let reported = !found.dns_names.is_empty();
    if let (
        EndpointKind::VpcResource {
            configuration_id, ..
        },
        true,
    ) = (&found.kind, reported)
    {
        let unknown = custom.iter().filter_map(|it| it.target_id.as_ref());
        if let Some(target) = unknown.into_iter().find(|it| *it != configuration_id) {
            return Err(Refusal::bad_request(format!(
                "targetId {target} is not in dnsTargets"
            )));
        }
    }
    let id = found.id;
    let endpoint = context.world.organization.endpoint_mut(id);
    endpoint.ok_or_else(not_found)?.custom_private_dns = custom;
    get(context, service, &id.to_string())
}

pub(super) fn delete(context: &mut Context<'_>, service: &str, id: &str) -> Outcome {
    let now = context.now;
    let id = endpoint(awake(context.world, service)?, id)?.id;
    let endpoint = context
        .world
        .organization
        .endpoint_mut(id)
        .ok_or_else(not_found)?;
    if endpoint.status != EndpointStatus::Deleting {
        endpoint.names_due = None;
        endpoint.enter(
            EndpointStatus::Deleting,
            now,
            Some(now + takes::ENDPOINT_DELETE),
        );
    }
    Ok(None)
}

/// The service, if it can be asked about its endpoints. That an idle one answers 424 to reads too is
/// the strict reading of what Terraform handles; it is not confirmed for the real API.
fn awake<'a>(world: &'a World, service: &str) -> Result<&'a Service, Refusal> {
    let service = find(world, service)?;
    if service.state == ServiceState::Running {
        return Ok(service);
    }
    let message = format!(
        "ClickPipes operations are allowed only when the ClickHouse service is running. \
         Current state: {}",
        services::name(service.state)
    );
    Err(Refusal::new(424, "FAILED_DEPENDENCY", message))
}

fn endpoint<'a>(service: &'a Service, id: &str) -> Result<&'a ReversePrivateEndpoint, Refusal> {
    let id: Uuid = id.parse().map_err(|_| not_found())?;
    service
        .endpoints
        .iter()
        .find(|it| it.id == id)
        .ok_or_else(not_found)
}

fn not_found() -> Refusal {
    Refusal::not_found("Reverse private endpoint")
}

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

fn kind(body: &Value) -> Result<EndpointKind, Refusal> {
    let name = body["type"].as_str().unwrap_or_default();
    if !MEMBERS.iter().any(|(known, _)| *known == name) {
        let known = MEMBERS.map(|(known, _)| known).join(", ");
        return Err(Refusal::bad_request(format!("type must be one of {known}")));
    }
    for (other, members) in MEMBERS {
        for member in members {
            match (other == name, body[*member].as_str()) {
                (true, None) => {
                    let message = format!("{member} is required for type {name}");
                    return Err(Refusal::bad_request(message));
                }
                (false, Some(_)) => {
                    let message = format!("{member} is not allowed for type {name}");
                    return Err(Refusal::bad_request(message));
                }
                _ => {}
            }
        }
    }
    let member = |name: &str| body[name].as_str().unwrap_or_default().to_owned();
    let shaped = |name: &str, fits: bool| {
        if fits {
            Ok(())
        } else {
            Err(Refusal::bad_request(format!("{name} is not valid")))
        }
    };
    match name {
        "VPC_RESOURCE" => {
            let configuration_id = member("vpcResourceConfigurationId");
            let share_arn = member("vpcResourceShareArn");
            let id = configuration_id.strip_prefix("rcfg-").unwrap_or_default();
            let hex = id.len() == 17 && id.bytes().all(|it| it.is_ascii_hexdigit());
            shaped("vpcResourceConfigurationId", hex)?;
            let arn: Vec<&str> = share_arn.splitn(6, ':').collect();
            let fits = matches!(arn[..], ["arn", "aws", "ram", region, account, resource]
                if !region.is_empty() && account.len() == 12
                    && resource.strip_prefix("resource-share/").is_some_and(|it| !it.is_empty()));
            shaped("vpcResourceShareArn", fits)?;
            Ok(EndpointKind::VpcResource {
                configuration_id,
                share_arn,
            })
        }
        "VPC_ENDPOINT_SERVICE" => {
            let service_name = member("vpcEndpointServiceName");
            let fits = service_name.starts_with("com.amazonaws.vpce.")
                && service_name.contains(".vpce-svc-");
            shaped("vpcEndpointServiceName", fits)?;
            Ok(EndpointKind::VpcEndpointService { service_name })
        }
        "MSK_MULTI_VPC" => {
            let cluster_arn = member("mskClusterArn");
            let authentication = member("mskAuthentication");
            let fits =
                cluster_arn.starts_with("arn:aws:kafka:") && cluster_arn.contains(":cluster/");
            shaped("mskClusterArn", fits)?;
            shaped(
                "mskAuthentication",
                ["SASL_IAM", "SASL_SCRAM"].contains(&&*authentication),
            )?;
            Ok(EndpointKind::MskMultiVpc {
                cluster_arn,
                authentication,
            })
        }
        _ => Err(Refusal::bad_request(format!(
            "type {name} is not simulated yet"
        ))),
    }
}

/// Suffixes that the product page refuses.
const PRIVATE_SUFFIXES: [&str; 5] = ["local", "localhost", "internal", "corp", "private"];

/// Checks custom private DNS names: the preview must be on, and a name unique in the service.
fn custom_names(
    service: &Service,
    own: Option<Uuid>,
    given: &Value,
) -> Result<Vec<CustomPrivateDns>, Refusal> {
    if given.is_null() {
        return Ok(Vec::new());
    }
    let names: Vec<CustomPrivateDns> = serde_json::from_value(given.clone())
        .map_err(|_| Refusal::bad_request("customPrivateDnsMappings is not valid"))?;
    if !names.is_empty() && !service.custom_private_dns {
        let message = "Custom private DNS is in private preview and not enabled for this service.";
        return Err(Refusal::bad_request(message));
    }
    let others = service.endpoints.iter().filter(|it| Some(it.id) != own);
    let taken: Vec<&String> = others
        .flat_map(|it| &it.custom_private_dns)
        .map(|it| &it.private_dns_name)
        .collect();
    for (index, mapping) in names.iter().enumerate() {
        let name = &mapping.private_dns_name;
        let last = name.rsplit('.').next().unwrap_or_default();
        if !name.contains('.') || PRIVATE_SUFFIXES.contains(&last) {
            return Err(Refusal::bad_request(format!(
                "privateDnsName {name} is not allowed"
            )));
        }
        let earlier = names[..index].iter().map(|it| &it.private_dns_name);
        if earlier
            .chain(taken.iter().copied())
            .any(|it| overlap(it, name))
        {
            return Err(Refusal::bad_request(format!(
                "privateDnsName {name} is used already"
            )));
        }
    }
    Ok(names)
}

/// Whether two names can mean the same host; a leading `*.` stands for one label.
fn overlap(one: &str, other: &str) -> bool {
    let covers = |wildcard: &str, name: &str| {
        wildcard.strip_prefix("*.").is_some_and(|suffix| {
            name.split_once('.')
                .is_some_and(|(_, rest)| rest.eq_ignore_ascii_case(suffix))
        })
    };
    one.eq_ignore_ascii_case(other) || covers(one, other) || covers(other, one)
}

fn type_name(kind: &EndpointKind) -> &'static str {
    match kind {
        EndpointKind::VpcResource { .. } => "VPC_RESOURCE",
        EndpointKind::VpcEndpointService { .. } => "VPC_ENDPOINT_SERVICE",
        EndpointKind::MskMultiVpc { .. } => "MSK_MULTI_VPC",
    }
}

fn endpoint_members(service: &Service, endpoint: &ReversePrivateEndpoint) -> Value {
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
        "privateDnsMappings": [],
        "dnsTargets": [],
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
            let targets: Vec<Value> = endpoint
                .dns_names
                .iter()
                .map(|name| {
                    json!({
                        "id": configuration_id,
                        "kind": "RESOURCE_CONFIGURATION",
                        "internalDnsName": name,
                    })
                })
                .collect();
            described["dnsTargets"] = targets.into();
            if let Some(internal) = endpoint.dns_names.first() {
                let mappings = endpoint.custom_private_dns.iter().map(|it| {
                    json!({ "privateDnsName": it.private_dns_name, "internalDnsName": internal })
                });
                described["privateDnsMappings"] = mappings.collect::<Vec<_>>().into();
            }
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
