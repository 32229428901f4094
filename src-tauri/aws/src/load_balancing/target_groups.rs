//! Target groups for TCP to addresses: made, found again, watched, removed.

use aws_sdk_elasticloadbalancingv2::types::{
    ProtocolEnum, TargetGroup as WireGroup, TargetTypeEnum,
};
use pipelink_plan::problem::Problem;
use pipelink_plan::run::{Progress, RunId};
use pipelink_plan::step::{OutputName, Outputs};

use super::{SERVICE, run_tag, taken};
use crate::lattice::unless_gone;
use crate::problems::missing;
use crate::session::Aws;

const CREATE: &str = "CreateTargetGroup";
pub(super) const DESCRIBE: &str = "DescribeTargetGroups";
const DELETE: &str = "DeleteTargetGroup";

/// What a target group is made with.
#[derive(Clone, Copy)]
pub(crate) struct NewTargetGroup<'a> {
    pub(crate) name: &'a str,
    pub(crate) port: u16,
    pub(crate) vpc_id: &'a str,
}

impl Aws {
    /// Makes it, or adopts the run's own; a name that is anybody else's is a `Conflict`.
    pub(crate) async fn create_target_group(
        &self,
        new: NewTargetGroup<'_>,
        run: &RunId,
    ) -> Result<Outputs, Problem> {
        if let Some(there) = self.target_group_of_name(new.name).await? {
            return self.adopt_target_group(new.name, there, run).await;
        }
        let answer = self
            .session
            .elb
            .create_target_group()
            .name(new.name)
            .protocol(ProtocolEnum::Tcp)
            .port(i32::from(new.port))
            .vpc_id(new.vpc_id)
            .target_type(TargetTypeEnum::Ip)
            .health_check_protocol(ProtocolEnum::Tcp)
            .tags(run_tag(run))
            .send()
            .await
            .map_err(self.problem(SERVICE, CREATE));
        match answer {
            Ok(made) => {
                let group = made.target_groups.unwrap_or_default().into_iter().next();
                outputs(
                    CREATE,
                    group.ok_or_else(|| missing(CREATE, "TargetGroups"))?,
                )
            }
            // An attempt of this very call may have made it, and its answer been lost.
            Err(conflict @ Problem::Conflict { .. }) => {
                match self.target_group_of_name(new.name).await? {
                    Some(there) => self.adopt_target_group(new.name, there, run).await,
                    None => Err(conflict),
                }
            }
            Err(problem) => Err(problem),
        }
    }

    /// The group of that name, if it carries the run's ID.
    pub(crate) async fn find_target_group(
        &self,
        name: &str,
        run: &RunId,
    ) -> Result<Option<Outputs>, Problem> {
        let Some(there) = self.target_group_of_name(name).await? else {
            return Ok(None);
        };
        let found = outputs(DESCRIBE, there)?;
        let arn = found.one(OutputName::TargetGroupArn).unwrap_or_default();
        let ours = self.balancing_is_of_run(arn, run).await? == Some(true);
        Ok(ours.then_some(found))
    }

    /// Usable as soon as it is there: it has no states.
    pub(crate) async fn target_group_progress(&self, arn: &str) -> Result<Progress, Problem> {
        Ok(if self.target_group_is_there(arn).await? {
            Progress::Usable {
                outputs: Outputs::default(),
            }
        } else {
            Progress::Missing
        })
    }

    /// `Conflict` while a listener forwards to it.
    pub(crate) async fn delete_target_group(&self, arn: &str, run: &RunId) -> Result<(), Problem> {
        if !self.balancing_may_go(DELETE, arn, run).await? {
            return Ok(());
        }
        let answer = self
            .session
            .elb
            .delete_target_group()
            .target_group_arn(arn)
            .send()
            .await
            .map_err(self.problem(SERVICE, DELETE));
        unless_gone(answer).map(|_| ())
    }

    pub(crate) async fn target_group_removed(&self, arn: &str) -> Result<bool, Problem> {
        Ok(!self.target_group_is_there(arn).await?)
    }

    async fn adopt_target_group(
        &self,
        name: &str,
        there: WireGroup,
        run: &RunId,
    ) -> Result<Outputs, Problem> {
        let found = outputs(DESCRIBE, there)?;
        let arn = found.one(OutputName::TargetGroupArn).unwrap_or_default();
        match self.balancing_is_of_run(arn, run).await? {
            Some(true) => Ok(found),
            _ => Err(taken(CREATE, &format!("a target group named {name}"))),
        }
    }

    async fn target_group_of_name(&self, name: &str) -> Result<Option<WireGroup>, Problem> {
        let answer = self
            .session
            .elb
            .describe_target_groups()
            .names(name)
            .send()
            .await
            .map_err(self.problem(SERVICE, DESCRIBE));
        let groups = unless_gone(answer)?.and_then(|answer| answer.target_groups);
        let mut groups = groups.unwrap_or_default().into_iter();
        Ok(groups.find(|group| group.target_group_name.as_deref() == Some(name)))
    }

    async fn target_group_is_there(&self, arn: &str) -> Result<bool, Problem> {
        let answer = self
            .session
            .elb
            .describe_target_groups()
            .target_group_arns(arn)
            .send()
            .await
            .map_err(self.problem(SERVICE, DESCRIBE));
        let groups = unless_gone(answer)?.and_then(|answer| answer.target_groups);
        Ok(groups.is_some_and(|groups| !groups.is_empty()))
    }
}

fn outputs(operation: &str, group: WireGroup) -> Result<Outputs, Problem> {
    let arn = group
        .target_group_arn
        .ok_or_else(|| missing(operation, "TargetGroupArn"))?;
    Ok(Outputs::default().with(OutputName::TargetGroupArn, arn))
}
