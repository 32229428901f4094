//! Elastic Load Balancing: Network Load Balancers with their listeners, target groups and targets.
//!
//! Reads them, makes them with the run's ID in a tag, finds them again, watches and removes them; and changes two
//! settings of load balancers that were there before.
//!
//! Three quirks of the service are handled here. It has no idempotency tokens: a creation with the settings of
//! something that is there answers that thing, whoever made it (API reference, `CreateLoadBalancer`), so that
//! each creation looks first. It has no filter by tag, but names are unique, and so is a port of a load balancer:
//! what a run made is found by that and its tag. And all its calls draw from one small bucket of the account (40
//! calls, 10 more a second; User Guide, "Request throttling"): a discovery takes no more than half of it.

mod changes;
mod facts;
mod listeners;
mod load_balancers;
mod reading;
mod target_groups;
mod targets;

use aws_sdk_elasticloadbalancingv2::types::Tag;
use pipelink_plan::RUN_TAG;
use pipelink_plan::problem::{Party, Problem};
use pipelink_plan::run::RunId;

use crate::allowance::Allowance;
use crate::lattice::unless_gone;
use crate::session::Aws;

pub(crate) use changes::InboundRules;
pub(crate) use listeners::NewListener;
pub(crate) use load_balancers::NewLoadBalancer;
pub use reading::Look;
pub(crate) use target_groups::NewTargetGroup;

/// IAM's name of the service.
const SERVICE: &str = "elasticloadbalancing";
/// The most that a page of its lists may have.
const PAGE: i32 = 400;

/// What discoveries may draw: half of what AWS gives an account in a region by default.
pub(crate) fn allowance() -> Allowance {
    Allowance::new(20, 5)
}

impl Aws {
    /// Whether something carries the run's ID; `None` where it is not there (any more).
    async fn balancing_is_of_run(&self, arn: &str, run: &RunId) -> Result<Option<bool>, Problem> {
        let answer = self
            .session
            .elb
            .describe_tags()
            .resource_arns(arn)
            .send()
            .await
            .map_err(self.problem(SERVICE, "DescribeTags"));
        Ok(unless_gone(answer)?
            .and_then(|answer| answer.tag_descriptions)
            .unwrap_or_default()
            .into_iter()
            .find(|described| described.resource_arn.as_deref() == Some(arn))
            .map(|described| {
                let mut tags = described.tags.unwrap_or_default().into_iter();
                tags.any(|tag| tag == run_tag(run))
            }))
    }

    /// Whether there is something to remove: not where it is gone. What does not carry the run's ID is `Refused`
    /// here, since it is not the run's to remove.
    async fn balancing_may_go(
        &self,
        operation: &str,
        arn: &str,
        run: &RunId,
    ) -> Result<bool, Problem> {
        match self.balancing_is_of_run(arn, run).await? {
            None => Ok(false),
            Some(true) => Ok(true),
            Some(false) => Err(not_of_run(operation, arn)),
        }
    }
}

/// What is there under the wanted name, and does not carry the run's ID.
fn taken(operation: &str, what: &str) -> Problem {
    Problem::Conflict {
        operation: operation.to_owned(),
        message: format!("{what} is there already, and not of this run"),
    }
}

/// What is not removed, since it does not carry the run's ID.
pub(crate) fn not_of_run(operation: &str, what: &str) -> Problem {
    Problem::Refused {
        party: Party::Aws,
        operation: operation.to_owned(),
        message: format!("{what} does not carry the tag of this run: it is left as it is"),
    }
}

fn run_tag(run: &RunId) -> Tag {
    Tag::builder().key(RUN_TAG).value(&run.0).build()
}
