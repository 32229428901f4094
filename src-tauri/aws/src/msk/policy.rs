//! The policy of a cluster: our one statement merged in and taken out, under the version that was read.
//!
//! What a merge is, is the plan's ([`pipelink_plan::paths::msk_multi_vpc::policy`]); here it is read, written, and
//! read again where somebody else wrote in between.

use pipelink_plan::endpoint::Turn;
use pipelink_plan::facts::msk::ClusterPolicy;
use pipelink_plan::paths::msk_multi_vpc::policy::{self, Allowance, PolicyProblem, Remaining};
use pipelink_plan::problem::{Party, Problem};
use pipelink_plan::run::{Progress, RunId};
use pipelink_plan::step::{OutputName, Outputs};

use super::SERVICE;
use crate::lattice::waiting;
use crate::session::Aws;

const GET: &str = "GetClusterPolicy";
const PUT: &str = "PutClusterPolicy";
const DELETE: &str = "DeleteClusterPolicy";
/// How often a write that lost against somebody else's is tried on what they wrote.
const ATTEMPTS: u32 = 5;

impl Aws {
    /// `None` where the cluster has no policy: AWS answers 404, or, as some say, empty texts.
    pub(crate) async fn cluster_policy(
        &self,
        cluster_arn: &str,
    ) -> Result<Option<ClusterPolicy>, Problem> {
        let answer = self
            .session
            .kafka
            .get_cluster_policy()
            .cluster_arn(cluster_arn)
            .send()
            .await
            .map_err(self.problem(SERVICE, GET));
        match answer {
            Ok(answer) => Ok(answer
                .policy
                .filter(|document| !document.trim().is_empty())
                .map(|document| ClusterPolicy {
                    version: answer.current_version,
                    document,
                })),
            Err(Problem::NotFound { .. }) => Ok(None),
            Err(problem) => Err(problem),
        }
    }

    /// Adds the run's statement, unless the policy lets the principal in already: then there are no outputs.
    pub(crate) async fn allow_in_policy(
        &self,
        cluster_arn: &str,
        principal: &str,
        run: &RunId,
    ) -> Result<Outputs, Problem> {
        let sid = policy::sid(run);
        let ours = Outputs::default().with(OutputName::PolicySid, &sid);
        let mut found = self.cluster_policy(cluster_arn).await?;
        for _ in 0..ATTEMPTS {
            let document = found.as_ref().map(|it| it.document.as_str());
            if !holds(document, &sid)?
                && matches!(
                    policy::allows(document, cluster_arn, principal).map_err(|it| unmerged(&it))?,
                    Allowance::Allowed { .. }
                )
            {
                return Ok(Outputs::default());
            }
            let merged = policy::merge(document, cluster_arn, principal, &sid)
                .map_err(|it| unmerged(&it))?;
            if !merged.changed {
                return Ok(ours);
            }
            match self
                .write_policy(cluster_arn, &merged.document, found.as_ref())
                .await?
            {
                Written::Done => return Ok(ours),
                Written::Overtaken(now) => found = now,
                Written::Refused(problem) => return Err(problem),
            }
        }
        Err(overtaken())
    }

    /// Found where the policy has the run's statement.
    pub(crate) async fn find_in_policy(
        &self,
        cluster_arn: &str,
        run: &RunId,
    ) -> Result<Option<Outputs>, Problem> {
        let sid = policy::sid(run);
        let there = self.policy_holds(cluster_arn, &sid).await?;
        Ok(there.then(|| Outputs::default().with(OutputName::PolicySid, sid)))
    }

    /// Usable once the policy is read back with the statement, or lets the principal in by another.
    pub(crate) async fn policy_progress(
        &self,
        cluster_arn: &str,
        principal: &str,
    ) -> Result<Progress, Problem> {
        let found = self.cluster_policy(cluster_arn).await?;
        let document = found.as_ref().map(|it| it.document.as_str());
        let allowed =
            policy::allows(document, cluster_arn, principal).map_err(|it| unmerged(&it))?;
        Ok(match allowed {
            // What a condition may deny is for the checks, which told it before.
            Allowance::Allowed { .. } | Allowance::PerhapsDenied { .. } => Progress::Usable {
                outputs: Outputs::default(),
            },
            Allowance::Denied { by } => Progress::Ended {
                seen: "denied".to_owned(),
                reason: Some(format!("denied by {}", by.join(", "))),
            },
            Allowance::NotAllowed { .. } => waiting("not in the policy yet".to_owned(), Turn::Aws),
        })
    }

