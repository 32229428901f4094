//! What a resource configuration is defined by, between the plan's words and the wire's.

use std::net::Ipv4Addr;

use aws_sdk_vpclattice::operation::get_resource_configuration::GetResourceConfigurationOutput;
use aws_sdk_vpclattice::types::{
    ArnResource, DnsResource, IpResource, ProtocolType, ResourceConfigurationDefinition,
    ResourceConfigurationIpAddressType, ResourceConfigurationType,
};
use pipelink_plan::problem::Problem;
use pipelink_plan::step::{Definition, PortRange};

use crate::problems::{missing, unreadable};

const GET: &str = "GetResourceConfiguration";

/// The members of `CreateResourceConfiguration` in which the types differ.
pub(super) struct WireDefinition {
    pub(super) kind: ResourceConfigurationType,
    pub(super) resource: ResourceConfigurationDefinition,
    pub(super) ports: Option<Vec<String>>,
    pub(super) protocol: Option<ProtocolType>,
}

impl WireDefinition {
    pub(super) fn of(definition: &Definition) -> Self {
        match definition {
            // Takes no ports and no protocol: AWS has them from the database, and refuses them.
            Definition::Database { arn } => Self {
                kind: ResourceConfigurationType::Arn,
                resource: ResourceConfigurationDefinition::ArnResource(
                    ArnResource::builder().arn(arn).build(),
                ),
                ports: None,
                protocol: None,
            },
            Definition::DomainName { name, ports } => Self::single(
                ResourceConfigurationDefinition::DnsResource(
                    DnsResource::builder()
                        .domain_name(name)
                        .ip_address_type(ResourceConfigurationIpAddressType::Ipv4)
                        .build(),
                ),
                ports,
            ),
            Definition::IpAddress { address, ports } => Self::single(
                ResourceConfigurationDefinition::IpResource(
                    IpResource::builder()
                        .ip_address(address.to_string())
                        .build(),
                ),
                ports,
            ),
        }
    }

    fn single(resource: ResourceConfigurationDefinition, ports: &[PortRange]) -> Self {
        Self {
            kind: ResourceConfigurationType::Single,
            resource,
            ports: Some(ports.iter().map(ToString::to_string).collect()),
            protocol: Some(ProtocolType::Tcp),
        }
    }
}

/// What a configuration that was read leads to. `None` where the plan has no words for it: a group, a child,
/// a block of addresses, an IPv6 target, another protocol than TCP, and whatever AWS may add.
pub(super) fn definition(
    wire: &GetResourceConfigurationOutput,
) -> Result<Option<Definition>, Problem> {
    let Some(resource) = &wire.resource_configuration_definition else {
        return Ok(None);
    };
    Ok(match (wire.r#type.as_ref(), resource) {
        (
            Some(ResourceConfigurationType::Arn),
            ResourceConfigurationDefinition::ArnResource(resource),
        ) => {
            let arn = resource.arn.clone();
            Some(Definition::Database {
                arn: arn.ok_or_else(|| missing(GET, "arnResource.arn"))?,
            })
        }
        (
            Some(ResourceConfigurationType::Single),
            ResourceConfigurationDefinition::DnsResource(resource),
        ) if is_tcp(wire)
            && resource.ip_address_type == Some(ResourceConfigurationIpAddressType::Ipv4) =>
        {
            let name = resource
                .domain_name
                .as_deref()
                .ok_or_else(|| missing(GET, "dnsResource.domainName"))?;
            Some(Definition::DomainName {
                name: name.trim_end_matches('.').to_lowercase(),
                ports: ports(wire)?,
            })
        }
        (
            Some(ResourceConfigurationType::Single),
            ResourceConfigurationDefinition::IpResource(resource),
        ) if is_tcp(wire) => {
            let address = resource
                .ip_address
                .as_deref()
                .ok_or_else(|| missing(GET, "ipResource.ipAddress"))?;
            // What is no IPv4 address is an IPv6 one.
            match address.parse::<Ipv4Addr>() {
                Ok(address) => Some(Definition::IpAddress {
                    address,
                    ports: ports(wire)?,
                }),
                Err(_) => None,
            }
        }
        _ => None,
    })
}

/// TCP is the default.
fn is_tcp(wire: &GetResourceConfigurationOutput) -> bool {
    matches!(wire.protocol, None | Some(ProtocolType::Tcp))
}

fn ports(wire: &GetResourceConfigurationOutput) -> Result<Vec<PortRange>, Problem> {
    wire.port_ranges()
        .iter()
        .map(|text| {
            range(text).ok_or_else(|| unreadable(GET, &format!("port range {text} cannot be read")))
        })
        .collect()
}

