//! Multi-VPC connectivity of a cluster: switched on for more schemes, and off again for those alone.
//!
//! The call replaces the whole structure under the cluster's version, and takes one kind of setting. So what is on
//! is read first and sent again with what is to be added; what others have switched on since is never switched off.

use aws_sdk_kafka::types::{
    ConnectivityInfo, VpcConnectivity, VpcConnectivityClientAuthentication, VpcConnectivityIam,
    VpcConnectivitySasl, VpcConnectivityScram, VpcConnectivityTls,
};
use pipelink_plan::endpoint::Turn;
use pipelink_plan::facts::msk::{ClusterOperation, MskCluster};
use pipelink_plan::problem::Problem;
use pipelink_plan::run::Progress;
use pipelink_plan::step::{MultiVpcSchemes, OutputName, Outputs};

use super::SERVICE;
use crate::lattice::{unless_gone, waiting};
use crate::problems::missing;
use crate::session::Aws;

const CALL: &str = "UpdateConnectivity";
/// MSK's word for the kind of operation, as its documentation and answers have it.
const OPERATION: &str = "UPDATE_CONNECTIVITY";

/// A change of the schemes of a cluster.
#[derive(Clone, Copy)]
pub(crate) struct SchemeChange<'a> {
    cluster_arn: &'a str,
    /// Switched on by it.
    added: MultiVpcSchemes,
}

impl<'a> SchemeChange<'a> {
    pub(crate) fn new(cluster_arn: &'a str, from: MultiVpcSchemes, to: MultiVpcSchemes) -> Self {
        Self {
            cluster_arn,
            added: without(to, from),
        }
    }

    fn is_made(&self, cluster: &MskCluster) -> bool {
        without(self.added, on(cluster)) == MultiVpcSchemes::default()
    }

    fn is_taken_back(&self, cluster: &MskCluster) -> bool {
        without(on(cluster), self.added) == on(cluster)
    }

    fn outputs(&self) -> Outputs {
        Outputs::default().with(OutputName::ClusterArn, self.cluster_arn)
    }
}

impl Aws {
    /// Switches the schemes on, unless they are on already: then there are no outputs.
    pub(crate) async fn add_schemes(&self, change: &SchemeChange<'_>) -> Result<Outputs, Problem> {
        let cluster = self.msk_cluster(change.cluster_arn).await?;
        if change.is_made(&cluster) {
            return Ok(Outputs::default());
        }
        self.update_connectivity(&cluster, with(on(&cluster), change.added))
            .await?;
        Ok(change.outputs())
    }

    /// Found where the schemes are on, and where such a change is under way: a second one would be refused as
    /// long as it is.
    pub(crate) async fn find_schemes(
        &self,
        change: &SchemeChange<'_>,
    ) -> Result<Option<Outputs>, Problem> {
        let Some(cluster) = unless_gone(self.msk_cluster(change.cluster_arn).await)? else {
            return Ok(None);
        };
        if change.is_made(&cluster) {
            return Ok(Some(change.outputs()));
        }
        let operations = self.cluster_operations(change.cluster_arn).await?;
        let under_way = last_change(&operations).is_some_and(|it| it.ended_at.is_none());
        Ok(under_way.then(|| change.outputs()))
    }

    /// Usable once the cluster is ACTIVE with the schemes.
    pub(crate) async fn schemes_progress(
        &self,
        change: &SchemeChange<'_>,
    ) -> Result<Progress, Problem> {
        let Some(cluster) = unless_gone(self.msk_cluster(change.cluster_arn).await)? else {
            return Ok(Progress::Missing);
        };
        if cluster.state == "ACTIVE" && change.is_made(&cluster) {
            return Ok(Progress::Usable {
                outputs: Outputs::default(),
            });
        }
        self.change_under_way(&cluster).await
    }

    /// Switches off what the change switched on, and nothing else.
    pub(crate) async fn take_schemes_back(&self, change: &SchemeChange<'_>) -> Result<(), Problem> {
        let cluster = self.msk_cluster(change.cluster_arn).await?;
        if change.is_taken_back(&cluster) {
            return Ok(());
        }
        self.update_connectivity(&cluster, without(on(&cluster), change.added))
            .await
    }

