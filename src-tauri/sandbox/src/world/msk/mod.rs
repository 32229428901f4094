//! Amazon MSK: clusters with their connectivity, policy, operations and client VPC connections, and the
//! configurations they use. Who may connect is `policy`'s to say, how a connection lives `connections`'s; how
//! long a change takes and what it leaves is `updates`'s.

mod connections;
mod policy;
#[cfg(test)]
mod scenario_tests;
mod updates;

use std::net::Ipv4Addr;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Region, ids};

pub(crate) use connections::{ConnectionRefused, ConnectionState, VpcConnection};
pub(crate) use policy::{ClusterPolicy, PolicyError, read_policy};
pub(crate) use updates::{ClusterOperation, takes};

/// The port of the first broker over multi-VPC connectivity; each further broker has the next.
const FIRST_VPC_PORT: u32 = 14_001;

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct MskCluster {
    pub(crate) name: String,
    /// The end of its ARN: a UUID and a number.
    pub(crate) uuid: String,
    #[serde(default)]
    pub(crate) kind: ClusterKind,
    /// Changes with each change of the cluster; not the policy's version.
    pub(crate) current_version: String,
    pub(crate) state: ClusterState,
    /// When the state in progress ends.
    #[serde(default)]
    pub(crate) due: Option<Timestamp>,
    /// Empty for a serverless cluster, as the next three.
    #[serde(default)]
    pub(crate) kafka_version: String,
    #[serde(default)]
    pub(crate) instance_type: String,
    #[serde(default)]
    pub(crate) brokers: u32,
    #[serde(default)]
    pub(crate) zone_ids: Vec<String>,
    pub(crate) subnet_ids: Vec<String>,
    pub(crate) security_group_ids: Vec<String>,
    /// How clients in its VPC can say who they are.
    pub(crate) authentication: Vec<Scheme>,
    /// The same for multi-VPC connectivity.
    #[serde(default)]
    pub(crate) vpc_authentication: Vec<Scheme>,
    /// Whether clients may come without saying who they are.
    #[serde(default)]
    pub(crate) unauthenticated: bool,
    /// The revision of a configuration that it uses; None is MSK's own default.
    #[serde(default)]
    pub(crate) configuration: Option<ConfigurationUse>,
    /// The network interfaces of its brokers, in their order. Those of kept worlds of earlier versions have none.
    #[serde(default)]
    pub(crate) broker_interfaces: Vec<String>,
    #[serde(default)]
    pub(crate) policy: Option<ClusterPolicy>,
    #[serde(default)]
    pub(crate) connections: Vec<VpcConnection>,
    /// The newest last.
    #[serde(default)]
    pub(crate) operations: Vec<ClusterOperation>,
    pub(crate) created_at: Timestamp,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum ClusterKind {
    #[default]
    Provisioned,
    Serverless,
}

/// AWS's words. The sandbox makes and deletes no cluster: a scenario may hold one in the states of doing so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum ClusterState {
    Active,
    Creating,
    Deleting,
    Failed,
    Healing,
    Maintenance,
    RebootingBroker,
    Updating,
}

/// How clients say who they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum Scheme {
    Iam,
    Scram,
    Tls,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ConfigurationUse {
    /// The configuration's name.
    pub(crate) name: String,
    pub(crate) revision: i64,
}

/// A configuration of MSK: properties of brokers, in revisions.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct MskConfiguration {
    pub(crate) name: String,
    /// The end of its ARN: a UUID and a number.
    pub(crate) uuid: String,
    pub(crate) revisions: Vec<ConfigurationRevision>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct ConfigurationRevision {
    pub(crate) revision: i64,
    #[serde(default)]
    pub(crate) description: String,
    /// Lines of `server.properties`.
    pub(crate) properties: Vec<String>,
    pub(crate) created_at: Timestamp,
}

/// A broker, as its network interface has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Broker {
    /// From 1.
    pub(crate) id: u32,
    pub(crate) interface_id: String,
    pub(crate) subnet_id: String,
    pub(crate) address: Ipv4Addr,
}

impl Scheme {
    /// As the API writes it where it is a word: of a connection.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Iam => "SASL_IAM",
            Self::Scram => "SASL_SCRAM",
            Self::Tls => "TLS",
        }
    }

    pub(crate) fn of_word(word: &str) -> Option<Self> {
        [Self::Iam, Self::Scram, Self::Tls]
            .into_iter()
            .find(|it| it.word() == word)
    }

    /// What the hosts of a multi-VPC connection have for it.
    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::Iam => "iam",
            Self::Scram => "scram",
            Self::Tls => "tls",
        }
    }
}

