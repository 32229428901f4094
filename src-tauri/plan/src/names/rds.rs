//! The ARN of an RDS database.

use serde::{Deserialize, Serialize};

use super::{Field, FieldError, is_region};

/// The parts of the ARN of an RDS database.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct RdsArn {
    /// `aws`, `aws-cn`, ...
    pub partition: String,
    /// The database's region.
    pub region: String,
    /// The owner, twelve digits.
    pub account_id: String,
    /// Cluster or instance.
    pub kind: RdsKind,
    /// The cluster's or instance's name.
    pub name: String,
}

/// What an RDS ARN names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub enum RdsKind {
    /// `:cluster:`
    Cluster,
    /// `:db:`
    Instance,
}

/// Reads the ARN of an RDS or Aurora cluster or instance.
pub fn rds_arn(arn: &str) -> Result<RdsArn, FieldError> {
    parse_rds_arn(arn).ok_or_else(|| {
        FieldError::new(
            Field::Source,
            "Use the ARN of an RDS or Aurora cluster or instance, such as \
             arn:aws:rds:us-east-1:111122223333:cluster:orders.",
        )
    })
}

fn parse_rds_arn(arn: &str) -> Option<RdsArn> {
    let parts: Vec<&str> = arn.split(':').collect();
    let ["arn", partition, "rds", region, account_id, kind, name] = parts[..] else {
        return None;
    };
    let kind = match kind {
        "cluster" => RdsKind::Cluster,
        "db" => RdsKind::Instance,
        _ => return None,
    };
    let fits = partition.starts_with("aws")
        && partition
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b == b'-')
        && is_region(region)
        && account_id.len() == 12
        && account_id.bytes().all(|b| b.is_ascii_digit())
        && (1..=63).contains(&name.len())
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    fits.then(|| RdsArn {
        partition: partition.to_owned(),
        region: region.to_owned(),
        account_id: account_id.to_owned(),
        kind,
        name: name.to_owned(),
    })
}
