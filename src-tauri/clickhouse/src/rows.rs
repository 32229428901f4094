//! One row of the Cloud API to one fact.
//!
//! Rows are parsed one at a time, and only those members of them that Pipelink reads: an odd row, or a
//! member elsewhere in it that changed its type, never costs the rest of a list. The API's schema makes
//! every member of an answer optional; what a fact cannot be without (an ID; a service's provider and
//! region) makes the row odd, the rest has an honest empty value.

use clickhouse_cloud_api::models;
use jiff::Timestamp;
use pipelink_plan::endpoint::{EndpointKind, EndpointStatus};
use pipelink_plan::facts::clickhouse::{ClickPipe, Organization, ReversePrivateEndpoint, Service};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::failure::printable;

/// A list as it came: what could be read, and why the rest could not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rows<T> {
    /// What could be read, in the API's order.
    pub rows: Vec<T>,
    /// One entry for each row that could not.
    pub odd: Vec<OddRow>,
}

/// A row that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OddRow {
    /// Which row, and what is wrong with it.
    pub why: String,
}

impl<T> Rows<T> {
    /// Reads each row by itself.
    pub(crate) fn read(list: &[Value], read: impl Fn(&Value) -> Result<T, String>) -> Self {
        let mut rows = Vec::with_capacity(list.len());
        let mut odd = Vec::new();
        for (index, row) in list.iter().enumerate() {
            match read(row) {
                Ok(fact) => rows.push(fact),
                Err(why) => {
                    let id = row
                        .get("id")
                        .and_then(Value::as_str)
                        .unwrap_or("without ID");
                    let why = printable(&format!("row {} ({id}): {why}", index + 1));
                    tracing::warn!(why, "a row of the Cloud API could not be read");
                    odd.push(OddRow { why });
                }
            }
        }
        Self { rows, odd }
    }
}

/// An organization; a nameless one goes by its ID.
pub(crate) fn organization(row: &Value) -> Result<Organization, String> {
    let row: models::Organization = parse(only(row, &["id", "name"])?)?;
    let id = required(row.id, "id")?.to_string();
    Ok(Organization {
        name: row.name.unwrap_or_else(|| id.clone()),
        id,
    })
}

/// A service of an organization.
pub(crate) fn service(organization_id: &str, row: &Value) -> Result<Service, String> {
    // Read apart: a date in another form must not cost the row, only the date.
    let created_at = row
        .get("createdAt")
        .and_then(Value::as_str)
        .and_then(|text| text.parse::<Timestamp>().ok());
    let row: models::Service = parse(only(row, &["id", "name", "provider", "region", "state"])?)?;
    let id = required(row.id, "id")?.to_string();
    Ok(Service {
        organization_id: organization_id.to_owned(),
        name: row.name.unwrap_or_else(|| id.clone()),
        provider: required(row.provider, "provider")?.to_string(),
        region: required(row.region, "region")?.to_string(),
        state: row
            .state
            .map_or_else(|| "unknown".to_owned(), |state| state.to_string()),
        created_at,
        id,
    })
}

/// A reverse private endpoint of a service.
pub(crate) fn endpoint(service_id: &str, row: &Value) -> Result<ReversePrivateEndpoint, String> {
    let row: models::ReversePrivateEndpoint = parse(only(
        row,
        &[
            "id",
            "serviceId",
            "description",
            "type",
            "status",
            "endpointId",
            "dnsNames",
            "privateDnsNames",
            "vpcResourceConfigurationId",
            "vpcResourceShareArn",
            "vpcEndpointServiceName",
            "mskClusterArn",
            "mskAuthentication",
            "customPrivateDnsMappings",
        ],
    )?)?;
    Ok(ReversePrivateEndpoint {
        id: required(row.id, "id")?.to_string(),
        service_id: row
            .service_id
            .map_or_else(|| service_id.to_owned(), |id| id.to_string()),
        description: row.description.unwrap_or_default(),
        kind: row.r#type.map_or_else(
            || EndpointKind::Other("not stated".to_owned()),
            |word| EndpointKind::from_wire(&word.to_string()),
        ),
        status: row.status.map_or(EndpointStatus::Unknown, |word| {
            EndpointStatus::from_wire(&word.to_string())
        }),
        endpoint_id: stated(row.endpoint_id),
        dns_names: all_stated(row.dns_names),
        private_dns_names: all_stated(row.private_dns_names),
        resource_configuration_id: stated(row.vpc_resource_configuration_id),
        resource_share_arn: stated(row.vpc_resource_share_arn),
        endpoint_service_name: stated(row.vpc_endpoint_service_name),
        msk_cluster_arn: stated(row.msk_cluster_arn),
        msk_authentication: row.msk_authentication.map(|word| word.to_string()),
        custom_private_dns_names: row
            .custom_private_dns_mappings
            .unwrap_or_default()
            .into_iter()
            .filter_map(|mapping| stated(mapping.private_dns_name))
            .collect(),
    })
}

/// A `ClickPipe`. Kafka names its endpoints; Postgres and MySQL name a host, which DNS leads to one; MongoDB
/// has its hosts inside a URI that comes redacted, so that nothing is read from it.
pub(crate) fn pipe(row: &Value) -> Result<ClickPipe, String> {
    let mut members = only(row, &["id", "name", "state"])?;
    let mut source = Map::new();
    for (kind, member) in [
        ("kafka", "reversePrivateEndpointIds"),
        ("postgres", "host"),
        ("mysql", "host"),
    ] {
        if let Some(value) = row.pointer(&format!("/source/{kind}/{member}")) {
            source.insert(
                kind.to_owned(),
                Value::Object(Map::from_iter([(member.to_owned(), value.clone())])),
            );
        }
    }
    members.insert("source".to_owned(), Value::Object(source));
    let row: models::ClickPipe = parse(members)?;
    let id = required(row.id, "id")?.to_string();
    let source = row.source.unwrap_or_default();
    let hosts = [
        source.postgres.and_then(|postgres| postgres.host),
        source.mysql.and_then(|mysql| mysql.host),
    ];
    Ok(ClickPipe {
        name: row.name.unwrap_or_else(|| id.clone()),
        state: row
            .state
            .map_or_else(|| "Unknown".to_owned(), |state| state.to_string()),
        endpoint_ids: all_stated(
            source
                .kafka
                .and_then(|kafka| kafka.reverse_private_endpoint_ids),
        ),
        hosts: hosts.into_iter().filter_map(stated).collect(),
        id,
    })
}

/// The row with these members alone.
fn only(row: &Value, members: &[&str]) -> Result<Map<String, Value>, String> {
    let row = row.as_object().ok_or("not an object")?;
    Ok(members
        .iter()
        .filter_map(|name| Some(((*name).to_owned(), row.get(*name)?.clone())))
        .collect())
}

fn parse<T: DeserializeOwned>(members: Map<String, Value>) -> Result<T, String> {
    serde_json::from_value(Value::Object(members)).map_err(|error| error.to_string())
}

fn required<T>(value: Option<T>, name: &str) -> Result<T, String> {
    value.ok_or_else(|| format!("it has no {name}"))
}

/// Empty text says as little as none.
fn stated(text: Option<String>) -> Option<String> {
    text.map(|text| text.trim().to_owned())
        .filter(|text| !text.is_empty())
}

fn all_stated(list: Option<Vec<String>>) -> Vec<String> {
    list.unwrap_or_default()
        .into_iter()
        .filter_map(|text| stated(Some(text)))
        .collect()
}

#[cfg(test)]
mod tests;
