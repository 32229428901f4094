//! Multi-VPC connectivity of a cluster: switched on for more schemes, and off again for those alone.
//!
//! The call replaces the whole structure under the cluster's version, and takes one kind of setting. So what is on
//! is read first and sent again with what is to be added; what others have switched on since is never switched off.

use aws_sdk_kafka::types::{
    ClusterOperationV2, ConnectivityInfo, VpcConnectivity, VpcConnectivityClientAuthentication,
    VpcConnectivityIam, VpcConnectivitySasl, VpcConnectivityScram, VpcConnectivityTls,
};
use pipelink_plan::endpoint::Turn;
use pipelink_plan::facts::msk::{ClusterOperation, MskCluster};
use pipelink_plan::problem::Problem;
use pipelink_plan::run::Progress;
use pipelink_plan::step::{MultiVpcSchemes, OutputName, Outputs};

use super::SERVICE;
use super::cluster::{multi_vpc, timestamp};
use crate::lattice::{unless_gone, waiting};
use crate::problems::missing;
use crate::session::Aws;

const CALL: &str = "UpdateConnectivity";
/// MSK's word for the kind of operation, as its documentation and answers have it.
const OPERATION: &str = "UPDATE_CONNECTIVITY";
const ACTIVE: &str = "ACTIVE";
const CHANGED_SINCE: &str = "The cluster's last change is over, and its schemes are not as this step left them: somebody changed them since.";

/// The operation by which a change is judged. The list of operations may lag behind, and end with an earlier one.
#[derive(Clone, Copy)]
enum Whose<'a> {
    /// The one that AWS answered the call with.
    This(&'a str),
    /// The last one, if it is not this: a change is taken back after the operation that made it.
    After(&'a str),
    /// The last one, whichever that is.
    Last,
}

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

    /// Whether all that it switches on is among these.
    fn is_in(&self, schemes: MultiVpcSchemes) -> bool {
        without(self.added, schemes) == MultiVpcSchemes::default()
    }

    /// Whether none of it is.
    fn is_out_of(&self, schemes: MultiVpcSchemes) -> bool {
        without(schemes, self.added) == schemes
    }

    fn outputs(&self) -> Outputs {
        Outputs::default().with(OutputName::ClusterArn, self.cluster_arn)
    }

    /// With the operation that AWS answered the call with. A change that was found has none: which one led to it cannot
    /// be told.
    fn sent(&self, operation: Option<String>) -> Outputs {
        match operation {
            Some(arn) => self.outputs().with(OutputName::ClusterOperationArn, arn),
            None => self.outputs(),
        }
    }
}

/// The change of the cluster's connectivity that is under way.
enum Ahead {
    Nothing,
    /// What will be on.
    Schemes(MultiVpcSchemes),
    /// Its target names no schemes. A call takes one kind of setting, and this one asks for another: the network type,
    /// or public access.
    Other,
}

impl Aws {
    /// Switches the schemes on, unless they are on already: then there are no outputs.
    pub(crate) async fn add_schemes(&self, change: &SchemeChange<'_>) -> Result<Outputs, Problem> {
        let cluster = self.msk_cluster(change.cluster_arn).await?;
        if change.is_in(on(&cluster)) {
            return Ok(Outputs::default());
        }
        let sent = self
            .update_connectivity(&cluster, with(on(&cluster), change.added))
            .await;
        match sent {
            // The SDK sends again what it got no answer to, and without a token AWS refuses that over the first.
            Err(refused @ (Problem::Refused { .. } | Problem::Conflict { .. }))
                if cluster.state == ACTIVE =>
            {
                let found = self.find_schemes(change).await?;
                found.ok_or(refused)
            }
            Err(problem) => Err(problem),
            Ok(operation) => Ok(change.sent(operation)),
        }
    }

    /// Found where the schemes are on, and where a change to that is under way: a second one would be refused as
    /// long as it is.
    pub(crate) async fn find_schemes(
        &self,
        change: &SchemeChange<'_>,
    ) -> Result<Option<Outputs>, Problem> {
        let Some(cluster) = unless_gone(self.msk_cluster(change.cluster_arn).await)? else {
            return Ok(None);
        };
        if change.is_in(on(&cluster)) {
            return Ok(Some(change.outputs()));
        }
        Ok(match self.ahead(change.cluster_arn).await? {
            Ahead::Schemes(schemes) if change.is_in(schemes) => Some(change.outputs()),
            Ahead::Schemes(_) | Ahead::Other | Ahead::Nothing => None,
        })
    }

    /// Usable once the cluster is ACTIVE with the schemes. `NotFound` while AWS does not show the operation yet that it
    /// answered the call with.
    pub(crate) async fn schemes_progress(
        &self,
        change: &SchemeChange<'_>,
        made: &Outputs,
    ) -> Result<Progress, Problem> {
        let Some(cluster) = unless_gone(self.msk_cluster(change.cluster_arn).await)? else {
            return Ok(Progress::Missing);
        };
        if cluster.state == ACTIVE && change.is_in(on(&cluster)) {
            return Ok(Progress::Usable {
                outputs: Outputs::default(),
            });
        }
        let whose = match made.one(OutputName::ClusterOperationArn) {
            Some(own) => Whose::This(own),
            None => Whose::Last,
        };
        self.change_under_way(&cluster, whose).await
    }

