//! How `ClickPipes` can authenticate with the brokers of an MSK cluster: each way has a port of its own.

use serde::{Deserialize, Serialize};

use crate::check::Verdict;
use crate::paths::endpoint_service::choices::SourceChoice;
use crate::paths::endpoint_service::facts::Facts;
use crate::paths::endpoint_service::source::broker_port;
use crate::paths::msk_multi_vpc::checks::brokers_take;
use crate::step::MskAuthentication;

/// One way to authenticate with brokers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct BrokerAuthenticationRow {
    /// Which.
    pub authentication: MskAuthentication,
    /// The brokers' port for it.
    pub port: u16,
    /// Whether the cluster takes it.
    pub verdict: Verdict,
    /// Why, in one sentence.
    pub reason: String,
}

/// What a cluster does not take cannot be chosen, and is judged as the check does.
pub(super) fn rows(facts: &Facts<'_>, choice: &SourceChoice) -> Vec<BrokerAuthenticationRow> {
    let (Some(arn), Some(msk)) = (choice.cluster_arn(), facts.msk) else {
        return Vec::new();
    };
    [MskAuthentication::SaslIam, MskAuthentication::SaslScram]
        .into_iter()
        .map(|authentication| {
            let check = brokers_take(facts.region, msk, arn, authentication);
            BrokerAuthenticationRow {
                authentication,
                port: broker_port(authentication),
                verdict: check.verdict,
                reason: check.headline,
            }
        })
        .collect()
}
