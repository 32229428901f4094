//! Checks on the MSK cluster whose brokers stand behind the load balancers: whether it takes the chosen authentication,
//! and whether its brokers are there to stay.
//!
//! Of what AWS asks for multi-VPC connectivity, the rest does not count here: a cluster may take clients without
//! authentication at another port, be old or small, and let in whoever has no ACL.

use super::{Subject, advice, check_again, finding, unread};
use crate::check::{Check, CheckId, Verdict};
use crate::facts::msk::MskFacts;
use crate::paths::endpoint_service::choices::SourceChoice;
use crate::paths::msk_multi_vpc::checks as msk;
use crate::step::MskAuthentication;

pub(super) fn authentication(subject: &Subject<'_>) -> Option<Check> {
    let id = CheckId::MskAuthentication;
    let (cluster_arn, authentication) = chosen(subject)?;
    Some(match subject.facts.msk {
        Some(msk) => msk::brokers_take(subject.facts.region, msk, cluster_arn, authentication),
        None => not_read(id, cluster_arn),
    })
}

/// A cluster that is being changed or mended keeps its brokers' addresses (Amazon MSK Developer Guide, "What is Amazon
/// MSK?"); one of them may be away for a while.
pub(super) fn state(subject: &Subject<'_>) -> Option<Check> {
    let id = CheckId::MskState;
    let (cluster_arn, authentication) = chosen(subject)?;
    let Some(msk) = subject.facts.msk else {
        return Some(not_read(id, cluster_arn));
    };
    let check = msk::state_of_brokers(subject.facts.region, msk, cluster_arn, authentication);
    Some(match state_of(msk) {
        Some(state) if check.verdict == Verdict::Failure && keeps_its_brokers(state) => finding(
            id,
            Verdict::Warning,
            check.headline,
            check.evidence,
            Some(advice(
                "Wait until the cluster is active, then check again. Or go on: the brokers that are there keep their \
                 addresses, but one of them may not answer for a while, and one that is being added is left out.",
            )),
        ),
        Some(_) | None => check,
    })
}

fn chosen<'a>(subject: &Subject<'a>) -> Option<(&'a str, MskAuthentication)> {
    match &subject.choices.source {
        SourceChoice::MskBrokers {
            cluster_arn,
            authentication,
        } => Some((cluster_arn, *authentication)),
        SourceChoice::Database { .. }
        | SourceChoice::Address { .. }
        | SourceChoice::Hosts { .. } => None,
    }
}

fn state_of(msk: &MskFacts) -> Option<&str> {
    msk.cluster.known().map(|it| it.state.as_str())
}

/// Words of the MSK API reference, `ClusterInfo.state`.
fn keeps_its_brokers(state: &str) -> bool {
    matches!(
        state,
        "UPDATING" | "HEALING" | "MAINTENANCE" | "REBOOTING_BROKER"
    )
}

fn not_read(id: CheckId, cluster_arn: &str) -> Check {
    let mut check = unread(id, "The cluster could not be read.", None);
    check.evidence.push(cluster_arn.to_owned());
    check.remedy = Some(check_again("Read the cluster, then check again."));
    check
}
