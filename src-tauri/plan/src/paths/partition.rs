//! The check on the partition: the same on every path, since all of them lead to one account in partition `aws`.

use super::findings::{advice, finding, passed};
use crate::CLICKPIPES_ACCOUNT;
use crate::check::{Check, CheckId, Verdict};
use crate::facts::Identity;

/// Whether `ClickPipes`' account can connect to what is in the account. `what` is to be reached, such as "database".
pub(super) fn partition(identity: &Identity, what: &str) -> Check {
    let id = CheckId::Partition;
    let partition = &identity.partition;
    let evidence = vec![
        format!(
            "Account {} is in partition {partition}.",
            identity.account_id
        ),
        format!("ClickPipes' account {CLICKPIPES_ACCOUNT} is in partition aws."),
    ];
    if partition == "aws" {
        return passed(
            id,
            "ClickPipes' account can connect: both are in partition aws.",
            evidence,
        );
    }
    finding(
        id,
        Verdict::Failure,
        format!("ClickPipes' account cannot connect to partition {partition}."),
        evidence,
        Some(advice(format!(
            "Use a {what} in an account of partition aws, or the IP allow list instead of PrivateLink."
        ))),
    )
}
