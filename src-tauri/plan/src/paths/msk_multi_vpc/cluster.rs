//! What a cluster has to be for multi-VPC connectivity, and how long turning it on takes.
//!
//! Requirements: Amazon MSK Developer Guide, "Amazon MSK multi-VPC private connectivity in a single Region"; Express
//! and Serverless: ClickHouse knowledge base on MSK.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use crate::facts::msk::MskCluster;

/// Which kind of cluster it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Provisioned, with standard brokers.
    Standard,
    /// Provisioned, with Express brokers.
    Express,
    Serverless,
    /// AWS does not say, or says something newer than this program.
    Unknown,
}

pub(crate) fn kind(cluster: &MskCluster) -> Kind {
    match (cluster.kind.as_str(), &cluster.provisioned) {
        ("SERVERLESS", _) => Kind::Serverless,
        ("PROVISIONED", Some(it)) if it.instance_type.is_empty() => Kind::Unknown,
        ("PROVISIONED", Some(it)) if it.instance_type.starts_with("express.") => Kind::Express,
        ("PROVISIONED", Some(_)) => Kind::Standard,
        _ => Kind::Unknown,
    }
}

/// Whether there is no multi-VPC connectivity for an instance type.
pub(crate) fn is_too_small(instance_type: &str) -> bool {
    instance_type == "kafka.t3.small"
}

/// The oldest version of Kafka with multi-VPC connectivity.
const OLDEST: [u32; 3] = [2, 7, 1];

/// How a version of Kafka compares with the oldest that will do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Version {
    NewEnough,
    TooOld,
    /// It names too few numbers.
    Unknown,
}

/// Compares by number, as far as numbers go: `3.7.x.kraft` is 3.7, `2.8.2.tiered` is 2.8.2.
pub(crate) fn version(text: &str) -> Version {
    let numbers: Vec<u32> = text
        .split('.')
        .map_while(|part| part.parse().ok())
        .collect();
    for (number, oldest) in numbers.iter().zip(OLDEST) {
        match number.cmp(&oldest) {
            Ordering::Less => return Version::TooOld,
            Ordering::Greater => return Version::NewEnough,
            Ordering::Equal => {}
        }
    }
    if numbers.len() >= OLDEST.len() {
        Version::NewEnough
    } else {
        Version::Unknown
    }
}

/// How long something usually takes, in minutes: an estimate, not a promise of AWS's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct UsualTime {
    /// At least.
    pub from_minutes: u32,
    /// At most.
    pub to_minutes: u32,
}

/// How long turning on multi-VPC connectivity usually takes: brokers are restarted one after the other. AWS gives no
/// figures; users report hours on big clusters (docs/ASSUMPTIONS.md). The one estimate for page, advice and review.
pub(crate) const CONNECTIVITY: UsualTime = UsualTime {
    from_minutes: 15,
    to_minutes: 480,
};
