//! VPC Lattice's objects.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Region;

/// The states of gateways and configurations alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum Status {
    Active,
    CreateInProgress,
    UpdateInProgress,
    DeleteInProgress,
    CreateFailed,
    UpdateFailed,
    DeleteFailed,
}

/// The resolution of a gateway that looks names up in its VPC, private zones included.
pub(crate) const IN_VPC: &str = "IN_VPC";

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct ResourceGateway {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) vpc_id: String,
    pub(crate) subnet_ids: Vec<String>,
    pub(crate) security_group_ids: Vec<String>,
    /// IPV4; the sandbox's network has no IPv6.
    pub(crate) ip_address_type: String,
    pub(crate) ipv4_addresses_per_eni: u8,
    /// PUBLIC or `IN_VPC`.
    pub(crate) dns_resolution: String,
    pub(crate) status: Status,
    /// When the state in progress ends.
    #[serde(default)]
    pub(crate) due: Option<Timestamp>,
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
    #[serde(default)]
    pub(crate) tags: BTreeMap<String, String>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct ResourceConfiguration {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) kind: ConfigurationKind,
    /// None for a CHILD, which inherits its group's.
    pub(crate) gateway_id: Option<String>,
    #[serde(default)]
    pub(crate) group_id: Option<String>,
    /// The union as on the wire; None for a GROUP.
    pub(crate) definition: Option<Value>,
    #[serde(default)]
    pub(crate) port_ranges: Vec<String>,
    #[serde(default)]
    pub(crate) protocol: Option<String>,
    #[serde(default)]
    pub(crate) shareable_network: bool,
    #[serde(default)]
    pub(crate) custom_domain: Option<String>,
    pub(crate) status: Status,
    #[serde(default)]
    pub(crate) due: Option<Timestamp>,
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
    #[serde(default)]
    pub(crate) tags: BTreeMap<String, String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum ConfigurationKind {
    Group,
    Child,
    Single,
    Arn,
}

/// Who uses a resource configuration: one VPC endpoint.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct EndpointAssociation {
    pub(crate) id: String,
    pub(crate) configuration_id: String,
    pub(crate) vpc_endpoint_id: String,
    pub(crate) vpc_endpoint_owner: String,
    pub(crate) created_at: Timestamp,
}

impl ResourceGateway {
    pub(crate) fn arn(&self, region: &str, account: &str) -> String {
        format!(
            "arn:aws:vpc-lattice:{region}:{account}:resourcegateway/{}",
            self.id
        )
    }
}

impl ResourceConfiguration {
    pub(crate) fn arn(&self, region: &str, account: &str) -> String {
        format!(
            "arn:aws:vpc-lattice:{region}:{account}:resourceconfiguration/{}",
            self.id
        )
    }
}

impl EndpointAssociation {
    pub(crate) fn arn(&self, region: &str, account: &str) -> String {
        format!(
            "arn:aws:vpc-lattice:{region}:{account}:resourceendpointassociation/{}",
            self.id
        )
    }
}

impl Region {
    pub(crate) fn gateway(&self, id: &str) -> Option<&ResourceGateway> {
        self.resource_gateways
            .iter()
            .find(|gateway| gateway.id == id)
    }

    pub(crate) fn configuration(&self, id: &str) -> Option<&ResourceConfiguration> {
        self.resource_configurations
            .iter()
            .find(|configuration| configuration.id == id)
    }

    /// The children of a group, whatever their state.
    pub(crate) fn children<'a>(
        &'a self,
        group_id: &'a str,
    ) -> impl Iterator<Item = &'a ResourceConfiguration> {
        let all = self.resource_configurations.iter();
        all.filter(move |it| it.group_id.as_deref() == Some(group_id))
    }

    /// The gateway that a configuration's traffic goes through: its own, or its group's.
    pub(crate) fn gateway_of(
        &self,
        configuration: &ResourceConfiguration,
    ) -> Option<&ResourceGateway> {
        let own = configuration.gateway_id.as_deref();
        let group = || {
            self.configuration(configuration.group_id.as_deref()?)?
                .gateway_id
                .as_deref()
        };
        self.gateway(own.or_else(group)?)
    }
}
