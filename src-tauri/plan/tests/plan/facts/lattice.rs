//! Gateways, configurations, shares and quotas.

use pipelink_plan::facts::Quota;
use pipelink_plan::facts::lattice::{
    AssociationKind, ResourceConfiguration, ResourceGateway, ResourceShare, ShareAssociation,
};
use pipelink_plan::step::{Definition, DnsResolution, PortRange};

use super::{ACCOUNT, GROUP_GATEWAY, ORDERS, REGION, STANDING_GATEWAY, SUBNET_A, VPC};

pub(crate) fn gateway(id: &str, name: &str) -> ResourceGateway {
    ResourceGateway {
        id: id.to_owned(),
        arn: format!("arn:aws:vpc-lattice:{REGION}:{ACCOUNT}:resourcegateway/{id}"),
        name: name.to_owned(),
        status: "ACTIVE".to_owned(),
        vpc_id: VPC.to_owned(),
        subnet_ids: vec![SUBNET_A.to_owned()],
        security_group_ids: vec![GROUP_GATEWAY.to_owned()],
        dns_resolution: Some(DnsResolution::Public),
        service_managed: false,
    }
}

pub(crate) fn configuration(id: &str, name: &str, target_arn: &str) -> ResourceConfiguration {
    ResourceConfiguration {
        id: id.to_owned(),
        arn: format!("arn:aws:vpc-lattice:{REGION}:{ACCOUNT}:resourceconfiguration/{id}"),
        name: name.to_owned(),
        status: "ACTIVE".to_owned(),
        failure_reason: None,
        gateway_id: Some(STANDING_GATEWAY.to_owned()),
        definition: Some(Definition::Database {
            arn: target_arn.to_owned(),
        }),
    }
}

/// A configuration of a domain name at a range of ports, on the standing gateway.
pub(crate) fn to_name(id: &str, name: &str, ports: (u16, u16)) -> ResourceConfiguration {
    ResourceConfiguration {
        definition: Some(Definition::DomainName {
            name: name.to_owned(),
            ports: vec![PortRange {
                first: ports.0,
                last: ports.1,
            }],
        }),
        ..configuration(id, id, ORDERS)
    }
}

/// A share of a configuration with an account.
pub(crate) fn share(
    name: &str,
    configuration: &ResourceConfiguration,
    account: &str,
    status: &str,
) -> ResourceShare {
    let association = |kind, entity: &str, status: &str| ShareAssociation {
        kind,
        entity: entity.to_owned(),
        status: status.to_owned(),
        message: None,
        external: Some(true),
    };
    ResourceShare {
        arn: format!("arn:aws:ram:{REGION}:{ACCOUNT}:resource-share/{name}"),
        name: name.to_owned(),
        status: "ACTIVE".to_owned(),
        associations: vec![
            association(AssociationKind::Resource, &configuration.arn, "ASSOCIATED"),
            association(AssociationKind::Principal, account, status),
        ],
    }
}

pub(crate) fn quota(service: &str, code: &str, name: &str, value: f64) -> Quota {
    Quota {
        service_code: service.to_owned(),
        quota_code: code.to_owned(),
        name: name.to_owned(),
        value,
    }
}