    /// Whether the schemes are off again, or the cluster is gone. `EndedIn` where AWS could not do it.
    pub(crate) async fn schemes_taken_back(
        &self,
        change: &SchemeChange<'_>,
    ) -> Result<bool, Problem> {
        let Some(cluster) = unless_gone(self.msk_cluster(change.cluster_arn).await)? else {
            return Ok(true);
        };
        if cluster.state == "ACTIVE" && change.is_taken_back(&cluster) {
            return Ok(true);
        }
        match self.change_under_way(&cluster).await? {
            Progress::Ended { seen, reason } => Err(Problem::EndedIn {
                resource: change.cluster_arn.to_owned(),
                state: seen,
                reason,
            }),
            _ => Ok(false),
        }
    }

    /// What becomes of the change that was asked for last.
    async fn change_under_way(&self, cluster: &MskCluster) -> Result<Progress, Problem> {
        if ["DELETING", "FAILED"].contains(&cluster.state.as_str()) {
            return Ok(Progress::Ended {
                seen: cluster.state.clone(),
                reason: None,
            });
        }
        // Only an ACTIVE cluster that lacks what was asked for has to be explained.
        if cluster.state != "ACTIVE" {
            return Ok(waiting(cluster.state.clone(), Turn::Aws));
        }
        let operations = self.cluster_operations(&cluster.arn).await?;
        let Some(last) = last_change(&operations) else {
            return Ok(waiting(cluster.state.clone(), Turn::Aws));
        };
        let state = last.state.clone().unwrap_or_default();
        if state.to_ascii_uppercase().ends_with("FAILED") {
            return Ok(Progress::Ended {
                reason: self.why_it_failed(&last.arn).await?,
                seen: state,
            });
        }
        Ok(waiting(state, Turn::Aws))
    }

    async fn why_it_failed(&self, operation_arn: &str) -> Result<Option<String>, Problem> {
        const DESCRIBE: &str = "DescribeClusterOperationV2";
        let answer = self
            .session
            .kafka
            .describe_cluster_operation_v2()
            .cluster_operation_arn(operation_arn)
            .send()
            .await
            .map_err(self.problem(SERVICE, DESCRIBE))?;
        Ok(answer
            .cluster_operation_info
            .and_then(|it| it.error_info?.error_string))
    }

    async fn update_connectivity(
        &self,
        cluster: &MskCluster,
        schemes: MultiVpcSchemes,
    ) -> Result<(), Problem> {
        let version = cluster
            .current_version
            .as_deref()
            .ok_or_else(|| missing("DescribeClusterV2", "currentVersion"))?;
        self.session
            .kafka
            .update_connectivity()
            .cluster_arn(&cluster.arn)
            .current_version(version)
            .connectivity_info(wire(schemes))
            .send()
            .await
            .map_err(self.problem(SERVICE, CALL))?;
        Ok(())
    }
}

fn last_change(operations: &[ClusterOperation]) -> Option<&ClusterOperation> {
    operations
        .iter()
        .find(|it| it.kind.as_deref() == Some(OPERATION))
}

/// What is on for multi-VPC connectivity.
fn on(cluster: &MskCluster) -> MultiVpcSchemes {
    cluster
        .provisioned
        .as_ref()
        .map(|it| it.multi_vpc)
        .unwrap_or_default()
}

fn with(one: MultiVpcSchemes, other: MultiVpcSchemes) -> MultiVpcSchemes {
    MultiVpcSchemes {
        iam: one.iam || other.iam,
        scram: one.scram || other.scram,
        tls: one.tls || other.tls,
    }
}

fn without(one: MultiVpcSchemes, other: MultiVpcSchemes) -> MultiVpcSchemes {
    MultiVpcSchemes {
        iam: one.iam && !other.iam,
        scram: one.scram && !other.scram,
        tls: one.tls && !other.tls,
    }
}

fn wire(schemes: MultiVpcSchemes) -> ConnectivityInfo {
    let sasl = VpcConnectivitySasl::builder()
        .iam(VpcConnectivityIam::builder().enabled(schemes.iam).build())
        .scram(
            VpcConnectivityScram::builder()
                .enabled(schemes.scram)
                .build(),
        )
        .build();
    let authentication = VpcConnectivityClientAuthentication::builder()
        .sasl(sasl)
        .tls(VpcConnectivityTls::builder().enabled(schemes.tls).build())
        .build();
    ConnectivityInfo::builder()
        .vpc_connectivity(
            VpcConnectivity::builder()
                .client_authentication(authentication)
                .build(),
        )
        .build()
}
