//! VPC Lattice: resource gateways and resource configurations.
//!
//! Reads them, makes them with the run's ID in a tag and the step's token, finds them again by that tag,
//! watches and removes them; and changes the security groups of a gateway that was there before. The service
//! has no waiters; the engine polls.

mod attachments;
mod configurations;
mod definitions;
mod gateway_groups;
mod gateways;

use pipelink_plan::RUN_TAG;
use pipelink_plan::endpoint::Turn;
use pipelink_plan::problem::Problem;
use pipelink_plan::run::{Progress, RunId};

use crate::session::Aws;

pub(crate) use configurations::{NewConfiguration, NewKind};
pub(crate) use gateway_groups::{GroupChange, same};
pub(crate) use gateways::NewGateway;

/// IAM's name of the service.
const SERVICE: &str = "vpc-lattice";
/// The most that a page of its lists may have.
const PAGE: i32 = 100;

impl Aws {
    /// Whether a gateway or configuration carries the run's ID.
    async fn is_of_run(&self, arn: &str, run: &RunId) -> Result<bool, Problem> {
        let tags = self
            .session
            .lattice
            .list_tags_for_resource()
            .resource_arn(arn)
            .send()
            .await
            .map_err(self.problem(SERVICE, "ListTagsForResource"));
        Ok(unless_gone(tags)?
            .and_then(|answer| answer.tags)
            .is_some_and(|tags| tags.get(RUN_TAG) == Some(&run.0)))
    }
}

/// `None` for what is not there, or went away in between.
pub(crate) fn unless_gone<T>(answer: Result<T, Problem>) -> Result<Option<T>, Problem> {
    match answer {
        Ok(found) => Ok(Some(found)),
        Err(Problem::NotFound { .. }) => Ok(None),
        Err(problem) => Err(problem),
    }
}

/// Things read one by one from a list, complete. What the list names and its own read does not find (the ARN
/// stands in its place) went away in between only if the list, asked once more, does not name it any more:
/// the two agree in the end, not at once, and what is left out here would pass for a free name.
async fn complete<T, F>(
    read: Vec<Result<T, String>>,
    listed_now: impl Future<Output = Result<Vec<String>, Problem>>,
    read_again: impl Fn(String) -> F,
) -> Result<Vec<T>, Problem>
where
    F: Future<Output = Result<T, Problem>>,
{
    if read.iter().all(Result::is_ok) {
        return Ok(read.into_iter().flatten().collect());
    }
    let listed = listed_now.await?;
    let mut found = Vec::with_capacity(read.len());
    for one in read {
        match one {
            Ok(one) => found.push(one),
            Err(arn) if listed.contains(&arn) => found.push(read_again(arn).await?),
            Err(_gone) => {}
        }
    }
    Ok(found)
}

pub(crate) fn waiting(seen: impl Into<String>, turn: Turn) -> Progress {
    Progress::Waiting {
        seen: seen.into(),
        turn,
    }
}
