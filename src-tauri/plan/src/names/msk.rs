//! The ARN of an MSK cluster.

use serde::{Deserialize, Serialize};

use super::{Field, FieldError, is_region};

/// The parts of the ARN of an MSK cluster.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct MskArn {
    /// `aws`, `aws-cn`, ...
    pub partition: String,
    /// The cluster's region.
    pub region: String,
    /// The owner, twelve digits.
    pub account_id: String,
    /// The cluster's name.
    pub name: String,
}

/// Reads the ARN of an MSK cluster, provisioned or serverless.
pub fn msk_arn(arn: &str) -> Result<MskArn, FieldError> {
    parse(arn).ok_or_else(|| {
        FieldError::new(
            Field::Source,
            "Use the ARN of an MSK cluster, such as \
             arn:aws:kafka:us-east-1:111122223333:cluster/clicks/7c1b7d0e-5a7f-4c3e-9b51-2f6f7c2f9a10-2.",
        )
    })
}

fn parse(arn: &str) -> Option<MskArn> {
    let parts: Vec<&str> = arn.split(':').collect();
    let ["arn", partition, "kafka", region, account_id, resource] = parts[..] else {
        return None;
    };
    let ["cluster", name, id] = resource.split('/').collect::<Vec<_>>()[..] else {
        return None;
    };
    let word = |text: &str| {
        !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    let fits = partition.starts_with("aws")
        && partition
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b == b'-')
        && is_region(region)
        && account_id.len() == 12
        && account_id.bytes().all(|b| b.is_ascii_digit())
        && name.len() <= 64
        && word(name)
        && word(id);
    fits.then(|| MskArn {
        partition: partition.to_owned(),
        region: region.to_owned(),
        account_id: account_id.to_owned(),
        name: name.to_owned(),
    })
}