    /// Takes the statement out, and deletes the policy only where nothing else is left in it. Deleting names no
    /// version, so that a statement written in the very moment between the last look and it is lost: AWS has no
    /// call that would not (docs/ASSUMPTIONS.md).
    pub(crate) async fn take_out_of_policy(
        &self,
        cluster_arn: &str,
        sid: &str,
    ) -> Result<(), Problem> {
        let mut found = self.cluster_policy(cluster_arn).await?;
        for _ in 0..ATTEMPTS {
            let Some(there) = found.as_ref() else {
                return Ok(());
            };
            let left = policy::without(&there.document, sid).map_err(|it| unmerged(&it))?;
            let document = match left {
                Remaining::Untouched => return Ok(()),
                Remaining::Nothing => return self.delete_policy(cluster_arn).await,
                Remaining::Document { document } => document,
            };
            match self
                .write_policy(cluster_arn, &document, Some(there))
                .await?
            {
                Written::Done => return Ok(()),
                Written::Overtaken(now) => found = now,
                Written::Refused(problem) => return Err(problem),
            }
        }
        Err(overtaken())
    }

    pub(crate) async fn policy_holds(&self, cluster_arn: &str, sid: &str) -> Result<bool, Problem> {
        let found = self.cluster_policy(cluster_arn).await?;
        holds(found.as_ref().map(|it| it.document.as_str()), sid)
    }

    async fn delete_policy(&self, cluster_arn: &str) -> Result<(), Problem> {
        let answer = self
            .session
            .kafka
            .delete_cluster_policy()
            .cluster_arn(cluster_arn)
            .send()
            .await
            .map_err(self.problem(SERVICE, DELETE));
        match answer {
            Ok(_) | Err(Problem::NotFound { .. }) => Ok(()),
            Err(problem) => Err(problem),
        }
    }

    /// Writes a policy over the one that was read. AWS refuses it with the same error whether the version is
    /// an old one or the document wrong: which of the two it was, another look tells.
    async fn write_policy(
        &self,
        cluster_arn: &str,
        document: &str,
        over: Option<&ClusterPolicy>,
    ) -> Result<Written, Problem> {
        let version = over.and_then(|it| it.version.clone());
        let answer = self
            .session
            .kafka
            .put_cluster_policy()
            .cluster_arn(cluster_arn)
            .policy(document)
            .set_current_version(version.clone())
            .send()
            .await
            .map_err(self.problem(SERVICE, PUT));
        match answer {
            Ok(_) => Ok(Written::Done),
            Err(refused @ (Problem::Refused { .. } | Problem::Conflict { .. })) => {
                let now = self.cluster_policy(cluster_arn).await?;
                if now.as_ref().map(|it| &it.version) == over.map(|it| &it.version) {
                    Ok(Written::Refused(refused))
                } else {
                    Ok(Written::Overtaken(now))
                }
            }
            Err(problem) => Err(problem),
        }
    }
}

/// How a write came out.
enum Written {
    Done,
    /// Somebody else wrote in between: the policy as it is now.
    Overtaken(Option<ClusterPolicy>),
    /// Nobody did: it is refused for what it is.
    Refused(Problem),
}

fn holds(document: Option<&str>, sid: &str) -> Result<bool, Problem> {
    match document {
        Some(document) => policy::holds(document, sid).map_err(|it| unmerged(&it)),
        None => Ok(false),
    }
}

fn overtaken() -> Problem {
    Problem::Conflict {
        operation: PUT.to_owned(),
        message: "somebody else keeps writing the cluster policy".to_owned(),
    }
}

fn unmerged(problem: &PolicyProblem) -> Problem {
    Problem::Refused {
        party: Party::Computer,
        operation: PUT.to_owned(),
        message: problem.to_string(),
    }
}
