//! What a plan makes reachable, and what a resource configuration is defined by.

use std::fmt;
use std::net::Ipv4Addr;

use serde::{Deserialize, Serialize};

/// What a resource configuration can lead to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum Target {
    /// An RDS or Aurora cluster or instance.
    Database {
        /// `arn:aws:rds:...`.
        arn: String,
    },
    /// Whatever a name resolves to.
    DomainName {
        /// In lower case, without a dot at its end.
        name: String,
    },
    /// A private IPv4 address.
    IpAddress {
        /// The address.
        #[cfg_attr(feature = "specta", specta(type = String))]
        address: Ipv4Addr,
    },
    /// An MSK cluster.
    MskCluster {
        /// `arn:aws:kafka:...`.
        arn: String,
    },
    /// Several hosts that are one source: brokers of a Kafka cluster, nodes of a replica set.
    Hosts {
        /// Names or addresses, each with its port, such as `broker-1.example.com:9092`.
        hosts: Vec<String>,
    },
}

/// How a client proves to an MSK cluster who it is, as far as ClickPipes can.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub enum MskAuthentication {
    /// IAM access control.
    SaslIam,
    /// User name and password.
    SaslScram,
}

impl MskAuthentication {
    /// The Cloud API's word.
    pub fn as_wire(self) -> &'static str {
        match self {
            Self::SaslIam => "SASL_IAM",
            Self::SaslScram => "SASL_SCRAM",
        }
    }

    /// Reads the Cloud API's word.
    pub fn from_wire(word: &str) -> Option<Self> {
        match word {
            "SASL_IAM" => Some(Self::SaslIam),
            "SASL_SCRAM" => Some(Self::SaslScram),
            _ => None,
        }
    }
}

/// For which authentication schemes multi-VPC connectivity is on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct MultiVpcSchemes {
    /// `sasl.iam`.
    pub iam: bool,
    /// `sasl.scram`.
    pub scram: bool,
    /// `tls`: mutual TLS.
    pub tls: bool,
}

impl MultiVpcSchemes {
    /// Whether it is on for an authentication.
    pub fn has(self, authentication: MskAuthentication) -> bool {
        match authentication {
            MskAuthentication::SaslIam => self.iam,
            MskAuthentication::SaslScram => self.scram,
        }
    }

    /// The same with one more on.
    #[must_use]
    pub fn with(mut self, authentication: MskAuthentication) -> Self {
        match authentication {
            MskAuthentication::SaslIam => self.iam = true,
            MskAuthentication::SaslScram => self.scram = true,
        }
        self
    }
}

/// Where a gateway looks up the domain names of its configurations. Fixed when the gateway is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub enum DnsResolution {
    /// In public DNS; AWS's own default. A database by ARN needs this one.
    Public,
    /// With the VPC's own resolver, so that private zones count.
    InVpc,
}

/// Ports from the first to the last, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct PortRange {
    /// From 1.
    pub first: u16,
    /// Not before the first.
    pub last: u16,
}

impl fmt::Display for PortRange {
    /// As AWS writes it: `5432`, or `9092-9094`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.first == self.last {
            write!(f, "{}", self.first)
        } else {
            write!(f, "{}-{}", self.first, self.last)
        }
    }
}

/// What a resource configuration is defined by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum Definition {
    /// Type ARN: AWS has the ports from the database.
    Database {
        /// `arn:aws:rds:...`.
        arn: String,
    },
    /// Type SINGLE with a DNS resource.
    DomainName {
        /// In lower case, without a dot at its end.
        name: String,
        /// At least one.
        ports: Vec<PortRange>,
    },
    /// Type SINGLE with an IP resource.
    IpAddress {
        /// In a private range.
        #[cfg_attr(feature = "specta", specta(type = String))]
        address: Ipv4Addr,
        /// At least one.
        ports: Vec<PortRange>,
    },
}

impl Definition {
    /// What it leads to.
    pub fn target(&self) -> Target {
        match self {
            Self::Database { arn } => Target::Database { arn: arn.clone() },
            Self::DomainName { name, .. } => Target::DomainName { name: name.clone() },
            Self::IpAddress { address, .. } => Target::IpAddress { address: *address },
        }
    }

    /// The ports that it names; none for a database, whose port AWS knows.
    pub fn ports(&self) -> &[PortRange] {
        match self {
            Self::Database { .. } => &[],
            Self::DomainName { ports, .. } | Self::IpAddress { ports, .. } => ports,
        }
    }
}

/// What speaks at the source's port.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub enum Engine {
    /// `PostgreSQL`, Aurora included.
    Postgres,
    /// `MySQL` or `MariaDB`, Aurora included.
    Mysql,
    /// `Apache Kafka`, MSK included.
    Kafka,
    /// `MongoDB`.
    MongoDb,
    /// Anything else: its host and port are all that can be said of it.
    Other,
}
