//! Every rule that would make the endpoint fail later, looked at before anything is written.
//!
//! A check that cannot be answered says *not known*, never *passed*. Each file below has the checks of one
//! subject; here is what they look at, and the order in which they are shown.

mod authentication;
mod cluster;
mod connection;
mod endpoint;
mod holder;
mod network;
mod policy;

pub(super) use authentication::listed;

use super::choices::Choices;
use crate::check::{Check, CheckId, Verdict};
use crate::facts::msk::{MskCluster, MskFacts, Provisioned};
use crate::facts::{ClickHouseFacts, RegionFacts, VpcFacts};
use crate::observed::Observed;
use crate::paths::choices::ServiceChoice;
use crate::paths::clickhouse as service;
use crate::paths::findings::{advice, check_again, finding, first_lines, passed, unread};
use crate::paths::partition::partition;
use crate::step::MskAuthentication;

/// All checks, failures first, then warnings, not known, passed. `msk` is of the chosen cluster, `vpc` the VPC of its
/// brokers where it could be told and read. `clickhouse` is what a key could read; `None` without a key.
pub fn check(
    region: &RegionFacts,
    msk: &MskFacts,
    vpc: Option<&VpcFacts>,
    clickhouse: Option<&ClickHouseFacts>,
    choices: &Choices,
) -> Vec<Check> {
    let service_id = match &choices.service {
        ServiceChoice::Key { service_id, .. } => Some(service_id.as_str()),
        ServiceChoice::Hand { .. } => None,
    };
    let subject = Subject {
        region,
        msk,
        vpc,
        clickhouse: clickhouse.filter(|_| service_id.is_some()),
        service_id,
        cluster_arn: &choices.cluster_arn,
        authentication: choices.authentication,
    };
    let mut checks = subject.of_cluster();
    checks.extend([
        service::same_region(
            clickhouse,
            &choices.service,
            &region.identity.region,
            "cluster",
        ),
        partition(&region.identity, "cluster"),
        service::awake(clickhouse, &choices.service),
        endpoint::existing(&subject, clickhouse, &choices.service),
        cluster::state(&subject),
        network::ports(&subject),
        network::zones(&subject),
        policy::policy(&subject),
    ]);
    checks.sort_by_key(|check| (check.verdict, check.id));
    checks
}

/// Whether an authentication can be chosen for a cluster, and why not: the worst of the checks that decide it.
pub(super) fn eligibility(
    region: &RegionFacts,
    msk: &MskFacts,
    cluster_arn: &str,
    authentication: MskAuthentication,
) -> (Verdict, String) {
    let subject = Subject::of_brokers(region, msk, cluster_arn, authentication);
    let worst = subject
        .of_cluster()
        .into_iter()
        .min_by_key(|check| (check.verdict, check.id));
    worst.map_or((Verdict::NotKnown, String::new()), |check| {
        (check.verdict, check.headline)
    })
}

/// Whether the brokers take an authentication at their own port: for a path that reaches them without multi-VPC
/// connectivity.
pub(in crate::paths) fn brokers_take(
    region: &RegionFacts,
    msk: &MskFacts,
    cluster_arn: &str,
    authentication: MskAuthentication,
) -> Check {
    authentication::takes(&Subject::of_brokers(
        region,
        msk,
        cluster_arn,
        authentication,
    ))
}

/// The cluster's state, for the same path.
pub(in crate::paths) fn state_of_brokers(
    region: &RegionFacts,
    msk: &MskFacts,
    cluster_arn: &str,
    authentication: MskAuthentication,
) -> Check {
    cluster::state(&Subject::of_brokers(
        region,
        msk,
        cluster_arn,
        authentication,
    ))
}

/// What the checks look at.
struct Subject<'a> {
    region: &'a RegionFacts,
    msk: &'a MskFacts,
    vpc: Option<&'a VpcFacts>,
    /// `None` where `ClickHouse` was not asked.
    clickhouse: Option<&'a ClickHouseFacts>,
    /// The chosen service, if by key.
    service_id: Option<&'a str>,
    cluster_arn: &'a str,
    authentication: MskAuthentication,
}

impl<'a> Subject<'a> {
    /// The brokers alone: nothing of their network, nor of `ClickHouse`.
    fn of_brokers(
        region: &'a RegionFacts,
        msk: &'a MskFacts,
        cluster_arn: &'a str,
        authentication: MskAuthentication,
    ) -> Self {
        Self {
            region,
            msk,
            vpc: None,
            clickhouse: None,
            service_id: None,
            cluster_arn,
            authentication,
        }
    }

    /// The checks that say whether this cluster, with this authentication, can be reached on this path at all.
    fn of_cluster(&self) -> Vec<Check> {
        vec![
            cluster::kind(self),
            cluster::version(self),
            cluster::instance(self),
            authentication::enabled(self),
            authentication::acls(self),
            authentication::unauthenticated(self),
            connection::free(self),
        ]
    }

    /// The cluster, or the check that says why it cannot be looked at.
    fn cluster(&self, id: CheckId) -> Result<&'a MskCluster, Box<Check>> {
        match &self.msk.cluster {
            Observed::Known { value } if value.arn == self.cluster_arn => Ok(value),
            Observed::Known { .. } => Err(Box::new(finding(
                id,
                Verdict::NotKnown,
                format!(
                    "The cluster was not found in {}.",
                    self.region.identity.region
                ),
                vec![self.cluster_arn.to_owned()],
                Some(advice("Choose a cluster from the list, or check again.")),
            ))),
            Observed::Unknown { problem } => Err(Box::new(unread(
                id,
                "The cluster could not be read.",
                Some(problem),
            ))),
        }
    }

    /// The cluster and what it is made of, or the check that says why that cannot be looked at.
    fn provisioned(&self, id: CheckId) -> Result<(&'a MskCluster, &'a Provisioned), Box<Check>> {
        let cluster = self.cluster(id)?;
        match &cluster.provisioned {
            Some(provisioned) => Ok((cluster, provisioned)),
            None => Err(Box::new(finding(
                id,
                Verdict::NotKnown,
                format!("Cluster {} has no brokers to look at.", cluster.name),
                vec![format!("Its type is {}.", cluster.kind)],
                Some(advice("Choose a provisioned cluster, or another path.")),
            ))),
        }
    }
}

/// How sentences call an authentication.
pub(super) fn word(authentication: MskAuthentication) -> &'static str {
    match authentication {
        MskAuthentication::SaslIam => "IAM",
        MskAuthentication::SaslScram => "SCRAM",
    }
}

/// The other one.
fn other(authentication: MskAuthentication) -> MskAuthentication {
    match authentication {
        MskAuthentication::SaslIam => MskAuthentication::SaslScram,
        MskAuthentication::SaslScram => MskAuthentication::SaslIam,
    }
}