impl MskCluster {
    pub(crate) fn arn(&self, region: &str, account: &str) -> String {
        format!(
            "arn:aws:kafka:{region}:{account}:cluster/{}/{}",
            self.name, self.uuid
        )
    }

    /// The ARN of something that belongs to it: a `cluster-operation`, a `broker`.
    pub(crate) fn arn_below(&self, region: &str, account: &str, kind: &str, id: &str) -> String {
        format!(
            "arn:aws:kafka:{region}:{account}:{kind}/{}/{}/{id}",
            self.name, self.uuid
        )
    }

    pub(crate) fn is_express(&self) -> bool {
        self.instance_type.starts_with("express.")
    }

    /// Host and port of each broker in a connection of another VPC: a port per broker, the same for each
    /// authentication, which is in the host instead.
    pub(crate) fn connection_brokers(&self, region: &str, scheme: Scheme) -> Vec<(String, u32)> {
        let suffix = self.host_suffix(region);
        let label = scheme.label();
        (1..=self.brokers)
            .map(|id| (format!("b-{id}.{label}.{suffix}"), FIRST_VPC_PORT + id - 1))
            .collect()
    }

    /// The end of the brokers' host names: cluster, a short ID, and the number that its UUID ends with.
    pub(crate) fn host_suffix(&self, region: &str) -> String {
        let (id, number) = self.uuid.rsplit_once('-').unwrap_or((&self.uuid, "1"));
        let id: String = id
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .take(6)
            .collect();
        match self.kind {
            ClusterKind::Provisioned => {
                let name = &self.name;
                format!("{name}.{id}.c{number}.kafka.{region}.amazonaws.com")
            }
            // The ARN of a serverless cluster ends with `-s3` where that of another has `-3`.
            ClusterKind::Serverless => {
                let number = number.trim_start_matches('s');
                format!("{id}.c{number}.kafka-serverless.{region}.amazonaws.com")
            }
        }
    }
}

impl MskConfiguration {
    pub(crate) fn arn(&self, region: &str, account: &str) -> String {
        format!(
            "arn:aws:kafka:{region}:{account}:configuration/{}/{}",
            self.name, self.uuid
        )
    }
}

impl Region {
    pub(crate) fn msk_cluster(&self, arn: &str) -> Option<&MskCluster> {
        let own = arn_end(arn)?;
        self.msk_clusters
            .iter()
            .find(|it| own == (&it.name, &it.uuid))
    }

    pub(crate) fn msk_cluster_mut(&mut self, arn: &str) -> Option<&mut MskCluster> {
        let own = arn_end(arn)?;
        self.msk_clusters
            .iter_mut()
            .find(|it| own == (&it.name, &it.uuid))
    }

    pub(crate) fn msk_configuration(&self, name: &str) -> Option<&MskConfiguration> {
        self.msk_configurations.iter().find(|it| it.name == name)
    }

    /// Whether the brokers let everybody at what no access list speaks of: Kafka's property for that, which MSK's
    /// own configuration has as true.
    pub(crate) fn everyone_if_no_acl(&self, cluster: &MskCluster) -> bool {
        let properties = cluster.configuration.as_ref().and_then(|used| {
            let configuration = self.msk_configuration(&used.name)?;
            let mut revisions = configuration.revisions.iter();
            Some(
                &revisions
                    .find(|it| it.revision == used.revision)?
                    .properties,
            )
        });
        let set = |line: &String| {
            let (name, value) = line.split_once('=')?;
            (name.trim() == "allow.everyone.if.no.acl.found")
                .then(|| !value.trim().eq_ignore_ascii_case("false"))
        };
        properties
            .and_then(|lines| lines.iter().rev().find_map(set))
            .unwrap_or(true)
    }

    /// The brokers of a cluster, by their interfaces.
    pub(crate) fn brokers(&self, cluster: &MskCluster) -> Vec<Broker> {
        (1..)
            .zip(&cluster.broker_interfaces)
            .filter_map(|(id, interface_id)| {
                let interface = self
                    .network_interfaces
                    .iter()
                    .find(|it| it.id == *interface_id)?;
                Some(Broker {
                    id,
                    interface_id: interface_id.clone(),
                    subnet_id: interface.subnet_id.clone(),
                    address: *interface.addresses.first()?,
                })
            })
            .collect()
    }
}

/// Name and UUID that a cluster's ARN ends with.
fn arn_end(arn: &str) -> Option<(&str, &str)> {
    let mut parts = arn.splitn(6, ':').nth(5)?.split('/');
    match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some("cluster"), Some(name), Some(uuid), None) => Some((name, uuid)),
        _ => None,
    }
}

/// A new version, of a cluster or of a policy.
pub(crate) fn new_version() -> String {
    format!("K{}", ids::upper(13))
}