/// `5432` or `9092-9094`.
fn range(text: &str) -> Option<PortRange> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let (first, last) = (first.parse().ok()?, last.parse().ok()?);
    (first <= last).then_some(PortRange { first, last })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, reason = "a test may panic")]
mod tests {
    use aws_sdk_vpclattice::types::CidrResource;

    use super::*;

    fn read(
        kind: ResourceConfigurationType,
        resource: ResourceConfigurationDefinition,
        ports: &[&str],
        protocol: Option<ProtocolType>,
    ) -> Result<Option<Definition>, Problem> {
        definition(
            &GetResourceConfigurationOutput::builder()
                .r#type(kind)
                .resource_configuration_definition(resource)
                .set_port_ranges(Some(ports.iter().map(ToString::to_string).collect()))
                .set_protocol(protocol)
                .build(),
        )
    }

    fn dns(
        name: &str,
        family: ResourceConfigurationIpAddressType,
    ) -> ResourceConfigurationDefinition {
        ResourceConfigurationDefinition::DnsResource(
            DnsResource::builder()
                .domain_name(name)
                .ip_address_type(family)
                .build(),
        )
    }

    fn ip(address: &str) -> ResourceConfigurationDefinition {
        ResourceConfigurationDefinition::IpResource(
            IpResource::builder().ip_address(address).build(),
        )
    }

    fn block() -> ResourceConfigurationDefinition {
        let block = CidrResource::builder().cidr_ranges("10.0.0.0/24");
        ResourceConfigurationDefinition::CidrResource(block.build())
    }

    #[test]
    fn what_is_made_is_read_back_as_it_was() {
        let ports = vec![
            PortRange {
                first: 5432,
                last: 5432,
            },
            PortRange {
                first: 9092,
                last: 9094,
            },
        ];
        for made in [
            Definition::Database {
                arn: "arn:aws:rds:us-east-1:111122223333:db:orders".to_owned(),
            },
            Definition::DomainName {
                name: "orders.internal.example".to_owned(),
                ports: ports.clone(),
            },
            Definition::IpAddress {
                address: Ipv4Addr::new(10, 20, 1, 9),
                ports,
            },
        ] {
            let wire = WireDefinition::of(&made);
            let answered = GetResourceConfigurationOutput::builder()
                .r#type(wire.kind)
                .resource_configuration_definition(wire.resource)
                .set_port_ranges(wire.ports)
                .set_protocol(wire.protocol)
                .build();
            assert_eq!(definition(&answered).unwrap(), Some(made));
        }
    }

    #[test]
    fn what_the_plan_has_no_words_for_is_none() {
        use ResourceConfigurationIpAddressType::{Ipv4, Ipv6};
        use ResourceConfigurationType::{Child, Cidr, Group, Single};
        let tcp = || Some(ProtocolType::Tcp);
        for (kind, resource, protocol) in [
            (Child, dns("a.example", Ipv4), tcp()),
            (Group, ip("10.0.0.1"), tcp()),
            (Single, dns("a.example", Ipv6), tcp()),
            (Single, ip("fd00::1"), tcp()),
            (Single, ip("10.0.0.1"), Some("TCP_UDP".into())),
            (Cidr, block(), tcp()),
        ] {
            let told = format!("{kind:?} {resource:?}");
            assert_eq!(
                read(kind, resource, &["1"], protocol).unwrap(),
                None,
                "{told}"
            );
        }
    }

    #[test]
    fn names_are_told_in_one_spelling() {
        let read = read(
            ResourceConfigurationType::Single,
            dns(
                "Orders.Example.COM.",
                ResourceConfigurationIpAddressType::Ipv4,
            ),
            &["443"],
            None,
        );
        assert_eq!(
            read.unwrap(),
            Some(Definition::DomainName {
                name: "orders.example.com".to_owned(),
                ports: vec![PortRange {
                    first: 443,
                    last: 443
                }],
            })
        );
    }

    #[test]
    fn ports_that_are_none_are_malformed() {
        for ports in ["", "x", "1-", "2-1", "70000", "1-2-3"] {
            let read = read(
                ResourceConfigurationType::Single,
                ip("10.0.0.1"),
                &[ports],
                Some(ProtocolType::Tcp),
            );
            match read {
                Err(Problem::Malformed { operation, .. }) => {
                    assert_eq!(operation, "GetResourceConfiguration");
                }
                other => panic!("{ports}: {other:?}"),
            }
        }
    }
}
