//! TCP listeners that forward to one target group: made, found again, watched, removed. A load balancer has one
//! listener at a port, so that the port is what a listener is looked for by.

use aws_sdk_elasticloadbalancingv2::types::{
    Action as WireAction, ActionTypeEnum, Listener as WireListener, ProtocolEnum,
};
use pipelink_plan::problem::Problem;
use pipelink_plan::run::{Progress, RunId};
use pipelink_plan::step::{OutputName, Outputs};

use super::{PAGE, SERVICE, run_tag, taken};
use crate::lattice::unless_gone;
use crate::problems::missing;
use crate::session::Aws;

const CREATE: &str = "CreateListener";
pub(super) const DESCRIBE: &str = "DescribeListeners";
const DELETE: &str = "DeleteListener";

/// What a listener is made with.
#[derive(Clone, Copy)]
pub(crate) struct NewListener<'a> {
    pub(crate) load_balancer_arn: &'a str,
    pub(crate) port: u16,
    pub(crate) target_group_arn: &'a str,
}

impl Aws {
    /// Makes it, or adopts the run's own; a port that anybody else's listener has is a `Conflict`.
    pub(crate) async fn create_listener(
        &self,
        new: NewListener<'_>,
        run: &RunId,
    ) -> Result<Outputs, Problem> {
        if let Some(there) = self.listener_at(new).await? {
            return self.adopt_listener(new.port, there, run).await;
        }
        let forward = WireAction::builder()
            .r#type(ActionTypeEnum::Forward)
            .target_group_arn(new.target_group_arn)
            .build();
        let answer = self
            .session
            .elb
            .create_listener()
            .load_balancer_arn(new.load_balancer_arn)
            .protocol(ProtocolEnum::Tcp)
            .port(i32::from(new.port))
            .default_actions(forward)
            .tags(run_tag(run))
            .send()
            .await
            .map_err(self.problem(SERVICE, CREATE));
        match answer {
            Ok(made) => {
                let listener = made.listeners.unwrap_or_default().into_iter().next();
                outputs(
                    CREATE,
                    listener.ok_or_else(|| missing(CREATE, "Listeners"))?,
                )
            }
            // An attempt of this very call may have made it, and its answer been lost.
            Err(conflict @ Problem::Conflict { .. }) => match self.listener_at(new).await? {
                Some(there) => self.adopt_listener(new.port, there, run).await,
                None => Err(conflict),
            },
            Err(problem) => Err(problem),
        }
    }

    /// The listener at that port, if it carries the run's ID.
    pub(crate) async fn find_listener(
        &self,
        new: NewListener<'_>,
        run: &RunId,
    ) -> Result<Option<Outputs>, Problem> {
        let Some(there) = unless_gone(self.listener_at(new).await)?.flatten() else {
            return Ok(None);
        };
        let found = outputs(DESCRIBE, there)?;
        let arn = found.one(OutputName::ListenerArn).unwrap_or_default();
        let ours = self.balancing_is_of_run(arn, run).await? == Some(true);
        Ok(ours.then_some(found))
    }

    /// Usable as soon as it is there: it has no states.
    pub(crate) async fn listener_progress(&self, arn: &str) -> Result<Progress, Problem> {
        Ok(if self.listener_is_there(arn).await? {
            Progress::Usable {
                outputs: Outputs::default(),
            }
        } else {
            Progress::Missing
        })
    }

    pub(crate) async fn delete_listener(&self, arn: &str, run: &RunId) -> Result<(), Problem> {
        if !self.balancing_may_go(DELETE, arn, run).await? {
            return Ok(());
        }
        let answer = self
            .session
            .elb
            .delete_listener()
            .listener_arn(arn)
            .send()
            .await
            .map_err(self.problem(SERVICE, DELETE));
        unless_gone(answer).map(|_| ())
    }

    pub(crate) async fn listener_removed(&self, arn: &str) -> Result<bool, Problem> {
        Ok(!self.listener_is_there(arn).await?)
    }

    /// The listeners of a load balancer. `NotFound` where that is not there.
    pub(super) async fn wire_listeners(
        &self,
        load_balancer_arn: &str,
    ) -> Result<Vec<WireListener>, Problem> {
        self.session
            .elb
            .describe_listeners()
            .load_balancer_arn(load_balancer_arn)
            .page_size(PAGE)
            .into_paginator()
            .items()
            .send()
            .try_collect()
            .await
            .map_err(self.problem(SERVICE, DESCRIBE))
    }

    async fn listener_at(&self, new: NewListener<'_>) -> Result<Option<WireListener>, Problem> {
        let listeners = self.wire_listeners(new.load_balancer_arn).await?;
        let port = Some(i32::from(new.port));
        Ok(listeners.into_iter().find(|it| it.port == port))
    }

    async fn adopt_listener(
        &self,
        port: u16,
        there: WireListener,
        run: &RunId,
    ) -> Result<Outputs, Problem> {
        let found = outputs(DESCRIBE, there)?;
        let arn = found.one(OutputName::ListenerArn).unwrap_or_default();
        match self.balancing_is_of_run(arn, run).await? {
            Some(true) => Ok(found),
            _ => Err(taken(CREATE, &format!("a listener at port {port}"))),
        }
    }

    async fn listener_is_there(&self, arn: &str) -> Result<bool, Problem> {
        let answer = self
            .session
            .elb
            .describe_listeners()
            .listener_arns(arn)
            .send()
            .await
            .map_err(self.problem(SERVICE, DESCRIBE));
        let listeners = unless_gone(answer)?.and_then(|answer| answer.listeners);
        Ok(listeners.is_some_and(|listeners| !listeners.is_empty()))
    }
}

fn outputs(operation: &str, listener: WireListener) -> Result<Outputs, Problem> {
    let arn = listener
        .listener_arn
        .ok_or_else(|| missing(operation, "ListenerArn"))?;
    Ok(Outputs::default().with(OutputName::ListenerArn, arn))
}