    /// Switches off what the change switched on, and nothing else. `Conflict` while something else is done to the
    /// cluster, which may be the change itself.
    pub(crate) async fn take_schemes_back(&self, change: &SchemeChange<'_>) -> Result<(), Problem> {
        let cluster = self.msk_cluster(change.cluster_arn).await?;
        let refused = if cluster.state == ACTIVE {
            if change.is_out_of(on(&cluster)) {
                return Ok(());
            }
            let left = without(on(&cluster), change.added);
            match self.update_connectivity(&cluster, left).await {
                Err(refused @ (Problem::Refused { .. } | Problem::Conflict { .. })) => refused,
                answer => return answer.map(|_| ()),
            }
        } else {
            busy(&format!("the cluster is {}", cluster.state))
        };
        match self.ahead(change.cluster_arn).await? {
            Ahead::Schemes(schemes) if change.is_out_of(schemes) => Ok(()),
            Ahead::Nothing if change.is_out_of(on(&cluster)) => Ok(()),
            // It began after the look: the refusal is for now only.
            Ahead::Schemes(_) | Ahead::Other if cluster.state == ACTIVE => {
                Err(busy("another change of the cluster is under way"))
            }
            Ahead::Schemes(_) | Ahead::Other | Ahead::Nothing => Err(refused),
        }
    }

    /// Whether the schemes are off again, or the cluster is gone. `EndedIn` where AWS could not do it.
    pub(crate) async fn schemes_taken_back(
        &self,
        change: &SchemeChange<'_>,
        made: &Outputs,
    ) -> Result<bool, Problem> {
        let Some(cluster) = unless_gone(self.msk_cluster(change.cluster_arn).await)? else {
            return Ok(true);
        };
        if cluster.state == ACTIVE && change.is_out_of(on(&cluster)) {
            return Ok(true);
        }
        let whose = match made.one(OutputName::ClusterOperationArn) {
            Some(on) => Whose::After(on),
            None => Whose::Last,
        };
        match self.change_under_way(&cluster, whose).await? {
            Progress::Ended { seen, reason } => Err(Problem::EndedIn {
                resource: change.cluster_arn.to_owned(),
                state: seen,
                reason,
            }),
            _ => Ok(false),
        }
    }

    /// What becomes of a change, where the cluster is not as it should leave it.
    async fn change_under_way(
        &self,
        cluster: &MskCluster,
        whose: Whose<'_>,
    ) -> Result<Progress, Problem> {
        if ["DELETING", "FAILED"].contains(&cluster.state.as_str()) {
            return Ok(Progress::Ended {
                seen: cluster.state.clone(),
                reason: None,
            });
        }
        // Only an ACTIVE cluster that lacks what was asked for has to be explained.
        if cluster.state != ACTIVE {
            return Ok(waiting(cluster.state.clone(), Turn::Aws));
        }
        let last = match whose {
            Whose::This(arn) => self.operation(arn).await?.map(|it| ClusterOperation {
                arn: arn.to_owned(),
                kind: it.operation_type,
                state: it.operation_state,
                started_at: it.start_time.and_then(timestamp),
                ended_at: it.end_time.and_then(timestamp),
            }),
            Whose::After(earlier) => last_change(self.cluster_operations(&cluster.arn).await?)
                .filter(|it| it.arn != earlier),
            Whose::Last => last_change(self.cluster_operations(&cluster.arn).await?),
        };
        let Some(last) = last else {
            return Ok(waiting(cluster.state.clone(), Turn::Aws));
        };
        let state = last.state.clone().unwrap_or_default();
        if state.to_ascii_uppercase().ends_with("FAILED") {
            return Ok(Progress::Ended {
                reason: self
                    .operation(&last.arn)
                    .await?
                    .and_then(|it| it.error_info?.error_string),
                seen: state,
            });
        }
        if is_over(&last) {
            return Ok(Progress::Ended {
                seen: state,
                reason: Some(CHANGED_SINCE.to_owned()),
            });
        }
        Ok(waiting(state, Turn::Aws))
    }

    async fn ahead(&self, cluster_arn: &str) -> Result<Ahead, Problem> {
        let operations = self.cluster_operations(cluster_arn).await?;
        let under_way = last_change(operations).filter(|it| !is_over(it));
        let Some(under_way) = under_way else {
            return Ok(Ahead::Nothing);
        };
        let described = self.operation(&under_way.arn).await?;
        let target = described.and_then(|it| it.provisioned?.target_cluster_info);
        let leads_to = target.and_then(|it| it.connectivity_info?.vpc_connectivity);
        Ok(leads_to.map_or(Ahead::Other, |it| Ahead::Schemes(multi_vpc(&it))))
    }

    async fn operation(&self, arn: &str) -> Result<Option<ClusterOperationV2>, Problem> {
        let answer = self
            .session
            .kafka
            .describe_cluster_operation_v2()
            .cluster_operation_arn(arn)
            .send()
            .await
            .map_err(self.problem(SERVICE, "DescribeClusterOperationV2"))?;
        Ok(answer.cluster_operation_info)
    }

    async fn update_connectivity(
        &self,
        cluster: &MskCluster,
        schemes: MultiVpcSchemes,
    ) -> Result<Option<String>, Problem> {
        let version = cluster
            .current_version
            .as_deref()
            .ok_or_else(|| missing("DescribeClusterV2", "currentVersion"))?;
        let answer = self
            .session
            .kafka
            .update_connectivity()
            .cluster_arn(&cluster.arn)
            .current_version(version)
            .connectivity_info(wire(schemes))
            .send()
            .await
            .map_err(self.problem(SERVICE, CALL))?;
        Ok(answer.cluster_operation_arn)
    }
}

fn last_change(operations: Vec<ClusterOperation>) -> Option<ClusterOperation> {
    operations
        .into_iter()
        .find(|it| it.kind.as_deref() == Some(OPERATION))
}

fn is_over(operation: &ClusterOperation) -> bool {
    operation.ended_at.is_some()
}

fn busy(message: &str) -> Problem {
    Problem::Conflict {
        operation: CALL.to_owned(),
        message: message.to_owned(),
    }
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
