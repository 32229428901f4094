//! Requests of VPC Lattice and RAM.

use serde_json::{Map, Value, json};

use super::{CLIENT_TOKEN, RUN_ID, shown};
use crate::RUN_TAG;
use crate::step::{Definition, DnsResolution, Input, PortRange};

pub(super) fn gateway(
    name: &str,
    vpc_id: &str,
    subnet_ids: &[String],
    security_group_ids: &[String],
    dns_resolution: DnsResolution,
) -> Value {
    json!({
        "name": name,
        "vpcIdentifier": vpc_id,
        "subnetIds": subnet_ids,
        "securityGroupIds": security_group_ids,
        "ipAddressType": "IPV4",
        "resourceConfigDnsResolution": match dns_resolution {
            DnsResolution::Public => "PUBLIC",
            DnsResolution::InVpc => "IN_VPC",
        },
        "clientToken": CLIENT_TOKEN,
        "tags": { RUN_TAG: RUN_ID },
    })
}

pub(super) fn configuration(name: &str, gateway: &Input, definition: &Definition) -> Value {
    let kind = match definition {
        Definition::Database { .. } => "ARN",
        Definition::DomainName { .. } | Definition::IpAddress { .. } => "SINGLE",
    };
    let on = ("resourceGatewayIdentifier", shown(gateway));
    create(name, kind, on, Some(definition), definition.ports())
}

pub(super) fn group(name: &str, gateway: &Input, ports: &[PortRange]) -> Value {
    let on = ("resourceGatewayIdentifier", shown(gateway));
    create(name, "GROUP", on, None, ports)
}

/// A child inherits the group's gateway: AWS takes none for it.
pub(super) fn child(name: &str, group: &Input, definition: &Definition) -> Value {
    let on = ("resourceConfigurationGroupIdentifier", shown(group));
    create(name, "CHILD", on, Some(definition), definition.ports())
}

/// AWS refuses ports and protocol for type ARN, where it has them from the database.
fn create(
    name: &str,
    kind: &str,
    (member, on): (&str, String),
    definition: Option<&Definition>,
    ports: &[PortRange],
) -> Value {
    let mut body = Map::new();
    body.insert("name".to_owned(), json!(name));
    body.insert("type".to_owned(), json!(kind));
    body.insert(member.to_owned(), json!(on));
    if let Some(definition) = definition {
        body.insert(
            "resourceConfigurationDefinition".to_owned(),
            resource(definition),
        );
    }
    if !ports.is_empty() {
        let ports: Vec<String> = ports.iter().map(PortRange::to_string).collect();
        body.insert("portRanges".to_owned(), json!(ports));
        body.insert("protocol".to_owned(), json!("TCP"));
    }
    body.insert("clientToken".to_owned(), json!(CLIENT_TOKEN));
    body.insert("tags".to_owned(), json!({ RUN_TAG: RUN_ID }));
    Value::Object(body)
}

/// The union that says what a configuration leads to: exactly one of its members.
fn resource(definition: &Definition) -> Value {
    match definition {
        Definition::Database { arn } => json!({ "arnResource": { "arn": arn } }),
        Definition::DomainName { name, .. } => {
            json!({ "dnsResource": { "domainName": name, "ipAddressType": "IPV4" } })
        }
        Definition::IpAddress { address, .. } => {
            json!({ "ipResource": { "ipAddress": address } })
        }
    }
}

pub(super) fn share(name: &str, resource: &Input, principal: &str) -> Value {
    json!({
        "name": name,
        "resourceArns": [shown(resource)],
        "principals": [principal],
        "allowExternalPrincipals": true,
        "clientToken": CLIENT_TOKEN,
        "tags": [{ "key": RUN_TAG, "value": RUN_ID }],
    })
}

/// The gateway goes into the path, PATCH /resourcegateways/{id}; it is shown with the body.
pub(super) fn gateway_groups(gateway_id: &str, security_group_ids: &[String]) -> Value {
    json!({
        "resourceGatewayIdentifier": gateway_id,
        "securityGroupIds": security_group_ids,
    })
}

pub(super) fn acceptance(share: &Input, principal: &str) -> Value {
    json!({
        "associationType": "PRINCIPAL",
        "resourceShareArns": [shown(share)],
        "principal": principal,
    })
}
