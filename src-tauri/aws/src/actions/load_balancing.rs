//! The five verbs of what is Elastic Load Balancing's.

use pipelink_plan::problem::Problem;
use pipelink_plan::run::{Progress, RunId};
use pipelink_plan::step::{OutputName, Outputs, TargetAddress};

use super::Made;
use crate::load_balancing::{InboundRules, NewListener, NewLoadBalancer, NewTargetGroup};
use crate::session::Aws;

pub(super) enum Work<'a> {
    TargetGroup(NewTargetGroup<'a>),
    LoadBalancer(NewLoadBalancer<'a>),
    /// Cross-zone load balancing, of a load balancer by its ARN.
    CrossZone(&'a str),
    InboundRules(InboundRules<'a>),
    Listener(NewListener<'a>),
    Targets {
        target_group_arn: &'a str,
        targets: &'a [TargetAddress],
    },
}

impl Work<'_> {
    pub(super) async fn perform(&self, aws: &Aws, run: &RunId) -> Result<Outputs, Problem> {
        match self {
            Self::TargetGroup(new) => aws.create_target_group(*new, run).await,
            Self::LoadBalancer(new) => aws.create_load_balancer(*new, run).await,
            Self::CrossZone(arn) => aws.enable_cross_zone(arn).await,
            Self::InboundRules(rules) => aws.stop_enforcing(*rules).await,
            Self::Listener(new) => aws.create_listener(*new, run).await,
            Self::Targets {
                target_group_arn,
                targets,
            } => aws.register_targets(target_group_arn, targets).await,
        }
    }

    pub(super) async fn find(&self, aws: &Aws, run: &RunId) -> Result<Option<Outputs>, Problem> {
        match self {
            Self::TargetGroup(new) => aws.find_target_group(new.name, run).await,
            Self::LoadBalancer(new) => aws.find_load_balancer(new.name, run).await,
            Self::CrossZone(arn) => aws.find_cross_zone(arn).await,
            Self::InboundRules(rules) => aws.find_not_enforcing(rules.load_balancer_arn).await,
            Self::Listener(new) => aws.find_listener(*new, run).await,
            Self::Targets {
                target_group_arn,
                targets,
            } => aws.find_targets(target_group_arn, targets).await,
        }
    }

    pub(super) async fn progress(&self, aws: &Aws, made: Made<'_>) -> Result<Progress, Problem> {
        match self {
            Self::TargetGroup(_) => {
                let arn = made.one(OutputName::TargetGroupArn)?;
                aws.target_group_progress(arn).await
            }
            Self::LoadBalancer(_) => {
                let arn = made.one(OutputName::LoadBalancerArn)?;
                aws.load_balancer_progress(arn).await
            }
            Self::CrossZone(arn) => aws.cross_zone_progress(arn).await,
            Self::InboundRules(rules) => aws.not_enforcing_progress(rules.load_balancer_arn).await,
            Self::Listener(_) => {
                aws.listener_progress(made.one(OutputName::ListenerArn)?)
                    .await
            }
            Self::Targets {
                target_group_arn,
                targets,
            } => aws.targets_progress(target_group_arn, targets).await,
        }
    }

    pub(super) async fn remove(
        &self,
        aws: &Aws,
        run: &RunId,
        made: Made<'_>,
    ) -> Result<(), Problem> {
        match self {
            Self::TargetGroup(_) => {
                let arn = made.one(OutputName::TargetGroupArn)?;
                aws.delete_target_group(arn, run).await
            }
            Self::LoadBalancer(_) => {
                let arn = made.one(OutputName::LoadBalancerArn)?;
                aws.delete_load_balancer(arn, run).await
            }
            Self::CrossZone(arn) => aws.disable_cross_zone(arn).await,
            Self::InboundRules(rules) => aws.enforce_again(rules.load_balancer_arn).await,
            Self::Listener(_) => {
                let arn = made.one(OutputName::ListenerArn)?;
                aws.delete_listener(arn, run).await
            }
            Self::Targets {
                target_group_arn,
                targets,
            } => aws.deregister_targets(target_group_arn, targets, run).await,
        }
    }

    pub(super) async fn removed(&self, aws: &Aws, made: Made<'_>) -> Result<bool, Problem> {
        match self {
            Self::TargetGroup(_) => {
                let arn = made.one(OutputName::TargetGroupArn)?;
                aws.target_group_removed(arn).await
            }
            Self::LoadBalancer(_) => {
                let arn = made.one(OutputName::LoadBalancerArn)?;
                aws.load_balancer_removed(arn).await
            }
            Self::CrossZone(arn) => aws.cross_zone_disabled(arn).await,
            Self::InboundRules(rules) => aws.enforces_again(rules.load_balancer_arn).await,
            Self::Listener(_) => {
                aws.listener_removed(made.one(OutputName::ListenerArn)?)
                    .await
            }
            Self::Targets {
                target_group_arn,
                targets,
            } => aws.targets_removed(target_group_arn, targets).await,
        }
    }
}
