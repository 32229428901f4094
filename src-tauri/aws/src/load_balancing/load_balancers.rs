//! Internal Network Load Balancers: made, found again, watched, removed.

use aws_sdk_elasticloadbalancingv2::types::{
    LoadBalancer as WireBalancer, LoadBalancerSchemeEnum, LoadBalancerStateEnum,
    LoadBalancerTypeEnum,
};
use pipelink_plan::endpoint::Turn;
use pipelink_plan::problem::Problem;
use pipelink_plan::run::{Progress, RunId};
use pipelink_plan::step::{OutputName, Outputs};

use super::{SERVICE, run_tag, taken};
use crate::lattice::{unless_gone, waiting};
use crate::problems::missing;
use crate::session::Aws;

const CREATE: &str = "CreateLoadBalancer";
pub(super) const DESCRIBE: &str = "DescribeLoadBalancers";
const DELETE: &str = "DeleteLoadBalancer";

/// What a load balancer is made with.
#[derive(Clone, Copy)]
pub(crate) struct NewLoadBalancer<'a> {
    pub(crate) name: &'a str,
    pub(crate) subnet_ids: &'a [String],
    pub(crate) security_group_ids: &'a [String],
}

impl Aws {
    /// Makes it, or adopts the run's own; a name that is anybody else's is a `Conflict`.
    pub(crate) async fn create_load_balancer(
        &self,
        new: NewLoadBalancer<'_>,
        run: &RunId,
    ) -> Result<Outputs, Problem> {
        if let Some(there) = self.load_balancer_of_name(new.name).await? {
            return self.adopt_load_balancer(new.name, there, run).await;
        }
        let groups = new.security_group_ids;
        let answer = self
            .session
            .elb
            .create_load_balancer()
            .name(new.name)
            .r#type(LoadBalancerTypeEnum::Network)
            .scheme(LoadBalancerSchemeEnum::Internal)
            .set_subnets(Some(new.subnet_ids.to_vec()))
            // One that is made without groups never gets any; an empty list would not say so.
            .set_security_groups((!groups.is_empty()).then(|| groups.to_vec()))
            .tags(run_tag(run))
            .send()
            .await
            .map_err(self.problem(SERVICE, CREATE));
        match answer {
            Ok(made) => {
                let balancer = made.load_balancers.unwrap_or_default().into_iter().next();
                outputs(
                    CREATE,
                    balancer.ok_or_else(|| missing(CREATE, "LoadBalancers"))?,
                )
            }
            // An attempt of this very call may have made it, and its answer been lost.
            Err(conflict @ Problem::Conflict { .. }) => {
                match self.load_balancer_of_name(new.name).await? {
                    Some(there) => self.adopt_load_balancer(new.name, there, run).await,
                    None => Err(conflict),
                }
            }
            Err(problem) => Err(problem),
        }
    }

    /// The load balancer of that name, if it carries the run's ID.
    pub(crate) async fn find_load_balancer(
        &self,
        name: &str,
        run: &RunId,
    ) -> Result<Option<Outputs>, Problem> {
        let Some(there) = self.load_balancer_of_name(name).await? else {
            return Ok(None);
        };
        let found = outputs(DESCRIBE, there)?;
        let arn = found.one(OutputName::LoadBalancerArn).unwrap_or_default();
        let ours = self.balancing_is_of_run(arn, run).await? == Some(true);
        Ok(ours.then_some(found))
    }

    /// Usable once it is active, impaired or not: that one only lacks the resources to scale.
    pub(crate) async fn load_balancer_progress(&self, arn: &str) -> Result<Progress, Problem> {
        let Some(balancer) = self.load_balancer(arn).await? else {
            return Ok(Progress::Missing);
        };
        let (code, reason) = balancer
            .state
            .map_or((None, None), |state| (state.code, state.reason));
        let seen = code
            .as_ref()
            .map_or("unknown", LoadBalancerStateEnum::as_str)
            .to_owned();
        Ok(match code {
            Some(LoadBalancerStateEnum::Active | LoadBalancerStateEnum::ActiveImpaired) => {
                Progress::Usable {
                    outputs: Outputs::default(),
                }
            }
            Some(LoadBalancerStateEnum::Provisioning) => waiting(seen, Turn::Aws),
            Some(LoadBalancerStateEnum::Failed) => Progress::Ended { seen, reason },
            _ => waiting(seen, Turn::NotKnown),
        })
    }

    /// `Conflict` while an endpoint service uses it. Its listeners go with it.
    pub(crate) async fn delete_load_balancer(&self, arn: &str, run: &RunId) -> Result<(), Problem> {
        if !self.balancing_may_go(DELETE, arn, run).await? {
            return Ok(());
        }
        let answer = self
            .session
            .elb
            .delete_load_balancer()
            .load_balancer_arn(arn)
            .send()
            .await
            .map_err(self.problem(SERVICE, DELETE));
        unless_gone(answer).map(|_| ())
    }

    pub(crate) async fn load_balancer_removed(&self, arn: &str) -> Result<bool, Problem> {
        Ok(self.load_balancer(arn).await?.is_none())
    }

    /// One load balancer by its ARN; `None` where it is not there.
    pub(super) async fn load_balancer(&self, arn: &str) -> Result<Option<WireBalancer>, Problem> {
        // Of one ARN there is one page, but an empty one may come before it.
        let found = self
            .session
            .elb
            .describe_load_balancers()
            .load_balancer_arns(arn)
            .into_paginator()
            .items()
            .send()
            .try_collect()
            .await
            .map_err(self.problem(SERVICE, DESCRIBE));
        let balancers: Option<Vec<WireBalancer>> = unless_gone(found)?;
        Ok(balancers.unwrap_or_default().into_iter().next())
    }

    async fn adopt_load_balancer(
        &self,
        name: &str,
        there: WireBalancer,
        run: &RunId,
    ) -> Result<Outputs, Problem> {
        let found = outputs(DESCRIBE, there)?;
        let arn = found.one(OutputName::LoadBalancerArn).unwrap_or_default();
        match self.balancing_is_of_run(arn, run).await? {
            Some(true) => Ok(found),
            _ => Err(taken(CREATE, &format!("a load balancer named {name}"))),
        }
    }

    async fn load_balancer_of_name(&self, name: &str) -> Result<Option<WireBalancer>, Problem> {
        let answer = self
            .session
            .elb
            .describe_load_balancers()
            .names(name)
            .send()
            .await
            .map_err(self.problem(SERVICE, DESCRIBE));
        let balancers = unless_gone(answer)?.and_then(|answer| answer.load_balancers);
        let mut balancers = balancers.unwrap_or_default().into_iter();
        Ok(balancers.find(|balancer| balancer.load_balancer_name.as_deref() == Some(name)))
    }
}

fn outputs(operation: &str, balancer: WireBalancer) -> Result<Outputs, Problem> {
    let arn = balancer
        .load_balancer_arn
        .ok_or_else(|| missing(operation, "LoadBalancerArn"))?;
    Ok(Outputs::default().with(OutputName::LoadBalancerArn, arn))
}
